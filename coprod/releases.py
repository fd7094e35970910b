"""Reports that overlap: what a report on one place shows is decided for all places at once.

The report on everybody, less the reports on all places but one, is a report on that one. So the reports
on places are treated as the rows of one table by place: where a place has too few people, others are held
back with it, the smallest first, until those held back are enough together. A sector of a place stands in
two such lines, among the sectors of its place and among the same sector of all places, and both must be
enough. It makes no difference which reports were asked for, for any of them may follow.

In the same way everybody who answered in a wave, less those whose two answers are set side by side, are
those who answered once. So where these are few, the two answers are not set side by side in exact counts.

This is about what people said, where counts of it add up. How many answered adds up too, and is no secret;
spread, reliability and tests do not add up.
"""

from collections.abc import Callable
from functools import cache, partial

import numpy as np
import pandas as pd

from coprod import grouping, headcount
from coprod.headcount import CELL, NO_PLACE
from coprod.programme import Programme
from coprod.saying import joined
from coprod.tally import EVERYBODY

PARTS = ("sector", "stayed")  # groups that add up to their place
Held = tuple[pd.DataFrame, list[str]]


def held_back(programme: Programme, smallest: int, *, exact: bool) -> Callable[[pd.DataFrame], Held]:
    """Plan what the tables of a programme show beside those of its other reports.

    Parameters
    ----------
    programme : Programme
        Whole, or narrowed to a place or wave.
    smallest : int
        People.
    exact : bool
        Whether counts are shown as they are.

    Returns
    -------
    callable
        It takes a table of this programme that is not protected yet, and gives the rows that may stand
        beside other reports, with sentences on what was taken out. Of a table of everybody nothing is
        taken out, unless it tells places apart or sets two answers side by side.
    """

    people = cache(partial(headcount.by_place, programme))
    hidden = cache(lambda what, by: _hidden(people(what, by), smallest, by in PARTS).stack())

    def hold(table: pd.DataFrame) -> Held:
        what = headcount.counted(table)
        if what is None:
            return table, []
        kept, notes = table, []
        if exact and "before" in table and programme.answers is not None:
            once = {item: _rated_once(programme, item, people) for item in table["item"].unique()}
            kept, notes = _without_few_once(table, once, smallest)
        by = headcount.grouped_by(programme, kept)
        if kept.empty or (programme.place is None and by != "place"):
            return kept, notes
        rests = _rests_on(programme, kept, by)
        cells = pd.MultiIndex.from_frame(rests[[*CELL, "place"]])
        here = hidden(what, None if by == "place" else by).reindex(cells, fill_value=True)
        gone = rests[here.to_numpy()]
        return kept[~kept.index.isin(gone.index)], [*notes, *_why(gone, rests, smallest)]

    return hold


class Outcome:
    """What the planning comes to for a report on a place, whatever its tables are.

    Such a report need not be made again when somebody answers elsewhere, unless this changes.

    Parameters
    ----------
    whole : Programme
        Its people are counted once, for all its reports.
    """

    def __init__(self, whole: Programme) -> None:
        self._people = cache(lambda what, by, wave: headcount.by_place(whole.where(wave=wave), what, by))
        self._hidden = cache(self._hide)
        self._few: dict[tuple, list[str]] = {}

    def of(self, part: Programme, smallest: int, *, exact: bool) -> list[str]:
        """Name all that may be shown of a place, and the items that few people rated one time only.

        Of everybody there is nothing to name: what is held back there follows from the answers.

        Parameters
        ----------
        part : Programme
            Narrowed to a place, and perhaps to a wave.
        smallest, exact
            As for :func:`held_back`.
        """
        if part.place is None or not part.has_survey:
            return []
        cells = [(what, by, headcount.wave_of(part, what, by)) for what, by in _kinds(part)]
        tables = [(cell, self._hidden(smallest, *cell)) for cell in cells]
        shown = [f"{cell} {list(table.index[~table[part.place]])}" for cell, table in tables if len(table)]
        return [*shown, *(self._rated_by_few(part, smallest) if exact else ())]

    def _hide(self, smallest: int, what: str, by: str | None, wave: str | None) -> pd.DataFrame:
        people = self._people(what, None if what == "moves" else by, wave)  # of moves both are the same
        return _hidden(people, smallest, by in PARTS)

    def _rated_by_few(self, part: Programme, smallest: int) -> list[str]:
        from coprod.change.pairs import comparable, two_waves

        # the same items and people in every place
        times = (part.wave, *two_waves(part, None, None), smallest)
        if times not in self._few and part.answers is not None:

            def people(what: str, by: str | None) -> pd.DataFrame:
                return self._people(what, by, headcount.wave_of(part, what, by))

            once = {item: _rated_once(part, item, people) for item in comparable(part)}
            self._few[times] = [item for item, few in _few(once, smallest).items() if few]
        return self._few.get(times, [])


def _kinds(programme: Programme) -> list[tuple[str, str | None]]:
    """List what tables may count, and by what they may tell people apart."""
    from coprod.change.pairs import answered_waves

    stayed = ["stayed"] if len(answered_waves(programme)) > 1 else []
    kinds = {"answers": [None, "wave", "sector", *stayed], "moves": [None, "sector"]}
    if not programme.themes.empty:
        kinds["themes"] = [None, "wave", "sector"]
    return [(what, by) for what, groupings in kinds.items() for by in groupings]


def _rests_on(programme: Programme, table: pd.DataFrame, by: str | None) -> pd.DataFrame:
    """Give the item, group and place of each row, on several lines where it rests on several groups."""
    named = table[["item", "text"]].assign(group=EVERYBODY, place=programme.place, shown=EVERYBODY)
    if by == "place":
        keys = {title: key for key, title in programme.places.items()}
        return named.assign(place=table["group"].map(keys).fillna(NO_PLACE), shown=table["group"])
    if "group_a" in table:
        named["group"] = list(zip(table["group_a"], table["group_b"], strict=True))
    elif by is not None:
        named["group"] = (
            table["group"] if "group" in table else [list(programme.sectors.values())] * len(table)
        )
    return named.explode("group").assign(shown=lambda cells: cells["group"])


def _hidden(people: pd.DataFrame, smallest: int, parts: bool) -> pd.DataFrame:
    """Say, item by item, which groups of which places are held back."""
    items = [rows for _, rows in people.groupby("item", sort=False)]
    if not items:
        return people.astype(bool)
    hidden = [_of_item(rows.to_numpy(float), smallest, parts) for rows in items]
    return pd.DataFrame(np.vstack(hidden), pd.concat(items).index, people.columns)


def _of_item(people: np.ndarray, smallest: int, parts: bool) -> np.ndarray:
    """Hold back groups (down) of places (across) until every line that holds any back holds back enough."""
    hidden = (people > 0) & (people < smallest)
    if parts:
        groups, places = people.sum(axis=1, keepdims=True), people.sum(axis=0)
        # what a group, the sums of its place and of its sector, and the total tell of everybody else
        elsewhere = people.sum() - groups - places + people
        hidden |= (people > 0) & (elsewhere > 0) & (elsewhere < smallest)
        hidden |= _with_others(places, places < smallest, smallest)
    lines, before = _lines(people, smallest, parts), np.zeros_like(hidden)
    while (hidden != before).any():
        before = hidden.copy()
        for line in lines:
            hidden.flat[line] |= _with_others(people.flat[line], hidden.flat[line], smallest)
    return hidden


def _lines(people: np.ndarray, smallest: int, parts: bool) -> list[np.ndarray]:
    """List the cells whose sum is known: each group of all places, and all groups of each place.

    Groups that are put together for everybody are known together.
    """
    cells = np.arange(people.size).reshape(people.shape)
    if not parts:
        return list(cells)
    whole = people.sum(axis=1)
    together = _with_others(whole, whole < smallest, smallest)
    return [*cells.T, *cells[~together], cells[together].ravel()]


def _with_others(counts: np.ndarray, hidden: np.ndarray, smallest: int) -> np.ndarray:
    """Hold back the next smallest, until at least two are held back and together are enough."""
    held = hidden & (counts > 0)
    for place in np.argsort(counts, kind="stable") if held.any() else ():
        if held.sum() > 1 and counts[held].sum() >= smallest:
            break
        held[place] |= counts[place] > 0
    return held


def _why(gone: pd.DataFrame, rests: pd.DataFrame, smallest: int) -> list[str]:
    """Say what was held back: groups of which nothing is left by name, others with their items."""
    left = set(rests.loc[~rests.index.isin(gone.index), "shown"])
    bare = [group for group in gone["shown"].unique() if group not in left]
    some = gone[~gone["shown"].isin(bare)].assign(group=gone["shown"])
    told = [f"Nothing is shown{_whom(joined(bare))}"] if bare else []
    told += [
        f"{texts} not shown{_whom(groups)}" for texts, groups in grouping.texts_by_groups(some, "is", "are")
    ]
    why = f"somewhere fewer than {smallest} people answered, and the report on everybody would give them away"
    return [f"{what}: {why}." for what in told]


def _whom(groups: str) -> str:
    return " of this place by itself" if groups == EVERYBODY else f" for {groups}"


def _rated_once(programme: Programme, item: str, people: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """Count who rated an item one of two times only: a row for each time, in every place or altogether."""
    from coprod.change.pairs import two_waves

    before, ends = programme.items.at[item, "before"], two_waves(programme, None, None)
    times = [(name, EVERYBODY) for name in (before, item)] if before else []
    times = times or [(item, programme.waves[wave]) for wave in ends]
    rated = people("answers", None if before else "wave").reindex(times, fill_value=0)
    once = rated - people("moves", None).loc[(item, EVERYBODY)]
    return once if programme.place else once.sum(axis=1).to_frame()


def _without_few_once(table: pd.DataFrame, once: dict[str, pd.DataFrame], smallest: int) -> Held:
    """Take out of two answers side by side the items that few rated one time only, here or elsewhere."""
    gone = table["item"].map(_few(once, smallest)).astype(bool)
    texts = grouping.texts_by_groups(table[gone], "is", "are")
    why = f"fewer than {smallest} people answered one of the two times only, and would be known by it"
    return table[~gone], [f"{what} not shown answer by answer: {why}." for what, _ in texts]


def _few(once: dict[str, pd.DataFrame], smallest: int) -> dict[str, bool]:
    """Say which items few people rated one time only, in any place."""
    return {item: ((people > 0) & (people < smallest)).any(axis=None) for item, people in once.items()}
