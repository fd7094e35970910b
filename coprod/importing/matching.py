"""Which row of a programme each response of an import has made."""

from dataclasses import dataclass

import pandas as pd

ROW = ["person", "wave"]


@dataclass(frozen=True)
class Matched:
    """Responses of an import beside the rows of a programme.

    Attributes
    ----------
    row : Series of int
        For each response of the import, the label of its row in the programme's answers; -1 where none.
    deleted : Series of bool
        Whether a person deleted its row.
    person : Series of str
        The key it is to have.
    gone : int
        Rows that an import made and that this one, of the same waves, does not hold.
    """

    row: pd.Series
    deleted: pd.Series
    person: pd.Series
    gone: int


def matched(old: pd.DataFrame, made: pd.DataFrame, responses: pd.DataFrame) -> Matched:
    """Find the rows: by the key of the response, and else by person and wave.

    A person who sends another answer has a new response, and the same key.

    Parameters
    ----------
    old : DataFrame
        The programme's answers, indexed from 0.
    made : DataFrame
        ``response``, ``wave`` and ``person``: the rows that imports have made, as ``responses.csv`` has them.
    responses : DataFrame
        The same of this import, indexed from 0.
    """
    rows = pd.Series(old.index, index=pd.MultiIndex.from_frame(old[ROW]), dtype="Int64")
    made = made.drop_duplicates("response")
    at = pd.MultiIndex.from_frame(made[ROW])
    places = dict(zip(made["response"], rows.reindex(at).fillna(-1), strict=True))
    row = responses["response"].map(places).fillna(-1).astype(int)
    deleted = responses["response"].isin(made["response"]) & (row < 0)
    row = _by_person(rows, responses, row, deleted)
    here = old["wave"].isin(responses["wave"])
    gone = pd.MultiIndex.from_frame(old[ROW]).isin(at) & here & ~old.index.isin(row)
    return Matched(row, deleted, _person(old, responses, row), int(gone.sum()))


def _by_person(rows: pd.Series, responses: pd.DataFrame, row: pd.Series, deleted: pd.Series) -> pd.Series:
    left = responses[(row < 0) & ~deleted]
    found = rows.reindex(pd.MultiIndex.from_frame(left[ROW])).set_axis(left.index).dropna().astype(int)
    free = found[~found.isin(row) & ~found.duplicated()]
    row = row.copy()
    row[free.index] = free
    return row


def _person(old: pd.DataFrame, responses: pd.DataFrame, row: pd.Series) -> pd.Series:
    """Make links anew only where all waves are there to be linked; a part of them would undo some."""
    if set(old["wave"]) <= set(responses["wave"]):
        return responses["person"]
    there = old["person"].reindex(row).set_axis(row.index)
    return there.where(row >= 0, responses["person"])
