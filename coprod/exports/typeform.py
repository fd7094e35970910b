"""Typeform: the CSV of its responses, or the same as a workbook.

A question where one answer is chosen is a column, and "Other" beside it holds people's own words. A question
where several can be ticked is a column for each option, which holds the option's own name where it was
ticked; the question itself is nowhere in the file. Headers keep HTML tags; yes and no are 1 and 0.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from coprod.exports.export import IDENTIFIER, METADATA, OPTION, TEXT, Export, column
from coprod.exports.headers import cleaned
from coprod.exports.questions import Asked, about_dates, finished, questions
from coprod.exports.tables import openings, read_table

NAME, TITLE = "typeform", "Typeform"
OTHER = "Other"
STARTED, SENT = "start date (utc)", "submit date (utc)"
ABOUT = (STARTED, SENT, "stage date (utc)", "response type", "ending", "score", "tags")
WHO = ("#", "network id", "response id", "token")
YES_NO = {"1": "Yes", "0": "No"}
LONGEST = 80  # characters of an option that nobody ticked; a longer header is a question that nobody answered

SHOWN = 60  # characters of an option in the name of its question


def recognises(path: Path) -> bool:
    """Say whether Typeform's two times stand in the first row; a file without them needs telling."""
    return any({STARTED, SENT} <= {name.lower() for name in rows[0]} for rows in openings(path))


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read the responses to a form.

    Raises
    ------
    FileRefused
        The file is damaged, there is no header row, or there are no answers.
    """
    table = read_table(path)
    answers = table.answers.copy()
    headers = dict(zip(answers, map(cleaned, table.headers), strict=True))
    about = _about(list(answers))
    groups = _groups(answers, {name: header for name, header in headers.items() if name not in about})
    ticked, words = _options(answers, headers, groups)
    single = [name for name in answers if name not in about and name not in ticked]
    beside = _beside(headers, single, list(answers))
    yes_no = _yes_no(answers, single)
    answers = _own_words_out(answers, groups, headers, beside, yes_no)
    asked = {name: Asked(headers[name] or name) for name in single if name not in beside}
    columns, decided = questions(answers, asked, {})
    others = [
        column(name, TEXT, f"{headers[question]} Other, in people's own words.")
        for name, question in beside.items()
    ]
    told = [*about.values(), *ticked.values(), *columns, *others, *words]
    times = [name for name in about if name.lower() in (STARTED, SENT)]
    own = [question for question in beside.values() if (answers[question] == OTHER).any()]
    said = [*_said(groups, yes_no, own), *decided, *about_dates(answers, times)]
    return finished(NAME, table, answers, told, said)


def _about(names: Sequence[str]) -> dict[str, dict[str, str]]:
    """Describe what Typeform adds: numbers, times, and the address that a response came from."""
    told = {name: column(name, IDENTIFIER, why="Typeform's number.") for name in names if name.lower() in WHO}
    about = [name for name in names if name.lower() in ABOUT]
    return told | {name: column(name, METADATA, why="About the form, not the person.") for name in about}


def _groups(answers: pd.DataFrame, headers: Mapping[str, str]) -> dict[str, list[str]]:
    """Find the options of each question where several can be ticked.

    They stand side by side: columns that hold their own name, or nothing, and "Other" at the end.
    """
    runs: list[list[str]] = [[]]
    for name, header in headers.items():
        given = set(answers[name].str.strip()) - {""}
        if header == OTHER and runs[-1]:
            runs[-1].append(name)
            runs.append([])
        elif header != OTHER and ({cleaned(cell) for cell in given} or {_unticked(header)}) == {header}:
            runs[-1].append(name)
        else:
            runs.append([])
    groups: dict[str, list[str]] = {}
    for run in runs:
        options = [name for name in run if headers[name] != OTHER]
        if len(run) > 1 and (answers[options] != "").any(axis=None):
            groups[_title([headers[name] for name in run], groups)] = run
    return groups


def _unticked(header: str) -> str:
    """Give a header back if it may be that of an option which nobody ticked."""
    return header if len(header) <= LONGEST and not header.endswith(("?", ".", ":")) else ""


def _title(options: Sequence[str], taken: Mapping[str, object]) -> str:
    more = f" and {len(options) - 2} more" if len(options) > 2 else ""
    title = f"Ticked: {options[0][:SHOWN]}, {options[1][:SHOWN]}{more}"
    same = sum(other.startswith(title) for other in taken)
    return f"{title} ({same + 1})" if same else title


def _options(
    answers: pd.DataFrame, headers: Mapping[str, str], groups: Mapping[str, Sequence[str]]
) -> tuple[dict[str, dict[str, str]], list[dict[str, str]]]:
    """Describe the options, and the words of their "Other"."""
    ticked, words = {}, []
    for group, names in groups.items():
        for name in names:
            ticked[name] = column(name, OPTION, group, group=group, option=headers[name])
            if headers[name] == OTHER and (answers[name] != "").any():
                words.append(column(_in_words(name), TEXT, f"{group}: other, in people's own words."))
    return ticked, words


def _in_words(name: str) -> str:
    return f"{name}, in words"


def _beside(headers: Mapping[str, str], single: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Find the questions that a column "Other" stands beside."""
    before = dict(zip(names[1:], names, strict=False))
    return {
        name: before[name]
        for name in single
        if headers[name] == OTHER and before.get(name) in single and headers[before[name]] != OTHER
    }


def _yes_no(answers: pd.DataFrame, single: Sequence[str]) -> list[str]:
    given = {name: set(answers[name].str.strip()) - {""} for name in single}
    return [name for name, cells in given.items() if cells and cells <= set(YES_NO)]


def _own_words_out(
    answers: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    headers: Mapping[str, str],
    beside: Mapping[str, str],
    yes_no: Sequence[str],
) -> pd.DataFrame:
    """Put "Other" where somebody wrote words of their own, and the words into a column by themselves."""
    parted = answers.copy()
    for name in (name for names in groups.values() for name in names):
        filled = answers[name] != ""
        parted.loc[filled, name] = headers[name]
        if headers[name] == OTHER and filled.any():
            parted[_in_words(name)] = answers[name]
    for name, question in beside.items():
        parted.loc[(answers[question] == "") & (answers[name] != ""), question] = OTHER
    for name in yes_no:
        parted[name] = answers[name].str.strip().replace(YES_NO)
    return parted


def _said(groups: Mapping[str, Sequence[str]], yes_no: Sequence[str], own: Sequence[str]) -> list[str]:
    said = [
        f"The question above the {len(names)} options from {names[0]!r} to {names[-1]!r} is not in the file: "
        f"it is called {group!r} until somebody writes what was asked."
        for group, names in groups.items()
    ]
    if groups:
        said.append(
            "Two questions side by side where several can be ticked look like one: look at the options."
        )
    if yes_no:
        said.append(f"1 and 0 were read as Yes and No in: {', '.join(map(repr, yes_no))}.")
    if own:
        listed = ", ".join(map(repr, own))
        said.append(f"Where only words of people's own were given, the answer is 'Other': {listed}.")
    return said
