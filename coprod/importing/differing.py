"""Waves in which one item has different answers: a scale that was turned round, shortened or reworded."""

from collections.abc import Sequence
from itertools import combinations

from coprod.importing.items import Item
from coprod.importing.labels import alike, fitting, is_non_answer
from coprod.importing.questions import SINGLE, Question
from coprod.problems import FileRefused, Problem

REMEDY = (
    "Say in items.csv which answer of one wave is which label of the other, or give the question another "
    "item in one of them."
)
SHOWN = 8  # labels in a message


def refuse_differing(items: Sequence[Item]) -> None:
    """Refuse an import in which an item's answers cannot be put on one scale.

    Raises
    ------
    FileRefused
        With all such items: each names the question and the labels in both waves. The file is that of the
        first wave that does not go with an earlier one.
    """
    found = [
        (later, Problem(later.file, said, REMEDY, column=later.columns[0] if later.columns else later.name))
        for item in items
        for earlier, later in combinations(item.parts.values(), 2)
        if earlier.role == SINGLE and (said := _differing(earlier, later))
    ]
    if found:
        raise FileRefused(found[0][0].file, [problem for _, problem in found])


def _differing(earlier: Question, later: Question) -> str:
    """Say how the answers of two waves differ; "" where they go on one scale."""
    before, after = _rated(earlier), _rated(later)
    known = [sets[0] for labels in (before, after) if (sets := fitting(labels))]
    strict = any(one.ordered or one.of_numbers for one in known)
    folded = [[alike(label) for label in labels] for labels in (before, after)]
    how = ""
    if earlier.labels and later.labels:
        if folded[0] == folded[1][::-1] and (len(before) > 2 or (strict and len(before) > 1)):
            how = "the order of its answers is reversed"
        elif strict and set(folded[0]) != set(folded[1]):
            how = _how(before, after)
    elif strict and before and after and not _together(earlier, later, before, after):
        how = _how(before, after)
    if not how:
        return ""
    return (
        f"{later.text!r}: {how}. In {earlier.wave!r} they are {_listed(earlier, before)}, "
        f"in {later.wave!r} {_listed(later, after)}."
    )


def _together(earlier: Question, later: Question, before: Sequence[str], after: Sequence[str]) -> bool:
    """Say whether one set holds the answers of both, and they are all on the scale that a tool holds."""
    for tool, labels, others in ((earlier, before, after), (later, after, before)):
        if tool.labels and not {alike(label) for label in others} <= {alike(label) for label in labels}:
            return False
    return bool(fitting([*before, *after])) or bool(earlier.labels or later.labels)


def _how(before: Sequence[str], after: Sequence[str]) -> str:
    if len(before) != len(after):
        return "it has another number of answers"
    return "its answers are others"


def _rated(question: Question) -> list[str]:
    """List the labels without non-answers: in the tool's order, or else in that of a known set."""
    labels = question.labels or question.seen
    known = next(iter(fitting(labels)), None)
    rated = [label for label in labels if not is_non_answer(label, known)]
    return sorted(rated, key=known.place) if known and not question.labels else rated


def _listed(question: Question, labels: Sequence[str]) -> str:
    """List labels; what may be somebody's own words is only counted."""
    shown = [label for label in labels if question.labels or fitting([label])]
    more = len(labels) - len(shown[:SHOWN])
    listed = [repr(label) for label in shown[:SHOWN]] + ([f"{more} more"] if more else [])
    return ", ".join(listed) or "none"
