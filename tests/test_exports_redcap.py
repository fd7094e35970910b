"""REDCap reports are read with their dictionary and without, and a 0 is told from what nobody saw."""

import csv
import io
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod.exports import redcap
from coprod.exports.export import NOT_SEEN, ROLES
from coprod.exports.redcap_dictionary import choices_of
from coprod.problems import FileRefused

REALDATA = os.environ.get("COPROD_REALDATA", "")
REAL = pytest.mark.skipif(not REALDATA, reason="COPROD_REALDATA does not name the folder of real files")
SECRET = "secretive"
DESIGNER = [
    *("Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label"),
    *("Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number"),
    *("Text Validation Min", "Text Validation Max", "Identifier?"),
    *("Branching Logic (Show field only if...)", "Required Field?", "Custom Alignment"),
    *("Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?", "Field Annotation"),
]
AGREE = "1, Agree|2 , Neither, really |3,Disagree | -9, Don't know"


def field(name, kind="text", label="", choices="", *, form="first", section="", **more):
    """Write a row of a dictionary."""
    row = dict.fromkeys(DESIGNER, "")
    row |= dict(zip(DESIGNER, [name, form, section, kind, label or name, choices], strict=False))
    names = {
        "validation": DESIGNER[7],
        "identifier": DESIGNER[10],
        "branch": DESIGNER[11],
        "matrix": DESIGNER[15],
    }
    return list((row | {names[key]: value for key, value in more.items()}).values())


FIELDS = [
    field("record_id", label="Record ID"),
    field("mail", label="How to reach you", validation="email"),
    field("nick", label="What you are called", identifier="y"),
    field("heard", "radio", "I felt heard.", AGREE, matrix="m1", section="How was it?"),
    field("lasts", "radio", "It will last.", AGREE, matrix="m1"),
    field("ways", "checkbox", "How did you come?", "1, By bus | -2, On foot | x y, Another way"),
    field("why", "radio", "Why so late?", "1, Rain | 2, Snow", branch="[heard] = '3'"),
    field("again", "yesno", "Again?", form="second"),
    field("tools", "checkbox", "Tools", "1, Pen | 2, Paper", form="second"),
    field("score", "slider", "Score", "low | middle | high", form="second"),
    field("more", "notes", "What else?", form="second"),
]
HEADER = [
    *("record_id", "redcap_survey_identifier", "first_timestamp", "mail", "nick", "heard", "lasts"),
    *("ways___1", "ways____2", "ways___x_y", "why", "first_complete"),
    *("again", "tools___1", "tools___2", "score", "more", "second_complete"),
]
FULL = ["7", SECRET, "2024-05-01 10:00", f"{SECRET}@example.org", SECRET, "1", "2", "1", "0", "1", "", "2"]
FULL += ["0", "0", "1", "55", "Nothing.", "2"]
UNSEEN = ["8", "", "2024-05-02 10:00", "", "", "-9", "3", "0", "0", "0", "2", "2", "", "0", "0", "", "", "0"]
BEGUN = ["9", "", "[not completed]", "", "", "3", "", "0", "0", "0", "", "0", "1", "0", "0", "", "", "2"]


def written(folder, rows, name="report.csv"):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


@pytest.fixture
def dictionary(tmp_path):
    return written(tmp_path, [DESIGNER, *FIELDS], "dictionary.csv")


@pytest.fixture
def export(tmp_path, dictionary):
    return redcap.read(written(tmp_path, [HEADER, FULL, UNSEEN, BEGUN]), [dictionary])


def about(export, key="role"):
    return dict(zip(export.columns["column"], export.columns[key], strict=True))


def refusal(path, companions=()):
    with pytest.raises(FileRefused) as error:
        redcap.read(path, companions)
    assert all(problem.remedy for problem in error.value.problems)
    return error.value.problems


# what columns are


def test_codes_become_labels_in_the_order_of_the_dictionary(export):
    assert list(export.answers["heard"]) == ["Agree", "Don't know", "Disagree"]
    assert export.scales[about(export, "scale")["lasts"]] == (
        "Agree",
        "Neither, really",
        "Disagree",
        "Don't know",
    )
    assert about(export, "scale")["heard"] == about(export, "scale")["lasts"]


def test_the_statements_of_a_matrix_have_what_stands_above_it(export):
    assert about(export, "group")["heard"] == about(export, "group")["lasts"] == "How was it?"
    assert about(export, "text")["lasts"] == "It will last."


def test_ticks_become_labels_and_codes_are_found_as_redcap_spells_them(export):
    assert list(export.answers.loc[0, ["ways___1", "ways____2", "ways___x_y"]]) == [
        "By bus",
        "",
        "Another way",
    ]
    assert list(export.columns.loc[export.columns["group"] == "ways", "option"]) == [
        "By bus",
        "On foot",
        "Another way",
    ]


def test_identifiers_are_those_of_the_dictionary_of_redcap_and_by_validation(export):
    told = {name for name, role in about(export).items() if role == "identifier"}

    assert told == {"record_id", "redcap_survey_identifier", "mail", "nick"}
    assert all(export.columns.loc[export.columns["role"] == "identifier", "why"])


@pytest.mark.parametrize(
    ("more", "role"),
    [
        ({"validation": "phone_australia"}, "identifier"),
        ({"validation": "zipcode"}, "identifier"),
        ({"validation": "date_ymd", "label": "Date of birth"}, "identifier"),
        ({"validation": "date_dmy", "label": "Date of the workshop"}, "metadata"),
        ({"validation": "number_1dp"}, "number"),
        ({"kind": "calc", "choices": "[a] + [b]"}, "number"),
        ({"kind": "file"}, "identifier"),
        ({"kind": "truefalse"}, "item"),
        ({"kind": "dropdown", "choices": "1, One | 0, None"}, "item"),
        ({"kind": "checkbox", "choices": "1, One", "identifier": "y"}, "identifier"),
        ({"kind": "notes"}, "text"),
    ],
)
def test_the_type_and_the_validation_say_what_a_field_holds(tmp_path, more, role):
    fields = [FIELDS[0], field("q", **more), field("r", "yesno")]
    names = ["q___1"] if more.get("kind") == "checkbox" else ["q"]
    path = written(tmp_path, [["record_id", *names, "r", "first_complete"], ["1", "1", "1", "2"]])

    assert about(redcap.read(path, [written(tmp_path, [DESIGNER, *fields], "d.csv")]))[names[0]] == role


def test_a_field_that_asks_for_a_name_is_an_identifier_though_nobody_marked_it(tmp_path):
    fields = [FIELDS[0], field("q", label="First name"), field("r", "yesno")]
    rows = [[str(place), SECRET, "1", "2"] for place in range(3)]
    path = written(tmp_path, [["record_id", "q", "r", "first_complete"], *rows])

    assert about(redcap.read(path, [written(tmp_path, [DESIGNER, *fields], "d.csv")]))["q"] == "identifier"


def test_the_dictionary_of_the_api_is_the_same(tmp_path):
    api = ["field_name", "form_name", "section_header", "field_type", "field_label", *DESIGNER[5:]]
    dictionary = written(tmp_path, [api, *FIELDS], "api.csv")
    export = redcap.read(written(tmp_path, [HEADER, FULL]), [dictionary])

    assert list(export.answers["heard"]) == ["Agree"]


def test_choices_have_commas_in_their_labels_and_uneven_blanks():
    assert choices_of("1, a, b | 2 ,c|3,  d  |4 |") == {"1": "a, b", "2": "c", "3": "d", "4": "4"}


def test_choices_with_the_same_label_are_told_apart(tmp_path):
    fields = [FIELDS[0], field("q", "radio", choices="1, Other | 2, Yes | 3, Other")]
    path = written(tmp_path, [["record_id", "q", "first_complete"], ["1", "1", "2"], ["2", "3", "2"]])
    export = redcap.read(path, [written(tmp_path, [DESIGNER, *fields], "d.csv")])

    assert export.answers["q"].nunique() == 2
    assert set(export.answers["q"]) < set(export.scales["q"])


# what nobody saw


def test_a_question_on_a_form_that_was_not_begun_was_not_asked(export):
    asked = ["again", "tools___1", "tools___2", "score", "more"]

    assert set(export.answers.loc[1, asked]) == {NOT_SEEN}
    assert NOT_SEEN not in set(export.answers.loc[0, asked])


def test_no_tick_on_a_finished_form_is_no_tick(export):
    assert set(export.answers.loc[1, ["ways___1", "ways____2", "ways___x_y"]]) == {""}
    assert set(export.answers.loc[2, ["tools___1", "tools___2"]]) == {""}


def test_no_tick_on_a_form_that_was_begun_and_not_finished_was_not_asked(export):
    assert set(export.answers.loc[2, ["ways___1", "ways____2", "ways___x_y"]]) == {NOT_SEEN}
    assert export.answers.at[2, "lasts"] == ""


def test_a_branch_with_nothing_given_was_not_asked(export):
    assert list(export.answers["why"]) == [NOT_SEEN, "Snow", NOT_SEEN]
    assert any("why" in said and "some only" in said for said in export.decided)


def test_no_identifier_or_metadata_is_changed(export):
    assert list(export.answers["record_id"]) == ["7", "8", "9"]
    assert list(export.answers["first_timestamp"])[2] == "[not completed]"


# labels


def labels_of(rows):
    header = ["Record ID", "Survey Identifier", "Survey Timestamp", "How to reach you", "What you are called"]
    header += ["I felt heard.", "It will last.", *(f"How did you come? (choice={way})" for way in WAYS)]
    header += ["Why so late?", "Complete?", "Again?", "Tools (choice=Pen)", "Tools (choice=Paper)", "Score"]
    return [[*header, "What else?", "Complete?"], *rows]


WAYS = ["By bus", "On foot", "Another way"]
LABELLED = [
    "7",
    "",
    "2024-05-01 10:00",
    "",
    "",
    "Agree",
    "Neither, really",
    "Checked",
    "Unchecked",
    "Checked",
    "",
]
LABELLED += ["Complete", "No", "Unchecked", "Checked", "55", "Nothing.", "Complete"]


def test_labels_give_the_same_answers_as_codes(tmp_path, dictionary, export):
    by_label = redcap.read(written(tmp_path, labels_of([LABELLED]), "l.csv"), [dictionary])

    asked = [
        place for place, role in enumerate(export.columns["role"]) if role not in ("identifier", "metadata")
    ]
    assert list(by_label.answers.iloc[0, asked]) == list(export.answers.iloc[0, asked])
    assert dict(by_label.scales) == dict(export.scales)
    assert list(by_label.columns["role"]) == list(export.columns["role"])


def test_labels_without_a_dictionary_still_tell_the_options(tmp_path):
    by_label = redcap.read(written(tmp_path, labels_of([LABELLED])))

    options = by_label.columns[by_label.columns["role"] == "option"]
    assert list(options["option"]) == [*WAYS, "Pen", "Paper"]
    assert about(by_label)["Record ID"] == "identifier"


def test_all_that_was_ticked_in_one_cell_is_joined(tmp_path, dictionary):
    header = ["record_id", "ways", "first_complete"]
    rows = [["1", "1,-2", "2"], ["2", "", "2"]]
    joined = redcap.read(written(tmp_path, [header, *rows]), [dictionary])

    assert about(joined)["ways"] == "joined"
    assert joined.answers.at[0, "ways"] == "By bus,On foot"


# without a dictionary


def test_without_a_dictionary_codes_stay_and_that_is_said(tmp_path):
    export = redcap.read(written(tmp_path, [HEADER, FULL, UNSEEN, BEGUN]))

    assert list(export.answers["heard"]) == ["1", "-9", "3"]
    assert about(export)["ways___1"] == "option"
    assert set(export.answers.loc[1, ["tools___1", "tools___2"]]) == {NOT_SEEN}
    assert any("No data dictionary" in said for said in export.decided)


def test_without_a_dictionary_names_of_fields_tell_identifiers(tmp_path):
    rows = [[str(n), f"{SECRET}{n}", str(n % 2), "2"] for n in range(4)]
    export = redcap.read(written(tmp_path, [["record_id", "first_name", "heard", "f_complete"], *rows]))

    assert about(export)["first_name"] == "identifier"


# events and repeats


def test_the_event_is_said_to_be_the_wave(tmp_path, dictionary):
    header = ["record_id", "redcap_event_name", "heard", "first_complete"]
    rows = [["1", "before_arm_1", "1", "2"], ["1", "after_arm_1", "2", "2"]]
    export = redcap.read(written(tmp_path, [header, *rows]), [dictionary])

    assert about(export)["redcap_event_name"] == "metadata"
    assert any("wave" in said and "'after_arm_1' (1 rows)" in said for said in export.decided)
    assert "participant number" in about(export, "why")["record_id"]


def test_repeats_of_a_form_are_left_out_beside_other_answers(tmp_path, dictionary):
    header = ["record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "heard", "first_complete"]
    header += ["again", "second_complete"]
    rows = [
        ["1", "", "", "1", "2", "", ""],
        ["1", "second", "1", "", "", "1", "2"],
        ["2", "", "", "3", "2", "", ""],
    ]
    export = redcap.read(written(tmp_path, [header, *rows]), [dictionary])

    assert list(export.answers["heard"]) == ["Agree", "Disagree"]
    assert "again" not in export.answers
    assert list(export.dropped["rows"]) == [1]


def test_repeats_alone_are_responses(tmp_path, dictionary):
    header = ["record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "again", "second_complete"]
    rows = [["1", "", "", "", ""], ["1", "second", "1", "1", "2"], ["1", "second", "2", "0", "2"]]
    export = redcap.read(written(tmp_path, [header, *rows]), [dictionary])

    assert list(export.answers["again"]) == ["Yes", "No"]
    assert any("counts twice" in said for said in export.decided)


def test_rows_without_an_answer_are_left_out_though_zeros_stand_in_them(tmp_path, dictionary):
    empty = ["10", "", "", "", "", "", "", "0", "0", "0", "", "0", "", "0", "0", "", "", "0"]
    export = redcap.read(written(tmp_path, [HEADER, FULL, empty]), [dictionary])

    assert len(export.answers) == 1
    assert list(export.dropped["what"]) == ["rows without an answer"]


# refusals


def test_a_dictionary_is_no_report_and_a_report_no_dictionary(tmp_path, dictionary):
    report = written(tmp_path, [HEADER, FULL])

    assert redcap.recognises(dictionary)
    assert "dictionary" in refusal(dictionary)[0].problem
    assert "no REDCap data dictionary" in refusal(report, [report])[0].problem


def test_a_checkbox_with_something_else_is_refused_with_its_row_and_no_value(tmp_path, dictionary):
    broken = [SECRET if cell == "1" and place == 7 else cell for place, cell in enumerate(FULL)]
    (problem,) = refusal(written(tmp_path, [HEADER, FULL, broken]), [dictionary])

    assert (problem.row, problem.column, problem.value) == ("3", "ways___1", "")


@pytest.mark.parametrize("fields", [[FIELDS[0], FIELDS[0]], [field("Record ID")]])
def test_a_dictionary_with_a_field_twice_or_without_a_name_is_refused(tmp_path, fields):
    dictionary = written(tmp_path, [DESIGNER, *fields], "d.csv")

    assert refusal(written(tmp_path, [HEADER, FULL]), [dictionary])[0].row


def test_a_table_with_a_column_that_ends_in_complete_is_not_taken_for_redcap(tmp_path):
    assert not redcap.recognises(written(tmp_path, [["place", "training_complete"], ["Lincoln", "1"]]))


@pytest.mark.parametrize("rows", [[HEADER], [["a", "b"], ["1", "2"]], [HEADER, ["1", *[""] * 17]]])
def test_no_answers_and_other_tools_are_refused(tmp_path, rows):
    assert refusal(written(tmp_path, rows))


def test_what_is_not_there_is_not_recognised_and_refused(tmp_path):
    assert not redcap.recognises(tmp_path / "none.csv")
    assert refusal(tmp_path / "none.csv")


def test_no_identifier_stands_in_what_is_said(export):
    assert SECRET not in " ".join(export.decided) + export.columns.to_csv() + export.dropped.to_csv()


# properties

LABELS = st.lists(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=15)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not set(text) & set("<&|")),
    min_size=2,
    max_size=5,
    unique=True,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_answer_is_lost_or_invented(tmp_path, data):
    labels, options = data.draw(LABELS), data.draw(LABELS)
    codes = data.draw(st.lists(st.integers(-99, 99), min_size=len(labels), max_size=len(labels), unique=True))
    people = data.draw(
        st.lists(st.tuples(st.sampled_from(labels), st.sets(st.sampled_from(options))), min_size=1)
    )
    fields = [
        FIELDS[0],
        field(
            "q",
            "radio",
            choices=" |".join(f"{code},{label}" for code, label in zip(codes, labels, strict=True)),
        ),
        field("m", "checkbox", choices="|".join(f"{place}, {label}" for place, label in enumerate(options))),
    ]
    ticks = [f"m___{place}" for place in range(len(options))]
    rows = [
        [str(place), str(codes[labels.index(one)]), *(str(int(option in some)) for option in options), "2"]
        for place, (one, some) in enumerate(people)
    ]
    path = written(tmp_path, [["record_id", "q", *ticks, "first_complete"], *rows])
    export = redcap.read(path, [written(tmp_path, [DESIGNER, *fields], "d.csv")])

    assert list(export.answers["q"]) == [one for one, _ in people]
    assert export.scales["q"] == tuple(labels)
    assert [set(row) - {""} for row in export.answers[ticks].to_numpy().tolist()] == [
        some for _, some in people
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_are_read_or_refused(tmp_path, dictionary, data):
    path = written(tmp_path, [HEADER, FULL, UNSEEN, BEGUN])
    raw = bytearray((path if data.draw(st.booleans()) else dictionary).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    damaged = tmp_path / "damaged.csv"
    damaged.write_bytes(raw[: data.draw(st.integers(0, len(raw)))])

    redcap.recognises(damaged)
    for asked in ((damaged, (dictionary,)), (path, (damaged,)), (damaged, ())):
        with suppress(FileRefused):
            assert set(redcap.read(*asked).columns["role"]) <= set(ROLES)


# real files


@REAL
def test_the_real_checkboxes_are_told_from_those_that_nobody_saw():
    folder = Path(REALDATA) / "exports"
    export = redcap.read(
        folder / "redcap_checkboxes-1_data.csv", [folder / "redcap_checkboxes-1_dictionary.csv"]
    )

    one, two = (export.answers.filter(like=name) for name in ("check_one", "check_two"))
    assert list(one.iloc[0]) == ["one", "", "", ""]
    assert set(one.iloc[1]) == {NOT_SEEN}
    assert list(two.iloc[1]) == ["", "B", "", "D", ""]
    assert len(export.answers) == 3


@REAL
def test_the_real_survey_sets_every_identifier_apart():
    folder = Path(REALDATA) / "exports"
    export = redcap.read(folder / "redcap_survey_data.csv", [folder / "redcap_survey_dictionary.csv"])

    told = {name for name, role in about(export).items() if role == "identifier"}
    assert told == {
        *("participant_id", "redcap_survey_identifier", "dob", "email"),
        *("first_name", "last_name", "address", "telephone_1"),
    }
    assert list(export.answers["pmq1"]) == ["", NOT_SEEN]
    assert "@" not in " ".join(export.decided)
