"""Sentences on coded evidence: what observations speak of, and where they are silent.

A count is a count of statements in documents. It says how often something was written down, and not
how much it mattered, and no sentence here says that one thing brought about another.
"""

import math

import pandas as pd

from coprod.cases import NO_CONDITION, NO_PRINCIPLE, NOT_ONE_CASE
from coprod.findings.wording import capital, counted, quoted, refs
from coprod.privacy import Shown, table_of
from coprod.saying import Sentence

BEST = 3  # factors named on each side; those that are level with the next are left to the table
STATEMENTS = "These count statements in documents: how often a thing was told, not how much it mattered."


def factors(shown: Shown) -> list[Sentence]:
    """Name the enablers and the barriers that most observations speak of.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.enablers_and_barriers`.

    Returns
    -------
    list of Sentence
        Up to three for each direction, fewer where some are level; last, what the counts do not say.
    """
    said = []
    for direction, rows in table_of(shown).groupby("direction", sort=False):
        best = _best(rows)
        told = f"{counted(len(rows), f'different {direction}')} told of"
        if best.empty:
            most = rows["rows"].max()
            level = f"{(rows['rows'] == most).sum()} share the most, {counted(most, 'observation')}"
            said.append(Sentence(f"{capital(told)}; none stands out: {level} each.", refs(rows)))
        else:
            said += [Sentence(f"{capital(told)}.", refs(rows)), *map(_factor, best.itertuples())]
    return [*said, Sentence(STATEMENTS)] if said else []


def _factor(row: tuple) -> Sentence:
    where = f"{counted(row.rows, 'observation')} from {counted(row.sources, 'place')} in the sources"
    return Sentence(f"Among the {row.direction}s told most often: {row.factor}, {where}.", row.behind)


def _best(rows: pd.DataFrame) -> pd.DataFrame:
    """Take the best evidenced, without cutting through factors that are level."""
    ordered = rows.sort_values("rows", ascending=False, kind="stable")
    if len(ordered) <= BEST:
        return ordered
    return ordered.head(BEST)[lambda best: best["rows"] > ordered["rows"].iloc[BEST]]


def roles(shown: Shown) -> list[Sentence]:
    """Say how many of the expected contributions are seen elsewhere, and what else was brought.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.roles`.
    """
    table = table_of(shown)
    expected = table[table["expected"].astype(bool)]
    others, seen = table.drop(expected.index), expected[expected["elsewhere"] > 0]
    said = []
    if len(expected):
        told = f"Contributions that the framework expects: {len(expected)}"
        said.append(Sentence(f"{told}; told of beside its own statement: {len(seen)}.", refs(seen)))
    if len(others):
        said.append(
            Sentence(f"Beside what is expected: {counted(len(others), 'contribution')}.", refs(others))
        )
    rows = table.groupby(["stage", "sector"], sort=False)["elsewhere"].sum()
    silent = [f"{stage}, {sector}" for stage, sector in rows.index[rows == 0]]
    if silent:
        told = "Stages and sectors for which nothing beside the framework's own statement was told"
        said.append(Sentence(f"{told}: {'; '.join(silent)}."))
    return said


def expected_without_evidence(shown: Shown) -> list[Sentence]:
    """Name what the framework expects of a sector in a stage and no observation elsewhere supports.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.expected_without_evidence`.
    """
    return [
        Sentence(f"{stage}, {sector}: expected, but not told of here: {quoted(rows['brought'])}.", refs(rows))
        for (stage, sector), rows in table_of(shown).groupby(["stage", "sector"], sort=False)
    ]


def map_gaps(shown: Shown) -> list[Sentence]:
    """Say which pairs of a condition and a principle no observation speaks to.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.evidence_map`.
    """
    table = table_of(shown)
    pairs = table[(table["condition"] != NO_CONDITION) & (table["principle"] != NO_PRINCIPLE)]
    if pairs.empty:
        return []
    rows = pairs.groupby(["condition", "principle"], sort=False)["rows"].sum()
    gaps = rows[rows == 0].reset_index()
    told = f"Pairs of a condition and a principle: {len(rows)}"
    return [
        Sentence(f"{told}; spoken of together: {len(rows) - len(gaps)}.", refs(pairs)),
        *[
            Sentence(f"{condition}, never together with: {'; '.join(silent['principle'])}.")
            for condition, silent in gaps.groupby("condition", sort=False)
        ],
    ]


def recommendations(shown: Shown) -> list[Sentence]:
    """Say for each recommendation how many observations speak for it and how many against it.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.recommendations`.

    Returns
    -------
    list of Sentence
        One for each that an observation speaks to; last, those that none speaks to.
    """
    table = table_of(shown)
    if table.empty:
        return []
    spoken = table.groupby("recommendation")["rows"].transform("sum") > 0
    said = [
        _recommendation(title, rows) for title, rows in table[spoken].groupby("recommendation", sort=False)
    ]
    silent = table.loc[~spoken, "recommendation"].unique()
    if len(silent):
        said.append(Sentence(f"No observation speaks for or against these: {quoted(silent)}."))
    return said


def _recommendation(title: str, rows: pd.DataFrame) -> Sentence:
    sides = rows.set_index("bearing")["rows"]
    told = [f"{quoted([title])}: {sides['for']} for it, {sides['against']} against it"]
    for begun, column in (("About", "cases"), ("Conditions named", "conditions")):
        names = dict.fromkeys(name for cell in rows[column] for name in cell.split("; ") if name)
        if set(names) - {NOT_ONE_CASE}:  # what is about no single case comes last
            told.append(f"{begun}: {'; '.join(sorted(names, key=lambda name: name == NOT_ONE_CASE))}")
    return Sentence(f"{'. '.join(told)}.", refs(rows))


def coder_agreement(shown: Shown) -> list[Sentence]:
    """Say how far coders agreed.

    Parameters
    ----------
    shown : Shown
        Of :func:`coding.agreement` or :func:`coding.agreement_by_code`; their first column names what
        was coded.

    Returns
    -------
    list of Sentence
        One per row, with the number of observations, the interval, and what to be careful of.
    """
    table = table_of(shown)
    names = table.iloc[:, 0] if len(table) else []
    return [
        Sentence(_agreed(name, row), row.behind) for name, row in zip(names, table.itertuples(), strict=True)
    ]


def _agreed(name: str, row: tuple) -> str:
    parts = [f"{name}: {row.agreed} of {counted(row.units, 'observation')} read alike"]
    if not math.isnan(row.krippendorff):
        parts.append(f"Krippendorff's alpha {row.krippendorff:.2f}")
    if not math.isnan(row.low):
        parts.append(f"95% interval {row.low:.2f} to {row.high:.2f}")
    return " ".join(filter(None, (f"{', '.join(parts)}.", row.why_not, row.caution)))


def disagreements(shown: Shown) -> list[Sentence]:
    """Say how often coders read a row differently, and which two readings stood against each other most.

    Parameters
    ----------
    shown : Shown
        Of :func:`coding.disagreements`.

    Returns
    -------
    list of Sentence
        One for each variable, the one with most disagreements first.
    """
    table = table_of(shown)
    return (
        [_differed(name, rows) for name, rows in table.groupby("variable", sort=False)] if len(table) else []
    )


def _differed(name: str, rows: pd.DataFrame) -> Sentence:
    said = f"{name}: {counted(len(rows), 'observation')} read differently"
    pairs = rows.apply(lambda row: tuple(sorted((row["first"], row["second"]))), axis=1).value_counts()
    if pairs.iloc[0] > 1:
        said += f", {pairs.iloc[0]} of them as {quoted(pairs.index[:1][0]).replace('; ', ' and as ')}"
    return Sentence(f"{said}.", refs(rows))
