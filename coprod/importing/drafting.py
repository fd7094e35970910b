"""A codebook, scales and answers, drafted from survey exports; nothing is written.

The answers stay those that were given. What is changed is their spelling, where one scale would have the same
label twice, and the way in which several answers of one person are joined.
"""

import re
from collections.abc import Mapping, Sequence
from textwrap import shorten

import pandas as pd

from coprod.codebook import COLUMNS, NOT_ASKED, PERSON_COLUMNS
from coprod.exports import Export
from coprod.importing.differing import refuse_differing
from coprod.importing.draft import Draft
from coprod.importing.items import Item
from coprod.importing.joining import join
from coprod.importing.labels import fitting
from coprod.importing.mapping import Rule
from coprod.importing.names import code_name, different
from coprod.importing.noticing import constant, noticed
from coprod.importing.places import Groups, take
from coprod.importing.questions import SINGLE, read_questions
from coprod.importing.scales import as_numbers, number_or_words, one_answer, rankings
from coprod.importing.settling import Settled, settle

HEADING = 100  # characters of a section


def draft(
    exports: Mapping[str, Export], item_map: Sequence[Rule] = (), place: str = "", sector: str = ""
) -> Draft:
    """Draft a programme's survey.

    Parameters
    ----------
    exports : mapping of str to Export
        By wave, in their order; the key is "" for a survey without waves.
    item_map : sequence of Rule
        From :func:`coprod.importing.mapping.read_map`.
    place, sector : str
        The question or the column whose answers are the places or sectors; "" for none.

    Raises
    ------
    FileRefused
        Waves have nothing in common or another scale for the same item, a rule means nothing here, or there
        is no such place or sector. Messages hold labels and questions, and no words of a person's own.
    """
    asked, left_out = {}, []
    for wave, export in exports.items():
        asked[wave], about = read_questions(wave, export)
        left_out.append(about)
    rows = {wave: len(export.answers) for wave, export in exports.items()}
    odd = noticed(asked, exports)
    places = take(asked, place, "place", rows)
    sectors = take(places.rest, sector, "sector", rows)
    joined = join(sectors.rest, item_map)
    items, said = _read_numbers(joined.items)
    refuse_differing(items)
    settled = settle(_named(items))
    answers = _answers(settled.items, rows, places, sectors)
    return Draft(
        _codebook(settled, list(exports)),
        settled.scales,
        answers,
        [*_from_readers(exports), *joined.said, *said, *settled.said, *odd, *_said_constant(answers)],
        pd.concat([*left_out, joined.left_out, _unanswered(settled)], ignore_index=True),
        places.titles,
        sectors.titles,
    )


def _read_numbers(items: Sequence[Item]) -> tuple[list[Item], list[str]]:
    """Tell numbers from labels, ranks from ratings, and one answer in several columns from several."""
    read = [number_or_words(one_answer(item)) for item in items]
    ticks = [new.first.text for new, old in zip(read, items, strict=True) if new.first.role != old.first.role]
    ranked = {id(item) for item in rankings(read)}
    said = []
    if ranked:
        listed = "; ".join(repr(item.first.text) for item in read if id(item) in ranked)
        said.append(f"Put in order and not rated, 1 being the first; kept as numbers: {listed}.")
    one = [
        item.first.text
        for item, old in zip(read, items, strict=True)
        if item.first.role == SINGLE and old.first.role != SINGLE and item.first.text in ticks
    ]
    if one:
        listed = "; ".join(map(repr, one))
        said.append(f"Nobody ticked two labels of the scale, so that there is one answer to {listed}.")
    read = [as_numbers(item) if id(item) in ranked else item for item in read]
    return read, [*said, *_said_ranges(read)]


def _said_ranges(items: Sequence[Item]) -> list[str]:
    """Say where numbers go further in one wave than in another: it may be another scale."""
    found = []
    for item in items:
        sets = {wave: sets[0] for wave, part in item.parts.items() if (sets := fitting(part.seen))}
        ends = {known.labels[-1] for known in sets.values()}
        if item.first.role == SINGLE and len(ends) > 1 and all(known.of_numbers for known in sets.values()):
            listed = ", ".join(f"{known.labels[-1]} in {wave!r}" for wave, known in sets.items())
            found.append(f"{item.first.text!r} ({listed})")
    said = "The numbers may be on scales that end at different places; they are taken for one scale: "
    return [f"{said}{'; '.join(found)}."] if found else []


def _named(items: Sequence[Item]) -> list[Item]:
    """Give each item that has no name the tool's code, or one made from its text."""
    taken = {item.key for item in items if item.key}
    named = []
    for item in items:
        key = item.key or different(code_name(item.first.name, item.first.text), taken)
        taken.add(key)
        named.append(Item(key, item.parts))
    return named


def _codebook(settled: Settled, waves: Sequence[str]) -> pd.DataFrame:
    rows = []
    for item in settled.items:
        asked = [wave for wave in waves if wave in item.parts]
        stem = next((part.stem for part in item.parts.values() if part.stem), "")
        row = dict.fromkeys(COLUMNS, "")
        row |= {"item": item.key, "text": item.first.text, "kind": settled.kinds[item.key]}
        row |= {"scale": settled.scale_of.get(item.key, ""), "section": _heading(stem)}
        row["waves"] = "" if asked == list(waves) else " ".join(asked)
        rows.append(row)
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)


def _unanswered(settled: Settled) -> pd.DataFrame:
    found = [
        (part.file, column, "Nobody answered it.")
        for item in settled.empty
        for part in item.parts.values()
        for column in part.columns
    ]
    return pd.DataFrame(found, columns=["file", "column", "why"], dtype=str)


def _heading(stem: str) -> str:
    return shorten(re.sub(r"[\s:]+$", "", stem), HEADING, placeholder=" …")


def _answers(items: Sequence[Item], rows: Mapping[str, int], places: Groups, sectors: Groups) -> pd.DataFrame:
    people = {
        "person": [
            f"{wave}-r{number:05d}" if wave else f"r{number:05d}"
            for wave, count in rows.items()
            for number in range(1, count + 1)
        ],
        "place": pd.concat([places.cells[wave] for wave in rows], ignore_index=True),
        "wave": [wave for wave, count in rows.items() for _ in range(count)],
        "sector": pd.concat([sectors.cells[wave] for wave in rows], ignore_index=True),
    }
    columns = {item.key: _column(item, rows) for item in items}
    return pd.DataFrame({part: people[part] for part in PERSON_COLUMNS} | columns).astype(str)


def _column(item: Item, rows: Mapping[str, int]) -> pd.Series:
    parts = [
        item.parts[wave].cells if wave in item.parts else pd.Series(NOT_ASKED, index=range(count), dtype=str)
        for wave, count in rows.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _from_readers(exports: Mapping[str, Export]) -> list[str]:
    said = []
    for wave, export in exports.items():
        start = f"{export.file} ({wave}): " if wave else ""
        said += [f"{start}{told}" for told in export.decided]
        said += [
            f"{start}{row.rows} left out ({row.what}). {row.why}"
            for row in export.dropped.itertuples(index=False)
        ]
    return said


def _said_constant(answers: pd.DataFrame) -> list[str]:
    same = constant({item: answers[item] for item in answers if item not in PERSON_COLUMNS})
    listed = ", ".join(same)
    return [f"Everybody who answered gave the same answer to: {listed}."] if same else []
