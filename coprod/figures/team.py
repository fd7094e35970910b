"""Who was in which layer of a case: organisations by sector, and when each was involved."""

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import GROUPS, MARKERS
from coprod.figures.lettering import SMALL
from coprod.figures.sheet import EDGE, FAINT, GREY, MARKS, WIDTH, Drawn, Sheet, height, styled
from coprod.figures.wording import counted
from coprod.privacy import Shown, table_of
from coprod.saying import joined

LAYERS = ("learning journey", "design", "delivery")
COLUMN = 0.92  # inches for a layer
NAMES = WIDTH - len(LAYERS) * COLUMN - 2 * EDGE


def team(shown: Shown) -> Drawn:
    """Draw which organisations were involved in which layer, case by case and sector by sector.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.team`.

    Returns
    -------
    Drawn
        Across, its Axes measure layers: 0 is the first.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    with styled():
        ax = _draw(table)
    return Drawn(ax, _alt(table), _title(table), shown)


def _draw(table: pd.DataFrame) -> Axes:
    sheet = Sheet(zero=EDGE + NAMES + COLUMN / 2, unit=COLUMN)
    sectors = list(table["sector"].unique())
    y = EDGE
    for case, rows in table.groupby("case", sort=False):
        y = _heading(sheet, str(case), y)
        for sector in (name for name in sectors if name in set(rows["sector"])):
            y = sheet.write(sector, EDGE, y + 0.06, width=NAMES, fontsize=SMALL, color=GREY)
            for organisation, there in rows[rows["sector"] == sector].groupby("organisation", sort=False):
                y = _row(sheet, str(organisation), set(there["layer"]), sectors.index(sector), y)
        y += 0.18
    return sheet.finish(y - 0.18)


def _heading(sheet: Sheet, case: str, y: float) -> float:
    for place, layer in enumerate(LAYERS):
        for line, word in enumerate(layer.split()):
            sheet.label(word, place, y + (line + 0.5) * height(SMALL), color=GREY)
    return max(sheet.write(case, EDGE, y, width=NAMES, weight="bold"), y + 2 * height(SMALL))


def _row(sheet: Sheet, organisation: str, layers: set[str], sector: int, y: float) -> float:
    bottom = sheet.write(organisation, EDGE + 0.14, y + 0.03, width=NAMES - 0.2) + 0.03
    middle = (y + bottom) / 2
    sheet.ax.plot([-0.4, len(LAYERS) - 0.6], [middle, middle], color=FAINT, linewidth=0.8)
    for place, layer in enumerate(LAYERS):
        if layer in layers:
            look = {"color": GROUPS[sector % len(GROUPS)], "markersize": 9, "zorder": MARKS}
            sheet.ax.plot(place, middle, MARKERS[sector % len(MARKERS)], **look)
    return bottom


def _title(table: pd.DataFrame) -> str:
    """Say how many different organisations each layer had, over all cases."""
    met = table.groupby("layer")["organisation"].nunique()
    counts = [f"{met.get(layer, 0)} in {layer}" for layer in LAYERS]
    whole = counted(table["organisation"].nunique(), "organisation")
    return f"{whole} in {counted(table['case'].nunique(), 'team')}: {joined(counts)}"


def _alt(table: pd.DataFrame) -> str:
    """Name every organisation with its sector and layers."""
    teams = []
    for case, rows in table.groupby("case", sort=False):
        members = [
            f"{organisation} ({there['sector'].iloc[0]}): {joined(list(dict.fromkeys(there['layer'])))}"
            for organisation, there in rows.groupby("organisation", sort=False)
        ]
        teams.append(f"{case}: {'; '.join(members)}.")
    return f"Chart of organisations and the layers each was involved in. {' '.join(teams)}"
