"""Open answers that a person sorted by theme, with whoever wrote them and whether we may quote.

Consent counts for the wave in which it was given: the question was about what stands on that form.
"""

import unicodedata

import numpy as np
import pandas as pd

from coprod.codebook import NOT_ASKED, Scale
from coprod.programme import Programme
from coprod.tally import NO_QUESTION

NO_ANSWERS = "This programme has no answers in people's own words."
NOT_SORTED = "No open answers have been sorted by theme yet."
NO_WORDS = "None of the answers sorted by theme says anything in words."
SAYS_NOTHING = frozenset(
    {"none", "na", "nothing", "no", "nil", "not applicable", "dim", "dim byd", "amherthnasol"}
)
CELL = ["person", "wave", "item"]  # names one answer
PERSON = ["person", "place", "wave", "sector", "consent"]


def sorted_answers(programme: Programme) -> pd.DataFrame:
    """Give the answers named in ``excerpts.csv`` that say something.

    Returns
    -------
    DataFrame
        One row per answer and theme: the columns of ``excerpts.csv``, with ``looked_at`` "" where it has
        none, ``place``, ``sector``, ``words`` as written, and ``consent`` (bool). Without any,
        ``attrs["reason"]`` says why.
    """
    texts = list(programme.items.index[programme.items["kind"] == "text"])
    if programme.answers is None or not texts:
        return _none(NO_ANSWERS)
    if programme.excerpts.empty:
        return _none(NOT_SORTED)
    people = programme.answers.assign(consent=consent(programme))
    written = people.melt(PERSON, texts, "item", "words")
    said = programme.excerpts.merge(written[written["words"].map(_says_something)], on=CELL)
    if said.empty:
        return _none(NO_WORDS)
    return said if "looked_at" in said else said.assign(looked_at="")


def consent(programme: Programme) -> np.ndarray:
    """Say, for each row of the answers, whether we may quote: a yes to every question of consent.

    A blank is no yes, and without a question of consent nobody has agreed.
    """
    questions = programme.items.loc[programme.items["kind"] == "consent", "scale"]
    given = [
        programme.answers[item].str.strip().str.casefold().isin(_yes(programme.scales.get(scale)))
        for item, scale in questions.items()
    ]
    return np.logical_and.reduce(given) if given else np.zeros(len(programme.answers), dtype=bool)


def _yes(scale: Scale | None) -> list[str]:
    """List the answers that agree: the favourable ones of a scale with an order, otherwise "Yes"."""
    labels = scale.favourable if scale is not None and scale.favourable else ("Yes",)
    return [label.casefold() for label in labels]


def answered(programme: Programme) -> pd.DataFrame:
    """Give the answers' rows of the people who answered anything."""
    questions = programme.items.index[~programme.items["kind"].isin(NO_QUESTION)]
    return programme.answers[(~programme.answers[questions].isin(["", NOT_ASKED])).any(axis=1)]


def _says_something(words: str) -> bool:
    """Tell an answer from a blank and from "None" or "N/A"; a sign such as a heart is an answer."""
    if words == NOT_ASKED:
        return False
    bare = "".join(letter for letter in words.casefold() if letter.isalnum() or letter == " ").strip()
    signs = any(unicodedata.category(letter) == "So" for letter in words)
    return signs or (bool(bare) and bare not in SAYS_NOTHING)


def _none(reason: str) -> pd.DataFrame:
    none = pd.DataFrame()
    none.attrs["reason"] = reason
    return none
