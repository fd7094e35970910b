"""The worked examples of docs/methods.md on change, groups and findings; its tables; the large survey."""

import math
import re
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from survey import AGREEMENT, LABELS, survey

import coprod
from coprod import change, likert, limits, multiplicity, ranks, reliability, spread, weighting
from coprod.change import net
from coprod.change.ranks import friedman
from coprod.findings import comparisons as sentences

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "methods.md").read_text(encoding="utf-8")
METHODS = " ".join(PAGE.split()).translate(str.maketrans("\N{MINUS SIGN}\N{MULTIPLICATION SIGN}", "-x"))
CALIBRATION = (DOCS / "benchmarks" / "calibration.md").read_text(encoding="utf-8")
DISAGREE, NEITHER, AGREE = LABELS[1:4]
CARPENTRIES = change.compared(coprod.open("carpentries-2017")).iloc[0]
FRIEDMAN = friedman(np.array([[1, 2, 3]] * 3))
SIX = [1, 1, 2, 1, 0, -1]
THREE, TWO = [0, 0, 1, 2, 0], [0, 1, 0, 1, 0]  # people at the five labels
A, B = [0, 1, 2, 6, 3], [2, 4, 3, 2, 1]
FOUR = [[1, 1, 2], [2, 2, 2], [3, 2, 3], [4, 4, 3]]


def moved(*pairs):
    """A programme in which each person gave these two answers to ``heard``; None is of those who left."""
    first = [(f"p{number}", "start", before) for number, (before, _) in enumerate(pairs)]
    last = [(f"p{number}", "end", after) for number, (_, after) in enumerate(pairs) if after]
    person, wave, heard = zip(*first, *last, strict=True)
    return survey({"person": list(person), "wave": list(wave), "heard": list(heard)})


def share_of(row):
    return [row["n"], row["base"]]


@pytest.mark.parametrize(
    "words",
    [
        "The net share is 5 / 12 = {:.3f}, the interval {:.3f} to {:.3f}".format(
            5 / 12, *net.net_interval(7, 2, 12)
        ),
        f"p = 10 / 32 = {net.flip_p(SIX):.4f}",
        f"2 x (1 + 5) / 32 = {net.sign_p(4, 1):.3f}",
        "net {:+.0%}, 95% interval {:+.0%} to {:+.0%}".format(*CARPENTRIES[["net", "low", "high"]]),
        f"chi-square is {CARPENTRIES['chi2']:.1f}, df {CARPENTRIES['df']}",
        f"{CARPENTRIES['base']} people rated",
        "{} moved up, {} stayed and {} moved down".format(*CARPENTRIES[["improved", "same", "worse"]]),
        f"the statistic is 12 / 36 x 126 - 36 = {friedman(np.array([[1, 2, 3]] * 3))[0]:.1f}",
        f"p = 6 / 216 = {friedman(np.array([[1, 2, 3]] * 3))[1]:.3f}",
        "become {:.2f}, {:.2f} and {:.2f}".format(*multiplicity.holm(pd.Series([0.01, 0.03, 0.04]))),
        f"(3 + 2 / 2) / 6 = {ranks.superiority(THREE, TWO):.3f}",
        f"delta {2 * ranks.superiority(THREE, TWO) - 1:.3f}",
        f"superiority {ranks.superiority(A, B):.3f}, delta {2 * ranks.superiority(A, B) - 1:.3f}",
        "the interval is {:.3f} to {:.3f}".format(*ranks.delta_interval(A, B)),
        f"p = 2 x 4 / 10 = {ranks.permutation_p([THREE, TWO])[0]:.1f}",
        f"is 2 x 1 / 10 = {ranks.smallest_p([THREE, TWO]):.1f}",
        f"at least {ranks.LARGE:,} people gave another label",
        f"(3 x -0.278 + 2 x 0.75 + 1 x 1) / 6 = {spread.agreement([1, 0, 0, 3, 2]):.3f}",
        f"Sentences call {sentences.CLOSE} or more “much alike” and {sentences.DIVIDED} or less “divided”",
        f"From {reliability.ENOUGH} people on",
        "= {:.3f}, interval {:.3f} to {:.3f}".format(*reliability.cronbach(FOUR)),
        f"(0.8 + 0.6) / 2 = {weighting.equal_mean([8, 3], [10, 5])[0]:.1f}",
        "the interval is {:.3f} to {:.3f}".format(*weighting.equal_mean([8, 3], [10, 5])[1:]),
        f"Where 5 moved, p is {net.smallest_p(5)} at the least; with 6, {net.smallest_p(6)}",
        f"all 8 must improve, a net share of {limits.smallest_change(20, 8)}",
        f"for 7 against 1 has p of {net.sign_p(7, 1):.2f}",
        "in {:.0%} of cases with 12 people, in {:.0%} with 20 and in {:.0%} with 40".format(
            *(limits.power(pairs, 0.3, 0.5) for pairs in (12, 20, 40))
        ),
    ],
)
def test_the_examples_are_what_the_code_gives(words):
    assert words.replace("“", '"').replace("”", '"') in METHODS


# linking


def test_codes_are_linked_as_in_the_example():
    start, end = ["AB12C", "MK07T", "JR03P", "JR04P"], ["ab12 c", "MK07F", "JR05P"]
    codes = survey(
        {"wave": ["start"] * 4 + ["end"] * 3, "code": start + end},
        items={"code": {"kind": "code", "scale": ""}},
    )

    pairs = change.link(codes, "start", "end")

    assert list(pairs.itertuples(index=False, name=None)) == [(0, 4, "exact"), (1, 5, "near")]


# change


@pytest.mark.parametrize(("end", "linear", "worse"), [(0, -10.430, 0.418), (1, 4.962, 0.061)])
def test_both_sides_of_tangos_rule_are_the_same_at_the_ends(end, linear, worse):
    """The formula of docs/methods.md, for 7 improved and 2 worse of 12."""
    d = float(net.net_interval(7, 2, 12)[end])
    line = (2 * 12 - 7 + 2) * d - 7 - 2
    q = (math.sqrt(line**2 + 8 * 12 * 2 * d * (1 - d)) - line) / (4 * 12)

    assert [line, q] == pytest.approx([linear, worse], abs=5e-4)
    assert (7 - 2 - 12 * d) ** 2 == pytest.approx(1.959964**2 * 12 * (2 * q + d * (1 - d)), rel=1e-5)


def test_moves_that_cross_are_invisible_to_the_unpaired_test():
    row = change.compared(moved((AGREE, DISAGREE), (DISAGREE, AGREE))).iloc[0]

    assert row[["improved", "worse", "chi2"]].to_list() == [1, 1, 0]


def test_shares_rise_when_those_who_disagreed_stay_away():
    stayed_or_left = moved((AGREE, AGREE), (AGREE, AGREE), (DISAGREE, None), (DISAGREE, None))

    waves = change.side_by_side(stayed_or_left, ["heard"])
    first_answers = change.attrition(stayed_or_left, ["heard"])

    assert [share_of(row) for _, row in waves.iterrows()] == [[2, 4], [2, 2]]
    assert [share_of(row) for _, row in first_answers.iterrows()] == [[2, 2], [0, 2]]
    assert change.paired(stayed_or_left, ["heard"])["same"].item() == 2


# groups


def test_the_interval_of_delta_follows_from_n_and_t():
    """N of 21.2 and t of 2.080, and the ends of the formula in docs/methods.md."""
    n, degrees = ranks._effective_size(np.array(A, float), np.array(B, float))
    t = student.ppf(0.975, degrees)
    u, estimate = t**2 / n, ranks.superiority(A, B)
    root = math.sqrt(u * estimate * (1 - estimate) + u**2 / 4)
    ends = [2 * (estimate + u / 2 + sign * root) / (1 + u) - 1 for sign in (-1, 1)]

    assert [n, t] == pytest.approx([21.2, 2.080], abs=0.05)
    assert ranks.delta_interval(A, B) == pytest.approx(ends)


# findings


@pytest.mark.parametrize(
    ("named", "findings"), [(["a", "b", "c"], ["d"]), ([], ["a", "b", "d", "e"])], ids=["named", "not named"]
)
def test_findings_are_judged_as_in_the_example(named, findings):
    p = [0.01, 0.02, 0.3, 0.001, 0.02, 0.4, math.nan]
    table = multiplicity.adjust(pd.DataFrame({"item": list("abcdefg"), "p": p}), named)

    assert list(table["item"][multiplicity.found(table)]) == findings
    if named:
        assert list(table["p_adjusted"])[:6] == pytest.approx([0.03, 0.04, 0.3, 0.004, 0.04, 0.533], abs=5e-4)


# tables


def test_the_tables_are_those_of_the_calibration():
    own = PAGE[PAGE.index("## How often the methods are right") :]
    rows = [line for line in own.splitlines() if line.startswith("|")]

    assert len(rows) > 15
    assert [row for row in rows if row not in CALIBRATION] == []


def test_the_figure_is_told_in_the_words_of_the_calibration():
    alt = re.search(r"!\[([^\]]*)\]\(figures/calibration\.svg\)", PAGE)[1]

    assert f"![{alt}](../figures/calibration.svg)" in CALIBRATION


@pytest.mark.parametrize(
    ("what", "n", "per_cent"),
    [
        ("workbook, 20 questions", 12, "0.3%"),
        ("workbook, 20 questions", 20, "7%"),
        ("workbook, 20 questions", 40, "43%"),
        ("workbook, 3 of the 20 named in advance", 40, "54%"),
        ("workbook, one question looked at", 40, "73%"),
        ("paired t test on codes, not adjusted", 40, "79%"),
        ("unpaired Mann-Whitney, not adjusted", 12, "4%"),
        ("unpaired Mann-Whitney, not adjusted", 20, "8%"),
        ("unpaired Mann-Whitney, not adjusted", 40, "26%"),
    ],
)
def test_the_reading_quotes_the_calibration(what, n, per_cent):
    table = pd.read_csv(DOCS / "benchmarks" / "calibration.csv")
    row = table[(table["what"] == what) & (table["n"] == n) & (table["truths"] == "5 of 20 changed")]

    assert f"{row['value'].item():.{1 if '.' in per_cent else 0}%}" == per_cent
    assert per_cent in METHODS[METHODS.index("**Reading.**") :]


# the large survey


def test_every_table_of_the_large_survey_is_made_and_listed(monkeypatch):
    """A small one of the same making; the page lists each table by its name."""
    monkeypatch.syspath_prepend(DOCS / "benchmarks")
    large = import_module("large_survey")
    page = (DOCS / "benchmarks" / "large_survey.md").read_text(encoding="utf-8")
    invented = large.invented(90, 4)

    made = {name: make() for name, make in large.tables(invented).items()}

    assert [name for name, table in made.items() if table.empty or f"| {name} |" not in page] == []
    assert likert.items_in(invented) == list(made["agreement"]["item"])
    assert invented.scales["agreement"].labels == AGREEMENT.labels
