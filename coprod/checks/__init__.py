"""Problems of a programme's folder, all of them in one table, each with what to do.

Nothing is read half: a folder with a problem is not opened. The tables are checked with pandera and
the TOML files with pydantic; both go on after the first problem.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coprod.checks.answers import check_answers
from coprod.checks.cases import check_cases, check_evidence
from coprod.checks.codebook import check_codebook, check_named, check_order, read_scales
from coprod.checks.counts import check_counts
from coprod.checks.settings import (
    check_invited,
    check_log,
    check_reports,
    check_titles,
    read_cases,
    read_settings,
)
from coprod.codebook import COLUMNS, PERSON_COLUMNS, Scale
from coprod.files import read_table
from coprod.problems import Problem
from coprod.settings import CaseEntry, ProgrammeEntry

COUNT_COLUMNS = ("item", "place", "wave", "sector", "answer", "n", "before")
EVIDENCE_COLUMNS = (
    *("evidence", "case", "sector", "stage", "direction", "code", "knowledge", "condition", "principle"),
    *("paraphrase", "source", "section", "coder"),
)
LOG_COLUMNS = ("date", "what", "why", "effect", "who", "signed_off_by")


@dataclass
class Contents:
    """What stands in a programme's folder, as read; whole only while there are no problems."""

    folder: Path
    settings: ProgrammeEntry | None = None
    scales: dict[str, Scale] = field(default_factory=dict)
    codebook: pd.DataFrame | None = None
    answers: pd.DataFrame | None = None
    counts: pd.DataFrame | None = None
    cases: dict[str, CaseEntry] = field(default_factory=dict)
    evidence: pd.DataFrame | None = None
    logs: dict[str, pd.DataFrame] = field(default_factory=dict)


def read_folder(folder: Path) -> tuple[Contents, list[Problem]]:
    """Read a programme's folder and find its problems.

    Parameters
    ----------
    folder : Path
        ``data/<programme>``, which exists.

    Returns
    -------
    Contents
        To be used only when there are no problems.
    list of Problem
        In the order of the files.
    """
    problems: list[Problem] = []
    contents = Contents(folder, settings=read_settings(folder / "programme.toml", problems))
    if contents.settings is None:
        return contents, problems
    check_titles(contents.settings, problems)
    check_invited(contents.settings, problems)
    check_reports(contents.settings, problems)
    _read_survey(contents, problems)
    _read_cases(contents, problems)
    for name in ("assumptions", "decisions"):
        if (log := _optional(folder / f"{name}.csv", LOG_COLUMNS, problems)) is not None:
            contents.logs[name] = log
            check_log(f"{name}.csv", log, problems)
    if not problems and contents.answers is None and contents.counts is None and not contents.cases:
        problems.append(
            Problem(
                "programme.toml", "There is nothing to analyse.", "Add answers.csv, counts.csv or cases.toml."
            )
        )
    return contents, problems


def _read_survey(contents: Contents, problems: list[Problem]) -> None:
    folder = contents.folder
    surveys = [name for name in ("answers.csv", "counts.csv") if (folder / name).exists()]
    if len(surveys) == 2:
        problems.append(Problem("counts.csv", "There are answers.csv and counts.csv.", "Keep one of them."))
    if surveys and not (folder / "codebook.csv").exists():
        problems.append(Problem("codebook.csv", "The file is missing.", f"{surveys[0]} needs a codebook."))
    contents.codebook = _optional(folder / "codebook.csv", COLUMNS, problems)
    if contents.codebook is None:
        return
    before = len(problems)
    contents.scales = read_scales(folder / "scales.toml", problems)
    scales = contents.scales if len(problems) == before else contents.codebook["scale"]
    check_codebook(contents.codebook, scales, contents.settings, problems)
    check_order(contents.codebook, contents.scales, problems)
    check_named(contents.settings, contents.codebook, problems)
    contents.answers = _optional(folder / "answers.csv", PERSON_COLUMNS, problems)
    contents.counts = _optional(folder / "counts.csv", COUNT_COLUMNS, problems)
    if len(problems) > before:  # nothing can be judged by a file that is itself in doubt
        return
    if contents.answers is not None:
        check_answers(contents.answers, contents.codebook, contents.scales, contents.settings, problems)
    if contents.counts is not None:
        check_counts(contents.counts, contents.codebook, contents.scales, contents.settings, problems)


def _read_cases(contents: Contents, problems: list[Problem]) -> None:
    folder = contents.folder
    before = len(problems)
    contents.cases = read_cases(folder / "cases.toml", problems)
    whole = len(problems) == before
    check_cases(contents.cases, contents.settings, problems)
    contents.evidence = _optional(folder / "evidence.csv", EVIDENCE_COLUMNS, problems)
    if contents.evidence is not None:
        cases = contents.cases if whole else contents.evidence["case"]
        check_evidence(contents.evidence, cases, contents.settings, problems)


def _optional(path: Path, columns: tuple[str, ...], problems: list[Problem]) -> pd.DataFrame | None:
    return read_table(path, columns, problems) if path.exists() else None
