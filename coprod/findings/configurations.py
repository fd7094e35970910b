"""Sentences on conditions and outcomes that stood together over the cases, and on how little that shows.

So few cases often look tidy by chance alone. Every list here comes after the sentence that says how often.
"""

import math
from collections.abc import Mapping

import pandas as pd

from coprod.findings.wording import counted, refs
from coprod.privacy import Shown, table_of
from coprod.saying import Sentence

TOO_FEW = "With fewer than two cases there is nothing to set side by side."
NO_CONTRADICTION = "No two cases with the same known conditions differ in a kind of outcome."


def configurations(
    fits: Shown, contradictions: Shown, combinations: Shown, chance: Mapping[str, float], cases: int
) -> list[Sentence]:
    """Say what stood together over the cases, what contradicts it, and what was never observed.

    Parameters
    ----------
    fits, contradictions, combinations : Shown
        Of the functions of these names in :mod:`coprod.cases`.
    chance : mapping of str to float
        Of :func:`cases.chance`: ``no_contradiction`` and ``one_perfect``, shares of 0 to 1.
    cases : int
        How many cases there are.

    Returns
    -------
    list of Sentence
        First, how often random cases look as tidy.
    """
    table = table_of(fits)
    if table.empty:
        return []
    if math.isnan(chance["one_perfect"]):
        return [Sentence(TOO_FEW)]
    return [
        Sentence(
            f"Were it all chance, some condition would go with a kind of outcome, or against it, in all of "
            f"{cases} cases {chance['one_perfect']:.0%} of the time, and more often with several kinds to "
            f"choose from; no two cases would contradict each other {chance['no_contradiction']:.0%} of the "
            "time. What follows is to be looked into, and proves nothing."
        ),
        *_without_exception(table),
        *_contradicted(table_of(contradictions)),
        *_observed(table_of(combinations)),
    ]


def _without_exception(table: pd.DataFrame) -> list[Sentence]:
    """Name the pairs in which a condition went with a kind of outcome, or against it, in every case."""
    compared = table[_varies(table, "with_condition") & _varies(table, "with_outcome")]
    together = (compared["both"] == compared["with_condition"]) & (
        compared["both"] == compared["with_outcome"]
    )
    apart = (compared["both"] == 0) & (
        compared["with_condition"] + compared["with_outcome"] == compared["known"]
    )
    told = (
        f"Of {counted(len(table), 'pair')} of a condition and a kind of outcome, {len(compared)} can be "
        f"compared; for the others the cases known are too few or all alike. In {together.sum()} both were "
        f"there in the same cases; in {apart.sum()} there was always one and never both."
    )
    return [
        Sentence(told, refs(compared)),
        *[_pair(row, "in the same cases") for row in compared[together].itertuples()],
        *[_pair(row, "never both, always one") for row in compared[apart].itertuples()],
    ]


def _varies(table: pd.DataFrame, column: str) -> pd.Series:
    return table[column].between(1, table["known"] - 1)


def _pair(row: tuple, how: str) -> Sentence:
    known = f"{row.condition} was there in {row.with_condition} and {row.outcome} in {row.with_outcome}"
    return Sentence(f"{known} of {counted(row.known, 'case')} known, {how}.", row.behind)


def _contradicted(table: pd.DataFrame) -> list[Sentence]:
    said = [
        Sentence(
            f"{row.case} and {row.other} have the same known conditions; {row.outcome}: only {row.case}.",
            row.behind,
        )
        for row in table.itertuples()
    ]
    return said or [Sentence(NO_CONTRADICTION)]


def _observed(table: pd.DataFrame) -> list[Sentence]:
    possible, observed = table.attrs["possible"], table.attrs["observed"]
    told = f"{observed} of {possible} combinations of conditions were observed in a case that is fully known"
    return [Sentence(f"{told}; of the other {possible - observed} these cases tell nothing.", refs(table))]
