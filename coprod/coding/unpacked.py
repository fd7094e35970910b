"""Opening a spreadsheet that somebody sent: text only, no larger than it should be, and no formulas."""

import warnings
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook

from coprod.coding.sheets import CODING, FILLED, TOLD, in_cell
from coprod.problems import Problem
from coprod.spreadsheets import SAVE_AS, problem_of_package

LARGEST = 20_000_000  # bytes once unpacked; a sheet of 5,000 rows has about two million
MOST_ROWS, MOST_COLUMNS = 100_000, 100  # what stands beyond, at the far end of a sheet, is not looked at
FORMULA, ERROR = "f", "e"  # openpyxl's types of cells


class Row(NamedTuple):
    """One row of the sheet: its number as the spreadsheet shows it, and each column's text."""

    number: str
    cells: dict[str, str]


def read_rows(path: Path, problems: list[Problem]) -> list[Row] | None:
    """Read the rows of a sheet to code in, those without any text left out.

    Returns
    -------
    list of Row or None
        None, with problems, where it is no such sheet. A formula is a problem, and reads as blank.
    """
    if (problem := problem_of_package(path, LARGEST)) or isinstance(raw := _read(path), Problem):
        problems.append(problem or raw)
        return None
    header = [in_cell(_text(cell)).lower() for cell in raw[0]] if raw else []
    _check_header(path.name, header, raw[1:], problems)
    if problems:
        return None
    rows = [_row(path.name, number, header, cells, problems) for number, cells in enumerate(raw[1:], start=2)]
    return [row for row in rows if any(row.cells.values())]


def _row(file: str, number: int, header: list[str], cells: tuple[Any, ...], problems: list[Problem]) -> Row:
    named = {name: cell for name, cell in zip_longest(header, cells) if name}
    said = "There is a formula, or its error, in the cell."
    problems.extend(
        Problem(file, said, "Put text there.", str(number), name)
        for name, cell in named.items()
        if cell is not None and cell.data_type in (FORMULA, ERROR)
    )
    return Row(str(number), {name: in_cell(_text(cell)) for name, cell in named.items()})


def _read(path: Path) -> list[tuple[Any, ...]] | Problem:
    """Read the cells of the sheet; or say why not."""
    workbook = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about colours and lists that openpyxl does not keep
            workbook = load_workbook(path, read_only=True)
            if CODING not in workbook.sheetnames:
                said = f"There is no sheet {CODING} in it."
                return Problem(path.name, said, "Give the sheet its name back.")
            sheet = workbook[CODING]
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            return list(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS))
    except Exception:  # a damaged file fails anywhere in openpyxl, in zlib or in the XML parser
        return Problem(path.name, "The file is damaged, and cannot be read.", SAVE_AS)
    finally:
        if workbook is not None:
            workbook.close()


def _check_header(file: str, header: list[str], rows: list[tuple[Any, ...]], problems: list[Problem]) -> None:
    known = [*TOLD, *FILLED]
    problems.extend(
        Problem(file, "The column is missing.", "Put it back as it was sent.", "1", name)
        for name in known
        if name not in header
    )
    for name in dict.fromkeys(header):
        if name and name not in known:
            said = "The column is none of those that were sent."
            problems.append(Problem(file, said, "Delete it, or give it its name back.", "1", name))
        elif name and header.count(name) > 1:
            problems.append(Problem(file, "The column stands there twice.", "Keep one.", "1", name))
    for number, cells in enumerate(rows, start=2):
        stray = [cell for name, cell in zip_longest(header, cells) if not name and _text(cell)]
        if stray:
            said = "There is something in a column without a name."
            problems.append(Problem(file, said, "Delete it.", str(number), value=_text(stray[0])))


def _text(cell: Any) -> str:
    if cell is None or cell.value is None or cell.data_type in (FORMULA, ERROR):
        return ""
    return str(cell.value)
