"""Many questions at once: every one that was looked at counts.

With twenty questions and nothing going on, one p in twenty lies below 0.05 all the same. Questions that a
programme named in advance are adjusted by Holm's method, which keeps the chance of any false finding
among them below the level; all others by that of Benjamini and Hochberg, which keeps the expected
share of false findings among the findings below it. Where a programme has both families they share the
level, or twice as many programmes in which nothing changed would report a finding.

Source
------
Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70. Benjamini and Hochberg (1995), Journal of
the Royal Statistical Society B 57(1), 289-300.
"""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from coprod.programme import Programme

LEVEL = 0.05
NAMED, OTHERS = "named in advance", "all others"


def adjust(table: pd.DataFrame, primary_items: Iterable[str] = ()) -> pd.DataFrame:
    """Adjust the p of every row for all that was looked at.

    Parameters
    ----------
    table : DataFrame
        Everything that was looked at, and not a choice from it: one row per test, with ``item`` and
        ``p``; from :func:`coprod.change.paired`, or a table of groups.
    primary_items : iterable of str
        Items named before the answers were seen. Those not in the table are passed over.

    Returns
    -------
    DataFrame
        The same rows with ``p_adjusted``, missing where p is; ``family``, "named in advance" or "all
        others"; and ``looked_at``, the number of rows in the family. A p that could not be computed
        counts in both, as a p of 1: the question was looked at.
    """
    named = table["item"].isin(list(primary_items))
    adjusted, looked_at = pd.Series(np.nan, index=table.index), pd.Series(0, index=table.index)
    for rows, method in ((named, holm), (~named, benjamini_hochberg)):
        adjusted[rows] = method(table.loc[rows, "p"])
        looked_at[rows] = int(rows.sum())
    return table.assign(p_adjusted=adjusted, family=np.where(named, NAMED, OTHERS), looked_at=looked_at)


def judge(programme: Programme, *tables: pd.DataFrame) -> list[pd.DataFrame]:
    """Adjust everything that a report looks at together, and say what may be called a finding.

    Parameters
    ----------
    programme : Programme
        Names the questions that were to be compared before anybody had answered.
    *tables : DataFrame
        Each whole, with ``item`` and ``p``; such as :func:`coprod.change.compared` and
        :func:`coprod.compare.gaps`. Empty ones stay as they are.

    Returns
    -------
    list of DataFrame
        The same tables with the columns of :func:`adjust`, and ``found``.
    """
    sizes = [len(table) for table in tables]
    there = [table[["item", "p"]] for table in tables if len(table)]
    together = pd.concat(there, ignore_index=True) if there else pd.DataFrame(columns=["item", "p"])
    adjusted = adjust(together, programme.named_in_advance)
    adjusted["found"] = found(adjusted)
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    new = adjusted.columns.difference(["item", "p"], sort=False)
    return [
        table.assign(**{name: adjusted[name].to_numpy()[start : start + size] for name in new})
        if size
        else table
        for table, start, size in zip(tables, starts, sizes, strict=True)
    ]


def found(table: pd.DataFrame) -> pd.Series:
    """Say which rows of an adjusted table may be called a finding.

    Parameters
    ----------
    table : DataFrame
        Of :func:`adjust`, whole.

    Returns
    -------
    Series of bool
        Whether ``p_adjusted`` is below 0.05, or below 0.025 where there are questions named in advance
        and others. With nothing going on, at most 5 % of programmes then have a finding.
    """
    return table["p_adjusted"] < LEVEL / max(table["family"].nunique(), 1)


def holm(p: pd.Series) -> np.ndarray:
    """Adjust by Holm's method: the k-th smallest of m is multiplied by m - k + 1.

    A missing p counts as 1 and stays missing. (``statsmodels.stats.multitest.multipletests`` gives the
    same, and clears all memory at each call, which takes a tenth of a second.)
    """
    return _adjusted(p, _holm)


def benjamini_hochberg(p: pd.Series) -> np.ndarray:
    """Adjust by Benjamini and Hochberg's method; a missing p counts as 1 and stays missing."""
    return _adjusted(p, false_discovery_control)


def _adjusted(p: pd.Series, method: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    values = p.to_numpy(dtype=float)
    counted = np.nan_to_num(values, nan=1.0)
    return np.where(np.isnan(values), np.nan, method(counted) if len(counted) else counted)


def _holm(p: np.ndarray) -> np.ndarray:
    order = np.argsort(p, kind="stable")
    adjusted = np.empty_like(p)
    adjusted[order] = np.maximum.accumulate(np.minimum(p[order] * np.arange(len(p), 0, -1), 1))
    return adjusted
