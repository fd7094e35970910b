"""How each case takes its problem apart: causes, the causes of those, and how deep each lies."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd

from coprod.cases.told import behind, laid_out
from coprod.programme import Programme


def causes(programme: Programme) -> pd.DataFrame:
    """Give one row per cause that a case names, as the case sees its problem.

    Returns
    -------
    DataFrame
        ``case``, ``problem`` (the case's), ``key``, ``cause``, ``of`` (the key of the cause above it, ""
        for a main one), ``kind`` ("root" or "leaf"), ``depth`` (1 for a main cause) and ``behind``. Each
        stands below the cause that it is a cause of, and is otherwise in the file's order.
    """
    columns = ("problem", "key", "cause", "of", "kind", "depth")
    table = laid_out(programme, columns, lambda case: list(_descending(case)))
    return table.astype({"depth": int})


def _descending(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    below = defaultdict(list)
    for cause in case["causes"]:
        below[cause["of"]].append(cause)

    def under(parent: str, depth: int) -> Iterator[dict[str, Any]]:
        for cause in below[parent]:
            yield {**cause, "problem": case["problem"], "depth": depth, "behind": behind(cause)}
            yield from under(cause["key"], depth + 1)

    yield from under("", 1)
