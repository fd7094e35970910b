"""Sentences: how few people and many are said, what comes first, and what cannot be said."""

import dataclasses
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survey import LABELS, survey

import coprod
from coprod import cases, findings, framework, likert, privacy
from coprod.findings import answers

AGREE, DISAGREE = LABELS[3], LABELS[1]
# n of base, favourable answers first
COUNTS = st.integers(5, 60).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


def opinions(*counts, audience="internal", **columns):
    """Protect the agreement with items q0, q1…, each of which n of base people agreed with."""
    items = {f"q{number}": columns for number in range(len(counts))}
    rows = [
        (item, "", "", "", answer, people)
        for item, (n, base) in zip(items, counts, strict=True)
        for answer, people in ((AGREE, n), (DISAGREE, base - n))
    ]
    programme = survey(counts=rows, items=items)
    return privacy.protect(likert.agreement(programme, list(items)), audience)


def nothing(reason="This programme has no survey."):
    """Protect an empty table of opinions."""
    table = likert.agreement(survey({"heard": []}), [])
    table.attrs["reason"] = reason
    return privacy.protect(table, "internal")


def overview(*teams):
    """Protect the overview of cases with so many organisations and sectors in their teams."""
    programme = coprod.open("knowledge-in-action")
    table = cases.overview(programme).iloc[: len(teams)]
    table = table.assign(organisations=[team[0] for team in teams], sectors=[team[1] for team in teams])
    return privacy.protect(table, "internal")


def rates(answered, invited, audience="internal"):
    """Protect the response rate of one place, North."""
    programme = survey(
        {"heard": [AGREE] * answered}, invited=[("north", "", "", invited)] if invited is not None else []
    )
    return privacy.protect(likert.response_rates(programme.where(place="north"), by="place"), audience)


def only(sentences):
    (sentence,) = sentences
    return sentence


# How counts are said


def test_below_20_people_a_share_and_its_interval_are_said_in_people():
    """Worked from Wilson's formula: 8 of 10 gives 0.490 to 0.943, which is 4.9 to 9.4 people."""
    assert only(findings.agreement(opinions((8, 10)))) == (
        "“Text of q0”: 8 of 10 agreed; 95% interval 4 to 10 of 10."
    )


def test_from_20_people_on_they_are_said_in_per_cent_with_the_counts():
    """Worked from Wilson's formula: 20 of 40 gives 0.352 to 0.648."""
    assert only(findings.agreement(opinions((20, 40)))) == (
        "“Text of q0”: 50% (20 of 40) agreed; 95% interval 35% to 65%."
    )


def test_the_public_reads_rounded_counts_of_40_people_or_more():
    """22 of 42 are rounded to 20 of 40, and the interval is that of 20 of 40."""
    assert only(findings.agreement(opinions((22, 42), audience="public"))) == (
        "“Text of q0”: about 50% (20 of 40) agreed; 95% interval 35% to 65%."
    )


def test_the_public_reads_words_where_fewer_than_40_answered():
    assert only(findings.agreement(opinions((9, 14), audience="public"))) == (
        "“Text of q0”: most agreed; about 15 answered."
    )


def test_a_reversed_item_says_that_disagreeing_is_favourable():
    """9 of 10 agreed with it, so one answer is favourable."""
    said = only(findings.agreement(opinions((9, 10), reversed="yes")))

    assert said.startswith("“Text of q0”: 1 of 10 disagreed;")


@given(COUNTS.filter(lambda count: count[1] < 20))
@settings(max_examples=60, deadline=None)
def test_an_interval_in_people_is_rounded_outwards_and_stays_among_those_who_answered(count):
    shown = opinions(count)
    row = shown.table.iloc[0]

    told = re.search(r"interval (\d+) to (\d+) of (\d+)", findings.agreement(shown)[0])
    low, high, base = map(int, told.groups())

    assert 0 <= low <= count[0] <= high <= base == count[1]
    assert low <= row["low"] * base + 1e-5 < low + 1 + 2e-5
    assert high - 1 - 2e-5 < row["high"] * base - 1e-5 <= high


def test_an_item_that_nobody_answered_is_said_to_be_so():
    """No audience is shown one, but a sentence must not end in a missing number."""
    shown = opinions((8, 10), (7, 10))
    table = shown.table.astype({"base": float})
    table.loc[1, ["n", "base", "share", "low", "high", "said"]] = [0, 0, math.nan, math.nan, math.nan, ""]

    said = findings.strongest_and_weakest(dataclasses.replace(shown, table=table))

    assert said[-1] == "“Text of q1”: nobody answered."


def test_a_question_is_quoted_on_one_line_and_without_its_full_stop():
    said = only(findings.agreement(opinions((8, 10), text="I felt\nheard.")))

    assert said.startswith("“I felt heard”: 8 of 10 agreed")


def test_a_question_keeps_its_question_mark_and_its_dots():
    for text in ("Did you feel heard?", "Did you feel heard (0 to 10)", "I felt..."):
        assert only(findings.agreement(opinions((8, 10), text=text))).startswith(f"“{text}”:")


def test_groups_are_named_where_there_are_several():
    programme = survey(
        {"heard": [AGREE] * 12, "sector": ["university"] * 6 + ["charity"] * 6},
        sectors={"university": "Universities", "charity": "Third sector"},
    )
    table = likert.agreement(programme, ["heard"], by="sector")

    said = findings.agreement(privacy.protect(table, "internal"))

    assert [sentence.partition(" “")[0] for sentence in said] == ["Universities,", "Third sector,"]


# What comes first


def test_a_share_of_few_people_comes_after_a_slightly_smaller_share_of_many():
    """Worked from Wilson's formula: 5 of 5 gives 0.57 to 1, and 55 of 60 gives 0.82 to 0.96."""
    said = findings.agreement(opinions((5, 5), (55, 60)))

    assert [sentence[:12] for sentence in said] == ["“Text of q1”", "“Text of q0”"]


def test_in_bands_equal_words_keep_the_order_of_the_questions():
    """8, 10 and 9 of 14 are all most; whoever reads the order must not learn which is more."""
    said = findings.agreement(opinions((9, 14), (10, 14), (1, 14), (8, 14), audience="public"))

    assert [sentence[9:11] for sentence in said] == ["q0", "q1", "q3", "q2"]


def test_the_two_strongest_and_the_two_weakest_are_named():
    said = findings.strongest_and_weakest(opinions((9, 30), (25, 30), (20, 30), (15, 30), (4, 30)))

    assert [re.search("q[0-9]", sentence)[0] for sentence in said[1:]] == ["q1", "q2", "q4", "q0"]
    assert all("most favourable" in sentence for sentence in said[1:3])
    assert all("least favourable" in sentence for sentence in said[3:])


@given(st.lists(COUNTS, min_size=4, max_size=6), st.sampled_from(["internal", "public"]))
@settings(max_examples=25, deadline=None)
def test_every_share_at_the_bottom_is_smaller_than_every_share_at_the_top(counts, audience):
    shown = opinions(*counts, audience=audience)
    rows = shown.table.set_index("item")
    share = rows["share"].fillna(rows["band"].map(answers.BAND_ORDER))

    said = findings.strongest_and_weakest(shown)

    most, least = (
        [re.search(r"q\d", line)[0] for line in said if f"the {end} favourable" in line]
        for end in ("most", "least")
    )
    assert all(share[low] < share[high] for low in least for high in most)


def test_where_all_came_out_level_none_is_called_strong_or_weak():
    said = findings.strongest_and_weakest(opinions(*[(7, 10)] * 5))

    assert said[1:] == ["No question stands out: they all came out level."]


def test_a_level_question_is_never_at_the_other_end():
    """In words the second to the fifth are level, so only the first is more favourable."""
    said = findings.strongest_and_weakest(opinions((14, 14), *[(7, 14)] * 4, audience="public"))

    assert [("q0" in line, "least" in line) for line in said[1:]] == [(True, False), *[(False, True)] * 2]


def test_with_fewer_than_four_questions_all_are_told():
    said = findings.strongest_and_weakest(opinions((7, 10), (8, 10), (2, 10)))

    assert [sentence[:12] for sentence in said[1:]] == ["“Text of q1”", "“Text of q0”", "“Text of q2”"]


# How many answered


@pytest.mark.parametrize(
    ("counts", "audience", "said"),
    [
        ([(7, 9)], "internal", "The one question was answered by 9 people."),
        ([(7, 9), (7, 12)], "internal", "Each of the 2 questions was answered by 9 to 12 people."),
        ([(7, 9), (8, 9)], "internal", "Each of the 2 questions was answered by 9 people."),
        ([(7, 14), (7, 21)], "public", "Each of the 2 questions was answered by about 15 to 20 people."),
        ([(7, 14), (7, 15)], "public", "Each of the 2 questions was answered by about 15 people."),
        ([(7, 41), (7, 63)], "public", "Each of the 2 questions was answered by about 40 to 65 people."),
    ],
)
def test_the_first_line_says_between_which_numbers_the_answers_lie(counts, audience, said):
    assert findings.strongest_and_weakest(opinions(*counts, audience=audience))[0] == said


def test_an_answer_may_stand_for_something_other_than_a_person():
    said = findings.strongest_and_weakest(opinions((7, 9)), respondents="research projects")

    assert said[0] == "The one question was answered by 9 research projects."


@pytest.mark.parametrize(
    ("answered", "invited", "audience", "said"),
    [
        (7, 9, "internal", "North: of those invited, 7 of 9 answered."),
        (21, 30, "internal", "North: of those invited, 70% (21 of 30) answered."),
        (41, 63, "public", "North: of those invited, about 62% (40 of 65) answered."),
        (14, 27, "public", "North: of about 25 invited, about half answered."),
        (21, None, "internal", "North: how many were invited is not known, so there is no response rate."),
    ],
)
def test_a_response_is_said_of_those_invited(answered, invited, audience, said):
    assert only(findings.response(rates(answered, invited, audience))) == said


def test_a_response_of_nobody_invited_does_not_crash():
    shown = rates(7, 9)
    table = shown.table.assign(base=0, said="")

    assert only(findings.response(dataclasses.replace(shown, table=table))) == "North: nobody was invited."


# Cases


def test_one_case_is_said_in_the_singular():
    assert findings.case_studies(overview((1, 1))) == [
        "One case study: Lincoln (Youth participation). In its team: 1 organisation from 1 sector."
    ]


def test_several_cases_are_counted_with_their_teams():
    """*Knowledge in action* (2025), Case study profiles."""
    assert findings.case_studies(overview((8, 3), (3, 3), (0, 0))) == [
        "3 case studies: Lincoln (Youth participation), Teesside (In-work poverty), "
        "Norfolk (Social isolation).",
        "Teams: Lincoln with 8 organisations from 3 sectors; Teesside with 3 organisations from 3 sectors; "
        "Norfolk with no organisation named.",
    ]


def test_at_a_glance_tells_the_survey_before_the_cases():
    said = findings.at_a_glance(opinions((7, 9)), overview((8, 3)))

    assert [sentence.split()[0] for sentence in said] == ["The", "“Text", "One"]


def test_at_a_glance_of_a_programme_without_a_survey_tells_the_cases_only():
    assert findings.at_a_glance(nothing(), overview((8, 3))) == findings.case_studies(overview((8, 3)))


# Limits


def test_one_question_does_not_stand_beside_others():
    assert not any("side by side" in line for line in findings.limits(opinions((7, 9)), rates(7, 9)))


def test_intervals_are_spoken_of_only_where_there_are_some():
    said = {
        audience: " ".join(findings.limits(opinions((9, 14), audience=audience), rates(14, 20, audience)))
        for audience in ("internal", "public")
    }

    assert "interval" in said["internal"]
    assert "interval" not in said["public"]


@pytest.mark.parametrize(("invited", "missing"), [(9, False), (None, True)])
def test_it_is_said_where_the_number_invited_is_not_known(invited, missing):
    said = findings.limits(opinions((7, 9)), rates(7, invited))

    assert any("invited is not known" in line for line in said) == missing


def test_it_is_said_where_there_are_no_response_rates():
    assert "no response rates" in findings.limits(opinions((7, 9)), nothing())[-1]


def test_cases_alone_cannot_tell_how_often():
    assert "not how often" in only(findings.limits(nothing(), nothing()))


def test_each_thing_that_is_not_shown_is_said_once():
    small = opinions((7, 9), (2, 3))

    assert findings.not_shown(small, small, opinions((7, 9))) == list(small.notes)
    assert len(small.notes) == 1


def test_a_table_held_back_whole_is_not_passed_over():
    """Three people answered, and the team sees nothing below five."""
    small = opinions((2, 3))

    assert small.table.empty
    assert findings.not_shown(small) == [small.reason]


def test_where_nothing_is_held_back_that_is_said():
    assert findings.not_shown(opinions((7, 9))) == ["Nothing was held back for privacy."]


# Questions to take back


def about(*conditions):
    """Protect opinions on conditions, of which fewer and fewer agreed."""
    shown = opinions(*[(12 - 2 * number, 14) for number in range(len(conditions))])
    keys = [f"condition:{key}" if key else "" for key in conditions]
    return dataclasses.replace(shown, table=shown.table.assign(framework=keys))


def test_the_conditions_of_the_two_weakest_items_are_taken_back():
    shown = about("time", "care", "spaces", "care", "")

    assert findings.weakest_conditions(shown) == ["care", "spaces"]


def test_an_item_that_nobody_answered_names_no_condition():
    shown = about("time", "care")
    table = shown.table
    table.loc[1, ["low", "high"]] = math.nan

    assert findings.weakest_conditions(dataclasses.replace(shown, table=table)) == ["time"]


def test_the_questions_are_those_of_the_weakest_conditions_in_that_order():
    asked = findings.questions(about("time", "care", "spaces"))

    texts = framework.questions(["spaces", "care"])
    assert asked == [f"{row.condition_title}: {row.text}" for row in texts.itertuples()]
    assert len(asked) == 6


def test_where_the_survey_names_no_condition_the_evidence_does():
    """In the coded evidence of the published cases, embedding is hindered most often."""
    met = cases.conditions(coprod.open("knowledge-in-action"))
    most = met.sort_values("hindered")["framework"].iloc[-1].removeprefix("condition:")

    asked = findings.questions(about("", ""), privacy.protect(met, "public"))

    assert asked[0].startswith(framework.title("conditions", most))


def test_a_condition_that_nothing_hindered_is_not_taken_back():
    met = cases.conditions(coprod.open("knowledge-in-action")).assign(hindered=[0, 2, 0, 0, 0])

    assert findings.weakest_conditions(privacy.protect(met, "public")) == ["understanding"]


# Every function


@pytest.mark.parametrize(
    "say",
    [
        findings.agreement,
        findings.strongest_and_weakest,
        findings.case_studies,
        findings.response,
        findings.weakest_conditions,
        findings.questions,
        lambda shown: findings.at_a_glance(shown, shown),
    ],
)
def test_of_an_empty_table_nothing_is_said(say):
    assert say(nothing()) == []


@pytest.mark.parametrize(
    "say",
    [
        findings.agreement,
        findings.strongest_and_weakest,
        findings.case_studies,
        findings.response,
        findings.weakest_conditions,
        findings.questions,
        findings.not_shown,
        lambda raw: findings.at_a_glance(nothing(), raw),
        lambda raw: findings.at_a_glance(raw, nothing()),
        lambda raw: findings.limits(raw, nothing()),
        lambda raw: findings.limits(nothing(), raw),
    ],
)
def test_a_raw_table_is_refused(say):
    raw = likert.agreement(survey({"heard": [AGREE] * 9}), ["heard"])

    with pytest.raises(TypeError, match=r"privacy\.protect"):
        say(raw)


def test_a_survey_that_too_few_answered_is_not_said_to_be_missing():
    hidden = opinions((2, 3))

    assert hidden.table.empty
    assert findings.limits(hidden, hidden) == []
