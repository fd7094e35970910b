"""XLSForm: the workbook that a form for Kobo, ODK and their kin is made of, with its questions and choices.

It holds no answers, but says what the codes in an export mean, in every language of the form.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from coprod.exports.headers import cleaned
from coprod.exports.tables import PACKED
from coprod.exports.workbook import read_workbook, sheet_names
from coprod.problems import FileRefused, Problem

ONE, MANY, RANKED = "select_one", "select_multiple", "rank"
SURVEY, CHOICES = "survey", "choices"
_SELECT = re.compile(
    r"(?i)(select_one|select one|select1|select_multiple|select multiple|select all that apply|rank)"
    r"(?:_from_file| from)? (\S+).*"
)
_SPELLED = {"select one": ONE, "select1": ONE, "select multiple": MANY, "select all that apply": MANY}
_LABEL = re.compile(r"label(?:::?\s*(.+))?")


class Question(NamedTuple):
    """One question of a form.

    Attributes
    ----------
    name, kind : str
        The kind is the XLSForm's type without its list.
    texts : tuple of str
        What is asked, in each language; "" where it has no words.
    path : tuple of str
        The names of the groups around it, the outermost first.
    above : tuple of tuple of str
        The labels of these groups, each in each language.
    choices : dict of str to tuple of str
        Labels in each language, by code, in the order of the form.
    gated : bool
        Whether it must be answered where it is shown, and is shown to some only.
    repeated : bool
        Whether it stands in a group that repeats.
    """

    name: str
    kind: str
    texts: tuple[str, ...]
    path: tuple[str, ...]
    above: tuple[tuple[str, ...], ...]
    choices: dict[str, tuple[str, ...]]
    gated: bool
    repeated: bool


class _Group(NamedTuple):
    name: str
    texts: tuple[str, ...]
    kind: str
    relevant: bool
    choices: str


def is_workbook(path: Path) -> bool:
    """Say whether a file begins as workbooks do; never raises."""
    try:
        with path.open("rb") as file:
            return file.read(len(PACKED)) == PACKED
    except OSError:
        return False


def is_form(path: Path) -> bool:
    """Say whether a file is an XLSForm; never raises."""
    if not is_workbook(path):
        return False
    try:
        named = {name.lower(): name for name in sheet_names(path)}
        if SURVEY not in named:
            return False
        header = {cell.lower() for cell in read_workbook(path, named[SURVEY]).head[0]}
    except FileRefused:
        return False
    return {"type", "name"} <= header


def read_form(path: Path) -> tuple[Question, ...]:
    """Read the questions of a form, in their order.

    Raises
    ------
    FileRefused
        It is no XLSForm, or damaged.
    """
    named = {name.lower(): name for name in sheet_names(path)}
    if SURVEY not in named:
        said, remedy = "That is no XLSForm: it has no sheet 'survey'.", "Download the form as XLS or XLSX."
        raise FileRefused(path.name, [Problem(path.name, said, remedy)])
    survey = _rows(path, named[SURVEY])
    choices = []
    if CHOICES in named:
        with suppress(FileRefused):  # an empty sheet
            choices = _rows(path, named[CHOICES])
    languages = _languages([*survey[:1], *choices[:1]])
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in choices:
        code = row.get("name") or row.get("value", "")
        if code:
            own = lists.setdefault(row.get("list_name") or row.get("list name", ""), {})
            own[code] = _texts(row, languages, code)
    return tuple(_questions(survey, lists, languages))


def _rows(path: Path, sheet: str) -> list[dict[str, str]]:
    raw = read_workbook(path, sheet)
    header = [" ".join(cell.split()) for cell in raw.head[0]]
    header = [cell if _LABEL.fullmatch(cell) else cell.lower() for cell in header]
    cells = raw.body(1).to_numpy().tolist()
    return [dict(zip(header, map(str.strip, row), strict=True)) for row in cells]


def _languages(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """List the columns of labels, each of a language; the one without a language comes first."""
    found = dict.fromkeys(name for row in rows for name in row if _LABEL.fullmatch(name))
    return sorted(found, key=lambda name: name != "label") or ["label"]


def _texts(row: Mapping[str, str], languages: Sequence[str], otherwise: str = "") -> tuple[str, ...]:
    return tuple(cleaned(row.get(language, "")) or otherwise for language in languages)


def _questions(
    survey: Sequence[Mapping[str, str]],
    lists: Mapping[str, dict[str, tuple[str, ...]]],
    languages: Sequence[str],
) -> Iterator[Question]:
    around: list[_Group] = []
    for row in survey:
        kind = " ".join(row.get("type", "").lower().split())
        shown = kind.replace(" ", "_")
        if shown.startswith("begin_"):
            around.append(_group(row, shown, languages))
        elif shown.startswith("end_"):
            around = around[:-1]
        elif row.get("name"):
            yield _question(row, kind, around, lists, languages)


def _group(row: Mapping[str, str], kind: str, languages: Sequence[str]) -> _Group:
    choices = row.get("kobo--score-choices") or row.get("kobo--rank-items") or ""
    return _Group(
        row.get("name", ""),
        _texts(row, languages),
        kind,
        bool(row.get("relevant")),
        choices,
    )


def _question(
    row: Mapping[str, str],
    kind: str,
    around: Sequence[_Group],
    lists: Mapping[str, dict[str, tuple[str, ...]]],
    languages: Sequence[str],
) -> Question:
    if select := _SELECT.fullmatch(" ".join(row["type"].split())):
        kind = _SPELLED.get(select[1].lower(), select[1].lower())
        choices = lists.get(select[2], {})
    else:  # the rows of a rating have the choices of the group around them
        choices = lists.get(around[-1].choices, {}) if around else {}
    relevant = bool(row.get("relevant")) or any(group.relevant for group in around)
    required = row.get("required", "").lower() in ("yes", "true", "true()", "1")
    return Question(
        row["name"],
        kind,
        _texts(row, languages),
        tuple(group.name for group in around),
        tuple(group.texts for group in around),
        choices,
        required and relevant,
        any(group.kind == "begin_repeat" for group in around),
    )
