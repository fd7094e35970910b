"""The estimate of a finding under every combination of choices, and what the report's rule says of it.

Each of these takes counts of shape (populations, ...) and readings, and gives arrays of shape (readings,
populations, weights); weights are "as answered" and, where asked for, every sector the same.

The rule is the one by which the report came to say the finding. Of a share: its 95% interval (Wilson's, or
Price and Bonett's for equal sectors) lies above one half, below it, or holds it. Of a change or a gap: its
p, put in the place of the report's own among everything that was looked at, is a finding, in one direction
or the other. Where fewer people are counted the rule says less, and that does not turn a finding round: so
``way``, the side on which the estimate lies, is kept apart from ``verdict``.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod import likert, ranks
from coprod.change.net import FEWEST_PAIRS, flip_p
from coprod.multiverse.choices import Reading
from coprod.multiverse.counting import Counted
from coprod.weighting import equal_mean

HALF = 0.5


class Measured(NamedTuple):
    """What comes out, each of shape (readings, populations, weights).

    Attributes
    ----------
    estimate : ndarray
        A share, a net share or Cliff's delta; missing where fewer people than the smallest group answered,
        in all or, of two groups or with every sector the same, in one of them.
    base : ndarray
        People the estimate rests on; of two groups, or with every sector the same, of the smallest one.
    way, verdict : ndarray
        1 up, -1 down, 0 neither: of the estimate, and by the report's own rule.
    """

    estimate: NDArray
    base: NDArray
    way: NDArray
    verdict: NDArray


def share(counted: Counted, readings: Sequence[Reading], smallest: int, *, equal: bool) -> Measured:
    """Measure the share of favourable answers."""
    favourable, in_base = _masks(readings)
    n, base = (np.einsum("pa,ra->rp", counted.whole, mask) for mask in (favourable, in_base))
    low, high = likert.intervals(n.ravel(), base.ravel())
    parts = [(n / np.maximum(base, 1), low.reshape(n.shape), high.reshape(n.shape), base)]
    if equal:
        cells = [np.einsum("pga,ra->rpg", counted.groups, mask) for mask in (favourable, in_base)]
        parts.append((*_equal_means(*cells), cells[1].min(axis=-1)))
    estimate, low, high, base = (np.stack(part, axis=-1) for part in zip(*parts, strict=True))
    return _enough(estimate, base, smallest, estimate - HALF, (low > HALF) * 1 - (high < HALF) * 1)


def _masks(readings: Sequence[Reading]) -> tuple[NDArray, NDArray]:
    in_base = np.stack([reading.counted for reading in readings])
    return in_base * np.stack([reading.values for reading in readings]), in_base * 1


def _equal_means(n: NDArray, base: NDArray) -> NDArray:
    cells = zip(n.reshape(-1, n.shape[-1]), base.reshape(-1, n.shape[-1]), strict=True)
    means = [equal_mean(*cell) if cell[1].all() else (np.nan,) * 3 for cell in cells]
    return np.array(means).T.reshape(3, *n.shape[:-1])


def change(
    counted: Counted, readings: Sequence[Reading], smallest: int, *, equal: bool, found: Callable
) -> Measured:
    """Measure the net share of people who moved up.

    What every sector counts for changes nobody's answers, so there is one test, of the people, for both
    weights.
    """
    steps, both = _steps(readings)
    up, down, base = (
        np.einsum("pba,rba->rp", counted.whole, mask * both)
        for mask in (steps > 0, steps < 0, np.ones_like(both))
    )
    parts = [((up - down) / np.maximum(base, 1), base)]
    if equal:
        net, bases = (
            np.einsum("pgba,rba->rpg", counted.groups, mask) for mask in (np.sign(steps) * both, both * 1)
        )
        parts.append(((net / np.maximum(bases, 1)).mean(axis=-1), bases.min(axis=-1)))
    estimate, base = (np.stack(part, axis=-1) for part in zip(*parts, strict=True))
    p = np.array(
        [
            [_flip_p(size, table * mask) for table in counted.whole]
            for size, mask in zip(steps, both, strict=True)
        ]
    )
    return _enough(estimate, base, smallest, estimate, np.sign(estimate) * found(p)[..., None])


def _steps(readings: Sequence[Reading]) -> tuple[NDArray, NDArray]:
    """Give steps and whether they are in the base, shape (readings, answers before, answers after)."""
    values, counted = (
        np.stack([getattr(reading, name) for reading in readings]) for name in ("values", "counted")
    )
    return values[:, None, :] - values[:, :, None], counted[:, None, :] & counted[:, :, None]


def _flip_p(steps: NDArray, n: NDArray) -> float:
    return flip_p(steps, n) if n.sum() >= FEWEST_PAIRS else np.nan


def gap(
    counted: Counted, readings: Sequence[Reading], smallest: int, *, groups: tuple[str, str], found: Callable
) -> Measured:
    """Measure Cliff's delta of two groups; of favourable answers alone it is the difference of two shares."""
    a, b = (counted.titles.index(group) for group in groups)
    cells = np.empty((len(readings), len(counted.whole), 3))  # delta, people, p
    for row, reading in enumerate(readings):
        levels = np.unique(reading.values[reading.counted])
        taken = (reading.values == levels[:, None]) & reading.counted
        for place, table in enumerate(counted.groups @ taken.T):
            cells[row, place] = _gap(table, a, b)
    delta, base, p = (cells[..., [part]] for part in range(3))
    return _enough(delta, base, smallest, delta, np.sign(delta) * found(p))


def _gap(table: NDArray, a: int, b: int) -> tuple[float, int, float]:
    people = table.sum(axis=1)
    base = min(people[a], people[b])
    if base < FEWEST_PAIRS:
        return np.nan, base, np.nan
    together = table[people >= FEWEST_PAIRS]
    differ = np.count_nonzero(together.sum(axis=0)) > 1
    return (
        2 * float(ranks.superiority(table[a], table[b])) - 1,
        base,
        ranks.permutation_p(together)[0] if differ else np.nan,
    )


def _enough(estimate: NDArray, base: NDArray, smallest: int, above: NDArray, verdict: NDArray) -> Measured:
    """Leave out what rests on too few people."""
    kept = base >= smallest
    return Measured(
        np.where(kept, estimate, np.nan),
        base,
        np.where(kept, np.nan_to_num(np.sign(above)), 0).astype(int),
        np.where(kept, np.nan_to_num(verdict), 0).astype(int),
    )
