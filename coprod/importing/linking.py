"""Who is the same person in several waves, by the rules of :mod:`coprod.change.links`.

The codes are here while an export is imported, and never again: what is written is a key, the same in every
wave. Across three waves or more nobody is linked to two people of one wave, and no two codes of a person are
more than one character apart; whoever would be is ambiguous.
"""

from itertools import combinations, product

import pandas as pd
from rapidfuzz.distance import Levenshtein

from coprod.change.links import EXACT, NEAR, match

AMBIGUOUS, NONE, ALONE = "ambiguous", "none", "alone"
STATES = {
    EXACT: "the same code in another wave",
    NEAR: "a code one character apart in another wave",
    AMBIGUOUS: "not linked: could be more than one person's",
    NONE: "not linked: no code",
    ALONE: "not found in another wave",
}


def link(people: pd.DataFrame, *, near: bool) -> pd.DataFrame:
    """Give everybody the key of the person they are.

    Parameters
    ----------
    people : DataFrame
        ``wave``, ``response``, ``own``, ``code``, ``place`` and ``sector``; waves in their order.
    near : bool
        Whether codes one character apart are linked too.

    Returns
    -------
    DataFrame
        The same rows, with ``person`` and ``link`` (a key of `STATES`). A person's key is that of the code in
        the first wave they are found in; whoever cannot be known again has the key of the response.
    """
    pairs, ambiguous = _pairs(people, near=near)
    groups, conflicts = _groups(people, pairs)
    twice = people["code"].ne("") & people.duplicated(["wave", "code"], keep=False)
    state = pd.Series(ALONE, index=people.index)
    state[people["code"] == ""] = NONE
    state[list(ambiguous | conflicts)] = AMBIGUOUS
    state[twice] = AMBIGUOUS
    own = people["own"].where(people["own"].ne("") & ~twice, people["response"])
    person = own.copy()
    for members in groups:
        person[members] = own[members[0]]
        state[members] = _how(people["code"][members])
    return people.assign(person=person, link=state)


def summary(linked: pd.DataFrame) -> pd.DataFrame:
    """Count who was linked, in each wave.

    Returns
    -------
    DataFrame, shape (waves x 5 states, 3)
        ``wave``, ``link`` (in words) and ``n``.
    """
    counts = linked.groupby("wave", sort=False)["link"].value_counts()
    rows = [
        (wave, words, int(counts.get((wave, state), 0)))
        for wave in linked["wave"].unique()
        for state, words in STATES.items()
    ]
    return pd.DataFrame(rows, columns=["wave", "link", "n"])


def _pairs(people: pd.DataFrame, *, near: bool) -> tuple[list[tuple], set]:
    """Link every two waves; the pairs of row labels, exact ones first, and the ambiguous row labels."""
    waves = [people[people["wave"] == wave] for wave in people["wave"].unique()]
    found, ambiguous = [], set()
    for first, last in combinations(waves, 2):
        pairs, unclear = match(first, last, near=near)
        found += pairs.itertuples(index=False, name=None)
        ambiguous |= unclear
    return sorted(found, key=lambda pair: pair[2] != EXACT), ambiguous


def _groups(people: pd.DataFrame, pairs: list[tuple]) -> tuple[list[list], set]:
    """Put pairs together to people; the groups in the order of the waves, and who does not fit."""
    wave, code = people["wave"].to_dict(), people["code"].to_dict()
    member_of: dict = {}
    conflicts: set = set()
    for first, last, _ in pairs:
        one, other = member_of.get(first, [first]), member_of.get(last, [last])
        if one is other:
            continue
        apart = {wave[label] for label in one}.isdisjoint(wave[label] for label in other)
        if not apart or any(Levenshtein.distance(code[a], code[b]) > 1 for a, b in product(one, other)):
            conflicts |= {first, last}
            continue
        both = sorted(one + other)  # rows stand wave by wave
        member_of |= dict.fromkeys(both, both)
    distinct = {id(group): group for group in member_of.values()}
    return list(distinct.values()), conflicts - member_of.keys()


def _how(codes: pd.Series) -> str:
    return EXACT if codes.nunique() == 1 else NEAR
