"""Indico: questions lose the titles of their sections, and what was ticked is found between semicolons."""

import csv
import os
from pathlib import Path

import pytest

from coprod.exports import indico
from coprod.problems import FileRefused

HEADER = ["Submitter", "Submitter Email", "Submission Date"]
QUESTIONS = [
    "About you: Your role?",
    "The day: Which helped?",
    "The day: Heard: yes or no?",
    "The day: Any more?",
]
ANSWERS = [
    ["Postdoc", "Time; Trust", "Yes", "It began late; then it was good."],
    ["Student", "Trust", "No", ""],
    ["Postdoc", "Time; Money, or none", "Yes", ""],
    ["Student", "Money, or none", "Yes", "We met twice."],
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "submissions.csv"


def write(path, questions=QUESTIONS, answers=ANSWERS, header=HEADER):
    """Write an export as Indico does, with a mark at its beginning."""
    about = {
        "Submitter": "Ann Other",
        "Submitter Email": "ann@example.org",
        "Submission Date": "2026-01-27 10:50:28+00:00",
    }
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [[*header, *questions], *([*map(about.get, header), *given] for given in answers)]
        )
    return path


def test_each_column_has_its_role(path):
    assert indico.recognises(write(path))
    found = indico.read(path).columns
    about = ["identifier", "identifier", "metadata"]
    assert found["role"].tolist() == [*about, "item", "joined", "item", "text"]


def test_the_titles_of_sections_are_taken_off_and_said(path):
    export = indico.read(write(path))
    assert export.columns["text"].tolist()[3:] == [
        "Your role?",
        "Which helped?",
        "Heard: yes or no?",
        "Any more?",
    ]
    assert export.columns["column"].tolist()[3:] == QUESTIONS
    assert "Titles of sections were taken off the questions: About you, The day." in export.decided


def test_where_some_questions_have_no_section_a_colon_is_only_a_title_when_it_comes_twice(path):
    questions = ["Heard: yes or no?", "The day: Which helped?", "The day: Any more?", "Your role?"]
    texts = indico.read(write(path, questions)).columns["text"].tolist()[3:]
    assert texts == ["Heard: yes or no?", "Which helped?", "Any more?", "Your role?"]


def test_what_was_ticked_is_found_and_commas_stay(path):
    export = indico.read(write(path))
    column = export.columns.set_index("text").loc["Which helped?"]
    assert column["separator"] == "; "
    assert export.answers["The day: Which helped?"].tolist() == [row[1] for row in ANSWERS]


def test_older_versions_without_an_address_are_read(path):
    write(path, header=["Submitter", "Submission Date"])
    assert indico.recognises(path)
    assert indico.read(path).columns["role"].tolist()[:2] == ["identifier", "metadata"]


def test_a_column_that_is_not_indicos_own_is_a_question_like_any_other(path):
    export = indico.read(write(path, header=["Submitter", "Team", "Submission Date"]))
    assert export.columns["column"].tolist()[:3] == ["Submitter", "Team", "Submission Date"]
    assert export.columns["role"].tolist()[:3] == ["identifier", "text", "metadata"]


def test_nobodys_name_is_said(path):
    export = indico.read(write(path))
    assert not any("Ann" in said or "example.org" in said for said in export.decided)


def test_an_export_of_another_tool_is_refused(path):
    write(path, header=["Person", "Submission Date"])
    assert not indico.recognises(path)
    with pytest.raises(FileRefused, match="That is no export of Indico"):
        indico.read(path)


def test_a_survey_that_nobody_has_answered_is_refused(path):
    with pytest.raises(FileRefused, match="There are no answers"):
        indico.read(write(path, answers=[]))


# real files


@pytest.fixture(scope="module")
def coderefinery():
    if "COPROD_REALDATA" not in os.environ:
        pytest.skip("COPROD_REALDATA names no folder of real files")
    return Path(os.environ["COPROD_REALDATA"]) / "realdata" / "coderefinery"


@pytest.mark.parametrize(
    ("file", "responses", "joined"),
    [
        ("post/data/indico/2018.csv", 38, 5),
        ("post/data/indico/2019-a.csv", 35, 5),
        ("post/data/indico/2019-b.csv", 45, 5),
        ("post/data/indico/2019-c-2020.csv", 75, 5),
        ("post/data/indico/2019-d-2021.csv", 107, 5),
        ("pre/data/indico/2018/aalto-dec.csv", 23, 5),
        ("pre/data/indico/2019/gothenburg-may.csv", 28, 4),
        ("pre/data/indico/2020/online-oct.csv", 83, 5),
        ("pre/data/indico/2021/online-may.csv", 82, 5),
    ],
)
def test_the_surveys_of_coderefinery_are_read(coderefinery, file, responses, joined):
    assert indico.recognises(coderefinery / file)
    export = indico.read(coderefinery / file)
    roles = export.columns.set_index("text")["role"]
    assert len(export.answers) == responses
    assert (roles == "joined").sum() == joined
    assert not any("survey: " in text or "workshop: " in text for text in roles.index)
    open_questions = [
        text for text in roles.index if "What else" in text or "expect" in text or "recommendations" in text
    ]
    assert set(roles[open_questions]) == {"text"}


def test_the_seven_identical_submissions_are_still_there(coderefinery):
    """They are for the importer to report, and for a person to judge."""
    answers = indico.read(coderefinery / "post/data/indico/2018.csv").answers.iloc[:, 3:]
    assert answers.value_counts().max() == 7
