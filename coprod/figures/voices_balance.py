"""Who is quoted: each group's part of the quotes under its part of the people, wave by wave.

Two bars that begin at the same line can be compared by their ends; each says its numbers, so that
neither length nor colour has to be looked up. Where numbers may not be shown, a tile says in words how
many of a group's people are quoted.
"""

import pandas as pd
from matplotlib.axes import Axes

from coprod.figures.colours import PAPER, shades
from coprod.figures.lettering import SMALL, width_of
from coprod.figures.rows import BETWEEN
from coprod.figures.sheet import EDGE, GREY, WIDTH, Drawn, Sheet, height, styled
from coprod.figures.tiles import LOW, WORDS, step_tile
from coprod.privacy import Shown, table_of
from coprod.saying import BAND, joined
from coprod.voices import in_proportion

NAME = 1.55  # inches at the left for a group's name
GAP = 0.1  # inches before the words at the right
THIN = 0.13  # inches
APART = 0.08  # inches from one group to the next
COLOUR = shades("favourable", 1)[0]
BARS = {
    "people": {"facecolor": PAPER, "edgecolor": GREY, "linewidth": 1.2},
    "quotes": {"facecolor": COLOUR, "edgecolor": COLOUR, "linewidth": 1.2},
}
HEADER = "Upper bar: a group's part of the people who answered. Lower bar: its part of the quotes."
IN_WORDS = "How many of a group's people are quoted at least once"
FEW = 3  # groups that a title still names


def voices_balance(shown: Shown) -> Drawn:
    """Draw each group's part of the quotes under its part of the people.

    Parameters
    ----------
    shown : Shown
        A protected table of :func:`coprod.voices.balance`. In bands, a tile for each group says how
        many of its people are quoted.

    Returns
    -------
    Drawn
        Across, its Axes measure parts of all quotes, and of all people, that are shown in a wave.

    Raises
    ------
    TypeError
        The table has not been through :func:`coprod.privacy.protect`.
    """
    table = table_of(shown)
    if table.empty:
        return Drawn(None, "", "", shown)
    table = in_proportion(table)
    with styled():
        ax = _draw(table)
    return Drawn(ax, _alt(table), _title(table), shown)


def _draw(table: pd.DataFrame) -> Axes:
    banded = table["precision"].iloc[0] == BAND
    table = table.assign(beside=[_beside(row) for row in table.itertuples()])
    words = max(width_of(line, SMALL) for lines in table["beside"] for line in lines)
    room = WIDTH - 2 * EDGE - NAME - GAP - words
    longest = 1.0 if banded else table[["of_people", "of_quotes"]].max(axis=None)
    sheet = Sheet(zero=EDGE + NAME, unit=room / longest)
    header = IN_WORDS if banded else HEADER
    y = sheet.write(header, EDGE, EDGE, width=WIDTH - 2 * EDGE, fontsize=SMALL, color=GREY)
    for _, rows in table.groupby("item", sort=False):
        if rows["text"].iloc[0]:
            y = sheet.write(rows["text"].iloc[0], EDGE, y + BETWEEN, width=WIDTH - 2 * EDGE)
        for row in rows.itertuples():
            y = _row(sheet, row, y + APART, room)
    return sheet.finish(y)


def _beside(row: tuple) -> list[str]:
    if row.precision == BAND:
        return [f"n {row.base_said}"]
    return [f"people {row.people_said}", f"quotes {row.quotes_said}"]


def _row(sheet: Sheet, row: tuple, y: float, room: float) -> float:
    """Draw one group's bars, or its tile, and return where the next begins."""
    line = height(SMALL)
    for place, words in enumerate(row.beside):
        sheet.write(words, sheet.zero + room + GAP, y + place * line, fontsize=SMALL)
    if row.precision == BAND:
        step_tile(sheet, row.said, sheet.zero, y + (line - LOW) / 2, room)
    else:
        for place, (what, look) in enumerate(BARS.items()):
            top = y + place * line + (line - THIN) / 2
            sheet.box(0, top, getattr(row, f"of_{what}"), THIN, **look)
    name = sheet.write(row.group, EDGE, y, width=NAME - 0.1, fontsize=SMALL)
    return max(name, y + len(row.beside) * line)


def _title(table: pd.DataFrame) -> str:
    """Say who is not quoted; otherwise whose part of the quotes is furthest from that of the people."""
    if table["precision"].iloc[0] == BAND:
        return _title_in_words(table)
    silent = table[table["heard"] == "not quoted"]
    if len(silent):
        groups = list(dict.fromkeys(silent["group"]))
        named = joined(groups) if len(groups) <= FEW else f"{len(groups)} groups"
        every = len(silent) == len(table[table["group"].isin(groups)])
        return f"Nobody quoted from {named}" + ("" if every else ", in one wave at least")
    if table["heard"].isin(["more", "less"]).any():
        furthest = table.loc[(table["of_quotes"] - table["of_people"]).abs().idxmax()]
        when = f"{furthest['text']}, " if table["item"].nunique() > 1 else ""
        return (
            f"{when}{furthest['group']}: people {furthest['people_said']}, quotes {furthest['quotes_said']}"
        )
    return "Each group has about as many quotes as its part of the people"


def _title_in_words(table: pd.DataFrame) -> str:
    ranks = table["said"].map(WORDS.index)
    least, most = table[ranks == ranks.min()], table[ranks == ranks.max()]
    if ranks.nunique() == 1:
        return f"In every group {least['said'].iloc[0]} are quoted"
    return f"Quoted most: {_where(most)}; least: {_where(least)}"


def _where(rows: pd.DataFrame) -> str:
    """Name groups that tie, each with its wave, and what is said of them."""
    named = [f"{row.group}, {row.text}" if row.text else row.group for row in rows.head(1).itertuples()]
    more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
    return f"{named[0]}{more} ({rows['said'].iloc[0]})"


def _alt(table: pd.DataFrame) -> str:
    """Say every number, or word, that is drawn."""
    banded = table["precision"].iloc[0] == BAND
    kind = "Tiles that say in words how many are quoted" if banded else "Pairs of bars"
    told = []
    for _, rows in table.groupby("item", sort=False):
        values = [
            f"{row.group}: {row.said}, n {row.base_said}" if banded else f"{row.group}: {_numbers(row)}"
            for row in rows.itertuples()
        ]
        text = rows["text"].iloc[0]
        told.append(f"{text + '. ' if text else ''}{'; '.join(values)}.")
    return f"{kind}, group by group. {' '.join(told)}"


def _numbers(row: tuple) -> str:
    return f"people {row.people_said}, quotes {row.quotes_said}"
