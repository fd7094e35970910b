"""Google Forms: what was ticked comes apart between commas, and one answer with a comma stays one."""

import csv
import os
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from coprod.exports import google_forms
from coprod.exports.joined import between_commas
from coprod.problems import FileRefused

ROLES = "Which roles apply to you?"
GRID = "How far do you agree?"
HEADER = [
    "Timestamp",
    "Email Address",
    f"{GRID} [We were heard]",
    f"{GRID} [We had time]",
    ROLES,
    "Any more?",
]
ANSWERS = [
    ["a@example.org", "Agree", "4", "I teach, I manage people", "It began late. Then it was good."],
    ["b@example.org", "Disagree", "2", "I teach", ""],
    ["c@example.org", "Agree", "4", "I manage people, I write", "No"],
    ["d@example.org", "Agree", "5", "I write", ""],
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "form.csv"


def write(path, header=HEADER, answers=ANSWERS, blank=()):
    """Write an export; `blank` names rows, counted from 1 below the header, without anything in them."""
    rows = [[f"8/{day}/2026 15:33:45", *given] for day, given in enumerate(answers, start=20)]
    for place in blank:
        rows.insert(place - 1, [""] * len(header))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def asked(path, cells, question="Which?"):
    """Read a form with one question besides one that everybody answers."""
    return google_forms.read(
        write(path, ["Timestamp", question, "Heard?"], [[cell, "Yes"] for cell in cells])
    )


def told(export, name):
    return export.columns.set_index("column").loc[name]


# what comes out


def test_each_column_has_its_role(path):
    assert google_forms.recognises(write(path))
    export = google_forms.read(path)
    assert export.columns["role"].tolist() == ["metadata", "identifier", "item", "item", "joined", "text"]


def test_the_statements_of_a_grid_share_the_question_above_them(path):
    columns = google_forms.read(write(path)).columns
    grid = columns[columns["group"] == GRID]
    assert grid["text"].tolist() == ["We were heard", "We had time"]
    assert grid["column"].tolist() == HEADER[2:4]


def test_brackets_after_one_question_alone_make_no_grid(path):
    export = asked(path, ["20", "30", "40"], "How long did it take? [minutes]")
    assert told(export, "How long did it take? [minutes]")["group"] == ""


def test_the_empty_second_row_is_dropped_and_counted(path):
    export = google_forms.read(write(path, blank=[1]))
    assert len(export.answers) == 4
    assert export.dropped.to_numpy().tolist() == [["rows without anything", 1, "Nothing stands in them."]]


def test_that_nobody_has_a_number_is_said(path):
    assert any("gives respondents no number" in said for said in google_forms.read(write(path)).decided)


@pytest.mark.parametrize("stamp", ["Timestamp", "Zeitstempel", "Horodateur", "Tidstämpel", "Stamp amser"])
def test_the_time_may_be_in_another_language(path, stamp):
    assert google_forms.recognises(write(path, [stamp, *HEADER[1:]]))
    assert google_forms.read(path).columns["role"][0] == "metadata"


def test_the_sheet_as_a_workbook_gives_the_same_answers(path):
    export = google_forms.read(write(path))
    book = Workbook()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            book.active.append(row)
    book.save(path.with_suffix(".xlsx"))
    packed = google_forms.read(path.with_suffix(".xlsx"))
    assert packed.answers.equals(export.answers)


def test_dates_with_days_and_months_changed_about_are_said(path):
    write(path)
    path.write_text(path.read_text().replace("8/21/2026", "21/8/2026"))
    assert any(
        "'Timestamp' are written in more than one way" in said for said in google_forms.read(path).decided
    )


def test_points_of_a_quiz_are_left_out(path):
    header = ["Timestamp", "Score", "Heard?", "Heard? [Score]", "Heard? [Feedback]"]
    answers = [["1 / 2", "Yes", "1 / 1", ""], ["0 / 2", "No", "0 / 1", ""]]
    export = google_forms.read(write(path, header, answers))
    assert list(zip(export.columns["column"], export.columns["role"], strict=True)) == [
        ("Timestamp", "metadata"),
        ("Score", "metadata"),
        ("Heard?", "item"),
    ]


# what was ticked


def test_options_that_come_back_are_what_was_ticked(path):
    export = google_forms.read(write(path))
    assert told(export, ROLES)["separator"] == ", "
    assert export.answers[ROLES].tolist() == [row[3] for row in ANSWERS]
    assert f"Several options in one cell, with ', ' between them: {ROLES!r}." in export.decided


def test_the_forms_own_csv_joins_by_semicolons(path):
    export = asked(path, ["Time;Trust, and care", "Trust, and care", "Time", "Time;Money"])
    assert told(export, "Which?")["separator"] == ";"


@pytest.mark.parametrize(
    "cells",
    [
        ["Yes, but rarely", "Yes, but rarely", "No", "No", "Yes, often", "Yes, often"],
        ["No", "No, but we wanted to", "No", "No, but we wanted to", "Yes", "Yes"],
        ["Biological, mathematical & physical sciences"] * 3 + ["Arts"] * 2,
        ["Lincoln, England, May", "Cardiff, Wales, May", "Oslo, Norway, June", "Derby, England, June"] * 3,
        [
            "Yes, an editor (such as Vim, Emacs, Kate)",
            "Yes, an editor (such as Vim, Emacs, Kate)",
            "No",
            "No",
        ],
    ],
)
def test_one_answer_with_a_comma_stays_one(path, cells):
    export = asked(path, cells)
    assert told(export, "Which?")["role"] == "item"
    assert export.answers["Which?"].tolist() == cells


def test_lists_in_peoples_own_words_are_words(path):
    export = asked(
        path, ["Excel, R, Image J", "Python, Linux, EndNote, MATLAB", "Matlab", "CASTEP, molpro", "R"]
    )
    assert told(export, "Which?")["role"] == "text"


def test_an_option_that_holds_a_comma_is_kept_whole_by_another_separator(path):
    cells = [
        "Time, or the lack of it, Trust",
        "Trust",
        "Time, or the lack of it",
        "Time, or the lack of it, Money",
    ]
    export = asked(path, [*cells, "Trust, Money"])
    assert told(export, "Which?")["separator"] == " | "
    assert export.answers["Which?"].tolist() == [
        "Time, or the lack of it | Trust",
        "Trust",
        "Time, or the lack of it",
        "Time, or the lack of it | Money",
        "Trust | Money",
    ]
    assert any("'Time, or the lack of it'" in said for said in export.decided)


def test_a_comma_in_brackets_parts_nothing(path):
    cells = [
        "Git (or Mercurial, Bazaar), Tests",
        "Tests",
        "Git (or Mercurial, Bazaar)",
        "Tests, Review",
        "Review",
    ]
    export = asked(path, cells)
    assert export.answers["Which?"][0] == "Git (or Mercurial, Bazaar) | Tests"


def test_the_other_separator_is_none_that_an_option_holds():
    found = between_commas(pd.Series(["A | a, or b, C", "C", "A | a, or b", "C, D", "D", "A | a, or b, D"]))
    assert found.separator == " || "
    assert found.cells[0] == "A | a, or b || C"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    st.lists(
        st.sets(st.sampled_from(["Travel", "Too little time", "Nothing", "Language"]), min_size=1), max_size=9
    )
)
def test_no_ticked_option_is_lost_and_none_invented(path, ticked):
    """Everybody's choice is preceded by every pair and single option, as a form with enough answers has."""
    options = ["Language", "Nothing", "Too little time", "Travel"]
    pairs = [{first, second} for first, second in product(options, repeat=2)]
    given_options = [sorted(chosen) for chosen in [*pairs, *ticked]]
    export = asked(path, [", ".join(chosen) for chosen in given_options])
    separator = told(export, "Which?")["separator"]
    assert [cell.split(separator) for cell in export.answers["Which?"]] == given_options


def test_words_that_one_person_alone_gave_are_pointed_out_by_number_only(path):
    cells = ["Time, Trust", "Time", "Trust", "Time, Trust, my uncle Gwilym"]
    decided = " ".join(asked(path, cells).decided)
    assert "'Which?': 1" in decided
    assert "Gwilym" not in decided


# what is refused


def test_an_export_of_another_tool_is_refused(path):
    write(path, ["When", *HEADER[1:]])
    assert not google_forms.recognises(path)
    with pytest.raises(FileRefused, match="That is no export of Google Forms"):
        google_forms.read(path)


def test_a_form_that_nobody_has_answered_is_refused(path):
    with pytest.raises(FileRefused, match="There are no answers"):
        google_forms.read(write(path, answers=[]))


# real files


@pytest.fixture(scope="module")
def real():
    if "COPROD_REALDATA" not in os.environ:
        pytest.skip("COPROD_REALDATA names no folder of real files")
    return Path(os.environ["COPROD_REALDATA"])


def test_a_real_export_with_an_empty_second_row_is_read(real):
    path = real / "exports" / "googleforms_redacted_first12.csv"
    assert google_forms.recognises(path)
    export = google_forms.read(path)
    found = export.columns.set_index("column")
    assert len(export.answers) == 12
    (roles,) = found.index[found["role"] == "joined"]
    assert roles.startswith("Question 2")
    assert (
        found.loc["Question 7: What would happen if you could no longer use research software?", "role"]
        == "item"
    )
    assert found.filter(like="e-mail", axis="index")["role"].tolist() == []
    assert found.filter(like="email address", axis="index")["role"].tolist() == ["identifier"]


@pytest.mark.parametrize(
    ("file", "shape"),
    [("20250425_day_2/initial_knowledge.csv", (13, 8)), ("20251128_day_2/survey_start.csv", (7, 7))],
)
def test_the_start_surveys_of_uppmax_are_one_grid_of_numbers(real, file, shape):
    path = real / "realdata" / "uppmax-hpc-python" / file
    assert google_forms.recognises(path)
    export = google_forms.read(path)
    items = export.columns[export.columns["role"] == "item"]
    assert (len(export.answers), len(items)) == shape
    assert items["group"].unique().tolist() == [
        "Give you confidence levels of the following statements below:"
    ]
    assert set(export.answers[items["column"]].to_numpy().ravel()) <= set("012345")
