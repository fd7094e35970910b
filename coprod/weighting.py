"""Every sector counting the same, beside the answers as they were given.

Where one sector sent more people than another, the shares of everybody lean towards it. Here the mean of
the sectors' shares stands beside them: neither is the right one, and how far they differ says how much
rests on who came. The mean's interval is Price and Bonett's for a linear function of shares: with g
sectors, 2 / g people on either side are added to each, and with the shares p and sizes n that this gives
the interval is mean(p) +- 1.96 sqrt(sum p (1 - p) / n) / g, kept within 0 and 1. For two sectors it is
Agresti and Caffo's interval of a difference, turned round; for one, Agresti and Coull's.

Simulated for two to four sectors of 5 to 100 people and true shares around 0.05 to 0.95, it covers the
truth in 95.1 % of cases with sectors of one size, 95.9 % with sectors of several, and at the worst point in
90.7 %. Joining the sectors' Wilson intervals (MOVER) covered 86.8 % at worst.

When not to use it: to speak for a population, which would need the sectors' sizes in it; and where a
sector is so small that two or three people would speak for it, which is why each needs the programme's
smallest group.

Source
------
Price and Bonett (2004), Computational Statistics & Data Analysis 45(3), 449-456.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from coprod import likert, ordered, tally
from coprod.grouping import joined
from coprod.names import unknown
from coprod.programme import Programme

GROUPINGS = ("sector", "place")
EQUAL = ["equal", "equal_low", "equal_high", "bases", "smallest_base", "why_not"]
SHARE_COLUMNS = [*likert.ITEM_COLUMNS, "answer", "side", "order", "n", "base", "share", *EQUAL]
AGREEMENT_COLUMNS = [*likert.ITEM_COLUMNS, "says", "n", "base", "share", "low", "high", *EQUAL]

NO_GROUPS = "There are no two {}s to count the same."
TOO_SMALL = "Fewer than {} people answered in {}, too few to count as much as the others."


def shares(programme: Programme, items: Sequence[str], by: str = "sector") -> pd.DataFrame:
    """Set each label's share as answered beside the share with every sector counting the same.

    Parameters
    ----------
    programme : Programme
        With answers, or with counts that tell the sectors apart; narrowed to one wave where it has several.
    items : sequence of str
        Items with a scale.
    by : {"sector", "place"}

    Returns
    -------
    DataFrame, shape (items x labels, 16)
        Of :func:`likert.shares`, labels only: ``item``, ``text``, ``section``, ``framework``, ``answer``,
        ``side``, ``order``, ``n``, ``base``, ``share`` (everybody, those included whose sector is not
        stated); then ``equal``, the mean of the sectors' shares, with its 95 % interval ``equal_low``,
        ``equal_high``; ``bases``, each sector's people in words; ``smallest_base`` in people; and
        ``why_not``, "" or a sentence in place of what is missing.

    Raises
    ------
    UnknownName
        An item or grouping does not exist.
    ValueError
        An item has no scale.
    """
    return _beside(programme, items, by, likert.shares, SHARE_COLUMNS)


def agreement(programme: Programme, items: Sequence[str], by: str = "sector") -> pd.DataFrame:
    """Set the favourable share as answered beside the share with every sector counting the same.

    Parameters
    ----------
    programme, items, by
        As for :func:`shares`; items whose scale has an order.

    Returns
    -------
    DataFrame, shape (items, 16)
        Of :func:`likert.agreement`: ``item``, ``text``, ``section``, ``framework``, ``says``, ``n``,
        ``base``, ``share``, ``low``, ``high``; then as for :func:`shares`.

    Raises
    ------
    UnknownName, ValueError
        As for :func:`shares`; or an item's scale has no order.
    """
    return _beside(programme, items, by, likert.agreement, AGREEMENT_COLUMNS)


def equal_mean(counts: ArrayLike, bases: ArrayLike) -> tuple[float, float, float]:
    """Give the mean of several shares, each counting the same, with Price and Bonett's 95 % interval.

    Parameters
    ----------
    counts, bases : array_like, shape (groups,)
        People; every base above 0.

    Returns
    -------
    mean, low, high : float
        From 0 to 1.
    """
    counts, bases = np.asarray(counts, float), np.asarray(bases, float)
    added, groups = 2 / len(counts), len(counts)
    bettered, sizes = (counts + added) / (bases + 2 * added), bases + 2 * added
    centre = bettered.mean()
    half = stats.norm.ppf(0.975) * np.sqrt((bettered * (1 - bettered) / sizes).sum()) / groups
    mean = (counts / bases).mean()
    return float(mean), float(min(mean, max(centre - half, 0))), float(max(mean, min(centre + half, 1)))


def _beside(
    programme: Programme, items: Sequence[str], by: str, measure: Callable, columns: list[str]
) -> pd.DataFrame:
    """Measure everybody, and beside it the groups, each counting the same."""
    if by not in GROUPINGS:
        raise unknown("grouping", by, GROUPINGS)
    if not programme.has_survey:
        items = []
    whole, grouped = measure(programme, items), measure(programme, items, by)
    if whole.empty:
        return _nothing(columns, whole.attrs["reason"])
    if "role" in whole:
        whole, grouped = whole[whole["role"] == "label"], grouped[grouped["role"] == "label"]
    grouped = grouped[grouped["group"] != tally.NOT_STATED]
    if grouped["group"].nunique() < 2:
        return _nothing(columns, NO_GROUPS.format(by))
    keys = ["item", "answer"] if "answer" in whole else ["item"]
    rows = [
        {**dict(zip(keys, key, strict=True)), **_equal(programme, key[0], cells)}
        for key, cells in grouped.groupby(keys, sort=False)
    ]
    return whole.merge(pd.DataFrame(rows), on=keys, validate="one_to_one")[columns]


def _equal(programme: Programme, item: str, cells: pd.DataFrame) -> dict[str, object]:
    """Give the columns of :data:`EQUAL`, from one row per group with n and base."""
    smallest = programme.smallest_group
    few = cells.loc[cells["base"] < smallest, "group"]
    why_not = TOO_SMALL.format(smallest, joined(list(few))) if len(few) else ""
    if ordered.several_waves(programme, item):
        why_not = ordered.SEVERAL_WAVES
    equal, low, high = (np.nan,) * 3 if why_not else equal_mean(cells["n"], cells["base"])
    each = [f"{group} {base}" for group, base in zip(cells["group"], cells["base"], strict=True)]
    return {
        **{"equal": equal, "equal_low": low, "equal_high": high},
        **{"bases": "" if why_not else ", ".join(each), "smallest_base": int(cells["base"].min())},
        "why_not": why_not,
    }


def _nothing(columns: list[str], reason: str) -> pd.DataFrame:
    table = pd.DataFrame(columns=columns)
    table.attrs["reason"] = reason
    return table
