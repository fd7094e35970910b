"""The share of favourable answers, group by group, with intervals; or in words for small groups.

Every group has a row of its own with its name and its numbers, so that neither colour nor marker has
to be looked up. Further right is more favourable, for dots as for words. Where the lines of two groups
overlap widely, so few people cannot tell them apart.
"""

from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import GROUPS, MARKERS
from coprod.figures.groups_wording import groups_alt, groups_title, usual
from coprod.figures.lettering import SMALL, width_of
from coprod.figures.questions import one_only
from coprod.figures.rows import BETWEEN
from coprod.figures.sheet import EDGE, GREY, MARKS, WIDTH, Drawn, Sheet, height, styled
from coprod.figures.tiles import LOW, step_tile
from coprod.privacy import Shown, table_of
from coprod.saying import BAND

NAME = 1.35  # inches at the left for a group's name
GAP = 0.16  # inches before the numbers at the right
ROW = 0.24  # inches


def agreement_by_group(shown: Shown) -> Drawn:
    """Draw each item's share of favourable answers for every group.

    Parameters
    ----------
    shown : Shown
        A protected table of :func:`coprod.likert.agreement`, by group. In bands, a tile for each group
        says its share in words.

    Returns
    -------
    Drawn
        Across, its Axes measure the share of those who gave a label.

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
        ax = _draw(table)
    return Drawn(ax, groups_alt(table), groups_title(table), shown)


def groups_by_section(shown: Shown) -> list[Drawn]:
    """Draw groups side by side, one figure for each section of the codebook."""
    table = table_of(shown)
    if table.empty:
        return [agreement_by_group(shown)]
    sets = table.groupby("section", sort=False)
    return [agreement_by_group(replace(shown, table=rows.reset_index(drop=True))) for _, rows in sets]


def _draw(table: pd.DataFrame) -> Axes:
    banded = table["precision"].iloc[0] == BAND
    numbers = [f"n {base}" for base in table["base_said"]] if banded else table["said"]
    table = table.assign(numbers=numbers)
    beside = max(width_of(words, SMALL) for words in table["numbers"])
    sheet = Sheet(zero=EDGE + NAME, unit=WIDTH - 2 * EDGE - NAME - GAP - beside)
    says = usual(table)
    header = f"How many {says}" if banded else f"Share that {says}, with its 95% interval"
    y = sheet.write(header, EDGE, EDGE, width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY)
    for _, rows in table.groupby("item", sort=False):
        heading = rows["text"].iloc[0] + (f" (here: {rows['says'].iloc[0]})" if usual(rows) != says else "")
        y = sheet.write(heading, EDGE, y + BETWEEN, width=WIDTH - 2 * EDGE) + 0.02
        there = {row.group: row for row in rows.itertuples()}
        for place, group in enumerate(table["group"].unique()):
            y = _row(sheet, group, there.get(group), place, y)
    return sheet.finish(y if banded else _ruler(sheet, y))


def _row(sheet: Sheet, group: str, row: tuple | None, place: int, y: float) -> float:
    """Draw one group's row, hidden ones included, and return where the next begins."""
    text = y + (ROW - height(SMALL)) / 2
    bottom = max(y + ROW, sheet.write(group, EDGE, text, width=NAME - 0.1, fontsize=SMALL) + 0.03)
    if row is None:
        sheet.write("not shown", sheet.zero, text, fontsize=SMALL, color=GREY)
        return bottom
    if row.precision == BAND:
        step_tile(sheet, row.said, sheet.zero, y + (ROW - LOW) / 2, sheet.unit)
    else:
        _interval(sheet, row, place, (y, bottom))
    sheet.write(row.numbers, sheet.zero + sheet.unit + GAP, text, fontsize=SMALL)
    return bottom


def _interval(sheet: Sheet, row: tuple, place: int, ends: tuple[float, float]) -> None:
    colour, marker = GROUPS[place % len(GROUPS)], MARKERS[place % len(MARKERS)]
    middle = ends[0] + ROW / 2
    for tick in (0, 0.5, 1):
        sheet.upright(tick, *ends)
    sheet.ax.plot([row.low, row.high], [middle, middle], color=colour, zorder=MARKS)
    sheet.ax.plot(row.share, middle, marker, color=colour, markersize=7, zorder=MARKS)


def _ruler(sheet: Sheet, y: float) -> float:
    for x, words in ((0, "none"), (0.5, "half"), (1, "all")):
        sheet.label(words, x, y + height(SMALL) / 2, color=GREY)
    return y + height(SMALL)
