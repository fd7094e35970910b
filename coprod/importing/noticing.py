"""What looks odd in the answers, for a person to look at; nothing is taken away for it."""

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from coprod.codebook import NOT_ASKED
from coprod.exports import Export
from coprod.exports.export import IDENTIFIER, METADATA, TEXT
from coprod.importing.questions import WORDS, Question

SAME = 5  # people who gave the same answers to everything
ENOUGH = 5  # questions that they answered; in fewer, people agree by chance
SHOWN = 12  # rows in a sentence
_TEST = re.compile(
    r"(?i)\W*(?:(?:this is )?(?:just )?an? )?test(?:ing|er|user|person)?(?:[ _-]?test)*\W*\d{0,3}\W*|"
    r"\W*(?:asdf\w{0,8}|qwerty\w{0,4}|x{3,8}|dummy|lorem ipsum.{0,200}|foo ?bar|bla(?: ?bla)+)\W*"
)


def noticed(asked: Mapping[str, Sequence[Question]], exports: Mapping[str, Export]) -> list[str]:
    """Find forms that were filled in the same way, and rows that look like tests.

    Parameters
    ----------
    asked : mapping of str to sequence of Question
        By wave.
    exports : mapping of str to Export
        The same waves.

    Returns
    -------
    list of str
        A sentence each, with the numbers of the responses and none of the answers. The first response of a
        file is 1.
    """
    said = []
    for wave, export in exports.items():
        file = f"{export.file} ({wave})" if wave else export.file
        said += _same(file, [question for question in asked[wave] if question.role != WORDS])
        said += _tests(file, export)
    return said


def constant(columns: Mapping[str, pd.Series]) -> list[str]:
    """List the items to which everybody who answered gave the same answer; two answered at least."""
    found = []
    for item, cells in columns.items():
        given = cells[~cells.isin(["", NOT_ASKED])]
        if len(given) > 1 and (given == given.iloc[0]).all():
            found.append(item)
    return found


def _same(file: str, questions: Sequence[Question]) -> list[str]:
    if len(questions) < ENOUGH:
        return []
    answers = pd.concat({str(place): one.cells for place, one in enumerate(questions)}, axis=1)
    answered = (~answers.isin(["", NOT_ASKED])).sum(axis=1) >= ENOUGH
    filled = pd.util.hash_pandas_object(answers[answered], index=False)
    groups = [filled.index[filled == one] for one, count in filled.value_counts().items() if count >= SAME]
    if not groups:
        return []
    largest = max(groups, key=len)
    others = {0: "", 1: " There is one more such group."}
    more = others.get(len(groups) - 1, f" There are {len(groups) - 1} more such groups.")
    return [
        f"{file}: {len(largest)} responses give the same answer to every question ({_rows(largest)}). They "
        "may be of one mind, or somebody, or a program, sent the form again and again: look at them. They "
        f"are kept.{more}"
    ]


def _tests(file: str, export: Export) -> list[str]:
    """Find rows in which words of a person's own, or their name, are those of a test."""
    columns = export.columns
    names = columns["column"][columns["role"].isin([TEXT, IDENTIFIER, METADATA])]
    found: set[int] = set()
    for name in names:
        cells = export.answers[name].reset_index(drop=True)
        tests = [cell for cell in cells.unique() if cell and len(cell) < 300 and _TEST.fullmatch(cell)]
        found |= set(cells.index[cells.isin(tests)]) if tests else set()
    if not found:
        return []
    count = "1 response looks like a test" if len(found) == 1 else f"{len(found)} responses look like tests"
    kept = "It is kept: take it" if len(found) == 1 else "They are kept: take them"
    return [f"{file}: {count} ({_rows(sorted(found))}). {kept} out of the export where nobody meant it."]


def _rows(rows: Iterable[int]) -> str:
    numbers = [str(row + 1) for row in rows]
    more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
    return f"response {numbers[0]}" if len(numbers) == 1 else f"responses {', '.join(numbers[:SHOWN])}{more}"
