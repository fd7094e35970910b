"""The files of a programme, written from a draft.

A cell of a CSV file is text, whatever it begins with: "=1+1" is what somebody answered, and stays that. A
spreadsheet that opens ``answers.csv`` by a double click may compute it all the same; nothing here writes a
workbook, where it could be told not to.
"""

import csv
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path

import pandas as pd

from coprod.checks import LOG_COLUMNS
from coprod.codebook import COLUMNS
from coprod.importing import toml
from coprod.importing.draft import Draft
from coprod.scaffold import PROGRAMME

WHO = "coprod import"
RESPONSES, ASKED = "responses.csv", "questions.csv"
RESPONSE_COLUMNS = ("response", "wave", "person", "link")
AT_ONCE = 5_000  # rows
README = """\
# {title}
Made by `coprod import`. What it took for granted is in `decisions.csv`, for a person to sign off. The folder
stays on this machine: git leaves it alone.

Two files are for the next import only. `responses.csv` holds keys of the rows it has made, so that a row
deleted from `answers.csv` stays deleted. `questions.csv` holds the questions as the export had them, so that
they can be put better in `codebook.csv`.
"""


@dataclass(frozen=True)
class Ready:
    """An import that can be written.

    Attributes
    ----------
    name : str
        The programme's folder.
    waves : mapping of str to str
        Key to title; empty where the answers have no waves.
    draft : Draft
        With the keys of people in its answers.
    responses : DataFrame, shape (responses, 4)
        ``response``, ``wave``, ``person`` and ``link``; its rows are those of the answers.
    decisions : list of (str, str)
        What was decided, and why.
    mapped : frozenset of str
        Items whose questions a person put together in items.csv.
    unread : frozenset of str
        Questions of whose answers nothing is written.
    date : date
    """

    name: str
    waves: Mapping[str, str]
    draft: Draft
    responses: pd.DataFrame
    decisions: Sequence[tuple[str, str]]
    mapped: frozenset[str]
    unread: frozenset[str]
    date: dt.date


def write(folder: Path, ready: Ready) -> None:
    """Write a new programme into an empty folder."""
    draft, title = ready.draft, title_of(ready.name)
    texts = {
        "programme.toml": _programme(ready, title),
        "README.md": README.format(title=title),
        "scales.toml": scales_text(draft.scales),
        "codebook.csv": rows_text([COLUMNS, *rows_of(draft.codebook[list(COLUMNS)])]),
        "assumptions.csv": rows_text([LOG_COLUMNS]),
        "decisions.csv": rows_text([LOG_COLUMNS, *decision_rows(ready)]),
    }
    for file, text in texts.items():
        write_text(folder / file, text)
    write_table(folder / "answers.csv", draft.answers)
    write_table(folder / ASKED, draft.codebook[["item", "text"]])
    write_table(folder / RESPONSES, ready.responses[list(RESPONSE_COLUMNS)])


def decision_rows(ready: Ready) -> list[list[str]]:
    """Give the entries of ``decisions.csv``, which nobody has signed off."""
    told = {"date": ready.date.isoformat(), "who": WHO}
    entries = [told | {"what": what, "why": why} for what, why in ready.decisions]
    return [[entry.get(column, "") for column in LOG_COLUMNS] for entry in entries]


def title_of(key: str) -> str:
    """Make a title of a key, for a person to mend: "year-2" becomes "Year 2"."""
    words = " ".join(re.split(r"[-_]+", key)).strip()
    return (words[:1].upper() + words[1:]) or key


def scales_text(scales: Mapping[str, Mapping]) -> str:
    """Write scales as ``scales.toml``."""
    return "\n".join(toml.scale_table(name, scale) for name, scale in scales.items())


def rows_of(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Take a table of text apart into rows."""
    return list(zip(*(table[column].tolist() for column in table), strict=True))


def rows_text(rows: Sequence[Sequence[str]], end: str = "\n") -> str:
    """Write rows as CSV."""
    text = _written(rows, end, csv.QUOTE_MINIMAL)
    bare = "\r" in text.replace(end, "") and "\r" not in end  # which csv would not put into quotes
    return _written(rows, end, csv.QUOTE_ALL) if bare else text


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a table of text as CSV."""
    rows = zip(*(table[column].tolist() for column in table), strict=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(rows_text([list(table.columns)]))
        while some := list(islice(rows, AT_ONCE)):
            file.write(rows_text(some))


def _written(rows: Sequence[Sequence[str]], end: str, quoting: int) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue()


def write_text(path: Path, text: str) -> None:
    """Write a text file with the line ends of Unix."""
    path.write_text(text, encoding="utf-8", newline="")


def _programme(ready: Ready, title: str) -> str:
    """Fill in the template of an empty programme; what no export tells stays as it is there."""
    text = PROGRAMME.replace("{name}", title)
    dated = f"date = {ready.date.isoformat()}             # of the import: put the day the data stand for"
    text = re.sub(r"^date = .*$", dated, text, flags=re.M)
    filled = {"places": ready.draft.places, "waves": ready.waves, "sectors": ready.draft.sectors}
    for name, entries in filled.items():
        lines = "".join(f"{line}\n" for line in toml.keys(entries))
        table = re.compile(rf"^(\[{name}\].*\n)(?:.+\n)*", re.M)
        text = table.sub(lambda found, lines=lines: found[1] + lines, text)
    invited = re.compile(r"^\[\[invited\]\].*(?:\n.+)*", re.M)
    return invited.sub(lambda found: re.sub("^", "# ", found[0], flags=re.M), text)
