"""An empty programme to fill in: every file with its columns, and examples to replace."""

import re
from pathlib import Path

from coprod.checks import EVIDENCE_COLUMNS, LOG_COLUMNS
from coprod.codebook import COLUMNS, PERSON_COLUMNS
from coprod.folders import data_folder
from coprod.names import UnknownName

PROGRAMME = """\
title = "{name}"
about = "A paragraph: who took part, when, and what it was for."
kind = "real"                 # or "synthetic", when the data are invented
source = "Where the data come from"
licence = "Not shared"
attribution = "Who must be credited"
date = 2026-01-31             # the day the data stand for
respondents = "people"        # what one answer stands for, in the plural

[places]                      # key = title
town = "Our town"

[waves]                       # key = title, in the order of time
before = "Before"
after = "After"

[sectors]
university = "Universities"
local_government = "Local government"
third_sector = "Third sector"

[privacy]
smallest_group = 5            # smaller groups are not shown, not even to the team

[[invited]]                   # how many were invited; the response rate rests on it
place = "town"
wave = "before"
n = 20

[[reports]]                   # the reports to build
notebook = "learning_report"
audience = "internal"         # or "public"
each = []                     # or ["place"], ["wave"], ["place", "wave"]
"""
SCALES = """\
[agreement]
labels = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
non_answers = ["Don't know", "Not applicable"]
polarity = "positive"         # later labels are more favourable
neutral = "Neither agree nor disagree"
favourable = ["Agree", "Strongly agree"]
says = "agreed"
says_not = "disagreed"
"""
ITEM = "heard,I felt that my views were heard.,scale,agreement,The workshop,principle:voices,,,"


def make(name: str) -> Path:
    """Make ``data/<name>`` with a survey's files and their columns; respondents go into answers.csv.

    Raises
    ------
    UnknownName
        The name cannot be a folder's.
    FileExistsError
        There is such a folder already; nothing in it is touched.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", name):
        raise UnknownName(f"{name!r} cannot be a programme's name: small letters, digits, - and _ only.")
    folder = data_folder() / name
    if folder.exists():
        raise FileExistsError(f"data/{name} is there already; nothing was changed.")
    folder.mkdir()
    for file, text in _files(name).items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return folder


def _files(name: str) -> dict[str, str]:
    return {
        "programme.toml": PROGRAMME.replace("{name}", name),
        "codebook.csv": f"{','.join(COLUMNS)}\n{ITEM}\n",
        "scales.toml": SCALES,
        "answers.csv": f"{','.join([*PERSON_COLUMNS, 'heard'])}\n",
        "evidence.csv": f"{','.join(EVIDENCE_COLUMNS)}\n",
        "assumptions.csv": f"{','.join(LOG_COLUMNS)}\n",
        "decisions.csv": f"{','.join(LOG_COLUMNS)}\n",
    }
