"""Make evidence.csv and bearings.csv: our own rows, and those of Knowledge in action that name a condition.

The same observation stands in both programmes, and this script keeps the two in step: a copied row has "k-"
before its id and belongs to no case here, and otherwise says what it says there.

Run ``python data/regional-conditions/make_evidence.py`` whenever own_evidence.csv, own_bearings.csv or the
evidence and bearings of Knowledge in action have changed.
"""

from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
THERE = HERE.parent / "knowledge-in-action"
PREFIX = "k-"


def read(path: Path) -> pd.DataFrame:
    """Cells as they stand; an empty one is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def copied(name: str) -> pd.DataFrame:
    """Rows of a file of Knowledge in action that are about observations which name a condition."""
    observed, rows = read(THERE / "evidence.csv"), read(THERE / name)
    rows = rows[rows["evidence"].isin(observed["evidence"][observed["condition"] != ""])]
    return rows.assign(evidence=PREFIX + rows["evidence"])


def make_evidence() -> pd.DataFrame:
    """The whole of evidence.csv as a table; there are no cases here."""
    return pd.concat([read(HERE / "own_evidence.csv"), copied("evidence.csv").assign(case="")])


def make_bearings() -> pd.DataFrame:
    """The whole of bearings.csv as a table."""
    return pd.concat([read(HERE / "own_bearings.csv"), copied("bearings.csv")])


if __name__ == "__main__":
    for name, table in {"evidence.csv": make_evidence(), "bearings.csv": make_bearings()}.items():
        table.to_csv(HERE / name, index=False, lineterminator="\n")
