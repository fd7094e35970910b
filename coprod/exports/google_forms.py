"""Google Forms: the CSV that the form gives, or that its sheet gives, or the sheet as a workbook.

The time comes first, then an address where the form collects them. The statements of a grid are columns,
``question [statement]``. What was ticked is joined by ";" in the form's own CSV, and by ", " in the sheet's,
where options may hold commas too. Respondents have no number, and the second row can be empty.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from coprod.exports.export import IDENTIFIER, METADATA, Export, column
from coprod.exports.joined import Joined, between_commas, comes_back
from coprod.exports.questions import Asked, about_dates, finished, questions, refused
from coprod.exports.tables import openings, read_table

NAME, TITLE = "google_forms", "Google Forms"
SEMICOLON = ";"
# English, Welsh, German, Swedish, French, Dutch, Danish, Norwegian, Spanish, Italian, Portuguese, Polish
STAMP = (
    *("timestamp", "stamp amser", "zeitstempel", "tidstämpel", "tidsstämpel", "horodateur", "tijdstempel"),
    *("tidsstempel", "tidsmerke", "marca temporal", "informazioni cronologiche", "carimbo de data/hora"),
    "sygnatura czasowa",
)
MAIL = (
    *(
        "email address",
        "email",
        "e-mail address",
        "username",
        "cyfeiriad e-bost",
        "e-mail-adresse",
        "nutzername",
    ),
    *("e-postadress", "användarnamn", "adresse e-mail", "nom d'utilisateur", "e-mailadres", "gebruikersnaam"),
    *("dirección de correo electrónico", "nombre de usuario", "indirizzo email", "nome utente"),
    *("endereço de e-mail", "nome de usuário", "adres e-mail", "nazwa użytkownika", "e-mailadresse"),
)
MARKS = ("score", "feedback")
_GRID = re.compile(r"(.+?) ?\[(.+)\]")
_SCORE = re.compile(r"\d+(?:\.\d+)? / \d+")
_TIME = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")


def recognises(path: Path) -> bool:
    """Say whether the first column is Google's time, in whatever language."""
    return any(
        _begins(rows[0]) and all(_TIME.fullmatch(row[0]) for row in rows[1:]) for rows in openings(path)
    )


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read the answers to a form.

    Raises
    ------
    FileRefused
        It is no such file, damaged, or there are no answers.
    """
    table = read_table(path)
    answers = table.answers.copy()
    names = list(answers)
    if not _begins(names):
        raise refused(path.name, TITLE, "Timestamp")
    about = _about(answers)
    asked, marks = _asked([name for name in names if name not in about])
    found = {name: joined for name in asked if (joined := _joined(answers[name]))}
    for name, joined in found.items():
        answers[name] = joined.cells
    columns, decided = questions(answers, asked, {name: joined.separator for name, joined in found.items()})
    said = [*_said(marks, found), *decided, *about_dates(answers, names[:1])]
    return finished(NAME, table, answers, [*about.values(), *columns], said)


def _begins(header: Sequence[str]) -> bool:
    return len(header) > 1 and header[0].lower() in STAMP


def _about(answers: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Describe the time, the address and the points of a quiz, which come before the questions."""
    first, *others = list(answers)[:3]
    about = {first: column(first, METADATA, why="When the form was sent.")}
    for name in others:
        if name.lower() in MAIL:
            about[name] = column(name, IDENTIFIER, why="The address that Google Forms collects.")
        elif (
            (cells := answers[name][answers[name] != ""]).map(lambda cell: bool(_SCORE.fullmatch(cell))).all()
        ):
            about |= {name: column(name, METADATA, why="Points of a quiz.")} if len(cells) else {}
    return about


def _asked(names: Sequence[str]) -> tuple[dict[str, Asked], list[str]]:
    """Find the grids: a question with statements in brackets after it, in more than one column."""
    cut = {name: found for name in names if (found := _GRID.fullmatch(name))}
    marks = [name for name, found in cut.items() if found[2].lower() in MARKS and found[1] in names]
    stems = Counter(found[1] for name, found in cut.items() if name not in marks)
    asked = {}
    for name in names:
        if name in cut and stems[cut[name][1]] > 1:
            asked[name] = Asked(cut[name][2], cut[name][1])
        elif name not in marks:
            asked[name] = Asked(name)
    return asked, marks


def _joined(cells: pd.Series) -> Joined | None:
    if comes_back(cells, SEMICOLON):
        return Joined(cells, SEMICOLON, [])
    return between_commas(cells)


def _said(marks: Sequence[str], found: dict[str, Joined]) -> list[str]:
    said = ["Google Forms gives respondents no number: somebody who answered twice is counted twice."]
    if marks:
        said.append(f"Points and feedback of a quiz are left out: {', '.join(map(repr, marks))}.")
    for name, joined in found.items():
        if joined.with_comma:
            options = "; ".join(repr(option) for option in joined.with_comma[:20])
            said.append(f"In {name!r} these are one option each, though they hold a comma: {options}.")
    return said
