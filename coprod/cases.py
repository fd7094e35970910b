"""Tables of case studies: who was in, what was planned and done, what came of it.

There are no respondents in these tables: organisations, dates and sums of money, as the programme
itself tells them in ``cases.toml``, and coded observations, each with its source.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd

from coprod import framework
from coprod.programme import Programme

NO_CASES = "There are no case studies here."
NOT_TOLD = "The case studies do not tell this."
NO_EVIDENCE = "There is no coded evidence here."
NO_FACTORS = "No evidence here is coded as an enabler or a barrier."
CODES = ("factors", "insights", "recommendations")  # kinds of the framework that evidence may be coded by
STATUSES = {"partly": "partly reached", "not": "not reached"}  # the others say enough by themselves


def _rows(
    programme: Programme, columns: tuple[str, ...], rows_of: Callable[[dict], list[dict]]
) -> pd.DataFrame:
    """Lay out what each case holds, the case's title first; an empty table says why."""
    rows = [{"case": case["title"], **row} for case in programme.cases.values() for row in rows_of(case)]
    table = pd.DataFrame(rows, columns=["case", *columns])
    table.attrs["reason"] = NOT_TOLD if programme.cases else NO_CASES
    return table


def overview(programme: Programme) -> pd.DataFrame:
    """Give one row per case.

    Returns
    -------
    DataFrame, shape (cases, 8)
        ``case``, ``issue``, ``problem``, ``summary``, ``organisations`` and ``sectors`` (how many in the
        team), ``money`` ("£25,000", or "not known") and ``reach`` in words.
    """

    def row(case: dict[str, Any]) -> list[dict[str, Any]]:
        team = case["team"]
        return [
            {
                **{part: case[part] for part in ("issue", "problem", "summary")},
                "organisations": len({member["organisation"] for member in team}),
                "sectors": len({member["sector"] for member in team}),
                "money": "not known" if case["money"] is None else f"£{case['money']:,}",
                "reach": "; ".join(map(_reached, case["reach"])) or "not known",
            }
        ]

    columns = ("issue", "problem", "summary", "organisations", "sectors", "money", "reach")
    return _rows(programme, columns, row)


def _reached(reach: dict[str, Any]) -> str:
    return f"{'about ' if reach['approximate'] else ''}{reach['n']:,} {reach['what']}"


def team(programme: Programme) -> pd.DataFrame:
    """Give one row per organisation and layer of a case.

    Returns
    -------
    DataFrame
        ``case``, ``organisation``, ``sector`` (its title), ``layer`` ("learning journey", "design" or
        "delivery") and ``note``.
    """

    def rows(case: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "organisation": member["organisation"],
                "sector": programme.sectors[member["sector"]],
                "layer": layer,
                "note": member["note"],
            }
            for member in case["team"]
            for layer in member["layers"]
        ]

    return _rows(programme, ("organisation", "sector", "layer", "note"), rows)


def timeline(programme: Programme) -> pd.DataFrame:
    """Give one row per step of a case.

    Returns
    -------
    DataFrame
        ``case``, ``step``, ``planned_start``, ``planned_end``, ``actual_start``, ``actual_end`` (dates,
        missing where not known) and ``note``.
    """
    columns = ("step", "planned_start", "planned_end", "actual_start", "actual_end", "note")
    table = _rows(programme, columns, lambda case: case["timeline"])
    return table.assign(**{column: pd.to_datetime(table[column]) for column in columns[1:5]})


def iterations(programme: Programme) -> pd.DataFrame:
    """Give one row per round of a case: ``planned``, ``done``, ``learned``, ``struggled``, ``next``."""
    columns = ("planned", "done", "learned", "struggled", "next")
    return _rows(programme, columns, lambda case: case["iterations"])


def outcomes(programme: Programme) -> pd.DataFrame:
    """Give one row per outcome, what was not reached included: ``outcome``, ``kind``, ``status`` in words."""
    table = _rows(programme, ("outcome", "kind", "status"), lambda case: case["outcomes"])
    return table.assign(status=table["status"].replace(STATUSES))


def takeaways(programme: Programme) -> pd.DataFrame:
    """Give one row per takeaway that a case names."""
    return _rows(
        programme, ("takeaway",), lambda case: [{"takeaway": takeaway} for takeaway in case["takeaways"]]
    )


def enablers_and_barriers(programme: Programme) -> pd.DataFrame:
    """Count the observations behind each enabler and barrier.

    Returns
    -------
    DataFrame
        One row per factor that evidence speaks to: ``direction`` ("enabler" or "barrier"), ``factor``
        (its title), ``rows`` of evidence and ``sources`` (different sections of documents that they come
        from), enablers before barriers and the best evidenced first. Rows without a code do not count.
    """
    evidence = programme.evidence
    coded = evidence[evidence["direction"].isin(["enabler", "barrier"]) & (evidence["code"] != "")]
    titles = pd.concat([framework.read(kind)["title"] for kind in CODES])
    sections = coded["source"] + "\n" + coded["section"]
    counted = (
        coded.assign(factor=coded["code"].map(titles), place=sections)
        .groupby(["direction", "factor"])
        .agg(rows=("evidence", "size"), sources=("place", "nunique"))
        .reset_index()
        .sort_values(["direction", "rows", "factor"], ascending=[False, False, True], ignore_index=True)
    )
    counted.attrs["reason"] = NO_FACTORS if len(evidence) else NO_EVIDENCE
    return counted


def conditions(programme: Programme) -> pd.DataFrame:
    """Count the observations that speak for and against each of the five conditions.

    Returns
    -------
    DataFrame, shape (5, 4)
        ``framework`` ("condition:time"), ``condition`` (its title), and rows of evidence: ``enabled``
        and ``hindered``. Empty without evidence.
    """
    evidence = programme.evidence
    titles = framework.read("conditions")["title"]

    def counted(direction: str) -> pd.Series:
        spoken = evidence.loc[evidence["direction"] == direction, "condition"]
        return spoken.value_counts().reindex(titles.index, fill_value=0)

    table = pd.DataFrame(
        {
            "framework": "condition:" + titles.index,
            "condition": titles,
            "enabled": counted("enabler"),
            "hindered": counted("barrier"),
        }
    ).reset_index(drop=True)
    table = table if len(evidence) else table.iloc[:0]
    table.attrs["reason"] = NO_EVIDENCE
    return table
