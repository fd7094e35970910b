"""What each sector brought to each stage, beside what the framework expects of it.

The framework's contributions are what one programme found, and their own document and section are
coded as evidence too. A row from there restates what is expected; only a row from elsewhere supports it.
"""

import pandas as pd

from coprod import framework
from coprod.cases.evidence import SEVERAL_SECTORS, by_code, filled, gathered, placed, sector_titles, titled
from coprod.cases.told import NO_EVIDENCE
from coprod.programme import Programme

NO_STAGE = "No stage named"
ALL_SUPPORTED = "Evidence supports everything that the framework expects."
NOTHING_BROUGHT = "No observation here tells what a sector brought."
KINDS = ("contributions",)


def roles(programme: Programme) -> pd.DataFrame:
    """Count the observations behind each thing that a sector brought to a stage.

    Returns
    -------
    DataFrame
        ``stage``, ``sector``, ``brought`` (the title of one of the framework's contributions, or "Other:"
        and the observation in our words), ``expected`` (whether the framework names it), ``rows`` of
        evidence coded as contributions, ``sources``, ``elsewhere`` (rows that are not the framework's own
        statement: another document, or another section of it) and ``behind``. Stage by stage and sector by
        sector, what is expected first, with 0 where nothing was observed; "No stage named" and "Several
        sectors, or none" stand last. Empty where no observation is a contribution.

    Source
    ------
    *Knowledge in action* (2025), Table 1, for what is expected; see :mod:`coprod.framework`.
    """
    observed = placed(programme.evidence[programme.evidence["direction"] == "contribution"])
    table = pd.concat([_expected(programme, observed), _other(programme, observed)], ignore_index=True)
    orders = {
        "stage": [*framework.read("stages")["title"], NO_STAGE],
        "sector": [*sector_titles(programme).values(), SEVERAL_SECTORS],
    }
    for column in ("sector", "stage"):
        place = {title: number for number, title in enumerate(orders[column])}
        table = table.sort_values(column, key=lambda cells, place=place: cells.map(place), kind="stable")
    table = (table if len(observed) else table.iloc[:0]).reset_index(drop=True)
    table.attrs["reason"] = NOTHING_BROUGHT if len(programme.evidence) else NO_EVIDENCE
    return table


def expected_without_evidence(programme: Programme) -> pd.DataFrame:
    """Give what the framework expects that no evidence from elsewhere supports.

    Returns
    -------
    DataFrame
        ``stage``, ``sector``, ``brought`` and ``behind``: the framework's own statements, or nothing.
    """
    table = roles(programme)
    unsupported = table.loc[table["expected"] & (table["elsewhere"] == 0)]
    unsupported = unsupported[["stage", "sector", "brought", "behind"]].reset_index(drop=True)
    unsupported.attrs["reason"] = ALL_SUPPORTED if len(table) else table.attrs["reason"]
    return unsupported


def _expected(programme: Programme, observed: pd.DataFrame) -> pd.DataFrame:
    expected = framework.expected_contributions()
    coded = by_code(observed, KINDS)
    counted = filled(gathered(coded, ["key"]), key=expected.index)
    own = coded["key"].map(expected["document"] + "\n" + expected["section"])
    elsewhere = gathered(coded[coded["place"] != own], ["key"]).set_index("key")["rows"]
    named = expected.loc[counted["key"]].reset_index()
    return counted.drop(columns="key").assign(
        stage=named["stage_title"],
        sector=titled(named["sector"], sector_titles(programme), SEVERAL_SECTORS),
        brought=named["title"],
        expected=True,
        elsewhere=counted["key"].map(elsewhere).fillna(0).astype(int),
    )[["stage", "sector", "brought", "expected", "rows", "sources", "elsewhere", "behind"]]


def _other(programme: Programme, observed: pd.DataFrame) -> pd.DataFrame:
    """Count what was brought that the framework does not name."""
    other = observed[~observed["evidence"].isin(by_code(observed, KINDS)["evidence"])]
    named = other.assign(
        stage=titled(other["stage"], framework.read("stages")["title"].to_dict(), NO_STAGE),
        sector=titled(other["sector"], sector_titles(programme), SEVERAL_SECTORS),
        brought="Other: " + other["paraphrase"],
    )
    counted = gathered(named, ["stage", "sector", "brought"])
    counted.insert(3, "expected", False)
    counted.insert(6, "elsewhere", counted["rows"])
    return counted
