"""What came of the cases: a grid of kinds down and statuses across, with every count in its cell.

All statuses share one scale of shades, so that what was not reached is as plain to see as what was. A
cell without outcomes is an empty box.
"""

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import NEUTRAL
from coprod.figures.grid import Grid, count_shade
from coprod.figures.lettering import BODY, SMALL
from coprod.figures.sheet import EDGE, GREY, WIDTH, Drawn, height, styled
from coprod.figures.wording import counted
from coprod.privacy import Shown, table_of
from coprod.saying import joined

NAMES = 1.1  # inches at the left for the kinds
TOTAL = 0.6  # inches at the right for what a kind has in all
ROW = 0.42  # inches
INSET = 0.03  # inches from the side of a cell to the box in it
IN_ALL, NONE = "in all", "none"


def outcome_grid(shown: Shown) -> Drawn:
    """Draw how many outcomes there are of each kind and status.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.outcome_counts`.

    Returns
    -------
    Drawn
        Across, its Axes measure statuses: the first lies from 0 to 1.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    counts = table.pivot_table(index="kind", columns="status", values="outcomes", sort=False, fill_value=0)
    counts = counts.astype(int)
    with styled():
        ax = _draw(counts)
    return Drawn(ax, _alt(counts), _title(counts), shown)


def _draw(counts: pd.DataFrame) -> Axes:
    statuses, most = [str(status) for status in counts], int(counts.to_numpy().max())
    grid = Grid({"": statuses}, NAMES, (WIDTH - 2 * EDGE - NAMES - TOTAL) / len(statuses))
    y = grid.head(grid.key(EDGE))
    _sum(grid, IN_ALL, len(statuses), (y - height(SMALL) - 0.06, y))
    for kind, row in counts.iterrows():
        top, y = y, grid.name(str(kind), y, ROW)
        for place, count in enumerate(row):
            _cell(grid, int(count), place, (top, y, most))
        _sum(grid, row.sum(), len(row), (top, y))
    grid.sheet.write(IN_ALL, EDGE, y + (ROW - height(SMALL)) / 2, fontsize=SMALL, color=GREY)
    for place, total in enumerate([*counts.sum(), counts.to_numpy().sum()]):
        _sum(grid, total, place, (y, y + ROW))
    return grid.sheet.finish(y + ROW)


def _cell(grid: Grid, count: int, place: int, where: tuple[float, float, int]) -> None:
    """Draw a box with its count, or an empty one."""
    (top, bottom, most), aside = where, INSET / grid.cell
    fill, ink = count_shade(count, most)
    look = {"facecolor": fill, "edgecolor": NEUTRAL, "linewidth": 0.8}
    grid.sheet.box(place + aside, top + INSET, 1 - 2 * aside, bottom - top - 2 * INSET, **look)
    if count:
        look = {"color": ink, "fontsize": BODY, "weight": "bold"}
        grid.sheet.label(str(count), place + 0.5, (top + bottom) / 2, **look)


def _sum(grid: Grid, words: object, place: int, where: tuple[float, float]) -> None:
    """Write what a kind or a status has in all; of kinds in a column of its own, at the right."""
    half = 0.5 if place < sum(map(len, grid.groups.values())) else TOTAL / 2 / grid.cell
    grid.sheet.label(str(words), place + half, sum(where) / 2, color=GREY)


def _title(counts: pd.DataFrame) -> str:
    """Say how many outcomes have each status."""
    whole = int(counts.to_numpy().sum())
    if not whole:
        return "No outcome is told of any kind"
    statuses = joined([f"{count} {status}" for status, count in counts.sum().items()])
    return f"Of {counted(whole, 'outcome')}: {statuses}"


def _alt(counts: pd.DataFrame) -> str:
    """Say every cell."""
    kinds = [
        f"{kind}: {joined([f'{count or NONE} {status}' for status, count in row.items()])}."
        for kind, row in counts.iterrows()
    ]
    return f"Grid of outcomes, kinds down and statuses across. {' '.join(kinds)}"
