"""Questions that the tool itself says people answered in their own words, or in numbers.

That answers come back makes them no labels here: three people called Anna make "Anna" no option.
"""

import pandas as pd

from coprod.exports.export import IDENTIFIER, NUMBER, TEXT
from coprod.exports.kinds import kinds

OTHER_WORDS = "other, in people's own words"


def open_kind(cells: pd.Series, text: str, role: str = TEXT) -> tuple[str, str]:
    """Say whether a question asks who somebody is.

    Parameters
    ----------
    cells : Series of str
        The answers, "" where blank.
    text : str
        What was asked.
    role : str
        Its role if not, `TEXT` or `NUMBER`.

    Returns
    -------
    role, why : str
        As a column's; ``why`` is blank unless the role is `IDENTIFIER`.
    """
    once = cells.drop_duplicates().to_frame("question")
    found = kinds(once, {"question": text})["question"]
    return (IDENTIFIER, found.why) if found.role == IDENTIFIER else (role, "")


def number_or_words(cells: pd.Series) -> str:
    """Tell numbers from words: `NUMBER` where all answers are numbers, else `TEXT`."""
    given = cells[cells != ""]
    return NUMBER if len(given) and given.str.fullmatch(r"\s*[-+]?\d+(?:[.,]\d+)?\s*").all() else TEXT
