"""Which programmes there are, and opening one: a checked folder becomes a Programme."""

from collections.abc import Iterator
from itertools import count
from types import MappingProxyType
from typing import Any

import pandas as pd

from coprod.checks import (
    BEARING_COLUMNS,
    CODING_COLUMNS,
    EVIDENCE_COLUMNS,
    EXCERPT_COLUMNS,
    LOG_COLUMNS,
    THEME_COLUMNS,
    Contents,
    read_folder,
)
from coprod.codebook import make_items, no_items
from coprod.folders import data_folder, programme_folder, programme_names
from coprod.problems import ProgrammeProblems
from coprod.programme import INVITED_COLUMNS, Programme
from coprod.settings import CaseEntry

TABLES = {
    "evidence": EVIDENCE_COLUMNS,
    "codings": CODING_COLUMNS,
    "bearings": BEARING_COLUMNS,
    "themes": THEME_COLUMNS,
    "excerpts": EXCERPT_COLUMNS,
}
ENTRIES = ("team", "changes", "ties", "timeline", "reach", "causes", "iterations", "outcomes")


def programmes() -> pd.DataFrame:
    """Give one row per programme: ``name`` (the folder), ``title``, ``kind``, and what it ``holds``."""
    rows = []
    for name in programme_names():
        contents, problems = read_folder(data_folder() / name)
        if problems:
            told = {"title": "", "kind": "", "holds": f"problems: type coprod check {name}"}
        else:
            settings = contents.settings
            told = {"title": settings.title, "kind": settings.kind, "holds": _holds(contents)}
        rows.append({"name": name, **told})
    return pd.DataFrame(rows, columns=["name", "title", "kind", "holds"])


def _holds(contents: Contents) -> str:
    parts = {
        "answers": contents.answers is not None,
        "counts of answers": contents.counts is not None,
        "case studies": bool(contents.cases),
        "evidence": contents.evidence is not None,
    }
    return ", ".join(part for part, there in parts.items() if there)


def read(name: str) -> Programme:
    """Open a programme's folder, whole.

    Parameters
    ----------
    name : str
        The folder's name under ``data/``.

    Raises
    ------
    UnknownName
        There is no such folder.
    ProgrammeProblems
        The folder has problems; all of them are in the error.
    """
    contents, problems = read_folder(programme_folder(name))
    if problems:
        raise ProgrammeProblems(name, problems)
    return _make(name, contents)


def _make(name: str, contents: Contents) -> Programme:
    settings = contents.settings
    told = ("title", "about", "kind", "source", "licence", "attribution", "date", "respondents")
    keyed = ("places", "waves", "sectors", "sources")
    return Programme(
        name=name,
        **{part: getattr(settings, part) for part in told},
        **{part: MappingProxyType(getattr(settings, part)) for part in keyed},
        smallest_group=settings.privacy.smallest_group,
        named_in_advance=tuple(settings.named_in_advance),
        invited=_invited(settings.invited),
        reports=tuple(settings.reports),
        items=no_items() if contents.codebook is None else make_items(contents.codebook),
        scales=MappingProxyType(contents.scales),
        answers=contents.answers,
        counts=None if contents.counts is None else contents.counts.astype({"n": int}),
        coding=settings.coding,
        cases=_numbered(contents.cases),
        assumptions=_or_none_of(contents.logs.get("assumptions"), LOG_COLUMNS),
        decisions=_or_none_of(contents.logs.get("decisions"), LOG_COLUMNS),
        **{name: _or_none_of(getattr(contents, name), columns) for name, columns in TABLES.items()},
    )


def _numbered(cases: dict[str, CaseEntry]) -> dict[str, dict[str, Any]]:
    """Give each case, and each entry of its lists, a ref: c001, c002 and so on, in the file's order."""
    refs = (f"c{number:03}" for number in count(1))
    return {
        key: {"ref": next(refs), **case.model_dump(), **_entries(case.model_dump(), refs)}
        for key, case in cases.items()
    }


def _entries(case: dict[str, Any], refs: Iterator[str]) -> dict[str, list[dict[str, Any]]]:
    return {part: [{"ref": next(refs), **entry} for entry in case[part]] for part in ENTRIES}


def _invited(entries: list) -> pd.DataFrame:
    rows = [entry.model_dump() for entry in entries]
    return pd.DataFrame(rows, columns=list(INVITED_COLUMNS)).astype({"n": int})


def _or_none_of(table: pd.DataFrame | None, columns: tuple[str, ...]) -> pd.DataFrame:
    if table is not None and len(table):
        return table
    none = pd.DataFrame(columns=list(columns), dtype=str)
    none.attrs["reason"] = "None have been written down."
    return none
