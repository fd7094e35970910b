"""Any table with one header row: CSV, TSV or a workbook, whatever made it.

Nothing tells what a column is but its header and its cells. Columns that hold one label each are options of
one question where a spreadsheet made up the headers of all but the first, as in Field, Column2, Column3, or
where each header is ``question [option]`` and says what stands below. Statements of a grid are told by
``question [statement]``.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from coprod.exports.export import METADATA, OPTION, Export, column
from coprod.exports.headers import cleaned
from coprod.exports.joined import Joined, between_commas, comes_back
from coprod.exports.open_answers import OTHER_WORDS, open_kind
from coprod.exports.plain_columns import Ticked, about, asked_in, options_in
from coprod.exports.questions import about_dates, finished, questions
from coprod.exports.tables import read_table

NAME, TITLE = "plain", "a table with one header row"
SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm")
UNSAID = "Nothing stands above it: nobody can tell what was asked."
SEPARATORS = ("; ", ";", " | ", "|")


def recognises(path: Path) -> bool:
    """Say whether it is a table by its name; whether it can be read, reading it tells better."""
    return path.suffix.lower() in SUFFIXES


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read a table.

    Raises
    ------
    FileRefused
        It is damaged, there is no header row, or there are no answers.
    """
    table = read_table(path)
    answers = table.answers
    headers = dict(zip(answers, map(cleaned, table.headers), strict=True))
    own = about(answers, headers)
    ticked = options_in(answers, {name: header for name, header in headers.items() if name not in own})
    options = {name: told for question in ticked for name, told in _options(question, answers).items()}
    rest = {name: header for name, header in headers.items() if name not in {*own, *options}}
    unsaid = [column(name, METADATA, why=UNSAID) for name, header in rest.items() if not header]
    asked = asked_in({name: header for name, header in rest.items() if header})
    found = {name: joined for name in asked if (joined := _joined(answers[name]))}
    labels = {name: label for question in ticked for name, label in question.options.items()}
    answers = answers.assign(
        **{name: joined.cells for name, joined in found.items()},
        **{
            name: answers[name].where(answers[name].str.strip() == "", label)
            for name, label in labels.items()
        },
    )
    columns, decided = questions(answers, asked, {name: joined.separator for name, joined in found.items()})
    dates = [name for name, told in own.items() if told["role"] == METADATA]
    said = [*_said(ticked, found), *decided, *about_dates(answers, dates)]
    return finished(NAME, table, answers, [*own.values(), *options.values(), *unsaid, *columns], said)


def _options(question: Ticked, answers: pd.DataFrame) -> dict[str, dict[str, str]]:
    told = {
        name: column(name, OPTION, question.text, group=question.text, option=label)
        for name, label in question.options.items()
    }
    for name in question.words:
        role, why = open_kind(answers[name], question.text)
        told[name] = column(name, role, f"{question.text}: {OTHER_WORDS}.", why=why)
    return told


def _joined(cells: pd.Series) -> Joined | None:
    separator = next((mark for mark in SEPARATORS if comes_back(cells, mark)), "")
    return Joined(cells, separator, []) if separator else between_commas(cells)


def _said(ticked: Sequence[Ticked], found: dict[str, Joined]) -> list[str]:
    said = [
        f"Columns with one label each were read as what was ticked under {question.text!r}: "
        f"{len(question.options)} options."
        for question in ticked
    ]
    for name, joined in found.items():
        if joined.with_comma:
            options = "; ".join(repr(option) for option in joined.with_comma[:20])
            said.append(f"In {name!r} these are one option each, though they hold a comma: {options}.")
    return said
