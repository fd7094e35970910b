"""Opening an export whose first row names its columns, whether it is a workbook or separated values."""

import csv
import re
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from coprod.exports.headers import cleaned, named
from coprod.exports.raw import MARKS, SEPARATORS, Raw, read_raw
from coprod.exports.workbook import opening_of_workbook, read_workbook
from coprod.problems import FileRefused, Problem
from coprod.spreadsheets import OLD

PACKED = b"PK"  # what a workbook begins with, as every zip file does
ENOUGH = 1_000_000  # bytes; the header of the widest survey fits
# What no question is, if that is all of it: a moment, an e-mail address, the address of a machine.
ANSWERED = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]+\d{1,2}:\d\d.{0,30}|"
    r"[^\s@]{1,100}@[^\s@]{1,100}|\d{1,3}(\.\d{1,3}){3}"
)
RESPONSES = ("Response", "Open-Ended Response")


class Table(NamedTuple):
    """An export with one header row.

    Attributes
    ----------
    file : str
    headers : list of str
        As they stand in the file, in the order of the columns.
    answers : DataFrame, shape (responses, columns)
        Text, "" where blank; columns under cleaned names, no name twice.
    dropped : DataFrame
        Rows without anything in them.
    decided : tuple of str
    """

    file: str
    headers: list[str]
    answers: pd.DataFrame
    dropped: pd.DataFrame
    decided: tuple[str, ...]


def read_either(path: Path) -> Raw:
    """Read a workbook, or a file of separated values, by what it begins with.

    Raises
    ------
    FileRefused
        As for `read_raw` and `read_workbook`.
    """
    return read_workbook(path) if _is_workbook(path) else read_raw(path)


def read_table(path: Path) -> Table:
    """Read an export with one header row; columns that nothing stands in or above are gone.

    Raises
    ------
    FileRefused
        As for `read_raw` and `read_workbook`; or there are no answers, or there is no header row.
    """
    raw = read_either(path)
    body = raw.body(1)
    if body.empty:
        remedy = "Export it again when somebody has answered."
        raise FileRefused(path.name, [Problem(path.name, "There are no answers in it.", remedy)])
    kept = [place for place, header in enumerate(raw.head[0]) if cleaned(header) or (body[place] != "").any()]
    headers = [raw.head[0][place] for place in kept]
    names, decided = named(headers)
    answers = body[kept].set_axis(names, axis=1)
    _check_header(path.name, headers, answers)
    return Table(path.name, headers, answers, _blank(raw.rows - 1 - len(body)), (*raw.decided, *decided))


def openings(path: Path, count: int = 2) -> list[list[list[str]]]:
    """Read the first rows, cut by each separator that may be meant; nothing where they cannot be read.

    Cheap, and never raises: it is for finding out which tool made a file.

    Returns
    -------
    list of list of list of str
        Ways to cut, of rows, of cleaned cells; rows without anything are left out.
    """
    try:
        if _is_workbook(path):
            ways = [opening_of_workbook(path, count)]
        else:
            with path.open("rb") as file:
                text = _decoded(file.read(ENOUGH))
            ways = [_cut(text, separator, count) for separator in SEPARATORS]
    except (OSError, csv.Error, FileRefused):
        return []
    return [[[cleaned(cell) for cell in row] for row in rows] for rows in ways if rows]


def none_dropped() -> pd.DataFrame:
    """Give the table of what was left out, with nothing in it yet."""
    return pd.DataFrame({"what": [], "rows": [], "why": []}, dtype=object)


def dropped(what: str, rows: int, why: str) -> pd.DataFrame:
    """Give a row of the table of what was left out; none for no rows."""
    return (
        pd.DataFrame({"what": [what], "rows": [rows], "why": [why]}, dtype=object) if rows else none_dropped()
    )


def _is_workbook(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(len(OLD))
    except OSError:
        return False
    return start.startswith((PACKED, OLD))


def _decoded(start: bytes) -> str:
    mark = next((encoding for bom, encoding in MARKS.items() if start.startswith(bom)), "utf-8")
    return start.decode(mark, errors="replace")  # what is cut off at the end, or is cp1252, changes no comma


def _cut(text: str, separator: str, count: int) -> list[list[str]]:
    rows = []
    for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
        rows += [row] * any(row)
        if len(rows) == count:
            break
    return rows


def _blank(rows: int) -> pd.DataFrame:
    return dropped("rows without anything", rows, "Nothing stands in them.")


def _check_header(file: str, headers: Sequence[str], answers: pd.DataFrame) -> None:
    """Refuse a file whose first row is no header.

    It is somebody's answers where most of it stands again below, among others, or where a moment or an
    address stands in it and above others; and SurveyMonkey's second row where it says "Response" again and
    again. Without the header nobody knows which columns tell who people are.
    """
    again = [
        header in (given := set(answers.iloc[:, place])) and bool(given - {header, ""})
        for place, header in enumerate(headers)
        if header.strip()
    ]
    own = [place for place, header in enumerate(headers) if ANSWERED.fullmatch(header.strip())]
    told = any(answers.iloc[:, place].str.strip().str.fullmatch(ANSWERED).mean() > 0.5 for place in own)
    options = sum(header.strip() in RESPONSES for header in headers)
    if sum(again) > len(again) / 2 or told or options > 1:
        remedy = "Export it again with the questions in the first row."
        raise FileRefused(file, [Problem(file, "The first row holds answers: no header row.", remedy, "1")])
