"""How long the import of a large survey export takes, and how much memory.

Invented Qualtrics exports of 10,000, 30,000 and 100,000 rows with 80 columns are written to a temporary
folder and imported as ``coprod import`` does it, each in a process of its own: read, personal data set apart,
codebook and scales drafted, people's keys made, everything written and checked. On a machine with two cores
the largest should take less than 20 seconds and 1.5 GB, and time should grow no faster than rows. The time is
that of the import alone, packages included; that of the processor is what it would take with the machine to
itself; the memory is the most that the process held at any time.

Run it in the workbook: python docs/benchmarks/import.py
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

SIZES = (10_000, 30_000, 100_000)
OWN = (
    *("startDate", "endDate", "status", "ipAddress", "progress", "duration", "finished", "recordedDate"),
    *("_recordId", "recipientLastName", "recipientFirstName", "recipientEmail", "externalDataReference"),
    *("locationLatitude", "locationLongitude", "distributionChannel", "userLanguage"),
)
NAMED = {"RecordId": "ResponseId", "ExternalDataReference": "ExternalReference", "IpAddress": "IPAddress"}
AGREEMENT = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree", ""]
PLACES = ["North", "South", "Coast", "Hills"]
OPTIONS = ["Travel", "Meetings at bad times, or too few of them", "Too little time", "Slow payments"]
WORDS = [
    "we",
    "met",
    "often",
    "enough",
    "and",
    "never",
    "with",
    "those",
    "who",
    "live",
    "here",
    "by",
    "the",
    "mill",
]
HEADER = "    rows     file  seconds processor    memory  rows x  time x"
GRID, CHOICES, SEVERAL, NUMBERS, TEXTS = 48, 4, 4, 3, 4  # questions; with Qualtrics' own columns 80


def export(path: Path, rows: int) -> None:
    """Write an invented export."""
    rng = np.random.default_rng(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(_header())
        writer.writerows(_answers(rng, rows))


def _header() -> list[list[str]]:
    names = [f"{key.strip('_')[0].upper()}{key.strip('_')[1:]}" for key in OWN]
    renamed = {
        "RecordId": "ResponseId",
        "ExternalDataReference": "ExternalReference",
        "IpAddress": "IPAddress",
    }
    names = [renamed.get(name, name) for name in names]
    texts, keys = list(names), list(OWN)
    for number in range(GRID):
        names.append(f"Q{number // 8 + 1}_{number % 8 + 1}")
        texts.append(f"How far do you agree? Part {number // 8 + 1} - Statement {number + 1}.")
        keys.append(f"QID{number // 8 + 1}_{number % 8 + 1}")
    rest = ["Where do you live"] * CHOICES + ["What was in the way"] * SEVERAL
    rest += ["How many hours"] * NUMBERS + ["What should change"] * TEXTS
    for number, asked in enumerate(rest, start=GRID // 8 + 1):
        names.append(f"Q{number}")
        texts.append(f"{asked}, in part {number}?")
        keys.append(f"QID{number}{'_TEXT' if asked.startswith(('How', 'What should')) else ''}")
    return [names, texts, [json.dumps({"ImportId": key}) for key in keys]]


def _answers(rng: np.random.Generator, rows: int) -> Iterator[list[str]]:
    grid = np.array(AGREEMENT)[rng.choice(6, (rows, GRID), p=[0.1, 0.15, 0.2, 0.3, 0.2, 0.05])]
    places = np.array(PLACES)[rng.integers(0, 4, (rows, CHOICES))]
    ticks = rng.random((rows, SEVERAL, len(OPTIONS))) < 0.3
    hours = rng.integers(0, 40, (rows, NUMBERS)).astype(str)
    writes = rng.random((rows, TEXTS)) < 0.3
    words = np.array(WORDS)[rng.integers(0, len(WORDS), (rows, TEXTS, 12))]
    for row in range(rows):
        when, who = f"2026-03-{row % 27 + 1:02} 09:12:{row % 60:02}", f"p{row:06}"
        known = [when, when, "IP Address", f"192.0.2.{row % 250}", "100", "300", "True", when, f"R_{who}"]
        known += ["Last", "First", f"{who}@example.org", who, "53.1", "-0.5", "email", "EN"]
        several = [",".join(np.array(OPTIONS)[ticked]) for ticked in ticks[row]]
        texts = [" ".join(words[row, text]) if writes[row, text] else "" for text in range(TEXTS)]
        yield [*known, *grid[row], *places[row], *several, *hours[row], *texts]


def measure(path: Path) -> None:
    """Import one export, and print the seconds it took and the bytes held."""
    began = time.perf_counter()
    from coprod.importing import command

    told = StringIO()
    with redirect_stdout(told):
        code = command.run([path], "large", tool="", keep_text=False)
    taken = time.perf_counter() - began
    if code:
        sys.exit(told.getvalue())
    # kilobytes on Linux, bytes on macOS
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"seconds": taken, "processor": time.process_time(), "bytes": most}))


def main() -> None:
    """Import exports of all sizes, and print a row of the table for each."""
    print(HEADER)
    before: tuple[int, float] | None = None
    for rows in SIZES:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{rows}.csv"
            export(path, rows)
            (Path(folder) / "data").mkdir()
            places = {"COPROD_DATA": f"{folder}/data", "COPROD_KEY_FILE": f"{folder}/key"}
            command = [sys.executable, __file__, "--import", str(path)]
            done = subprocess.run(command, env=os.environ | places, stdout=subprocess.PIPE, check=True)
            size = path.stat().st_size
        found = json.loads(done.stdout)
        growth = f"{rows / before[0]:>7.2f} {found['processor'] / before[1]:>7.2f}" if before else ""
        told = f"{found['seconds']:>8.2f} {found['processor']:>9.2f} {found['bytes'] / 1e9:>6.2f} GB"
        print(f"{rows:>8,} {size / 1e6:>5.0f} MB {told} {growth}", flush=True)
        before = rows, found["processor"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time the import of a large survey export.")
    parser.add_argument("--import", dest="path", type=Path, help=argparse.SUPPRESS)
    path = parser.parse_args().path
    if path:
        measure(path)
    else:
        main()
