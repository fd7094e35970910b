"""The same answers as charts that are often seen: means, a stacked bar, counts. For teaching.

Together with :func:`coprod.figures.diverging_bars` they show what each makes one see, and whom it hides. So
the chart of means has no n and no spread, as usual, and says of itself that it is a teaching example. All
are drawn from a protected table: a mean is that of the counts that may be shown.
"""

from collections.abc import Callable
from dataclasses import replace

from matplotlib.axes import Axes

from coprod.figures import four_ways_wording as words
from coprod.figures.colours import HATCH, NEUTRAL, PAPER, ink_on, shades, tint
from coprod.figures.lettering import SMALL, width_of
from coprod.figures.questions import Question, ask
from coprod.figures.rows import BAR, BETWEEN, nobody
from coprod.figures.sheet import EDGE, GREY, WIDTH, Drawn, Sheet, height, styled
from coprod.privacy import Shown, table_of
from coprod.saying import BAND, PER_CENT_FROM

WORDS_ONLY = "This chart needs counts, and this audience sees shares in words."
NO_ORDER = "This chart needs answers that have an order."
NUMBER = 0.45  # inches at the right for a number
NAMES = 2.3  # inches at the left for answers
THIN = 0.15  # inches of the bar of a count


def means(shown: Shown) -> Drawn:
    """Draw the mean of each question's answers, numbered from 1: a teaching example.

    Parameters
    ----------
    shown : Shown
        A protected table of :func:`coprod.likert.shares`: items of one scale, one group.

    Returns
    -------
    Drawn
        Across, its Axes measure steps of the scale above the first; no figure where the scale has no order
        or the table is in bands.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    ValueError
        The items have several scales, or the table has several groups.
    """
    return _chart(shown, _draw_means, words.means_title, words.means_alt)


def stacked(shown: Shown) -> Drawn:
    """Draw each question's answers as one bar from edge to edge.

    Parameters, results and errors are those of :func:`means`; across, its Axes measure shares.
    """
    return _chart(shown, _draw_stacked, words.largest, words.alt_of("Stacked bar chart", words.share))


def counts(shown: Shown) -> Drawn:
    """Draw how many people gave each answer, those who gave no label included.

    Parameters, results and errors are those of :func:`means`; across, its Axes measure people.
    """
    return _chart(
        shown, _draw_counts, words.largest, words.alt_of("Bar chart of counts", words.people, others=True)
    )


def _chart(
    shown: Shown,
    draw: Callable[[list[Question]], Axes],
    title: Callable[[list[Question]], str],
    alt: Callable[[list[Question]], str],
) -> Drawn:
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    items = ask(table)
    lacking = "" if items[0].ordered else NO_ORDER
    if lacking := WORDS_ONLY if items[0].precision == BAND else lacking:
        return Drawn(None, "", "", replace(shown, table=table.iloc[:0], reason=lacking))
    with styled():
        ax = draw(items)
    return Drawn(ax, alt(items), title(items), shown)


def _draw_means(items: list[Question]) -> Axes:
    labels = list(items[0].labels.index)
    sheet = Sheet(zero=EDGE, unit=(WIDTH - 2 * EDGE - NUMBER) / (len(labels) - 1))
    y = EDGE
    for item in items:
        y = sheet.write(item.text, EDGE, y + BETWEEN, width=WIDTH - 2 * EDGE) + 0.05
        if not words.answered([item]):
            y = nobody(sheet, y)
            continue
        above = words.mean(item) - 1
        sheet.box(0, y, above, BAR, facecolor=shades("favourable", 1)[0])
        sheet.label(f"{above + 1:.1f}", above + 0.22 / sheet.unit, y + BAR / 2)
        y += BAR
    y += 0.08
    last = f"{len(labels)} {labels[-1]}"
    sheet.write(last, WIDTH - EDGE - NUMBER - width_of(last, SMALL), y, fontsize=SMALL, color=GREY)
    y = sheet.write(f"1 {labels[0]}", EDGE, y, fontsize=SMALL, color=GREY)
    return sheet.finish(
        sheet.write(words.MEANS_NOTE, EDGE, y + 0.06, width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY)
    )


def _fills(item: Question) -> dict[str, tuple[str, bool]]:
    """Give each label its fill, and whether it is hatched."""
    labels = item.labels
    fills = {}
    for side in ("unfavourable", "neutral", "favourable"):
        here = list(labels.index[labels["place"] == side])
        outwards = here[::-1] if side == "unfavourable" else here
        fills |= {
            label: (fill, side == "unfavourable")
            for label, fill in zip(outwards, shades(side, len(here)), strict=True)
        }
    return {label: fills[label] for label in labels.index}


def _draw_stacked(items: list[Question]) -> Axes:
    sheet, fills = Sheet(zero=EDGE, unit=WIDTH - 2 * EDGE), _fills(items[0])
    y = _key(sheet, fills)
    for item in items:
        y = sheet.write(item.text, EDGE, y + BETWEEN, width=WIDTH - 2 * EDGE) + 0.05
        y = _stack(sheet, item, fills, y) if words.answered([item]) else nobody(sheet, y)
    return sheet.finish(y)


def _key(sheet: Sheet, fills: dict[str, tuple[str, bool]]) -> float:
    x, y = EDGE, EDGE
    for label in fills:
        wide = width_of(label, SMALL) + 0.36
        if x > EDGE and x + wide > WIDTH - EDGE:
            x, y = EDGE, y + height(SMALL)
        _paint(sheet.box(sheet.at(x), y + 0.025, 0.14 / sheet.unit, 0.13), fills[label])
        sheet.write(label, x + 0.2, y, fontsize=SMALL)
        x += wide
    return y + height(SMALL)


def _paint(box, look: tuple[str, bool]) -> None:
    fill, hatched = look
    box.set(facecolor=fill, edgecolor=PAPER)
    if hatched:
        box.set(hatch=HATCH, edgecolor=tint(fill))


def _stack(sheet: Sheet, item: Question, fills: dict[str, tuple[str, bool]], y: float) -> float:
    left = 0.0
    for answer, row in item.labels.iterrows():
        if row["share"]:
            _paint(sheet.box(left, y, row["share"], BAR), fills[answer])
            said = f"{row['n']:.0f}" if item.base < PER_CENT_FROM else f"{row['share']:.0%}"
            if width_of(said, SMALL) + 0.08 <= row["share"] * sheet.unit:
                fill = fills[answer][0]
                plain = {"boxstyle": "square,pad=0.08", "facecolor": fill, "edgecolor": "none"}
                middle = left + row["share"] / 2
                sheet.label(said, middle, y + BAR / 2, color=ink_on(fill), bbox=plain)
            left += row["share"]
    return y + BAR


def _draw_counts(items: list[Question]) -> Axes:
    most = max(1.0, max(float(words.everything(item)["n"].max()) for item in items))
    sheet = Sheet(zero=NAMES, unit=(WIDTH - EDGE - NAMES - NUMBER) / most)
    y = EDGE
    for item in items:
        y = sheet.write(item.text, EDGE, y + BETWEEN, width=WIDTH - 2 * EDGE) + 0.04
        for answer, row in words.everything(item).iterrows():
            fill = shades("favourable", 1)[0] if row["role"] == "label" else NEUTRAL
            bottom = sheet.write(
                words.named(answer, row["role"]), EDGE, y, width=NAMES - EDGE - 0.12, fontsize=SMALL
            )
            sheet.box(0, y + (height(SMALL) - THIN) / 2, row["n"], THIN, facecolor=fill)
            sheet.write(f"{row['n']:.0f}", NAMES + row["n"] * sheet.unit + 0.08, y, fontsize=SMALL)
            y = bottom
    return sheet.finish(y)
