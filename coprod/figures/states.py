"""Marks for what is so, is not, is both, is something else or is not known, each of its own shape."""

from coprod.figures.colours import GROUPS, PAPER, shades
from coprod.figures.lettering import SMALL, width_of
from coprod.figures.sheet import EDGE, GREY, INK, MARKS, WIDTH, Sheet, height

NOT_KNOWN = "not known"
COLOUR = shades("favourable", 1)[0]
LOOKS = {
    "yes": {"marker": "o", "color": COLOUR},
    "no": {"marker": "s", "markerfacecolor": PAPER, "markeredgecolor": INK, "markeredgewidth": 1.2},
    "both": {
        **{"marker": "D", "fillstyle": "left", "color": COLOUR, "markerfacecoloralt": PAPER},
        **{"markeredgecolor": INK, "markeredgewidth": 1.0},
    },
    "other": {"marker": "^", "color": GROUPS[1]},
}
SIZE = 8.0  # points
SLIMMER = {"both": 0.85}  # a diamond stands on its corner


def state(sheet: Sheet, what: str, x: float, y: float) -> None:
    """Draw a mark with its middle at a measured x; what is not known is a question mark.

    Parameters
    ----------
    what : {"yes", "no", "both", "other", "not known"}
    """
    if what == NOT_KNOWN:
        sheet.label("?", x, y, color=GREY, weight="bold")
    else:
        sheet.ax.plot(x, y, markersize=SIZE * SLIMMER.get(what, 1), zorder=MARKS + 0.5, **LOOKS[what])


def key(sheet: Sheet, words: dict[str, str], y: float) -> float:
    """Tell the marks side by side, each mark with its words, and return where the page goes on."""
    x = EDGE
    for what, told in words.items():
        long = 0.2 + width_of(told, SMALL)
        if x > EDGE and x + long > WIDTH - EDGE:
            x, y = EDGE, y + height(SMALL)
        state(sheet, what, sheet.at(x + 0.07), y + height(SMALL) / 2)
        sheet.write(told, x + 0.2, y, fontsize=SMALL)
        x += long + 0.2
    return y + height(SMALL)
