"""Sentences on how far the headline findings depend on choices that an analyst makes."""

import pandas as pd

from coprod.findings.answers import ENDS, _ends, _ranked
from coprod.findings.wording import quoted
from coprod.multiverse import summarised, told
from coprod.privacy import Shown, table_of

CLAIMS = ["kind", "item", "group_a", "group_b"]
EXPLAINED = (
    "Each finding was computed in every way that reasonable choices allow. It holds where its number points "
    "the same way, and clearly where the report would still say so by its own rule, an interval or a test. "
    "Where fewer people are counted, a finding can hold without being clear."
)


def claims(opinions: Shown, changes: Shown, gaps: Shown) -> pd.DataFrame:
    """List the findings that a report leads with, from what its audience may see.

    Parameters
    ----------
    opinions : Shown
        Of :func:`coprod.likert.agreement`: the questions with the most and the least favourable answers.
    changes, gaps : Shown
        Of :func:`coprod.change.compared` and :func:`coprod.compare.gaps`, judged: those that were found.

    Returns
    -------
    DataFrame, shape (findings, 4)
        ``kind``, ``item``, ``group_a``, ``group_b``, for :func:`coprod.multiverse.specifications`.
    """
    rows = [("share", item, "", "") for item in _at_the_ends(opinions)]
    for kind, shown in (("change", changes), ("gap", gaps)):
        table = table_of(shown)
        found = table[table["found"].astype(bool)] if len(table) else table
        rows += [
            (kind, row.item, *((row.group_a, row.group_b) if kind == "gap" else ("", "")))
            for row in found.itertuples()
        ]
    return pd.DataFrame(rows, columns=CLAIMS)


def _at_the_ends(opinions: Shown) -> list[str]:
    """Name the questions that :func:`coprod.findings.strongest_and_weakest` names."""
    if table_of(opinions).empty:
        return []
    ranked = _ranked(opinions)
    answered = ranked[ranked["said"] != ""]
    if len(answered) < 2 * ENDS:
        return list(answered["item"])
    best, worst = _ends(answered)
    return [*best["item"], *worst["item"]]


def multiverse(shown: Shown) -> list[str]:
    """Say of each finding in how many ways of counting it holds, and what it hangs on.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.multiverse.specifications`.

    Returns
    -------
    list of str
        First what "holds" means, then a sentence or a few for each finding; for the public without counts.
    """
    table = table_of(shown)
    if table.empty:
        return []
    summary = summarised(table) if "chosen" in table else table
    return [EXPLAINED, *(_said(row) for row in summary.itertuples())]


def _said(row: tuple) -> str:
    begun = f"{quoted([row.text])}: that {told.claim(row)} {told.holds(row)}."
    return " ".join(filter(None, [begun, told.hangs_on(row), told.moves_most(row)]))
