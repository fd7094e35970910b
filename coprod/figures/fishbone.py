"""A problem taken apart as a fishbone: a rib for each main cause, its own causes along it.

The spine runs down the page to the problem at its head. Across, thirty causes would leave each a few
letters' room; on both sides of an upright spine each has a line of words of its own.
"""

from dataclasses import replace

from matplotlib.axes import Axes

from coprod.figures.branches import (
    APART,
    CLEAR,
    KINDS,
    LEAN,
    RIGHT,
    STEM,
    Cause,
    Placed,
    box,
    main_causes,
    mark,
    on_both_sides,
    outwards,
    placed,
    room,
    stopped,
    walk,
    write,
)
from coprod.figures.colours import NEUTRAL, PAPER
from coprod.figures.lettering import BODY, SMALL, width_of, wrapped
from coprod.figures.sheet import BEHIND, EDGE, GREY, INK, MARKS, TRACK, WIDTH, Drawn, Sheet, height, styled
from coprod.figures.wording import counted, quoted, some_of
from coprod.privacy import Shown, table_of

PAD = 0.06  # inches around words in a box
BETWEEN = 0.2  # inches from one rib to the next on the same side
FALL = 0.3  # inches that a rib runs down at least
LAST = 0.2  # inches that it runs on below its last twig
KEY = {"root": "underlying cause", "leaf": "visible sign"}


def fishbones(shown: Shown) -> list[Drawn]:
    """Draw the causes of each case's problem, one figure for each case.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.causes`.

    Returns
    -------
    list of Drawn
        In the order of the table; one without a figure where there is nothing to draw. Their Axes
        measure inches.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return [Drawn(None, "", "", shown)]
    cases = [rows.reset_index(drop=True) for _, rows in table.groupby("case", sort=False)]
    return [_fishbone(replace(shown, table=rows)) for rows in cases]


def _fishbone(shown: Shown) -> Drawn:
    case, problem = (str(shown.table[part].iloc[0]) for part in ("case", "problem"))
    causes = main_causes(shown.table)
    with styled():
        ax = _draw(problem, causes)
    return Drawn(ax, _alt(case, problem, causes), _title(case, causes), shown)


def _draw(problem: str, causes: tuple[Cause, ...]) -> Axes:
    sheet = Sheet()
    top = _key(sheet) + 0.12
    bottom = top
    for way, some in on_both_sides(causes).items():
        y = top + 0.15 * (way == RIGHT)  # two ribs that met the spine at one place would look like one
        for cause in some:
            y = _rib(sheet, cause, way, y) + BETWEEN
        bottom = max(bottom, y)
    return sheet.finish(_head(sheet, problem, top, bottom))


def _key(sheet: Sheet) -> float:
    x = EDGE + 0.07
    for kind, words in KEY.items():
        mark(sheet, kind, x, EDGE + height(SMALL) / 2)
        sheet.write(words, x + CLEAR, EDGE, fontsize=SMALL)
        x += width_of(words, SMALL) + 0.45
    return EDGE + height(SMALL)


def _rib(sheet: Sheet, cause: Cause, way: int, top: float) -> float:
    """Draw a main cause, its rib and its twigs, and return where the rib meets the spine."""
    lines = wrapped(cause.words, room(0) - PAD, SMALL, "bold")
    high = len(lines) * height(SMALL) + 2 * PAD
    wide = max((width_of(line, SMALL, "bold") for line in lines), default=0) + 2 * PAD
    near = STEM + way * (LEAN + CLEAR - PAD)
    box(sheet, near, near + way * wide, top, top + high, facecolor=TRACK, edgecolor=GREY)
    write(sheet, lines, way, outwards(0), top + PAD, weight="bold")
    twigs = placed(cause.beneath, top + high + APART)
    start = top + high / 2
    end = max(top + high, start + FALL, *(twig.bottom + LAST for twig in twigs[-1:]))
    sheet.ax.plot([STEM + way * LEAN, STEM], [start, end], color=INK, linewidth=1.6, zorder=MARKS)
    mark(sheet, cause.kind, STEM + way * LEAN, start, way)
    for twig in twigs:
        _twig(sheet, twig, way, LEAN * (end - twig.bottom) / (end - start))
    return end


def _twig(sheet: Sheet, twig: Placed, way: int, rib: float) -> None:
    """Draw a cause beneath a main one on a line to its rib, or to the line that it lies beneath."""
    words = outwards(twig.depth)
    far = words + max((width_of(line, SMALL) for line in twig.lines), default=0)
    near = words - CLEAR if twig.above else rib
    look = {"color": NEUTRAL, "linewidth": 0.9, "zorder": BEHIND}
    sheet.ax.plot([STEM + way * near, STEM + way * far], [twig.bottom] * 2, **look)
    if twig.above:
        sheet.upright(STEM + way * near, twig.above.bottom, twig.bottom, **look)
    write(sheet, twig.lines, way, words, twig.top)
    mark(sheet, twig.cause.kind, STEM + way * near, twig.bottom, way)


def _head(sheet: Sheet, problem: str, top: float, bottom: float) -> float:
    """Draw the spine down to the problem, and the problem."""
    sheet.ax.plot([STEM, STEM], [top, bottom], color=INK, linewidth=3, zorder=MARKS)
    sheet.ax.plot(STEM, bottom - 0.01, "v", color=INK, markersize=12, zorder=MARKS)
    lines = wrapped(problem, WIDTH - 2 * EDGE - 0.5, BODY)
    top, high = bottom + 0.05, len(lines) * height(BODY) + 3 * PAD
    box(sheet, EDGE, WIDTH - EDGE, top, top + high, facecolor=INK)
    for down, line in enumerate(lines):
        y = top + 1.5 * PAD + down * height(BODY)
        sheet.write(line, STEM, y, ha="center", color=PAPER)
    return top + high


def _title(case: str, causes: tuple[Cause, ...]) -> str:
    """Count the main causes and those beneath, and name the main cause with the most beneath it."""
    beneath = [len(list(walk(cause.beneath))) for cause in causes]
    most = max(beneath)
    if not most:
        return f"{case}: {counted(len(causes), 'main cause')}, none taken further apart"
    tied = [cause.words for cause, count in zip(causes, beneath, strict=True) if count == most]
    which = f"; most beneath {some_of(tied)}, {most}{' each' if len(tied) > 1 else ''}"
    title = f"{case}: {counted(len(causes), 'main cause')} and {sum(beneath)} beneath"
    return title + (which if len(causes) > 1 else "")


def _alt(case: str, problem: str, causes: tuple[Cause, ...]) -> str:
    """Say the problem, the main causes, and what lies beneath each."""
    told = [f"Fishbone for {case}. Problem: {stopped(problem)} Main causes: {_listed(causes)}."]
    told += [
        f"Beneath {quoted(cause.words)}: {_listed(cause.beneath)}." for cause in walk(causes) if cause.beneath
    ]
    return " ".join(told)


def _listed(causes: tuple[Cause, ...]) -> str:
    return "; ".join(f"{cause.words} ({KINDS[cause.kind]})" for cause in causes)
