"""Typeform: options that stand in columns of their own are put together, and "Other" loses its words."""

import csv
import os
from pathlib import Path

import pytest

from coprod.exports import typeform
from coprod.problems import FileRefused

HEADER = [
    "#",
    "What is your <strong>role</strong>?",
    "Other",
    "Time",
    "Trust",
    "Money",
    "Other",
    "Were we&nbsp;<strong>heard</strong>?",
    "How was it?",
    "Network ID",
    "Start Date (UTC)",
    "Submit Date (UTC)",
]
WHEN = ["f00", "2026-05-11 07:25:02", "2026-05-11 07:28:33"]
ANSWERS = [
    ["a1", "Postdoc", "", "Time", "", "", "", "1", "Better", *WHEN],
    ["a2", "Postdoc", "", "Time", "Trust", "", "", "0", "Better", *WHEN],
    ["a3", "", "Gwilym's helper", "", "", "", "a kind word", "", "Same", *WHEN],
    ["a4", "Student", "", "", "Trust", "", "", "1", "Same", *WHEN],
    ["a5", "Student", "", "", "", "", "", "1", "Better", *WHEN],
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "responses.csv"


def write(path, header=HEADER, answers=ANSWERS):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *answers])
    return path


def told(export, name):
    return export.columns.set_index("column").loc[name]


def test_columns_keep_their_order_and_have_their_roles(path):
    assert typeform.recognises(write(path))
    columns = typeform.read(path).columns
    assert list(zip(columns["column"], columns["role"], strict=True)) == [
        ("#", "identifier"),
        ("What is your role?", "item"),
        ("Other", "text"),
        ("Time", "option"),
        ("Trust", "option"),
        ("Money", "option"),
        ("Other (2)", "option"),
        ("Were we heard?", "item"),
        ("How was it?", "item"),
        ("Network ID", "identifier"),
        ("Start Date (UTC)", "metadata"),
        ("Submit Date (UTC)", "metadata"),
        ("Other (2), in words", "text"),
    ]


def test_options_side_by_side_are_one_question_also_those_that_nobody_ticked(path):
    export = typeform.read(write(path))
    options = export.columns[export.columns["role"] == "option"]
    assert options["option"].tolist() == ["Time", "Trust", "Money", "Other"]
    assert options["group"].unique().tolist() == ["Ticked: Time, Trust and 2 more"]
    assert export.answers[["Time", "Trust", "Money"]].to_numpy().tolist()[1] == ["Time", "Trust", ""]


def test_that_the_question_is_not_in_the_file_is_said(path):
    decided = typeform.read(write(path)).decided
    assert any(
        "question above the 4 options from 'Time' to 'Other (2)' is not in the file" in said
        for said in decided
    )


def test_words_under_other_stand_in_a_column_of_their_own(path):
    export = typeform.read(write(path))
    assert export.answers["Other (2)"].tolist() == ["", "", "Other", "", ""]
    assert export.answers["Other (2), in words"].tolist() == ["", "", "a kind word", "", ""]
    items = export.columns.loc[export.columns["role"].isin(["item", "option"]), "column"]
    assert not export.answers[items].isin(["a kind word", "Gwilym's helper"]).any(axis=None)


def test_an_answer_in_words_of_ones_own_is_other_and_not_blank(path):
    export = typeform.read(write(path))
    assert export.answers["What is your role?"].tolist() == [
        "Postdoc",
        "Postdoc",
        "Other",
        "Student",
        "Student",
    ]
    assert export.answers["Other"].tolist() == ["", "", "Gwilym's helper", "", ""]
    assert not any("Gwilym" in said for said in export.decided)


def test_one_and_nought_are_yes_and_no(path):
    export = typeform.read(write(path))
    assert export.answers["Were we heard?"].tolist() == ["Yes", "No", "", "Yes", "Yes"]
    assert "1 and 0 were read as Yes and No in: 'Were we heard?'." in export.decided


def test_a_scale_of_numbers_stays_numbers(path):
    header = ["How likely?", "Submit Date (UTC)", "Start Date (UTC)"]
    export = typeform.read(write(path, header, [["0", *WHEN[1:]], ["1", *WHEN[1:]], ["10", *WHEN[1:]]]))
    assert export.answers["How likely?"].tolist() == ["0", "1", "10"]


def test_two_questions_with_the_same_options_stay_apart(path):
    header = ["Time", "Trust", "Other", "Heard?", "Time", "Trust", "Other"]
    answers = [["Time", "", "", "Well", "", "Trust", ""], ["Time", "Trust", "", "Well", "Time", "", ""]]
    export = typeform.read(write(path, header, answers))
    groups = export.columns.loc[export.columns["role"] == "option", "group"]
    assert (
        groups.tolist() == ["Ticked: Time, Trust and 1 more"] * 3 + ["Ticked: Time, Trust and 1 more (2)"] * 3
    )
    assert export.answers["Time (2)"].tolist() == ["", "Time"]


def test_one_box_to_tick_is_an_item(path):
    answers = [["I agree", "Well"], ["I agree", "Badly"], ["", "Well"], ["", "Badly"]]
    export = typeform.read(write(path, ["I agree", "Heard?"], answers))
    assert told(export, "I agree")["role"] == "item"


def test_a_question_that_nobody_answered_is_no_option(path):
    header = ["Anything else?", "Time", "Trust"]
    export = typeform.read(write(path, header, [["", "Time", ""], ["", "Time", "Trust"], ["", "", "Trust"]]))
    assert told(export, "Anything else?")["role"] == "text"


def test_a_file_without_times_is_read_when_somebody_says_what_it_is(path):
    write(path, HEADER[1:9], [row[1:9] for row in ANSWERS])
    assert not typeform.recognises(path)
    assert len(typeform.read(path).answers) == 5


def test_a_missing_header_row_is_refused(path):
    with pytest.raises(FileRefused, match="no header row"):
        typeform.read(write(path, ["Agree", "Yes"], [["Agree", "No"], ["Disagree", "Yes"]]))


def test_a_form_that_nobody_has_answered_is_refused(path):
    with pytest.raises(FileRefused, match="There are no answers"):
        typeform.read(write(path, answers=[]))


# real files


@pytest.fixture(scope="module")
def coderefinery():
    if "COPROD_REALDATA" not in os.environ:
        pytest.skip("COPROD_REALDATA names no folder of real files")
    return Path(os.environ["COPROD_REALDATA"]) / "realdata" / "coderefinery"


@pytest.mark.parametrize(
    ("file", "responses", "options"),
    [
        ("2016/espoo-dec.csv", 25, [10, 12, 12, 6, 6]),
        ("2017/copenhagen-may.csv", 23, [10, 12, 12, 7, 6]),
        ("2017/espoo-dec.csv", 40, [10, 12, 12, 7, 6, 8]),
        ("2018/oslo-jun.csv", 42, [10, 12, 12, 7, 6, 9]),
    ],
)
def test_the_surveys_before_coderefinerys_workshops_are_read(coderefinery, file, responses, options):
    path = coderefinery / "pre" / "data" / "typeform" / file
    assert typeform.recognises(path)
    export = typeform.read(path)
    groups = export.columns[export.columns["role"] == "option"].groupby("group", sort=False).size()
    assert len(export.answers) == responses
    assert groups.tolist() == options
    assert not export.columns["text"].str.contains("<").any()


@pytest.mark.parametrize(("file", "responses", "items"), [("2017.csv", 27, 18), ("2018.csv", 65, 17)])
def test_the_surveys_after_coderefinerys_workshops_are_read(coderefinery, file, responses, items):
    export = typeform.read(coderefinery / "post" / "data" / "typeform" / file)
    assert len(export.answers) == responses
    assert (export.columns["role"] == "item").sum() == items
    assert set(export.answers["Reusable"]) <= {"Yes", "No", ""}
