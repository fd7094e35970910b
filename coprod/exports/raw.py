"""Files as tables of text: encoding, separator and size settled, nothing guessed in silence.

Every cell stays the text it was: "None", "007" and "=1+1" are answers. A first pass over the lines finds
what is broken, with its row; only a whole file is read. No copy of the text is made on the way that is
wider than the text itself: an export of 100,000 people is large.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path

import pandas as pd

from coprod.problems import FileRefused, Problem

LARGEST = 500_000_000  # bytes
WIDEST = 5_000  # columns; no survey has more, but a broken file has
SAMPLE = 200_000  # characters that the separator is found from
LONGEST = 1_000_000  # characters in a cell
SEPARATORS = (",", ";", "\t")
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
AGAIN = "Export it again, as CSV with a header row."
CUT_OFF = ("unexpected end of data", "truncated data")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Raw:
    """A file of separated values, as text.

    Attributes
    ----------
    file : str
        The file's name.
    head : list of list of str
        Its first rows, at most ten, all as wide as the first.
    rows : int
        How many there are, the head included.
    text : str
        All of it.
    separator : str
    decided : tuple of str
        How it was decoded, where that is not plain.
    """

    file: str
    head: list[list[str]]
    rows: int
    text: str
    separator: str
    decided: tuple[str, ...] = ()

    def body(self, after: int) -> pd.DataFrame:
        """Give the rows after the first `after`, columns numbered from 0, all text, "" where blank.

        Blank lines are gone.
        """
        width = len(self.head[0])
        if self.rows <= after:
            return pd.DataFrame(columns=range(width), dtype=str)
        table = pd.read_csv(
            BytesIO(self.text.encode()),  # a StringIO would take four bytes for every character
            sep=self.separator,
            header=None,
            names=range(width),
            skiprows=after,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            index_col=False,
            skip_blank_lines=False,  # else an answer of blanks alone would be taken for a blank line
        )
        filled = (table != "").any(axis=1)
        return table if filled.all() else table[filled].reset_index(drop=True)


@contextmanager
def long_cells() -> Iterator[None]:
    """Let cells be long for a while: there is one limit for all, and a programme's own files keep theirs."""
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


@long_cells()
def read_raw(path: Path) -> Raw:
    """Read a file of separated values whole, or say everything that is wrong with it.

    Parameters
    ----------
    path : Path
        A .csv, .tsv or .txt file in UTF-8, UTF-16 or Windows-1252.

    Raises
    ------
    FileRefused
        It is not there, too large, not text, empty, or its rows do not have as many cells as the first.
    """
    text, decided = _decoded(path)
    separator = _separator(text)
    head: list[list[str]] = []
    problems: list[Problem] = []
    count = 0
    for count, row in enumerate(_rows(path.name, text, separator), start=1):
        if count <= 10:
            head.append(row)
        if count == 1:
            _check_first(path.name, row)
        uneven = len(row) > len(head[0]) or (len(row) < len(head[0]) and any(row))
        if uneven and len(problems) < 100:
            problems.append(_ragged(path.name, count, len(row), len(head[0])))
    if not head:
        raise FileRefused(path.name, [Problem(path.name, "The file is empty.", AGAIN)])
    if problems:
        raise FileRefused(path.name, problems)
    head = [row + [""] * (len(head[0]) - len(row)) for row in head]  # blank ones may be shorter
    return Raw(path.name, head, count, text, separator, decided)


def encoding_of(start: bytes) -> str:
    """Tell the encoding from a file's first bytes: UTF-16 where they say so, else UTF-8."""
    mark = next((encoding for bom, encoding in MARKS.items() if start.startswith(bom)), "")
    if mark or len(start) < 4:
        return mark or "utf-8"
    low, high = start[:200:2], start[1:200:2]  # every other byte of plain letters is NUL
    return "utf-16-le" if not any(high) else "utf-16-be" if not any(low) else "utf-8"


def _separator(text: str) -> str:
    """Choose what cuts the first rows into the same number of cells, and into the most."""

    def fit(separator: str) -> tuple[int, int]:
        rows = csv.reader(StringIO(text[:SAMPLE], newline=""), delimiter=separator)
        try:
            widths = [len(row) for row in islice(rows, 11) if row]
        except csv.Error:
            return 0, 0
        whole = widths[: max(1, len(widths) - 1)]  # the sample may cut the last row off
        width = whole[0] if whole else 0
        return (whole.count(width) if width > 1 else 0), width

    found = max(SEPARATORS, key=fit)
    if fit(found)[0]:
        return found
    return next((absent for absent in SEPARATORS if absent not in text), found)  # one column


def _check_first(file: str, row: list[str]) -> None:
    if not any(row):
        said, remedy = "Nothing stands in the first row.", f"The names of the columns belong there. {AGAIN}"
    elif len(row) > WIDEST:
        said, remedy = f"The file has {len(row):,} columns.", f"A survey has fewer than {WIDEST:,}. {AGAIN}"
    else:
        return
    raise FileRefused(file, [Problem(file, said, remedy, "1")])


def _ragged(file: str, row: int, cells: int, width: int) -> Problem:
    said = f"The row has {cells} cells and the first row {width}."
    remedy = "The file may be cut off, or was changed in an editor: export it again."
    return Problem(file, said, remedy, row=str(row))


def _rows(file: str, text: str, separator: str) -> Iterator[list[str]]:
    lines = (found[0] for found in _LINE.finditer(text))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    count = 0
    try:
        for row in reader:
            count += 1
            yield row
    except csv.Error as error:
        remedy = "The file may be cut off inside a quotation: export it again."
        problem = Problem(file, f"The row cannot be read: {error}.", remedy, row=str(count + 1))
        raise FileRefused(file, [problem]) from error


def _decoded(path: Path) -> tuple[str, tuple[str, ...]]:
    raw = _bytes(path)
    encoding = encoding_of(raw[:200])
    try:
        text, decided = raw.decode(encoding), ()
    except UnicodeDecodeError as error:
        wider = not raw[: error.start].isascii()  # else a letter of Windows-1252 may stand there
        if wider and error.end == len(raw) and error.reason in CUT_OFF:
            said, remedy = "The file ends within a character: it is cut off.", AGAIN
            raise FileRefused(path.name, [Problem(path.name, said, remedy)]) from error
        text, decided = _other(path.name, raw)
    if "\0" in text:
        line = str(text.count("\n", 0, text.index("\0")) + 1)
        remedy = "It may be an Excel file with another name, or damaged: export it again."
        said = "There are NUL bytes in the file, which no text has."
        raise FileRefused(path.name, [Problem(path.name, said, remedy, line)])
    return text.removeprefix("\ufeff"), decided


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            remedy = "Export fewer answers or fewer columns at a time."
            raise FileRefused(path.name, [Problem(path.name, "The file is larger than 500 MB.", remedy)])
        return path.read_bytes()
    except OSError as error:
        said = f"The file cannot be read: {error.strerror}."
        raise FileRefused(path.name, [Problem(path.name, said, "Name a file that you may read.")]) from error


def _other(file: str, raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Read what is not UTF-8: the few wrong bytes of a file that mostly is, or Windows-1252."""
    lenient = raw.removeprefix(codecs.BOM_UTF8).decode(errors="replace")
    wrong = lenient.count("\ufffd")
    if sum(character > "\x7f" for character in lenient) > 2 * wrong:
        said = f"{file} is UTF-8, but for this many characters, which are now \ufffd: {wrong}."
        return lenient, (said,)
    text = raw.removeprefix(codecs.BOM_UTF8).decode("cp1252", errors="replace")
    return text, (f"{file} is not UTF-8 and was read as Windows-1252: look at accents and quotation marks.",)
