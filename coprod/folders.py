"""Where the workbook's folders are."""

import os
from pathlib import Path

from coprod.names import unknown


class NoWorkbook(FileNotFoundError):
    """The command or notebook runs outside a workbook."""


def workbook_folder() -> Path:
    """Find the workbook: the nearest folder, from here upwards, that holds ``data/framework``.

    The checkout that the package was installed from serves where there is none.

    Raises
    ------
    NoWorkbook
        Neither holds ``data/framework``.
    """
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[1]):
        if (folder / "data" / "framework").is_dir():
            return folder
    raise NoWorkbook("This is not a coprod workbook: go to the folder that has data/ and notebooks/ in it.")


def data_folder() -> Path:
    """Return the folder that holds the programmes; ``COPROD_DATA`` names another one."""
    elsewhere = os.environ.get("COPROD_DATA")
    return Path(elsewhere) if elsewhere else workbook_folder() / "data"


def framework_folder() -> Path:
    """Return the folder with the framework's files.

    It stands beside the programmes. Where those are kept elsewhere and have none, the workbook's own serves.
    """
    beside = data_folder() / "framework"
    return beside if beside.is_dir() else workbook_folder() / "data" / "framework"


def programme_names() -> list[str]:
    """List the programmes: the folders of ``data/`` that hold a ``programme.toml``."""
    folders = (path.parent.name for path in data_folder().glob("*/programme.toml"))
    return sorted(name for name in folders if not name.startswith("."))  # an import that is under way


def programme_folder(name: str) -> Path:
    """Find a programme's folder.

    Raises
    ------
    UnknownName
        There is none; the message gives the nearest. A path in place of a name is refused too.
    """
    folders = {path.name for path in data_folder().glob("*/")} - {"framework"}
    if name not in folders:
        raise unknown("programme", name, folders)
    return data_folder() / name
