"""One `coprod report` at a time: two would do the same work twice, and sweep up after each other.

The lock is the system's own, and goes with the process that holds it, however that ends.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from coprod.reports.planning import reports_folder

LOCK = ".lock"
UNFINISHED = ".work-*"


@contextmanager
def alone(waiting: Callable[[], None]) -> Iterator[None]:
    """Wait until nobody else builds reports here, and sweep up what builds that were killed have left.

    Parameters
    ----------
    waiting : callable
        Called before a wait, to say so.

    Raises
    ------
    OSError
        Nothing can be written in ``reports/``.
    """
    folder = reports_folder()
    folder.mkdir(exist_ok=True)
    with (folder / LOCK).open("a") as file:
        if not _taken(file, wait=False):
            waiting()
            while not _taken(file, wait=True):
                pass
        for unfinished in folder.glob(UNFINISHED):
            shutil.rmtree(unfinished, ignore_errors=True)
        yield


def _taken(file: IO[str], *, wait: bool) -> bool:
    """Take the lock, and say whether that was done. A disk that knows no locks has none to wait for."""
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        else:
            import msvcrt

            how = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # which gives up after 10 seconds
            msvcrt.locking(file.fileno(), how, 1)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
    return True
