"""Where evidence speaks to a condition and a principle together, case by case, and where there is none."""

import pandas as pd
from matplotlib.axes import Axes

from coprod.cases.maps import NO_CONDITION, NO_PRINCIPLE, WHOLE_PROGRAMME
from coprod.figures.grid import GAP, PAD, TINY, Grid, count_shade, letter
from coprod.figures.lettering import BODY, SMALL, printable, width_of
from coprod.figures.sheet import EDGE, GREY, INK, TRACK, WIDTH, Drawn, height, styled
from coprod.figures.wording import counted, quoted
from coprod.privacy import Shown, table_of

NAMES = 1.4  # inches for the names of conditions
COLUMN = 0.85  # inches at most
ROW = 0.52  # inches
FEW = 4  # cases; with more, a cell says how many
OVERALL = "overall"  # the whole programme, where there is little room
LARGE = "Large: rows of evidence that speak to both."


def evidence_map(shown: Shown) -> Drawn:
    """Draw how many rows of evidence speak to each condition together with each principle.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.evidence_map`.

    Returns
    -------
    Drawn
        Across, its Axes measure principles.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    with styled():
        ax = _Map(table).draw()
    return Drawn(ax, _alt(table), _title(table), shown)


class _Map:
    """The layout of one figure of conditions and principles."""

    def __init__(self, table: pd.DataFrame) -> None:
        principles = [name for name in table["principle"].unique() if name != NO_PRINCIPLE]
        alone = {"": [NO_PRINCIPLE]} if NO_PRINCIPLE in set(table["principle"]) else {}
        self.table = table
        self.grid = Grid({"Principles": principles, **alone}, NAMES, COLUMN)
        self.totals = _totals(table)
        self.most = max(_pairs(self.totals).values(), default=0)
        self.cases = _cases(table)
        most = table.loc[table["case"] != WHOLE_PROGRAMME, "rows"].max()
        room, widest = self.grid.cell - PAD, width_of(f" {most}", TINY)
        fits = all(width_of(printable(case), TINY) + widest <= room for case in self.cases)
        self.short = {case: case if fits else letter(place).lower() for place, case in enumerate(self.cases)}

    def draw(self) -> Axes:
        """Draw the key, and a row for each condition, those without one apart."""
        y = self.grid.head(self.grid.key(self._key(EDGE)))
        for condition, rows in self.table.groupby("condition", sort=False):
            y = self._row(condition, rows, y + (GAP if condition == NO_CONDITION else 0))
        return self.grid.sheet.finish(y)

    def _key(self, y: float) -> float:
        few = len(self.cases) <= FEW
        about = "how many of them about which case" if few else "how many cases these are about"
        words = f"{LARGE} Small: {about}"
        if WHOLE_PROGRAMME in set(self.table["case"]):
            words += f"; “{OVERALL}” is the whole programme"
        if few:
            words += "".join(f"; {short} is {case}" for case, short in self.short.items() if short != case)
        return (
            self.grid.sheet.write(f"{words}.", EDGE, y, width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY)
            + PAD
        )

    def _row(self, condition: str, rows: pd.DataFrame, y: float) -> float:
        small = {principle: self._small(there) for principle, there in rows.groupby("principle", sort=False)}
        high = PAD + height(BODY) + max(map(len, small.values())) * height(TINY)
        bottom = self.grid.name(condition, y, max(high, ROW))
        for _, principle, left in self.grid.places():
            if principle in small:
                alone = condition == NO_CONDITION or principle == NO_PRINCIPLE
                total = self.totals[condition, principle]
                fill, ink = (TRACK, INK) if alone and total else count_shade(total, self.most)
                self.grid.frame(left, y, bottom, facecolor=fill)
                self._words(total, small[principle], (left + 0.5, (y + bottom) / 2), ink)
        return bottom

    def _small(self, rows: pd.DataFrame) -> list[str]:
        """Say how many rows are about each case; of many cases only how many these are."""
        there = {row.case: row.rows for row in rows.itertuples() if row.rows}
        about = [f"{self.short[case]} {count}" for case, count in there.items() if case != WHOLE_PROGRAMME]
        if len(self.cases) > FEW and about:
            about = [counted(len(about), "case")]
        return [*about, *([f"{OVERALL} {there[WHOLE_PROGRAMME]}"] if WHOLE_PROGRAMME in there else [])]

    def _words(self, total: int, small: list[str], middle: tuple[float, float], ink: str) -> None:
        """Write how many rows speak to a pair, and below it about what; or that none does."""
        lines = [(str(total), BODY, "bold"), *((words, TINY, "normal") for words in small)]
        if not total:
            lines = [("none", TINY, "normal")]
        x, y = middle
        y -= sum(height(size) for _, size, _ in lines) / 2
        for words, size, weight in lines:
            look = {"color": ink, "fontsize": size, "weight": weight}
            self.grid.sheet.label(words, x, y + height(size) / 2, **look)
            y += height(size)


def _cases(table: pd.DataFrame) -> list[str]:
    return [case for case in table["case"].unique() if case != WHOLE_PROGRAMME]


def _totals(table: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Add up the rows of each pair over the cases."""
    return table.groupby(["condition", "principle"], sort=False)["rows"].sum().to_dict()


def _pairs(totals: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """Leave out what speaks to a condition or a principle alone, or to neither."""
    return {pair: rows for pair, rows in totals.items() if not {NO_CONDITION, NO_PRINCIPLE} & {*pair}}


def _title(table: pd.DataFrame) -> str:
    """Say how many pairs of a condition and a principle have evidence; or which one has none."""
    totals = _pairs(_totals(table))
    empty = [pair for pair, rows in totals.items() if not rows]
    if len(empty) == len(totals):
        return "No row speaks to a condition together with a principle"
    if not empty:
        return f"Each of {len(totals)} pairs of condition and principle has evidence"
    if len(empty) == 1:
        condition, principle = map(quoted, empty[0])
        return f"No row speaks to {condition} together with {principle}; every other pair has evidence"
    some = len(totals) - len(empty)
    have = "has" if some == 1 else "have"
    return f"Of {len(totals)} pairs of condition and principle, {some} {have} evidence"


def _alt(table: pd.DataFrame) -> str:
    """Say the rows of every pair, with their cases where these are few."""
    few = len(_cases(table)) <= FEW
    told = []
    for condition, rows in table.groupby("condition", sort=False):
        pairs = [_spoken(principle, there, few) for principle, there in rows.groupby("principle", sort=False)]
        told.append(f"{condition}: {'; '.join(pairs)}.")
    return f"Map of evidence: rows that speak to a condition together with a principle. {' '.join(told)}"


def _spoken(principle: str, rows: pd.DataFrame, few: bool) -> str:
    there = [row for row in rows.itertuples() if row.rows]
    if not there:
        return f"{principle} none"
    cases = ", ".join(f"{row.case} {row.rows}" for row in there)
    about = cases if few else counted(sum(row.case != WHOLE_PROGRAMME for row in there), "case")
    return f"{principle} {sum(row.rows for row in there)} ({about})"
