"""All options that a person ticked, in one cell: told from one answer that happens to hold a comma.

An export says nowhere which options there were. Options come back in other people's cells and free words do
not; that is what is looked for. Between commas that is not enough, as an option may hold a comma itself
("Yes, but rarely"), so what never comes apart is taken for one option, and there must be two options of
which each is found without the other.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, count, pairwise
from typing import NamedTuple

import pandas as pd

COMMA = ", "
MOST = 60  # options in a question; a column with more parts in a cell holds words
ENOUGH, OFTEN = 2, 5  # times that two parts stand side by side: the second small, or beginning with a capital
Given = list[tuple[list[str], int]]  # the parts of a cell, and how many people gave just these
_BRACKETED = re.compile(r"[(\[][^()\[\]]{0,500}[)\]]")


class Joined(NamedTuple):
    """A column of options between commas, taken apart.

    Attributes
    ----------
    cells : Series of str
        As they were; or, where an option holds a comma, with another separator.
    separator : str
    with_comma : list of str
        The options that hold a comma.
    """

    cells: pd.Series
    separator: str
    with_comma: list[str]


def comes_back(cells: pd.Series, separator: str) -> bool:
    """Say whether most parts of the cells that hold the separator stand in other cells too."""
    given = {cell: cell.split(separator) for cell in _holding(cells, separator)}
    return bool(given) and _repeats(_counted(cells, given))


def between_commas(cells: pd.Series) -> Joined | None:
    """Take apart what was ticked, or say that it was one answer, or words."""
    parts = {cell: _outside_brackets(cell) for cell in _holding(cells, COMMA)}
    if not parts or not _repeats(_counted(cells, parts)):
        return None
    for _ in range(MOST):
        if not (pair := _one_option(_counted(cells, parts))):
            break
        parts = {cell: _merged(row, pair) for cell, row in parts.items()}
    given = _counted(cells, parts)
    if not _repeats(given) or not _come_apart(given) or len({len(row) for row, _ in given}) == 1:
        return None  # as many parts in every cell are a place and a date, such as "Lincoln, May"
    options = dict.fromkeys(option for row, _ in given for option in row)
    with_comma = [option for option in options if COMMA in option]
    if not with_comma:
        return Joined(cells, COMMA, [])
    separator = next(f" {bars} " for bars in _bars() if not any(bars in option for option in options))
    return Joined(cells.map(lambda cell: separator.join(parts.get(cell, [cell]))), separator, with_comma)


def ranked(cells: pd.Series, separator: str) -> bool:
    """Say whether everybody gave the same three or more options, in different orders."""
    orders = {tuple(cell.split(separator)) for cell in cells.unique() if cell}
    return (
        len(orders) > 1 and len({frozenset(order) for order in orders}) == 1 and len(next(iter(orders))) > 2
    )


def once(cells: pd.Series, separator: str) -> int:
    """Count the options that one person alone gave: they may be words of their own."""
    parts = Counter(part for cell in cells.tolist() if cell for part in cell.split(separator))
    return list(parts.values()).count(1)


def _holding(cells: pd.Series, separator: str) -> list[str]:
    return [cell for cell in cells.unique() if separator in cell]


def _counted(cells: pd.Series, parts: Mapping[str, list[str]]) -> Given:
    """Give the parts of every different cell, and how many people gave it."""
    return [(parts.get(cell, [cell]), times) for cell, times in Counter(cells.tolist()).items() if cell]


def _repeats(given: Given) -> bool:
    people: Counter[str] = Counter()
    for row, times in given:
        people.update(dict.fromkeys(row, times))
    several = [(part, times) for row, times in given if len(row) > 1 for part in row]
    if not several or max(len(row) for row, _ in given) > MOST:
        return False
    back = sum(times for part, times in several if people[part] > 1)
    return back >= sum(times for _, times in several) / 2


def _outside_brackets(cell: str) -> list[str]:
    """Cut at the commas that stand in no brackets."""
    kept = _BRACKETED.sub(lambda found: found[0].replace(COMMA, "\0"), cell)
    return [part.replace("\0", COMMA) for part in kept.split(COMMA)]


def _one_option(given: Given) -> tuple[str, str] | None:
    """Find two parts of which the second never stands but after the first, as in "Yes, but rarely"."""
    alone, together = Counter(), Counter()
    for row, times in given:
        alone.update(_times(row, times))
        together.update(_times(pairwise(row), times))
    for (first, second), times in together.most_common():
        if times < ENOUGH:
            return None
        one = second[:1].islower() or (times >= OFTEN and times == alone[first])
        if one and times == alone[second]:
            return first, second
    return None


def _merged(row: Sequence[str], pair: tuple[str, str]) -> list[str]:
    merged: list[str] = []
    for part in row:
        if merged and (merged[-1], part) == pair:
            merged[-1] = COMMA.join(pair)
        else:
            merged.append(part)
    return merged


def _come_apart(given: Given) -> bool:
    """Say whether there are two options that were ticked together, and each also without the other."""
    alone, together = Counter(), Counter()
    for row, times in given:
        ticked = sorted(set(row))
        alone.update(_times(ticked, times))
        together.update(_times(combinations(ticked, 2), times))
    return any(times < min(alone[first], alone[second]) for (first, second), times in together.items())


def _bars() -> Iterator[str]:
    return ("|" * number for number in count(1))


def _times(parts: Iterable[Hashable], times: int) -> dict[Hashable, int]:
    return {part: often * times for part, often in Counter(parts).items()}
