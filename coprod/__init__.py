"""Workshop surveys and case studies of co-production programmes, into learning reports.

Importing the package is cheap: a room loads when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coprod.programme import Programme

__version__ = "0.1.0"

_ROOMS = frozenset(
    {"aids", "cases", "checks", "codebook", "coding", "display", "figures", "findings", "framework"}
    | {"likert", "masking", "privacy", "programme", "provenance", "publish", "reports", "voices"}
    | {"explore", "reflect", "teaching"}
    | {"change", "compare", "limits", "multiplicity", "multiverse", "reliability", "spread", "weighting"}
)


def __getattr__(name: str) -> Any:
    if name == "programmes":
        return import_module("coprod.opening").programmes
    if name in _ROOMS:
        return import_module(f"coprod.{name}")
    raise AttributeError(f"coprod has no room called {name}; it has {', '.join(sorted(_ROOMS))}")


def open(name: str, *, place: str | None = None, wave: str | None = None) -> "Programme":
    """Open a programme's folder under ``data/``, whole or for one place or wave.

    Parameters
    ----------
    name : str
        The folder's name, such as ``"demo"``.
    place, wave : str, optional
        Keys from the programme's ``programme.toml``; everything when left out.

    Returns
    -------
    Programme

    Raises
    ------
    coprod.names.UnknownName
        No such programme, place or wave; the message gives the nearest.
    coprod.problems.ProgrammeProblems
        The folder has problems, all of them in one table.
    """
    from coprod.opening import read

    return read(name).where(place=place, wave=wave)
