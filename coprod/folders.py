"""Where the workbook's folders are."""

import os
from pathlib import Path


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
