"""Jisc Online Surveys: codes become the key's labels, boxes options; a key of another survey is refused."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod.exports import jisc
from coprod.problems import FileRefused

KEY = [
    ("URN", "Unique Response Number"),
    ("Q1", "How sure are you?"),
    ("1", "very sure"),
    ("2", "fairly sure"),
    ("3", "not sure"),
    ("Q2", "How did you take part (select all that apply)?"),
    ("1", "workshops"),
    ("2", "letters"),
    ("Q3", "What did you use, and when?"),
    ("Q3_1_a", "paper"),
    ("1", "before"),
    ("Q3_1_b", "paper"),
    ("1", "after"),
    ("Q3_2_a", "video"),
    ("1", "before"),
    ("Q3_2_b", "video"),
    ("1", "after"),
    ("Q4", "How far do you agree?"),
    ("Q4_1", "I was heard"),
    ("1", "agree"),
    ("2", "disagree"),
    ("Q4_2", "I learnt something"),
    ("1", "agree"),
    ("2", "disagree"),
    ("Q5", "What else?"),
    ("Q6", "What is your e-mail address?"),
    ("CompletionDate", "Submission date"),
]
BOXES = ["Q2_1", "Q2_2", "Q3_1_a_1", "Q3_1_b_1", "Q3_2_a", "Q3_2_b"]
HEADER = ["URN", "Q1", "Q2_1", "Q2_2", "Q3", *BOXES[2:], "Q4", "Q4_1", "Q4_2", "Q5", "Q6", "CompletionDate"]
ANSWERS = [
    [
        "6-61",
        "1",
        "1",
        "0",
        "",
        "1",
        "0",
        "1",
        "",
        "",
        "1",
        "2",
        "=more, please",
        "gwen@example.org",
        "2026-05-11",
    ],
    ["6-62", "3", "0", "1", "", "0", "0", "", "1", "", "2", "", "", "", "2026-05-11"],
    ["6-63", "", "0", "0", "", "0", "0", "", "", "", "", "", "", "", "2026-05-12"],
]


@pytest.fixture
def answers(tmp_path):
    return tmp_path / "results.csv"


@pytest.fixture
def key(tmp_path):
    return write(tmp_path / "key.csv", KEY)


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def told(export, name):
    return export.columns.set_index("column").loc[name]


def problems(path, *companions):
    with pytest.raises(FileRefused) as refused:
        jisc.read(path, companions)
    return refused.value.problems


def test_the_answers_are_recognised_and_the_key_is_not(answers, key):
    assert jisc.recognises(write(answers, [HEADER, *ANSWERS]))
    assert not jisc.recognises(key)


def test_columns_have_their_roles_and_heads_of_grids_are_left_out(answers, key):
    columns = jisc.read(write(answers, [HEADER, *ANSWERS]), (key,)).columns
    assert list(zip(columns["column"], columns["role"], strict=True)) == [
        ("URN", "identifier"),
        ("Q1", "item"),
        *((name, "option") for name in BOXES),
        ("Q4_1", "item"),
        ("Q4_2", "item"),
        ("Q5", "text"),
        ("Q6", "identifier"),
        ("CompletionDate", "metadata"),
    ]


def test_codes_become_labels_in_the_order_of_the_key(answers, key):
    export = jisc.read(write(answers, [HEADER, *ANSWERS]), (key,))
    assert export.answers["Q1"].tolist() == ["very sure", "not sure"]
    assert export.scales["Q1"] == ("very sure", "fairly sure", "not sure")


def test_statements_of_a_grid_share_a_scale_and_keep_the_question_above(answers, key):
    export = jisc.read(write(answers, [HEADER, *ANSWERS]), (key,))
    assert [told(export, name)["scale"] for name in ("Q4_1", "Q4_2")] == ["Q4_1", "Q4_1"]
    assert (told(export, "Q4_2")["text"], told(export, "Q4_2")["group"]) == (
        "I learnt something",
        "How far do you agree?",
    )


def test_a_box_holds_its_label_where_ticked_whether_it_is_empty_or_0_where_not(answers, key):
    export = jisc.read(write(answers, [HEADER, *ANSWERS]), (key,))
    assert export.answers["Q2_1"].tolist() == ["workshops", ""]
    assert export.answers["Q3_1_a_1"].tolist() == ["before", ""]
    assert export.answers["Q3_2_b"].tolist() == ["", "after"]
    assert any("nothing stands in place of 0" in said and "Q3" in said for said in export.decided)


def test_the_boxes_of_a_row_of_a_grid_are_one_question(answers, key):
    export = jisc.read(write(answers, [HEADER, *ANSWERS]), (key,))
    assert told(export, "Q3_1_a_1")["group"] == told(export, "Q3_1_b_1")["group"]
    assert told(export, "Q3_1_b_1")["group"] == "What did you use, and when?: paper"
    assert told(export, "Q3_2_a")["group"] == "What did you use, and when?: video"


def test_two_questions_in_the_same_words_stay_two(answers, tmp_path):
    rows = [KEY[0], ("Q1", "Which?"), ("1", "yes"), ("Q2", "Which?"), ("1", "yes"), KEY[-1]]
    key = write(tmp_path / "key.csv", rows)
    export = jisc.read(
        write(answers, [["URN", "Q1_1", "Q2_1"], ["6-1", "1", "0"], ["6-2", "0", "1"]]), (key,)
    )
    assert export.columns["group"].tolist() == ["", "Which? (Q1)", "Which? (Q2)"]


def test_options_in_the_same_words_are_told_apart_by_their_codes(answers, tmp_path):
    key = write(tmp_path / "key.csv", [KEY[0], ("Q1", "Which?"), ("1", "other"), ("2", "other")])
    export = jisc.read(write(answers, [["URN", "Q1"], ["6-1", "1"], ["6-2", "2"]]), (key,))
    assert export.answers["Q1"].tolist() == ["other (1)", "other (2)"]


def test_a_response_of_nothing_but_0_is_left_out_and_counted(answers, key):
    export = jisc.read(write(answers, [HEADER, *ANSWERS]), (key,))
    assert len(export.answers) == 2
    assert export.dropped["rows"].tolist() == [1]


def test_the_number_0_is_an_answer_where_it_is_no_box(answers, tmp_path):
    key = write(tmp_path / "key.csv", [KEY[0], ("Q1", "How many children?")])
    export = jisc.read(write(answers, [["URN", "Q1"], ["6-1", "0"], ["6-2", "12"]]), (key,))
    assert export.answers["Q1"].tolist() == ["0", "12"]
    assert told(export, "Q1")["role"] == "number"


def test_a_formula_stays_the_text_it_was(answers, key):
    assert jisc.read(write(answers, [HEADER, *ANSWERS]), (key,)).answers["Q5"][0] == "=more, please"


def test_without_the_key_codes_stay_and_it_is_asked_for(answers):
    export = jisc.read(write(answers, [HEADER, *ANSWERS]))
    assert export.answers["Q4_1"].tolist() == ["1", "2"]
    assert export.answers["Q3_1_a_1"].tolist() == ["Q3_1_a_1", ""]
    assert told(export, "Q2_1")["group"] == "Q2"
    assert not export.scales
    assert "Give the key" in export.decided[0]


def test_of_several_keys_the_one_that_fits_is_taken(answers, key, tmp_path):
    other = write(tmp_path / "other.csv", [KEY[0], ("Q1", "Who?"), ("1", "I")])
    export = jisc.read(write(answers, [HEADER, *ANSWERS]), (other, key))
    assert told(export, "Q1")["text"] == "How sure are you?"


def test_a_key_without_a_question_is_refused_with_its_column(answers, tmp_path):
    key = write(tmp_path / "key.csv", KEY[:8])
    found = problems(write(answers, [HEADER, *ANSWERS]), key)
    assert [problem.column for problem in found] == [*BOXES[2:], "Q4_1", "Q4_2", "Q5", "Q6"]
    assert {problem.problem for problem in found} == {"The key does not have this question."}


def test_a_code_that_the_key_lacks_is_refused_with_row_and_column(answers, key):
    changed = [ANSWERS[0], [*ANSWERS[1][:1], "7", *ANSWERS[1][2:]]]
    (problem,) = problems(write(answers, [HEADER, *changed]), key)
    assert (problem.row, problem.column, problem.value) == ("3", "Q1", "7")


def test_somebodys_words_in_a_column_of_codes_stay_out_of_the_message(answers, key):
    changed = [[*ANSWERS[0][:1], "gwen@example.org", *ANSWERS[0][2:]]]
    found = problems(write(answers, [HEADER, *changed]), key)
    assert "gwen" not in str(found)


def test_answers_given_as_the_key_are_refused_without_their_numbers(answers, tmp_path):
    two = write(tmp_path / "two.csv", [["URN", "Q1"], ["638954-1", "1"]])
    found = problems(write(answers, [HEADER, *ANSWERS]), two)
    assert "no key" in found[0].problem
    assert "638954" not in str(found)


def test_a_key_with_a_question_twice_is_refused(answers, tmp_path):
    key = write(tmp_path / "key.csv", [*KEY, ("Q1", "How sure are you now?")])
    (problem,) = problems(write(answers, [HEADER, *ANSWERS]), key)
    assert (problem.row, problem.column) == (str(len(KEY) + 1), "Q1")


def test_an_option_below_no_question_is_refused(answers, tmp_path):
    key = write(tmp_path / "key.csv", [KEY[0], ("1", "very sure")])
    assert problems(write(answers, [HEADER, *ANSWERS]), key)[0].row == "2"


@pytest.mark.parametrize("rows", [[HEADER], [HEADER, ANSWERS[2]]], ids=["no rows", "nothing but 0"])
def test_an_export_without_answers_is_refused(answers, key, rows):
    assert "no answers" in problems(write(answers, rows), key)[0].problem


def test_the_export_of_another_tool_is_refused(answers):
    assert "Jisc Online Surveys" in problems(write(answers, [["Timestamp", "Q1"], ["1", "2"]]))[0].problem


coded = st.lists(
    st.tuples(st.sampled_from(["", "1", "2", "3"]), st.lists(st.sampled_from("01"), min_size=2, max_size=2)),
    min_size=1,
    max_size=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=coded)
def test_nothing_is_lost_and_nothing_invented(tmp_path, rows):
    key = write(tmp_path / "key.csv", KEY[:8])
    table = [[f"6-{number}", code, *ticks] for number, (code, ticks) in enumerate(rows)]
    path = write(tmp_path / "results.csv", [["URN", "Q1", "Q2_1", "Q2_2"], *table])
    expected = [
        [dict(KEY[2:5]).get(code, ""), *(tick == "1" for tick in ticks)]
        for code, ticks in rows
        if code or "1" in ticks
    ]
    if not expected:
        assert "no answers" in problems(path, key)[0].problem
        return
    read = jisc.read(path, (key,)).answers
    found = [[sure, first != "", second != ""] for sure, first, second in read.iloc[:, 1:].to_numpy()]
    assert found == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(at=st.integers(0, 2_000), to=st.binary(max_size=6), cut=st.booleans(), harm_key=st.booleans())
def test_a_damaged_file_is_read_or_refused_and_never_breaks(tmp_path, at, to, cut, harm_key):
    path, key = write(tmp_path / "results.csv", [HEADER, *ANSWERS]), write(tmp_path / "key.csv", KEY)
    harmed = key if harm_key else path
    whole = harmed.read_bytes()
    harmed.write_bytes(whole[:at] + to + (b"" if cut else whole[at + 1 :]))
    said = ""
    try:
        export = jisc.read(path, (key,))
        assert list(export.answers) == export.columns["column"].tolist()
    except FileRefused as refused:
        said = str(refused.problems)
    assert "gwen@example.org" not in said


real = pytest.mark.skipif("COPROD_REALDATA" not in os.environ, reason="COPROD_REALDATA is not set")


@pytest.fixture
def folder():
    return Path(os.environ["COPROD_REALDATA"]) / "exports"


@real
def test_the_real_export_is_read_with_its_key(folder):
    path, key = folder / "jisc_v2_coded_en.csv", folder / "jisc_v2_key_en.csv"
    assert jisc.recognises(path)
    export = jisc.read(path, (key,))
    assert export.columns["role"].value_counts().to_dict() == {
        "option": 343,
        "item": 26,
        "identifier": 1,
        "metadata": 1,
    }
    assert export.dropped["rows"].tolist() == [2]
    assert len(export.answers) == 66


@real
def test_counts_of_the_real_export_are_those_of_its_codes(folder):
    path, key = folder / "jisc_v2_coded_en.csv", folder / "jisc_v2_key_en.csv"
    answers = jisc.read(path, (key,)).answers
    with path.open(encoding="utf-8", newline="") as file:
        coded = list(csv.DictReader(file))
    assert (answers["Q12"] == "never").sum() == sum(row["Q12"] == "4" for row in coded)
    assert (answers["Q53_1_a"] != "").sum() == sum(row["Q53_1_a"] == "1" for row in coded)


@real
def test_the_real_export_is_read_without_its_key(folder):
    export = jisc.read(folder / "jisc_v2_coded_en.csv")
    assert (export.columns["role"] == "option").sum() == 343
    assert set(export.answers["Q12"]) == {"", "1", "2", "3", "4"}
