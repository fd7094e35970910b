"""Bars from zero: how people answered questions whose answers have no order, or could be several.

Each answer has its own bar and its name beside it. Stacked, answers without an order would need a
colour each, and somebody who ticked two of them would be in the stack twice.
"""

from matplotlib.axes import Axes

from coprod.figures.colours import shades
from coprod.figures.lettering import SMALL, width_of, wrapped
from coprod.figures.questions import Question, ask
from coprod.figures.rows import ask_above
from coprod.figures.sheet import BEHIND, EDGE, GREY, TRACK, WIDTH, Drawn, Sheet, height, styled
from coprod.figures.tiles import LOW, WORDS, step_tile
from coprod.figures.wording import counted, quoted
from coprod.privacy import Shown, table_of
from coprod.saying import BAND, joined
from coprod.tally import EVERYBODY

NAMES = 2.35  # inches at the left for the answers
GAP = 0.12  # inches before the numbers at the right
THIN = 0.17  # inches
FEW = 3  # answers that a title still lists


def answer_bars(shown: Shown) -> Drawn:
    """Draw how often each answer was given, question by question.

    Parameters
    ----------
    shown : Shown
        A protected table of :func:`coprod.likert.shares`: items of one scale without an order, one
        group. In bands, tiles of words take the place of bars.

    Returns
    -------
    Drawn
        Across, its Axes measure shares of those who gave a label.

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
    with styled():
        ax = _draw(items)
    return Drawn(ax, _alt(items), _title(items), shown)


def _draw(items: list[Question]) -> Axes:
    said = max(width_of(words, SMALL) for item in items for words in item.labels["said"])
    banded = items[0].precision == BAND
    sheet = Sheet(zero=NAMES, unit=WIDTH - EDGE - NAMES - (0 if banded else GAP + said))
    y = -0.1  # the first question hangs from the top of the page
    for item in items:
        y = ask_above(sheet, item, y)
        who = " · ".join([f"n {item.base_said}", *item.without_label()])
        y = sheet.write(who, EDGE, y - 0.05, width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY) + 0.04
        for answer in item.labels.index if item.base else ():
            y = _answer(sheet, item, answer, y)
    return sheet.finish(y)


def _answer(sheet: Sheet, item: Question, answer: str, y: float) -> float:
    """Draw one answer's name and its bar, or tile, and return where the next begins."""
    row, room = item.labels.loc[answer], NAMES - EDGE - 0.12
    lines = len(wrapped(answer, room, SMALL)) * height(SMALL)
    high = max(lines, LOW if item.precision == BAND else THIN) + 0.05
    sheet.write(answer, EDGE, y + (high - lines) / 2, width=room, fontsize=SMALL)
    if item.precision == BAND:
        step_tile(sheet, row["said"], NAMES, y + (high - LOW) / 2, sheet.unit)
        return y + high
    top = y + (high - THIN) / 2
    sheet.box(0, top, 1, THIN, facecolor=TRACK, zorder=BEHIND)
    sheet.box(0, top, row["share"], THIN, facecolor=shades("favourable", 1)[0])
    sheet.label(row["said"], 1 + GAP / sheet.unit, y + high / 2, ha="left")
    return y + high


def _title(items: list[Question]) -> str:
    """Say the most common answer to the first questions."""
    tops = [top for top in map(_top, items) if top]
    if not tops:
        return "Nobody answered these questions"
    more = [f"and {counted(len(tops) - 2, 'more question')}"] if len(tops) > 2 else []
    title = "; ".join([*tops[:2], *more])
    return title if items[0].group == EVERYBODY else f"{items[0].group}: {title}"


def _top(item: Question) -> str:
    if not item.base:
        return ""
    ranks = item.labels["said"].map(WORDS.index) if item.precision == BAND else item.labels["n"]
    top = item.labels[ranks == ranks.max()]
    names = (
        joined([quoted(answer) for answer in top.index]) if len(top) <= FEW else f"{len(top)} answers alike"
    )
    return f"{quoted(item.text)}: most often {names}, {top['said'].iloc[0]}"


def _alt(items: list[Question]) -> str:
    kind = "Tiles that say shares in words" if items[0].precision == BAND else "Bar chart"
    whom = "" if items[0].group == EVERYBODY else f", answered by {items[0].group}"
    return f"{kind}, {counted(len(items), 'question')}{whom}. {' '.join(map(_spoken, items))}"


def _spoken(item: Question) -> str:
    values = [f"{answer}: {said}" for answer, said in item.labels["said"].items()] if item.base else []
    return f"{quoted(item.text)}: {'; '.join([*values, f'n {item.base_said}', *item.without_label()])}."
