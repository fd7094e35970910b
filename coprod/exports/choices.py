"""For tools that say which choices there are: from codes and ticks to labels, and to a finished export.

A code without a meaning stays what it is and is counted; nothing is taken for the nearest label.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from coprod.exports.export import IDENTIFIER, METADATA, NOT_SEEN, Export, described
from coprod.exports.headers import named
from coprod.exports.open_answers import open_kind
from coprod.exports.raw import Raw
from coprod.exports.tables import dropped
from coprod.problems import FileRefused, Problem

TICKED = frozenset({"1", "Checked", "TRUE", "True", "true"})
UNTICKED = frozenset({"", "0", "Unchecked", "FALSE", "False", "false"})


class Sheet(NamedTuple):
    """Answers under a header row, before anything is known of the columns.

    Attributes
    ----------
    headers : list of str
        As they stand in the file.
    answers : DataFrame, shape (responses, columns)
        Columns under cleaned names, no name twice.
    decided : tuple of str
    """

    headers: list[str]
    answers: pd.DataFrame
    decided: tuple[str, ...]


def sheet_of(raw: Raw) -> Sheet:
    """Take the first row of a file for its header.

    Raises
    ------
    FileRefused
        There is nothing below it.
    """
    body = raw.body(1)
    if body.empty:
        remedy = "Export it again when somebody has answered."
        raise FileRefused(raw.file, [Problem(raw.file, "There are no answers in it.", remedy)])
    names, decided = named(raw.head[0])
    return Sheet(raw.head[0], body.set_axis(names, axis=1), (*raw.decided, *decided))


def labelled(cells: pd.Series, labels: Mapping[str, str]) -> tuple[pd.Series, int]:
    """Write labels for codes.

    Parameters
    ----------
    cells : Series of str
        Codes, or labels already.
    labels : mapping of str to str
        By code. A cell that is a code as well as a label is taken for the code.

    Returns
    -------
    cells : Series of str
        What is neither a code nor a label is as it was.
    strays : int
        How many cells those are.
    """
    meaning = {**dict(zip(labels.values(), labels.values(), strict=True)), **labels}
    found = cells.str.strip().map(meaning)
    strays = found.isna() & ~cells.str.strip().isin(["", NOT_SEEN])
    return found.where(found.notna(), cells), int(strays.sum())


def ticked(file: str, name: str, cells: pd.Series, label: str) -> tuple[pd.Series, list[Problem]]:
    """Write the label of an option where it was ticked, and nothing where it was not.

    Parameters
    ----------
    file, name : str
        The file and the column, for the problems.
    cells : Series of str
        1 and 0, "Checked" and "Unchecked", the label itself, or `NOT_SEEN`.
    label : str

    Returns
    -------
    cells : Series of str
    problems : list of Problem
        The first ten cells that say neither.
    """
    meaning = {
        label: label,
        NOT_SEEN: NOT_SEEN,
        **dict.fromkeys(TICKED, label),
        **dict.fromkeys(UNTICKED, ""),
    }
    strange = cells.index[~cells.isin(list(meaning))][:10]
    remedy = "An option holds 1 or 0: export it again, and do not change it in a spreadsheet."
    said = "That says neither ticked nor not ticked."
    problems = [Problem(file, said, remedy, row=str(row + 2), column=name) for row in strange]
    return cells.map(meaning).fillna(""), problems


def telling(answers: pd.DataFrame, texts: Mapping[str, str]) -> dict[str, str]:
    """Find the columns that tell who somebody is, and why, among those where people wrote what they liked.

    Parameters
    ----------
    answers : DataFrame, shape (responses, columns)
    texts : mapping of str to str
        What was asked, for the columns to look at.
    """
    found = {name: open_kind(answers[name].replace(NOT_SEEN, ""), text) for name, text in texts.items()}
    return {name: why for name, (role, why) in found.items() if role == IDENTIFIER}


def finished(
    tool: str,
    file: str,
    answers: pd.DataFrame,
    columns: Sequence[Mapping[str, str]],
    scales: Mapping[str, tuple[str, ...]],
    left_out: Sequence[pd.DataFrame],
    decided: Sequence[str],
) -> Export:
    """Make the export, its columns as they are described; rows without any answer are left out.

    Raises
    ------
    FileRefused
        There is no question, or nobody answered one.
    """
    asked = [told["column"] for told in columns if told["role"] not in (IDENTIFIER, METADATA)]
    answered = ~answers[asked].isin(["", NOT_SEEN]).all(axis=1)
    if not asked or not answered.any():
        remedy = "Look whether this is the whole export, and export it again when somebody has answered."
        raise FileRefused(file, [Problem(file, "There are no answers to questions in it.", remedy)])
    kept = answers.loc[answered, [told["column"] for told in columns]].reset_index(drop=True)
    empty = dropped("rows without an answer", int((~answered).sum()), "No question was answered in them.")
    used = {told["scale"] for told in columns}
    return Export(
        tool,
        file,
        kept,
        described(columns),
        {key: labels for key, labels in scales.items() if key in used},
        pd.concat([*left_out, empty], ignore_index=True),
        tuple(decided),
    )
