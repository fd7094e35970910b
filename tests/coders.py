"""A programme that two people or more coded, in memory."""

import dataclasses

import pandas as pd
from folders import write_programme

import coprod
from coprod.checks import CODING_COLUMNS, EVIDENCE_COLUMNS
from coprod.settings import Coding


def coded(data, first, *others, how="two coders"):
    """Open a small programme with these readings: a dict for each row, None where it was not read.

    The rows are e1, e2 and so on; the coders A, B and C. A reading without a direction is context.
    """
    if not (data / "small").exists():
        write_programme(data)
    evidence = [
        _reading(
            EVIDENCE_COLUMNS, number, "A", {"paraphrase": f"Row {number}.", "source": "diary", **reading}
        )
        for number, reading in enumerate(first, start=1)
    ]
    codings = [
        _reading(CODING_COLUMNS, number, coder, reading)
        for coder, read in zip("BC", others, strict=False)
        for number, reading in enumerate(read, start=1)
        if reading is not None
    ]
    return dataclasses.replace(
        coprod.open("small"),
        evidence=pd.DataFrame(evidence, columns=list(EVIDENCE_COLUMNS), dtype=str),
        codings=pd.DataFrame(codings, columns=list(CODING_COLUMNS), dtype=str),
        coding=Coding(how=how),
    )


def _reading(columns, number, coder, reading):
    blank = dict.fromkeys(columns, "")
    return {**blank, "evidence": f"e{number}", "coder": coder, "direction": "context", **reading}
