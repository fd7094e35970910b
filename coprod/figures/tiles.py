"""Tiles that say a share in words, for tables that may not show counts.

The darker a tile, the more people; the words are on it, so that nothing hangs on the shade.
"""

from matplotlib.axes import Axes

from coprod.figures.colours import band_shade, ink_on
from coprod.figures.lettering import SMALL, wrapped
from coprod.figures.questions import Question
from coprod.figures.rows import BAR, BESIDE, ask_above, count_beside, nobody
from coprod.figures.sheet import BEHIND, EDGE, FAINT, GREY, WIDTH, Sheet, height
from coprod.saying import BANDS

WORDS = tuple(word for _, word in BANDS)
APART = 0.2  # inches before the neutral
STEP, LOW = 0.95, 0.21  # inches: a tile that is small enough to stand in five places


def tile(sheet: Sheet, words: str, side: str, box: tuple[float, float, float, float]) -> None:
    """Draw a tile and its words.

    Parameters
    ----------
    words : str
        A band.
    side : str
        Whose hue it has; "neutral" gives grey.
    box : (float, float, float, float)
        Left, top, width and height, in inches.
    """
    left, top, width, high = box
    fill = band_shade(side, WORDS.index(words), len(WORDS))
    sheet.box(sheet.at(left), top, width / sheet.unit, high, facecolor=fill, edgecolor=GREY, linewidth=0.5)
    sheet.label(words, sheet.at(left + width / 2), top + high / 2, color=ink_on(fill))


def step_tile(sheet: Sheet, words: str, left: float, top: float, room: float) -> None:
    """Draw a tile further to the right the more people it stands for, somewhere in `room` inches."""
    step = (room - STEP) / (len(WORDS) - 1)
    middle = top + LOW / 2
    sheet.ax.plot(
        [sheet.at(left), sheet.at(left + room)], [middle] * 2, color=FAINT, linewidth=0.8, zorder=BEHIND
    )
    tile(sheet, words, "favourable", (left + WORDS.index(words) * step, top, STEP, LOW))


def side_tiles(items: list[Question]) -> Axes:
    """Draw each item's sides as tiles, the neutral apart, in the places that bars would have."""
    sheet = Sheet()
    names = dict(zip(items[0].labels["place"], items[0].labels.index, strict=True))
    places = [side for side in ("unfavourable", "favourable", "neutral") if side in names]
    apart = APART if "neutral" in places else 0
    width = (WIDTH - BESIDE - EDGE - apart) / len(places)
    lefts = {side: EDGE + place * width + apart * (side == "neutral") for place, side in enumerate(places)}
    lines = {side: len(wrapped(names[side], width, SMALL)) * height(SMALL) for side in places}
    y = EDGE + max(lines.values())
    for side in places:
        sheet.write(names[side], lefts[side], y - lines[side], width=width, fontsize=SMALL)
    for item in items:
        y = ask_above(sheet, item, y)
        bottom = y + BAR if item.base else nobody(sheet, y)
        for row in item.labels.itertuples() if item.base else ():
            tile(sheet, row.said, row.place, (lefts[row.place], y, width - 0.05, BAR))
        y = max(bottom, count_beside(sheet, item, y))
    return sheet.finish(y)
