"""The framework's recommendations, and which observations speak for or against each of them."""

import pandas as pd

from coprod import framework
from coprod.cases.evidence import NOT_ONE_CASE, SEVERAL_SECTORS, filled, gathered, placed, sector_titles
from coprod.cases.told import NO_EVIDENCE
from coprod.programme import Programme

BEARINGS = ("for", "against")
NO_BEARINGS = "Nobody has noted which observations here speak for or against a recommendation."


def recommendations(programme: Programme) -> pd.DataFrame:
    """Count the observations for and against each recommendation.

    Returns
    -------
    DataFrame, shape (recommendations x 2, 8)
        ``recommendation`` (its title), ``sector`` (whom it addresses, "" where the framework does not
        say), ``bearing`` ("for" or "against"), ``rows`` of evidence, the ``cases`` and ``sectors`` that
        these are about ("A; B", with "Not about one case" and "Several sectors, or none" last), the
        ``conditions`` they name, and ``behind``. Recommendations that nothing speaks to are there too,
        with 0. Empty where nothing speaks to any.
    """
    held = framework.read("recommendations")
    bearings = programme.bearings[["evidence", "recommendation", "bearing"]]
    spoken = placed(programme.evidence).merge(bearings, on="evidence")
    by = ["recommendation", "bearing"]
    counted = gathered(spoken, by)
    titles = _titles(programme)
    for column, (of, title) in titles.items():
        counted = counted.merge(_named(spoken, by, column, of, title), on=by, how="left")
    table = filled(counted, recommendation=held.index, bearing=BEARINGS)
    table = table.assign(
        sector=table["recommendation"].map(_addressed(held, programme)),
        recommendation=table["recommendation"].map(held["title"]),
    )
    table = table if len(spoken) else table.iloc[:0]
    table.attrs["reason"] = NO_BEARINGS if len(programme.evidence) else NO_EVIDENCE
    return table[["recommendation", "sector", "bearing", "rows", *titles, "behind"]]


def _titles(programme: Programme) -> dict[str, tuple[str, dict[str, str]]]:
    """Give, for each list of names, the column of evidence it comes from and the titles, in order."""
    cases = {key: case["title"] for key, case in programme.cases.items()}
    return {
        "cases": ("case", {**cases, "": NOT_ONE_CASE}),
        "sectors": ("sector", {**programme.sectors, "": SEVERAL_SECTORS}),
        "conditions": ("condition", framework.read("conditions")["title"].to_dict()),
    }


def _named(spoken: pd.DataFrame, by: list[str], column: str, of: str, titles: dict[str, str]) -> pd.DataFrame:
    """Name, for each group, what its rows are about, in the order of the titles."""
    order = {key: number for number, key in enumerate(titles)}
    met = spoken[spoken[of].isin(titles)].drop_duplicates([*by, of])
    met = met.sort_values(of, key=lambda keys: keys.map(order), kind="stable")
    named = met.assign(**{column: met[of].map(titles)}).groupby(by, sort=False)[column].agg("; ".join)
    return named.reset_index()


def _addressed(held: pd.DataFrame, programme: Programme) -> pd.Series:
    """Say whom each recommendation addresses: a sector, or whom else the framework names."""
    if "addressee" not in held:
        return pd.Series("", index=held.index)
    sectors = sector_titles(programme)
    return held["addressee"].map(lambda key: sectors.get(key, key.replace("_", " ").capitalize()))
