"""What the columns of a Qualtrics export hold, described; ticks are written as what was ticked.

The ImportId does not tell the statement of a grid from a field of a form, nor a code from a label; the
cells do. What a survey's maker embedded, or a panel sent along, may be anything: where it is another for
everybody, it tells who somebody is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

import pandas as pd

from coprod.exports.export import IDENTIFIER, ITEM, JOINED, METADATA, NOT_SEEN, NUMBER, OPTION, TEXT, column
from coprod.exports.joined import COMMA, Joined, between_commas
from coprod.exports.kinds import kinds
from coprod.exports.open_answers import number_or_words, open_kind
from coprod.exports.qualtrics_header import Field, own
from coprod.exports.qualtrics_questions import NO_ANSWER, Question, derived

SEPARATOR = ","  # without a blank; the comma within a label mostly has one
_BARE = re.compile(r",(?! )")
_HELD = "\x1f"  # stands for a comma with a blank while the others are looked at
_CODE = re.compile(r"-?(?:0|[1-9]\d{0,3})")
_FILE = re.compile(r".*_FILE_(?:ID|NAME|SIZE|TYPE)")
_WHO = re.compile(
    r"(?i)e-?mail|phone|mobile|(?:first|last|full|sur|user|family)[ _]?name|"
    r"(?:^|[^a-z])(?:[pu]id|token|login|worker|ip|lat|lon|latitude|longitude)(?:[^a-z]|$)"
)
_MAYBE = re.compile(r"(?i)(?:^|[^a-z])(?:id|names?|address|link|url)(?:[^a-z]|$)|(?-i:[a-z](?:Id|ID|Name)\b)")
EMBEDDED = "The survey's maker embedded it, or a panel sent it, and it tells or may tell who somebody is."


def described_columns(
    answers: pd.DataFrame, fields: Sequence[Field], questions: Sequence[Question]
) -> tuple[list[dict[str, str]], pd.DataFrame, list[str]]:
    """Describe every column, and write ticks as the labels of what was ticked.

    Returns
    -------
    columns : list of dict
        As `described` takes them, in the order of the fields.
    answers : DataFrame, shape (responses, columns)
    decided : list of str
    """
    told: dict[str, dict[str, str]] = {}
    written: dict[str, pd.Series] = {}
    joined: dict[str, Joined] = {}
    for question in questions:
        for name, label in question.options.items():
            written[name], option = _ticked(answers[name], label)
            told[name] = column(name, OPTION, question.text, group=question.name, option=option)
        for name in question.single:
            if found := _joined(answers[name]):
                joined[name], written[name] = found, found.cells
                told[name] = column(name, JOINED, question.text, separator=found.separator)
    answers = answers.assign(**written)
    told |= _asked(answers, questions, told)
    told |= _others(answers, [field for field in fields if field.name not in told])
    said = [*_said_joined(joined), *_said_codes(answers, told), *_said_rounds(fields)]
    return [told[field.name] for field in fields], answers, said


def _ticked(cells: pd.Series, label: str) -> tuple[pd.Series, str]:
    """Write what was ticked in full; where the export holds labels, they are more exact than the header."""
    given = cells.unique()
    labels = [cell for cell in given if cell not in NO_ANSWER and not _CODE.fullmatch(cell)]
    label = labels[0] if len(labels) == 1 else label
    return cells.where(cells.isin(["", NOT_SEEN]), label), label


def _joined(cells: pd.Series) -> Joined | None:
    """Find out whether several choices stand in one cell."""
    given = [cell for cell in cells.unique() if cell not in NO_ANSWER]
    if not any(_BARE.search(cell) for cell in given):
        return None
    if all(_CODE.fullmatch(code) for cell in given for code in cell.split(SEPARATOR)):
        return Joined(cells, SEPARATOR, [])
    spaced = {cell: _BARE.sub(COMMA, cell.replace(COMMA, _HELD)) for cell in cells.unique()}
    if (found := between_commas(cells.map(spaced))) is None:
        return None
    apart = {cell: [_restored(part) for part in cell.split(found.separator)] for cell in found.cells.unique()}
    options = {option for row in apart.values() for option in row}
    holding = sorted(option for option in options if SEPARATOR in option)
    separator = next(f" {bars} " for bars in _bars() if not any(bars in option for option in options))
    separator = separator if holding else SEPARATOR
    return Joined(
        found.cells.map({cell: separator.join(row) for cell, row in apart.items()}), separator, holding
    )


def _bars() -> Iterator[str]:
    return ("|" * number for number in count(1))


def _restored(part: str) -> str:
    return part.replace(COMMA, SEPARATOR).replace(_HELD, COMMA)


def _asked(
    answers: pd.DataFrame, questions: Sequence[Question], done: Mapping[str, object]
) -> dict[str, dict[str, str]]:
    """Describe statements, questions with one answer, and words."""
    closed = {
        name: label
        for question in questions
        for name, label in {**question.statements, **question.single}.items()
        if name not in done
    }
    found = kinds(answers[list(closed)].replace(NOT_SEEN, ""), closed)
    told = {}
    for question in questions:
        for name, label in {**question.statements, **question.single, **question.words}.items():
            if name in done:
                continue
            role, why, _ = found.get(name, (number_or_words(answers[name]), "", 0))
            if role in (TEXT, NUMBER) and name not in question.single:
                role, why = _open(answers[name], (label, question.text), role)
            if name in question.single and role != IDENTIFIER:
                role = ITEM
            text = question.text if name in question.single else label
            group = question.text if text != question.text else ""
            told[name] = column(name, role, text, group=group, why=why)
    return told


def _open(cells: pd.Series, texts: Sequence[str], role: str) -> tuple[str, str]:
    """Look whether the question asks who somebody is, or the field of a form does."""
    found = [open_kind(cells, text, role) for text in dict.fromkeys(texts)]
    return next((kind for kind in found if kind[0] == IDENTIFIER), found[0])


def _others(answers: pd.DataFrame, fields: Sequence[Field]) -> dict[str, dict[str, str]]:
    """Describe Qualtrics' own columns, what it worked out, and what was embedded."""
    told, embedded = {}, []
    for field in fields:
        role, why = own(field)
        if role:
            told[field.name] = column(field.name, role, field.text, why=why)
        elif _FILE.fullmatch(field.key or field.name):
            told[field.name] = column(field.name, IDENTIFIER, field.text, why="A file that somebody sent.")
        elif derived(field):
            told[field.name] = column(field.name, METADATA, field.text, why="Qualtrics worked it out.")
        else:
            embedded.append(field)
    roles = kinds(answers[[field.name for field in embedded]], {field.name: field.text for field in embedded})
    for field in embedded:
        role, why, _ = roles[field.name]
        if role != IDENTIFIER and _tells(field, answers[field.name], role):
            role, why = IDENTIFIER, EMBEDDED
        told[field.name] = column(field.name, role, field.text, why=why)
    return told


def _tells(field: Field, cells: pd.Series, role: str) -> bool:
    given = cells[cells != ""]
    if _WHO.search(field.name):
        return True
    return role in (TEXT, NUMBER) and (
        bool(_MAYBE.search(field.name)) or (len(given) > 1 and given.is_unique)
    )


def _said_joined(joined: Mapping[str, Joined]) -> list[str]:
    if not joined:
        return []
    said = [f"Several choices in one cell, with a comma between them: {', '.join(map(repr, joined))}."]
    for name, found in joined.items():
        if found.with_comma:
            options = "; ".join(repr(option) for option in found.with_comma[:20])
            said.append(f"In {name!r} these are one choice each, though they hold a comma: {options}.")
    return said


def _said_codes(answers: pd.DataFrame, told: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Say that the export holds recode values, where each question with one answer has nothing else."""
    items = [name for name, column in told.items() if column["role"] in (ITEM, JOINED)]
    given = {name: set(answers[name].unique()) - NO_ANSWER for name in items}
    coded = [name for name, cells in given.items() if cells and all(map(_CODE.fullmatch, cells))]
    if not coded or len(coded) < len([name for name in items if given[name]]) / 2:
        return []
    return [
        f"Questions whose answers are numbers: {len(coded)}. They may be recode values, which need not begin "
        "at 1 or be in order: export again with 'Use choice text' to have the labels."
    ]


def _said_rounds(fields: Sequence[Field]) -> list[str]:
    rounds = [field.name for field in fields if re.match(r".+?_QID\d", field.key)]
    if not rounds:
        return []
    return [
        f"Asked in rounds (loop and merge), and kept as a question for each round: {len(rounds)} columns."
    ]
