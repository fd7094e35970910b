"""What the command line prints: progress, tables of problems, paths as seen from here."""

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from coprod.problems import Problem
    from coprod.provenance import Record
    from coprod.reports import Built, Report
    from coprod.reports.staleness import Standing


def build(found: "dict[Report, Record]", jobs: int, scheduler: str = "") -> "list[Built]":
    """Build reports, with a bar that tells which; each beside what it is made from."""
    if not found:
        return []
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from coprod.reports import build_all

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Building reports", total=len(found))

        def done(built: "Built") -> None:
            progress.update(
                task, advance=1, description=f"Built {built.report.programme}/{built.report.name}"
            )

        return build_all(found, jobs=jobs, scheduler=scheduler, done=done, found=found)


def summary(built: "list[Built]") -> None:
    """Print what became of each report."""
    if not built:
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("programme", "report", "result")
    for one in built:
        table.add_row(one.report.programme, one.report.name, one.error or "built")
    Console().print(table)


def show_timings(built: "list[Built]") -> None:
    """Print where each report's seconds went; cells are those that took longer than a tenth of one."""
    from rich.console import Console
    from rich.table import Table

    table = Table("report", "part", "seconds")
    for one in built:
        table.add_section()
        for place, (part, seconds) in enumerate(one.timings.items()):
            table.add_row(
                "" if place else f"{one.report.programme}/{one.report.name}", part, f"{seconds:.2f}"
            )
    if table.row_count:
        Console().print(table)


def show_stale(standing: "list[Standing]") -> None:
    """Print which reports would be built, and why."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("programme", "report", "why it would be built")
    for one in standing:
        if one.why:
            table.add_row(one.report.programme, one.report.name, Text(one.why))
    if table.row_count:
        Console().print(table)
    print(f"{table.row_count or 'No'} of {len(standing)} reports would be built.")


def show_problems(title: str, problems: "list[Problem]") -> None:
    """Print every problem, with what to do about it."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from coprod.problems import COLUMNS

    table = Table(*COLUMNS, title=f"{title}: {len(problems)} to mend")
    for problem in problems:
        table.add_row(*(Text(getattr(problem, column)) for column in COLUMNS))
    Console().print(table)


def show_states(report: str, states: "pd.DataFrame") -> None:
    """Print the files of a report that are not as recorded."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("file", "state", title=report)
    for row in states.itertuples():
        table.add_row(Text(row.file), row.state)
    if len(states):
        Console().print(table)


def row(one: "Standing") -> tuple[str, ...]:
    """Give a report's name, how it stands, and since when it has been there."""
    from rich.markup import escape

    state = escape(f"stale: {one.why}") if one.why else "up to date"
    return f"  {one.report.name}", state, _built_at(one.report.folder)


def _built_at(folder: Path) -> str:
    """Say when a report was built, by this place's time; "" where nobody knows."""
    from coprod.problems import NotInOrder
    from coprod.provenance.crate import RUN, read_crate

    try:
        ended = dt.datetime.fromisoformat(read_crate(folder)[RUN]["endTime"])
    except (NotInOrder, OSError, ValueError, TypeError, KeyError):
        return ""
    return f"{ended.astimezone():%Y-%m-%d %H:%M}"


def near(path: Path) -> str:
    """Give a path as seen from here, where it can be seen from here."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
