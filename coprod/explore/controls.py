"""The panel itself: nine labelled controls, and below them what they show.

JupyterLab may run what a control starts beside the notebook's cells, and a control may be moved again
before a figure is done. So a short pause gathers quick moves, one thing is drawn at a time, and what is
no longer asked for when it is done is not shown.
"""

import asyncio
import gc
from html import escape
from threading import RLock

import ipywidgets

from coprod import live, markup
from coprod.change.pairs import answered_waves
from coprod.display import AUDIENCES_SAID
from coprod.explore.making import Choice, Made, Maker, code, sections
from coprod.explore.views import VIEWS, Options
from coprod.opening import programme_names

PAUSE = 0.05  # seconds; longer than between two messages of one quick move
ROWS = 6  # questions seen at once
CODE = "Code to copy"
HELP = "Leave them all unmarked for the whole set; Ctrl and click, or Ctrl and the space bar, marks several."


class Panel:
    """The controls and what they show.

    Parameters
    ----------
    maker : Maker
    programme, audience : str
        What is shown first.
    """

    def __init__(self, maker: Maker, programme: str, audience: str) -> None:
        self.maker = maker
        self.programme = _dropdown("Programme", [(name, name) for name in programme_names()], programme)
        self.place = _dropdown("Place")
        self.view = _dropdown("Look at", [(view.title, key) for key, view in VIEWS.items()], "answers")
        self.wave = _dropdown("Wave")
        self.by = _dropdown("Groups")
        self.audience = _dropdown("Who will see it", [(v, k) for k, v in AUDIENCES_SAID.items()], audience)
        self.section = _dropdown("Set of questions")
        self.items = ipywidgets.SelectMultiple(description="Only these", rows=ROWS, **_look())
        self.shown = ipywidgets.HTML()
        self.code = ipywidgets.Textarea(description=CODE, rows=12, **_look())
        self._lock, self._filling, self._waiting = RLock(), False, None
        self._fill()
        self.draw()
        for control in self.controls:
            control.observe(self._changed, "value")

    @property
    def controls(self) -> list[ipywidgets.Widget]:
        """List the controls in the order in which they are reached by keyboard."""
        first = [self.programme, self.view, self.place, self.wave, self.by, self.audience]
        return [*first, self.section, self.items]

    def give_out(self) -> None:
        """Show the panel below the cell that runs."""
        gc.collect()
        gc.freeze()  # figures leave circles behind: without what is there already, sweeping them up is quick
        *first, section, items = self.controls
        columns = {"grid_template_columns": "repeat(auto-fit, minmax(20rem, 1fr))", "grid_gap": "0 2rem"}
        grid = ipywidgets.GridBox(first, layout=columns)
        note = ipywidgets.HTML(live.page(f"<p>{escape(HELP)}</p>"))
        box = ipywidgets.VBox([grid, section, items, note, self.shown, self.code])
        live.give_out(box, "A panel to explore programmes; run this cell to use it.", self.shown.value)

    def choice(self) -> Choice:
        """Gather what is chosen now."""
        named = ("programme", "audience", "place", "wave", "view", "by")
        chosen = {name: getattr(self, name).value for name in named}
        everything = (key for _, key in self.items.options)
        return Choice(**chosen, items=tuple(self.items.value or everything))

    def _changed(self, _: object) -> None:
        if not self._filling:
            self._soon()

    def _soon(self) -> None:
        """Draw after a pause, counted anew from the last move; at once where there is no event loop."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.draw()
            return
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = loop.call_later(PAUSE, self.draw)

    def draw(self) -> None:
        """Show what is chosen, in one piece, or say why it cannot be shown."""
        with self._lock:
            try:
                self._fill()
                choice = self.choice()
                shown, lines = _laid_out(choice, self.maker.make(choice)), code(choice)
            except Exception as error:  # a figure of the choice before must not stand for this one
                choice, lines = self.choice(), ""
                shown = live.page(live.announced(f"This cannot be shown. {error}"))
            if choice == self.choice():
                self.shown.value, self.code.value = shown, lines

    def _fill(self) -> None:
        """Offer in each control what there is for the choice in those before it."""
        view, self._filling = VIEWS[self.view.value], True
        try:
            whole = self.maker.whole(self.programme.value)
            _offer(self.place, [("All places", ""), *_titled(whole.places)])
            waves = {key: whole.waves[key] for key in answered_waves(whole)}
            _offer(self.wave, [("Latest wave", ""), *_titled(waves)])
            self.wave.disabled = not (view.wave and waves)
            data = self.maker.data(self.choice())
            _offer(self.by, view.groups(data))
            sets = sections(data, self.view.value)
            _offer(self.section, [(name or "Other questions", name) for name in sets])
            _offer(self.items, _titled(data.items["text"].loc[sets.get(self.section.value, [])]))
        finally:
            self._filling = False


def _laid_out(choice: Choice, made: Made) -> str:
    title = VIEWS[choice.view].title
    whom = AUDIENCES_SAID[choice.audience].lower()
    done = f"Shown now: {title}. Questions: {len(choice.items)}. For {whom}."
    table = "" if made.shown.table.empty else markup.table(made.shown, title) + markup.notes(made.shown.notes)
    return live.page(live.announced(done), live.figures(made.drawn), live.sentences(made.said), table)


def _look() -> dict[str, object]:
    return {"style": {"description_width": "9rem"}, "layout": ipywidgets.Layout(width="auto")}


def _dropdown(label: str, options: Options = (), value: str | None = None) -> ipywidgets.Dropdown:
    return ipywidgets.Dropdown(description=label, options=options, value=value, **_look())


def _titled(titles: object) -> Options:
    """Turn keys and titles round, as a control wants them."""
    return [(" ".join(title.split()), key) for key, title in titles.items()]


def _offer(control: ipywidgets.Widget, options: Options) -> None:
    """Change what a control offers, where that is something else, and keep what is chosen and still there."""
    if list(control.options) == options:
        return
    chosen, there = control.value, [key for _, key in options]
    control.options = options
    if isinstance(chosen, tuple):
        control.value = tuple(key for key in chosen if key in there)
    elif there:
        control.value = chosen if chosen in there else there[0]
    control.disabled = len(options) < 2
