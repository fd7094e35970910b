"""What goes into a run, noted before it begins."""

import datetime as dt
import platform
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

from coprod import __version__
from coprod.folders import workbook_folder
from coprod.importing.keys import read_key
from coprod.names import unknown
from coprod.provenance import git, hashes
from coprod.reports.planning import notebook_names


@dataclass(frozen=True)
class Facts:
    """What goes into a run, as it was when the run began.

    Parameters
    ----------
    notebook : str
        Its name, without ``.ipynb``.
    notebook_hash : str
        SHA-256.
    commit : str
        As :func:`git.commit` gives it; "" where nobody knows.
    parameters : mapping of str to str
        As the notebook is run with.
    data : mapping of str to str
        From :func:`hashes.of_data`.
    start : datetime
        In UTC.
    """

    notebook: str
    notebook_hash: str
    commit: str
    parameters: Mapping[str, str]
    data: Mapping[str, str]
    start: dt.datetime


def gather(notebook: str, parameters: Mapping[str, str]) -> Facts:
    """Note down what goes into a run, before it begins: data that change meanwhile will differ.

    Parameters
    ----------
    notebook : str
    parameters : mapping of str to str
        With ``programme`` among them.

    Raises
    ------
    UnknownName
        There is no such notebook.
    FileRefused
        There is no key, and none can be made.
    """
    if notebook not in notebook_names():
        raise unknown("notebook", notebook, notebook_names())
    path = workbook_folder() / "notebooks" / f"{notebook}.ipynb"
    return Facts(
        notebook=notebook,
        notebook_hash=hashes.sha256(path),
        commit=git.commit(),
        parameters=dict(parameters),
        data=hashes.of_data(parameters["programme"], read_key()),
        start=now(),
    )


@cache
def versions() -> dict[str, str]:
    """Give the versions of Python, of the package, and of what it asks for, as far as it is installed."""
    found = {"Python": platform.python_version(), "coprod": __version__}
    for line in requires("coprod") or ():
        name = re.match(r"[\w.-]+", line)[0]
        with suppress(PackageNotFoundError):
            if "extra ==" not in line:
                found[name] = version(name)
    return found


def now() -> dt.datetime:
    """Give the time, to the second, as it is in Greenwich: a time zone would tell where somebody sits."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
