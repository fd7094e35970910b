"""From what was chosen in the panel to a figure, a table, sentences, and the lines of code that make them."""

import re
from dataclasses import dataclass
from functools import cache
from types import ModuleType, SimpleNamespace

import pandas as pd

from coprod import change, compare, figures, findings, likert, multiplicity, opening, privacy
from coprod.explore.views import VIEWS
from coprod.figures import Drawn
from coprod.privacy import Shown
from coprod.programme import Programme

ROOMS = {
    room.__name__.removeprefix("coprod."): room
    for room in (change, compare, figures, findings, likert, multiplicity, privacy)
}
SLOW = {"change": "compared", "compare": "gaps"}  # they look at every question, whichever are shown
COMPILED = {name: compile(view.lines, f"<{name}>", "exec") for name, view in VIEWS.items()}
GIVEN_OUT = """\
show(*drawn)
table(shown, {title!r})
say(said)
"""


@dataclass(frozen=True)
class Choice:
    """What was chosen in the panel.

    Attributes
    ----------
    programme, audience : str
    place, wave, by : str
        Keys; "" for all places, the latest wave, everybody together.
    view : str
        A key of :data:`coprod.explore.views.VIEWS`.
    items : tuple of str
    """

    programme: str
    audience: str
    place: str = ""
    wave: str = ""
    view: str = "answers"
    by: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """What a choice shows: a protected table, its figures and its sentences."""

    shown: Shown
    drawn: list[Drawn]
    said: list[str]


class Maker:
    """Opens every programme, and every door, once: the files are read again for a new panel only."""

    def __init__(self) -> None:
        self.whole = cache(opening.read)
        self.narrowed = cache(self._narrowed)
        self.door = cache(lambda data, audience: privacy.door(self.narrowed(*data), audience))
        self.rooms = ROOMS | {room: _remembering(ROOMS[room], slow) for room, slow in SLOW.items()}

    def _narrowed(self, name: str, place: str, wave: str | None) -> Programme:
        data = self.whole(name).where(place=place or None, wave=wave or None)
        return data if wave is None else data.latest()

    def data(self, choice: Choice) -> Programme:
        """Narrow the programme to the place, and for most views to the wave, that was chosen."""
        return self.narrowed(*_narrowing(choice))

    def make(self, choice: Choice) -> Made:
        """Make what a choice shows, by the lines that :func:`code` gives out.

        Raises
        ------
        UnknownName
            There is no such programme, place, wave, item or audience.
        coprod.problems.ProgrammeProblems
            The programme's folder has problems.
        """
        data, protect = self.data(choice), self.door(_narrowing(choice), choice.audience)
        chosen = {"data": data, "protect": protect, "items": list(choice.items), "by": choice.by or None}
        names = self.rooms | chosen
        exec(COMPILED[choice.view], names)
        return Made(names["shown"], list(names["drawn"]), list(names["said"]))


def _remembering(room: ModuleType, slow: str) -> SimpleNamespace:
    """Give a room of which one function remembers its tables, programme by programme."""
    kept, function = {}, getattr(room, slow)

    def remembering(programme: Programme, *items: list[str], by: str = "") -> pd.DataFrame:
        # every question is judged, so the items are the programme's; the maker keeps what it opened
        key = (id(programme), by)
        if key not in kept:
            kept[key] = function(programme, *items, **({"by": by} if by else {}))
        return kept[key]

    return SimpleNamespace(**{**vars(room), slow: remembering})


def _narrowing(choice: Choice) -> tuple[str, str, str | None]:
    return choice.programme, choice.place, choice.wave if VIEWS[choice.view].wave else None


def sections(programme: Programme, view: str) -> dict[str, list[str]]:
    """List the items that a view can show, section by section."""
    asked = programme.items.loc[VIEWS[view].items(programme) if programme.has_survey else []]
    return {section: list(rows.index) for section, rows in asked.groupby("section", sort=False)}


def first(maker: Maker, programme: str, audience: str) -> Choice:
    """Choose what the panel opens with: the answers to the first section's questions."""
    choice = Choice(programme, audience)
    items = next(iter(sections(maker.data(choice), choice.view).values()), [])
    return Choice(programme, audience, items=tuple(items))


def code(choice: Choice) -> str:
    """Give the cell of a notebook that shows what a choice shows."""
    view = VIEWS[choice.view]
    rooms = [room for room in ROOMS if room == "privacy" or re.search(rf"\b{room}\.", view.lines)]
    narrowed = "".join(
        f", {part}={key!r}"
        for part, key in (("place", choice.place), ("wave", choice.wave if view.wave else ""))
        if key
    )
    items = "".join(f"    {item!r},\n" for item in choice.items)
    return (
        f"import coprod\nfrom coprod import {', '.join(rooms)}\n"
        "from coprod.display import say, show, table\n\n"
        f"data = coprod.open({choice.programme!r}{narrowed}){'.latest()' if view.wave else ''}\n"
        f"protect = privacy.door(data, {choice.audience!r})\n"
        f"items = [\n{items}]\n"
        + (f"by = {choice.by or None!r}\n" if "by=by" in view.lines else "")
        + view.lines
        + GIVEN_OUT.format(title=view.title)
    )
