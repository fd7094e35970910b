"""Where people moved: how many went from each answer to each other one."""

from collections.abc import Iterator, Sequence

import pandas as pd

from coprod.change.pairs import Crossed, cross, reason
from coprod.likert import SHARE_COLUMNS
from coprod.programme import Programme
from coprod.tally import EVERYBODY

FLOW_COLUMNS = [*SHARE_COLUMNS, "before", "after", "order_before", "order_after", "direction"]
ROW_COLUMNS = ["item", "before", "after", "n", "base", "order_before", "order_after", "direction"]
DIRECTIONS = {1: "improved", 0: "same", -1: "worse"}
WORDS = {"improved": "Improved", "same": "Stayed the same", "worse": "Got worse"}
SIDES = {"improved": "favourable", "same": "neutral", "worse": "unfavourable"}


def flow(
    programme: Programme,
    items: Sequence[str],
    first: str | None = None,
    last: str | None = None,
    *,
    near: bool = True,
) -> pd.DataFrame:
    """Count people by their answer before and their answer after.

    Parameters
    ----------
    programme, items, first, last, near
        As for :func:`coprod.change.paired`.

    Returns
    -------
    DataFrame, shape (items x labels x labels, 20)
        One row per before and after, chosen or not: the columns of :func:`coprod.likert.shares`, where
        ``answer`` is both labels and ``side`` the direction, and ``before``, ``after``,
        ``order_before``, ``order_after`` in the scale, and ``direction``: "improved", "same" or "worse".
        ``n`` is of ``base`` people with a label both times; an item without such people has no rows.
    """
    every = cross(programme, items, first, last, near=near)
    rows = [row for crossed in every for row in _rows(crossed)]
    table = _as_shares(pd.DataFrame(rows, columns=ROW_COLUMNS), programme)
    if table.empty:
        table.attrs["reason"] = reason(programme)
    return table


def moves(
    programme: Programme,
    items: Sequence[str],
    first: str | None = None,
    last: str | None = None,
    *,
    near: bool = True,
) -> pd.DataFrame:
    """Count people by the way their answer moved.

    Parameters
    ----------
    programme, items, first, last, near
        As for :func:`coprod.change.paired`.

    Returns
    -------
    DataFrame, shape (items x 3, 15)
        The columns of :func:`coprod.likert.shares`, with "Got worse", "Stayed the same" and "Improved" as
        the answers of one scale, so that it can be shown and drawn as answers are.
    """
    table = flow(programme, items, first, last, near=near)
    if table.empty:
        return table
    keys = ["item", "direction"]
    n = table.groupby(keys, sort=False)["n"].sum()
    three = table.drop_duplicates(keys).set_index(keys).assign(n=n).reset_index()
    order = three["direction"].map(list(WORDS)[::-1].index)
    three = three.assign(
        answer=three["collapsed"], order=order, share=three["n"] / three["base"], scale="change"
    )
    return three.set_index("item").loc[list(dict.fromkeys(three["item"]))].reset_index()[SHARE_COLUMNS]


def _rows(crossed: Crossed) -> Iterator[tuple]:
    base = int(crossed.n.sum())
    labels = list(enumerate(crossed.scale.labels)) if base else []
    for down, before in labels:
        for across, after in labels:
            n = int(crossed.n[down, across])
            direction = DIRECTIONS[crossed.sign * ((across > down) - (across < down))]
            yield crossed.item, before, after, n, base, down, across, direction


def _as_shares(table: pd.DataFrame, programme: Programme) -> pd.DataFrame:
    about = programme.items.reindex(table["item"])
    return table.assign(
        **{column: about[column].to_numpy() for column in ("text", "section", "framework", "scale")},
        group=EVERYBODY,
        answer=table["before"] + " → " + table["after"],
        collapsed=table["direction"].map(WORDS),
        role="label",
        side=table["direction"].map(SIDES),
        order=table.groupby("item").cumcount(),
        share=table["n"] / table["base"],
    )[FLOW_COLUMNS]
