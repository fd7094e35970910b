"""What the four charts of the same answers say in words, and the few numbers that are drawn and said."""

from collections.abc import Callable

import pandas as pd

from coprod.figures.questions import Question
from coprod.figures.wording import counted, quoted
from coprod.saying import EXACT

MEANS_NOTE = (
    "A teaching example: the distance from one answer to the next is taken to be the same everywhere."
)
NOBODY = "Nobody answered these questions"
ENDS = {"Highest": max, "lowest": min}


def mean(item: Question) -> float:
    """Number the labels from 1 and take their mean; somebody gave one."""
    steps = range(1, len(item.labels) + 1)
    return sum(step * n for step, n in zip(steps, item.labels["n"], strict=True)) / item.labels["n"].sum()


def answered(items: list[Question]) -> list[Question]:
    """Keep the questions that somebody gave a label to."""
    return [item for item in items if item.labels["n"].sum()]


def everything(item: Question) -> pd.DataFrame:
    """List labels, and whichever other answers somebody gave, with n."""
    others = item.others[item.others["n"] > 0].set_index("answer")
    return pd.concat([item.labels[["n", "role"]], others[["n", "role"]]])


def named(answer: str, role: str) -> str:
    """Name an answer, or why there is none."""
    return answer if role in ("label", "non-answer") else {"blank": "Left blank"}.get(role, role.capitalize())


def means_title(items: list[Question]) -> str:
    """Name the questions with the highest and the lowest mean."""
    there = answered(items)
    if not there:
        return NOBODY
    ends = {word: end(there, key=mean) for word, end in ENDS.items()}
    said = [f"{word} mean: {quoted(item.text)}, {mean(item):.1f}" for word, item in ends.items()]
    return "; ".join(said[: len(there)])


def means_alt(items: list[Question]) -> str:
    """Describe the chart of means."""
    labels = items[0].labels.index
    told = "; ".join(f"{quoted(item.text)} {mean(item):.1f}" for item in answered(items))
    return (
        f"Bar chart of means, {counted(len(items), 'question')}, from 1 ({labels[0]}) to {len(labels)} "
        f"({labels[-1]}). {told or NOBODY}. {MEANS_NOTE}"
    )


def largest(items: list[Question]) -> str:
    """Name the answer that was given most often."""
    there = answered(items)
    if not there:
        return NOBODY
    item = max(there, key=lambda one: one.labels["share"].max())
    answer = item.labels["share"].idxmax()
    return f"Given most often: “{answer}” to {quoted(item.text)}, {item.labels.at[answer, 'said']}"


def share(row: pd.Series) -> str:
    """Say a share."""
    return str(row["said"])


def people(row: pd.Series) -> str:
    """Say a count."""
    about = "" if row["precision"] == EXACT else "about "
    return f"{about}{row['n']:.0f}"


def alt_of(
    kind: str, say: Callable[[pd.Series], str], *, others: bool = False
) -> Callable[[list[Question]], str]:
    """Make the function that describes a chart: every question with every answer that somebody gave."""

    def alt(items: list[Question]) -> str:
        told = []
        for item in items:
            rows = item.labels.reset_index()
            rows = pd.concat([rows, item.others]) if others else rows
            given = [
                f"{named(row['answer'], row['role'])} {say(row)}" for _, row in rows.iterrows() if row["n"]
            ]
            told.append(f"{quoted(item.text)}: {', '.join(given) or 'nobody'}.")
        return f"{kind}, {counted(len(items), 'question')}. {' '.join(told)}"

    return alt
