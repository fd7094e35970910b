"""Microsoft Forms: the workbook it exports, or what a spreadsheet made of it as CSV.

Five columns come before the questions, and in some exports a sixth at the end; their names follow the
language of whoever exported. Every statement of a Likert question is a column of its own, and what stood
above the statements is lost. Options are joined by ";", with one more at the end. In a quiz, columns of
points and feedback stand between the questions.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from coprod.exports.export import IDENTIFIER, METADATA, Export, column
from coprod.exports.joined import comes_back, ranked
from coprod.exports.questions import Asked, about_dates, finished, questions, refused
from coprod.exports.tables import openings, read_table

NAME, TITLE = "microsoft_forms", "Microsoft Forms"
SEPARATOR = ";"
# English, Welsh, German, Swedish, French, Dutch, Danish and Norwegian, Spanish, Italian, Portuguese, Polish
START = (
    *("start time", "amser dechrau", "amser cychwyn", "startzeit", "starttid", "heure de début", "begintijd"),
    *("starttidspunkt", "hora de inicio", "ora di inizio", "hora de início", "godzina rozpoczęcia"),
)
COMPLETION = (
    *("completion time", "amser cwblhau", "fertigstellungszeit", "slutförandetid", "heure de fin"),
    *("tid för slutförande", "sluttid", "heure d'achèvement", "tijd van voltooien", "fuldførelsestidspunkt"),
    *("fullføringstidspunkt", "hora de finalización", "ora di completamento", "hora de conclusão"),
    "godzina ukończenia",
)
MAIL = (
    *("email", "e-mail", "e-mail address", "email address", "e-bost", "ebost", "e-post", "e-postadress"),
    *("e-mail-adresse", "adresse de messagerie", "adresse e-mail", "courriel", "e-mailadres", "mail"),
    *("correo electrónico", "indirizzo di posta elettronica", "posta elettronica", "adres e-mail"),
)
WHOSE = (
    *("name", "enw", "namn", "nom", "naam", "navn", "nombre", "nome", "imię i nazwisko", "nazwa"),
    *("responder", "respondent"),
)
MODIFIED = (
    *(
        "last modified time",
        "amser addasu diwethaf",
        "amser yr addasiad diwethaf",
        "tijd van laatste wijziging",
    ),
    *(
        "uhrzeit der letzten änderung",
        "zeitpunkt der letzten änderung",
        "senast ändrad",
        "senaste ändringstid",
    ),
    *("tid för senaste ändring", "heure de la dernière modification", "hora de la última modificación"),
    *("ora ultima modifica", "hora da última modificação"),
)
LANGUAGE = ("language", "iaith", "sprache", "språk", "langue", "taal", "sprog", "idioma", "lingua")
POINTS = (
    *("points", "pwyntiau", "punkte", "poäng", "punten", "point", "poeng", "puntos", "punti", "pontos"),
    *("feedback", "adborth", "kommentare", "commentaires", "comentarios", "commenti"),
)
TOTALS = (
    *("total points", "quiz feedback", "grade posted time", "cyfanswm pwyntiau", "gesamtpunktzahl"),
    *("feedback zum quiz", "totalpoäng", "total des points", "totaal aantal punten"),
)
_POINTS = re.compile(rf"(?i)(?:{'|'.join(POINTS)}) ?[-\u2013:] ?(\S.*)")
_TIME = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]\d{1,2}[:.]\d{2}.*|\d{5}\.\d+")
WHO = "Microsoft Forms' columns for who answered."


def recognises(path: Path) -> bool:
    """Say whether the first row begins as that of Microsoft Forms does, in whatever language."""
    return any(_begins(rows[0], rows[1:]) for rows in openings(path))


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read the answers to a form.

    Raises
    ------
    FileRefused
        It is no such file, damaged, or there are no answers.
    """
    table = read_table(path)
    answers = table.answers.copy()
    if not _begins(list(answers), answers.head(1).to_numpy().tolist()):
        raise refused(path.name, TITLE, "ID, Start time, Completion time")
    about = _about(list(answers))
    marks = _marks(list(answers))
    asked = {name: Asked(name) for name in answers if name not in about and name not in marks}
    ranks = [name for name in asked if ranked(_without_last(answers[name]), SEPARATOR)]
    separators = {name: SEPARATOR for name in asked if name not in ranks and _joined(answers[name])}
    for name in separators:
        answers[name] = _without_last(answers[name])
    columns, decided = questions(answers, asked, separators)
    times = [name for name, told in about.items() if told["role"] == METADATA]
    said = [*_said(marks, ranks), *decided, *about_dates(answers, times)]
    return finished(NAME, table, answers, [*about.values(), *columns], said)


def _begins(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Look for known names; or for a number, two times and somebody's address, whatever stands above."""
    lower = [name.lower() for name in header[:5]]
    if len(lower) < 4 or lower[0] not in ("id", "#", "\u2116"):
        return False
    if lower[1] in START and lower[2] in COMPLETION:
        return True
    row = rows[0] if rows and len(rows[0]) > 3 else [""] * 4
    return all(_TIME.fullmatch(cell) for cell in row[1:3]) and ("@" in row[3] or lower[3] in MAIL)


def _about(names: Sequence[str]) -> Mapping[str, dict[str, str]]:
    """Describe the columns before the questions, and the time of the last change wherever it stands."""
    first = [*([IDENTIFIER] + [METADATA] * 2), *(IDENTIFIER if _is_who(name) else "" for name in names[3:5])]
    roles = {name: role for name, role in zip(names, first, strict=False) if role}
    roles |= {name: METADATA for name in names if name.lower() in (*MODIFIED, *LANGUAGE)}
    return {
        name: column(name, role, why=WHO if role == IDENTIFIER else "About the form, not about the person.")
        for name, role in roles.items()
    }


def _is_who(name: str) -> bool:
    return name.lower() in MAIL + WHOSE


def _marks(names: Sequence[str]) -> list[str]:
    """List the columns of a quiz that hold points or feedback: "Points - " and the name of a question."""
    marks = [name for name in names if (found := _POINTS.fullmatch(name)) and found[1] in names]
    return [name for name in names if marks and (name in marks or name.lower() in TOTALS)]


def _joined(cells: pd.Series) -> bool:
    """Say whether several could be ticked: then every answer ends with the separator."""
    given = [cell for cell in cells.unique() if cell]
    if given and all(cell.endswith(SEPARATOR) for cell in given):
        return True
    return comes_back(_without_last(cells), SEPARATOR)


def _without_last(cells: pd.Series) -> pd.Series:
    return cells.str.removesuffix(SEPARATOR)


def _said(marks: Sequence[str], ranks: Sequence[str]) -> list[str]:
    listed = [
        ("Points and feedback of a quiz are left out", marks),
        ("What people put in order is no rating and no ticking, and is kept as words", ranks),
    ]
    return [f"{said}: {', '.join(map(repr, names))}." for said, names in listed if names]
