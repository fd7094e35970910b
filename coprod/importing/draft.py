"""What an import makes of survey exports, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Draft:
    """A programme's survey, drafted from one export for each wave.

    Attributes
    ----------
    codebook : DataFrame, shape (items, 9)
        The columns of ``codebook.csv``, all text.
    scales : mapping of str to dict
        By name: ``labels`` (lowest first), ``non_answers``, ``polarity`` and ``guessed`` (True where the
        order comes from a known set of labels and not from the tool); where the labels have an order also
        ``favourable``, ``says``, ``says_not``, and ``neutral`` where there is one.
    answers : DataFrame, shape (responses, 4 + items)
        ``person``, ``place``, ``wave``, ``sector`` and the items. Its rows are those of the exports, wave by
        wave, each export's in their order. ``person`` is only the row ("before-r00001"), different in every
        wave: who is who is found from the exports' identifiers, which are not in here. "" where blank,
        "[not asked]" where a wave did not ask.
    decisions : list of str
        What was taken for granted and what looks odd, a sentence or two each: what the readers said first.
    left_out : DataFrame
        ``file``, ``column`` and ``why``: columns of which nothing is in the answers.
    places, sectors : mapping of str to str
        Key to title, from the columns named for them; empty where none was.
    """

    codebook: pd.DataFrame
    scales: Mapping[str, dict[str, Any]]
    answers: pd.DataFrame
    decisions: list[str]
    left_out: pd.DataFrame
    places: Mapping[str, str]
    sectors: Mapping[str, str]
