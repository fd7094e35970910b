"""Which questions of several waves are one item.

The same words make one item, whatever their case, spaces and punctuation; a statement of a grid also needs
the same stem, where both exports hold it. Everything else is only joined where items.csv says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from coprod.codebook import MULTI_SEPARATOR
from coprod.importing.items import Item, in_wave, said_apart, said_joined
from coprod.importing.labels import alike, clean
from coprod.importing.mapped import Told, put_together, renamed, told, used_up
from coprod.importing.mapping import Rule
from coprod.importing.questions import MULTI, SINGLE, WORDS, Question, by_value, same_words
from coprod.problems import FileRefused, Problem


class Joined(NamedTuple):
    """What became of the questions of all waves."""

    items: list[Item]
    left_out: pd.DataFrame
    said: list[str]


class _Items:
    """The items so far, to be found by what was asked."""

    def __init__(self) -> None:
        self.all: list[Item] = []
        self._exact: dict[tuple, Item] = {}
        self._texts: dict[str, list[tuple[str, Item]]] = defaultdict(list)
        self.without_stem: list[str] = []

    def named(self, key: str) -> Item:
        found = next((item for item in self.all if item.key == key), None)
        return found or self._add(Item(key))

    def _add(self, item: Item) -> Item:
        self.all.append(item)
        return item

    def know(self, item: Item, question: Question, number: int) -> None:
        """Remember that this is what the item asks."""
        stem, text = same_words(question.stem), same_words(question.text)
        self._exact.setdefault((stem, text, number), item)
        self._texts[text].append((stem, item))

    def for_question(self, question: Question, number: int, *, alone: bool) -> Item:
        """Find the item that a question belongs to, or make one."""
        stem, text = same_words(question.stem), same_words(question.text)
        item = self._exact.get((stem, text, number))
        if item is None and alone:
            near = {id(item): item for other, item in self._texts[text] if not (other and stem)}
            item = next(iter(near.values())) if len(near) == 1 else None
            if item is not None and question.wave not in item.parts:
                self.without_stem.append(question.text)
        if item is None or question.wave in item.parts:
            item = self._add(Item(""))
        self.know(item, question, number)
        return item


def join(waves: Mapping[str, Sequence[Question]], rules: Sequence[Rule]) -> Joined:
    """Join the questions of all waves to items.

    Parameters
    ----------
    waves : mapping of str to sequence of Question
    rules : sequence of Rule

    Raises
    ------
    FileRefused
        A rule means nothing here; or, without rules, a wave has no question that another has.
    """
    about = told(waves, rules)
    items, left_out, said = _Items(), [], []
    several = _with_several(about)
    for one in (one for ones in about.values() for one in ones if one.item):
        items.know(items.named(one.item), one.question, 1)
    for wave, ones in about.items():
        made = _place(items, ones, left_out)
        said += _make(items, made, wave, several, rules)
    found = [item for item in items.all if item.parts]
    _refuse_others(waves, found, rules)
    said += [*said_joined(found, items.without_stem, rules), *said_apart(found, list(waves))]
    table = pd.DataFrame(left_out, columns=["file", "column", "why"], dtype=str)
    return Joined([_one_role(item) for item in found], table, said)


def _place(
    items: _Items, ones: Sequence[Told], left_out: list[tuple[str, str, str]]
) -> dict[str, list[Told]]:
    """Give the questions of a wave that no rule names their items; those that one does wait, by item."""
    numbers: Counter[tuple[str, str]] = Counter()
    texts = Counter(same_words(one.question.text) for one in ones)
    made: dict[str, list[Told]] = defaultdict(list)
    for one in ones:
        question = one.question
        asked = (same_words(question.stem), same_words(question.text))
        numbers[asked] += 1
        for item in dict.fromkeys([*([one.item] if one.item else []), *one.labels]):
            made[item].append(one)
        if one.item == "" or (one.item is None and one.labels and used_up(one)):
            left_out += _left_out(one)
        elif one.item is None:
            item = items.for_question(question, numbers[asked], alone=texts[asked[1]] == 1)
            item.parts[question.wave] = question
    return made


def _make(
    items: _Items, made: Mapping[str, Sequence[Told]], wave: str, several: set[str], rules: Sequence[Rule]
) -> list[str]:
    """Make the items of one wave that the rules speak of."""
    sources: dict[str, list[str]] = defaultdict(list)
    otherwise = {rule.item: clean(rule.label) for rule in rules if rule.otherwise and rule.wave in ("", wave)}
    blank = []
    for key, ones in made.items():
        item = items.named(key)
        if [one.item for one in ones] == [key]:
            item.parts[wave] = renamed(ones[0])
            continue
        item.parts[wave], conflicts = put_together(key, ones, otherwise.get(key, ""), several=key in several)
        sources["; ".join(repr(one.question.text) for one in ones)].append(key)
        blank += [f"{key} ({conflicts})"] if conflicts else []
    said = [
        f"Made of answers to {source}{in_wave(wave)}, as items.csv says: {', '.join(keys)}."
        for source, keys in sources.items()
    ]
    if blank:
        said.append(
            "Where somebody's answers would be two labels of one item, items.csv cannot say which, and the "
            f"answer is blank{in_wave(wave)}: {', '.join(blank)}."
        )
    return said


def _with_several(about: Mapping[str, Sequence[Told]]) -> set[str]:
    return {one.item for ones in about.values() for one in ones if one.item and one.question.role == MULTI}


def _left_out(one: Told) -> Iterable[tuple[str, str, str]]:
    why = "items.csv leaves it out." if one.item == "" else "items.csv makes other items of its answers."
    return [(one.question.file, column, why) for column in one.question.columns]


def _refuse_others(waves: Mapping[str, Sequence[Question]], items: Sequence[Item], rules: Sequence) -> None:
    shared = {wave for item in items if len(item.parts) > 1 for wave in item.parts}
    apart = [wave for wave in waves if wave not in shared and waves[wave]]
    if len(waves) > 1 and apart and not rules:
        file = waves[apart[-1]][0].file
        said = f"It has no question in common with the other waves: is {apart[-1]!r} another survey?"
        remedy = "Import it as a programme of its own, or say in items.csv which questions are the same."
        raise FileRefused(file, [Problem(file, said, remedy)])


def _one_role(item: Item) -> Item:
    """Let all waves of an item be read alike: a small wave may not show that several could be ticked."""
    roles = {part.role for part in item.parts.values()}
    if len(roles) == 1:
        return item
    labels = {
        alike(label)
        for part in item.parts.values()
        if part.role in (SINGLE, MULTI)
        for label in (*part.labels, *part.seen)
    }
    separator = next((part.separator for part in item.parts.values() if part.separator), "")
    role = MULTI if MULTI in roles else SINGLE
    parts = {wave: _read_as(part, role, separator) for wave, part in item.parts.items()}
    words = [wave for wave, part in item.parts.items() if part.role == WORDS]
    if any(alike(label) not in labels for wave in words for label in parts[wave].seen):
        parts = {wave: replace(part, role=WORDS, labels=()) for wave, part in item.parts.items()}
    return Item(item.key, parts)


def _read_as(part: Question, role: str, separator: str) -> Question:
    if part.role == role:
        return part
    if role == SINGLE or not separator:
        return replace(part, role=role, cells=by_value(part.cells, clean))

    def apart(cell: str) -> str:
        labels = map(clean, cell.split(separator))
        return MULTI_SEPARATOR.join(dict.fromkeys(label for label in labels if label))

    return replace(part, role=role, cells=by_value(part.cells, apart))
