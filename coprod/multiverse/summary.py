"""What a finding's combinations come to: how many of them it holds in, and which choice it hangs on."""

from itertools import combinations

import numpy as np
import pandas as pd

from coprod.multiverse.choices import CHOICES

SUMMARY = [
    *("finding", "kind", "item", "text", "says", "group_a", "group_b", "verdict", "rests_on"),
    *("ways", "holds", "clear", "as_clear", "hangs_on", "alone", "options", "moves_most", "points"),
]


def summarised(table: pd.DataFrame) -> pd.DataFrame:
    """Sum each finding up in one row.

    Parameters
    ----------
    table : DataFrame
        Of :func:`coprod.multiverse.specifications`, or what an audience may see of it.

    Returns
    -------
    DataFrame, shape (findings, 18)
        ``finding`` to ``group_b``, ``verdict`` and ``rests_on`` of the chosen combination; ``ways``, the
        combinations that could be computed; in how many of them it ``holds`` and is ``clear``, and
        whether that is ``as_clear`` as it holds; ``hangs_on``,
        the choices that decide most often whether it holds or, where it always holds, whether it is clear,
        none where it is always clear; ``alone``, whether nothing else decides; ``options``, where it is one
        choice, for each option its name, in how many combinations it holds (or is clear), and of how many;
        ``moves_most`` and ``points`` as in the table.
    """
    rows = [_summed(rows) for _, rows in table.groupby("finding", sort=False)]
    return pd.DataFrame(rows, columns=SUMMARY)


def _summed(rows: pd.DataFrame) -> dict[str, object]:
    there = rows[rows["why_not"] == ""]
    holds, clear = int(there["holds"].sum()), int(there["clear"].sum())
    outcome = "holds" if holds < len(there) else "clear"
    choices = () if there[outcome].all() else hangs_on(there, outcome)
    by_option = there.groupby(choices[0], sort=False)[outcome] if len(choices) == 1 else ()
    told = [(option, int(given.sum()), len(given)) for option, given in by_option]
    return {
        **rows.iloc[0].reindex(SUMMARY).to_dict(),
        **{"ways": len(there), "holds": holds, "clear": clear, "as_clear": holds == clear},
        **{"hangs_on": choices, "alone": bool(told) and all(n in (0, of) for _, n, of in told)},
        "options": tuple(told),
    }


def hangs_on(rows: pd.DataFrame, outcome: str) -> tuple[str, ...]:
    """Name the choice between whose options an outcome differs most often, all other choices the same.

    Several where each decides as often: then it hangs on them together.
    """
    differs = dict(_differences(rows, outcome))
    most = max(differs.values())
    return tuple(choice for choice, apart in differs.items() if np.isclose(apart, most))


def moves_most(rows: pd.DataFrame) -> tuple[str, float]:
    """Name the choice between two of whose options the estimate differs most, and by how much on average.

    Returns
    -------
    choice : str
        "" where there is nothing to choose.
    points : float
        The mean absolute difference, all other choices the same; missing without a choice.
    """
    return max(_differences(rows, "estimate"), key=lambda one: one[1], default=("", np.nan))


def _differences(rows: pd.DataFrame, column: str) -> list[tuple[str, float]]:
    """Give, for every choice, the mean absolute difference of the two options that lie furthest apart."""
    there = rows[rows["why_not"] == ""]
    codes = {choice: pd.factorize(there[choice])[0] for choice in CHOICES}
    grid = np.full([code.max(initial=0) + 1 for code in codes.values()], np.nan)
    grid[tuple(codes.values())] = there[column]
    apart = []
    for axis, choice in enumerate(codes):
        means = [
            np.abs(one - other)[~np.isnan(one - other)].mean()
            for one, other in combinations(np.moveaxis(grid, axis, 0), 2)
            if not np.isnan(one - other).all()
        ]
        apart += [(choice, float(max(means)))] if means else []
    return apart
