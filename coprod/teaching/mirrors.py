"""Questions to look at oneself with, and a log to take home."""

import pandas as pd

from coprod import framework
from coprod.names import unknown

ABOUT = ("principle", "leadership", "lens")
ENTRIES = ("saw", "brought", "next", "whom")


def questions_about(what: str) -> pd.DataFrame:
    """Give the questions that a group can ask itself about one kind of thing.

    Parameters
    ----------
    what : {"principle", "leadership", "lens"}

    Returns
    -------
    DataFrame
        ``title`` and ``question``, in the order of ``data/framework/reflections.csv``.

    Raises
    ------
    UnknownName
        There are no questions about that.
    """
    if what not in ABOUT:
        raise unknown("kind of question", what, ABOUT)
    rows = framework.read("reflections")
    rows = rows[rows["about"] == what].reset_index(drop=True)
    return rows[["title", "text"]].rename(columns={"text": "question"})


def log() -> pd.DataFrame:
    """Lay out a reflexive log: a row for each lens, and room for what was seen and what follows from it.

    Returns
    -------
    DataFrame, shape (4, 6)
        ``title`` and ``question`` of a lens; ``saw``, ``brought``, ``next`` and ``whom``, which are blank.
    """
    return questions_about("lens").assign(**dict.fromkeys(ENTRIES, ""))
