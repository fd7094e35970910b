"""SurveyMonkey exports, written here as it gives them: two header rows, expanded or condensed."""

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod import exports
from coprod.exports import surveymonkey
from coprod.problems import FileRefused

ABOUT = {
    "Respondent ID": "118000001",
    "Collector ID": "42",
    "Start Date": "03/01/2024 10:00:00 AM",
    "End Date": "03/01/2024 10:05:00 AM",
    "IP Address": "203.0.113.9",
    "Email Address": "anna.berg@example.org",
    "First Name": "Anna",
    "Last Name": "Berg",
    "Custom Data 1": "EXT-77",
}
OBSTACLES = ["Travel", "Too little time", "Money, or the lack of it"]
AGREEMENT = ["Disagree", "Neither agree nor disagree", "Agree"]
OTHER = "Other (please specify)"
HARD = "What made it hard?"
TICKS = [(HARD if n == 0 else "", label) for n, label in enumerate([*OBSTACLES, OTHER])]
GRID = [("How far do you agree?", "We had time."), ("", "We were heard.")]
SINGLE, WORDS = ("How did it go?", "Response"), ("What else?", "Open-Ended Response")


def table(columns, rows, about=ABOUT):
    upper = [*about, *(question for question, _ in columns)]
    lower = [*([""] * len(about)), *(below for _, below in columns)]
    return [upper, lower, *([*about.values(), *row] for row in rows)]


def written(folder, lines, encoding="utf-8", name="answers.csv"):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    path = folder / name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read(folder, columns, rows, **options):
    return surveymonkey.read(written(folder, table(columns, rows, **options)))


def said(export):
    return " ".join(export.decided)


def questions(export):
    return export.columns.iloc[len(ABOUT) :].reset_index(drop=True)


def test_it_is_recognised_by_the_number_of_the_respondent(tmp_path):
    assert exports.recognise(written(tmp_path, table([SINGLE], [["Well"]]))) == "surveymonkey"


@pytest.mark.parametrize("text", ["", "Respondent ID\n1\n", "ID,Respondent ID\n1,2\n", "\0"])
def test_other_files_are_not_taken_for_it(tmp_path, text):
    path = tmp_path / "other.csv"
    path.write_text(text)
    assert not surveymonkey.recognises(path)


def test_columns_about_the_respondent_are_identifiers_and_metadata(tmp_path):
    roles = read(tmp_path, [SINGLE], [["Well"]]).columns["role"].tolist()
    assert roles == [*("identifier", "metadata", "metadata", "metadata"), *["identifier"] * 5, "item"]


def test_what_came_with_the_invitation_is_an_identifier_whatever_its_name(tmp_path):
    export = read(tmp_path, [SINGLE], [["Well"]], about={**ABOUT, "Department": "Geography"})
    assert export.columns.set_index("column").loc["Department", "role"] == "identifier"


def test_no_identifier_stands_in_what_is_said_or_described(tmp_path):
    export = read(tmp_path, [SINGLE, WORDS, *TICKS], [["Well", "Rain", "Travel", "", "", "My cat"]] * 2)
    shown = f"{export.decided} {export.dropped.to_csv()} {export.columns.to_csv()}"
    assert not [secret for name, secret in ABOUT.items() if name not in ("Collector ID",) and secret in shown]


def test_what_was_ticked_becomes_options_of_one_question(tmp_path):
    rows = [["Travel", "", OBSTACLES[2], "My cat"], ["", "", "", ""], ["Travel", OBSTACLES[1], "", ""]]
    export = read(tmp_path, [*TICKS, SINGLE], [[*row, "Well"] for row in rows])

    columns = questions(export)
    assert columns["role"].tolist() == [*["option"] * 3, "text", "item"]
    assert columns["option"].tolist() == [*OBSTACLES, "", ""]
    assert columns["group"].tolist() == [*[HARD] * 4, ""]
    assert export.answers.iloc[:, -5:-2].to_numpy().tolist() == [row[:3] for row in rows]


def test_an_option_that_nobody_ticked_is_an_option(tmp_path):
    export = read(tmp_path, TICKS[:3], [["Travel", "", ""], ["", OBSTACLES[1], ""]])
    assert set(questions(export)["role"]) == {"option"}


def test_ticks_written_as_numbers_become_labels_and_are_said(tmp_path):
    export = read(tmp_path, TICKS, [["1", "", "3", ""], ["", "2", "", "My cat"]])
    assert export.answers.iloc[0, -4:].tolist() == ["Travel", "", OBSTACLES[2], ""]
    assert "Numbers were read as ticked" in said(export)


def test_statements_of_a_grid_are_items_under_their_question(tmp_path):
    export = read(tmp_path, GRID, [["Agree", "Agree"], ["Disagree", "Agree"]] * 2)
    columns = questions(export)
    assert columns["role"].tolist() == ["item"] * 2
    assert columns["text"].tolist() == ["We had time.", "We were heard."]
    assert columns["group"].tolist() == ["How far do you agree?"] * 2


def test_ranks_are_no_ticks(tmp_path):
    export = read(tmp_path, TICKS[:3], [["1", "2", "3"], ["3", "2", "1"]])
    assert "option" not in set(export.columns["role"])


def test_condensed_ticks_come_apart_though_an_option_holds_a_comma(tmp_path):
    cells = [
        "Travel, Too little time",
        "Travel, Money, or the lack of it",
        "Travel",
        "Money, or the lack of it",
    ]
    export = read(tmp_path, [(HARD, "Response")], [[cell] for cell in [*cells * 3, "Too little time"]])
    row = questions(export).iloc[0]
    assert row["role"] == "joined"
    options = {option for cell in export.answers[HARD] for option in cell.split(row["separator"])}
    assert options == set(OBSTACLES)


def test_one_answer_with_a_comma_stays_one_answer(tmp_path):
    export = read(tmp_path, [SINGLE], [[cell] for cell in ["$0 - $24,999", "Yes, but rarely", "No"] * 4])
    assert questions(export)["role"].tolist() == ["item"]


def test_rare_answers_to_a_closed_question_are_items_and_open_ones_words(tmp_path):
    export = read(tmp_path, [SINGLE, WORDS], [["Well", "Rain"], ["Badly", "Sun"], ["So so", "Rain"]])
    assert questions(export)["role"].tolist() == ["item", "text"]


@pytest.mark.parametrize("question", ["What is your email address?", "Please give your full name"])
def test_open_questions_that_ask_who_somebody_is_are_identifiers(tmp_path, question):
    export = read(tmp_path, [SINGLE, (question, "Open-Ended Response")], [["Well", "Anna"], ["Well", "Bo"]])
    assert questions(export)["role"].tolist() == ["item", "identifier"]


def test_contact_details_are_identifiers(tmp_path):
    fields = ["Name", "Company", "City/Town", "Country", "Email Address", "Phone Number"]
    columns = [("Where are you?" if n == 0 else "", field) for n, field in enumerate(fields)]
    rows = [["Anna", "Acme", "Lincoln", "UK", "a@example.org", "01522 000000"]] * 3
    roles = questions(read(tmp_path, columns, rows))["role"].tolist()
    assert roles == [*["identifier"] * 3, "item", *["identifier"] * 2]


def test_the_same_question_asked_twice_gives_two_groups(tmp_path):
    rows = [["Travel", "", "", "Travel", "", ""], ["", OBSTACLES[1], "", "", "", OBSTACLES[2]]]
    export = read(tmp_path, [*TICKS[:3], *TICKS[:3]], rows)
    assert questions(export)["group"].tolist() == [HARD] * 3 + [f"{HARD} (2)"] * 3


def test_windows_1252_is_read_and_said(tmp_path):
    path = written(tmp_path, table([("Où?", "Response")], [["Orléans"]]), "cp1252")
    export = surveymonkey.read(path)
    assert export.answers["Où?"].tolist() == ["Orléans"]
    assert "Windows-1252" in said(export)


def test_respondents_without_an_answer_are_left_out_and_counted(tmp_path):
    export = read(tmp_path, [SINGLE], [["Well"], [""]])
    assert export.dropped[["what", "rows"]].to_numpy().tolist() == [["rows without an answer", 1]]


@pytest.mark.parametrize("lines", [[0], [0, 2], [0, 2, 2]])
def test_a_second_header_row_that_is_missing_is_refused(tmp_path, lines):
    whole = table([SINGLE], [["Well"]])
    with pytest.raises(FileRefused, match="second header row"):
        surveymonkey.read(written(tmp_path, [whole[place] for place in lines]))


def test_a_file_of_another_tool_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="no export of SurveyMonkey"):
        surveymonkey.read(written(tmp_path, [["a", "b"], ["1", "2"]]))


def test_an_export_without_answers_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="no answers"):
        read(tmp_path, [SINGLE], [])


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
ROW = st.tuples(
    st.sampled_from(["", *AGREEMENT]),
    st.sampled_from(["", *AGREEMENT]),
    *(st.booleans() for _ in OBSTACLES),
    st.sampled_from(["Well", "Badly", "=1+1", "None"]),
    st.text(LETTERS, max_size=30),
)


@given(st.lists(ROW, min_size=1, max_size=8))
def test_whatever_was_answered_comes_back(tmp_path_factory, rows):
    cells = [
        [
            *row[:2],
            *(label if ticked else "" for label, ticked in zip(OBSTACLES, row[2:5], strict=True)),
            *row[5:],
        ]
        for row in rows
    ]
    export = read(tmp_path_factory.mktemp("s"), [*GRID, *TICKS[:3], SINGLE, WORDS], cells)
    assert export.answers.iloc[:, len(ABOUT) :].to_numpy().tolist() == cells


@given(st.data())
def test_a_damaged_file_is_read_or_refused_but_never_fails(tmp_path_factory, data):
    rows = [["Agree", "Agree", "Travel", "", "", "a, b", "Well"], ["Agree", "", "", "", "", "", "Badly"]]
    path = written(tmp_path_factory.mktemp("damaged"), table([*GRID, *TICKS, SINGLE], rows))
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.sampled_from([0, 1, 40, len(whole)]))
    path.write_bytes(whole[:start] + data.draw(st.binary(max_size=4)) + whole[start + length :])
    try:
        export = exports.read(path, "surveymonkey")
    except FileRefused:
        return
    assert list(export.answers) == export.columns["column"].tolist()


REAL = Path(os.environ["COPROD_REALDATA"]) / "exports" if "COPROD_REALDATA" in os.environ else None


@pytest.mark.skipif(REAL is None, reason="COPROD_REALDATA is not set")
def test_the_real_sample_is_read():
    export = exports.read(REAL / "surveymonkey_starwars_first40.csv")
    assert export.tool == "surveymonkey"
    assert export.columns["role"].value_counts().to_dict() == {"item": 31, "option": 6, "identifier": 1}
    assert export.columns.query("role == 'option'")["option"].iloc[0].endswith("Episode I The Phantom Menace")
    assert (export.answers.iloc[:, 3] != "").sum() < len(export.answers)
