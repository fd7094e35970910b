"""Which quotes an audience may see, and what is told of whoever wrote them.

The rule for tables with a column ``words``, by which :mod:`coprod.privacy` opens the door:

1. Words are masked once more, whoever made the table.
2. Without a yes to every question of consent a quote goes, for every audience.
3. For the public a quote with what may be a name goes until a person has looked at it.
4. Sector and place stand beside a quote only if everybody quoted could be one of enough people of that
   sector in that place. Otherwise neither is told, of any quote: told alone, the sector in one report and
   the place in another would add up; left out only where a group is small, they would give it away.
"""

import pandas as pd

from coprod.masking import masked_all

WITHHELD = "not shown"
TOLD = ("sector", "place")
SIZES = ("people_here", "people_in_wave")  # people like whoever is quoted: of sector and place, of the wave
NEEDED = ("consent", "likely_names", "looked_at", *SIZES)
NO_CONSENT = "Whoever did not say that we may quote them is not quoted."
NOT_LOOKED_AT = "Quotes in which a name may stand are left out until a person has looked at them."
NONE_LEFT = "No quote can be shown."


def quotable(table: pd.DataFrame, audience: str, smallest: int) -> tuple[pd.DataFrame, list[str]]:
    """Keep the quotes that an audience may see, and what may be told beside them.

    Parameters
    ----------
    table : DataFrame
        From :func:`coprod.voices.quotes`.
    audience : {"internal", "public"}
    smallest : int
        People among whom somebody quoted must not be told apart.

    Returns
    -------
    DataFrame
        Without consent and the sizes of groups; for the public without likely names. ``sector`` or
        ``place`` is "not shown" in every row or in none.
    list of str
        Sentences on what is left out, and why.

    Raises
    ------
    ValueError
        The table has words, and does not say who agreed to be quoted.
    """
    if lacking := [name for name in NEEDED if name not in table]:
        raise ValueError(
            f"A table of people's own words needs the columns of voices.quotes; this one lacks {lacking}."
        )
    kept, notes = table[table["consent"].astype(bool)], []
    if len(kept) < len(table):
        notes.append(NO_CONSENT)
    if audience == "public":
        seen = (kept["likely_names"] == "") | (kept["looked_at"] != "")
        if not seen.all():
            notes.append(NOT_LOOKED_AT)
        kept = kept[seen].drop(columns=["likely_names", "looked_at"])
    told, why = _told(kept, smallest)
    shown = told.assign(words=masked_all(told["words"])).drop(columns=["consent", *SIZES])
    return shown, [*([NONE_LEFT] * shown.empty), *notes, *why]


def _told(table: pd.DataFrame, smallest: int) -> tuple[pd.DataFrame, list[str]]:
    """Withhold sector and place, or every quote, where too few people could have said it."""
    if table.empty or (table["people_here"] >= smallest).all():
        return table, []
    if (table["people_in_wave"] < smallest).any():
        return table.iloc[:0], [f"In at least one wave fewer than {smallest} people answered."]
    why = (
        "The sector and the place of those quoted cannot be told: in at least one group fewer than "
        f"{smallest} people answered."
    )
    return table.assign(**dict.fromkeys(TOLD, WITHHELD)), [why]
