"""What kind of question a column holds, where the tool does not tell.

In doubt a column holds words: words stay out of a programme unless somebody asks for them, and an item can
be made of them later; the other way round, somebody's story would stand there as a label.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from coprod.exports.export import IDENTIFIER, ITEM, NUMBER, TEXT
from coprod.masking import masked

LONGEST = 300  # characters of a label
PROSE = 60  # characters of a label that one person alone gave, unless those that come back are long too
LOOKED_AT = 200  # different cells of a column that are searched for addresses and the like
PLAIN = frozenset({"yes", "no", "not sure", "unsure", "maybe", "partly", "don't know", "other"})
FILLERS = frozenset(
    {"no", "none", "nothing", "nope", "nil", "n/a", "na", "-", "--", ".", "no comment", "no comments"}
)
_NUMBER = re.compile(r"[-+\N{MINUS SIGN}]?\d{1,8}(?:[.,]\d{1,8})*")
_SCALE = re.compile(r"\d|10")
_LONG = re.compile(r"(?:[ ()+-]{0,3}\d){9,}")
_MASKED = re.compile(r"\[[a-zA-Z -]+\]")
_WHO = re.compile(
    r"(?i)\b(?:your|full|first|last|family|given|middle|maiden|preferred|contact)[ -]names?\b|^\W*names?\W*$|"
    r"\b(?:sur|fore|user|nick)name\b|\be-?mails?\b|\be-?post\b|\be-bost\b|\bcourriel\b|\bcorreo\b|"
    r"\b(?:tele)?phone\b|\bmobile n|\bpost ?code\b|\b(?:home|street|postal|ip) address\b|\borcid\b|"
    r"\bdate of birth\b|\b(?:student|staff|employee|nhs|membership|insurance) (?:id|number|no)\b"
)
_CODE = re.compile(
    r"(?i)\b(?:personal|unique|participant|respondent|your|own|self-(?:made|generated)|anonymous|linking) "
    r"(?:id|identifier|code)\b|\bletters? of (?:your|the)\b|\bmother(?:'|\u2019)?s\b|"
    r"\bday of (?:your )?birth\b"
)


class Kind(NamedTuple):
    """The role of a column, why it tells who somebody is, and how many answers one person alone gave."""

    role: str
    why: str
    own: int


def kinds(answers: pd.DataFrame, texts: Mapping[str, str]) -> dict[str, Kind]:
    """Find out what kind of question each column holds.

    An item has labels that come back, in it or in another column. Of its answers, those are counted that
    come back nowhere, and are neither a number nor a "yes": they may be words of somebody's own.

    Parameters
    ----------
    answers : DataFrame, shape (responses, questions)
        Text, "" where blank.
    texts : mapping of str to str
        What was asked, by column.
    """
    given = {name: _counted(answers[name]) for name in answers}
    roles = {name: _role(times) for name, times in given.items()}
    labels = _labels(given, roles)
    everywhere: Counter[str] = Counter()
    for times in given.values():
        everywhere.update(times)
    found = {}
    for name, times in given.items():
        role = ITEM if roles[name] == TEXT and times and set(times) <= labels else roles[name]
        why = _who(texts[name], role, list(times))
        own = sum(everywhere[cell] == 1 and not _plain(cell) for cell in times) if role == ITEM else 0
        found[name] = Kind(IDENTIFIER, why, 0) if why else Kind(role, "", own)
    return found


def _counted(cells: pd.Series) -> Counter[str]:
    counted: Counter[str] = Counter()
    for cell, times in Counter(cells.tolist()).items():
        if cell.strip():
            counted[cell.strip()] += times
    return counted


def _plain(cell: str) -> bool:
    return cell.lower() in PLAIN | FILLERS or bool(_NUMBER.fullmatch(cell))


def _role(times: Counter[str]) -> str:
    if not times or max(map(len, times)) > LONGEST:
        return TEXT
    if all(_NUMBER.fullmatch(cell) for cell in times):
        return ITEM if all(_SCALE.fullmatch(cell) for cell in times) else NUMBER
    if {cell.lower() for cell in times} <= PLAIN:
        return ITEM
    labels = {cell: count for cell, count in times.items() if cell.lower() not in FILLERS}
    single = [cell for cell, count in labels.items() if count == 1]
    longest = max([len(cell) for cell, count in labels.items() if count > 1], default=0)
    prose = any(len(cell) > max(PROSE, 1.5 * longest) or ". " in cell or "\n" in cell for cell in single)
    return TEXT if prose or not labels or len(single) > sum(labels.values()) / 3 else ITEM


def _labels(given: Mapping[str, Counter[str]], roles: Mapping[str, str]) -> set[str]:
    """List what is a label elsewhere: of an item, or found in two columns."""
    columns = Counter(cell for times in given.values() for cell in times if len(cell) <= LONGEST)
    twice = {cell for cell, count in columns.items() if count > 1 and cell.lower() not in FILLERS}
    of_items = {cell for name, times in given.items() if roles[name] == ITEM for cell in times}
    return twice | of_items


def _who(text: str, role: str, cells: list[str]) -> str:
    looked_at = cells[:LOOKED_AT]
    if _CODE.search(text):
        return "A code, or a part of one, that people made themselves."
    if role in (TEXT, NUMBER) and _WHO.search(text):
        return "The question asks who somebody is, or how to reach them."
    hidden = [(cell, masked(cell)) for cell in looked_at]
    addresses = sum(cell != words and bool(_MASKED.fullmatch(words)) for cell, words in hidden)
    if role != ITEM:  # the same long number twice is a label, such as "100000 - 200000"
        addresses = max(addresses, sum(bool(_LONG.fullmatch(cell)) for cell in looked_at))
    if looked_at and addresses >= len(looked_at) / 2:
        return "Most answers look like an address, a telephone number or a link."
    return ""
