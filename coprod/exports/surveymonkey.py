"""SurveyMonkey: CSV or workbook with two header rows, columns expanded or condensed.

The first row holds the questions, blank over all but the first column of each; the second holds "Response",
"Open-Ended Response", an option, a statement of a grid, or "Other (please specify)", and nothing below the
columns about the respondent, which come first. Files are often not UTF-8.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from coprod.exports.export import IDENTIFIER, METADATA, Export, column
from coprod.exports.headers import cleaned, named
from coprod.exports.questions import about_dates, finished, refused
from coprod.exports.raw import Raw
from coprod.exports.surveymonkey_columns import Question, described_columns
from coprod.exports.tables import Table, dropped, openings, read_either
from coprod.problems import FileRefused, Problem

NAME, TITLE = "surveymonkey", "SurveyMonkey"
FIRST = "respondentid"
WHO = (
    *(FIRST, "ipaddress", "emailaddress", "email", "firstname", "lastname", "customdata", "customvalue"),
    *("phonenumber", "contactid"),
)
FORM = (
    *("collectorid", "collector", "startdate", "enddate", "datecreated", "datemodified", "language"),
    "surveylanguage",
)
DATES = ("startdate", "enddate", "datecreated", "datemodified")
TWO = (
    "SurveyMonkey writes two: the questions, and what stands below them. Export it again, and change neither."
)
__all__ = ["NAME", "TITLE", "read", "recognises"]


def recognises(path: Path) -> bool:
    """Say whether the first row begins with SurveyMonkey's number of the respondent."""
    return any(_begins(rows[0]) for rows in openings(path))


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read the responses to a survey.

    Raises
    ------
    FileRefused
        It is no such file, damaged, its second header row is missing, or there are no answers.
    """
    raw = read_either(path)
    upper, lower = _header(raw)
    body = raw.body(2)
    blank = dropped("rows without anything", raw.rows - 2 - len(body), "Nothing stands in them.")
    kept = [place for place in body if upper[place] or lower[place] or (body[place] != "").any()]
    upper, lower = [upper[place] for place in kept], [lower[place] for place in kept]
    first = _first_question(upper, lower)
    places = _places(upper, first)
    names, decided = named(_headers(upper, lower, places))
    answers = body[kept].set_axis(names, axis=1)
    questions = [Question(text, {names[at]: lower[at] for at in columns}) for text, columns in places.items()]
    columns, answers, said = described_columns(answers, questions)
    about = [_own(name, header) for name, header in zip(names[:first], upper, strict=False)]
    dates = [name for name, header in zip(names[:first], upper, strict=False) if _plain(header) in DATES]
    table = Table(raw.file, names, answers, blank, (*raw.decided, *decided))
    return finished(NAME, table, answers, [*about, *columns], [*said, *about_dates(answers, dates)])


def _plain(header: str) -> str:
    return re.sub(r"[^a-z]", "", header.lower())


def _begins(header: Sequence[str]) -> bool:
    return len(header) > 1 and _plain(header[0]) == FIRST


def _header(raw: Raw) -> tuple[list[str], list[str]]:
    upper = [cleaned(cell) for cell in raw.head[0]]
    if not _begins(upper):
        raise refused(raw.file, TITLE, "Respondent ID")
    lower = [cleaned(cell) for cell in raw.head[1]] if raw.rows > 1 else []
    if not any(lower) or lower[0]:
        raise FileRefused(raw.file, [Problem(raw.file, "The second header row is missing.", TWO, "2")])
    return upper, lower


def _first_question(upper: Sequence[str], lower: Sequence[str]) -> int:
    """Find where the questions begin: where something stands in the second row."""
    return next(place for place in range(len(upper)) if lower[place])


def _places(upper: Sequence[str], first: int) -> dict[str, list[int]]:
    """List the columns of each question; what stands above the first of them holds until the next."""
    places: dict[str, list[int]] = {}
    times: Counter[str] = Counter()
    text = ""
    for place in range(first, len(upper)):
        if upper[place] or place == first:
            plain = upper[place] or f"Column {place + 1}"
            times[plain] += 1
            text = plain if times[plain] == 1 else f"{plain} ({times[plain]})"
        places.setdefault(text, []).append(place)
    return places


def _headers(upper: Sequence[str], lower: Sequence[str], places: dict[str, list[int]]) -> list[str]:
    headers = list(upper)
    for text, columns in places.items():
        for place in columns:
            beside = f" [{lower[place]}]" if len(columns) > 1 and lower[place] else ""
            headers[place] = f"{text}{beside}"
    return headers


def _own(name: str, header: str) -> dict[str, str]:
    """Describe a column before the questions; what is not known was sent along with the invitation."""
    if _plain(header) in FORM:
        return column(name, METADATA, why="About the form, not about the person.")
    known = _plain(header) in WHO
    why = "SurveyMonkey's column for who answered." if known else "It came with the invitation."
    return column(name, IDENTIFIER, why=why)
