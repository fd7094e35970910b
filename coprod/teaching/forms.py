"""The forms of two sessions, for JupyterLab: a problem to take apart, and an analysis to choose."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

import ipywidgets

from coprod import live, markup
from coprod.figures import Drawn
from coprod.privacy import Shown
from coprod.reflect.keeping import keep_and_say
from coprod.teaching import analysts, own_problem
from coprod.teaching.apart import taken_apart

LABELS = {
    "problem": "The problem, in one sentence",
    "signs": "What can be seen of it, one a line",
    "causes": "What lies beneath it, one a line",
}
HINT = "Begin a line with - where it is a cause of the line above, with -- for a cause of that one."
LACKING = "Write down the problem, and at least one line below it."
FIRST = "Choose an option of each before you look."
WIDE = {"layout": ipywidgets.Layout(width="auto"), "style": {"description_width": "16rem"}}
WHOLE = WIDE | {"style": {"description_width": "initial"}}  # labels of any length, uncut


class Problem:
    """Three fields for a problem, and buttons that draw it and keep it.

    Parameters
    ----------
    written : mapping of str to str
        What stands in the fields at first.
    told : str
        What the figures below are.
    drawn : sequence of Drawn
        The figures that are shown first.
    """

    def __init__(self, written: Mapping[str, str], told: str, drawn: Sequence[Drawn]) -> None:
        lines = {"signs": 4, "causes": 8, "problem": 2}
        self.fields = {
            name: ipywidgets.Textarea(
                value=written[name].strip(), description=label, rows=lines[name], **WIDE
            )
            for name, label in LABELS.items()
        }
        self.draw_it = _button("Draw it", self._draw)
        self.keep_it = _button("Keep it", self._keep)
        self.result = ipywidgets.HTML(
            live.page(f"<p>{escape(told)}</p>", live.figures(drawn) if drawn else "")
        )

    def give_out(self) -> None:
        """Show the form below the cell that runs."""
        hint = ipywidgets.HTML(live.page(f"<p>{escape(HINT)}</p>"))
        buttons = ipywidgets.HBox([self.draw_it, self.keep_it])
        box = ipywidgets.VBox([*self.fields.values(), hint, buttons, self.result])
        live.give_out(box, own_problem.FORM, markup.sentences([own_problem.FORM]))

    def _draw(self, _: object) -> None:
        try:
            table = taken_apart(**self._written())
        except ValueError as error:
            self.result.value = live.page(live.announced(str(error)))
            return
        if table.empty:
            self.result.value = live.page(live.announced(LACKING))
            return
        figures = live.figures(own_problem.drawn(table))
        self.result.value = live.page(live.announced("Drawn below."), figures)

    def _keep(self, _: object) -> None:
        written = self._written()
        words = "\n".join(f"{LABELS[name]}:\n{text}" for name, text in written.items() if text.strip())
        said = keep_and_say("Our problem", words) if words else LACKING
        self.result.value = live.page(live.announced(said))

    def _written(self) -> dict[str, str]:
        return {name: field.value for name, field in self.fields.items()}


class Analyst:
    """A list for each choice, and a button that keeps them and shows what all combinations give.

    Parameters
    ----------
    shown : Shown
        One finding.
    """

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.lists = {
            name: ipywidgets.Dropdown(
                options=given, value=None, description=f"{name[:1].upper()}{name[1:]}", **WHOLE
            )
            for name, given in analysts.options(shown).items()
        }
        self.button = _button("Show all combinations", self._pressed)
        self.result = ipywidgets.HTML()
        self.done = False

    def give_out(self) -> None:
        """Show the form below the cell that runs."""
        asked = f"{analysts.asked(self.shown)} {analysts.CHOOSE}"
        words = ipywidgets.HTML(live.page(f"<p>{escape(asked)}</p>"))
        box = ipywidgets.VBox([words, *self.lists.values(), ipywidgets.HBox([self.button]), self.result])
        live.give_out(box, asked, markup.sentences([asked]))

    def _pressed(self, _: object) -> None:
        chosen = {name: one.value for name, one in self.lists.items()}
        if self.done:
            return
        if None in chosen.values():
            self.result.value = live.page(live.announced(FIRST))
            return
        self.done = True  # what is chosen after looking is no choice in advance
        told = analysts.given_by(self.shown, chosen)
        words = "\n".join(f"{name}: {option}" for name, option in chosen.items())
        kept = keep_and_say(analysts.asked(self.shown), f"{words}\n{told}")
        figures = live.figures(analysts.curve(self.shown))
        self.result.value = live.page(live.announced(f"{told} {kept}"), figures)


def _button(words: str, pressed: Callable[[object], None]) -> ipywidgets.Button:
    button = ipywidgets.Button(description=words, button_style="primary", layout={"width": "auto"})
    button.on_click(pressed)
    return button
