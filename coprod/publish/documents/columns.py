"""How wide a table's columns are on paper, where none can scroll out of sight.

The words decide: a column is at least as wide as its longest word, and what is left of the line goes to
each as it has more to say.
"""

from collections.abc import Sequence
from statistics import mean

UPRIGHT, ACROSS = 88, 134  # letters of a table's print on a line of A4, held upright and held across
BETWEEN = 3  # letters of space between two columns
WORD = 22  # letters; a longer word is broken


def shares(columns: Sequence[Sequence[str]], line: int) -> list[float]:
    """Share a line among columns.

    Parameters
    ----------
    columns : sequence of sequence of str
        Each column's cells, heading and all.
    line : int
        Letters; `UPRIGHT` or `ACROSS`.

    Returns
    -------
    list of float
        Per cent of the line, which a table of short cells does not fill; nothing where the columns
        cannot stand side by side.
    """
    least = [
        max(min(len(word), WORD) for cell in cells for word in cell.split() or [""]) for cells in columns
    ]
    lengths = [[len(cell) for cell in cells] for cells in columns]
    most = [max(low, *one) for low, one in zip(least, lengths, strict=True)]
    spare = line - sum(least) - BETWEEN * len(columns)
    if spare < 0:
        return []
    if sum(most) - sum(least) > spare:  # a few long cells do not take the room of many short ones
        most = [
            max(low, min(full, 2 * mean(one))) for low, full, one in zip(least, most, lengths, strict=True)
        ]
    given = min(1, spare / max(1, sum(most) - sum(least)))
    return [
        100 * (low + (high - low) * given + BETWEEN) / line for low, high in zip(least, most, strict=True)
    ]
