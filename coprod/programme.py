"""A programme: one folder under ``data/``, opened whole or for one place or wave."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from coprod.codebook import Scale
from coprod.names import unknown
from coprod.settings import Coding, ReportEntry

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
    coding : Coding
        Who coded the evidence, and how.
    cases : mapping of str to dict
        As in ``cases.toml``; each case, and each entry of its lists, has a ``ref`` ("c001").
    evidence : DataFrame
        One row per coded observation, all text, as the first coder read it.
    codings : DataFrame
        One row per further coder's reading of an observation.
    bearings : DataFrame
        One row per observation that speaks for or against a recommendation of the framework.
    themes, excerpts : DataFrame
        The programme's own codes for open answers, and one row per answer and theme.
    assumptions, decisions : DataFrame
        One row per entry of the log.
    place, wave : str or None
        What it was narrowed to, by :meth:`where`.
    whole : Programme or None
        What it was narrowed from; None where it was not. What may be told of a part depends on the rest.
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
    coding: Coding
    cases: Mapping[str, dict[str, Any]]
    evidence: pd.DataFrame
    codings: pd.DataFrame
    bearings: pd.DataFrame
    themes: pd.DataFrame
    excerpts: pd.DataFrame
    assumptions: pd.DataFrame
    decisions: pd.DataFrame
    place: str | None = None
    wave: str | None = None
    whole: "Programme | None" = None

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
            "whole": self.whole or self,
        }
        if part == "place":
            here |= self._in_cases({name: case for name, case in self.cases.items() if case["place"] == key})
        if here["answers"] is not None:
            people = pd.MultiIndex.from_frame(here["answers"][["person", "wave"]])
            spoken = pd.MultiIndex.from_frame(self.excerpts[["person", "wave"]])
            here["excerpts"] = self.excerpts[spoken.isin(people)]
        return replace(self, **here)

    def _in_cases(self, cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """Keep what is about these cases, and what their entries name though it is about no single one."""
        entries = (entry for case in cases.values() for part in case.values() for entry in _entries(part))
        named = {row for entry in entries for row in entry.get("evidence", ())}
        here = self.evidence["case"].isin(cases) | self.evidence["evidence"].isin(named)
        evidence = self.evidence[here]
        kept = {
            name: table[table["evidence"].isin(evidence["evidence"])]
            for name, table in (("codings", self.codings), ("bearings", self.bearings))
        }
        return {"cases": cases, "evidence": evidence, **kept}


def _entries(part: Any) -> list[dict[str, Any]]:
    return [entry for entry in part if isinstance(entry, dict)] if isinstance(part, list) else []


def _rows(table: pd.DataFrame | None, part: str, key: str) -> pd.DataFrame | None:
    return None if table is None else table[table[part] == key]
