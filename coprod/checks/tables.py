"""Checks of a CSV file's cells, run by pandera, told as problems."""

from collections.abc import Iterable

import pandas as pd
import pandera.pandas as pa

from coprod.problems import Problem


def one_of(valid: Iterable[str], named: str) -> pa.Check:
    """Check that a cell is one of the valid ones; ``named`` says in words what those are."""
    return pa.Check.isin(list(valid), error=f"It may not be that.|Use {named}.")


def required(remedy: str) -> pa.Check:
    """Check that a cell is not blank."""
    return pa.Check(lambda cells: cells.str.strip() != "", error=f"It is blank.|{remedy}")


def unique(remedy: str) -> pa.Check:
    """Check that no cell stands there twice; the second one is the problem."""
    return pa.Check(
        lambda cells: ~cells.duplicated() | (cells == ""), error=f"It stands there twice.|{remedy}"
    )


def matches(pattern: str, remedy: str) -> pa.Check:
    """Check that a cell has a certain form, or is blank."""
    return pa.Check(
        lambda cells: cells.str.fullmatch(f"(?:{pattern})?"), error=f"It has the wrong form.|{remedy}"
    )


def run_schema(file: str, rows: pd.DataFrame, columns: dict[str, pa.Column], problems: list[Problem]) -> None:
    """Hold a table against its columns' checks.

    Parameters
    ----------
    file : str
        Its name, for the problems.
    rows : DataFrame
        All text, indexed from 0; row 0 is line 2 of the file.
    columns : dict of str to Column
        The checks, made by the functions above.
    problems : list of Problem
        Grows by one for each cell that fails.
    """
    try:
        pa.DataFrameSchema(columns).validate(rows.reset_index(drop=True), lazy=True)
    except pa.errors.SchemaErrors as failed:
        cells = failed.failure_cases.sort_values(["index", "column"], kind="stable")
        problems.extend(_problem(file, cell) for cell in cells.itertuples(index=False))


def _problem(file: str, cell: tuple) -> Problem:
    said, _, remedy = str(cell.check).partition("|")
    return Problem(file, said, remedy, str(int(cell.index) + 2), str(cell.column), str(cell.failure_case))
