"""Paired change: how many of the same people improved, stayed and got worse, item by item."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from coprod.change.net import FEWEST_PAIRS, flip_p, net_interval, sign_p, smallest_p
from coprod.change.pairs import Crossed, cross, reason
from coprod.likert import ITEM_COLUMNS
from coprod.programme import Programme

PAIRED_COLUMNS = [
    *ITEM_COLUMNS,
    *("before_title", "after_title", "linked", "base", "improved", "same", "worse"),
    *("net", "low", "high", "p", "p_sign", "smallest_p", "why_not"),
]
NOBODY_MOVED = "Everybody's answer stayed the same, so there is no test."
ONE_PAIR = "Only one person gave a rating both times, so there is neither an interval nor a test."


def paired(
    programme: Programme,
    items: Sequence[str],
    first: str | None = None,
    last: str | None = None,
    *,
    near: bool = True,
) -> pd.DataFrame:
    """Count who improved, stayed the same and got worse.

    Parameters
    ----------
    programme : Programme
        Whole, or narrowed to a place.
    items : sequence of str
        Items whose scale has an order. One with a ``before`` item is compared with that, within one
        sitting, unless waves are named; every other one between two waves, for the people linked by
        :func:`coprod.change.link`.
    first, last : str, optional
        Keys of the two waves; the first and the last that anybody answered when left out.
    near : bool
        Whether people are also linked by codes one character apart.

    Returns
    -------
    DataFrame, shape (items, 18)
        ``item``, ``text``, ``section``, ``framework``, ``before_title``, ``after_title``, ``linked``
        (people in both waves, or in the one sitting), ``base`` (of them, with a label both times),
        ``improved`` (moved towards the favourable end), ``same`` and ``worse`` in people, ``net`` =
        (improved - worse) / base with ``low`` and ``high``, its 95 % interval, ``p`` of the exact
        sign-flip test of the steps moved, ``p_sign`` of the exact sign test, ``smallest_p`` that so
        many moves can have, and ``why_not``, a sentence where a number is missing, else "".

    Raises
    ------
    UnknownName
        There is no such item or wave.
    ValueError
        An item's answers have no order.

    Notes
    -----
    People whose answer stayed the same are in the base and in the net share, and widen nothing and
    move nothing in the sign-flip test; the sign test drops them. Neither test says why answers moved.
    """
    rows = [_row(programme, crossed) for crossed in cross(programme, items, first, last, near=near)]
    if not rows:
        empty = pd.DataFrame(columns=PAIRED_COLUMNS)
        empty.attrs["reason"] = reason(programme)
        return empty
    table = pd.DataFrame(rows)
    low, high = net_interval(table["improved"], table["worse"], table["base"])
    return table.assign(low=low, high=high)[PAIRED_COLUMNS]


def _row(programme: Programme, crossed: Crossed) -> dict[str, object]:
    labels = np.arange(len(crossed.scale.labels))
    steps = crossed.sign * (labels[None, :] - labels[:, None])
    improved, same, worse = (int(crossed.n[way].sum()) for way in (steps > 0, steps == 0, steps < 0))
    base, moved = improved + same + worse, improved + worse
    tested = base >= FEWEST_PAIRS and moved > 0
    return {
        "item": crossed.item,
        **programme.items.loc[crossed.item, ITEM_COLUMNS[1:]].to_dict(),
        **{name: getattr(crossed, name) for name in ("before_title", "after_title", "linked")},
        **{"base": base, "improved": improved, "same": same, "worse": worse},
        "net": (improved - worse) / base if base else np.nan,
        "p": flip_p(steps, crossed.n) if tested else np.nan,
        "p_sign": sign_p(improved, worse) if tested else np.nan,
        "smallest_p": smallest_p(moved) if tested else np.nan,
        "why_not": crossed.why_not or _why_no_test(base, moved),
    }


def _why_no_test(base: int, moved: int) -> str:
    if base < FEWEST_PAIRS:
        return ONE_PAIR
    return "" if moved else NOBODY_MOVED
