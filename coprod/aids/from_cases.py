"""What cases and evidence say to an item of a checklist.

Each function here is named by the column ``filled_by`` of ``data/framework/checklists.csv``. It gives
sentences, or none where the data say nothing to the item.
"""

from collections.abc import Callable, Sequence

import pandas as pd

from coprod import cases, framework
from coprod.aids.asked import Asked
from coprod.findings import cases as of_cases
from coprod.findings import evidence as of_evidence
from coprod.findings.wording import counted, quoted, refs
from coprod.privacy import table_of
from coprod.saying import Sentence, joined

Filler = Callable[[Asked], Sequence[str]]
# Columns of the evidence, and the framework's files that hold what may stand there.
HELD = {"condition": "conditions", "principle": "principles", "knowledge": "knowledge"}
HOW = {
    "one coder": "Each observation was read by one coder; how another would have read it is not known.",
    "two coders": "Two coders read some or all of the observations, each by themselves.",
    "jointly": "The observations were coded together, so that there is no agreement to compute.",
}


def problems(asked: Asked) -> list[Sentence]:
    """Give each case's problem statement."""
    return [
        Sentence(f"{case.case} ({case.issue}): {' '.join(case.problem.split())}", case.behind)
        for case in table_of(asked.protect(cases.overview(asked.programme))).itertuples()
    ]


def teams(asked: Asked) -> list[Sentence]:
    """Say who was in each layer, and who came and went."""
    layers, changes = (asked.protect(table(asked.programme)) for table in (cases.layers, cases.changes))
    return [*of_cases.layers(layers), *of_cases.comings_and_goings(changes)]


def outcomes(asked: Asked) -> list[Sentence]:
    """Say what came of the cases, with what fell short."""
    return of_cases.outcomes(asked.protect(cases.outcomes(asked.programme)))


def outcomes_in_short(asked: Asked) -> list[Sentence]:
    """Say how many outcomes were reached, and how many were not."""
    return outcomes(asked)[:1]


def factors(asked: Asked) -> list[Sentence]:
    """Name the enablers and barriers that most observations speak of."""
    return of_evidence.factors(asked.protect(cases.enablers_and_barriers(asked.programme)))


def lessons(asked: Asked) -> list[Sentence]:
    """Give what each case took away, and what it struggled with."""
    takeaways = table_of(asked.protect(cases.takeaways(asked.programme)))
    rounds = table_of(asked.protect(cases.iterations(asked.programme)))
    hard = rounds[rounds["struggled"] != ""] if len(rounds) else rounds
    return [*_listed(takeaways, "takeaway", "takes away"), *_listed(hard, "struggled", "found hard")]


def _listed(table: pd.DataFrame, column: str, verb: str) -> list[Sentence]:
    return [
        Sentence(f"{case} {verb}: {quoted(rows[column])}.", refs(rows))
        for case, rows in table.groupby("case", sort=False)
    ]


def evidence(asked: Asked) -> list[Sentence]:
    """Count the observations about the parts of the framework that the item is about."""
    said = [_spoken(asked.programme.evidence, *about.split(":")) for about in asked.about]
    return said if any(sentence.behind for sentence in said) else []


def _spoken(table: pd.DataFrame, kind: str, key: str) -> Sentence:
    """Say how many observations speak of a part: "Sharing power: 5 observations (3 enablers, 2 other)."."""
    title = framework.title(HELD[kind], key)
    rows = table[table[kind] == key]
    if rows.empty:
        return Sentence(f"{title}: no observation.")
    enablers, barriers = ((rows["direction"] == side).sum() for side in ("enabler", "barrier"))
    sides = (
        (enablers, counted(enablers, "enabler")),
        (barriers, counted(barriers, "barrier")),
        (len(rows) - enablers - barriers, f"{len(rows) - enablers - barriers} other"),
    )
    parts = joined([words for number, words in sides if number])
    return Sentence(f"{title}: {counted(len(rows), 'observation')} ({parts}).", rows["evidence"])


def coders(asked: Asked) -> list[Sentence]:
    """Say how the evidence was coded."""
    programme = asked.programme
    if programme.evidence.empty:
        return []
    readers = sorted({*programme.evidence["coder"], *programme.codings["coder"]} - {""})
    named = f" Coded by: {', '.join(readers)}." if readers else ""
    note = f" {' '.join(programme.coding.note.split())}" if programme.coding.note else ""
    read = programme.evidence if programme.codings.empty else programme.codings
    return [Sentence(f"{HOW[programme.coding.how]}{named}{note}", read["evidence"])]


FILLERS: tuple[Filler, ...] = (
    *(problems, teams, outcomes, outcomes_in_short, factors, lessons, evidence, coders),
)
