"""Sentences on change, on gaps between groups, and on what divides the room.

Only what :func:`coprod.multiplicity.found` calls a finding becomes a headline; every question that was
looked at is counted in the same sentence.
"""

import math

import pandas as pd

from coprod.privacy import Shown, table_of
from coprod.saying import BAND, EXACT, PER_CENT_FROM, joined

TEAM_ONLY = (
    "Shares in which every sector counts the same are for the team only: beside the shares as answered they "
    "would give the answers of small sectors away."
)
CLOSE, DIVIDED = 0.5, 0.2  # of van der Eijk's A, for words


def headlines(*shown: Shown) -> list[str]:
    """Say how many comparisons were looked at, and which of them are more than chance would give.

    Parameters
    ----------
    *shown : Shown
        Of :func:`coprod.change.compared`, :func:`coprod.change.over_all_waves` and
        :func:`coprod.compare.gaps`, judged together by :func:`coprod.multiplicity.judge`; empty ones do
        not count.
    """
    kinds = {"improved": ("of change", _moved), "delta": ("between groups", _gap)}
    kinds["statistic"] = ("over all waves", _over)
    looked, told = [], []
    for table in map(table_of, shown):
        if table.empty:
            continue
        what, worded = next(kinds[column] for column in kinds if column in table)
        looked.append(f"{len(table)} {what}")
        told += [worded(row) for row in table.itertuples() if row.found]
    if not looked:
        return []
    begun = f"Comparisons looked at: {joined(looked)}."
    if not told:
        return [f"{begun} None is more than chance would give."]
    return [f"{begun} More than chance would give: {len(told)}.", *told]


def over_waves(shown: Shown) -> list[str]:
    """Say on which questions the answers of people who answered every time differed from wave to wave.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.change.over_all_waves`, judged.
    """
    table = table_of(shown)
    if table.empty:
        return []
    told = [_over(row) for row in table.itertuples() if row.found]
    looked = f"Questions looked at: {len(table)}."
    return (
        [looked, *told] if told else [f"{looked} On none did answers differ by more than chance would give."]
    )


def _over(row: tuple) -> str:
    people = f"{'' if row.precision == EXACT else 'about '}{row.base:.0f} people"
    return f"{_quoted(row.text)}, {row.waves}: the answers of {people} differed from wave to wave."


def changes(shown: Shown) -> list[str]:
    """Say for every question how the same people's answers moved, found or not.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.change.compared`, judged.
    """
    table = table_of(shown)
    if table.empty:
        return []
    first = table.sort_values(["found", "net"], ascending=False, kind="stable")
    return [_moved(row) + _verdict(row) for row in first.itertuples()]


def _moved(row: tuple) -> str:
    """Say one question's moves: how many each way, and the net share with its interval."""
    begun = f"{_quoted(row.text)}, {_when(row)}"
    if row.precision == BAND:
        return f"{begun}: {row.said} (about {row.base:.0f} people)."
    if math.isnan(row.net):
        return f"{begun}: {row.why_not}"
    return f"{begun}: {row.said}; net {_net(row)}."


def _quoted(text: str) -> str:
    """Quote a question within a sentence, on one line and without its own full stop."""
    return f"“{' '.join(text.split()).removesuffix('.')}”"


def _when(row: tuple) -> str:
    """Name the two times: waves, or the question that holds the earlier rating."""
    if row.after_title == row.text:
        return f"beside {_quoted(row.before_title)}"
    return f"{row.before_title} to {row.after_title}"


def _net(row: tuple) -> str:
    """Say the net share with its interval, in people where there are fewer than 20."""
    if math.isnan(row.low):
        return f"{row.improved - row.worse:+.0f}"
    if row.base < PER_CENT_FROM:
        ends = math.floor(row.low * row.base + 1e-9), math.ceil(row.high * row.base - 1e-9)
        return f"{row.improved - row.worse:+.0f} of {row.base:.0f}, 95% interval {ends[0]:+d} to {ends[1]:+d}"
    return f"{row.net:+.0%}, 95% interval {row.low:+.0%} to {row.high:+.0%}"


def _verdict(row: tuple) -> str:
    if row.why_not and row.precision != BAND:
        return ""
    if row.found:
        return " That is more than chance would give."
    return " Chance alone could give as much."


def two_analyses(shown: Shown) -> list[str]:
    """Set the paired analysis of the same answers beside the one that ignores who gave them.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.change.compared`, judged. The three questions that moved most are told.
    """
    table = table_of(shown)
    if table.empty or shown.precision == BAND:
        return []
    told = []
    for row in table[table["chi2"].notna()].sort_values("net", key=abs, ascending=False).head(3).itertuples():
        as_if = f"chi-square {row.chi2:.3g} with {row.df:.0f} degrees of freedom"
        told.append(
            f"{_quoted(row.text)}. Person by person: {row.said}. As if those before and after were different "
            f"people: {as_if}; it can say that the two columns differ, but not which way, nor for how many."
        )
    return told


def gaps(shown: Shown) -> list[str]:
    """Say for every question where two groups lie furthest apart.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.compare.gaps`, judged.
    """
    return [_gap(row) for row in table_of(shown).itertuples()]


def _gap(row: tuple) -> str:
    begun = f"{_quoted(row.text)}: "
    if row.why_not:
        return begun + row.why_not
    if row.precision == BAND or math.isnan(row.delta):
        apart = f"more favourable answers in {row.group_a} than in {row.group_b}"
        return begun + (f"{apart}." if row.found else "the groups cannot be told apart from chance.")
    numbers = f"delta {row.delta:.2f}, 95% interval {row.low:.2f} to {row.high:.2f}"
    people = f"{row.n_a:.0f} and {row.n_b:.0f} people"
    verdict = "more than chance would give" if row.found else "chance alone could give as much"
    return f"{begun}furthest apart {row.group_a} above {row.group_b} ({people}), {numbers}; {verdict}."


def spread(shown: Shown) -> list[str]:
    """Say on which questions people were closest to each other, and which divide the room.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.spread.divided`.
    """
    table = table_of(shown)
    known = table[table["spread"].notna()] if not table.empty else table
    if known.empty:
        return []
    return [
        *_named(known[known["spread"] >= CLOSE], "People answered much alike"),
        *_named(known[known["spread"] <= DIVIDED], "The room was divided"),
    ] or ["On no question were people much alike, and none divided the room."]


def _named(rows: pd.DataFrame, what: str) -> list[str]:
    if rows.empty:
        return []
    first = rows.head(3)
    more = len(rows) - len(first)
    named = [f"{_quoted(row.text)} (agreement {row.spread:.2f})" for row in first.itertuples()]
    return [f"{what} on {joined([*named, f'{more} more'] if more else named)}."]


def equal_sectors(shown: Shown) -> list[str]:
    """Say where it matters that large sectors outweigh small ones.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.weighting.agreement`.
    """
    table = table_of(shown)
    if table.empty:
        return []
    if shown.precision != EXACT:
        return [TEAM_ONLY]
    known = table[table["equal"].notna() & table["share"].notna()]
    if known.empty:
        return []
    apart = (known["equal"] - known["share"]).abs()
    largest = known.loc[apart.idxmax()]
    points = round(100 * apart.max())
    looked = f"Over {len(known)} questions the share moves by at most {points} percentage points"
    each = (
        f"{largest['share']:.0%} as answered and {largest['equal']:.0%} with every sector counting the same"
    )
    return [f"{looked}: {_quoted(largest['text'])}, {each}."]


def reliability(shown: Shown) -> list[str]:
    """Say how far the questions of each set hang together, or why that cannot be said.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.reliability.by_section`.
    """
    return [f"{row.section}: {_alpha(row)}" for row in table_of(shown).itertuples()]


def _alpha(row: tuple) -> str:
    if row.why_not:
        return row.why_not
    if math.isnan(row.alpha):
        return "too few complete answers to be shown in public."
    said = f"alpha {row.alpha:.2f}, 95% interval {row.low:.2f} to {row.high:.2f}"
    return f"{said}, over {row.complete:.0f} complete answers. {row.check}".strip()
