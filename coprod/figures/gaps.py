"""Gaps between groups, question by question: Cliff's delta with its interval, and what chance could do.

A marker is filled where the gap was told apart from chance with every question looked at counted in, and
hollow where it was not, even if its own interval happens to miss 0. Where numbers may not be shown the
same is said in words.
"""

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import PAPER, shades
from coprod.figures.comparisons_wording import FOUND, NOT_FOUND, gaps_alt, gaps_title, in_words, pair, people
from coprod.figures.lettering import SMALL, width_of, wrapped
from coprod.figures.questions import one_only
from coprod.figures.rows import BETWEEN
from coprod.figures.sheet import EDGE, FAINT, GREY, INK, MARKS, WIDTH, Drawn, Sheet, height, styled
from coprod.privacy import Shown, table_of
from coprod.saying import BAND

LONG = 3.1  # inches from -1 to 1
GAP = 0.2  # inches before the groups at the right
ROW = 0.24  # inches
COLOUR = shades("favourable", 1)[0]
HEADER = (
    "Cliff's delta with its 95% interval: 1 where everybody in the group named first answered more "
    "favourably than everybody in the second, 0 where neither did on the whole."
)
KEY = {True: FOUND, False: f"{NOT_FOUND}, every question looked at counted in"}
ENDS = {-1: "-1: second higher", 0: "0", 1: "1: first higher"}


def gaps(shown: Shown) -> Drawn:
    """Draw each item's gap between two groups, in the table's order.

    Parameters
    ----------
    shown : Shown
        A protected table of :func:`coprod.compare.gaps`, adjusted by
        :func:`coprod.multiplicity.adjust`, with ``found``. In bands, each gap is said in words.

    Returns
    -------
    Drawn
        Across, its Axes measure Cliff's delta; in bands inches.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    ValueError
        The table has several precisions.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    one_only(table, "precision")
    with styled():
        ax = _in_words(table) if shown.precision == BAND else _dots(table)
    return Drawn(ax, gaps_alt(table), gaps_title(table), shown)


def _dots(table: pd.DataFrame) -> Axes:
    sheet = Sheet(zero=EDGE + LONG / 2, unit=LONG / 2)
    y = sheet.write(HEADER, EDGE, EDGE, width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY) + 0.06
    y = _ruler(sheet, _key(sheet, y) + 0.06)
    for row in table.itertuples():
        y = sheet.write(row.text, EDGE, y + BETWEEN, width=WIDTH - 2 * EDGE) + 0.02
        y = _why_not(sheet, row, EDGE, y) if row.why_not else _row(sheet, row, y)
    return sheet.finish(_ruler(sheet, y + 0.06))


def _key(sheet: Sheet, y: float) -> float:
    for found, words in KEY.items():
        _marker(sheet, sheet.at(EDGE + 0.07), y + height(SMALL) / 2, found=found)
        y = sheet.write(words, EDGE + 0.22, y, width=WIDTH - 2 * EDGE - 0.22, fontsize=SMALL)
    return y


def _marker(sheet: Sheet, x: float, y: float, *, found: bool) -> None:
    look = {"color": COLOUR, "markerfacecolor": COLOUR if found else PAPER, "markeredgewidth": 1.5}
    sheet.ax.plot(x, y, "o", markersize=7, zorder=MARKS + 0.5, **look)


def _row(sheet: Sheet, row: tuple, y: float) -> float:
    """Draw one gap with the groups beside it, and return where the next question begins."""
    left = EDGE + LONG + GAP
    lines = [
        line for words in (pair(row), people(row)) for line in wrapped(words, WIDTH - EDGE - left, SMALL)
    ]
    bottom = y + max(ROW, len(lines) * height(SMALL) + 0.03)
    middle = (y + bottom) / 2
    for x in ENDS:
        look = {"color": FAINT} if x else {"color": INK, "linewidth": 1.2}
        sheet.upright(x, y, bottom, **look)
    sheet.ax.plot([row.low, row.high], [middle, middle], color=COLOUR, zorder=MARKS)
    _marker(sheet, row.delta, middle, found=bool(row.found))
    top = middle - len(lines) * height(SMALL) / 2
    for down, line in enumerate(lines):
        sheet.write(line, left, top + down * height(SMALL), fontsize=SMALL)
    return bottom


def _why_not(sheet: Sheet, row: tuple, x: float, y: float) -> float:
    return sheet.write(row.why_not, x, y, width=WIDTH - EDGE - x, fontsize=SMALL, color=GREY)


def _ruler(sheet: Sheet, y: float) -> float:
    """Name both ends of the axis and its middle, the ends within the page."""
    for x, words in ENDS.items():
        middle = max(x, sheet.at(EDGE + width_of(words, SMALL) / 2))
        sheet.label(words, middle, y + height(SMALL) / 2, color=GREY)
    return y + height(SMALL)


def _in_words(table: pd.DataFrame) -> Axes:
    sheet, left, y = Sheet(), EDGE + 0.22, EDGE - BETWEEN
    for row in table.itertuples():
        y = sheet.write(row.text, EDGE, y + BETWEEN, width=WIDTH - 2 * EDGE) + 0.02
        if row.why_not:
            y = _why_not(sheet, row, left, y)
            continue
        _marker(sheet, EDGE + 0.07, y + height(SMALL) / 2, found=bool(row.found))
        y = sheet.write(in_words(row), left, y, width=WIDTH - EDGE - left, fontsize=SMALL)
    return sheet.finish(y)
