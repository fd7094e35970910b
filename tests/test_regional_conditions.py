"""Regional conditions: what five documents say of five conditions, in step with Knowledge in action."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import coprod
from coprod import framework

FOLDER = Path(__file__).parents[1] / "data" / "regional-conditions"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
CONDITIONS = list(framework.read("conditions").index)
LOGS = ("assumptions", "decisions")


@pytest.fixture(scope="module")
def script():
    spec = spec_from_file_location("make_evidence", FOLDER / "make_evidence.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def programme():
    return coprod.open("regional-conditions")


def spoken_to(programme, condition):
    """Give the documents with rows on a condition."""
    evidence = programme.evidence
    return set(evidence.loc[evidence["condition"] == condition, "source"])


@pytest.mark.parametrize("name", ["evidence", "bearings"])
def test_making_a_file_again_gives_the_same_bytes(script, name):
    """If not, type ``python data/regional-conditions/make_evidence.py``."""
    made = getattr(script, f"make_{name}")().to_csv(index=False, lineterminator="\n")

    assert made.encode() == (FOLDER / f"{name}.csv").read_bytes()


def test_a_copied_row_says_what_it_says_in_knowledge_in_action(programme):
    copied = programme.evidence[programme.evidence["evidence"].str.startswith("k-")]
    there = coprod.open("knowledge-in-action").evidence
    there = there[there["condition"] != ""]

    said = copied.assign(evidence=copied["evidence"].str.removeprefix("k-")).drop(columns="case")

    assert said.to_dict("records") == there.drop(columns="case").to_dict("records")


def test_it_is_real_and_has_neither_places_nor_cases(programme):
    assert programme.kind == "real"
    assert (dict(programme.places), dict(programme.cases)) == ({}, {})
    assert set(programme.evidence["case"]) == {""}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_condition_says_what_it_asks_for(programme, condition):
    evidence = programme.evidence
    asked = evidence[(evidence["source"] == "conditions") & (evidence["condition"] == condition)]

    assert (asked["direction"] == "recommendation").sum() >= len(framework.questions([condition]))


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_readme_names_the_documents_that_speak_to_a_condition(programme, condition):
    row = next(line for line in README.splitlines() if line.startswith(f"| `{condition}` |"))
    named = set(re.findall(r"`(\w+)`", row.split("|")[3]))

    assert named == spoken_to(programme, condition) - {"conditions"}
    assert len(named) >= 2


def test_every_row_of_the_briefing_speaks_to_something(programme):
    """To a condition, to a principle or to a recommendation, says decisions.csv."""
    rows = programme.evidence[programme.evidence["source"] == "heseltine"]
    silent = rows[(rows["condition"] == "") & (rows["principle"] == "")]

    assert set(silent["evidence"]) <= set(programme.bearings["evidence"])


def test_no_recommendation_of_these_documents_is_its_own_support(script):
    """A recommendation said again is no support for one, says decisions.csv."""
    own = script.read(FOLDER / "own_evidence.csv").set_index("evidence")["direction"]
    bearings = script.read(FOLDER / "own_bearings.csv")

    assert "recommendation" not in set(bearings["evidence"].map(own))


@pytest.mark.parametrize("log", LOGS)
def test_rows_that_a_log_names_are_there(programme, log):
    named = set(re.findall(r"\be\d{3}\b", (FOLDER / f"{log}.csv").read_text(encoding="utf-8")))

    assert named
    assert named <= set(programme.evidence["evidence"])
