"""Whether answers moved over three waves or more: Friedman's statistic, with a p by permutation.

Within each person the answers are ranked over the waves, ties sharing their mean rank. If nothing had
changed but by chance, each person's ranks could as well have come in any other order. The p is the
share of all ways to put everybody's ranks into an order whose rank sums are at least as uneven as the
ones observed. With few people they are all counted; with more, 9,999 are drawn, always the same ones.

Source
------
Friedman (1937), Journal of the American Statistical Association 32(200), 675-701. That drawn ways
count the observed one too: Phipson and Smyth (2010), Statistical Applications in Genetics and
Molecular Biology 9(1), 39.
"""

from itertools import permutations

import numpy as np
from scipy.stats import friedmanchisquare, rankdata

EXACT, DRAWN = "exact", "9,999 random orders"
EXACT_WORK = 50_000  # rank sums times orders; together some tenths of a second
DRAWS = 9_999
SEED = 1937


def friedman(places: np.ndarray) -> tuple[float, float, str]:
    """Give Friedman's statistic, its permutation p, and how the p was found.

    Parameters
    ----------
    places : ndarray of int, shape (people, waves)
        Answers as places in the scale; three waves or more, and not everybody the same in all.

    Returns
    -------
    statistic : float
        Corrected for ties, as ``scipy.stats.friedmanchisquare`` gives it.
    p : float
    how : str
        "exact" or "9,999 random orders".
    """
    statistic = float(friedmanchisquare(*places.T).statistic)
    ranks = np.rint(2 * rankdata(places, axis=1)).astype(np.int64)  # twice, so that halves are whole numbers
    patterns, people = np.unique(np.sort(ranks, axis=1), axis=0, return_counts=True)
    observed = _unevenness(ranks.sum(axis=0))
    p = _exact_p(patterns, people, observed)
    return (
        (statistic, p, EXACT) if p is not None else (statistic, _drawn_p(patterns, people, observed), DRAWN)
    )


def _unevenness(rank_sums: np.ndarray) -> np.ndarray:
    """Return what grows with Friedman's statistic while the ranks stay the same; the last axis is waves."""
    return (rank_sums**2).sum(axis=-1)


def _orders(pattern: np.ndarray) -> np.ndarray:
    return np.array(list(permutations(pattern)))


def _exact_p(patterns: np.ndarray, people: np.ndarray, observed: int) -> float | None:
    """Add up people one by one; None when there get to be too many sums.

    Sums that differ only in which wave is which are as uneven and as likely, so they are kept as one.
    """
    sums, chances = np.zeros((1, patterns.shape[1]), dtype=np.int64), np.ones(1)
    for pattern in np.repeat(patterns, people, axis=0):
        orders = _orders(pattern)
        if len(sums) * len(orders) > EXACT_WORK:
            return None
        every = np.sort((sums[:, None] + orders).reshape(-1, len(pattern)), axis=1)
        sums, which = np.unique(every, axis=0, return_inverse=True)
        chances = np.bincount(which, weights=np.repeat(chances, len(orders)) / len(orders))
    return float(min(chances[_unevenness(sums) >= observed].sum(), 1))


def _drawn_p(patterns: np.ndarray, people: np.ndarray, observed: int) -> float:
    rng = np.random.default_rng(SEED)
    sums = np.zeros((DRAWS, patterns.shape[1]), dtype=np.int64)
    for pattern, count in zip(patterns, people, strict=True):
        orders = _orders(pattern)
        sums += rng.multinomial(count, np.full(len(orders), 1 / len(orders)), size=DRAWS) @ orders
    return (1 + int((_unevenness(sums) >= observed).sum())) / (1 + DRAWS)
