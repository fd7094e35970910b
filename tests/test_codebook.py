"""Scales: which side a label stands on, and what else may stand in a cell."""

import pytest
from folders import write_programme
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import coprod
from coprod.codebook import BLANK, NOT_ASKED, Scale, ScaleEntry, make_scale, no_items

AGREEMENT = Scale(
    name="agreement",
    labels=("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"),
    non_answers=("Don't know", "Not applicable"),
    polarity="positive",
    neutral="Neither",
    favourable=("Agree", "Strongly agree"),
    says="agreed",
    says_not="disagreed",
)
TROUBLE = Scale(
    name="trouble",
    labels=("Never", "Now and then", "All the time"),
    non_answers=(),
    polarity="negative",
    neutral=None,
    favourable=("Never",),
    says="had no trouble",
    says_not="had trouble",
)
TOPICS = Scale("topics", ("Damp", "Buses"), ("None",), "none", None, (), "said so", "did not say so")
SIDES = ["unfavourable", "unfavourable", "neutral", "favourable", "favourable"]


def test_labels_stand_on_their_sides():
    assert [AGREEMENT.side(label) for label in AGREEMENT.labels] == SIDES


def test_a_reversed_item_changes_sides_and_keeps_the_middle():
    assert [AGREEMENT.side(label, reversed_item=True) for label in AGREEMENT.labels] == SIDES[::-1]


def test_on_a_negative_scale_the_earlier_labels_are_favourable():
    sides = [TROUBLE.side(label) for label in TROUBLE.labels]

    assert sides == ["favourable", "unfavourable", "unfavourable"]


def test_a_reversed_item_on_a_negative_scale_is_favourable_at_its_end():
    assert TROUBLE.side("All the time", reversed_item=True) == "favourable"
    assert TROUBLE.side("Never", reversed_item=True) == "unfavourable"


@pytest.mark.parametrize("reversed_item", [False, True])
def test_labels_without_an_order_have_no_side(reversed_item):
    assert [TOPICS.side(label, reversed_item=reversed_item) for label in TOPICS.labels] == ["", ""]


@pytest.mark.parametrize("answer", ["Don't know", "Not applicable", BLANK, NOT_ASKED])
@pytest.mark.parametrize("reversed_item", [False, True])
def test_what_is_no_label_is_on_no_side_and_not_the_middle(answer, reversed_item):
    assert AGREEMENT.side(answer, reversed_item=reversed_item) == ""


def test_collapsed_labels_are_the_words_of_their_side():
    collapsed = [AGREEMENT.collapsed(label) for label in AGREEMENT.labels]

    assert collapsed == ["Disagreed", "Disagreed", "Neither", "Agreed", "Agreed"]


def test_collapsing_keeps_capitals_within_the_words():
    scale = Scale("uk", ("No", "Yes"), (), "positive", None, ("Yes",), "know the NHS", "do not know the NHS")

    assert scale.collapsed("Yes") == "Know the NHS"


def test_labels_without_an_order_are_not_collapsed():
    assert TOPICS.collapsed("Damp") == "Damp"


@pytest.mark.parametrize("answer", ["Don't know", BLANK, NOT_ASKED])
def test_what_is_no_label_does_not_collapse_into_disagreement(answer):
    assert AGREEMENT.collapsed(answer) == answer


@pytest.mark.parametrize(
    ("answer", "role"),
    [("Neither", "label"), ("Don't know", "non-answer"), (BLANK, "blank"), (NOT_ASKED, "not asked")],
)
def test_an_answer_has_a_role(answer, role):
    assert AGREEMENT.role(answer) == role


def test_the_order_is_labels_then_non_answers_then_blank_then_not_asked():
    answers = [*AGREEMENT.labels, "Don't know", "Not applicable", BLANK, NOT_ASKED]

    assert [AGREEMENT.order(answer) for answer in answers] == list(range(9))


def test_an_answer_off_the_scale_has_no_place_in_the_order():
    with pytest.raises(ValueError, match="not in tuple"):
        AGREEMENT.order("Maybe")


def test_blank_is_no_answer_that_a_cell_may_hold():
    assert NOT_ASKED in AGREEMENT.answers
    assert BLANK not in AGREEMENT.answers


def test_a_scale_cannot_be_changed():
    with pytest.raises(AttributeError):
        AGREEMENT.neutral = "Agree"


@given(st.sampled_from([AGREEMENT, TROUBLE]), st.data())
def test_reversing_swaps_favourable_and_unfavourable_only(scale, data):
    label = data.draw(st.sampled_from(scale.labels))
    swapped = {"favourable": "unfavourable", "unfavourable": "favourable", "neutral": "neutral"}

    assert scale.side(label, reversed_item=True) == swapped[scale.side(label)]


@given(st.lists(st.text(max_size=4), min_size=2, max_size=6), st.integers(0, 6))
def test_every_scale_that_is_accepted_gives_each_answer_one_role_and_place(labels, favourable):
    """Whatever labels a person writes, the scale is refused or hangs together."""
    try:
        entry = ScaleEntry(labels=labels, polarity="positive", favourable=labels[favourable:])
    except ValidationError:
        return
    scale = make_scale("any", entry)

    assert [scale.order(label) for label in scale.labels] == list(range(len(labels)))
    assert {scale.role(label) for label in scale.labels} == {"label"}
    assert {scale.side(label) for label in scale.labels} <= {"favourable", "unfavourable"}


# items


@pytest.fixture
def items(workbook):
    """Return the items of the small programme."""
    write_programme(workbook / "data")
    return coprod.open("small").items


def test_items_come_in_the_order_of_the_codebook(items):
    assert list(items.index[:3]) == ["heard", "rushed", "use_before"]


def test_reversed_is_true_or_false(items):
    assert items["reversed"].dtype == bool
    assert list(items.index[items["reversed"]]) == ["rushed"]


def test_waves_are_keys_and_none_means_every_wave(items):
    assert items.loc["use_since", "waves"] == ("end",)
    assert items.loc["heard", "waves"] == ()


def test_a_retrospective_pair_is_named_by_its_later_item(items):
    assert items.loc["use_since", "before"] == "use_before"


def test_no_items_have_the_columns_of_items(items):
    assert list(no_items().columns) == list(items.columns)
    assert no_items()["reversed"].dtype == bool
