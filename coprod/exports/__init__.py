"""Survey exports: one small reader for each tool, all of the same shape.

A reader has a ``NAME``, a ``TITLE`` as people say it, a cheap ``recognises(path)`` and
``read(path, companions) -> Export``. Nothing here writes, and nothing decides what a programme is.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from coprod.exports.export import Export
from coprod.names import unknown
from coprod.problems import FileRefused, Problem

__all__ = ["TOOLS", "Export", "read", "reader", "recognise"]

# The most particular first: the last takes any table.
TOOLS = (
    *("spss", "qualtrics", "redcap", "limesurvey", "kobo", "jisc", "microsoft_forms", "surveymonkey"),
    *("typeform", "indico", "google_forms", "plain"),
)


def reader(tool: str) -> ModuleType:
    """Find a tool's reader.

    Raises
    ------
    UnknownName
        There is no such tool; the message gives the nearest.
    """
    if tool not in TOOLS:
        raise unknown("tool", tool, TOOLS)
    return import_module(f"coprod.exports.{tool}")


def recognise(path: Path) -> str:
    """Find out which tool made a file.

    Raises
    ------
    FileRefused
        None of them, or the file cannot be read.
    """
    for tool in TOOLS:
        if reader(tool).recognises(path):
            return tool
    remedy = "Give a CSV, TSV, XLSX or SAV file; docs/how-to tells how to export from each tool."
    raise FileRefused(path.name, [Problem(path.name, "That is not a survey export this can read.", remedy)])


def read(path: Path, tool: str = "", companions: Sequence[Path] = ()) -> Export:
    """Read an export.

    Parameters
    ----------
    path : Path
    tool : str
        One of `TOOLS`; found out when left out.
    companions : sequence of Path
        Files that say what the codes mean: Jisc's key, REDCap's dictionary, LimeSurvey's .lss, an
        XLSForm.

    Raises
    ------
    FileRefused
        With all problems that were found; nothing is read half.
    UnknownName
        There is no such tool.
    """
    chosen = reader(tool or recognise(path))
    return chosen.read(path, tuple(companions))
