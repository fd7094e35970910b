"""The five aids: a row for each item, what fills it, and what is left to write.

Source
------
The topics are those of GRIPP2's short form (Staniszewska et al. 2017, BMJ 358, j3453), CROSS (Sharma et
al. 2021, Journal of General Internal Medicine 36(10), 3179-3187), the UK Standards for Public
Involvement (2019), and of Durose, Richardson and Perry (2024). Each is in the framework's documents.
"""

import pandas as pd

from coprod import framework, privacy
from coprod.aids import from_cases, from_survey
from coprod.aids.asked import Asked
from coprod.findings.wording import refs_of
from coprod.likert import NO_SURVEY
from coprod.names import unknown
from coprod.programme import Programme

FILLED, PARTLY, EMPTY = "filled", "partly", "empty: for the team to write"
FILLERS = {filler.__name__: filler for filler in (*from_cases.FILLERS, *from_survey.FILLERS)}
COLUMNS = ["item", "asks", "filled", "left", "state", "behind"]
SEPARATOR = " | "
NONE_OF_THEIRS = "None of the five"


def gripp2(programme: Programme, audience: str = "public") -> pd.DataFrame:
    """Fill GRIPP2's short form.

    Parameters
    ----------
    programme : Programme
        Whole, or narrowed to a place.
    audience : {"internal", "public"}
        For whom it is filled; it decides how exactly people are counted.

    Returns
    -------
    DataFrame, shape (5, 6)
        ``item`` (its topic), ``asks`` (our question), ``filled`` (what the data say, "" for nothing),
        ``left`` (what they cannot say), ``state`` ("filled", "partly", "empty: for the team to write")
        and ``behind`` (refs).
    """
    return _filled("gripp2", programme, audience)


def cross(programme: Programme, audience: str = "public") -> pd.DataFrame:
    """Fill CROSS, a checklist for reporting surveys.

    Parameters
    ----------
    programme, audience
        As for :func:`gripp2`.

    Returns
    -------
    DataFrame, shape (items, 5)
        As for :func:`gripp2`, without ``behind``: no case and no observation stands behind a survey.
        Several items of the checklist on one topic stand in one row. Empty without a survey.
    """
    if programme.has_survey:
        return _filled("cross", programme, audience).drop(columns="behind")
    table = pd.DataFrame(columns=COLUMNS[:-1])
    table.attrs["reason"] = NO_SURVEY
    return table


def public_involvement(programme: Programme, audience: str = "public") -> pd.DataFrame:
    """Lay out the six UK Standards for Public Involvement, for a team to judge itself by.

    Parameters
    ----------
    programme, audience
        As for :func:`gripp2`.

    Returns
    -------
    DataFrame, shape (6, 6)
        As for :func:`gripp2`, with ``our_judgement``, always "", in place of ``left``: which standard
        was met is not for a count to say. What speaks to a standard is our reading of the framework.
    """
    table = _filled("public_involvement", programme, audience).rename(columns={"left": "our_judgement"})
    return table.assign(our_judgement="")


def closing_questions(programme: Programme, audience: str = "public") -> pd.DataFrame:
    """Ask six questions at the end: how we defined it, how people read it, what changed.

    Each of the three tests of Durose, Richardson and Perry is asked twice: reflectively (what happened,
    and what was learned) and reflexively (what our own place in it made us see and miss).

    Parameters
    ----------
    programme, audience
        As for :func:`gripp2`.

    Returns
    -------
    DataFrame, shape (6, 6)
        As for :func:`gripp2`.
    """
    return _filled("closing", programme, audience)


def crosswalk() -> pd.DataFrame:
    """Set NIHR's five principles of co-production beside the framework's.

    Returns
    -------
    DataFrame
        One row per pair: ``principle`` and ``means`` (the framework's), ``nihr`` and ``nihr_means``. A
        principle without a counterpart says so; which goes with which is our reading.
    """
    ours, theirs = framework.read("principles"), framework.read("nihr_principles")
    rows = [
        {"principle": ours.at[key, "title"], "means": ours.at[key, "text"], "nihr": title, "nihr_means": text}
        for key in ours.index
        for title, text in _counterparts(theirs, key)
    ]
    return pd.DataFrame(rows)


def _counterparts(theirs: pd.DataFrame, key: str) -> list[tuple[str, str]]:
    rows = theirs[theirs["principle"] == key]
    return list(zip(rows["title"], rows["text"], strict=True)) or [(NONE_OF_THEIRS, "")]


def _filled(checklist: str, programme: Programme, audience: str) -> pd.DataFrame:
    protect = privacy.door(programme, audience)
    items = framework.read("checklists")
    rows = []
    for item in items[items["checklist"] == checklist].itertuples():
        about = tuple(filter(None, item.about.split(SEPARATOR)))
        said = _filler(item.filled_by)(Asked(programme, protect, about)) if item.filled_by else []
        rows.append(
            {
                "item": item.title,
                "asks": item.text,
                "filled": " ".join(said),
                "left": item.left,
                "state": _state(said, item.left),
                "behind": refs_of(said),
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def _filler(name: str) -> from_cases.Filler:
    if name not in FILLERS:
        raise unknown("way to fill an item", name, FILLERS)
    return FILLERS[name]


def _state(said: list[str], left: str) -> str:
    if not said:
        return EMPTY
    return PARTLY if left else FILLED
