"""There and back: a questionnaire goes out, people answer it in a tool, and the export comes in as it is.

Each tool is played by a few lines that know nothing of the codebook: they take the questions, the labels and
the codes from the file that was written for the tool, and export answers in the tool's own layout.
"""

import csv
import shutil
from html import escape, unescape
from itertools import count
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

import coprod
from coprod.checks import read_folder
from coprod.importing.command import run as bring_in
from coprod.instrument import FORMS, run
from coprod.instrument.form import FOR_WHOM, WHERE
from coprod.masking import masked_all
from coprod.scaffold import make

FOLDER = Path(__file__).resolve().parents[1] / "data" / "demo"
DEMO = coprod.open("demo")
WAVES = {"start": "Start", "end": "End"}
PEOPLE = 25
SETTINGS = """\
title = "Riverbank"
about = "A programme of people who do not exist."
kind = "real"
source = "Their answers"
licence = "Not shared"
attribution = "Nobody"
date = 2026-03-31

[places]
aldenmere = "Aldenmere"
brackwater = "Brackwater"
corvenham = "Corvenham"

[waves]
start = "Start"
middle = "Middle"
end = "End"

[sectors]
university = "Universities"
local_government = "Local government"
third_sector = "Third sector"
"""


def answers_to(form, wave):
    """What people answer, by the words of the question: labels, with a bar between several."""
    rows = DEMO.answers[DEMO.answers["wave"] == wave].head(PEOPLE).reset_index(drop=True)
    texts = {WHERE: rows["place"].map(DEMO.places), FOR_WHOM: rows["sector"].map(DEMO.sectors)}
    texts |= {text: rows[item] for item, text in DEMO.items["text"].items() if text in form}
    return pd.DataFrame(texts).to_dict("records")


def separated(rows, path, separator):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return path


def kobo(form, folder, wave):
    """XML names and values; what was ticked stands there twice. Gives the export and the form."""
    book = load_workbook(form)
    codes: dict[str, dict[str, str]] = {}
    for list_name, code, label in book["choices"].iter_rows(min_row=2, max_col=3, values_only=True):
        codes.setdefault(list_name, {})[label] = code
    asked = [
        (kind.split(), name, label)
        for kind, name, label in book["survey"].iter_rows(min_row=2, max_col=3, values_only=True)
        if "group" not in kind and kind != "note"
    ]
    header = []
    for kind, name, _ in asked:
        header += [
            name,
            *([f"{name}/{code}" for code in codes[kind[1]].values()] if "multiple" in kind[0] else []),
        ]
    rows = [[*header, "_id", "_uuid", "_submission_time", "_validation_status", "_index"]]
    for number, given in enumerate(answers_to({label for *_, label in asked}, wave), start=1):
        cells = [cell for kind, _, label in asked for cell in kobo_cells(kind, given[label], codes)]
        rows.append([*cells, number, f"uuid-{number}", "2026-03-01T10:00:00", "", number])
    return separated(rows, folder / f"kobo-{wave}.csv", ";"), [form]


def kobo_cells(kind, given, codes):
    if kind[0] == "select_multiple":
        ticked = given.split(" | ") if given else []
        boxes = [str(int(label in ticked)) if ticked else "" for label in codes[kind[1]]]
        return [" ".join(codes[kind[1]][label] for label in ticked), *boxes]
    return [codes[kind[1]][given] if len(kind) > 1 and given else given]


def lime_rows(form):
    lines = form.read_text(encoding="utf-8-sig").splitlines()
    header, *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [dict(zip(header, row, strict=True)) for row in rows]


def lime_questions(form):
    """Take questions, with their statements or options, and their answers, from the structure."""
    questions = []
    for row in lime_rows(form):
        if row["class"] == "Q":
            questions.append(
                {"code": row["name"], "kind": row["type/scale"], "text": row["text"], "SQ": {}, "A": {}}
            )
        elif row["class"] in ("SQ", "A"):
            questions[-1][row["class"]][row["name"]] = row["text"]
    return questions


def lime_columns(question):
    """Give code, heading, the text that people read, and the option, of each column of a question."""
    text = unescape(question["text"])
    if not question["SQ"]:
        return [(question["code"], text, text, "")]
    parts = [(f"{question['code']}[{code}]", unescape(part)) for code, part in question["SQ"].items()]
    if question["kind"] == "F":
        return [(code, f"{text} [{part}]", part, "") for code, part in parts]
    return [(code, f"{text} [{part}]", text, part) for code, part in parts]


def lime_export(form, folder, wave, *, full):
    questions = lime_questions(form)
    columns = [(question, *column) for question in questions for column in lime_columns(question)]
    own = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
    own = own if full else ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    rows = [[*own, *(heading if full else code for _, code, heading, *_ in columns)]]
    people = answers_to({text for *_, text, _ in columns}, wave)
    for number, given in enumerate(people, start=1):
        cells = [
            lime_cell(question, given[text], option, full=full) for question, _, _, text, option in columns
        ]
        rows.append([number, "1980-01-01 00:00:00", "6", "en", "1748373", *cells])
    return separated(rows, folder / f"results-survey-{wave}.csv", ",")


def lime_cell(question, given, option, *, full):
    if option:
        ticked = option in given.split(" | ")
        return ("Yes" if ticked else "No") if full else "Y" if ticked else ""
    codes = {unescape(label): code for code, label in question["A"].items()}
    return given if full else codes.get(given, given)


def limesurvey(form, folder, wave):
    """Codes above the columns and in them. Gives the responses and the structure (.lss)."""
    return lime_export(form, folder, wave, full=False), [lime_structure(form, folder / f"survey-{wave}.lss")]


def limesurvey_in_words(form, folder, wave):
    """Whole questions above the columns and whole answers in them, and no structure."""
    return lime_export(form, folder, wave, full=True), []


def lime_structure(form, path):
    """Write the tables of LimeSurvey's database."""
    tables = {"answers": "", "answer_l10ns": "", "questions": "", "subquestions": "", "question_l10ns": ""}
    ids = count(1)
    for order, question in enumerate(lime_questions(form)):
        number = next(ids)
        told = {"type": question["kind"], "other": "N", "scale_id": 0, "gid": 1}
        asked = [(number, 0, order, question["code"], question["text"])]
        asked += [(next(ids), number, place, *part) for place, part in enumerate(question["SQ"].items())]
        for qid, parent, place, code, text in asked:
            row = {"qid": qid, "parent_qid": parent, "title": code, "question_order": place}
            tables["subquestions" if parent else "questions"] += lime_row(row | told)
            tables["question_l10ns"] += lime_row({"qid": qid, "question": text, "language": "en"})
        for place, (code, text) in enumerate(question["A"].items()):
            aid = next(ids)
            tables["answers"] += lime_row(
                {"aid": aid, "qid": number, "code": code, "sortorder": place, "scale_id": 0}
            )
            tables["answer_l10ns"] += lime_row({"aid": aid, "answer": text, "language": "en"})
    tables |= {"groups": lime_row({"gid": 1, "group_order": 1}), "surveys": lime_row({"language": "en"})}
    body = "".join(f"<{name}><rows>{rows}</rows></{name}>" for name, rows in tables.items())
    head = "<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>703</DBVersion>"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><document>{head}{body}</document>', encoding="utf-8"
    )
    return path


def lime_row(fields):
    return f"<row>{''.join(f'<{name}>{escape(str(value))}</{name}>' for name, value in fields.items())}</row>"


def microsoft_forms(form, folder, wave):
    """Somebody made the form of the Word document: each question and statement has a column."""
    asked, several = [], set()
    for part in Document(str(form)).paragraphs:
        if part.style.name == "List Number":
            asked.append(part.text)
        elif part.style.name == "List Continue" and "all that apply" in part.text:
            several.add(asked[-1])
    book = Workbook()
    book.active.append(["ID", "Start time", "Completion time", "Email", "Name", *asked])
    for number, given in enumerate(answers_to(set(asked), wave), start=1):
        cells = [given[text] for text in asked]
        joined = ["".join(f"{one};" for one in cell.split(" | ") if one) for cell in cells]
        cells = [
            both if text in several else cell for text, cell, both in zip(asked, cells, joined, strict=True)
        ]
        times = (pd.Timestamp(2026, 3, 1, 10, number), pd.Timestamp(2026, 3, 1, 10, number + 1))
        book.active.append([number, *times, "anonymous", "", *(cell or None for cell in cells)])
    path = folder / f"Riverbank(1-{PEOPLE}) {wave}.xlsx"
    book.save(path)
    return path, []


TOOLS = {
    "Kobo": ("xlsform", kobo, "place", "sector"),
    "LimeSurvey": ("limesurvey", limesurvey, "place", "sector"),
    "LimeSurvey in words": ("limesurvey", limesurvey_in_words, WHERE, FOR_WHOM),
    "Microsoft Forms": ("docx", microsoft_forms, WHERE, FOR_WHOM),
}


@pytest.fixture
def riverbank(workbook, monkeypatch):
    """A real programme with the demo's questions, and no answers yet."""
    monkeypatch.setenv("COPROD_KEY_FILE", str(workbook / "key"))
    folder = make("riverbank")
    (folder / "answers.csv").unlink()
    for file in ("codebook.csv", "scales.toml"):
        shutil.copy(FOLDER / file, folder / file)
    (folder / "programme.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


def collected(tool, riverbank, to="riverbank"):
    """Send the questionnaire out in two waves, collect answers, and import them; the exit code."""
    form, play, place, sector = TOOLS[tool]
    exports, companions = [], []
    for wave in WAVES:
        path = riverbank.parents[1] / f"form-{wave}{FORMS[form][0]}"
        run(coprod.open("riverbank"), form, path, wave)
        export, beside = play(path, riverbank.parents[1], wave)
        exports.append(f"{wave}={export}")
        companions += beside
    return bring_in(companions, to, waves=exports, place=place, sector=sector, keep_text=True)


def expected():
    parts = [DEMO.answers[DEMO.answers["wave"] == wave].head(PEOPLE) for wave in WAVES]
    answers = pd.concat(parts, ignore_index=True).drop(columns=["person", "code"])
    own_words = DEMO.items.index[DEMO.items["kind"] == "text"]
    return answers.assign(**{item: masked_all(answers[item]) for item in own_words})


@pytest.mark.parametrize("tool", TOOLS)
def test_answers_to_the_questionnaire_come_in_as_they_were_given(tool, riverbank):
    assert collected(tool, riverbank) == 0

    contents, problems = read_folder(riverbank)
    answers = contents.answers.drop(columns=["person", "code"])
    assert problems == []
    pd.testing.assert_frame_equal(answers[list(expected())], expected(), check_dtype=False)


@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_has_to_be_added_to_the_codebook_the_scales_or_the_settings(tool, riverbank):
    files = ("codebook.csv", "scales.toml", "programme.toml")
    before = {file: (riverbank / file).read_text(encoding="utf-8") for file in files}

    collected(tool, riverbank)

    assert {file: (riverbank / file).read_text(encoding="utf-8") for file in files} == before


@pytest.mark.parametrize("tool", TOOLS)
def test_people_are_linked_by_their_codes_and_the_codes_are_gone(tool, riverbank):
    collected(tool, riverbank)

    codes = set(DEMO.answers["code"]) - {"", "[not asked]"}
    written = "\n".join(path.read_text(encoding="utf-8") for path in riverbank.iterdir())
    people = read_folder(riverbank)[0].answers.groupby("person")["wave"].nunique()
    assert not [code for code in codes if code in written]
    assert (people == len(WAVES)).any()


@pytest.mark.parametrize("tool", TOOLS)
def test_answers_to_the_questionnaire_also_make_a_programme_of_their_own(tool, riverbank):
    assert collected(tool, riverbank, to="fresh") == 0

    contents, problems = read_folder(riverbank.parent / "fresh")
    asked = contents.codebook[["text", "kind"]].sort_values("text").to_numpy().tolist()
    assert problems == []
    assert asked == DEMO.items.drop(index="code")[["text", "kind"]].sort_values("text").to_numpy().tolist()
    assert DEMO.scales["agreement"].labels in [scale.labels for scale in contents.scales.values()]
    assert len(contents.answers) == len(WAVES) * PEOPLE
