"""Checks of evidence, of its further codings, and of open answers sorted by theme."""

from collections.abc import Iterable, Mapping

import pandas as pd
import pandera.pandas as pa

from coprod import framework
from coprod.checks.tables import matches, one_of, required, run_schema, unique
from coprod.problems import Problem
from coprod.settings import KEY, CaseEntry, ProgrammeEntry

CODED_BY = ("factors", "insights", "recommendations", "contributions")  # kinds of the framework
SEPARATOR = " | "
ID = r"(?!c\d+$)[A-Za-z0-9_-]{1,40}"  # c001 and so on are the entries of cases.toml


def check_evidence(
    evidence: pd.DataFrame,
    cases: Iterable[str],
    settings: ProgrammeEntry,
    problems: list[Problem],
) -> None:
    """Check every row of evidence: its keys, its words and its source."""
    columns = {
        "evidence": pa.Column(
            str,
            [
                required("Give every row an id."),
                unique("Each row needs its own id."),
                matches(ID, "An id has letters, digits, _ and - only; c and a number are kept for cases."),
            ],
        ),
        "case": _key(cases, "a case of cases.toml"),
        **_codes(settings),
        "paraphrase": pa.Column(str, required("Say, in your own words, what was observed.")),
        "source": pa.Column(str, one_of(settings.sources, "a key of [sources]")),
        "section": pa.Column(str, required("Say where in the source it stands.")),
    }
    run_schema("evidence.csv", evidence, columns, problems)


def check_codings(
    codings: pd.DataFrame, evidence: pd.DataFrame, settings: ProgrammeEntry, problems: list[Problem]
) -> None:
    """Check further coders' readings: of rows that are there, each once by each coder."""
    columns = {
        "evidence": pa.Column(str, one_of(evidence["evidence"], "an id of evidence.csv")),
        "coder": pa.Column(str, required("Say who coded.")),
        **_codes(settings),
    }
    run_schema("codings.csv", codings, columns, problems)
    read = pd.concat([evidence[["evidence", "coder"]], codings[["evidence", "coder"]]], ignore_index=True)
    twice = read.duplicated().to_numpy()[len(evidence) :]
    problems.extend(
        Problem("codings.csv", "This coder has read that row already.", "Keep one.", str(row), "coder", coder)
        for row, coder in zip(twice.nonzero()[0] + 2, codings["coder"][twice], strict=True)
    )


def check_how_coded(settings: ProgrammeEntry, codings: pd.DataFrame | None, problems: list[Problem]) -> None:
    """Check that what is said of the coding fits the files."""
    twice = codings is not None and len(codings) > 0
    if twice == (settings.coding.how == "two coders"):
        return
    said = "There are codings by a second coder." if twice else "There are no codings by a second coder."
    remedy = 'Write "two coders".' if twice else 'Add codings.csv, or write "one coder" or "jointly".'
    where = "coding.how"
    problems.append(Problem("programme.toml", said, remedy, column=where, value=settings.coding.how))


def check_bearings(bearings: pd.DataFrame, evidence: pd.DataFrame, problems: list[Problem]) -> None:
    """Check which rows speak for or against which recommendation."""
    recommendations = framework.read("recommendations").index
    columns = {
        "evidence": pa.Column(str, one_of(evidence["evidence"], "an id of evidence.csv")),
        "recommendation": pa.Column(
            str, one_of(recommendations, "a key of data/framework/recommendations.csv")
        ),
        "bearing": pa.Column(str, one_of(["for", "against"], '"for" or "against"')),
    }
    run_schema("bearings.csv", bearings, columns, problems)


def check_named_evidence(
    cases: Mapping[str, CaseEntry], evidence: Iterable[str], problems: list[Problem]
) -> None:
    """Check that the rows which entries of cases name are there."""
    known = set(evidence)
    for key, case in cases.items():
        for part in ("changes", "ties", "causes", "iterations", "outcomes"):
            for number, entry in enumerate(getattr(case, part), start=1):
                problems.extend(
                    Problem(
                        "cases.toml",
                        "There is no such row of evidence.",
                        "Use an id of evidence.csv.",
                        column=f"{key}.{part}.{number}.evidence",
                        value=row,
                    )
                    for row in entry.evidence
                    if row not in known
                )


def check_themes(themes: pd.DataFrame, problems: list[Problem]) -> None:
    """Check the programme's own codes for open answers."""
    columns = {
        "theme": pa.Column(
            str,
            [
                required("Give the theme a key."),
                unique("Each theme needs its own key."),
                matches(KEY, "A key has small letters, digits, _ and - only, at most 60."),
            ],
        ),
        "title": pa.Column(str, [required("Name the theme."), unique("Each theme needs its own title.")]),
        "definition": pa.Column(str, required("Say what the theme is about.")),
    }
    run_schema("themes.csv", themes, columns, problems)


def check_excerpts(
    excerpts: pd.DataFrame,
    answers: pd.DataFrame,
    codebook: pd.DataFrame,
    themes: Iterable[str],
    problems: list[Problem],
) -> None:
    """Check that each excerpt names an open answer that somebody gave, and a theme."""
    texts = codebook["item"][codebook["kind"] == "text"]
    columns = {
        "excerpt": pa.Column(
            str,
            [
                required("Give every excerpt an id."),
                unique("Each excerpt needs its own id."),
                matches(ID, "An id has letters, digits, _ and - only; c and a number are kept for cases."),
            ],
        ),
        "item": pa.Column(str, one_of(texts, "an item of codebook.csv whose kind is text")),
        "theme": pa.Column(str, one_of(themes, "a key of themes.csv")),
    }
    before = len(problems)
    run_schema("excerpts.csv", excerpts, columns, problems)
    if len(problems) == before:
        problems.extend(_unsaid(excerpts, answers, list(texts)))


def _unsaid(excerpts: pd.DataFrame, answers: pd.DataFrame, texts: list[str]) -> list[Problem]:
    """Find excerpts of answers that nobody gave."""
    cells = ["person", "wave", "item"]
    said = answers.melt(cells[:2], texts, "item", "words").query("words != ''")
    given = pd.MultiIndex.from_frame(said[cells]).unique()
    unsaid = ~pd.MultiIndex.from_frame(excerpts[cells]).isin(given)
    told = "That person answered nothing to this question in this wave."
    remedy = "Name a cell of answers.csv that holds words."
    return [
        Problem("excerpts.csv", told, remedy, str(row), "person", person)
        for row, person in zip(unsaid.nonzero()[0] + 2, excerpts["person"][unsaid], strict=True)
    ]


def _codes(settings: ProgrammeEntry) -> dict[str, pa.Column]:
    """Check the codes that every reading of a row has."""
    directions = framework.read("directions").index
    return {
        "sector": _key(settings.sectors, "a key of [sectors]"),
        "stage": _framework_key("stages"),
        "direction": pa.Column(str, one_of(directions, f"one of {', '.join(directions)}")),
        "code": pa.Column(str, _several()),
        "knowledge": _framework_key("knowledge"),
        "condition": _framework_key("conditions"),
        "principle": _framework_key("principles"),
    }


def _framework_key(kind: str) -> pa.Column:
    return _key(framework.read(kind).index, f"a key of data/framework/{kind}.csv")


def _key(valid: Iterable[str], named: str) -> pa.Column:
    return pa.Column(str, one_of([*valid, ""], f"{named}, or blank"))


def _several() -> pa.Check:
    """Check a cell that may hold several codes, joined with a bar."""
    valid = {"", *(key for kind in CODED_BY for key in framework.read(kind).index)}
    remedy = f"Use a key of the framework's {', '.join(CODED_BY)}, several joined with '{SEPARATOR}'."
    return pa.Check(
        lambda cells: cells.map(lambda cell: valid.issuperset(cell.split(SEPARATOR))),
        error=f"It may not be that.|{remedy}",
    )
