"""Workbooks as tables of text, of the same shape as files of separated values.

Nothing is trusted that a workbook says of itself: neither how large it is unpacked, nor how many cells
its sheets have, nor what its formulas came to. A formula stays the text of the formula.
"""

import csv
import datetime as dt
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from coprod.exports.raw import LARGEST, WIDEST, Raw
from coprod.problems import FileRefused, Problem
from coprod.spreadsheets import SAVE_AS, problem_of_package

MOST_ROWS = 1_048_576  # what a sheet can have
FORMULA, ERROR, DATE = "f", "e", "d"  # openpyxl's types of cells
EXPORT_AGAIN = "Export it again, with a header row."


def read_workbook(path: Path, sheet: str = "") -> Raw:
    """Read a sheet whole, or say what is wrong with it.

    Dates become ISO text, whole numbers lose their ".0", line breaks are those of Unix. Empty rows above
    the header, and empty rows and columns at the end, are gone.

    Parameters
    ----------
    path : Path
        An .xlsx file.
    sheet : str
        Which sheet; the one with answers when left out, hidden ones not looked at.

    Raises
    ------
    FileRefused
        It is not there, no workbook, damaged, too large or empty; there is no such sheet, or more than one
        with answers.
    """
    filled = _Filled(path.name)
    with _opened(path) as book:
        for cells in _cells(_chosen(path.name, book, sheet)):
            filled.add(cells)
    return filled.raw()


def sheet_names(path: Path) -> list[str]:
    """List the sheets that are not hidden.

    Raises
    ------
    FileRefused
        As for `read_workbook`.
    """
    with _opened(path) as book:
        return [sheet.title for sheet in _shown(book)]


def opening_of_workbook(path: Path, count: int) -> list[list[str]]:
    """Read the first rows of the first sheet that has any, with the empty ones among them left out.

    Raises
    ------
    FileRefused
        As for `read_workbook`.
    """
    with _opened(path) as book:
        for sheet in _shown(book):
            rows = [texts for texts in map(_texts, _cells(sheet)) if any(texts)][:count]
            if rows:
                return rows
    return []


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    if problem := problem_of_package(path, LARGEST):
        raise FileRefused(path.name, [problem])
    book = None
    try:
        with warnings.catch_warnings(), path.open("rb") as file:  # opened here: its name may end in .csv
            warnings.simplefilter("ignore")  # about colours and lists that openpyxl does not keep
            book = load_workbook(file, read_only=True)
            yield book
    except FileRefused:
        raise
    except Exception as error:  # a damaged file fails anywhere in openpyxl, in zlib or in the XML parser
        said = "The file is damaged, and cannot be read."
        raise FileRefused(path.name, [Problem(path.name, said, SAVE_AS)]) from error
    finally:
        if book is not None:
            book.close()


def _shown(book: Any) -> list[Any]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _chosen(file: str, book: Any, name: str) -> Any:
    if name and name not in book.sheetnames:
        raise FileRefused(file, [Problem(file, f"There is no sheet '{name}' in it.", "Look for its name.")])
    if name:
        return book[name]
    shown = _shown(book)
    full = [sheet for sheet in shown if _has_answers(sheet)]
    if len(full) > 1:
        titles = ", ".join(f"'{sheet.title[:31]}'" for sheet in full[:10])
        remedy = "Keep the one with the answers, and delete or hide the others."
        raise FileRefused(file, [Problem(file, f"There is something on several sheets: {titles}.", remedy)])
    if not shown:
        raise FileRefused(file, [Problem(file, "There is no sheet in it to be seen.", EXPORT_AGAIN)])
    return (full or shown)[0]


def _has_answers(sheet: Any) -> bool:
    """Say whether there are at least two rows: a header, and one below it."""
    filled = (row for row in _cells(sheet) if any(_texts(row)))
    return next(filled, None) is not None and next(filled, None) is not None


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    return sheet.iter_rows(max_row=MOST_ROWS)


def _texts(cells: tuple[Any, ...]) -> list[str]:
    """Write a row as text, without what is empty at its end."""
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(cell: Any) -> str:
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return f"{value:.15g}"  # as many digits as a spreadsheet has
        case dt.datetime() if value.time() == dt.time() and "h" not in str(cell.number_format).lower():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case dt.time():
            return value.isoformat(timespec="seconds")
    if cell.data_type == FORMULA and not isinstance(value, str):
        value = getattr(value, "text", None) or "="  # a formula of several cells
    return str(value).replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n")


class _Filled:
    """The rows of a sheet, written as separated values one after the other."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.head: list[list[str]] = []
        self.rest = StringIO(newline="")  # all rows after the first, which waits to know how wide it must be
        self.writer = csv.writer(self.rest, lineterminator="\n")
        self.skipped = self.count = self.rows = self.end = self.width = 0
        self.types: Counter[tuple[int, str]] = Counter()  # of cells below the header, by column

    def add(self, cells: tuple[Any, ...]) -> None:
        texts = _texts(cells)
        if not texts and not self.head:
            self.skipped += 1
            return
        self.count += 1
        self.width = max(self.width, len(texts))
        if self.head:
            self.writer.writerow(texts or [""])
            self.types.update((place, cells[place].data_type) for place, text in enumerate(texts) if text)
        if len(self.head) < 10:
            self.head.append(texts)
        if texts:
            self.rows, self.end = self.count, self.rest.tell()
        self._check()

    def _check(self) -> None:
        if self.width > WIDEST:
            said, remedy = (
                f"The sheet has more than {WIDEST:,} columns.",
                "A survey has fewer: export it again.",
            )
        elif (
            self.end > LARGEST
        ):  # one long text can stand in a workbook once, and in its cells a million times
            said = f"The sheet holds more than {LARGEST / 1e6:,.0f} million characters."
            remedy = "Export fewer answers or fewer columns at a time."
        else:
            return
        raise FileRefused(self.file, [Problem(self.file, said, remedy, str(self.skipped + self.count))])

    def raw(self) -> Raw:
        """Give them as one text, every row of the head as wide as the widest."""
        head = [texts + [""] * (self.width - len(texts)) for texts in self.head[: self.rows]]
        if not head:
            raise FileRefused(self.file, [Problem(self.file, "The file is empty.", EXPORT_AGAIN)])
        first = StringIO(newline="")
        csv.writer(first, lineterminator="\n").writerow(head[0])
        text = first.getvalue() + self.rest.getvalue()[: self.end]
        return Raw(self.file, head, self.rows, text, ",", tuple(self._decided()))

    def _decided(self) -> Iterator[str]:
        if self.skipped:
            yield f"Empty rows above the header of {self.file}: {self.skipped}."
        if formulas := self._columns({FORMULA, ERROR}):
            yield (
                f"There are formulas, or their errors, in columns {formulas} of {self.file}: they were kept "
                "as text, and what they came to was not read."
            )
        dates = {place for place, kind in self.types if kind == DATE}
        mixed = {place for place, kind in self.types if kind != DATE} & dates
        if mixed:
            yield (
                f"Columns {_letters(mixed)} of {self.file} hold dates among other answers: a spreadsheet "
                "turns an answer such as '1-5' into a date."
            )

    def _columns(self, kinds: set[str]) -> str:
        return _letters({place for place, kind in self.types if kind in kinds})


def _letters(places: set[int]) -> str:
    return ", ".join(get_column_letter(place + 1) for place in sorted(places))
