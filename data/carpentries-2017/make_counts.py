"""Count the answers of The Carpentries' long-term survey: one row per item and answer, and the pairs.

Use of the tools before and since the workshop was asked of the same people in one sitting, so the answers
come in pairs. Rows with ``before`` count the people who gave that answer for the time before and ``answer``
for the time since. They stand beside the counts of each question, not in their place.

Run ``python data/carpentries-2017/make_counts.py longterm_October2017.csv`` with the file named in
programme.toml.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

AGREEMENT = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]
USE = ["Not using such tools", "Less than once a year", "Several times a year", "Monthly", "Weekly", "Daily"]
CONFIDENCE = ["Less confident now", "Equally confident now", "More confident now"]
RECOMMENDED = ["Yes", "No", "I don't remember"]
LIKELIHOOD = [str(degree) for degree in range(11)]
ITEMS = {  # item: its column in the file, its scale
    "career": ("Skills-Advance-Career", AGREEMENT),
    "motivated": ("Motivated-Seek-Knowledge", AGREEMENT),
    "reproducible": ("Made-Analyses-Reproducible", AGREEMENT),
    "recognition": ("Received-Professional-Recognition", AGREEMENT),
    "coding": ("Improved Coding Practices", AGREEMENT),
    "productivity": ("Improved-Research-Productivity", AGREEMENT),
    "data_confidence": ("Gained-Confidence-With-Data", AGREEMENT),
    "use_before": ("Programming-Usage-Before-Workshop", USE),
    "use_since": ("Programming-Usage-Since-Workshop", USE),
    "confidence": ("Change-In-Confidence", CONFIDENCE),
    "recommended": ("Recommended", RECOMMENDED),
    "likely_to_recommend": ("Likely-To-Recommend", LIKELIHOOD),
}
SAID = {  # words of the file that our shorter labels replace
    "": "[blank]",
    "I had not been using tools like these": "Not using such tools",
    "I have not been using tools like these": "Not using such tools",
    "Less than once per year": "Less than once a year",
    "Several times per year": "Several times a year",
    "I'm less confident now": "Less confident now",
    "I'm equally confident now": "Equally confident now",
    "I'm more confident now": "More confident now",
}


def read(path: str) -> pd.DataFrame:
    """Answers on our labels, one row per person and one column per item."""
    answers = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    answers = answers[[column for column, _ in ITEMS.values()]].set_axis(list(ITEMS), axis="columns")
    answers = answers.apply(lambda given: given.str.removesuffix(".").replace(SAID))
    for item, (_, labels) in ITEMS.items():
        stray = set(answers[item]) - {*labels, "[blank]"}
        if stray:
            raise ValueError(f"{item}: {sorted(stray)} not on the scale {labels}; is this the right file?")
    return answers


def counts_of_items(answers: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """How many people gave each answer; labels nobody chose are there with 0."""
    for item, (_, labels) in ITEMS.items():
        tally = answers[item].value_counts().reindex([*labels, "[blank]"], fill_value=0)
        yield tally.rename_axis("answer").rename("n").reset_index().assign(item=item, before="")


def counts_of_pairs(answers: pd.DataFrame) -> pd.DataFrame:
    """How many people went from each earlier answer to each later one; empty pairs are there with 0."""
    pairs = answers[["use_before", "use_since"]].value_counts()
    every = pd.MultiIndex.from_product([USE, USE], names=["before", "answer"])
    return pairs.reindex(every, fill_value=0).rename("n").reset_index().assign(item="use_since")


def make_counts(path: str) -> pd.DataFrame:
    """The whole of counts.csv as a table."""
    answers = read(path)
    rows = pd.concat([*counts_of_items(answers), counts_of_pairs(answers)], ignore_index=True)
    empty = dict.fromkeys(["place", "wave", "sector"], "")
    return rows.assign(**empty)[["item", "place", "wave", "sector", "answer", "n", "before"]]


if __name__ == "__main__":
    make_counts(sys.argv[1]).to_csv(Path(__file__).with_name("counts.csv"), index=False, lineterminator="\n")
