"""Diverging bars: how people answered a set of questions on one ordered scale.

Unfavourable answers go to the left of a zero line and favourable ones to the right, the mildest label
of each side next to the line. The neutral answer is on neither side, so it is drawn apart, from a zero
line of its own and on the same scale: cut in two it would lengthen both sides, and left out it would
be forgotten. Whoever gave no label is counted in words beside the bar and is in no bar.

Where counts may not be shown, tiles that say each side's share in words take the place of bars.

Source
------
Heiberger and Robbins (2014), "Design of diverging stacked bar charts for Likert scales and other
applications", Journal of Statistical Software 57(5).
"""

from matplotlib.axes import Axes

from coprod.figures import wording
from coprod.figures.colours import HATCH, PAPER, ink_on, shades, tint
from coprod.figures.from_zero import answer_bars
from coprod.figures.lettering import SMALL, width_of
from coprod.figures.questions import Question, ask
from coprod.figures.rows import BAR, BESIDE, ask_above, count_beside, nobody
from coprod.figures.sheet import EDGE, FAINT, GREY, INK, WIDTH, WORDS, Drawn, Sheet, height, styled
from coprod.figures.tiles import side_tiles
from coprod.privacy import Shown, table_of
from coprod.saying import BAND, PER_CENT_FROM

GAP = 0.2  # inches before the neutral
LEAST_SIDE = 0.12  # share; room for a side on which hardly anybody stands
LEAST_NEUTRAL = 0.85  # inches; room for the neutral's name


def diverging_bars(shown: Shown) -> Drawn:
    """Draw how people answered a set of items: unfavourable to the left, favourable to the right.

    Parameters
    ----------
    shown : Shown
        A protected table of :func:`coprod.likert.shares`: items of one scale, one group. Scales
        without an order are drawn by :func:`answer_bars`; tables in bands as tiles of words.

    Returns
    -------
    Drawn
        Across, its Axes measure shares of those who gave a label, unfavourable ones below 0.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    ValueError
        The items have several scales, or the table has several groups.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    items = ask(table)
    if not items[0].ordered:
        return answer_bars(shown)
    with styled():
        ax = side_tiles(items) if items[0].precision == BAND else _Bars(items).draw()
    return Drawn(ax, wording.sides_alt(items), wording.sides_title(items), shown)


class _Bars:
    """The layout of one figure of diverging bars."""

    def __init__(self, items: list[Question]) -> None:
        self.items = items
        self.left, self.right, self.neutral = _labels(items[0])
        self.fills = {
            **dict(zip(self.left[::-1], shades("unfavourable", len(self.left)), strict=True)),
            **dict(zip(self.right, shades("favourable", len(self.right)), strict=True)),
            **dict(zip(self.neutral, shades("neutral", len(self.neutral)), strict=True)),
        }
        self.most_left, self.most_right = (
            max(LEAST_SIDE, self._most(side)) for side in (self.left, self.right)
        )
        unit = self._unit()
        self.sheet = Sheet(zero=EDGE + self.most_left * unit, unit=unit)
        self.middle = self.most_right + GAP / unit  # where the neutral's own 0 lies

    def _most(self, labels: list[str]) -> float:
        return max(float(item.labels.loc[labels, "share"].sum()) for item in self.items)

    def _unit(self) -> float:
        """Return the inches that stand for everybody, so that all three columns fit."""
        sides, room = self.most_left + self.most_right, WIDTH - BESIDE - EDGE - GAP
        if not self.neutral:
            return (room + GAP) / sides
        return min(room / (sides + self._most(self.neutral)), (room - LEAST_NEUTRAL) / sides)

    def draw(self) -> Axes:
        """Draw the key, each question with its bar, and a scale in words."""
        y = self._key()
        for item in self.items:
            y = ask_above(self.sheet, item, y)
            y = max(self._bar(item, y), count_beside(self.sheet, item, y))
        return self.sheet.finish(self._ruler(y + 0.04))

    def _key(self) -> float:
        """Name the colours in the scale's order, the neutral above its own column."""
        middle = self.sheet.zero + self.middle * self.sheet.unit
        below = EDGE
        if self.neutral:
            below = self._swatch(self.neutral[0], middle, EDGE, WIDTH - EDGE - middle)
        room = middle - GAP - EDGE if self.neutral else WIDTH - 2 * EDGE
        y, both = EDGE, self.left + self.right
        for labels in [both] if sum(map(_swatch_width, both)) <= room else [self.left, self.right]:
            y = self._swatches(labels, y, room)
        return max(below, y)

    def _swatches(self, labels: list[str], y: float, room: float) -> float:
        x = EDGE
        for label in labels:
            if x > EDGE and x + _swatch_width(label) > EDGE + room:
                x, y = EDGE, y + height(SMALL)
            below = self._swatch(label, x, y, EDGE + room - x)
            x += _swatch_width(label)
        return below

    def _swatch(self, label: str, x: float, y: float, width: float) -> float:
        box = self.sheet.box(self.sheet.at(x), y + 0.025, 0.14 / self.sheet.unit, 0.13)
        self._paint(box, label)
        return self.sheet.write(label, x + 0.2, y, width=width - 0.2, fontsize=SMALL)

    def _paint(self, box, label: str) -> None:
        fill = self.fills[label]
        box.set(facecolor=fill, edgecolor=PAPER)
        if label in self.left:
            box.set(hatch=HATCH, edgecolor=tint(fill))

    def _bar(self, item: Question, y: float) -> float:
        if not item.base:
            return nobody(self.sheet, y)
        for zero in [0, self.middle] if self.neutral else [0]:
            self.sheet.upright(zero, y - 0.03, y + BAR + 0.03, color=INK, linewidth=1.2, zorder=WORDS)
        for x in self._ticks():
            self.sheet.upright(x, y - 0.03, y + BAR + 0.03, color=FAINT)
        for labels, x, way in ((self.left[::-1], 0, -1), (self.right, 0, 1), (self.neutral, self.middle, 1)):
            for label in labels:
                share = float(item.labels.loc[label, "share"])
                self._segment(item, label, x if way > 0 else x - share, y)
                x += way * share
        return y + BAR

    def _segment(self, item: Question, label: str, left: float, y: float) -> None:
        row = item.labels.loc[label]
        if not row["share"]:
            return
        self._paint(self.sheet.box(left, y, row["share"], BAR), label)
        words = f"{row['n']:.0f}" if item.base < PER_CENT_FROM else f"{row['share']:.0%}"
        if width_of(words, SMALL) + 0.08 <= row["share"] * self.sheet.unit:
            fill = self.fills[label]
            # Keeps the hatching off the letters. A stroke around them would draw each as a shape of its own.
            plain = {"boxstyle": "square,pad=0.08", "facecolor": fill, "edgecolor": "none"}
            self.sheet.label(words, left + row["share"] / 2, y + BAR / 2, color=ink_on(fill), bbox=plain)

    def _ruler(self, y: float) -> float:
        """Say below the last bar how long a bar is that stands for half, or for all."""
        for x, words in self._ticks().items():
            x = max(x, self.sheet.at(EDGE + width_of(words, SMALL) / 2))
            self.sheet.label(words, x, y + height(SMALL) / 2, color=GREY)
        note = "A bar's length is its share of n, the answers given on this scale."
        return self.sheet.write(note, EDGE, y + height(SMALL) + 0.06, fontsize=SMALL, color=GREY)

    def _ticks(self) -> dict[float, str]:
        """Place "none", and "half" and "all" where a bar reaches so far."""
        sizes = {0.5: "half", 1.0: "all"}
        ends = ((-1, 0, self.most_left), (1, 0, self.most_right), (1, self.middle, self._most(self.neutral)))
        return {0: "none"} | {
            start + way * size: words
            for way, start, most in ends
            for size, words in sizes.items()
            if size <= most + 1e-9
        }


def _swatch_width(label: str) -> float:
    return 0.36 + width_of(label, SMALL)


def _labels(item: Question) -> tuple[list[str], list[str], list[str]]:
    """Sort the labels into unfavourable, favourable and neutral, the less favourable first."""
    labels = item.labels.sort_values("order")
    order = labels.groupby("place")["order"].mean()
    if order.get("favourable", 0) < order.get("unfavourable", 0):
        labels = labels[::-1]
    return tuple(
        list(labels.index[labels["place"] == side]) for side in ("unfavourable", "favourable", "neutral")
    )
