"""What an audience may see of statistics: change, gaps between groups, spread, reliability.

Each row of such a table rests on one group of people or on two. A row goes when a group is too small.
For the public no p is given, since p and a rounded base together often give the counts away; whether a
row was found to be more than chance stays. Where a group has fewer than 40 people the numbers go as well
and bands of words stay; from 40 on counts are rounded to 5 and the rest is worked out from them again, or
rounded to one decimal where it cannot be.
"""

from dataclasses import dataclass

import pandas as pd

from coprod.saying import BAND, EXACT, ROUNDED, band, base_said, rounded, said

MISSING = float("nan")
TESTS = ("p", "p_sign", "p_adjusted", "p_holm", "smallest_p", "p_unpaired", "statistic")


@dataclass(frozen=True)
class Kind:
    """A kind of table.

    Attributes
    ----------
    bases : tuple of str
        Columns with the people a row rests on.
    counts : tuple of str
        Columns with parts of them.
    numbers : tuple of str
        Columns with statistics worked out from these people.
    """

    bases: tuple[str, ...]
    counts: tuple[str, ...]
    numbers: tuple[str, ...]


# By a column that no other table has.
KINDS = {
    "improved": Kind(
        ("base",), ("linked", "improved", "same", "worse"), ("net", "low", "high", "chi2", "df")
    ),
    "delta": Kind(("n_a", "n_b"), ("base",), ("superiority", "delta", "low", "high", "spread")),
    "spread": Kind(("base",), (), ("spread",)),
    "alpha": Kind(("complete",), (), ("alpha", "low", "high", "unreversed")),
    "equal": Kind(
        ("smallest_base", "base"), ("n",), ("share", "low", "high", "equal", "equal_low", "equal_high")
    ),
    "statistic": Kind(("base",), ("linked",), ()),
}


def kind_of(table: pd.DataFrame) -> Kind | None:
    """Find what kind of statistics a table holds; None for any other table."""
    return next((kind for column, kind in KINDS.items() if column in table), None)


def large_enough(table: pd.DataFrame, kind: Kind, smallest: int) -> tuple[pd.DataFrame, list[str]]:
    """Take out the rows that rest on too few people, and say how many went."""
    kept = table[_smallest(table, kind) >= smallest]
    gone = len(table) - len(kept)
    if not gone:
        return kept, []
    rows = "One comparison rests" if gone == 1 else f"{gone} comparisons rest"
    return kept, [f"{rows} on fewer than {smallest} people in a group and cannot be shown."]


def precision(table: pd.DataFrame, kind: Kind, audience: str, exact_from: int) -> str:
    """Choose one precision for the whole table."""
    if audience == "internal":
        return EXACT
    return BAND if _smallest(table, kind).min() < exact_from else ROUNDED


def at(table: pd.DataFrame, kind: Kind, how: str) -> pd.DataFrame:
    """Give a table in one precision, with ``precision`` and, for change, ``said`` and ``base_said``."""
    worded = table.assign(precision=how)
    if how != EXACT:
        worded = worded.assign(**{name: MISSING for name in TESTS if name in table})
        worded = worded.drop(columns="bases", errors="ignore")  # each group's people, in words
        # "everybody gave the same answer" tells what each of them answered
        worded = worded.assign(**{name: "" for name in ("why_not", "why_no_gap") if name in table})
        people = [name for name in (*kind.bases, *kind.counts) if name in table]
        worded = worded.assign(**{name: table[name].astype(float).map(rounded) for name in people})
    if how == BAND:
        worded = _in_no_order(worded)
        gone = (*kind.counts, *kind.numbers)
        worded = worded.assign(**{name: MISSING for name in gone if name in table})
    if how == ROUNDED:
        worded = _rounded(worded, kind)
    if "equal" in table:
        hidden = [] if how == EXACT else ["equal", "equal_low", "equal_high"]
        return worded.assign(**dict.fromkeys(hidden, MISSING), **_weighted_said(table, worded, how))
    if "improved" not in table:
        return worded
    bases = [base_said(base, how) for base in worded["base"].astype(float)]
    return worded.assign(said=_moves_said(table, worded, how), base_said=bases)


def _in_no_order(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by what was found and by item, where rows stand in the order of numbers that do not show."""
    return (
        table.sort_values(["found", "item"], ascending=[False, True])
        if {"delta", "found"} <= set(table)
        else table
    )


def _smallest(table: pd.DataFrame, kind: Kind) -> pd.Series:
    return table[[name for name in kind.bases if name in table]].min(axis=1).fillna(0)


def _rounded(table: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    if "improved" not in table:
        return table.assign(
            **{name: table[name].astype(float).round(1) for name in kind.numbers if name in table}
        )
    from coprod.change.net import net_interval

    base = table[["base"]].join(table[["improved", "worse"]].sum(axis=1).rename("moved")).max(axis=1)
    low, high = net_interval(table["improved"], table["worse"], base)
    again = {"net": (table["improved"] - table["worse"]) / base, "low": low, "high": high}
    return table.assign(**again, **{name: table[name].round() for name in ("chi2",) if name in table})


def _weighted_said(table: pd.DataFrame, shown: pd.DataFrame, how: str) -> dict[str, list[str]]:
    """Say shares as answered, and with every sector counting the same; the public sees the former only.

    Both together, with two sectors, would give each sector's counts away.
    """
    rows = (table if how == BAND else shown).itertuples()
    as_answered = [said(row.n, row.base, how) for row in rows]
    equal = [_equal_said(row) if how == EXACT else "not shown" for row in table.itertuples()]
    return {"as_answered": as_answered, "equal_sectors": equal}


def _equal_said(row: tuple) -> str:
    if pd.isna(row.equal):
        return row.why_not
    return f"{row.equal:.0%}, 95% interval {row.equal_low:.0%} to {row.equal_high:.0%}"


def _moves_said(table: pd.DataFrame, shown: pd.DataFrame, how: str) -> list[str]:
    """Say how many moved: "27 of 44 improved, 3 got worse", or in bands."""
    if how == BAND:
        return [
            f"{band(row.improved, row.base)} improved, {band(row.worse, row.base)} got worse"
            for row in table.itertuples()
        ]
    about = "about " if how == ROUNDED else ""
    return [
        f"{about}{row.improved:.0f} of {row.base:.0f} improved, {about}{row.worse:.0f} got worse"
        for row in shown.itertuples()
    ]
