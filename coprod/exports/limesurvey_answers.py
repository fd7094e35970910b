"""From the cells of a LimeSurvey export to labels, and to a description of each column.

Cells are codes or texts, for the whole file; where a column could be either, as with codes 1 to 5 that mean
"5" to "1", the others tell.
"""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from coprod.exports.coded import shared
from coprod.exports.export import ITEM, NOT_SEEN, NUMBER, OPTION, TEXT, column
from coprod.exports.kinds import kinds
from coprod.exports.limesurvey_places import Place, squashed
from coprod.exports.limesurvey_ticks import TICKED, read_ticks
from coprod.exports.open_answers import OTHER_WORDS, open_kind
from coprod.problems import FileRefused, Problem

NO_ANSWER = "n/a"  # what LimeSurvey writes for a "yes or no" that was not answered
Columns = list[dict[str, str]]


class Drafted(NamedTuple):
    """Answers as labels, shape (responses, columns); what the columns are; and the scales."""

    answers: pd.DataFrame
    columns: Columns
    scales: dict[str, tuple[str, ...]]


def drafted(
    file: str, answers: pd.DataFrame, found: Mapping[str, Place], unseen: pd.DataFrame | None
) -> Drafted:
    """Put labels in place of codes, and describe the columns that hold answers.

    Parameters
    ----------
    file : str
        Its name, for messages.
    answers : DataFrame, shape (responses, columns)
    found : mapping of str to Place
        By column.
    unseen : DataFrame of bool, shape of `answers`, or None
        The cells of which the file tells that nobody was shown the question.

    Raises
    ------
    FileRefused
        There is an answer that the survey's structure does not have.
    """
    made: dict[str, pd.Series] = {}
    told: dict[str, dict[str, str]] = {}
    scales: dict[str, tuple[str, ...]] = {}
    _choose(file, answers, found, made, told, scales)
    _tick(file, answers, found, unseen, made, told)
    for name, place in found.items():
        if place.role and name not in told:
            role, why = place.role, place.why
            if role in (TEXT, NUMBER):
                role, why = open_kind(answers[name], place.text, role)
            told[name] = column(name, role, place.text, why=why)
    rest = [name for name in found if name not in told]
    for name, kind in kinds(answers[rest], {name: found[name].text for name in rest}).items():
        place = found[name]
        told[name] = column(name, kind.role, place.text, group=place.group, why=kind.why)
    return Drafted(answers.assign(**made), list(told.values()), scales)


def _choose(
    file: str,
    answers: pd.DataFrame,
    found: Mapping[str, Place],
    made: dict[str, pd.Series],
    told: dict[str, dict[str, str]],
    scales: dict[str, tuple[str, ...]],
) -> None:
    """Fill in the columns in which one answer was chosen."""
    chosen = {name: place for name, place in found.items() if place.role == ITEM}
    by_words = any(
        _are_words(answers[name], place) and not _are_codes(answers[name], place)
        for name, place in chosen.items()
    )
    problems = []
    for name, place in chosen.items():
        cells = answers[name].str.strip()
        words = _are_words(cells, place) and (by_words or not _are_codes(cells, place))
        meant = {cell: _label(cell, place, words) for cell in cells.unique()}
        made[name] = cells.map(meant)
        scale = ""
        if set(meant.values()) <= {"", *place.labels.values()}:
            scale = shared(scales, place.code, tuple(place.labels.values()))
        elif place.strict:
            unknown = ~made[name].isin(["", *place.labels.values()])
            problems.append(_unknown(file, name, int(unknown.idxmax())))
        told[name] = column(name, ITEM, place.text, group=place.group, scale=scale)
    if problems:
        raise FileRefused(file, problems[:100])


def _are_codes(cells: pd.Series, place: Place) -> bool:
    return set(cells.str.strip().unique()) <= {"", *place.labels}


def _are_words(cells: pd.Series, place: Place) -> bool:
    return {squashed(cell) for cell in cells.unique()} <= {"", *place.words}


def _label(cell: str, place: Place, words: bool) -> str:
    """Give the label of a cell; the cell itself where it has none."""
    if not place.strict and squashed(cell) == NO_ANSWER:
        return ""
    return place.words.get(squashed(cell), cell) if words else place.labels.get(cell, cell)


def _unknown(file: str, name: str, row: int) -> Problem:
    remedy = "Export the responses and the structure together; the structure may be of another survey."
    return Problem(file, "The survey's structure does not have this answer.", remedy, str(row + 2), name)


def _tick(
    file: str,
    answers: pd.DataFrame,
    found: Mapping[str, Place],
    unseen: pd.DataFrame | None,
    made: dict[str, pd.Series],
    told: dict[str, dict[str, str]],
) -> None:
    """Fill in the options; the words of "Other" become a column of their own."""
    members: dict[str, list[str]] = {}
    for name, place in found.items():
        if place.role == OPTION:
            members.setdefault(place.question, []).append(name)
    for names in members.values():
        ticks = read_ticks(file, answers[[name for name in names if not found[name].free]])
        for name in names:
            place = found[name]
            state = ticks[name] if name in ticks else _from_words(answers[name], ticks)
            if unseen is not None:
                state = state.mask(unseen[name], NOT_SEEN)
            made[name] = state.mask(state == TICKED, place.option)
            told[name] = column(name, OPTION, place.text, group=place.group, option=place.option)
            if place.free and (answers[name] != "").any():
                made[in_words := f"{name}, in words"] = answers[name]
                role, why = open_kind(answers[name], place.text)
                told[in_words] = column(in_words, role, f"{place.text}: {OTHER_WORDS}", why=why)


def _from_words(cells: pd.Series, ticks: pd.DataFrame) -> pd.Series:
    """Say whether "Other" was ticked: where there are words, and seen where another option was."""
    state = pd.Series("", index=cells.index).mask(
        (ticks == NOT_SEEN).all(axis=1) & (len(ticks.columns) > 0), NOT_SEEN
    )
    return state.mask(cells.str.strip() != "", TICKED)
