"""What helped and what got in the way: factors that observations speak to, over all cases or by group."""

import pandas as pd

from coprod.cases.evidence import (
    FACTORS,
    NO_FACTORS,
    NOT_ONE_CASE,
    SEVERAL_SECTORS,
    by_code,
    gathered,
    placed,
    titled,
)
from coprod.cases.told import NO_EVIDENCE
from coprod.names import unknown
from coprod.programme import Programme

DIRECTIONS = ("enabler", "barrier")


def enablers_and_barriers(programme: Programme) -> pd.DataFrame:
    """Count the observations behind each enabler and barrier.

    Returns
    -------
    DataFrame
        One row per factor that evidence speaks to: ``direction`` ("enabler" or "barrier"), ``factor``
        (its title), ``rows`` of evidence, ``sources`` (different sections of documents that they come
        from) and ``behind``, enablers before barriers and the best evidenced first. Rows without a code
        do not count, and rows with several count for each.
    """
    counted = gathered(_coded(programme), ["direction", "factor"])
    return _ordered(counted, [], programme)


def factors_by(programme: Programme, by: str) -> pd.DataFrame:
    """Count the observations behind each enabler and barrier, case by case or sector by sector.

    Parameters
    ----------
    programme : Programme
    by : {"case", "sector"}

    Returns
    -------
    DataFrame
        As :func:`enablers_and_barriers`, with ``group`` first: the title of the case or sector, in the
        programme's order, and last what is about no single one, "Not about one case" or "Several sectors,
        or none".

    Raises
    ------
    coprod.names.UnknownName
        There is no such grouping.
    """
    groups = {
        "case": ({key: case["title"] for key, case in programme.cases.items()}, NOT_ONE_CASE),
        "sector": (dict(programme.sectors), SEVERAL_SECTORS),
    }
    if by not in groups:
        raise unknown("grouping", by, groups)
    titles, otherwise = groups[by]
    coded = _coded(programme)
    named = coded.assign(group=titled(coded[by], titles, otherwise))
    counted = gathered(named, ["group", "direction", "factor"])
    return _ordered(counted, [*titles.values(), otherwise], programme)


def _coded(programme: Programme) -> pd.DataFrame:
    """Give one row per observation and factor."""
    spoken = programme.evidence[programme.evidence["direction"].isin(DIRECTIONS)]
    return by_code(placed(spoken), FACTORS).rename(columns={"title": "factor"})


def _ordered(counted: pd.DataFrame, groups: list[str], programme: Programme) -> pd.DataFrame:
    """Put enablers before barriers and the best evidenced first, within each group."""
    table = counted.sort_values(["rows", "factor"], ascending=[False, True])
    for column, order in (("direction", list(DIRECTIONS)), ("group", groups)):
        if column in table:
            table = table.sort_values(
                column, key=lambda cells, order=order: cells.map(order.index), kind="stable"
            )
    table = table.reset_index(drop=True)
    table.attrs["reason"] = NO_FACTORS if len(programme.evidence) else NO_EVIDENCE
    return table
