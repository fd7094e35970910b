"""Planned against actual: each step of a case as a thin bar for the plan and a thick one for what came."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import shades
from coprod.figures.lettering import SMALL, width_of
from coprod.figures.sheet import EDGE, GREY, MARKS, WIDTH, Drawn, Sheet, height, styled
from coprod.figures.slippage import DATES, slippage, timeline_alt, timeline_title
from coprod.privacy import Shown, table_of

LONG = WIDTH - 2 * EDGE  # inches from the first month to the last
MONTHS_NAMED = 9  # more would run into each other
THIN, THICK = 0.045, 0.12  # inches: plan and actual
LOOKS = {
    "planned": ("planned", THIN, {"facecolor": GREY}),
    "actual": ("what happened", THICK, {"facecolor": shades("favourable", 1)[0]}),
}
BARS = {"planned": 0.05, "actual": 0.12}  # inches from the end of a step's words down to its bars


def timeline(shown: Shown) -> Drawn:
    """Draw the steps of each case, planned above actual, with the slippage in words.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.timeline`. Of a step with one date only that day is marked; a date
        that is not known is not drawn, and the words say so.

    Returns
    -------
    Drawn
        Across, its Axes measure days since the beginning of the first month.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty or table[list(DATES)].isna().all(axis=None):
        return Drawn(None, "", "", shown)
    with styled():
        ax = _draw(table)
    return Drawn(ax, timeline_alt(table), timeline_title(table), shown)


def _draw(table: pd.DataFrame) -> Axes:
    known = table[list(DATES)].stack()
    months = pd.date_range(
        known.min().to_period("M").start_time, known.max().to_period("M").end_time, freq="MS"
    )
    days = (months[-1] + pd.offsets.MonthEnd() - months[0]).days + 1
    sheet = Sheet(zero=EDGE, unit=LONG / days)
    y = _key(sheet)
    for case, steps in table.groupby("case", sort=False):
        y = sheet.write(str(case), EDGE, y + 0.16, width=LONG, weight="bold")
        y = _month_names(sheet, months, y)
        for step in steps.to_dict("records"):
            y = _step(sheet, step, months, y)
    return sheet.finish(y)


def _key(sheet: Sheet) -> float:
    x = EDGE
    for words, thick, look in LOOKS.values():
        top = EDGE + (height(SMALL) - thick) / 2
        sheet.box(sheet.at(x), top, 0.35 / sheet.unit, thick, **look)
        sheet.write(words, x + 0.42, EDGE, fontsize=SMALL)
        x += 0.75 + width_of(words, SMALL)
    return EDGE + height(SMALL)


def _named(months: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Choose the months that there is room to name."""
    every = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if len(months) / step <= MONTHS_NAMED)
    return months[::every]


def _month_names(sheet: Sheet, months: pd.DatetimeIndex, y: float) -> float:
    year = None
    for month in _named(months):
        words = f"{month:%b}" if month.year == year else f"{month:%b %Y}"
        sheet.label(words, (month - months[0]).days, y + height(SMALL) / 2, color=GREY, ha="left")
        year = month.year
    return y + height(SMALL)


def _step(sheet: Sheet, step: dict[str, Any], months: pd.DatetimeIndex, y: float) -> float:
    """Write a step and its slippage, draw its bars, and return where the next step begins."""
    words, y = slippage(step), y + 0.1
    below = sheet.write(step["step"], EDGE, y, width=LONG)
    room = LONG - width_of(step["step"], SMALL) * 1.15 - 0.2
    if width_of(words, SMALL) <= room:
        sheet.write(words, WIDTH - EDGE, y + 0.01, fontsize=SMALL, color=GREY, ha="right")
    else:
        below = sheet.write(words, EDGE, below, width=LONG, fontsize=SMALL, color=GREY)
    if all(pd.isna(step[date]) for date in DATES):
        return below
    bottom = below + BARS["actual"] + THICK + 0.03
    for month in _named(months):
        sheet.upright((month - months[0]).days, below, bottom)
    for which, (_, thick, look) in LOOKS.items():
        _bar(
            sheet,
            [step[f"{which}_{end}"] for end in ("start", "end")],
            months[0],
            (below + BARS[which], thick, look),
        )
    return bottom


def _bar(sheet: Sheet, dates: list[pd.Timestamp], zero: pd.Timestamp, where: tuple) -> None:
    """Draw a bar from the first day to the end of the last one; a mark where only one day is known."""
    top, thick, look = where
    days = [(date - zero).days for date in dates if pd.notna(date)]
    if len(days) == 2:
        sheet.box(days[0], top, days[1] + 1 - days[0], thick, **look)
    elif days:
        sheet.ax.plot(
            days[0] + 0.5, top + thick / 2, "D", color=look["facecolor"], markersize=6, zorder=MARKS
        )
