"""Exports made by hand, and a draft held against the checks that a programme's folder has to pass."""

import datetime as dt

import pandas as pd

from coprod.checks.answers import check_answers
from coprod.checks.codebook import check_codebook, check_order
from coprod.codebook import ScaleEntry, make_scale
from coprod.exports import Export
from coprod.exports.export import ITEM, column, described
from coprod.importing.draft import Draft
from coprod.importing.drafting import draft
from coprod.importing.mapping import COLUMNS, OF_ANSWERS, Rule
from coprod.settings import ProgrammeEntry

AGREEMENT = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")


def export(answers, *told, scales=None, file="answers.csv", decided=()):
    """Make an export; columns that are not told of are items with their name as text."""
    table = pd.DataFrame(answers, dtype=str)
    about = {one["column"]: one for one in told}
    columns = described([about.get(name) or column(name, ITEM, name) for name in table])
    return Export("handmade", file, table, columns, scales or {}, decided=decided)


def rules(*rows):
    """Make rules of (wave, question, item) or (wave, question, item, answer, label)."""
    names = (*COLUMNS, *OF_ANSWERS)
    return [Rule(**dict(zip(names, row, strict=False)), row=str(n)) for n, row in enumerate(rows, start=2)]


def drafted(*exports, **more):
    """Draft, with the waves "before" and "after" where there are two; the draft has no problems."""
    waves = ("",) if len(exports) == 1 else ("before", "after", "later")
    made = draft(dict(zip(waves, exports, strict=False)), **more)
    assert problems(made) == []
    return made


def problems(made: Draft):
    """Find what the checks of a programme's folder would find."""
    settings = ProgrammeEntry(
        **dict.fromkeys(("title", "about", "source", "licence", "attribution", "respondents"), "x"),
        kind="synthetic",
        date=dt.date(2026, 1, 1),
        places=dict(made.places),
        waves={wave: wave for wave in made.answers["wave"].unique() if wave},
        sectors=dict(made.sectors),
    )
    scales = {
        name: make_scale(name, ScaleEntry(**{key: told for key, told in entry.items() if key != "guessed"}))
        for name, entry in made.scales.items()
    }
    found = []
    check_codebook(made.codebook, scales, settings, found)
    check_order(made.codebook, scales, found)
    check_answers(made.answers, made.codebook, scales, settings, found)
    return found


def item(made: Draft, key: str):
    """Give an item's row of the codebook."""
    return made.codebook.set_index("item").loc[key]


def scale(made: Draft, key: str):
    """Give the scale of an item."""
    return made.scales[item(made, key)["scale"]]
