"""How often so few cases look as if they fitted perfectly, though nothing is behind it but chance."""

import math

import numpy as np

DRAWS = 20_000  # the error of a share is then at most 0.004, one standard error
MOST_CONDITIONS = 60  # a case's conditions are kept in the bits of one whole number


def chance(cases: int, conditions: int) -> dict[str, float]:
    """Say how often random data look perfect.

    In the random data every case has every condition or lacks it, and has the outcome or lacks it, as a
    fair coin falls; programmes in which all cases have the outcome, or all lack it, are left out.

    Parameters
    ----------
    cases, conditions : int
        How many cases and conditions, all of them known.

    Returns
    -------
    dict
        Shares 0-1 of random programmes: ``no_contradiction``, in which no two cases with the same
        conditions differ in the outcome; ``one_perfect``, in which at least one condition was there in
        exactly the cases with the outcome, or in exactly those without it. Missing with fewer than two
        cases, which cannot differ. Of 20,000 draws, and the same on every run.

    Raises
    ------
    ValueError
        A number is negative, or there are more than 60 conditions.
    """
    if cases < 0 or not 0 <= conditions <= MOST_CONDITIONS:
        most = f"0 to {MOST_CONDITIONS} conditions"
        raise ValueError(f"There can be 0 or more cases and {most}, not {cases} and {conditions}.")
    if cases < 2:
        return {"no_contradiction": math.nan, "one_perfect": math.nan}
    rng = np.random.default_rng([cases, conditions])
    outcome = rng.integers(0, 2, size=(DRAWS, cases))
    outcome = outcome[(outcome.min(axis=1) == 0) & (outcome.max(axis=1) == 1)]
    met = rng.integers(0, 2**conditions, size=outcome.shape)
    return {
        "no_contradiction": float(1 - _contradicted(met, outcome).mean()),
        "one_perfect": float(_perfect(met, outcome, conditions).mean()),
    }


def _contradicted(met: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """Find programmes in which two cases with the same conditions differ, shape (programmes,).

    Sorted by conditions and then by outcome, two such cases stand side by side somewhere.
    """
    ranked = np.sort(2 * met + outcome, axis=1)
    same_conditions = np.diff(ranked // 2, axis=1) == 0
    return (same_conditions & (np.diff(ranked, axis=1) > 0)).any(axis=1)


def _perfect(met: np.ndarray, outcome: np.ndarray, conditions: int) -> np.ndarray:
    """Find programmes in which one condition goes with the outcome in every case, or against it in every."""
    found = np.zeros(len(met), dtype=bool)
    for condition in range(conditions):
        agrees = (met >> condition) % 2 == outcome
        found |= agrees.all(axis=1) | ~agrees.any(axis=1)
    return found
