"""Options that LimeSurvey writes as Y or nothing, as Yes, No and N/A, or as what Y and N were turned into.

A question that nobody was shown, because of an earlier answer or because somebody had left, is blank in the
database, and an option that was shown and not ticked is empty. Newer versions write the first without
quotation marks and the second with them; where N is written out, every blank is the first.
"""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from coprod.exports.export import NOT_SEEN
from coprod.exports.limesurvey_places import squashed
from coprod.exports.tables import read_either
from coprod.problems import FileRefused, Problem

TICKED = "ticked"
YES = frozenset({"y", "yes", "ja", "oui", "sí", "si", "sì", "sim", "tak", "ano", "kyllä", "ie", "ydw"})
NO = frozenset({"n", "no", "nein", "non", "nee", "nej", "nei", "não", "nie", "ne", "ei", "na"})
NEITHER = frozenset({"n/a", "k.a.", "n.a."})
MARK = "\ue000"  # of a private use: no keyboard writes it


def is_ticks(cells: pd.DataFrame) -> bool:
    """Say whether columns hold only yes, no and nothing, and yes somewhere."""
    words = _words(cells)
    return words <= YES | NO | NEITHER and not words.isdisjoint(YES)


def read_ticks(file: str, cells: pd.DataFrame) -> pd.DataFrame:
    """Read what was ticked of a question's options.

    Parameters
    ----------
    file : str
        Its name, for the message.
    cells : DataFrame, shape (responses, options)

    Returns
    -------
    DataFrame, shape (responses, options)
        `TICKED`, "" where not, and `NOT_SEEN` where the file tells that nobody was asked.

    Raises
    ------
    FileRefused
        It cannot be told which word means ticked.
    """
    words = _words(cells)
    ticked = words & (YES if words & YES else {"1"})
    unticked = words & (NO if words & NO else {"0", "2"})
    others = words - ticked - unticked - NEITHER
    if len(others) == 1 and not ticked:
        ticked, others = others, set()
    elif len(others) == 1 and not unticked:
        unticked, others = others, set()
    elif len(others) == 1:
        others = set()  # "N/A", in whatever language
    if others or len(ticked) > 1:
        said = "It cannot be told which of the words in it means that the option was ticked."
        remedy = "Export again with answer codes, without turning Y and N into something else."
        raise FileRefused(file, [Problem(file, said, remedy, "1", str(cells.columns[0]))])
    states = dict.fromkeys(words, NOT_SEEN) | dict.fromkeys(ticked, TICKED) | dict.fromkeys(unticked, "")
    states[""] = NOT_SEEN if unticked else ""
    return cells.apply(lambda column: column.map({cell: states[squashed(cell)] for cell in column.unique()}))


def not_shown(path: Path, answers: pd.DataFrame) -> pd.DataFrame | None:
    """Find the cells without quotation marks, in a file that has empty cells with and without them.

    Returns
    -------
    DataFrame of bool, shape of `answers`
        None where the file does not tell, as after a spreadsheet has saved it.
    """
    raw = read_either(path)
    between = re.escape(raw.separator)
    end = rf"(?={between}|[\r\n]|\Z)"
    if not re.search(rf'(?<={between})""{end}', raw.text):
        return None
    blank = re.compile(rf'"(?:[^"]|"")*+"|(?<={between}){end}|(?:(?<=\n)|\A)(?={between})')
    marked = replace(raw, text=blank.sub(lambda found: found[0] or MARK, raw.text)).body(1)
    if marked.shape != answers.shape:
        return None
    without = (marked == MARK).set_axis(answers.columns, axis=1)
    return without if without.any(axis=None) else None


def _words(cells: pd.DataFrame) -> set[str]:
    return {squashed(cell) for cell in pd.unique(cells.to_numpy().ravel())} - {""}
