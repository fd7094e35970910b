"""A small survey in memory: a programme without files, built from columns of answers or from counts."""

import datetime as dt

import pandas as pd

from coprod import codebook
from coprod.checks import (
    BEARING_COLUMNS,
    CODING_COLUMNS,
    COUNT_COLUMNS,
    EVIDENCE_COLUMNS,
    EXCERPT_COLUMNS,
    LOG_COLUMNS,
    THEME_COLUMNS,
)
from coprod.codebook import PERSON_COLUMNS, Scale
from coprod.programme import INVITED_COLUMNS, Programme
from coprod.settings import Coding

LABELS = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
NON_ANSWERS = ("Don't know", "Not applicable")
AGREEMENT = Scale(
    name="agreement",
    labels=LABELS,
    non_answers=NON_ANSWERS,
    polarity="positive",
    neutral="Neither agree nor disagree",
    favourable=("Agree", "Strongly agree"),
    says="agreed",
    says_not="disagreed",
)
TOPICS = Scale("topics", ("Housing", "Buses", "Floods"), ("None of these",), "none", None, (), "", "")
SCALES = {scale.name: scale for scale in (AGREEMENT, TOPICS)}
PLACES = {"north": "North", "south": "South"}
WAVES = {"start": "Start", "end": "End"}
SECTORS = {"university": "Universities", "council": "Local government", "charity": "Third sector"}

TABLES = {
    "evidence": EVIDENCE_COLUMNS,
    "codings": CODING_COLUMNS,
    "bearings": BEARING_COLUMNS,
    "themes": THEME_COLUMNS,
    "excerpts": EXCERPT_COLUMNS,
    "assumptions": LOG_COLUMNS,
    "decisions": LOG_COLUMNS,
}


def survey(answers=None, *, counts=None, items=None, invited=(), **changes) -> Programme:
    """Build a programme from columns of answers, or from counts.

    Parameters
    ----------
    answers : dict of str to list of str, optional
        A column for each item, and for person, place, wave and sector where they matter; a person is
        otherwise numbered, and the rest is north, start and university.
    counts : iterable of tuple, optional
        Rows of counts.csv up to ``before``, which may be left out.
    items : dict of str to dict, optional
        Columns of codebook.csv that differ from a plain scale item's; every column of `answers`, or
        item of `counts`, that is not named here is a plain item on the agreement scale.
    invited : iterable of tuple
        Place, wave, sector and n.
    **changes
        Other fields of the programme.
    """
    counted = None if counts is None else _counts(counts)
    named = list(counted["item"].unique()) if answers is None else _item_names(answers)
    parts = {
        "items": _items(named, items or {}),
        "answers": None if answers is None else _answers(answers),
        "counts": counted,
        "invited": pd.DataFrame(list(invited), columns=list(INVITED_COLUMNS)).astype(
            {"place": str, "wave": str, "sector": str, "n": int}
        ),
        "coding": Coding(),
        **{name: pd.DataFrame(columns=list(columns), dtype=str) for name, columns in TABLES.items()},
    }
    return Programme(**(_settings() | parts | changes))


def _settings() -> dict:
    told = ("title", "about", "source", "licence", "attribution")
    return {
        "name": "small",
        **{part: f"A small {part}" for part in told},
        "kind": "synthetic",
        "date": dt.date(2026, 3, 31),
        "respondents": "people",
        "places": PLACES,
        "waves": WAVES,
        "sectors": SECTORS,
        "sources": {},
        "smallest_group": 5,
        "named_in_advance": (),
        "reports": (),
        "scales": SCALES,
        "cases": {},
    }


def _item_names(answers: dict) -> list[str]:
    return [column for column in answers if column not in PERSON_COLUMNS]


def _items(names: list[str], differing: dict[str, dict]) -> pd.DataFrame:
    plain = dict.fromkeys(codebook.COLUMNS, "") | {
        "kind": "scale",
        "scale": "agreement",
        "section": "Section",
    }
    rows = [plain | {"item": name, "text": f"Text of {name}"} | differing.get(name, {}) for name in names]
    return codebook.make_items(pd.DataFrame(rows, columns=list(codebook.COLUMNS)).astype(str))


def _answers(columns: dict) -> pd.DataFrame:
    people = len(next(iter(columns.values())))
    usual = {"person": [f"p{number}" for number in range(people)], "place": ["north"] * people}
    usual |= {"wave": ["start"] * people, "sector": ["university"] * people}
    return pd.DataFrame(usual | columns).astype(str)


def _counts(rows) -> pd.DataFrame:
    table = pd.DataFrame([(*row, "")[: len(COUNT_COLUMNS)] for row in rows], columns=list(COUNT_COLUMNS))
    return table.astype({column: int if column == "n" else str for column in COUNT_COLUMNS})
