"""From files to an import that can be written: read, personal data apart, drafted, people linked."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from coprod import exports
from coprod.exports import Export
from coprod.exports.export import IDENTIFIER, METADATA
from coprod.importing.draft import Draft
from coprod.importing.drafting import draft
from coprod.importing.given import Given
from coprod.importing.linking import link, summary
from coprod.importing.mapping import Rule, read_map
from coprod.importing.people import CODE, Known, known
from coprod.importing.private import Apart, set_apart, without_words
from coprod.importing.writing import RESPONSE_COLUMNS, Ready, title_of
from coprod.names import UnknownName

FOUND = ("file", "wave", "tool", "responses", "items", "set apart", "left out")


@dataclass(frozen=True)
class Choices:
    """What somebody chose on the command line.

    Attributes
    ----------
    to : str
        The programme's folder.
    item_map : Path or None
        items.csv.
    keep_text, exact_links : bool
    place, sector : str
        Columns of the exports; "" for none.
    """

    to: str
    item_map: Path | None = None
    keep_text: bool = False
    place: str = ""
    sector: str = ""
    exact_links: bool = False

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", self.to) or self.to == "framework":
            said = f"{self.to[:80]!r} cannot be a programme's name: small letters, digits, - and _ only."
            raise UnknownName(said)


@dataclass(frozen=True)
class Prepared:
    """An import that can be written, and what there is to tell of it.

    Attributes
    ----------
    ready : Ready
    found : DataFrame
        One row for each file, with the columns `FOUND`.
    links : DataFrame or None
        Who was linked, in each wave; None where there is one wave.
    """

    ready: Ready
    found: pd.DataFrame
    links: pd.DataFrame | None


def prepare(given: Given, choices: Choices, key: bytes, tell: Callable[[str], None]) -> Prepared:
    """Prepare an import; nothing is written.

    Parameters
    ----------
    given : Given
    choices : Choices
    key : bytes
        What people's keys are made with.
    tell : callable
        Is told what is being done, for whoever waits.

    Raises
    ------
    FileRefused
        A file cannot be read, or cannot be what it is said to be.
    """
    rules = read_map(choices.item_map) if choices.item_map else ()
    apart = _apart(given, choices, rules, tell)
    read = {wave: one.export for wave, one in apart.items()}
    who = known(read, key, choices.to)
    tell("Drafting codebook and scales")
    drafted = draft(read, rules, place=choices.place, sector=choices.sector)
    words = frozenset().union(*(one.masked for one in apart.values()))
    drafted = without_words(drafted, words, keep_text=choices.keep_text)
    tell("Making keys of people")
    drafted, responses = _keyed(drafted, who, exact=choices.exact_links)
    found = _found(given, read, drafted)
    decisions = [
        *_imported(found),
        *((what, "") for what in drafted.decisions),
        *(decision for one in apart.values() for decision in one.decisions),
        *_left_out(drafted),
        *((what, "") for what in who.decisions),
    ]
    waves = {wave: title_of(wave) for wave in given.exports if wave}
    mapped = frozenset(rule.item for rule in rules if rule.item)
    unread = frozenset(text for export in read.values() for text in _unread(export))
    ready = Ready(choices.to, waves, drafted, responses, decisions, mapped, unread, dt.date.today())
    links = summary(responses) if len(waves) > 1 and who.by else None
    return Prepared(ready, found, links)


def _apart(
    given: Given, choices: Choices, rules: Sequence[Rule], tell: Callable[[str], None]
) -> dict[str, Apart]:
    named = {choices.place, choices.sector, *(rule.question for rule in rules)}
    apart = {}
    for wave, path in given.exports.items():
        tell(f"Reading {path.name}")
        export = exports.read(path, given.tools[wave], given.companions)
        tell(f"Setting personal data in {path.name} apart")
        apart[wave] = set_apart(export, keep_text=choices.keep_text, named=named)
    return apart


def _keyed(drafted: Draft, who: Known, *, exact: bool) -> tuple[Draft, pd.DataFrame]:
    """Put the keys of people into the answers."""
    answers = drafted.answers.reset_index(drop=True)
    assert list(answers["wave"]) == list(who.people["wave"]), "a draft holds every response, in its order"
    people = who.people.assign(place=answers["place"], sector=answers["sector"])
    responses = link(people, near=who.by == CODE and not exact)
    drafted = replace(drafted, answers=answers.assign(person=responses["person"]))
    return drafted, responses[list(RESPONSE_COLUMNS)]


def _unread(export: Export) -> Iterator[str]:
    """List what was asked in the columns of which nothing is written."""
    columns = export.columns
    yield from columns["text"][columns["role"].isin([IDENTIFIER, METADATA])]


def _left_out(drafted: Draft) -> list[tuple[str, str]]:
    """Tell the columns of which nothing is written, those left out for the same reason together."""
    groups = drafted.left_out.groupby(["file", "why"], sort=False)["column"]
    return [
        (f"{file}: nothing is written of {', '.join(map(repr, columns))}.", why)
        for (file, why), columns in groups
    ]


def _imported(found: pd.DataFrame) -> list[tuple[str, str]]:
    said = []
    for row in found.itertuples(index=False):
        tool = f"{row.tool}, wave {row.wave!r}" if row.wave else row.tool
        said.append((f"Imported {row.file} ({tool}): {row.responses} responses.", ""))
    return said


def _found(given: Given, read: dict[str, Export], drafted: Draft) -> pd.DataFrame:
    rows = [
        (
            export.file,
            wave,
            exports.reader(given.tools[wave]).TITLE,
            len(export.answers),
            len(drafted.codebook),
            int((export.columns["role"] == IDENTIFIER).sum()),
            int(export.dropped["rows"].sum()),
        )
        for wave, export in read.items()
    ]
    return pd.DataFrame(rows, columns=list(FOUND))
