"""Small programmes of cases and coded observations, in memory, and random ones for properties."""

from itertools import count

import pandas as pd
from hypothesis import strategies as st
from survey import SECTORS, survey

from coprod import framework
from coprod.cases.outcomes import KINDS
from coprod.cases.team import LAYERS
from coprod.checks import BEARING_COLUMNS, CODING_COLUMNS, EVIDENCE_COLUMNS, EXCERPT_COLUMNS, THEME_COLUMNS
from coprod.opening import ENTRIES
from coprod.settings import CaseEntry, Coding

BARE = {
    "title": "Bare",
    "issue": "Nothing yet",
    "problem": "Not said.",
    "summary": "Not said.",
    "source": "diary",
    "section": "All of it",
}
SOURCES = {"diary": "Writer, A. (2024) A diary. A publisher.", "minutes": "Minutes of the team"}
STATUSES = ("planned", "reached", "partly", "not", "unexpected")


def small_programme(cases=None, evidence=(), bearings=(), **changes):
    """Build a programme.

    Parameters
    ----------
    cases : dict of str to dict, optional
        What each case tells; the rest is as in BARE. Its title is its key, capitalised.
    evidence : iterable of dict
        What each row says; ids are e1, e2 and so on, and the place is May in the diary.
    bearings : iterable of tuple
        Evidence, recommendation and bearing.
    **changes
        Other fields of the programme.
    """
    refs = (f"c{number:03}" for number in count(1))
    usual = {"source": "diary", "section": "May", "paraphrase": "It was seen.", "coder": "A"}
    usual |= {"direction": "context"}
    rows = [
        dict.fromkeys(EVIDENCE_COLUMNS, "") | usual | {"evidence": f"e{number}"} | row
        for number, row in enumerate(evidence, start=1)
    ]
    none = {"codings": CODING_COLUMNS, "themes": THEME_COLUMNS, "excerpts": EXCERPT_COLUMNS}
    fields = {
        "cases": {key: _numbered(key, told, refs) for key, told in (cases or {}).items()},
        "evidence": pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS)).astype(str),
        "bearings": pd.DataFrame([(*row, "") for row in bearings], columns=list(BEARING_COLUMNS)).astype(str),
        "coding": Coding(),
        "sources": SOURCES,
        **{name: pd.DataFrame(columns=list(columns), dtype=str) for name, columns in none.items()},
    }
    return survey({"heard": []}, **(fields | changes))


def _numbered(key, told, refs):
    case = CaseEntry(**(BARE | {"title": key.capitalize()} | told)).model_dump()
    case = {"ref": next(refs), **case}
    return case | {part: [{"ref": next(refs), **entry} for entry in case[part]] for part in ENTRIES}


def member(organisation, sector="university", layers=("design",)):
    return {"organisation": organisation, "sector": sector, "layers": list(layers)}


def outcome(kind="learning", status="reached", **told):
    return {"outcome": "Something", "kind": kind, "status": status, **told}


def spoke(direction, condition="", case="", **told):
    """Give a row of evidence on a condition."""
    return {"direction": direction, "condition": condition, "case": case, **told}


def _keys(kind):
    return st.sampled_from(["", *framework.read(kind).index])


def _codes():
    keys = [
        key
        for kind in ("factors", "insights", "recommendations", "contributions")
        for key in framework.read(kind).index[:4]
    ]
    return st.lists(st.sampled_from(keys), max_size=3).map(" | ".join)


@st.composite
def programmes(draw):
    """Draw a programme of up to four cases and twelve observations."""
    keys = [f"case {letter}" for letter in "abcd"[: draw(st.integers(0, 4))]]
    row = st.fixed_dictionaries(
        {
            "case": st.sampled_from(["", *keys]),
            "sector": st.sampled_from(["", *SECTORS]),
            "stage": _keys("stages"),
            "direction": st.sampled_from(list(framework.read("directions").index)),
            "code": _codes(),
            "condition": _keys("conditions"),
            "principle": _keys("principles"),
            "source": st.sampled_from(list(SOURCES)),
            "section": st.sampled_from(["May", "June"]),
        }
    )
    evidence = draw(st.lists(row, max_size=12))
    ids = [f"e{number}" for number in range(1, len(evidence) + 1)]
    named = st.lists(st.sampled_from(ids), max_size=3) if ids else st.just([])
    outcomes = st.lists(
        st.builds(outcome, st.sampled_from(KINDS), st.sampled_from(STATUSES), evidence=named), max_size=5
    )
    layers = st.lists(st.sampled_from(LAYERS), unique=True)
    team = st.lists(
        st.builds(member, st.sampled_from(["One", "Two", "Three"]), st.sampled_from(list(SECTORS)), layers),
        max_size=4,
    )
    told = {key: {"outcomes": draw(outcomes), "team": draw(team), "takeaways": ["Ask."]} for key in keys}
    bearing = st.tuples(st.sampled_from(ids or [""]), _recommendation(), st.sampled_from(["for", "against"]))
    bearings = draw(st.lists(bearing, max_size=5, unique=True)) if ids else []
    return small_programme(told, evidence, bearings)


def _recommendation():
    return st.sampled_from(list(framework.read("recommendations").index[:3]))
