"""LimeSurvey: responses as CSV, with codes above the columns and in them, and the survey's structure."""

from itertools import count
from pathlib import Path

from shapes_coded import OPEN, boxes, code_of
from shapes_survey import CODE, MULTI, NOT_ASKED, NUMBER, TEXT, Question, Survey, Written, person, put, when

ABOUT = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp"]
ABOUT += ["ipaddr", "refurl"]  # the last is empty, and not blank: so the file tells the two apart
KINDS = {MULTI: "M", NUMBER: "N", TEXT: "T", CODE: "S"}
TABLES = ["answers", "answer_l10ns", "groups", "questions", "subquestions", "question_l10ns", "surveys"]
Tables = dict[str, list[dict[str, object]]]
OPENING = """\
<?xml version="1.0" encoding="UTF-8"?>
<document>
 <LimeSurveyDocType>Survey</LimeSurveyDocType>
 <DBVersion>623</DBVersion>
 <languages>
  <language>en</language>
 </languages>
"""


def limesurvey(survey: Survey, folder: Path) -> Written:
    """What was not shown has no quotation marks, and what was not ticked has nothing between them."""
    header = list(ABOUT)
    for number, block in enumerate(survey.blocks(), start=1):
        for place, one in enumerate(block, start=1):
            parts = range(1, len(one.labels) + 1) if one.kind == MULTI else [place] if one.stem else []
            header += [f"G{number}[SQ{part:03}]" for part in parts] or [f"G{number}"]
    lines = [_line(header)]
    for row, given in enumerate(survey.rows):
        who, moment = person(row), when(row)
        about = [str(row + 1), moment, "4", "en", "1748373", who.response, moment, moment, who.ip, ""]
        lines.append(
            _line([*about, *(cell for one in survey.questions for cell in _cells(one, given[one.name]))])
        )
    text = "\ufeff" + "".join(f"{line}\r\n" for line in lines) + "\r\n"
    structure = put(folder, "limesurvey_survey_638954.lss", _structure(survey))
    return Written(put(folder, "results-survey638954.csv", text), (structure,))


def _line(cells: list[str | None]) -> str:
    return ";".join("" if cell is None else '"{}"'.format(cell.replace('"', '""')) for cell in cells)


def _cells(one: Question, cell: str) -> list[str | None]:
    if cell == NOT_ASKED:
        return [None] * (len(one.labels) if one.kind == MULTI else 1)
    if one.kind == MULTI:
        return list(boxes(one, cell, "Y", ""))
    return [cell if one.kind in OPEN else f"AO{code_of(one, cell):0>2}" if cell else ""]


def _structure(survey: Survey) -> str:
    tables: Tables = {name: [] for name in TABLES}
    tables["surveys"].append({"sid": 638954, "language": "en", "additional_languages": ""})
    tables["groups"].append({"gid": 1, "sid": 638954, "group_order": 1})
    ids = count(1)
    for number, block in enumerate(survey.blocks(), start=1):
        first, qid = block[0], next(ids)
        kind = "F" if first.stem else KINDS.get(first.kind, "L")
        parts = [one.text for one in block] if first.stem else first.labels if kind == "M" else []
        told = {"qid": qid, "parent_qid": 0, "type": kind, "title": f"G{number}", "question_order": number}
        _ask(tables, "questions", told, first.stem or first.text)
        for place, text in enumerate(parts, start=1):
            told = {
                "qid": next(ids),
                "parent_qid": qid,
                "type": "T",
                "title": f"SQ{place:03}",
                "question_order": place,
            }
            _ask(tables, "subquestions", told, text)
        for place, label in enumerate(first.labels if kind in "FL" else [], start=1):
            own = {"aid": 1000 * qid + place}
            tables["answers"].append(
                own | {"qid": qid, "code": f"AO{place:02}", "sortorder": place, "scale_id": 0}
            )
            tables["answer_l10ns"].append(own | {"id": own["aid"], "answer": label, "language": "en"})
    return OPENING + "".join(_section(name, rows) for name, rows in tables.items()) + "</document>\n"


def _ask(tables: Tables, table: str, told: dict[str, object], text: str) -> None:
    tables[table].append(told | {"sid": 638954, "gid": 1, "other": "N", "mandatory": "N", "scale_id": 0})
    words = {"id": told["qid"], "qid": told["qid"], "question": text, "help": "", "language": "en"}
    tables["question_l10ns"].append(words)


def _section(name: str, rows: list[dict[str, object]]) -> str:
    fields = "".join(f"   <fieldname>{field}</fieldname>\n" for field in (rows[0] if rows else ()))
    lines = "".join(f"   <row>\n{_fields(row)}   </row>\n" for row in rows)
    return f" <{name}>\n  <fields>\n{fields}  </fields>\n  <rows>\n{lines}  </rows>\n </{name}>\n"


def _fields(row: dict[str, object]) -> str:
    return "".join(f"    <{field}><![CDATA[{value}]]></{field}>\n" for field, value in row.items())
