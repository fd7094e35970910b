"""Jisc Online Surveys, version 2: the coded answers as CSV, and the key that says what the codes mean.

The number of the response comes first and the day it was completed last. Every box that can be ticked is a
column: 1 where ticked, and 0 where not, which is also what stands there when nobody was asked, or went away
before; in some grids nothing stands there in place of 0. An empty column stands for the question above a
grid. Version 3 writes other files, which are read like any table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pandas as pd

from coprod.exports.coded import shared
from coprod.exports.export import IDENTIFIER, ITEM, METADATA, OPTION, Export, column
from coprod.exports.jisc_key import (
    DATE,
    NUMBER_OF_RESPONSE,
    QUESTION,
    Asked,
    Entry,
    asked,
    group_names,
    read_key,
)
from coprod.exports.kinds import kinds
from coprod.exports.open_answers import number_or_words, open_kind
from coprod.exports.questions import finished, refused
from coprod.exports.tables import Table, openings, read_table
from coprod.problems import FileRefused, Problem

NAME, TITLE = "jisc", "Jisc Online Surveys"
TICKED, UNTICKED = "1", "0"
ABOUT = {
    NUMBER_OF_RESPONSE: column(
        NUMBER_OF_RESPONSE, IDENTIFIER, "Number of the response", why="Jisc's number."
    ),
    DATE: column(DATE, METADATA, "Day of completion", why="When the answers were sent."),
}
Drafted = tuple[pd.DataFrame, list[dict[str, str]], dict[str, tuple[str, ...]], list[str]]


def recognises(path: Path) -> bool:
    """Say whether URN stands first and codes such as Q1 after it."""
    return any(_begins(rows[0]) for rows in openings(path, 1))


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read the coded answers; with the key as companion, with what the codes mean.

    Raises
    ------
    FileRefused
        It is no such file, damaged or without answers; or the key is damaged, or of another survey.
    """
    table = read_table(path)
    if not _begins(list(table.answers)):
        raise refused(path.name, TITLE, "URN, Q1")
    drafted = _with_key(table, companions) if companions else _without_key(table)
    answers, columns, scales, decided = drafted
    return replace(finished(NAME, table, answers, columns, decided), scales=scales)


def _begins(header: Sequence[str]) -> bool:
    codes = [name for name in header[1:] if QUESTION.fullmatch(name)]
    return header[:1] == [NUMBER_OF_RESPONSE] and len(codes) > (len(header) - 1) / 2


def _with_key(table: Table, companions: Sequence[Path]) -> Drafted:
    names = [name for name in table.answers if name not in ABOUT]
    heads = _heads(table.answers[names])
    key, found = _fitting(table, companions, [name for name in names if name not in heads])
    answers, columns = table.answers.copy(), []
    scales: dict[str, tuple[str, ...]] = {}
    groups = group_names(key, found)
    for name in answers:
        if name in ABOUT:
            columns.append(ABOUT[name])
        elif name in found:
            answers[name], told = _described(answers[name], found[name], groups.get(name, ""), scales)
            columns.append(told)
    boxes = [name for name in found if found[name].option]
    return answers, columns, scales, [*_said_heads(heads), *_said_boxes(table.answers[boxes])]


def _fitting(
    table: Table, companions: Sequence[Path], names: Sequence[str]
) -> tuple[dict[str, Entry], dict[str, Asked]]:
    """Choose the key that the answers fit: other waves have other keys.

    Raises
    ------
    FileRefused
        None does; with what is wrong with the one that fits best.
    """
    tried = []
    for key in map(read_key, companions):
        found = {name: told for name in names if (told := asked(key, name))}
        problems = _problems(table, found, [name for name in names if name not in found])
        if not problems:
            return key, found
        tried.append(problems)
    raise FileRefused(table.file, min(tried, key=len)[:100])


def _heads(answers: pd.DataFrame) -> list[str]:
    """List the columns that stand above a grid: nothing in them, and others that begin with their name."""
    names = list(answers)
    above = {code for name in names for code in accumulate(name.split("_")[:-1], "{}_{}".format)}
    return [name for name in names if name in above and (answers[name] == "").all()]


def _described(
    cells: pd.Series, told: Asked, group: str, scales: dict[str, tuple[str, ...]]
) -> tuple[pd.Series, dict[str, str]]:
    """Put labels in place of codes, and describe the column; a scale that is new is added to `scales`."""
    name = str(cells.name)
    codes = cells.str.strip()
    if told.option:
        ticked = codes.map({TICKED: told.option, UNTICKED: "", "": ""})
        return ticked, column(name, OPTION, told.text, group=group, option=told.option)
    if told.labels:
        scale = shared(scales, name, tuple(told.labels.values()))
        labelled = codes.map({"": "", **told.labels})
        return labelled, column(name, ITEM, told.text, group=told.group, scale=scale)
    text = f"{told.group.rstrip(':')}: {told.text}" if told.group else told.text
    role, why = open_kind(cells, text, number_or_words(cells))
    return cells, column(name, role, text, why=why)


def _problems(table: Table, found: Mapping[str, Asked], unknown: Sequence[str]) -> list[Problem]:
    """List the questions and codes that a key lacks: it is of another survey, or older than the answers."""
    remedy = "Export the answers and the key together; the key may be of another survey, or an older one."
    said = "The key does not have this question."
    problems = [Problem(table.file, said, remedy, "1", name) for name in unknown]
    said = "The key does not have this code."
    for name, told in found.items():
        known = {TICKED, UNTICKED, ""} if told.option else {"", *told.labels}
        if told.option or told.labels:
            codes = table.answers[name].str.strip()
            problems += [
                Problem(table.file, said, remedy, str(row + 2), name, _short(code))
                for row, code in codes[~codes.isin(known)].drop_duplicates().items()
            ]
    return problems


def _short(code: str) -> str:
    """Give a code back; what may be somebody's words, if the columns have slipped, stays unsaid."""
    return code if code.isdecimal() and len(code) < 4 else ""


def _without_key(table: Table) -> Drafted:
    """Keep the codes; boxes are told by what stands in all the columns of a question."""
    answers = table.answers.copy()
    names = [name for name in answers if name not in ABOUT]
    heads = _heads(answers[names])
    boxes = _boxes(answers[[name for name in names if name not in heads]])
    single = [name for name in names if name not in heads and name not in boxes]
    found = kinds(answers[single], {name: name for name in single})
    columns = []
    for name in answers:
        if name in ABOUT:
            columns.append(ABOUT[name])
        elif name in boxes:
            answers[name] = answers[name].map({TICKED: name, UNTICKED: "", "": ""})
            columns.append(column(name, OPTION, boxes[name], group=boxes[name], option=name))
        elif name in found:
            columns.append(column(name, found[name].role, why=found[name].why))
    said = (
        "The key was not given: questions and answers are the codes of the export, and the order of no scale "
        "is known. Give the key beside the answers, the second file that Jisc exports with them."
    )
    return answers, columns, {}, [said, *_said_heads(heads), *_said_boxes(table.answers[list(boxes)])]


def _boxes(answers: pd.DataFrame) -> dict[str, str]:
    """Find the columns that are boxes, and the question of each: all its columns hold 1, 0 or nothing."""
    owners: dict[str, list[str]] = {}
    for name in answers:
        owner = name.rpartition("_")[0]
        if owner:
            owners.setdefault(owner, []).append(name)
    boxes = {}
    for owner, names in owners.items():
        given = set(pd.unique(answers[names].to_numpy().ravel()))
        if given <= {TICKED, UNTICKED, ""} and given != {""}:
            boxes |= dict.fromkeys(names, owner)
    return boxes


def _said_heads(heads: Sequence[str]) -> list[str]:
    return [f"Columns with nothing in them, which stand above a grid: {', '.join(heads)}."] if heads else []


def _said_boxes(boxes: pd.DataFrame) -> list[str]:
    """Say what cannot be told from a box that is not ticked."""
    if boxes.empty:
        return []
    blank = [name for name in boxes if (boxes[name] == "").any()]
    said = [
        "Jisc writes 0 in a box that was not ticked and in one that nobody was shown: both count as not "
        "ticked, so a share of those who ticked may be too low where a question was skipped."
    ]
    if blank:
        grids = ", ".join(dict.fromkeys(name.partition("_")[0] for name in blank))
        said.append(f"In some grids nothing stands in place of 0, and was read as not ticked: {grids}.")
    return said
