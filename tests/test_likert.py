"""Counting answers: bases, what is no answer, intervals, medians, groups, response rates."""

import dataclasses
from fractions import Fraction
from statistics import NormalDist

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from survey import LABELS, NON_ANSWERS, PLACES, SECTORS, WAVES, survey

import coprod
from coprod import likert
from coprod.codebook import BLANK, NOT_ASKED
from coprod.names import UnknownName

AGREE, STRONGLY_AGREE = LABELS[3:]
GROUPINGS = st.sampled_from([None, "place", "wave", "sector"])
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(sorted(PLACES)),
        st.sampled_from(sorted(WAVES)),
        st.sampled_from(sorted(SECTORS)),
        st.sampled_from([*LABELS, *NON_ANSWERS, "", NOT_ASKED]),
    ),
    min_size=1,
    max_size=40,
)


def n_of(table, answer, group="Everybody"):
    return table.loc[(table["answer"] == answer) & (table["group"] == group), "n"].item()


def medians(*labels):
    return likert.agreement(survey({"heard": list(labels)}), ["heard"])["median"].item()


# shares and bases


def test_a_share_is_n_of_those_who_gave_a_label():
    """Worked in docs/methods.md: 20 asked, 14 gave a label, 9 of them "Agree"."""
    cells = ["Agree"] * 9 + ["Disagree"] * 5 + ["Don't know"] * 2 + ["Not applicable"] + [""] * 3

    table = likert.shares(survey({"heard": cells}), ["heard"]).set_index("answer")

    assert table.loc["Agree", ["n", "base"]].to_list() == [9, 14]
    assert table.loc["Agree", "share"] == 9 / 14
    assert table.loc[["Don't know", "Not applicable", BLANK, NOT_ASKED], "n"].to_list() == [2, 1, 3, 0]


def test_what_is_no_answer_has_a_count_and_no_share():
    cells = ["Agree", "Don't know", "", NOT_ASKED]

    table = likert.shares(survey({"heard": cells}), ["heard"])
    others = table[table["role"] != "label"]

    assert others["share"].isna().all()
    assert dict(zip(others["answer"], others["role"], strict=True)) == {
        "Don't know": "non-answer",
        "Not applicable": "non-answer",
        BLANK: "blank",
        NOT_ASKED: "not asked",
    }


def test_asked_counts_everybody_who_saw_the_question():
    cells = ["Agree", "Disagree", "Don't know", "", NOT_ASKED]

    row = likert.agreement(survey({"heard": cells}), ["heard"]).iloc[0]

    assert (row["asked"], row["base"], row["n"]) == (4, 2, 1)


def test_a_level_nobody_chose_stays_in_its_place():
    table = likert.shares(survey({"heard": ["Agree", "Agree"]}), ["heard"])

    labels = table[table["role"] == "label"]
    assert tuple(labels["answer"]) == LABELS
    assert list(labels["n"]) == [0, 0, 0, 2, 0]


def test_an_item_nobody_answered_has_no_share_and_not_a_share_of_0():
    programme = survey({"heard": ["", "Don't know"]})

    row = likert.agreement(programme, ["heard"]).iloc[0]

    assert likert.shares(programme, ["heard"])["share"].isna().all()
    assert row[["share", "low", "high"]].isna().all()
    assert (row["asked"], row["base"], row["median"]) == (2, 0, "")


def test_a_survey_without_people_has_tables_of_zeros():
    programme = survey({"heard": []})

    table = likert.shares(programme, ["heard"], by="sector")

    assert set(table["group"]) == set(SECTORS.values())
    assert table["n"].sum() == 0


def test_a_wave_in_which_an_item_was_not_put_counts_as_not_asked():
    programme = survey(
        {"heard": ["Agree", "", "Disagree"], "wave": ["end", "start", "start"]},
        items={"heard": {"waves": "end"}},
    )

    table = likert.shares(programme, ["heard"])

    assert n_of(table, NOT_ASKED) == 2
    assert n_of(table, BLANK) == 0
    assert set(table["base"]) == {1}


def test_disagreeing_is_favourable_on_a_reversed_item():
    programme = survey({"left_out": ["Disagree"] * 3 + ["Agree"]}, items={"left_out": {"reversed": "yes"}})

    row = likert.agreement(programme, ["left_out"]).iloc[0]

    assert (row["n"], row["base"], row["says"]) == (3, 4, "disagreed")


def test_an_item_asked_for_twice_is_counted_once():
    table = likert.agreement(survey({"heard": ["Agree", "Disagree"]}), ["heard", "heard"])

    assert table[["n", "base"]].to_numpy().tolist() == [[1, 2]]


def test_an_item_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match=r"item 'herd'\. Did you mean heard\?"):
        likert.shares(survey({"heard": ["Agree"]}), ["herd"])


def test_a_grouping_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match=r"grouping 'sectors'.*sector"):
        likert.shares(survey({"heard": ["Agree"]}), ["heard"], by="sectors")


def test_an_item_without_a_scale_has_no_shares():
    programme = survey({"hours": ["3"]}, items={"hours": {"kind": "number", "scale": ""}})

    with pytest.raises(ValueError, match="hours: an item of kind 'number' has no scale"):
        likert.shares(programme, ["hours"])


def test_no_answer_is_favourable_on_a_scale_without_an_order():
    programme = survey({"topic": ["Buses"]}, items={"topic": {"kind": "choice", "scale": "topics"}})

    with pytest.raises(ValueError, match="topic: answers without an order"):
        likert.agreement(programme, ["topic"])


@given(PEOPLE, GROUPINGS)
@settings(deadline=None)
def test_every_person_is_in_one_row_of_an_item(people, by):
    table = likert.shares(_answers(people), ["heard"], by=by)

    assert table["n"].sum() == len(people)
    assert (
        table[table["role"] == "label"].groupby("group")["n"].sum() == table.groupby("group")["base"].first()
    ).all()


# groups


def test_groups_come_in_the_programmes_order_and_stay_when_empty():
    programme = survey({"heard": ["Agree", "Agree"], "sector": ["charity", "university"]})

    table = likert.agreement(programme, ["heard"], by="sector")

    assert list(table["group"]) == ["Universities", "Local government", "Third sector"]
    assert list(table["base"]) == [1, 0, 1]


def test_people_without_a_sector_are_a_group_of_their_own():
    programme = survey({"heard": ["Agree", "Agree"], "sector": ["charity", ""]})

    assert likert.agreement(programme, ["heard"], by="sector")["group"].iloc[-1] == "Not stated"


def test_a_programme_without_sectors_still_has_a_table_by_sector():
    programme = survey({"heard": ["Agree"], "sector": [""]}, sectors={})

    assert likert.agreement(programme, ["heard"], by="sector")[["group", "base"]].to_numpy().tolist() == [
        ["Not stated", 1]
    ]


def test_groups_with_the_same_title_count_as_one():
    programme = survey(
        {"heard": ["Agree", "Disagree", "Agree"], "place": ["north", "south", "south"]},
        places={"north": "Town", "south": "Town"},
    )

    table = likert.agreement(programme, ["heard"], by="place")

    assert table[["group", "n", "base"]].to_numpy().tolist() == [["Town", 2, 3]]


def test_a_narrowed_programme_has_only_its_own_place():
    programme = survey({"heard": ["Agree", "Disagree"], "place": ["north", "south"]}).where(place="south")

    table = likert.agreement(programme, ["heard"], by="place")

    assert table[["group", "n", "base"]].to_numpy().tolist() == [["South", 0, 1]]


# several answers a person


def _ticked(*cells):
    return survey({"topics": list(cells)}, items={"topics": {"kind": "multi", "scale": "topics"}})


def test_somebody_who_ticks_two_options_is_one_person_of_the_base():
    table = likert.shares(_ticked("Housing | Buses", "Buses", "None of these", ""), ["topics"])

    labels = table[table["role"] == "label"].set_index("answer")
    assert labels["n"].to_dict() == {"Housing": 1, "Buses": 2, "Floods": 0}
    assert set(labels["base"]) == {2}
    assert labels["share"].to_dict() == {"Housing": 0.5, "Buses": 1.0, "Floods": 0.0}


def test_an_option_ticked_twice_counts_once():
    assert n_of(likert.shares(_ticked("Buses | Buses"), ["topics"]), "Buses") == 1


def test_an_option_beside_a_non_answer_counts_in_the_base():
    table = likert.shares(_ticked("None of these | Buses", "Floods"), ["topics"])

    assert set(table["base"]) == {2}


def test_options_have_no_sides_even_on_a_scale_with_an_order():
    programme = survey({"signs": ["Agree | Strongly agree"]}, items={"signs": {"kind": "multi"}})

    assert set(likert.shares(programme, ["signs"])["side"]) == {""}


def test_counts_of_options_are_refused_because_they_do_not_count_people():
    programme = survey(
        counts=[("topics", "", "", "", "Buses", 3)], items={"topics": {"kind": "multi", "scale": "topics"}}
    )

    with pytest.raises(ValueError, match="topics: counts do not tell how many people"):
        likert.shares(programme, ["topics"])


# counts in place of answers


def _answers(people, **items):
    places, waves, sectors, answers = zip(*people, strict=True)
    columns = {"place": places, "wave": waves, "sector": sectors, "heard": answers}
    return survey({name: list(column) for name, column in columns.items()}, items=items)


def _counts(people, **items):
    counted = pd.Series(people).value_counts()
    rows = [("heard", *group, answer or BLANK, n) for (*group, answer), n in counted.items()]
    return survey(counts=rows, items=items)


@given(PEOPLE, GROUPINGS)
@settings(deadline=None)
def test_counts_give_the_same_shares_as_the_answers_they_were_counted_from(people, by):
    answers, counts = (make(people) for make in (_answers, _counts))

    pd.testing.assert_frame_equal(likert.shares(answers, ["heard"], by), likert.shares(counts, ["heard"], by))


@given(PEOPLE, st.sampled_from(sorted(PLACES)))
@settings(deadline=None)
def test_counts_of_one_place_give_the_same_shares_as_its_answers(people, place):
    answers, counts = (make(people).where(place=place) for make in (_answers, _counts))

    pd.testing.assert_frame_equal(
        likert.shares(answers, ["heard"], "sector"), likert.shares(counts, ["heard"], "sector")
    )


ONE_BY_ONE = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]


@given(PEOPLE, GROUPINGS, st.sampled_from([ONE_BY_ONE, [*ONE_BY_ONE, (0, 0, 0)], [*ONE_BY_ONE, (1, 1, 1)]]))
@settings(deadline=None)
def test_rows_for_all_beside_rows_for_groups_do_not_count_anybody_twice(people, by, tables):
    """A published survey often has several tables: a blank place, wave or sector stands for all."""
    rows = [
        (*(key if told else "" for key, told in zip(person[:3], table, strict=True)), person[3])
        for table in tables
        for person in people
    ]

    pd.testing.assert_frame_equal(
        likert.shares(_counts(rows), ["heard"], by), likert.shares(_answers(people), ["heard"], by)
    )


def test_rows_with_an_earlier_answer_stand_beside_the_items_own():
    programme = survey(counts=[("use", "", "", "", "Agree", 3), ("use", "", "", "", "Agree", 2, "Disagree")])

    assert n_of(likert.shares(programme, ["use"]), "Agree") == 3


def test_a_survey_without_groups_in_its_counts_is_one_group_not_stated():
    programme = survey(counts=[("use", "", "", "", "Agree", 3)])

    table = likert.agreement(programme, ["use"], by="place")

    assert table.set_index("group")["base"].to_dict() == {"North": 0, "South": 0, "Not stated": 3}


# intervals


def test_the_interval_matches_a_worked_example():
    """Worked from Wilson's formula in docs/methods.md: 8 of 10 agree gives 0.490 to 0.943."""
    cells = ["Agree"] * 8 + ["Disagree"] * 2

    row = likert.agreement(survey({"heard": cells}), ["heard"]).iloc[0]

    assert (row["share"], row["low"], row["high"]) == (
        0.8,
        pytest.approx(0.490, abs=5e-4),
        pytest.approx(0.943, abs=5e-4),
    )


@given(st.integers(1, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_the_interval_is_wilsons_formula(counts):
    """Wilson (1927), JASA 22(158), 209-212, in its closed form with p as an exact fraction."""
    n, base = counts
    z, p = NormalDist().inv_cdf(0.975), float(Fraction(n, base))
    centre = (p + z * z / (2 * base)) / (1 + z * z / base)
    half = z * (p * (1 - p) / base + z * z / (4 * base * base)) ** 0.5 / (1 + z * z / base)

    assert likert.interval(n, base) == pytest.approx((centre - half, centre + half), abs=1e-12)


@given(st.integers(1, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_the_interval_agrees_with_another_implementation(counts):
    """SciPy's binomial test gives the same interval."""
    other = binomtest(*counts).proportion_ci(0.95, "wilson")

    assert likert.interval(*counts) == pytest.approx((other.low, other.high), abs=1e-12)


@given(st.integers(1, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_the_share_lies_in_its_interval_and_the_interval_between_0_and_1(counts):
    n, base = counts
    low, high = likert.interval(n, base)

    assert 0 <= low <= n / base <= high <= 1


# medians


def test_the_median_of_an_odd_number_is_the_label_in_the_middle():
    """Worked in docs/methods.md."""
    assert medians("Disagree", "Disagree", "Agree", "Agree", "Agree") == "Agree"


def test_the_median_between_two_labels_names_both():
    """Worked in docs/methods.md."""
    assert medians("Disagree", "Disagree", "Agree", "Strongly agree") == "Disagree to Agree"


def test_the_median_of_an_even_number_on_one_label_is_that_label():
    assert medians("Disagree", "Agree", "Agree", "Strongly agree") == "Agree"


def test_what_is_no_answer_does_not_move_the_median():
    assert medians("Agree", "Don't know", "Don't know", "", NOT_ASKED) == "Agree"


def test_there_is_no_median_without_answers():
    assert medians("", "Don't know") == ""


def test_there_is_no_median_without_an_order():
    programme = survey({"topic": ["Buses"]}, items={"topic": {"kind": "choice", "scale": "topics"}})

    assert likert.median(likert.shares(programme, ["topic"])) == ""


@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=30))
@settings(deadline=None)
def test_at_most_half_stand_on_either_side_of_the_median(answers):
    ranks = sorted(LABELS.index(answer) for answer in answers)
    low, high = ranks[(len(ranks) - 1) // 2], ranks[len(ranks) // 2]

    expected = LABELS[low] if low == high else f"{LABELS[low]} to {LABELS[high]}"
    assert medians(*answers) == expected


# response rates


def _rates(answers, invited, by=None):
    table = likert.response_rates(survey(answers, invited=invited), by)
    return table.set_index("group")[["n", "base", "share"]]


def test_a_response_rate_is_who_answered_of_who_was_invited():
    """Worked in docs/methods.md: 7 of 12."""
    rates = _rates({"heard": ["Agree"] * 7}, [("north", "start", "university", 12)])

    assert rates.loc["Everybody"].to_list() == [7, 12, 7 / 12]


def test_somebody_who_left_everything_blank_did_not_answer():
    rates = _rates({"heard": ["Agree", "", NOT_ASKED]}, [("north", "start", "university", 12)])

    assert rates.loc["Everybody", "n"] == 1


def test_a_code_or_consent_alone_is_no_answer():
    programme = survey(
        {"heard": ["Agree", ""], "consent": ["Yes", "Yes"]},
        items={"consent": {"kind": "consent", "scale": "topics"}},
    )

    assert likert.response_rates(programme)["n"].item() == 1


def test_dont_know_is_a_response():
    rates = _rates({"heard": ["Don't know"]}, [("north", "start", "university", 12)])

    assert rates.loc["Everybody", "n"] == 1


def test_an_invitation_to_each_wave_counts_an_answer_in_each_wave():
    answers = {"heard": ["Agree", "Agree"], "person": ["ann", "ann"], "wave": ["start", "end"]}

    rates = _rates(answers, [("north", wave, "", 3) for wave in WAVES])

    assert rates.loc["Everybody", ["n", "base"]].to_list() == [2, 6]


def test_an_invitation_to_all_waves_counts_a_person_once():
    answers = {"heard": ["Agree", "Agree"], "person": ["ann", "ann"], "wave": ["start", "end"]}

    rates = _rates(answers, [("north", "", "", 3)])

    assert rates.loc["Everybody", ["n", "base"]].to_list() == [1, 3]


def test_an_invitation_to_all_sectors_is_no_base_for_any_one():
    answers = {"heard": ["Agree", "Agree"], "sector": ["university", ""]}

    rates = _rates(answers, [("north", "start", "", 30)], by="sector")

    assert rates["base"].isna().all()
    assert rates["n"].to_dict() == {
        "Universities": 1,
        "Local government": 0,
        "Third sector": 0,
        "Not stated": 1,
    }


def test_without_invitations_there_is_no_base_and_no_share():
    rates = _rates({"heard": ["Agree"]}, [])

    assert rates["n"].item() == 1
    assert rates[["base", "share"]].isna().all(axis=None)


def test_counts_cannot_give_a_response_rate_and_say_why():
    table = likert.response_rates(survey(counts=[("use", "", "", "", "Agree", 3)]))

    assert table.empty
    assert "invited" in table.attrs["reason"]


def test_a_programme_without_a_survey_has_empty_tables_that_say_so():
    programme = dataclasses.replace(survey({"heard": []}), answers=None)

    for table in (
        likert.shares(programme, []),
        likert.agreement(programme, []),
        likert.response_rates(programme),
    ):
        assert table.empty
        assert table.attrs["reason"] == "This programme has no survey."


# published figures


@pytest.mark.parametrize(
    ("item", "n", "base", "published"), [("confidence", 333, 432, 77), ("data_confidence", 264, 408, 65)]
)
def test_the_carpentries_shares_are_those_of_the_published_report(item, n, base, published):
    """The report of October 2017 in carpentries/assessment (commit 84a42af), in whole per cent."""
    row = likert.agreement(coprod.open("carpentries-2017"), [item]).iloc[0]

    assert (row["n"], row["base"]) == (n, base)
    assert round(100 * row["share"]) == published


def test_the_carpentries_made_analyses_more_repeatable_for_more_than_half():
    """Counted from the survey file at 84a42af: 223 of 409; the report of October 2017 prints 54 %."""
    row = likert.agreement(coprod.open("carpentries-2017"), ["reproducible"]).iloc[0]

    assert (row["n"], row["base"]) == (223, 409)
    assert int(100 * row["share"]) == 54


@pytest.mark.parametrize(
    ("item", "answer", "published"),
    [
        ("recommended", "Yes", 74),
        ("use_before", "Not using such tools", 17),
        ("use_since", "Not using such tools", 5),
    ],
)
def test_the_carpentries_answers_are_those_of_the_published_report(item, answer, published):
    """The report of October 2017 in carpentries/assessment (commit 84a42af), in whole per cent."""
    table = likert.shares(coprod.open("carpentries-2017"), [item]).set_index("answer")

    assert round(100 * table.loc[answer, "share"]) == published


def test_not_remembering_is_in_the_base_of_who_recommended_a_workshop():
    """Counted from the survey file at 84a42af: 298 of 401, with 41 who did not remember."""
    table = likert.shares(coprod.open("carpentries-2017"), ["recommended"]).set_index("answer")

    assert table.loc["Yes", ["n", "base"]].to_list() == [298, 401]
    assert table.loc["I don't remember", ["n", "role"]].to_list() == [41, "label"]


def test_the_carpentries_survey_had_476_people():
    """The report of October 2017 in carpentries/assessment (commit 84a42af)."""
    table = likert.agreement(coprod.open("carpentries-2017"), ["confidence", "use_since"])

    assert set(table["asked"]) == {476}


@pytest.mark.parametrize(
    ("group", "base", "share"),
    [
        ("researchers", 361, 77.8),
        ("business", 352, 23.6),
        ("civil_society", 354, 14.7),
        ("policy", 355, 26.8),
        ("citizens", 353, 24.6),
        ("media", 351, 33.9),
        ("welfare", 352, 21.9),
    ],
)
def test_the_sivocs_shares_are_those_counted_from_the_survey_file(group, base, share):
    """Counted from SIVOCS_data.csv of 29 May 2024; SNSF's own story says about a quarter for three groups."""
    row = likert.agreement(coprod.open("sivocs"), [f"involved_{group}"]).iloc[0]

    assert row["base"] == base
    assert round(100 * row["share"], 1) == share


def test_every_item_of_the_demo_counts_every_row_of_its_answers():
    programme = coprod.open("demo")
    table = likert.shares(programme, likert.items_in(programme, kinds=["scale", "choice"]), by="wave")

    assert set(table.groupby("item")["n"].sum()) == {len(programme.answers)}
