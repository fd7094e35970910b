"""Sets of answers whose order is known, and which of them a question's answers belong to.

The order of a scale comes from the tool or from here (``label_sets.toml``) and never from the alphabet.
"""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coprod.codebook import BLANK

FILE = Path(__file__).with_name("label_sets.toml")
_SIGNS = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u00b4`\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)
_BAR = re.compile(r"(?<!\S)\|(?!\S)")


@dataclass(frozen=True)
class LabelSet:
    """Answers whose order is known.

    Attributes
    ----------
    name : str
    labels : tuple of str
        Lowest first.
    polarity : {"positive", "negative", "none"}
    neutral : str or None
    favourable : tuple of str
    says, says_not : str
        How a sentence says a favourable and an unfavourable answer; "" where nothing is favourable.
    non_answers : tuple of str
        Of this set alone; those of every set stand beside it.
    """

    name: str
    labels: tuple[str, ...]
    polarity: str
    neutral: str | None
    favourable: tuple[str, ...]
    says: str
    says_not: str
    non_answers: tuple[str, ...]

    @property
    def ordered(self) -> bool:
        """Whether later labels are more, or less, favourable."""
        return self.polarity != "none"

    @property
    def of_numbers(self) -> bool:
        """Whether all labels are numbers."""
        return all(label.isdecimal() for label in self.labels)

    def place(self, label: str) -> int:
        """Return a label's place, however it is spelled; -1 where it is a non-answer, or not of the set."""
        return _places(self).get(alike(label), -1)


@lru_cache(maxsize=50_000)
def alike(label: str) -> str:
    """Fold case, spaces, quotation marks, dashes and a last full stop; what means the same is equal then."""
    folded = " ".join(unicodedata.normalize("NFKC", label).translate(_SIGNS).casefold().split())
    return folded.rstrip(". ") or folded


def clean(label: str) -> str:
    """Make a label fit for a scale: no spaces around it, nothing that is reserved, no bar between words."""
    stripped = _BAR.sub("/", label.strip())
    return "(blank)" if stripped == BLANK else stripped


def first_spelling(labels: Iterable[str]) -> dict[str, str]:
    """Find, for each label as it is folded, how it was spelled first."""
    spelled: dict[str, str] = {}
    for label in labels:
        spelled.setdefault(alike(label), label)
    return spelled


def is_non_answer(label: str, known: LabelSet | None = None) -> bool:
    """Say whether an answer is no rating: "Don't know" and its like, unless the set has it as a label."""
    folded = alike(label)
    if known is not None and known.place(label) >= 0:
        return False
    return folded in _non_answers() or (known is not None and folded in map(alike, known.non_answers))


def fitting(labels: Collection[str]) -> list[LabelSet]:
    """Find the sets that hold all of some labels, the best first.

    Parameters
    ----------
    labels : collection of str
        As spelled in answers; non-answers may be among them.

    Returns
    -------
    list of LabelSet
        Those that take most of the labels for answers come first, then those with the fewest labels. Empty
        where there is none, or nothing but non-answers.
    """
    if not _known_anywhere().issuperset(map(alike, labels)):
        return []
    found = []
    for known in label_sets():
        rated = [label for label in labels if known.place(label) >= 0]
        rest = [label for label in labels if known.place(label) < 0]
        numbers = all(label.isdecimal() for label in rated) and not known.of_numbers
        if rated and not numbers and all(is_non_answer(label, known) for label in rest):
            found.append((len(rest), len(known.labels), known))
    return [known for _, _, known in sorted(found, key=lambda each: each[:2])]


@lru_cache
def label_sets() -> tuple[LabelSet, ...]:
    """Read ``label_sets.toml``."""
    return tuple(
        LabelSet(
            name,
            tuple(entry["labels"]),
            entry["polarity"],
            entry.get("neutral"),
            tuple(entry.get("favourable", ())),
            entry.get("says", ""),
            entry.get("says_not", ""),
            tuple(entry.get("non_answers", ())),
        )
        for name, entry in _file().items()
        if isinstance(entry, dict)
    )


@lru_cache
def _known_anywhere() -> frozenset[str]:
    return _non_answers().union(*(map(alike, (*known.labels, *known.non_answers)) for known in label_sets()))


@lru_cache
def _non_answers() -> frozenset[str]:
    return frozenset(map(alike, _file()["non_answers"]))


@lru_cache
def _file() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@lru_cache
def _places(known: LabelSet) -> dict[str, int]:
    return {alike(label): place for place, label in enumerate(known.labels)}
