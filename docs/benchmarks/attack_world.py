"""The cells of one question, and what plain rules would publish of them.

A cell is how many people of one place and sector answered so in the first wave and so in the last. All that
is published of a question is a list of sums over cells, each between two bounds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from attacker import Published
from scipy import sparse

from coprod import tally
from coprod.change.waves import LEFT, STAYED
from coprod.programme import Programme

Group = tuple[str, str | None, str | None]  # wave, place, sector; None for all of them
Sum = tuple[np.ndarray, float, float]


@dataclass(frozen=True)
class World:
    """The cells of one question: place, sector, and the answer in each wave.

    An answer is one of the labels, blank, or that the person was not there in that wave.
    """

    programme: Programme
    item: str

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the labels of the question's scale."""
        return self.programme.scales["scale"].labels

    @property
    def shape(self) -> tuple[int, ...]:
        """Return how many places, sectors, and answers there are in each wave."""
        answers = [len(self.labels) + 2] * len(self.programme.waves)
        return len(self.programme.places), len(self.programme.sectors), *answers

    def having(self, axis: int, kept: list[int]) -> np.ndarray:
        """Mark the cells with one of some positions on an axis."""
        return np.isin(np.indices(self.shape, sparse=True)[axis], kept) & np.ones(self.shape, bool)

    def gave(self, wave: str, kept: list[int] | None = None) -> np.ndarray:
        """Mark the cells with one of some answers in a wave; with any label when left out."""
        kept = list(range(len(self.labels))) if kept is None else kept
        return self.having(2 + list(self.programme.waves).index(wave), kept)

    def there(self, wave: str) -> np.ndarray:
        """Mark the cells of people who filled in a form in a wave."""
        return self.gave(wave, list(range(len(self.labels) + 1)))

    def of(self, place: str | None = None, sector: str | None = None) -> np.ndarray:
        """Mark the cells of a place, a sector, or both."""
        marked = np.ones(self.shape, bool)
        for axis, (key, keys) in enumerate(
            ((place, self.programme.places), (sector, self.programme.sectors))
        ):
            if key is not None:
                marked &= self.having(axis, [list(keys).index(key)])
        return marked

    def group(self, name: str) -> np.ndarray:
        """Mark the cells of a group as it is named in a table, such as "North and South"."""
        if name == tally.EVERYBODY:
            return self.of()
        marked = np.zeros(self.shape, bool)
        first, last = (list(self.programme.waves) * 2)[:2]
        for title in re.split(r", | and ", name) if name not in (STAYED, LEFT) else [name]:
            if title in (STAYED, LEFT):
                marked |= self.there(first) & (self.there(last) == (title == STAYED))
            elif title in self.programme.waves.values():
                marked |= self.of()
            else:
                titles = [[*keys.values()] for keys in (self.programme.places, self.programme.sectors)]
                axis = int(title in titles[1])
                marked |= self.having(axis, [titles[axis].index(title)])
        return marked

    def truth(self) -> np.ndarray:
        """Count the people in each cell."""
        programme, answers = self.programme, self.programme.answers
        codes = [*self.labels, "", None]
        people = answers.pivot(index=["person", "place", "sector"], columns="wave", values=self.item)
        people = people.astype(object).where(people.notna(), None).reset_index()
        positions = [people["place"].map(list(programme.places).index)]
        positions += [people["sector"].map(list(programme.sectors).index)]
        positions += [people[wave].map(codes.index) for wave in programme.waves]
        count = np.zeros(self.shape)
        np.add.at(count, tuple(np.stack(positions)), 1)
        return count

    def most(self) -> np.ndarray:
        """Say how many people each cell can hold: everybody, and nobody where somebody was never there."""
        there = np.logical_or.reduce([self.there(wave) for wave in self.programme.waves])
        return there * float(self.programme.answers["person"].nunique())

    def groups(self) -> Iterator[tuple[Group, np.ndarray, list[np.ndarray]]]:
        """Give every group in which somebody answered: who it is, its people, and who gave each label."""
        programme, truth = self.programme, self.truth().ravel()
        labels = [[label] for label in range(len(self.labels))]
        for group in product(programme.waves, [None, *programme.places], [None, *programme.sectors]):
            wave, *where = group
            here = [(self.of(*where) & self.gave(wave, kept)).ravel() * 1.0 for kept in (None, *labels)]
            if here[0] @ truth:
                yield group, here[0], here[1:]

    def favourable(self) -> list[int]:
        """Return the positions of the favourable labels."""
        return [self.labels.index(label) for label in self.programme.scales["scale"].favourable]


@dataclass(frozen=True)
class Publication:
    """What is published of one question: all that follows from it, and the favourable shares it states."""

    known: Published
    shares: dict[Group, float]


def together(world: World, sums: list[Sum]) -> Published:
    """Put sums together, each once."""
    once = {(cells.tobytes(), low, high): (cells, low, high) for cells, low, high in sums}
    cells, low, high = zip(*once.values(), strict=True)
    return Published(
        sparse.csr_array(np.array(cells, float)), np.array(low), np.array(high), world.most().ravel()
    )


def how_many(world: World) -> Iterator[Sum]:
    """Tell how many filled in a form, in each wave and in both; that is no secret."""
    truth, there = world.truth(), [world.there(wave) for wave in world.programme.waves]
    for cells in [*there, np.logical_and.reduce(there)]:
        yield cells.ravel().astype(float), truth[cells].sum(), truth[cells].sum()


@dataclass(frozen=True)
class Plain:
    """A plain rule for every group of every report.

    Parameters
    ----------
    hidden_below : int
        Counts from 1 up to this are left out; 0 for none.
    groups : bool
        Leave out whole groups of so few instead.
    rounding : int
        What counts are rounded to.
    sums_too : bool
        Whether the number of people in a group is rounded too.
    """

    hidden_below: int = 0
    groups: bool = False
    rounding: int = 1
    sums_too: bool = False

    def __call__(self, programme: Programme) -> dict[str, Publication]:
        """Publish a programme by this rule."""
        return {item: self._published(World(programme, item)) for item in programme.items.index}

    def _published(self, world: World) -> Publication:
        truth, sums, shares = world.truth().ravel(), [*how_many(world)], {}
        for group, people, cells in world.groups():
            base, counts = people @ truth, [cell @ truth for cell in cells]
            if self.groups and base < self.hidden_below:
                continue
            seen = [self.groups or not 0 < n < self.hidden_below for n in counts]
            sums.append(self._near(people, base, self.sums_too))
            sums += [
                self._near(cell, n, True) for cell, n, there in zip(cells, counts, seen, strict=True) if there
            ]
            whole = self._rounded(base) if self.sums_too else base
            if whole and all(seen[label] for label in world.favourable()):
                shares[group] = sum(self._rounded(counts[label]) for label in world.favourable()) / whole
        return Publication(together(world, sums), shares)

    def _rounded(self, n: float) -> float:
        return np.floor(n / self.rounding + 0.5) * self.rounding

    def _near(self, cells: np.ndarray, n: float, rounded: bool) -> Sum:
        if not rounded:
            return cells, n, n
        off = self.rounding // 2
        return cells, max(self._rounded(n) - off, 0), self._rounded(n) + off
