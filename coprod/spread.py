"""What divides the room: how far people agree with one another, item by item, and what splits sectors apart.

Van der Eijk's A uses the order of the labels and nothing else. It takes the counts apart into layers, each
of which has the same number of people at every label it reaches. A layer's agreement is U (1 - (S - 1) /
(K - 1)) with K labels on the scale and S of them reached. U is 1 where the labels reached lie side by
side, and falls with every gap between them: U = ((K - 2) TU - (K - 1) TDU) / ((K - 2) (TU + TDU)), where
TU and TDU count the triples of labels, in order, that read 110 or 011, and 101. A is the layers' mean,
weighted by people.

It was chosen before Tastle and Wierman's consensus, which needs the mean of the labels' numbers, and so
distances that an ordered scale does not have. A describes the people who answered and has no interval; with
few of them a single answer moves it a good deal. When not to use it: on fewer than three labels, and to
say who disagrees with whom, for which there is :mod:`coprod.compare`.

Source
------
Van der Eijk (2001), Quality & Quantity 35(3), 325-341, equation 2 and the weighting by layers.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from coprod import compare, ordered
from coprod.likert import NO_SURVEY
from coprod.programme import Programme

COLUMNS = [*ordered.ABOUT, "base", "spread", "why_not"]
GAP = ["group_a", "group_b", "n_a", "n_b", "delta", "low", "high", "pairs", "p", "p_from"]
WORDS = ["group_a", "group_b", "p_from"]
FEW_LABELS = "Its scale has two labels, and agreement on an order needs three."
ALONE = "Fewer than two people answered."


def agreement(counts: ArrayLike) -> float:
    """Measure how far people agree with one another: van der Eijk's A.

    Parameters
    ----------
    counts : array_like, shape (labels,)
        People per label, in the scale's order; at least three labels and one person.

    Returns
    -------
    float
        1 where all give one label, 0 where all labels are given alike, -1 where half stand at each end.

    Raises
    ------
    ValueError
        There are fewer than three labels, or no people.
    """
    left = np.asarray(counts, float)
    if len(left) < 3 or not left.any():
        raise ValueError("Agreement needs at least three labels and one person.")
    people, total = left.sum(), 0.0
    while left.any():
        reached = left > 0
        layer = left[reached].min()
        total += layer * reached.sum() * _of_layer(reached)
        left = np.where(reached, left - layer, 0)
    return float(total / people)


def _of_layer(reached: np.ndarray) -> float:
    """Measure the agreement of one layer, given the labels it reaches, shape (labels,)."""
    labels, size = len(reached), int(reached.sum())
    if size in (1, labels):
        return float(size == 1)
    before = reached.cumsum()[~reached]  # labels reached before each gap, and after it
    after = size - before
    together = (before * (before - 1) + after * (after - 1)).sum() / 2
    apart = (before * after).sum()
    unimodal = ((labels - 2) * together - (labels - 1) * apart) / ((labels - 2) * (together + apart))
    return float(unimodal * (1 - (size - 1) / (labels - 1)))


def divided(programme: Programme, items: Sequence[str]) -> pd.DataFrame:
    """Measure on each item how far the people who answered agree with one another.

    Parameters
    ----------
    programme : Programme
        With answers or counts; narrowed to one wave where it has several.
    items : sequence of str
        Items whose scale has an order.

    Returns
    -------
    DataFrame, shape (items, 6)
        ``item``, ``text``, ``section``; ``base`` in people who gave a label; ``spread``, van der Eijk's A:
        1 all of one mind, 0 spread evenly, -1 split between the ends; ``why_not``, "" or a sentence in
        place of the number. The most divided come first, items without a number last.

    Raises
    ------
    UnknownName
        There is no such item.
    ValueError
        The answers of an item have no order.
    """
    there = list(dict.fromkeys(items)) if programme.has_survey else []
    table = pd.DataFrame([_row(programme, item) for item in there], columns=COLUMNS)
    table = table.sort_values("spread", kind="stable", ignore_index=True)
    if table.empty:
        table.attrs["reason"] = NO_SURVEY
    return table


def split(programme: Programme, items: Sequence[str], by: str = "sector") -> pd.DataFrame:
    """Set beside each item's agreement the largest gap between two groups.

    An item can divide the room within every sector, or between sectors; the two call for different talks.

    Parameters
    ----------
    programme, items
        As for :func:`divided`.
    by : {"sector", "place"}

    Returns
    -------
    DataFrame, shape (items, 17)
        The columns of :func:`divided`; then, of :func:`compare.gaps`, ``group_a``, ``group_b``, ``n_a``,
        ``n_b``, ``delta``, ``low``, ``high``, ``pairs``, ``p``, ``p_from`` and ``why_no_gap``. Missing, or
        "", where there are no two groups.
    """
    table = divided(programme, items)
    gaps = compare.gaps(programme, items, by)
    beside = gaps[["item", *GAP, "why_not"]].rename(columns={"why_not": "why_no_gap"})
    both = table.merge(beside, on="item", how="left", validate="one_to_one")
    numbers = [column for column in GAP if column not in WORDS]
    both[numbers] = both[numbers].astype(float)
    both["why_no_gap"] = both["why_no_gap"].fillna(gaps.attrs.get("reason", ""))
    both[WORDS] = both[WORDS].fillna("")
    both.attrs = dict(table.attrs)
    return both


def _row(programme: Programme, item: str) -> dict[str, object]:
    counts = ordered.counts(programme, item).to_numpy().sum(axis=0)
    base = int(counts.sum())
    if ordered.several_waves(programme, item):
        why_not = ordered.SEVERAL_WAVES
    elif base < 2:
        why_not = ALONE if base else ordered.NOBODY
    else:
        why_not = FEW_LABELS if len(counts) < 3 else ""
    spread = np.nan if why_not else agreement(counts)
    return {**ordered.about(programme, item), "base": base, "spread": spread, "why_not": why_not}
