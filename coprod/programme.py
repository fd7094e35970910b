"""A programme: one folder under ``data/``, opened whole or for one place or wave."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from coprod.checks import EVIDENCE_COLUMNS, LOG_COLUMNS, Contents, read_folder
from coprod.codebook import Scale, make_items, no_items
from coprod.folders import data_folder
from coprod.names import unknown
from coprod.problems import ProgrammeProblems
from coprod.settings import ReportEntry

INVITED_COLUMNS = ("place", "wave", "sector", "n")


@dataclass(frozen=True)
class Programme:
    """A checked programme. Nothing in it is changed by anyone who uses it.

    Parameters
    ----------
    name, title, about, source, licence, attribution, respondents : str
        From ``programme.toml``; ``name`` is the folder's.
    kind : {"real", "synthetic"}
    date : date
        The day the data stand for.
    places, waves, sectors, sources : mapping of str to str
        Key to title, in the file's order.
    smallest_group : int
        People; smaller groups are not shown even to the team.
    named_in_advance : tuple of str
        Items whose change was to be looked at, named before anybody had answered.
    invited : DataFrame, shape (groups, 4)
        ``place``, ``wave``, ``sector`` ("" for all) and ``n`` people.
    reports : tuple of ReportEntry
    items : DataFrame
        One row per item of the codebook, indexed by item.
    scales : mapping of str to Scale
    answers : DataFrame or None
        One row per person per wave, all text, "" where left blank.
    counts : DataFrame or None
        One row per answer count, with ``n`` in people.
    cases : mapping of str to dict
        As in ``cases.toml``.
    evidence : DataFrame
        One row per coded observation, all text.
    assumptions, decisions : DataFrame
        One row per entry of the log.
    place, wave : str or None
        What it was narrowed to, by :meth:`where`.
    """

    name: str
    title: str
    about: str
    kind: str
    source: str
    licence: str
    attribution: str
    date: dt.date
    respondents: str
    places: Mapping[str, str]
    waves: Mapping[str, str]
    sectors: Mapping[str, str]
    sources: Mapping[str, str]
    smallest_group: int
    named_in_advance: tuple[str, ...]
    invited: pd.DataFrame
    reports: tuple[ReportEntry, ...]
    items: pd.DataFrame
    scales: Mapping[str, Scale]
    answers: pd.DataFrame | None
    counts: pd.DataFrame | None
    cases: Mapping[str, dict[str, Any]]
    evidence: pd.DataFrame
    assumptions: pd.DataFrame
    decisions: pd.DataFrame
    place: str | None = None
    wave: str | None = None

    @property
    def has_survey(self) -> bool:
        """Whether there are answers, or counts of answers."""
        return self.answers is not None or self.counts is not None

    @cached_property
    def coded(self) -> dict[str, pd.Categorical]:
        """Columns of the answers as categories: :mod:`tally` puts each here when it first counts it."""
        return {}

    def where(self, *, place: str | None = None, wave: str | None = None) -> "Programme":
        """Narrow the programme to one place, one wave, or both.

        Raises
        ------
        UnknownName
            There is no such place or wave; the message gives the nearest.
        """
        narrowed = self
        for part, key, keys in (("place", place, self.places), ("wave", wave, self.waves)):
            if key is not None:
                if key not in keys:
                    raise unknown(part, key, keys)
                narrowed = narrowed._narrow(part, key)
        return narrowed

    def latest(self) -> "Programme":
        """Narrow the programme to the last wave that anybody answered; itself where there are no waves.

        Answers of several waves are not put together: the same people would count more than once.
        """
        if self.wave is not None or self.answers is None:
            return self
        answered = [wave for wave in self.waves if (self.answers["wave"] == wave).any()]
        return self._narrow("wave", answered[-1]) if answered else self

    def _narrow(self, part: str, key: str) -> "Programme":
        here = {
            "invited": _rows(self.invited, part, key),
            "answers": _rows(self.answers, part, key),
            "counts": _rows(self.counts, part, key),
            part: key,
        }
        if part == "place":
            here["cases"] = {name: case for name, case in self.cases.items() if case["place"] == key}
            here["evidence"] = self.evidence[self.evidence["case"].isin(here["cases"])]
        return replace(self, **here)


def _rows(table: pd.DataFrame | None, part: str, key: str) -> pd.DataFrame | None:
    return None if table is None else table[table[part] == key]


def programme_names() -> list[str]:
    """List the programmes: the folders of ``data/`` that hold a ``programme.toml``."""
    return sorted(path.parent.name for path in data_folder().glob("*/programme.toml"))


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


def programme_folder(name: str) -> Path:
    """Find a programme's folder.

    Raises
    ------
    UnknownName
        There is none; the message gives the nearest. A path in place of a name is refused too.
    """
    folders = {path.name for path in data_folder().glob("*/")} - {"framework"}
    if name not in folders:
        raise unknown("programme", name, folders)
    return data_folder() / name


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
        cases={key: case.model_dump() for key, case in contents.cases.items()},
        evidence=_or_none_of(contents.evidence, EVIDENCE_COLUMNS),
        assumptions=_or_none_of(contents.logs.get("assumptions"), LOG_COLUMNS),
        decisions=_or_none_of(contents.logs.get("decisions"), LOG_COLUMNS),
    )


def _invited(entries: list) -> pd.DataFrame:
    rows = [entry.model_dump() for entry in entries]
    return pd.DataFrame(rows, columns=list(INVITED_COLUMNS)).astype({"n": int})


def _or_none_of(table: pd.DataFrame | None, columns: tuple[str, ...]) -> pd.DataFrame:
    if table is not None and len(table):
        return table
    none = pd.DataFrame(columns=list(columns), dtype=str)
    none.attrs["reason"] = "None have been written down."
    return none
