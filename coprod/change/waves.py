"""Three waves and more, people who stopped answering, and waves that cannot be linked."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd

from coprod import likert, multiplicity
from coprod.change.links import link, link_summary
from coprod.change.paired import PAIRED_COLUMNS, paired
from coprod.change.pairs import answered_waves, ordered_scale, reason, two_waves
from coprod.change.ranks import friedman
from coprod.programme import Programme

FEWEST_WAVES = 3
NOT_THREE = "There are no answers from three waves."
ASKED_TOO_SELDOM = "This was asked in fewer than three waves."
NOBODY_ALL = "Nobody gave a rating in every wave."
ONE_PERSON = "Only one person gave a rating in every wave, so there is no test."
NOBODY_MOVED = "Nobody's answer changed from wave to wave, so there is no test."
NONE_TO_FOLLOW = "On no question did answers differ from wave to wave by more than chance would give."
STAYED, LEFT = "Answered again", "Not found among the later answers"
UNLINKED = (
    "These are the answers of whoever answered in each wave, not of the same people, so the difference "
    "between waves is not tested."
)
WAVES_COLUMNS = [*likert.ITEM_COLUMNS, "waves", "linked", "base", "statistic", "p", "how", "why_not"]


def over_all_waves(programme: Programme, items: Sequence[str], *, near: bool = True) -> pd.DataFrame:
    """Test whether answers moved over three waves or more, among people who rated in all of them.

    Parameters
    ----------
    programme, items, near
        As for :func:`coprod.change.paired`.

    Returns
    -------
    DataFrame, shape (items, 11)
        ``item``, ``text``, ``section``, ``framework``, ``waves`` (titles of those in which it was
        asked, joined by commas), ``linked`` (people in all of them), ``base`` (of them, with a label in
        all), Friedman's ``statistic``, its permutation ``p``, ``how`` the p was found, and ``why_not``,
        a sentence where there is no p, else "". Empty where fewer than three waves were answered.
    """
    waves = answered_waves(programme)
    if programme.has_survey and len(waves) < FEWEST_WAVES:
        return _empty(WAVES_COLUMNS, NOT_THREE)
    asked = {item: _asked_in(programme, item, waves) for item in items}
    people = {there: _in_all(programme, there, near) for there in set(asked.values())}
    rows = [_over_waves(programme, item, there, people[there]) for item, there in asked.items()]
    return pd.DataFrame(rows, columns=WAVES_COLUMNS) if rows else _empty(WAVES_COLUMNS, reason(programme))


def _empty(columns: list[str], why: str) -> pd.DataFrame:
    table = pd.DataFrame(columns=columns)
    table.attrs["reason"] = why
    return table


def _asked_in(programme: Programme, item: str, waves: list[str]) -> tuple[str, ...]:
    ordered_scale(programme, item)  # says what is wrong with the item, if anything is
    asked_in = programme.items.loc[item, "waves"] or waves
    return tuple(wave for wave in waves if wave in asked_in)


def _over_waves(
    programme: Programme, item: str, waves: tuple[str, ...], people: pd.DataFrame
) -> dict[str, object]:
    scale, _ = ordered_scale(programme, item)
    answers = programme.answers[item]
    cells = pd.DataFrame({wave: answers.loc[people[wave]].to_numpy() for wave in people})
    rated = cells[cells.isin(scale.labels).all(axis=1)]
    places = rated.map(scale.labels.index).to_numpy(dtype=int)
    why_not = ASKED_TOO_SELDOM if len(waves) < FEWEST_WAVES else _why_no_test(places)
    statistic, p, how = (np.nan, np.nan, "") if why_not else friedman(places)
    return {
        "item": item,
        **programme.items.loc[item, likert.ITEM_COLUMNS[1:]].to_dict(),
        "waves": ", ".join(programme.waves[wave] for wave in waves),
        **{"linked": len(people), "base": len(rated)},
        **{"statistic": statistic, "p": p, "how": how, "why_not": why_not},
    }


def _in_all(programme: Programme, waves: tuple[str, ...], near: bool) -> pd.DataFrame:
    """Find the people in all waves: one row each, with the row label of their answers in each wave.

    They are linked from the first wave to every other one. Somebody whom a later wave links to
    somebody else there is left out.
    """
    first, *later = waves
    people = pd.DataFrame({first: programme.answers.index[programme.answers["wave"] == first]})
    for wave in later:
        pairs = link(programme, first, wave, near=near)
        people = people.merge(pairs[["first", "last"]].set_axis([first, wave], axis=1), on=first)
    for one, other in combinations(later, 2):
        pairs = link(programme, one, other, near=near)
        there = people[one].map(pairs.set_index("first")["last"])
        back = people[other].map(pairs.set_index("last")["first"])
        people = people[(there.isna() | (there == people[other])) & (back.isna() | (back == people[one]))]
    return people


def _why_no_test(places: np.ndarray) -> str:
    if len(places) < 2:
        return ONE_PERSON if len(places) else NOBODY_ALL
    return "" if (places != places[:, :1]).any() else NOBODY_MOVED


def follow_ups(programme: Programme, items: Sequence[str], *, near: bool = True) -> pd.DataFrame:
    """Compare every two waves, to see between which of them answers moved.

    Returns
    -------
    DataFrame, shape (items x pairs of waves, 19)
        As :func:`coprod.change.paired`, item by item, and ``p_holm``: p adjusted by Holm's method for
        the pairs of waves of that item, missing where p is. Each pair of waves has the people who are
        linked in these two, so the bases differ.
    """
    waves = answered_waves(programme)
    tables = [paired(programme, items, *two, near=near) for two in combinations(waves, 2)]
    if not items or not tables:
        why_not = NONE_TO_FOLLOW if len(waves) >= FEWEST_WAVES else reason(programme)
        return _empty([*PAIRED_COLUMNS, "p_holm"], why_not)
    table = _item_by_item(tables, items)
    holm = table.groupby("item")["p"].transform(lambda p: multiplicity.holm(p))
    return table.assign(p_holm=holm)


def linked(programme: Programme, *, near: bool = True) -> pd.DataFrame:
    """Count who was linked between the first and the last wave: :func:`coprod.change.link_summary`.

    Empty without two waves that anybody answered.
    """
    first, last = two_waves(programme, None, None)
    if first == last:
        return _empty(["group", "answer", "n", "base", "share"], reason(programme))
    return link_summary(programme, first, last, near=near)


def attrition(
    programme: Programme,
    items: Sequence[str],
    first: str | None = None,
    last: str | None = None,
    *,
    near: bool = True,
) -> pd.DataFrame:
    """Set the first answers of people who answered again beside those of people who did not.

    Returns
    -------
    DataFrame, shape (items x 2, 13)
        As :func:`coprod.likert.agreement`, for the answers in the first wave; ``group`` is "Answered
        again" for people linked to the last wave, and "Not found among the later answers" for everybody
        else: most of them stopped answering, some changed their code. Empty without two waves.
    """
    first, last = two_waves(programme, first, last)
    if first == last:
        nothing = likert.agreement(programme, [])
        nothing.attrs["reason"] = reason(programme)
        return nothing
    started = programme.answers[programme.answers["wave"] == first]
    stayed = started.index.isin(link(programme, first, last, near=near)["first"])
    tables = [
        likert.agreement(replace(programme, answers=started[there]), items).assign(group=group)
        for group, there in ((STAYED, stayed), (LEFT, ~stayed))
    ]
    return _item_by_item(tables, items)


def _item_by_item(tables: list[pd.DataFrame], items: Sequence[str]) -> pd.DataFrame:
    """Put tables together in the order of the items, and within an item in the order of the tables."""
    table = pd.concat(tables, ignore_index=True)
    order = {item: place for place, item in enumerate(items)}
    return table.sort_values("item", key=lambda item: item.map(order), kind="stable", ignore_index=True)


def side_by_side(programme: Programme, items: Sequence[str]) -> pd.DataFrame:
    """Set the waves side by side as they are, without linking people; nothing is tested.

    Returns
    -------
    DataFrame, shape (items x waves, 15)
        As :func:`coprod.likert.agreement` by wave; ``linked``, which is False, and ``note``, a sentence
        that says what the comparison cannot carry. Empty without two waves.
    """
    if len(answered_waves(programme)) < 2:
        nothing = likert.agreement(programme, [])
        nothing.attrs["reason"] = reason(programme)
        return nothing
    return likert.agreement(programme, items, by="wave").assign(linked=False, note=UNLINKED)
