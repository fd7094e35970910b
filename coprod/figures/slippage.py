"""How far what happened slipped from the plan, in words."""

from typing import Any

import pandas as pd

from coprod.figures.wording import counted

DATES = ("planned_start", "planned_end", "actual_start", "actual_end")
WEEK, MONTH = 7, 30.44  # days
UNKNOWN = {"planned": "plan not known", "actual": "no dates of what happened"}


def slippage(step: dict[str, Any]) -> str:
    """Say how much later a step started and ended than planned, or which dates are not known.

    Parameters
    ----------
    step : dict
        The four dates, each a Timestamp or missing.

    Returns
    -------
    str
        "started 2 weeks late, ended 3 months late".
    """
    if all(pd.isna(step[date]) for date in DATES):
        return "dates not known"
    slips = {end: _slip(step[f"planned_{end}"], step[f"actual_{end}"]) for end in ("start", "end")}
    if set(slips.values()) == {"as planned"}:
        return "as planned"
    said = [f"{end}ed {slip}" for end, slip in slips.items() if slip]
    return ", ".join([*said, *_gaps(step)])


def _slip(planned: pd.Timestamp, actual: pd.Timestamp) -> str:
    """Say one date's slippage; "" where it cannot be known."""
    if pd.isna(planned) or pd.isna(actual):
        return ""
    days = (actual - planned).days
    return f"{_span(planned, actual)} {'late' if days > 0 else 'early'}" if days else "as planned"


def _span(one: pd.Timestamp, other: pd.Timestamp) -> str:
    """Say the time between two days; in months where both begin a month, or both end one."""
    days = abs((other - one).days)
    if (one.is_month_start and other.is_month_start) or (one.is_month_end and other.is_month_end):
        return counted(abs((other.year - one.year) * 12 + other.month - one.month), "month")
    if days < 2 * WEEK and days != WEEK:
        return counted(days, "day")
    return counted(round(days / WEEK), "week") if days < 2 * MONTH else counted(round(days / MONTH), "month")


def _gaps(step: dict[str, Any]) -> list[str]:
    """Name the dates that are not known: all of the plan, or one of its ends."""
    gaps = []
    for which, words in UNKNOWN.items():
        missing = [end for end in ("start", "end") if pd.isna(step[f"{which}_{end}"])]
        if len(missing) == 2:
            gaps.append(words)
        elif missing:
            gaps.append(f"{'planned ' if which == 'planned' else ''}{missing[0]} not known")
    return gaps


def timeline_title(table: pd.DataFrame) -> str:
    """Say how many steps ended late, of those whose plan and end are known."""
    both = table.dropna(subset=["planned_end", "actual_end"])
    if both.empty:
        cases = counted(table["case"].nunique(), "case")
        return f"{counted(len(table), 'step')} in {cases}: no step has both a planned and an actual end"
    late = int(((both["actual_end"] - both["planned_end"]).dt.days >= WEEK).sum())
    steps = f"{counted(len(both), 'step')} with both a planned and an actual end"
    return f"{late} of {steps} ended a week or more late"


def timeline_alt(table: pd.DataFrame) -> str:
    """Say every step's dates and slippage."""
    told = []
    for case, steps in table.groupby("case", sort=False):
        spoken = [f"{step['step']}: {_dates(step)}{slippage(step)}" for step in steps.to_dict("records")]
        told.append(f"{case}. {'. '.join(spoken)}.")
    return f"Timeline of steps, planned and actual. {' '.join(told)}"


def _dates(step: dict[str, Any]) -> str:
    """Say the dates that are known."""
    said = ""
    for which in ("planned", "actual"):
        days = [step[f"{which}_{end}"] for end in ("start", "end")]
        if any(pd.notna(day) for day in days):
            said += f"{which} {_from_to(*days)}; "
    return said


def _from_to(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Say a stretch of time; in months where it begins and ends with one, as sources often tell it."""
    months = (pd.isna(start) or start.is_month_start) and (pd.isna(end) or end.is_month_end)
    first, last = (
        "" if pd.isna(day) else f"{'' if months else f'{day.day} '}{day:%B %Y}" for day in (start, end)
    )
    if not first:
        return f"until {last}"
    if not last:
        return f"from {first}"
    return first if first == last else f"{first} to {last}"
