"""The header rows of a Qualtrics export: names, questions, and the identifiers that no language changes.

The third row holds ``{"ImportId":"QID5_2"}``: metadata are known by it whatever the survey's language, and
columns of one question by the number after QID. The legacy export has two rows and no such identifiers;
exports that somebody shortened have fewer. What is missing is made up for by the names, and said.
"""

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from coprod.exports.export import IDENTIFIER, METADATA
from coprod.exports.headers import cleaned
from coprod.exports.questions import refused
from coprod.exports.raw import Raw
from coprod.problems import FileRefused, Problem

TITLE = "Qualtrics"
ENOUGH = 3  # of the names below, for a file to be one of Qualtrics
WHO = (
    *("ipaddress", "recordid", "responseid", "recipientlastname", "recipientfirstname", "recipientemail"),
    *("recipientphone", "externalreference", "externaldatareference", "locationlatitude"),
    *("locationlongitude", "locationaccuracy", "emailaddress", "email", "name"),
)
FORM = (
    *("startdate", "enddate", "recordeddate", "status", "progress", "duration", "durationinseconds"),
    *("finished", "distributionchannel", "userlanguage", "responseset", "responsesetid"),
)
OWN = frozenset(  # as they are spelt; other tools have a "Start Date" too
    {
        *("StartDate", "EndDate", "RecordedDate", "IPAddress", "Duration (in seconds)", "ResponseId"),
        *("ResponseID", "ResponseSet", "RecipientLastName", "RecipientFirstName", "RecipientEmail"),
        *("ExternalReference", "ExternalDataReference", "LocationLatitude", "LocationLongitude"),
        *("DistributionChannel", "UserLanguage"),
    }
)
THREE = (
    'Qualtrics writes three: the names, the questions, and {"ImportId": ...}. Export it again, and open it '
    "in no spreadsheet before."
)
_IMPORT = re.compile(r"""^\{\s*["']ImportId["']\s*:""")
_PARTS = re.compile(r"""["'](\w+)["']\s*:\s*["']?([^"'{},]*)""")
_SET = re.compile(r"(?i)^(?:panel|location)-")
_VALUE = re.compile(r"^(?:\d|R_)")  # a date, or a response's number: no header


class Field(NamedTuple):
    """What stands above a column.

    Attributes
    ----------
    place : int
        Which column it is, from 0.
    name : str
        Of the first row, as it stands there.
    text : str
        The question, cleaned; the name where there is none.
    key, choice, zone : str
        The ImportId, the choice and the time zone of the third row; "" where there is none. Without a
        third row, the key is the name of Qualtrics' own column, or "".
    """

    place: int
    name: str
    text: str
    key: str = ""
    choice: str = ""
    zone: str = ""


def plain(name: str) -> str:
    """Take case, blanks and what stands before a panel's field out of a name, to compare it."""
    return re.sub(r"[^a-z]", "", _SET.sub("", name).lower())


def of_qualtrics(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first rows of a file are those of a Qualtrics export."""
    return any(map(_identifies, rows[:3])) or any(len(_own(row)) >= ENOUGH for row in rows[:2])


def own(field: Field) -> tuple[str, str]:
    """Find the role of one of Qualtrics' own columns, and why; "" for others."""
    if plain(field.key) in WHO:
        return IDENTIFIER, "Qualtrics' column for who answered, or where they were."
    return (METADATA, "About the form, not about the person.") if plain(field.key) in FORM else ("", "")


def header(raw: Raw) -> tuple[list[Field], int, list[str]]:
    """Read the header rows.

    Returns
    -------
    fields : list of Field
        One for each column.
    rows : int
        How many header rows there are.
    decided : list of str

    Raises
    ------
    FileRefused
        It is no export of Qualtrics, or a header row is missing that cannot be done without.
    """
    head = raw.head[:3]
    if not of_qualtrics(head):
        raise refused(raw.file, TITLE, "StartDate, EndDate, Status")
    third = next((place for place, row in enumerate(head) if _identifies(row)), None)
    if third is None:
        return _without_identifiers(raw)
    if third < 2:
        said = f"There are {third + 1} header rows."
        raise FileRefused(raw.file, [Problem(raw.file, said, THREE, str(third + 1))])
    fields = []
    for place, (name, text, told) in enumerate(zip(*head, strict=True)):
        parts = _parts(told)
        key = parts.get("ImportId", "").replace("-", "_") if "QID" in told else parts.get("ImportId", "")
        fields.append(
            Field(
                *(place, name, cleaned(text) or cleaned(name), key),
                *(parts.get("choiceId", ""), parts.get("timeZone", "")),
            )
        )
    return fields, 3, []


def _without_identifiers(raw: Raw) -> tuple[list[Field], int, list[str]]:
    names = raw.head[0]
    below = raw.head[1] if len(raw.head) > 1 else [""] * len(names)
    legacy = len(_own(below)) >= ENOUGH
    texts = legacy or not any(
        _VALUE.match(cell) for name, cell in zip(names, below, strict=True) if _own([name])
    )
    fields = []
    for place, (name, text) in enumerate(zip(names, below, strict=True)):
        key = next((part for part in (name, text if legacy else "") if plain(part) in WHO + FORM), "")
        fields.append(Field(place, name, (cleaned(text) if texts else "") or cleaned(name), key))
    said = (
        "The row of identifiers is missing, as in the legacy export: columns were told apart by their names."
    )
    no_texts = [] if texts else ["The row of questions is missing: the names of the columns stand for them."]
    return fields, 2 if texts else 1, [said, *no_texts]


def _own(row: Sequence[str]) -> set[str]:
    return {cell.strip() for cell in row} & OWN


def _identifies(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return sum(bool(_IMPORT.match(cell.strip())) for cell in filled) > len(filled) / 2


def _parts(told: str) -> dict[str, str]:
    """Read the identifiers of a column; the legacy export writes them with single quotes."""
    try:
        parts = json.loads(told)
    except ValueError:
        parts = dict(_PARTS.findall(told))
    return {key: str(value) for key, value in parts.items()} if isinstance(parts, dict) else {}
