"""What the columns of a table are, where nothing but headers and cells can tell."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from coprod.exports.export import IDENTIFIER, METADATA, column
from coprod.exports.headers import cleaned
from coprod.exports.questions import Asked

MOSTLY = 0.9  # of the cells that must be dates, for a column to hold dates
LOOKED_AT = 200  # different cells of a column
WHOSE = "The header asks who somebody is, or how to reach them."
MANY = 20  # different cells, of which one label may be spelt with more or fewer blanks
FEW = 3  # rows; numbers of fewer do not count anything
_MADE_UP = re.compile(r"(?i)(?:(?:column|unnamed:?|field|spalte|colonne)[ _]?\d+)?")
_BESIDE = re.compile(r"(.+?)(?: ?\[([^\[\]]+)\]| - (.+)|: (.+))")
_CODED = re.compile(r"\w{1,40}\[\w{1,40}\]\. ")  # "q3[a]. " before the question
_ID = re.compile(
    r"(?i)(?:^|[\W_])(?:id|uuid|guid|urn|token|respondent|participant)(?:[\W_]|$)|(?-i:[a-z]I[dD]$)"
)
_WHERE = re.compile(r"(?i)(?:^|[\W_])(?:lat|lon|lng)(?:[\W_]|$)|latitude|longitude")
_WHOSE = re.compile(  # a header of one or two words that asks who somebody is, whatever the cells look like
    r"(?i)(?:recipient|participant|respondent|contact|your)?[ _-]?(?:"
    r"(?:(?:first|last|full|family|given|sur|fore|user|nick)[ _-]?)?names?|"
    r"(?:e-?mail|telephone|phone|mobile|ip)(?:[ _-]?(?:address|number|no\.?))?|"
    r"(?:home|postal|street)?[ _-]?address|post[ _-]?code|zip(?:[ _-]?code)?|(?:date of birth|dob))\W*"
)
_BORN = re.compile(r"(?i)\b(?:birth|born)")
_DATE = r"\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ T,].{0,40})?\s*"
_ADDRESS = r"\s*\d{1,3}(?:\.\d{1,3}){3}\s*"
_COUNT = r"[1-9]\d{0,7}"
_RANDOM = r"(?=.*\d)[\w-]{8,}"


class Ticked(NamedTuple):
    """A question of which several options could be ticked.

    Attributes
    ----------
    text : str
    options : dict of str to str
        Labels by column.
    words : tuple of str
        Columns beside them that hold other words.
    """

    text: str
    options: dict[str, str]
    words: tuple[str, ...] = ()


def about(answers: pd.DataFrame, headers: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Describe the columns that tell who somebody is, or when they answered."""
    told = {}
    for name, header in headers.items():
        cells = answers[name]
        given = cells[cells != ""]
        if given.empty:
            continue
        if why := WHOSE if _WHOSE.fullmatch(header) else _who(header, given):
            told[name] = column(name, IDENTIFIER, header, why=why)
        elif given.drop_duplicates().head(LOOKED_AT).str.fullmatch(_DATE).mean() >= MOSTLY:
            born = bool(_BORN.search(header))
            told[name] = column(name, IDENTIFIER if born else METADATA, header, why="It holds dates.")
    return told


def _who(header: str, given: pd.Series) -> str:
    some = given.drop_duplicates().head(LOOKED_AT)
    if some.str.fullmatch(_ADDRESS).all() or _WHERE.search(header):
        return "It holds addresses of computers, or places."
    if some.str.contains(r"\s").any() or not given.is_unique:
        return ""
    if _ID.search(header):
        return "It is called a number of a person, and is another for everybody."
    if len(given) < FEW:
        return ""
    if some.str.fullmatch(_COUNT).all() and pd.to_numeric(given, errors="coerce").diff()[1:].eq(1).all():
        return "It counts the rows."
    return "It is a code that is another for everybody." if some.str.fullmatch(_RANDOM).all() else ""


def options_in(answers: pd.DataFrame, headers: Mapping[str, str]) -> list[Ticked]:
    """Find the questions of which several options could be ticked, each in a column of its own."""
    given = {name: {cleaned(cell) for cell in answers[name].unique()[:MANY]} - {""} for name in headers}
    return [*_under_made_up_headers(headers, given), *_beside_questions(headers, given)]


def _under_made_up_headers(headers: Mapping[str, str], given: Mapping[str, set[str]]) -> Iterator[Ticked]:
    block: list[str] = []
    for name in [*headers, ""]:
        if name and block and _MADE_UP.fullmatch(headers[name]):
            block.append(name)
            continue
        single = {column: next(iter(given[column])) for column in block if len(given[column]) == 1}
        if len(single) > 1 and block[0] in single and len(set(single.values())) == len(single):
            words = tuple(column for column in block if column not in single)
            yield Ticked(headers[block[0]], single, words)
        block = [name] if name and not _MADE_UP.fullmatch(headers[name]) else []


def _beside_questions(headers: Mapping[str, str], given: Mapping[str, set[str]]) -> Iterator[Ticked]:
    cut = {name: beside for name, header in headers.items() if (beside := _cut(header))}
    stems = Counter(stem for name, (stem, label) in cut.items() if given[name] == {label})
    for stem, times in stems.items():
        columns = {name: label for name, (own, label) in cut.items() if own == stem}
        if times > 1 and all(given[name] <= {label} for name, label in columns.items()):
            yield Ticked(stem, columns)


def _cut(header: str) -> tuple[str, str] | None:
    found = _BESIDE.fullmatch(_CODED.sub("", header, count=1))
    return (found[1], found[2] or found[3] or found[4]) if found else None


def asked_in(headers: Mapping[str, str]) -> dict[str, Asked]:
    """Find the statements of grids: headers ``question [statement]``, more than one of a question."""
    cut = {
        name: beside for name, header in headers.items() if header.endswith("]") and (beside := _cut(header))
    }
    stems = Counter(stem for stem, _ in cut.values())
    return {
        name: Asked(cut[name][1], cut[name][0]) if name in cut and stems[cut[name][0]] > 1 else Asked(header)
        for name, header in headers.items()
    }
