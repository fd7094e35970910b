"""Who works with whom, before a programme and by its end: for each case, every pair of organisations.

A pair has one cell with two marks, before at the left and after at the right, so that what began and what
ended is seen in one place; where cells are narrow, before above after. A pair of which nothing was told
stays empty, which is neither "no" nor "not known". The pairs of very many organisations are a list.
"""

from dataclasses import replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import band_shade
from coprod.figures.grid import AGAIN, PAD, Grid
from coprod.figures.lettering import SMALL
from coprod.figures.sheet import EDGE, GREY, TRACK, WIDTH, Drawn, styled
from coprod.figures.states import NOT_KNOWN, key, state
from coprod.figures.wording import counted
from coprod.privacy import Shown, table_of

MARKS = {"yes": "worked together", "no": "did not", NOT_KNOWN: "not known"}
SHADED = "Shaded: not before, but by the end."
BEGAN = band_shade("favourable", 1, 12)
NAMES = {"matrix": 2.5, "list": 4.6}  # inches for the names of organisations
CELL = 0.5  # inches at most
LIST_CELL = 0.75  # inches
SIDE_BY_SIDE = 0.32  # inches that two marks need; in a narrower cell before stands above after
ROW, HIGHER = 0.3, 0.38  # inches, with marks side by side, or above each other
MOST = 20  # organisations in a matrix; of more, the pairs are listed
LISTED = 60  # pairs; of more, only how many


def ties(shown: Shown) -> list[Drawn]:
    """Draw which organisations worked together before and after, one figure for each case.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.ties`.

    Returns
    -------
    list of Drawn
        In the order of the table; one without a figure where there is nothing to draw. Across, their
        Axes measure organisations.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return [Drawn(None, "", "", shown)]
    sets = table.groupby("case", sort=False)
    return [_ties(replace(shown, table=rows.reset_index(drop=True))) for _, rows in sets]


def _ties(shown: Shown) -> Drawn:
    table = table_of(shown)
    with styled():
        ax = _draw(table)
    return Drawn(ax, _alt(table), _title(table), shown)


def _draw(table: pd.DataFrame) -> Axes:
    names = list(dict.fromkeys([*table["one"], *table["other"]]))
    listed = len(names) > MOST
    if listed:
        grid = Grid({"": ["before", "by the end"]}, NAMES["list"], LIST_CELL)
    else:
        grid = Grid({"": [str(place + 1) for place in range(len(names))]}, NAMES["matrix"], CELL)
    there = {*table["before"], *table["after"]}
    y = key(grid.sheet, {mark: words for mark, words in MARKS.items() if mark in there}, EDGE)
    where = "Left before, right by the end" if grid.cell >= SIDE_BY_SIDE else "Above before, below by the end"
    words = SHADED if listed else f"{where}. {SHADED} Empty: not told."
    y = grid.sheet.write(words, EDGE, y, width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY) + PAD
    return grid.sheet.finish(_pairs(grid, table, y) if listed else _matrix(grid, table, names, y))


def _matrix(grid: Grid, table: pd.DataFrame, names: list[str], y: float) -> float:
    """Draw a row for each organisation, with a cell for each one above it."""
    pairs = {frozenset((row.one, row.other)): row for row in table.itertuples()}
    for place, name in enumerate(names):
        bottom = grid.name(f"{place + 1} {name}", y, ROW if grid.cell >= SIDE_BY_SIDE else HIGHER)
        for left in range(place):
            _cell(grid, pairs.get(frozenset((name, names[left]))), left, (y, bottom))
        grid.frame(place, y, bottom, facecolor=TRACK)
        grid.sheet.label(str(place + 1), place + 0.5, (y + bottom) / 2, weight="bold")
        y = bottom
    return y


def _cell(grid: Grid, row: Any, left: int, ends: tuple[float, float]) -> None:
    """Draw a pair's two marks in its cell; without marks where nothing was told of it."""
    grid.frame(left, *ends, **({"facecolor": BEGAN} if _began(row) else {}))
    middle = sum(ends) / 2
    for side, what in () if row is None else ((-1, row.before), (1, row.after)):
        if grid.cell >= SIDE_BY_SIDE:
            state(grid.sheet, what, left + 0.5 + side * 0.23, middle)
        else:
            state(grid.sheet, what, left + 0.5, middle + side * 0.085)


def _began(row: Any) -> bool:
    return row is not None and (row.before, row.after) == ("no", "yes")


def _pairs(grid: Grid, table: pd.DataFrame, y: float) -> float:
    """Draw a row for each pair, up to as many as can be read."""
    for place, row in enumerate(table.head(LISTED).itertuples()):
        if place % AGAIN == 0:
            y = grid.head(y + (PAD if place else 0))
        bottom = grid.name(f"{row.one} and {row.other}", y, ROW)
        for left, what in enumerate((row.before, row.after)):
            grid.frame(left, y, bottom, **({"facecolor": BEGAN} if _began(row) else {}))
            state(grid.sheet, what, left + 0.5, (y + bottom) / 2)
        y = bottom
    rest = len(table) - LISTED
    words = f"and {rest} more, in the numbers behind this figure" if rest > 0 else ""
    return grid.sheet.write(words, EDGE, y + 0.05, fontsize=SMALL, color=GREY) if words else y


def _title(table: pd.DataFrame) -> str:
    """Say how many pairs are known to have worked together, and of how many this is not known."""
    before, after = (int((table[when] == "yes").sum()) for when in ("before", "after"))
    unknown = int((table[["before", "after"]] == NOT_KNOWN).any(axis=1).sum())
    said = f"{before} known to have worked together before and {after} by the end"
    rest = f"; not known, before or by the end, for {unknown}" if unknown else ""
    return f"{table['case'].iloc[0]}: of {counted(len(table), 'pair')}, {said}{rest}"


def _alt(table: pd.DataFrame) -> str:
    """Say for every pair whether it worked together before and after."""
    told = [
        f"{row.one} and {row.other}: {row.before} before, {row.after} after" for row in table.itertuples()
    ]
    pairs = counted(len(table), "pair")
    return f"Matrix of {pairs} in {table['case'].iloc[0]}, whether they worked together. {'. '.join(told)}."
