"""Problems of a programme's folder, all of them in one table, each with what to do.

Nothing is read half: a folder with a problem is not opened. The tables are checked with pandera and
the TOML files with pydantic; both go on after the first problem.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coprod.checks.answers import check_answers
from coprod.checks.cases import check_cases
from coprod.checks.codebook import check_codebook, check_named, check_order, read_scales
from coprod.checks.counts import check_counts
from coprod.checks.evidence import (
    check_bearings,
    check_codings,
    check_evidence,
    check_excerpts,
    check_how_coded,
    check_named_evidence,
    check_themes,
)
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
CODING_COLUMNS = (
    *("evidence", "coder", "sector", "stage", "direction", "code", "knowledge", "condition", "principle"),
)
BEARING_COLUMNS = ("evidence", "recommendation", "bearing", "note")
THEME_COLUMNS = ("theme", "title", "definition", "include", "exclude", "example")
EXCERPT_COLUMNS = ("excerpt", "person", "wave", "item", "theme", "coder")
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
    codings: pd.DataFrame | None = None
    bearings: pd.DataFrame | None = None
    themes: pd.DataFrame | None = None
    excerpts: pd.DataFrame | None = None
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
    _read_themes(contents, problems)
    for name in ("assumptions", "decisions"):
        if (log := _optional(folder / f"{name}.csv", LOG_COLUMNS, problems)) is not None:
            contents.logs[name] = log
            check_log(f"{name}.csv", log, problems)
    read = (contents.answers, contents.counts, contents.cases or None, contents.evidence)
    if not problems and all(part is None for part in read):
        remedy = "Add answers.csv, counts.csv, cases.toml or evidence.csv."
        problems.append(Problem("programme.toml", "There is nothing to analyse.", remedy))
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
    before = len(problems)
    contents.evidence = _optional(folder / "evidence.csv", EVIDENCE_COLUMNS, problems)
    if contents.evidence is not None:
        cases = contents.cases if whole else contents.evidence["case"]
        check_evidence(contents.evidence, cases, contents.settings, problems)
    if len(problems) == before:  # nothing can be judged by a file that is itself in doubt
        _read_readings(contents, problems)


def _read_readings(contents: Contents, problems: list[Problem]) -> None:
    """Read what hangs on the evidence: further codings, bearings, and the rows that cases name."""
    folder, settings = contents.folder, contents.settings
    evidence = pd.DataFrame(columns=list(EVIDENCE_COLUMNS), dtype=str)
    evidence = evidence if contents.evidence is None else contents.evidence
    check_named_evidence(contents.cases, evidence["evidence"], problems)
    contents.codings = _optional(folder / "codings.csv", CODING_COLUMNS, problems)
    if contents.codings is not None:
        check_codings(contents.codings, evidence, settings, problems)
    if contents.codings is not None or not (folder / "codings.csv").exists():
        check_how_coded(settings, contents.codings, problems)
    contents.bearings = _optional(folder / "bearings.csv", BEARING_COLUMNS, problems)
    if contents.bearings is not None:
        check_bearings(contents.bearings, evidence, problems)


def _read_themes(contents: Contents, problems: list[Problem]) -> None:
    """Read themes and the open answers sorted by them; a programme without either has none to check."""
    folder = contents.folder
    contents.themes = _optional(folder / "themes.csv", THEME_COLUMNS, problems)
    contents.excerpts = _optional(folder / "excerpts.csv", EXCERPT_COLUMNS, problems)
    if contents.themes is not None:
        check_themes(contents.themes, problems)
    if contents.excerpts is None:
        return
    lacking = {
        "answers.csv": contents.answers,
        "codebook.csv": contents.codebook,
        "themes.csv": contents.themes,
    }
    absent = [name for name, table in lacking.items() if table is None]
    if absent:
        said = f"Excerpts are there, but {' and '.join(absent)} cannot be used."
        problems.append(Problem("excerpts.csv", said, "Mend it or add it, or take excerpts.csv away."))
        return
    themes = contents.themes["theme"]
    check_excerpts(contents.excerpts, contents.answers, contents.codebook, themes, problems)


def _optional(path: Path, columns: tuple[str, ...], problems: list[Problem]) -> pd.DataFrame | None:
    return read_table(path, columns, problems) if path.exists() else None
