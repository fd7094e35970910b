"""Sentences on cases and evidence: what is counted, what is named, what is silent, and what stands behind."""

import math
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from told_cases import programmes

from coprod import cases, findings, privacy
from coprod.cases.told import refs
from coprod.findings import cases as of_cases
from coprod.findings import evidence as of_evidence
from coprod.findings.configurations import NO_CONTRADICTION, TOO_FEW, configurations

NEVER_SAID = re.compile(r"\b(because|caused?|led to|due to|thanks to|results? in|effects?|impact of)\b", re.I)
CHANCE = {"no_contradiction": 0.95, "one_perfect": 0.77}
BY_TABLE = [
    (of_cases.case_studies, cases.overview),
    (of_cases.layers, cases.layers),
    (of_cases.comings_and_goings, cases.changes),
    (of_cases.ties, cases.ties),
    (of_cases.outcomes, cases.outcomes),
    (of_cases.strength, cases.outcomes),
    (of_evidence.factors, cases.enablers_and_barriers),
    (of_evidence.roles, cases.roles),
    (of_evidence.expected_without_evidence, cases.expected_without_evidence),
    (of_evidence.map_gaps, cases.evidence_map),
    (of_evidence.recommendations, cases.recommendations),
]


def shown(rows, columns="", **attrs):
    """Protect a table made by hand: tuples and the columns' names, or a finished one."""
    table = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows, columns=columns.split())
    table.attrs |= attrs
    return privacy.protect(table, "public")


def outcomes(*rows):
    """Protect outcomes: case, outcome, kind and status; each has its number as ref."""
    told = [(*row, 0, 0, "no row of evidence", (f"c{n}",)) for n, row in enumerate(rows, start=1)]
    return shown(told, "case outcome kind status rows sources strength behind")


def factors(*rows):
    """Protect factors: direction, factor and rows."""
    told = [(*row, row[2], tuple(f"e{row[1]}{n}" for n in range(row[2]))) for row in rows]
    return shown(told, "direction factor rows sources behind")


def fits(*rows):
    """Protect fits: condition, outcome, both, with_condition, with_outcome and known."""
    told = [(*row, "", "", (f"c{n}",)) for n, row in enumerate(rows, start=1)]
    columns = "condition outcome both with_condition with_outcome known consistency coverage behind"
    return shown(told, columns)


def configured(*rows, contradictions=(), observed=1, chance=CHANCE, number=3):
    """Say what hand-made fits, contradictions and so many observed combinations of 4 amount to."""
    against = shown(list(contradictions), "outcome case other behind")
    seen = shown([("Present: A.", "One", 1, ("c9",))], "combination cases cases_count behind")
    seen.table.attrs.update(possible=4, observed=observed)
    return configurations(fits(*rows), against, seen, chance, number)


def agreed(**changes):
    row = {
        **{"variable": "Stage", "units": 60, "agreed": 48, "krippendorff": 0.712, "low": 0.55, "high": 0.84},
        **{"why_not": "", "caution": "", "behind": ("e1", "e2")},
    }
    return shown(pd.DataFrame([row | changes]))


def only(sentences):
    (sentence,) = sentences
    return sentence


# What came of the cases


def test_outcomes_are_counted_by_status_over_all_cases():
    said = of_cases.outcomes(
        outcomes(
            ("Mill", "A", "policy", "not reached"),
            ("Mill", "B", "policy", "reached"),
            ("Bridge", "C", "product", "reached"),
        )
    )

    assert said[0] == "3 outcomes of 2 cases: 2 reached and 1 not reached."
    assert said[0].behind == ("c1", "c2", "c3")


def test_every_kind_of_outcome_is_spoken_of_also_where_none_is_told():
    said = of_cases.outcomes(outcomes(("Mill", "A", "policy", "planned")))[1:6]

    assert said == [
        "Of the kind learning: none told.",
        "Of the kind relationship: none told.",
        "Of the kind practice: none told.",
        "Of the kind policy: 1 planned.",
        "Of the kind product: none told.",
    ]
    assert [sentence.behind for sentence in said] == [(), (), (), ("c1",), ()]


def test_outcomes_that_went_badly_are_named_the_worst_first():
    said = of_cases.outcomes(
        outcomes(
            ("Mill", "Tenants left.", "policy", "unexpected"),
            ("Mill", "A rota.", "practice", "partly reached"),
            ("Mill", "A map.", "product", "not reached"),
            ("Mill", "A card.", "product", "reached"),
        )
    )

    assert said[6:] == [
        "Not reached in Mill: “A map”.",
        "Partly reached in Mill: “A rota”.",
        "Unexpected in Mill: “Tenants left”.",
    ]
    assert said[6].behind == ("c3",)


def test_a_report_without_bad_news_says_that_there_is_none():
    said = of_cases.outcomes(outcomes(("Mill", "A card.", "product", "reached")))

    assert said[-1] == of_cases.NONE_FELL_SHORT


def test_outcomes_without_evidence_are_named():
    said = of_cases.strength(outcomes(("Mill", "A card.", "product", "reached")))

    assert said[0].startswith("What stands behind 1 outcome: no row of evidence, 1.")
    assert said[1] == "Without a row of evidence in Mill: “A card”."


# Who was in


def test_a_layer_without_a_sector_says_so_where_somebody_was_in_it():
    rows = [
        ("Mill", "design", "Universities", 1, "A", ("c2",)),
        ("Mill", "design", "Third sector", 0, "", ()),
        ("Mill", "delivery", "Universities", 0, "", ()),
        ("Mill", "delivery", "Third sector", 0, "", ()),
    ]
    said = only(of_cases.layers(shown(rows, "case layer sector organisations names behind")))

    assert said == (
        "Mill, organisations that are named: design 1, delivery 0; none in design from Third sector."
    )
    assert said.behind == ("c2",)


def test_those_who_came_are_told_apart_from_those_who_went():
    rows = [
        ("Mill", "A charity", "Third sector", "joined", "In May.", "", ("c2", "e1")),
        ("Mill", "One officer", "Local government", "left", "", "", ("c3",)),
    ]
    said = of_cases.comings_and_goings(shown(rows, "case who sector what when note behind"))

    assert said == [
        "Mill, joined: A charity (Third sector; In May).",
        "Mill, left: One officer (Local government).",
    ]
    assert said[0].behind == ("c2", "e1")


def test_ties_that_ended_are_named_and_those_not_known_are_counted():
    rows = [
        ("Mill", "A", "B", "no", "yes", ("c2",)),
        ("Mill", "A", "C", "yes", "no", ("c3",)),
        ("Mill", "B", "C", "not known", "yes", ("c4",)),
    ]
    said = only(of_cases.ties(shown(rows, "case one other before after behind")))

    assert said == (
        "Mill: the sources speak of 3 pairs of organisations; together before: 1; together by the end: 2, of "
        "which not before: 1; no longer together: A and C; not fully known: 1."
    )


# What observations speak of


def test_the_three_factors_told_most_often_are_named_on_each_side():
    said = of_evidence.factors(
        factors(*[("barrier", name, rows) for name, rows in (("A", 2), ("B", 5), ("C", 3), ("D", 1))])
    )

    assert said[0] == "4 different barriers told of."
    assert [sentence.split(": ")[1][0] for sentence in said[1:4]] == ["B", "C", "A"]
    assert said[1].behind == ("eB0", "eB1", "eB2", "eB3", "eB4")
    assert said[-1] == of_evidence.STATEMENTS


def test_factors_that_are_level_with_one_left_out_are_left_out_too():
    said = of_evidence.factors(
        factors(*[("enabler", name, rows) for name, rows in (("A", 4), ("B", 2), ("C", 2), ("D", 2))])
    )

    assert [sentence.split(": ")[1][0] for sentence in said[1:-1]] == ["A"]


def test_where_all_factors_are_level_none_stands_out():
    said = of_evidence.factors(factors(*[("enabler", name, 1) for name in "ABCD"]))

    assert said[0] == "4 different enablers told of; none stands out: 4 share the most, 1 observation each."


def test_only_what_is_told_elsewhere_supports_an_expected_contribution():
    rows = [
        ("Delivery", "Universities", "A brand", True, 1, 1, 0, ("e1",)),
        ("Delivery", "Third sector", "Speed", True, 2, 2, 1, ("e2", "e3")),
        ("Delivery", "Third sector", "Other: A van.", False, 1, 1, 1, ("e4",)),
    ]
    said = of_evidence.roles(shown(rows, "stage sector brought expected rows sources elsewhere behind"))

    assert said == [
        "Contributions that the framework expects: 2; told of beside its own statement: 1.",
        "Beside what is expected: 1 contribution.",
        "Stages and sectors for which nothing beside the framework's own statement was told: Delivery, "
        "Universities.",
    ]
    assert [sentence.behind for sentence in said] == [("e2", "e3"), ("e4",), ()]


def test_what_nothing_supports_is_named_by_stage_and_sector():
    rows = [("Delivery", "Third sector", what, ()) for what in ("Speed", "Money")]
    said = only(of_evidence.expected_without_evidence(shown(rows, "stage sector brought behind")))

    assert said == "Delivery, Third sector: expected, but not told of here: “Speed”; “Money”."


def test_a_pair_counts_as_spoken_to_when_one_case_speaks_to_it():
    rows = [
        ("Time", "Trust", "Mill", 0, ()),
        ("Time", "Trust", "Bridge", 1, ("e1",)),
        ("Time", "Power", "Mill", 0, ()),
        ("Time", "Power", "Bridge", 0, ()),
        ("No condition", "Power", "Mill", 3, ("e2", "e3", "e4")),
    ]
    said = of_evidence.map_gaps(shown(rows, "condition principle case rows behind"))

    assert said == [
        "Pairs of a condition and a principle: 2; spoken of together: 1.",
        "Time, never together with: Power.",
    ]
    assert said[0].behind == ("e1",)


def test_a_recommendation_is_said_with_what_speaks_against_it():
    columns = "recommendation sector bearing rows cases sectors conditions behind"
    rows = [
        ("Plan ahead.", "Funders", "for", 2, "Not about one case", "Universities", "Time", ("e1", "e2")),
        ("Plan ahead.", "Funders", "against", 1, "Mill", "", "Care", ("e3",)),
        ("Meet.", "Everyone", "for", 0, "", "", "", ()),
        ("Meet.", "Everyone", "against", 0, "", "", "", ()),
    ]
    said = of_evidence.recommendations(shown(rows, columns))

    assert said == [
        "“Plan ahead”: 2 for it, 1 against it. About: Mill; Not about one case. "
        "Conditions named: Time; Care.",
        "No observation speaks for or against these: “Meet”.",
    ]
    assert said[0].behind == ("e1", "e2", "e3")


def test_a_question_rests_on_the_observations_about_its_condition():
    rows = [("condition:time", "Time", 1, 0, ("e1",)), ("condition:care", "Care", 0, 2, ("e2", "e3"))]
    said = findings.questions(shown(rows, "framework condition enabled hindered behind"))

    assert [sentence.behind for sentence in said] == [("e2", "e3")] * 3


def test_the_list_of_cases_rests_on_every_case():
    rows = [("Mill", "Damp", 2, 1, ("c001",)), ("Bridge", "Buses", 0, 0, ("c002",))]
    said = of_cases.case_studies(shown(rows, "case issue organisations sectors behind"))

    assert said[1] == "Teams: Mill with 2 organisations from 1 sector; Bridge with no organisation named."
    assert said[0].behind == said[1].behind == ("c001", "c002")


# How far coders agreed


def test_agreement_is_said_with_its_observations_and_its_interval():
    said = only(of_evidence.coder_agreement(agreed()))

    assert said == (
        "Stage: 48 of 60 observations read alike, Krippendorff's alpha 0.71, 95% interval 0.55 to 0.84."
    )
    assert said.behind == ("e1", "e2")


def test_where_there_is_no_alpha_the_reason_is_said():
    nothing = dict.fromkeys(("krippendorff", "low", "high"), math.nan)

    said = only(of_evidence.coder_agreement(agreed(**nothing, why_not="All alike.", caution="Few rows.")))

    assert said == "Stage: 48 of 60 observations read alike. All alike. Few rows."


# Conditions and outcomes over the cases


def test_how_often_chance_looks_as_tidy_comes_before_anything_else():
    said = configured(("Time", "policy", 2, 2, 2, 3))

    assert "in all of 3 cases 77% of the time" in said[0]
    assert "no two cases would contradict each other 95% of the time" in said[0]
    assert said[0].endswith("proves nothing.")


def test_a_pair_that_always_goes_together_is_told_and_so_is_one_that_never_does():
    said = configured(("Time", "policy", 2, 2, 2, 3), ("Care", "policy", 0, 1, 2, 3))

    assert said[2:4] == [
        "Time was there in 2 and policy in 2 of 3 cases known, in the same cases.",
        "Care was there in 1 and policy in 2 of 3 cases known, never both, always one.",
    ]
    assert [sentence.behind for sentence in said[2:4]] == [("c1",), ("c2",)]


@pytest.mark.parametrize(
    "row", [(3, 3, 3, 3), (0, 0, 0, 3), (0, 0, 2, 3), (2, 3, 2, 3), (0, 0, 0, 0), (1, 2, 1, 3)]
)
def test_cases_that_are_all_alike_or_differ_make_no_pair(row):
    """The last is a case with the condition and without the outcome; the others cannot be compared."""
    said = configured(("Time", "policy", *row))

    assert not any("cases known," in sentence for sentence in said)


def test_contradictions_are_named_with_what_stands_behind_them():
    said = configured(("Time", "policy", 1, 2, 1, 2), contradictions=[("policy", "Mill", "Bridge", ("c5",))])

    assert said[2] == "Mill and Bridge have the same known conditions; policy: only Mill."
    assert said[2].behind == ("c5",)


def test_no_contradiction_is_said_too():
    assert configured(("Time", "policy", 1, 1, 1, 2))[-2] == NO_CONTRADICTION


def test_combinations_that_were_never_observed_are_counted():
    assert configured(("Time", "policy", 1, 1, 1, 2), observed=3)[-1] == (
        "3 of 4 combinations of conditions were observed in a case that is fully known; of the other 1 these "
        "cases tell nothing."
    )


def test_one_case_cannot_be_set_beside_another():
    nothing = dict.fromkeys(CHANCE, math.nan)

    assert configured(("Time", "policy", 1, 1, 1, 1), chance=nothing, number=1) == [TOO_FEW]


# All of them


@pytest.mark.parametrize(("finding", "table"), BY_TABLE)
def test_a_raw_table_is_refused(finding, table):
    with pytest.raises(TypeError, match=r"privacy\.protect"):
        finding(pd.DataFrame())


@given(programmes())
@settings(max_examples=40)
def test_every_sentence_ends_claims_no_cause_and_rests_on_what_is_there(programme):
    known = refs(programme)

    for finding, table in BY_TABLE:
        for sentence in finding(shown(table(programme))):
            assert sentence.endswith(".")
            assert not NEVER_SAID.search(sentence)
            assert set(sentence.behind) <= known


@given(programmes())
@settings(max_examples=25)
def test_configurations_of_any_programme_can_be_said(programme):
    tables = [shown(table(programme)) for table in (cases.fits, cases.contradictions, cases.combinations)]
    number = len(programme.cases)

    said = configurations(*tables, cases.chance(number, 5), number)

    assert bool(said) == bool(number)
    assert all(set(sentence.behind) <= refs(programme) for sentence in said)
