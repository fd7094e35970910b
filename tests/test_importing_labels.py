"""The known sets of labels, and which of them answers belong to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.codebook import ScaleEntry
from coprod.importing.labels import alike, clean, first_spelling, fitting, is_non_answer, label_sets

SETS = {known.name: known for known in label_sets()}
NAMED = st.sampled_from(sorted(SETS))


def best(*labels):
    found = fitting(labels)
    return found[0].name if found else None


@pytest.mark.parametrize("known", label_sets(), ids=lambda known: known.name)
def test_every_set_makes_a_scale_that_the_checks_accept(known):
    entry = {"labels": list(known.labels), "polarity": known.polarity, "neutral": known.neutral}
    if known.ordered:
        entry |= {"favourable": list(known.favourable), "says": known.says, "says_not": known.says_not}

    assert ScaleEntry(**entry, non_answers=list(known.non_answers)).labels == list(known.labels)
    assert len({alike(label) for label in known.labels}) == len(known.labels)


@pytest.mark.parametrize("known", [known for known in label_sets() if known.ordered], ids=lambda k: k.name)
def test_the_favourable_labels_of_a_set_stand_at_its_favourable_end(known):
    labels = known.labels if known.polarity == "positive" else known.labels[::-1]

    assert known.favourable == labels[-len(known.favourable) :]


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        (("Agree", "Strongly agree"), "agreement_4"),
        (("Agree", "Neither agree nor disagree"), "agreement"),
        (("AGREE", " strongly  Agree", "Neutral."), "agreement_neutral"),
        (("Agree", "Don't know"), "agreement_4"),
        (("Yes", "No"), "yes_no"),
        (("Yes", "No", "Not sure"), "yes_no_not_sure"),
        (("Yes.", "No.", "I don\u2019t remember."), "yes_no_remember"),
        (("No", "Partly", "Yes"), "yes_partly_no"),
        (("2", "4"), "from_1_to_5"),
        (("0", "4"), "from_0_to_5"),
        (("3", "9"), "from_1_to_10"),
        (("0", "9"), "from_0_to_10"),
        (("1", "0"), "zero_or_one"),
        (("1", "3+"), "times"),
        (("12", "3"), None),
        (("Agree", "Green"), None),
        (("Don't know",), None),
        ((), None),
    ],
)
def test_the_smallest_set_that_holds_all_answers_is_taken(labels, name):
    assert best(*labels) == name


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        (("no", "only marginally", "quite centrally"), "involvement"),
        (("changing awareness", "other", "changing behaviour"), "kind_of_change"),
        (("I'm less confident now.", "I'm more confident now."), "confidence_now"),
        (("I had not been using tools like these.", "Daily."), "use_before"),
        (("I have not been using tools like these.", "Daily."), "use_since"),
        (("I can absolutely do this!", "I did not attend that session"), "confidence_to_do"),
        (("I don\u2019t use this tool", "I started using this tool"), "use_of_tool"),
        (("No and I don't know what it is", "Yes"), "use_and_knowledge"),
        (("Very favorably", "Unfamiliar (N/A)"), "favour"),
        (("always", "regularly", "rarely", "never"), "frequency_regularly"),
        (("Very supportive", "Unsupportive"), "support"),
        (("Agree completely", "No strong feelings"), "agreement_completely"),
        (("Less than a year", "More than 20 years"), "years_in_research"),
    ],
)
def test_scales_of_surveys_that_are_published_are_known(labels, name):
    assert best(*labels) == name


@given(NAMED, st.data())
def test_labels_keep_their_order_however_they_are_spelled(name, data):
    known = SETS[name]
    spelled = [
        data.draw(st.sampled_from([label, label.upper(), f" {label}", label.replace("'", "\u2019")]))
        for label in known.labels
    ]

    assert [known.place(label) for label in spelled] == list(range(len(known.labels)))


@given(NAMED, st.data())
def test_some_labels_of_a_set_always_fit_a_set_no_larger(name, data):
    known = SETS[name]
    some = data.draw(st.lists(st.sampled_from(known.labels), min_size=1, unique=True))

    assert len(fitting(some)[0].labels) <= len(known.labels)
    assert all(found.place(label) >= 0 for found in fitting(some)[:1] for label in some)


@given(st.text())
def test_a_cleaned_label_can_be_one_of_several(label):
    cleaned = clean(label)

    assert " | ".join(["a", cleaned, "b"]).split(" | ") == ["a", cleaned, "b"]
    assert cleaned == cleaned.strip()


def test_a_non_answer_is_none_where_the_set_has_it_as_a_label():
    assert is_non_answer("I don't remember")
    assert is_non_answer("I DON\u2019T KNOW")
    assert not is_non_answer("I don't remember", SETS["yes_no_remember"])
    assert not is_non_answer("Neither agree nor disagree")
    assert is_non_answer("my research was not funded by a grant", SETS["funds"])


def test_the_first_spelling_stands_for_all():
    assert first_spelling(["Don\u2019t", "Don't", "Do"]) == {"don't": "Don\u2019t", "do": "Do"}
