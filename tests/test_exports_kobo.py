"""Kobo and ODK exports are read with their XLSForm and without, and nothing that was ticked counts twice."""

import csv
import io
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from coprod.exports import kobo
from coprod.exports.export import NOT_SEEN, ROLES
from coprod.problems import FileRefused

ABOUT = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_tags", "_index"]
REALDATA = os.environ.get("COPROD_REALDATA", "")
REAL = pytest.mark.skipif(not REALDATA, reason="COPROD_REALDATA does not name the folder of real files")
SECRET = "secretive"

SURVEY = [
    ["type", "name", "label::English (en)", "label::Cymraeg (cy)", "required", "relevant"],
    ["start", "start", "", "", "", ""],
    ["text", "who", "What is your name?", "Beth yw eich enw?", "", ""],
    ["begin_group", "needs", "Your needs", "Eich anghenion", "", ""],
    ["select_one agree", "heard", "I felt heard.", "Clywyd fi.", "", ""],
    ["select_multiple ways", "ways", "How did you come?", "Sut daethoch chi?", "", ""],
    ["select_one agree", "later", "It will last.", "Bydd yn para.", "yes", "${heard} = '1'"],
    ["end_group", "", "", "", "", ""],
    ["integer", "hours", "How many hours?", "Sawl awr?", "", ""],
    ["geopoint", "where", "Where are you?", "Ble ydych chi?", "", ""],
    ["note", "thanks", "Thank you", "Diolch", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Cymraeg (cy)"],
    ["agree", "3", "Agree", "Cytuno"],
    ["agree", "1", "Disagree", "Anghytuno"],
    ["agree", "dk", "Don't know", "Ddim yn gwybod"],
    ["ways", "bus", "By bus", "Ar y bws"],
    ["ways", "foot", "On foot", "Ar droed"],
]
NAMES = [
    "start",
    "who",
    "needs/heard",
    "needs/ways",
    "needs/ways/bus",
    "needs/ways/foot",
    "needs/later",
    "hours",
]
NAMES += ["where", "_where_latitude", "_where_longitude", "_where_altitude", "_where_precision", *ABOUT]
ROWS = [
    ["t", SECRET, "3", "bus foot", "1", "1", "1", "2", "1.5 2.5 0 0", "1.5", "2.5", "0", "0", *"1234567"],
    ["t", f"{SECRET} two", "dk", "", "", "", "", "", "", "", "", "", "", *"1234567"],
    ["t", f"{SECRET} three", "", "foot", "0", "1", "", "3", "", "", "", "", "", *"1234567"],
]


def written(folder, rows, name="answers.csv", separator=";"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def workbook(folder, name, **sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / name)
    return folder / name


@pytest.fixture
def form(tmp_path):
    return workbook(
        tmp_path, "form.xlsx", survey=SURVEY, choices=CHOICES, settings=[["form_title"], ["Needs"]]
    )


def about(export, key="role"):
    return dict(zip(export.columns["column"], export.columns[key], strict=True))


def refusal(path, companions=()):
    with pytest.raises(FileRefused) as error:
        kobo.read(path, companions)
    assert all(problem.remedy for problem in error.value.problems)
    return error.value.problems


# with the form


def test_codes_become_labels_in_the_order_of_the_form(tmp_path, form):
    export = kobo.read(written(tmp_path, [NAMES, *ROWS]), [form])

    assert list(export.answers["needs/heard"]) == ["Agree", "Don't know", ""]
    assert export.scales[about(export, "scale")["needs/heard"]] == ("Agree", "Disagree", "Don't know")
    assert about(export, "text")["needs/heard"] == "I felt heard."
    assert about(export, "group")["needs/heard"] == "Your needs"


def test_what_was_ticked_is_read_from_its_columns_and_once(tmp_path, form):
    export = kobo.read(written(tmp_path, [NAMES, *ROWS]), [form])

    assert "needs/ways" not in export.answers
    assert list(export.answers["needs/ways/bus"]) == ["By bus", "", ""]
    assert list(export.answers["needs/ways/foot"]) == ["On foot", "", "On foot"]
    assert about(export, "group")["needs/ways/bus"] == about(export, "group")["needs/ways/foot"] == "ways"
    assert any("count twice" in said and "'needs/ways'" in said for said in export.decided)


def test_a_branch_that_must_be_answered_and_is_blank_was_not_asked(tmp_path, form):
    export = kobo.read(written(tmp_path, [NAMES, *ROWS]), [form])

    assert list(export.answers["needs/later"]) == ["Disagree", NOT_SEEN, NOT_SEEN]


def test_names_places_and_numbers_of_submissions_are_identifiers(tmp_path, form):
    roles = about(kobo.read(written(tmp_path, [NAMES, *ROWS]), [form]))

    told = {name for name, role in roles.items() if role == "identifier"}
    assert told == {"who", "where", *NAMES[9:13], "_id", "_uuid"}
    assert roles["start"] == roles["_notes"] == "metadata"
    assert roles["hours"] == "number"


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("groups", [True, False])
def test_labels_as_headers_are_found_in_every_language_with_groups_and_without(
    tmp_path, form, language, groups
):
    def say(*words):
        return words[language]

    above = say("Your needs/", "Eich anghenion/") * groups
    heard, ways = (
        above + say("I felt heard.", "Clywyd fi."),
        above + say("How did you come?", "Sut daethoch chi?"),
    )
    bus, foot = say("By bus", "Ar y bws"), say("On foot", "Ar droed")
    header = [heard, ways, f"{ways}/{bus}", f"{ways}/{foot}", *ABOUT]
    rows = [[say("Agree", "Cytuno"), f"{bus} {foot}", "1", "1", *"1234567"]]
    export = kobo.read(written(tmp_path, [header, *rows]), [form])

    assert list(export.answers[heard]) == [say("Agree", "Cytuno")]
    assert list(export.answers.iloc[0, 1:3]) == [bus, foot]
    assert export.scales["heard"][0] == say("Agree", "Cytuno")


def test_ticks_in_one_cell_alone_become_labels(tmp_path, form):
    header = ["heard", "ways", *ABOUT]
    export = kobo.read(written(tmp_path, [header, ["1", "foot bus", *"1234567"]]), [form])

    assert about(export)["ways"] == "joined"
    assert export.answers.at[0, "ways"].split(about(export, "separator")["ways"]) == ["On foot", "By bus"]
    assert export.scales[about(export, "scale")["ways"]] == ("By bus", "On foot")


def test_a_question_without_words_is_in_the_language_of_the_others(tmp_path):
    survey = [
        ["type", "name", "label::a", "label::b"],
        ["select_one l", "q", "Q", "C"],
        ["select_one l", "r", "R", ""],
    ]
    choices = [
        ["list_name", "name", "label::a", "label::b"],
        ["l", "1", "Yes", "Oes"],
        ["l", "0", "No", "Na"],
    ]
    form = workbook(tmp_path, "form.xlsx", survey=survey, choices=choices)
    path = written(tmp_path, [["C", "r", *ABOUT], ["Oes", "Na", *"1234567"], ["Na", "Na", *"1234567"]])
    export = kobo.read(path, [form])

    assert set(export.scales.values()) == {("Oes", "Na")}
    assert not any("no choice" in said for said in export.decided)


def test_a_file_of_odk_has_its_groups_behind_a_hyphen(tmp_path, form):
    header = ["SubmissionDate", "needs-heard", "needs-ways", "needs-ways/bus", "where-Latitude", "KEY"]
    export = kobo.read(
        written(tmp_path, [header, ["t", "1", "bus", "1", "1.5", SECRET]], separator=","), [form]
    )

    assert list(export.answers["needs-heard"]) == ["Disagree"]
    assert about(export)["where-Latitude"] == about(export)["KEY"] == "identifier"


def test_a_code_that_is_not_in_the_form_stays_and_is_counted(tmp_path, form):
    export = kobo.read(written(tmp_path, [["heard", *ABOUT], ["9", *"1234567"], ["3", *"1234567"]]), [form])

    assert list(export.answers["heard"]) == ["9", "Agree"]
    assert any("'heard': 1" in said for said in export.decided)


def test_a_rating_has_the_choices_of_the_group_around_it(tmp_path):
    survey = [
        ["type", "name", "label", "kobo--score-choices"],
        ["begin_score", "rate", "How was it?", "agree"],
        ["score__row", "room", "The room", ""],
        ["end_score", "", "", ""],
    ]
    choices = [["list_name", "name", "label"], ["agree", "a", "Good"], ["agree", "b", "Bad"]]
    form = workbook(tmp_path, "form.xlsx", survey=survey, choices=choices)
    export = kobo.read(written(tmp_path, [["rate/room", *ABOUT], ["b", *"1234567"]]), [form])

    assert list(export.answers["rate/room"]) == ["Bad"]
    assert about(export, "group")["rate/room"] == "How was it?"


# without the form


def test_without_the_form_options_are_found_behind_their_question(tmp_path):
    header = ["Came by", "Came by/On foot", "Came by/By bus", "Came by-late", *ABOUT]
    rows = [["On foot By bus", "1", "1", "", *"1234567"], ["", "", "", "", *"1234567"]]
    export = kobo.read(written(tmp_path, [header, *rows]))

    assert list(export.answers.iloc[0, :2]) == ["On foot", "By bus"]
    assert "Came by" not in export.answers
    assert about(export)["Came by-late"] != "option"
    assert any("No XLSForm" in said for said in export.decided)


def test_options_that_do_not_say_what_their_question_says_are_questions(tmp_path):
    rows = [["yes", "1", *"1234567"], ["no", "0", *"1234567"], ["yes", "0", *"1234567"]]
    export = kobo.read(written(tmp_path, [["fed", "fed/again", *ABOUT], *rows]))

    assert about(export)["fed"] == about(export)["fed/again"] == "item"


def test_two_questions_with_the_same_words_stay_two(tmp_path):
    header = ["Ways", "Ways/Bus", "Ways/Foot", "Ways", "Ways/Bus", "Ways/Foot", *ABOUT]
    rows = [["Bus", "1", "0", "Foot", "0", "1", *"1234567"]]
    export = kobo.read(written(tmp_path, [header, *rows]))

    assert list(export.answers.iloc[0, :4]) == ["Bus", "", "", "Foot"]
    assert export.columns["group"][:4].nunique() == 2


def test_coordinates_are_known_by_their_form(tmp_path):
    rows = [["1", "52.1 -0.5 0 0", *"1234567"], ["2", "51.123 0.5 10.5 4", *"1234567"]]
    export = kobo.read(written(tmp_path, [["q", "spot", *ABOUT], *rows]))

    assert about(export)["spot"] == "identifier"


# rows


def test_rows_of_tags_and_rows_that_were_not_approved_are_left_out(tmp_path):
    header = ["q", *ABOUT]
    tags = ["#meet", *[""] * 7]
    rows = [["a", "1", "u", "t", "Not approved", "", "", "1"], ["b", "2", "v", "t", "Approved", "", "", "2"]]
    export = kobo.read(written(tmp_path, [header, tags, *rows]))

    assert list(export.answers["q"]) == ["b"]
    assert list(export.dropped["rows"]) == [1, 1]


def test_several_versions_of_a_form_are_said(tmp_path):
    rows = [["a", "v1", *"1234567"], ["b", "v2", *"1234567"]]
    export = kobo.read(written(tmp_path, [["q", "__version__", *ABOUT], *rows]))

    assert any("2 versions" in said for said in export.decided)


def test_a_workbook_with_repeats_gives_its_main_sheet(tmp_path):
    repeat = [["age", "_index", "_parent_index"], ["5", "1", "1"]]
    path = workbook(tmp_path, "a.xlsx", children=repeat, main=[["q", *ABOUT], ["a", *"1234567"]])
    export = kobo.read(path)

    assert list(export.answers["q"]) == ["a"]
    assert any("repeat" in said for said in export.decided)


# refusals


def test_the_table_of_a_repeat_is_refused(tmp_path):
    (problem,) = refusal(written(tmp_path, [["age", "_index", "_parent_index"], ["5", "1", "1"]]))

    assert "repeats" in problem.problem


def test_a_form_is_no_export_and_an_export_no_form(tmp_path, form):
    answers = written(tmp_path, [["heard", *ABOUT], ["1", *"1234567"]])
    assert kobo.recognises(form)
    assert "XLSForm" in refusal(form)[0].problem
    other = workbook(tmp_path, "b.xlsx", main=[["q", *ABOUT], ["a", *"1234567"]])
    assert "no XLSForm" in refusal(answers, [other])[0].problem
    assert refusal(answers, [answers])


def test_an_option_with_something_else_is_refused_with_its_row_and_no_value(tmp_path, form):
    rows = [["bus", "1", *"1234567"], ["bus", SECRET, *"1234567"]]
    (problem,) = refusal(written(tmp_path, [["ways", "ways/bus", *ABOUT], *rows]), [form])

    assert (problem.row, problem.column, problem.value) == ("3", "ways/bus", "")
    assert SECRET not in str(problem)


@pytest.mark.parametrize(
    "rows", [[["q", *ABOUT]], [["q", *ABOUT], ["", *"1234567"]], [["a", "b"], ["1", "2"]]]
)
def test_no_answers_and_other_tools_are_refused(tmp_path, rows):
    assert refusal(written(tmp_path, rows))


def test_what_is_not_there_is_not_recognised_and_refused(tmp_path):
    assert not kobo.recognises(tmp_path / "none.csv")
    assert refusal(tmp_path / "none.csv")


def test_no_identifier_stands_in_what_is_said(tmp_path, form):
    export = kobo.read(written(tmp_path, [NAMES, *ROWS]), [form])

    assert SECRET not in " ".join(export.decided) + export.columns.to_csv() + export.dropped.to_csv()


# properties

LABELS = st.lists(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=15)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and "<" not in text and "&" not in text and not text.startswith("=")),
    min_size=2,
    max_size=5,
    unique_by=str.casefold,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_answer_is_lost_or_invented(tmp_path, data):
    labels, options = data.draw(LABELS), data.draw(LABELS)
    people = data.draw(
        st.lists(st.tuples(st.sampled_from(labels), st.sets(st.sampled_from(options))), min_size=1)
    )
    choices = [["list_name", "name", "label"]]
    choices += [["one", f"c{place}", label] for place, label in enumerate(labels)]
    choices += [["many", f"o{place}", label] for place, label in enumerate(options)]
    survey = [["type", "name", "label"], ["select_one one", "q", "Q?"], ["select_multiple many", "m", "M?"]]
    form = workbook(tmp_path, "form.xlsx", survey=survey, choices=choices)
    rows = [
        [
            f"c{labels.index(one)}",
            " ".join(f"o{options.index(each)}" for each in sorted(some)),
            *(str(int(option in some)) if some else "" for option in options),
            *"1234567",
        ]
        for one, some in people
    ]
    header = ["q", "m", *(f"m/o{place}" for place in range(len(options))), *ABOUT]
    export = kobo.read(written(tmp_path, [header, *rows]), [form])

    assert list(export.answers["q"]) == [one for one, _ in people]
    assert export.scales["q"] == tuple(labels)
    ticked = export.answers[[name for name in header if name.startswith("m/")]]
    assert [set(row) - {""} for row in ticked.to_numpy().tolist()] == [some for _, some in people]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_are_read_or_refused(tmp_path, form, data):
    path = written(tmp_path, [NAMES, *ROWS])
    raw = bytearray((path if data.draw(st.booleans()) else form).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    damaged = tmp_path / "damaged.bin"
    damaged.write_bytes(raw[: data.draw(st.integers(0, len(raw)))])

    kobo.recognises(damaged)
    for asked in ((damaged, (form,)), (path, (damaged,)), (damaged, ())):
        with suppress(FileRefused):
            assert set(kobo.read(*asked).columns["role"]) <= set(ROLES)


# real files


@REAL
def test_the_real_form_is_refused_as_a_form():
    (problem,) = refusal(Path(REALDATA) / "exports" / "xlsform_group.xlsx")

    assert "XLSForm" in problem.problem
