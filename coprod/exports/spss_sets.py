"""Questions of an SPSS file where several answers could be given: one column for each option.

The file may hold multiple response sets: of variables that say of one option whether it was ticked (type D),
or of variables that each hold one of the answers (type C). Many tools write no sets, but number the
variables of a question and give each of them one label and no other; these are put together by their names.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from coprod.exports.export import NOT_SEEN, OPTION, column
from coprod.exports.headers import cleaned
from coprod.exports.spss_columns import PLAIN, Variable

TICKED_ONLY = frozenset(
    {"yes", "selected", "checked", "ticked", "quoted", "mentioned", "chosen", "true", "1", "x"}
)
_NUMBERED = re.compile(r"(.+?)_?\d+")


class Several(NamedTuple):
    """A question where several answers could be given.

    Attributes
    ----------
    name, text : str
    variables : tuple of str
        The variables that it was made of.
    cells : dict of str to Series of str
        By column; the label of the option where it was ticked.
    told : list of dict
        The columns, as `described` takes them.
    declared : bool
        Whether the file says that these belong together.
    """

    name: str
    text: str
    variables: tuple[str, ...]
    cells: dict[str, pd.Series]
    told: list[dict[str, str]]
    declared: bool


def several(
    table: pd.DataFrame, known: Sequence[Variable], sets: Mapping[str, Mapping[str, Any]]
) -> list[Several]:
    """Find the questions where several answers could be given.

    Parameters
    ----------
    table : DataFrame, shape (responses, variables)
        Values.
    known : sequence of Variable
    sets : mapping of str to mapping
        The multiple response sets as pyreadstat gives them. A variable belongs to the first that names it.
    """
    by_name = {variable.name.lower(): variable for variable in known}
    taken: set[str] = set()
    found = []
    for name, held in sets.items():
        listed = [(own or "").lower() for own in held["variable_list"]]
        members = [by_name[own] for own in listed if own in by_name]
        members = [variable for variable in members if variable.name not in taken]
        if not members or (held["is_dichotomy"] and held["counted_value"] is None):
            continue
        taken |= {variable.name for variable in members}
        text = cleaned(held["label"] or "") or name
        if held["is_dichotomy"]:
            ticks = {variable.name: _same(held["counted_value"], variable) for variable in members}
            found.append(_of_ticks(name, text, members, ticks, table, declared=True))
        else:
            found.append(_of_mentions(name, text, members, table))
    rest = [variable for variable in known if variable.name not in taken]
    return [*found, *_by_name(rest, table, {each.name for each in found})]


def _same(counted: Any, variable: Variable) -> Any:
    if variable.words:
        return str(counted)
    try:
        return float(counted)
    except ValueError:
        return counted


def _of_ticks(
    name: str,
    text: str,
    members: Sequence[Variable],
    ticks: Mapping[str, Any],
    table: pd.DataFrame,
    *,
    declared: bool,
) -> Several:
    """Make columns of variables that say of one option whether it was ticked."""
    unseen = _all_missing(members, table)
    cells, told = {}, []
    for variable in members:
        label = _option(variable, ticks[variable.name])
        here = table[variable.name] == ticks[variable.name]
        cells[variable.name] = pd.Series("", table.index, dtype=str).mask(here, label).mask(unseen, NOT_SEEN)
        told.append(column(variable.name, OPTION, text, group=name, option=label))
    return Several(name, text, tuple(cells), cells, told, declared)


def _option(variable: Variable, tick: Any) -> str:
    """Choose the label of the value, or of the variable where the value's says only that it was ticked."""
    label = variable.labels.get(tick, "")
    return (
        label if label and label.lower() not in TICKED_ONLY and len(variable.answers) == 1 else variable.text
    )


def _of_mentions(name: str, text: str, members: Sequence[Variable], table: pd.DataFrame) -> Several:
    """Make columns of variables that each hold one of the answers."""
    unseen = _all_missing(members, table)
    words = {variable.name: {**_bare(variable, table), **variable.answers} for variable in members}
    labels: dict[str, list[tuple[str, Any]]] = {}
    mentions = ((value, own, label) for own, said in words.items() for value, label in said.items())
    for value, own, label in sorted(mentions):
        labels.setdefault(label, []).append((own, value))
    cells, told = {}, []
    for label, places in labels.items():
        here = pd.concat([table[own] == value for own, value in places], axis=1).any(axis=1)
        made = f"{name}: {label}"
        cells[made] = pd.Series("", table.index, dtype=str).mask(here, label).mask(unseen, NOT_SEEN)
        told.append(column(made, OPTION, text, group=name, option=label))
    return Several(name, text, tuple(variable.name for variable in members), cells, told, True)


def _bare(variable: Variable, table: pd.DataFrame) -> dict[Any, str]:
    """Give the values that were mentioned, as text: some may have no label."""
    values = [value for value in table[variable.name].dropna().unique() if value != ""]
    return {
        value: value.strip() if isinstance(value, str) else f"{value:.15g}"
        for value in values
        if not variable.is_missing(value)
    }


def _all_missing(members: Sequence[Variable], table: pd.DataFrame) -> pd.Series:
    """Find the rows where the file declares every variable of the question missing."""
    missing = [
        table[variable.name].isin(
            [value for value in table[variable.name].unique() if variable.is_missing(value)]
        )
        for variable in members
    ]
    return pd.concat(missing, axis=1).all(axis=1)


def _by_name(known: Sequence[Variable], table: pd.DataFrame, taken: set[str]) -> list[Several]:
    """Put numbered variables together that stand side by side and hold one label each, and nothing else."""

    def stem(variable: Variable) -> str:
        numbered = _NUMBERED.fullmatch(variable.name)
        single = numbered and not variable.words and variable.holds == PLAIN and len(variable.answers) == 1
        return numbered[1] if single and _ticks_only(variable, table) else ""

    found = []
    for name, members in ((name, list(own)) for name, own in groupby(known, stem)):
        if name and len(members) > 1 and name not in taken:
            ticks = {variable.name: next(iter(variable.answers)) for variable in members}
            found.append(_of_ticks(name, name, members, ticks, table, declared=False))
    return found


def _ticks_only(variable: Variable, table: pd.DataFrame) -> bool:
    values = table[variable.name].dropna().unique()
    return all(value in variable.answers or value == 0 or variable.is_missing(value) for value in values)
