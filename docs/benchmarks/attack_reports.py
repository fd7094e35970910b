"""Everything that our reports tell of one question, as sums over cells.

Bands become sums as well: "most" of a base is more than 12 twentieths of it, and less than 17. So does a
median label: at most half of the people stand below it, and at most half above.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pandas as pd
from attack_world import Group, Publication, Sum, World, how_many, together

from coprod import change, likert, privacy, tally
from coprod.programme import Programme
from coprod.saying import BAND, EXACT, ROUNDED

Table = tuple[str, pd.DataFrame]  # with the wave it is about, the first where it is about two
NEAR = {EXACT: 0, ROUNDED: 2, BAND: 2}  # people that a count or a base can be off
BANDS = {  # at least and at most so many twentieths of the base, and so many people more
    "few or none": (0, 0, 3, 0),
    "some": (3, 1, 8, -1),
    "about half": (8, 0, 12, 0),
    "most": (12, 1, 17, -1),
    "nearly all": (17, 0, 20, 0),
}
MIDDLES = {"few or none": 0.075, "some": 0.275, "about half": 0.5, "most": 0.725, "nearly all": 0.925}
MOVED = {"Improved": np.less, "Stayed the same": np.equal, "Got worse": np.greater}


def reports(programme: Programme, places: bool) -> Iterator[tuple[Programme, list[Table]]]:
    """Make the tables of every report, on everybody and each wave, and on each place as well."""
    items = likert.items_in(programme)
    for place in [None, *programme.places] if places else [None]:
        part = programme.where(place=place)
        for wave in programme.waves:
            then = part.where(wave=wave)
            groupings = [None, "sector", *([] if place else ["place"])]
            tables = [likert.shares(then, items, by) for by in groupings]
            yield then, [(wave, table) for table in (*tables, likert.agreement(then, items))]
        if len(programme.waves) > 1:
            changes = (change.moves(part, items), change.flow(part, items), change.attrition(part, items))
            yield part, [(next(iter(programme.waves)), table) for table in changes]


def our_rules(audience: str, *, places: bool = True, planned: bool = True) -> Callable:
    """Publish as the workbook does; every table by itself where the reports are not planned together."""

    def publish(programme: Programme) -> dict[str, Publication]:
        shown = []
        for part, tables in reports(programme, places):
            by_itself = partial(privacy.protect, audience=audience, smallest_group=part.smallest_group)
            protect = privacy.door(part, audience) if planned else by_itself
            shown += [(protect(table).table, part.place, wave) for wave, table in tables]
        return {item: _publication(World(programme, item), shown) for item in programme.items.index}

    return publish


def _publication(world: World, shown: list) -> Publication:
    sums, shares = [*how_many(world)], {}
    for table, place, wave in shown:
        if not table.empty:
            sums += _told(world, table, place, wave)
            shares |= _shares(world, table, place, wave)
    return Publication(together(world, sums), shares)


def _told(world: World, table: pd.DataFrame, place: str | None, wave: str) -> Iterator[Sum]:
    for row in table.to_dict("records"):
        people = world.of(place) & world.group(row["group"])
        moved = row.get("scale") == "change" or "before" in row
        if row["item"] == world.item and row.get("role") != "not asked":
            yield from _counted(row, *(people & cells for cells in _meant(world, row, wave, moved)))
            yield from _middle(world, row, people, wave)
        if not moved:  # nobody left the first question blank: its base is everybody who was there
            whole = "base" if row["item"] == "heard" else "asked"
            if whole in row:
                yield from _near(row, whole, people & world.there(wave))


def _meant(world: World, row: dict, wave: str, moved: bool) -> tuple[np.ndarray, np.ndarray]:
    """Mark the cells that a row counts, and those that they are a part of."""
    labels, scale = list(world.labels), world.programme.scales["scale"]
    if moved:
        both = [world.gave(time) for time in world.programme.waves]
        return _moved(world, row), np.logical_and(*both)
    if row.get("role") == "blank":
        return world.gave(wave, [len(labels)]), world.there(wave)
    if row.get("answer") in labels:
        kept = [labels.index(row["answer"])]
    else:  # a side of the scale; without an answer, the favourable one
        side = row.get("answer", scale.collapsed(labels[-1]))
        kept = [place for place, label in enumerate(labels) if scale.collapsed(label) == side]
    return world.gave(wave, kept), world.gave(wave)


def _moved(world: World, row: dict) -> np.ndarray:
    if row.get("before"):
        times = zip(world.programme.waves, (row["before"], row["after"]), strict=True)
        return np.logical_and(*[world.gave(time, [world.labels.index(label)]) for time, label in times])
    before, after = np.indices(world.shape, sparse=True)[2:]
    labels = len(world.labels)
    return MOVED[row["answer"]](before, after) & (before < labels) & (after < labels) & world.of()


def _counted(row: dict, part: np.ndarray, whole: np.ndarray) -> Iterator[Sum]:
    if row.get("role", "label") == "label":
        yield from _near(row, "base", whole)
    if row["precision"] != BAND:
        yield from _near(row, "n", part)
    elif row["said"]:
        least, more, most, less = BANDS[row["said"]]
        part, whole = part.ravel().astype(float), whole.ravel().astype(float)
        yield 20 * part - least * whole, more, np.inf
        yield 20 * part - most * whole, -np.inf, less


def _near(row: dict, column: str, cells: np.ndarray) -> Iterator[Sum]:
    off = NEAR[row["precision"]]
    yield cells.ravel().astype(float), max(row[column] - off, 0), row[column] + off


def _middle(world: World, row: dict, people: np.ndarray, wave: str) -> Iterator[Sum]:
    """Tell what a median label tells: that half of the people stand no higher, and half no lower."""
    if not row.get("median"):
        return
    ends = [world.labels.index(label) for label in row["median"].split(" to ")]
    whole = (people & world.gave(wave)).ravel().astype(float)
    upto, below = ((people & world.gave(wave, list(range(end)))).ravel() for end in (ends[0] + 1, ends[0]))
    if len(ends) > 1:
        yield 2 * upto - whole, 0, 0
    else:
        yield 2 * upto - whole, 1, np.inf
        yield 2 * below - whole, -np.inf, -1


def _shares(world: World, table: pd.DataFrame, place: str | None, wave: str) -> dict[Group, float]:
    """Read the favourable share that is stated of each group; a band is read as its middle."""
    if "role" not in table or (table["scale"] == "change").any() or "before" in table:
        return {}
    programme = world.programme
    keys = {tally.EVERYBODY: (place, None)}
    keys |= {title: (key, None) for key, title in programme.places.items()}
    keys |= {title: (place, key) for key, title in programme.sectors.items()}
    shares: dict[Group, float] = {}
    for row in table[(table["item"] == world.item) & (table["side"] == "favourable")].itertuples():
        if row.group in keys:
            group = (wave, *keys[row.group])
            share = MIDDLES[row.said] if row.precision == BAND else row.share
            shares[group] = shares.get(group, 0) + share
    return shares
