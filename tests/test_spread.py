"""What divides the room: van der Eijk's agreement, and the gaps between sectors beside it."""

import dataclasses
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from survey import LABELS, survey

import coprod
from coprod import compare, likert, ordered, spread
from coprod.names import UnknownName

COUNTS = st.lists(st.integers(0, 9), min_size=3, max_size=9).filter(any)


def agreement_by_hand(counts):
    """Van der Eijk's A from its definition: layers, then triples of labels one by one."""
    left, labels, total = list(counts), len(counts), 0
    while any(left):
        layer = min(n for n in left if n)
        pattern = [int(n > 0) for n in left]
        size = sum(pattern)
        triples = [tuple(pattern[place] for place in places) for places in combinations(range(labels), 3)]
        together = triples.count((1, 1, 0)) + triples.count((0, 1, 1))
        apart = triples.count((1, 0, 1))
        if size == 1:
            agreed = 1
        elif size == labels:
            agreed = 0
        else:
            u = ((labels - 2) * together - (labels - 1) * apart) / ((labels - 2) * (together + apart))
            agreed = u * (1 - (size - 1) / (labels - 1))
        total += agreed * layer * size
        left = [n - layer * on for n, on in zip(left, pattern, strict=True)]
    return total / sum(counts)


def test_agreement_is_as_published():
    """The example in the manual of the R package agrmt (Ruedin), agreement: 0.6113333."""
    assert spread.agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333, abs=5e-8)


def test_agreement_is_what_counting_triples_one_by_one_gives():
    rng = np.random.default_rng(1)
    for _ in range(300):
        labels = rng.integers(3, 12)
        counts = rng.multinomial(rng.integers(1, 60), rng.dirichlet(np.full(labels, 0.7)))

        assert spread.agreement(counts) == pytest.approx(agreement_by_hand(counts.tolist()), abs=1e-9)


def test_agreement_of_a_small_room_by_hand():
    """Three layers: 2 each at labels 1, 3 and 4; then 1 each at 3 and 4; then 1 at 4."""
    first = ((3 * 4 - 4 * 2) / (3 * 6)) * (1 - 2 / 4)  # 10110: 110 three times, 011 once, 101 twice
    second = 1 * (1 - 1 / 4)  # 00110: the labels reached lie side by side
    third = 1  # 00010

    by_hand = (6 * first + 2 * second + 1 * third) / 9

    assert spread.agreement([2, 0, 3, 4, 0]) == pytest.approx(by_hand)


@pytest.mark.parametrize("labels", [3, 4, 5, 7, 11])
def test_agreement_runs_from_one_mind_through_an_even_spread_to_two_camps(labels):
    alike = [0] * labels
    alike[1] = 8
    camps = [4] + [0] * (labels - 2) + [4]

    assert spread.agreement(alike) == 1
    assert spread.agreement([3] * labels) == pytest.approx(0, abs=1e-12)
    assert spread.agreement(camps) == pytest.approx(-1)


@given(COUNTS)
def test_agreement_stays_between_its_ends(counts):
    assert -1 - 1e-12 <= spread.agreement(counts) <= 1 + 1e-12


@given(COUNTS, st.integers(2, 5))
def test_neither_direction_nor_the_number_of_people_changes_agreement(counts, times):
    assert spread.agreement(counts[::-1]) == pytest.approx(spread.agreement(counts), abs=1e-9)
    assert spread.agreement([n * times for n in counts]) == pytest.approx(spread.agreement(counts), abs=1e-9)


@pytest.mark.parametrize("counts", [[3, 4], [0, 0, 0]])
def test_agreement_needs_three_labels_and_somebody(counts):
    with pytest.raises(ValueError, match="at least three labels and one person"):
        spread.agreement(counts)


def rooms():
    """Three items: of one mind, in two camps (by sector), and answered by one person only."""
    return survey(
        {
            "sector": ["university"] * 4 + ["council"] * 4,
            "agreed": ["Agree"] * 8,
            "camps": [LABELS[0]] * 4 + [LABELS[4]] * 4,
            "alone": ["Agree", *[""] * 7],
            "silent": ["Don't know"] * 8,
        }
    )


def test_what_divides_most_comes_first_and_what_cannot_be_told_last():
    table = spread.divided(rooms(), ["agreed", "alone", "camps", "silent"])

    assert table["item"].to_list() == ["camps", "agreed", "alone", "silent"]
    assert table["spread"].to_list()[:2] == [-1, 1]
    assert table["base"].to_list() == [8, 8, 1, 0]
    assert table["why_not"].to_list() == ["", "", spread.ALONE, ordered.NOBODY]
    assert table["spread"].isna().to_list() == [False, False, True, True]


def test_several_waves_are_not_put_together():
    programme = survey({"wave": ["start", "end"], "heard": ["Agree", "Disagree"]})

    assert spread.divided(programme, ["heard"])["why_not"].item() == ordered.SEVERAL_WAVES


def test_two_labels_are_too_few():
    scale = dataclasses.replace(rooms().scales["agreement"], labels=("No", "Yes"), neutral=None)
    programme = survey({"heard": ["No", "Yes"]}, scales={"agreement": scale})

    assert spread.divided(programme, ["heard"])["why_not"].item() == spread.FEW_LABELS


def test_a_split_between_sectors_is_told_from_one_within_them():
    within = [LABELS[0], LABELS[4]] * 4
    programme = survey({"sector": ["university"] * 4 + ["council"] * 4, "within": within,
                        "between": sorted(within)})  # fmt: skip

    table = spread.split(programme, ["within", "between"]).set_index("item")

    assert table["spread"].to_list() == [-1, -1]
    assert table["delta"].abs().to_dict() == {"within": 0, "between": 1}


def test_beside_the_agreement_stands_what_compare_found():
    items = ["agreed", "camps", "alone"]

    both = spread.split(rooms(), items).set_index("item").loc[items]
    gaps = compare.gaps(rooms(), items).set_index("item").loc[items]

    assert both["delta"].equals(gaps["delta"])
    assert both["p"].equals(gaps["p"])
    assert both["why_no_gap"].to_list() == gaps["why_not"].to_list()


def test_without_sectors_the_agreement_stands_alone_and_says_why():
    table = spread.split(survey({"heard": ["Agree", "Disagree"]}, sectors={}), ["heard"])

    assert table["spread"].notna().all()
    assert table["why_no_gap"].item() == "There are no two sectors to compare."
    assert table["delta"].isna().all()
    assert table["group_a"].item() == ""


def test_counts_give_what_answers_give():
    """The Carpentries' survey is known from counts only."""
    programme = coprod.open("carpentries-2017")

    table = spread.split(programme, likert.items_in(programme))

    assert table["spread"].between(-1, 1).all()
    assert (table["why_not"] == "").all()


def test_a_programme_without_a_survey_says_so():
    programme = dataclasses.replace(rooms(), answers=None)

    for table in (spread.divided, spread.split):
        assert table(programme, ["agreed"]).attrs["reason"] == "This programme has no survey."


def test_an_unknown_item_is_said():
    with pytest.raises(UnknownName, match="agreed"):
        spread.divided(rooms(), ["agred"])
