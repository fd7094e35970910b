"""Planned against actual: each step of a case as a thin bar for the plan and a thick one for what came."""

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import shades
from coprod.figures.lettering import SMALL
from coprod.figures.sheet import EDGE, GREY, MARKS, WIDTH, Drawn, Sheet, height, styled, table_of
from coprod.figures.wording import counted
from coprod.privacy import Shown

DATES = ("planned_start", "planned_end", "actual_start", "actual_end")
BESIDE = 2.0  # inches for words at the right
LONG = WIDTH - BESIDE - 2 * EDGE
WEEK, MONTH = 7, 30.44  # days
PLANNED, ACTUAL = GREY, shades("favourable", 1)[0]


def timeline(shown: Shown) -> Drawn:
    """Draw the steps of each case, planned above actual, with the slippage in words.

    Parameters
    ----------
    shown : Shown
        A table of :func:`coprod.cases.timeline`. A step with one date only is a mark; one with none is
        named and has no bar.

    Returns
    -------
    Drawn
        Across, its Axes measure days since 1 January of the first year.
    """
    table = table_of(shown)
    if table.empty or table[list(DATES)].isna().all(axis=None):
        return Drawn(None, "", "", shown)
    with styled():
        ax = _draw(table)
    return Drawn(ax, _alt(table), _title(table), shown)


def _draw(table: pd.DataFrame) -> Axes:
    known = table[list(DATES)].stack()
    start, end = known.min().to_period("M").start_time, known.max().to_period("M").end_time
    sheet = Sheet(zero=EDGE, unit=LONG / max(1, (end - start).days))
    y = _key(sheet)
    for case, steps in table.groupby("case", sort=False):
        y = sheet.write(str(case), EDGE, y + 0.16, weight="bold")
        top = y
        for step in steps.to_dict("records"):
            y = _step(sheet, step, start, y)
        y = _months(sheet, start, end, top, y + 0.05)
    return sheet.finish(y)


def _key(sheet: Sheet) -> float:
    middle = EDGE + height(SMALL) / 2
    x = EDGE
    for words, look in (("planned", _look("planned")), ("what happened", _look("actual"))):
        sheet.ax.plot([sheet.at(x), sheet.at(x + 0.35)], [middle, middle], **look)
        sheet.write(words, x + 0.42, EDGE, fontsize=SMALL)
        x += 1.35
    return EDGE + height(SMALL)


def _look(which: str) -> dict[str, object]:
    thin = {"color": PLANNED, "linewidth": 2.5, "zorder": MARKS}
    return thin if which == "planned" else {"color": ACTUAL, "linewidth": 8, "zorder": MARKS}


def _step(sheet: Sheet, step: dict, start: pd.Timestamp, y: float) -> float:
    x, top = WIDTH - BESIDE + 0.05, y + 0.08
    y = sheet.write(step["step"], EDGE, top, width=WIDTH - BESIDE - EDGE)
    beside = {"width": WIDTH - EDGE - x, "fontsize": SMALL, "color": GREY}
    if _undated(step):
        return max(y, sheet.write(_words(step), x, top, **beside))
    for which, middle in (("planned", y + 0.06), ("actual", y + 0.17)):
        dates = [step[f"{which}_{end}"] for end in ("start", "end")]
        days = [(date - start).days for date in dates if pd.notna(date)]
        if len(days) == 2:
            sheet.ax.plot([days[0], days[1] + 1], [middle, middle], **_look(which))
        elif days:
            sheet.ax.plot(days[0], middle, "D", color=_look(which)["color"], markersize=6, zorder=MARKS)
    return max(y + 0.27, sheet.write(_words(step), x, y, **beside))


def _undated(step: dict) -> bool:
    return all(pd.isna(step[date]) for date in DATES)


def _months(sheet: Sheet, start: pd.Timestamp, end: pd.Timestamp, top: float, y: float) -> float:
    """Rule a case's months, and name as many as there is room for."""
    months = pd.date_range(start, end, freq="MS")
    every = next(step for step in (1, 2, 3, 6, 12, 24, 60, 600) if len(months) / step <= 8)
    named = months[::every]
    for place, month in enumerate(named):
        x = (month - start).days
        sheet.upright(x, top + 0.05, y)
        new_year = place == 0 or month.year != named[place - 1].year
        words = f"{month:%b %Y}" if new_year else f"{month:%b}"
        sheet.ax.text(x, y + height(SMALL) * 0.8, words, fontsize=SMALL - 1, color=GREY, ha="left")
    return y + height(SMALL)


def _words(step: dict) -> str:
    """Say by how much a step slipped, or which dates are not known."""
    if _undated(step):
        return "dates not known"
    slips = [
        _slip(step[f"planned_{end}"], step[f"actual_{end}"], verb)
        for end, verb in (("start", "began"), ("end", "ended"))
    ]
    said = [slip for slip in slips if slip]
    if said:
        return "as planned" if set(said) == {"began as planned", "ended as planned"} else ", ".join(said)
    return (
        "plan not known"
        if pd.isna(step["planned_start"]) and pd.isna(step["planned_end"])
        else "not yet dated"
    )


def _slip(planned: pd.Timestamp, actual: pd.Timestamp, verb: str) -> str:
    if pd.isna(planned) or pd.isna(actual):
        return ""
    days = (actual - planned).days
    if abs(days) < WEEK:
        return f"{verb} as planned"
    span = (
        counted(round(abs(days) / WEEK), "week")
        if abs(days) < 2 * MONTH
        else f"{abs(days) / MONTH:.0f} months"
    )
    return f"{verb} {span} {'late' if days > 0 else 'early'}"


def _title(table: pd.DataFrame) -> str:
    """Say how many steps ended late, of those whose plan and end are known."""
    both = table.dropna(subset=["planned_end", "actual_end"])
    if both.empty:
        cases = counted(table["case"].nunique(), "case")
        return f"{counted(len(table), 'step')} in {cases}; for none are both plan and end known"
    late = int(((both["actual_end"] - both["planned_end"]).dt.days >= WEEK).sum())
    return f"{late} of {counted(len(both), 'step')} whose plan and end are known ended a week or more late"


def _alt(table: pd.DataFrame) -> str:
    """Say every step's dates and slippage."""
    told = []
    for case, steps in table.groupby("case", sort=False):
        spoken = [f"{step['step']}: {_dates(step)}{_words(step)}" for step in steps.to_dict("records")]
        told.append(f"{case}. {'. '.join(spoken)}.")
    return f"Timeline of steps, planned and actual. {' '.join(told)}"


def _dates(step: dict) -> str:
    said = ""
    for which in ("planned", "actual"):
        days = [step[f"{which}_{end}"] for end in ("start", "end")]
        if any(pd.notna(day) for day in days):
            said += f"{which} {' to '.join(_day(day) for day in days)}; "
    return said


def _day(day: pd.Timestamp) -> str:
    return "not known" if pd.isna(day) else f"{day.day} {day:%B %Y}"
