"""Checks of cases and of evidence."""

from collections.abc import Iterable, Mapping

import pandas as pd
import pandera.pandas as pa

from coprod import framework
from coprod.checks.settings import check_key
from coprod.checks.tables import one_of, required, run_schema, unique
from coprod.problems import Problem
from coprod.settings import CaseEntry, ProgrammeEntry

DIRECTIONS = ("enabler", "barrier", "contribution", "outcome", "takeaway", "recommendation", "context")


def check_cases(cases: Mapping[str, CaseEntry], settings: ProgrammeEntry, problems: list[Problem]) -> None:
    """Check the keys that cases use, and that causes hang together."""
    for key, case in cases.items():
        used = {
            f"{key}.place": (case.place, "place", settings.places),
            f"{key}.source": (case.source, "source", settings.sources),
            **{
                f"{key}.team.{number}.sector": (member.sector, "sector", settings.sectors)
                for number, member in enumerate(case.team, start=1)
            },
        }
        for column, (given, what, valid) in used.items():
            check_key(given, what, valid, Problem("cases.toml", "", "", column=column), problems)
        _check_causes(key, case, problems)


def _check_causes(key: str, case: CaseEntry, problems: list[Problem]) -> None:
    above = {cause.key: cause.of for cause in case.causes}
    where = f"{key}.causes"
    if len(above) < len(case.causes):
        said = "Two causes have the same key."
        problems.append(Problem("cases.toml", said, "Give each its own.", column=where))
        return
    for cause, parent in above.items():
        if parent and parent not in above:
            said = f"The cause {cause!r} is a cause of {parent!r}, which is not there."
            remedy = 'Name a key of another cause, or "".'
            problems.append(Problem("cases.toml", said, remedy, column=where, value=parent))
        elif _goes_round(cause, above):
            said = f"The cause {cause!r} is, in the end, a cause of itself."
            problems.append(Problem("cases.toml", said, "Break the circle.", column=where, value=cause))


def _goes_round(cause: str, above: Mapping[str, str]) -> bool:
    parent = above[cause]
    for _ in above:
        if parent == cause:
            return True
        parent = above.get(parent, "")
    return False


def check_evidence(
    evidence: pd.DataFrame,
    cases: Iterable[str],
    settings: ProgrammeEntry,
    problems: list[Problem],
) -> None:
    """Check every row of evidence: its keys, its words and its source."""
    columns = {
        "evidence": pa.Column(str, [required("Give every row an id."), unique("Each row needs its own id.")]),
        "case": _key(cases, "a case of cases.toml"),
        "sector": _key(settings.sectors, "a key of [sectors]"),
        "stage": _key(framework.read("stages").index, "a key of data/framework/stages.csv"),
        "direction": pa.Column(str, one_of(DIRECTIONS, f"one of {', '.join(DIRECTIONS)}")),
        "code": _key(_codes(), "a key of the framework's factors, insights or recommendations"),
        "knowledge": _key(framework.read("knowledge").index, "a key of data/framework/knowledge.csv"),
        "condition": _key(framework.read("conditions").index, "a key of data/framework/conditions.csv"),
        "principle": _key(framework.read("principles").index, "a key of data/framework/principles.csv"),
        "paraphrase": pa.Column(str, required("Say, in your own words, what was observed.")),
        "source": pa.Column(str, one_of(settings.sources, "a key of [sources]")),
        "section": pa.Column(str, required("Say where in the source it stands.")),
    }
    run_schema("evidence.csv", evidence, columns, problems)


def _key(valid: Iterable[str], named: str) -> pa.Column:
    return pa.Column(str, one_of([*valid, ""], f"{named}, or blank"))


def _codes() -> list[str]:
    return [key for kind in ("factors", "insights", "recommendations") for key in framework.read(kind).index]
