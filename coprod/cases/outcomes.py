"""What came of the cases: outcomes of every kind, reached or not, and how many rows speak to each."""

from typing import get_args

import numpy as np
import pandas as pd

from coprod.cases.evidence import filled
from coprod.cases.told import laid_out, together
from coprod.programme import Programme
from coprod.settings import Outcome

KINDS = get_args(Outcome.model_fields["kind"].annotation)
IN_WORDS = {"partly": "partly reached", "not": "not reached"}  # the others say enough by themselves
STATUSES = tuple(IN_WORDS.get(key, key) for key in get_args(Outcome.model_fields["status"].annotation))
NO_ROW, ONE_PLACE, SEVERAL_PLACES = (
    "no row of evidence",
    "one place in the sources",
    "several places in the sources",
)


def outcomes(programme: Programme) -> pd.DataFrame:
    """Give one row per outcome, what was not reached included.

    Returns
    -------
    DataFrame
        ``case``, ``outcome``, ``kind``, ``status`` in words, ``rows`` of evidence that it names,
        ``sources`` (different sections of documents: those of the rows, and its own), ``strength`` in
        words, which is about those numbers only, and ``behind``.
    """

    def rows(case: dict) -> list[dict]:
        return [{**outcome, "place": _place(case["source"], outcome)} for outcome in case["outcomes"]]

    table = laid_out(programme, ("outcome", "kind", "status", "place"), rows)
    evidence = programme.evidence
    places = pd.Series((evidence["source"] + "\n" + evidence["section"]).array, index=evidence["evidence"])
    named = table["behind"].explode()
    found = pd.concat([named.map(places), table["place"].replace("", np.nan)]).dropna()
    counted = found.groupby(level=0).nunique()
    table = table.assign(
        status=table["status"].replace(IN_WORDS),
        rows=named.isin(places.index).groupby(level=0).sum().astype(int),
        sources=counted.reindex(table.index, fill_value=0),
    )
    choices = [table["rows"] == 0, table["sources"] == 1]
    table["strength"] = np.select(choices, [NO_ROW, ONE_PLACE], SEVERAL_PLACES)
    return table[["case", "outcome", "kind", "status", "rows", "sources", "strength", "behind"]]


def _place(source: str, outcome: dict) -> str:
    return f"{source}\n{outcome['section']}" if outcome["section"] else ""


def outcome_counts(programme: Programme) -> pd.DataFrame:
    """Count outcomes over all cases.

    Returns
    -------
    DataFrame, shape (5 kinds x 5 statuses, 4)
        ``kind``, ``status`` in words, ``outcomes`` and ``behind``; combinations without an outcome have 0.
        Empty where no case tells an outcome.
    """
    told = outcomes(programme)
    by = ["kind", "status"]
    counted = told.groupby(by).agg(outcomes=("outcome", "size"), behind=("behind", together)).reset_index()
    table = filled(counted, kind=KINDS, status=STATUSES)
    table = table if len(told) else table.iloc[:0]
    table.attrs["reason"] = told.attrs["reason"]
    return table
