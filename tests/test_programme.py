"""Opening programmes by their names, and narrowing them."""

import dataclasses
import datetime as dt

import pandas as pd
import pytest
from folders import counted, put, remove, write_programme

import coprod
from coprod.names import UnknownName
from coprod.opening import programme_names
from coprod.problems import ProgrammeProblems


@pytest.fixture
def small(workbook):
    """Open the small programme."""
    write_programme(workbook / "data")
    return coprod.open("small")


# opening


@pytest.mark.parametrize("name", programme_names())
def test_every_shipped_programme_opens(name):
    programme = coprod.open(name)

    assert programme.name == name
    assert programme.has_survey or programme.cases or len(programme.evidence)


def test_what_stands_in_programme_toml_is_there(small):
    assert small.title == "Small programme"
    assert small.kind == "synthetic"
    assert small.date == dt.date(2026, 3, 31)
    assert small.respondents == "people"
    assert dict(small.places) == {"north": "North", "south": "South"}
    assert small.smallest_group == 5
    assert small.invited.to_dict("records") == [
        {"place": "north", "wave": "start", "sector": "university", "n": 4},
        {"place": "south", "wave": "end", "sector": "", "n": 3},
    ]
    assert small.reports[0].each == ["place"]


def test_waves_keep_the_order_of_the_file(small):
    assert list(small.waves.values()) == ["Start", "End"]


def test_a_whole_programme_is_narrowed_to_nothing(small):
    assert (small.place, small.wave) == (None, None)


def test_a_programme_without_a_survey_has_no_items(workbook):
    survey = ("codebook.csv", "scales.toml", "answers.csv")
    write_programme(workbook / "data", "cases-only", remove(*survey))

    programme = coprod.open("cases-only")

    assert not programme.has_survey
    assert programme.answers is None
    assert programme.items.empty
    assert list(programme.cases) == ["bridge", "mill"]


def test_a_programme_without_cases_has_tables_without_rows(workbook):
    write_programme(workbook / "data", "survey", remove("cases.toml", "evidence.csv", "decisions.csv"))

    programme = coprod.open("survey")

    assert programme.cases == {}
    assert programme.evidence.empty
    assert {"case", "paraphrase", "source"} <= set(programme.evidence.columns)
    assert programme.decisions.empty


def test_published_counts_are_a_survey(workbook):
    write_programme(workbook / "data", "counted", counted())

    assert coprod.open("counted").has_survey


def test_a_programme_is_listed_by_its_folder(small, workbook):
    (workbook / "data" / "notes").mkdir()

    assert programme_names() == ["small"]


def test_a_misspelt_programme_is_told_the_nearest(small):
    with pytest.raises(UnknownName, match=r"no programme 'smal'\. Did you mean small\?"):
        coprod.open("smal")


@pytest.mark.parametrize(
    "name", ["../data/small", "small/", "./small", "", ".", "..", "framework", "sma\0ll"]
)
def test_what_is_no_name_of_a_programme_is_refused(small, name):
    """A path could lead out of data/, and the framework is not a programme."""
    with pytest.raises(UnknownName):
        coprod.open(name)


def test_an_absolute_path_is_refused(small, workbook):
    with pytest.raises(UnknownName):
        coprod.open(str(workbook / "data" / "small"))


def test_a_folder_for_programmes_that_is_not_there_has_none(tmp_path, monkeypatch):
    monkeypatch.setenv("COPROD_DATA", str(tmp_path / "nowhere"))

    assert programme_names() == []
    with pytest.raises(UnknownName, match="there are none here"):
        coprod.open("demo")


def test_a_folder_that_is_no_programme_yet_says_what_is_missing(workbook):
    (workbook / "data" / "empty").mkdir()

    with pytest.raises(ProgrammeProblems, match=r"programme\.toml: The file is missing"):
        coprod.open("empty")


# narrowing


def test_a_place_has_its_own_answers(small):
    assert small.where(place="north").answers["person"].tolist() == ["p1", "p2", "p1"]


def test_a_wave_has_its_own_answers(small):
    assert small.where(wave="end").answers["person"].tolist() == ["p1", "p3"]


def test_a_place_and_a_wave_narrow_together(small):
    narrowed = small.where(place="north", wave="end")

    assert narrowed.answers["person"].tolist() == ["p1"]
    assert (narrowed.place, narrowed.wave) == ("north", "end")


def test_opening_narrows_like_where(small):
    opened = coprod.open("small", place="south", wave="end")

    pd.testing.assert_frame_equal(opened.answers, small.where(place="south", wave="end").answers)


def test_a_place_has_its_own_cases_and_their_evidence(small):
    narrowed = small.where(place="south")

    assert list(narrowed.cases) == ["mill"]
    assert narrowed.evidence["evidence"].tolist() == ["e2"]


def test_a_wave_keeps_every_case(small):
    narrowed = small.where(wave="end")

    assert list(narrowed.cases) == ["bridge", "mill"]
    assert len(narrowed.evidence) == 3


def test_a_place_has_its_own_numbers_invited(small):
    assert small.where(place="south").invited["n"].tolist() == [3]


def test_a_place_has_its_own_published_counts(workbook):
    header = "item,place,wave,sector,answer,n,before\n"
    counts = put("counts.csv", f"{header}heard,north,,,Agree,7,\nheard,south,,,Agree,2,\n")
    write_programme(workbook / "data", "counted", counted(counts))

    assert coprod.open("counted", place="south").counts["n"].tolist() == [2]


def test_narrowing_keeps_every_title(small):
    """A report on one place still says how many places there were."""
    assert list(small.where(place="south").places) == ["north", "south"]


def test_narrowing_leaves_the_whole_untouched(small):
    small.where(place="south", wave="end")

    assert len(small.answers) == 4
    assert len(small.evidence) == 3
    assert len(small.invited) == 2
    assert list(small.cases) == ["bridge", "mill"]
    assert (small.place, small.wave) == (None, None)


def test_two_places_have_nothing_in_common(small):
    assert small.where(place="south").where(place="north").answers.empty


@pytest.mark.parametrize(
    ("part", "given", "nearest"), [("place", "norht", "north"), ("wave", "star", "start")]
)
def test_a_misspelt_place_or_wave_is_told_the_nearest(small, part, given, nearest):
    with pytest.raises(UnknownName, match=f"no {part} '{given}'. Did you mean {nearest}"):
        small.where(**{part: given})


def test_a_place_is_named_by_its_key_and_not_by_its_title(small):
    with pytest.raises(UnknownName, match="north"):
        small.where(place="North")


def test_nothing_can_be_set(small):
    with pytest.raises(dataclasses.FrozenInstanceError):
        small.title = "Another"


@pytest.mark.parametrize("part", ["places", "waves", "sectors", "sources", "scales"])
def test_no_key_can_be_set(small, part):
    with pytest.raises(TypeError, match="does not support item assignment"):
        getattr(small, part)["new"] = "New"
