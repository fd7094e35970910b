"""Checks of cases."""

import datetime as dt
from collections.abc import Iterator, Mapping

from coprod.checks.settings import check_key
from coprod.names import unknown
from coprod.problems import Problem
from coprod.settings import CaseEntry, ProgrammeEntry


def check_cases(cases: Mapping[str, CaseEntry], settings: ProgrammeEntry, problems: list[Problem]) -> None:
    """Check the keys that cases use, that causes hang together, and that time runs forwards."""
    titles = [case.title for case in cases.values()]
    for key, case in cases.items():
        if titles.count(case.title) > 1:
            said = "Two cases have the same title."
            problems.append(Problem("cases.toml", said, "Give each its own.", column=key, value=case.title))
            titles.remove(case.title)  # one problem for each that is too many
        for column, given, what, valid in _keys(key, case, settings):
            check_key(given, what, valid, Problem("cases.toml", "", "", column=column), problems)
        if not case.outcomes:
            said = "The case has no outcomes."
            remedy = "Say what came of it, with what was not reached: tables [[case.outcomes]]."
            problems.append(Problem("cases.toml", said, remedy, column=f"{key}.outcomes"))
        _check_ties(key, case, problems)
        _check_timeline(key, case, problems)
        _check_causes(key, case, problems)


def _keys(key: str, case: CaseEntry, settings: ProgrammeEntry) -> Iterator[tuple]:
    """Give each key that a case uses: where, the key, what it stands for and what it may be."""
    yield f"{key}.place", case.place, "place", settings.places
    yield f"{key}.source", case.source, "source", settings.sources
    for part in ("team", "changes"):
        for number, entry in enumerate(getattr(case, part), start=1):
            yield f"{key}.{part}.{number}.sector", entry.sector, "sector", settings.sectors


def _check_ties(key: str, case: CaseEntry, problems: list[Problem]) -> None:
    """Check that ties are between two organisations of the team, and each is told once."""
    organisations = [member.organisation for member in case.team]
    told = set()
    for number, tie in enumerate(case.ties, start=1):
        where = f"{key}.ties.{number}.between"
        problems.extend(
            Problem(
                "cases.toml",
                str(unknown("organisation", name, organisations)),
                "Name an organisation of the case's team.",
                column=where,
                value=name,
            )
            for name in tie.between
            if name not in organisations
        )
        pair = frozenset(tie.between)
        if pair in told or len(pair) == 1:
            said = "The tie stands there twice." if pair in told else "An organisation is tied to itself."
            problems.append(
                Problem("cases.toml", said, "Name two, once.", column=where, value=tie.between[0])
            )
        told.add(pair)


def _check_timeline(key: str, case: CaseEntry, problems: list[Problem]) -> None:
    """Check that no step begins before the case, or before the step above it."""
    latest: dt.date | None = None
    for number, step in enumerate(case.timeline, start=1):
        where = f"{key}.timeline.{number}"
        for date in filter(None, (step.planned_start, step.actual_start)):
            if case.start and date < case.start:
                said = f"The step {step.step!r} begins before the case did ({case.start})."
                problems.append(Problem("cases.toml", said, "Mend a date.", column=where, value=str(date)))
        begins = step.planned_start or step.actual_start
        if begins and latest and begins < latest:
            said = f"The step {step.step!r} begins before the step above it ({latest})."
            remedy = "Put the steps in the order of time, or mend a date."
            problems.append(Problem("cases.toml", said, remedy, column=where, value=str(begins)))
        latest = begins or latest


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
