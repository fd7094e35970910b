"""Sentences on cases: who was in, who came and went, and what came of it.

They say what the sources tell, and know the entries and observations they rest on. What a source does
not tell is said to be untold: that is no sign that it did not happen.
"""

import pandas as pd

from coprod.cases.outcomes import KINDS, NO_ROW
from coprod.findings.wording import capital, counted, quoted, refs
from coprod.privacy import Shown, table_of
from coprod.saying import Sentence, joined

STATUSES = ("reached", "partly reached", "not reached", "unexpected", "planned")
FELL_SHORT = ("not reached", "partly reached")
NAMED = (*FELL_SHORT, "unexpected")  # which may be bad news too; the others are counted
NONE_FELL_SHORT = "No outcome is told as not reached or partly reached; sources seldom dwell on these."


def case_studies(shown: Shown) -> list[Sentence]:
    """Say which cases there are, and how many were in their teams.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.overview`.
    """
    table = table_of(shown)
    if table.empty:
        return []
    cases, behind = list(table.itertuples()), refs(table)
    titles = ", ".join(f"{case.case} ({case.issue})" for case in cases)
    if len(cases) == 1:
        return [Sentence(f"One case study: {titles}. In its team: {_team(cases[0])}.", behind)]
    teams = "; ".join(f"{case.case} with {_team(case)}" for case in cases)
    return [
        Sentence(f"{len(cases)} case studies: {titles}.", behind),
        Sentence(f"Teams: {teams}.", behind),
    ]


def _team(case: tuple) -> str:
    if not case.organisations:
        return "no organisation named"
    return f"{counted(case.organisations, 'organisation')} from {counted(case.sectors, 'sector')}"


def layers(shown: Shown) -> list[Sentence]:
    """Say for each case how many organisations each layer had, and which sectors a layer was without.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.layers`.
    """
    return [_layers(case, rows) for case, rows in table_of(shown).groupby("case", sort=False)]


def _layers(case: str, rows: pd.DataFrame) -> Sentence:
    each = rows.groupby("layer", sort=False)["organisations"].sum()
    named = ", ".join(f"{layer} {count}" for layer, count in each.items())
    nobody = rows[(rows["organisations"] == 0) & (rows["layer"].map(each) > 0)]
    without = [
        f"; none in {layer} from {joined(list(sectors))}"
        for layer, sectors in nobody.groupby("layer", sort=False)["sector"]
    ]
    return Sentence(f"{case}, organisations that are named: {named}{''.join(without)}.", refs(rows))


def comings_and_goings(shown: Shown) -> list[Sentence]:
    """Say for each case who joined its team and who left it.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.changes`.
    """
    return [
        Sentence(f"{case}, {what}: {'; '.join(map(_whom, rows.itertuples()))}.", refs(rows))
        for (case, what), rows in table_of(shown).groupby(["case", "what"], sort=False)
    ]


def _whom(row: tuple) -> str:
    """Name who came or went: "Local Motion, one officer (Third sector; During delivery)"."""
    return f"{row.who} ({'; '.join(filter(None, (row.sector, row.when.removesuffix('.'))))})"


def ties(shown: Shown) -> list[Sentence]:
    """Say for each case how many pairs of organisations worked together before and after.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.ties`: the pairs that a source speaks of.
    """
    return [_ties(case, rows) for case, rows in table_of(shown).groupby("case", sort=False)]


def _ties(case: str, rows: pd.DataFrame) -> Sentence:
    before, after = rows["before"], rows["after"]
    parts = [
        f"{case}: the sources speak of {counted(len(rows), 'pair')} of organisations",
        f"together before: {(before == 'yes').sum()}",
        f"together by the end: {(after == 'yes').sum()}, of which not before: "
        f"{((before == 'no') & (after == 'yes')).sum()}",
    ]
    ended = rows[(before == "yes") & (after == "no")]
    parts += [f"no longer together: {pair.one} and {pair.other}" for pair in ended.itertuples()]
    open_ = ((before == "not known") | (after == "not known")).sum()
    return Sentence(f"{'; '.join([*parts, *([f'not fully known: {open_}'] if open_ else [])])}.", refs(rows))


def outcomes(shown: Shown) -> list[Sentence]:
    """Say how many outcomes were reached, by status and by kind, and name those that fell short.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.outcomes`.

    Returns
    -------
    list of Sentence
        The whole, a sentence for each kind, and for each case what was not reached, partly reached or
        unexpected: outcomes that went badly are named, and never only counted.
    """
    table = table_of(shown)
    if table.empty:
        return []
    of = f"{counted(len(table), 'outcome')} of {counted(table['case'].nunique(), 'case')}"
    said = [Sentence(f"{of}: {_by_status(table)}.", refs(table))]
    for kind in KINDS:
        rows = table[table["kind"] == kind]
        told = _by_status(rows) if len(rows) else "none told"
        said.append(Sentence(f"Of the kind {kind}: {told}.", refs(rows)))
    silent = [] if table["status"].isin(FELL_SHORT).any() else [Sentence(NONE_FELL_SHORT)]
    return [*said, *_named(table), *silent]


def _named(table: pd.DataFrame) -> list[Sentence]:
    told = table[table["status"].isin(NAMED)]
    told = told.sort_values("status", key=lambda status: status.map(NAMED.index), kind="stable")
    return [
        Sentence(f"{capital(status)} in {case}: {quoted(rows['outcome'])}.", refs(rows))
        for (status, case), rows in told.groupby(["status", "case"], sort=False)
    ]


def _by_status(table: pd.DataFrame) -> str:
    counts = table["status"].value_counts()
    return joined([f"{counts[status]} {status}" for status in STATUSES if status in counts])


def strength(shown: Shown) -> list[Sentence]:
    """Say how many outcomes rest on how many places in the sources, and name those without evidence.

    Parameters
    ----------
    shown : Shown
        Of :func:`cases.outcomes`.
    """
    table = table_of(shown)
    if table.empty:
        return []
    parts = [f"{word}, {len(rows)}" for word, rows in table.groupby("strength", sort=False)]
    said = Sentence(
        f"What stands behind {counted(len(table), 'outcome')}: {'; '.join(parts)}. This is about what was "
        "written down, and says nothing on how much an outcome matters.",
        refs(table),
    )
    bare = table[table["strength"] == NO_ROW].groupby("case", sort=False)
    return [
        said,
        *[
            Sentence(f"Without a row of evidence in {case}: {quoted(rows['outcome'])}.", refs(rows))
            for case, rows in bare
        ],
    ]
