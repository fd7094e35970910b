"""The scales of a draft: each family's, under a name, and the answers spelled as they stand there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coprod.importing.items import Item
from coprod.importing.names import different
from coprod.importing.questions import MULTI, NUMBERS, WORDS
from coprod.importing.scales import Family, entry, families, is_consent, spellings

KINDS = {WORDS: "text", NUMBERS: "number", MULTI: "multi"}
SHOWN = 10  # spellings in a sentence
UNKNOWN_ORDER = (
    "The order of the answers is not known, for {}: where they have one, put the labels in order in "
    "scales.toml, and make the items scales in codebook.csv."
)
ONE_ANSWER = (
    "Only one answer is known, for {}: a scale has two at least, so one that nobody gave stands beside it. "
    "Put in scales.toml what could be answered."
)


@dataclass
class Settled:
    """Items, each with its kind and scale.

    Attributes
    ----------
    items : list of Item
        Spelled as in the scales, in their order; those that nobody answered are gone.
    kinds, scale_of : dict of str to str
        By item; the scale "" where it needs none.
    scales : dict of str to dict
        As :class:`coprod.importing.draft.Draft` has them.
    empty : list of Item
        Those that nobody answered, and whose labels no tool tells.
    said : list of str
    """

    items: list[Item]
    kinds: dict[str, str] = field(default_factory=dict)
    scale_of: dict[str, str] = field(default_factory=dict)
    scales: dict[str, dict[str, Any]] = field(default_factory=dict)
    empty: list[Item] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def settle(items: Sequence[Item]) -> Settled:
    """Give every item its kind and its scale.

    Parameters
    ----------
    items : sequence of Item
        Each with a key.
    """
    settled = Settled([])
    found = families(items)
    spelled = spellings(found)
    changed: dict[str, Item] = {}
    respelled: dict[str, str] = {}
    names: dict[tuple, str] = {}
    for family in found:
        made = entry(family, spelled)
        name = _put(settled.scales, names, family, made)
        labels = {family.fold(label): label for label in (*made["labels"], *made["non_answers"])}
        for item in family.items:
            changed[item.key] = _spelled(item, family, labels, respelled)
            settled.scale_of[item.key] = name
            settled.kinds[item.key] = _kind(item, made)
    for item in items:
        if item.first.role in (WORDS, NUMBERS):
            settled.kinds[item.key] = KINDS[item.first.role]
        if item.key in settled.kinds:
            settled.items.append(changed.get(item.key, item))
        else:
            settled.empty.append(item)
    settled.said = [*_said_scales(found, settled), *_said_respelled(respelled)]
    return settled


def _kind(item: Item, made: Mapping[str, Any]) -> str:
    if item.first.role == MULTI:
        return "multi"
    if is_consent(item, made["labels"]):
        return "consent"
    return "choice" if made["polarity"] == "none" else "scale"


def _put(
    scales: dict[str, dict[str, Any]], names: dict[tuple, str], family: Family, made: dict[str, Any]
) -> str:
    """Put a scale beside the others, or into the one with the same labels; return its name."""
    same = (*made["labels"], made["polarity"], made["guessed"])
    if name := names.get(same):
        there = scales[name]
        there["non_answers"] = list(dict.fromkeys([*there["non_answers"], *made["non_answers"]]))
        return name
    name = different(family.known.name if family.known else family.name, scales, "answers")
    scales[name], names[same] = made, name
    return name


def _spelled(item: Item, family: Family, labels: Mapping[str, str], respelled: dict[str, str]) -> Item:
    def spell(label: str) -> str:
        return labels[family.fold(label)]

    for part in item.parts.values():
        respelled |= {label: spell(label) for label in part.seen if spell(label) != label}
    return Item(item.key, {wave: part.relabelled(spell) for wave, part in item.parts.items()})


def _said_scales(found: Iterable[Family], settled: Settled) -> list[str]:
    guessed: dict[str, list[str]] = {}
    unknown, padded = [], []
    for family in found:
        keys = [item.key for item in family.items]
        name = settled.scale_of[keys[0]]
        if family.known:
            guessed.setdefault(name, []).extend(keys)
        elif not family.several and len(family.labels) > 2:
            unknown += keys
        padded += keys if len(family.labels) == 1 and not family.known else []
    said = [
        f"The scale {name!r} is guessed from the answers, for {_listed(keys)}: "
        "look at its order and at what is favourable."
        for name, keys in guessed.items()
    ]
    consent = [item for item, kind in settled.kinds.items() if kind == "consent"]
    told = (
        (unknown, UNKNOWN_ORDER),
        (padded, ONE_ANSWER),
        (consent, "A yes to {} is taken for leave to quote what somebody wrote."),
    )
    return [*said, *(words.format(_listed(keys)) for keys, words in told if keys)]


def _said_respelled(respelled: Mapping[str, str]) -> list[str]:
    if not respelled:
        return []
    pairs = [f"{old!r} as {new!r}" for old, new in list(respelled.items())[:SHOWN]]
    more = f" and {len(respelled) - SHOWN} more" if len(respelled) > SHOWN else ""
    return [f"Answers that differ only in signs or capitals are spelled as one: {', '.join(pairs)}{more}."]


def _listed(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
    return f"{', '.join(keys[:SHOWN])}{more}"
