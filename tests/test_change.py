"""Linking people, paired change with its interval and tests, several waves, and what cannot be computed."""

import dataclasses
import math
import os
from collections import Counter
from fractions import Fraction
from importlib import import_module
from itertools import permutations, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from scipy.optimize import brentq
from scipy.stats import friedmanchisquare, norm, permutation_test
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from survey import AGREEMENT, LABELS, NON_ANSWERS, SCALES, TOPICS, survey

import coprod
from coprod import change, multiplicity, privacy
from coprod.change import links, net, pairs, ranks, waves
from coprod.codebook import NOT_ASKED
from coprod.names import UnknownName

DATA = Path(__file__).parents[1] / "data"
NUMBERS = ["net", "low", "high", "p", "p_sign", "smallest_p"]
NEGATIVE = dataclasses.replace(AGREEMENT, name="negative", polarity="negative")
OTHER = dataclasses.replace(AGREEMENT, name="other", labels=("No", "Yes"), neutral=None, favourable=("Yes",))
THREE = {"start": "Start", "middle": "Middle", "end": "End"}
CODED = {"code": {"kind": "code", "scale": ""}}
CELLS = st.sampled_from([*LABELS, NON_ANSWERS[0], ""])
TWICE = st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=25)


def two_waves(*moves, **changes):
    """A programme in which each person gave these two answers to ``heard``."""
    keys = [f"p{number}" for number in range(len(moves))]
    return survey(
        {
            "person": keys * 2,
            "wave": ["start"] * len(moves) + ["end"] * len(moves),
            "heard": [before for before, _ in moves] + [after for _, after in moves],
        },
        **changes,
    )


def coded(start, end, **columns):
    """A programme in which these codes were given in two waves."""
    wave = ["start"] * len(start) + ["end"] * len(end)
    return survey(
        {"wave": wave, "code": [*start, *end], "heard": ["Agree"] * len(wave), **columns}, items=CODED
    )


def linked_codes(programme, **options):
    """Which code was linked to which, and how."""
    codes = programme.answers["code"]
    table = change.link(programme, "start", "end", **options)
    return [(codes[row.first], codes[row.last], row.how) for row in table.itertuples()]


def one(programme, item="heard", **options):
    return change.paired(programme, [item], **options).iloc[0]


def random_moves(rng):
    """Steps of a few people on a scale of five or eleven labels, many of them 0 or tied."""
    return rng.integers(-4, 5, rng.integers(2, 11)) * rng.integers(0, 2, 1)[0] + rng.integers(-1, 2)


# linking


@pytest.fixture(scope="module")
def demo():
    return coprod.open("demo")


@pytest.fixture(scope="module")
def participant(demo):
    """The true participant behind each row of the demo's answers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DATA / "demo")
        people = import_module("demo_people")
        truth = people.true_links(people.read_plan()).set_index("person")["participant"]
    return demo.answers["person"].map(truth)


@pytest.mark.parametrize(
    ("first", "last", "near", "right", "missed"),
    [
        ("start", "end", True, 48, 5),
        ("start", "end", False, 45, 8),
        ("start", "middle", True, 46, 2),
        ("middle", "end", True, 42, 2),
    ],
)
def test_links_of_the_demo_are_right_and_few_are_missed(demo, participant, first, last, near, right, missed):
    """The participants are those that data/demo/demo_people.py drew; no link is wrong."""
    pairs_linked = change.link(demo, first, last, near=near)
    in_wave = {wave: set(participant[demo.answers["wave"] == wave]) for wave in (first, last)}

    agree = participant[pairs_linked["first"]].to_numpy() == participant[pairs_linked["last"]].to_numpy()

    assert agree.all()
    assert agree.sum() == right
    assert len(in_wave[first] & in_wave[last]) - right == missed


def test_codes_are_compared_without_capitals_and_spaces():
    assert linked_codes(coded(["AB 12c"], [" ab12C"])) == [("AB 12c", " ab12C", "exact")]


def test_a_code_that_stands_twice_in_a_wave_is_not_linked():
    assert linked_codes(coded(["AB12C", "AB12C", "XY99Z"], ["AB12C", "XY99Z"])) == [
        ("XY99Z", "XY99Z", "exact")
    ]
    assert linked_codes(coded(["AB12C"], ["AB12C", "ab12c"])) == []


@pytest.mark.parametrize("typed", ["AB13C", "AB2C", "AB112C"])
def test_codes_one_character_apart_are_linked(typed):
    """Changed, left out, put in."""
    assert linked_codes(coded(["AB12C"], [typed])) == [("AB12C", typed, "near")]
    assert linked_codes(coded(["AB12C"], [typed]), near=False) == []


def test_codes_two_characters_apart_are_not_linked():
    assert linked_codes(coded(["AB12C"], ["AB21C"])) == []


def test_two_codes_near_the_same_one_are_ambiguous():
    assert linked_codes(coded(["AB12C", "AB14C"], ["AB13C"])) == []
    assert linked_codes(coded(["AB13C"], ["AB12C", "AB14C"])) == []


def test_a_code_that_is_linked_exactly_no_longer_competes():
    programme = coded(["AB12C", "AB14C"], ["AB12C", "AB13C"])

    assert linked_codes(programme) == [("AB12C", "AB12C", "exact"), ("AB14C", "AB13C", "near")]


def test_a_code_near_one_that_stands_twice_is_not_linked():
    assert linked_codes(coded(["AB12C", "AB12C"], ["AB13C"])) == []


@pytest.mark.parametrize("part", ["place", "sector"])
def test_near_codes_from_two_places_or_sectors_are_not_linked(part):
    keys = {"place": ("north", "south"), "sector": ("council", "charity")}[part]

    assert linked_codes(coded(["AB12C"], ["AB13C"], **{part: list(keys)})) == []
    assert len(linked_codes(coded(["AB12C"], ["AB13C"], **{part: [keys[0], ""]}))) == 1


def test_short_codes_are_not_linked_when_they_differ():
    assert linked_codes(coded(["A12"], ["A13"])) == []


def test_blank_codes_and_codes_not_asked_for_are_nobodys():
    assert linked_codes(coded(["", "  ", NOT_ASKED], ["", "  ", NOT_ASKED])) == []


def test_without_a_code_people_are_linked_by_their_key_exactly():
    wave = ["start", "start", "end", "end"]
    programme = survey({"person": ["anna1", "berta", "anna1", "bertb"], "wave": wave, "heard": ["Agree"] * 4})

    table = change.link(programme, "start", "end")

    assert table.to_numpy().tolist() == [[0, 2, "exact"]]


CODES = st.lists(st.text(alphabet="AB1", min_size=4, max_size=6), min_size=1, max_size=12)


@given(start=CODES, end=CODES)
def test_near_links_are_the_unique_mutual_ones_among_all_comparisons(start, end):
    """Every code is compared with every other one, as the definition says."""
    single_start, single_end = (
        {code for code, n in Counter(codes).items() if n == 1} for codes in (start, end)
    )
    same = single_start & single_end
    left, right = ([code for code in codes if code not in same] for codes in (start, end))
    close = [(a, b) for a, b in product(left, right) if Levenshtein.distance(a, b) == 1]
    partners = Counter(("start", a) for a, _ in close) + Counter(("end", b) for _, b in close)
    alone = {(a, b) for a, b in close if partners["start", a] == partners["end", b] == 1}
    twice = (set(start) - single_start) | (set(end) - single_end)

    found = linked_codes(coded(start, end))

    assert {(a, b) for a, b, how in found if how == "exact"} == {(code, code) for code in same}
    assert {(a, b) for a, b, how in found if how == "near"} == {
        pair for pair in alone if not twice & set(pair)
    }


@given(start=CODES, end=CODES)
def test_linking_backwards_finds_the_same_people(start, end):
    programme = coded(start, end)

    there, back = change.link(programme, "start", "end"), change.link(programme, "end", "start")

    assert set(zip(there["first"], there["last"], strict=True)) == set(
        zip(back["last"], back["first"], strict=True)
    )
    assert there["first"].is_unique
    assert there["last"].is_unique


@given(start=CODES, end=CODES)
def test_the_summary_accounts_for_everybody(start, end):
    programme = coded([*start, ""], end)

    table = change.link_summary(programme, "start", "end")
    totals = table.groupby("group", sort=False)["n"].sum()
    n = table.set_index(["group", "answer"])["n"]

    assert totals.to_dict() == {"Start": len(start) + 1, "End": len(end)}
    for how in (links.EXACT, links.NEAR):
        assert n["Start", links.STATES[how]] == n["End", links.STATES[how]]
    assert n["Start", links.STATES["none"]] == 1


def test_the_summary_says_why_people_were_not_linked():
    programme = coded(["AA11A", "BB22B", "CC33C", "CC33C", "", "EE55E"], ["aa11a", "BB22X", "CC33C", "DD44D"])

    n = change.link_summary(programme, "start", "end").set_index(["group", "answer"])["n"]

    assert n["Start"].to_list() == [1, 1, 2, 1, 1]
    assert n["End"].to_list() == [1, 1, 1, 0, 1]


def test_the_summary_goes_through_the_door(demo):
    shown = privacy.door(demo, "internal")(change.link_summary(demo, "start", "end"))

    assert shown.table["n"].sum() == 73 + 61


def test_an_unknown_wave_is_said(demo):
    with pytest.raises(UnknownName, match="middle"):
        change.link(demo, "start", "midle")


# the interval of the net share


def restricted(improved, worse, n, d):
    """The likeliest share of worse answers when the net share is d, 0 or more, by solving its equation."""
    room = (1 - d) / 2  # the largest share there could be

    def slope(part):
        stayed = 2 * (n - improved - worse) / ((1 - d) * (1 - part))
        return improved / (room * part + d) + worse / (room * part) - stayed

    ends = 1e-13, 1 - 1e-13
    if slope(ends[0]) <= 0:
        return 0.0
    return room if slope(ends[1]) >= 0 else room * brentq(slope, *ends, xtol=1e-16, rtol=1e-15)


def reference_low(improved, worse, n):
    """The lower end of Tango's interval, from the score test with that share."""

    def excess(d):
        better, down, up = (improved, worse, d) if d > 0 else (worse, improved, -d)
        q = restricted(better, down, n, up)
        return improved - worse - n * d - norm.ppf(0.975) * math.sqrt(n * (2 * q + up - up**2))

    share = (improved - worse) / n
    return -1.0 if share == -1 else brentq(excess, -1 + 1e-6, share - 1e-9, xtol=1e-14)


def test_the_interval_is_tangos_in_a_published_example():
    """Cavo and others (2012), 6 and 16 of 161, in R's contingencytables 3.0: -0.1240 to -0.0054."""
    low, high = net.net_interval(6, 16, 161)

    assert (float(low), float(high)) == pytest.approx((-0.1240, -0.0054), abs=5e-5)


def test_the_interval_agrees_with_one_solved_another_way():
    rng = np.random.default_rng(1)
    for _ in range(250):
        n = int(rng.integers(2, 60))
        improved, worse, _ = rng.multinomial(n, rng.dirichlet([0.6, 0.6, 0.6]))
        low, high = net.net_interval(improved, worse, n)
        reference = reference_low(improved, worse, n), -reference_low(worse, improved, n)
        assert (float(low), float(high)) == pytest.approx(reference, abs=1e-9)


def test_the_interval_leaves_zero_out_exactly_when_mcnemars_score_test_rejects():
    """The two are the same statistic when no change is true; statsmodels' McNemar without correction."""
    for n in range(2, 16):
        for improved, worse in product(range(n + 1), repeat=2):
            if 0 < improved + worse <= n:
                low, high = net.net_interval(improved, worse, n)
                table = [[0, improved], [worse, n - improved - worse]]
                rejected = mcnemar(table, exact=False, correction=False).pvalue < 0.05
                assert bool(low > 0 or high < 0) == rejected


@given(n=st.integers(2, 10_000), data=st.data())
def test_the_interval_holds_the_net_share_and_turns_around_with_it(n, data):
    improved = data.draw(st.integers(0, n))
    worse = data.draw(st.integers(0, n - improved))

    low, high = net.net_interval(improved, worse, n)
    back_low, back_high = net.net_interval(worse, improved, n)

    assert -1 <= low <= (improved - worse) / n <= high <= 1
    assert low < high
    assert (float(low), float(high)) == pytest.approx((-float(back_high), -float(back_low)), abs=1e-9)


@pytest.mark.parametrize("base", [0, 1])
def test_there_is_no_interval_of_nobody_or_of_one_person(base):
    assert np.isnan(net.net_interval(base, 0, base)).all()


# the tests


def test_flips_agree_with_scipy_on_random_tables():
    """All 2 ** n ways, listed by scipy.stats.permutation_test; 250 tables of 2 to 10 people, with ties."""
    rng = np.random.default_rng(2)
    compared = 0
    while compared < 250:
        steps = random_moves(rng)
        if not steps.any():
            continue
        listed = permutation_test(
            (steps,), np.sum, permutation_type="samples", n_resamples=np.inf, vectorized=True, axis=0
        )
        assert net.flip_p(steps) == pytest.approx(listed.pvalue, abs=1e-9)
        compared += 1


def test_flips_agree_with_exact_fractions_for_more_people():
    """Counted in whole numbers, person by person; 60 tables of 20 to 60 people."""
    rng = np.random.default_rng(3)
    for _ in range(60):
        steps = rng.integers(-3, 5, rng.integers(20, 61))
        ways = Counter({0: 1})
        for step in steps[steps != 0].tolist():
            turned = Counter()
            for total, count in ways.items():
                turned[total + step] += count
                turned[total - step] += count
            ways = turned
        far = sum(count for total, count in ways.items() if abs(total) >= abs(steps.sum()))
        p = Fraction(far, sum(ways.values()))
        assert net.flip_p(steps) == pytest.approx(float(p), rel=1e-9)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=40))
def test_people_who_did_not_move_change_no_p(steps):
    moved = [step for step in steps if step]

    assert net.flip_p([*steps, 0, 0]) == pytest.approx(net.flip_p(moved) if moved else np.nan, nan_ok=True)


@given(st.integers(0, 60), st.integers(0, 60))
def test_when_everybody_moves_one_step_flips_are_the_sign_test(improved, worse):
    p = net.flip_p([1, -1], [improved, worse])

    assert p == pytest.approx(net.sign_p(improved, worse), rel=1e-9, nan_ok=True)


@given(st.integers(1, 40), st.data())
@settings(max_examples=200)
def test_the_sign_test_is_a_fair_coin(moved, data):
    """Tails added up as fractions."""
    improved = data.draw(st.integers(0, moved))
    far = max(improved, moved - improved)
    tail = sum(Fraction(math.comb(moved, count), 2**moved) for count in range(far, moved + 1))

    assert net.sign_p(improved, moved - improved) == pytest.approx(float(min(1, 2 * tail)), rel=1e-9)


@given(st.lists(st.integers(1, 10), min_size=1, max_size=30))
def test_the_smallest_p_is_that_of_moves_all_one_way(steps):
    assert net.flip_p(steps) == pytest.approx(net.smallest_p(len(steps)), rel=1e-9)


def test_many_pairs_come_near_the_normal_distribution():
    rng = np.random.default_rng(4)
    steps = rng.integers(-4, 5, 30_000)
    steps[:300] = 1
    z = (abs(steps.sum()) - 1) / math.sqrt((steps**2).sum())  # sums are 2 apart

    assert net.flip_p(steps) == pytest.approx(2 * norm.sf(z), abs=1e-4)


# paired change


def test_the_carpentries_improved_202_stayed_209_and_fell_back_22_of_433():
    """Counted from the published file of October 2017, use before and since in one sitting."""
    row = one(coprod.open("carpentries-2017"), "use_since")

    assert row[["improved", "same", "worse", "base", "linked"]].to_list() == [202, 209, 22, 433, 433]
    assert row["net"] == pytest.approx(180 / 433)
    assert row["why_not"] == ""


def test_the_carpentries_raw_answers_give_what_their_counts_give(monkeypatch):
    if "COPROD_REALDATA" not in os.environ:
        pytest.skip("COPROD_REALDATA does not name the folder with the real files")
    monkeypatch.syspath_prepend(DATA / "carpentries-2017")
    real = Path(os.environ["COPROD_REALDATA"]) / "realdata" / "carpentries-longterm-2017"
    answers = import_module("make_counts").read(str(real / "longterm_October2017.csv")).replace("[blank]", "")
    answers = answers.assign(person=answers.index.astype(str), place="", wave="", sector="")
    counted = coprod.open("carpentries-2017")
    given_one_by_one = dataclasses.replace(counted, counts=None, answers=answers)

    from_answers, from_counts = (change.paired(data, ["use_since"]) for data in (given_one_by_one, counted))

    assert from_answers["linked"].item() == 476
    pd.testing.assert_frame_equal(from_answers.drop(columns="linked"), from_counts.drop(columns="linked"))


def test_the_demos_true_changes_are_found_and_no_other_is_claimed(demo):
    """Of data/demo/true_effects.toml: +40 points on four items, -25 on two, +35 on two in one place only."""
    table = change.paired(demo, change.comparable(demo))
    found = table[multiplicity.found(multiplicity.adjust(table))].set_index("item")["net"]
    rise = {"trust_word", "trust_mistakes", "understanding_purpose", "understanding_words"}

    assert {"trust_word", "trust_mistakes", "understanding_words"} <= set(found.index) <= rise
    assert (found > 0.3).all()


@pytest.mark.parametrize(
    ("item", "improved", "worse"),
    [
        ({}, 2, 1),
        ({"reversed": "yes"}, 1, 2),
        ({"scale": "negative"}, 1, 2),
        ({"scale": "negative", "reversed": "yes"}, 2, 1),
    ],
)
def test_improved_means_towards_the_favourable_end(item, improved, worse):
    moves = [("Disagree", "Agree"), ("Agree", "Strongly agree"), ("Agree", "Disagree")]
    programme = two_waves(*moves, items={"heard": item}, scales={**SCALES, "negative": NEGATIVE})

    row = one(programme)

    assert row[["improved", "worse"]].to_list() == [improved, worse]


def test_only_pairs_with_a_label_both_times_are_in_the_base():
    moves = [("Agree", "Agree"), ("Don't know", "Agree"), ("Agree", ""), ("", "Not applicable")]

    row = one(two_waves(*moves))

    assert row[["linked", "base", "same"]].to_list() == [4, 1, 1]


def test_a_retrospective_pair_is_taken_from_one_sitting_and_one_wave():
    items = {"now": {"before": "then"}}
    answers = {
        "person": ["a", "b", "a"],
        "wave": ["start", "start", "end"],
        "then": ["Disagree", "Agree", "Disagree"],
        "now": ["Agree", "Agree", "Strongly agree"],
    }

    row = one(survey(answers, items=items), "now")

    assert row[["before_title", "after_title"]].to_list() == ["Text of then", "Text of now"]
    assert row[["linked", "base", "improved"]].to_list() == [1, 1, 1]


def test_naming_waves_compares_the_waves_and_not_the_sitting():
    items = {"now": {"before": "then"}}
    answers = {
        "person": ["a", "a"],
        "wave": ["start", "end"],
        "then": ["Disagree", "Disagree"],
        "now": ["Agree", "Strongly agree"],
    }

    row = one(survey(answers, items=items), "now", first="start", last="end")

    assert row[["before_title", "after_title", "improved"]].to_list() == ["Start", "End", 1]


@given(TWICE)
@settings(max_examples=50)
def test_answers_and_their_published_counts_give_the_same(moves):
    """The same pairs once as answers of one sitting, once as rows of counts.csv."""
    items = {"now": {"before": "then"}}
    given_one_by_one = survey({"then": [a for a, _ in moves], "now": [b for _, b in moves]}, items=items)
    cells = Counter((a or "[blank]", b or "[blank]") for a, b in moves)
    rows = [("now", "", "", "", after, n, before) for (before, after), n in cells.items()]
    counts = [("then", "", "", "", "Agree", 1), *rows]

    published = survey(counts=counts, items=items)

    pd.testing.assert_frame_equal(
        change.paired(given_one_by_one, ["now"]), change.paired(published, ["now"]), check_dtype=False
    )


def test_the_coarsest_published_table_is_taken():
    """A table of everybody and one of each place are the same people counted twice."""
    rows = [("now", "north", "", "", "Agree", 3, "Disagree"), ("now", "", "", "", "Agree", 5, "Disagree")]
    programme = survey(counts=[("then", "", "", "", "Agree", 1), *rows], items={"now": {"before": "then"}})

    assert one(programme, "now")["improved"] == 5
    assert one(programme.where(place="north"), "now")["improved"] == 3


@given(TWICE)
@settings(max_examples=50)
def test_the_flow_adds_up_to_the_paired_table(moves):
    programme = two_waves(*moves)

    row, flow = one(programme), change.flow(programme, ["heard"])
    n = flow.groupby("direction")["n"].sum().reindex(["improved", "same", "worse"], fill_value=0)

    assert n.to_list() == row[["improved", "same", "worse"]].to_list()
    assert len(flow) == (25 if row["base"] else 0)
    assert (flow["base"] == row["base"]).all()


def test_the_flow_keeps_the_order_of_the_scale():
    flow = change.flow(two_waves(("Agree", "Disagree")), ["heard"])

    assert tuple(flow["after"][:5]) == LABELS
    assert flow.loc[flow["n"] == 1, ["order_before", "order_after", "direction"]].to_numpy().tolist() == [
        [3, 1, "worse"]
    ]


def test_items_that_can_be_compared_are_listed(demo):
    listed = change.comparable(demo)

    assert len(listed) == 20
    assert "recommend" not in listed
    assert change.comparable(coprod.open("carpentries-2017")) == ["use_since"]


# what cannot be computed


def nothing_linked():
    return coded(["AB12C", "AB12C"], ["AB12C", "XY99Z"])


BAD = {
    "everybody stayed": (
        two_waves(("Agree", "Agree"), ("Disagree", "Disagree")),
        waves_why := "stayed the same",
    ),
    "a single pair": (two_waves(("Disagree", "Agree")), "Only one person"),
    "nobody rated twice": (two_waves(("Agree", ""), ("Don't know", "Agree")), "Nobody gave a rating both"),
    "nobody answered": (two_waves(("", ""), ("", "")), "Nobody gave a rating both"),
    "two people, one code": (nothing_linked(), "could be linked"),
    "one wave": (survey({"heard": ["Agree", "Disagree"]}), "two waves"),
    "asked in one wave": (
        two_waves(("Agree", "Agree"), items={"heard": {"waves": "end"}}),
        "only one of the two",
    ),
    "counts only": (survey(counts=[("heard", "", "", "", "Agree", 5)]), "Only counts"),
    "two scales": (
        survey(
            {"heard": ["Agree"], "then": ["Yes"]},
            items={"heard": {"before": "then"}, "then": {"scale": "other"}},
            scales={**SCALES, "other": OTHER},
        ),
        "different scales",
    ),
    "opposite wording": (
        survey(
            {"heard": ["Agree"], "then": ["Agree"]},
            items={"heard": {"before": "then"}, "then": {"reversed": "yes"}},
        ),
        "opposite directions",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_computed_is_missing_and_says_why(case):
    programme, why = BAD[case]

    row = one(programme)

    assert why in row["why_not"]
    assert pd.isna(row[["p", "p_sign", "smallest_p"]]).all()


@given(TWICE)
@settings(max_examples=60)
def test_a_number_is_missing_only_where_a_sentence_says_why(moves):
    row = one(two_waves(*moves))
    numbers = row[NUMBERS].astype(float)

    assert numbers.notna().all() == (row["why_not"] == "")
    assert np.isfinite(numbers.dropna()).all()
    assert row["improved"] + row["same"] + row["worse"] == row["base"] <= row["linked"]


@pytest.mark.parametrize("compare", [change.paired, change.flow, change.over_all_waves, change.follow_ups])
def test_answers_without_an_order_are_refused(compare):
    answers = {"wave": ["start", "middle", "end"], "topic": ["Housing"] * 3}
    programme = survey(answers, items={"topic": {"scale": "topics"}}, waves=THREE)

    with pytest.raises(ValueError, match="topic: its answers have no order"):
        compare(programme, ["topic"])
    assert TOPICS.polarity == "none"


@pytest.mark.parametrize("compare", [change.paired, change.flow, change.attrition, change.side_by_side])
def test_an_unknown_item_is_said(compare):
    with pytest.raises(UnknownName, match="heard"):
        compare(two_waves(("Agree", "Agree")), ["herd"])


@pytest.mark.parametrize(
    ("programme", "reason"),
    [
        (coprod.open("knowledge-in-action"), "no survey"),
        (coprod.open("sivocs"), "Only counts"),
        (coprod.open("demo").where(wave="end"), "two waves"),
    ],
)
def test_an_empty_table_says_why(programme, reason):
    for compare in (change.paired, change.flow, change.follow_ups, change.attrition):
        table = compare(programme, [])
        assert table.empty
        assert reason in table.attrs["reason"]


# three waves and more


def three_waves(*rows, **changes):
    """A programme in which each person gave these answers to ``heard`` at the start, middle and end."""
    columns = {"person": [], "wave": [], "heard": []}
    for number, cells in enumerate(rows):
        for wave, cell in zip(THREE, cells, strict=True):
            if cell is not None:
                columns["person"].append(f"person{number}")
                columns["wave"].append(wave)
                columns["heard"].append(cell)
    return survey(columns, waves=THREE, **changes)


def friedman_by_listing(places):
    """The share of all orders of everybody's answers whose scipy statistic is as large."""
    orders = [list(permutations(row)) for row in places.tolist()]
    observed = friedmanchisquare(*places.T).statistic
    statistics = [friedmanchisquare(*np.array(chosen).T).statistic for chosen in product(*orders)]
    return np.mean(np.array(statistics) >= observed - 1e-9)


def test_friedmans_p_agrees_with_listing_all_orders():
    """scipy's statistic for each of 6 ** n orders, n = 2 and 3, ties included; 200 tables."""
    rng = np.random.default_rng(5)
    compared = 0
    while compared < 200:
        places = rng.integers(0, 4, (2 + (compared % 20 == 0), 3))
        if (places != places[:, :1]).any():
            statistic, p, how = ranks.friedman(places)
            assert (p, how) == (pytest.approx(friedman_by_listing(places), abs=1e-9), ranks.EXACT)
            assert statistic == friedmanchisquare(*places.T).statistic
            compared += 1


def test_drawn_orders_come_near_all_orders_and_come_out_the_same_again(monkeypatch):
    places = np.random.default_rng(6).integers(0, 5, (25, 3)) + np.array([0, 0, 1])
    _, exact, _ = ranks.friedman(places)
    monkeypatch.setattr(ranks, "EXACT_WORK", 0)

    _, drawn, how = ranks.friedman(places)

    assert how == ranks.DRAWN
    assert drawn == pytest.approx(exact, abs=0.01)
    assert ranks.friedman(places)[1] == drawn


def test_only_people_who_rated_in_every_wave_are_tested():
    agree = ("Disagree", "Agree", "Agree")
    programme = three_waves(agree, agree, ("Agree", None, "Agree"), ("Agree", "Don't know", "Agree"))

    row = change.over_all_waves(programme, ["heard"]).iloc[0]

    assert row[["waves", "linked", "base", "how", "why_not"]].to_list() == [
        "Start, Middle, End",
        3,
        2,
        "exact",
        "",
    ]
    assert row["p"] == pytest.approx(1 / 3)  # both alike: 3 of 9 ways


@pytest.mark.parametrize(
    ("rows", "items", "why"),
    [
        ([("Agree", "Agree", "Agree")] * 3, {}, "Nobody's answer changed"),
        ([("Agree", "Disagree", "Agree")], {}, "Only one person"),
        ([("Agree", "", "Agree")] * 3, {}, "Nobody gave a rating in every wave"),
        ([("Agree", "Disagree", "Agree")] * 3, {"waves": "start end"}, "fewer than three waves"),
    ],
)
def test_waves_that_cannot_be_tested_say_why(rows, items, why):
    row = change.over_all_waves(three_waves(*rows, items={"heard": items}), ["heard"]).iloc[0]

    assert why in row["why_not"]
    assert pd.isna(row[["statistic", "p"]]).all()


def test_somebody_whom_the_waves_link_to_two_people_is_left_out():
    """The first wave links AB12C to AB13C and to AB12X; the middle's AB13C is another person's at the end."""
    columns = {
        "wave": ["start", "middle", "end", "end"],
        "code": ["AB12C", "AB13C", "AB12X", "AB13C"],
        "heard": ["Agree"] * 4,
    }
    programme = survey(columns, items=CODED, waves=THREE)

    assert change.link(programme, "middle", "end")["last"].to_list() == [3]
    assert change.over_all_waves(programme, ["heard"])["linked"].item() == 0


def test_follow_ups_compare_every_two_waves_and_adjust_by_holm(demo):
    table = change.follow_ups(demo, ["trust_word", "time_talk"])

    assert table["item"].to_list() == ["trust_word"] * 3 + ["time_talk"] * 3
    assert table["before_title"].to_list()[:3] == ["Start", "Start", "Middle"]
    for _, rows in table.groupby("item"):
        assert rows["p_holm"].to_list() == pytest.approx(multipletests(rows["p"], method="holm")[1].tolist())


def test_first_answers_of_those_who_stayed_and_those_who_left_stand_side_by_side():
    rows = [("Agree", None, "Agree"), ("Agree", None, "Disagree"), ("Disagree", "Agree", None)]

    table = change.attrition(three_waves(*rows), ["heard"]).set_index("group")

    assert table.index.to_list() == [waves.STAYED, waves.LEFT]
    assert table.loc[waves.STAYED, ["n", "base"]].to_list() == [2, 2]
    assert table.loc[waves.LEFT, ["n", "base"]].to_list() == [0, 1]


def test_everybody_of_the_first_wave_stayed_or_left(demo):
    table = change.attrition(demo, ["trust_word", "time_talk"])

    assert table.groupby("item")["asked"].sum().to_dict() == {"trust_word": 73, "time_talk": 73}


def test_waves_side_by_side_say_that_they_are_not_linked_and_are_not_tested(demo):
    table = change.side_by_side(demo, ["trust_word"])

    assert table["group"].to_list() == ["Start", "Middle", "End"]
    assert not table["linked"].any()
    assert table["note"].str.contains("not tested").all()
    assert not {"p", "p_sign"} & set(table.columns)
    assert pairs.ONE_WAVE not in set(table["note"])
