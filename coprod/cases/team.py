"""Who was in each case: organisations by layer and sector, who came and went, who works with whom."""

from typing import Any, get_args

import pandas as pd

from coprod.cases.evidence import filled
from coprod.cases.told import behind, laid_out, together
from coprod.programme import Programme
from coprod.settings import Member

LAYERS = get_args(get_args(Member.model_fields["layers"].annotation)[0])


def team(programme: Programme) -> pd.DataFrame:
    """Give one row per organisation and layer of a case.

    Returns
    -------
    DataFrame
        ``case``, ``organisation``, ``sector`` (its title), ``layer`` ("learning journey", "design" or
        "delivery"), ``note`` and ``behind``.
    """

    def rows(case: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "organisation": member["organisation"],
                "sector": programme.sectors[member["sector"]],
                "layer": layer,
                "note": member["note"],
                "behind": behind(member),
            }
            for member in case["team"]
            for layer in member["layers"]
        ]

    return laid_out(programme, ("organisation", "sector", "layer", "note"), rows)


def layers(programme: Programme) -> pd.DataFrame:
    """Count each case's organisations by layer and sector.

    Returns
    -------
    DataFrame, shape (cases with a team x 3 layers x sectors, 6)
        ``case``, ``layer``, ``sector``, ``organisations`` (different ones; 0 where none is known to have
        been there), ``names`` ("A; B") and ``behind``. A case whose team is not told has no rows:
        nothing is known of it, which is not nobody.
    """
    members = team(programme)
    by = ["case", "layer", "sector"]
    counted = members.groupby(by, sort=False).agg(
        organisations=("organisation", "nunique"),
        names=("organisation", lambda names: "; ".join(dict.fromkeys(names))),
        behind=("behind", together),
    )
    levels = {"case": members["case"].unique(), "layer": LAYERS, "sector": programme.sectors.values()}
    table = filled(counted.reset_index(), **levels)
    table.attrs["reason"] = members.attrs["reason"]
    return table


def changes(programme: Programme) -> pd.DataFrame:
    """Give one row per person or organisation that came to a team, or went.

    Returns
    -------
    DataFrame
        ``case``, ``who``, ``sector`` (its title), ``what`` ("joined" or "left"), ``when`` in words,
        ``note`` and ``behind``.
    """

    def rows(case: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {**change, "sector": programme.sectors[change["sector"]], "behind": behind(change)}
            for change in case["changes"]
        ]

    return laid_out(programme, ("who", "sector", "what", "when", "note"), rows)


def ties(programme: Programme) -> pd.DataFrame:
    """Give one row per two organisations of a case of which it is told whether they worked together.

    Returns
    -------
    DataFrame
        ``case``, ``one``, ``other``, ``before`` and ``after`` the programme ("yes", "no" or "not known"),
        and ``behind``. What is not told of two organisations has no row.
    """

    def rows(case: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {**tie, **dict(zip(("one", "other"), tie["between"], strict=True)), "behind": behind(tie)}
            for tie in case["ties"]
        ]

    return laid_out(programme, ("one", "other", "before", "after"), rows)
