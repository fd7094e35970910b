"""KoboToolbox: submissions as CSV with XML names, and the XLSForm that says what they mean."""

from pathlib import Path

import openpyxl
from shapes_coded import OPEN, boxes, code_of
from shapes_survey import (
    CODE,
    MULTI,
    NUMBER,
    TEXT,
    Question,
    Survey,
    Written,
    as_csv,
    person,
    plain,
    put,
    when,
)

BEFORE = ["start", "end", "deviceid", "email"]
AFTER = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status"]
AFTER += ["_submitted_by", "_tags", "_index"]


def kobo(survey: Survey, folder: Path) -> Written:
    """What was ticked stands in one cell and again in a column for each choice."""
    header = [*BEFORE]
    for one in survey.questions:
        options = [f"{one.name}/o{code}" for code in range(1, len(one.labels) + 1)]
        header += [one.name, *(options if one.kind == MULTI else [])]
    rows: list[list[object]] = [[*header, *AFTER]]
    for number, given in enumerate(survey.rows):
        who, moment = person(number), when(number).replace(" ", "T") + ".000+01:00"
        cells = [cell for one in survey.questions for cell in _cells(one, given[one.name])]
        own = [
            300 + number,
            f"5f3c-{who.response}",
            when(number),
            "",
            "",
            "submitted_via_web",
            "",
            "",
            number + 1,
        ]
        rows.append([moment, moment, f"ee.kobo:{who.response}", who.email, *cells, *own])
    name = "Riverside_-_all_versions_-_False_-_2026-03-31.csv"
    answers = put(folder, name, as_csv(rows, separator=";", quoted=True))
    return Written(answers, (_xlsform(survey, folder),))


def _cells(one: Question, cell: str) -> list[str]:
    if one.kind in OPEN:
        return [plain(cell)]
    if one.kind == MULTI:
        ticks = boxes(one, cell)
        codes = [f"o{code}" for code, tick in enumerate(ticks, start=1) if tick == "1"]
        return [" ".join(codes), *(ticks if codes else [""] * len(ticks))]
    return [f"o{code}" if (code := code_of(one, cell)) else ""]


def _xlsform(survey: Survey, folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "survey"
    choices = book.create_sheet("choices")
    book.active.append(["type", "name", "label"])
    choices.append(["list_name", "name", "label"])
    for kind in ("start", "end", "deviceid"):
        book.active.append([kind, kind, None])
    book.active.append(["text", "email", "Your e-mail address"])
    lists: dict[tuple[str, ...], str] = {}
    for one in survey.questions:
        kind = {NUMBER: "integer", TEXT: "text", CODE: "text"}.get(one.kind)
        if kind is None:
            chosen = "select_multiple" if one.kind == MULTI else "select_one"
            kind = f"{chosen} {lists.setdefault(one.labels, f'list{len(lists) + 1}')}"
        book.active.append([kind, one.name, one.text])
    for labels, name in lists.items():
        for code, label in enumerate(labels, start=1):
            choices.append([name, f"o{code}", label])
    path = folder / "Riverside form.xlsx"
    book.save(path)
    return path
