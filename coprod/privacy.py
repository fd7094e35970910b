"""What an audience may see: the one door between analysis and display.

Figures, tables, sentences, alternative texts and the data behind figures are all made from what
:func:`protect` gives out, so that nothing else can leak.

The internal audience sees exact counts of groups of at least ``smallest_group``. The public sees
nothing that rests on fewer than 10 people; from 10 to 39 the scale is collapsed to its sides and said
in bands of words, because rounding bends so small a group out of shape; from 40 on, counts and bases
are rounded to 5 and shares come from the rounded counts.

Source
------
A threshold of 10 is UK practice for health and census research data (UK LLC, ONS Longitudinal Study);
rounding to base 5 with margins is the rule of ONS "10-5" and of HESA. docs/privacy.md tells more.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from coprod import comparisons, grouping, quotable, releases
from coprod.names import unknown
from coprod.programme import Programme
from coprod.saying import BAND, EXACT, ROUNDED, base_said, rounded, said
from coprod.settings import AUDIENCES

PUBLIC_SMALLEST = 10  # people; nothing public rests on fewer
PUBLIC_EXACT_ENOUGH = 40  # people; from here on rounding does less harm than bands
NOTHING = "This programme holds nothing to show here."
COUNTED = ("n", "base", "asked", "quotes")
HOW = {
    EXACT: "",
    ROUNDED: "Counts are rounded to the nearest 5, and shares come from the rounded counts.",
    BAND: (
        "Shares are said in words, because at least one of them rests on fewer than 40 people: nearly all "
        "(85% or more), most, about half (40 to 60%), some, few or none (15% or fewer)."
    ),
}


@dataclass(frozen=True)
class Shown:
    """A table as one audience may see it. Only :func:`protect` makes one.

    Attributes
    ----------
    table : DataFrame
        The rows that may be shown; with people in them also ``precision`` ("exact", "rounded", "band"),
        ``band``, ``said`` (the row's value in words) and ``base_said``.
    audience : {"internal", "public"}
    notes : tuple of str
        Sentences on what is not shown, what was put together, and why.
    reason : str
        Why the table is empty; "" when it is not.
    """

    table: pd.DataFrame
    audience: str
    notes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def precision(self) -> str:
        """How exact the table is; it is the same in every row."""
        return EXACT if "precision" not in self.table or self.table.empty else self.table["precision"].iloc[0]


def table_of(shown: Shown) -> pd.DataFrame:
    """Take the table out of what may be shown.

    Raises
    ------
    TypeError
        It has not been through :func:`protect`.
    """
    if not isinstance(shown, Shown):
        raise TypeError(
            f"Only what may be shown is drawn or said, and this is a {type(shown).__name__}: "
            "pass the table through coprod.privacy.protect first."
        )
    return shown.table


def door(programme: Programme, audience: str) -> Callable[[pd.DataFrame], Shown]:
    """Open the door for one programme and audience: a function that protects a table.

    A table of one place is protected beside the reports on everybody and on the other places; so open it
    for the programme that was narrowed to that place.

    Raises
    ------
    UnknownName
        There is no such audience.
    """
    if audience not in AUDIENCES:
        raise unknown("audience", audience, AUDIENCES)
    hold_back = releases.held_back(
        programme, _smallest(audience, programme.smallest_group), exact=audience == "internal"
    )

    def protect_here(table: pd.DataFrame) -> Shown:
        held, notes = hold_back(table)
        shown = protect(held, audience, programme.smallest_group)
        if notes and shown.table.empty:
            return replace(shown, reason=" ".join(notes))
        return replace(shown, notes=(*notes, *shown.notes))

    return protect_here


def hidden_here(programme: Programme) -> Callable[[Programme, str], list[str]]:
    """Give what tells the outcome of :mod:`releases` for a part of a programme and an audience.

    Parameters
    ----------
    programme : Programme
        Whole.
    """
    outcome = releases.Outcome(programme)
    smallest = programme.smallest_group
    return lambda part, audience: outcome.of(
        part, _smallest(audience, smallest), exact=audience == "internal"
    )


def _smallest(audience: str, smallest_group: int) -> int:
    """A programme that asks for more than 10 within the team asks for no less in public."""
    return smallest_group if audience == "internal" else max(smallest_group, PUBLIC_SMALLEST)


def protect(table: pd.DataFrame, audience: str, smallest_group: int = 5) -> Shown:
    """Turn a table of the analysis into what an audience may see.

    Parameters
    ----------
    table : DataFrame
        From :mod:`likert`, with ``n`` and ``base`` in people; or, without these two columns, a table
        that has no people in it (organisations, dates, coded observations), which passes as it is.
    audience : {"internal", "public"}
    smallest_group : int
        People; for the internal audience.

    Returns
    -------
    Shown
        Groups that are too small are put together with the next smallest; an item too few answered is
        left out, and with it whatever would let it be worked out.

    Raises
    ------
    UnknownName
        There is no such audience.
    ValueError
        The table counts people without saying of how many, or has been protected already.
    """
    if audience not in AUDIENCES:
        raise unknown("audience", audience, AUDIENCES)
    kind = comparisons.kind_of(table)
    if kind is None and ("n" in table) != ("base" in table):
        raise ValueError("A table that counts people needs both n and base; one that does not, neither.")
    if "precision" in table:
        raise ValueError("The table has been protected already; protect the table of the analysis.")
    if table.empty:
        return Shown(table.copy(), audience, reason=table.attrs.get("reason", NOTHING))
    smallest = _smallest(audience, smallest_group)
    if "words" in table:
        return _protect_words(table, audience, smallest)
    if "as_reported" in table:
        return _protect_combinations(table, audience, smallest)
    if kind is not None:
        return _protect_statistics(table, kind, audience, smallest)
    if "n" not in table:
        return Shown(table.reset_index(drop=True), audience)
    kept, notes = grouping.large_enough(table, smallest)
    if kept.empty:
        return Shown(_said(kept, EXACT), audience, reason=" ".join(notes))
    precision = _precision(kept, audience)
    shown = _said(_at(kept, precision), precision)
    return Shown(shown.reset_index(drop=True), audience, (*notes, *filter(None, [HOW[precision]])))


def _protect_words(table: pd.DataFrame, audience: str, smallest: int) -> Shown:
    kept, notes = quotable.quotable(table, audience, smallest)
    if kept.empty:
        return Shown(kept, audience, reason=" ".join(notes))
    return Shown(kept.reset_index(drop=True), audience, tuple(notes))


def _protect_combinations(table: pd.DataFrame, audience: str, smallest: int) -> Shown:
    from coprod.multiverse import seen

    kept, notes = seen.may_be_seen(table, audience, smallest)
    if kept.empty:
        return Shown(kept, audience, reason=" ".join(notes))
    return Shown(kept.reset_index(drop=True), audience, tuple(notes))


def _protect_statistics(table: pd.DataFrame, kind: comparisons.Kind, audience: str, smallest: int) -> Shown:
    kept, notes = comparisons.large_enough(table, kind, smallest)
    if kept.empty:
        return Shown(kept, audience, reason=" ".join(notes))
    how = comparisons.precision(kept, kind, audience, PUBLIC_EXACT_ENOUGH)
    shown = comparisons.at(kept, kind, how)
    return Shown(shown.reset_index(drop=True), audience, (*notes, *filter(None, [HOW[how]])))


def _precision(table: pd.DataFrame, audience: str) -> str:
    """Choose one precision for the whole table: mixed ones would be hard to read, and to guard."""
    if audience == "internal":
        return EXACT
    return BAND if grouping.sizes(table).min() < PUBLIC_EXACT_ENOUGH else ROUNDED


def _at(table: pd.DataFrame, precision: str) -> pd.DataFrame:
    if precision == BAND:
        collapsed = grouping.collapse(table)
        return collapsed.assign(before="", after="") if "before" in table else collapsed
    if precision == ROUNDED:
        near = table.assign(**{name: table[name].map(rounded) for name in COUNTED if name in table})
        if "median" in near:  # between two labels it would tell that exactly half stand on either side
            near["median"] = near["median"].where(~near["median"].str.contains(" to "), "")
        return grouping.remeasure(near)
    return table


def _said(table: pd.DataFrame, precision: str) -> pd.DataFrame:
    """Add the words; in bands take the numbers out."""
    of = grouping.whole(table) if "role" in table else table["base"]
    spoken = [
        said(n, base, precision) for n, base in zip(table["n"].astype(float), of.astype(float), strict=True)
    ]
    worded = table.assign(
        precision=precision,
        band=spoken if precision == BAND else "",
        said=spoken,
        base_said=[base_said(base, precision) for base in table["base"].astype(float)],
    )
    if precision != BAND:
        return worded
    gone = {name: float("nan") for name in ("n", "share", "low", "high", "quotes") if name in worded}
    kept = {name: worded[name].map(rounded) for name in ("base", "asked") if name in worded}
    return worded.assign(**gone, **kept, **({"median": ""} if "median" in worded else {}))
