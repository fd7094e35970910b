"""What the command line prints: progress, tables of problems, paths as seen from here."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from coprod.problems import Problem
    from coprod.reports import Built, Report


def build(chosen: "list[Report]", jobs: int) -> "list[Built]":
    """Build reports, with a bar that tells which."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from coprod.reports import build_all

    if not chosen:
        return []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Building reports", total=len(chosen))

        def done(built: "Built") -> None:
            progress.update(
                task, advance=1, description=f"Built {built.report.programme}/{built.report.name}"
            )

        return build_all(chosen, jobs=jobs, done=done)


def summary(built: "list[Built]") -> None:
    """Print what became of each report."""
    from rich.console import Console
    from rich.table import Table

    table = Table("programme", "report", "result")
    for one in built:
        table.add_row(one.report.programme, one.report.name, one.error or "built")
    if built:
        Console().print(table)


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


def near(path: Path) -> str:
    """Give a path as seen from here, where it can be seen from here."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
