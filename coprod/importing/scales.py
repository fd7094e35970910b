"""From the answers to an item to its kind and its scale."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from coprod.codebook import MULTI_SEPARATOR
from coprod.importing.items import Item
from coprod.importing.labels import LabelSet, alike, first_spelling, fitting, is_non_answer
from coprod.importing.names import item_name
from coprod.importing.questions import MULTI, NUMBERS, SINGLE, WORDS, same_words

ANOTHER = "Another answer"  # a scale has two labels at least, and an export may show but one
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
QUOTING = re.compile(r"(?i)\bquot(?:e|ed|es|ing)\b")  # a yes to taking part is no leave to quote
FEWEST = 4  # labels of a scale that neighbours are taken to have too


@dataclass
class Family:
    """Items that have one scale: the statements of a grid, or an item by itself.

    Attributes
    ----------
    items : list of Item
    name : str
        What the scale is called where its labels are in no known set.
    given : list of str
        The labels that the tool holds, in its order; empty where it holds none.
    labels : list of str
        Those, and what was answered besides.
    fold : callable
        What makes two spellings of a label one.
    known : LabelSet or None
        The set that holds all of the labels.
    """

    items: list[Item]
    name: str
    given: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    fold: Callable[[str], str] = alike
    known: LabelSet | None = None

    @property
    def several(self) -> bool:
        """Whether a person can tick several."""
        return self.items[0].first.role == MULTI


def number_or_words(item: Item) -> Item:
    """Let an item whose answers are numbers, but on no known scale, be one of numbers."""
    seen = [cell for part in item.parts.values() for cell in part.seen]
    role, numbers = item.first.role, bool(seen) and all(NUMBER.fullmatch(cell) for cell in seen)
    held = any(part.labels for part in item.parts.values())
    if role == SINGLE and numbers and not held and not fitting(seen):
        role = NUMBERS
    elif role == NUMBERS and not numbers and seen:
        role = WORDS
    return _as(item, role)


def one_answer(item: Item) -> Item:
    """Let a question with a column to tick for each label of a scale be one with one answer.

    Only where nobody ticked two, and the labels are a scale.
    """
    labels = [label for part in item.parts.values() for label in (*part.labels, *part.seen)]
    cells = [cell for part in item.parts.values() for cell in part.cells.unique()]
    known = fitting(list(dict.fromkeys(labels)))
    ordered = bool(known) and known[0].ordered and len(set(labels)) > 2
    twice = any(MULTI_SEPARATOR in cell for cell in cells)
    return _as(item, SINGLE) if item.first.role == MULTI and ordered and not twice else item


def rankings(items: Sequence[Item]) -> list[Item]:
    """Find grids in which people put things in order: to each statement another number, from 1."""
    grids: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.first.role == SINGLE and item.first.stem:
            grids[same_words(item.first.stem)].append(item)
    return [item for grid in grids.values() if _is_ranking(grid) for item in grid]


def _is_ranking(grid: Sequence[Item]) -> bool:
    parts = [item.first for item in grid]
    if len(grid) < 3 or len({part.wave for part in parts}) > 1:
        return False
    numbers = [str(place) for place in range(1, len(grid) + 1)]
    if not all(set(part.seen) <= set(numbers) for item in grid for part in item.parts.values()):
        return False
    rows = zip(*(part.cells for part in parts), strict=True)
    whole = [row for row in rows if all(row)]
    return len(whole) > 2 and sum(sorted(row) == sorted(numbers) for row in whole) >= 0.8 * len(whole)


def as_numbers(item: Item) -> Item:
    """Keep the numbers of an item as numbers."""
    return _as(item, NUMBERS)


def _as(item: Item, role: str) -> Item:
    if role == item.first.role:
        return item
    return Item(item.key, {wave: replace(part, role=role) for wave, part in item.parts.items()})


def families(items: Sequence[Item]) -> list[Family]:
    """Put the items that have labels into families, each with its labels and the set that holds them."""
    grids: dict[object, list[Item]] = defaultdict(list)
    for number, item in enumerate(items):
        if item.first.role in (SINGLE, MULTI):
            stem = next((part.stem for part in item.parts.values() if part.stem), "")
            grids[same_words(stem) if stem and item.first.role == SINGLE else number].append(item)
    found = []
    for grid in grids.values():
        stem = next((part.stem for item in grid for part in item.parts.values() if part.stem), "")
        family = _family(grid, item_name(stem) if len(grid) > 1 else grid[0].key)
        alone = [_family([item], item.key) for item in grid]
        apart = not fitting(family.labels) and any(fitting(one.labels) for one in alone)
        found += alone if apart else [family]
    _choose(found)
    return [family for family in found if family.labels]


def _family(items: list[Item], name: str) -> Family:
    parts = [part for item in items for part in item.parts.values()]
    given = [label for part in parts for label in part.labels]
    collide = any(len(set(map(alike, part.labels))) < len(part.labels) for part in parts)
    fold = str if collide else alike
    spelled: dict[str, str] = {}
    for label in [*given, *(label for part in parts for label in part.seen)]:
        spelled.setdefault(fold(label), label)
    labels = list(spelled.values())
    held = {fold(label) for label in given}
    return Family(items, name, [label for label in labels if fold(label) in held], labels, fold)


def _choose(found: Sequence[Family]) -> None:
    """Choose a set for each family; those with most labels first, so that neighbours can follow them."""
    taken: list[LabelSet] = []
    for family in sorted(found, key=lambda family: -len(family.labels)):
        sets = fitting(family.labels) if family.fold is alike else []
        if family.several or not sets:
            continue
        beside = [known for known in taken if known in sets and known.ordered and not known.of_numbers]
        wide = [known for known in beside if len(known.labels) >= FEWEST]
        family.known = sets[0] if family.given or not wide else wide[0]
        taken.append(family.known)


def spellings(found: Sequence[Family]) -> dict[str, dict[str, str]]:
    """Find how each known set's labels were spelled first, by set and folded label."""
    spelled: dict[str, list[str]] = defaultdict(list)
    for family in found:
        if family.known:
            spelled[family.known.name] += family.labels
    return {name: first_spelling(labels) for name, labels in spelled.items()}


def entry(family: Family, spelled: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Make a table of scales.toml."""
    known = family.known
    if known is None:
        return _unordered(family)
    spelling = spelled[known.name]

    def spell(labels: Iterable[str]) -> list[str]:
        return [spelling.get(alike(label), label) for label in labels]

    held = {alike(label) for label in family.given} or {alike(label) for label in known.labels}
    labels = [label for label in known.labels if alike(label) in held]
    labels = labels if len(labels) > 1 else list(known.labels)
    rest = [label for label in family.labels if known.place(label) < 0]
    made = {"labels": spell(labels), "non_answers": spell(rest), "polarity": "none", "guessed": True}
    favourable = [label for label in known.favourable if label in labels]
    if favourable:
        made |= {"polarity": known.polarity, "favourable": spell(favourable)}
        made |= {"says": known.says, "says_not": known.says_not}
    if favourable and known.neutral in labels:
        made["neutral"] = spell([known.neutral])[0]
    return made


def _unordered(family: Family) -> dict[str, Any]:
    rest = [] if family.several else [label for label in family.labels if is_non_answer(label)]
    rest = rest if len(rest) < len(family.labels) else []
    labels = [label for label in family.labels if label not in rest]
    if len(labels) < 2:
        spare = (ANOTHER, f"{ANOTHER} than these")
        labels.append(next(label for label in spare if label not in family.labels))
    return {"labels": labels, "non_answers": rest, "polarity": "none", "guessed": False}


def is_consent(item: Item, labels: Sequence[str]) -> bool:
    """Say whether an item asks whether we may quote: by its words, and because yes is an answer to it."""
    said = f"{item.first.stem} {item.first.text}"
    return "yes" in map(alike, labels) and len(labels) < FEWEST and bool(QUOTING.search(said))
