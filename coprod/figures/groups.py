"""The share of favourable answers, group by group, with intervals; or in words for small groups.

Every group has a row of its own with its name and its numbers, so that neither colour nor marker has
to be looked up. Where the lines of two groups overlap widely, so few people cannot tell them apart.
"""

from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import GROUPS, MARKERS
from coprod.figures.lettering import SMALL
from coprod.figures.questions import one_only, uncapital
from coprod.figures.rows import BETWEEN
from coprod.figures.sheet import EDGE, FAINT, GREY, MARKS, WIDTH, Drawn, Sheet, height, styled, table_of
from coprod.figures.tiles import tile
from coprod.figures.wording import counted, joined, quoted
from coprod.privacy import Shown
from coprod.saying import BAND

NAME, LINE = 1.55, 2.75  # inches for a group's name, and for the line from none to all
ROW = 0.34  # inches


def agreement_by_group(shown: Shown) -> Drawn:
    """Draw each item's share of favourable answers for every group.

    Parameters
    ----------
    shown : Shown
        A protected table of :func:`coprod.likert.agreement`, by group.

    Returns
    -------
    Drawn
        Across, its Axes measure the share of those who gave a label.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    one_only(table, "precision")
    with styled():
        ax = _draw(table)
    return Drawn(ax, _alt(table), _title(table), shown)


def groups_by_section(shown: Shown) -> list[Drawn]:
    """Draw groups side by side, one figure for each section of the codebook."""
    table = table_of(shown)
    if table.empty:
        return [agreement_by_group(shown)]
    sets = table.groupby("section", sort=False)
    return [agreement_by_group(replace(shown, table=rows.reset_index(drop=True))) for _, rows in sets]


def _draw(table: pd.DataFrame) -> Axes:
    sheet = Sheet(zero=EDGE + NAME, unit=LINE)
    groups = list(table["group"].unique())
    banded = table["precision"].iloc[0] == BAND
    y = EDGE
    for _, rows in table.groupby("item", sort=False):
        first = rows.iloc[0]
        y = sheet.write(first["text"], EDGE, y + BETWEEN, width=WIDTH - 2 * EDGE)
        y = (
            sheet.write(f"{first['says']}:", EDGE, y, width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY)
            + 0.02
        )
        for row in rows.itertuples():
            wraps = sheet.write(row.group, EDGE, y + 0.05, width=NAME - 0.1, fontsize=SMALL)
            _in_words(sheet, row, y) if banded else _interval(sheet, row, y, groups.index(row.group))
            y = max(y + ROW, wraps + 0.04)
    return sheet.finish(y if banded else _ruler(sheet, y))


def _interval(sheet: Sheet, row: tuple, y: float, place: int) -> None:
    middle = y + 0.05 + height(SMALL) / 2
    colour, marker = GROUPS[place % len(GROUPS)], MARKERS[place % len(MARKERS)]
    for tick in (0, 0.5, 1):
        sheet.upright(tick, y, y + ROW, color=FAINT)
    sheet.ax.plot([row.low, row.high], [middle, middle], color=colour, zorder=MARKS)
    sheet.ax.plot(row.share, middle, marker, color=colour, markersize=7, zorder=MARKS)
    right = EDGE + NAME + LINE + 0.12
    sheet.write(row.said, right, y + 0.05, width=WIDTH - right, fontsize=SMALL)


def _in_words(sheet: Sheet, row: tuple, y: float) -> None:
    tile(sheet, row.said, "favourable", (EDGE + NAME, y, LINE))
    sheet.write(f"n {row.base_said}", EDGE + NAME + LINE + 0.12, y + 0.06, fontsize=SMALL)


def _ruler(sheet: Sheet, y: float) -> float:
    for x, words in ((0, "nobody"), (0.5, "half"), (1, "all")):
        sheet.label(words, x, y + height(SMALL) / 2, color=GREY)
    return y + height(SMALL)


def _title(table: pd.DataFrame) -> str:
    """Name the item on which the groups are furthest apart."""
    groups = joined(list(table["group"].unique()))
    items = counted(table["item"].nunique(), "question")
    if table["precision"].iloc[0] == BAND or table["group"].nunique() == 1:
        return f"{items}, answered by {groups}"
    apart = table.groupby("item", sort=False)["share"].agg(lambda share: share.max() - share.min())
    rows = table[table["item"] == apart.idxmax()]
    high, low = rows.loc[rows["share"].idxmax()], rows.loc[rows["share"].idxmin()]
    return (
        f"Furthest apart on {quoted(rows['text'].iloc[0])}: "
        f"{high['group']} {high['said']}, {low['group']} {low['said']} {uncapital(high['says'])}"
    )


def _alt(table: pd.DataFrame) -> str:
    """Describe every item, group by group."""
    kind = (
        "Tiles that say shares in words" if table["precision"].iloc[0] == BAND else "Dots with 95% intervals"
    )
    spoken = [
        f"{quoted(rows['text'].iloc[0])}, {uncapital(rows['says'].iloc[0])}: "
        + ", ".join(f"{row.group} {row.said} (n {row.base_said})" for row in rows.itertuples())
        for _, rows in table.groupby("item", sort=False)
    ]
    return f"{kind}, {counted(len(spoken), 'question')}. {'. '.join(spoken)}."
