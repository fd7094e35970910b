"""What an audience may see of a multiverse, the rule by which :mod:`coprod.privacy` opens the door.

Combinations of one finding count nearly the same people, so two of them can be subtracted from each other:
all who answered less those who answered everything are the few who left a blank.

The team sees every combination and whether the finding holds in it. Its number is exact where the
combination only reads in another way what reports count anyway. Everywhere else, where other people are
counted or sectors are weighted, it comes in steps of five people of those the finding rests on, and without
a base; and not at all where the combination differs by fewer people than the smallest group.

The public sees one row for each finding: whether it holds in every combination, in most, in some, and which
choice that hangs on. Combinations of fewer people than the public's smallest group are not counted in it.
"""

import numpy as np
import pandas as pd

from coprod.multiverse.choices import CHOICES
from coprod.multiverse.summary import summarised
from coprod.saying import ROUNDING_BASE, band, joined

EVERY = "every one"
SUMMED_ONLY = (
    "Only how often each finding holds is told, and not what each way of counting gives: two ways that "
    "differ by a few people could be subtracted from each other."
)
BLURRED = (
    "Where other people are counted than in the rest of the report, or sectors are weighted, numbers come in "
    "steps of 5 people, and not at all where fewer than {} people make the difference."
)
TOO_FEW = "Findings that rest on fewer than {} people are not shown."


def may_be_seen(table: pd.DataFrame, audience: str, smallest: int) -> tuple[pd.DataFrame, list[str]]:
    """Give the combinations to the team, and what they come to to the public.

    Parameters
    ----------
    table : DataFrame
        Of :func:`coprod.multiverse.specifications`, with at least one row.
    audience : {"internal", "public"}
    smallest : int
        People.

    Returns
    -------
    DataFrame
        For the team the table's rows; for the public those of :func:`summarised`, with counts as words.
    list of str
        What is not shown, and why.
    """
    few = table["rests_on"] < smallest
    unfit = table["finding"].isin(table.loc[few & table["chosen"], "finding"])
    kept = table[~few & ~unfit]
    notes = [TOO_FEW.format(smallest)] if unfit.any() else []
    if kept.empty:
        return kept, notes
    if audience == "public":
        return _in_words(summarised(kept)), [*notes, SUMMED_ONLY]
    blurred = _blurred(kept, smallest)
    return blurred, [*notes, *[BLURRED.format(smallest)] * bool((~kept["as_reported"]).any())]


def _blurred(table: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Blur the numbers that would tell of few people."""
    people = table["finding"].map(table[table["chosen"]].set_index("finding")["rests_on"])
    step = ROUNDING_BASE / people
    rough = (table["estimate"] / step).round() * step
    limit = np.where(table["kind"] == "share", 0, -1)
    rough = rough.clip(limit, 1).where(~table["apart"].between(1, smallest - 1))
    return table.assign(
        estimate=table["estimate"].where(table["as_reported"], rough),
        rests_on=table["rests_on"].where(table["as_reported"]),
        points=(table["points"] * 20).round() / 20,
    ).drop(columns="apart")


def _in_words(summary: pd.DataFrame) -> pd.DataFrame:
    """Say how often a finding holds, and give no count that people's answers went into."""
    said = {
        name: [often(n, of) for n, of in zip(summary[name], summary["ways"], strict=True)]
        for name in ("holds", "clear")
    }
    return summary.assign(
        **said,
        hangs_on=[
            joined([CHOICES[name] for name in names]) if names else "" for names in summary["hangs_on"]
        ],
        moves_most=summary["moves_most"].map(CHOICES).fillna(""),
    ).drop(columns=["rests_on", "ways", "options", "points", "finding"])


def often(n: int, of: int) -> str:
    """Say in how many of some ways: "every one", "none", or a band."""
    return EVERY if n == of else band(n, of)
