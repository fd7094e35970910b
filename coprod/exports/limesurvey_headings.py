"""What stands above the columns of a LimeSurvey export: LimeSurvey's own columns, and those of questions.

LimeSurvey's own have names that follow the language of the export, where texts were asked for; some are known
here, and with the survey's structure the others are told by standing where no question does.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coprod.exports.export import IDENTIFIER, METADATA
from coprod.exports.limesurvey_places import Place, fits, squashed

WORDS = {  # in English, German, French and Spanish
    "id": ("response id", "antwort id", "id de la réponse", "id de respuesta"),
    "submitdate": ("date submitted", "datum abgeschickt", "date de soumission", "fecha de envío"),
    "lastpage": ("last page", "letzte seite", "dernière page", "última página"),
    "startlanguage": ("start language", "start-sprache", "langue de départ", "lenguaje inicial"),
    "seed": ("seed", "zufallsstartwert", "tête de série", "semilla"),
    "token": ("token", "access code", "zugangscode", "zugangsschlüssel", "code d'accès", "código de acceso"),
    "startdate": ("date started", "datum gestartet", "date de lancement", "fecha de inicio"),
    "datestamp": ("date last action", "datum letzte aktivität", "date de la dernière action"),
    "ipaddr": ("ip address", "ip-adresse", "adresse ip", "dirección ip"),
    "refurl": ("referrer url", "weiterleitungs-url", "url de référence", "url de referencia"),
    "interviewtime": ("total time", "gesamtzeit", "temps total", "tiempo total"),
    "firstname": ("first name", "vorname", "prénom"),
    "lastname": ("last name", "nachname"),
    "email": ("email address", "e-mail-adresse", "email"),
    "emailstatus": ("email status",),
    "participant_id": ("participant id",),
}
PARTICULAR = ("submitdate", "lastpage", "startlanguage", "datestamp", "interviewtime")
WHO = ("id", "token", "ipaddr", "refurl", "firstname", "lastname", "email", "emailstatus", "participant_id")
_KNOWN = {squashed(word): code for code, words in WORDS.items() for word in (code, *words)}
_CODE_AND_TEXT = re.compile(rf"({'|'.join(WORDS)})(\W{{1,4}})(\S.*)")
_TIMES = re.compile(r"(?i)groupTime\d+|(?:group|question) ?time ?: ?.+")
_ATTRIBUTE = re.compile(r"(?i)attribute_\d+")


class Heading(NamedTuple):
    """What stands above a column: a code, a text, or both; and LimeSurvey's name for it, if its own."""

    code: str
    text: str
    own: str = ""


def read_headings(names: Sequence[str]) -> list[Heading]:
    """Tell the codes and the texts in what stands above the columns."""
    between = next((found[2] for name in names if (found := _code_and_text(name))), "")
    if between:
        return [
            Heading(code, text if gap else code, _own(code))
            for code, gap, text in (name.partition(between) for name in names)
        ]
    by_code = names[:1] == ["id"] or any(name in PARTICULAR for name in names)
    return [Heading(name if by_code else "", "" if by_code else name, _own(name)) for name in names]


def is_limesurvey(headings: Sequence[Heading]) -> bool:
    """Say whether two of LimeSurvey's own columns are there, one of them nobody else's.

    One is enough where its code and its text stand above it together, as in "id. Response ID".
    """
    own = {heading.own for heading in headings} - {""}
    both = any(
        heading.own and heading.code and heading.text not in ("", heading.code) for heading in headings
    )
    return both or (len(own) > 1 and not own.isdisjoint(PARTICULAR))


def about(headings: Mapping[str, Heading]) -> dict[str, tuple[str, str]]:
    """Find the columns that hold no answers.

    Returns
    -------
    role, why : dict of str to tuple of str
        By column.
    """
    codes = {re.split(r"[\[_]", heading.code)[0] for heading in headings.values() if heading.code}
    found = {}
    for name, (code, text, own) in headings.items():
        timed = code.endswith("Time") and code.removesuffix("Time") in codes
        if own in WHO or _ATTRIBUTE.fullmatch(code or text):
            found[name] = (IDENTIFIER, "It tells, or could tell, who answered.")
        elif own or timed or _TIMES.fullmatch(code or text):
            found[name] = (METADATA, "About the form, not about the person.")
    return found


def matched(headings: Mapping[str, Heading], places: Sequence[Place]) -> dict[str, Place]:
    """Find what each column holds: by code where there is one, else by text, in the survey's order.

    Columns that no place fits are left out.
    """
    by_code = {_plain(place.code): place for place in reversed(places)}
    pairs = {name: by_code.get(_plain(heading.code or name)) for name, heading in headings.items()}
    coded = {name: place for name, place in pairs.items() if place}
    if len(coded) > len(headings) / 2 or any(heading.code for heading in headings.values()):
        return coded
    found: dict[str, Place] = {}
    left = list(places)
    at = 0
    for name, heading in headings.items():
        text = squashed(heading.text)
        order = [*range(at, len(left)), *range(at)]
        place = next((place for place in order if fits(text, left[place])), None)
        if place is not None:
            found[name] = left.pop(place)
            at = place
    return found


def _code_and_text(name: str) -> re.Match[str] | None:
    found = _CODE_AND_TEXT.fullmatch(name)
    known = found and (found[1] in PARTICULAR or _KNOWN.get(squashed(found[3])) == found[1])
    return found if known else None


def _own(name: str) -> str:
    return _KNOWN.get(squashed(name), "")


def _plain(code: str) -> str:
    """Write a code in one of its two ways: "Q3[SQ001]" as "Q3_SQ001", and scale 1 of two as scale 0."""
    code = re.sub(r"\]\[(\d)\]$", lambda found: f"]_{int(found[1]) - 1}", code)
    return code.replace("[", "_").replace("]", "")
