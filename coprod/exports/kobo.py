"""Kobo and ODK: CSV with ";" or ",", or a workbook, and the XLSForm that says what the codes mean.

What could be ticked stands there twice, joined by blanks and again as a column of 0 and 1 for each choice:
the columns are read, as labels hold blanks themselves. Groups that repeat have tables of their own, whose
rows are not people.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from coprod.codebook import MULTI_SEPARATOR
from coprod.exports.choices import finished, labelled, sheet_of, ticked
from coprod.exports.coded import apart, shared
from coprod.exports.export import IDENTIFIER, ITEM, JOINED, METADATA, NOT_SEEN, OPTION, Export
from coprod.exports.headers import cleaned
from coprod.exports.kobo_columns import ANSWER, OPTION_OF, Head, heads, looks_like
from coprod.exports.kobo_roles import described_columns
from coprod.exports.raw import Raw
from coprod.exports.tables import dropped, openings, read_either
from coprod.exports.workbook import read_workbook, sheet_names
from coprod.exports.xlsform import Question, is_form, is_workbook, read_form
from coprod.problems import FileRefused, Problem

NAME, TITLE = "kobo", "Kobo or ODK"
OF_REPEATS = ("_parent_index", "PARENT_KEY")
VERSIONS = ("__version__", "_version_", "FormVersion")
REFUSED = {
    "_validation_status": ("not approved", "validation_status_not_approved"),
    "ReviewState": ("rejected",),
}


def recognises(path: Path) -> bool:
    """Say whether the first row is that of Kobo or ODK, or the file an XLSForm."""
    return any(looks_like(rows[0]) for rows in openings(path, 1)) or is_form(path)


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read the submissions to a form.

    Parameters
    ----------
    path : Path
    companions : sequence of Path
        The XLSForm.

    Raises
    ------
    FileRefused
        One of them is no such file or damaged, the rows are those of a group that repeats, an option holds
        neither 0 nor 1, or there are no answers.
    """
    raw, said = _main(path)
    form = [question for other in companions for question in read_form(other)]
    sheet = sheet_of(raw)
    answers, left_out = _submissions(sheet.answers)
    found, twice = _once(heads([cleaned(header) for header in sheet.headers], answers, form))
    columns = described_columns(answers, found, form)
    scales: dict[str, tuple[str, ...]] = {}
    unseen = _unseen(answers, found, form)
    answers, strays = _in_labels(path.name, answers, found, form, columns, scales)
    asked = [name for name, told in columns.items() if told["role"] not in (IDENTIFIER, METADATA)]
    hidden = {name: answers[name].mask(unseen[name], NOT_SEEN) for name in asked if name in unseen}
    answers = answers.assign(**hidden)
    said = [*sheet.decided, *said, *_said(sheet.answers, found, form, hidden), *twice, *strays]
    described = [columns[head.column] for head in found]
    return finished(NAME, path.name, answers, described, scales, left_out, said)


def _main(path: Path) -> tuple[Raw, list[str]]:
    """Read the table of which each row is a submission."""
    if is_form(path):
        said, remedy = (
            "That is an XLSForm: a form, without answers.",
            "Import the answers, and give it along with them.",
        )
        raise FileRefused(path.name, [Problem(path.name, said, remedy)])
    sheets = sheet_names(path) if is_workbook(path) else []
    raws = (read_workbook(path, name) for name in sheets) if len(sheets) > 1 else (read_either(path),)
    raw = next((raw for raw in raws if not _of_a_repeat(raw)), None)
    if raw is None:
        said, remedy = "Its rows are those of a group that repeats.", "Export the main table of the form."
    elif not looks_like([cleaned(cell) for cell in raw.head[0]]):
        said = f"That is no export of {TITLE}: it has none of the columns that these add, such as _uuid."
        remedy = "Leave --tool out, or name the tool that made it; look whether the header row is missing."
    else:
        more = f"The workbook has {len(sheets)} sheets: groups that repeat have their own, and were not read."
        return raw, [more] if len(sheets) > 1 else []
    raise FileRefused(path.name, [Problem(path.name, said, remedy, "1")])


def _of_a_repeat(raw: Raw) -> bool:
    return not set(OF_REPEATS).isdisjoint(cleaned(cell) for cell in raw.head[0])


def _submissions(answers: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Leave out the row of HXL tags, and what was looked at and not approved."""
    tags = (answers == "") | answers.apply(lambda cells: cells.str.startswith("#"))
    hashes = tags.all(axis=1) & (answers.index == 0)
    left_out = [dropped("rows of HXL tags", int(hashes.sum()), "They name the columns for machines.")]
    kept = ~hashes
    for name, words in REFUSED.items():
        if name in answers:
            refused = kept & answers[name].str.strip().str.lower().isin(words)
            why = f"Somebody who looked at them said so in {name}."
            left_out.append(dropped("submissions that were not approved", int(refused.sum()), why))
            kept &= ~refused
    return answers[kept].reset_index(drop=True), left_out


def _once(found: Sequence[Head]) -> tuple[list[Head], list[str]]:
    """Leave out the columns that say once more, joined by blanks, what the columns of options say."""
    split = {
        (head.question, head.group if head.question < 0 else "") for head in found if head.about == OPTION_OF
    }
    double = [head for head in found if head.about == ANSWER and (head.question, head.group) in split]
    kept = [head for head in found if head not in double]
    names = ", ".join(repr(head.column) for head in double)
    said = [f"Left out, as their options have columns of their own and would count twice: {names}."]
    return kept, said if double else []


def _in_labels(
    file: str,
    answers: pd.DataFrame,
    found: Sequence[Head],
    form: Sequence[Question],
    columns: dict[str, dict[str, str]],
    scales: dict[str, tuple[str, ...]],
) -> tuple[pd.DataFrame, list[str]]:
    """Write labels for codes and ticks, and say where there are others; fills in `scales`."""
    cells, problems, strays = {}, [], []
    for head in found:
        told, given = columns[head.column], answers[head.column]
        question = form[head.question] if head.question >= 0 else None
        labels = _labels(question, head.language) if question else {}
        if told["role"] == OPTION:
            cells[head.column], strange = ticked(file, head.column, given, told["option"])
            problems += strange
        elif told["role"] == ITEM and labels:
            told["scale"] = shared(scales, question.name, tuple(dict.fromkeys(labels.values())))
            cells[head.column], count = labelled(given, labels)
            strays += [f"{head.column!r}: {count}"] * bool(count)
        elif told["role"] == JOINED and labels:
            told["scale"] = shared(scales, question.name, tuple(dict.fromkeys(labels.values())))
            if head.language < 0:
                told["separator"] = MULTI_SEPARATOR
                cells[head.column] = given.map(lambda cell, labels=labels: _joined(cell, labels))
    if problems:
        raise FileRefused(file, problems[:100])
    said = [f"Cells with something that is no choice of the form: {'; '.join(strays)}."]
    return answers.assign(**cells), said if strays else []


def _labels(question: Question, language: int) -> dict[str, str]:
    """Give the labels of a question by code; under headers of labels, a label is taken for one first."""
    own = {code: texts[max(language, 0)] for code, texts in question.choices.items()}
    if language < 0:
        return apart(own)
    return {**own, **{label: label for label in own.values()}}


def _joined(cell: str, labels: Mapping[str, str]) -> str:
    return MULTI_SEPARATOR.join(labels.get(code, code) for code in cell.split())


def _unseen(answers: pd.DataFrame, found: Sequence[Head], form: Sequence[Question]) -> dict[str, pd.Series]:
    """Find who was not asked: a question that must be answered where it is shown was left blank."""
    gated: dict[int, list[str]] = {}
    for head in found:
        if head.question >= 0 and form[head.question].gated:
            gated.setdefault(head.question, []).append(head.column)
    return {name: (answers[names] == "").all(axis=1) for names in gated.values() for name in names}


def _said(
    answers: pd.DataFrame, found: Sequence[Head], form: Sequence[Question], hidden: Mapping[str, object]
) -> list[str]:
    """Say what was taken for granted of the form and of its versions."""
    said = []
    for name in VERSIONS:
        count = answers[name].nunique() if name in answers else 1
        if count > 1:
            asked = "what one did not ask is blank in its answers"
            said.append(f"Answers to {count} versions of the form stand together ({name}): {asked}.")
    unknown = [head.column for head in found if head.about == ANSWER and head.question < 0]
    if not form:
        said.append(
            "No XLSForm was given: codes stay codes, and what the columns hold was guessed. Download the "
            "form and import again."
        )
    elif unknown:
        said.append(f"Not in the form, and guessed: {', '.join(map(repr, unknown))}.")
    if hidden:
        said.append(
            f"Shown to some only, who had to answer, so blank is not asked: {', '.join(map(repr, hidden))}."
        )
    if any(question.repeated for question in form):
        said.append("Questions in groups that repeat have tables of their own, which were not read.")
    return said
