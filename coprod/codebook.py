"""Items and scales: what was asked, and which answers there are.

The scale comes from here and never from the data, so that a label nobody chose keeps its place.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

BLANK = "[blank]"
NOT_ASKED = "[not asked]"
MULTI_SEPARATOR = " | "

COLUMNS = ("item", "text", "kind", "scale", "section", "framework", "reversed", "waves", "before")
KINDS = ("scale", "choice", "multi", "number", "text", "code", "consent")
SCALED = ("scale", "choice", "multi")
PERSON_COLUMNS = ("person", "place", "wave", "sector")

_MISTAKEN = f"is {BLANK} or {NOT_ASKED}, holds {MULTI_SEPARATOR!r}, or begins or ends with a space"

Label = Annotated[str, Field(min_length=1)]


class ScaleEntry(BaseModel):
    """One table of ``scales.toml`` as a person writes it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    labels: list[Label] = Field(min_length=2, description="At least two labels, lowest first.")
    non_answers: list[Label] = Field(default=[], description='A list such as ["Don\'t know"].')
    polarity: Literal["positive", "negative", "none"] = Field(description='"positive", "negative" or "none".')
    neutral: str | None = Field(default=None, description="One of the labels, or leave it out.")
    favourable: list[Label] = Field(default=[], description="The labels that count as favourable.")
    says: Label = Field(default="gave a favourable answer", description='Such as "agreed".')
    says_not: Label = Field(default="gave an unfavourable answer", description='Such as "disagreed".')

    @model_validator(mode="after")
    def _hangs_together(self) -> "ScaleEntry":
        labels = self.labels + self.non_answers
        for label, times in Counter(labels).items():
            if times > 1:
                raise ValueError(f"The label {label!r} stands there twice.")
            if label in (BLANK, NOT_ASKED) or MULTI_SEPARATOR in label or label != label.strip():
                raise ValueError(f"The label {label!r} cannot be used: it {_MISTAKEN}.")
        if self.neutral is not None and self.neutral not in self.labels:
            raise ValueError(f"The neutral {self.neutral!r} is not one of the labels.")
        if stray := [label for label in self.favourable if label not in self.labels]:
            raise ValueError(f"The favourable {stray[0]!r} is not one of the labels.")
        if self.neutral in self.favourable:
            raise ValueError("The neutral label cannot be favourable as well.")
        if (self.polarity == "none") == bool(self.favourable):
            raise ValueError("A scale with an order needs `favourable`, and one without has none.")
        return self


@dataclass(frozen=True)
class Scale:
    """Ordered labels, and the non-answers that stand beside them.

    Parameters
    ----------
    name : str
    labels : tuple of str
        Lowest first.
    non_answers : tuple of str
        "Don't know" and its like: never missing, and never the middle.
    polarity : {"positive", "negative", "none"}
        Whether later labels are more favourable, earlier ones, or there is no order.
    neutral : str or None
    favourable : tuple of str
        Labels that count as favourable; none on a scale without an order.
    says, says_not : str
        How a sentence says favourable and unfavourable.
    """

    name: str
    labels: tuple[str, ...]
    non_answers: tuple[str, ...]
    polarity: str
    neutral: str | None
    favourable: tuple[str, ...]
    says: str
    says_not: str

    @property
    def answers(self) -> tuple[str, ...]:
        """Everything that may stand in a cell, blank apart."""
        return self.labels + self.non_answers + (NOT_ASKED,)

    def side(self, label: str, *, reversed_item: bool = False) -> str:
        """Say on which side a label stands: favourable, neutral or unfavourable; "" for no order.

        For a reversed item the labels below and above the neutral change sides.
        """
        if self.polarity == "none" or label not in self.labels:
            return ""
        if label == self.neutral:
            return "neutral"
        return "favourable" if (label in self.favourable) != reversed_item else "unfavourable"

    def collapsed(self, label: str) -> str:
        """Name the side a label stands on, for small groups whose scale is collapsed to its sides."""
        if label not in self.labels or label == self.neutral or not self.favourable:
            return label
        words = self.says if label in self.favourable else self.says_not
        return words[:1].upper() + words[1:]

    def role(self, answer: str) -> str:
        """Say what an answer is: a label, a non-answer, blank or not asked."""
        if answer in self.labels:
            return "label"
        return {BLANK: "blank", NOT_ASKED: "not asked"}.get(answer, "non-answer")

    def order(self, answer: str) -> int:
        """Return an answer's place: labels first, then non-answers, blank, not asked."""
        return (self.labels + self.non_answers + (BLANK, NOT_ASKED)).index(answer)


def make_scale(name: str, entry: ScaleEntry) -> Scale:
    """Turn a checked table of ``scales.toml`` into a scale."""
    return Scale(
        name=name,
        labels=tuple(entry.labels),
        non_answers=tuple(entry.non_answers),
        polarity=entry.polarity,
        neutral=entry.neutral,
        favourable=tuple(entry.favourable),
        says=entry.says,
        says_not=entry.says_not,
    )


def make_items(codebook: pd.DataFrame) -> pd.DataFrame:
    """Turn a checked ``codebook.csv`` into items.

    Parameters
    ----------
    codebook : DataFrame, shape (items, 9)
        All text, as in the file.

    Returns
    -------
    DataFrame, shape (items, 8)
        Indexed by item; ``reversed`` is bool and ``waves`` a tuple, empty for every wave.
    """
    return codebook.set_index("item").assign(
        reversed=lambda items: items["reversed"] == "yes",
        waves=lambda items: [tuple(waves.split()) for waves in items["waves"]],
    )


def no_items() -> pd.DataFrame:
    """Return the items of a programme without a survey: none."""
    return make_items(pd.DataFrame(columns=list(COLUMNS), dtype=str))
