"""Counts of answers for every set of people that may be counted: the whole, and each sector by itself.

Every combination of an analyst's choices is worked out from these counts, so answers are read once. Answers
are places in the scale: labels first, then non-answers. Whoever gave neither is in no count.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from coprod import ordered, tally
from coprod.change import link
from coprod.change.pairs import answered_waves, cross
from coprod.codebook import Scale
from coprod.multiverse.choices import COMPLETE, EVERYBODY, NEAR, POPULATIONS, SAME
from coprod.programme import Programme

Linked = Callable[[str, str, bool], pd.DataFrame]  # of change.link, each pair of waves found once


class Counted(NamedTuple):
    """An item's answers, counted.

    Attributes
    ----------
    populations : list of dict of str to str
        The option of each choice in :data:`POPULATIONS`, "" where it does not exist; the workbook's own
        first.
    whole : ndarray of int, shape (populations, answers), or (populations, answers before, answers after)
        People.
    groups : ndarray of int, shape (populations, sectors, answers), or with answers before and after
        The same, sector by sector; people whose sector is not stated are left out.
    titles : list of str
        Of the sectors.
    """

    populations: list[dict[str, str]]
    whole: NDArray
    groups: NDArray
    titles: list[str]


def answered(programme: Programme, item: str, items: Sequence[str]) -> Counted:
    """Count an item's answers, those of everybody and those of people who left none of the items blank."""
    scale = ordered.scale_of(programme, item)
    by_people = {"": programme}
    if programme.answers is not None and len(items) > 1:
        kept = programme.answers[complete(programme, items)]
        by_people = {EVERYBODY: programme, COMPLETE: replace(programme, answers=kept)}
    titles = _titles(programme)
    answers = [*scale.labels, *scale.non_answers]
    whole, groups = (
        [tally.answers_by_group(part, item, scale, by)[answers] for part in by_people.values()]
        for by in (None, "sector")
    )
    return Counted(
        [_population(people=people) for people in by_people],
        np.stack([table.to_numpy()[0] for table in whole]),
        np.stack([table.reindex(titles, fill_value=0).to_numpy() for table in groups]),
        titles,
    )


def moved(programme: Programme, item: str, items: Sequence[str], linked: Linked) -> Counted:
    """Count an item's answers before and after, in every way that the two can be put side by side."""
    scale = ordered.scale_of(programme, item)
    titles = _titles(programme)
    if programme.answers is None:
        return _published(programme, item, scale, titles)
    answers = {answer: place for place, answer in enumerate((*scale.labels, *scale.non_answers))}
    before, after = (
        programme.answers[column].map(answers).fillna(-1).astype(int)
        for column in (programme.items.at[item, "before"] or item, item)
    )
    sector = pd.Series(
        pd.Index(titles).get_indexer(tally.titles(programme, "sector", programme.answers)), before.index
    )
    populations, tables = [], []
    for names, first, last in _pairs(programme, item, items, linked):
        shape = (len(titles) + 1, len(answers), len(answers))
        cells = np.stack([sector.loc[last], before.loc[first], after.loc[last]])
        table = np.zeros(shape, int)
        np.add.at(table, tuple(cells[:, (cells[1:] >= 0).all(axis=0)]), 1)  # -1, not stated, is the last row
        populations.append(_population(**names))
        tables.append(table)
    every = np.stack(tables)
    return Counted(populations, every.sum(axis=1), every[:, :-1], titles)


def complete(programme: Programme, items: Sequence[str]) -> pd.Series:
    """Say who left none of the items blank that were put to them; "don't know" is no blank."""
    return (programme.answers[list(items)] != "").all(axis=1)


def baselines(programme: Programme, item: str) -> list[str]:
    """List the waves that an item's last answers can be compared with, the first wave first."""
    asked_in = programme.items.at[item, "waves"]
    return [wave for wave in answered_waves(programme)[:-1] if not asked_in or wave in asked_in]


def _pairs(
    programme: Programme, item: str, items: Sequence[str], linked: Linked
) -> Iterator[tuple[dict[str, str], pd.Index, pd.Index]]:
    """Yield the rows of the answers before and after, under every choice of people, links and baseline."""
    there = complete(programme, items)
    for names, first, last in _linked(programme, item, linked):
        yield names | ({"people": EVERYBODY} if len(items) > 1 else {}), first, last
        if len(items) > 1:
            kept = there.loc[first].to_numpy() & there.loc[last].to_numpy()
            yield names | {"people": COMPLETE}, first[kept], last[kept]


def _linked(
    programme: Programme, item: str, linked: Linked
) -> Iterator[tuple[dict[str, str], pd.Index, pd.Index]]:
    waves = answered_waves(programme)
    if programme.items.at[item, "before"]:  # in one sitting: the last one in which it was put to people
        there = programme.answers
        asked = [wave for wave in waves if wave in (programme.items.at[item, "waves"] or waves)]
        rows = there.index[there["wave"] == asked[-1]] if asked else there.index
        yield {}, rows, rows
        return
    earlier, codes = baselines(programme, item), (programme.items["kind"] == "code").any()
    for baseline, near in product(earlier, (True, False) if codes else (True,)):
        names = {"baseline": programme.waves[baseline]} if len(earlier) > 1 else {}
        names |= {"links": NEAR if near else SAME} if codes else {}
        pairs = linked(baseline, waves[-1], near)
        yield names, pd.Index(pairs["first"]), pd.Index(pairs["last"])


def linking(programme: Programme) -> Linked:
    """Find links once for every two waves: :func:`coprod.change.link`, remembered."""
    return cache(lambda first, last, near: link(programme, first, last, near=near))


def _published(programme: Programme, item: str, scale: Scale, titles: list[str]) -> Counted:
    """Take the published table of answers before and after, which has no non-answers and no sectors."""
    crossed = cross(programme, [item], None, None, near=True)[0]
    others = len(scale.non_answers)
    whole = np.pad(crossed.n, (0, others))[None]
    return Counted([_population()], whole, np.zeros((1, len(titles), *whole.shape[1:]), int), titles)


def _population(**names: str) -> dict[str, str]:
    return dict.fromkeys(POPULATIONS, "") | names


def _titles(programme: Programme) -> list[str]:
    return list(dict.fromkeys(programme.sectors.values()))
