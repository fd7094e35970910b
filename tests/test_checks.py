"""Broken folders are told in words: which file, which row, what stands there, and what to do."""

import codecs
import csv
import pickle

import broken_programmes
import broken_surveys
import pandas as pd
import pytest
from folders import ANSWERS, BEARINGS, FILES, change, coded_twice, counted, put, themed, write_programme
from hypothesis import given
from hypothesis import strategies as st

import coprod
from coprod.checks import read_folder
from coprod.files import read_table
from coprod.problems import COLUMNS, Problem, ProgrammeProblems, table

BROKEN = [
    pytest.param(damage, file, *where.split("|", 2), words.split(), id=f"{file}: {what}")
    for file, folders in (broken_programmes.BROKEN | broken_surveys.BROKEN).items()
    for what, (damage, where, words) in folders.items()
]


def _problems(folder):
    return table(read_folder(folder)[1])


@pytest.fixture
def opened(workbook):
    """Write the small programme with some damage, and open it."""

    def _open(*damages, name="small"):
        write_programme(workbook / "data", name, *damages)
        return coprod.open(name)

    return _open


def test_a_whole_folder_has_no_problems(workbook):
    assert _problems(write_programme(workbook / "data")).empty


def test_a_folder_with_every_file_has_no_problems(workbook):
    extras = (coded_twice(), put("bearings.csv", BEARINGS), themed())

    assert _problems(write_programme(workbook / "data", "small", *extras)).empty


@pytest.mark.parametrize(("damage", "file", "row", "column", "value", "words"), BROKEN)
def test_one_damage_is_one_problem(workbook, damage, file, row, column, value, words):
    [problem] = _problems(write_programme(workbook / "data", "small", damage)).to_dict("records")

    assert (problem["file"], problem["row"], problem["column"]) == (file, row, column)
    assert problem["value"] == value
    assert [word for word in words if word not in f"{problem['problem']} {problem['remedy']}"] == []


@pytest.mark.parametrize("damage", [case.values[0] for case in BROKEN], ids=[case.id for case in BROKEN])
def test_a_broken_folder_is_not_opened(opened, damage):
    with pytest.raises(ProgrammeProblems) as caught:
        opened(damage)

    [problem] = caught.value.problems
    assert problem.remedy.strip()
    assert f"data/small has 1 problem: {problem.file}" in str(caught.value)
    assert f"{problem.problem} {problem.remedy}" in str(caught.value)


def test_there_are_many_broken_folders():
    assert len(BROKEN) >= 100


def test_several_problems_are_all_told_at_once(workbook):
    """Six files, each with its own damage; none hides another."""
    folder = write_programme(
        workbook / "data",
        "small",
        change("programme.toml", '"learning_report"', '"learning"'),
        change("codebook.csv", "condition:time", "condition:tiem"),
        change("codebook.csv", "yes", "no"),
        change("scales.toml", '"none"', '"None"'),
        change("cases.toml", "money = 25000", "money = -1"),
        change("evidence.csv", "barrier", "hurdle"),
        change("evidence.csv", "e3", "e2"),
        change("decisions.csv", "2026-01-31", "January"),
    )

    told = _problems(folder)[["file", "row", "column"]].to_records(index=False).tolist()

    assert told == [
        ("programme.toml", "", "reports.1"),
        ("scales.toml", "", "topics.polarity"),
        ("codebook.csv", "3", "framework"),
        ("codebook.csv", "3", "reversed"),
        ("cases.toml", "", "bridge.money"),
        ("evidence.csv", "3", "direction"),
        ("evidence.csv", "4", "evidence"),
        ("decisions.csv", "2", "date"),
    ]


def test_several_problems_of_the_answers_are_told_row_by_row(workbook):
    folder = write_programme(
        workbook / "data",
        "small",
        change("answers.csv", "p3,south,end,,Disagree", ",east,end,,disagree"),
        change("answers.csv", "p2,north,start,third_sector", "p2,north,begin,third sector"),
    )

    told = _problems(folder)[["row", "column", "value"]].to_records(index=False).tolist()

    assert told == [
        ("3", "sector", "third sector"),
        ("3", "wave", "begin"),
        ("5", "heard", "disagree"),
        ("5", "person", ""),
        ("5", "place", "east"),
    ]


def test_everything_missing_is_told_at_once(workbook):
    folder = write_programme(workbook / "data", "small", put("programme.toml", 'title = "Small"'))

    assert list(_problems(folder)["column"]) == ["about", "kind", "source", "licence", "attribution", "date"]


def test_both_causes_of_a_circle_are_told(workbook):
    circle = change("cases.toml", 'cause = "Drivers cost money"', 'cause = "Drivers cost"\nof = "routes"')

    problems = _problems(write_programme(workbook / "data", "small", circle))

    assert list(problems["value"]) == ["cost", "routes"]
    assert problems["problem"].str.endswith("a cause of itself.").all()


def test_a_report_for_each_place_needs_places(workbook):
    placeless = change("programme.toml", '[places]\nnorth = "North"\nsouth = "South"\n', "")

    problems = read_folder(write_programme(workbook / "data", "small", placeless))[1]

    assert [problem.remedy for problem in problems if problem.column == "reports.1"] == ["Fill [places]."]


def test_a_broken_scale_does_not_make_its_items_wrong(workbook):
    folder = write_programme(workbook / "data", "small", change("scales.toml", '"Buses"', "Buses"))

    assert list(_problems(folder)["file"]) == ["scales.toml"]


def test_a_broken_case_does_not_make_its_evidence_wrong(workbook):
    folder = write_programme(workbook / "data", "small", change("cases.toml", "money =", "mony ="))

    assert list(_problems(folder)["file"]) == ["cases.toml"]


def test_the_first_problem_is_said_with_its_place_and_value(opened):
    with pytest.raises(ProgrammeProblems) as caught:
        opened(change("answers.csv", "Neither", "neither"))

    assert str(caught.value) == (
        "data/small has 1 problem: answers.csv, row 3, heard ('neither'): It may not be that. Use a label of "
        "the scale 'agreement' exactly as it stands in scales.toml. Type `coprod check small` for all."
    )


def test_problems_can_cross_from_one_process_to_another():
    """Reports are built in other processes, and an error that cannot be pickled breaks all of them."""
    error = ProgrammeProblems("small", [Problem("answers.csv", "It is blank.", "Fill it.")])

    again = pickle.loads(pickle.dumps(error))

    assert str(again) == str(error)
    assert (again.name, again.problems) == ("small", error.problems)


def test_no_problems_are_an_empty_table():
    assert tuple(table([]).columns) == COLUMNS
    assert table([]).empty


def _recoded(encode):
    """Save every file of a folder again, its bytes changed."""

    def damage(folder):
        for path in folder.iterdir():
            path.write_bytes(encode(path.read_bytes()))

    return damage


@pytest.mark.parametrize(
    "encode",
    [lambda raw: codecs.BOM_UTF8 + raw, lambda raw: raw.replace(b"\n", b"\r\n")],
    ids=["byte order mark", "Windows line endings"],
)
def test_what_spreadsheets_and_windows_write_is_read_the_same(opened, encode):
    plain, saved_again = opened(name="plain"), opened(_recoded(encode), name="saved-again")

    pd.testing.assert_frame_equal(saved_again.answers, plain.answers)
    pd.testing.assert_frame_equal(saved_again.items, plain.items)
    pd.testing.assert_frame_equal(saved_again.evidence, plain.evidence)
    assert (saved_again.scales, saved_again.cases) == (plain.scales, plain.cases)


def test_answers_that_look_like_missing_values_survive(opened):
    """pandas' own reading takes "None" and "N/A" for missing; respondents chose them."""
    answers = opened().answers

    assert answers.loc[1, "topics"] == "None"
    assert answers.loc[3, "use_before"] == "N/A"


def test_published_counts_are_whole_numbers(opened):
    programme = opened(counted())

    assert programme.answers is None
    assert programme.counts["n"].tolist() == [7, 1, 6, 4, 0]
    assert programme.counts["n"].dtype == int


def test_a_survey_that_nobody_has_answered_yet_is_no_problem(opened):
    assert opened(put("answers.csv", ANSWERS.splitlines()[0] + "\n")).answers.shape == (0, 11)


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@given(st.lists(st.tuples(cells, cells), max_size=6))
def test_every_cell_is_read_as_it_was_written(tmp_path_factory, rows):
    """Commas, quotation marks, line endings and NaN in a cell are text like any other."""
    path = tmp_path_factory.mktemp("cells") / "cells.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("one", "two"), *rows])
    problems = []

    table = read_table(path, ("one", "two"), problems)

    assert problems == []
    assert list(table.itertuples(index=False, name=None)) == rows


@given(st.sampled_from(sorted(FILES)), st.integers(0, 1000), st.binary(max_size=6))
def test_whatever_stands_in_a_file_is_told_in_words(tmp_path_factory, file, at, raw):
    """Bytes put anywhere: no traceback, and a remedy for each problem."""
    folder = write_programme(tmp_path_factory.mktemp("any"))
    whole = (folder / file).read_bytes()
    (folder / file).write_bytes(whole[:at] + raw + whole[at:])

    problems = read_folder(folder)[1]

    assert all(problem.problem and problem.remedy for problem in problems)
