"""Sentences on how much of a reporting aid the programme's own files fill."""

from collections.abc import Mapping

import pandas as pd

from coprod.findings.wording import quoted
from coprod.privacy import Shown, table_of

STATES = {"filled": "filled", "partly": "filled in part"}


def filled(lists: Mapping[str, Shown]) -> list[str]:
    """Say, list by list, how many of its items are filled and which are for the team to write.

    Parameters
    ----------
    lists : mapping of str to Shown
        Tables of :mod:`coprod.aids`, by the name of the list. One that does not apply is passed over.

    Returns
    -------
    list of str
    """
    return [_said(name, table_of(shown)) for name, shown in lists.items() if not table_of(shown).empty]


def _said(name: str, table: pd.DataFrame) -> str:
    counts = table["state"].value_counts()
    done = [f"{counts[state]} {words}" for state, words in STATES.items() if state in counts]
    empty = table.loc[~table["state"].isin(STATES), "item"]
    left = f"; for the team to write: {quoted(empty)}" if len(empty) else ""
    return f"{name}: of {len(table)} items {' and '.join(done) or 'none is filled'}{left}."
