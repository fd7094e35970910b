"""What nobody was asked, in a REDCap export: forms that were not begun, branches, repeats of a form."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from coprod.exports.choices import UNTICKED
from coprod.exports.export import NOT_SEEN
from coprod.exports.redcap_columns import ANSWER, COMPLETE, INSTANCE, INSTRUMENT, OPTION_OF, TIMESTAMP, Head
from coprod.exports.redcap_dictionary import Field
from coprod.exports.tables import dropped, none_dropped

BEGUN = "[not completed]"  # stands for the time of a survey that somebody has not sent off
UNFINISHED = ("", "0", "Incomplete")


class Kept(NamedTuple):
    """What is left of an export, what is not, and a word on it."""

    answers: pd.DataFrame
    heads: list[Head]
    dropped: pd.DataFrame
    decided: list[str]


def without_repeats(answers: pd.DataFrame, heads: Sequence[Head], asked: Collection[str]) -> Kept:
    """Leave out the rows that hold one form once more, where other rows hold answers as well.

    Parameters
    ----------
    answers : DataFrame, shape (responses, columns)
    heads : sequence of Head
    asked : collection of str
        The columns of questions.
    """
    again = _filled(answers, heads, INSTRUMENT)
    events = int((_filled(answers, heads, INSTANCE) & ~again).sum())
    said = [f"Rows of an event that repeats, each kept as a response: {events}."] if events else []
    if not again.any():
        return Kept(answers, list(heads), none_dropped(), said)
    questions = [head for head in heads if head.column in asked]
    once = {head.form for head in questions if _given(answers[~again], head).any()}
    twice = {head.form for head in questions if _given(answers[again], head).any()} - once
    if not once:
        said.append("Every response is one repeat of a form: somebody who filled it in twice counts twice.")
        return Kept(answers, list(heads), none_dropped(), said)
    if twice:
        said.append(f"Left out, as they repeat: forms {', '.join(sorted(twice))}. Export each by itself.")
    what = dropped("repeats of a form", int(again.sum()), "They are no responses of their own.")
    kept = [head for head in heads if head.form not in twice]
    return Kept(answers[~again].reset_index(drop=True), kept, what, said)


def with_not_seen(
    answers: pd.DataFrame, heads: Sequence[Head], fields: Mapping[str, Field], asked: Collection[str]
) -> pd.DataFrame:
    """Mark what nobody was asked, as far as the export tells.

    A form that was not begun was not asked; nor was a question behind a branch where nothing is given; nor,
    on a form that is not complete, a question where several can be ticked and nothing is. All else that is
    empty stays blank.

    Parameters
    ----------
    answers : DataFrame, shape (responses, columns)
        With 0 and 1 in the columns of options.
    heads : sequence of Head
    fields : mapping of str to Field
    asked : collection of str
        The columns of questions; no other is changed.
    """
    questions: dict[tuple[str, str], list[Head]] = {}
    for head in heads:
        if head.about in (ANSWER, OPTION_OF):
            questions.setdefault((head.form, head.field), []).append(head)
    given = {key: _any([_given(answers, head) for head in own]) for key, own in questions.items()}
    marked = {}
    for form, (begun, finished) in _states(answers, heads, given).items():
        for (of, name), own in questions.items():
            if of != form:
                continue
            branch = name in fields and fields[name].branching
            unseen = ~begun if not branch else pd.Series(True, answers.index)
            unseen |= ~finished & (own[0].about == OPTION_OF)
            unseen &= ~given[of, name]
            marked |= {head.column: unseen for head in own if head.column in asked}
    return answers.assign(**{name: answers[name].mask(unseen, NOT_SEEN) for name, unseen in marked.items()})


def _states(
    answers: pd.DataFrame, heads: Sequence[Head], given: Mapping[tuple[str, str], pd.Series]
) -> dict[str, tuple[pd.Series, pd.Series]]:
    """Say for each form which rows began it, and which finished it; every row where the export is silent."""
    own = {(head.about, head.form): answers[head.column] for head in heads if head.form}
    states = {}
    for form in {form for form, _ in given}:
        state, time = own.get((COMPLETE, form)), own.get((TIMESTAMP, form))
        finished = pd.Series(True, answers.index)
        if state is not None:
            finished &= ~state.isin(UNFINISHED)
        if time is not None:
            finished &= time != BEGUN
        anything = _any([cells for (of, _), cells in given.items() if of == form])
        states[form] = finished | anything | (False if time is None else time == BEGUN), finished
    return states


def _given(answers: pd.DataFrame, head: Head) -> pd.Series:
    blank = UNTICKED if head.about == OPTION_OF else [""]
    return ~answers[head.column].isin(list(blank))


def _filled(answers: pd.DataFrame, heads: Sequence[Head], about: str) -> pd.Series:
    names = [head.column for head in heads if head.about == about]
    return answers[names[0]] != "" if names else pd.Series(False, answers.index)


def _any(cells: Sequence[pd.Series]) -> pd.Series:
    return pd.concat(cells, axis=1).any(axis=1)
