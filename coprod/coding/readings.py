"""The readings of each row of evidence, side by side, and those that differ."""

import pandas as pd

from coprod.cases import NO_EVIDENCE
from coprod.checks.evidence import SEPARATOR
from coprod.coding.variables import VARIABLES, said, titles_of
from coprod.programme import Programme

JOINTLY = "Coded jointly; no agreement was computed, because there are no separate readings to compare."
ONE_READING = "Every row was read by one coder only, so there are no readings to compare."
ALL_AGREE = "There is no row that two coders read differently."


def why_none(programme: Programme) -> str:
    """Say why there are no readings to compare; "" where there are some."""
    if programme.evidence.empty:
        return NO_EVIDENCE
    if programme.coding.how == "jointly":
        return JOINTLY
    twice = programme.codings["evidence"].isin(programme.evidence["evidence"]).any()
    return "" if twice else ONE_READING


def read_twice(programme: Programme) -> pd.DataFrame:
    """Give every reading of each row of evidence that was read twice or more.

    Returns
    -------
    DataFrame, one row per reading
        ``evidence``, ``coder`` and a column for each variable, keys as in the files, several codes of a
        cell in order. Rows in the order of the evidence, the first coder's reading of each first.
    """
    columns = ["evidence", "coder", *VARIABLES]
    first = programme.evidence[columns]
    if why_none(programme):
        return first.iloc[:0]
    further = programme.codings.loc[programme.codings["evidence"].isin(first["evidence"]), columns]
    twice = first[first["evidence"].isin(further["evidence"])]
    place = {row: order for order, row in enumerate(twice["evidence"])}
    readings = pd.concat([twice, further], ignore_index=True)
    readings["code"] = readings["code"].map(lambda cell: SEPARATOR.join(sorted(cell.split(SEPARATOR))))
    return readings.sort_values(
        "evidence", key=lambda rows: rows.map(place), kind="stable", ignore_index=True
    )


def disagreements(programme: Programme) -> pd.DataFrame:
    """List what coders read differently.

    Returns
    -------
    DataFrame, one row per row of evidence and variable
        ``says`` (the paraphrase), ``variable``, ``first`` and ``second`` (the first coder's reading and the
        other's in words, "none" where nothing applies; several others' one after the other), ``coders`` in
        the same order, and ``behind``, the row of evidence. The variables with most disagreements come
        first, then in the order of the evidence. An empty table says why.
    """
    readings = read_twice(programme)
    titles = titles_of(programme)
    says = programme.evidence.set_index("evidence")["paraphrase"]
    rows = [
        {
            "says": says[row],
            "variable": name,
            "first": said(cells.iloc[0], titles[column]),
            "second": " / ".join(said(cell, titles[column]) for cell in cells.iloc[1:]),
            "coders": ", ".join(read["coder"]),
            "behind": (row,),
        }
        for column, name in VARIABLES.items()
        for row, read in readings.groupby("evidence", sort=False)
        if (cells := read[column]).nunique() > 1
    ]
    table = pd.DataFrame(rows, columns=["says", "variable", "first", "second", "coders", "behind"])
    order = table["variable"].map(-table["variable"].value_counts()).sort_values(kind="stable").index
    table = table.loc[order].reset_index(drop=True)
    table.attrs["reason"] = why_none(programme) or ALL_AGREE
    return table
