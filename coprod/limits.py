"""What a design cannot carry, computed from its numbers and said in words.

Two kinds of functions: numbers (the smallest p that so few people can give, the smallest change they
could have shown, the chance to find a true one), and sentences made from them. Sentences describe and
name no reason for what they describe.

Source
------
The sign test and its power: Dixon and Mood (1946), Journal of the American Statistical Association
41(236), 557-566. Retrospective ratings: Hill and Betz (2005), American Journal of Evaluation 26(4),
501-517. Regression to the mean: Galton (1886), Journal of the Anthropological Institute 15, 246-263.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.stats import binom

from coprod.change.net import smallest_p
from coprod.names import unknown
from coprod.privacy import Shown, table_of
from coprod.programme import Programme
from coprod.saying import BAND, EXACT

LEVEL = 0.05
FEWEST_MOVED = next(moved for moved in range(1, 100) if smallest_p(moved) <= LEVEL)  # 6
TINY = 0.001  # a smaller p is no limit worth a sentence
NOBODY_COMPARED = (
    "There is no comparison group: nobody can say how the answers of people who did not take part would "
    "have changed meanwhile."
)
REGRESSION = (
    "People whose first answer was unusually low or high tend to stand nearer to the middle the next time, "
    "even when nothing has changed; so nothing is said of how those who began low, or high, went on."
)
LOOKING_BACK = (
    "was rated for the past and the present in one sitting. Memory, and the wish to have come forward, can "
    "make such a change look larger or smaller than it was."
)
NOT_LINKED = (
    "Waves that stand side by side hold whoever answered in each. If the content stay and the discontented "
    "leave, the shares rise although nobody has changed an answer."
)
INVITED_UNKNOWN = "How many were invited is not known, so nobody can say whose answers are missing."


def smallest_change(pairs: int, moved: int | None = None, level: float = LEVEL) -> float:
    """Give the smallest net share that so many pairs could have told from chance.

    Parameters
    ----------
    pairs : int
        People with a rating both times.
    moved : int, optional
        How many of them changed their answer. When left out: as many as it takes, all for the better.
    level : float
        Of the two-sided exact sign test; divided by the number of questions when several are looked at.

    Returns
    -------
    float
        Missing where no answers of so many people could have been told from chance.
    """
    if moved is None:
        fewest = next((count for count in range(1, pairs + 1) if smallest_p(count) <= level), None)
        return np.nan if fewest is None else fewest / pairs
    improved = np.arange((moved + 1) // 2, moved + 1)
    enough = improved[2 * binom.sf(improved - 1, moved, 0.5) <= level]
    return float(2 * enough[0] - moved) / pairs if len(enough) and moved else np.nan


def power(pairs: int, net: float, moved: float, level: float = LEVEL) -> float:
    """Give the chance that the exact sign test finds a true net share, added up over all outcomes.

    Parameters
    ----------
    pairs : int
        People with a rating both times.
    net, moved : float
        True shares: improved less worse, and improved and worse together.
    level : float
        As for :func:`smallest_change`.

    Raises
    ------
    ValueError
        The net share is larger than the share of those who moved, or that is above 1.
    """
    if not abs(net) <= moved <= 1:
        raise ValueError(f"Where {moved:.0%} move, the net share cannot be {net:.0%}.")
    found = 0.0
    for count in range(1, pairs + 1 if moved else 1):
        improved = np.arange(count + 1)
        p = 2 * binom.cdf(np.minimum(improved, count - improved), count, 0.5)
        outcomes = binom.pmf(improved, count, (moved + net) / (2 * moved))
        found += binom.pmf(count, pairs, moved) * outcomes[p <= level].sum()
    return float(found)


def change(shown: Shown) -> list[str]:
    """Say what a comparison of the same people's answers could have shown, and what not.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.change.compared`: every question that was looked at. Where counts are rounded
        or not shown, only the sentences remain that need no number.

    Returns
    -------
    list of str
        None where nobody's answers were compared.
    """
    table = table_of(shown)
    if table.empty or not (table["base"] > 0).any():
        return []
    if shown.precision != EXACT:
        return [NOBODY_COMPARED, REGRESSION]
    compared = table[table["base"] > 0]
    moved = compared["improved"] + compared["worse"]
    typical = (compared["base"] - compared["base"].median()).abs().idxmin()
    return [
        *_bases(compared["base"], len(table)),
        *_untestable(moved),
        *_smallest(int(compared["base"][typical]), int(moved[typical]), len(table)),
        NOBODY_COMPARED,
        REGRESSION,
    ]


def _bases(base: pd.Series, looked_at: int) -> list[str]:
    people = f"{base.min():.0f} to {base.max():.0f}" if base.min() < base.max() else f"{base.max():.0f}"
    questions = "One question was" if looked_at == 1 else f"{looked_at} questions were"
    return [f"{questions} looked at; {people} people gave a rating both times."]


def _untestable(moved: pd.Series) -> list[str]:
    few = int((moved < FEWEST_MOVED).sum())
    if not few:
        return []
    which = "One question" if few == 1 else f"{few} questions"
    return [
        f"{which} had fewer than {FEWEST_MOVED} changed answers: whichever way these had gone, p could not "
        f"have been below {LEVEL}."
    ]


def _smallest(pairs: int, moved: int, looked_at: int) -> list[str]:
    """Say the smallest p and the smallest change of one question that stands for the others."""
    where = f"Where {moved} of {pairs} people changed their answer, "
    least = smallest_p(moved)
    said = [f"{where}p cannot be smaller than {least:.2g}."] if TINY <= least < 1 else []
    alone, among_all = (smallest_change(pairs, moved, LEVEL / count) * pairs for count in (1, looked_at))
    if np.isnan(alone):
        return said
    told = f"{where}{alone:.0f} more must improve than get worse to be told from chance"
    if looked_at == 1:
        return [*said, f"{told}."]
    if np.isnan(among_all):
        return [*said, f"{told}; among {looked_at} questions not even all of them are enough."]
    return [*said, f"{told}; among {looked_at} questions, {among_all:.0f} more."]


def response(shown: Shown) -> list[str]:
    """Say what share of those invited the answers rest on.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.likert.response_rates`.
    """
    return [_response(row) for row in table_of(shown).itertuples()]


def _response(row: tuple) -> str:
    if pd.isna(row.base):
        return f"{row.group}: {INVITED_UNKNOWN[0].lower()}{INVITED_UNKNOWN[1:]}"
    who = f"{row.band} of the {row.base_said} people" if row.precision == BAND else row.said
    return f"{row.group}: the answers are those of {who} invited; what the others think is not known."


def retrospective(programme: Programme, items: Iterable[str]) -> list[str]:
    """Say which questions were answered for the past from memory.

    Raises
    ------
    UnknownName
        There is no such item.
    """
    for item in items:
        if item not in programme.items.index:
            raise unknown("item", item, programme.items.index)
    back = programme.items.loc[list(items)]
    return [f"“{text}” {LOOKING_BACK}" for text in back.loc[back["before"] != "", "text"]]


def unlinked() -> list[str]:
    """Say what waves that are not linked person by person cannot show."""
    return [NOT_LINKED, NOBODY_COMPARED]
