"""Conditions and outcomes side by side: which were present in a case, which absent, which not known.

All of it is read from counts, of rows of evidence and of outcomes, and of a case on which nothing was
written nothing is known. A count weighs nothing: one row may tell more than five.
"""

import numpy as np
import pandas as pd

from coprod import framework
from coprod.cases.evidence import filled
from coprod.cases.outcomes import KINDS, outcomes
from coprod.cases.told import NO_CASES, together
from coprod.programme import Programme

CONDITION, OUTCOME = "condition", "outcome"
PRESENT, ABSENT, BOTH, NOT_KNOWN = "present", "absent", "both", "not known"
CAME_ABOUT = ("reached", "unexpected")  # what nobody expected came about too, welcome or not


def matrix(programme: Programme) -> pd.DataFrame:
    """Lay conditions and kinds of outcome beside each other, case by case.

    Returns
    -------
    DataFrame, shape (cases x (conditions + kinds of outcome), 7)
        ``case``, ``aspect`` ("condition" or "outcome"), ``title``, ``state``, ``spoke_for``,
        ``spoke_against`` and ``behind``. For a condition these count rows of evidence about the case: it
        is "present" where more enable than hinder, "absent" where more hinder, "both" where as many do,
        and "not known" without any. For a kind of outcome they count outcomes: it is "present" where one
        at least was reached or came unexpectedly, "absent" where all that are told were planned, partly
        reached or not reached, and "not known" where none is told.
    """
    cases = {key: case["title"] for key, case in programme.cases.items()}
    aspects = [_conditions(programme, cases), _outcomes(programme, cases)]
    order = {title: number for number, title in enumerate(cases.values())}
    table = pd.concat(aspects).sort_values(
        "case", key=lambda titles: titles.map(order), kind="stable", ignore_index=True
    )
    table.attrs["reason"] = NO_CASES
    return table[["case", "aspect", "title", "state", "spoke_for", "spoke_against", "behind"]]


def _conditions(programme: Programme, cases: dict[str, str]) -> pd.DataFrame:
    titles = framework.read("conditions")["title"]
    evidence = programme.evidence
    spoken = pd.DataFrame(
        {
            "case": evidence["case"].map(cases),
            "title": evidence["condition"].map(titles),
            "spoke_for": evidence["direction"] == "enabler",
            "spoke_against": evidence["direction"] == "barrier",
            "ref": [(row,) for row in evidence["evidence"]],
        }
    )
    table = _counted(spoken[spoken["spoke_for"] | spoken["spoke_against"]], cases, list(titles))
    more = table["spoke_for"] - table["spoke_against"]
    choices = [more > 0, more < 0, table["spoke_for"] > 0]
    return table.assign(aspect=CONDITION, state=np.select(choices, [PRESENT, ABSENT, BOTH], NOT_KNOWN))


def _outcomes(programme: Programme, cases: dict[str, str]) -> pd.DataFrame:
    told = outcomes(programme).rename(columns={"kind": "title", "behind": "ref"})
    came = told["status"].isin(CAME_ABOUT)
    table = _counted(told.assign(spoke_for=came, spoke_against=~came), cases, KINDS)
    choices = [table["spoke_for"] > 0, table["spoke_against"] > 0]
    return table.assign(aspect=OUTCOME, state=np.select(choices, [PRESENT, ABSENT], NOT_KNOWN))


def _counted(spoken: pd.DataFrame, cases: dict[str, str], titles: list[str]) -> pd.DataFrame:
    """Count what speaks for and against, for every case and title; rows about no case do not count."""
    counted = spoken.groupby(["case", "title"]).agg(
        spoke_for=("spoke_for", "sum"), spoke_against=("spoke_against", "sum"), behind=("ref", together)
    )
    whole = counted.astype({"spoke_for": int, "spoke_against": int}).reset_index()
    return filled(whole, case=cases.values(), title=titles)
