"""What holds for the tables of any cases and any evidence."""

from collections import Counter
from importlib import import_module
from inspect import isfunction
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from told_cases import programmes

import coprod
from coprod import cases

FROM_EVIDENCE = (
    cases.enablers_and_barriers,
    lambda programme: cases.factors_by(programme, "case"),
    lambda programme: cases.factors_by(programme, "sector"),
    cases.roles,
    cases.evidence_map,
    cases.recommendations,
)
FROM_CASES = (
    cases.overview,
    cases.team,
    cases.layers,
    cases.changes,
    cases.ties,
    cases.timeline,
    cases.iterations,
    cases.takeaways,
    cases.causes,
    cases.outcomes,
    cases.outcome_counts,
)
FROM_BOTH = (
    cases.conditions,
    cases.expected_without_evidence,
    cases.matrix,
    cases.fits,
    cases.contradictions,
    cases.combinations,
)
REAL = ("knowledge-in-action", "demo")


def check_refs(programme):
    listed = {*cases.rows(programme)["ref"], *cases.entries(programme)["ref"]}
    for make in (*FROM_EVIDENCE, *FROM_CASES, *FROM_BOTH):
        for behind in make(programme)["behind"]:
            assert isinstance(behind, tuple)
            assert set(behind) <= listed
            assert len(set(behind)) == len(behind)


@settings(max_examples=30)
@given(programmes())
def test_whatever_stands_behind_a_row_is_listed_and_is_there_once(programme):
    check_refs(programme)


@pytest.mark.parametrize("name", REAL)
def test_whatever_stands_behind_a_row_of_a_real_programme_is_listed(name):
    programme = coprod.open(name)

    for place in (None, *programme.places):
        check_refs(programme.where(place=place))


@settings(max_examples=30)
@given(programmes())
def test_refs_of_rows_and_entries_are_all_different(programme):
    refs = [*cases.rows(programme)["ref"], *cases.entries(programme)["ref"]]

    assert len(set(refs)) == len(refs)


@settings(max_examples=30)
@given(programmes())
def test_as_many_rows_are_counted_as_stand_behind_the_count(programme):
    for make in FROM_EVIDENCE:
        table = make(programme)
        assert table["rows"].tolist() == [len(behind) for behind in table["behind"]]


@settings(max_examples=30)
@given(programmes())
@pytest.mark.parametrize("by", ["case", "sector"])
def test_factors_by_group_add_up_to_all_factors(by, programme):
    whole = cases.enablers_and_barriers(programme).set_index(["direction", "factor"])["rows"]

    parts = cases.factors_by(programme, by).groupby(["direction", "factor"])["rows"].sum()

    assert parts.to_dict() == whole.to_dict()


@settings(max_examples=30)
@given(programmes())
def test_every_observation_is_in_one_cell_of_the_map(programme):
    table = cases.evidence_map(programme)

    assert Counter(chain.from_iterable(table["behind"])) == Counter(programme.evidence["evidence"])


@settings(max_examples=30)
@given(programmes())
def test_every_contribution_is_among_the_roles(programme):
    evidence = programme.evidence
    brought = evidence.loc[evidence["direction"] == "contribution", "evidence"]

    table = cases.roles(programme)

    assert set(chain.from_iterable(table["behind"])) == set(brought)
    assert (table["elsewhere"] <= table["rows"]).all()


@settings(max_examples=30)
@given(programmes())
def test_every_bearing_is_among_the_recommendations(programme):
    assert cases.recommendations(programme)["rows"].sum() == len(programme.bearings)


@settings(max_examples=30)
@given(programmes())
def test_no_outcome_is_dropped(programme):
    told = sum(len(case["outcomes"]) for case in programme.cases.values())

    assert len(cases.outcomes(programme)) == told
    assert cases.outcome_counts(programme)["outcomes"].sum() == told


@settings(max_examples=30)
@given(programmes())
def test_layers_count_the_organisations_of_the_team(programme):
    counted = cases.layers(programme)
    by = ["case", "layer", "sector"]

    known = counted[counted["organisations"] > 0].set_index(by)["organisations"]

    assert known.to_dict() == cases.team(programme).groupby(by)["organisation"].nunique().to_dict()


@settings(max_examples=30)
@given(programmes())
def test_the_matrix_and_the_conditions_count_the_same_rows(programme):
    about_none = programme.evidence[programme.evidence["case"] == ""]["evidence"]
    table = cases.matrix(programme)

    in_matrix = set(chain.from_iterable(table.loc[table["aspect"] == "condition", "behind"]))

    whole = set(chain.from_iterable(cases.conditions(programme)["behind"]))
    assert in_matrix == whole - set(about_none)


@settings(max_examples=30)
@given(programmes())
def test_every_case_has_one_combination(programme):
    table = cases.combinations(programme)

    named = Counter(name for cell in table["cases"] for name in cell.split("; "))
    assert named == Counter(case["title"] for case in programme.cases.values())
    assert table["cases_count"].sum() == len(programme.cases)
    assert table.attrs["observed"] <= min(len(table), table.attrs["possible"])


@settings(max_examples=30)
@given(programmes())
def test_more_cases_are_never_with_both_than_with_one(programme):
    table = cases.fits(programme)

    assert (table["both"] <= table[["with_condition", "with_outcome"]].min(axis=1)).all()
    assert (table[["with_condition", "with_outcome"]].max(axis=1) <= table["known"]).all()
    assert (table["known"] <= len(programme.cases)).all()


@settings(max_examples=30)
@given(programmes())
def test_an_empty_table_says_why(programme):
    for make in (*FROM_EVIDENCE, *FROM_CASES, *FROM_BOTH, cases.rows, cases.entries):
        table = make(programme)
        assert isinstance(table, pd.DataFrame)
        assert len(table) or table.attrs["reason"].endswith(".")


def test_every_table_of_many_cases_is_made_and_listed(monkeypatch):
    """A small programme of the same making as the benchmark's; its page lists each table by its name."""
    benchmarks = Path(__file__).parents[1] / "docs" / "benchmarks"
    monkeypatch.syspath_prepend(benchmarks)
    many = import_module("case_tables")
    page = (benchmarks / "case_tables.md").read_text(encoding="utf-8")

    made = {name: make() for name, make in many.tables(many.invented(4, 300)).items()}

    assert [name for name in made if f"| {name} |" not in page] == []
    may_be_empty = {"contradictions", "expected without evidence"}
    assert {name for name, table in made.items() if table.empty} <= may_be_empty
    functions = [name for name in cases.__all__ if isfunction(getattr(cases, name))]
    assert len(made) == len(functions), "factors by case and by sector are two, and chance is none"
