"""Which conditions and which kinds of outcome each case shows, and how many rows say so.

Both are read off what was told of a case: a condition is not known where nothing was told of it, which
is not the same as absent. A few cases stand side by side; where there are more, every case is a row.
"""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.grid import AGAIN, PAD, TINY, Grid
from coprod.figures.lettering import SMALL, width_of
from coprod.figures.sheet import EDGE, GREY, Drawn, height, styled
from coprod.figures.states import NOT_KNOWN, key, state
from coprod.figures.wording import counted, some_of
from coprod.privacy import Shown, table_of

STATES = {"present": "yes", "absent": "no", "both": "both", NOT_KNOWN: NOT_KNOWN}  # and their marks
ASPECTS = {"condition": "Conditions", "outcome": "Kinds of outcome"}
NAMED = {"condition": "condition", "outcome": "kind of outcome"}
NUMBERS = "3:1 is 3 that speak for it and 1 that speaks against it."
FEW = 4  # cases
NAMES = {"cases": 1.45, "aspects": 2.7}  # inches for the names of rows
COLUMN = 1.2  # inches at most
ROW, HIGHER = 0.27, 0.37  # inches, with numbers beside the marks, or below
HALF, BETWEEN = 0.06, 0.05  # inches from a mark's middle to its edge, and from there to its numbers
TOLD = 12  # cases whose every state is in the alternative text


def case_matrix(shown: Shown) -> Drawn:
    """Draw each case's conditions and kinds of outcome: present, absent, both or not known.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.matrix`.

    Returns
    -------
    Drawn
        Across, its Axes measure columns: cases where there are few, else conditions and kinds of outcome.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    with styled():
        ax = _Matrix(table).draw()
    return Drawn(ax, _alt(table), _title(table), shown)


class _Matrix:
    """The layout of one figure of cases and what they show."""

    def __init__(self, table: pd.DataFrame) -> None:
        told = [f"{row.spoke_for}:{row.spoke_against}" for row in table.itertuples()]
        self.table = table.assign(
            group=table["aspect"].map(ASPECTS), told=pd.Series(told).where(table["state"] != NOT_KNOWN, "")
        )
        self.few = table["case"].nunique() <= FEW
        columns = {"": list(table["case"].unique())} if self.few else self._aspects()
        self.grid = Grid(columns, NAMES["aspects" if self.few else "cases"], COLUMN)
        numbers = max(width_of(words, TINY) for words in self.table["told"])
        self.pair = 2 * HALF + BETWEEN + numbers  # inches of a mark with its numbers beside it
        self.beside = self.pair <= self.grid.cell - PAD

    def _aspects(self) -> dict[str, list[str]]:
        sets = self.table.groupby("group", sort=False)
        return {str(group): list(rows["title"].unique()) for group, rows in sets}

    def draw(self) -> Axes:
        """Draw the key and the rows."""
        there = set(self.table["state"])
        sheet, marks = self.grid.sheet, {mark: words for words, mark in STATES.items() if words in there}
        y = sheet.write(NUMBERS, EDGE, key(sheet, marks, EDGE), fontsize=SMALL, color=GREY)
        y = self.grid.key(y + PAD)
        return sheet.finish(self._aspect_rows(self.grid.head(y)) if self.few else self._case_rows(y))

    def _aspect_rows(self, y: float) -> float:
        for group, there in self.table.groupby("group", sort=False):
            y = self.grid.sheet.write(group, EDGE, y + 0.06, fontsize=SMALL, color=GREY) + 0.02
            for title, rows in there.groupby("title", sort=False):
                y = self._row(title, {("", row.case): row for row in rows.itertuples()}, y)
        return y

    def _case_rows(self, y: float) -> float:
        for place, (case, rows) in enumerate(self.table.groupby("case", sort=False)):
            if place % AGAIN == 0:
                y = self.grid.head(y + (PAD if place else 0))
            y = self._row(case, {(row.group, row.title): row for row in rows.itertuples()}, y)
        return y

    def _row(self, name: str, cells: dict[tuple[str, str], tuple], y: float) -> float:
        bottom = self.grid.name(name, y, ROW if self.beside else HIGHER)
        for group, heading, left in self.grid.places():
            self.grid.frame(left, y, bottom)
            if (group, heading) in cells:
                self._cell(cells[group, heading], left + 0.5, (y + bottom) / 2)
        return bottom

    def _cell(self, row: tuple, x: float, y: float) -> None:
        """Draw a mark and its numbers, beside it where there is room and else below it."""
        sheet, cell = self.grid.sheet, self.grid.cell
        if self.beside:
            x -= (self.pair / 2 - HALF) / cell
            sheet.label(row.told, x + (HALF + BETWEEN) / cell, y, ha="left", fontsize=TINY)
        elif row.told:
            sheet.label(row.told, x, y + height(TINY) / 2, fontsize=TINY)
            y -= height(TINY) / 2
        state(sheet, STATES[row.state], x, y)


def _title(table: pd.DataFrame) -> str:
    """Name what most cases show, and say how much is not known."""
    cases = table["case"].nunique()
    named = [_most(rows, NAMED[aspect], cases) for aspect, rows in table.groupby("aspect", sort=False)]
    unknown = int((table["state"] == NOT_KNOWN).sum())
    title = f"{'; '.join(named)}; not known: {unknown} of {len(table)}"
    return title[0].upper() + title[1:]


def _most(rows: pd.DataFrame, of: str, cases: int) -> str:
    present = rows[rows["state"] == "present"].groupby("title", sort=False)["case"].nunique()
    if present.empty:
        return f"no {of} is known to be present in any case"
    most = [title for title, count in present.items() if count == present.max()]
    return f"{of} present in most cases: {some_of(most)} ({present.max()} of {cases})"


def _alt(table: pd.DataFrame) -> str:
    """Say every state with its numbers; with many cases, how many of them have each."""
    cases = table["case"].nunique()
    start = f"Matrix of conditions and kinds of outcome, {counted(cases, 'case')}."
    if cases > TOLD:
        sets = table.groupby("title", sort=False)
        told = [f"{title}: {_counts(rows['state'])}." for title, rows in sets]
    else:
        told = [
            f"{case}: " + "; ".join(map(_spoken, rows.to_dict("records"))) + "."
            for case, rows in table.groupby("case", sort=False)
        ]
    return f"{start} {' '.join(told)}"


def _counts(states: pd.Series) -> str:
    """Say how many cases have each state, those that none has left out."""
    counts = states.value_counts()
    return ", ".join(f"{words} in {counts[words]}" for words in STATES if words in counts)


def _spoken(row: dict[str, Any]) -> str:
    numbers = f", {row['spoke_for']} for and {row['spoke_against']} against"
    return f"{row['title']} {row['state']}{'' if row['state'] == NOT_KNOWN else numbers}"
