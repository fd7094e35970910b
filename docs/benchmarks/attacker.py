"""Somebody who adds, subtracts and tries out, to learn the cells behind published numbers.

What is published about one question is a list of sums over cells, each between two bounds. A cell is given
away when it has the same count in every way to fill in whole numbers that agrees with all of them. First
sums are taken from one another (a cell that follows from exact sums alone). Then fillings are sought by a
mixed-integer programme: one in which a cell is different shows that the cell is safe. For what is left,
two more programmes ask whether the cell could be one lower, or one higher.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

TRIES = 3  # directions in a row that tell nothing new, before the cells left are tried one by one
SECONDS = 2.0  # for one filling; a cell that is not settled by then counts as given away


@dataclass(frozen=True)
class Published:
    """What is known about the cells of one question.

    Attributes
    ----------
    sums : sparse array, shape (sums, cells)
        How often each cell counts in each sum.
    low, high : ndarray, shape (sums,)
        The bounds of each sum.
    most : ndarray, shape (cells,)
        The most people that a cell can have.
    """

    sums: sparse.csr_array
    low: np.ndarray
    high: np.ndarray
    most: np.ndarray


def given_away(known: Published, wanted: np.ndarray, truth: np.ndarray, seed: int = 0) -> np.ndarray:
    """Say which sums of cells can be nothing but what they are.

    Parameters
    ----------
    known : Published
        It must agree with ``truth``.
    wanted : ndarray, shape (wanted, cells)
        Sums that the attacker would like to know.
    truth : ndarray, shape (cells,)
        People.

    Returns
    -------
    ndarray of bool, shape (wanted,)
    """
    exact = wanted @ truth
    found = subtracted(known, wanted)
    left = np.flatnonzero(~found)
    rng, idle = np.random.default_rng(seed), 0
    while len(left):
        if idle < TRIES:
            filling = _filled(known, rng.choice([-1.0, 1.0], len(left)) @ wanted[left])
        else:
            filling = _otherwise(known, wanted[left[0]], exact[left[0]])
            found[left[0]] = filling is None
        same = np.ones(len(left), bool) if filling is None else wanted[left] @ filling == exact[left]
        idle += same.all()
        left = left[same & ~found[left]]
    return found


def subtracted(known: Published, wanted: np.ndarray) -> np.ndarray:
    """Say which sums follow from adding and subtracting the exact ones."""
    exact = known.sums[known.low == known.high].toarray()
    none = np.flatnonzero(known.most == 0)
    rows = np.vstack([exact, np.eye(len(known.most))[none]])
    if not len(rows):
        return np.zeros(len(wanted), bool)
    _, sizes, basis = np.linalg.svd(rows, full_matrices=False)
    basis = basis[sizes > 1e-9]
    return np.abs(wanted - wanted @ basis.T @ basis).max(axis=1) < 1e-6


def _otherwise(known: Published, row: np.ndarray, count: float) -> np.ndarray | None:
    """Fill in whole numbers with another count in one sum, if there are any."""
    for low, high in [(0, count - 1), (count + 1, np.inf)][int(count == 0) :]:
        more = replace(
            known,
            sums=sparse.vstack([known.sums, sparse.csr_array(row[None])]),
            low=np.append(known.low, low),
            high=np.append(known.high, high),
        )
        filling = _filled(more, np.zeros(len(row)))
        if filling is not None:
            return filling
    return None


def _filled(known: Published, towards: np.ndarray) -> np.ndarray | None:
    """Fill in whole numbers that agree with what is known; None where there are none, or none in time."""
    answer = milp(
        -towards,
        constraints=LinearConstraint(known.sums, known.low, known.high),
        integrality=np.ones(len(towards)),
        bounds=Bounds(0, known.most),
        options={"time_limit": SECONDS, "mip_rel_gap": 0.5},
    )
    return None if answer.x is None else np.rint(answer.x)
