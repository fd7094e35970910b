"""Sentences on open answers: what people wrote about, and whose words stand in the quotes."""

import pandas as pd

from coprod.privacy import Shown, table_of
from coprod.saying import BAND, BANDS, EXACT, joined
from coprod.voices import in_proportion

FEW = 3  # themes that a sentence still names
WORDS = tuple(word for _, word in BANDS)


def heard(shown: Shown) -> list[str]:
    """Say, wave by wave, who is quoted more or less than in proportion to their people, and who is not.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.voices.balance`.
    """
    table = table_of(shown)
    if table.empty:
        return []
    waves = in_proportion(table).groupby("item", sort=False)
    worded = _in_words if shown.precision == BAND else _in_numbers
    return [
        f"{rows['text'].iloc[0]}: {sentence}" if rows["text"].iloc[0] else sentence[:1].upper() + sentence[1:]
        for _, rows in waves
        for sentence in worded(rows)
    ]


def _in_words(rows: pd.DataFrame) -> list[str]:
    parts = [f"{row.said} of {row.base_said} people from {row.group}" for row in rows.itertuples()]
    return [f"quoted at least once are {joined(parts)}."]


def _in_numbers(rows: pd.DataFrame) -> list[str]:
    """Say who stands out; those who are not quoted first."""
    if not rows["quotes"].sum():
        return ["hardly anybody is quoted."]
    silent = rows[rows["heard"] == "not quoted"]
    told = [
        f"nobody is quoted of the {row.base_said} people from {row.group}." for row in silent.itertuples()
    ]
    for way in ("less", "more"):
        if named := [_shares(row) for row in rows[rows["heard"] == way].itertuples()]:
            told.append(f"quoted {way} than in proportion to their people: {'; '.join(named)}.")
    return told or ["each group has about as many quotes as its part of the people."]


def _shares(row: tuple) -> str:
    return f"{row.group}, quotes {row.quotes_said} and people {row.people_said}"


def themes(shown: Shown) -> list[str]:
    """Say, question by question, which theme came up most, and which did not come up at all.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.voices.themes`.
    """
    table = table_of(shown)
    if table.empty:
        return []
    several = table["group"].nunique() > 1
    asked = table[table["base"] > 0].groupby(["item", "group"], sort=False)
    return [
        f"“{rows['text'].iloc[0]}”{', ' + group if several else ''}: {_came_up(rows)}."
        for (_, group), rows in asked
    ]


def _came_up(rows: pd.DataFrame) -> str:
    ranks = rows["said"].map(WORDS.index) if rows["precision"].iloc[0] == BAND else rows["n"]
    top = rows[ranks == ranks.max()]
    of = f", out of about {top['base'].iloc[0]:.0f} people" if rows["precision"].iloc[0] == BAND else ""
    alike = " alike" if len(top) > FEW else ""
    told = f"what came up most is {_named(top)}{alike}, {top['said'].iloc[0]}{of}"
    absent = rows[rows["n"] == 0] if rows["precision"].iloc[0] == EXACT else rows.iloc[:0]
    return told if absent.empty else f"{told}; nobody wrote about {_named(absent)}"


def _named(rows: pd.DataFrame) -> str:
    titles = [f"“{title}”" for title in rows["answer"]]
    return joined(titles) if len(titles) <= FEW else f"{len(titles)} themes"
