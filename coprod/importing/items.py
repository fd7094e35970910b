"""Items: questions of several waves that are one, and what is said of those that are and are not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from coprod.importing.questions import Question, same_words

NEARLY = 90  # of 100: two texts that differ in a word or a few letters
MOST = 500  # questions that are compared letter by letter


@dataclass
class Item:
    """Questions that are one item; ``key`` is "" until it has a name."""

    key: str
    parts: dict[str, Question] = field(default_factory=dict)

    @property
    def first(self) -> Question:
        """The question of the first wave that asked it, and not other questions it was made of."""
        parts = self.parts.values()
        return next((part for part in parts if part.columns), next(iter(parts)))


def said_joined(items: Sequence[Item], without_stem: Sequence[str], rules: Sequence) -> list[str]:
    """Say which items have other words in other waves, and which were joined without a stem."""
    said = []
    for item in items:
        asked = [(wave, part) for wave, part in reversed(item.parts.items()) if part.columns]
        texts = {same_words(part.text): (wave, part.text) for wave, part in asked}
        if rules and len(texts) > 1:
            listed = "; ".join(f"{text!r}{in_wave(wave)}" for wave, text in reversed(texts.values()))
            said.append(f"One item, as items.csv says, though the words differ: {listed}.")
    if without_stem:
        listed = "; ".join(map(repr, dict.fromkeys(without_stem)))
        said.append(f"Taken for the same question, though one export does not hold the stem above: {listed}.")
    return said


def said_apart(items: Sequence[Item], waves: Sequence[str]) -> list[str]:
    """Say which questions look like one, and are two items because their words differ."""
    said = []
    for number, wave in enumerate(waves):
        new = [item for item in items if next(iter(item.parts)) == wave]
        old = [item for item in items if wave not in item.parts and next(iter(item.parts)) in waves[:number]]
        for item in new:
            if other := _nearly(item, old[:MOST] if len(new) <= MOST else []):
                first, later = other.first, item.first
                said.append(
                    f"Two items, as the words differ: {first.text!r}{in_wave(first.wave)} and "
                    f"{later.text!r}{in_wave(later.wave)}. Where they are one, say so in items.csv."
                )
    return said


def in_wave(wave: str) -> str:
    """Name the wave, where there is more than one."""
    return f" in {wave!r}" if wave else ""


def _nearly(item: Item, others: Sequence[Item]) -> Item | None:
    code = item.first.name if item.first.name != item.first.text else ""
    same = [other for other in others if code and other.first.name == code]
    if same:
        return same[0]
    texts = [same_words(other.first.text) for other in others]
    found = process.extractOne(same_words(item.first.text), texts, scorer=fuzz.ratio, score_cutoff=NEARLY)
    return others[found[2]] if found else None
