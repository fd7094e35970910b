"""The data register: which data there are, from where, under which licence, and whether they are personal."""

from typing import TYPE_CHECKING

from coprod.folders import data_folder, programme_names
from coprod.problems import ProgrammeProblems
from coprod.provenance import git

if TYPE_CHECKING:
    import pandas as pd

    from coprod.programme import Programme

COLUMNS = ("programme", "title", "holds", "personal", "source", "licence", "attribution", "date", "kept")


def register() -> "pd.DataFrame":
    """Give one row per programme of ``data/``.

    Returns
    -------
    DataFrame, shape (programmes, 9)
        All text: ``programme`` (the folder), ``title``, what it ``holds``, whether that is ``personal``,
        ``source``, ``licence``, ``attribution``, ``date`` and where it is ``kept``. A folder with problems
        has a row that says so.
    """
    import pandas as pd

    shipped = git.tracked()
    rows = [_row(name, name in shipped) for name in programme_names()]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=str).fillna("")


def _row(name: str, shipped: bool) -> dict[str, str]:
    from coprod.opening import read

    where = "with the workbook, in git" if shipped else "on this machine only"
    kept = {"programme": name, "kept": f"{where}: {data_folder().name}/{name}"}
    try:
        programme = read(name)
    except ProgrammeProblems:
        return kept | {"holds": f"problems: type coprod check {name}", "personal": "not known"}
    told = ("title", "source", "licence", "attribution")
    return kept | {
        **{part: " ".join(getattr(programme, part).split()) for part in told},
        "holds": _holds(programme),
        "personal": _personal(programme),
        "date": programme.date.isoformat(),
    }


def _holds(programme: "Programme") -> str:
    parts = {
        f"answers of {programme.respondents}": programme.answers is not None,
        "counts of answers": programme.counts is not None,
        "case studies": bool(programme.cases),
        "coded evidence": not programme.evidence.empty,
        "people's own words": not programme.excerpts.empty,
    }
    return ", ".join(part for part, there in parts.items() if there)


def _personal(programme: "Programme") -> str:
    if programme.kind == "synthetic":
        return "no: invented"
    if programme.answers is not None:
        return "yes: one row is a person"
    return "no: counts and observations; a paraphrase may still make somebody known"
