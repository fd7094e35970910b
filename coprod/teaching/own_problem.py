"""The group's own problem: from a form, or from the lines in a cell, to its two figures."""

import pandas as pd

from coprod import cases, display, live
from coprod.figures import Drawn, fishbones, roots_and_leaves
from coprod.names import UnknownName
from coprod.opening import read
from coprod.privacy import protect
from coprod.problems import ProgrammeProblems
from coprod.programme import Programme
from coprod.teaching.apart import taken_apart

EXAMPLE = "demo"
OURS = "This is the group's own problem, from the lines in the cell above."
ITS_OWN = "This is a problem from the programme's own case studies."
INVENTED = "This example is invented, and has nothing to do with the programme that was chosen."
NONE = "There is no example here. Write your own problem into the cell above."
FORM = "In JupyterLab there is a form here to write your own problem into."


def problem(programme: Programme, problem: str = "", signs: str = "", causes: str = "") -> None:
    """Show a form for the group's problem, or, where nobody could use one, the figures of a problem.

    Parameters
    ----------
    programme : Programme
        Its first case with causes is the example while the group has written nothing; without one, the
        demo's is.
    problem, signs, causes : str
        As for :func:`coprod.teaching.taken_apart`.

    Raises
    ------
    ValueError
        There are more lines than a figure can hold.
    """
    table, told = _chosen(programme, problem, signs, causes)
    if live.front_end() and live.widgets_there():
        from coprod.teaching.forms import Problem

        Problem({"problem": problem, "signs": signs, "causes": causes}, told, drawn(table)).give_out()
        return
    missing = f" {live.NO_WIDGETS}." if live.front_end() else ""
    display.say([told, FORM + missing])
    display.show(*drawn(table), caption=told if told == INVENTED else "")


def drawn(table: pd.DataFrame) -> list[Drawn]:
    """Draw a problem as a fishbone, and as roots and leaves."""
    shown = protect(table, "internal")  # no people are counted in it
    return [*fishbones(shown), *roots_and_leaves(shown)] if len(table) else fishbones(shown)


def _chosen(programme: Programme, *ours: str) -> tuple[pd.DataFrame, str]:
    """Take the group's own problem, the programme's first, or the demo's; and say which it is."""
    table = taken_apart(*ours)
    if len(table):
        return table, OURS
    example, told = _first(cases.causes(programme)), ITS_OWN
    if example.empty:
        example, told = _first(_demo()), INVENTED
    return example, told if len(example) else NONE


def _demo() -> pd.DataFrame:
    try:
        return cases.causes(read(EXAMPLE))
    except (UnknownName, ProgrammeProblems):  # a group may have put the demo away
        return taken_apart("", "", "")


def _first(table: pd.DataFrame) -> pd.DataFrame:
    first = table[table["case"] == table["case"].iloc[0]] if len(table) else table
    return first.drop(columns="behind", errors="ignore").reset_index(drop=True)
