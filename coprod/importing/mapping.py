"""items.csv: which questions of different exports are one item, in a person's own words.

A row says that in a wave a question is an item::

    wave,question,item,answer,label
    start,I can use an isolated environment,venv,,
    end,"I can work (create, activate) with a venv",venv,,

Where two surveys wrote the same answer in different ways, a row with ``answer`` says that whoever gave this
answer has ``label``. Without a question it holds for every question of the wave that the file names::

    end,,,I can absolutely do this!,5

A row with a question and an answer can also give the label to another item, which is how "Which tools have
you started using?", with several to tick, becomes one item for each tool::

    end,Which tools have you started using?,git,Version control,I started using this tool

Whoever answered those questions, and has no label by it, can be given one too, by a row with neither question
nor answer::

    end,,started,,None of the above

A blank wave means every wave. A blank label leaves the answer out, and a question with neither item nor
answer is left out altogether.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from coprod.codebook import PERSON_COLUMNS
from coprod.files import read_table
from coprod.problems import FileRefused, Problem
from coprod.settings import KEY

COLUMNS = ("wave", "question", "item")
OF_ANSWERS = ("answer", "label")


@dataclass(frozen=True)
class Rule:
    """One row of items.csv; ``file`` and ``row`` say where it stands."""

    wave: str
    question: str
    item: str
    answer: str = ""
    label: str = ""
    file: str = "items.csv"
    row: str = ""

    @property
    def otherwise(self) -> bool:
        """Whether the row gives a label to those who have none by the other rows."""
        return bool(self.item and self.label and not self.question and not self.answer)

    def problem(self, said: str, remedy: str, column: str) -> Problem:
        """Say what is wrong with the row."""
        return Problem(self.file, said, remedy, self.row, column, getattr(self, column))


def read_map(path: Path) -> tuple[Rule, ...]:
    """Read items.csv.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8 with the columns wave, question and item; answer and label may stand beside them.

    Raises
    ------
    FileRefused
        It cannot be read, or rows say nothing or contradict each other.
    """
    problems: list[Problem] = []
    table = read_table(path, COLUMNS, problems)
    if table is None:
        raise FileRefused(path.name, problems)
    rows = table.reindex(columns=[*COLUMNS, *OF_ANSWERS], fill_value="")
    rules = tuple(
        Rule(*(cell.strip() for cell in cells), file=path.name, row=str(number))
        for number, cells in enumerate(rows.itertuples(index=False), start=2)
        if any(cell.strip() for cell in cells)
    )
    problems += [problem for rule in rules if (problem := _mistaken(rule))]
    problems += _contradictions(rules)
    if problems:
        raise FileRefused(path.name, problems)
    return rules


def _mistaken(rule: Rule) -> Problem | None:
    if rule.item and (not re.fullmatch(KEY, rule.item) or rule.item in PERSON_COLUMNS):
        said = "That cannot be the name of an item."
        remedy = "Use small letters, digits, _ and -, at most 60, and no column's name of answers.csv."
        return rule.problem(said, remedy, "item")
    if rule.otherwise:
        return None
    if rule.label and not rule.answer:
        return rule.problem("There is a label, but no answer.", "Say which answer has this label.", "answer")
    if not rule.question and not rule.answer:
        return rule.problem("There is no question.", "Write the question as it was asked.", "question")
    if not rule.question and not rule.label:
        said = "The answer would be left out of every question."
        return rule.problem(said, "Give it a label, or name the question.", "label")
    if rule.question and rule.answer and not rule.item:
        said = "It is not said to which item the answer belongs."
        return rule.problem(said, "Name the item.", "item")
    return None


def _contradictions(rules: tuple[Rule, ...]) -> list[Problem]:
    """Find questions with two items, and answers with two labels in one item."""
    said: dict[tuple[str, ...], set[str]] = defaultdict(set)
    problems = []
    for rule in rules:
        labelled = bool(rule.answer or rule.otherwise)
        where = (rule.wave, rule.question, rule.answer, rule.item if labelled else "")
        told = rule.label if labelled else rule.item
        if said[where] and told not in said[where]:
            column = "label" if labelled else "item"
            problems.append(rule.problem("An earlier row says otherwise.", "Keep one of them.", column))
        said[where].add(told)
    return problems
