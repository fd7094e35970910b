"""What every reader gives: the answers of one survey export as they stand, and what its columns are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

IDENTIFIER = "identifier"  # tells who a person is, or could: never written to a programme
METADATA = "metadata"  # about the form and not about the person: times, language, progress
ITEM = "item"  # one answer of several
OPTION = "option"  # one option of a question where several can be ticked
JOINED = "joined"  # all options that were ticked, in one cell
TEXT = "text"  # words of a person's own
NUMBER = "number"
ROLES = (IDENTIFIER, METADATA, ITEM, OPTION, JOINED, TEXT, NUMBER)
COLUMNS = ("column", "role", "text", "group", "option", "scale", "separator", "why")


@dataclass(frozen=True)
class Export:
    """One export of one survey tool.

    Attributes
    ----------
    tool : str
        The reader's name, such as "qualtrics".
    file : str
        The file's name.
    answers : DataFrame, shape (responses, columns)
        Text exactly as given, "" where blank. An option's cell holds the option's label where it was
        ticked, "" where not, and `NOT_SEEN` where the export tells that nobody was asked.
    columns : DataFrame, indexed from 0
        One row per column of the answers, in their order: ``column`` (its name in `answers`), ``role``
        (one of `ROLES`), ``text`` (the question, or the statement of a grid), ``group`` (what the
        options of one question, or the statements of one grid, share; "" where alone), ``option`` (the
        label of a column of role "option"), ``scale`` (a key of `scales`, or ""), ``separator`` (of
        role "joined") and ``why`` (why an identifier or metadata).
    scales : mapping of str to tuple of str
        Labels in the order in which the tool itself holds them. Empty where it holds none.
    dropped : DataFrame
        ``what`` was left out, how many ``rows``, and ``why``.
    decided : tuple of str
        What the reader took for granted, a sentence each, for a person to look at.
    """

    tool: str
    file: str
    answers: pd.DataFrame
    columns: pd.DataFrame
    scales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame({"what": [], "rows": [], "why": []}, dtype=object)
    )
    decided: tuple[str, ...] = ()


NOT_SEEN = "[not asked]"


def column(name: str, role: str, text: str = "", **told: str) -> dict[str, str]:
    """Describe a column; what is not told is blank."""
    return {**dict.fromkeys(COLUMNS, ""), "column": name, "role": role, "text": text or name, **told}


def described(columns: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Lay descriptions of columns out as a table, shape (columns, 8), all text."""
    return pd.DataFrame(columns, columns=list(COLUMNS), dtype=str)
