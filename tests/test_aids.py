"""Reporting aids: filled from the data, empty where the data say nothing, and no more exact than a report."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from folders import write_programme
from hypothesis import given, settings
from told_cases import outcome, programmes, small_programme, spoke

import coprod
from coprod import aids, findings, framework, likert, privacy
from coprod.aids.checklists import EMPTY, FILLED, FILLERS, NONE_OF_THEIRS, PARTLY
from coprod.cases.told import refs
from coprod.settings import Coding

AIDS = (aids.gripp2, aids.cross, aids.public_involvement, aids.closing_questions)
OF_CASES = (aids.gripp2, aids.public_involvement, aids.closing_questions)
COUNTS_PEOPLE = ("Missing answers", "Response", "Respondents", "Results")


@pytest.fixture(scope="module")
def demo():
    return coprod.open("demo")


@pytest.fixture
def items(tmp_path, monkeypatch):
    """Return a function that puts changed checklists in place of the framework's."""
    folder = tmp_path / "framework"
    folder.mkdir()
    for kind in framework.kinds():
        framework.read(kind).to_csv(folder / f"{kind}.csv")

    def change(key, **changes):
        table = framework.read("checklists")
        table.loc[key, list(changes)] = list(changes.values())
        monkeypatch.setenv("COPROD_DATA", str(tmp_path))
        table.to_csv(folder / "checklists.csv")

    return change


def item(table, name):
    (row,) = table[table["item"] == name].itertuples()
    return row


def told(**case):
    """Build a programme with one case, Mill."""
    return small_programme({"mill": {"outcomes": [outcome()]} | case})


def only(people):
    """Keep the answers of so many people in the demo's last wave."""
    demo = coprod.open("demo", wave="end")
    return replace(demo, answers=demo.answers.head(people))


# The framework's checklists


def test_every_item_is_filled_by_a_function_that_there_is_or_by_none():
    named = set(framework.read("checklists")["filled_by"]) - {""}

    assert named == set(FILLERS)


def test_what_an_item_is_about_is_in_the_framework():
    held = {"condition": "conditions", "principle": "principles", "knowledge": "knowledge"}
    about = framework.read("checklists")["about"].str.split(" | ", regex=False).explode()

    for kind, key in about[about != ""].str.split(":"):
        assert key in framework.read(held[kind]).index


def test_every_item_asks_a_question():
    assert framework.read("checklists")["text"].str.endswith("?").all()


def test_each_test_of_usefulness_is_asked_reflectively_and_reflexively():
    closing = framework.read("checklists").query("checklist == 'closing'").index

    assert list(closing) == [
        f"closing_{test}_{how}"
        for test in framework.read("tests").index
        for how in ("reflective", "reflexive")
    ]


def test_a_misspelt_function_is_told_the_nearest(items):
    items("gripp2_aim", filled_by="problem")

    with pytest.raises(coprod.names.UnknownName, match="problems"):
        aids.gripp2(told())


# What is filled, and what is not


@pytest.mark.parametrize(
    ("aid", "number"), [(aids.gripp2, 5), (aids.public_involvement, 6), (aids.closing_questions, 6)]
)
def test_every_item_has_a_row_whatever_is_known(aid, number):
    assert len(aid(small_programme())) == number


@pytest.mark.parametrize("aid", OF_CASES)
def test_without_cases_and_evidence_everything_is_for_the_team_to_write(aid):
    table = aid(small_programme())

    assert table["state"].eq(EMPTY).all()
    assert table["filled"].eq("").all()
    assert table["behind"].map(len).eq(0).all()


def test_an_item_is_partly_filled_where_something_is_left_to_write(demo):
    """Of the short form the data can tell results and reflections whole; the rest asks for a judgement."""
    assert aids.gripp2(demo)["state"].tolist() == [PARTLY, PARTLY, FILLED, PARTLY, FILLED]


def test_an_item_with_nothing_left_to_write_is_filled(items):
    items("gripp2_aim", left="")

    assert aids.gripp2(told())["state"].iloc[0] == FILLED


@given(programmes())
@settings(max_examples=30)
def test_an_item_is_empty_exactly_where_nothing_is_said(programme):
    for aid in OF_CASES:
        table = aid(programme)

        assert ((table["filled"] == "") == (table["state"] == EMPTY)).all()
        assert all(set(behind) <= refs(programme) for behind in table["behind"])


@pytest.mark.parametrize("aid", OF_CASES)
def test_a_filled_item_passes_the_door_as_it_is(aid, demo):
    table = aid(demo)

    pd.testing.assert_frame_equal(privacy.protect(table, "public").table, table)


# Cases and evidence


def test_the_aim_is_the_problem_statement_with_its_case_behind_it():
    row = item(aids.gripp2(told(issue="Damp", problem="Wet\nwalls.")), "Aim")

    assert row.filled == "Mill (Damp): Wet walls."
    assert row.behind == ("c001",)


def test_the_results_name_what_was_not_reached():
    told_of = [outcome("product", "not", outcome="A map"), outcome("product", "reached", outcome="A card")]

    row = item(aids.gripp2(told(outcomes=told_of)), "Study results")

    assert "Not reached in Mill: “A map”." in row.filled
    assert row.behind == ("c002", "c003")


def test_the_reflections_hold_what_was_hard_beside_what_was_taken_away():
    rounds = [{"struggled": "Finding a date."}, {"done": "A walk."}]

    row = item(
        aids.gripp2(told(takeaways=["Ask early."], iterations=rounds)), "Reflections and critical perspective"
    )

    assert row.filled == "Mill takes away: “Ask early”. Mill found hard: “Finding a date”."


def test_evidence_for_a_standard_is_counted_and_its_silence_told():
    evidence = [{"principle": "voices", "direction": "barrier"}, {"principle": "voices"}]

    row = item(aids.public_involvement(small_programme(evidence=evidence)), "Inclusive opportunities")

    assert row.filled == (
        "All voices and knowledge: 2 observations (1 barrier and 1 other). Ringfencing time for initial "
        "discussions: no observation."
    )
    assert row.behind == ("e1", "e2")


def test_no_standard_is_judged_by_a_count(demo):
    table = aids.public_involvement(demo)

    assert table["our_judgement"].eq("").all()
    assert not table["state"].eq(FILLED).any()


@pytest.mark.parametrize(
    ("how", "said"), [("one coder", "read by one coder"), ("two coders", "Two"), ("jointly", "together")]
)
def test_whose_reading_it_is_is_told_by_how_it_was_coded(how, said):
    programme = small_programme(evidence=[spoke("context")], coding=Coding(how=how, note="In one\nroom."))

    row = item(aids.closing_questions(programme), "How people read it: looking at ourselves")

    assert said in row.filled
    assert row.filled.endswith("Coded by: A. In one room.")


def test_an_aid_of_one_place_holds_that_place_only(demo):
    place = next(iter(demo.places))

    filled = " ".join(aids.gripp2(demo.where(place=place))["filled"])

    assert demo.places[place] in filled
    assert not any(title in filled for key, title in demo.places.items() if key != place)


# Surveys


def test_without_a_survey_there_is_nothing_to_report_of_one():
    table = aids.cross(replace(small_programme(), answers=None))

    assert table.empty
    assert table.attrs["reason"] == likert.NO_SURVEY


def test_a_survey_known_from_counts_only_says_so():
    assert "Only counts of its answers are kept" in item(aids.cross(coprod.open("sivocs")), "Design").filled


def test_an_aid_says_what_the_report_says(demo):
    rates = privacy.protect(likert.response_rates(demo, by="wave"), "public")

    assert item(aids.cross(demo), "Response").filled == " ".join(findings.response(rates))


def test_the_answers_of_too_few_people_are_counted_nowhere():
    """Seven people answered, fewer than a public result may rest on."""
    table = aids.cross(only(7)).set_index("item")

    assert table.at["Results", "state"] == EMPTY
    assert not re.search(r"\d", table.at["Missing answers", "filled"])


def test_the_public_never_reads_an_exact_number_of_people(demo):
    """The team reads 60 of the 90 people invited; the public only multiples of 5, or bands."""
    public, team = (
        aids.cross(demo, audience).set_index("item")["filled"] for audience in ("public", "internal")
    )

    assert (public[list(COUNTS_PEOPLE)] != team[list(COUNTS_PEOPLE)]).all()
    counts = re.findall(r"\((\d+) of (\d+)\)", " ".join(public[["Response", "Respondents"]]))
    assert counts
    assert all(int(number) % 5 == 0 for pair in counts for number in pair)


def test_missing_answers_are_the_difference_between_asked_and_rated(demo):
    """Counted from the answers of the last wave themselves: everybody who answered was asked everything."""
    answers = demo.answers[demo.answers["wave"] == "end"]
    rated = [
        answers[name].isin(demo.scales[demo.items.at[name, "scale"]].labels).sum()
        for name in likert.items_in(demo)
    ]

    said = item(aids.cross(demo, "internal"), "Missing answers").filled

    assert said.startswith(f"Asked per question: {len(answers)}; rated it: {min(rated)} to {max(rated)}.")


def test_a_programme_with_hardly_anything_can_be_reported(data_in):
    write_programme(data_in)

    for aid in AIDS:
        assert len(aid(coprod.open("small"))) > 0


# The crosswalk


def test_every_principle_of_ours_and_of_theirs_is_in_the_crosswalk():
    table = aids.crosswalk()

    assert set(table["principle"]) == set(framework.read("principles")["title"])
    assert set(table["nihr"]) - {NONE_OF_THEIRS} == set(framework.read("nihr_principles")["title"])


def test_reflective_practice_has_no_counterpart():
    table = aids.crosswalk().set_index("nihr")

    assert table.at[NONE_OF_THEIRS, "principle"] == framework.title("principles", "reflection")
