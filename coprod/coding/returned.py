"""Reading a coder's sheet again: every problem at once, and nothing taken in while there is one."""

import re
from collections.abc import Container
from pathlib import Path

import pandas as pd

from coprod.checks.evidence import SEPARATOR
from coprod.coding.sheets import FILLED, in_cell, label
from coprod.coding.unpacked import Row, read_rows
from coprod.coding.variables import VARIABLES, choices
from coprod.names import unknown
from coprod.problems import FileRefused, Problem
from coprod.programme import Programme

KEYED = re.compile(r".*\[([^\[\]]+)\]")  # "Recruitment [recruitment]"
AS_SENT = "Put the id and the words back as they were sent."


def read_sheet(path: Path, programme: Programme) -> pd.DataFrame:
    """Read a sheet that :func:`coprod.coding.write_sheet` wrote and a coder filled in.

    Rows may have moved: they are known by their ids, which their words have to fit.

    Returns
    -------
    DataFrame
        ``evidence`` and a column for each variable, keys as in ``codings.csv``: one row for each row of the
        sheet in which something was chosen, in the order of the evidence.

    Raises
    ------
    FileRefused
        With every problem: not a spreadsheet, or too large a one; columns that are missing, unknown or there
        twice; formulas; ids that are missing, unknown or there twice; words that were changed, or stand
        beside another id; choices that are not in the list, or whose title has changed; a coded row without
        a direction; nothing coded at all.
    """
    problems: list[Problem] = []
    rows = read_rows(path, problems)
    if rows is not None:
        _check_ids(path.name, rows, programme, problems)
        coded = _coded(path.name, rows, programme, problems)
        if coded.empty and not problems:
            said = "No row is coded."
            problems.append(Problem(path.name, said, "Fill the sheet in, save it, and try again."))
    if problems:
        raise FileRefused(path.name, problems)
    return coded.set_index("evidence").reindex(_in_order(programme, coded)).reset_index()


def _in_order(programme: Programme, coded: pd.DataFrame) -> pd.Series:
    ids = programme.evidence["evidence"]
    return ids[ids.isin(coded["evidence"])]


def _check_ids(file: str, rows: list[Row], programme: Programme, problems: list[Problem]) -> None:
    """Check that every row of evidence is there once, with its own words."""
    words = dict(zip(programme.evidence["evidence"], programme.evidence["paraphrase"], strict=True))
    seen: set[str] = set()
    for row in rows:
        given = row.cells["evidence"]
        if said := _wrong_id(given, words, seen):
            problems.append(Problem(file, said, AS_SENT, row.number, "evidence", given))
        elif row.cells["paraphrase"] != in_cell(words[given]):
            said = "These are not the words of this id: the row was mixed up or reworded."
            problems.append(Problem(file, said, AS_SENT, row.number, "paraphrase", row.cells["paraphrase"]))
        seen.add(given)
    said = "This row of evidence is missing."
    remedy = "Put it back, with its words; leave its codes blank if you have not read it."
    problems.extend(
        Problem(file, said, remedy, column="evidence", value=given) for given in words if given not in seen
    )


def _wrong_id(given: str, known: Container[str], seen: Container[str]) -> str:
    if not given:
        return "The row has no id."
    if given not in known:
        return "There is no such row of evidence."
    return "This id stands there twice." if given in seen else ""


def _coded(file: str, rows: list[Row], programme: Programme, problems: list[Problem]) -> pd.DataFrame:
    """Turn what was chosen into keys, row by row; rows without a choice are left out."""
    offered = choices(programme)
    lists = {
        variable: dict(zip(kept["code"], map(label, kept["title"], kept["code"]), strict=True))
        for variable, kept in offered.groupby("variable", sort=False)
    }
    coded = []
    for row in rows:
        keys: dict[str, list[str]] = {variable: [] for variable in VARIABLES}
        for column, variable in FILLED.items():
            for chosen in filter(None, map(str.strip, row.cells[column].split(SEPARATOR.strip()))):
                key, problem = _key(chosen, lists[variable])
                keys[variable] += [key]
                if problem:
                    problems.append(Problem(file, *problem, row.number, column, chosen))
        if any(keys.values()) and not keys["direction"]:
            said = "The row is coded but has no direction."
            problems.append(Problem(file, said, "Choose one, or clear the row.", row.number, "direction"))
        if any(keys.values()):
            cells = {variable: SEPARATOR.join(dict.fromkeys(chosen)) for variable, chosen in keys.items()}
            coded.append({"evidence": row.cells["evidence"], **cells})
    return pd.DataFrame(coded, columns=["evidence", *VARIABLES])


def _key(chosen: str, labels: dict[str, str]) -> tuple[str, tuple[str, str] | None]:
    """Find the key that was chosen; or what is wrong, and its remedy."""
    found = KEYED.fullmatch(chosen)
    key = found[1] if found else chosen
    if key not in labels:
        return "", (str(unknown("choice", chosen, labels.values())), "Choose from the list.")
    if found and chosen != labels[key]:
        said = f"This choice is now called {labels[key]!r}: it was renamed, in the sheet or in the framework."
        return "", (said, "Read what it means now, and choose again.")
    return key, None
