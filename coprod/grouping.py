"""Putting small groups together, and hiding what is still too small.

The written rule: a breakdown keeps its groups while each has at least the smallest size. Otherwise
the smallest groups are put together, smallest first, until every group that is left is large enough,
the one put together included. When that leaves a single group there is no breakdown.

Then, question by question, groups that too few answered are hidden, and further ones with them, until
the hidden ones together are large enough too: the total less the groups that are shown gives their sum
away, and that sum must not be a small group, nor one group alone.
"""

import pandas as pd

from coprod.likert import interval
from coprod.saying import joined
from coprod.tally import EVERYBODY

SUMMED = ("n", "base", "asked", "quotes")


def sizes(table: pd.DataFrame) -> pd.Series:
    """Return what decides whether a row may be shown: its base, or n where no base is known."""
    return table["base"].where(table["base"].notna(), table["n"])


def asked(table: pd.DataFrame) -> pd.Series:
    """Count the people who were asked, for each row: those who gave a label, a non-answer, or nothing."""
    if "role" not in table:
        return table["asked"] if "asked" in table else sizes(table)
    return table["base"] + _total(table, ["non-answer", "blank"])


def whole(table: pd.DataFrame) -> pd.Series:
    """Count the people that each row of a table of shares is a part of.

    A label is a part of those who gave one; a non-answer or a blank, of those asked; "not asked", of
    everybody.
    """
    everybody = asked(table) + _total(table, ["not asked"])
    of = table["base"].where(table["role"] == "label", asked(table))
    return of.where(table["role"] != "not asked", everybody)


def _total(table: pd.DataFrame, roles: list[str]) -> pd.Series:
    """Add up the rows of some roles, within each item and group."""
    counted = table["n"].where(table["role"].isin(roles), 0)
    return counted.groupby([table["item"], table["group"]]).transform("sum")


def large_enough(table: pd.DataFrame, smallest: int) -> tuple[pd.DataFrame, list[str]]:
    """Keep what rests on enough people; with sentences on what was left out, put together or hidden.

    Where nobody was asked there is nothing to protect, and no other group goes with it.
    """
    if not (asked(table) > 0).any():
        return table.iloc[:0], ["There are no answers."]
    there, absent = _leave_out_absent(table)
    merged, together = merge_small_groups(there, smallest)
    if merged.empty:
        return merged, absent + together
    put, not_put = _leave_out_not_put(merged)
    kept, hidden = hide_small_cells(put, smallest)
    return kept, absent + together + not_put + hidden


def _leave_out_absent(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Take out groups in which nobody was asked anything, such as a wave that is still to come."""
    there = (asked(table) > 0).groupby(table["group"]).transform("any")
    absent = list(table.loc[~there, "group"].unique())
    return table[there], [f"There are no answers from {joined(absent)}."] if absent else []


def _leave_out_not_put(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Take out the items of a group that were put to nobody in it."""
    put = asked(table) > 0
    return table[put], [
        f"{texts} not put to {'anybody' if groups == EVERYBODY else groups}."
        for texts, groups in texts_by_groups(table[~put], "was", "were")
    ]


def texts_by_groups(cells: pd.DataFrame, one: str, several: str) -> list[tuple[str, str]]:
    """Name the items of some cells with a verb, and their groups; items with the same groups together."""
    texts: dict[str, list[str]] = {}
    named = cells if "item" in cells else cells.assign(item="", text="")
    for _, rows in named.groupby("item", sort=False):
        text = rows["text"].iloc[0]
        texts.setdefault(" or ".join(rows["group"].unique()), []).append(
            f"“{text}”" if text else "The response"
        )
    return [(f"{joined(what)} {one if len(what) == 1 else several}", whom) for whom, what in texts.items()]


def merge_small_groups(table: pd.DataFrame, smallest: int) -> tuple[pd.DataFrame, list[str]]:
    """Put groups together by the written rule.

    Parameters
    ----------
    table : DataFrame
        With ``group``, ``n`` and ``base``; a group's size is its largest base over the items.
    smallest : int
        People.

    Returns
    -------
    DataFrame
        With fewer groups, or with none where one is left.
    list of str
        A sentence where groups were put together.
    """
    items = table["item"] if "item" in table else pd.Series("", index=table.index)
    by_item = sizes(table).groupby([items, table["group"]], sort=False).first().unstack(fill_value=0)
    by_size = by_item[by_item[table["group"].unique()].max().sort_values(kind="stable").index]
    if by_size.shape[1] < 2 or by_size.iloc[:, 0].max() >= smallest:
        return table, []
    count = _how_many(by_size, smallest)
    names = list(by_size.columns[:count])
    if count == by_size.shape[1]:
        return table.iloc[:0], [f"No breakdown is shown: too few groups have {smallest} people or more."]
    together = joined(sorted(names, key=list(table["group"].unique()).index))
    merged = table.assign(group=table["group"].where(~table["group"].isin(names), together))
    note = f"{together} are shown together: on its own at least one has fewer than {smallest} people."
    return _add_up(merged), [note]


def _how_many(by_size: pd.DataFrame, smallest: int) -> int:
    """Count the groups to put together, from the bases of each item (row) in each group, smallest first."""
    groups = by_size.shape[1]
    for count in range(2, groups):
        together = by_size.iloc[:, :count].sum(axis=1).max()
        if together >= smallest and by_size.iloc[:, count].max() >= smallest:
            return count
    return groups


def _add_up(table: pd.DataFrame) -> pd.DataFrame:
    """Add up the rows that now have the same group, in the order of their first row."""
    keys = [name for name in ("item", "group", "answer") if name in table]
    numbers = [name for name in SUMMED if name in table]
    summed = table.groupby(keys, sort=False)[numbers].sum(skipna=False)  # unknown plus known is unknown
    first = table.drop_duplicates(keys).set_index(keys)
    both = table.duplicated(keys, keep=False).groupby([table[key] for key in keys], sort=False).any()
    added = first.assign(**{name: summed[name] for name in summed})
    if "median" in added:  # the median of two groups cannot be had from their medians
        added["median"] = added["median"].where(~both, "")
    return remeasure(added.reset_index()[list(table.columns)])


def remeasure(table: pd.DataFrame) -> pd.DataFrame:
    """Compute shares and intervals again from ``n`` and ``base``."""
    share = table["n"] / table["base"].where(table["base"] > 0)
    again = table.assign(share=share.where(table["role"] == "label") if "role" in table else share)
    if "low" not in table:
        return again
    ends = [interval(n, base) for n, base in zip(table["n"], table["base"], strict=True)]
    return again.assign(low=[low for low, _ in ends], high=[high for _, high in ends])


def hide_small_cells(table: pd.DataFrame, smallest: int) -> tuple[pd.DataFrame, list[str]]:
    """Take out, item by item, the groups that too few answered, and those that would give them away."""
    keys = [name for name in ("item", "group") if name in table]
    cells = table.assign(size=sizes(table)).drop_duplicates(keys)
    items = cells["item"] if "item" in cells else pd.Series("", index=cells.index)
    hidden = pd.concat([_to_hide(cell, smallest) for _, cell in cells.groupby(items, sort=False)])
    kept = table[~table.set_index(keys).index.isin(hidden.set_index(keys).index)]
    few, broken_down = f"fewer than {smallest} people answered", cells["group"].nunique() > 1
    if kept.empty and broken_down:
        return kept, [f"No breakdown is shown: {few} in at least one group."]
    if kept.empty:
        return kept, [f"Nothing is shown: {few}."]
    why = f"{few} in at least one of these groups, and showing the others would give it away"
    return kept, [
        f"{texts} not shown for {groups}: {why}." if broken_down else f"{texts} not shown: {few}."
        for texts, groups in texts_by_groups(hidden, "is", "are")
    ]


def _to_hide(cell: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Pick the small groups of one item, and the next smallest until all that are hidden are enough."""
    ordered = cell.sort_values("size", kind="stable")
    count = int((ordered["size"] < smallest).sum())
    if not count:
        return ordered.iloc[:0]
    enough = int((ordered["size"].cumsum() < smallest).sum()) + 1  # two at least, for the first is too small
    return ordered.iloc[: max(count, enough)]


def collapse(table: pd.DataFrame) -> pd.DataFrame:
    """Collapse the labels of each item and group to their sides; other tables stay as they are.

    Labels without an order have no sides and keep their names.
    """
    if "collapsed" not in table:
        return table
    named = table.assign(answer=table["answer"].where(table["side"] == "", table["collapsed"]))
    keys = ["item", "group", "role", "side", "answer"]
    n = named.groupby(keys, sort=False)["n"].sum()
    first = named.drop_duplicates(keys).set_index(keys)
    return first.assign(n=n).reset_index()[list(table.columns)]
