"""Qualtrics: three header rows, the third of which no language changes."""

import json
from pathlib import Path

from shapes_coded import OPEN
from shapes_survey import MULTI, Question, Survey, Written, as_csv, person, plain, put, ticked, when

OWN = (
    *("startDate", "endDate", "status", "ipAddress", "progress", "duration", "finished", "recordedDate"),
    *("_recordId", "recipientLastName", "recipientFirstName", "recipientEmail", "externalDataReference"),
    *("locationLatitude", "locationLongitude", "distributionChannel", "userLanguage"),
)
NAMED = {"ipAddress": "IPAddress", "duration": "Duration (in seconds)", "_recordId": "ResponseId"}
NAMED |= {"externalDataReference": "ExternalReference"}
ZONE = {"timeZone": "Europe/London"}
Column = tuple[str, str, dict[str, str], list[str]]  # name, text, identifier and cells


def qualtrics_csv(survey: Survey, folder: Path) -> Written:
    """Write several options into one cell, and a preview above the answers."""
    text = as_csv(_rows(survey, split=False), end="\n")
    return Written(put(folder, "Riverside_March 31, 2026_09.12.csv", text))


def qualtrics_tsv(survey: Survey, folder: Path) -> Written:
    """Write UTF-16 with tabs, and a column for each option."""
    text = as_csv(_rows(survey, split=True), separator="\t", end="\n")
    return Written(put(folder, "Riverside_March 31, 2026_09.12.tsv", "\ufeff" + text, "utf-16-le"))


def _rows(survey: Survey, *, split: bool) -> list[list[str]]:
    columns = [
        (
            NAMED.get(key, key[0].upper() + key[1:]),
            key,
            {"ImportId": key} | (ZONE if key.endswith("Date") else {}),
        )
        for key in OWN
    ]
    asked = [
        column
        for number, block in enumerate(survey.blocks(), start=1)
        for place, one in enumerate(block, start=1)
        for column in (_options if split and one.kind == MULTI else _one)(one, number, place, survey)
    ]
    names, texts, keys = zip(*columns, *(column[:3] for column in asked), strict=True)
    shown = [json.dumps(key, separators=(",", ":")) for key in keys]
    answers = list(zip(*(column[3] for column in asked), strict=True))
    people = [[*_person(row, "IP Address"), *cells] for row, cells in enumerate(answers)]
    preview = [*_person(len(answers), "Survey Preview"), *answers[0]]
    return [list(names), list(texts), shown, preview, *people]


def _one(one: Question, number: int, place: int, survey: Survey) -> list[Column]:
    name, text = (f"Q{number}_{place}", f"{one.stem} - {one.text}") if one.stem else (f"Q{number}", one.text)
    end = f"_{place}" if one.stem else "_TEXT" if one.kind in OPEN else ""
    cells = [row[one.name] for row in survey.rows]
    joined = [",".join(ticked(cell)) if one.kind == MULTI else plain(cell) for cell in cells]
    return [(name, text, {"ImportId": f"QID{number}{end}"}, joined)]


def _options(one: Question, number: int, place: int, survey: Survey) -> list[Column]:
    return [
        (
            f"Q{number}_{choice}",
            f"{one.text} - {label}",
            {"ImportId": f"QID{number}", "choiceId": str(choice)},
            [label if label in ticked(row[one.name]) else "" for row in survey.rows],
        )
        for choice, label in enumerate(one.labels, start=1)
    ]


def _person(number: int, status: str) -> list[str]:
    who, moment = person(number), when(number)
    about = [moment, moment, status, who.ip, "100", "95", "True", moment, who.response]
    named = [who.last, who.first, who.email, f"ref-{who.response}"]
    return [*about, *named, who.latitude, f"-0.54{number:04d}", "email", "EN"]
