"""How long a multiverse takes: 20 questions, 120 people, three sectors, in 2, 3 and 14 waves.

Run it in the workbook: python docs/benchmarks/multiverse.py
"""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
from large_survey import invented

from coprod import change, codebook, likert, multiplicity, multiverse
from coprod.programme import Programme

PEOPLE, QUESTIONS = 120, 20


def in_waves(waves: int) -> Programme:
    """Make up a survey that the same 120 people answer in so many waves, with a code each."""
    parts = [invented(PEOPLE, QUESTIONS)]
    answers = parts[0].answers
    rng = np.random.default_rng(waves)
    names = [f"wave{number}" for number in range(waves)]
    items = [column for column in answers if column.startswith("q")]
    every = []
    for name in names:
        moved = answers.assign(wave=name, code=answers["person"].str.zfill(6))
        for item in items:
            other = rng.random(PEOPLE) < 0.4
            moved[item] = np.where(other, rng.permutation(answers[item]), answers[item])
        every.append(moved)
    code = codebook.make_items(
        pd.DataFrame([{**dict.fromkeys(codebook.COLUMNS, ""), "item": "code", "kind": "code"}])
    )
    return replace(
        parts[0],
        answers=pd.concat(every, ignore_index=True),
        excerpts=pd.DataFrame(columns=["person", "wave"], dtype=str),
        waves=dict(zip(names, names, strict=True)),
        items=pd.concat([code, parts[0].items]),
    )


def measure(waves: int) -> None:
    """Print how many combinations there are, and the seconds of the processor that they take."""
    programme = in_waves(waves)
    items = likert.items_in(programme)
    judged = multiplicity.judge(programme, change.compared(programme))
    for kind in ("share", "change"):
        claims = pd.DataFrame({"kind": kind, "item": items, "group_a": "", "group_b": ""})
        start = time.process_time()
        table = multiverse.specifications(programme, claims, *judged)
        multiverse.summarised(table)
        taken = time.process_time() - start
        each = len(table) // table["finding"].nunique()
        print(f"{waves} waves, {kind}: {len(table):,} combinations, {each} a question, {taken:.2f} s")


if __name__ == "__main__":
    likert.intervals([1], [2])  # loads what it needs, so that no table is charged for it
    for waves in (2, 3, 14):
        measure(waves)
