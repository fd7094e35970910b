"""A spreadsheet for coding outside: one row per observation, a list to choose from in every cell to fill.

The first coder's readings are not in it, so that the second one codes without seeing them. What is not to be
changed is locked, without a password: this guards against slips, and :mod:`coprod.coding.returned` finds
what was changed all the same.
"""

from pathlib import Path
from textwrap import shorten

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from coprod.coding.variables import RULES, choices
from coprod.problems import FileRefused, Problem, ProgrammeProblems
from coprod.programme import Programme

CODING, CODES, HOW_TO = "Coding", "Codes", "How to"
TOLD = {"evidence": 10, "paraphrase": 60, "source": 24, "section": 18}  # column -> width in characters
FILLED = {  # column to fill -> what is chosen there; three columns, because a list gives one code at a time
    **{"sector": "sector", "stage": "stage", "direction": "direction"},
    **{"code": "code", "code 2": "code", "code 3": "code"},
    **{"knowledge": "knowledge", "condition": "condition", "principle": "principle"},
}
WIDTH = 24  # characters of a column to fill
LINE, TALLEST = 16, 400  # points
LONGEST_CELL = 32_767  # characters; a spreadsheet holds no more
STEPS = (
    "Code the rows of the sheet Coding on your own, without looking at anybody else's codes.",
    "Choose from the list in each cell. The sheet Codes says what every choice means.",
    "Give each row that you code a direction. Where nothing else applies, leave the cell blank.",
    "A row can have up to three codes, in any order.",
    "A row in which you choose nothing counts as not read.",
    "Do not add, delete or reword rows, and do not rename codes: the sheet would be sent back to you.",
)


def write_sheet(programme: Programme, path: Path) -> Path:
    """Write a sheet to code the programme's evidence in.

    Parameters
    ----------
    programme : Programme
    path : Path
        Where to; a name that ends in ``.xlsx``.

    Returns
    -------
    Path
        The same.

    Raises
    ------
    FileExistsError
        There is a file already: it may hold somebody's codes.
    FileRefused
        The name does not end in ``.xlsx``, or its folder does not exist.
    ProgrammeProblems
        There is no evidence to code.
    """
    _check_target(path)
    if programme.evidence.empty:
        problem = Problem("evidence.csv", "There is no evidence to code.", "Write down what was observed.")
        raise ProgrammeProblems(programme.name, [problem])
    workbook = Workbook()
    coding = workbook.active
    coding.title = CODING
    coded_by = choices(programme)
    _write_rows(coding, programme)
    places = _write_choices(workbook.create_sheet(CODES), coded_by)
    _offer(coding, places, rows=len(programme.evidence))
    _write_table(workbook.create_sheet(HOW_TO), ["How to code"], [[step] for step in STEPS], [100])
    part = path.with_name(path.name + ".part")
    workbook.save(part)
    part.replace(path)
    return path


def label(title: str, key: str) -> str:
    """Say a choice for people to read and for a program to find again: "Recruitment [recruitment]"."""
    return in_cell(f"{title} [{key}]")


def in_cell(text: str) -> str:
    """Make text fit for a cell: no control characters, no line breaks, not too long."""
    return " ".join(ILLEGAL_CHARACTERS_RE.sub("", text).split())[:LONGEST_CELL]


def _check_target(path: Path) -> None:
    if path.exists():
        raise FileExistsError(f"{path} exists, and may hold somebody's codes. Give another name.")
    if path.suffix.lower() != ".xlsx":
        said = "That is not the name of a spreadsheet."
        raise FileRefused(path.name, [Problem(path.name, said, "Give a name that ends in .xlsx.")])
    if not path.parent.is_dir():
        raise FileRefused(
            path.name,
            [Problem(path.name, "There is no such folder.", "Make it first.", value=str(path.parent))],
        )


def _write_rows(sheet: Worksheet, programme: Programme) -> None:
    rows = [
        [
            *(row.evidence, row.paraphrase, shorten(programme.sources[row.source], 60, placeholder=" …")),
            *(row.section, *[""] * len(FILLED)),
        ]
        for row in programme.evidence.itertuples()
    ]
    _write_table(sheet, [*TOLD, *FILLED], rows, [*TOLD.values(), *[WIDTH] * len(FILLED)])
    sheet.freeze_panes = "C2"  # the words stay in view while the last columns are filled
    for cells in sheet.iter_rows(min_row=2, min_col=len(TOLD) + 1):
        for cell in cells:
            cell.protection = Protection(locked=False)


def _write_choices(sheet: Worksheet, coded_by: pd.DataFrame) -> dict[str, str]:
    """Write what there is to choose from; return, for each variable, the cells with its choices."""
    labels = [label(title, key) for title, key in zip(coded_by["title"], coded_by["code"], strict=True)]
    table = coded_by[["variable", "kind"]].assign(choice=labels).join(coded_by[list(RULES)])
    _write_table(sheet, list(table.columns), table.to_numpy().tolist(), [12, 18, 48, 60, 40, 40, 40])
    lines = pd.Series(range(2, len(table) + 2)).groupby(table["variable"]).agg(["min", "max"])
    return {line.Index: f"'{CODES}'!$C${line.min}:$C${line.max}" for line in lines.itertuples()}


def _offer(sheet: Worksheet, places: dict[str, str], rows: int) -> None:
    """Give each column to fill its list."""
    for number, variable in enumerate(FILLED.values(), start=len(TOLD) + 1):
        offered = DataValidation(type="list", formula1=f"={places[variable]}", allow_blank=True)
        offered.showErrorMessage = True
        offered.errorTitle, offered.error = "Not in the list", "Choose from the list, or leave it blank."
        letter = sheet.cell(1, number).column_letter
        offered.add(f"{letter}2:{letter}{rows + 1}")
        sheet.add_data_validation(offered)


def _write_table(sheet: Worksheet, header: list[str], rows: list[list[str]], widths: list[int]) -> None:
    for number, cells in enumerate([header, *rows], start=1):
        for place, text in enumerate(cells, start=1):
            _write(sheet.cell(number, place), text)
        lines = max(1 + len(text) // width for text, width in zip(cells, widths, strict=True))
        sheet.row_dimensions[number].height = min(
            lines * LINE, TALLEST
        )  # few programs make room by themselves
    for place, width in enumerate(widths, start=1):
        top = sheet.cell(1, place)
        top.font, top.fill = Font(name="Calibri", bold=True), PatternFill("solid", fgColor="E6E6E6")
        sheet.column_dimensions[top.column_letter].width = width
    sheet.freeze_panes = "A2"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False lets people widen them


def _write(cell: Cell, text: str) -> None:
    """Write text, and keep it text: what begins with = would run as a formula, here or when edited."""
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text:
        cell.value = in_cell(text)
        cell.data_type = "s"
        cell.quotePrefix = cell.value.startswith(("=", "+", "-", "@"))
