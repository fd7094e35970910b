"""How counts and dates are said: exactly, rounded, or in a band of words; and what a sentence rests on."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence

EXACT, ROUNDED, BAND = "exact", "rounded", "band"
PER_CENT_FROM = 20  # people; below it one person moves a percentage by more than 5 points
ROUNDING_BASE = 5

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# Upper ends; "about half" reaches from 40 to 60 %, and the bands mirror each other around it.
BANDS = ((0.15, "few or none"), (0.40, "some"), (0.60, "about half"), (0.85, "most"), (1.0, "nearly all"))


class Sentence(str):
    """A sentence that knows what stands behind it.

    Attributes
    ----------
    behind : tuple of str
        Ids of rows of evidence and refs of entries of ``cases.toml``.
    """

    __slots__ = ("behind",)

    def __new__(cls, text: str, behind: Iterable[str] = ()) -> "Sentence":
        """Take the words, and what stands behind them, in order and each once."""
        sentence = super().__new__(cls, text)
        sentence.behind = tuple(dict.fromkeys(behind))
        return sentence


def band(n: float, base: float) -> str:
    """Say a share in words.

    Parameters
    ----------
    n, base : float
        People; base above 0.

    Returns
    -------
    str
        "few or none" up to 15 %, "some" below 40 %, "about half" up to 60 %, "most" below 85 %, and
        "nearly all".
    """
    share = n / base
    for end, word in BANDS:
        if share < end or (share == end and word in ("few or none", "about half", "nearly all")):
            return word
    raise ValueError(f"{n} of {base} is more than all.")


def joined(parts: Sequence[str]) -> str:
    """Join words: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def rounded(n: float) -> float:
    """Round a count to the nearest 5, halves up; missing stays missing."""
    return n if math.isnan(n) else math.floor(n / ROUNDING_BASE + 0.5) * ROUNDING_BASE


def said(n: float, base: float, precision: str) -> str:
    """Say n of base in words and figures; "" where the base is 0 or not known.

    Below 20 people in figures only ("7 of 9"): a percentage would promise more than so few can tell.
    """
    if math.isnan(n) or math.isnan(base) or base == 0:
        return ""
    if precision == BAND:
        return band(n, base)
    if precision == ROUNDED:
        return f"about {n / base:.0%} ({n:.0f} of {base:.0f})"
    if base < PER_CENT_FROM:
        return f"{n:.0f} of {base:.0f}"
    return f"{n / base:.0%} ({n:.0f} of {base:.0f})"


def base_said(base: float, precision: str) -> str:
    """Say a base: exactly, or as about so many."""
    if math.isnan(base):
        return "not known"
    return f"{base:.0f}" if precision == EXACT else f"about {rounded(base):.0f}"


def said_date(day: dt.date) -> str:
    """Say a date in words, "1 July 2025", whatever the machine's language is."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
