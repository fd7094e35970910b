"""Reading a programme's files whole, or saying why not. Nothing is read half."""

import codecs
import csv
import tomllib
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from coprod.problems import Problem

NUL = "There are NUL bytes in the file, which no text has."
NULS = ("\\u0000", "\\U00000000")  # as TOML spells the sign; as a byte it is no TOML at all


def read_table(path: Path, columns: tuple[str, ...], problems: list[Problem]) -> pd.DataFrame | None:
    """Read a CSV file as text.

    Parameters
    ----------
    path : Path
        A UTF-8 file with one header row.
    columns : tuple of str
        Columns that must be there; others may stand beside them.
    problems : list of Problem
        Grows by what is wrong.

    Returns
    -------
    DataFrame or None
        All cells as text, "" where blank: pandas' own reading would turn the answers "None" and
        "N/A" into missing values. None when the file cannot be read.
    """
    before = len(problems)
    rows = _read_rows(path, problems)
    if rows:
        _check_header(path.name, rows[0], columns, problems)
        _check_widths(path.name, rows, problems)
    if len(problems) > before:
        return None
    return pd.DataFrame(rows[1:], columns=rows[0], dtype=str)


def _read_rows(path: Path, problems: list[Problem]) -> list[list[str]]:
    """Take a CSV file apart, the header first; none, and a problem, when it cannot be done."""
    text = _read_text(path, problems)
    if text is None:
        return []
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), strict=True):
            rows.append(row)  # one by one: those before an error say where it is
    except csv.Error as error:
        said = f"The row cannot be read: {error}."
        remedy = "Look for a quotation mark left open, or an endless cell."
        problems.append(Problem(path.name, said, remedy, row=str(len(rows) + 1)))
        return []
    if not rows or not any(rows[0]):
        problems.append(Problem(path.name, "The file is empty.", "Give it a header row, or delete it."))
        return []
    if len(rows[0]) == 1:
        said = "The cells are not separated by commas."
        problems.append(Problem(path.name, said, "Save it again as 'CSV UTF-8'.", row="1"))
        return []
    return rows


def _check_header(file: str, header: list[str], columns: tuple[str, ...], problems: list[Problem]) -> None:
    problems.extend(
        Problem(file, f"The column {name} is missing.", "Add it.", column=name)
        for name in columns
        if name not in header
    )
    for name in sorted({name for name in header if header.count(name) > 1 or not name}):
        said = f"The column {name!r} stands there twice." if name else "A column has no name."
        problems.append(Problem(file, said, "Keep one." if name else "Name it, or delete it.", "1", name))


def _check_widths(file: str, rows: list[list[str]], problems: list[Problem]) -> None:
    problems.extend(
        Problem(
            file,
            f"The row has {len(row)} cells and the header {len(rows[0])}.",
            "Look for a missing or extra comma, a quotation mark left open, or a blank line.",
            row=str(number),
        )
        for number, row in enumerate(rows, start=1)
        if len(row) != len(rows[0])
    )


def read_toml(path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    """Read a TOML file; None, and a problem, when it cannot be read."""
    text = _read_text(path, problems)
    if text is None:
        return None
    if (escaped := next((nul for nul in NULS if nul in text), None)) is not None:
        problems.append(Problem(path.name, NUL, "Take it out.", value=escaped))
        return None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # numbers too long, or tables too deep, are no TOML error
        problems.append(
            Problem(path.name, f"The file is not valid TOML: {error}.", "Text goes in quotes, dates do not.")
        )
    return None


def _read_text(path: Path, problems: list[Problem]) -> str | None:
    """Read a UTF-8 file; None, and a problem, when it is not that."""
    try:
        raw = path.read_bytes().removeprefix(codecs.BOM_UTF8)
        text = raw.decode("utf-8")
    except OSError as error:
        said = f"The file cannot be read: {error.strerror}."
        problems.append(Problem(path.name, said, "Put a file there that you may read."))
        return None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(
            Problem(path.name, "The file is not UTF-8 text.", "Save it again as UTF-8.", row=str(line))
        )
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.append(Problem(path.name, NUL, "Save it again as UTF-8.", row=str(line)))
        return None
    return text
