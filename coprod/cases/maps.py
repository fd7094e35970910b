"""What the observations are about: the framework's conditions and principles, empty cells included."""

import pandas as pd

from coprod import framework
from coprod.cases.evidence import filled, gathered, placed, titled
from coprod.cases.told import NO_EVIDENCE
from coprod.programme import Programme

NO_CONDITION, NO_PRINCIPLE, WHOLE_PROGRAMME = "No condition", "No principle", "Whole programme"


def conditions(programme: Programme) -> pd.DataFrame:
    """Count the observations that speak for and against each of the five conditions.

    Returns
    -------
    DataFrame, shape (5, 5)
        ``framework`` ("condition:time"), ``condition`` (its title), rows of evidence: ``enabled`` and
        ``hindered``, and ``behind``: the former, then the latter. Empty without evidence.
    """
    evidence = programme.evidence
    titles = framework.read("conditions")["title"]

    def spoken(direction: str) -> pd.DataFrame:
        counted = gathered(placed(evidence[evidence["direction"] == direction]), ["condition"])
        return filled(counted, condition=titles.index)

    enabled, hindered = spoken("enabler"), spoken("barrier")
    table = pd.DataFrame(
        {
            "framework": "condition:" + enabled["condition"],
            "condition": enabled["condition"].map(titles),
            "enabled": enabled["rows"],
            "hindered": hindered["rows"],
            "behind": enabled["behind"] + hindered["behind"],
        }
    )
    table = table if len(evidence) else table.iloc[:0]
    table.attrs["reason"] = NO_EVIDENCE
    return table


def evidence_map(programme: Programme) -> pd.DataFrame:
    """Count the observations about each condition and principle, case by case.

    Returns
    -------
    DataFrame, shape ((conditions + 1) x (principles + 1) x cases, 5)
        ``condition``, ``principle``, ``case``, ``rows`` and ``behind``. Every combination is there, with
        0 rows where nothing was observed. Last in each stand "No condition", "No principle" and "Whole
        programme"; the last only where the programme is whole, as a place has no such rows. Empty without
        evidence.
    """
    evidence = programme.evidence
    held = {kind: framework.read(kind)["title"].to_dict() for kind in ("conditions", "principles")}
    cases = {key: case["title"] for key, case in programme.cases.items()}
    named = evidence.assign(
        condition=titled(evidence["condition"], held["conditions"], NO_CONDITION),
        principle=titled(evidence["principle"], held["principles"], NO_PRINCIPLE),
        case=titled(evidence["case"], cases, WHOLE_PROGRAMME),
    )
    counted = gathered(placed(named), ["condition", "principle", "case"]).drop(columns="sources")
    table = filled(
        counted,
        condition=[*held["conditions"].values(), NO_CONDITION],
        principle=[*held["principles"].values(), NO_PRINCIPLE],
        case=[*cases.values(), *([WHOLE_PROGRAMME] if programme.place is None else [])],
    )
    table = table if len(evidence) else table.iloc[:0]
    table.attrs["reason"] = NO_EVIDENCE
    return table
