"""From the columns of a table to an export, for tools that say no more than what was asked."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from coprod.exports.export import IDENTIFIER, JOINED, METADATA, Export, column, described
from coprod.exports.joined import once
from coprod.exports.kinds import kinds
from coprod.exports.tables import Table, dropped
from coprod.problems import FileRefused, Problem

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b")


class Asked(NamedTuple):
    """What was asked: the question, or the statement of a grid and the question above it."""

    text: str
    group: str = ""


def questions(
    answers: pd.DataFrame, asked: Mapping[str, Asked], separators: Mapping[str, str]
) -> tuple[list[dict[str, str]], list[str]]:
    """Describe the columns that hold answers.

    Parameters
    ----------
    answers : DataFrame, shape (responses, columns)
    asked : mapping of str to Asked
        By column.
    separators : mapping of str to str
        The columns that hold several options in one cell, and what stands between them.

    Returns
    -------
    columns : list of dict
        As `described` takes them.
    decided : list of str
    """
    single = [name for name in asked if name not in separators]
    found = kinds(answers[single], {name: asked[name].text for name in single})
    columns, rare = [], []
    for name, (text, group) in asked.items():
        if name in separators:
            columns.append(column(name, JOINED, text, group=group, separator=separators[name]))
            own = once(answers[name], separators[name])
        else:
            role, why, own = found[name]
            columns.append(column(name, role, text, group=group, why=why))
        rare += [f"{name!r}: {own}"] * bool(own)
    return columns, [*_said_joined(separators), *_said_rare(rare)]


def finished(
    tool: str,
    table: Table,
    answers: pd.DataFrame,
    columns: Sequence[Mapping[str, str]],
    decided: Sequence[str],
) -> Export:
    """Make the export, its columns in the order of the answers; rows without any answer are left out.

    Raises
    ------
    FileRefused
        There is no question, or nobody answered one.
    """
    asked = [told["column"] for told in columns if told["role"] not in (IDENTIFIER, METADATA)]
    answered = (answers[asked] != "").any(axis=1)
    if not answered.any():
        remedy = "Look whether this is the whole export, and export it again when somebody has answered."
        raise FileRefused(
            table.file, [Problem(table.file, "There are no answers to questions in it.", remedy)]
        )
    places = {name: place for place, name in enumerate(answers)}
    in_order = sorted(columns, key=lambda told: places[told["column"]])
    kept = answers.loc[answered, [told["column"] for told in in_order]].reset_index(drop=True)
    unanswered = dropped(
        "rows without an answer", int((~answered).sum()), "No question was answered in them."
    )
    left_out = pd.concat([table.dropped, unanswered], ignore_index=True)
    return Export(tool, table.file, kept, described(in_order), {}, left_out, (*table.decided, *decided))


def about_dates(answers: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Say in which columns dates are written in more than one way; they are read from none."""
    return [
        f"The dates in {name!r} are written in more than one way: no date was read from them."
        for name in names
        if _mixed(answers[name])
    ]


def refused(file: str, title: str, columns: str) -> FileRefused:
    """Make the error for a file that another tool made."""
    said = f"That is no export of {title}: the first row does not begin with {columns}."
    remedy = "Leave --tool out, or name the tool that made it; look whether the header row is missing."
    return FileRefused(file, [Problem(file, said, remedy, "1")])


def _mixed(cells: pd.Series) -> bool:
    given = {cell.strip() for cell in cells.unique() if cell.strip()}
    shapes = {re.sub(r"\w+", "", re.sub(r"(?i)\b(?:am|pm|[a-z]{3,4})\b", "", cell)).strip() for cell in given}
    days = [found.groups() for cell in given if (found := _DAY.match(cell))]
    return len(shapes) > 1 or all(any(int(day[place]) > 12 for day in days) for place in (0, 1))


def _said_joined(separators: Mapping[str, str]) -> list[str]:
    return [
        f"Several options in one cell, with {separator!r} between them: "
        + ", ".join(repr(name) for name, own in separators.items() if own == separator)
        + "."
        for separator in dict.fromkeys(separators.values())
    ]


def _said_rare(rare: Sequence[str]) -> list[str]:
    said = "Answers that one person alone gave may be words of their own under 'Other': look at them. "
    return [f"{said}{'; '.join(rare)}."] if rare else []
