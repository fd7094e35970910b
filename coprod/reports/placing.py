"""Putting a whole new report in the place of the old one, which is never lost on the way."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

FULL_OR_CLOSED = (errno.EACCES, errno.EDQUOT, errno.ENOSPC, errno.EPERM, errno.EROFS)


def place(made: Path, folder: Path) -> None:
    """Put a report in the place of the old one, which comes back if that cannot be done.

    Parameters
    ----------
    made : Path
        The new report's folder, on the same disk.
    folder : Path
        Where it belongs.

    Raises
    ------
    FileExistsError
        Another build of the same report was done at the same moment; its report is kept.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    old = made.with_name("old")
    with suppress(FileNotFoundError):
        os.replace(folder, old)
    try:
        os.replace(made, folder)
    except OSError as error:
        if folder.exists():
            said = "Another build of this report was done at the same moment; its report is kept."
            raise FileExistsError(said) from error
        if old.exists():
            os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def in_words(error: Exception) -> str:
    """Say what stopped a build; a disk that is full or closed to us, with what to do about it."""
    if isinstance(error, OSError) and error.errno in FULL_OR_CLOSED:
        remedy = "Look for room on the disk, and for who may write in reports/."
        return f"The report cannot be written: {error.strerror}. {remedy} The last good one is as it was."
    return str(error) or type(error).__name__
