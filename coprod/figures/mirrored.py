"""Enablers and barriers to both sides of one middle: barriers to the left, enablers to the right.

A bar's length is a number of observations. That is how often the sources say something, not how much it
matters, and every figure says so.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from math import ceil
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures import mirrored_wording as wording
from coprod.figures.colours import HATCH, shades, tint
from coprod.figures.lettering import SMALL, width_of
from coprod.figures.rows import BETWEEN
from coprod.figures.sheet import EDGE, FAINT, GREY, INK, WIDTH, WORDS, Drawn, Sheet, height, styled
from coprod.privacy import Shown, table_of

MIDDLE = WIDTH / 2  # inches
BAR = 0.17  # inches
LEAST = 5  # observations for which there is room: a bar across the page is not to stand for one
GAP = 0.06  # inches between a bar and its words
MOST_FACTORS = 12  # more would not stand on one printed page
OWN_FIGURE = 6  # groups that have a figure each; of more, only the totals are drawn
TO_A_PAGE = 10  # groups
WAYS = {"barrier": -1, "enabler": 1}
LOOKS = {
    "barrier": {"facecolor": shades("unfavourable", 1)[0], "hatch": HATCH},
    "enabler": {"facecolor": shades("favourable", 1)[0]},
}
NOTE = "A bar's length is its number of observations: how often the sources say it, not how much it matters. "
NOTES = {
    "factor": f"{NOTE}The words beside it say in how many places in the sources they stand.",
    "group": f"{NOTE}Below it stands what most of them are about.",
}


class Side(NamedTuple):
    """One bar: its length in observations, the words at its end, and those below it."""

    rows: int
    words: str
    below: str = ""


Line = tuple[str, dict[str, Side]]  # a name, and its bar for each direction that has one


def mirrored_bars(shown: Shown) -> Drawn:
    """Draw how many observations speak of each barrier and each enabler.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.enablers_and_barriers`, or one group of
        :func:`coprod.cases.factors_by`. Of many factors those are drawn that have the most observations
        on either side, and the figure says how many it leaves to its table.

    Returns
    -------
    Drawn
        Across, its Axes measure observations: barriers below 0, enablers above.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    return _bars(shown, int(table["rows"].max()))


def _bars(shown: Shown, most: int) -> Drawn:
    """Draw factors, the longest bar there may be being that of `most` observations."""
    table = shown.table
    drawn = best_evidenced(table)
    names = drawn["factor"].unique()
    rest = wording.rest(table[~table["factor"].isin(names)])
    lines = [(str(name), _sides(drawn[drawn["factor"] == name])) for name in names]
    with styled():
        ax = _draw(lines, [NOTES["factor"], *rest], most)
    return Drawn(ax, wording.bars_alt(drawn, rest), wording.bars_title(table), shown)


def mirrored_by_group(shown: Shown) -> list[Drawn]:
    """Draw each group's barriers and enablers, all groups together first.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.factors_by`.

    Returns
    -------
    list of Drawn
        The totals of all groups, ten to a figure; where there are six groups or fewer, then one figure
        of :func:`mirrored_bars` for each.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return [Drawn(None, "", "", shown)]
    groups = list(table["group"].unique())
    parts = [replace(shown, table=_only(table, some)) for some in _pages(groups)]
    most = int(wording.totals(table)["rows"].max())
    drawn = [_totals(part, most, groups) for part in parts]
    if len(groups) <= OWN_FIGURE:
        most = int(table["rows"].max())  # one scale, so that bars can be compared from figure to figure
        drawn += [_bars(replace(shown, table=_only(table, [group])), most) for group in groups]
    return drawn


def best_evidenced(table: pd.DataFrame) -> pd.DataFrame:
    """Pick the factors with the most observations on either side, so that no side hides the other.

    Parameters
    ----------
    table : DataFrame
        ``direction``, ``factor``, ``rows`` and ``sources``.

    Returns
    -------
    DataFrame
        The rows of at most twelve factors, the best evidenced factor first.
    """
    ranked = table.sort_values(["rows", "sources"], ascending=False, kind="stable")
    ranked = ranked.assign(rank=ranked.groupby("direction").cumcount())
    by_factor = ranked.groupby("factor", sort=False).agg(rank=("rank", "min"), total=("rows", "sum"))
    chosen = by_factor.sort_values(["rank", "total"], ascending=[True, False], kind="stable")
    best = chosen[:MOST_FACTORS].sort_values("total", ascending=False, kind="stable").index
    places = ranked["factor"].map({factor: place for place, factor in enumerate(best)})
    drawn = ranked.assign(place=places).dropna(subset="place")
    return drawn.sort_values(["place", "direction"], ignore_index=True)


def _only(table: pd.DataFrame, groups: Iterable[str]) -> pd.DataFrame:
    return table[table["group"].isin(list(groups))].reset_index(drop=True)


def _pages(groups: list[str]) -> list[list[str]]:
    """Share groups out over as few figures as will hold them, about as many in each."""
    pages = ceil(len(groups) / TO_A_PAGE)
    ends = [round(page * len(groups) / pages) for page in range(pages + 1)]
    return [groups[start:end] for start, end in pairwise(ends)]


def _totals(part: Shown, most: int, groups: list[str]) -> Drawn:
    sums = wording.totals(part.table)
    lines = [(str(group), _group_sides(rows)) for group, rows in sums.groupby("group", sort=False)]
    with styled():
        ax = _draw(lines, [NOTES["group"]], most)
    return Drawn(ax, wording.totals_alt(sums), wording.totals_title(sums, groups), part)


def _sides(rows: pd.DataFrame) -> dict[str, Side]:
    return {row.direction: Side(row.rows, wording.beside(row.rows, row.sources)) for row in rows.itertuples()}


def _group_sides(rows: pd.DataFrame) -> dict[str, Side]:
    none = dict.fromkeys(WAYS, Side(0, "none"))
    return none | {row.direction: Side(row.rows, str(row.rows), row.most) for row in rows.itertuples()}


def _draw(lines: list[Line], notes: list[str], most: int) -> Axes:
    beside = max(width_of(side.words, SMALL) for _, sides in lines for side in sides.values())
    sheet = Sheet(zero=MIDDLE, unit=(MIDDLE - EDGE - GAP - beside) / max(most, LEAST))
    y = _heading(sheet)
    for name, sides in lines:
        y = _name(sheet, name, list(sides), y + BETWEEN) + 0.03
        sheet.upright(0, y - 0.03, y + BAR + 0.03, color=INK, linewidth=1.2, zorder=WORDS)
        y = max([_bar(sheet, direction, side, y) for direction, side in sides.items()])
    for note in notes:
        y = sheet.write(note, EDGE, y + 0.12, width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY)
    return sheet.finish(y)


def _heading(sheet: Sheet) -> float:
    """Name both sides, with their looks, outwards from the middle."""
    for direction, way in WAYS.items():
        left = sheet.at(MIDDLE + way * 0.08 - (0.14 if way < 0 else 0))
        sheet.box(left, EDGE + 0.025, 0.14 / sheet.unit, 0.13, **_look(direction))
        look = {"ha": "right" if way < 0 else "left", "weight": "bold"}
        sheet.write(f"{direction}s".capitalize(), MIDDLE + way * 0.3, EDGE, fontsize=SMALL, **look)
    y = EDGE + height(SMALL) + 0.04
    sheet.ax.plot([sheet.at(EDGE), sheet.at(WIDTH - EDGE)], [y, y], color=FAINT, linewidth=0.8)
    return y - 0.06


def _name(sheet: Sheet, name: str, directions: list[str], y: float) -> float:
    """Write a name above its bar, outwards from the middle; above two bars across the middle."""
    if len(directions) > 1:
        return sheet.write(name, MIDDLE, y, width=WIDTH - 2 * EDGE, ha="center")
    way = WAYS[directions[0]]
    ha = "right" if way < 0 else "left"
    return sheet.write(name, MIDDLE + way * GAP, y, width=MIDDLE - EDGE - GAP, ha=ha)


def _bar(sheet: Sheet, direction: str, side: Side, y: float) -> float:
    """Draw one bar outwards from the middle with its words, and return where they end."""
    way = WAYS[direction]
    if side.rows:
        sheet.box(min(0, way * side.rows), y, side.rows, BAR, **_look(direction))
    look = {"ha": "right" if way < 0 else "left", "fontsize": SMALL}
    x = MIDDLE + way * (side.rows * sheet.unit + GAP)
    bottom = sheet.write(side.words, x, y + (BAR - height(SMALL)) / 2, **look)
    if not side.below:
        return max(bottom, y + BAR)
    room = MIDDLE - EDGE - GAP
    return sheet.write(side.below, MIDDLE + way * GAP, y + BAR + 0.02, width=room, color=GREY, **look)


def _look(direction: str) -> dict[str, str]:
    look = LOOKS[direction]
    return {**look, "edgecolor": tint(look["facecolor"]) if "hatch" in look else look["facecolor"]}
