"""A made-up programme of many places, grown from the demo's people: for benchmarks and for nothing else."""

import shutil
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "data" / "demo"
NAME = "fifty"
PEOPLE = 20
TOML = """title = "Fifty labs (invented)"
about = "People of the demo, drawn again for many places."
kind = "synthetic"
source = "Invented"
licence = "CC0"
attribution = "Nobody"
date = 2026-03-31
{places}
[waves]
start = "Start"
middle = "Middle"
end = "End"
[sectors]
university = "Universities"
local_government = "Local government"
third_sector = "Third sector"
{reports}"""
REPORTS = """
[[reports]]
notebook = "{notebook}"
audience = "{audience}"
each = {each}
"""


def make_workbook(folder: Path, places: int = 50, reports: tuple[tuple[str, str, str], ...] = ()) -> Path:
    """Make a workbook that holds the notebooks and one programme.

    Parameters
    ----------
    folder : Path
        Made by this function.
    places : int
    reports : tuple of (notebook, audience, each)
        As in ``programme.toml``.

    Returns
    -------
    Path
        `folder`.
    """
    data = folder / "data" / NAME
    data.mkdir(parents=True)
    (folder / "data" / "framework").symlink_to(ROOT / "data" / "framework", target_is_directory=True)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns("teaching"))
    for file in ("LICENSE", "LICENSE-DATA", "requirements.lock"):
        shutil.copy(ROOT / file, folder)
    for file in ("codebook.csv", "scales.toml"):
        shutil.copy(DEMO / file, data)
    keys = [f"place{number:03}" for number in range(places)]
    named = "\n".join(["[places]", *(f'{key} = "Place {key[5:]}"' for key in keys)])
    told = "".join(REPORTS.format(notebook=name, audience=whom, each=each) for name, whom, each in reports)
    (data / "programme.toml").write_text(TOML.format(places=named, reports=told), encoding="utf-8")
    answers(keys).to_csv(data / "answers.csv", index=False)
    return folder


def answers(keys: list[str]) -> pd.DataFrame:
    """Draw people of the demo for each place, with all that they answered in every wave."""
    demo = pd.read_csv(DEMO / "answers.csv", dtype=str, keep_default_na=False)
    rng = np.random.default_rng(20)
    people = list(demo.groupby("code", sort=False).indices.items())
    drawn = []
    for place, key in enumerate(keys):
        for number in rng.integers(0, len(people), PEOPLE):
            rows = demo.iloc[people[number][1]].drop_duplicates("wave")
            code = sha256(f"{place} {len(drawn)}".encode()).hexdigest()[:8]  # no two are a letter apart
            drawn.append(rows.assign(place=key, code=code))
    told = pd.concat(drawn, ignore_index=True)
    return told.assign(person=[f"r{row:06}" for row in range(len(told))])
