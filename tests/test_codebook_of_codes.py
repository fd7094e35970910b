"""The codebook of codes: each says what it is for, what it is not for, and what to use instead."""

import re

import pytest

from coprod import framework

KINDS = ["directions", "stages", "conditions", "principles", "knowledge", "factors", "insights"]
RULES = ["text", "include", "exclude", "example"]


def keys_named(text: str) -> set[str]:
    """Return the keys that stand in backquotes."""
    return set(re.findall(r"`([^`]*)`", text))


@pytest.mark.parametrize("kind", KINDS)
def test_every_code_has_a_definition_an_include_an_exclude_and_an_example(kind):
    assert framework.read(kind)[RULES].map(str.strip).ne("").all(axis=None)


@pytest.mark.parametrize("column", RULES)
def test_no_two_codes_are_described_in_the_same_words(column):
    """Two codes with one definition, or one example, could not be told apart."""
    texts = [text.casefold() for kind in KINDS for text in framework.read(kind)[column]]

    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("kind", KINDS)
def test_a_code_to_use_instead_exists(kind):
    """Another of the same kind, or of another: a lesson that is a help is coded as a factor."""
    known = {key for other in KINDS for key in framework.read(other).index}

    assert set().union(*framework.read(kind)["exclude"].map(keys_named)) <= known


@pytest.mark.parametrize("kind", KINDS)
def test_no_code_sends_the_coder_back_to_itself(kind):
    codes = framework.read(kind)

    assert [key for key, exclude in codes["exclude"].items() if key in keys_named(exclude)] == []


def test_the_directions_are_the_seven_that_evidence_can_have():
    assert list(framework.read("directions").index) == [
        "enabler",
        "barrier",
        "contribution",
        "outcome",
        "takeaway",
        "recommendation",
        "context",
    ]
