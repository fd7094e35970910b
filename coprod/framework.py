"""What the workbook knows about co-production: a reading room over ``data/framework``.

The framework is data. Each of its files holds one kind of thing (values, principles, conditions, questions,
factors and so on), one row each, in our own words and with the document and the heading where the source
has it. Nothing of it stands in code, so a group can add a row, or a whole file, and every notebook sees it.

All cells are text and "" where blank, as they stand in the files.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pandas as pd

from coprod.folders import framework_folder
from coprod.names import unknown


def kinds() -> list[str]:
    """Return the kinds of thing the framework holds: ``"conditions"``, ``"questions"`` and so on."""
    return sorted(path.stem for path in framework_folder().glob("*.csv"))


def read(kind: str) -> pd.DataFrame:
    """Read one file of the framework.

    Parameters
    ----------
    kind : str
        One of :func:`kinds`.

    Returns
    -------
    DataFrame, indexed by key
        In the order of the file. Columns ``title``, ``text``, ``document`` and ``section``, then the kind's
        own, such as ``condition``; documents have ``authors``, ``year``, ``publisher`` and ``licence``.

    Raises
    ------
    coprod.names.UnknownName
        There is no such kind.
    """
    known = kinds()
    if kind not in known:
        raise unknown("framework table", kind, known)
    path = framework_folder() / f"{kind}.csv"
    return _read(path, path.stat().st_mtime_ns).copy()


def title(kind: str, key: str) -> str:
    """Return what a key stands for: ``title("conditions", "time")``.

    Raises
    ------
    coprod.names.UnknownName
        There is no such kind, or no such key in it.
    """
    return read(kind)["title"][_known(kind, key)]


def questions(conditions: Iterable[str]) -> pd.DataFrame:
    """Return the questions a group can ask itself about some of the conditions.

    Parameters
    ----------
    conditions : iterable of str
        Keys of conditions; their questions come in this order.

    Returns
    -------
    DataFrame, indexed by the question's key
        As :func:`read` gives it, with the column ``condition_title``.

    Raises
    ------
    coprod.names.UnknownName
        There is no such condition.
    """
    asked = [_known("conditions", condition) for condition in conditions]
    found = read("questions")
    found["condition_title"] = found["condition"].map(read("conditions")["title"])
    found = found[found["condition"].isin(asked)]
    return found.sort_values("condition", key=lambda keys: keys.map(asked.index), kind="stable")


def expected_contributions() -> pd.DataFrame:
    """Return what each sector can bring to each stage, for comparing with who did what.

    Returns
    -------
    DataFrame, indexed by the contribution's key
        As :func:`read` gives it, stage by stage and sector by sector, with the columns ``stage_title`` and
        ``sector_title``.

    Source
    ------
    *Knowledge in action* (2025), Table 1: what three teams in one programme of a year found, not a rule.
    """
    stages, sectors = read("stages"), read("sectors")
    found = read("contributions")
    found["stage_title"] = found["stage"].map(stages["title"])
    found["sector_title"] = found["sector"].map(sectors["title"])
    place_in_order = {key: order for keys in (stages.index, sectors.index) for order, key in enumerate(keys)}
    return found.sort_values(["stage", "sector"], key=lambda keys: keys.map(place_in_order), kind="stable")


def _known(kind: str, key: str) -> str:
    valid = read(kind).index
    if key not in valid:
        raise unknown(f"key in {kind}", key, valid)
    return key


@lru_cache
def _read(path: Path, changed: int) -> pd.DataFrame:
    """Read a file once, and again when it has changed since; `changed` is there to be compared."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig").set_index("key")
