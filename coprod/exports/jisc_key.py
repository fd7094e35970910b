"""The key that comes with a coded export of Jisc Online Surveys: what was asked, and what the codes mean.

One column holds the codes of questions and, below each, those of its options; the other what they mean. The
data write a box one part longer than the key does: "Q9_2" is option 2 of "Q9", and "Q11_1_a_1" is the only
option of "Q11_1_a", a cell of the grid "Q11".
"""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from coprod.exports.coded import apart
from coprod.exports.headers import cleaned
from coprod.exports.raw import Raw, read_raw
from coprod.problems import FileRefused, Problem

NUMBER_OF_RESPONSE, DATE = "URN", "CompletionDate"
QUESTION = re.compile(r"[Qq]\d+[A-Za-z]?(?:_\w+)*")
CELL = re.compile(r"(\w+_\d+)_[a-z]")


class Entry(NamedTuple):
    """A question of the key, a statement of a grid, or a cell of one.

    Attributes
    ----------
    text : str
    labels : mapping of str to str
        What the codes mean, in order; empty where people answered in their own words, and above a grid.
    """

    text: str
    labels: Mapping[str, str]


class Asked(NamedTuple):
    """What a column of the data holds.

    Attributes
    ----------
    text : str
        The question, or the statement of a grid.
    group : str
        What the options of one question, or the statements of one grid, share; "" where alone.
    option : str
        The label of the box; "" where the column is none.
    labels : mapping of str to str
        What the codes mean; empty for boxes and people's own words.
    """

    text: str
    group: str = ""
    option: str = ""
    labels: Mapping[str, str] = {}


def is_key(raw: Raw) -> bool:
    """Say whether a file looks like a key, and not like answers."""
    first, *others = raw.head[0]
    return first.strip() == NUMBER_OF_RESPONSE and len(others) == 1 and not QUESTION.fullmatch(others[0])


def read_key(path: Path) -> dict[str, Entry]:
    """Read a key.

    Raises
    ------
    FileRefused
        It is no key, or damaged.
    """
    raw = read_raw(path)
    if not is_key(raw):
        said = "That is no key of Jisc Online Surveys: its first row does not begin with URN."
        remedy = "Give the file of two columns that is exported with the coded answers."
        raise FileRefused(path.name, [Problem(path.name, said, remedy, "1")])
    texts: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {}
    problems = []
    code = ""
    for row, (first, meaning) in enumerate(raw.body(1).itertuples(index=False), start=2):
        first = first.strip()
        if QUESTION.fullmatch(first) or first == DATE:
            problems += [_twice(path.name, row, first)] * (first in texts)
            code = first
            texts[code], labels[code] = cleaned(meaning), {}
        elif not first or not code or first in labels[code]:
            problems.append(_misplaced(path.name, row))
        else:
            labels[code][first] = cleaned(meaning) or first
    if problems:
        raise FileRefused(path.name, problems)
    return {code: Entry(text or code, apart(labels[code])) for code, text in texts.items()}


def asked(key: Mapping[str, Entry], name: str) -> Asked | None:
    """Find what a column of the data holds; None where the key does not have it."""
    base, _, last = name.rpartition("_")
    if name in key:
        cell = CELL.fullmatch(name)
        if cell and len(key[name].labels) == 1:
            return _box(key, name, *key[name].labels.values())
        stem = _stem(key, name)
        return Asked(key[name].text, key[stem].text if stem else "", labels=key[name].labels)
    if base in key and last in key[base].labels:
        return _box(key, base, key[base].labels[last])
    return None


def group_names(key: Mapping[str, Entry], found: Mapping[str, Asked]) -> dict[str, str]:
    """Name what boxes stand together, by column: two questions of the same words stay two.

    Returns
    -------
    groups : dict of str to str
        For the columns that are boxes.
    """
    owners = {name: _owner(key, name) for name, told in found.items() if told.option}
    texts = {owner: found[name].group for name, owner in owners.items()}
    times = Counter(texts.values())
    return {
        name: texts[owner] if times[texts[owner]] == 1 else f"{texts[owner]} ({owner})"
        for name, owner in owners.items()
    }


def _owner(key: Mapping[str, Entry], name: str) -> str:
    """Give the question, or the row of a grid, that a box belongs to."""
    base = name if name in key else name.rpartition("_")[0]
    cell = CELL.fullmatch(base)
    return cell[1] if cell else base


def _stem(key: Mapping[str, Entry], code: str) -> str:
    """Find the question above a statement, or above a cell: "Q11" for "Q11_1_a"; "" where there is none."""
    while "_" in code:
        code = code.rpartition("_")[0]
        if code in key:
            return code
    return ""


def _box(key: Mapping[str, Entry], code: str, label: str) -> Asked:
    stem = _stem(key, code)
    text = f"{key[stem].text.rstrip(':')}: {key[code].text}" if stem else key[code].text
    return Asked(text, text, label)


def _twice(file: str, row: int, code: str) -> Problem:
    remedy = "Export the key again: it may be two keys, one below the other."
    return Problem(file, "The question stands in the key twice.", remedy, str(row), code)


def _misplaced(file: str, row: int) -> Problem:
    said = "The option stands below no question, stands there twice, or has no code."
    return Problem(file, said, "Export the key again, together with the answers.", str(row))
