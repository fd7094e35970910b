"""Every sector counting the same, beside the answers as they were given."""

import dataclasses
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep
from survey import LABELS, survey

import coprod
from coprod import likert, ordered, weighting
from coprod.names import UnknownName

NUMBERS = ["equal", "equal_low", "equal_high"]
GROUPS = st.lists(st.integers(1, 40).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))),
                  min_size=1, max_size=5)  # fmt: skip


def votes(**agreeing):
    """A programme in which so many of so many people agreed in each sector, and the others disagreed."""
    sector, heard = [], []
    for name, (n, base) in agreeing.items():
        sector += [name] * base
        heard += ["Agree"] * n + ["Disagree"] * (base - n)
    return survey({"sector": sector, "heard": heard})


# the mean and its interval


def test_two_sectors_have_the_interval_of_a_difference_turned_round():
    """(a + b) / 2 is (a - (1 - b) + 1) / 2; statsmodels has Agresti and Caffo's interval of a - (1 - b)."""
    rng = np.random.default_rng(1)
    for _ in range(250):
        bases = rng.integers(1, 60, 2)
        counts = rng.binomial(bases, rng.uniform(0, 1, 2))
        theirs = confint_proportions_2indep(
            counts[0], bases[0], bases[1] - counts[1], bases[1], method="agresti-caffo"
        )

        mean, *ends = weighting.equal_mean(counts, bases)

        kept = [(max(theirs[0], -1) + 1) / 2, (min(theirs[1], 1) + 1) / 2]
        assert mean == pytest.approx((counts / bases).mean(), abs=1e-12)
        assert ends == pytest.approx([min(kept[0], mean), max(kept[1], mean)], abs=1e-9)


def test_several_sectors_have_price_and_bonetts_interval_added_up_one_by_one():
    rng = np.random.default_rng(2)
    for _ in range(200):
        bases = rng.integers(1, 60, rng.integers(3, 7)).tolist()
        counts = [int(rng.integers(0, base + 1)) for base in bases]
        groups, centre, variance = len(bases), 0, 0
        for n, base in zip(counts, bases, strict=True):
            share, size = (n + 2 / groups) / (base + 4 / groups), base + 4 / groups
            centre += share / groups
            variance += share * (1 - share) / size / groups**2
        low, high = centre - 1.959963984540054 * variance**0.5, centre + 1.959963984540054 * variance**0.5

        mean, *ends = weighting.equal_mean(counts, bases)

        assert ends == pytest.approx([min(max(low, 0), mean), max(min(high, 1), mean)], abs=1e-9)


@given(GROUPS)
def test_the_interval_stays_between_none_and_all_and_around_the_mean(groups):
    counts, bases = zip(*groups, strict=True)

    mean, low, high = weighting.equal_mean(counts, bases)

    assert 0 <= low <= mean <= high <= 1


@given(GROUPS)
def test_counting_the_others_turns_the_interval_round(groups):
    counts, bases = map(np.array, zip(*groups, strict=True))

    mean, low, high = weighting.equal_mean(counts, bases)

    assert weighting.equal_mean(bases - counts, bases) == pytest.approx(
        (1 - mean, 1 - high, 1 - low), abs=1e-9
    )


@pytest.mark.parametrize("bases", [(5, 5), (8, 8, 8), (12, 12), (20, 20, 20), (40, 40), (100, 100, 100),
                                   (5, 40), (5, 8, 12), (8, 100), (5, 8, 12, 40)])  # fmt: skip
def test_the_interval_covers_the_truth_as_often_as_it_says(bases):
    """Here 2,000 draws a point, of which each outcome is looked at once."""
    rng = np.random.default_rng(bases)
    covered = []
    for middle, apart in product((0.05, 0.1, 0.3, 0.5, 0.7, 0.95), (0, 0.15, 0.3)):
        shares = np.clip(middle + np.linspace(-apart, apart, len(bases)), 0.02, 0.98)
        drawn, how_often = np.unique(
            rng.binomial(bases, shares, (2000, len(bases))), axis=0, return_counts=True
        )
        ends = np.array([weighting.equal_mean(counts, bases)[1:] for counts in drawn])
        true = shares.mean()
        held = (ends[:, 0] <= true + 1e-12) & (true - 1e-12 <= ends[:, 1])
        covered.append(np.average(held, weights=how_often))

    assert min(covered) >= 0.89  # 0.90, less what 2,000 draws can be off
    assert 0.94 <= np.mean(covered) <= 0.98


# tables


def test_a_small_sector_counts_as_much_as_a_large_one():
    """By hand: 9 of 30 agreed, and of the sectors 8 of 10 and 1 of 20: the mean of 0.8 and 0.05."""
    programme = votes(university=(8, 10), council=(1, 20))
    programme = dataclasses.replace(programme, sectors={"university": "Universities", "council": "Council"})

    row = weighting.agreement(programme, ["heard"]).iloc[0]

    assert row[["n", "base", "share"]].to_list() == [9, 30, 0.3]
    assert row["equal"] == pytest.approx(0.425)
    assert row[["equal_low", "equal_high"]].to_list() == pytest.approx(
        weighting.equal_mean([8, 1], [10, 20])[1:]
    )
    assert (row["bases"], row["smallest_base"]) == ("Universities 10, Council 20", 10)


def test_beside_it_stands_what_everybody_answered():
    programme = votes(university=(8, 10), council=(1, 20), charity=(3, 6))

    row = weighting.agreement(programme, ["heard"]).iloc[0]
    whole = likert.agreement(programme, ["heard"]).iloc[0]

    columns = ["text", "section", "says", "n", "base", "share", "low", "high"]
    assert row[columns].to_list() == whole[columns].to_list()


def test_equal_shares_of_all_labels_add_up_to_one():
    programme = coprod.open("demo").latest()
    items = likert.items_in(programme)

    table = weighting.shares(programme, items)

    assert set(table["answer"]) >= set(LABELS)
    assert table.groupby("item")["equal"].sum().to_numpy() == pytest.approx(1)
    assert table.columns.to_list() == weighting.SHARE_COLUMNS


def test_where_sectors_are_of_one_size_nothing_changes():
    row = weighting.agreement(votes(university=(6, 8), council=(1, 8), charity=(4, 8)), ["heard"]).iloc[0]

    assert row["equal"] == pytest.approx(row["share"])


def test_a_sector_below_the_smallest_group_makes_it_impossible():
    row = weighting.agreement(votes(university=(6, 8), council=(1, 4), charity=(2, 5)), ["heard"]).iloc[0]

    assert row["why_not"] == (
        "Fewer than 5 people answered in Local government, too few to count as much as the others."
    )
    assert row[NUMBERS].isna().all()
    assert (row["bases"], row["smallest_base"]) == ("", 4)
    assert row["share"] == 9 / 17


def test_a_sector_nobody_came_from_makes_it_impossible():
    row = weighting.shares(votes(university=(6, 8), council=(1, 5)), ["heard"]).iloc[0]

    assert "in Third sector" in row["why_not"]
    assert row[NUMBERS].isna().all()


def test_people_whose_sector_is_not_stated_count_as_answered_only():
    row = weighting.agreement(
        votes(**{"university": (5, 5), "council": (0, 5), "charity": (0, 5), "": (7, 7)}), ["heard"]
    ).iloc[0]

    assert (row["n"], row["base"]) == (12, 22)
    assert row["equal"] == pytest.approx(1 / 3)


def test_several_waves_are_not_put_together():
    programme = votes(university=(5, 6), council=(2, 6), charity=(3, 6))
    answers = programme.answers.assign(wave=["start", "end"] * 9)

    row = weighting.agreement(dataclasses.replace(programme, answers=answers), ["heard"]).iloc[0]

    assert row["why_not"] == ordered.SEVERAL_WAVES
    assert row[NUMBERS].isna().all()


@pytest.mark.parametrize("table", [weighting.shares, weighting.agreement])
def test_a_programme_without_two_sectors_or_a_survey_says_so(table):
    programme = survey({"heard": ["Agree"]}, sectors={})

    assert table(programme, ["heard"]).attrs["reason"] == "There are no two sectors to count the same."
    nothing = table(dataclasses.replace(programme, answers=None), ["heard"])
    assert nothing.attrs["reason"] == "This programme has no survey."


def test_waves_are_no_grouping_here():
    with pytest.raises(UnknownName, match="sector"):
        weighting.agreement(votes(university=(1, 2)), ["heard"], by="wave")
