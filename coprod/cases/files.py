"""What ``cases.toml`` tells of each case as a whole, of its steps, its rounds and its takeaways."""

from typing import Any

import pandas as pd

from coprod.cases.told import behind, laid_out
from coprod.programme import Programme


def overview(programme: Programme) -> pd.DataFrame:
    """Give one row per case.

    Returns
    -------
    DataFrame, shape (cases, 9)
        ``case``, ``issue``, ``problem``, ``summary``, ``organisations`` and ``sectors`` (how many in the
        team), ``money`` ("£25,000", or "not known"), ``reach`` in words, and ``behind``: the case, its
        team and what it reached.
    """

    def row(case: dict[str, Any]) -> list[dict[str, Any]]:
        team = case["team"]
        return [
            {
                **{part: case[part] for part in ("issue", "problem", "summary")},
                "organisations": len({member["organisation"] for member in team}),
                "sectors": len({member["sector"] for member in team}),
                "money": money(case),
                "reach": "; ".join(map(reached, case["reach"])) or "not known",
                "behind": behind(case, *team, *case["reach"]),
            }
        ]

    columns = ("issue", "problem", "summary", "organisations", "sectors", "money", "reach")
    return laid_out(programme, columns, row)


def money(case: dict[str, Any]) -> str:
    """Say a case's money: "£25,000", or "not known"."""
    return "not known" if case["money"] is None else f"£{case['money']:,}"


def reached(reach: dict[str, Any]) -> str:
    """Say how many of what were reached: "about 110 responses"."""
    return f"{'about ' if reach['approximate'] else ''}{reach['n']:,} {reach['what']}"


def timeline(programme: Programme) -> pd.DataFrame:
    """Give one row per step of a case.

    Returns
    -------
    DataFrame
        ``case``, ``step``, ``planned_start``, ``planned_end``, ``actual_start``, ``actual_end`` (dates,
        missing where not known), ``note`` and ``behind``.
    """
    columns = ("step", "planned_start", "planned_end", "actual_start", "actual_end", "note")
    table = laid_out(programme, columns, lambda case: case["timeline"])
    return table.assign(**{column: pd.to_datetime(table[column]) for column in columns[1:5]})


def iterations(programme: Programme) -> pd.DataFrame:
    """Give one row per round of a case.

    Returns
    -------
    DataFrame
        ``case``, ``planned``, ``done``, ``learned``, ``struggled``, ``next`` ("" where not told) and
        ``behind``.
    """
    columns = ("planned", "done", "learned", "struggled", "next")
    return laid_out(programme, columns, lambda case: case["iterations"])


def takeaways(programme: Programme) -> pd.DataFrame:
    """Give one row per takeaway that a case names: ``case``, ``takeaway`` and ``behind``, the case."""

    def rows(case: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"takeaway": takeaway, "behind": behind(case)} for takeaway in case["takeaways"]]

    return laid_out(programme, ("takeaway",), rows)
