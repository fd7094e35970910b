"""Places and sectors: a question whose answers say where somebody is, or for whom they work."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from coprod.codebook import NOT_ASKED
from coprod.importing.asked import find
from coprod.importing.labels import alike
from coprod.importing.names import LIMIT, different, item_name
from coprod.importing.questions import MULTI, Question
from coprod.problems import FileRefused, Problem

MOST = 200  # different answers; more are no places
NOT_GIVEN = ("not_given", "Not given")


class Groups(NamedTuple):
    """What a question about places or sectors gave.

    Attributes
    ----------
    cells : mapping of str to Series of str
        By wave: keys, "" where blank.
    titles : mapping of str to str
        By key.
    rest : mapping of str to list of Question
        By wave: the other questions.
    """

    cells: Mapping[str, pd.Series]
    titles: Mapping[str, str]
    rest: Mapping[str, list[Question]]


def take(waves: Mapping[str, Sequence[Question]], words: str, what: str, rows: Mapping[str, int]) -> Groups:
    """Take places or sectors from the answers to a question.

    Parameters
    ----------
    waves : mapping of str to sequence of Question
    words : str
        The question or the column; "" for none.
    what : {"place", "sector"}
        Somebody who gave no place gets one of its own, since a programme with places has no person without.
    rows : mapping of str to int
        Responses, by wave.

    Raises
    ------
    FileRefused
        A wave has no such question, or its answers cannot be places.
    """
    blank = {wave: pd.Series("", index=range(count), dtype=str) for wave, count in rows.items()}
    if not words:
        return Groups(blank, {}, {wave: list(questions) for wave, questions in waves.items()})
    found = {wave: _the_one(questions, words, what) for wave, questions in waves.items()}
    labels = [label for question in found.values() for label in (*question.labels, *question.seen)]
    given = {alike(label) for question in found.values() for label in question.seen}
    keys: dict[str, str] = {}
    titles: dict[str, str] = {}
    for label in labels:
        if alike(label) in given and alike(label) not in keys:
            key = different(item_name(label, LIMIT), titles, what)
            keys[alike(label)], titles[key] = key, " ".join(label.split())
    cells = {wave: _keys(question, keys) for wave, question in found.items()}
    if what == "place" and titles and any((column == "").any() for column in cells.values()):
        key = different(NOT_GIVEN[0], titles)
        titles[key] = NOT_GIVEN[1]
        cells = {wave: column.replace("", key) for wave, column in cells.items()}
    rest = {wave: [one for one in waves[wave] if one is not question] for wave, question in found.items()}
    return Groups(cells, titles, rest)


def _keys(question: Question, keys: Mapping[str, str]) -> pd.Series:
    by_cell = {cell: keys.get(alike(cell), "") for cell in question.cells.unique()}
    return question.cells.map(by_cell | {"": "", NOT_ASKED: ""}).astype(str)


def _the_one(questions: Sequence[Question], words: str, what: str) -> Question:
    file = questions[0].file if questions else ""
    found = find(questions, words)
    said, remedy = "", "Name the column as it stands in the export."
    if not found:
        said = f"There is no question or column to take each {what} from, or it tells who somebody is."
    elif len(found) > 1:
        said = f"There are {len(found)} columns that could give each {what}."
    elif found[0].role == MULTI:
        said, remedy = "Several can be ticked there.", f"Name a question with one {what} for each person."
    elif len(found[0].seen) > MOST:
        said = f"It has {len(found[0].seen):,} different answers."
        remedy = f"Name a question with at most {MOST}."
    if said:
        raise FileRefused(file, [Problem(file, said, remedy, column=words)])
    return found[0]
