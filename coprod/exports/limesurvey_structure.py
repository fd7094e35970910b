"""A LimeSurvey survey's structure (.lss): what was asked, and which answers could be chosen, in their order.

The file is the tables of a database as XML: a section for each table, in it "rows", and in each "row" an
element for each field. Since version 4 texts stand in tables of their own, one row for each language; before
that, every question and answer has a row for each language. Texts are HTML.

XML is taken from nobody on trust: no document type, no entities, no depth, no size that no survey has.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from coprod.exports.headers import cleaned
from coprod.problems import FileRefused, Problem

SUFFIX = ".lss"
LARGEST = 50_000_000  # bytes; a survey of a thousand questions in ten languages has a tenth of it
DEEPEST = 12  # elements within each other; a survey's structure has five
MOST = 1_000_000  # rows
AGAIN = "Export it again: Survey, Export, Survey structure (.lss)."
Row = dict[str, str]
Texts = Mapping[str, str]  # by language


class Choice(NamedTuple):
    """An answer, an option or a statement of a grid: its code, and what it says, by language."""

    code: str
    texts: Texts


class Question(NamedTuple):
    """A question.

    Attributes
    ----------
    code : str
    kind : str
        LimeSurvey's letter for its type.
    texts : mapping of str to str
        By language.
    other : bool
        Whether "Other" could be chosen.
    parts : tuple of tuple of Choice
        Statements or options; in a grid of two axes, its rows and its columns.
    answers : tuple of tuple of Choice
        The answers that could be chosen; in a grid of two scales, of each.
    """

    code: str
    kind: str
    texts: Texts
    other: bool
    parts: tuple[tuple[Choice, ...], tuple[Choice, ...]]
    answers: tuple[tuple[Choice, ...], tuple[Choice, ...]]


Choices = Mapping[tuple[str, str], tuple[Choice, ...]]  # by question and axis, or scale


class Structure(NamedTuple):
    """A survey: its questions in order, its main language, and all of them."""

    questions: list[Question]
    language: str
    languages: tuple[str, ...]


def said(texts: Texts, language: str) -> str:
    """Give a text in a language; where that is blank, in another."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def read_structure(path: Path) -> Structure:
    """Read a survey's structure.

    Raises
    ------
    FileRefused
        It is no such file, damaged, too large, or made to harm.
    """
    tables = _tables(path)
    everything = tables.get("questions", [])
    rows = {row["qid"]: row for row in everything if row.get("qid") and _is_first(row)}
    if not rows:
        raise _refused(path.name, "There are no questions in it.")
    groups = {row.get("gid", ""): _number(row, "group_order") for row in tables.get("groups", [])}
    ordered = sorted(
        rows.values(), key=lambda row: (groups.get(row.get("gid", ""), 0), _number(row, "question_order"))
    )
    texts = {
        number: by_language
        for table in ("questions", "subquestions", "question_l10ns")
        for number, by_language in _texts(tables, table, "qid", "question").items()
    }
    below = [*tables.get("subquestions", []), *(row for row in everything if not _is_first(row))]
    parts, answers = _parts(below, texts), _answers(tables)
    questions = [_question(row, texts, parts, answers) for row in ordered]
    languages = tuple(dict.fromkeys(language for question in questions for language in question.texts))
    main = next((row["language"] for row in tables.get("surveys", []) if row.get("language")), "")
    return Structure(questions, main or next(iter(languages), ""), languages)


def _is_first(row: Row) -> bool:
    return row.get("parent_qid", "0") in ("", "0")


def _question(row: Row, texts: Mapping[str, Texts], parts: Choices, answers: Choices) -> Question:
    number = row["qid"]
    return Question(
        row.get("title", ""),
        row.get("type", ""),
        texts.get(number, {}),
        row.get("other") == "Y",
        (parts.get((number, "0"), ()), parts.get((number, "1"), ())),
        (answers.get((number, "0"), ()), answers.get((number, "1"), ())),
    )


def _parts(rows: list[Row], texts: Mapping[str, Texts]) -> Choices:
    """Put the parts of each question in order, by question and axis."""
    found: dict[tuple[str, str], dict[str, Choice]] = {}
    for row in sorted(rows, key=lambda row: _number(row, "question_order")):
        owner = (row.get("parent_qid", ""), row.get("scale_id") or "0")
        part = Choice(row.get("title", ""), texts.get(row.get("qid", ""), {}))
        found.setdefault(owner, {})[part.code] = part
    return {owner: tuple(parts.values()) for owner, parts in found.items()}


def _answers(tables: Mapping[str, list[Row]]) -> Choices:
    """Put the answers to each question in order, by question and scale."""
    by_number = _texts(tables, "answer_l10ns", "aid", "answer")
    found: dict[tuple[str, str], dict[str, Choice]] = {}
    for row in sorted(tables.get("answers", []), key=lambda row: _number(row, "sortorder")):
        of_question = found.setdefault((row.get("qid", ""), row.get("scale_id") or "0"), {})
        answer = of_question.setdefault(row.get("code", ""), Choice(row.get("code", ""), {}))
        here = {row["language"]: cleaned(row.get("answer", ""))} if "language" in row else {}
        texts = {**answer.texts, **here, **by_number.get(row.get("aid", ""), {})}
        of_question[answer.code] = answer._replace(texts=texts)
    return {owner: tuple(answers.values()) for owner, answers in found.items()}


def _texts(tables: Mapping[str, list[Row]], table: str, number: str, field: str) -> dict[str, Texts]:
    found: dict[str, dict[str, str]] = {}
    for row in tables.get(table, []):
        if row.get("language") and field in row:
            found.setdefault(row.get(number, ""), {})[row["language"]] = cleaned(row[field])
    return found


def _number(row: Row, field: str) -> int:
    value = row.get(field, "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _tables(path: Path) -> dict[str, list[Row]]:
    try:
        if path.stat().st_size > LARGEST:
            raise _refused(path.name, f"The file is larger than {LARGEST / 1e6:,.0f} MB.")
        with path.open("rb") as file:
            return _gathered(path.name, file)
    except FileRefused:
        raise
    except OSError as error:
        told = f"The file cannot be read: {error.strerror}."
        raise FileRefused(path.name, [Problem(path.name, told, "Name a file that you may read.")]) from error
    except DefusedXmlException as error:
        told = "The file declares a document type or entities, which LimeSurvey never writes."
        raise _refused(path.name, told) from error
    except ParseError as error:
        told = "The file is no whole XML: it may be cut off."
        raise _refused(path.name, told, str(error.position[0])) from error
    except (ValueError, LookupError) as error:
        raise _refused(path.name, "The file says that it has an encoding that it has not.") from error


def _gathered(file: str, opened: object) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    for count, (table, row) in enumerate(_rows(file, opened), start=1):
        if count > MOST:
            raise _refused(file, f"The file has more than {MOST:,} rows.")
        tables.setdefault(table, []).append(row)
    return tables


def _rows(file: str, opened: object) -> Iterator[tuple[str, Row]]:
    """Give table and row one after the other; what was read is let go."""
    path: list[str] = []
    for event, element in iterparse(opened, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element.tag)
            if path[0] != "document" or len(path) > DEEPEST:
                raise _refused(file, "The file is XML, but no survey of LimeSurvey.")
            continue
        if path[2:] == ["rows", "row"]:
            yield path[1], {field.tag: field.text or "" for field in element}
        if len(path) <= 4:
            element.clear()
        path.pop()


def _refused(file: str, told: str, row: str = "") -> FileRefused:
    return FileRefused(file, [Problem(file, told, AGAIN, row)])
