"""How far coders who read the same rows agree, variable by variable and code by code.

A blank is a reading: the coder found that nothing applies. Where a cell holds several codes, two cells agree
only when they hold the same ones; the table by code looks at each code alone: used or not.
"""

from collections.abc import Hashable

import pandas as pd

from coprod.checks.evidence import SEPARATOR
from coprod.coding.krippendorff import krippendorff
from coprod.coding.readings import read_twice, why_none
from coprod.coding.variables import VARIABLES, titles_of
from coprod.programme import Programme

ENOUGH = 30  # rows; a rule of this workbook
DOMINANT = 0.9  # of all readings; likewise
FEW_ROWS = f"Fewer than {ENOUGH} rows were read twice: other rows could give quite another value."
ONE_DOMINANT = (
    "More than nine in ten readings are the same, so that a few rows decide over the value, "
    "and it can be low although nearly all rows agree."
)
ONE_VALUE = "All readings are the same, so there is nothing to compare with agreement by chance."
NO_INTERVAL = "Too few rows are read differently, or all in one way, to say how far the value could move."
MEASURES = ["units", "agreed", "krippendorff", "low", "high", "why_not", "caution", "behind"]


def agreement(programme: Programme) -> pd.DataFrame:
    """Compute Krippendorff's alpha for each variable.

    Returns
    -------
    DataFrame, one row per variable
        ``variable``; ``units``, rows of evidence with two readings or more, and ``agreed``, those on which
        all readings are the same; ``krippendorff`` (nominal) with the ends of its 95 % interval, ``low`` and
        ``high``, missing where ``why_not`` says why; ``caution`` in words; and ``behind``, the rows of
        evidence. Empty, with a reason, without two readings of any row.
    """
    readings = read_twice(programme)
    rows = [
        {"variable": name, **_measured(readings, readings[column])}
        for column, name in VARIABLES.items()
        if len(readings)
    ]
    return _table(["variable", *MEASURES], rows, programme)


def agreement_by_code(programme: Programme) -> pd.DataFrame:
    """Compute Krippendorff's alpha for each code that a coder used: used or not, row by row.

    Returns
    -------
    DataFrame, one row per code
        ``code`` (its title); ``used``, how often each coder used it, in words; and the measures of
        :func:`agreement`, with ``behind`` the rows for which anybody used it. The codes that were used most
        come first. Empty, with a reason, without two readings of any row.
    """
    readings = read_twice(programme)
    codes = readings["code"].str.split(SEPARATOR, regex=False)
    counted = codes.explode().value_counts()  # ties stay in the order of the rows
    titles = titles_of(programme)["code"]
    rows = []
    for code in counted.index.drop("", errors="ignore"):
        has = codes.map(lambda cell, code=code: code in cell)
        measured = _measured(readings, has)
        behind = tuple(dict.fromkeys(readings["evidence"][has]))
        rows.append(
            {"code": titles[code], "used": _used(readings["coder"], has), **measured, "behind": behind}
        )
    return _table(["code", "used", *MEASURES], rows, programme)


def _table(columns: list[str], rows: list[dict[str, object]], programme: Programme) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=columns)
    table.attrs["reason"] = why_none(programme)
    return table


def _used(coder: pd.Series, has: pd.Series) -> str:
    """Say how often each coder used a code: "A 12, B 9"."""
    return ", ".join(f"{name} {times}" for name, times in has.groupby(coder, sort=False).sum().items())


def _measured(readings: pd.DataFrame, values: pd.Series) -> dict[Hashable, object]:
    """Measure how far the readings of each row agree in one thing."""
    numbers = pd.Series(pd.factorize(values)[0], index=readings.index, dtype=float)
    order = readings.groupby("evidence").cumcount()
    units = numbers.groupby([readings["evidence"], order], sort=False).first().unstack()
    value, low, high = krippendorff(units)
    reason = ONE_VALUE if pd.isna(value) else NO_INTERVAL if pd.isna(low) else ""
    cautions = {
        FEW_ROWS: len(units) < ENOUGH,
        ONE_DOMINANT: values.value_counts(normalize=True).iloc[0] > DOMINANT,
    }
    return {
        "units": len(units),
        "agreed": int((units.nunique(axis=1) == 1).sum()),
        **{"krippendorff": value, "low": low, "high": high, "why_not": reason},
        "caution": " ".join(words for words, holds in cautions.items() if holds),
        "behind": tuple(readings["evidence"].unique()),
    }
