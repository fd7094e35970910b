"""Cronbach's alpha: from thirty complete answers on, with an interval, and with nothing reversed."""

import dataclasses
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from survey import AGREEMENT, LABELS, SCALES, survey

import coprod
from coprod import ordered, reliability
from coprod.names import UnknownName

NUMBERS = ["alpha", "low", "high", "unreversed"]
SEVEN = {
    "career": "Skills-Advance-Career",
    "motivated": "Motivated-Seek-Knowledge",
    "reproducible": "Made-Analyses-Reproducible",
    "recognition": "Received-Professional-Recognition",
    "coding": "Improved Coding Practices",
    "productivity": "Improved-Research-Productivity",
    "data_confidence": "Gained-Confidence-With-Data",
}


def numbers(rng, people=None, items=None):
    """Draw answers from 0 to 4 that go together, shape (people, items)."""
    people, items = people or rng.integers(5, 60), items or rng.integers(2, 9)
    line = rng.normal(size=(people, 1)) + rng.normal(size=(people, items)) * rng.uniform(0.5, 2)
    return np.searchsorted([-2, -1, 0.5, 1.5], line)


def programme_of(given, reverse=(), **changes):
    """A programme with these answers, numbered from 0; the items named are written down as reversed."""
    names = [f"q{place}" for place in range(given.shape[1])]
    columns = {name: [LABELS[number] for number in given[:, place]] for place, name in enumerate(names)}
    return survey(columns, items={name: {"reversed": "yes"} for name in reverse}, **changes), names


def alpha_by_covariance(given):
    """Give alpha from the covariances: what items share, over all there is."""
    covariance = np.cov(given, rowvar=False)
    items = len(covariance)
    return items / (items - 1) * (1 - np.trace(covariance) / covariance.sum())


def test_alpha_is_what_the_covariances_give():
    rng = np.random.default_rng(1)
    for _ in range(200):
        given = numbers(rng)

        assert reliability.cronbach(given)[0] == pytest.approx(alpha_by_covariance(given), abs=1e-9)


def test_alpha_is_what_a_two_way_analysis_of_variance_gives():
    """Hoyt (1941): alpha = 1 - mean square of the rest / mean square of people; here by statsmodels."""
    rng = np.random.default_rng(2)
    for _ in range(5):
        given = numbers(rng, people=12, items=4)
        long = (
            pd.DataFrame(given)
            .melt(ignore_index=False, var_name="q", value_name="y")
            .reset_index(names="who")
        )
        table = anova_lm(ols("y ~ C(who) + C(q)", long).fit())
        squares = table["sum_sq"] / table["df"]

        alpha = 1 - squares["Residual"] / squares["C(who)"]

        assert reliability.cronbach(given)[0] == pytest.approx(alpha, abs=1e-9)


def test_alpha_of_a_small_example_by_hand():
    """Variances 1, 1 and 1/3, their sum 7/3; the sums 3, 5, 8 vary by 19/3: 3/2 (1 - 7/19) = 18/19."""
    given = [[1, 1, 1], [2, 2, 1], [3, 3, 2]]

    assert reliability.cronbach(given)[0] == pytest.approx(18 / 19)


def test_the_interval_is_that_of_leaving_out_one_person_at_a_time():
    rng = np.random.default_rng(3)
    for _ in range(200):
        given = numbers(rng)
        people = len(given)
        whole = np.log(1 - alpha_by_covariance(given))
        values = []
        for one in range(people):
            without = np.log(1 - alpha_by_covariance(np.delete(given, one, axis=0)))
            values.append(people * whole - (people - 1) * without)
        error = stats.sem(values) * stats.t.ppf(0.975, people - 1)

        _, low, high = reliability.cronbach(given)

        assert (low, high) == pytest.approx((1 - np.exp(whole + error), 1 - np.exp(whole - error)), abs=1e-9)


@pytest.mark.parametrize("cuts", [(-1.5, -0.5, 0.5, 1.5), (-2.2, -1.6, -1, 0)])
def test_the_interval_covers_the_truth_as_often_as_it_says(cuts):
    """Symmetric answers, and answers of which half stand at the top label."""
    rng = np.random.default_rng(4)

    def draw(people):
        line = 0.7 * rng.normal(size=(people, 1)) + 0.51**0.5 * rng.normal(size=(people, 5))
        return np.searchsorted(cuts, line)

    true = reliability.cronbach(draw(200_000))[0]
    ends = [reliability.cronbach(draw(people))[1:] for people in (30, 60, 120) for _ in range(300)]

    assert np.mean([low <= true <= high for low, high in ends]) >= 0.91


# tables


def test_thirty_complete_answers_are_enough_and_one_fewer_is_not():
    given = numbers(np.random.default_rng(5), people=30, items=4)
    programme, names = programme_of(given)
    fewer = dataclasses.replace(programme, answers=programme.answers.iloc[1:])

    enough, few = (reliability.alpha(each, names).iloc[0] for each in (programme, fewer))

    assert enough["alpha"] == pytest.approx(alpha_by_covariance(given), abs=1e-9)
    assert (enough["items"], enough["complete"], enough["why_not"]) == (4, 30, "")
    assert (few["complete"], few["why_not"]) == (29, reliability.FEW_ANSWERS)
    assert few[NUMBERS].isna().all()


@pytest.mark.parametrize("cell", ["", "Don't know", "[not asked]"])
def test_an_answer_with_a_gap_is_not_complete(cell):
    programme, names = programme_of(numbers(np.random.default_rng(6), people=31, items=3))
    answers = programme.answers.copy()
    answers.loc[4, "q1"] = cell

    row = reliability.alpha(dataclasses.replace(programme, answers=answers), names).iloc[0]

    assert row["complete"] == 30
    assert row["alpha"] == pytest.approx(
        alpha_by_covariance(np.delete(_places(programme, names), 4, axis=0)), abs=1e-9
    )


def _places(programme, names):
    return programme.answers[names].map(LABELS.index).to_numpy()


def test_reversed_items_are_turned_and_the_alpha_without_turning_stands_beside():
    given = numbers(np.random.default_rng(7), people=50, items=5)
    turned = given.copy()
    turned[:, 2] = 4 - turned[:, 2]
    programme, names = programme_of(turned, reverse=["q2"])

    row = reliability.alpha(programme, names).iloc[0]

    assert row["alpha"] == pytest.approx(alpha_by_covariance(given), abs=1e-9)
    assert row["unreversed"] == pytest.approx(alpha_by_covariance(turned), abs=1e-9)
    assert row["check"] == ""


def test_an_item_reversed_by_mistake_is_pointed_out():
    programme, names = programme_of(numbers(np.random.default_rng(8), people=50, items=5), reverse=["q0"])

    row = reliability.alpha(programme, names).iloc[0]

    assert row["unreversed"] > row["alpha"]
    assert row["check"] == reliability.TURN


def test_scales_of_either_polarity_can_be_put_together():
    given = numbers(np.random.default_rng(9), people=40, items=3)
    negative = dataclasses.replace(AGREEMENT, name="negative", polarity="negative")
    columns = {f"q{place}": [LABELS[number] for number in given[:, place]] for place in range(2)}
    columns["q2"] = [LABELS[4 - number] for number in given[:, 2]]
    programme = survey(columns, items={"q2": {"scale": "negative"}}, scales=SCALES | {"negative": negative})

    row = reliability.alpha(programme, list(columns)).iloc[0]

    assert row["alpha"] == row["unreversed"] == pytest.approx(alpha_by_covariance(given), abs=1e-9)


def test_sections_come_in_the_codebooks_order():
    given = numbers(np.random.default_rng(10), people=30, items=6)
    names = [f"q{place}" for place in range(6)]
    columns = {name: [LABELS[number] for number in given[:, place]] for place, name in enumerate(names)}
    items = {name: {"section": "Later" if place < 3 else "Earlier"} for place, name in enumerate(names)}

    table = reliability.by_section(survey(columns, items=items), names)

    assert table["section"].to_list() == ["Later", "Earlier"]
    assert table["alpha"].to_list() == pytest.approx(
        [alpha_by_covariance(given[:, :3]), alpha_by_covariance(given[:, 3:])], abs=1e-9
    )


def alike(*rows):
    return np.array([[2, 2, 2]] * 30 + list(rows))


WHY_NOT = {
    "everybody alike": (alike(), reliability.ALIKE),
    "all but one alike": (alike([3, 2, 4]), reliability.ALIKE),
    "every item alike": (np.repeat([[0], [1], [2], [4]] * 8, 3, axis=1), reliability.ALIKE),
    "sums alike": (np.array([[0, 4, 2], [4, 0, 2]] * 16), reliability.ALIKE),
    "two items": (np.array([[0, 4], [4, 3]] * 16), reliability.FEW_ITEMS),
}


@pytest.mark.parametrize(("given", "why_not"), WHY_NOT.values(), ids=WHY_NOT)
def test_what_cannot_be_computed_is_said(given, why_not):
    row = reliability.alpha(*programme_of(given)).iloc[0]

    assert row["why_not"] == why_not
    assert row[NUMBERS].isna().all()


def test_where_answers_cancel_out_unreversed_a_sentence_says_so():
    given = np.array([[0, 4, 2, 2], [1, 3, 1, 3], [4, 0, 4, 0], [3, 1, 4, 0], [2, 2, 3, 1]] * 7)
    programme, names = programme_of(given, reverse=["q1", "q3"])

    row = reliability.alpha(programme, names).iloc[0]

    assert row["alpha"] > 0.8
    assert np.isnan(row["unreversed"])
    assert row["check"] == reliability.CANCEL


def test_scales_of_different_lengths_cannot_be_added_up():
    short = dataclasses.replace(AGREEMENT, name="short", labels=LABELS[1:4], favourable=("Agree",))
    columns = {name: ["Agree", "Disagree"] * 15 for name in ("a", "b", "c")}
    programme = survey(columns, items={"c": {"scale": "short"}}, scales=SCALES | {"short": short})

    assert reliability.alpha(programme, list(columns))["why_not"].item() == reliability.OTHER_SCALES


def test_several_waves_are_not_put_together():
    programme, names = programme_of(numbers(np.random.default_rng(11), people=40, items=3))
    answers = programme.answers.assign(wave=["start"] * 20 + ["end"] * 20)

    row = reliability.alpha(dataclasses.replace(programme, answers=answers), names).iloc[0]

    assert row["why_not"] == ordered.SEVERAL_WAVES


def test_counts_cannot_tell_and_say_so():
    programme = coprod.open("carpentries-2017")

    table = reliability.by_section(programme, list(SEVEN))

    assert table["why_not"].to_list() == [reliability.ONLY_COUNTS]


def test_a_programme_without_a_survey_says_so():
    programme, names = programme_of(alike())

    row = reliability.alpha(dataclasses.replace(programme, answers=None), names).iloc[0]

    assert row["why_not"] == "This programme has no survey."
    assert reliability.by_section(programme, []).attrs["reason"] == "The survey did not ask about this."


def test_an_unknown_item_and_one_without_an_order_are_refused():
    programme = survey({"topic": ["Housing"]}, items={"topic": {"kind": "choice", "scale": "topics"}})

    with pytest.raises(UnknownName, match="topic"):
        reliability.alpha(programme, ["topics"])
    with pytest.raises(ValueError, match="have no order"):
        reliability.alpha(programme, ["topic"])


def test_the_carpentries_seven_items_hang_together_as_published():
    """0.9142 on 404 complete answers: the reference answers beside the real file, recomputed there."""
    if "COPROD_REALDATA" not in os.environ:
        pytest.skip("COPROD_REALDATA does not name the folder with the real files")
    folder = Path(os.environ["COPROD_REALDATA"]) / "realdata" / "carpentries-longterm-2017"
    raw = pd.read_csv(folder / "longterm_October2017.csv", dtype=str, keep_default_na=False)
    answers = pd.DataFrame({item: raw[column].str.strip() for item, column in SEVEN.items()})
    programme = dataclasses.replace(coprod.open("carpentries-2017"), counts=None, answers=answers)

    row = reliability.alpha(programme, list(SEVEN)).iloc[0]

    assert row["complete"] == 404
    assert row["alpha"] == row["unreversed"] == pytest.approx(0.9142, abs=5e-5)
    assert row["low"] < 0.9142 < row["high"]
