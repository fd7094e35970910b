"""How long the tables of a large survey take, and how much memory.

Two invented surveys are made in memory: 66,000 people with 80 questions, about the size of a national user
survey, and 1,000,000 people with 25. Each goes through every table of answers in a process of its own. On
a machine with two cores the first should take less than 5 seconds, the second less than 20, and neither
more than 3 GB. The time is that of the tables, once the packages are loaded; the memory is the most that
the process held at any time, the survey and its making included.

Run it in the workbook: python docs/benchmarks/large_survey.py
"""

import argparse
import datetime as dt
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from statsmodels.stats import proportion  # noqa: F401 - loaded here, so that no table is charged for it

from coprod import codebook, compare, likert, reliability, spread, weighting
from coprod.codebook import Scale
from coprod.opening import TABLES
from coprod.programme import INVITED_COLUMNS, Programme
from coprod.settings import Coding

SURVEYS = ((66_000, 80), (1_000_000, 25))  # people, questions
LABELS = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
AGREEMENT = Scale(
    "agreement", LABELS, ("Don't know",), "positive", LABELS[2], LABELS[3:], "agreed", "disagreed"
)
CELLS = np.array([*LABELS, "Don't know", ""], dtype=object)
PLACES = {"north": "North", "south": "South", "coast": "Coast"}
SECTORS = {"university": "Universities", "council": "Local government", "charity": "Third sector"}


def invented(people: int, questions: int) -> Programme:
    """Make up a programme with so many people and questions, every third question reversed."""
    rng = np.random.default_rng([people, questions])
    names = [f"q{number:02}" for number in range(questions)]
    columns = {
        "person": [f"p{number}" for number in range(people)],
        "place": _picked(rng, list(PLACES), [0.3, 0.3, 0.4], people),
        "wave": "",
        "sector": _picked(rng, [*SECTORS, ""], [0.3, 0.4, 0.25, 0.05], people),
    }
    for name in names:
        columns[name] = _picked(rng, CELLS, rng.dirichlet([2, 4, 5, 8, 4, 1, 1]), people)
    none = pd.DataFrame(columns=["date"], dtype=str)
    told = dict.fromkeys(("title", "about", "source", "licence", "attribution"), "Invented")
    empty = {"waves": {}, "sources": {}, "cases": {}, "reports": (), "named_in_advance": (), "counts": None}
    return Programme(
        name="large",
        kind="synthetic",
        date=dt.date(2026, 1, 1),
        respondents="people",
        smallest_group=5,
        places=PLACES,
        sectors=SECTORS,
        scales={"agreement": AGREEMENT},
        items=_questions(names),
        answers=pd.DataFrame(columns).astype(str),
        invited=pd.DataFrame(columns=list(INVITED_COLUMNS)).astype({"n": int}),
        coding=Coding(),
        **dict.fromkeys((*TABLES, "assumptions", "decisions"), none),
        **told,
        **empty,
    )


def _picked(rng: np.random.Generator, cells: list, chances: list, people: int) -> np.ndarray:
    return np.asarray(cells, dtype=object)[rng.choice(len(cells), people, p=chances)]


def _questions(names: list[str]) -> pd.DataFrame:
    plain = dict.fromkeys(codebook.COLUMNS, "") | {"kind": "scale", "scale": "agreement", "section": "All"}
    rows = [
        plain | {"item": name, "text": f"Question {name}", "reversed": "yes" if number % 3 == 2 else ""}
        for number, name in enumerate(names)
    ]
    return codebook.make_items(pd.DataFrame(rows, columns=list(codebook.COLUMNS)))


def tables(programme: Programme) -> dict[str, Callable[[], pd.DataFrame]]:
    """Name every table of answers, and how to make it."""
    items = likert.items_in(programme)
    return {
        "shares": lambda: likert.shares(programme, items),
        "shares by sector": lambda: likert.shares(programme, items, by="sector"),
        "agreement": lambda: likert.agreement(programme, items),
        "agreement by sector": lambda: likert.agreement(programme, items, by="sector"),
        "sectors, two by two": lambda: compare.groups(programme, items),
        "what divides, with gaps": lambda: spread.split(programme, items),
        "sectors counting the same": lambda: weighting.agreement(programme, items),
        "reliability": lambda: reliability.by_section(programme, items),
    }


def measure(people: int, questions: int) -> None:
    """Make one survey and its tables, and print how long each took and the most memory held."""
    programme = invented(people, questions)
    print(f"{people:,} people, {questions} questions")
    start = time.perf_counter()
    for name, make in tables(programme).items():
        began = time.perf_counter()
        rows = len(make())
        print(f"  {name:<26} {rows:>6,} rows {time.perf_counter() - began:>7.2f} s")
    print(f"  {'all tables':<26} {'':>11} {time.perf_counter() - start:>7.2f} s")
    # kilobytes on Linux, bytes on macOS
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"  {'memory':<26} {'':>11} {most / 1e9:>7.2f} GB", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time the tables of a large survey.")
    parser.add_argument("size", nargs="*", type=int, help="people and questions; both surveys when left out")
    size = parser.parse_args().size
    if size:
        measure(*size)
    else:
        for survey in SURVEYS:
            subprocess.run([sys.executable, __file__, *map(str, survey)], check=True)
