"""Titles and alternative texts of enablers and barriers, said from the tables that were drawn."""

import pandas as pd

from coprod.figures.wording import counted, quoted, some_of
from coprod.saying import joined

DIRECTIONS = ("enabler", "barrier")


def beside(rows: int, sources: int) -> str:
    """Say at a bar's end how many observations it stands for, and in how many places they are."""
    return f"{rows}, in {counted(sources, 'place')}"


def rest(left_out: pd.DataFrame) -> list[str]:
    """Say how many factors are left to the table, and that none is better evidenced than so much."""
    more = left_out["factor"].nunique()
    if not more:
        return []
    most = counted(int(left_out["rows"].max()), "observation")
    stand = "stands" if more == 1 else "stand"
    return [
        f"{counted(more, 'more factor')}, with {most} at most, {stand} among the numbers behind this figure."
    ]


def bars_title(table: pd.DataFrame) -> str:
    """Name the enabler and the barrier with the most observations, and count those that tie with them."""
    tops = [f"among {one}s: {_most(table[table['direction'] == one])}" for one in DIRECTIONS]
    title = f"most observations {'; '.join(tops)}"
    return f"{table['group'].iloc[0]}: {title}" if "group" in table else f"M{title[1:]}"


def _most(rows: pd.DataFrame) -> str:
    """Name the factor with the most observations; where all tie, none is picked out."""
    if rows.empty:
        return "none"
    most = rows["rows"].max()
    tied = [str(factor) for factor in rows.loc[rows["rows"] == most, "factor"]]
    each = " each" if len(tied) > 1 else ""
    alike = len(tied) == len(rows) > 2
    return f"{f'{len(tied)} factors alike' if alike else _named(tied)}, {most}{each}"


def _mostly(rows: pd.DataFrame) -> str:
    """Say what most of a group's observations are about; where every factor ties, "most" would mislead."""
    return f"{'most: ' if rows['rows'].nunique() > 1 else ''}{_most(rows)}"


def _named(factors: list[str]) -> str:
    return joined([quoted(factor) for factor in factors]) if len(factors) == 2 else some_of(factors)


def bars_alt(drawn: pd.DataFrame, more: list[str]) -> str:
    """Say every bar."""
    spoken = [
        f"{quoted(str(factor))}: {joined([_spoken(row) for row in rows.itertuples()])}."
        for factor, rows in drawn.groupby("factor", sort=False)
    ]
    kind = "Bars to the left for barriers and to the right for enablers"
    whole = counted(drawn["factor"].nunique(), "factor")
    whose = f" for {drawn['group'].iloc[0]}" if "group" in drawn else ""
    return " ".join([f"{kind}, {whole}{whose}.", *spoken, *more])


def _spoken(row: tuple) -> str:
    observations = counted(row.rows, "observation")
    return f"as {_a(row.direction)} {observations} in {counted(row.sources, 'place')}"


def _a(direction: str) -> str:
    return f"an {direction}" if direction == "enabler" else f"a {direction}"


def totals(table: pd.DataFrame) -> pd.DataFrame:
    """Put together each group's observations on each side.

    Parameters
    ----------
    table : DataFrame
        Of :func:`coprod.cases.factors_by`; an observation with several codes stands in several rows.

    Returns
    -------
    DataFrame
        ``group``, ``direction``, ``rows`` (different observations), ``factors`` (how many they speak of)
        and ``most``: the factor that most of them speak of, in words, with how many do.
    """
    sums = [
        {
            **{"group": group, "direction": direction},
            **{"rows": len({ref for refs in rows["behind"] for ref in refs}), "factors": len(rows)},
            "most": _mostly(rows),
        }
        for (group, direction), rows in table.groupby(["group", "direction"], sort=False)
    ]
    return pd.DataFrame(sums)


def totals_title(sums: pd.DataFrame, groups: list[str]) -> str:
    """Say which groups have more observations on barriers than on enablers.

    Parameters
    ----------
    sums : DataFrame
        Of :func:`totals`, the groups of one figure.
    groups : list of str
        Those of all figures, in order.
    """
    sides = sums.pivot_table(index="group", columns="direction", values="rows", sort=False, fill_value=0)
    sides = sides.reindex(columns=list(DIRECTIONS), fill_value=0)
    more = list(sides.index[sides["barrier"] > sides["enabler"]])
    here = list(sums["group"].unique())
    which = f": {some_of([str(group) for group in more])}" if more else ""
    title = f"More observations on barriers than on enablers in {len(more) or 'none'} of {len(here)}{which}"
    if len(here) == len(groups):
        return title
    first = groups.index(here[0]) + 1
    return f"{title} (groups {first} to {first + len(here) - 1} of {len(groups)})"


def totals_alt(sums: pd.DataFrame) -> str:
    """Say each group's two totals, and what most of them are about."""
    spoken = []
    for group, rows in sums.groupby("group", sort=False):
        said = [
            f"{counted(row.rows, 'observation')} on {counted(row.factors, row.direction)} ({row.most})"
            for row in rows.itertuples()
        ]
        missing = [f"none on {one}s" for one in DIRECTIONS if one not in set(rows["direction"])]
        spoken.append(f"{group}: {joined([*said, *missing])}.")
    kind = "Bars to the left for barriers and to the right for enablers"
    return f"{kind}, {counted(len(spoken), 'group')}. {' '.join(spoken)}"
