"""A page of cells: names at the left, headings above, and a mark or a number in each cell.

Headings that do not fit above their columns become letters, and a key tells the letters. A long figure
writes its headings again and again, so that no cell is far from them.
"""

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase

from coprod.figures.colours import PAPER, band_shade, ink_on
from coprod.figures.lettering import SMALL, printable, width_of, wrapped
from coprod.figures.sheet import EDGE, FAINT, GREY, WIDTH, Sheet, height

TINY = 8.5  # points: the smallest letters of any figure
GAP = 0.14  # inches between groups of columns
PAD = 0.08  # inches around a name
TIGHT = 0.03  # inches between headings
LETTER = 0.3  # inches before a heading in the key, for its letter
LINES = 4  # of a heading; longer ones get a letter
AGAIN = 15  # rows after which the headings are written again
STEPS = 12  # shades


class Grid:
    """Rows and columns of cells. Across, its page measures columns, with gaps between groups of them.

    Parameters
    ----------
    groups : dict of str to list of str
        The columns' headings, by what stands above each group of columns; "" where nothing does.
    names : float
        Inches at the left for the names of rows.
    widest : float
        Inches of a column at most.
    """

    def __init__(self, groups: Mapping[str, Sequence[str]], names: float, widest: float) -> None:
        self.groups, self.names = groups, names
        columns = sum(map(len, groups.values()))
        self.cell = min(widest, (WIDTH - 2 * EDGE - names - GAP * (len(groups) - 1)) / columns)
        self.sheet = Sheet(zero=EDGE + names, unit=self.cell)
        headings = dict.fromkeys(heading for _, heading, _ in self.places())
        lettered = any(self._too_long(heading) for heading in headings)
        self.letters = {heading: letter(place) for place, heading in enumerate(headings) if lettered}

    def _too_long(self, heading: str) -> bool:
        room = self.cell - TIGHT
        longest = max(width_of(word, SMALL) for word in printable(heading).split() or [""])
        return longest > room or len(wrapped(heading, room, SMALL)) > LINES

    def places(self) -> Iterator[tuple[str, str, float]]:
        """Yield each column's group, heading and measured left side, from left to right."""
        left = 0.0
        for group, headings in self.groups.items():
            for heading in headings:
                yield group, heading, left
                left += 1
            left += GAP / self.cell

    def key(self, y: float) -> float:
        """Tell the letters, where headings have become letters, and return where the page goes on."""
        for heading, letter in self.letters.items():
            self.sheet.write(letter, EDGE, y, fontsize=SMALL, weight="bold")
            room = WIDTH - 2 * EDGE - LETTER
            y = self.sheet.write(heading, EDGE + LETTER, y, width=room, fontsize=SMALL)
        return y + (PAD if self.letters else 0)

    def head(self, y: float) -> float:
        """Write the groups' names and below them the headings, and return where the cells begin."""
        return self._headings(self.group_names(y))

    def group_names(self, y: float) -> float:
        """Write the groups' names, each at the left of its group, and return where they end."""
        lefts: dict[str, float] = {}
        for group, _, left in self.places():
            lefts.setdefault(group, left)
        names = {
            group: wrapped(group, len(self.groups[group]) * self.cell + GAP - PAD, SMALL) for group in lefts
        }
        y += max(map(len, names.values())) * height(SMALL)
        for group, left in lefts.items():
            for up, line in enumerate(reversed(names[group])):
                x, top = EDGE + self.names + left * self.cell, y - (up + 1) * height(SMALL)
                self.sheet.write(line, x, top, fontsize=SMALL, color=GREY)
        return y

    def _headings(self, y: float) -> float:
        look = {"weight": "bold"} if self.letters else {}
        lines = {
            left: wrapped(self.letters.get(heading, heading), self.cell - TIGHT, SMALL)
            for _, heading, left in self.places()
        }
        bottom = y + max(map(len, lines.values())) * height(SMALL) + 0.05
        for left, words in lines.items():
            for up, line in enumerate(reversed(words)):
                self.sheet.label(line, left + 0.5, bottom - 0.03 - (up + 0.5) * height(SMALL), **look)
        return bottom

    def name(self, words: str, y: float, least: float) -> float:
        """Write a row's name half way down its cells, and return where the next row begins."""
        lines = wrapped(words, self.names - PAD, SMALL)
        high = max(least, len(lines) * height(SMALL) + PAD)
        top = y + (high - len(lines) * height(SMALL)) / 2
        for down, line in enumerate(lines):
            self.sheet.write(line, EDGE, top + down * height(SMALL), fontsize=SMALL)
        return y + high

    def frame(self, left: float, top: float, bottom: float, **look: object) -> None:
        """Draw a cell's ground, white with a faint line around it."""
        look = {"facecolor": PAPER, "edgecolor": FAINT, "linewidth": 0.6, **look}
        self.sheet.box(left, top, 1, bottom - top, **look)


def count_shade(count: int, most: int) -> tuple[str, str]:
    """Choose a cell's fill, the more the darker, and the colour of its letters; 0 is as white as paper."""
    if not count:
        return PAPER, GREY
    fill = band_shade("favourable", round(count / most * (STEPS - 1)), STEPS)
    return fill, ink_on(fill)


def letter(place: int) -> str:
    """Give a heading a letter: A to Z, then A2 and so on."""
    again, letter = divmod(place, len(ascii_uppercase))
    return f"{ascii_uppercase[letter]}{again + 1 if again else ''}"
