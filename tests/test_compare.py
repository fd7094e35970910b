"""Comparing groups: the estimate, its interval and coverage, exact p-values, and what cannot be compared."""

import dataclasses
from collections import Counter
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import brentq
from scipy.stats import PermutationMethod
from statsmodels.stats.nonparametric import rank_compare_2indep
from survey import AGREEMENT, LABELS, SCALES, survey

import coprod
from coprod import compare, ordered, ranks
from coprod.codebook import NOT_ASKED
from coprod.names import UnknownName

UNIVERSITIES, COUNCILS, CHARITIES = "Universities", "Local government", "Third sector"
TABLES = 200
NUMBERS = ["superiority", "delta", "low", "high", "p", "smallest_p"]
PEOPLE = st.lists(st.integers(0, 6), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 2)
SECTOR_KEYS = st.sampled_from(["university", "council", "charity", ""])
CELLS = st.sampled_from([*LABELS, "Don't know", ""])


def random_tables(seed, sizes=(2, 6), groups=(2, 2), labels=(2, 7)):
    """Draw counts, shape (groups, labels), full of ties, in which not everybody gave the same answer."""
    rng = np.random.default_rng(seed)
    tables = []
    while len(tables) < TABLES:
        shares = rng.dirichlet(np.full(rng.integers(*labels, endpoint=True), 0.8))
        people = rng.integers(*sizes, endpoint=True, size=rng.integers(*groups, endpoint=True))
        counts = rng.multinomial(people, shares)
        if np.count_nonzero(counts.sum(axis=0)) > 1:
            tables.append(counts)
    return tables


def answers_of(counts):
    """Write the answers behind one group's counts out, person by person, as numbers."""
    return np.repeat(np.arange(len(counts)), counts)


def sectors(**labels):
    """A programme in which these sectors' people gave one item these labels, as numbers from 1."""
    given_by = [(sector, LABELS[number - 1]) for sector, numbers in labels.items() for number in numbers]
    return survey({"sector": [sector for sector, _ in given_by], "heard": [label for _, label in given_by]})


# the estimate


def test_superiority_is_the_mann_whitney_statistic_over_the_pairs():
    for a, b in random_tables(1, sizes=(2, 40)):
        u = stats.mannwhitneyu(answers_of(a), answers_of(b)).statistic

        assert ranks.superiority(a, b) == pytest.approx(u / (a.sum() * b.sum()), abs=1e-9)


def test_superiority_is_as_published_for_an_example_with_a_tie():
    """From the manual of the R package statpsych, ci.mann: 0.86875."""
    first = [9.4, 10.3, 58.3, 106.0, 31.0, 46.2, 12.0, 19.0, 135.0, 159.0]
    second = [14.6, 5.1, 8.1, 22.7, 6.4, 4.4, 19.0, 3.2]
    values = sorted({*first, *second})
    a, b = ([answers.count(value) for value in values] for answers in (first, second))

    assert ranks.superiority(a, b) == pytest.approx(0.86875, abs=1e-12)


def test_superiority_is_what_picking_pairs_of_people_gives():
    """By hand: A gave 2, 3, 3 and B 1, 3: of six pairs three are above, two are ties, one is below."""
    assert ranks.superiority([0, 1, 2], [1, 0, 1]) == pytest.approx((3 + 2 / 2) / 6)


# the interval


def placements(a, b):
    """Say for each person of A what share of B's weight lies below, person by person."""
    return [
        sum(weight for other, weight in b if other < own)
        + sum(weight for other, weight in b if other == own) / 2
        for own, _ in a
    ]


def interval_by_hand(counts_a, counts_b):
    """Find the interval's ends person by person, and as the roots of its equation."""
    labels = len(counts_a)
    weighted, sizes = [], []
    for counts in (counts_a, counts_b):
        people = [(label, 1.0) for label in answers_of(counts)]
        people += [(label, ranks.ADDED / labels) for label in range(labels)]
        total = sum(weight for _, weight in people)
        weighted.append([(label, weight / total) for label, weight in people])
        sizes.append((len(answers_of(counts)), total))
    a, b = weighted
    parts = []
    for own, others, (_, total) in zip((a, b), (b, a), sizes, strict=True):
        places = placements(own, others)
        mean = sum(place * weight for place, (_, weight) in zip(places, own, strict=True))
        squares = sum((place - mean) ** 2 * weight for place, (_, weight) in zip(places, own, strict=True))
        parts.append(squares / (total - 1))
    theta = sum(place * weight for place, (_, weight) in zip(placements(a, b), a, strict=True))
    n = max(theta * (1 - theta) / sum(parts), min(size for size, _ in sizes))
    freedom = sum(parts) ** 2 / sum(
        part**2 / (size - 1) for part, (size, _) in zip(parts, sizes, strict=True)
    )
    quantile = stats.t.ppf(0.975, freedom)
    estimate = ranks.superiority(counts_a, counts_b)

    def beyond(true):
        return (estimate - true) ** 2 - quantile**2 * true * (1 - true) / n

    low = 0 if estimate == 0 else brentq(beyond, 0, estimate, xtol=1e-13)
    high = 1 if estimate == 1 else brentq(beyond, estimate, 1, xtol=1e-13)
    return 2 * low - 1, 2 * high - 1


def test_the_interval_solves_its_equation_person_by_person():
    for a, b in random_tables(2, sizes=(2, 20)):
        assert compare.delta_interval(a, b) == pytest.approx(interval_by_hand(a, b), abs=1e-9)


def test_without_the_added_people_the_variance_is_brunner_and_munzels(monkeypatch):
    monkeypatch.setattr(ranks, "ADDED", 0)
    compared = 0
    for a, b in random_tables(3, sizes=(4, 30), labels=(3, 7)):
        theta = ranks.superiority(a, b)
        if not 0.05 < theta < 0.95:
            continue  # a variance of 0 is what the added people are for
        theirs = rank_compare_2indep(answers_of(a), answers_of(b))
        variance = theirs.var / theirs.nobs if theirs.var > 0 else 0
        if theta * (1 - theta) / variance <= min(a.sum(), b.sum()):
            continue  # Birnbaum and Klose's bound
        n, freedom = ranks._effective_size(a.astype(float), b.astype(float))
        assert theta * (1 - theta) / n == pytest.approx(variance, abs=1e-9)
        assert freedom == pytest.approx(theirs.df, abs=1e-6)
        compared += 1

    assert compared > TABLES / 2


@given(PEOPLE, PEOPLE)
def test_the_interval_stays_on_the_scale_and_around_the_estimate(a, b):
    low, high = compare.delta_interval(a, b)

    assert -1 <= low <= 2 * ranks.superiority(a, b) - 1 <= high <= 1
    assert low < high


@given(PEOPLE, PEOPLE)
def test_changing_places_turns_the_interval_round(a, b):
    low, high = compare.delta_interval(a, b)

    assert compare.delta_interval(b, a) == pytest.approx((-high, -low), abs=1e-9)
    assert compare.delta_interval(a[::-1], b[::-1]) == pytest.approx((-high, -low), abs=1e-9)


def test_many_pairs_at_once_give_what_each_gives_alone():
    rng = np.random.default_rng(4)
    a, b = rng.multinomial(9, [0.2] * 5, 50), rng.multinomial(14, [0.2] * 5, 50)

    together = np.column_stack(compare.delta_interval(a, b))

    alone = [compare.delta_interval(*pair) for pair in zip(a, b, strict=True)]
    assert together == pytest.approx(np.array(alone), abs=1e-12)


def test_groups_that_lie_wholly_apart_still_have_an_interval():
    """statsmodels' t interval of the same answers has no width at all, or leaves the scale."""
    low, high = compare.delta_interval([0, 0, 0, 1, 7], [6, 2, 0, 0, 0])

    assert high == 1
    assert 0.4 < low < 0.8
    theirs = rank_compare_2indep([2, 3, 3, 3, 3], [1, 1, 1, 2, 2]).conf_int()
    assert max(theirs) > 1


def test_an_interval_needs_two_people_in_each_group():
    with pytest.raises(ValueError, match="two people in each group"):
        compare.delta_interval([1, 0, 0], [2, 3, 4])


def true_shares(labels, shift, spread):
    """Give two groups' true shares: normal opinions cut into labels, one shifted, the other spread out."""
    cuts = stats.norm.ppf(np.arange(labels + 1) / labels)
    return np.diff(stats.norm.cdf(cuts - shift)), np.diff(stats.norm.cdf(cuts / spread))


@pytest.mark.parametrize(
    "people", [(5, 5), (8, 8), (12, 12), (20, 20), (40, 40), (100, 100), (5, 40), (40, 8)]
)
def test_the_interval_covers_the_truth_as_often_as_it_says(people):
    """Here 1,500 draws a point; docs/benchmarks/calibration.py has more, and the methods' page the table."""
    rng = np.random.default_rng(people)
    covered = []
    for labels, shift, spread in product((3, 5, 7), (0, 0.4, 0.9, 1.6), (1, 2.5)):
        shares = true_shares(labels, shift, spread)
        a, b = (rng.multinomial(n, share, 1500) for n, share in zip(people, shares, strict=True))
        low, high = compare.delta_interval(a, b)
        true = 2 * ranks.superiority(*shares) - 1
        covered.append(((low <= true + 1e-12) & (true - 1e-12 <= high)).mean())

    assert min(covered) >= 0.90
    assert 0.94 <= np.mean(covered) <= 0.985


# the permutation test


def test_p_is_scipys_exact_permutation_p():
    for counts in random_tables(5):
        a, b = map(answers_of, counts)
        theirs = stats.mannwhitneyu(a, b, method=PermutationMethod(n_resamples=np.inf)).pvalue

        assert ranks.permutation_p(counts) == (pytest.approx(theirs, abs=1e-9), ranks.EXACT)


def p_by_listing(counts):
    """List every way to deal the answers to the groups, one way after another."""
    answers = np.concatenate([answers_of(group) for group in counts])
    ranked, sizes = stats.rankdata(answers), [group.sum() for group in counts]
    owners = np.repeat(np.arange(len(counts)), sizes)

    def unevenness(owner):
        return sum(ranked[owner == group].sum() ** 2 / n for group, n in enumerate(sizes))

    observed = unevenness(owners)
    ways = {*permutations(owners.tolist())}
    return sum(unevenness(np.array(way)) >= observed - 1e-9 for way in ways) / len(ways)


def test_p_of_three_groups_is_the_share_of_all_ways_as_uneven():
    tables = [
        table for seed in (6, 16) for table in random_tables(seed, (1, 3), groups=(3, 3), labels=(2, 5))
    ]
    few = [counts for counts in tables if counts.sum() <= 7]

    assert len(few) >= TABLES
    for counts in few:
        assert ranks.permutation_p(counts)[0] == pytest.approx(p_by_listing(counts), abs=1e-9)


def test_p_of_several_groups_is_scipys_kruskal_where_groups_are_large(monkeypatch):
    monkeypatch.setattr(ranks, "LARGE", 0)
    for counts in random_tables(7, sizes=(2, 60), groups=(2, 5)):
        theirs = stats.kruskal(*map(answers_of, counts)).pvalue
        p, how = ranks.permutation_p(counts)

        assert how == ranks.APPROXIMATE
        if p < 0.999:  # above it scipy's statistic, a difference of large numbers, has too few digits left
            assert p == pytest.approx(theirs, abs=1e-9)


def test_draws_agree_with_all_ways(monkeypatch):
    """The draws' p has a standard error of at most 0.005."""
    tables = random_tables(8, sizes=(5, 9), groups=(2, 3))[:40]
    exact = [ranks.permutation_p(counts) for counts in tables]
    monkeypatch.setattr(ranks, "MOST_WAYS", 0)
    drawn = [ranks.permutation_p(counts) for counts in tables]

    assert {how for _, how in exact} == {ranks.EXACT}
    assert {how for _, how in drawn} == {ranks.DRAWN}
    assert [p for p, _ in drawn] == pytest.approx([p for p, _ in exact], abs=0.025)


def test_a_large_comparison_says_that_it_draws_and_draws_the_same_each_time():
    counts = np.array([[40, 60, 30, 20, 50], [50, 40, 60, 30, 20], [45, 45, 45, 45, 20]])

    assert ranks.permutation_p(counts) == ranks.permutation_p(counts)
    assert ranks.permutation_p(counts)[1] == "9,999 random draws"


def test_a_p_that_ties_have_made_wrong_elsewhere_is_right_here():
    """The usual call gives 0.036 for these answers; all 1,716 ways give 0.0548."""
    a, b = [5, 4, 4, 3, 5, 4], [3, 3, 4, 2, 2, 3, 4]
    counts = [[group.count(label) for label in range(1, 6)] for group in (a, b)]

    assert stats.mannwhitneyu(a, b).pvalue == pytest.approx(0.036, abs=5e-4)
    assert ranks.permutation_p(counts)[0] == pytest.approx(94 / 1716, abs=1e-12)


def all_tables(counts):
    """List all tables of two groups with these sizes and answers."""
    totals, size = counts.sum(axis=0), counts[0].sum()
    firsts = product(*(range(total + 1) for total in totals))
    return [np.array([first, totals - first]) for first in firsts if sum(first) == size]


def test_the_smallest_p_is_the_smallest_over_all_tables():
    for counts in random_tables(9, sizes=(1, 6), labels=(2, 4)):
        smallest = min(ranks.permutation_p(table)[0] for table in all_tables(counts))

        assert ranks.smallest_p(counts) == pytest.approx(smallest, abs=1e-9)


def test_two_against_three_can_never_reach_one_in_twenty():
    assert ranks.smallest_p([[2, 0, 0, 0], [0, 1, 1, 1]]) == pytest.approx(2 / 10)


def test_draws_cannot_show_a_p_below_their_own_smallest():
    assert ranks.smallest_p([[50, 0], [0, 50]], ranks.DRAWN) == 2 / 10_000


def test_with_no_difference_few_p_values_are_small():
    rng = np.random.default_rng(10)
    p = [ranks.permutation_p(rng.multinomial((9, 7), [0.05, 0.1, 0.2, 0.4, 0.25]))[0] for _ in range(1000)]

    assert np.mean(np.array(p) <= 0.05) <= 0.06


def test_a_million_people_are_no_trouble():
    counts = np.array([[200_000, 150_000, 150_000], [199_000, 151_000, 150_000]])

    p, how = ranks.permutation_p(counts)

    assert how == ranks.APPROXIMATE
    assert 0 < p < 0.2


def test_many_people_who_all_but_agree_are_drawn_and_not_approximated():
    """Two in a hundred off the commonest label: chi-squared would give 0.012 where it is 0.018."""
    counts = np.array([[20, 0, 5_980], [40, 2, 5_958]])

    assert ranks.permutation_p(counts)[1] in (ranks.EXACT, ranks.DRAWN)


# tables


def test_a_row_compares_two_groups():
    """By hand: of the 6 pairs, universities are above in 5 and level in 1."""
    row = compare.groups(sectors(university=[5, 4], council=[4, 2, 1]), ["heard"]).iloc[0]

    assert row[["group_a", "group_b", "n_a", "n_b"]].to_list() == [UNIVERSITIES, COUNCILS, 2, 3]
    assert row["superiority"] == pytest.approx(5.5 / 6)
    assert row["delta"] == pytest.approx(5 / 6)
    assert row[["low", "high"]].to_list() == pytest.approx(interval_by_hand([0, 0, 0, 1, 1], [1, 1, 0, 1, 0]))
    assert (row["p_from"], row["why_not"]) == ("exact", "")


def test_there_is_a_row_for_every_item_and_pair():
    programme = sectors(university=[1, 5], council=[2, 2], charity=[4, 1])

    table = compare.groups(programme, ["heard", "heard"])

    pairs = [(UNIVERSITIES, COUNCILS), (UNIVERSITIES, CHARITIES), (COUNCILS, CHARITIES)]
    assert list(zip(table["group_a"], table["group_b"], strict=True)) == pairs
    assert table.columns.to_list() == compare.GROUP_COLUMNS


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({}, 1),
        ({"items": {"heard": {"reversed": "yes"}}}, -1),
        ({"scales": SCALES | {"agreement": dataclasses.replace(AGREEMENT, polarity="negative")}}, -1),
    ],
)
def test_higher_means_more_favourable(changes, sign):
    answers = {"sector": ["university"] * 2 + ["council"] * 2, "heard": ["Agree", *["Disagree"] * 3]}

    row = compare.groups(survey(answers, **changes), ["heard"]).iloc[0]

    assert row["delta"] == sign * 0.5


def test_what_is_no_label_is_not_compared():
    cells = ["Agree", "Agree", "Don't know", "", "Disagree", "Disagree", NOT_ASKED, "Not applicable"]
    programme = survey({"sector": ["university"] * 4 + ["council"] * 4, "heard": cells})

    row = compare.groups(programme, ["heard"]).iloc[0]

    assert row[["n_a", "n_b", "delta"]].to_list() == [2, 2, 1]


def test_people_whose_sector_is_not_stated_are_left_out():
    programme = survey({"sector": ["university"] * 2 + ["council"] * 2 + [""] * 3, "heard": ["Agree"] * 7})

    table = compare.groups(programme, ["heard"])

    assert set(table["group_a"]) | set(table["group_b"]) == {UNIVERSITIES, COUNCILS, CHARITIES}


def test_places_are_compared_too():
    programme = survey(
        {"place": ["north", "north", "south", "south"], "heard": ["Agree"] * 2 + ["Disagree"] * 2}
    )

    assert compare.groups(programme, ["heard"], by="place")["delta"].to_list() == [1]


def test_counts_that_tell_sectors_apart_give_what_answers_give():
    programme = sectors(university=[5, 4, 4, 2], council=[3, 2, 1, 4, 4])
    cells = Counter(zip(programme.answers["sector"], programme.answers["heard"], strict=True))
    counted = survey(counts=[("heard", "", "", sector, label, n) for (sector, label), n in cells.items()])

    from_counts, from_answers = (compare.groups(each, ["heard"]) for each in (counted, programme))

    assert from_counts.equals(from_answers)


WHY_NOT = {
    "nobody answered": ({"university": [], "council": []}, "Nobody in either group answered."),
    "a group is empty": (
        {"university": [1, 2], "council": []},
        "Fewer than two people answered in Local government.",
    ),
    "groups of one": (
        {"university": [1], "council": [5]},
        "Fewer than two people answered in Universities and in Local government.",
    ),
    "all tied": ({"university": [4, 4, 4], "council": [4, 4]}, compare.ALL_THE_SAME),
}


@pytest.mark.parametrize(("labels", "why_not"), WHY_NOT.values(), ids=WHY_NOT)
def test_what_cannot_be_compared_is_said(labels, why_not):
    programme = sectors(**labels, charity=[1, 2, 3])

    row = compare.groups(programme, ["heard"]).iloc[0]

    assert row["why_not"] == why_not
    assert row[NUMBERS].isna().all()


def test_answers_of_several_waves_are_not_put_together():
    answers = {"wave": ["start", "end"] * 2, "sector": ["university"] * 2 + ["council"] * 2}
    programme = survey(answers | {"heard": ["Agree", "Disagree"] * 2})

    for table in (compare.groups, compare.overall, compare.gaps):
        assert table(programme, ["heard"])["why_not"].iloc[0] == ordered.SEVERAL_WAVES
    assert compare.groups(programme.where(wave="end"), ["heard"])["why_not"].iloc[0] != ordered.SEVERAL_WAVES


def test_an_item_of_one_wave_needs_no_choice_of_wave():
    answers = {"wave": ["start", "end", "end"] * 2, "sector": ["university"] * 3 + ["council"] * 3}
    cells = [NOT_ASKED, "Agree", "Disagree", NOT_ASKED, "Agree", "Agree"]
    programme = survey(answers | {"heard": cells}, items={"heard": {"waves": "end"}})

    assert compare.groups(programme, ["heard"])["why_not"].iloc[0] == ""


@given(st.lists(st.tuples(SECTOR_KEYS, CELLS), min_size=1, max_size=30))
def test_numbers_are_missing_just_where_a_sentence_says_why(people):
    programme = survey({"sector": [sector for sector, _ in people], "heard": [cell for _, cell in people]})

    groups, gaps = compare.groups(programme, ["heard"]), compare.gaps(programme, ["heard"])
    whole = compare.overall(programme, ["heard"])

    for table, numbers in ((groups, NUMBERS), (gaps, NUMBERS[:-1]), (whole, ["p"])):
        silent = table["why_not"] == ""
        assert np.isfinite(table.loc[silent, numbers].to_numpy(float)).all()
        assert table.loc[~silent, numbers].isna().all(axis=None)
        assert (table["p_from"] == "").equals(~silent)


def test_waves_are_no_grouping_here():
    with pytest.raises(UnknownName, match="sector"):
        compare.groups(sectors(university=[1, 2]), ["heard"], by="wave")


@pytest.mark.parametrize("table", [compare.groups, compare.overall, compare.gaps])
def test_answers_without_an_order_are_refused(table):
    programme = survey({"topic": ["Housing"]}, items={"topic": {"kind": "choice", "scale": "topics"}})

    with pytest.raises(ValueError, match="have no order"):
        table(programme, ["topic"])


@pytest.mark.parametrize("table", [compare.groups, compare.overall, compare.gaps])
def test_an_unknown_item_is_said(table):
    with pytest.raises(UnknownName, match="heard"):
        table(sectors(university=[1, 2]), ["herd"])


@pytest.mark.parametrize("table", [compare.groups, compare.gaps])
def test_a_programme_without_two_groups_says_so(table):
    nothing = table(survey({"heard": ["Agree"]}, sectors={}), ["heard"])

    assert nothing.empty
    assert nothing.attrs["reason"] == "There are no two sectors to compare."


@pytest.mark.parametrize("table", [compare.groups, compare.overall, compare.gaps])
def test_a_programme_without_a_survey_says_so(table):
    programme = dataclasses.replace(survey({"heard": ["Agree"]}), answers=None)

    assert table(programme, ["heard"]).attrs["reason"] == "This programme has no survey."


# differing at all


def test_two_groups_differ_at_all_as_much_as_the_pair_does():
    programme = sectors(university=[5, 4, 4], council=[3, 2, 1, 1])

    row, pair = (table(programme, ["heard"]).iloc[0] for table in (compare.overall, compare.groups))

    assert (row["p"], row["groups"], row["base"]) == (pair["p"], 2, 7)


def test_groups_of_one_are_left_out_of_the_test_of_all():
    row = compare.overall(sectors(university=[5, 4], council=[1, 2], charity=[3]), ["heard"]).iloc[0]

    assert (row["groups"], row["base"], row["why_not"]) == (2, 4, "")


def test_one_group_by_itself_cannot_differ():
    assert compare.overall(sectors(university=[5, 4]), ["heard"])["why_not"].item() == compare.ONE_GROUP


# gaps


def gapped():
    """Three items: the sectors close together, wide apart, and not answered at all."""
    answers = {
        "sector": ["university"] * 3 + ["council"] * 3 + ["charity"] * 3,
        "close": [LABELS[number] for number in (3, 2, 4, 3, 2, 3, 4, 3, 3)],
        "wide": [LABELS[number] for number in (0, 0, 1, 4, 4, 3, 2, 1, 2)],
        "silent": [""] * 9,
    }
    return survey(answers)


def test_the_widest_gap_comes_first_and_what_has_no_number_last():
    table = compare.gaps(gapped(), ["close", "silent", "wide"])

    assert table["item"].to_list() == ["wide", "close", "silent"]
    assert table.columns.to_list() == compare.GAP_COLUMNS


def test_a_gap_is_that_of_the_two_groups_furthest_apart_the_more_favourable_first():
    row = compare.gaps(gapped(), ["wide"]).iloc[0]
    pairs = compare.groups(gapped(), ["wide"]).set_index(["group_a", "group_b"])
    widest = pairs.loc[(UNIVERSITIES, COUNCILS)]

    assert row[["group_a", "group_b", "pairs"]].to_list() == [COUNCILS, UNIVERSITIES, 3]
    assert row[["delta", "low", "high"]].to_list() == [-widest["delta"], -widest["high"], -widest["low"]]
    assert row["superiority"] == pytest.approx(1 - widest["superiority"])


def test_a_gap_has_the_p_of_the_test_of_all_groups():
    items = ["close", "wide", "silent"]

    gaps = compare.gaps(gapped(), items).set_index("item")
    whole = compare.overall(gapped(), items).set_index("item")

    assert gaps["p"].reindex(items).equals(whole["p"].reindex(items))


def test_the_demo_compares_without_a_missing_number():
    programme = coprod.open("demo").latest()
    items = coprod.likert.items_in(programme)

    table = compare.gaps(programme, items)

    assert len(table) == len(items)
    assert table[["delta", "low", "high", "p"]].notna().all(axis=None)
