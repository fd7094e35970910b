"""What each sector brought at each stage, and what the framework expects that no row tells of.

A disc stands before what the framework expects and evidence elsewhere tells of too, a square before what
is expected and has none, a triangle before what was brought and the framework does not name.
"""

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.lettering import SMALL
from coprod.figures.sheet import EDGE, FAINT, GREY, WIDTH, Drawn, Sheet, height, styled
from coprod.figures.states import key, state
from coprod.figures.wording import counted
from coprod.privacy import Shown, table_of

ACROSS = 3  # sectors side by side
BETWEEN = 0.18  # inches between columns
INDENT = 0.19  # inches before the words, for the mark
OTHERS = 4  # things in a cell that the framework does not name; of more, only how many
MARKS = {
    "yes": "expected, with evidence",
    "no": "expected, without",
    "other": "not expected",
}
SAID = {"yes": "expected, ", "no": "expected, ", "other": ""}
HEADER = (
    "Expected: named in the framework, and with evidence if a row from another place in the sources than "
    "the framework's own tells of it too."
)


def roles(shown: Shown) -> Drawn:
    """Draw what each sector brought, stage by stage, with its rows of evidence.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.roles`.

    Returns
    -------
    Drawn
        Across, its Axes measure inches.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    table = table.assign(mark=[_mark(row) for row in table.itertuples()])
    with styled():
        ax = _draw(table)
    return Drawn(ax, _alt(table), _title(table), shown)


def _mark(row: tuple) -> str:
    """Say whether evidence elsewhere tells of what is expected, or whether it is not expected."""
    return ("yes" if row.elsewhere else "no") if row.expected else "other"


def _draw(table: pd.DataFrame) -> Axes:
    sheet, there = Sheet(), set(table["mark"])
    y = key(sheet, {mark: words for mark, words in MARKS.items() if mark in there}, EDGE)
    y = sheet.write(HEADER, EDGE, y, width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY)
    sectors = list(table["sector"].unique())
    for stage, rows in table.groupby("stage", sort=False):
        sheet.ax.plot([EDGE, WIDTH - EDGE], [y + 0.1] * 2, color=FAINT, linewidth=0.8)
        y = sheet.write(stage, EDGE, y + 0.15, width=WIDTH - 2 * EDGE, weight="bold")
        for first in range(0, len(sectors), ACROSS):
            y = _cells(sheet, rows, sectors[first : first + ACROSS], y + 0.04)
    return sheet.finish(y)


def _cells(sheet: Sheet, rows: pd.DataFrame, sectors: list[str], y: float) -> float:
    """Draw one stage of some sectors side by side, and return where the lowest of them ends."""
    width = (WIDTH - 2 * EDGE - (ACROSS - 1) * BETWEEN) / ACROSS
    bottoms = []
    for place, sector in enumerate(sectors):
        x = EDGE + place * (width + BETWEEN)
        end = sheet.write(sector, x, y, width=width, fontsize=SMALL, weight="bold")
        bottoms.append(_brought(sheet, rows[rows["sector"] == sector], (x, width), end))
    return max(bottoms)


def _brought(sheet: Sheet, rows: pd.DataFrame, column: tuple[float, float], y: float) -> float:
    """List what one sector brought at one stage."""
    x, width = column
    if rows.empty:
        return sheet.write("nothing expected, nothing told", x, y, width=width, fontsize=SMALL, color=GREY)
    others = rows["mark"] == "other"
    cut = others & (others.cumsum() > OTHERS)
    for row in rows[~cut].itertuples():
        state(sheet, row.mark, x + 0.07, y + 0.04 + height(SMALL) / 2)
        words = row.brought.removeprefix("Other: ")
        y = sheet.write(words, x + INDENT, y + 0.04, width=width - INDENT, fontsize=SMALL)
        y = sheet.write(_counted(row), x + INDENT, y, width=width - INDENT, fontsize=SMALL, color=GREY)
    if cut.any():
        more = f"and {cut.sum()} more, in the numbers behind this figure"
        y = sheet.write(more, x + INDENT, y + 0.04, width=width - INDENT, fontsize=SMALL, color=GREY)
    return y


def _counted(row: tuple) -> str:
    """Say how many rows tell of it, and from how many places."""
    if not row.rows:
        return "no row"
    if row.mark == "no":
        return "no row elsewhere"
    return f"{counted(row.rows, 'row')}, {counted(row.sources, 'place')}"


def _title(table: pd.DataFrame) -> str:
    """Say how much of what is expected has evidence elsewhere, and how much else was brought."""
    marks = table["mark"].value_counts()
    found, missing, others = (int(marks.get(mark, 0)) for mark in MARKS)
    if not found + missing:
        return f"{counted(others, 'contribution')}, none of them named in the framework"
    said = f"{found} of {found + missing} contributions that the framework expects have evidence elsewhere"
    return said + (f"; {others} more that it does not name" if others else "")


def _alt(table: pd.DataFrame) -> str:
    """Say everything brought or expected, stage by stage and sector by sector."""
    told = []
    for (stage, sector), rows in table.groupby(["stage", "sector"], sort=False):
        things = [f"{row.brought} ({SAID[row.mark]}{_counted(row)})" for row in rows.itertuples()]
        told.append(f"{stage}, {sector}: {'; '.join(things)}.")
    return f"Table of what each sector brought at each stage. {' '.join(told)}"
