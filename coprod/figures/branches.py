"""Causes as they branch: each with what lies beneath it, and room for its words on one side of a stem."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
from matplotlib.patches import FancyBboxPatch
from matplotlib.path import Path

from coprod.figures.colours import GROUPS
from coprod.figures.lettering import SMALL, wrapped
from coprod.figures.sheet import BEHIND, EDGE, INK, MARKS, WIDTH, Sheet, height

STEM = WIDTH / 2  # inches: where the spine or the trunk stands
LEAN = 0.5  # inches from the stem to where words begin, which a rib or a branch crosses
CLEAR = 0.15  # inches from the middle of a mark to its words
INDENT = 0.2  # inches that what lies beneath stands further out
DEEPEST = 4  # indents; what lies still deeper would have no room for its words
APART = 0.07  # inches between one cause and the next
LEFT, RIGHT = -1, 1
# Two arcs between two tips, and the tips lean away from the stem.
LEAVES = {
    way: Path(
        [(-way, -1), (-0.9 * way, 0.9), (way, 1), (0.9 * way, -0.9), (-way, -1)],
        [Path.MOVETO, *[Path.CURVE3] * 4],
    )
    for way in (LEFT, RIGHT)
}
KINDS = {"root": "underlying", "leaf": "a visible sign"}
COLOURS = {"root": INK, "leaf": GROUPS[2]}


class Cause(NamedTuple):
    """A cause, its kind ("root" or "leaf") and the causes beneath it."""

    words: str
    kind: str
    beneath: tuple["Cause", ...] = ()


class Placed(NamedTuple):
    """A cause and its room on the page.

    Attributes
    ----------
    depth : int
        Indents.
    lines : list of str
        Its words as they are wrapped.
    top, bottom : float
        Inches.
    above : Placed or None
        The cause that it lies beneath, where that has a place of its own.
    """

    cause: Cause
    depth: int
    lines: list[str]
    top: float
    bottom: float
    above: "Placed | None"


def main_causes(table: pd.DataFrame) -> tuple[Cause, ...]:
    """Put the causes of one case together, in the order of the table.

    Parameters
    ----------
    table : DataFrame
        Rows of :func:`coprod.cases.causes` of one case. A cause whose ``of`` names none of them is a
        main cause.
    """
    rows = table.to_dict("records")
    keys = {row["key"] for row in rows}

    def beneath(above: str) -> tuple[Cause, ...]:
        return tuple(
            Cause(str(row["cause"]), row["kind"], beneath(row["key"]))
            for row in rows
            if (row["of"] if row["of"] in keys else "") == above
        )

    return beneath("")


def of_kind(causes: tuple[Cause, ...], kind: str) -> tuple[Cause, ...]:
    """Keep the causes of one kind, each beneath the nearest of its kind that it lay beneath."""
    kept: list[Cause] = []
    for cause in causes:
        beneath = of_kind(cause.beneath, kind)
        kept += [cause._replace(beneath=beneath)] if cause.kind == kind else beneath
    return tuple(kept)


def walk(causes: tuple[Cause, ...]) -> Iterator[Cause]:
    """Go through causes and all that lies beneath them, from the top down."""
    for cause in causes:
        yield cause
        yield from walk(cause.beneath)


def placed(causes: tuple[Cause, ...], top: float, above: Placed | None = None) -> list[Placed]:
    """Give causes, and all that lies beneath them, room below each other.

    Parameters
    ----------
    top : float
        Inches.
    above : Placed, optional
        What they lie beneath.
    """
    places: list[Placed] = []
    depth = 0 if above is None else min(above.depth + 1, DEEPEST)
    for cause in causes:
        lines = wrapped(cause.words, room(depth), SMALL)
        one = Placed(cause, depth, lines, top, top + len(lines) * height(SMALL) + 0.02, above)
        places += [one, *placed(cause.beneath, one.bottom + APART, one)]
        top = places[-1].bottom + APART
    return places


def on_both_sides(causes: tuple[Cause, ...]) -> dict[int, list[Cause]]:
    """Share causes out to the left and the right, so that both sides are about as long.

    Returns
    -------
    dict of int to list of Cause
        Both sides in the order of `causes`, the first of them to the left.
    """
    longs = [(placed((cause,), 0)[-1].bottom, -number) for number, cause in enumerate(causes)]
    ways, ends = {}, {LEFT: 0.0, RIGHT: 0.0}
    for long, number in sorted(longs, reverse=True):  # the longest first, since short ones fill gaps
        way = min(ends, key=ends.get)
        ends[way] += long
        ways[-number] = way
    flip = ways[0] if ways else LEFT
    return {
        side: [cause for number, cause in enumerate(causes) if (ways[number] == flip) == (side == LEFT)]
        for side in ends
    }


def room(depth: int) -> float:
    """Return how wide words may be, in inches."""
    return STEM - EDGE - outwards(depth)


def outwards(depth: int) -> float:
    """Return how far from the stem words begin, in inches."""
    return LEAN + CLEAR + INDENT * depth


def write(sheet: Sheet, lines: list[str], way: int, away: float, top: float, **look: str) -> None:
    """Write lines outwards from `away` inches beside the stem: to the left they end there."""
    for down, line in enumerate(lines):
        y = top + down * height(SMALL)
        sheet.write(line, STEM + way * away, y, fontsize=SMALL, ha="right" if way == LEFT else "left", **look)


def mark(sheet: Sheet, kind: str, x: float, y: float, way: int = RIGHT) -> None:
    """Draw the mark of a kind: a dot for what underlies, a leaf for what can be seen."""
    look = {"marker": LEAVES[way], "markersize": 10} if kind == "leaf" else {"marker": "o", "markersize": 6}
    sheet.ax.plot(x, y, color=COLOURS[kind], zorder=MARKS + 0.5, linestyle="none", **look)


def box(sheet: Sheet, one: float, other: float, top: float, bottom: float, **look: str) -> None:
    """Draw a box with round corners between two sides, in inches."""
    left, wide = min(one, other), abs(other - one)
    style = "round,pad=0,rounding_size=0.06"
    sheet.ax.add_patch(FancyBboxPatch((left, top), wide, bottom - top, boxstyle=style, zorder=BEHIND, **look))


def stopped(sentence: str) -> str:
    """End a sentence with a full stop where it has no end."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."
