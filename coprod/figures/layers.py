"""How many organisations of each sector were in each layer of a case.

A few cases show a mark for each organisation; where there are more, every case is one row of numbers.
"""

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import GROUPS, MARKERS
from coprod.figures.grid import AGAIN, PAD, Grid, count_shade
from coprod.figures.lettering import SMALL
from coprod.figures.sheet import EDGE, FAINT, GREY, MARKS, WIDTH, WORDS, Drawn, styled
from coprod.figures.wording import counted
from coprod.privacy import Shown, table_of

FEW = 4  # cases
NAMES = 1.9  # inches for names
ROW = 0.26  # inches
COLUMN = 0.55  # inches of a number at most
NARROWEST = 0.28  # inches; with so many sectors that columns would be narrower, layers stand below each other
MARK = 0.145  # inches from one mark to the next
MARKS_FIT = 8  # in a cell; more organisations are a number beside one mark
COUNTED = "Numbers of organisations; the more, the darker."
TOLD = 12  # cases whose every number is in the alternative text


def layers(shown: Shown) -> Drawn:
    """Draw how many organisations of each sector were in each layer, case by case.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.layers`.

    Returns
    -------
    Drawn
        Across, its Axes measure columns: layers with a few cases, else the sectors of each layer.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    with styled():
        ax = _marks(table) if table["case"].nunique() <= FEW else _numbers(table)
    return Drawn(ax, _alt(table), _title(table), shown)


def _marks(table: pd.DataFrame) -> Axes:
    """Draw a row for each sector of each case."""
    # as names of groups, which begin where the marks do
    grid = Grid({layer.capitalize(): [layer] for layer in table["layer"].unique()}, NAMES, WIDTH)
    y = grid.group_names(EDGE)
    for place, (case, there) in enumerate(table.groupby("case", sort=False)):
        y = grid.sheet.write(case, EDGE, y + (0.14 if place else 0), width=WIDTH - 2 * EDGE, weight="bold")
        for number, (sector, rows) in enumerate(there.groupby("sector", sort=False)):
            bottom = grid.name(sector, y, ROW)
            count = dict(zip(rows["layer"], rows["organisations"], strict=True))
            for _, layer, left in grid.places():
                _organisations(grid, count.get(layer, 0), number, (left, (y + bottom) / 2))
            ends = [grid.sheet.at(x) for x in (EDGE, WIDTH - EDGE)]
            grid.sheet.ax.plot(ends, [bottom] * 2, color=FAINT, linewidth=0.6)
            y = bottom
    return grid.sheet.finish(y)


def _organisations(grid: Grid, count: int, sector: int, where: tuple[float, float]) -> None:
    """Draw a mark for each organisation, and how many these are."""
    left, y = where
    step = MARK / grid.cell
    marks = count if count <= MARKS_FIT else 1
    look = {"color": GROUPS[sector % len(GROUPS)], "markersize": 8, "zorder": MARKS}
    for place in range(marks):
        grid.sheet.ax.plot(left + (place + 1) * step, y, MARKERS[sector % len(MARKERS)], **look)
    x = left + (marks + 1) * step
    grid.sheet.label(str(count), x, y, ha="left" if count else "center", color=GREY)


def _numbers(table: pd.DataFrame) -> Axes:
    """Draw a row for each case, and a column for each sector of each layer."""
    layers, sectors = list(table["layer"].unique()), list(table["sector"].unique())
    side_by_side = len(layers) * len(sectors) * NARROWEST <= WIDTH - NAMES
    sets = [layers] if side_by_side else [[layer] for layer in layers]
    grids = [Grid({layer.capitalize(): sectors for layer in some}, NAMES, COLUMN) for some in sets]
    sheet = grids[0].sheet
    y = sheet.write(COUNTED, EDGE, EDGE, fontsize=SMALL, color=GREY) + PAD
    y = grids[0].key(y)
    for grid in grids:
        grid.sheet = sheet
        y = _block(grid, table, y)
    return sheet.finish(y)


def _block(grid: Grid, table: pd.DataFrame, y: float) -> float:
    most = table["organisations"].max()
    for place, (case, rows) in enumerate(table.groupby("case", sort=False)):
        if place % AGAIN == 0:
            y = grid.head(y + 0.06)
        bottom = grid.name(case, y, ROW)
        count = {(row.layer.capitalize(), row.sector): row.organisations for row in rows.itertuples()}
        for layer, sector, left in grid.places():
            there = count.get((layer, sector), 0)
            fill, ink = count_shade(there, most)
            grid.frame(left, y, bottom, facecolor=fill)
            grid.sheet.label(str(there), left + 0.5, (y + bottom) / 2, color=ink, zorder=WORDS)
        y = bottom
    return y


def _empty(table: pd.DataFrame) -> pd.Series:
    """Count, for each layer and sector, the cases without an organisation; those with most first."""
    none = table[table["organisations"] == 0]
    return (
        none.groupby(["layer", "sector"], sort=False)["case"]
        .nunique()
        .sort_values(ascending=False, kind="stable")
    )


def _title(table: pd.DataFrame) -> str:
    """Name the layer and sector that most cases have no organisation in."""
    cases, empty = counted(table["case"].nunique(), "case"), _empty(table)
    if empty.empty:
        return f"Every layer has organisations of every sector, in {cases}"
    most = [f"{sector} in {layer}" for (layer, sector), count in empty.items() if count == empty.iloc[0]]
    named = most[0] if len(most) == 1 else f"{most[0]} and {len(most) - 1} more"
    return f"Most often with no organisation named: {named}, in {empty.iloc[0]} of {cases}"


def _alt(table: pd.DataFrame) -> str:
    """Say every number; with many cases, in how many of them each layer and sector has organisations."""
    cases = table["case"].nunique()
    start = f"Organisations by layer and sector, {counted(cases, 'case')}."
    if cases <= TOLD:
        told = [
            f"{case}: {_told(rows, 'organisations')}." for case, rows in table.groupby("case", sort=False)
        ]
        return f"{start} {' '.join(told)}"
    some = table.assign(some=(table["organisations"] > 0).astype(int))
    met = some.groupby(["layer", "sector"], sort=False)["some"].sum().reset_index()
    return f"{start} Cases with at least one organisation: {_told(met, 'some')}."


def _told(rows: pd.DataFrame, column: str) -> str:
    """Say a number for each layer and sector."""
    return "; ".join(
        f"{layer}, " + ", ".join(f"{row['sector']} {row[column]}" for row in there.to_dict("records"))
        for layer, there in rows.groupby("layer", sort=False)
    )
