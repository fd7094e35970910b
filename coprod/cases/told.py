"""What cases tell, laid out one row for each entry of ``cases.toml``, and what stands behind it."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

import pandas as pd

from coprod.opening import ENTRIES
from coprod.programme import Programme

NO_CASES = "There are no case studies here."
NOT_TOLD = "The case studies do not tell this."
NO_EVIDENCE = "There is no coded evidence here."


def laid_out(
    programme: Programme, columns: tuple[str, ...], rows_of: Callable[[dict[str, Any]], list[dict[str, Any]]]
) -> pd.DataFrame:
    """Lay out what each case holds.

    Parameters
    ----------
    programme : Programme
    columns : tuple of str
    rows_of : function
        From a case to its rows. Each row holds ``behind``, or is an entry of the case as it stands.

    Returns
    -------
    DataFrame
        ``case`` (its title), the columns, and ``behind``; an empty table says why.
    """
    rows = [
        {"case": case["title"], "behind": behind(row), **row}
        for case in programme.cases.values()
        for row in rows_of(case)
    ]
    table = pd.DataFrame(rows, columns=["case", *columns, "behind"])
    here = refs(programme)
    # a case of one place may name an observation about the whole programme, which is not here
    kept = [tuple(ref for ref in dict.fromkeys(named) if ref in here) for named in table["behind"]]
    table["behind"] = pd.Series(kept, index=table.index, dtype=object)
    table.attrs["reason"] = NOT_TOLD if programme.cases else NO_CASES
    return table


def behind(*entries: dict[str, Any]) -> tuple[str, ...]:
    """Give each entry's own ref and, after it, the observations that it names."""
    return tuple(
        chain.from_iterable((entry["ref"], *entry.get("evidence", ())) for entry in entries if "ref" in entry)
    )


def refs(programme: Programme) -> set[str]:
    """Give all that may stand behind a row: ids of evidence, and refs of cases and of their entries."""
    cases = programme.cases.values()
    told = {entry["ref"] for case in cases for part in ENTRIES for entry in case[part]}
    return {*programme.evidence["evidence"], *(case["ref"] for case in cases), *told}


def together(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Put several tuples of refs together, in order and each ref once."""
    return tuple(dict.fromkeys(chain.from_iterable(several)))
