"""A questionnaire as an XLSForm, the workbook that KoboToolbox and ODK make a survey of.

Three sheets: what is asked, what can be chosen, and how the whole is called. An answer's code says what the
answer says, so that an export of codes can be read too. A label that begins with = stays text, and ${...}, by
which a form puts answers into questions, is taken apart by a blank.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from coprod.instrument.form import BEFORE, Form, Question, make_form
from coprod.instrument.names import answer_code, codes
from coprod.programme import Programme

SURVEY = {"type": 28, "name": 28, "label": 80, "required": 10, "appearance": 14}  # column -> width
CHOICES = {"list_name": 28, "name": 40, "label": 60}
SETTINGS = {"form_title": 60, "form_id": 40, "style": 12}
TYPES = {"number": "decimal", "text": "text", "code": "text"}
LONGEST = 60  # characters of a name
TAKEN = (  # by the tools, for columns of their own
    *("start", "end", "today", "deviceid", "username", "email", "phonenumber", "simserial", "audit"),
    *("subscriberid", "meta", "instanceid", "instancename", "version", "status", "edits", "key"),
)
ONE_PAGE = "field-list"
_REFERENCE = re.compile(r"\$(?=\{)|\binstance(?=\()")


def write_xlsform(programme: Programme, path: Path, wave: str = "") -> None:
    """Write a programme's questionnaire as an XLSForm; `wave` as in :func:`form.make_form`."""
    form = make_form(programme, wave)
    lists = _lists(form)
    workbook = Workbook()
    survey = workbook.active
    survey.title = "survey"
    _write(survey, SURVEY, _survey(form, lists))
    _write(workbook.create_sheet("choices"), CHOICES, _choices(lists))
    _write(workbook.create_sheet("settings"), SETTINGS, [(form.title, form.name, "pages")])
    workbook.properties.title, workbook.properties.creator = form.title, ""
    workbook.save(path)


def _survey(form: Form, lists: Mapping[tuple[str, ...], str]) -> Iterator[tuple[str, ...]]:
    asked = [question.key for question in form.questions]
    notes = [f"note_{number}" for number in range(1, len(form.before) + 1)]
    groups = [f"section_{number}" for number in range(len(form.sections) + 1)]
    made = iter(codes([*asked, *notes, *groups], _name, LONGEST))  # the questions come first to their names
    names = {key: next(made) for key in asked}
    told = [("note", next(made), text, "", "") for text in form.before]
    yield from _group(next(made), BEFORE, told)
    for section in form.sections:
        rows = [_question(question, names[question.key], lists) for question in section.questions]
        yield from _group(next(made), section.title, rows)


def _group(name: str, title: str, rows: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Put questions on one page; without a title each is on its own."""
    if title:
        yield "begin_group", name, title, "", ONE_PAGE
    yield from rows
    if title:
        yield "end_group", "", "", "", ""


def _question(question: Question, name: str, lists: Mapping[tuple[str, ...], str]) -> tuple[str, ...]:
    if question.answers:
        many = "select_multiple" if question.kind == "multi" else "select_one"
        kind = f"{many} {lists[_list(question)]}"
    else:
        kind = TYPES[question.kind]
    lines = "multiline" if question.kind == "text" else ""
    return kind, name, question.text, "yes" if question.needed else "", lines


def _lists(form: Form) -> dict[tuple[str, ...], str]:
    """Name the lists of answers: as their scales, where two things do not have one name."""
    found = list(dict.fromkeys(_list(question) for question in form.questions if question.answers))
    return dict(zip(found, codes((scale for scale, *_ in found), answer_code, LONGEST), strict=True))


def _list(question: Question) -> tuple[str, ...]:
    return question.scale, *question.answers


def _choices(lists: Mapping[tuple[str, ...], str]) -> Iterator[tuple[str, ...]]:
    for (_, *labels), name in lists.items():
        for code, label in zip(codes(labels, answer_code, LONGEST), labels, strict=True):
            yield name, code, label


def _name(key: str) -> str:
    """Make a name that XML takes, as it begins with a letter, and that is none of the tools' own."""
    return key if key[0].isalpha() and key not in TAKEN else f"q_{key}"


def _write(sheet: Worksheet, columns: dict[str, int], rows: Iterable[tuple[str, ...]]) -> None:
    for number, cells in enumerate([tuple(columns), *rows], start=1):
        for place, text in enumerate(cells, start=1):
            cell = sheet.cell(number, place)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if text:
                cell.value = _REFERENCE.sub(lambda found: f"{found[0]} ", text)
                cell.data_type = "s"  # openpyxl would make a formula of what begins with =
                cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    for place, width in enumerate(columns.values(), start=1):
        top = sheet.cell(1, place)
        top.font = Font(bold=True)
        sheet.column_dimensions[top.column_letter].width = width
    sheet.freeze_panes = "A2"
