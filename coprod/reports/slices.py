"""What a notebook gets of a programme: the part that it opens, and what other reports make it hold back.

The answers of a place are a few lines of ``answers.csv``. So a report is held to what it reads of a file, and
somebody who is added elsewhere makes only the cohort's reports stale; and those of other places where what
may be shown there changes with it, which :func:`coprod.releases.hidden_here` knows.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from typing import Any

import pandas as pd
from pydantic import BaseModel

from coprod import privacy
from coprod.programme import Programme
from coprod.reports.planning import Report

SETTINGS = "programme.toml"
HELD_BACK = "held back"
FILES = {
    **{name: f"{name}.csv" for name in ("answers", "counts", "evidence", "codings", "bearings", "themes")},
    **{name: f"{name}.csv" for name in ("excerpts", "assumptions", "decisions")},
    **{"items": "codebook.csv", "scales": "scales.toml", "cases": "cases.toml"},
}
NOT_READ = {"reports", "whole"}  # which reports there are; and what privacy alone looks at


def slices(programme: Programme, hash_of: Callable[[str], str]) -> Callable[[Report], dict[str, str]]:
    """Give what hashes the part of a programme that a report reads.

    Parameters
    ----------
    programme : Programme
        Whole.
    hash_of : callable
        Gives the hash of a text.

    Returns
    -------
    callable
        For a report, it gives hashes by file (``answers.csv``), and one of what is "held back".
    """
    whole = _read(programme)
    known = {file: hash_of(_told(value)) for file, value in whole.items()}
    hidden = privacy.hidden_here(programme)

    @cache
    def part(place: str | None, wave: str | None) -> tuple[Programme, dict[str, str]]:
        here = programme.where(place=place, wave=wave)
        read = _read(here)
        same = {file: known[file] for file, value in read.items() if value is whole[file]}
        return here, {file: same.get(file) or hash_of(_told(value)) for file, value in read.items()}

    @cache
    def held_back(place: str | None, wave: str | None, audience: str) -> str:
        return hash_of(_told(hidden(part(place, wave)[0], audience)))

    def of(report: Report) -> dict[str, str]:
        where = report.place, report.wave
        return part(*where)[1] | {HELD_BACK: held_back(*where, report.audience)}

    return of


def _read(programme: Programme) -> dict[str, Any]:
    """Lay out what a programme holds by the file it is from."""
    held = {name.name: getattr(programme, name.name) for name in fields(Programme)}
    from_files = {file: held[name] for name, file in FILES.items()}
    return from_files | {SETTINGS: {name: held[name] for name in held if name not in {*FILES, *NOT_READ}}}


def _told(value: Any) -> str:
    """Write out a value, so that equal ones are written alike and no others."""
    return json.dumps(value, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, pd.DataFrame):  # rows are not numbered: those of a place would move with the others
        named = value if value.index.name is None else value.reset_index()
        return [list(named), named.to_json(orient="values", date_format="iso")]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, BaseModel):
        return value.model_dump()
    return asdict(value) if is_dataclass(value) else str(value)
