"""What changed, over every question that can be compared."""

import pandas as pd
from scipy.stats import chi2_contingency

from coprod.change.flow import flow
from coprod.change.paired import paired
from coprod.change.pairs import comparable
from coprod.programme import Programme

NOT_TESTED = (float("nan"), 0)


def compared(programme: Programme) -> pd.DataFrame:
    """Compare the same people's answers on every question that can be compared.

    Parameters
    ----------
    programme : Programme
        Whole, or narrowed to a place.

    Returns
    -------
    DataFrame
        The columns of :func:`paired`, and ``chi2`` with ``df``: the chi-square test of the same answers as
        if the people before and after were different ones, which they are not. It stands there to be
        compared with, and is missing where everybody gave one answer.
    """
    table = paired(programme, comparable(programme))
    if table.empty:
        return table
    unpaired = {item: _unpaired(rows) for item, rows in flow(programme, list(table["item"])).groupby("item")}
    chi2, df = zip(*(unpaired.get(item, NOT_TESTED) for item in table["item"]), strict=True)
    return table.assign(chi2=chi2, df=df)


def most_moved(table: pd.DataFrame, count: int = 3) -> list[str]:
    """Name the items of :func:`compared` whose net share is largest, either way; what was found comes first.

    Parameters
    ----------
    table : DataFrame
        Judged by :func:`coprod.multiplicity.judge`; may be empty.
    count : int
        How many items at most.
    """
    if table.empty:
        return []
    ordered = table.assign(size=table["net"].abs()).sort_values(
        ["found", "size"], ascending=False, kind="stable"
    )
    return list(ordered["item"].head(count))


def found_items(table: pd.DataFrame) -> list[str]:
    """Name the items of a judged table whose comparison is more than chance would give."""
    return list(table.loc[table["found"], "item"]) if len(table) else []


def _unpaired(rows: pd.DataFrame) -> tuple[float, int]:
    """Test the two columns of answers as if they were of different people: chi-square and df."""
    before = rows.groupby("order_before")["n"].sum()
    after = rows.groupby("order_after")["n"].sum()
    both = pd.DataFrame({"before": before, "after": after})
    given = both[both.sum(axis=1) > 0]
    if len(given) < 2:
        return NOT_TESTED
    test = chi2_contingency(given.T, correction=False)
    return float(test.statistic), int(test.dof)
