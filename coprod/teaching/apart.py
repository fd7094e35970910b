"""A group's own problem, written down line by line, as the table that its figures are drawn from.

One cause a line; a line that begins with ``-`` names a cause of the line above it that has fewer.
"""

import re

import pandas as pd

from coprod.cases.told import NOT_TOLD

COLUMNS = ["case", "problem", "key", "cause", "of", "kind", "depth"]
TITLE = "Our problem"
MOST = 60  # lines; more would fill no wall
DEEPEST = 4  # levels; the figures have no room for more
# Word processors turn a hyphen into a dash.
BEGUN = re.compile("([-\N{EN DASH} ]*)(.*)")


def taken_apart(problem: str, signs: str, causes: str, title: str = TITLE) -> pd.DataFrame:
    """Turn lines of text into a table of causes, such as :func:`coprod.cases.causes` gives.

    Parameters
    ----------
    problem : str
        In a sentence.
    signs, causes : str
        What can be seen of it, and what lies beneath it; one a line.
    title : str
        Stands before the figures' titles.

    Returns
    -------
    DataFrame, shape (lines, 7)
        ``case``, ``problem``, ``key``, ``cause``, ``of``, ``kind`` ("leaf" for a sign, "root" for a cause)
        and ``depth``. Empty, with the reason in ``attrs``, without a problem and a line.

    Raises
    ------
    ValueError
        There are more lines than a figure can hold.
    """
    problem = " ".join(problem.split())
    rows = [*_lines(signs, "leaf", "s"), *_lines(causes, "root", "c")] if problem else []
    if len(rows) > MOST:
        raise ValueError(f"There are {len(rows)} lines, and figures hold {MOST}: put some of them together.")
    table = pd.DataFrame([{"case": title, "problem": problem, **row} for row in rows], columns=COLUMNS)
    table.attrs["reason"] = NOT_TOLD
    return table


def _lines(text: str, kind: str, letter: str) -> list[dict[str, object]]:
    """Read lines of one kind, each beneath the nearest line above it that stands less deep."""
    rows: list[dict[str, object]] = []
    above: list[str] = []
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        begun, words = BEGUN.fullmatch(line).groups()
        if not words:
            continue
        dashes = len(begun.replace(" ", ""))
        above = above[: min(dashes, len(above), DEEPEST - 1)]
        key = f"{letter}{number}"
        of = above[-1] if above else ""
        rows.append({"key": key, "cause": words, "of": of, "kind": kind, "depth": len(above) + 1})
        above.append(key)
    return rows
