"""Specification curves: a finding's number under every combination of choices, lowest first.

Above, one mark for each combination; below, in the same column, which option of each choice it took. A tall
mark says that the finding holds clearly there, a middle one that it holds, a low one that it does not, so
that nothing hangs on colour. At the right stands how often it holds with each option. Combinations that may
give no number stand last, and have marks only below. A line runs down through the combination that was
chosen in advance.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import NEUTRAL, PAPER, shades
from coprod.figures.lettering import SMALL, width_of
from coprod.figures.sheet import EDGE, GREY, INK, MARKS, WIDTH, Drawn, Sheet, height, styled
from coprod.figures.wording import counted, quoted
from coprod.multiverse import CHOICES, summarised, told
from coprod.multiverse.seen import SUMMED_ONLY
from coprod.privacy import Shown, table_of

NAME, COUNT = 2.5, 0.75  # inches at the left for an option's name, at the right for how often it holds
HIGH = 1.4  # inches of the upper part
ROW = 0.2  # inches of an option's marks
WIDEST = 0.14  # inches of a combination
CLEAR, HOLDS, NOT = "holds clearly", "holds", "does not hold"
MARK = {
    CLEAR: (1.0, shades("favourable", 2)[1]),
    HOLDS: (0.6, shades("favourable", 2)[0]),
    NOT: (0.25, NEUTRAL),
}
ENDS = {"share": (0, 0.5, 1), "change": (-1, 0, 1), "gap": (-1, 0, 1)}
MEASURED = {"share": "Share", "change": "Net share", "gap": "Cliff's delta"}
NO_NUMBER = "not told"
LINE = "Diamond and broken line: chosen in advance. At the right: in how many combinations it holds."


def specification_curves(shown: Shown) -> list[Drawn]:
    """Draw each finding under every combination of choices, one figure for each.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.multiverse.specifications`; the public has none that could be drawn.

    Returns
    -------
    list of Drawn
        Across, their Axes measure combinations.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return [Drawn(None, "", "", shown)]
    if "chosen" not in table:
        return [Drawn(None, "", "", Shown(table.iloc[:0], shown.audience, reason=SUMMED_ONLY))]
    return [_curve(shown, rows) for _, rows in table.groupby("finding", sort=False)]


def _curve(shown: Shown, rows: pd.DataFrame) -> Drawn:
    rows = rows[rows["why_not"] == ""]
    summary = next(summarised(rows).itertuples())
    options = {choice: pd.CategoricalDtype(rows[choice].unique()) for choice in CHOICES}  # in their own order
    outcome = np.where(rows["clear"], CLEAR, np.where(rows["holds"], HOLDS, NOT))
    rows = (
        rows.assign(outcome=outcome).astype(options).sort_values("estimate", kind="stable", ignore_index=True)
    )
    title = f"{quoted(summary.text)}: that {told.claim(summary)} {told.holds(summary)}"
    with styled():
        ax = _draw(rows)
    return Drawn(ax, _alt(rows, title), title, replace(shown, table=_numbers(rows)))


def _varied(rows: pd.DataFrame) -> list[str]:
    return [choice for choice in CHOICES if rows[choice].nunique() > 1]


def _draw(rows: pd.DataFrame) -> Axes:
    cell = min(WIDEST, (WIDTH - 2 * EDGE - NAME - COUNT) / len(rows))
    sheet = Sheet(zero=EDGE + NAME, unit=cell)
    y = _key(sheet, EDGE)
    top = y + 0.08
    y = _numbers_above(sheet, rows, top)
    for choice in _varied(rows):
        y = sheet.write(
            f"{CHOICES[choice][:1].upper()}{CHOICES[choice][1:]}",
            EDGE,
            y + 0.08,
            width=WIDTH - 2 * EDGE,
            fontsize=SMALL,
            color=GREY,
        )
        for option in rows[choice].cat.categories:
            y = _option(sheet, rows[rows[choice] == option], option, y, len(rows))
    place = rows.index[rows["chosen"]][0] + 0.5
    sheet.upright(place, top, y, color=INK, linewidth=0.8, linestyle=(0, (3, 2)))
    return sheet.finish(y)


def _key(sheet: Sheet, y: float) -> float:
    x = EDGE
    for words, (tall, colour) in MARK.items():
        bottom = y + height(SMALL) * 0.9
        sheet.box(
            sheet.at(x), bottom - ROW * 0.7 * tall, 0.08 / sheet.unit, ROW * 0.7 * tall, facecolor=colour
        )
        sheet.write(words, x + 0.14, y, fontsize=SMALL)
        x += width_of(words, SMALL) + 0.4
    return sheet.write(LINE, EDGE, y + height(SMALL), width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY)


def _numbers_above(sheet: Sheet, rows: pd.DataFrame, top: float) -> float:
    """Draw the numbers that may be told, and return where the page goes on."""
    low, middle, high = ENDS[rows["kind"].iloc[0]]
    places = {value: top + 0.08 + HIGH * (high - value) / (high - low) for value in (low, middle, high)}
    sheet.write(MEASURED[rows["kind"].iloc[0]], EDGE, top, fontsize=SMALL, color=GREY)
    for value, y in places.items():
        look = {"color": INK if value == middle else GREY, "linewidth": 0.8}
        sheet.ax.plot([0, len(rows)], [y, y], zorder=1, **look)
        words = _said(value, rows["kind"].iloc[0])
        sheet.write(words, EDGE + NAME - width_of(words, SMALL) - 0.08, y - height(SMALL) / 2, fontsize=SMALL)
    for row in rows[rows["estimate"].notna()].itertuples():
        _dot(sheet, row, top + 0.08 + HIGH * (high - row.estimate) / (high - low))
    return top + HIGH + 0.16


def _dot(sheet: Sheet, row: tuple, y: float) -> None:
    colour, shape = MARK[row.outcome][1], ("D", 7) if row.chosen else ("o", 4)
    fill = PAPER if row.outcome == NOT else colour
    look = {"markerfacecolor": fill, "markeredgecolor": colour, "markeredgewidth": 1.2}
    sheet.ax.plot(row.Index + 0.5, y, shape[0], markersize=shape[1], zorder=MARKS + row.chosen, **look)


def _option(sheet: Sheet, rows: pd.DataFrame, option: str, y: float, ways: int) -> float:
    """Draw the marks of the combinations that took an option, and return where the next row begins."""
    bottom = max(y + ROW, sheet.write(option, EDGE + 0.12, y, width=NAME - 0.2, fontsize=SMALL))
    for row in rows.itertuples():
        tall, colour = MARK[row.outcome]
        sheet.box(row.Index + 0.15, bottom - ROW * 0.85 * tall, 0.7, ROW * 0.85 * tall, facecolor=colour)
    x = EDGE + NAME + ways * sheet.unit + 0.08
    sheet.write(_often(rows), x, y, fontsize=SMALL)
    return bottom


def _often(rows: pd.DataFrame) -> str:
    return f"{int(rows['holds'].sum())} of {len(rows)}"


def _said(value: float, kind: str) -> str:
    if np.isnan(value):
        return NO_NUMBER
    value = round(value, 2) + 0.0  # no minus before a nought
    return f"{value:.0%}" if kind == "share" else f"{value:+.0%}" if kind == "change" else f"{value:+.2f}"


def _alt(rows: pd.DataFrame, title: str) -> str:
    """Describe the curve: its ends, the combination chosen in advance, and every option."""
    kind, known = rows["kind"].iloc[0], rows["estimate"].dropna()
    chosen = rows[rows["chosen"]].iloc[0]
    options = "; ".join(
        f"{CHOICES[choice]}: "
        + ", ".join(f"{option} {_often(given)}" for option, given in rows.groupby(choice, observed=True))
        for choice in _varied(rows)
    )
    unknown = len(rows) - len(known)
    without = f", {unknown} without a number" if unknown else ""
    return (
        f"Specification curve, {counted(len(rows), 'combination')}{without}. {title}. Numbers from "
        f"{_said(known.min(), kind)} to {_said(known.max(), kind)}; chosen in advance "
        f"{_said(chosen['estimate'], kind)}. It holds with {options or 'the only combination'}."
    )


def _numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay the combinations out for a reader: the choices that vary, the number, whether the finding holds."""
    kind = rows["kind"].iloc[0]
    return rows[_varied(rows)].assign(
        number=[_said(value, kind) for value in rows["estimate"]],
        finding=rows["outcome"],
        chosen_in_advance=np.where(rows["chosen"], "yes", ""),
    )
