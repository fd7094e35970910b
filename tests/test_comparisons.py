"""Comparisons: what an audience may see of them, what is said of them, and what counts as a finding."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survey import LABELS, survey

import coprod
from coprod import change, compare, findings, likert, multiplicity, privacy, reliability, spread, weighting

WAVES = {"start": "Start", "end": "End"}
NUMBERS = (
    *("improved", "worse", "same", "linked", "net", "low", "high"),
    *("p", "p_sign", "p_adjusted", "chi2", "df"),
)


def two_waves(*moves, item="heard"):
    """A programme in which each of `moves` (from, to) is one person's answers in two waves."""
    people = [f"p{number}" for number in range(len(moves))]
    answers = {
        "person": people * 2,
        "wave": ["start"] * len(moves) + ["end"] * len(moves),
        item: [LABELS[first] for first, _ in moves] + [LABELS[last] for _, last in moves],
    }
    return survey(answers, waves=WAVES)


def judged(programme):
    [table] = multiplicity.judge(programme, change.compared(programme))
    return table


def shown(programme, audience="internal"):
    return privacy.door(programme, audience)(judged(programme))


# privacy


def test_fewer_pairs_than_the_smallest_group_are_not_shown():
    few = shown(two_waves(*[(0, 4)] * 4))

    assert few.table.empty
    assert "fewer than 5" in few.reason


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=10, max_size=39))
@settings(max_examples=40)
def test_the_public_sees_bands_and_no_number_of_a_small_group(moves):
    table = shown(two_waves(*moves), "public").table

    assert table[[name for name in NUMBERS if name in table]].isna().all(axis=None)
    assert not re.search(r"\d", table["said"].iloc[0])
    assert table["base"].iloc[0] % 5 == 0


def test_the_public_sees_rounded_counts_of_a_large_group_and_what_follows_from_them():
    """43 pairs: 22 improved, 13 stayed, 8 got worse; rounded 20, 15 and 10 of 45."""
    row = shown(two_waves(*[(1, 3)] * 22, *[(2, 2)] * 13, *[(3, 1)] * 8), "public").table.iloc[0]

    assert row[["improved", "same", "worse", "base"]].tolist() == [20, 15, 10, 45]
    assert row["net"] == pytest.approx(10 / 45)
    assert math.isnan(row["p"])
    assert row["said"] == "about 20 of 45 improved, about 10 got worse"


def test_the_public_is_not_told_that_everybody_stayed_the_same():
    row = shown(two_waves(*[(3, 3)] * 12), "public").table.iloc[0]

    assert row["why_not"] == ""
    assert row["said"] == "few or none improved, few or none got worse"


def test_groups_that_are_too_small_are_not_compared_in_public():
    people = 9, 14
    answers = {
        "sector": ["university"] * people[0] + ["charity"] * people[1],
        "heard": [LABELS[4]] * people[0] + [LABELS[0]] * people[1],
    }
    table = compare.gaps(survey(answers), ["heard"])

    assert privacy.protect(table, "internal").table["n_a"].tolist() == [9]
    assert privacy.protect(table, "public").table.empty


def test_a_gap_in_public_has_words_only_and_stands_in_no_telling_order():
    demo = coprod.open("demo").latest()
    [table] = multiplicity.judge(demo, compare.gaps(demo, likert.items_in(demo)))

    public = privacy.protect(table, "public").table

    assert public[["delta", "low", "high", "p", "superiority"]].isna().all(axis=None)
    assert list(public["item"]) == sorted(public["item"])


@pytest.mark.parametrize(
    "analysis", [spread.divided, spread.split, reliability.by_section, weighting.agreement, compare.gaps]
)
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_every_table_of_statistics_has_a_rule_at_the_door(analysis, audience):
    demo = coprod.open("demo").latest()

    table = privacy.door(demo, audience)(analysis(demo, likert.items_in(demo))).table

    assert set(table["precision"]) <= {"exact", "rounded", "band"}
    if audience == "public":
        assert "bases" not in table
        people = table[[name for name in ("n", "base", "n_a", "n_b", "complete") if name in table]]
        assert (people.astype(float).fillna(0) % 5 == 0).all(axis=None)


def test_the_public_does_not_see_sectors_weighted_beside_the_shares_as_answered():
    """With two sectors the two shares and their bases give both sectors' counts."""
    demo = coprod.open("demo").latest()

    table = privacy.door(demo, "public")(weighting.agreement(demo, likert.items_in(demo))).table

    assert set(table["equal_sectors"]) == {"not shown"}
    assert table[["equal", "equal_low", "equal_high"]].isna().all(axis=None)


# findings


def test_every_comparison_is_counted_together():
    demo = coprod.open("demo")
    latest = demo.latest()
    moved, apart = change.compared(demo), compare.gaps(latest, likert.items_in(latest))

    judged_moved, judged_apart = multiplicity.judge(demo, moved, apart)

    assert set(judged_moved["looked_at"]) | set(judged_apart["looked_at"]) == {len(moved) + len(apart)}


def test_empty_tables_are_judged_as_they_are():
    cases = coprod.open("knowledge-in-action")

    moved, apart = multiplicity.judge(cases, change.compared(cases), compare.gaps(cases, []))

    assert moved.empty
    assert apart.empty
    assert moved.attrs["reason"] == likert.NO_SURVEY


def test_the_demos_true_changes_are_found_and_no_others_are_claimed():
    """True: trust and shared understanding rise by 40 points; ten items do not change (true_effects.toml)."""
    table = judged(coprod.open("demo"))

    found = set(table.loc[table["found"], "item"])

    rising = {"trust_word", "trust_mistakes", "understanding_purpose", "understanding_words"}
    assert len(found & rising) >= 3
    assert found <= rising


def test_one_place_of_the_demo_is_too_small_for_the_same_claims():
    corvenham = coprod.open("demo", place="corvenham")

    assert not judged(corvenham)["found"].any()


def test_the_carpentries_answers_stand_side_by_side_paired_and_unpaired():
    """Reference: 202 up, 209 same, 22 down of 433; the published unpaired chi-square is 59.845, df 5."""
    row = judged(coprod.open("carpentries-2017")).iloc[0]

    assert row[["improved", "same", "worse", "base"]].tolist() == [202, 209, 22, 433]
    assert row["chi2"] == pytest.approx(59.845, abs=5e-4)
    assert row["df"] == 5


def test_moves_add_up_to_the_pairs():
    demo = coprod.open("demo")
    moves = change.moves(demo, change.comparable(demo))

    assert (moves.groupby("item")["n"].sum() == moves.groupby("item")["base"].first()).all()
    assert set(moves["answer"]) == {"Improved", "Stayed the same", "Got worse"}


def test_headlines_say_how_many_comparisons_were_looked_at():
    said = findings.headlines(shown(two_waves(*[(1, 3)] * 12)))

    assert said[0] == "Comparisons looked at: 1 of change. More than chance would give: 1."
    assert said[1].startswith("“Text of heard”, Start to End: 12 of 12 improved, 0 got worse")


def test_waves_that_differ_are_told_among_the_headlines_and_counted():
    demo = coprod.open("demo")
    door = privacy.door(demo, "internal")
    tables = change.compared(demo), change.over_all_waves(demo, likert.items_in(demo))

    moved, over = map(door, multiplicity.judge(demo, *tables))

    assert (
        f"{len(moved.table)} of change and {len(over.table)} over all waves"
        in findings.headlines(moved, over)[0]
    )
    assert (
        findings.over_waves(over)[1:]
        == findings.headlines(moved, over)[-len(findings.over_waves(over)) + 1 :]
    )
    assert all("differed from wave to wave" in sentence for sentence in findings.over_waves(over)[1:])


def test_with_nothing_found_there_is_nothing_to_follow_up():
    demo = coprod.open("demo")

    assert "On no question" in change.follow_ups(demo, []).attrs["reason"]


def test_no_headline_where_chance_could_give_as_much():
    said = findings.headlines(shown(two_waves((1, 3), (3, 1), *[(2, 2)] * 6)))

    assert said == ["Comparisons looked at: 1 of change. None is more than chance would give."]


def test_a_net_share_of_few_people_is_said_in_people():
    [sentence] = findings.changes(shown(two_waves(*[(1, 3)] * 7, (3, 1), *[(2, 2)] * 4)))

    assert "net +6 of 12, 95% interval" in sentence
    assert "%" not in sentence.replace("95%", "")


@pytest.mark.parametrize("programme", ["demo", "carpentries-2017", "sivocs", "knowledge-in-action"])
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_sentences_on_comparisons_hold_no_missing_number(programme, audience):
    data = coprod.open(programme)
    latest = data.latest()
    items = likert.items_in(latest)
    protect = privacy.door(data, audience)
    moved, apart = map(protect, multiplicity.judge(data, change.compared(data), compare.gaps(latest, items)))

    said = [
        *findings.headlines(moved, apart),
        *findings.changes(moved),
        *findings.gaps(apart),
        *findings.two_analyses(moved),
        *findings.spread(protect(spread.divided(latest, items))),
        *findings.equal_sectors(protect(weighting.agreement(latest, items))),
        *findings.reliability(protect(reliability.by_section(latest, items))),
    ]

    assert not [sentence for sentence in said if re.search(r"\b(nan|inf|None)\b", sentence)]


@pytest.mark.parametrize(
    "say", [findings.headlines, findings.changes, findings.gaps, findings.spread, findings.two_analyses]
)
def test_a_raw_table_is_refused(say):
    with pytest.raises(TypeError, match=r"privacy\.protect"):
        say(pd.DataFrame({"item": ["heard"], "net": [np.nan]}))
