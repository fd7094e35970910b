"""Groups set side by side, item by item: which of two groups answers more favourably, and how sure that is.

For every two groups: the probability that somebody of one, picked at random, answers more favourably than
somebody of the other, and Cliff's delta with its interval. :mod:`coprod.ranks` holds the methods, their
sources and their coverage. The same people must not count more than once, so answers of several waves are
not put together, and waves are not compared; that is for ``change``.

When not to use it: for groups that were picked for how they answer; for more items than one meant to look
at, without a correction for their number; and never to say why groups differ.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from coprod import ordered, ranks
from coprod.likert import NO_SURVEY
from coprod.names import unknown
from coprod.ordered import ABOUT
from coprod.programme import Programme
from coprod.ranks import delta_interval

__all__ = ["delta_interval", "gaps", "groups", "overall"]

Group = tuple[str, NDArray]

GROUPINGS = ("sector", "place")
PAIR = (*ABOUT, "group_a", "group_b", "n_a", "n_b", "superiority", "delta", "low", "high")
GROUP_COLUMNS = [*PAIR, "p", "p_from", "smallest_p", "why_not"]
OVERALL_COLUMNS = [*ABOUT, "groups", "base", "p", "p_from", "why_not"]
GAP_COLUMNS = [*PAIR, "pairs", "p", "p_from", "why_not"]

NEITHER = "Nobody in either group answered."
TOO_FEW = "Fewer than two people answered in {}."
ALL_THE_SAME = "Everybody gave the same answer, so there is no difference to measure."
ONE_GROUP = "In fewer than two groups did two people answer, so there is nothing to compare."
NO_GROUPS = "There are no two {}s to compare."


def groups(programme: Programme, items: Sequence[str], by: str = "sector") -> pd.DataFrame:
    """Compare every two groups on every item.

    Parameters
    ----------
    programme : Programme
        With answers, or with counts that tell the groups apart; narrowed to one wave where it has several.
    items : sequence of str
        Items whose scale has an order.
    by : {"sector", "place"}
        People whose group is not stated are left out.

    Returns
    -------
    DataFrame, shape (items x pairs of groups, 15)
        ``item``, ``text``, ``section``; ``group_a``, ``group_b`` (titles, in the programme's order);
        ``n_a``, ``n_b`` in people who gave a label; ``superiority`` = P(A > B) + P(A = B) / 2, above 0.5
        where A answers more favourably (the scale's polarity and reversed items taken into account);
        ``delta`` = 2 superiority - 1 with its 95 % interval ``low``, ``high``; ``p`` of the permutation
        test and ``p_from`` ("exact", or how many random draws); ``smallest_p`` that these sizes and answers
        could give; ``why_not``, "" or a sentence in place of the numbers that are missing. Empty, with the
        reason in ``attrs``, where the programme has no two groups.

    Raises
    ------
    UnknownName
        An item or grouping does not exist.
    ValueError
        The answers of an item have no order.
    """
    _check_grouping(by)
    rows = [row for item in _there(programme, items) for row in _pairs(programme, item, by, test=True)]
    return _table(programme, rows, GROUP_COLUMNS, by)


def overall(programme: Programme, items: Sequence[str], by: str = "sector") -> pd.DataFrame:
    """Test, item by item, whether the groups differ at all.

    Parameters
    ----------
    programme, items, by
        As for :func:`groups`.

    Returns
    -------
    DataFrame, shape (items, 8)
        ``item``, ``text``, ``section``; ``groups`` compared (those in which at least two people answered)
        and ``base``, their people; ``p`` of the Kruskal-Wallis test by permutation (of the
        Wilcoxon-Mann-Whitney test for two groups), ``p_from``, ``why_not``.
    """
    _check_grouping(by)
    rows = [_overall(programme, item, by) for item in _there(programme, items)]
    return _table(programme, rows, OVERALL_COLUMNS, by)


def gaps(programme: Programme, items: Sequence[str], by: str = "sector") -> pd.DataFrame:
    """Find each item's largest gap between two groups, for one figure over all items.

    Parameters
    ----------
    programme, items, by
        As for :func:`groups`.

    Returns
    -------
    DataFrame, shape (items, 15)
        The columns of :func:`groups` for the two groups that lie furthest apart, A the more favourable, so
        that ``delta`` is never below 0; ``pairs``, how many were compared. ``p`` is that of :func:`overall`,
        one test an item, because the largest gap's own p would be too small for having been picked. The
        interval is that of the pair by itself, and a gap that was picked looks larger than it is. Largest
        first; items without a number come last.
    """
    _check_grouping(by)
    rows = [row for item in _there(programme, items) for row in _largest(programme, item, by)]
    table = _table(programme, rows, GAP_COLUMNS, by)
    reason = dict(table.attrs)
    table = table.sort_values("delta", ascending=False, kind="stable", ignore_index=True)
    table.attrs = reason
    return table


def _check_grouping(by: str) -> None:
    if by not in GROUPINGS:
        raise unknown("grouping", by, GROUPINGS)


def _there(programme: Programme, items: Sequence[str]) -> list[str]:
    """Name each item once; none where nobody was asked anything."""
    return list(dict.fromkeys(items)) if programme.has_survey else []


def _table(programme: Programme, rows: list[dict], columns: list[str], by: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=columns)
    if table.empty:
        table.attrs["reason"] = NO_GROUPS.format(by) if programme.has_survey else NO_SURVEY
    return table


def _pairs(programme: Programme, item: str, by: str, *, test: bool) -> list[dict]:
    """Make one row per pair of groups; without a test where only the largest gap is wanted."""
    counts = ordered.counts(programme, item, by)
    waves = ordered.SEVERAL_WAVES if ordered.several_waves(programme, item) else ""
    about = ordered.about(programme, item)
    pairs = combinations(zip(counts.index, counts.to_numpy(), strict=True), 2)
    return [about | _compared(a, b, waves, test=test) for a, b in pairs]


def _compared(a: Group, b: Group, why_not: str, *, test: bool) -> dict[str, object]:
    """Compare two groups, each a title and its counts."""
    counts = np.array([a[1], b[1]])
    n_a, n_b = counts.sum(axis=1).tolist()
    row = {"group_a": a[0], "group_b": b[0], "n_a": n_a, "n_b": n_b, "p_from": ""}
    row["why_not"] = why_not or _why_not([a[0], b[0]], counts)
    if row["why_not"]:
        return row | dict.fromkeys(("superiority", "delta", "low", "high", "p", "smallest_p"), np.nan)
    superiority = float(ranks.superiority(*counts))
    low, high = map(float, delta_interval(*counts))
    row |= {"superiority": superiority, "delta": 2 * superiority - 1, "low": low, "high": high}
    if test:
        row["p"], row["p_from"] = ranks.permutation_p(counts)
        row["smallest_p"] = ranks.smallest_p(counts, row["p_from"])
    return row


def _why_not(names: list[str], counts: NDArray) -> str:
    people = counts.sum(axis=1)
    if not people.any():
        return NEITHER
    if (people < 2).any():
        return TOO_FEW.format(" and in ".join(name for name, n in zip(names, people, strict=True) if n < 2))
    return ALL_THE_SAME if np.count_nonzero(counts.sum(axis=0)) == 1 else ""


def _overall(programme: Programme, item: str, by: str) -> dict[str, object]:
    counts = ordered.counts(programme, item, by).to_numpy()
    enough = counts[counts.sum(axis=1) >= 2]
    row = {**ordered.about(programme, item), "groups": len(enough), "base": int(enough.sum())}
    if ordered.several_waves(programme, item):
        why_not = ordered.SEVERAL_WAVES
    elif len(enough) < 2:
        why_not = ONE_GROUP if counts.any() else ordered.NOBODY
    else:
        why_not = _why_not([], enough)
    p, how = (np.nan, "") if why_not else ranks.permutation_p(enough)
    return {**row, "p": p, "p_from": how, "why_not": why_not}


def _largest(programme: Programme, item: str, by: str) -> list[dict]:
    """Pick the two groups that lie furthest apart; the first two where none can be compared."""
    pairs = _pairs(programme, item, by, test=False)
    compared = [row for row in pairs if not row["why_not"]]
    if not compared:
        return [row | {"pairs": 0} for row in pairs[:1]]
    row = max(compared, key=lambda row: abs(row["delta"]))
    whole = _overall(programme, item, by)
    return [_favourable_first(row) | {"pairs": len(compared), "p": whole["p"], "p_from": whole["p_from"]}]


def _favourable_first(row: dict) -> dict[str, object]:
    if row["delta"] >= 0:
        return row
    return row | {
        **{"group_a": row["group_b"], "group_b": row["group_a"], "n_a": row["n_b"], "n_b": row["n_a"]},
        **{"superiority": 1 - row["superiority"], "delta": -row["delta"]},
        **{"low": -row["high"], "high": -row["low"]},
    }
