"""Rows and keys added to files that a person has worked on; everything else in them stays as it is."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from coprod.checks import LOG_COLUMNS, Contents
from coprod.codebook import COLUMNS
from coprod.importing import toml
from coprod.importing.fitting import ASKED_COLUMNS, Fitted
from coprod.importing.writing import (
    ASKED,
    Ready,
    decision_rows,
    rows_of,
    rows_text,
    scales_text,
    write_text,
)
from coprod.problems import FileRefused, Problem


def add(folder: Path, contents: Contents, fit: Fitted, ready: Ready) -> None:
    """Add what is new to the codebook, the scales, the decisions and the keys of a programme.

    Raises
    ------
    FileRefused
        A wave, place or sector cannot be added to ``programme.toml`` without a person.
    """
    header = COLUMNS if contents.codebook is None else list(contents.codebook)
    _add_rows(folder / "codebook.csv", header, _as(fit.items, header))
    _add_rows(folder / ASKED, ASKED_COLUMNS, rows_of(fit.asked[list(ASKED_COLUMNS)]))
    _add_decisions(folder, contents.logs.get("decisions"), ready)
    _add_scales(folder / "scales.toml", fit.scales)
    settings = contents.settings
    _add_keys(
        folder / "programme.toml",
        {
            "places": _new(fit.draft.places, settings.places),
            "waves": _new(ready.waves, settings.waves),
            "sectors": _new(fit.draft.sectors, settings.sectors),
        },
    )


def excerpts_renamed(excerpts: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Give excerpts the keys that people have now.

    Parameters
    ----------
    excerpts : DataFrame
        With ``person`` and ``wave``.
    people : DataFrame
        ``person`` and ``wave`` as they were, and the key ``now``.
    """
    keys = dict(zip(zip(people["person"], people["wave"], strict=True), people["now"], strict=True))
    pairs = zip(excerpts["person"], excerpts["wave"], strict=True)
    return excerpts.assign(person=[keys.get(pair, pair[0]) for pair in pairs])


def _add_decisions(folder: Path, log: pd.DataFrame | None, ready: Ready) -> None:
    """Write down what was decided, but not again what stands there from an earlier import."""
    header = LOG_COLUMNS if log is None else list(log)
    rows = pd.DataFrame(decision_rows(ready), columns=list(LOG_COLUMNS), dtype=str)
    new = rows if log is None else rows[~rows["what"].isin(log["what"])]
    _add_rows(folder / "decisions.csv", header, _as(new, header))


def _new(entries: Mapping[str, str], there: Mapping[str, str]) -> dict[str, str]:
    return {key: title for key, title in entries.items() if key not in there}


def _as(table: pd.DataFrame, header: Sequence[str]) -> list[tuple[str, ...]]:
    return rows_of(table.reindex(columns=list(header)).fillna(""))


def _add_rows(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write rows below those of a CSV file, with the line ends that it has."""
    text = path.read_bytes().decode("utf-8") if path.exists() else rows_text([header])
    end = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    whole = text if text.endswith("\n") else text + end
    write_text(path, whole + rows_text(rows, end))


def _add_scales(path: Path, scales: Mapping[str, Mapping]) -> None:
    text = path.read_bytes().decode("utf-8") if path.exists() else ""
    if scales:
        write_text(path, f"{text.rstrip()}\n\n{scales_text(scales)}".lstrip())


def _add_keys(path: Path, tables: Mapping[str, Mapping[str, str]]) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    for name, entries in tables.items():
        grown = toml.with_keys(text, name, entries)
        if grown is None:
            said = f"[{name}] cannot be added to here."
            lines = "; ".join(toml.keys(entries))
            raise FileRefused(path.name, [Problem(path.name, said, f"Write there: {lines}", column=name)])
        text = grown
    write_text(path, text)
