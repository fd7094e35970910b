"""Counts of ordered labels per group: what comparing groups and measuring spread start from."""

import pandas as pd

from coprod import tally
from coprod.codebook import SCALED, Scale
from coprod.names import unknown
from coprod.programme import Programme

ABOUT = ("item", "text", "section")
SEVERAL_WAVES = (
    "Answers of several waves stand together here, and one person may count more than once: choose a wave."
)
NOBODY = "Nobody answered."


def counts(programme: Programme, item: str, by: str | None = None) -> pd.DataFrame:
    """Count an item's labels per group, the least favourable label first.

    Parameters
    ----------
    programme : Programme
        With a survey.
    item : str
        With an ordered scale.
    by : {"place", "sector"}, optional
        Groups to tell apart; everybody together when left out.

    Returns
    -------
    DataFrame, shape (groups, labels)
        People; those whose group is not stated are left out.

    Raises
    ------
    UnknownName
        There is no such item.
    ValueError
        Its answers have no order, or a person may give several.
    """
    scale = scale_of(programme, item)
    table = tally.answers_by_group(programme, item, scale, by)[list(scale.labels)]
    if backwards(programme, item, scale):
        table = table.iloc[:, ::-1]
    return table.drop(index=tally.NOT_STATED, errors="ignore")


def scale_of(programme: Programme, item: str) -> Scale:
    """Find an item's scale, which has an order.

    Raises
    ------
    UnknownName
        There is no such item.
    ValueError
        Its answers have no order, or a person may give several.
    """
    if item not in programme.items.index:
        raise unknown("item", item, programme.items.index)
    asked = programme.items.loc[item]
    scale = programme.scales[asked["scale"]] if asked["kind"] in SCALED else None
    if scale is None or scale.polarity == "none" or asked["kind"] == "multi":
        raise ValueError(f"{item}: its answers have no order, so nobody answers higher than another.")
    return scale


def backwards(programme: Programme, item: str, scale: Scale) -> bool:
    """Say whether the scale's first label is the most favourable one for this item."""
    return (scale.polarity == "negative") != bool(programme.items.loc[item, "reversed"])


def about(programme: Programme, item: str) -> dict[str, str]:
    """Give the columns that say which item a row is about."""
    return {"item": item, **{column: programme.items.at[item, column] for column in ABOUT[1:]}}


def several_waves(programme: Programme, item: str) -> bool:
    """Say whether an item's answers are of several waves, so that one person may count more than once."""
    put_to = programme.items.loc[item, "waves"] or tuple(programme.waves)
    if programme.wave is not None or len(put_to) < 2:
        return False
    rows = programme.answers
    if rows is None:
        rows = programme.counts[programme.counts["item"] == item]
    return rows.loc[rows["wave"].isin(put_to), "wave"].nunique() > 1
