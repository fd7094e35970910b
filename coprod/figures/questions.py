"""What a figure of several questions needs to know of each, read from a table of shares."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from coprod.saying import BAND, EXACT, said

HARDLY = ("", "few or none")


@dataclass(frozen=True)
class Question:
    """One item of a table of shares.

    Attributes
    ----------
    text : str
        As it was asked.
    group : str
        Who answered.
    labels : DataFrame, shape (labels, …)
        The table's rows for the labels, indexed by answer, in the scale's order; ``place`` is the side
        on which the figure draws a label.
    others : DataFrame
        The table's rows for blank, not asked and the scale's non-answers.
    """

    text: str
    group: str
    labels: pd.DataFrame
    others: pd.DataFrame

    @property
    def ordered(self) -> bool:
        """Whether the scale has an order, and so sides."""
        return bool((self.labels["side"] != "").any())

    @property
    def reversed(self) -> bool:
        """Whether its favourable answers are drawn where the others have unfavourable ones."""
        return bool((self.labels["side"] != self.labels["place"]).any())

    @property
    def precision(self) -> str:
        """How exact the table is."""
        return str(self.labels["precision"].iloc[0])

    @property
    def base(self) -> float:
        """People who gave a label."""
        return float(self.labels["base"].iloc[0])

    @property
    def base_said(self) -> str:
        """The same in words: "9", "about 35"."""
        return str(self.labels["base_said"].iloc[0])

    @property
    def heading(self) -> str:
        """The question, and a warning where agreeing is not the favourable answer."""
        warning = f" (reversed: “{self.says('favourable')}” is favourable)" if self.reversed else ""
        return f"{self.text}{warning}"

    def on(self, side: str) -> pd.DataFrame:
        """Return the labels of one side."""
        return self._on.get(side, self.labels.iloc[:0])

    @cached_property
    def _on(self) -> dict[str, pd.DataFrame]:
        """Part the labels once: titles and alternative texts ask for a side again and again."""
        return dict(iter(self.labels.groupby("side", sort=False)))

    def says(self, side: str) -> str:
        """Say what people on a side did: "agreed"."""
        return uncapital(str(self.on(side)["collapsed"].iloc[0]))

    def said(self, side: str) -> str:
        """Say how many are on a side; "" where nobody answered.

        From rounded counts in words only: their sum can differ from the sum, rounded, that other parts
        of a report give.
        """
        rows = self.on(side)
        if not self.base or rows.empty:
            return ""
        if self.precision == BAND:
            return str(rows["said"].iloc[0])
        n = min(float(rows["n"].sum()), self.base)
        return said(n, self.base, EXACT if self.precision == EXACT else BAND)

    def without_label(self) -> list[str]:
        """Say how many gave no label, reason by reason: "2 blank"."""
        return [words for words in map(self._reason, self.others.to_dict("records")) if words]

    def _reason(self, row: dict) -> str:
        name = uncapital(row["answer"]) if row["role"] == "non-answer" else row["role"]
        if self.precision == BAND:
            return "" if row["said"] in HARDLY else f"{row['said']} {name}"
        about = "" if self.precision == EXACT else "about "
        return f"{about}{row['n']:.0f} {name}" if row["n"] else ""


def ask(table: pd.DataFrame) -> list[Question]:
    """Read a table of shares, item by item, in the table's order.

    Raises
    ------
    ValueError
        The items have several scales, or the table several groups or precisions.
    """
    one_only(table, "group")
    one_only(table, "precision")
    labels = table[table["role"] == "label"].sort_values("order", kind="stable")
    _one_scale(labels)
    sides = labels.groupby("item", sort=False)["side"].agg(tuple)
    places = Counter(sides[table["item"].unique()]).most_common(1)[0][0]
    return [
        Question(
            text=str(rows["text"].iloc[0]),
            group=str(rows["group"].iloc[0]),
            labels=labels[labels["item"] == item].assign(place=list(places)).set_index("answer"),
            others=rows[rows["role"] != "label"].sort_values("order", kind="stable"),
        )
        for item, rows in table.groupby("item", sort=False)
    ]


def one_only(table: pd.DataFrame, column: str) -> None:
    """Refuse a table that mixes what one figure cannot show together.

    Raises
    ------
    ValueError
        The column holds several values.
    """
    found = list(map(str, table[column].unique()))
    if len(found) > 1:
        raise ValueError(f"One figure draws one {column}, and this table has several: {', '.join(found)}.")


def _one_scale(labels: pd.DataFrame) -> None:
    scales = labels.groupby("item", sort=False)["answer"].agg(tuple).drop_duplicates()
    if len(scales) > 1:
        found = "; ".join(f"{item} has {' / '.join(scale)}" for item, scale in scales.head(2).items())
        raise ValueError(f"One figure draws items of one scale, and this table has several: {found}.")


def uncapital(text: str) -> str:
    """Fit a label into a sentence: "Don't know" to "don't know", while "UK" and "I do not" stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
