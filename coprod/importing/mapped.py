"""What items.csv says, carried out: questions renamed, answers translated, answers put together as items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from coprod.codebook import MULTI_SEPARATOR, NOT_ASKED
from coprod.importing.asked import find
from coprod.importing.labels import alike, clean
from coprod.importing.mapping import Rule
from coprod.importing.questions import MULTI, NUMBERS, SINGLE, WORDS, Question, by_value, relabelled
from coprod.names import unknown
from coprod.problems import FileRefused, Problem


@dataclass
class Told:
    """What the rules say about one question.

    Attributes
    ----------
    question : Question
    item : str or None
        What it is; "" where it is left out, None where the rules do not say.
    labels : dict of str to (dict of str to str)
        By item, then by answer (folded): its label, "" for none.
    """

    question: Question
    item: str | None = None
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


def told(waves: Mapping[str, Sequence[Question]], rules: Sequence[Rule]) -> dict[str, list[Told]]:
    """Find what the rules say about each question of each wave.

    Raises
    ------
    FileRefused
        A rule names a wave or a question that is not there, or that is not clear.
    """
    about = {wave: [Told(question) for question in questions] for wave, questions in waves.items()}
    problems = [problem for rule in rules if (problem := _unclear(rule, waves))]
    if problems:
        raise FileRefused(rules[0].file, problems)
    for rule in sorted(rules, key=lambda rule: bool(rule.wave)):  # what is said of one wave goes last
        for wave in [rule.wave] if rule.wave else waves:
            found = {id(question) for question in find(waves[wave], rule.question)}
            for one in about[wave]:
                if id(one.question) in found:
                    _tell(one, rule)
    for rule in sorted(rules, key=lambda rule: not rule.wave):
        for wave in ([rule.wave] if rule.wave else waves) if rule.answer and not rule.question else ():
            for one in about[wave]:
                if one.item and rule.item in ("", one.item):
                    one.labels.setdefault(one.item, {}).setdefault(alike(rule.answer), clean(rule.label))
    return about


def renamed(one: Told) -> Question:
    """Make the question the item that the rules say it is, its answers translated."""
    labels = one.labels.get(one.item or "", {})
    question = one.question
    if labels and question.role in (NUMBERS, WORDS):
        question = replace(question, role=SINGLE, cells=by_value(question.cells, clean))
    return question.relabelled(lambda label: labels.get(alike(label), label)) if labels else question


def used_up(one: Told) -> bool:
    """Say whether every answer of a question that has no item of its own went to some item."""
    placed = {answer for labels in one.labels.values() for answer in labels}
    return all(alike(label) in placed for label in one.question.seen)


def put_together(item: str, parts: Sequence[Told], otherwise: str, *, several: bool) -> tuple[Question, int]:
    """Make an item of answers to questions that are none of it, or not alone.

    Parameters
    ----------
    item : str
    parts : sequence of Told
        All of one wave.
    otherwise : str
        The label of those who answered and have none; "" for none.
    several : bool
        Whether a person can have several labels.

    Returns
    -------
    question : Question
    conflicts : int
        People who would have had several labels where only one is possible; they are left blank.
    """
    first = parts[0].question
    cells = pd.Series("", index=first.cells.index, dtype=str)
    seen = pd.Series(False, index=first.cells.index)
    answered = seen.copy()
    for one in parts:
        given = _labelled(one, item)
        seen |= one.question.cells != NOT_ASKED
        answered |= ~one.question.cells.isin(["", NOT_ASKED])
        cells = _both(cells, given)
    cells = cells.mask(answered & (cells == ""), otherwise)
    conflicts = 0
    if not several:
        twice = cells.str.contains(MULTI_SEPARATOR, regex=False)
        cells, conflicts = cells.mask(twice, ""), int(twice.sum())
    own = next((one.question for one in parts if one.item == item), None)
    text = own.text if own else " / ".join(dict.fromkeys(text for one in parts for text in _texts(one, item)))
    labels = own.labels if own else ()
    made = replace(own or first, columns=(), name=item, text=text, stem="", labels=labels, separator="")
    role = MULTI if several else SINGLE
    return replace(made, role=role, cells=cells.where(seen, NOT_ASKED)), conflicts


def _labelled(one: Told, item: str) -> pd.Series:
    if one.item == item:
        return renamed(one).cells.replace(NOT_ASKED, "")
    labels, several = one.labels[item], one.question.role == MULTI
    cells = one.question.cells.replace(NOT_ASKED, "")
    return relabelled(cells, lambda label: labels.get(alike(label), ""), several=several)


def _both(cells: pd.Series, more: pd.Series) -> pd.Series:
    joined = cells.where(more == "", cells + MULTI_SEPARATOR + more).where(cells != "", more)
    return by_value(joined, lambda cell: MULTI_SEPARATOR.join(dict.fromkeys(cell.split(MULTI_SEPARATOR))))


def _texts(one: Told, item: str) -> list[str]:
    """Say what was asked: the options of several that make the item, or else the question."""
    if one.question.role != MULTI:
        return [one.question.text]
    told = {alike(label): label for label in (*one.question.labels, *one.question.seen)}
    return [told.get(answer, answer) for answer in one.labels[item]]


def _tell(one: Told, rule: Rule) -> None:
    if rule.answer:
        one.labels.setdefault(rule.item, {})[alike(clean(rule.answer))] = clean(rule.label)
    else:
        one.item = rule.item


def _unclear(rule: Rule, waves: Mapping[str, Sequence[Question]]) -> Problem | None:
    if rule.wave and rule.wave not in waves:
        return rule.problem(str(unknown("wave", rule.wave, waves)), "Name a wave of this import.", "wave")
    if not rule.question:
        return None
    found = {wave: find(waves[wave], rule.question) for wave in ([rule.wave] if rule.wave else waves)}
    if not any(found.values()):
        said = f"There is no such question{f' in {rule.wave!r}' if rule.wave else ''}."
        return rule.problem(
            said, "Copy the question, or the name of the column, from the export.", "question"
        )
    if wave := next((wave for wave, questions in found.items() if len(questions) > 1), None):
        said = f"There are {len(found[wave])} such questions."
        return rule.problem(said, "Write the name of the column, or the stem and the statement.", "question")
    return None
