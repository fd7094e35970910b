"""What a design cannot carry, in numbers and in words; and how well the workbook's methods are calibrated."""

import math
import re
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from survey import LABELS, survey

import coprod
from coprod import change, likert, limits, privacy
from coprod.names import UnknownName

BENCHMARKS = Path(__file__).parents[1] / "docs" / "benchmarks"
# Words that name a reason for what is described.
CAUSAL = r"\b(caus\w*|effects?|affect\w*|impact\w*|influenc\w*|led to|due to|because|thanks to|made)\b"


def shown(table, smallest=3):
    """What the team may see of a table."""
    return privacy.protect(table, "internal", smallest)


def paired_table(*rows):
    """A table of paired change: improved, same and worse people of each question."""
    table = pd.DataFrame(rows, columns=["improved", "same", "worse"])
    return table.assign(base=table.sum(axis=1))


# the smallest change


@given(st.integers(1, 40), st.data())
def test_the_smallest_change_is_the_first_that_the_sign_test_finds(pairs, data):
    """Every split of the people who moved is tried with scipy's exact test."""
    moved = data.draw(st.integers(0, pairs))
    told = [
        (2 * improved - moved) / pairs
        for improved in range(moved + 1)
        if moved and 2 * improved >= moved and binomtest(improved, moved).pvalue <= 0.05
    ]

    smallest = limits.smallest_change(pairs, moved)

    assert smallest == pytest.approx(min(told, default=math.nan), nan_ok=True)


@given(st.integers(0, 60))
def test_without_worse_answers_six_must_improve(pairs):
    """2 / 2 ** 6 = 0.031 is the first below 0.05; 2 / 2 ** 5 = 0.0625."""
    assert limits.FEWEST_MOVED == 6
    assert limits.smallest_change(pairs) == pytest.approx(6 / pairs if pairs >= 6 else math.nan, nan_ok=True)


@given(st.integers(1, 40), st.integers(1, 40))
def test_among_more_questions_a_change_must_be_larger(pairs, questions):
    alone, among = (limits.smallest_change(pairs, pairs, level) for level in (0.05, 0.05 / questions))

    assert math.isnan(among) or among >= alone


# power


@pytest.mark.parametrize(("pairs", "net", "moved"), [(12, 0.3, 0.5), (20, 0.3, 0.3), (8, -0.5, 0.9)])
def test_power_is_that_of_simulated_answers(pairs, net, moved):
    """100,000 sets of pairs, each tested with scipy; within three standard errors."""
    rng = np.random.default_rng(pairs)
    shares = [(moved + net) / 2, (moved - net) / 2, 1 - moved]
    drawn, counts = np.unique(rng.multinomial(pairs, shares, size=100_000), axis=0, return_counts=True)
    p = [binomtest(row[0], row[0] + row[1]).pvalue if row[0] + row[1] else 1 for row in drawn]

    assert limits.power(pairs, net, moved) == pytest.approx(
        counts[np.array(p) <= 0.05].sum() / 1e5, abs=0.005
    )


@given(st.integers(1, 40), st.floats(0.001, 1))
def test_with_no_true_change_at_most_one_in_twenty_is_found(pairs, moved):
    assert limits.power(pairs, 0, moved) <= 0.05


def test_when_nobody_moves_nothing_is_found():
    assert limits.power(40, 0, 0) == 0


@pytest.mark.parametrize(("net", "moved"), [(0.5, 0.3), (0.2, 1.2), (-0.4, 0.3)])
def test_shares_that_cannot_be_are_refused(net, moved):
    with pytest.raises(ValueError, match="net share cannot be"):
        limits.power(20, net, moved)


# sentences


def test_what_a_comparison_could_have_shown_is_said():
    """Worked by hand: of 6 who moved, all must improve; 2 / 2 ** 6 is 0.031."""
    said = limits.change(shown(paired_table((5, 6, 1), (4, 8, 0), (0, 12, 0))))

    assert said[:3] == [
        "3 questions were looked at; 12 people gave a rating both times.",
        "2 questions had fewer than 6 changed answers: whichever way these had gone, p could not have been "
        "below 0.05.",
        "Where 6 of 12 people changed their answer, p cannot be smaller than 0.031.",
    ]
    assert said[3] == (
        "Where 6 of 12 people changed their answer, 6 more must improve than get worse to be told from "
        "chance; among 3 questions not even all of them are enough."
    )
    assert said[4:] == [limits.NOBODY_COMPARED, limits.REGRESSION]


def test_one_question_is_not_said_to_be_among_others():
    said = limits.change(shown(paired_table((202, 209, 22))))

    assert said[0] == "One question was looked at; 433 people gave a rating both times."
    assert said[1].endswith("32 more must improve than get worse to be told from chance.")


def test_where_nobody_was_compared_nothing_is_said():
    assert limits.change(shown(paired_table((0, 0, 0)))) == []
    assert limits.change(shown(change.paired(survey({"heard": ["Agree"]}), ["heard"]))) == []


def test_the_response_is_said_with_what_it_rests_on():
    invited = [("", "start", "", 40)]
    programme = survey({"heard": ["Agree"] * 30}, invited=invited)

    shown = privacy.door(programme, "internal")(likert.response_rates(programme))

    assert limits.response(shown) == [
        "Everybody: the answers are those of 75% (30 of 40) invited; what the others think is not known."
    ]


def test_a_public_response_is_said_in_bands():
    programme = survey({"heard": ["Agree"] * 20}, invited=[("", "start", "", 30)])

    said = limits.response(privacy.door(programme, "public")(likert.response_rates(programme)))

    assert said == [
        "Everybody: the answers are those of most of the about 30 people invited; what the others think is "
        "not known."
    ]


def test_a_response_of_unknown_size_is_said_to_be_unknown():
    programme = survey({"heard": ["Agree"] * 20})

    said = limits.response(privacy.door(programme, "internal")(likert.response_rates(programme)))

    assert said == [
        "Everybody: how many were invited is not known, so nobody can say whose answers are missing."
    ]


def test_a_response_that_has_not_come_through_the_door_is_refused():
    with pytest.raises(TypeError, match=r"privacy\.protect"):
        limits.response(likert.response_rates(survey({"heard": ["Agree"]})))


def test_ratings_from_memory_are_named():
    carpentries = coprod.open("carpentries-2017")

    said = limits.retrospective(carpentries, ["career", "use_since"])

    assert len(said) == 1
    assert said[0].startswith("“Have used such tools since the workshop” was rated for the past")


def test_an_unknown_item_is_said():
    with pytest.raises(UnknownName, match="use_since"):
        limits.retrospective(coprod.open("carpentries-2017"), ["use_sinc"])


def test_no_sentence_names_a_reason():
    demo = coprod.open("demo")
    carpentries = coprod.open("carpentries-2017")
    rates = privacy.door(demo, "public")(likert.response_rates(demo, "wave"))
    said = [
        *limits.change(shown(change.paired(demo, change.comparable(demo)))),
        *limits.change(shown(change.paired(demo.where(place="corvenham"), change.comparable(demo)))),
        *limits.response(rates),
        *limits.retrospective(carpentries, ["use_since"]),
        *limits.unlinked(),
        *change.side_by_side(demo, ["trust_word"])["note"],
    ]

    assert [sentence for sentence in said if re.search(CAUSAL, sentence)] == []
    assert not any("nan" in sentence.split() for sentence in said)


# calibration


@pytest.fixture(scope="module")
def small_run(tmp_path_factory):
    """The small version of docs/benchmarks/calibration.py, and the folder it wrote into."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        calibration = import_module("calibration")
        folder = tmp_path_factory.mktemp("docs")
        return calibration, calibration.write(calibration.SMALL, folder), folder


@pytest.mark.parametrize("interval", ["share: Wilson", "net change: Tango", "Cliff's delta: coprod.ranks"])
def test_intervals_hold_the_truth_as_often_as_they_should(small_run, interval):
    """Mean 94 to 98%, at no point below 90%, at 5 and 8 people; the page has 12 to 100 as well."""
    _, table, _ = small_run
    values = table[table["what"] == interval].set_index("measure")["value"]

    assert values["mean coverage"].between(0.94, 0.98).all()
    assert (values["lowest coverage"] >= 0.9).all()


def test_where_nothing_changed_hardly_any_programme_reports_a_finding(small_run):
    """At most 5%, give or take three standard errors of 60 programmes."""
    _, table, _ = small_run
    ours = table[
        (table["measure"] == "programmes with any finding") & table["what"].str.startswith("workbook")
    ]

    assert (ours["value"] <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 60)).all()


def test_the_page_shows_every_number_and_its_figure(small_run):
    _, table, folder = small_run
    page = (folder / "benchmarks" / "calibration.md").read_text("utf-8")

    for what in table["what"].unique():
        assert f"| {what} |" in page
    assert "nan" not in page
    assert (folder / "figures" / "calibration.svg").read_text("utf-8").startswith("<?xml")


def test_the_page_that_is_kept_is_that_of_the_numbers_that_are_kept(small_run):
    calibration, _, _ = small_run
    table = pd.read_csv(BENCHMARKS / "calibration.csv")
    kept = table[(table["what"] == "net change: Tango") & (table["truths"] == "grid")]
    lowest, mean = (kept[kept["measure"] == f"{name} coverage"]["value"] for name in ("lowest", "mean"))

    assert mean.between(0.94, 0.98).all()
    assert (lowest >= 0.9).all()
    assert kept["n"].nunique() == len(calibration.FULL.bases)
    for value in (*lowest, *mean):
        assert f"{value:.1%}" in (BENCHMARKS / "calibration.md").read_text("utf-8")


def test_simulated_net_change_is_the_one_that_was_asked_for(small_run):
    """With 200,000 people the share who improved, less the share who got worse, is 30% within 1%."""
    calibration, _, _ = small_run
    shift = calibration.shift_for(calibration.STARTS[0], 0.3)

    before, after = calibration.programmes(10_000, 1, np.full(calibration.ITEMS, shift))
    net = np.sign(after - before)[0, ::4].mean()

    assert net == pytest.approx(0.3, abs=0.01)
    assert len(LABELS) == calibration.STARTS.shape[1]
