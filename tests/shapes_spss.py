"""SPSS: a file that holds its own labels, and which values are no rating."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyreadstat
from shapes_coded import OPEN, code_of
from shapes_survey import MULTI, NOT_ASKED, NUMBER, Question, Survey, Written, person, plain, ticked

NO_RATING = ("Don't know", "Not applicable")


class Variable(NamedTuple):
    """One variable: its label, its values, and what they mean."""

    label: str
    values: list
    meaning: dict[int, str]


def spss(survey: Survey, folder: Path) -> Written:
    """Numbers with labels; what is no rating is declared missing, and a box has one label."""
    people = [person(row) for row in range(len(survey.rows))]
    variables = {
        "first_name": Variable("First name", [one.first for one in people], {}),
        "last_name": Variable("Last name", [one.last for one in people], {}),
        "email": Variable("E-mail", [one.email for one in people], {}),
        "ipaddress": Variable("IP", [one.ip for one in people], {}),
    }
    for one in survey.questions:
        variables |= _variables(one, [row[one.name] for row in survey.rows])
    meaning = {name: variable.meaning for name, variable in variables.items() if variable.meaning}
    apart = {
        name: [code for code, label in told.items() if label in NO_RATING] for name, told in meaning.items()
    }
    path = folder / "Riverside.sav"
    pyreadstat.write_sav(
        pd.DataFrame({name: variable.values for name, variable in variables.items()}),
        path,
        column_labels={name: variable.label for name, variable in variables.items()},
        variable_value_labels=meaning,
        missing_ranges={name: codes for name, codes in apart.items() if codes},
    )
    return Written(path)


def _variables(one: Question, cells: list[str]) -> dict[str, Variable]:
    if one.kind == MULTI:
        return {
            f"{one.name}_{code}": Variable(
                f"{one.text}: {label}", [_tick(label, cell) for cell in cells], {1: label}
            )
            for code, label in enumerate(one.labels, start=1)
        }
    if one.kind == NUMBER:
        return {one.name: Variable(one.text, [float(plain(cell) or "nan") for cell in cells], {})}
    if one.kind in OPEN:
        return {one.name: Variable(one.text, list(map(plain, cells)), {})}
    numbers = [float(code_of(one, cell) or "nan") for cell in cells]
    return {one.name: Variable(one.text, numbers, dict(enumerate(one.labels, start=1)))}


def _tick(label: str, cell: str) -> float:
    return float("nan") if cell == NOT_ASKED else float(label in ticked(cell))
