"""Titles and alternative texts of moves between two answers, and of gaps between two groups.

They say what was seen and how sure it is; none says why.
"""

import pandas as pd

from coprod.figures.questions import uncapital
from coprod.figures.wording import counted, quoted
from coprod.saying import BAND, EXACT, joined

UP, SAME, DOWN = "favourable", "neutral", "unfavourable"
FOUND, NOT_FOUND = "told apart from chance", "not told apart from chance"
ALIKE = 2  # pairs of answers that a title names where several are as common


def flow_title(rows: pd.DataFrame) -> str:
    """Say how many moved each way; from rounded counts, which pair of answers was the most common."""
    asked = quoted(rows["text"].iloc[0])
    if rows["precision"].iloc[0] == EXACT:
        up, down = (moved(rows, side) for side in (UP, DOWN))
        return f"{up} of {rows['base'].iloc[0]:.0f} moved up, {down} down: {asked}"
    if rows["precision"].iloc[0] == BAND:
        said = rows.set_index("side")["said"]
        title = f"{said[UP]} improved, {said[DOWN]} got worse: {asked}"
        return title[:1].upper() + title[1:]
    return f"{_most_common(rows)}: {asked}"


def moved(rows: pd.DataFrame, side: str) -> str:
    """Count the people on one side of the diagonal, from exact counts.

    Rounded counts are not added up: many small ones can come to far more, or far fewer, people.
    """
    return f"{rows.loc[rows['side'] == side, 'n'].sum():.0f}"


def _most_common(rows: pd.DataFrame) -> str:
    of = f"of {rows['base_said'].iloc[0]} people"
    most = rows[rows["n"] == rows["n"].max()]
    if not most["n"].iloc[0]:
        return f"No two answers were given by more than a few {of}"
    named = [_pair(row) for row in most.head(ALIKE).itertuples()]
    more = [f"{len(most) - ALIKE} more"] if len(most) > ALIKE else []
    each = " each" if len(most) > 1 else ""
    return f"Most common, {joined([*named, *more])}, about {most['n'].iloc[0]:.0f} {of}{each}"


def _pair(row: tuple) -> str:
    return f"{row.before} both times" if row.side == SAME else f"from {row.before} to {row.after}"


def flow_alt(rows: pd.DataFrame) -> str:
    """Say every pair of answers that somebody gave, after the three sides where these are exact."""
    exact = rows["precision"].iloc[0] == EXACT
    sides = {"moved up": UP, "stayed the same": SAME, "moved down": DOWN} if exact else {}
    whole = ", ".join(f"{words} {moved(rows, side)}" for words, side in sides.items())
    about = "" if exact else "about "
    pairs = [f"{_pair(row)} {about}{row.n:.0f}" for row in rows.itertuples() if row.n]
    given = "; ".join(pairs) or "every count rounds to 0"
    of = f"{quoted(rows['text'].iloc[0])}, {rows['base_said'].iloc[0]} people"
    return (
        f"Grid of answers before and after, {of}{': ' + whole if whole else ''}. "
        f"{given[:1].upper()}{given[1:]}."
    )


def gaps_title(table: pd.DataFrame) -> str:
    """Say on how many questions a gap was told apart from chance."""
    asked = counted(table["item"].nunique(), "question")
    count = table.loc[table["found"].astype(bool), "item"].nunique()
    if not count:
        return f"On none of {asked} was a gap between groups {FOUND}"
    return f"On {count} of {asked} a gap between groups was {FOUND}"


def gaps_alt(table: pd.DataFrame) -> str:
    """Describe every question's gap."""
    banded = table["precision"].iloc[0] == BAND
    kind = "List of gaps in words" if banded else "Dots from -1 to 1, Cliff's delta with 95% intervals"
    spoken = " ".join(f"{quoted(row.text)}: {_gap(row)}." for row in table.itertuples())
    return f"{kind}, {counted(len(table), 'gap')} between groups. {spoken}"


def _gap(row: tuple) -> str:
    if row.why_not:
        return uncapital(row.why_not.removesuffix("."))
    if row.precision == BAND:
        return in_words(row)
    places = 2 if row.precision == EXACT else 1
    # adding 0 makes -0.0 a plain 0
    delta, low, high = (f"{round(end, places) + 0:.{places}f}" for end in (row.delta, row.low, row.high))
    numbers = f"delta {delta}, interval {low} to {high}"
    return f"{pair(row)}; {people(row)}, {numbers}, {FOUND if row.found else NOT_FOUND}"


def pair(row: tuple) -> str:
    """Name two groups: "Third sector above Universities"."""
    way = "level with" if row.delta == 0 else "above" if row.delta > 0 else "below"
    return f"{row.group_a} {way} {row.group_b}"


def in_words(row: tuple) -> str:
    """Say a gap without its number; the first group is the more favourable one."""
    said = f"more favourable among {row.group_a} than {row.group_b}"
    return f"{said if row.found else f'{row.group_a} and {row.group_b} {NOT_FOUND}'}; {people(row)}"


def people(row: tuple) -> str:
    """Say how many people two groups are: "16 and 17 people"."""
    about = "" if row.precision == EXACT else "about "
    return f"{about}{row.n_a:.0f} and {row.n_b:.0f} people"
