"""A programme's folder, made aside and put in its place whole, or not at all.

The folder beside is a lock as well: two imports into one programme cannot both make it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from coprod.folders import data_folder
from coprod.problems import FileRefused, Problem


@contextmanager
def staged(name: str, *, dry_run: bool = False) -> Iterator[Path]:
    """Give a copy of a programme's folder to work in; it takes the folder's place when all went well.

    Parameters
    ----------
    name : str
        The folder's name; the copy is empty where there is none.
    dry_run : bool
        Whether to work in a temporary folder elsewhere, which never takes the other's place.

    Raises
    ------
    FileRefused
        Another import is at work, or the folder cannot be written.
    """
    folder = (data_folder() / name).resolve()
    if dry_run:
        with TemporaryDirectory(prefix="coprod-") as elsewhere:
            yield _copied(folder, Path(elsewhere))
        return
    aside = folder.with_name(f".importing-{name}")
    replaced = folder.with_name(f".replaced-{name}")
    _lock(aside, name)
    try:
        _recover(folder, replaced)
        yield _copied(folder, aside)
        _put(aside, folder, replaced)
    except OSError as error:
        said = f"The folder cannot be written: {error.strerror}."
        remedy = "Look for room on the disk, and for who may write there. Nothing was changed."
        raise FileRefused(name, [Problem(f"data/{name}", said, remedy)]) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _lock(aside: Path, name: str) -> None:
    try:
        aside.mkdir()
    except FileExistsError as error:
        said = f"Another import into {name} is at work, or one was broken off."
        remedy = f"Wait for it; if there is none, delete the folder data/{aside.name}."
        raise FileRefused(name, [Problem(f"data/{aside.name}", said, remedy)]) from error
    except OSError as error:
        said = f"The data folder cannot be written: {error.strerror}."
        remedy = "Name a folder that you may write in COPROD_DATA."
        raise FileRefused(name, [Problem("data", said, remedy)]) from error


def _copied(folder: Path, aside: Path) -> Path:
    if folder.exists():
        shutil.copytree(folder, aside, symlinks=True, dirs_exist_ok=True)
    return aside


def _put(aside: Path, folder: Path, replaced: Path) -> None:
    """Rename; a folder with something in it cannot be renamed over, so the old one steps aside first."""
    if not folder.exists():
        aside.rename(folder)
        return
    folder.rename(replaced)
    try:
        aside.rename(folder)
    except BaseException:
        replaced.rename(folder)
        raise
    shutil.rmtree(replaced)


def _recover(folder: Path, replaced: Path) -> None:
    """Put a folder back that stepped aside when an import was broken off; delete it if it was replaced."""
    if replaced.exists() and not folder.exists():
        replaced.rename(folder)
    shutil.rmtree(replaced, ignore_errors=True)
