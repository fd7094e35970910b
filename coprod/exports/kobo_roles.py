"""What the columns of a Kobo or ODK export hold: by the type of the question, or else by the answers."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from coprod.exports.choices import telling
from coprod.exports.export import IDENTIFIER, ITEM, JOINED, METADATA, NUMBER, OPTION, TEXT, column
from coprod.exports.joined import comes_back
from coprod.exports.kinds import kinds
from coprod.exports.kobo_columns import ABOUT, ANSWER, FILE, OPTION_OF, PLACE, WHO, Head
from coprod.exports.xlsform import MANY, ONE, RANKED, Question

BLANK = " "  # between the codes of what was ticked
WHY = {
    ABOUT: (METADATA, "About the form."),
    WHO: (IDENTIFIER, "The number of the submission, of the device or of the account."),
    PLACE: (IDENTIFIER, "Where somebody was."),
    FILE: (IDENTIFIER, "A file that somebody sent, or the way to it."),
}
PLACES = frozenset({"geopoint", "geotrace", "geoshape", "start-geopoint", "gps", "location"})
FILES = frozenset({"image", "photo", "audio", "video", "file", "background-audio"})
PERSONS = frozenset({"barcode", "username", "email", "phonenumber", "phone number", "deviceid", "device id"})
PERSONS |= {"subscriberid", "subscriber id", "simserial", "sim id"}
TIMES = frozenset({"start", "end", "today", "date", "time", "datetime"})
WORKED_OUT = frozenset({"calculate", "hidden", "audit", "xml-external"})
NUMBERS = frozenset({"integer", "int", "decimal", "range"})
ITEMS = frozenset({ONE, "acknowledge", "trigger", "score__row", "rank__level"})
_BIRTH = re.compile(r"(?i)\bdob\b|birth")
_POINT = re.compile(r"-?\d{1,3}\.\d+ -?\d{1,3}\.\d+(?: -?\d+(?:\.\d+)?){0,2}(?:;.*)?", re.DOTALL)
_CODES = re.compile(r"[\w.-]+(?: [\w.-]+)*")


def described_columns(
    answers: pd.DataFrame, found: Sequence[Head], form: Sequence[Question]
) -> dict[str, dict[str, str]]:
    """Describe every column.

    Parameters
    ----------
    answers : DataFrame, shape (responses, columns)
    found : sequence of Head
    form : sequence of Question

    Returns
    -------
    dict of str to dict
        By column; ``scale`` is not filled in yet.
    """
    told = {}
    unknown = [head for head in found if head.about == ANSWER and head.question < 0]
    guessed = _guessed(answers, unknown)
    for head in found:
        if head.about in WHY:
            role, why = WHY[head.about]
            told[head.column] = column(head.column, role, head.header, why=why)
        elif head.question >= 0:
            told[head.column] = _known(head, form[head.question])
        elif head.about == OPTION_OF:
            told[head.column] = column(head.column, OPTION, head.group, group=head.group, option=head.code)
        else:
            told[head.column] = guessed[head.column]
    words = {name: each["text"] for name, each in told.items() if each["role"] == TEXT}
    for name, why in telling(answers, words).items():
        told[name] |= {"role": IDENTIFIER, "why": why}
    return told


def _known(head: Head, question: Question) -> dict[str, str]:
    language = max(head.language, 0)
    text = question.texts[language] or question.name
    if head.about == OPTION_OF:
        option = question.choices[head.code][language]
        return column(head.column, OPTION, text, group=head.group, option=option)
    if question.kind in (MANY, RANKED):
        return column(head.column, JOINED, text, separator=BLANK)
    role, why = _role_of(question, text)
    stems = [texts[language] for texts in question.above if texts[language]] if role == ITEM else []
    return column(head.column, role, text, group=stems[-1] if stems else "", why=why)


def _role_of(question: Question, text: str) -> tuple[str, str]:
    kind = question.kind
    if kind in PLACES:
        return WHY[PLACE]
    if kind in FILES:
        return WHY[FILE]
    if kind in PERSONS:
        return IDENTIFIER, "The form asks for a number or an address of a person or a device."
    if kind in TIMES and (_BIRTH.search(text) or _BIRTH.search(question.name)):
        return IDENTIFIER, "A date of birth."
    if kind in TIMES:
        return METADATA, "A date or a time."
    if kind in WORKED_OUT:
        return METADATA, "The form worked it out."
    return {**dict.fromkeys(NUMBERS, NUMBER), **dict.fromkeys(ITEMS, ITEM)}.get(kind, TEXT), ""


def _guessed(answers: pd.DataFrame, unknown: Sequence[Head]) -> Mapping[str, dict[str, str]]:
    """Describe columns of which no form tells anything."""
    names = [head.column for head in unknown]
    located = {name for name in names if _all_match(_POINT, answers[name])}
    joined = {
        name for name in names if _all_match(_CODES, answers[name]) and comes_back(answers[name], BLANK)
    }
    found = kinds(answers[names], {head.column: head.header for head in unknown})
    told = {}
    for head in unknown:
        role, why, _ = found[head.column]
        if head.column in located:
            role, why = WHY[PLACE]
        elif head.column in joined and role != IDENTIFIER:
            role = JOINED
        separator = BLANK if role == JOINED else ""
        told[head.column] = column(head.column, role, head.header, why=why, separator=separator)
    return told


def _all_match(pattern: re.Pattern[str], cells: pd.Series) -> bool:
    given = [cell for cell in cells.unique() if cell]
    return bool(given) and all(map(pattern.fullmatch, given))
