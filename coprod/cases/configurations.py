"""Conditions beside outcomes over the cases: what was observed together, and what was never observed.

What fits what is counted over the cases in which both are known. Nothing is simplified into fewer
conditions, and nothing is said to bring anything about: with few cases much fits by luck, and
:func:`coprod.cases.chance` says how often.

Source
------
The words are those of Ragin (2008), *Redesigning Social Inquiry*, University of Chicago Press: cases
that share a combination of conditions and differ in the outcome contradict each other; consistency and
coverage are here plain counts. The minimisation that may follow is left out.
"""

import pandas as pd

from coprod import framework
from coprod.cases.matrix import ABSENT, BOTH, CONDITION, NOT_KNOWN, OUTCOME, PRESENT, matrix
from coprod.cases.told import NO_CASES, together
from coprod.programme import Programme

KNOWN = (PRESENT, ABSENT)
NO_CONTRADICTIONS = "No two cases with the same known conditions differ in an outcome."
HEADINGS = {
    PRESENT: "Present",
    ABSENT: "Absent",
    BOTH: "As much said for as against",
    NOT_KNOWN: "Not known",
}


def fits(programme: Programme) -> pd.DataFrame:
    """Count the cases in which a condition and an outcome were both present.

    Returns
    -------
    DataFrame, shape (conditions x kinds of outcome, 9)
        ``condition``, ``outcome``, and cases: ``both`` present, ``with_condition``, ``with_outcome``, and
        ``known``, those that count here because it is known of both whether they were present.
        ``consistency`` ("2 of 3": both, of those with the condition), ``coverage`` ("2 of 2": both, of
        those with the outcome) and ``behind``. Empty without cases.
    """
    counts = ["both", "with_condition", "with_outcome", "known"]
    counted = (
        _met(matrix(programme))
        .groupby(["condition", "outcome"], sort=False)
        .agg(**{name: (name, "sum") for name in counts}, behind=("behind", together))
        .reset_index()
    )
    both = counted["both"].astype(str)
    counted.insert(6, "consistency", both + " of " + counted["with_condition"].astype(str))
    counted.insert(7, "coverage", both + " of " + counted["with_outcome"].astype(str))
    counted.attrs["reason"] = NO_CASES
    return counted


def _met(table: pd.DataFrame) -> pd.DataFrame:
    """Give one row per case, condition and outcome, and say which of them were present."""
    conditions, kinds = _aspect(table, CONDITION), _aspect(table, OUTCOME)
    met = conditions.merge(kinds, on="case", suffixes=("", "_outcome"))
    known = met["state"].isin(KNOWN) & met["state_outcome"].isin(KNOWN)
    with_condition = known & (met["state"] == PRESENT)
    with_outcome = known & (met["state_outcome"] == PRESENT)
    refs = met["behind"] + met["behind_outcome"]
    return pd.DataFrame(
        {
            "condition": met["title"],
            "outcome": met["title_outcome"],
            "both": with_condition & with_outcome,
            "with_condition": with_condition,
            "with_outcome": with_outcome,
            "known": known,
            "behind": [row if counts else () for row, counts in zip(refs, known, strict=True)],
        }
    )


def contradictions(programme: Programme) -> pd.DataFrame:
    """Give every two cases with the same known conditions and a different outcome.

    Returns
    -------
    DataFrame
        ``outcome`` (its kind), ``case``, in which it was present, ``other``, in which it was absent, and
        ``behind``: all that is known of the conditions and of this outcome in both. Conditions are the
        same where the same ones are known, one at least, and each was present in both or absent in both.
    """
    table = matrix(programme)
    known = table[table["state"].isin(KNOWN)]
    conditions, kinds = _aspect(known, CONDITION), _aspect(known, OUTCOME)
    alike = (
        conditions.assign(told=conditions["title"] + "\n" + conditions["state"])
        .groupby("case", sort=False)
        .agg(configuration=("told", "\n".join), conditions=("behind", together))
    )
    results = kinds.merge(alike.reset_index(), on="case")
    present, absent = (results[results["state"] == state] for state in KNOWN)
    pairs = present.merge(absent, on=["title", "configuration"], suffixes=("", "_other"))
    refs = pairs[["conditions", "behind", "conditions_other", "behind_other"]].itertuples(index=False)
    pairs["behind"] = pd.Series([together(both) for both in refs], index=pairs.index, dtype=object)
    pairs = pairs.rename(columns={"title": "outcome", "case_other": "other"})
    pairs = pairs[["outcome", "case", "other", "behind"]]
    pairs.attrs["reason"] = NO_CONTRADICTIONS if programme.cases else NO_CASES
    return pairs


def combinations(programme: Programme) -> pd.DataFrame:
    """Give the combinations of conditions that were observed.

    Returns
    -------
    DataFrame
        ``combination`` in words ("Present: A; B. Absent: C. Not known: D."), ``cases`` (their names, "A;
        B"), ``cases_count`` and ``behind``, the most cases first; every case is in one row. Its ``attrs``
        hold how many combinations are ``possible`` and how many of them were ``observed``, which a case
        with a condition that is not known is not: it may be any of several.
    """
    told = _aspect(matrix(programme), CONDITION)
    rows = [
        {
            "combination": _worded(conditions),
            "case": case,
            "complete": conditions["state"].isin(KNOWN).all(),
            "behind": together(conditions["behind"]),
        }
        for case, conditions in told.groupby("case", sort=False)
    ]
    by_case = pd.DataFrame(rows, columns=["combination", "case", "complete", "behind"])
    table = (
        by_case.groupby("combination", sort=False)
        .agg(cases=("case", "; ".join), cases_count=("case", "size"), behind=("behind", together))
        .sort_values("cases_count", ascending=False, kind="stable")
        .reset_index()
    )
    table.attrs["possible"] = 2 ** len(framework.read("conditions"))
    table.attrs["observed"] = by_case.loc[by_case["complete"].astype(bool), "combination"].nunique()
    table.attrs["reason"] = NO_CASES
    return table


def _aspect(table: pd.DataFrame, aspect: str) -> pd.DataFrame:
    return table.loc[table["aspect"] == aspect, ["case", "title", "state", "behind"]]


def _worded(conditions: pd.DataFrame) -> str:
    """Say which conditions were present, which absent, and of which it is not known."""
    met = {state: conditions.loc[conditions["state"] == state, "title"] for state in HEADINGS}
    return " ".join(
        f"{HEADINGS[state]}: {'; '.join(titles)}." for state, titles in met.items() if len(titles)
    )
