"""Names that a person typed, names that are safe in a path, and the package's own name."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coprod
from coprod.names import slug, unknown

HEAVY = {"pandas", "matplotlib", "seaborn", "scipy", "statsmodels", "nbconvert", "pandera", "pydantic"}


def test_the_nearest_names_come_with_an_unknown_one():
    said = str(unknown("wave", "befor", ["after", "before", "before-2"]))

    assert said == "There is no wave 'befor'. Did you mean before or before-2?"


def test_capitals_do_not_hide_the_nearest_name():
    assert "Did you mean lincoln?" in str(unknown("place", "LINCOLN", ["lincoln", "redcar"]))


def test_without_a_near_name_there_are_all_of_them():
    assert str(unknown("wave", "xyz", ["end", "start"])) == "There is no wave 'xyz'. There is end or start."


def test_where_there_are_no_names_that_is_said():
    assert str(unknown("place", "x", [])) == "There is no place 'x': there are none here."


def test_an_endless_name_is_not_said_in_full():
    assert len(str(unknown("place", "x" * 100_000, ["north"]))) < 200


def test_a_slug_keeps_what_can_be_kept():
    assert slug("Lincoln: Évaluation (2nd wave)") == "lincoln-evaluation-2nd-wave"


@given(st.text())
def test_every_slug_is_safe_in_a_path(text):
    assert re.fullmatch(r"[a-z0-9_-]+", slug(text))


@given(st.text())
def test_a_slug_is_its_own_slug(text):
    assert slug(slug(text)) == slug(text)


def test_importing_the_package_loads_nothing_heavy():
    """`coprod --help` should not wait for pandas."""
    run = [sys.executable, "-X", "importtime", "-c", "import coprod"]

    told = subprocess.run(run, capture_output=True, text=True, check=True).stderr

    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.splitlines()}
    assert "coprod" in imported
    assert imported & HEAVY == set()


def test_a_room_loads_when_it_is_used():
    assert coprod.codebook.KINDS[0] == "scale"


def test_a_room_that_is_not_there_is_told_which_are():
    with pytest.raises(AttributeError, match="likert"):
        coprod.liker  # noqa: B018
