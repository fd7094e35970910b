"""Where people moved: a square of the answers before, down, and the answers after, across.

Both run from the least favourable answer to the most, whatever the scale's polarity, so that who moved
up stands above the diagonal and who moved down below it in every figure. Every cell has its count; the
more people, the darker.

Where counts may not be shown, three tiles say in words how many improved, stayed the same and got worse.
"""

from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures import wording
from coprod.figures.colours import PAPER, band_shade, ink_on
from coprod.figures.comparisons_wording import DOWN, SAME, UP, flow_alt, flow_title, moved
from coprod.figures.grid import letter
from coprod.figures.lettering import SMALL, printable, width_of, wrapped
from coprod.figures.questions import ask, one_only
from coprod.figures.sheet import (
    EDGE,
    FAINT,
    GREY,
    INK,
    MARKS,
    WIDTH,
    WORDS,
    Drawn,
    Sheet,
    height,
    styled,
)
from coprod.figures.tiles import side_tiles
from coprod.privacy import Shown, table_of
from coprod.saying import BAND, EXACT

NAMES = (0.75, 1.65)  # inches at the left for the answers before: at least and at most
WIDEST = 1.15  # inches of a cell
ROW = 0.36  # inches
PAD = 0.08  # inches around a name
LETTER = 0.3  # inches before an answer's name, for its letter
LINES = 4  # of an answer's name above a column; longer ones get a letter
STEPS = 12  # shades


def flow(shown: Shown) -> Drawn:
    """Draw one item's answers before and after.

    Parameters
    ----------
    shown : Shown
        A protected table of :func:`coprod.change.flow`, one item; in bands it becomes three tiles.

    Returns
    -------
    Drawn
        Across, its Axes measure answers after, the least favourable from 0 to 1; in bands inches.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    ValueError
        The table has several items or precisions.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    one_only(table, "item")
    one_only(table, "precision")
    with styled():
        if shown.precision == BAND:
            items = ask(table)
            return Drawn(side_tiles(items), wording.sides_alt(items), flow_title(table), shown)
        return Drawn(_Grid(table).draw(), flow_alt(table), flow_title(table), shown)


def flows(shown: Shown) -> list[Drawn]:
    """Draw answers before and after, one figure for each item."""
    table = table_of(shown)
    if table.empty:
        return [flow(shown)]
    sets = table.groupby("item", sort=False)
    return [flow(replace(shown, table=rows.reset_index(drop=True))) for _, rows in sets]


class _Grid:
    """The layout of one figure of answers before and after."""

    def __init__(self, table: pd.DataFrame) -> None:
        ups = table[table["side"] == UP]
        falling = (ups["order_after"] < ups["order_before"]).any()
        first = table.drop_duplicates("order_before").sort_values("order_before", ascending=not falling)
        self.table, self.labels, self.most = table, list(first["before"]), table["n"].max()
        self.places = {order: place for place, order in enumerate(first["order_before"])}
        longest = max(width_of(printable(label), SMALL) for label in self.labels)
        names = min(max(longest + LETTER + PAD + 0.02, NAMES[0]), NAMES[1])
        cell = min(WIDEST, (WIDTH - 2 * EDGE - names) / len(self.labels))
        self.sheet = Sheet(zero=EDGE + names, unit=cell)
        lettered = any(self._too_long(label) for label in self.labels)
        self.tags = [letter(place) for place in range(len(self.labels))] if lettered else self.labels

    def _too_long(self, label: str) -> bool:
        room = self.sheet.unit - PAD
        words = max(width_of(word, SMALL) for word in printable(label).split() or [""])
        return words > room or len(wrapped(label, room, SMALL)) > LINES

    def draw(self) -> Axes:
        """Draw the question, the answers after, a row for each answer before, and what the sides mean."""
        y = self.sheet.write(self.table["text"].iloc[0], EDGE, EDGE, width=WIDTH - 2 * EDGE) + 0.1
        y = self._headings(self._above(y))
        for place in range(len(self.labels)):
            y = self._row(place, y)
        return self.sheet.finish(self._below(y + 0.05))

    def _said(self, words: str, side: str) -> str:
        """Name a side of the diagonal, with its people where they are exact."""
        if self.table["precision"].iloc[0] != EXACT:
            return words
        return f"{words}: {moved(self.table, side)} of {self.table['base'].iloc[0]:.0f}"

    def _above(self, y: float) -> float:
        right = self.sheet.zero + self.sheet.unit * len(self.labels)
        up = f"{self._said('moved up', UP)} ↗"
        # a scale of two answers has no room for both on one line
        if width_of(up, SMALL) + 0.8 > right - self.sheet.zero:
            right = WIDTH - EDGE
        self.sheet.write(up, right, y, fontsize=SMALL, ha="right")
        self.sheet.write("before ↓", EDGE, y, fontsize=SMALL, color=GREY)
        return self.sheet.write("after →", self.sheet.zero, y, fontsize=SMALL, color=GREY)

    def _headings(self, y: float) -> float:
        """Name the columns, every name standing on the grid."""
        names = [wrapped(tag, self.sheet.unit - PAD, SMALL) for tag in self.tags]
        bottom = y + max(map(len, names)) * height(SMALL) + 0.05
        for place, lines in enumerate(names):
            for up, line in enumerate(reversed(lines)):
                self.sheet.label(line, place + 0.5, bottom - 0.03 - (up + 0.5) * height(SMALL))
        return bottom

    def _row(self, place: int, y: float) -> float:
        label, tag = self.labels[place], self.tags[place]
        indent = 0 if tag == label else LETTER
        lines = wrapped(label, self.sheet.zero - EDGE - PAD - indent, SMALL)
        high = max(ROW, len(lines) * height(SMALL) + PAD)
        top = y + (high - len(lines) * height(SMALL)) / 2
        if indent:
            self.sheet.write(tag, EDGE, top, fontsize=SMALL, weight="bold")
        for down, line in enumerate(lines):
            self.sheet.write(line, EDGE + indent, top + down * height(SMALL), fontsize=SMALL)
        for row in self.table[self.table["order_before"].map(self.places) == place].itertuples():
            self._cell(row, (y, high))
        return y + high

    def _cell(self, row: tuple, where: tuple[float, float]) -> None:
        """Draw one cell with its count, and an outline on the diagonal."""
        (top, high), left = where, self.places[row.order_after]
        shade = round(row.n / self.most * (STEPS - 1)) if row.n else 0
        fill = band_shade(row.side, shade, STEPS) if row.n else PAPER
        look = {"edgecolor": FAINT, "linewidth": 0.6}
        if row.side == SAME:
            look = {"edgecolor": INK, "linewidth": 1.8, "zorder": MARKS + 0.5}
        self.sheet.box(left, top, 1, high, facecolor=fill, **look)
        words = f"{row.n:.0f}"
        if width_of(words, SMALL) <= self.sheet.unit:
            ink = ink_on(fill) if row.n else GREY
            self.sheet.label(words, left + 0.5, top + high / 2, color=ink, zorder=WORDS)

    def _below(self, y: float) -> float:
        down = f"↙ {self._said('moved down', DOWN)}"
        same = self._said("outlined, stayed the same", SAME)
        for words in (down, same):
            y = self.sheet.write(words, self.sheet.zero, y, fontsize=SMALL)
        return y
