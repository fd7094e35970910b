"""Titles and alternative texts of figures that set groups side by side."""

import pandas as pd

from coprod.figures.questions import uncapital
from coprod.figures.wording import counted, quoted
from coprod.saying import BAND, BANDS

STEPS = {word: step for step, (_, word) in enumerate(BANDS)}


def usual(table: pd.DataFrame) -> str:
    """Say what most of the items count: "agreed". A reversed item counts the others."""
    return uncapital(str(table.drop_duplicates("item")["says"].mode().iloc[0]))


def groups_title(table: pd.DataFrame) -> str:
    """Name the question on which the groups are furthest apart, and say whether that is much."""
    ranked = table.assign(rank=table["said"].map(STEPS) if _banded(table) else table["share"])
    ranked = ranked.dropna(subset="rank")
    if ranked["group"].nunique() < 2:
        return f"{counted(table['item'].nunique(), 'question')}, answered by {table['group'].iloc[0]}"
    apart = ranked.groupby("item", sort=False)["rank"].agg(lambda rank: rank.max() - rank.min())
    if apart.max() == 0 or (_banded(table) and apart.max() == 1):
        return f"The groups answered {'much ' if apart.max() else ''}alike on every question"
    rows = ranked[ranked["item"] == apart.idxmax()]
    high, low = rows.loc[rows["rank"].idxmax()], rows.loc[rows["rank"].idxmin()]
    return (
        f"Furthest apart on {quoted(high['text'])}, where {high['said']} {uncapital(high['says'])} "
        f"({high['group']}) and {low['said']} ({low['group']}){_overlap(high, low)}"
    )


def _overlap(high: pd.Series, low: pd.Series) -> str:
    """Warn where the two intervals share values: so few people may differ by chance."""
    return "; the intervals overlap" if low["high"] >= high["low"] else ""


def groups_alt(table: pd.DataFrame) -> str:
    """Describe every item, group by group."""
    kind = "Tiles that say shares in words" if _banded(table) else "Dots with 95% intervals"
    spoken = " ".join(_spoken(rows) for _, rows in table.groupby("item", sort=False))
    return f"{kind}, {counted(table['item'].nunique(), 'question')}, group by group. {spoken}"


def _spoken(rows: pd.DataFrame) -> str:
    """Say one item: its groups, and n where the numbers do not already give it."""
    values = [
        f"{row.group} {row.said}" + (f", n {row.base_said}" if row.precision == BAND else "")
        for row in rows.itertuples()
    ]
    return f"{quoted(rows['text'].iloc[0])}, {usual(rows)}: {'; '.join(values)}."


def _banded(table: pd.DataFrame) -> bool:
    return table["precision"].iloc[0] == BAND
