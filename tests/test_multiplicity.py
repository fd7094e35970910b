"""Adjusting for everything that was looked at."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from coprod import multiplicity
from coprod.multiplicity import NAMED, OTHERS

P = st.lists(st.one_of(st.floats(0, 1), st.sampled_from([0.01, 0.05, 1.0, np.nan])), min_size=1, max_size=20)


def looked_at(p):
    return pd.DataFrame({"item": [f"q{number}" for number in range(len(p))], "p": p})


@pytest.mark.parametrize(
    ("method", "name"), [(multiplicity.holm, "holm"), (multiplicity.benjamini_hochberg, "fdr_bh")]
)
def test_adjusted_p_agree_with_statsmodels_on_random_tables(method, name, monkeypatch):
    """200 tables of 1 to 25 p, ties and missing ones (1 for statsmodels) among them."""
    monkeypatch.setattr("gc.collect", lambda: 0)  # statsmodels would clear all memory for each table
    rng = np.random.default_rng(1)
    for _ in range(200):
        p = pd.Series(np.round(rng.random(rng.integers(1, 26)), rng.integers(1, 5)))
        p[rng.random(len(p)) < 0.2] = np.nan
        expected = multipletests(p.fillna(1), method=name)[1]
        assert method(p) == pytest.approx(np.where(p.isna(), np.nan, expected), abs=1e-9, nan_ok=True)


def test_holms_worked_example():
    """Three p: 0.01 x 3, 0.02 x 2, and 0.03 x 1, which may not be smaller than the one before."""
    assert multiplicity.holm(pd.Series([0.03, 0.01, 0.02])) == pytest.approx([0.04, 0.03, 0.04])


def test_benjamini_and_hochbergs_worked_example():
    """Three p: 0.01 x 3 / 1, 0.02 x 3 / 2 and 0.03 x 3 / 3 are all 0.03."""
    assert multiplicity.benjamini_hochberg(pd.Series([0.03, 0.01, 0.02])) == pytest.approx([0.03] * 3)


@given(P, st.integers(0, 20))
def test_named_questions_are_adjusted_among_themselves_and_so_are_the_others(p, count):
    table = looked_at(p)
    named = list(table["item"][:count])

    adjusted = multiplicity.adjust(table, named)

    for family, method in ((NAMED, multiplicity.holm), (OTHERS, multiplicity.benjamini_hochberg)):
        rows = adjusted[adjusted["family"] == family]
        assert rows["p_adjusted"].to_numpy() == pytest.approx(method(rows["p"]), nan_ok=True)
        assert (rows["looked_at"] == len(rows)).all()


@given(P)
def test_an_adjusted_p_is_never_smaller_and_is_missing_where_p_is(p):
    adjusted = multiplicity.adjust(looked_at(p))

    assert (adjusted["p_adjusted"].isna() == adjusted["p"].isna()).all()
    assert not (adjusted["p_adjusted"] < adjusted["p"] - 1e-12).any()
    assert not (adjusted["p_adjusted"] > 1).any()


def test_a_p_that_could_not_be_computed_counts_as_looked_at():
    alone = multiplicity.adjust(looked_at([0.02]))
    among = multiplicity.adjust(looked_at([0.02, np.nan, np.nan]))

    assert alone["p_adjusted"][0] == 0.02
    assert among["p_adjusted"][0] == pytest.approx(0.06)
    assert among["looked_at"].to_list() == [3, 3, 3]


def test_an_item_with_several_tests_counts_each_of_them():
    table = pd.DataFrame({"item": ["q0", "q0", "q1"], "p": [0.01, 0.5, 0.5]})

    assert multiplicity.adjust(table, ["q0"])["looked_at"].to_list() == [2, 2, 1]


def test_two_families_share_the_level():
    table = looked_at([0.03, 0.9])

    assert multiplicity.found(multiplicity.adjust(table.iloc[:1])).to_list() == [True]
    assert multiplicity.found(multiplicity.adjust(table, ["q0"])).to_list() == [False, False]


def test_a_missing_p_is_no_finding():
    assert multiplicity.found(multiplicity.adjust(looked_at([np.nan, 0.001]))).to_list() == [False, True]


def test_nothing_looked_at_stays_nothing():
    adjusted = multiplicity.adjust(looked_at([]))

    assert adjusted.empty
    assert multiplicity.found(adjusted).empty


def test_the_table_that_is_adjusted_is_not_changed():
    table = looked_at([0.01, 0.02]).set_index(pd.Index([7, 3]))

    adjusted = multiplicity.adjust(table, ["q1"])

    assert list(table.columns) == ["item", "p"]
    assert adjusted.index.to_list() == [7, 3]
    assert adjusted["family"].to_list() == [OTHERS, NAMED]
