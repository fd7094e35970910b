"""What the columns of a LimeSurvey export hold where the survey's structure is not at hand.

Brackets tell which columns are of one question, and what stands in them whether an option or a statement.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from coprod.exports.export import IDENTIFIER, ITEM, METADATA, OPTION, TEXT
from coprod.exports.limesurvey_headings import Heading
from coprod.exports.limesurvey_places import OTHER, OTHER_CODE, OTHERS, Place, squashed
from coprod.exports.limesurvey_ticks import is_ticks
from coprod.exports.open_answers import OTHER_WORDS

COMMENTS = ("comment", "kommentar", "commentaire", "comentario")
FILES = "filecount"
_CODE = re.compile(r"([^\[\]_]+)(?:\[(.+)\]|_(.+))")
_ANSWER = re.compile(rf"AO?\d{{1,4}}|{OTHER_CODE}|[YNUISDMF]")
_TEXT = re.compile(r"(.*\S)[ _]\[(.*)\]")


class _Cut(NamedTuple):
    """A heading: its question, as a code or text; the question and the part, in words where there are any."""

    question: str
    stem: str
    part: str
    code: str


def guessed_places(headings: Mapping[str, Heading], answers: pd.DataFrame) -> dict[str, Place]:
    """Say what each column holds, from what stands above it and from what stands in it."""
    cut = {name: _cut(heading) for name, heading in headings.items()}
    beside = {name for name, told in cut.items() if _is_beside(told)}
    members: dict[str, list[str]] = {}
    for name, told in cut.items():
        if told.part and name not in beside:
            members.setdefault(told.question, []).append(name)
    ticked = {question for question, names in members.items() if is_ticks(answers[names])}
    files = {told.question for told in cut.values() if told.code == FILES}
    whole = {names[0] for question, names in members.items() if len(names) == 1 and question not in ticked}
    found = {
        name: Place(name, told.question, "", headings[name].text or name)
        if name in whole
        else _place(name, told, told.question in ticked, told.question in files)
        for name, told in cut.items()
    }
    return {name: _coded(place, answers[name]) for name, place in found.items()}


def _place(name: str, told: _Cut, ticks: bool, files: bool) -> Place:
    question, stem = told.question, told.stem
    if files:
        role = METADATA if told.code == FILES else IDENTIFIER
        return Place(name, question, role, stem, why="The files that people sent.")
    if _is_beside(told):
        if ticks and _is_other(told):
            return Place(name, question, OPTION, stem, stem, OTHER, free=True)
        what = OTHER_WORDS if _is_other(told) else "comment"
        return Place(name, question, TEXT, f"{stem}: {what}")
    if ticks and told.part:
        return Place(name, question, OPTION, stem, stem, told.part)
    return Place(name, question, "", told.part or stem, stem if told.part else "")


def _coded(place: Place, cells: pd.Series) -> Place:
    """Take a column of LimeSurvey's codes for an item, though few people answered."""
    given = cells[cells != ""]
    if place.role or given.empty or not given.str.fullmatch(_ANSWER).all():
        return place
    return place._replace(role=ITEM, labels={OTHER_CODE: OTHER})


def _cut(heading: Heading) -> _Cut:
    code, text = _CODE.fullmatch(heading.code), _TEXT.fullmatch(heading.text)
    part = (code[2] or code[3]) if code else ""
    question = code[1] if code else heading.code
    stem, inside = (text[1], text[2].replace("][", ", ")) if text else (heading.text, "")
    return _Cut(question or stem, stem or question, inside or part, part or inside)


def _is_other(told: _Cut) -> bool:
    return squashed(told.code) in OTHERS


def _is_beside(told: _Cut) -> bool:
    return _is_other(told) or squashed(told.code).endswith(COMMENTS) or told.code == FILES
