"""What was expected beside what was found: only of a protected table, and in its own words."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from coprod.figures import Drawn
from coprod.markup import LEFT
from coprod.privacy import table_of
from coprod.saying import BANDS, joined

NOT_MEASURED = "What was found may be said in words only, so the distance is not measured."
ORDER = [word for _, word in BANDS]


class Found(NamedTuple):
    """An answer as it was found: its share, NaN where that may not be shown, and how it is said."""

    share: float
    said: str


def found(drawn: Sequence[Drawn]) -> dict[str, Found]:
    """Read how people answered the one question of a figure; nothing where it shows something else.

    Parameters
    ----------
    drawn : sequence of Drawn
        Of a table of :func:`coprod.likert.shares` or :func:`coprod.change.moves`.

    Returns
    -------
    dict of str to Found
        The labels in the scale's order.
    """
    tables = [table_of(one.shown) for one in drawn]
    if len(tables) != 1 or not {"answer", "role"} <= set(tables[0]):
        return {}
    labels = tables[0][tables[0]["role"] == "label"].sort_values("order", kind="stable")
    if labels[["item", "group"]].drop_duplicates().shape[0] != 1:
        return {}
    return {row.answer: Found(float(row.share), row.said) for row in labels.itertuples()}


def distance(expected: Mapping[str, float], answers: Mapping[str, Found]) -> float:
    """Return the total variation distance: the smallest share of people to be moved from one to the other.

    Parameters
    ----------
    expected : mapping of str to float
        Shares from 0 to 1 that add up to 1.
    answers : mapping of str to Found

    Returns
    -------
    float
        From 0, all the same, to 1, nothing in common; NaN where a share may not be shown.
    """
    return sum(abs(expected[answer] - one.share) for answer, one in answers.items()) / 2


def how_far(expected: Mapping[str, float], answers: Mapping[str, Found]) -> str:
    """Say the distance in words: "You had about 3 in 10 elsewhere."."""
    apart = distance(expected, answers)
    if math.isnan(apart):
        return NOT_MEASURED
    tenths = round(10 * apart)
    if apart < 0.005:
        return "That is what you expected."
    if tenths == 0:
        return "You were close: fewer than 1 in 20 were elsewhere."
    return (
        f"You had about {tenths} in 10 elsewhere." if tenths < 10 else "You had nearly all of them elsewhere."
    )


def most_given(answers: Mapping[str, Found]) -> list[str]:
    """List the answer that most people gave, or those that tie."""

    def rank(one: Found) -> float:
        return ORDER.index(one.said) if one.said in ORDER else one.share

    there = {answer: rank(one) for answer, one in answers.items() if one.said}
    return [answer for answer, place in there.items() if place == max(there.values())]


def verdict(chosen: str, right: Sequence[str], answers: Mapping[str, Found]) -> str:
    """Say whether the option that was chosen is what was found."""
    if not right:
        return f"You expected “{chosen}”."
    told = [f"“{one}” ({answers[one].said})" if one in answers else f"“{one}”" for one in right]
    begun = f"You expected “{chosen}”, and found was"
    if chosen not in right:
        return f"{begun} {joined(told)}."
    others = (
        ""
        if len(right) == 1
        else ", level with "
        + joined([words for one, words in zip(right, told, strict=True) if one != chosen])
    )
    return f"{begun} {told[list(right).index(chosen)]}{others}."


def side_by_side(expected: Mapping[str, int], answers: Mapping[str, Found]) -> str:
    """Lay out a table of what was expected, of 100, and what was found."""
    rows = "".join(
        f'<tr><th scope="row"{LEFT}>{escape(answer)}</th><td>{expected[answer]} of 100</td>'
        f"<td>{escape(one.said or 'nobody')}</td></tr>"
        for answer, one in answers.items()
    )
    head = f'<th scope="col"{LEFT}>Answer</th><th scope="col">You expected</th><th scope="col">Found</th>'
    return (
        f"<table><caption>What you expected, and what was found</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
