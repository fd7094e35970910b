"""A finding computed under every reasonable combination of the analyst's choices: a multiverse analysis.

An analysis is one path of many: somebody decided whether the neutral answer counts, who is left out, which
wave is the baseline. Here every path is taken, and one sees whether what the report says hangs on the path.
The paths are this workbook's; others, such as another questionnaire or other people, are not among them.

Source
------
Steegen, Tuerlinckx, Gelman and Vanpaemel (2016), Perspectives on Psychological Science 11(5), 702-712, for
the multiverse; Simonsohn, Simmons and Nelson (2020), Nature Human Behaviour 4(11), 1208-1214, for the curve.
Their test over all combinations together is not done: combinations are not drawn from anything, and how many
of them agree is no probability.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from coprod import likert, multiplicity, ordered
from coprod.multiverse import counting, measuring
from coprod.multiverse.choices import (
    AS_ANSWERED,
    CHOICES,
    EQUAL,
    IN,
    Reading,
    reading_options,
    readings,
)
from coprod.multiverse.summary import moves_most
from coprod.programme import Programme

COLUMNS = [
    *("finding", "kind", "item", "text", "says", "group_a", "group_b", *CHOICES),
    *("chosen", "as_reported", "apart", "estimate", "rests_on", "verdict", "holds", "clear"),
    *("moves_most", "points", "why_not"),
]
KINDS = {"change": "improved", "gap": "delta"}  # a column that only the table of this kind has
NONE = "There is no finding here to compute in other ways."
FEW = "Fewer than {} people would be counted."


def specifications(
    programme: Programme, claims: pd.DataFrame, *looked_at: pd.DataFrame, items: Sequence[str] | None = None
) -> pd.DataFrame:
    """Compute each finding under every combination of the choices that exist for it.

    Parameters
    ----------
    programme : Programme
        Whole, or narrowed to a place or wave. Shares and gaps are of its latest wave.
    claims : DataFrame
        One row per finding: ``kind`` ("share", "change" or "gap"), ``item``, and for a gap ``group_a``,
        ``group_b``, titles of sectors; of :func:`coprod.findings.claims`.
    *looked_at : DataFrame
        The tables of change and of gaps that the report looked at, judged together by
        :func:`coprod.multiplicity.judge`; what a changed p is set among.
    items : sequence of str, optional
        The set that a complete answer has no blank in; every item with a scale when left out.

    Returns
    -------
    DataFrame, shape (findings x combinations, 25)
        ``finding`` (numbered from 0), ``kind``, ``item``, ``text``, ``says``, ``group_a``, ``group_b``; the
        option of each choice of :data:`CHOICES`, "" where it does not exist; ``chosen`` (the workbook's own
        combination, fixed in advance; the first row); ``as_reported`` (whether it reads, in another way, the
        same counts of people that reports show) and ``apart``, the people it leaves out or adds, 0 for none;
        ``estimate`` (a share from 0 to 1; a net share or Cliff's delta from -1 to 1); ``rests_on`` in people
        (of the smallest group where groups count alike); ``verdict`` by the report's rule (1 above, -1
        below, 0 neither); ``holds`` (the estimate lies on the side that the chosen verdict is on; for a
        chosen verdict of neither, this one is neither too) and ``clear`` (the verdict is the chosen one);
        ``moves_most`` (the choice between whose options the estimate differs most, all others the same) and
        ``points``, its mean absolute difference; and ``why_not``, a sentence where too few people would be
        counted, else "".
        Empty, with the reason in ``attrs``, where nothing can be computed.

    Raises
    ------
    UnknownName
        An item or group does not exist.
    ValueError
        An item's answers have no order, or a change or gap is in none of the tables that were looked at.
    """
    items = likert.items_in(programme) if items is None else list(items)
    linked = counting.linking(programme)
    tables = [
        _finding(programme, claim, items, linked, looked_at).assign(finding=place)
        for place, claim in enumerate(claims.itertuples(index=False))
    ]
    there = [table for table in tables if not table["why_not"].iloc[0]]
    if there:
        return pd.concat(there, ignore_index=True)[COLUMNS]
    nothing = pd.DataFrame(columns=COLUMNS)
    nothing.attrs["reason"] = tables[0]["why_not"].iloc[0] if tables else NONE
    return nothing


def _finding(
    programme: Programme,
    claim: tuple,
    items: list[str],
    linked: counting.Linked,
    looked_at: Sequence[pd.DataFrame],
) -> pd.DataFrame:
    """Measure one finding in every way: a row each, the chosen one first."""
    part = programme if claim.kind == "change" else programme.latest()
    ways = readings(part, claim.item, reading_options(part, claim.item, claim.kind))
    smallest = programme.smallest_group
    if claim.kind == "share":
        counted = counting.answered(part, claim.item, items)
        equal = _every_sector_enough(part, claim.item, counted, ways[0])
        measured = measuring.share(counted, ways, smallest, equal=equal)
    else:
        found = _found(programme, looked_at, claim.kind, claim.item)
        if claim.kind == "change":
            counted = counting.moved(part, claim.item, items, linked)
            equal = _every_sector_enough(part, claim.item, counted, ways[0])
            measured = measuring.change(counted, ways, smallest, equal=equal, found=found)
        else:
            counted, equal = counting.answered(part, claim.item, items), False
            groups = (claim.group_a, claim.group_b)
            measured = measuring.gap(counted, ways, smallest, groups=groups, found=found)
    named = _named(ways, counted, [AS_ANSWERED, EQUAL] if equal else [""])
    apart = _apart(counted, ways, claim, len(named) // (len(ways) * len(counted.populations)))
    return _table(programme, claim, named.assign(apart=apart), measured)


def _every_sector_enough(programme: Programme, item: str, counted: counting.Counted, way: Reading) -> bool:
    """Say whether every sector may count the same, by the rule of :mod:`coprod.weighting`."""
    kept = way.counted if counted.groups.ndim == 3 else np.outer(way.counted, way.counted)
    people = (counted.groups[0] * kept).sum(axis=tuple(range(1, counted.groups.ndim - 1)))
    once = counted.groups.ndim == 4 or not ordered.several_waves(programme, item)
    return once and len(people) > 1 and people.min() >= programme.smallest_group


def _named(ways: list[Reading], counted: counting.Counted, weights: list[str]) -> pd.DataFrame:
    """Name the options of every combination, in the order of the arrays that were measured."""
    return pd.DataFrame(
        [
            {**way.names, **population, "sectors": weight, "as_reported": not place and weight != EQUAL}
            for way in ways
            for place, population in enumerate(counted.populations)
            for weight in weights
        ]
    )


def _apart(counted: counting.Counted, ways: list[Reading], claim: tuple, weights: int) -> NDArray:
    """Count, for each combination, the people by whom it differs from the widest one with the same baseline.

    Of change also those who gave a non-answer at one of the two times: the report leaves them out.
    """
    groups = [counted.titles.index(name) for name in (claim.group_a, claim.group_b) if name]
    cells = counted.groups[:, groups] if groups else counted.whole[:, None]  # populations, groups, answers
    baselines = [population["baseline"] for population in counted.populations]
    first = [baselines.index(baseline) for baseline in baselines]
    apart = []
    for way in ways:
        kept = way.counted if claim.kind != "change" else np.outer(way.counted, way.counted)
        base = (cells * kept).reshape(*cells.shape[:2], -1).sum(axis=-1)
        fewer = [base[first] - base]
        if claim.kind == "change":
            sided = np.arange(len(way.counted)) < np.flatnonzero(ways[0].counted).max() + 1
            fewer.append(
                (cells * (kept & ~np.outer(sided, sided))).reshape(*cells.shape[:2], -1).sum(axis=-1)
            )
        few = np.concatenate(fewer, axis=1)
        apart.append(np.where(few.any(axis=1), np.where(few > 0, few, few.max() + 1).min(axis=1), 0))
    return np.repeat(np.stack(apart), weights)


def _table(
    programme: Programme, claim: tuple, named: pd.DataFrame, measured: measuring.Measured
) -> pd.DataFrame:
    estimate, base, way, verdict = (array.ravel() for array in measured)
    few = np.isnan(estimate)
    about = programme.items.loc[claim.item]
    scale = programme.scales[about["scale"]]
    table = named.assign(
        **{"kind": claim.kind, "item": claim.item, "text": about["text"]},
        **{"group_a": claim.group_a, "group_b": claim.group_b},
        **{"estimate": estimate, "rests_on": base, "verdict": verdict},
        says=scale.says_not if about["reversed"] else scale.says,
        as_reported=named["as_reported"] & ((claim.kind != "change") | (named["non_answers"] != IN)),
        chosen=named.index == 0,
        holds=~few & ((way if verdict[0] else verdict) == verdict[0]),
        clear=~few & (verdict == verdict[0]),
        why_not=np.where(few, FEW.format(programme.smallest_group), ""),
    )
    choice, points = moves_most(table)
    return table.assign(moves_most=choice, points=points)


def _found(
    programme: Programme, looked_at: Sequence[pd.DataFrame], kind: str, item: str
) -> Callable[[NDArray], NDArray]:
    """Make the function that says which p would be findings, everything else that was looked at as it was."""
    there = [
        table[["item", "p"]].assign(here=(table["item"] == item) & (KINDS[kind] in table))
        for table in looked_at
        if len(table)
    ]
    together = pd.concat(there, ignore_index=True) if there else pd.DataFrame({"here": []})
    if together["here"].sum() != 1:
        raise ValueError(f"{item}: this {kind} is not in the tables that were looked at; pass them judged.")

    def one(p: float) -> bool:
        changed = together.assign(p=together["p"].where(~together["here"], p))
        return bool(
            multiplicity.found(multiplicity.adjust(changed, programme.named_in_advance))[
                together["here"]
            ].item()
        )

    def every(p: NDArray) -> NDArray:
        distinct = np.unique(p[~np.isnan(p)])
        count = bisect_left(distinct, True, key=lambda value: not one(value))  # a smaller p is found sooner
        return np.isin(p, distinct[:count])

    return every
