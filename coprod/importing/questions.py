"""From the columns of one export to the questions of one wave.

A question that was cut into a column for each option is put together again here, and cells that hold
several options are taken apart; from here on several answers are joined as in ``answers.csv``.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from coprod.codebook import MULTI_SEPARATOR, NOT_ASKED
from coprod.exports import Export
from coprod.exports.export import IDENTIFIER, JOINED, METADATA, NOT_SEEN, NUMBER, OPTION, TEXT
from coprod.importing.labels import alike, clean

SINGLE, MULTI, NUMBERS, WORDS = "single", "multi", "numbers", "words"
ROLES = {JOINED: MULTI, OPTION: MULTI, NUMBER: NUMBERS, TEXT: WORDS}  # the others hold one answer
_OPTION_OF = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*?)[_\[./]+[^_\[./ ]*")
_APART = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Question:
    """What was asked in one wave, and what was answered.

    Attributes
    ----------
    wave, file : str
    columns : tuple of str
        Of the export.
    name : str
        The tool's own name for it: a code, or the header.
    text : str
        As it was asked; the statement where it is part of a grid.
    stem : str
        What the statements of a grid share; "" elsewhere.
    role : str
        `SINGLE`, `MULTI`, `NUMBERS` or `WORDS`.
    cells : Series of str
        One for each response, from 0; "" where blank, `NOT_ASKED` where not asked. Several answers are
        joined as in ``answers.csv``.
    labels : tuple of str
        The answers there are, in the order of the tool; empty where it does not tell.
    separator : str
        What stood between several answers in one cell.
    """

    wave: str
    file: str
    columns: tuple[str, ...]
    name: str
    text: str
    stem: str
    role: str
    cells: pd.Series
    labels: tuple[str, ...] = ()
    separator: str = ""

    @cached_property
    def seen(self) -> tuple[str, ...]:
        """List the answers that were given, each once, as they come."""
        given = [cell for cell in self.cells.unique() if cell not in ("", NOT_ASKED)]
        if self.role == MULTI:
            return tuple(dict.fromkeys(label for cell in given for label in cell.split(MULTI_SEPARATOR)))
        return tuple(given)

    def relabelled(self, change: Callable[[str], str]) -> "Question":
        """Change every label, given or not; "" takes an answer out, and equal ones become one."""
        several = self.role == MULTI
        labels = dict.fromkeys(label for label in map(change, self.labels) if label)
        return replace(self, cells=relabelled(self.cells, change, several=several), labels=tuple(labels))


def same_words(text: str) -> str:
    """Fold case, spaces and punctuation, so that the same question is found again."""
    return _APART.sub(" ", alike(text)).strip() or alike(text)


def relabelled(cells: pd.Series, change: Callable[[str], str], *, several: bool) -> pd.Series:
    """Change the labels in cells, keeping what is blank and not asked."""

    def changed(cell: str) -> str:
        if cell in ("", NOT_ASKED):
            return cell
        labels = map(change, cell.split(MULTI_SEPARATOR) if several else [cell])
        return MULTI_SEPARATOR.join(dict.fromkeys(label for label in labels if label))

    return by_value(cells, changed)


def by_value(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """Change cells, working each different one out once."""
    changed = {cell: change(cell) for cell in cells.unique()}
    return cells if all(old == new for old, new in changed.items()) else cells.map(changed)


def read_questions(wave: str, export: Export) -> tuple[list[Question], pd.DataFrame]:
    """Read what one wave asked.

    Parameters
    ----------
    wave : str
        Its key; "" where there is but one.
    export : Export

    Returns
    -------
    questions : list of Question
        In the order of the export.
    left_out : DataFrame
        ``file``, ``column`` and ``why``: the columns about the person or the form.
    """
    columns = export.columns
    about = columns["role"].isin([IDENTIFIER, METADATA])
    left_out = columns.loc[about, ["column", "why"]].assign(file=export.file)[["file", "column", "why"]]
    several = columns["group"].where(columns["role"] == OPTION, "")
    questions: list[Question] = []
    done: set[str] = set()
    for row, group in zip(columns[~about].itertuples(index=False), several[~about], strict=True):
        if group and group not in done:
            questions.append(_of_options(wave, export, columns[several == group]))
            done.add(group)
        elif not group:
            questions.append(_of_column(wave, export, row))
    return questions, left_out.reset_index(drop=True)


def _of_column(wave: str, export: Export, row: tuple) -> Question:
    role = ROLES.get(row.role, SINGLE)
    cells = export.answers[row.column].reset_index(drop=True)
    labels = tuple(dict.fromkeys(map(clean, export.scales.get(row.scale, ()))))
    if row.role == OPTION:
        labels = (clean(row.option or row.text),)
        cells = by_value(cells, lambda cell: cell if cell in ("", NOT_SEEN) else labels[0])
    elif role == MULTI:
        options = [label.strip() for label in export.scales.get(row.scale, ()) if label.strip()]
        cells = by_value(cells, lambda cell: _taken_apart(cell, row.separator, options))
    elif role == NUMBERS:
        cells = by_value(cells, str.strip)
    elif role == SINGLE:
        cells = by_value(cells, clean)
    text = " ".join(row.text.split()) or row.column
    where = (wave, export.file, (row.column,), row.column, text, " ".join(row.group.split()))
    return Question(*where, role, cells, labels, row.separator)


def _of_options(wave: str, export: Export, columns: pd.DataFrame) -> Question:
    """Put the columns of a question's options together: one cell holds what was ticked."""
    seen = pd.Series(False, index=range(len(export.answers)))
    ticked = pd.Series("", index=seen.index, dtype=str)
    for name, option in zip(columns["column"], columns["option"], strict=True):
        cells = export.answers[name].reset_index(drop=True)
        label = clean(option or name)
        seen |= cells != NOT_SEEN
        here = ~cells.isin(["", NOT_SEEN])
        ticked[here] = ticked[here] + MULTI_SEPARATOR + label
    labels = tuple(dict.fromkeys(clean(option or name) for name, option in _options(columns)))
    cells = by_value(ticked, lambda cell: _each_once(cell.removeprefix(MULTI_SEPARATOR)))
    cells = cells.where(seen, NOT_ASKED)
    group, texts = columns["group"].iloc[0], columns["text"].unique()
    text = " ".join((texts[0] if len(texts) == 1 else group).split())
    names = tuple(columns["column"])
    return Question(wave, export.file, names, _code(names, group, text), text, "", MULTI, cells, labels)


def _code(names: Sequence[str], group: str, text: str) -> str:
    """Find the code that a tool gave a question with options: "Q9" where they are "Q9_1" and "Q9_2"."""
    codes = list(names)
    while group == text and all(found := [_OPTION_OF.fullmatch(code) for code in codes]):
        codes = [one[1] for one in found]
        if len(set(codes)) == 1:
            return codes[0]
    return group


def _options(columns: pd.DataFrame) -> Iterable[tuple[str, str]]:
    return zip(columns["column"], columns["option"], strict=True)


def _each_once(cell: str) -> str:
    return MULTI_SEPARATOR.join(dict.fromkeys(cell.split(MULTI_SEPARATOR)))


def _taken_apart(cell: str, separator: str, options: Sequence[str]) -> str:
    """Cut a cell into options; the longest that is known goes first, as it may hold the separator."""
    if cell.strip() in ("", NOT_SEEN):
        return cell.strip()
    known = sorted(options, key=len, reverse=True)
    cut = separator.strip() or separator or "\0"  # no cell holds a NUL
    labels, rest = [], cell.strip()
    while rest:
        option = next((option for option in known if _begins(rest, option, cut)), None)
        if option is None:
            option = rest.split(separator or cut)[0]
        labels.append(clean(option))
        rest = rest[len(option) :].lstrip().removeprefix(cut).strip()
    return MULTI_SEPARATOR.join(dict.fromkeys(label for label in labels if label))


def _begins(text: str, option: str, cut: str) -> bool:
    after = text[len(option) :]
    return text.startswith(option) and (not after or after.lstrip(" " * (cut != " ")).startswith(cut))
