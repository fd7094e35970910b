"""An attacker with every report of a programme, as in docs/benchmarks/attack.py on fewer programmes."""

import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

BENCHMARKS = Path(__file__).parents[1] / "docs" / "benchmarks"
PROGRAMMES = range(100)
AT_MOST = 0.01  # of the counts below the threshold


@pytest.fixture(scope="module")
def attack():
    """The benchmark, with the modules beside it."""
    sys.path.insert(0, str(BENCHMARKS))
    yield import_module("attack")
    sys.path.remove(str(BENCHMARKS))


def known(attack, sums, truth, wanted):
    """Tell an attacker some sums of cells, each with its bounds, and ask for others."""
    cells, low, high = (np.array(part, float) for part in zip(*sums, strict=True))
    published = import_module("attacker").Published(
        sparse.csr_array(cells), low, high, np.full(len(truth), 20.0)
    )
    return list(attack.given_away(published, np.array(wanted, float), np.array(truth)))


def rule(attack, name, audience="public"):
    return next(rule for rule in attack.RULES if rule.name.strip("*") == name and rule.audience == audience)


def attacked(attack, found, seeds, waves=None):
    return sum((attack.attacked(found, attack.invented(seed, waves)) for seed in seeds), Counter())


# the attacker, on tables small enough to work out by hand


def test_what_is_left_of_a_sum_is_found_by_subtracting(attack):
    """3 of 10: the other cell is 7."""
    assert known(attack, [([1, 1], 10, 10), ([1, 0], 3, 3)], [3, 7], [[0, 1]]) == [True]


def test_two_cells_of_one_sum_hide_each_other(attack):
    assert known(attack, [([1, 1], 10, 10)], [3, 7], [[1, 0], [0, 1], [1, 1]]) == [False, False, True]


def test_a_sum_of_nobody_gives_every_cell_away(attack):
    """No subtraction finds it, but counts are never below 0."""
    assert known(attack, [([1, 1, 0], 0, 0)], [0, 0, 4], [[1, 0, 0], [0, 0, 1]]) == [True, False]


def test_rounded_counts_give_a_cell_away_where_only_one_number_fits(attack):
    """8 to 12 of both, and at most 4 of each: 4 and 4."""
    sums = [([1, 1], 8, 12), ([1, 0], 0, 4), ([0, 1], 0, 4)]

    assert known(attack, sums, [4, 4], [[1, 0], [0, 1]]) == [True, True]


def test_only_whole_people_are_reckoned_with(attack):
    """Twice the one is between 5 and 7, so it is 3."""
    assert known(attack, [([2, 0], 5, 7), ([1, 1], 9, 9)], [3, 6], [[1, 0]]) == [True]


@pytest.mark.parametrize("audience", ["public", "internal"])
@pytest.mark.parametrize("seed", [3, 7, 11])
def test_all_that_is_read_from_the_reports_is_true(attack, seed, audience):
    """Three programmes with two waves; an attacker told anything wrong would learn less."""
    programme = attack.invented(seed)
    for item, publication in attack.our_rules(audience)(programme).items():
        sums = publication.known.sums @ attack.World(programme, item).truth().ravel()

        assert len(programme.waves) == 2
        assert ((publication.known.low <= sums) & (sums <= publication.known.high)).all()


# what the attacker learns


def test_every_public_report_together_gives_hardly_any_small_count_away(attack):
    """At most 1 % of the counts below 10, and of no group that they all gave the same answer."""
    counted = attacked(attack, rule(attack, "ours, planned together"), PROGRAMMES, waves=1)

    assert counted["cells"] > 2_000
    assert counted["known"] <= AT_MOST * counted["cells"]
    assert counted["alike"] > 100
    assert counted["seen"] == 0


def test_so_do_the_reports_on_two_waves(attack):
    counted = attacked(attack, rule(attack, "ours, planned together"), range(3), waves=2)

    assert counted["known"] <= AT_MOST * counted["cells"]
    assert counted["seen"] == 0


def test_hiding_small_counts_alone_gives_most_of_them_away(attack):
    counted = attacked(attack, rule(attack, "counts below 5 hidden, sums exact"), PROGRAMMES[:20], waves=1)

    assert counted["known"] > counted["cells"] / 4


def test_planning_keeps_most_of_what_the_team_could_subtract(attack):
    alone, together = (
        attacked(attack, rule(attack, name, "team"), PROGRAMMES[:15], waves=1)
        for name in ("ours, reports on places too, each table by itself", "ours, planned together")
    )

    assert together["known"] < alone["known"] / 3
    assert together["told"] > alone["told"] / 2


def test_the_page_has_a_line_for_every_rule(attack):
    page = (BENCHMARKS / "attack.md").read_text(encoding="utf-8")

    assert [found.name for found in attack.RULES if f"| {found.audience} | {found.name} |" not in page] == []
    assert f"| public | {attack.OURS} | 500 |" in page
