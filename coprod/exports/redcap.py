"""REDCap: the CSV of a report, raw or with labels, and the data dictionary that says what the codes mean.

A 0 in the column of a checkbox is no answer by itself: REDCap writes it too where nobody saw the question.
The state of the form, the time of a survey and the branching logic tell some of these from the others.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from coprod.exports.choices import finished, labelled, sheet_of, telling, ticked
from coprod.exports.coded import apart, shared
from coprod.exports.export import IDENTIFIER, ITEM, JOINED, METADATA, OPTION, TEXT, Export, column
from coprod.exports.headers import cleaned
from coprod.exports.kinds import kinds
from coprod.exports.redcap_columns import (
    ANSWER,
    COMPLETE,
    EVENT,
    GROUP,
    OPTION_OF,
    RECORD,
    TIMESTAMP,
    WHO,
    Head,
    heads,
    looks_like,
)
from coprod.exports.redcap_dictionary import Field, is_dictionary, read_dictionary, role_of
from coprod.exports.redcap_seen import with_not_seen, without_repeats
from coprod.exports.tables import openings, read_either
from coprod.problems import FileRefused, Problem

NAME, TITLE = "redcap", "REDCap"
COMMA = ","  # between the choices of a checkbox that was exported as one column
MOST = 20  # events that are listed
LABELS = frozenset({"Incomplete", "Unverified", "Complete", "Checked", "Unchecked"})
WHY = {
    EVENT: "REDCap's event, which tells the wave.",
    GROUP: "REDCap's data access group, which may tell the place or the partner.",
    COMPLETE: "Whether a form is complete.",
    TIMESTAMP: "When a survey was sent off.",
}


UNKNOWN = "Not in the data dictionary, so that nobody says what it holds."


def recognises(path: Path) -> bool:
    """Say whether the first row is that of a REDCap report, or of its data dictionary."""
    return any(is_dictionary(rows[0]) or looks_like(rows[0]) for rows in openings(path, 1))


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read a report.

    Parameters
    ----------
    path : Path
    companions : sequence of Path
        The data dictionary.

    Raises
    ------
    FileRefused
        One of them is no such file or damaged, a checkbox holds neither 0 nor 1, or there are no answers.
    """
    raw = read_either(path)
    _check(path.name, raw.head[0])
    fields = {name: field for other in companions for name, field in read_dictionary(other).items()}
    sheet = sheet_of(raw)
    found = heads(sheet.headers, sheet.answers, fields)
    columns = _columns(sheet.answers, found, fields)
    asked = {name for name, told in columns.items() if told["role"] not in (IDENTIFIER, METADATA)}
    kept = without_repeats(sheet.answers, found, asked)
    answers = with_not_seen(kept.answers, kept.heads, fields, asked)
    scales: dict[str, tuple[str, ...]] = {}
    answers, strays = _in_labels(path.name, answers, kept.heads, fields, columns, scales)
    said = [*_about(sheet.answers, found, fields), *kept.decided, *_said(kept.heads, fields, asked), *strays]
    described = [columns[head.column] for head in kept.heads]
    return finished(NAME, path.name, answers, described, scales, [kept.dropped], [*sheet.decided, *said])


def _check(file: str, header: Sequence[str]) -> None:
    plain = [cleaned(cell) for cell in header]
    if is_dictionary(plain):
        said = "That is a data dictionary, and holds no answers."
        remedy = "Import the report with the answers, and give the dictionary along with it."
    elif not looks_like(plain):
        said = (
            f"That is no export of {TITLE}: no column tells the state of a form, and none is of a checkbox."
        )
        remedy = "Leave --tool out, or name the tool that made it; look whether the header row is missing."
    else:
        return
    raise FileRefused(file, [Problem(file, said, remedy, "1")])


def _columns(
    answers: pd.DataFrame, found: Sequence[Head], fields: Mapping[str, Field]
) -> dict[str, dict[str, str]]:
    """Describe every column by what the dictionary says of it, or else by what stands in it."""
    asked = [head for head in found if head.about in (ANSWER, OPTION_OF)]
    known = {head.column: _known(head, fields[head.field]) for head in asked if head.field in fields}
    bare = [head for head in asked if head.about == ANSWER and head.field not in fields]
    texts = {head.column: head.field.replace("_", " ") for head in bare}
    guessed = (
        dict.fromkeys(texts, (IDENTIFIER, UNKNOWN, "")) if fields else kinds(answers[list(texts)], texts)
    )
    events = any(head.about == EVENT for head in found)
    told = {}
    for head in found:
        if head.column in known:
            told[head.column] = known[head.column]
        elif head.column in guessed:
            role, why, _ = guessed[head.column]
            told[head.column] = column(head.column, role, head.field, why=why)
        elif head.about == OPTION_OF:
            told[head.column] = column(head.column, OPTION, head.field, group=head.field, option=head.code)
        else:
            told[head.column] = _own(head, events=events)
    words = {name: each["text"] for name, each in known.items() if each["role"] == TEXT}
    for name, why in telling(answers, words).items():
        told[name] |= {"role": IDENTIFIER, "why": why}
    return told


def _known(head: Head, field: Field) -> dict[str, str]:
    role, why = role_of(field)
    if role == OPTION and head.about == ANSWER:  # exported with all that was ticked in one cell
        return column(head.column, JOINED, field.label, separator=COMMA)
    if role == OPTION:
        label = field.choices.get(head.code, head.code)
        return column(head.column, OPTION, field.label, group=field.name, option=label)
    group = field.section or field.matrix if field.matrix and role == ITEM else ""
    return column(head.column, role, field.label, group=group, why=why)


def _own(head: Head, *, events: bool) -> dict[str, str]:
    if head.about == RECORD:
        # in two projects, two people have the same number; only with events does it tell who comes again
        why = "REDCap's participant number, the same in every event." if events else "REDCap's record number."
        return column(head.column, IDENTIFIER, why=why)
    if head.about == WHO:
        return column(
            head.column, IDENTIFIER, why="REDCap's participant identifier, often an e-mail address."
        )
    return column(head.column, METADATA, why=WHY.get(head.about, "Which repeat of a form or an event it is."))


def _in_labels(
    file: str,
    answers: pd.DataFrame,
    found: Sequence[Head],
    fields: Mapping[str, Field],
    columns: dict[str, dict[str, str]],
    scales: dict[str, tuple[str, ...]],
) -> tuple[pd.DataFrame, list[str]]:
    """Write labels for codes and ticks, and say where there are others; fills in `scales`."""
    as_labels = any(
        answers[head.column].isin(LABELS).any() for head in found if head.about in (COMPLETE, OPTION_OF)
    )
    cells, problems, strays = {}, [], []
    for head in found:
        told, given = columns[head.column], answers[head.column]
        labels = fields[head.field].choices if head.field in fields else {}
        labels = {label: label for label in labels.values()} if as_labels else apart(labels)
        if told["role"] == OPTION:
            cells[head.column], strange = ticked(file, head.column, given, told["option"])
            problems += strange
        elif told["role"] == JOINED:
            told["scale"] = shared(scales, head.field, tuple(labels.values()))
            cells[head.column] = given.map(lambda cell, labels=labels: _in_one_cell(cell, labels))
        elif told["role"] == ITEM and labels:
            told["scale"] = shared(scales, head.field, tuple(labels.values()))
            cells[head.column], count = labelled(given, labels)
            strays += [f"{head.column!r}: {count}"] * bool(count)
    if problems:
        raise FileRefused(file, problems[:100])
    said = [f"Cells with something that is no choice of the data dictionary: {'; '.join(strays)}."]
    return answers.assign(**cells), said if strays else []


def _in_one_cell(cell: str, labels: Mapping[str, str]) -> str:
    codes = [code.strip() for code in cell.split(COMMA)]
    return COMMA.join(labels[code] for code in codes) if set(codes) <= labels.keys() else cell


def _about(answers: pd.DataFrame, found: Sequence[Head], fields: Mapping[str, Field]) -> list[str]:
    """Say what the columns of REDCap itself may be good for, and what the dictionary does not hold."""
    said = []
    for head in found:
        if head.about in (EVENT, GROUP):
            times = answers[head.column].replace("", "none").value_counts(sort=False)
            listed = "; ".join(f"{name!r} ({count} rows)" for name, count in times[:MOST].items())
            said.append(f"{WHY[head.about]} {head.column!r} holds {len(times)} different ones: {listed}.")
            if head.about == EVENT and len(times) > 1:
                said.append("To import the events as waves, export a report for each of them.")
    if not fields:
        said.append(
            "No data dictionary was given: codes stay codes, fields stand there by name, and what they hold "
            "was guessed. Download the dictionary from the designer and import again."
        )
    elif unknown := [head.column for head in found if head.about == ANSWER and head.field not in fields]:
        said.append(f"Not in the data dictionary: {', '.join(map(repr, unknown))}.")
    return said


def _said(found: Sequence[Head], fields: Mapping[str, Field], asked: set[str]) -> list[str]:
    """Say how it was told whether a question was seen."""
    said = []
    if any(head.about in (COMPLETE, TIMESTAMP) for head in found):
        said.append(
            "On a form that was not begun every question counts as not asked. On one that is not complete so "
            "does a question where several can be ticked and nothing is: REDCap writes 0 there either way."
        )
    behind = dict.fromkeys(
        head.field
        for head in found
        if head.column in asked and head.field in fields and fields[head.field].branching
    )
    if behind:
        said.append(f"Shown to some only, and not asked where nothing is given: {', '.join(behind)}.")
    return said
