"""What cases tell: teams and how they changed, causes, outcomes, and the list of all entries."""

import datetime as dt

import pytest
from survey import SECTORS
from told_cases import member, outcome, small_programme

from coprod import cases
from coprod.cases.outcomes import NO_ROW, ONE_PLACE, SEVERAL_PLACES
from coprod.cases.team import LAYERS


def cause(key, of="", kind="root"):
    return {"key": key, "cause": f"Cause {key}", "of": of, "kind": kind}


def of_one(**told):
    """Build a programme of one case, and an observation e1."""
    return small_programme({"bridge": told}, [{"case": "bridge"}])


def test_layers_count_different_organisations_and_name_them():
    team = [member("One"), member("One"), member("Two", layers=("design", "delivery"))]

    met = cases.layers(of_one(team=team)).set_index(["layer", "sector"])

    assert met.loc[("design", "Universities"), ["organisations", "names"]].tolist() == [2, "One; Two"]
    assert met.loc[("delivery", "Universities"), "names"] == "Two"


def test_layers_list_every_layer_and_sector_with_0_where_nobody_is_known():
    met = cases.layers(of_one(team=[member("One")]))

    assert len(met) == len(LAYERS) * len(SECTORS)
    nobody = met[met["organisations"] == 0]
    assert len(nobody) == len(met) - 1
    assert set(nobody["names"]) == {""}
    assert set(nobody["behind"]) == {()}


def test_a_case_whose_team_is_not_told_has_no_layers_for_that_is_not_nobody():
    met = cases.layers(small_programme({"told": {"team": [member("One")]}, "untold": {}}))

    assert set(met["case"]) == {"Told"}


def test_a_change_of_team_names_the_sector_by_its_title():
    change = {"who": "An officer", "sector": "council", "what": "left", "when": "In spring"}

    told = cases.changes(of_one(changes=[change | {"evidence": ["e1"]}])).iloc[0]

    assert told[["who", "sector", "what", "when"]].tolist() == [
        "An officer",
        "Local government",
        "left",
        "In spring",
    ]
    assert told["behind"] == ("c002", "e1")


def test_a_tie_names_both_organisations():
    tie = {"between": ["One", "Two"], "before": "no", "after": "yes"}

    told = cases.ties(of_one(ties=[tie])).iloc[0]

    assert told[["one", "other", "before", "after"]].tolist() == ["One", "Two", "no", "yes"]


def test_causes_stand_below_the_cause_that_they_are_a_cause_of():
    told = cases.causes(of_one(causes=[cause("twig", "branch"), cause("branch", "trunk"), cause("trunk")]))

    assert list(told["key"]) == ["trunk", "branch", "twig"]
    assert list(told["depth"]) == [1, 2, 3]


def test_the_same_key_of_a_cause_may_stand_in_two_cases():
    both = {"causes": [cause("money"), cause("rules", "money")]}

    told = cases.causes(small_programme({"a": both, "b": both}))

    assert list(told["case"]) == ["A", "A", "B", "B"]
    assert list(told["depth"]) == [1, 2, 1, 2]


def test_a_case_comes_with_its_problem_beside_each_cause():
    assert cases.causes(of_one(causes=[cause("money")]))["problem"].item() == "Not said."


def test_a_place_keeps_what_its_case_names_though_it_is_about_the_whole_programme():
    told = {"place": "north", "outcomes": [outcome(evidence=["e1", "e2"])]}
    here = small_programme({"bridge": told}, [{"case": "bridge"}, {}, {}]).where(place="north")

    met = cases.outcomes(here).iloc[0]

    assert met[["rows", "behind"]].tolist() == [2, ("c002", "e1", "e2")]
    assert cases.rows(here)["ref"].tolist() == ["e1", "e2"]


def strength(evidence, own="", named=("e1", "e2")):
    rows = [{"source": source, "section": section} for source, section in evidence]
    told = {"outcomes": [outcome(section=own, evidence=list(named[: len(rows)]))]}
    return cases.outcomes(small_programme({"bridge": told}, rows)).iloc[0]


@pytest.mark.parametrize(
    ("evidence", "own", "counted"),
    [
        ([], "", [0, 0, NO_ROW]),
        ([], "May", [0, 1, NO_ROW]),
        ([("diary", "May")], "", [1, 1, ONE_PLACE]),
        ([("diary", "May")], "May", [1, 1, ONE_PLACE]),
        ([("diary", "May")], "June", [1, 2, SEVERAL_PLACES]),
        ([("diary", "May"), ("diary", "May")], "", [2, 1, ONE_PLACE]),
        ([("diary", "May"), ("minutes", "May")], "", [2, 2, SEVERAL_PLACES]),
    ],
)
def test_an_outcome_is_as_strong_as_the_different_places_that_rows_about_it_come_from(evidence, own, counted):
    assert strength(evidence, own)[["rows", "sources", "strength"]].tolist() == counted


def test_every_kind_and_status_of_outcome_is_counted_the_bad_news_too():
    told = [outcome("policy", "not"), outcome("policy", "not"), outcome("policy", "partly")]

    counted = cases.outcome_counts(of_one(outcomes=told)).set_index(["kind", "status"])["outcomes"]

    assert len(counted) == 25
    assert counted["policy", "not reached"] == 2
    assert counted["policy", "partly reached"] == 1
    assert counted.sum() == 3


def test_entries_say_what_stands_in_each_part_of_a_case():
    told = {
        "money": 25000,
        "takeaways": ["Ask early."],
        "team": [member("A university", layers=["design", "delivery"])],
        "changes": [{"who": "An officer", "sector": "council", "what": "left", "when": "In spring"}],
        "ties": [{"between": ["One", "Two"], "before": "no", "after": "not known"}],
        "timeline": [{"step": "Design", "note": "No dates given."}],
        "reach": [{"what": "passengers", "n": 1100, "approximate": True}],
        "causes": [cause("cost"), cause("routes", "cost", "leaf")],
        "iterations": [{"planned": "A bus.", "struggled": "Drivers"}],
        "outcomes": [outcome(status="not", section="June")],
    }

    listed = cases.entries(of_one(**told))

    assert listed["about"].str.removeprefix("Bridge, ").tolist() == [
        *("case", "team", "change of team", "tie", "step", "reach", "cause", "cause", "round", "outcome")
    ]
    assert listed["says"].tolist() == [
        "Nothing yet. Not said. Not said. Money: £25,000. Takeaway: Ask early.",
        "A university (Universities): design and delivery.",
        "An officer (Local government) left: In spring.",
        "One and Two worked together before the programme: no; by its end: not known.",
        "Design: planned not known; actual not known. No dates given.",
        "about 1,100 passengers.",
        "Cause cost (root).",
        "Cause routes (leaf, of: Cause cost).",
        "Planned: A bus. Hard: Drivers.",
        "Something. Learning; not reached.",
    ]
    assert listed["ref"].tolist() == [f"c{number:03}" for number in range(1, 11)]


def test_an_entry_without_a_section_of_its_own_has_the_cases():
    listed = cases.entries(of_one(outcomes=[outcome(section="June"), outcome()]))

    assert listed["where"].str.removeprefix("Writer, A. (2024), ").tolist() == [
        "All of it",
        "June",
        "All of it",
    ]


def test_dates_of_a_step_are_said_as_far_as_they_are_known():
    step = {"step": "Design", "planned_start": dt.date(2025, 5, 1), "actual_end": dt.date(2025, 6, 30)}

    says = cases.entries(of_one(timeline=[step]))["says"].iloc[1]

    assert says == "Design: planned from 1 May 2025 to not known; actual from not known to 30 June 2025."
