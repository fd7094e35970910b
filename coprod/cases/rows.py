"""Every observation, one by one, with how it was coded and where it stands in its source."""

import pandas as pd

from coprod import framework
from coprod.cases.evidence import FACTORS, by_code, titled
from coprod.cases.told import NO_EVIDENCE
from coprod.programme import Programme

UP_TO_THE_YEAR = r"^(.*?(?:\b(?:19|20)\d\d\b\)?|\(no date\)))"


def rows(programme: Programme) -> pd.DataFrame:
    """Give every observation.

    Returns
    -------
    DataFrame, shape (observations, 4)
        ``ref`` (its id), ``says`` (the observation in our words), ``about`` (its case, its sector, its
        direction and the titles of its codes, as far as it has them) and ``where`` (the citation up to
        the year, and the section).
    """
    evidence = programme.evidence
    coded = by_code(evidence, (*FACTORS, "contributions")).groupby("evidence")["title"].agg("; ".join)
    codes = titled(evidence["evidence"], coded.to_dict(), "")
    directions = evidence["direction"].map(framework.read("directions")["title"])
    cases = {key: case["title"] for key, case in programme.cases.items()}
    sectors = dict(programme.sectors)
    coded_as = directions.where(codes == "", directions + ": " + codes)
    placed = (titled(evidence[part], titles, "") for part, titles in (("case", cases), ("sector", sectors)))
    table = pd.DataFrame(
        {
            "ref": evidence["evidence"],
            "says": evidence["paraphrase"],
            "about": ["; ".join(filter(None, parts)) for parts in zip(*placed, coded_as, strict=True)],
            "where": evidence["source"].map(shortened(programme)) + ", " + evidence["section"],
        }
    ).reset_index(drop=True)
    table.attrs["reason"] = NO_EVIDENCE
    return table


def shortened(programme: Programme) -> dict[str, str]:
    """Shorten each source's citation to what stands before and with its year."""
    citations = pd.Series(dict(programme.sources), dtype=str)
    return citations.str.extract(UP_TO_THE_YEAR, expand=False).fillna(citations).to_dict()
