"""Which questions of a survey a session looks at, and how it asks what people expect."""

import pandas as pd

from coprod import likert
from coprod.change.pairs import answered_waves
from coprod.programme import Programme

NOTHING = "There is no question here to expect answers of."


def some_questions(programme: Programme, count: int = 3) -> list[str]:
    """Choose a few questions that one figure can show: of the section and scale that has most of them.

    Parameters
    ----------
    programme : Programme
        Narrowed to one wave where it has several.
    count : int
        At most so many, the first in the codebook's order.

    Returns
    -------
    list of str
        Items; none without a survey.
    """
    items = programme.items.loc[likert.items_in(programme)]
    if items.empty or not programme.has_survey:
        return []
    sets = [list(rows.index) for _, rows in items.groupby(["section", "scale"], sort=False)]
    return max(sets, key=len)[:count]


def every_answer(programme: Programme, items: list[str]) -> str:
    """Ask how many of 100 people gave each answer to the first of some questions."""
    if not items:
        return NOTHING
    text = " ".join(programme.items.at[items[0], "text"].split())
    return f"Of 100 people who were asked “{text}”, how many do you expect to have given each answer?"


def two_columns(programme: Programme, items: list[str]) -> pd.DataFrame:
    """Count the answers before and after, as if they were of different people.

    Parameters
    ----------
    programme : Programme
    items : list of str
        The first is looked at: beside the item that holds its past or, without one, in the first and the
        last wave.

    Returns
    -------
    DataFrame
        Of :func:`coprod.likert.shares`; in ``text``, a wave's title stands after the question.
    """
    if not items:
        return likert.shares(programme, [])
    item, before = items[0], programme.items.at[items[0], "before"]
    if before:
        return likert.shares(programme, [before, item])
    ends = answered_waves(programme)
    columns = [_in_wave(programme, item, wave) for wave in (ends[0], ends[-1])]
    return pd.concat(columns, ignore_index=True)


def _in_wave(programme: Programme, item: str, wave: str) -> pd.DataFrame:
    table = likert.shares(programme.where(wave=wave), [item])
    return table.assign(item=f"{item} {wave}", text=f"{table['text'].iloc[0]} ({programme.waves[wave]})")
