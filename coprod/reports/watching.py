"""Building reports again whenever a programme's files change: for answers that come in during a workshop."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from coprod.folders import data_folder
from coprod.opening import programme_folder, programme_names
from coprod.provenance.hashes import FILES

CALM, LONGEST = 1000, 10_000  # milliseconds without a change to wait for; many programs save in several steps


def watch(programmes: Sequence[str], rebuild: Callable[[list[str]], str], say: Callable[[str], None]) -> None:
    """Build what is stale, then again after each change of the data, until Ctrl-C.

    Parameters
    ----------
    programmes : sequence of str
        Their names; when it is empty all that there are, also those that are added meanwhile.
    rebuild : callable
        Called with the names of the programmes that changed; it says in a few words how that went.
    say : callable
        Called with one line for each time.

    Raises
    ------
    UnknownName
        There is no such programme.
    """
    folders = [programme_folder(name) for name in programmes] or [data_folder()]
    try:
        _tell(list(programmes) or programme_names(), rebuild, say)
        say(f"Watching {', '.join(programmes) or 'all programmes'}. Ctrl-C ends this.")
        for changed in _changed(folders):
            if names := [name for name in programmes or programme_names() if name in changed]:
                _tell(names, rebuild, say)
    except KeyboardInterrupt:
        say("No longer watching.")


def _changed(folders: Sequence[Path]) -> Iterator[set[str]]:
    """Give the names of folders in which data changed; what changes during a build comes next."""
    from watchfiles import watch

    for changes in watch(*folders, step=CALM, debounce=LONGEST, watch_filter=_is_data):
        yield {name for _, path in changes for name in (Path(path).parent.name, Path(path).name)}


def _is_data(_: object, path: str) -> bool:
    """Say whether reports are made from a file; not those that spreadsheets keep beside it.

    Of a new folder the system may tell, and not of the files that were put into it at once.
    """
    return Path(path).name in FILES or Path(path).is_dir()


def _tell(names: list[str], rebuild: Callable[[list[str]], str], say: Callable[[str], None]) -> None:
    """Rebuild and say how that went; what goes wrong is mended while we wait."""
    try:
        told = rebuild(names)
    except (OSError, ValueError) as error:  # a folder that is gone, a disk that is full, a broken programme
        told = str(error)
    say(f"{dt.datetime.now():%H:%M} {', '.join(names) or 'no programme'}: {told}")
