"""What the columns of a SurveyMonkey export hold.

Expanded, each option is a column, which holds its own label, or its number, where it was ticked. A statement
of a grid has other labels in its column than its own. Condensed, what was ticked stands in one cell.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from coprod.exports.export import IDENTIFIER, ITEM, JOINED, NUMBER, OPTION, TEXT, column
from coprod.exports.headers import cleaned
from coprod.exports.joined import Joined, between_commas
from coprod.exports.kinds import Kind, kinds
from coprod.exports.open_answers import number_or_words, open_kind

# English, German, French, Spanish, Italian, Portuguese, Swedish, Danish, Norwegian and Dutch
ONE = ("response", "responses", "antwort", "réponse", "respuesta", "risposta", "resposta", "svar", "reactie")
OPEN = (
    *("open-ended response", "antwort ohne vorgegebene antwortmöglichkeiten", "réponse ouverte"),
    *("respuesta abierta", "respuesta de final abierto", "risposta aperta", "resposta aberta"),
    *("öppet svar", "åbent svar", "åpent svar", "open antwoord"),
)
CONTACT = frozenset(
    {
        *("name", "company", "address", "address2", "citytown", "stateprovince", "zippostalcode"),
        *("emailaddress", "phonenumber"),
    }
)
_OTHER = re.compile(r"(?i)(?:other|sonstiges|autre|otro|altr[oa]|outr[oa]|annat|andet|annet|anders)\b")
_NUMBER = re.compile(r"\d{1,3}")


class Question(NamedTuple):
    """A question, and what the second header row says of each of its columns, by the column's name."""

    text: str
    labels: dict[str, str]


def described_columns(
    answers: pd.DataFrame, questions: Sequence[Question]
) -> tuple[list[dict[str, str]], pd.DataFrame, list[str]]:
    """Describe the columns of all questions, and write ticks as the labels of what was ticked.

    Returns
    -------
    columns : list of dict
        As `described` takes them, in their order.
    answers : DataFrame, shape (responses, columns)
    decided : list of str
    """
    ticked = {question.text: _ticked(question, answers) for question in questions}
    beside = {name for q in questions for name in q.labels if name not in ticked[q.text]}
    joined = {
        name: found
        for question in questions
        for name, label in question.labels.items()
        if label.lower() in ONE and name in beside and (found := between_commas(answers[name]))
    }
    written = {name: found.cells for name, found in joined.items()}
    for question in questions:
        for name in ticked[question.text]:
            cells = answers[name]
            written[name] = cells.where(cells == "", question.labels[name])
    coded = [name for name in written if name not in joined and _codes(answers[name])]
    answers = answers.assign(**written)
    closed = {name: label for q in questions for name, label in _closed(q, beside - set(joined)).items()}
    found = kinds(answers[list(closed)], closed)
    columns = [
        _column(question, name, answers[name], ticked[question.text], joined, found)
        for question in questions
        for name in question.labels
    ]
    return columns, answers, _said(joined, coded)


def _ticked(question: Question, answers: pd.DataFrame) -> list[str]:
    """List the options of a question of which several could be ticked; none for other questions."""
    names = [name for name, label in question.labels.items() if label.lower() not in ONE + OPEN]
    given = {name: set(answers[name].unique()) - {""} for name in names}
    own = [name for name in names if {cleaned(cell) for cell in given[name]} <= {question.labels[name]}]
    words = [name for name in names if name not in own and _OTHER.match(question.labels[name])]
    if any(given[name] for name in own) and len(own) + len(words) == len(names):
        return own
    options = [name for name in names if name not in words]
    numbers = [cell for name in options for cell in given[name]]
    if len(set(numbers)) < 2 or not all(len(given[name]) < 2 for name in options):
        return []
    rising = all(map(_NUMBER.fullmatch, numbers)) and sorted(set(map(int, numbers))) == list(
        map(int, numbers)
    )
    return options if rising else []


def _codes(cells: pd.Series) -> bool:
    return all(map(_NUMBER.fullmatch, set(cells.unique()) - {""})) and bool((cells != "").any())


def _closed(question: Question, names: set[str]) -> dict[str, str]:
    """List the columns that hold labels, or may, with what was asked in each."""
    return {
        name: question.text if label.lower() in ONE else label
        for name, label in question.labels.items()
        if name in names and not _in_words(question, label)
    }


def _in_words(question: Question, label: str) -> bool:
    return label.lower() in OPEN or (len(question.labels) > 1 and bool(_OTHER.match(label)))


def _column(
    question: Question,
    name: str,
    cells: pd.Series,
    ticked: Sequence[str],
    joined: dict[str, Joined],
    found: dict[str, Kind],
) -> dict[str, str]:
    label = question.labels[name]
    if name in ticked:
        return column(name, OPTION, question.text, group=question.text, option=label)
    if name in joined:
        return column(name, JOINED, question.text, separator=joined[name].separator)
    alone = label.lower() in ONE + OPEN or not label
    role, why, _ = found.get(name, Kind(number_or_words(cells), "", 0))
    if role in (TEXT, NUMBER) and label.lower() not in ONE:
        role, why = _open(cells, (question.text, label), role)
    if role == TEXT and label.lower() in ONE:
        role = ITEM  # one of several could be chosen, however rarely each was
    if _of_contact(question, label):
        role, why = IDENTIFIER, "A field of SurveyMonkey's contact details."
    return column(
        *(name, role, question.text if alone else label), group="" if alone else question.text, why=why
    )


def _open(cells: pd.Series, texts: Sequence[str], role: str) -> tuple[str, str]:
    """Look whether the question asks who somebody is, or the field of a form does."""
    kinds_of = [open_kind(cells, text, role) for text in texts]
    return next((kind for kind in kinds_of if kind[0] == IDENTIFIER), kinds_of[0])


def _of_contact(question: Question, label: str) -> bool:
    fields = [re.sub(r"[^a-z0-9]", "", label.lower()) for label in (*question.labels.values(), label)]
    return fields[-1] in CONTACT and len(CONTACT & set(fields)) > 2


def _said(joined: dict[str, Joined], coded: Sequence[str]) -> list[str]:
    said = []
    if joined:
        said.append(
            f"Several options in one cell, with a comma between them: {', '.join(map(repr, joined))}."
        )
    for name, found in joined.items():
        if found.with_comma:
            options = "; ".join(repr(option) for option in found.with_comma[:20])
            said.append(f"In {name!r} these are one option each, though they hold a comma: {options}.")
    if coded:
        said.append(
            f"Numbers were read as ticked, as each stands in a column of its own: {len(coded)} options."
        )
    return said
