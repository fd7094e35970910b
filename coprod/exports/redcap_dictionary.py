"""REDCap's data dictionary: one row for each field, with its form, its type and its choices.

Two exports hold the same columns: the CSV of the online designer, and the metadata of the API. The header of
the first may be in another language, and so its place counts and not its name.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from coprod.exports.export import IDENTIFIER, ITEM, METADATA, NUMBER, OPTION, TEXT
from coprod.exports.headers import cleaned
from coprod.exports.tables import read_either
from coprod.problems import FileRefused, Problem

DESIGNER = ("Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label")
API = ("field_name", "form_name", "section_header", "field_type", "field_label")
WIDTH = 16  # columns up to the matrix; later versions added more behind it
CHOSEN = ("radio", "dropdown")
CHECKBOX = "checkbox"
SHOWN_ONLY = "descriptive"  # words or a picture between questions: nothing is answered
FIXED = {"yesno": {"0": "No", "1": "Yes"}, "truefalse": {"0": "False", "1": "True"}}
ITEMS = (*CHOSEN, *FIXED, "sql")
NUMBERS = ("slider", "calc")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WHO = re.compile(r"email|phone.*|postal.*|zip.*|ssn|.*mrn.*")
_TIME = re.compile(r"(?:date|datetime|time)(?:_.*)?")
_NUMERIC = re.compile(r"(?:integer|number)(?:_.*)?")
_BIRTH = re.compile(r"(?i)\bdob\b|birth")


class Field(NamedTuple):
    """One field of a form.

    Attributes
    ----------
    name, form, section, kind, label, validation, matrix : str
        As in the dictionary, without tags; ``section`` is the header above the field, and of a matrix the
        one above its first field.
    choices : dict of str to str
        Labels by code, in the order of the dictionary; empty where nothing is chosen.
    identifier, branching : bool
        Whether it tells who somebody is; whether it is shown to some only.
    """

    name: str
    form: str
    section: str
    kind: str
    label: str
    choices: dict[str, str]
    validation: str
    identifier: bool
    branching: bool
    matrix: str


def is_dictionary(header: Sequence[str]) -> bool:
    """Say whether a header row is that of a data dictionary."""
    start = tuple(cell.strip() for cell in header[:5])
    return len(header) >= WIDTH and start in (DESIGNER, API)


def read_dictionary(path: Path) -> dict[str, Field]:
    """Read a data dictionary.

    Returns
    -------
    dict of str to Field
        By name, in the order of the forms.

    Raises
    ------
    FileRefused
        It is no data dictionary, or damaged.
    """
    raw = read_either(path)
    if not is_dictionary(raw.head[0]):
        said = "That is no REDCap data dictionary."
        remedy = "Download it from the designer as CSV, or import the answers without it."
        raise FileRefused(path.name, [Problem(path.name, said, remedy, "1")])
    fields: dict[str, Field] = {}
    problems = []
    headers: dict[str, str] = {}
    for line, row in enumerate(raw.body(1).itertuples(index=False), start=2):
        field = _field([str(cell).strip() for cell in row], headers)
        if not _NAME.fullmatch(field.name) or field.name in fields:
            said = "That is no name of a field, or it stands there twice."
            problems.append(
                Problem(path.name, said, "Download the dictionary again.", str(line), DESIGNER[0])
            )
        fields[field.name] = field
    if problems:
        raise FileRefused(path.name, problems[:100])
    return fields


def choices_of(text: str) -> dict[str, str]:
    """Take choices such as "1, Yes, often | 2,No" apart; what stands before the first comma is the code."""
    parts = [part.strip() for part in text.split("|") if part.strip()]
    cut = [(code.strip(), cleaned(label)) for code, _, label in (part.partition(",") for part in parts)]
    return {code: label or code for code, label in cut}


def role_of(field: Field) -> tuple[str, str]:
    """Say what a field's columns are, and why where that is not an answer."""
    dated = bool(_TIME.fullmatch(field.validation))
    if field.identifier:
        return IDENTIFIER, "The data dictionary marks it as an identifier."
    if _WHO.fullmatch(field.validation):
        return IDENTIFIER, "Its validation asks for an address, a telephone number or a number of a person."
    if dated and (_BIRTH.search(field.label) or _BIRTH.search(field.name)):
        return IDENTIFIER, "A date of birth."
    if field.kind == "file":
        return IDENTIFIER, "A file that somebody sent, or a signature."
    if dated:
        return METADATA, "A date or a time."
    if field.kind in NUMBERS or _NUMERIC.fullmatch(field.validation):
        return NUMBER, ""
    return {CHECKBOX: OPTION, **dict.fromkeys(ITEMS, ITEM)}.get(field.kind, TEXT), ""


def ticked_columns(fields: Mapping[str, Field]) -> dict[str, tuple[str, str]]:
    """List the columns that checkboxes have in an export: field and code by column.

    REDCap writes codes in small letters there, with "_" for a minus sign.
    """
    found = {}
    for field in fields.values():
        for code in field.choices if field.kind == CHECKBOX else ():
            small = code.lower().replace("-", "_")
            for spelled in (code, re.sub(r"\W", "_", small), re.sub(r"\W", "", small)):
                found.setdefault(f"{field.name}___{spelled}", (field.name, code))
    return found


def _field(row: Sequence[str], headers: dict[str, str]) -> Field:
    """Make a field of a row; `headers` remembers what stands above each matrix."""
    kind, matrix, section = row[3].lower(), row[15], cleaned(row[2])
    stem = headers.setdefault(matrix, section) if matrix else section
    given = FIXED.get(kind) or (choices_of(row[5]) if kind in (*CHOSEN, CHECKBOX) else {})
    return Field(
        row[0],
        row[1],
        stem,
        kind,
        cleaned(row[4]) or row[0],
        given,
        row[7].lower(),
        row[10].lower() == "y",
        bool(row[11]),
        matrix,
    )
