"""Conditions beside outcomes, case by case, and how often so few cases look perfect by luck."""

import math
from itertools import permutations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told_cases import outcome, small_programme, spoke

from coprod import cases, framework

CONDITIONS = framework.read("conditions")["title"]
TIME, CARE = CONDITIONS["time"], CONDITIONS["care"]


def of_cases(**told):
    """Build a programme: for each case, its evidence on conditions and the statuses of its policies.

    ``+time`` is a row that says that time was there, ``-time`` one that says that it was lacking.
    """
    evidence = [
        spoke("enabler" if word[0] == "+" else "barrier", word[1:], case)
        for case, (words, _) in told.items()
        for word in words.split()
    ]
    entries = {
        case: {"outcomes": [outcome("policy", status) for status in statuses]}
        for case, (_, statuses) in told.items()
    }
    return small_programme(entries, evidence)


def state(title, words="", statuses=()):
    table = cases.matrix(of_cases(bridge=(words, statuses)))
    return table.loc[table["title"] == title, "state"].item()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "not known"),
        ("+time", "present"),
        ("-time", "absent"),
        ("+time -time", "both"),
        ("+time +time -time", "present"),
        ("+time -time -time", "absent"),
        ("+care", "not known"),
    ],
)
def test_a_condition_is_what_most_rows_say(words, expected):
    assert state(TIME, words) == expected


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((), "not known"),
        (("reached",), "present"),
        (("unexpected",), "present"),
        (("planned",), "absent"),
        (("partly",), "absent"),
        (("not",), "absent"),
        (("not", "reached"), "present"),
    ],
)
def test_a_kind_of_outcome_is_present_when_one_came_about(statuses, expected):
    assert state("policy", statuses=statuses) == expected


def test_what_is_not_told_of_a_case_says_nothing_of_its_conditions():
    """A row about the whole programme, or one that only gives context, is about no case's condition."""
    rows = [spoke("enabler", "time"), spoke("context", "time", "bridge")]

    table = cases.matrix(small_programme({"bridge": {}}, rows))

    assert set(table["state"]) == {"not known"}
    assert set(table["behind"]) == {()}


def test_the_matrix_counts_what_spoke_for_and_against_and_names_it():
    table = cases.matrix(of_cases(bridge=("+time -time +time", ["not"]))).set_index("title")

    assert table.loc[TIME, ["spoke_for", "spoke_against"]].tolist() == [2, 1]
    assert table.loc[TIME, "behind"] == ("e1", "e2", "e3")
    assert table.loc["policy", ["spoke_for", "spoke_against"]].tolist() == [0, 1]


def fit(programme, condition=TIME):
    table = cases.fits(programme)
    return table[(table["condition"] == condition) & (table["outcome"] == "policy")].iloc[0]


def test_consistency_and_coverage_are_counts_of_cases():
    """Worked by hand: a and b have both, c has time only, d neither; e and f are not known in one."""
    met = fit(
        of_cases(
            a=("+time", ["reached"]),
            b=("+time", ["reached"]),
            c=("+time", ["not"]),
            d=("-time", ["not"]),
            e=("", ["reached"]),
            f=("+time", []),
        )
    )

    assert met[["both", "with_condition", "with_outcome", "known"]].tolist() == [2, 3, 2, 4]
    assert met[["consistency", "coverage"]].tolist() == ["2 of 3", "2 of 2"]
    assert {"e1", "e2", "e3", "e4"} <= set(met["behind"])
    assert "c009" not in met["behind"], "nothing is known of the fifth case's condition"


def test_what_is_known_of_no_case_fits_0_of_0():
    met = fit(of_cases(a=("+time", ["reached"])), CARE)

    assert met[["known", "consistency", "coverage"]].tolist() == [0, "0 of 0", "0 of 0"]
    assert met["behind"] == ()


def test_cases_with_the_same_conditions_and_another_outcome_contradict_each_other():
    told = cases.contradictions(
        of_cases(a=("+time -care", ["not"]), b=("+time -care", ["reached"]), c=("+time", ["reached"]))
    )

    assert told[["outcome", "case", "other"]].to_numpy().tolist() == [["policy", "B", "A"]]
    assert told["behind"].item() == ("e3", "e4", "c004", "e1", "e2", "c002")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("+time", ["reached"]), ("-time", ["not"])),
        (("+time", ["reached"]), ("+time +care", ["not"])),
        (("+time", ["reached"]), ("+time", ["reached"])),
        (("+time", ["reached"]), ("+time", [])),
        (("", ["reached"]), ("", ["not"])),
    ],
    ids=["other state", "one more known", "same outcome", "outcome not known", "no condition known"],
)
def test_other_cases_do_not_contradict_each_other(first, second):
    told = cases.contradictions(of_cases(a=first, b=second))

    assert told.empty
    assert told.attrs["reason"].startswith("No two cases")


SAID = ("", "+time", "-time", "+time -care", "+time -care +spaces -spaces")


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(SAID), st.sampled_from([(), ("reached",), ("not",)])), max_size=6))
def test_contradictions_are_those_that_comparing_every_two_cases_finds(told):
    """Of these cases what is known of conditions is what is said, but for spaces, said both ways."""
    listed = cases.contradictions(of_cases(**dict(zip("abcdef", told, strict=False))))

    known = [(words.removesuffix(" +spaces -spaces"), statuses) for words, statuses in told]
    expected = {
        ("ABCDEF"[one], "ABCDEF"[other])
        for one, other in permutations(range(len(told)), 2)
        if known[one][0] and known[one][0] == known[other][0]
        if (known[one][1], known[other][1]) == (("reached",), ("not",))
    }
    assert sorted(zip(listed["case"], listed["other"], strict=True)) == sorted(expected)
    assert set(listed["outcome"]) <= {"policy"}


def test_a_combination_is_said_in_words_and_names_its_cases():
    told = cases.combinations(
        of_cases(a=("+time -care", []), b=("-care +time", []), c=("+spaces -spaces", []))
    )

    others = "; ".join(CONDITIONS[key] for key in ("understanding", "spaces", "embedding"))
    assert told["combination"].iloc[0] == f"Present: {TIME}. Absent: {CARE}. Not known: {others}."
    assert told["combination"].iloc[1].startswith(f"As much said for as against: {CONDITIONS['spaces']}. Not")
    assert told["cases"].tolist() == ["A; B", "C"]
    assert told["cases_count"].tolist() == [2, 1]


def test_only_a_combination_that_is_known_whole_was_observed():
    whole = " ".join(f"+{key}" for key in CONDITIONS.index)

    told = cases.combinations(of_cases(a=(whole, []), b=(whole, []), c=("+time", [])))

    assert told.attrs["possible"] == 32
    assert told.attrs["observed"] == 1


PUBLISHED = {3: (0.95, 0.77), 5: (0.85, 0.26), 8: (0.64, 0.04), 12: (0.35, 0.0), 18: (0.09, None)}


@pytest.mark.parametrize("how_many", PUBLISHED)
def test_luck_looks_perfect_as_often_as_an_independent_simulation_found(how_many):
    """A simulation made for another study: fair binary data, five conditions, an outcome that differs.

    Its number of draws is not given; two digits and some 1,000 draws make 0.02 of tolerance.
    """
    found = cases.chance(how_many, 5)

    no_contradiction, one_perfect = PUBLISHED[how_many]
    assert found["no_contradiction"] == pytest.approx(no_contradiction, abs=0.02)
    if one_perfect is not None:
        assert found["one_perfect"] == pytest.approx(one_perfect, abs=0.02)


def onto(cells, balls):
    """Count the ways in which so many balls leave none of the cells empty."""
    return sum((-1) ** empty * comb(cells, empty) * (cells - empty) ** balls for empty in range(cells + 1))


def exactly_no_contradiction(how_many, conditions):
    """Work the share out: cases with the outcome take some combinations, all others avoid these."""
    combinations, ways = 2**conditions, 0
    for having in range(1, how_many):
        for taken in range(1, having + 1):
            chosen = comb(combinations, taken) * onto(taken, having)
            ways += comb(how_many, having) * chosen * (combinations - taken) ** (how_many - having)
    return ways / ((2**how_many - 2) * combinations**how_many)


@pytest.mark.parametrize("conditions", [1, 3, 5])
@pytest.mark.parametrize("how_many", [2, 3, 7, 12, 20])
def test_luck_looks_perfect_as_often_as_can_be_worked_out(how_many, conditions):
    """One condition is perfect in 2 of its 2 ** cases columns; no contradiction, by counting the ways."""
    found = cases.chance(how_many, conditions)

    assert found["one_perfect"] == pytest.approx(1 - (1 - 2 ** (1 - how_many)) ** conditions, abs=0.015)
    assert found["no_contradiction"] == pytest.approx(
        exactly_no_contradiction(how_many, conditions), abs=0.015
    )


def test_luck_is_the_same_on_every_run():
    assert cases.chance(7, 5) == cases.chance(7, 5)


def test_without_conditions_cases_that_differ_always_contradict_each_other():
    assert cases.chance(4, 0) == {"no_contradiction": 0.0, "one_perfect": 0.0}


@pytest.mark.parametrize("how_many", [0, 1])
def test_fewer_than_two_cases_cannot_differ(how_many):
    assert all(math.isnan(share) for share in cases.chance(how_many, 5).values())


@pytest.mark.parametrize(("how_many", "conditions"), [(-1, 5), (3, -1), (3, 61)])
def test_impossible_numbers_are_refused(how_many, conditions):
    with pytest.raises(ValueError, match="There can be"):
        cases.chance(how_many, conditions)
