"""Counting answers, from answers or from published counts, with a zero for what nobody chose."""

import numpy as np
import pandas as pd

from coprod.codebook import BLANK, MULTI_SEPARATOR, NOT_ASKED, Scale
from coprod.names import unknown
from coprod.programme import Programme

EVERYBODY = "Everybody"
NOT_STATED = "Not stated"
GROUPINGS = ("place", "wave", "sector")
NO_QUESTION = ("code", "consent")  # filling these in is not yet an answer


def answers_by_group(programme: Programme, item: str, scale: Scale, by: str | None) -> pd.DataFrame:
    """Count the answers to an item.

    Returns
    -------
    DataFrame, shape (groups, answers)
        People, for every answer that was possible; 0 where nobody chose it.

    Raises
    ------
    UnknownName
        There is no such grouping.
    """
    _check_grouping(by)
    columns = [*scale.labels, *scale.non_answers, BLANK, NOT_ASKED]
    if programme.counts is None and programme.items.loc[item, "kind"] != "multi":
        return _crossed(programme, item, columns, by)
    long = _long(programme, item, by)
    counts = long.pivot_table(index="group", columns="answer", values="n", aggfunc="sum", fill_value=0)
    there = groups(programme, by, long["group"])
    return counts.reindex(index=there, columns=columns, fill_value=0).astype(int)


def _crossed(programme: Programme, item: str, columns: list[str], by: str | None) -> pd.DataFrame:
    """Count one answer a person, shape (groups, answers), from codes; a large survey needs it."""
    cells, waves = _coded(programme, item), programme.items.at[item, "waves"]
    answers, codes = [answer or BLANK for answer in cells.categories], cells.codes.astype(np.intp)
    if waves:
        asked = _coded(programme, "wave").categories.isin(waves)[_coded(programme, "wave").codes]
        answers, codes = [*answers, NOT_ASKED], np.where(asked, codes, len(answers))
    keys = pd.Index([EVERYBODY])
    if by is not None:
        keys, codes = _coded(programme, by).categories, codes + _coded(programme, by).codes * len(answers)
    n = np.bincount(codes, minlength=len(keys) * len(answers)).reshape(len(keys), len(answers))
    names = titles(programme, by, pd.DataFrame({by or "all": keys}))
    there = groups(programme, by, names[n.any(axis=1)])
    rows, places = pd.Index(there).get_indexer(names), pd.Index(columns).get_indexer(answers)
    counts = np.zeros((len(there), len(columns)), dtype=int)
    kept = np.ix_(rows >= 0, places >= 0)
    np.add.at(counts, np.ix_(rows[rows >= 0], places[places >= 0]), n[kept])
    return pd.DataFrame(
        counts, pd.Index(there, name="group", dtype=str), pd.Index(columns, name="answer", dtype=str)
    )


def _coded(programme: Programme, column: str) -> pd.Categorical:
    """Give a column of the answers as categories, made once: every table counts from the same codes."""
    if column not in programme.coded:
        programme.coded[column] = pd.Categorical(programme.answers[column])
    return programme.coded[column]


def _check_grouping(by: str | None) -> None:
    if by is not None and by not in GROUPINGS:
        raise unknown("grouping", by, GROUPINGS)


def _long(programme: Programme, item: str, by: str | None) -> pd.DataFrame:
    """Take an item's answers apart: rows with group, answer and n; a person's rows share an index."""
    return _given(programme, item, by) if programme.counts is None else _published(programme, item, by)


def _given(programme: Programme, item: str, by: str | None) -> pd.DataFrame:
    answers = programme.answers
    waves = programme.items.loc[item, "waves"]
    cells = answers[item].where(answers[item] != "", BLANK)
    if waves:
        cells = cells.where(answers["wave"].isin(waves), NOT_ASKED)
    long = pd.DataFrame({"group": titles(programme, by, answers), "answer": cells, "n": 1})
    if programme.items.loc[item, "kind"] != "multi":
        return long
    ticked = [list(dict.fromkeys(cell.split(MULTI_SEPARATOR))) for cell in cells]
    return long.assign(answer=pd.Series(ticked, index=long.index, dtype=object)).explode("answer")


def _published(programme: Programme, item: str, by: str | None) -> pd.DataFrame:
    """Choose the coarsest published table that tells the groups apart.

    A blank place, wave or sector stands for all. Where an item has rows for all and rows for each
    group, they are the same people counted twice, and only one table may be added up.
    """
    rows = programme.counts[(programme.counts["item"] == item) & (programme.counts["before"] == "")]
    filled = rows[list(GROUPINGS)] != ""
    if by is not None and filled[by].any():
        rows, filled = rows[filled[by]], filled[filled[by]]
    fineness = filled.sum(axis=1) * 10 + filled @ [1, 2, 4]  # the second part tells ties apart
    rows = rows[fineness == fineness.min()]
    return rows.assign(group=titles(programme, by, rows))


def titles(programme: Programme, by: str | None, rows: pd.DataFrame) -> pd.Series:
    """Name each row's group by its title; "Everybody" without a grouping."""
    if by is None:
        return pd.Series(EVERYBODY, index=rows.index, dtype=str)
    keys = getattr(programme, f"{by}s")
    return pd.Series([keys.get(key, NOT_STATED) for key in rows[by]], index=rows.index, dtype=str)


def groups(programme: Programme, by: str | None, seen: pd.Series) -> list[str]:
    """Name every group there could be, in the programme's order; "Not stated" only where it occurs.

    Groups with the same title count as one.
    """
    if by is None:
        return [EVERYBODY]
    narrowed = getattr(programme, by, None)
    keys = getattr(programme, f"{by}s")
    titles = [keys[narrowed]] if narrowed else list(keys.values())
    return list(dict.fromkeys(titles + [NOT_STATED] * bool((seen == NOT_STATED).any())))


def people_by_group(
    programme: Programme, item: str, counts: pd.DataFrame, labels: list[str], by: str | None
) -> pd.Series:
    """Count the people who gave a label; somebody who ticked several options is one person.

    Raises
    ------
    ValueError
        The item has several answers a person and is known from counts only, which do not tell how many
        people ticked anything.
    """
    if programme.items.loc[item, "kind"] == "multi" and programme.counts is not None:
        raise ValueError(
            f"{item}: counts do not tell how many people chose among several options. "
            "Give each option an item of its own, or use answers.csv."
        )
    if programme.items.loc[item, "kind"] != "multi":
        return counts[labels].sum(axis=1)
    long = _long(programme, item, by)
    gave = long[long["answer"].isin(labels)]
    people = gave[~gave.index.duplicated()]
    return people.groupby("group")["n"].sum().reindex(counts.index, fill_value=0)


def respondents_by_group(programme: Programme, by: str | None) -> pd.Series:
    """Count the people who answered anything, once a wave where each invitation names its wave."""
    _check_grouping(by)
    answers = programme.answers
    questions = programme.items.index[~programme.items["kind"].isin(NO_QUESTION)]
    there = answers[(~answers[questions].isin(["", NOT_ASKED])).any(axis=1)]
    rows = pd.DataFrame({"group": titles(programme, by, there), "person": there["person"]})
    waves = set(programme.invited["wave"])
    if not waves or "" in waves:
        rows = rows.drop_duplicates()
    return rows["group"].value_counts()
