"""Checks of published counts of answers, against the codebook and the programme."""

from collections.abc import Mapping

import pandas as pd
import pandera.pandas as pa

from coprod.checks.tables import matches, one_of, required, run_schema
from coprod.codebook import BLANK, SCALED, Scale
from coprod.problems import Problem
from coprod.settings import ProgrammeEntry

GROUPS = ("place", "wave", "sector")


def check_counts(
    counts: pd.DataFrame,
    codebook: pd.DataFrame,
    scales: Mapping[str, Scale],
    settings: ProgrammeEntry,
    problems: list[Problem],
) -> None:
    """Check every count: whole, not below zero, of an item and an answer that exist."""
    items = codebook.set_index("item")
    # Ticks of several options cannot be put back together into people.
    countable = items.index[items["kind"].isin(SCALED) & (items["kind"] != "multi")]
    columns = {
        "item": pa.Column(str, one_of(countable, "an item of kind scale or choice")),
        **{part: _group(part, getattr(settings, f"{part}s")) for part in GROUPS},
        "n": pa.Column(
            str, [required("Write 0 if nobody."), matches("[0-9]{1,9}", "Write a whole number, 0 or more.")]
        ),
    }
    before = len(problems)
    run_schema("counts.csv", counts, columns, problems)
    if len(problems) > before:
        return
    twice = counts.duplicated(["item", *GROUPS, "answer", "before"])
    for row in counts.assign(twice=twice).itertuples():
        _check_row(row, items, scales, problems)
    _check_totals(counts, problems)


def _group(part: str, keys: Mapping[str, str]) -> pa.Column:
    return pa.Column(str, one_of([*keys, ""], f"a key of [{part}s], or blank"))


def _check_row(row: tuple, items: pd.DataFrame, scales: Mapping[str, Scale], problems: list[Problem]) -> None:
    at = str(row.Index + 2)
    if row.twice:
        said = "The same count stands there twice."
        problems.append(Problem("counts.csv", said, "Keep one.", at, "answer", row.answer))
    if row.answer not in (*scales[items.loc[row.item, "scale"]].answers, BLANK):
        remedy = "Use an answer of the item's scale."
        problems.append(Problem("counts.csv", "It may not be that.", remedy, at, "answer", row.answer))
    earlier = items.loc[row.item, "before"]
    if row.before and (not earlier or row.before not in scales[items.loc[earlier, "scale"]].labels):
        remedy = "Use a label of the item that the codebook names in `before`."
        problems.append(Problem("counts.csv", "It may not be that.", remedy, at, "before", row.before))


def _check_totals(counts: pd.DataFrame, problems: list[Problem]) -> None:
    """Find counts for all beside counts for one place, wave or sector: added up, people count twice."""
    for part in GROUPS:
        of_all = counts[part] == ""
        both = of_all & (~of_all).groupby([counts["item"], counts["before"] != ""]).transform("any")
        problems.extend(
            Problem(
                "counts.csv",
                f"The item is counted for each {part} and for all together.",
                "Keep one of the two.",
                str(row + 2),
                part,
            )
            for row in counts.index[both]
        )
