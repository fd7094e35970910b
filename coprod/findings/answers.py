"""Sentences, computed from what may be shown, and from nothing else.

They describe. None says that one thing brought about another, for that would need a comparison group.
How exact a number is said was settled by :mod:`coprod.privacy`; here nothing is counted again.
"""

import math

import pandas as pd

from coprod import framework
from coprod.findings.cases import case_studies
from coprod.findings.wording import refs
from coprod.likert import NO_SURVEY
from coprod.privacy import Shown, table_of
from coprod.saying import BAND, BANDS, PER_CENT_FROM, Sentence
from coprod.tally import EVERYBODY

BAND_ORDER = {word: place for place, (_, word) in enumerate(BANDS)}
ENDS = 2  # questions named at each end; with fewer than twice as many, all are named
WEAKEST = 2  # conditions to take back to the group; more would fill a meeting


def _ranked(shown: Shown) -> pd.DataFrame:
    """Sort items by how well a favourable finding is supported, the best first.

    ``lower`` and ``upper`` are the ends of the interval, so that an item with few answers comes neither
    first nor last by luck; in bands both are the band. Items that nobody answered come last.
    """
    table = table_of(shown)
    ends = [table["band"].map(BAND_ORDER)] * 2 if shown.precision == BAND else [table["low"], table["high"]]
    return table.assign(lower=ends[0], upper=ends[1]).sort_values("lower", ascending=False, kind="stable")


def agreement(shown: Shown) -> list[str]:
    """Say each item's favourable share, with n and interval, the best supported first.

    Parameters
    ----------
    shown : Shown
        Of :func:`likert.agreement`.

    Returns
    -------
    list of str
        One sentence per item and group. It names the favourable answer: "disagreed" for a reversed item.
    """
    if table_of(shown).empty:
        return []
    return [_sentence(row) for row in _ranked(shown).itertuples()]


def _sentence(row: tuple) -> str:
    """Say one item and group: "“I felt heard”: 7 of 9 agreed; 95% interval 4 to 9 of 9."."""
    if not row.said:
        return f"{_asked(row)}: nobody answered."
    weight = f"{row.base_said} answered" if row.precision == BAND else _interval(row)
    return f"{_asked(row)}: {row.said} {row.says}; {weight}."


def _asked(row: tuple) -> str:
    """Quote the item, without its full stop, after the group where there are several."""
    text = " ".join(row.text.split())
    group = "" if row.group == EVERYBODY else f"{row.group}, "
    return f"{group}“{text if text.endswith('..') else text.removesuffix('.')}”"


def _interval(row: tuple) -> str:
    """Say the interval in per cent; in whole people, rounded outwards, where there are fewer than 20."""
    if row.base >= PER_CENT_FROM:
        return f"95% interval {row.low:.0%} to {row.high:.0%}"
    # rounded first, for 6 people can come out as 5.9999999 or 6.0000001
    low, high = (round(end * row.base, 6) for end in (row.low, row.high))
    return f"95% interval {max(math.floor(low), 0)} to {min(math.ceil(high), row.base):.0f} of {row.base:.0f}"


def at_a_glance(opinions: Shown, overview: Shown, respondents: str = "people") -> list[str]:
    """Say the most important in a few sentences: the strongest and weakest items, and the cases.

    Parameters
    ----------
    opinions : Shown
        Of :func:`likert.agreement`, for everybody together; may be empty.
    overview : Shown
        Of :func:`cases.overview`; may be empty.
    respondents : str
        What one answer stands for, in the plural.
    """
    return [*strongest_and_weakest(opinions, respondents), *case_studies(overview)]


def strongest_and_weakest(shown: Shown, respondents: str = "people") -> list[str]:
    """Say how many answered, and the items with the best and the least supported favourable answers.

    Items are strong by the lower ends of their intervals, and weak by the upper ends.

    Parameters
    ----------
    shown : Shown
        Of :func:`likert.agreement`, for everybody together.
    respondents : str
        What one answer stands for, in the plural.
    """
    if table_of(shown).empty:
        return []
    ranked = _ranked(shown)
    size = _size(ranked, respondents)
    answered = ranked[ranked["said"] != ""]
    if len(answered) < 2 * ENDS:
        return [size, *map(_sentence, ranked.itertuples())]
    best, worst = _ends(answered)
    if best.empty:
        return [size, "No question stands out: they all came out level."]
    most, least = (f"Among the {end} favourable answers were those to " for end in ("most", "least"))
    return [
        size,
        *[most + _sentence(row) for row in best.itertuples()],
        *[least + _sentence(row) for row in worst.itertuples()],
    ]


def _size(table: pd.DataFrame, respondents: str) -> str:
    """Say how many answered: "Each of the 21 questions was answered by about 20 to 25 people."."""
    by_base = table.sort_values("base", kind="stable")["base_said"]
    fewest, most = by_base.iloc[0], by_base.iloc[-1]
    size = most if fewest == most else f"{fewest} to {most.removeprefix('about ')}"
    asked = table["item"].nunique()
    what = "The one question" if asked == 1 else f"Each of the {asked} questions"
    return f"{what} was answered by {size} {respondents}."


def _ends(ranked: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take up to two items from the top and two from the bottom; none from either where all are level.

    Both ends of every interval at the bottom lie below those at the top, hence so do the shares.
    """
    lowest = ranked["upper"].min()
    best = ranked[ranked["upper"] > lowest].head(ENDS if ranked["upper"].iloc[0] > lowest else 0)
    below = (ranked["lower"] < best["lower"].min()) & (ranked["upper"] < best["upper"].min())
    return best, ranked[below].sort_values("upper", kind="stable").head(ENDS)


def response(shown: Shown) -> list[str]:
    """Say how many of those invited answered, group by group.

    Parameters
    ----------
    shown : Shown
        Of :func:`likert.response_rates`.
    """
    return [_response(row) for row in table_of(shown).itertuples()]


def _response(row: tuple) -> str:
    if pd.isna(row.base):
        return f"{row.group}: how many were invited is not known, so there is no response rate."
    if not row.said:
        return f"{row.group}: nobody was invited."
    whom = f"of {row.base_said} invited" if row.precision == BAND else "of those invited"
    return f"{row.group}: {whom}, {row.said} answered."


def limits(opinions: Shown, rates: Shown) -> list[str]:
    """Say what the design cannot carry.

    Parameters
    ----------
    opinions, rates : Shown
        Of :func:`likert.agreement` and of :func:`likert.response_rates`; both may be empty.
    """
    table, invited = table_of(opinions), table_of(rates)
    if table.empty:  # none, or too few to show, which the notes on what is not shown say
        no_survey = (
            "There are no survey answers here. Cases that were chosen show what happened, not how often."
        )
        return [no_survey] if opinions.reason == NO_SURVEY else []
    asked = table["item"].nunique()
    said = ["There is no comparison group: the answers tell how things were seen, not why they were so."]
    if asked > 1:
        said.append(f"{asked} questions stand side by side; some can stand out by chance alone.")
    said.append("Those who answered may differ from those who did not: they are no random sample.")
    if opinions.precision != BAND:
        said.append("The intervals allow for chance, but not for who is missing.")
    if invited.empty:
        said.append("There are no response rates here, so nobody can say how many are missing.")
    elif invited["base"].isna().any():
        said.append("How many were invited is not known for every group, so nobody can say who is missing.")
    return said


def not_shown(*shown: Shown) -> list[str]:
    """Say what is not shown and why, each thing once."""
    said = [note for part in shown for note in ([part.reason] if table_of(part).empty else part.notes)]
    return list(dict.fromkeys(said)) or ["Nothing was held back for privacy."]


def weakest_conditions(shown: Shown) -> list[str]:
    """Name the conditions to take back to the group.

    Parameters
    ----------
    shown : Shown
        Of :func:`likert.agreement` (the condition of the weakest item first), or of
        :func:`cases.conditions` (most hindered first). Up to two of their keys are given.
    """
    table = table_of(shown)
    if table.empty:
        return []
    if "hindered" in table:
        ordered = table[table["hindered"] > 0].sort_values("hindered", ascending=False, kind="stable")
    else:
        ordered = _ranked(shown).dropna(subset="upper").sort_values("upper", kind="stable")
    keys = ordered["framework"][ordered["framework"].str.startswith("condition:")]
    return list(dict.fromkeys(keys.str.removeprefix("condition:")))[:WEAKEST]


def questions(*shown: Shown) -> list[Sentence]:
    """Give the framework's questions for the weakest conditions of the first table that names any.

    Behind each stand the observations about its condition, where the table knows them.
    """
    tables = [(table_of(one), weakest_conditions(one)) for one in shown]
    table, weakest = next(((table, keys) for table, keys in tables if keys), (None, []))
    return [
        Sentence(f"{row.condition_title}: {row.text}", _about(table, row.condition))
        for row in framework.questions(weakest).itertuples()
    ]


def _about(table: pd.DataFrame, condition: str) -> tuple[str, ...]:
    return refs(table[table["framework"] == f"condition:{condition}"]) if "behind" in table else ()
