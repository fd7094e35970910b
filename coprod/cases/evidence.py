"""Counting coded observations: by code, by whatever else they are about, with what stands behind a count.

An observation may have several codes, and then counts once for each of them. Its place is the section
of a document that it comes from: several rows from one place are one source saying it, not several.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from coprod import framework
from coprod.codebook import MULTI_SEPARATOR
from coprod.programme import Programme

FACTORS = ("factors", "insights", "recommendations")  # kinds of the framework that name what helps or hinders
NOT_ONE_CASE = "Not about one case"
SEVERAL_SECTORS = "Several sectors, or none"
NO_FACTORS = "No evidence here is coded as an enabler or a barrier."


def placed(evidence: pd.DataFrame) -> pd.DataFrame:
    """Add the ``place`` that each observation comes from: a section of a document."""
    return evidence.assign(place=evidence["source"] + "\n" + evidence["section"])


def by_code(evidence: pd.DataFrame, kinds: Iterable[str]) -> pd.DataFrame:
    """Give one row per observation and code of some kinds of the framework: ``key`` and its ``title``.

    Observations without such a code are left out.
    """
    titles = pd.concat([framework.read(kind)["title"] for kind in kinds])
    # regex=False: as a pattern, the separator would be "a space, or a space"
    split = evidence.assign(key=evidence["code"].str.split(MULTI_SEPARATOR, regex=False)).explode("key")
    return split.assign(title=split["key"].map(titles)).dropna(subset="title")


def gathered(observed: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count observations, each once in a group.

    Parameters
    ----------
    observed : DataFrame
        Rows of evidence from :func:`placed`, with the columns of `by`.
    by : sequence of str

    Returns
    -------
    DataFrame
        The columns of `by`, ``rows``, ``sources`` (different places) and ``behind``; groups in the order
        in which they are met.
    """
    once = observed.drop_duplicates([*by, "evidence"])
    counted = once.groupby(list(by), sort=False).agg(
        rows=("evidence", "size"), sources=("place", "nunique"), behind=("evidence", tuple)
    )
    return counted.reset_index()


def filled(counted: pd.DataFrame, **levels: Iterable[str]) -> pd.DataFrame:
    """Give every combination of some levels, in their order: 0, "" and () where nothing was counted."""
    every = pd.MultiIndex.from_product(levels.values(), names=levels).to_frame(index=False)
    named = dict.fromkeys(levels, object)  # where nothing was counted, pandas may take names for numbers
    table = every.astype(named).merge(counted.astype(named), on=list(levels), how="left")
    table["behind"] = [known if isinstance(known, tuple) else () for known in table["behind"]]
    others = counted.drop(columns=[*levels, "behind"])
    numbers = dict.fromkeys(others.select_dtypes("number").columns, 0)
    return table.fillna(dict.fromkeys(others.columns, "") | numbers).astype(dict.fromkeys(numbers, int))


def titled(keys: pd.Series, titles: dict[str, str], otherwise: str) -> pd.Series:
    """Give the title of each key, and some other words for those without one."""
    return keys.map(lambda key: titles.get(key, otherwise))


def sector_titles(programme: Programme) -> dict[str, str]:
    """Give the title of each sector: as the programme says it, and else as the framework does."""
    return framework.read("sectors")["title"].to_dict() | dict(programme.sectors)
