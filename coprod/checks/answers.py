"""Checks of the answers, against the codebook and the programme."""

from collections.abc import Iterable, Mapping

import pandas as pd
import pandera.pandas as pa

from coprod.checks.tables import matches, one_of, required, run_schema
from coprod.codebook import MULTI_SEPARATOR, NOT_ASKED, PERSON_COLUMNS, SCALED, Scale
from coprod.problems import Problem
from coprod.settings import ProgrammeEntry

NUMBER = r"-?[0-9]+(\.[0-9]+)?|\[not asked\]"


def check_answers(
    answers: pd.DataFrame,
    codebook: pd.DataFrame,
    scales: Mapping[str, Scale],
    settings: ProgrammeEntry,
    problems: list[Problem],
) -> None:
    """Check every answer against the codebook, and every person against the waves."""
    _check_columns(answers, codebook["item"], problems)
    columns = {
        "person": pa.Column(str, required("Give every person a key.")),
        **{part: _group(part, getattr(settings, f"{part}s")) for part in ("place", "wave", "sector")},
    }
    for item in codebook.itertuples(index=False):
        if item.item in answers and item.kind in SCALED:
            columns[item.item] = pa.Column(str, _on_scale(scales[item.scale], multi=item.kind == "multi"))
        elif item.item in answers and item.kind == "number":
            columns[item.item] = pa.Column(str, matches(NUMBER, "Write a number, or leave it blank."))
    run_schema("answers.csv", answers, columns, problems)
    _check_people(answers, problems)
    _check_waves(answers, codebook, problems)
    _check_invited(answers, settings, problems)


def _group(part: str, keys: Mapping[str, str]) -> pa.Column:
    valid = [*keys, ""] if part == "sector" or not keys else list(keys)
    return pa.Column(str, one_of(valid, f"a key of [{part}s] in programme.toml"))


def _on_scale(scale: Scale, *, multi: bool) -> pa.Check:
    named = f"a label of the scale {scale.name!r} exactly as it stands in scales.toml"
    if not multi:
        return one_of([*scale.answers, ""], named)
    return pa.Check(
        lambda cells: cells.map(lambda cell: _ticked(cell, scale)),
        error=f"It may not be that.|Use {named}; several are joined by {MULTI_SEPARATOR!r}.",
    )


def _ticked(cell: str, scale: Scale) -> bool:
    """Say whether a cell holds one answer, or several labels, each once."""
    ticked = cell.split(MULTI_SEPARATOR)
    if len(ticked) == 1:
        return cell in (*scale.answers, "")
    return set(ticked) <= set(scale.labels) and len(set(ticked)) == len(ticked)


def _check_columns(answers: pd.DataFrame, items: Iterable[str], problems: list[Problem]) -> None:
    said, remedy = "The column is not in the codebook.", "Add it to codebook.csv, or delete it."
    problems.extend(
        Problem("answers.csv", said, remedy, column=column)
        for column in answers.columns
        if column not in {*items, *PERSON_COLUMNS}
    )
    said, remedy = "The item of the codebook has no column.", "Add the column, or delete the item."
    problems.extend(
        Problem("answers.csv", said, remedy, column=item) for item in items if item not in answers
    )


def _check_people(answers: pd.DataFrame, problems: list[Problem]) -> None:
    twice = answers[answers.duplicated(["person", "wave"]) & (answers["person"] != "")]
    said = "The person is there twice in one wave."
    problems.extend(
        Problem("answers.csv", said, "Keep one row.", str(row + 2), "person", person)
        for row, person in twice["person"].items()
    )


def _check_waves(answers: pd.DataFrame, codebook: pd.DataFrame, problems: list[Problem]) -> None:
    """Find answers to an item in a wave in which the codebook says it was not asked."""
    said, remedy = "The item was not asked in this wave.", "Mend `waves` in codebook.csv."
    for item in codebook.itertuples(index=False):
        if item.item not in answers or not item.waves:
            continue
        given = answers[item.item]
        stray = given[~given.isin(["", NOT_ASKED]) & ~answers["wave"].isin(item.waves.split())]
        problems.extend(
            Problem("answers.csv", said, remedy, str(row + 2), item.item, answer)
            for row, answer in stray.items()
        )


def _check_invited(answers: pd.DataFrame, settings: ProgrammeEntry, problems: list[Problem]) -> None:
    for number, entry in enumerate(settings.invited, start=1):
        there = answers
        for part in ("place", "wave", "sector"):
            if key := getattr(entry, part):
                there = there[there[part] == key]
        answered = there if entry.wave else there.drop_duplicates("person")
        if len(answered) > entry.n:
            said = f"{len(answered)} answered and {entry.n} were invited."
            at = f"invited.{number}"
            problems.append(
                Problem("programme.toml", said, "Mend the number invited.", column=at, value=str(entry.n))
            )
