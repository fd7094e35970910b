"""Checks of the TOML files and of the logs."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pandas as pd
from pydantic import BaseModel, ValidationError

from coprod.files import read_toml
from coprod.folders import NoWorkbook, workbook_folder
from coprod.names import unknown
from coprod.problems import Problem
from coprod.settings import KEY, CaseEntry, ProgrammeEntry

_WORDS = {
    "missing": "It is missing.",
    "date_type": "That is not a date.",
    "literal_error": "That is not one of the words it may be.",
    "model_type": "That is not a table.",
    "string_pattern_mismatch": "A key has small letters, digits, _ and - only.",
}


def read_settings(path: Path, problems: list[Problem]) -> ProgrammeEntry | None:
    """Read ``programme.toml``; None, with problems, when it is not whole."""
    if not path.exists():
        problems.append(
            Problem(path.name, "The file is missing.", "Every programme needs one: see data/README.md.")
        )
        return None
    given = read_toml(path, problems)
    return None if given is None else _validate(ProgrammeEntry, given, path.name, problems)


def read_cases(path: Path, problems: list[Problem]) -> dict[str, CaseEntry]:
    """Read ``cases.toml``; the cases that are whole."""
    return read_tables(path, CaseEntry, problems)


def read_tables(path: Path, model: type[BaseModel], problems: list[Problem]) -> dict[str, Any]:
    """Read a TOML file that has a table for each key; the tables that are whole."""
    tables = (read_toml(path, problems) or {}) if path.exists() else {}
    said = _WORDS["string_pattern_mismatch"]
    problems.extend(
        Problem(path.name, said, "Choose another key.", column=key, value=key)
        for key in tables
        if not re.fullmatch(KEY, key)
    )
    read = {key: _validate(model, table, path.name, problems, (key,)) for key, table in tables.items()}
    return {key: entry for key, entry in read.items() if entry is not None}


def _validate(
    model: type[BaseModel], given: Any, file: str, problems: list[Problem], above: tuple[str, ...] = ()
) -> Any:
    """Hold a table of a TOML file against what it may be; None, with problems, when it is not that."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems.extend(_problem(model, entry, file, above) for entry in error.errors())
    return None


def _problem(model: type[BaseModel], entry: Mapping[str, Any], file: str, above: tuple[str, ...]) -> Problem:
    innermost, remedy = _follow(model, entry["loc"])
    said = _WORDS.get(entry["type"], entry["msg"].removeprefix("Value error, ").rstrip(".") + ".")
    if entry["type"] == "extra_forbidden":
        said = str(unknown("key", entry["loc"][-1], innermost.model_fields))
    value = "" if entry["type"] in ("missing", "value_error") else str(entry["input"])
    return Problem(file, said, remedy, column=_place((*above, *entry["loc"])), value=value)


def _place(loc: tuple[int | str, ...]) -> str:
    """Write a location with the tables of a list counted from 1."""
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in loc if part != "[key]")


def _follow(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[type[BaseModel], str]:
    """Find the innermost table that a location lies in, and the description nearest to it."""
    described = "Mend it, or take it out."
    for part in loc:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        if field is None:
            break
        described = field.description or described
        inner = [kind for kind in (field.annotation, *get_args(field.annotation)) if _is_model(kind)]
        if not inner:
            break
        model = inner[0]
    return model, described


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def check_key(given: str, what: str, valid: Mapping[str, Any], at: Problem, problems: list[Problem]) -> None:
    """Note a key that is not among the valid ones, with the nearest; blank keys pass."""
    if given and given not in valid:
        said = str(unknown(what, given, valid))
        problems.append(
            Problem(at.file, said, f"Use one of the keys, or add it to [{what}s].", at.row, at.column, given)
        )


def check_titles(settings: ProgrammeEntry, problems: list[Problem]) -> None:
    """Check that no two places, waves or sectors have the same title: a reader could not tell them apart."""
    for part in ("places", "waves", "sectors"):
        titles = list(getattr(settings, part).values())
        problems.extend(
            Problem("programme.toml", "The title stands there twice.", "Give each its own.", "", part, title)
            for title in sorted({title for title in titles if titles.count(title) > 1})
        )


def check_invited(settings: ProgrammeEntry, problems: list[Problem]) -> None:
    """Check whom the numbers invited are about, and that none is given twice."""
    seen = set()
    for number, entry in enumerate(settings.invited, start=1):
        at = Problem("programme.toml", "", "", column=f"invited.{number}")
        check_key(entry.place, "place", settings.places, at, problems)
        check_key(entry.wave, "wave", settings.waves, at, problems)
        check_key(entry.sector, "sector", settings.sectors, at, problems)
        group = (entry.place, entry.wave, entry.sector)
        if group in seen:
            problems.append(
                Problem("programme.toml", "The same group is invited twice.", "Keep one.", column=at.column)
            )
        seen.add(group)


def check_reports(settings: ProgrammeEntry, problems: list[Problem]) -> None:
    """Check that the notebooks exist and that there is something to take each of."""
    try:
        notebooks = {path.stem for path in (workbook_folder() / "notebooks").glob("*.ipynb")}
    except NoWorkbook:
        notebooks = set()
    for number, entry in enumerate(settings.reports, start=1):
        where = f"reports.{number}"
        if notebooks and entry.notebook not in notebooks:
            said = str(unknown("notebook", entry.notebook, notebooks))
            problems.append(
                Problem(
                    "programme.toml",
                    said,
                    "Name a notebook of notebooks/.",
                    column=where,
                    value=entry.notebook,
                )
            )
        problems.extend(
            Problem(
                "programme.toml", f"There are no {part}s to take each of.", f"Fill [{part}s].", column=where
            )
            for part in entry.each
            if not getattr(settings, f"{part}s")
        )


def check_log(file: str, log: pd.DataFrame, problems: list[Problem]) -> None:
    """Check that every entry of a log says what, and when, and that nobody signed off their own."""
    for number, entry in enumerate(log.itertuples(index=False), start=2):
        if entry.who.strip() and entry.who.strip().casefold() == entry.signed_off_by.strip().casefold():
            said = "Whoever made the entry has signed it off as well."
            remedy = "Let somebody else look at it, or leave it blank."
            problems.append(Problem(file, said, remedy, str(number), "signed_off_by", entry.signed_off_by))
        if not entry.what.strip():
            problems.append(Problem(file, "The entry says nothing.", "Fill `what`.", str(number), "what"))
        if not _is_date(entry.date):
            problems.append(
                Problem(file, "That is not a date.", "Write 2026-01-31.", str(number), "date", entry.date)
            )


def _is_date(given: str) -> bool:
    try:
        return dt.date.fromisoformat(given).isoformat() == given  # 20260131 and 2026-W05-6 are dates as well
    except ValueError:
        return False
