"""The ways to look at answers that the panel offers: each is the few lines of a notebook that make it.

The panel runs the very lines that it gives out for copying, so that the two cannot differ. They are
constants of this module; what a person chooses reaches them as values, and never as code.
"""

from collections.abc import Callable
from typing import NamedTuple

from coprod import change, likert
from coprod.programme import Programme

Options = list[tuple[str, str]]


class View(NamedTuple):
    """A way to look at answers.

    Attributes
    ----------
    title : str
    wave : bool
        Whether it looks at one wave.
    items : callable
        Lists the items of a programme that it can show.
    groups : callable
        Lists the groupings, each a title and a key; "" for everybody together.
    lines : str
        Python that makes ``shown``, ``drawn`` and ``said`` from ``data``, ``protect``, ``items`` and ``by``.
    """

    title: str
    wave: bool
    items: Callable[[Programme], list[str]]
    groups: Callable[[Programme], Options]
    lines: str


def _of_any_kind(programme: Programme) -> list[str]:
    return likert.items_in(programme, kinds=("scale", "choice", "multi"))


def _together(programme: Programme) -> Options:
    return [("Everybody together", "")]


def _apart(programme: Programme) -> Options:
    """List the groupings that tell at least two groups apart; the first where none does, and says so."""
    sectors = [("Sectors", "sector")] if len(programme.sectors) > 1 else []
    places = [("Places", "place")] if len(programme.places) > 1 and programme.place is None else []
    return sectors + places or [("Sectors", "sector")]


def _together_or_apart(programme: Programme) -> Options:
    return [*_together(programme), *(_apart(programme) if programme.sectors else [])]


def _waves(programme: Programme) -> Options:
    return [("Waves", "wave")]


VIEWS = {
    "answers": View(
        "How people answered",
        wave=True,
        items=_of_any_kind,
        groups=_together,
        lines="""\
shown = protect(likert.shares(data, items))
drawn = figures.by_section(shown)
ordered = [item for item in items if item in likert.items_in(data)]  # so that some answers are favourable
said = findings.agreement(protect(likert.agreement(data, ordered)))
""",
    ),
    "agreement": View(
        "How many answered favourably",
        wave=True,
        items=likert.items_in,
        groups=_together_or_apart,
        lines="""\
shown = protect(likert.agreement(data, items, by=by))
drawn = figures.groups_by_section(shown)
said = findings.agreement(shown)
""",
    ),
    "gaps": View(
        "Where groups lie furthest apart",
        wave=True,
        items=likert.items_in,
        groups=_apart,
        lines="""\
# every question is judged, for among many some stand out by chance
[judged] = multiplicity.judge(data, compare.gaps(data, likert.items_in(data), by=by))
shown = protect(judged[judged["item"].isin(items)])
drawn = [figures.gaps(shown)]
said = findings.gaps(shown)
""",
    ),
    "change": View(
        "How the same people's answers moved",
        wave=False,
        items=change.comparable,
        groups=_together,
        lines="""\
shown = protect(change.moves(data, items))
drawn = figures.by_section(shown)
# every question is judged, for among many some move by chance
[judged] = multiplicity.judge(data, change.compared(data))
said = findings.changes(protect(judged[judged["item"].isin(items)]))
""",
    ),
    "waves": View(
        "All waves side by side",
        wave=False,
        items=likert.items_in,
        groups=_waves,
        lines="""\
shown = protect(change.side_by_side(data, items))
drawn = figures.groups_by_section(shown)
said = findings.agreement(shown)
""",
    ),
}
