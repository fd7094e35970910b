"""How often the workbook's intervals and tests are right, found out by counting.

Coverage of shares and of net change is exact: every outcome that so many people can have is listed with
its chance. That of Cliff's delta is simulated. Findings are counted in simulated programmes of twenty
questions on five labels, in which we know what changed, and set beside what is often done: a paired t
test on codes, and a Mann-Whitney test that takes the two waves for different people.

Run it in the workbook: python docs/benchmarks/calibration.py. It takes a few minutes and writes
docs/benchmarks/calibration.md and .csv and docs/figures/calibration.svg; --small is for the tests.
"""

import argparse
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import calibration_page as written
import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import binom, mannwhitneyu, multinomial, multivariate_normal, norm, ttest_rel
from statsmodels.stats.proportion import proportion_confint

from coprod import compare, likert, multiplicity, ranks
from coprod.change.net import flip_p, net_interval
from coprod.figures import styled

DOCS = Path(__file__).resolve().parents[1]
GRID = np.linspace(0.05, 0.95, 19)  # true shares
SCALES = (3, 5, 7, 11)  # labels
ITEMS, NAMED = 20, 3  # questions in a simulated programme, and of them named in advance
NET = 0.30  # the true net change to be found
ROUNDING = 1e-12

# Where an answer comes from, as in the demo: the person, the person's view of the question, and the day.
PERSON, VIEW, DAY = 0.35, 0.40, 0.25
# Shares of the five labels at the start; each serves every fourth question.
STARTS = np.array([[6, 20, 34, 31, 9], [9, 24, 27, 30, 10], [3, 9, 20, 46, 22], [18, 34, 22, 20, 6]]) / 100

ENDS = Callable[[np.ndarray, np.ndarray, int], tuple[np.ndarray, np.ndarray]]


class Size(NamedTuple):
    """How much to count."""

    bases: tuple[int, ...]  # of the intervals
    people: tuple[int, ...]  # in programmes without a change
    people_power: tuple[int, ...]  # in programmes with one
    programmes: int
    draws: int  # of two groups, for each true delta


FULL = Size((5, 8, 12, 20, 40, 100), (8, 12, 20, 40), (12, 20, 40), 2_000, 20_000)
SMALL = Size((5, 8), (8, 12), (12,), 60, 500)


# Intervals


def wald_net(improved: np.ndarray, worse: np.ndarray, base: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the textbook's interval of a net share: the share, plus and minus 1.96 standard errors."""
    net = (improved - worse) / base
    half = norm.ppf(0.975) * np.sqrt(((improved + worse) / base - net**2) / base)
    return net - half, net + half


def share_coverage(base: int, ends: Callable[[int, int], tuple[float, float]]) -> np.ndarray:
    """Add up the chances of the outcomes whose interval holds the true share, for each share of the grid."""
    n = np.arange(base + 1)
    low, high = np.array([ends(int(count), base) for count in n]).T
    holds = (low <= GRID[:, None] + ROUNDING) & (high >= GRID[:, None] - ROUNDING)
    return (binom.pmf(n, base, GRID[:, None]) * holds).sum(axis=1)


def net_coverage(base: int, ends: ENDS, truths: np.ndarray) -> np.ndarray:
    """Add up the chances of the outcomes whose interval holds the true net share.

    `truths` has a row for each pair of true shares, improved and worse.
    """
    improved, worse = (axis.ravel() for axis in np.indices((base + 1, base + 1)))
    possible = improved + worse <= base
    improved, worse = improved[possible], worse[possible]
    low, high = ends(improved, worse, base)
    outcomes = np.column_stack([improved, worse, base - improved - worse])
    held = []
    for better, down in truths:
        holds = (low <= better - down + ROUNDING) & (high >= better - down - ROUNDING)
        shares = [better, down, max(1 - better - down, 0)]
        held.append(multinomial.pmf(outcomes[holds], base, shares).sum())
    return np.array(held)


def truths_of_grid() -> np.ndarray:
    """List the pairs of improved and worse on the grid that leave room for each other."""
    return np.array([(better, down) for better in GRID for down in GRID if better + down <= 1 + ROUNDING])


def crossed(cuts: np.ndarray, shift: float, day: float = DAY) -> np.ndarray:
    """Return the chance of each before x after on a scale, when everybody moves by `shift`."""
    ends = np.array([-9, *cuts, 9])
    both = multivariate_normal([0, 0], [[1, 1 - day], [1 - day, 1]])
    upto = [[both.cdf([before, after - shift]) for after in ends] for before in ends]
    return np.diff(np.diff(upto, axis=0), axis=1)


def truths_of_scale(labels: int) -> np.ndarray:
    """List true shares as they come about on a scale: steady and less steady people, small to large moves."""
    cuts = norm.ppf(np.arange(1, labels) / labels)
    tables = [crossed(cuts, shift, day) for day in (0.25, 0.5) for shift in np.linspace(0, 1.6, 9)]
    return np.array([(np.triu(table, 1).sum(), np.tril(table, -1).sum()) for table in tables])


def delta_coverage(people: int, labels: int, draws: int) -> np.ndarray:
    """Count how often the interval of two groups' Cliff's delta holds the true one, for each of several."""
    cuts = np.array([-np.inf, *norm.ppf(np.arange(1, labels) / labels), np.inf])
    rng = np.random.default_rng([people, labels])
    held = []
    for ahead in np.linspace(0, 1.8, 7):
        shares = [np.diff(norm.cdf(cuts - place)) for place in (ahead / 2, -ahead / 2)]
        true = 2 * ranks.superiority(*shares) - 1
        low, high = compare.delta_interval(*(rng.multinomial(people, share, size=draws) for share in shares))
        held.append(((low <= true + ROUNDING) & (true - ROUNDING <= high)).mean())
    return np.array(held)


def coverage_rows(size: Size) -> Iterator[dict[str, object]]:
    """Give the coverage of every interval, for each base and set of truths."""
    sets = {"grid": truths_of_grid(), **{f"{labels} labels": truths_of_scale(labels) for labels in SCALES}}
    for base in size.bases:
        held = {(written.SHARE, "grid"): share_coverage(base, likert.interval)}
        held[written.TEXTBOOK_SHARE, "grid"] = share_coverage(
            base, partial(proportion_confint, method="normal")
        )
        for truths, pairs in sets.items():
            held[written.NET_CHANGE, truths] = net_coverage(base, net_interval, pairs)
        held[written.TEXTBOOK_NET, "grid"] = net_coverage(base, wald_net, sets["grid"])
        for labels in SCALES:
            held[written.DELTA, f"{labels} labels"] = delta_coverage(base, labels, size.draws)
        for (interval, truths), coverage in held.items():
            told = {"what": interval, "truths": truths, "n": base}
            yield {**told, "measure": written.MEAN, "value": coverage.mean()}
            yield {**told, "measure": written.LOWEST, "value": coverage.min()}


# Programmes


def shift_for(start: np.ndarray, net: float) -> float:
    """Find how far everybody must move for a net share, on a question that starts from these shares."""
    cuts = norm.ppf(np.cumsum(start)[:-1])

    def missing(shift: float) -> float:
        table = crossed(cuts, shift)
        return np.triu(table, 1).sum() - np.tril(table, -1).sum() - net

    return brentq(missing, 0, 3, xtol=1e-4)


def programmes(people: int, count: int, shifts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Simulate linked answers before and after; places on the scale, shape (programmes, items, people)."""
    rng = np.random.default_rng([people, count, int(shifts.any())])
    content = np.sqrt(PERSON) * rng.standard_normal((count, 1, people))
    view = content + np.sqrt(VIEW) * rng.standard_normal((count, ITEMS, people))
    cuts = norm.ppf(np.cumsum(STARTS, axis=1)[:, :-1])[np.arange(ITEMS) % len(STARTS)]
    answers = []
    for moved in (np.zeros(ITEMS), shifts):
        line = view + np.sqrt(DAY) * rng.standard_normal(view.shape) + moved[:, None]
        answers.append((line[..., None] > cuts[:, None]).sum(axis=-1))
    return answers[0], answers[1]


@cache
def _flip_p(steps: tuple[int, ...], n: tuple[int, ...]) -> float:
    return flip_p(steps, n)


def exact_p(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Test every question of every programme; missing where nobody moved."""
    steps = after - before
    sizes = tuple(range(-4, 5))
    n = np.stack([(steps == size).sum(axis=-1) for size in sizes], axis=-1)
    p = [_flip_p(sizes, tuple(counts)) for counts in n.reshape(-1, len(sizes)).tolist()]
    return np.array(p).reshape(n.shape[:2])


def group_p(answers: np.ndarray) -> np.ndarray:
    """Test every question of every programme for a difference between the two halves of the people."""
    halves = np.array_split(answers, 2, axis=-1)
    counts = np.stack([[(half == label).sum(axis=-1) for label in range(5)] for half in halves])
    p = np.empty(answers.shape[:2])
    for place in np.ndindex(p.shape):
        p[place] = ranks.permutation_p(counts[:, :, *place])[0]
    return p


def p_where(test: Callable, before: np.ndarray, after: np.ndarray, varies: np.ndarray) -> np.ndarray:
    """Test every question in which anything varies; elsewhere p is 1."""
    p = np.ones(varies.shape)
    p[varies] = test(after[varies], before[varies], axis=-1).pvalue
    return p


def as_often_done(before: np.ndarray, after: np.ndarray) -> dict[str, np.ndarray]:
    """Say which questions come out below 0.05 in the tests that are often used."""
    both = np.concatenate([before, after], axis=-1)
    asymptotic = partial(mannwhitneyu, method="asymptotic")  # what packages do where answers tie
    return {
        written.T_TEST: p_where(ttest_rel, before, after, np.ptp(after - before, axis=-1) > 0)
        < multiplicity.LEVEL,
        written.RANK_TEST: p_where(asymptotic, before, after, np.ptp(both, axis=-1) > 0) < multiplicity.LEVEL,
    }


def found(p: np.ndarray, named: int = 0) -> np.ndarray:
    """Say which tests of each programme are findings when the first few are named in advance."""
    items = [f"q{number}" for number in range(p.shape[1])]
    tables = (pd.DataFrame({"item": items, "p": row}) for row in p)
    return np.array([multiplicity.found(multiplicity.adjust(table, items[:named])) for table in tables])


def programme_rows(size: Size) -> Iterator[dict[str, object]]:
    """Count the programmes in which nothing changed and nothing differs, and something is found."""
    for people in size.people:
        before, after = programmes(people, size.programmes, np.zeros(ITEMS))
        p = exact_p(before, after)
        analyses = {
            written.WORKBOOK: found(p),
            written.IN_ADVANCE: found(p, NAMED),
            written.WITH_GROUPS: found(np.column_stack([p, group_p(after)])),
            **as_often_done(before, after),
        }
        for analysis, findings in analyses.items():
            told = {"what": analysis, "truths": "nothing changed", "n": people}
            yield {**told, "measure": written.ANY_FINDING, "value": findings.any(axis=1).mean()}


def power_rows(size: Size) -> Iterator[dict[str, object]]:
    """Count how often a true net change is found, where few or several of the questions have one."""
    for changed in (1, 5):
        shifts = np.zeros(ITEMS)
        shifts[:changed] = [shift_for(STARTS[item % len(STARTS)], NET) for item in range(changed)]
        for people in size.people_power:
            before, after = programmes(people, size.programmes, shifts)
            p = exact_p(before, after)
            analyses = {
                written.ALONE: p[:, :changed] < multiplicity.LEVEL,
                written.WORKBOOK: found(p)[:, :changed],
                written.IN_ADVANCE: found(p, NAMED)[:, : min(changed, NAMED)],
                **{name: there[:, :changed] for name, there in as_often_done(before, after).items()},
            }
            for analysis, findings in analyses.items():
                told = {"what": analysis, "truths": f"{changed} of {ITEMS} changed", "n": people}
                yield {**told, "measure": written.FOUND, "value": findings.mean()}


def write(size: Size, docs: Path) -> pd.DataFrame:
    """Count everything, and write the page, the numbers and the figure into a docs folder."""
    rows = [*coverage_rows(size), *programme_rows(size), *power_rows(size)]
    table = pd.DataFrame(rows)[["what", "truths", "n", "measure", "value"]].round(6)
    for folder in ("benchmarks", "figures"):
        (docs / folder).mkdir(parents=True, exist_ok=True)
    table.to_csv(docs / "benchmarks" / "calibration.csv", index=False, lineterminator="\n")
    text = written.page(table, alt=written.alt_text(table), programmes=size.programmes, items=ITEMS, net=NET)
    (docs / "benchmarks" / "calibration.md").write_text(text, encoding="utf-8", newline="\n")
    with styled():
        metadata = dict.fromkeys(("Date", "Creator"))  # or each run would write another file
        written.draw(table).savefig(docs / "figures" / "calibration.svg", metadata=metadata)
    return table


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Count how often intervals and tests are right.")
    parser.add_argument("--small", action="store_true", help="a small version, in seconds")
    parser.add_argument("--docs", type=Path, default=DOCS, help="where to write")
    arguments = parser.parse_args()
    write(SMALL if arguments.small else FULL, arguments.docs)
