"""Roots and leaves: what can be seen of a problem above the ground, and what lies beneath it.

The trunk is the problem. A leaf or root beneath another of its kind stands further out, on a line to it.
"""

from dataclasses import replace

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from coprod.figures.branches import (
    CLEAR,
    COLOURS,
    RIGHT,
    STEM,
    Cause,
    Placed,
    box,
    main_causes,
    mark,
    of_kind,
    on_both_sides,
    outwards,
    placed,
    stopped,
    walk,
    write,
)
from coprod.figures.colours import PAPER
from coprod.figures.lettering import BODY, SMALL, wrapped
from coprod.figures.sheet import BEHIND, EDGE, GREY, INK, MARKS, WIDTH, Drawn, Sheet, height, styled
from coprod.figures.wording import counted, quoted
from coprod.privacy import Shown, table_of

BEND = 0.3  # inches of the trunk that a branch takes to turn away
BETWEEN = 0.12  # inches from one branch to the next on the same side
THIN, THICK = 0.015, 0.06  # inches from the trunk's middle to its side, at its tip and its foot
PROBLEM = 5.0  # inches of the words of the problem
NAMES = {"leaf": "Leaves: what can be seen", "root": "Roots: what lies beneath"}
NONE = {"leaf": "No visible sign is named.", "root": "No underlying cause is named."}
UP, DOWN = -1, 1  # which way along the trunk branches grow


def roots_and_leaves(shown: Shown) -> list[Drawn]:
    """Draw each case's visible signs above the ground and its underlying causes below.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.causes`.

    Returns
    -------
    list of Drawn
        One for each case, in the order of the table; one without a figure where there is nothing to
        draw. Their Axes measure inches.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return [Drawn(None, "", "", shown)]
    cases = [rows.reset_index(drop=True) for _, rows in table.groupby("case", sort=False)]
    return [_tree(replace(shown, table=rows)) for rows in cases]


def _tree(shown: Shown) -> Drawn:
    case, problem = (str(shown.table[part].iloc[0]) for part in ("case", "problem"))
    causes = main_causes(shown.table)
    kinds = {kind: of_kind(causes, kind) for kind in NAMES}
    with styled():
        ax = _draw(problem, kinds)
    return Drawn(ax, _alt(case, problem, kinds), _title(case, kinds), shown)


def _draw(problem: str, kinds: dict[str, tuple[Cause, ...]]) -> Axes:
    sheet = Sheet()
    y, forks = _branches(sheet, kinds["leaf"], _name(sheet, "leaf", EDGE, kinds), UP)
    top = max([y, *(fork + BETWEEN for fork in forks)])
    ground = _problem(sheet, problem, top)
    if forks:
        _trunk(sheet, min(forks), top)
    below = _name(sheet, "root", ground + 0.06, kinds)
    bottom, forks = _branches(sheet, kinds["root"], below + 0.1, DOWN)
    if forks:
        _trunk(sheet, max(forks), ground)
    return sheet.finish(bottom)


def _name(sheet: Sheet, kind: str, y: float, kinds: dict[str, tuple[Cause, ...]]) -> float:
    y = sheet.write(NAMES[kind], EDGE, y, fontsize=SMALL, weight="bold")
    return y + 0.06 if kinds[kind] else sheet.write(NONE[kind], EDGE, y, fontsize=SMALL, color=GREY) + 0.1


def _branches(sheet: Sheet, causes: tuple[Cause, ...], top: float, along: int) -> tuple[float, list[float]]:
    """Draw causes on both sides of the trunk; return where they end, and where branches leave it."""
    bottom, forks = top, []
    for way, some in on_both_sides(causes).items():
        y = top + 0.1 * (way == RIGHT)  # two branches would leave the trunk at one place
        for cause in some:
            places = placed((cause,), y)
            for place in places:
                _branch(sheet, place, way, along)
            forks.append(_middle(places[0]) - along * BEND)
            y = places[-1].bottom + BETWEEN
        bottom = max(bottom, y)
    return bottom, forks


def _branch(sheet: Sheet, place: Placed, way: int, along: int) -> None:
    """Draw a branch from the trunk, or a line from what it lies beneath, with its words at the end."""
    near, y = outwards(place.depth) - CLEAR, _middle(place)
    colour = COLOURS[place.cause.kind]
    if place.above is None:
        bend = [(STEM, y - along * BEND), (STEM, y), (STEM + way * near, y)]
        curve = Path(bend, [Path.MOVETO, Path.CURVE3, Path.CURVE3])
        sheet.ax.add_patch(PathPatch(curve, facecolor="none", edgecolor=colour, linewidth=1.6, zorder=MARKS))
    else:
        joint = STEM + way * (outwards(place.above.depth) - CLEAR)
        corner = ([joint, joint, STEM + way * near], [_middle(place.above), y, y])
        sheet.ax.plot(*corner, color=colour, linewidth=1, zorder=BEHIND)
    mark(sheet, place.cause.kind, STEM + way * near, y, way)
    write(sheet, place.lines, way, outwards(place.depth), place.top)


def _middle(place: Placed) -> float:
    return place.top + height(SMALL) / 2


def _problem(sheet: Sheet, problem: str, top: float) -> float:
    """Draw the problem where the trunk meets the ground, and the ground; return how far down that is."""
    lines = wrapped(problem, PROBLEM, BODY)
    bottom = top + len(lines) * height(BODY) + 0.16
    box(sheet, STEM - PROBLEM / 2 - 0.12, STEM + PROBLEM / 2 + 0.12, top, bottom, facecolor=INK)
    for down, line in enumerate(lines):
        y = top + 0.08 + down * height(BODY)
        sheet.write(line, STEM, y, ha="center", color=PAPER)
    sheet.ax.plot([EDGE, WIDTH - EDGE], [bottom, bottom], color=INK, linewidth=2.4, zorder=MARKS)
    return bottom


def _trunk(sheet: Sheet, tip: float, foot: float) -> None:
    """Draw the trunk from its tip to its thick foot at the problem."""
    thick = ((-THIN, tip), (THIN, tip), (THICK, foot), (-THICK, foot))
    corners = [(STEM + x, y) for x, y in thick]
    sheet.ax.add_patch(Polygon(corners, facecolor=INK, zorder=MARKS))


def _title(case: str, kinds: dict[str, tuple[Cause, ...]]) -> str:
    leaves, roots = (len(list(walk(kinds[kind]))) for kind in ("leaf", "root"))
    return (
        f"{case}: {counted(leaves, 'visible sign') if leaves else 'no visible sign'} above the ground, "
        f"{counted(roots, 'underlying cause') if roots else 'no underlying cause'} beneath it"
    )


def _alt(case: str, problem: str, kinds: dict[str, tuple[Cause, ...]]) -> str:
    """Say the problem, the leaves and the roots, each with what it lies beneath."""
    parts = [f"Tree for {case}. Trunk, the problem: {stopped(problem)}"]
    for kind, causes in kinds.items():
        parts.append(f"{NAMES[kind]}: {_listed(causes)}." if causes else NONE[kind])
    return " ".join(parts)


def _listed(causes: tuple[Cause, ...], above: str = "") -> str:
    said = []
    for cause in causes:
        said.append(f"{cause.words}{above}")
        if cause.beneath:
            said.append(_listed(cause.beneath, f" (beneath {quoted(cause.words)})"))
    return "; ".join(said)
