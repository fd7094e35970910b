"""Exports in which answers stand in the words that people chose, in CSV and XLSX."""

import datetime as dt
from pathlib import Path

import openpyxl
from shapes_coded import OPEN
from shapes_survey import (
    MULTI,
    NOT_ASKED,
    NUMBER,
    SCALE,
    TEXT,
    Survey,
    Written,
    as_csv,
    person,
    plain,
    put,
    ticked,
    when,
)

Rows = list[list[object]]


def microsoft_forms_xlsx(survey: Survey, folder: Path) -> Written:
    """Real dates and numbers; what was ticked ends in a semicolon; no trace of the stem of a grid."""
    return Written(_workbook(folder / "Riverside policy labs(1-73).xlsx", _microsoft_forms(survey)))


def microsoft_forms_csv(survey: Survey, folder: Path) -> Written:
    """The workbook, saved again as CSV by a spreadsheet set to American dates."""
    rows = [
        [f"{cell.month}/{cell:%d/%y %H:%M:%S}" if isinstance(cell, dt.datetime) else cell for cell in row]
        for row in _microsoft_forms(survey)
    ]
    return Written(put(folder, "Riverside policy labs.csv", as_csv(rows), "cp1252"))


def _microsoft_forms(survey: Survey) -> Rows:
    about = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]
    header = [f"{one.text}\n" if one.kind == TEXT else one.text for one in survey.questions]
    rows: Rows = [[*about, *header]]
    for number, given in enumerate(survey.rows):
        who, moment = person(number), dt.datetime.fromisoformat(when(number))
        cells = [_microsoft_cell(one.kind, given[one.name]) for one in survey.questions]
        about = [
            number + 1,
            moment,
            moment + dt.timedelta(minutes=6),
            who.email,
            f"{who.first} {who.last}",
            None,
        ]
        rows.append([*about, *cells])
    return rows


def _microsoft_cell(kind: str, cell: str) -> str | int | None:
    if kind == MULTI:
        return "".join(f"{label};" for label in ticked(cell)) or None
    if kind in (NUMBER, SCALE) and cell.isdecimal():
        return int(cell)
    return plain(cell) or None


def google_forms(survey: Survey, folder: Path) -> Written:
    """The sheet of responses as CSV: statements in brackets, what was ticked between commas, row 2 empty."""
    header = [f"{one.stem} [{one.text}]" if one.stem else one.text for one in survey.questions]
    rows: Rows = [["Timestamp", "Email Address", *header], [""] * (len(header) + 2)]
    for number, given in enumerate(survey.rows):
        moment = when(number, "{month}/{day}/{year} {hour}:{minute:02}:{second:02}")
        cells = [
            ", ".join(ticked(given[one.name])) if one.kind == MULTI else plain(given[one.name])
            for one in survey.questions
        ]
        rows.append([moment, person(number).email, *cells])
    return Written(put(folder, "Riverside policy labs (Responses) - Form responses 1.csv", as_csv(rows)))


def surveymonkey(survey: Survey, folder: Path) -> Written:
    """Expanded: options and statements in the second row, with nothing above any but the first."""
    about = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address"]
    about += ["First Name", "Last Name", "Custom Data 1"]
    first, second = list(about), [""] * len(about)
    for block in survey.blocks():
        head = block[0].stem or block[0].text
        below = _below(block)
        first += [head, *[""] * (len(below) - 1)]
        second += below
    rows: Rows = [first, second]
    for number, given in enumerate(survey.rows):
        who = person(number)
        times = [when(number, "{month:02}/{day:02}/{year} {hour:02}:{minute:02}:{second:02} AM")] * 2
        known = [11800000000 + number, 400123456, *times, who.ip, who.email, who.first, who.last, ""]
        rows.append([*known, *_expanded(survey, given)])
    return Written(put(folder, "Riverside policy labs.csv", as_csv(rows, end="\n")))


def _below(block: tuple) -> list[str]:
    if block[0].stem:
        return [one.text for one in block]
    if block[0].kind == MULTI:
        return list(block[0].labels)
    return ["Open-Ended Response" if block[0].kind in OPEN else "Response"]


def typeform(survey: Survey, folder: Path) -> Written:
    """A column for each option, which holds the option; the question above them is nowhere."""
    header = ["#"]
    for one in survey.questions:
        header += one.labels if one.kind == MULTI else [one.text]
    rows: Rows = [[*header, "Response Type", "Start Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags"]]
    for number, given in enumerate(survey.rows):
        who, moment = person(number), when(number)
        end = ["completed", moment, moment, f"net{who.response}", ""]
        rows.append([f"tok{who.response}", *_expanded(survey, given), *end])
    return Written(put(folder, "responses-Riverside.csv", as_csv(rows, end="\n")))


def _expanded(survey: Survey, given: dict[str, str]) -> list[str]:
    """Give the cells of a row, a cell for each option where several could be ticked."""
    cells = []
    for one in survey.questions:
        several = [label if label in ticked(given[one.name]) else "" for label in one.labels]
        cells += several if one.kind == MULTI else [plain(given[one.name])]
    return cells


def plain_csv(survey: Survey, folder: Path) -> Written:
    """One header row, as somebody would type it, who also knows what was not asked."""
    return Written(put(folder, "answers of all.csv", as_csv(_plain(survey))))


def plain_xlsx(survey: Survey, folder: Path) -> Written:
    """The same as a workbook."""
    return Written(_workbook(folder / "answers of all.xlsx", _plain(survey)))


def _plain(survey: Survey) -> Rows:
    rows: Rows = [["First name", "Last name", "Email", *(one.text for one in survey.questions)]]
    for number, given in enumerate(survey.rows):
        who = person(number)
        cells = [
            "; ".join(ticked(cell)) if one.kind == MULTI and cell != NOT_ASKED else cell
            for one in survey.questions
            for cell in [given[one.name]]
        ]
        rows.append([who.first, who.last, who.email, *cells])
    return rows


def _workbook(path: Path, rows: Rows) -> Path:
    """Write a workbook; an answer that begins with an equals sign is text in it, and no formula."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    for cell in (cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"
    book.save(path)
    return path
