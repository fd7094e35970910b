"""Shares, intervals, medians and groups: what people answered, item by item.

A table of counts is made first, from answers or from counts, and everything else from it. Items are
described one by one: the mean of ordered labels has no meaning that all readers share, and it hides
who answered what.

Four things that are no answer are kept apart and counted beside the shares: left blank, not asked,
and each non-answer of the scale ("don't know", "not applicable"). None of them is in the base.

Source
------
Wilson (1927), JASA 22(158), 209-212, recommended for small n by Brown, Cai and DasGupta (2001),
Statistical Science 16(2), 101-133.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from coprod import tally
from coprod.codebook import SCALED, Scale
from coprod.names import unknown
from coprod.programme import Programme

NO_SURVEY = "This programme has no survey."
NOT_IN_SURVEY = "The survey did not ask about this."
ONLY_COUNTS = "The survey is known from its counts only, and who was invited is not known."
TOPICS = {"conditions": "condition", "principles": "principle", "other topics": ""}
ITEM_COLUMNS = ["item", "text", "section", "framework"]
SHARE_COLUMNS = [
    *ITEM_COLUMNS,
    *("scale", "group", "answer", "collapsed", "role", "side", "order", "n", "base", "share"),
]


def items_in(
    programme: Programme, about: str | None = None, *, kinds: Iterable[str] = ("scale",)
) -> list[str]:
    """List the items of some kinds, in the codebook's order.

    Parameters
    ----------
    programme : Programme
    about : {"conditions", "principles", "other topics"}, optional
        Keep the items that the codebook ties to the framework's conditions or principles, or to
        neither; all of them when left out.
    kinds : iterable of str
        Kinds of the codebook.

    Raises
    ------
    UnknownName
        There is no such topic.
    """
    items = programme.items[programme.items["kind"].isin(list(kinds))]
    if about is None:
        return list(items.index)
    if about not in TOPICS:
        raise unknown("topic", about, TOPICS)
    return [item for item, key in items["framework"].items() if key.partition(":")[0] == TOPICS[about]]


def shares(programme: Programme, items: Sequence[str], by: str | None = None) -> pd.DataFrame:
    """Count how people answered, per item and group.

    Parameters
    ----------
    programme : Programme
        Whole, or narrowed to a place or wave.
    items : sequence of str
        Items with a scale, in the order wanted.
    by : {"place", "wave", "sector"}, optional
        Groups to tell apart; everybody together when left out.

    Returns
    -------
    DataFrame, shape (items x groups x answers, 15)
        One row per answer that was possible, chosen or not: ``item``, ``text``, ``section``,
        ``framework``, ``scale``, ``group``, ``answer``, ``collapsed`` (its side in words), ``role``
        ("label", "non-answer", "blank", "not asked"), ``side`` ("favourable", "neutral", "unfavourable",
        or "" without an order), ``order``, ``n`` in people, ``base`` (people who gave a label), ``share``
        = n / base, missing for what is not a label and where the base is 0. Options of a multiple-choice
        item have no sides, and their shares can sum to more than 1.

    Raises
    ------
    UnknownName
        An item or grouping does not exist.
    ValueError
        An item has no scale, or is a multiple-choice item known from counts only.
    """
    tables = [_item_shares(programme, item, by) for item in dict.fromkeys(items)]
    if not tables:
        return _nothing(SHARE_COLUMNS, NOT_IN_SURVEY if programme.has_survey else NO_SURVEY)
    return pd.concat(tables, ignore_index=True)


def _item_shares(programme: Programme, item: str, by: str | None) -> pd.DataFrame:
    scale = _scale_of(programme, item)
    asked = programme.items.loc[item]
    counts = tally.answers_by_group(programme, item, scale, by)
    base = tally.people_by_group(programme, item, counts, list(scale.labels), by)
    rows = counts.rename_axis(index="group", columns="answer").stack().rename("n").reset_index()
    answers = rows["answer"]
    sided = answers.isin(scale.labels) & (asked["kind"] != "multi")  # ticks on one side are not people
    sides = answers.map(lambda answer: scale.side(answer, reversed_item=asked["reversed"]))
    table = rows.assign(
        item=item,
        **{column: asked[column] for column in (*ITEM_COLUMNS[1:], "scale")},
        collapsed=answers.map(scale.collapsed).where(sided, answers),
        role=answers.map(scale.role),
        side=sides.where(sided, ""),
        order=answers.map(scale.order),
        base=rows["group"].map(base),
    )
    shares = table["n"] / table["base"].where(table["base"] > 0)
    return table.assign(share=shares.where(table["role"] == "label"))[SHARE_COLUMNS]


def _scale_of(programme: Programme, item: str) -> Scale:
    if item not in programme.items.index:
        raise unknown("item", item, programme.items.index)
    asked = programme.items.loc[item]
    if asked["kind"] not in SCALED:
        raise ValueError(f"{item}: an item of kind {asked['kind']!r} has no scale, so it has no shares.")
    return programme.scales[asked["scale"]]


def agreement(programme: Programme, items: Sequence[str], by: str | None = None) -> pd.DataFrame:
    """Summarise each item by the share of favourable answers and the median label.

    Parameters
    ----------
    programme, items, by
        As for :func:`shares`; items whose scale has an order.

    Returns
    -------
    DataFrame, shape (items x groups, 13)
        ``item``, ``text``, ``section``, ``framework``, ``group``, ``says`` (how a sentence says a
        favourable answer), ``asked``, ``base`` and ``n`` (favourable) in people, ``share`` = n / base
        with ``low`` and ``high``, its 95 % Wilson interval, and ``median``, a label. Missing, or "",
        where nobody answered. For a reversed item disagreeing is favourable.

    Raises
    ------
    ValueError
        As for :func:`shares`; or an item's scale has no order, so that no answer is favourable.
    """
    table = shares(programme, items, by)
    unordered = table.loc[(table["role"] == "label") & (table["side"] == ""), "item"]
    if len(unordered):
        raise ValueError(f"{unordered.iloc[0]}: answers without an order are not favourable; use shares.")
    columns = [*ITEM_COLUMNS, "group", "says", "asked", "base", "n", "share", "low", "high", "median"]
    if table.empty:
        return _nothing(columns, table.attrs.get("reason", NOT_IN_SURVEY))
    rows = [_summary(programme, group) for _, group in table.groupby(["item", "group"], sort=False)]
    return pd.DataFrame(rows, columns=columns)


def _nothing(columns: list[str], reason: str) -> pd.DataFrame:
    """Make a table without rows that says why; a report then says it in the section's place."""
    table = pd.DataFrame(columns=columns)
    table.attrs["reason"] = reason
    return table


def _summary(programme: Programme, rows: pd.DataFrame) -> dict[str, object]:
    first = rows.iloc[0]
    asked = programme.items.loc[first["item"]]
    scale = programme.scales[asked["scale"]]
    n = int(rows.loc[rows["side"] == "favourable", "n"].sum())
    base = int(first["base"])
    low, high = interval(n, base)
    return {
        **first[[*ITEM_COLUMNS, "group"]].to_dict(),
        "says": scale.says_not if asked["reversed"] else scale.says,
        "asked": int(rows.loc[rows["role"] != "not asked", "n"].sum()),
        "base": base,
        "n": n,
        "share": n / base if base else np.nan,
        "low": low,
        "high": high,
        "median": median(rows),
    }


def interval(n: int, base: int) -> tuple[float, float]:
    """Give the 95 % Wilson score interval of n out of base; missing where the base is 0.

    It describes people like these. People who chose to come are no random sample of anyone else.
    """
    from statsmodels.stats.proportion import proportion_confint

    if base == 0:
        return np.nan, np.nan
    low, high = proportion_confint(n, base, method="wilson")
    # the share lies within by its formula, but at 0 and at 1 not quite by floating-point arithmetic
    return min(float(low), n / base), max(float(high), n / base)


def median(rows: pd.DataFrame) -> str:
    """Find the median label of one item and group; the lower and upper when it lies between two.

    Parameters
    ----------
    rows : DataFrame
        The rows of :func:`shares` for one item and one group.

    Returns
    -------
    str
        A label; "Disagree to Agree" between two; "" without an order or without answers.
    """
    labels = rows[(rows["role"] == "label") & (rows["side"] != "")].sort_values("order")
    total = int(labels["n"].sum())
    if total == 0:
        return ""
    upto = labels["n"].cumsum().to_numpy()
    low, high = (
        labels["answer"].iloc[int(np.searchsorted(upto, rank))] for rank in ((total + 1) // 2, total // 2 + 1)
    )
    return low if low == high else f"{low} to {high}"


def response_rates(programme: Programme, by: str | None = None) -> pd.DataFrame:
    """Set the people who answered anything beside the people invited.

    Returns
    -------
    DataFrame, shape (groups, 4)
        ``group``, ``n`` who answered, ``base`` invited (missing where the programme does not say), and
        ``share``. Where every invitation names its wave, somebody invited to two waves counts twice, in
        both columns; otherwise once. Empty for a survey known from counts, and without a survey.
    """
    columns = ["group", "n", "base", "share"]
    if programme.answers is None:
        return _nothing(columns, ONLY_COUNTS if programme.has_survey else NO_SURVEY)
    answered = tally.respondents_by_group(programme, by)
    invited = programme.invited
    if by is not None:  # a blank stands for all, and belongs to no one group
        invited = invited[invited[by] != ""]
    base = invited.groupby(tally.titles(programme, by, invited))["n"].sum()
    groups = tally.groups(programme, by, tally.titles(programme, by, programme.answers))
    table = pd.DataFrame({"n": answered, "base": base}).reindex(groups).rename_axis("group").reset_index()
    table["n"] = table["n"].fillna(0).astype(int)
    return table.assign(share=table["n"] / table["base"].where(table["base"] > 0))[columns]
