"""How many people stand behind the items and groups of a table, in every place at once.

A table is told by its columns: it counts answers, how they moved, or themes. Anything else is not about
what people said, or does not add up over places.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from coprod.codebook import MULTI_SEPARATOR, SCALED
from coprod.programme import Programme
from coprod.tally import EVERYBODY, GROUPINGS, NOT_STATED, titles

CELL = ["item", "group"]
NO_PLACE = ""  # people in no place's report: nobody said where they belong, or they moved
MOVED = ("improved", "direction", "before")  # columns that only tables of change have


def counted(table: pd.DataFrame) -> str | None:
    """Tell what a table counts: "answers", "moves" or "themes"; None for anything else."""
    if table.empty or "item" not in table or "quotes" in table:
        return None
    if any(name in table for name in MOVED) or ("scale" in table and (table["scale"] == "change").all()):
        return "moves"
    if not {"delta", "equal"} & set(table) and not {"group", "n", "base"} <= set(table):
        return None
    return "themes" if "definition" in table else "answers"


def grouped_by(programme: Programme, table: pd.DataFrame) -> str | None:
    """Tell by what a table's groups are told apart: a grouping, "stayed", or None for everybody together."""
    from coprod.change.waves import LEFT, STAYED

    if "group" not in table:
        return "sector" if {"delta", "equal"} & set(table) else None
    groups = set(table["group"]) - {NOT_STATED}
    names = {by: getattr(programme, f"{by}s").values() for by in GROUPINGS} | {"stayed": (STAYED, LEFT)}
    return next((by for by, named in names.items() if groups and groups <= set(named)), None)


def by_place(programme: Programme, what: str, by: str | None) -> pd.DataFrame:
    """Count people in every place, whatever place the programme was narrowed to.

    Parameters
    ----------
    programme : Programme
        Answers are those of the wave it was narrowed to, or of its latest.
    what : {"answers", "moves", "themes"}
    by : {"wave", "sector", "stayed"}, optional

    Returns
    -------
    DataFrame, shape (items x groups, places + 1)
        Indexed by ``item`` and ``group``; the last column, "", is of people in no place's report.
    """
    whole = (programme.whole or programme).where(wave=wave_of(programme, what, by))
    if what == "answers" and whole.answers is not None:
        return _answered(whole, by)
    if what == "moves" and whole.answers is not None:
        return _rated_twice(whole)
    everybody = _made(whole, what, by)
    places = {place: _made(whole.where(place=place), what, by) for place in whole.places}
    table = pd.DataFrame(places, index=everybody.index).fillna(0.0)
    return table.assign(**{NO_PLACE: (everybody - table.sum(axis=1)).clip(lower=0)})


def wave_of(programme: Programme, what: str, by: str | None) -> str | None:
    """Tell the wave whose people :func:`by_place` counts; None for all waves together."""
    several = what == "moves" or by in ("wave", "stayed")
    return programme.wave if several else programme.latest().wave


def _answered(whole: Programme, by: str | None) -> pd.DataFrame:
    """Count who gave a label, all items and places at once: a report has many tables of answers."""
    group = _stayed(whole) if by == "stayed" else titles(whole, by, whole.answers)
    place = whole.answers["place"].where(whole.answers["place"].isin(list(whole.places)), NO_PLACE)
    n = _gave_labels(whole).groupby([group.rename("group"), place]).sum().rename_axis(columns="item")
    n = n.unstack("place", fill_value=0).stack("item").reorder_levels(CELL)
    return n.reindex(columns=[*whole.places, NO_PLACE], fill_value=0)


def _gave_labels(whole: Programme) -> pd.DataFrame:
    """Say which answers, person by person, are labels of their scale."""
    items = whole.items.index[whole.items["kind"].isin(SCALED)]
    return pd.DataFrame({item: _gave_label(whole, item) for item in items}, index=whole.answers.index)


def _gave_label(whole: Programme, item: str) -> pd.Series:
    cells, about = whole.answers[item], whole.items.loc[item]
    labels = set(whole.scales[about["scale"]].labels)
    gave = cells.map({cell: not labels.isdisjoint(cell.split(MULTI_SEPARATOR)) for cell in cells.unique()})
    return gave & whole.answers["wave"].isin(about["waves"]) if about["waves"] else gave


def _stayed(whole: Programme) -> pd.Series:
    """Say of those who answered first who answered again; missing for later answers."""
    from coprod import change
    from coprod.change.pairs import two_waves
    from coprod.change.waves import LEFT, STAYED

    first, last = two_waves(whole, None, None)
    started = whole.answers[whole.answers["wave"] == first]
    again = started.index.isin(change.link(whole, first, last)["first"])
    return pd.Series(np.where(again, STAYED, LEFT), started.index, dtype=str).reindex(whole.answers.index)


def _made(programme: Programme, what: str, by: str | None) -> pd.Series:
    """Make the same table for other people, and take its bases."""
    from coprod import change, likert, voices

    made = {
        "answers": lambda: likert.shares(
            programme, likert.items_in(programme, kinds=("scale", "choice")), by
        ),
        "moves": lambda: change.moves(programme, change.comparable(programme)),
        "themes": lambda: voices.themes(programme, by),
    }[what]()
    return made.drop_duplicates(CELL).set_index(CELL)["base"].astype(float)


def _rated_twice(whole: Programme) -> pd.DataFrame:
    """Count who gave a label both times, in two waves or in one sitting, as change.moves does in a place."""
    gave, place = _gave_labels(whole), whole.answers["place"]
    everybody = _rated(
        whole, gave, pd.Series(EVERYBODY, place.index), set(whole.answers["wave"]), by_place=False
    )
    table = pd.DataFrame(0.0, everybody.index, list(whole.places))
    answered = whole.answers.groupby("place")["wave"].agg(frozenset)
    for waves in set(answered):  # nearly always the same in every place
        alike = table.columns.intersection(answered.index[answered == waves])
        table[alike] = _rated(whole, gave, place, waves, by_place=True).reindex(columns=alike, fill_value=0)
    table[NO_PLACE] = (everybody[EVERYBODY] - table.sum(axis=1)).clip(lower=0)
    return table.set_axis(pd.MultiIndex.from_product([table.index, [EVERYBODY]], names=CELL))


def _rated(
    whole: Programme, gave: pd.DataFrame, place: pd.Series, waves: Collection[str], *, by_place: bool
) -> pd.DataFrame:
    """Count, item by item and place by place, who gave a label both times where these waves were answered."""
    from coprod import change

    ordered, groups = [wave for wave in whole.waves if wave in waves], place.unique()
    n = pd.DataFrame(0, gave.columns, groups)
    if len(ordered) > 1:
        pairs = change.link(whole, ordered[0], ordered[-1], by_place=by_place)
        both = gave.loc[pairs["last"]].to_numpy() & gave.loc[pairs["first"]]
        n = both.groupby(place).sum().T.reindex(columns=groups, fill_value=0)
    for item, before in whole.items["before"].items():
        if before:
            asked = [wave for wave in ordered if wave in (whole.items.at[item, "waves"] or ordered)]
            here = gave[item] & gave[before] & whole.answers["wave"].isin(asked[-1:] or [""])
            n.loc[item] = here.groupby(place).sum()
    return n
