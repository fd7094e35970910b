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

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

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
    rows = [row for item in dict.fromkeys(items) for row in _item_shares(programme, item, by)]
    if not len(items):
        return _nothing(SHARE_COLUMNS, NOT_IN_SURVEY if programme.has_survey else NO_SURVEY)
    return pd.DataFrame(rows, columns=SHARE_COLUMNS)


def _item_shares(programme: Programme, item: str, by: str | None) -> Iterator[tuple]:
    """Give an item's rows, in the order of `SHARE_COLUMNS`; as tuples they take a tenth of a table's time."""
    scale, asked = _scale_of(programme, item), programme.items.loc[item]
    counts = tally.answers_by_group(programme, item, scale, by)
    base = tally.people_by_group(programme, item, counts, list(scale.labels), by)
    about = (item, *(asked[column] for column in (*ITEM_COLUMNS[1:], "scale")))
    sided = asked["kind"] != "multi"  # ticks on one side are not people
    told = []
    for answer in counts.columns:
        role, has_side = scale.role(answer), sided and answer in scale.labels
        side = scale.side(answer, reversed_item=asked["reversed"]) if has_side else ""
        told.append(
            (answer, scale.collapsed(answer) if has_side else answer, role, side, scale.order(answer))
        )
    for group, cells, people in zip(counts.index, counts.to_numpy().tolist(), base.tolist(), strict=True):
        for answer, n in zip(told, cells, strict=True):
            share = n / people if answer[2] == "label" and people else np.nan
            yield (*about, group, *answer, n, people, share)


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
    keys = ["item", "group"]
    parts = {"asked": table["role"] != "not asked", "n": table["side"] == "favourable"}
    counted = table[keys].assign(**{name: table["n"].where(rows, 0) for name, rows in parts.items()})
    first = table.drop_duplicates(keys).set_index(keys)[[*ITEM_COLUMNS[1:], "base"]]
    rows = first.join(counted.groupby(keys, sort=False).sum()).reset_index()
    low, high = intervals(rows["n"], rows["base"])
    medians = [median(cells) for _, cells in table.groupby(keys, sort=False)]
    share = rows["n"] / rows["base"].where(rows["base"] > 0)
    says = rows["item"].map({item: _says(programme, item) for item in first.index.unique("item")})
    return rows.assign(says=says, share=share, low=low, high=high, median=medians)[columns]


def _says(programme: Programme, item: str) -> str:
    scale = programme.scales[programme.items.at[item, "scale"]]
    return scale.says_not if programme.items.at[item, "reversed"] else scale.says


def _nothing(columns: list[str], reason: str) -> pd.DataFrame:
    """Make a table without rows that says why; a report then says it in the section's place."""
    table = pd.DataFrame(columns=columns)
    table.attrs["reason"] = reason
    return table


def interval(n: int, base: int) -> tuple[float, float]:
    """Give the 95 % Wilson score interval of n out of base; missing where the base is 0.

    It describes people like these. People who chose to come are no random sample of anyone else.
    """
    return tuple(float(end[0]) for end in intervals([n], [base]))


def intervals(n: ArrayLike, base: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Give the intervals of :func:`interval` for several shares at once."""
    from statsmodels.stats.proportion import proportion_confint

    n, base = np.asarray(n, float), np.asarray(base, float)
    ends = np.full((2, len(n)), np.nan)
    there = base > 0
    if there.any():
        low, high = proportion_confint(n[there], base[there], method="wilson")
        share = n[there] / base[there]
        # the share lies within by its formula, but at 0 and at 1 not quite by floating-point arithmetic
        ends[:, there] = np.minimum(low, share), np.maximum(high, share)
    return ends[0], ends[1]


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
    ordered = ((rows["role"] == "label") & (rows["side"] != "")).to_numpy()
    order = np.argsort(rows["order"].to_numpy()[ordered], kind="stable")
    labels, upto = rows["answer"].to_numpy()[ordered][order], rows["n"].to_numpy()[ordered][order].cumsum()
    if not len(upto) or upto[-1] == 0:
        return ""
    low, high = (labels[np.searchsorted(upto, rank)] for rank in ((upto[-1] + 1) // 2, upto[-1] // 2 + 1))
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
