"""The choices that an analyst makes, and the options that each of them has.

The first option of every choice is the one that the workbook makes for every report: it was fixed before
anybody had answered. A choice is crossed with the others only where it exists: no neutral answers without a
neutral label, no near links without codes, no other baseline with two waves.
"""

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod import ordered
from coprod.programme import Programme

STEPS, FAVOURABLE, STRONGEST = "every step of the scale", "favourable or not", "only the strongest answer"
IN, OUT = "in the base", "left out"
EVERYBODY, COMPLETE = "everybody", "complete answers only"
AS_ANSWERED, EQUAL = "as answered", "every sector the same"
NEAR, SAME = "the same or nearly the same code", "the same code only"

# Column, and how a sentence names the choice.
CHOICES = {
    "counts": "what counts as agreeing",
    "neutral": "whether neutral answers count",
    "non_answers": "whether “don't know” and other non-answers count",
    "sectors": "whether every sector counts the same",
    "people": "whether everybody counts, or complete answers only",
    "links": "how the same person is found again",
    "baseline": "which wave is the baseline",
}
READINGS = ("counts", "neutral", "non_answers")  # what an answer is taken for
POPULATIONS = ("people", "links", "baseline")  # whose answers are counted

Options = Mapping[str, tuple[str, ...]]


class Reading(NamedTuple):
    """What each answer of a scale is taken for under some choices.

    Attributes
    ----------
    names : dict of str to str
        The option of each choice in :data:`READINGS`, "" where it does not exist.
    values : ndarray of int, shape (answers,)
        Of labels and then non-answers; the higher the more favourable. 1 and 0 where only favourable
        answers, or the strongest, are told from the others.
    counted : ndarray of bool, shape (answers,)
        Whether somebody who gave this answer is in the base.
    """

    names: Mapping[str, str]
    values: NDArray
    counted: NDArray


def reading_options(programme: Programme, item: str, kind: str) -> Options:
    """List what an item's answers can be taken for.

    Parameters
    ----------
    programme : Programme
    item : str
        With an ordered scale.
    kind : {"share", "change", "gap"}
        Steps of the scale are counted for change and gaps. Of change nobody is left out for a neutral answer:
        it is a place to move from and to, and whoever left or reached it has moved.

    Raises
    ------
    UnknownName, ValueError
        As :func:`coprod.ordered.scale_of`.
    """
    scale = ordered.scale_of(programme, item)
    sides = [
        scale.side(label, reversed_item=bool(programme.items.at[item, "reversed"])) for label in scale.labels
    ]
    several = sides.count("favourable") > 1
    return {
        "counts": (*[STEPS] * (kind != "share"), FAVOURABLE, *[STRONGEST] * several),
        "neutral": (IN, OUT) if scale.neutral is not None and kind != "change" else (),
        "non_answers": (OUT, IN) if scale.non_answers else (),
    }


def readings(programme: Programme, item: str, options: Options) -> list[Reading]:
    """Read an item's answers in every way that its options allow.

    "Don't know" is no step of a scale, so it is never in the base where steps are counted.
    """
    rows = [
        dict(zip(options, names, strict=True))
        for names in product(*(options[name] or ("",) for name in options))
    ]
    there = [row for row in rows if (row["counts"], row["non_answers"]) != (STEPS, IN)]
    return [_reading(programme, item, row) for row in there]


def _reading(programme: Programme, item: str, names: Mapping[str, str]) -> Reading:
    scale, turned = ordered.scale_of(programme, item), bool(programme.items.at[item, "reversed"])
    labels, others = len(scale.labels), len(scale.non_answers)
    steps = np.arange(labels)
    if ordered.backwards(programme, item, scale):
        steps = steps[::-1]
    sides = np.array([scale.side(label, reversed_item=turned) for label in scale.labels])
    favourable = sides == "favourable"
    values = {STEPS: steps, FAVOURABLE: favourable, STRONGEST: steps == steps[favourable].max()}
    counted = (names["neutral"] != OUT) | (sides != "neutral")
    return Reading(
        names,
        np.append(values[names["counts"]].astype(int), np.zeros(others, int)),
        np.append(counted, np.full(others, names["non_answers"] == IN)),
    )
