"""What a coder decides about each row of evidence, and what there is to choose from."""

import pandas as pd

from coprod import framework
from coprod.checks.evidence import CODED_BY, SEPARATOR
from coprod.programme import Programme

VARIABLES = {  # column of evidence.csv and codings.csv -> its name in words
    "sector": "Sector",
    "stage": "Stage",
    "direction": "Direction",
    "code": "Code",
    "knowledge": "Knowledge",
    "condition": "Condition",
    "principle": "Principle",
}
KINDS = {  # column -> files of the framework with what may stand there
    "sector": ("sectors",),
    "stage": ("stages",),
    "direction": ("directions",),
    "code": CODED_BY,
    "knowledge": ("knowledge",),
    "condition": ("conditions",),
    "principle": ("principles",),
}
RULES = ("definition", "include", "exclude", "example")
NOTHING = "none"  # how a blank is said: the coder found that nothing applies


def choices(programme: Programme | None = None) -> pd.DataFrame:
    """List everything that a coder can choose.

    Parameters
    ----------
    programme : Programme, optional
        Its own sectors take the place of the framework's.

    Returns
    -------
    DataFrame
        ``variable``, ``kind`` (the framework's file), ``code`` (the key), ``title``, ``definition``,
        ``include``, ``exclude`` and ``example``, all text, "" where the framework says nothing.
    """
    tables = {(column, kind): framework.read(kind) for column, kinds in KINDS.items() for kind in kinds}
    if programme is not None:
        titles = pd.Series(dict(programme.sectors), dtype=str).rename_axis("key")
        told = tables["sector", "sectors"].drop(columns="title")
        tables["sector", "sectors"] = titles.to_frame("title").join(told)
    table = pd.concat(tables, names=["variable", "kind", "code"]).reset_index()
    return (
        table.rename(columns={"text": "definition"})
        .reindex(columns=["variable", "kind", "code", "title", *RULES], fill_value="")
        .fillna("")
    )


def titles_of(programme: Programme) -> dict[str, dict[str, str]]:
    """Give, for each variable, what its keys stand for; "" stands for "none"."""
    table = choices(programme)
    return {
        variable: {"": NOTHING, **dict(zip(rows["code"], rows["title"], strict=True))}
        for variable, rows in table.groupby("variable", sort=False)
    }


def said(cell: str, titles: dict[str, str]) -> str:
    """Say a cell in words: "Learning journey; Trust"."""
    return "; ".join(titles[key] for key in cell.split(SEPARATOR))
