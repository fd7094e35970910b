"""Which columns of a Qualtrics export belong to one question, and what each of them is to it.

The ImportId tells most: a choice that can be ticked, words of a person's own, what Qualtrics worked out.
Older exports do not tell a choice from a statement of a grid; the cells do, as a choice holds nothing but
its own label, or 1. Where there are no ImportIds, names such as Q5_1 belong together if their texts do.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from coprod.exports.export import NOT_SEEN
from coprod.exports.headers import cleaned
from coprod.exports.qualtrics_header import Field, own
from coprod.exports.stems import beginning, cut

NO_ANSWER = frozenset({"", "0", "-99", NOT_SEEN})
OPTION, SINGLE, STATEMENT, WORDS = "option", "single", "statement", "words"
_QUESTION = re.compile(r"((?:.+?_)?QID\d+(?:#\d+)?)(.*)")
_NUMBERED = re.compile(r"(.+)_\d+")
_DERIVED = re.compile(
    r"(?i).*_(?:DO(?:_.*)?|(?:first|last)[_ ]click|page[_ ]submit|click[_ ]count|browser|version|os|"
    r"operating system|resolution|user[_ ]agent|NPS_GROUP|TEXT_.+|FILE_(?:ID|NAME|SIZE|TYPE))|(?:SC|Q)_.+"
)


class Question(NamedTuple):
    """One question, and what stands beside it in the header of each column; by the column's name.

    Attributes
    ----------
    name : str
        As the export calls it; no other question has it.
    text : str
        What was asked.
    options : dict of str to str
        Choices that could be ticked.
    statements : dict of str to str
        The statements of a grid, the fields of a form; the question itself where that is all there is.
    single : dict of str to str
        The column of a question of which one answer could be chosen, or several that are joined.
    words : dict of str to str
        Words of a person's own.
    """

    name: str
    text: str
    options: dict[str, str]
    statements: dict[str, str]
    single: dict[str, str]
    words: dict[str, str]

    @property
    def columns(self) -> list[str]:
        """All its columns."""
        return [*self.options, *self.statements, *self.single, *self.words]


def derived(field: Field) -> bool:
    """Say whether Qualtrics worked a column out: times on a page, the order of display, scores, topics."""
    return bool(_DERIVED.fullmatch(field.key or field.name))


def questions_of(fields: Sequence[Field], answers: pd.DataFrame) -> list[Question]:
    """Put the columns of one question together; Qualtrics' own, and what it worked out, are left aside."""
    asked = [field for field in fields if not own(field)[0] and not derived(field)]
    numbered: dict[str, list[Field]] = {}
    for field in asked:
        if not field.key and (found := _NUMBERED.fullmatch(field.name)):
            numbered.setdefault(found[1], []).append(field)
    alike = {base for base, group in numbered.items() if len(group) > 1 and cut([f.text for f in group])[0]}
    found_columns: dict[str, list[Field]] = {}
    for field in asked:
        if key := _key(field, alike):
            found_columns.setdefault(key, []).append(field)
    names = _names(found_columns)
    return [_question(names[key], columns, answers) for key, columns in found_columns.items()]


def _key(field: Field, alike: set[str]) -> str:
    """Say which question a column belongs to; "" where to none, as what a survey's maker embedded."""
    if not field.key:
        found = _NUMBERED.fullmatch(field.name)
        return found[1] if found and found[1] in alike else field.name
    found = _QUESTION.fullmatch(field.key)
    if not found:
        return ""
    return field.key if field.choice and not found[2].endswith("_TEXT") else found[1]


def _names(columns: Mapping[str, Sequence[Field]]) -> dict[str, str]:
    names, taken = {}, Counter()
    for key, fields in columns.items():
        name = beginning([field.name for field in fields])
        name = (name.rstrip("_# ") if len(fields) > 1 else _base(fields[0])) or key
        taken[name] += 1
        names[key] = name if taken[name] == 1 else f"{name} ({taken[name]})"
    return names


def _base(field: Field) -> str:
    found = _NUMBERED.fullmatch(field.name) if field.choice else None
    return found[1] if found else field.name


def _question(name: str, fields: Sequence[Field], answers: pd.DataFrame) -> Question:
    parts = {field.name: _part(field, fields) for field in fields}
    text, labels = _cut(fields, parts)
    by_part: dict[str, dict[str, str]] = {part: {} for part in (OPTION, STATEMENT, SINGLE, WORDS)}
    for field, label in zip(fields, labels, strict=True):
        part = parts[field.name]
        if part == OPTION and len(_given(answers[field.name])) > 1:
            part = STATEMENT  # more than a tick
        by_part[part][field.name] = label
    if not by_part[OPTION] and _ticks(by_part[STATEMENT], answers):
        by_part[OPTION], by_part[STATEMENT] = by_part[STATEMENT], {}
    if len(by_part[OPTION]) > 1 and by_part[WORDS]:  # "question - Selected Choice - choice"
        options = by_part[OPTION]
        by_part[OPTION] = dict(zip(options, cut(list(options.values()))[1], strict=True))
    return Question(name, text, *(by_part[part] for part in (OPTION, STATEMENT, SINGLE, WORDS)))


def _part(field: Field, fields: Sequence[Field]) -> str:
    found = _QUESTION.fullmatch(field.key)
    if not found:
        return STATEMENT
    if found[2].endswith("_TEXT"):
        return WORDS
    if field.choice:
        return OPTION
    alone = sum(other.key == field.key for other in fields) == 1
    return SINGLE if not found[2] and alone else STATEMENT


def _cut(fields: Sequence[Field], parts: Mapping[str, str]) -> tuple[str, list[str]]:
    """Find what was asked, and what each column adds to it."""
    texts = [field.text for field in fields]
    if len(fields) == 1 and (not fields[0].key or _whole(fields[0])):
        return texts[0], texts
    stem, labels = cut(texts)
    single = next((field.text for field in fields if parts[field.name] == SINGLE), "")
    return stem or single or texts[0], labels


def _whole(field: Field) -> bool:
    found = _QUESTION.fullmatch(field.key)
    return bool(found) and not field.choice and found[2] in ("", "_TEXT")


def _given(cells: pd.Series) -> set[str]:
    return set(cells.unique()) - NO_ANSWER


def _ticks(labels: Mapping[str, str], answers: pd.DataFrame) -> bool:
    """Say whether columns hold nothing but ticks: each its own label, or 1 and not in every row."""
    given = {name: _given(answers[name]) for name in labels}
    if len(labels) < 2 or not any(given.values()):
        return False
    if all({cleaned(cell) for cell in found} <= {labels[name]} for name, found in given.items()):
        return True
    ones = all(found <= {"1"} for found in given.values())
    return ones and bool((answers[list(labels)] != "1").any(axis=None))
