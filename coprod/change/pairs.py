"""Each item's before x after table, from linked answers, one sitting, or published counts.

Three designs lead to the same table. An item whose codebook row names a ``before`` item was rated for
the past and the present in one sitting, and its pairs stand in one row of the answers, or in the rows
of ``counts.csv`` that have ``before`` filled. Every other item is compared between two waves, for the
people who are linked. Only pairs with a label both times are counted: "don't know" is no place to
move from.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coprod import ordered
from coprod.change.links import link
from coprod.codebook import NOT_ASKED, Scale
from coprod.likert import NO_SURVEY, NOT_IN_SURVEY
from coprod.names import unknown
from coprod.programme import Programme
from coprod.tally import GROUPINGS

ONE_WAVE = "There are no answers from two waves."
ASKED_ONCE = "This was asked in only one of the two waves."
COUNTED_ONLY = "Only counts of the answers are known, so nobody's two answers can be put side by side."
TWO_SCALES = "The two ratings stand on different scales, so steps between them mean nothing."
OPPOSITE = "The two questions are worded in opposite directions, so steps between them mean nothing."
NOBODY_LINKED = "Nobody's answers could be linked."
NOBODY_BOTH = "Nobody gave a rating both times."


@dataclass(frozen=True)
class Crossed:
    """One item's before x after table.

    Attributes
    ----------
    item, before_title, after_title : str
    scale : Scale
    sign : int
        1 where later labels of the scale are more favourable, -1 where earlier ones are.
    n : ndarray of int, shape (labels, labels)
        People; the answer before down the rows, the one after across, in the order of the scale.
    linked : int
        People in both waves, or in the one sitting, whatever they answered.
    why_not : str
        Why ``n`` holds nobody; "" where it holds somebody.
    """

    item: str
    before_title: str
    after_title: str
    scale: Scale
    sign: int
    n: np.ndarray
    linked: int
    why_not: str


def cross(
    programme: Programme, items: Sequence[str], first: str | None, last: str | None, *, near: bool
) -> list[Crossed]:
    """Cross the answers before and after, item by item; see :func:`coprod.change.paired`."""
    named = first is not None or last is not None
    first, last = two_waves(programme, first, last)
    links = link(programme, first, last, near=near) if first != last else None
    crossed = []
    for item in dict.fromkeys(items):
        scale, sign = ordered_scale(programme, item)
        before = "" if named else programme.items.loc[item, "before"]
        if before:
            titles = programme.items["text"][before], programme.items["text"][item]
            pairs, why_not = _in_one_sitting(programme, item, before)
        else:
            titles = programme.waves.get(first, ""), programme.waves.get(last, "")
            pairs, why_not = _between_waves(programme, item, {first, last}, links)
        n, linked = _table(pairs, scale), int(pairs["n"].sum())
        if not n.sum():
            why_not = why_not or (NOBODY_BOTH if linked else NOBODY_LINKED)
        crossed.append(Crossed(item, *titles, scale, sign, n, linked, why_not))
    return crossed


def reason(programme: Programme) -> str:
    """Say why there is no item to compare."""
    if not programme.has_survey:
        return NO_SURVEY
    if programme.answers is None:
        return COUNTED_ONLY
    return ONE_WAVE if len(answered_waves(programme)) < 2 else NOT_IN_SURVEY


def comparable(programme: Programme) -> list[str]:
    """List the items that :func:`coprod.change.paired` can compare, in the codebook's order.

    Those with a ``before`` item; and, where answers of two waves are there, those asked in the first and
    in the last. An item that is itself the past of another is not one of them.
    """
    answered = answered_waves(programme)
    ends = {answered[0], answered[-1]} if len(answered) > 1 else set()
    pasts = set(programme.items["before"])
    return [
        item
        for item, asked in programme.items[programme.items["kind"] == "scale"].iterrows()
        if programme.scales[asked["scale"]].polarity != "none"
        and item not in pasts
        and (asked["before"] or (ends and ends <= set(asked["waves"] or ends)))
    ]


def answered_waves(programme: Programme) -> list[str]:
    """List the waves that anybody answered, in time order; none for a survey known from its counts."""
    if programme.answers is None:
        return []
    there = set(programme.answers["wave"].unique())
    return [wave for wave in programme.waves if wave in there]


def two_waves(programme: Programme, first: str | None, last: str | None) -> tuple[str | None, str | None]:
    """Fill in the first and the last wave that anybody answered; the same one, or None, without two.

    Raises
    ------
    UnknownName
        There is no such wave.
    """
    for wave in (first, last):
        if wave is not None and wave not in programme.waves:
            raise unknown("wave", wave, programme.waves)
    answered = answered_waves(programme) or [None]
    return first or answered[0], last or answered[-1]


def ordered_scale(programme: Programme, item: str) -> tuple[Scale, int]:
    """Give an item's scale, and 1 or -1 for the direction in which its labels get more favourable.

    Raises
    ------
    UnknownName
        There is no such item.
    ValueError
        Its answers have no order, or a person may give several.
    """
    scale = ordered.scale_of(programme, item)
    return scale, -1 if ordered.backwards(programme, item, scale) else 1


def _in_one_sitting(programme: Programme, item: str, before: str) -> tuple[pd.DataFrame, str]:
    asked, earlier = programme.items.loc[item], programme.items.loc[before]
    if asked["scale"] != earlier["scale"]:
        return _nobody(), TWO_SCALES
    if asked["reversed"] != earlier["reversed"]:
        return _nobody(), OPPOSITE
    if programme.answers is None:
        return _published(programme, item)
    there = programme.answers
    if asked["waves"]:
        there = there[there["wave"].isin(asked["waves"])]
    waves = [wave for wave in programme.waves if (there["wave"] == wave).any()]
    if waves:  # somebody who looked back in several waves is counted once, in the last
        there = there[there["wave"] == waves[-1]]
    pairs = pd.DataFrame({"before": there[before], "after": there[item], "n": 1})
    return pairs[(pairs[["before", "after"]] != NOT_ASKED).all(axis=1)], ""


def _published(programme: Programme, item: str) -> tuple[pd.DataFrame, str]:
    """Take the coarsest published before x after table: finer ones hold the same people again."""
    if programme.counts is None:
        return _nobody(), NO_SURVEY
    rows = programme.counts[(programme.counts["item"] == item) & (programme.counts["before"] != "")]
    fineness = (rows[list(GROUPINGS)] != "") @ [11, 12, 14]  # no two sets of groupings have the same sum
    rows = rows[fineness == fineness.min()].rename(columns={"answer": "after"})
    return rows[["before", "after", "n"]], "" if len(rows) else COUNTED_ONLY


def _between_waves(
    programme: Programme, item: str, waves: set[str | None], links: pd.DataFrame | None
) -> tuple[pd.DataFrame, str]:
    if programme.answers is None:
        return _nobody(), COUNTED_ONLY if programme.has_survey else NO_SURVEY
    if links is None:
        return _nobody(), ONE_WAVE
    asked_in = programme.items.loc[item, "waves"]
    if asked_in and not waves <= set(asked_in):
        return _nobody(), ASKED_ONCE
    cells = programme.answers[item]
    before, after = (cells.loc[links[side]].to_numpy() for side in ("first", "last"))
    return pd.DataFrame({"before": before, "after": after, "n": 1}), ""


def _nobody() -> pd.DataFrame:
    return pd.DataFrame({"before": [], "after": [], "n": []})


def _table(pairs: pd.DataFrame, scale: Scale) -> np.ndarray:
    """Count the pairs of labels, those nobody chose included."""
    place = {label: number for number, label in enumerate(scale.labels)}
    before, after = (pairs[side].map(place) for side in ("before", "after"))
    both = before.notna() & after.notna()
    table = np.zeros((len(place), len(place)), dtype=int)
    np.add.at(table, (before[both].astype(int), after[both].astype(int)), pairs["n"][both].astype(int))
    return table
