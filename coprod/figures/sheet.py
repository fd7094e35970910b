"""The page that every figure is laid out on, from the top down, in inches.

Survey questions are long and screens are narrow. Axis labels in a left margin would leave the bars a
third of the width, so each question stands above its own bar, and every piece of text is measured
before it is placed. Down the page one unit is an inch; across it is whatever the figure measures
(a share, a day), so that bars have their true lengths on the Axes that a figure gives back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coprod.figures.lettering import BODY, SMALL, printable, register_font, wrapped
from coprod.privacy import Shown

WIDTH = 6.4  # inches
EDGE = 0.06  # inches left free at every side
INK, GREY, FAINT, TRACK = "#1a1a1a", "#595959", "#c8c8c8", "#ececec"
BEHIND, MARKS, WORDS = 1, 2, 3  # what is drawn over what


class Drawn(NamedTuple):
    """A figure, and what stands for it where it cannot be seen.

    Attributes
    ----------
    ax : Axes or None
        The page, to change or to save through ``ax.figure``; None when there is nothing to draw.
    alt : str
        What the figure shows, in words, from the same table.
    title : str
        The finding. It is not drawn on the page: text can be read aloud, enlarged and searched.
    shown : Shown
        The table that was drawn.
    """

    ax: Axes | None
    alt: str
    title: str
    shown: Shown


_ONE_AT_A_TIME = RLock()


@contextmanager
def styled() -> Iterator[None]:
    """Apply the workbook's style while a figure is made, and again while it is saved.

    Matplotlib's settings are one for all threads, and JupyterLab may draw for a panel and for a cell at
    the same time.
    """
    register_font()
    with _ONE_AT_A_TIME, matplotlib.style.context(str(Path(__file__).with_name("coprod.mplstyle"))):
        yield


class Sheet:
    """A page of fixed width that grows downwards.

    Parameters
    ----------
    zero : float
        Where the measured 0 lies, in inches from the left edge.
    unit : float
        Inches per measured unit.
    """

    def __init__(self, zero: float = 0.0, unit: float = 1.0) -> None:
        self.zero, self.unit = zero, unit
        self.ax = Figure().add_axes((0, 0, 1, 1))
        self.ax.set_axis_off()

    def at(self, inches: float) -> float:
        """Turn inches from the left edge into measured units."""
        return (inches - self.zero) / self.unit

    def write(self, words: str, x: float, y: float, *, width: float | None = None, **look: Any) -> float:
        """Write words whose first line hangs from y, and return where the next line would hang from.

        Parameters
        ----------
        x, y, width : float
            Inches. Words wider than `width` are wrapped.
        """
        look = {"fontsize": BODY, "color": INK, "zorder": WORDS, **look}
        size, weight = look["fontsize"], look.get("weight", "normal")
        lines = [printable(words)] if width is None else wrapped(words, width, size, weight)
        for line in lines:
            self.ax.text(self.at(x), y + size * 0.98 / 72, line, va="baseline", **look)
            y += height(size)
        return y

    def label(self, words: str, x: float, y: float, **look: Any) -> None:
        """Write one line with its middle at y; x is measured, not in inches."""
        look = {"fontsize": SMALL, "color": INK, "zorder": WORDS, "ha": "center", **look}
        # Letters are centred by the height of a capital: centring by each text's own box would let
        # "most" and "7 of 9" sit at different heights.
        self.ax.text(x, y + look["fontsize"] * 0.365 / 72, printable(words), va="baseline", **look)

    def box(self, left: float, top: float, width: float, high: float, **look: Any) -> Rectangle:
        """Draw a rectangle; left and width are measured, top and high in inches."""
        return self.ax.add_patch(Rectangle((left, top), width, high, **{"zorder": MARKS, **look}))

    def upright(self, x: float, top: float, bottom: float, **look: Any) -> None:
        """Draw an upright line at a measured x."""
        look = {"color": FAINT, "linewidth": 0.8, "zorder": BEHIND, **look}
        self.ax.plot([x, x], [top, bottom], **look)

    def finish(self, bottom: float) -> Axes:
        """Cut the page off below and return its Axes."""
        self.ax.figure.set_size_inches(WIDTH, bottom + EDGE)
        self.ax.set(xlim=(self.at(0), self.at(WIDTH)), ylim=(bottom + EDGE, 0))
        return self.ax


def height(size: float) -> float:
    """Return the inches from one line of text to the next."""
    return size * 1.32 / 72
