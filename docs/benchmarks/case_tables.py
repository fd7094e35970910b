"""How long the tables of many cases and much evidence take.

A programme is invented in memory: 40 cases, each with a team, causes, iterations and outcomes, and 2,000
coded observations, some with several codes. Every table of :mod:`coprod.cases` is made from it, one after
the other. On a machine with two cores all of them together should take less than 2 seconds. The time is that
of the tables, once the packages are loaded.

Run it in the workbook: python docs/benchmarks/case_tables.py
"""

import argparse
import datetime as dt
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

import numpy as np
import pandas as pd

from coprod import cases, codebook, framework
from coprod.cases.outcomes import KINDS
from coprod.cases.team import LAYERS
from coprod.checks import BEARING_COLUMNS
from coprod.programme import INVITED_COLUMNS, Programme
from coprod.settings import CaseEntry, Coding

SECTORS = {
    "university": "Universities",
    "local_government": "Local government",
    "third_sector": "Third sector",
}
CODED = ("factors", "insights", "recommendations", "contributions")
STATUSES = ("planned", "reached", "partly", "not", "unexpected")


def invented(how_many: int, observations: int) -> Programme:
    """Make up a programme with so many cases and observations."""
    rng = np.random.default_rng([how_many, observations])
    keys = [f"case{number}" for number in range(how_many)]
    evidence = _evidence(rng, keys, observations)
    refs = (f"c{number:03}" for number in count(1))
    told = {key: _case(rng, key, evidence.loc[evidence["case"] == key, "evidence"]) for key in keys}
    none = pd.DataFrame(columns=["date"], dtype=str)
    return Programme(
        name="many",
        kind="synthetic",
        date=dt.date(2026, 1, 1),
        respondents="people",
        smallest_group=5,
        sectors=SECTORS,
        sources={f"s{number}": f"Somebody (20{number:02}) A report. A publisher." for number in range(10)},
        cases={key: _numbered(case, refs) for key, case in told.items()},
        evidence=evidence,
        bearings=_bearings(rng, evidence),
        coding=Coding(),
        items=codebook.no_items(),
        invited=pd.DataFrame(columns=list(INVITED_COLUMNS)).astype({"n": int}),
        **dict.fromkeys(("codings", "themes", "excerpts", "assumptions", "decisions"), none),
        **dict.fromkeys(("title", "about", "source", "licence", "attribution"), "Invented"),
        **{part: {} for part in ("places", "waves", "scales")},
        **dict.fromkeys(("reports", "named_in_advance"), ()),
        answers=None,
        counts=None,
    )


def _evidence(rng: np.random.Generator, keys: list[str], observations: int) -> pd.DataFrame:
    held = {
        kind: [*framework.read(kind).index, ""]
        for kind in ("conditions", "principles", "stages", "knowledge")
    }
    codes = [key for kind in CODED for key in framework.read(kind).index]
    several = [
        " | ".join(rng.choice(codes, number, replace=False)) for number in rng.integers(0, 4, observations)
    ]
    columns = {
        "evidence": [f"e{number:04}" for number in range(observations)],
        "case": rng.choice([*keys, ""], observations),
        "sector": rng.choice([*SECTORS, ""], observations),
        "stage": rng.choice(held["stages"], observations),
        "direction": rng.choice(list(framework.read("directions").index), observations),
        "code": several,
        "knowledge": rng.choice(held["knowledge"], observations),
        "condition": rng.choice(held["conditions"], observations),
        "principle": rng.choice(held["principles"], observations),
        "paraphrase": [f"Observation {number} was made." for number in range(observations)],
        "source": [f"s{number}" for number in rng.integers(0, 10, observations)],
        "section": [f"Section {number}" for number in rng.integers(0, 30, observations)],
        "coder": "A",
    }
    return pd.DataFrame(columns).astype(str)


def _case(rng: np.random.Generator, key: str, observed: pd.Series) -> dict[str, Any]:
    def named() -> list[str]:
        return list(rng.choice(observed, min(5, len(observed)), replace=False))

    members = [f"Organisation {number} of {key}" for number in range(8)]
    return {
        "title": f"The {key}",
        "issue": "An issue",
        "problem": "A problem.",
        "summary": "What was done.",
        "source": "s1",
        "section": "Section 1",
        "takeaways": ["One.", "Two.", "Three."],
        "team": [
            {"organisation": name, "sector": str(rng.choice(list(SECTORS))), "layers": list(LAYERS)}
            for name in members
        ],
        "changes": [
            {"who": name, "sector": "university", "what": "joined", "evidence": named()}
            for name in members[:3]
        ],
        "ties": [
            {"between": [one, other], "before": "no", "after": "yes", "evidence": named()}
            for one in members
            for other in members
            if one < other
        ],
        "timeline": [{"step": f"Step {number}", "planned_start": dt.date(2025, 1, 1)} for number in range(6)],
        "reach": [{"what": "people", "n": 100}],
        "causes": [
            {"key": f"k{number}", "cause": f"Cause {number}", "kind": "root", "evidence": named()}
            | ({"of": f"k{number // 3}"} if number > 2 else {})
            for number in range(30)
        ],
        "iterations": [{"planned": "A round.", "evidence": named()} for _ in range(4)],
        "outcomes": [
            {
                "outcome": f"Outcome {number}",
                "kind": str(rng.choice(KINDS)),
                "status": str(rng.choice(STATUSES)),
                "evidence": named(),
            }
            for number in range(10)
        ],
    }


def _numbered(case: dict[str, Any], refs: Iterator[str]) -> dict[str, Any]:
    """Number a case and its entries, as opening a folder does."""
    whole = CaseEntry(**case).model_dump()
    return {"ref": next(refs)} | {
        part: [{"ref": next(refs), **entry} if isinstance(entry, dict) else entry for entry in told]
        if isinstance(told, list)
        else told
        for part, told in whole.items()
    }


def _bearings(rng: np.random.Generator, evidence: pd.DataFrame) -> pd.DataFrame:
    columns = {
        "evidence": evidence["evidence"],
        "recommendation": rng.choice(framework.read("recommendations").index, len(evidence)),
        "bearing": rng.choice(["for", "against"], len(evidence)),
        "note": "",
    }
    return pd.DataFrame(columns, columns=list(BEARING_COLUMNS)).astype(str)


def tables(programme: Programme) -> dict[str, Callable[[], pd.DataFrame]]:
    """Name every table of cases and evidence, and how to make it."""
    named = {
        "overview": cases.overview,
        "team": cases.team,
        "layers": cases.layers,
        "changes": cases.changes,
        "ties": cases.ties,
        "timeline": cases.timeline,
        "iterations": cases.iterations,
        "takeaways": cases.takeaways,
        "causes": cases.causes,
        "outcomes": cases.outcomes,
        "outcome counts": cases.outcome_counts,
        "roles": cases.roles,
        "expected without evidence": cases.expected_without_evidence,
        "enablers and barriers": cases.enablers_and_barriers,
        "factors by case": lambda of: cases.factors_by(of, "case"),
        "factors by sector": lambda of: cases.factors_by(of, "sector"),
        "conditions": cases.conditions,
        "evidence map": cases.evidence_map,
        "matrix": cases.matrix,
        "fits": cases.fits,
        "contradictions": cases.contradictions,
        "combinations": cases.combinations,
        "recommendations": cases.recommendations,
        "rows": cases.rows,
        "entries": cases.entries,
    }
    return {name: partial(make, programme) for name, make in named.items()}


def measure(how_many: int, observations: int) -> None:
    """Make one programme and its tables, and print how long each took."""
    programme = invented(how_many, observations)
    print(f"{how_many:,} cases, {observations:,} rows of evidence")
    start = time.perf_counter()
    for name, make in tables(programme).items():
        began = time.perf_counter()
        rows = len(make())
        print(f"  {name:<26} {rows:>6,} rows {time.perf_counter() - began:>7.3f} s")
    began = time.perf_counter()
    cases.chance(how_many, len(framework.read("conditions")))
    print(f"  {'chance':<26} {'':>11} {time.perf_counter() - began:>7.3f} s")
    print(f"  {'all of them':<26} {'':>11} {time.perf_counter() - start:>7.3f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time the tables of many cases and much evidence.")
    parser.add_argument("size", nargs="*", type=int, default=[40, 2_000], help="cases and rows of evidence")
    measure(*parser.parse_args().size)
