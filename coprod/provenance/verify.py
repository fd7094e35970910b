"""Whether a report is still what was published, and stands on the same data and notebook.

This finds what changed by accident, by hand or in transit. Somebody who changes a file and its record alike
is not found.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from coprod.folders import programme_names, workbook_folder
from coprod.importing.keys import read_key
from coprod.names import unknown
from coprod.problems import NotInOrder
from coprod.provenance import hashes
from coprod.provenance.crate import files, parameters, read_crate
from coprod.provenance.inputs import DATA, Inputs, read_record
from coprod.reports.planning import reports_folder

if TYPE_CHECKING:
    import pandas as pd

AS_RECORDED, CHANGED, MISSING, NOT_RECORDED = "as recorded", "changed", "missing", "not recorded"
NOT_CHECKED = "cannot be checked here"
ELSEWHERE = "changed, but not in what this report reads"
DIFFERENT = (CHANGED, MISSING, NOT_RECORDED)


def verify(report: str | Path) -> "pd.DataFrame":
    """Hold a report's files, its notebook and its data to their recorded hashes.

    Parameters
    ----------
    report : str or Path
        As `coprod list` names it, with its programme (``demo/learning_report-public``), or its folder
        anywhere.

    Returns
    -------
    DataFrame, shape (files, 2)
        ``file`` and ``state``: "as recorded", "changed", "missing", "not recorded"; "changed, but not in what
        this report reads", for data that `coprod report` has looked into; or "cannot be checked here", for
        data whose hashes were made with another key, or that are not on this machine.

    Raises
    ------
    UnknownName
        There is no such report.
    NotInOrder
        Its record is missing or damaged.
    """
    import pandas as pd

    folder = find(report)
    crate = read_crate(folder)
    states = _published(folder, crate) | _notebook(crate) | _data(folder, crate)
    return pd.DataFrame(states.items(), columns=["file", "state"], dtype=str)


def find(report: str | Path) -> Path:
    """Find a report's folder by its name or path.

    Raises
    ------
    UnknownName
        There is none.
    """
    for folder in (Path(report), reports_folder() / report):
        if folder.is_dir():
            return folder
    built = reports_folder().glob("[!.]*/*/index.html")
    raise unknown("report", str(report), ("/".join(path.parts[-3:-1]) for path in built))


def _published(folder: Path, crate: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    recorded = {
        unquote(name): str(entity.get("sha256", ""))
        for name, entity in crate.items()
        if entity.get("@type") == "File"
    }
    return _compared(recorded, {name: hashes.sha256(path) for name, path in files(folder).items()})


def _notebook(crate: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    recorded = _recorded(crate, "#notebooks/", "sha256")
    there = {
        f"notebooks/{path.name}": hashes.sha256(path)
        for path in (workbook_folder() / "notebooks").glob("*.ipynb")
        if f"notebooks/{path.name}" in recorded
    }
    return _compared(recorded, there)


def _data(folder: Path, crate: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    recorded = _recorded(crate, "#data/", "identifier")
    programme = parameters(crate).get("programme", "")
    key = read_key(make=False)
    same_key = all(f"key {hashes.mark(key)}:" in digest for digest in recorded.values())
    if not same_key or programme not in programme_names():
        return dict.fromkeys(recorded, NOT_CHECKED)
    states = _compared(recorded, hashes.of_data(programme, key))
    elsewhere = _still_up_to_date(folder, programme)
    return {
        name: ELSEWHERE if elsewhere and state in DIFFERENT and name != hashes.FRAMEWORK else state
        for name, state in states.items()
    }


def _still_up_to_date(folder: Path, programme: str) -> bool:
    """Whether `coprod report` has found that a report reads the same of these very files."""
    try:
        record = read_record(folder)
    except (OSError, NotInOrder):
        return False
    return record.inputs.get(DATA) == Inputs(make_key=False).of_data(programme)


def _recorded(crate: Mapping[str, Mapping[str, Any]], start: str, part: str) -> dict[str, str]:
    named = {name.removeprefix("#"): entity for name, entity in crate.items() if name.startswith(start)}
    return {name: str(entity.get(part, "")) for name, entity in named.items()}


def _compared(recorded: Mapping[str, str], there: Mapping[str, str]) -> dict[str, str]:
    """Say what became of each file; one that the record names is never opened by that name."""
    return {name: _state(recorded.get(name), there.get(name)) for name in sorted({*recorded, *there})}


def _state(recorded: str | None, there: str | None) -> str:
    if recorded is None:
        return NOT_RECORDED
    if there is None:
        return MISSING
    return AS_RECORDED if recorded == there else CHANGED
