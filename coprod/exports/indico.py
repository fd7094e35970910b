"""Indico: CSV or Excel of a survey's submissions.

The first columns are Submitter, in some versions Submitter Email, and Submission Date. Every other header
is a question with the title of its section before it; options are joined by "; ".
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from coprod.exports.export import IDENTIFIER, METADATA, Export, column
from coprod.exports.joined import comes_back
from coprod.exports.questions import Asked, about_dates, finished, questions, refused
from coprod.exports.tables import openings, read_table

NAME, TITLE = "indico", "Indico"
SEPARATOR = "; "
SUBMITTER, MAIL, DATE = "Submitter", "Submitter Email", "Submission Date"
WHO = "Indico's columns for who answered."


def recognises(path: Path) -> bool:
    """Say whether the first row begins as Indico's does."""
    return any(_begins(rows[0]) for rows in openings(path))


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read a survey's submissions.

    Raises
    ------
    FileRefused
        It is no such file, damaged, or there are no answers.
    """
    table = read_table(path)
    names = list(table.answers)
    if not _begins(names):
        raise refused(path.name, TITLE, f"{SUBMITTER}, {DATE}")
    about = [name for name in names[:3] if name in (SUBMITTER, MAIL, DATE)]
    asked, sections = _without_sections([name for name in names if name not in about])
    separators = {name: SEPARATOR for name in asked if comes_back(table.answers[name], SEPARATOR)}
    columns, decided = questions(table.answers, asked, separators)
    told = [
        column(name, METADATA, why="When the form was sent.")
        if name == DATE
        else column(name, IDENTIFIER, why=WHO)
        for name in about
    ]
    said = [f"Titles of sections were taken off the questions: {', '.join(sections)}."] if sections else []
    return finished(
        NAME,
        table,
        table.answers,
        [*told, *columns],
        [*said, *decided, *about_dates(table.answers, [DATE])],
    )


def _begins(header: Sequence[str]) -> bool:
    return header[:1] == [SUBMITTER] and DATE in header[1:3]


def _without_sections(names: Sequence[str]) -> tuple[dict[str, Asked], list[str]]:
    """Take the titles of sections off; where some questions have none, only titles that come twice."""
    cut = {name: name.partition(": ") for name in names}
    times = Counter(section for section, colon, _ in cut.values() if colon)
    everywhere = times.total() == len(names)
    titles = [section for section, count in times.items() if everywhere or count > 1]
    asked = {
        name: Asked(question if colon and section in titles else name)
        for name, (section, colon, question) in cut.items()
    }
    return asked, titles
