"""Keeping a further coder's readings: ``codings.csv``, written whole or not at all."""

from pathlib import Path

import pandas as pd

from coprod.checks import CODING_COLUMNS
from coprod.files import read_table
from coprod.opening import programme_folder
from coprod.problems import Problem, ProgrammeProblems
from coprod.programme import Programme

FILE = "codings.csv"


def save_codings(programme: Programme, readings: pd.DataFrame, coder: str) -> Path:
    """Put a coder's readings into the programme's ``codings.csv``.

    What other coders read stays, and so does what this coder read before of other rows.

    Parameters
    ----------
    programme : Programme
    readings : DataFrame
        From :func:`coprod.coding.read_sheet`.
    coder : str
        Who coded: a name, initials or a number.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ProgrammeProblems
        The coder has no name, or is the one whose reading of a row stands in ``evidence.csv``; or the file
        that is there cannot be read.
    """
    problems = _problems_of_coder(programme, readings, coder)
    path = programme_folder(programme.name) / FILE
    before = read_table(path, CODING_COLUMNS, problems) if path.exists() else None
    if problems:
        raise ProgrammeProblems(programme.name, problems)
    new = readings.assign(coder=coder)
    kept = pd.DataFrame(columns=list(CODING_COLUMNS), dtype=str) if before is None else before
    again = (kept["coder"] == coder) & kept["evidence"].isin(new["evidence"])
    table = pd.concat([kept[~again], new], ignore_index=True).fillna("")
    order = {row: place for place, row in enumerate(programme.evidence["evidence"])}
    coders = {name: place for place, name in enumerate(table["coder"].unique())}
    table = table.sort_values(
        ["coder", "evidence"], key=lambda cells: cells.map(coders if cells.name == "coder" else order)
    )
    part = path.with_name(f".{FILE}.part")
    table[list(kept.columns)].to_csv(part, index=False, lineterminator="\n", encoding="utf-8")
    part.replace(path)
    return path


def _problems_of_coder(programme: Programme, readings: pd.DataFrame, coder: str) -> list[Problem]:
    if not coder.strip() or not coder.isprintable() or coder != coder.strip() or coder[0] in "=+-@":
        said = "That is no name for a coder."
        return [Problem(FILE, said, "Give a name, initials or a number.", column="coder", value=coder)]
    evidence = programme.evidence
    own = evidence["evidence"][(evidence["coder"] == coder) & evidence["evidence"].isin(readings["evidence"])]
    said = "This coder's reading of the row stands in evidence.csv already."
    return [
        Problem(FILE, said, "A second reading needs somebody else.", column="coder", value=f"{coder}, {row}")
        for row in own
    ]
