"""What a report was made from, hashed, in a small file beside it: by this a stale report is told.

All hashes are keyed, as those of :mod:`hashes` are, and for the same reason. Nothing here opens a programme,
so that many reports of which none is stale are looked through within a second.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path

import coprod
from coprod.folders import workbook_folder
from coprod.importing.keys import read_key
from coprod.problems import NotInOrder
from coprod.provenance import hashes
from coprod.provenance.crate import CRATE, files
from coprod.reports.planning import Report, reports_folder

RECORD = ".built.json"
DATA = "data"
LOCK = "requirements.lock"
PINNED = re.compile(r"^([\w.-]+)(?:\[.*?\])?==", re.MULTILINE)


@dataclass(frozen=True)
class Record:
    """What a report was made from.

    Parameters
    ----------
    inputs : mapping of str to str
        From :meth:`Inputs.of`: whole files.
    read : mapping of str to str
        From :mod:`coprod.reports.slices`: what the notebook gets of them. Empty where nobody looked.
    outputs : tuple of str
        The files of the report's folder, by their names in it.
    """

    inputs: Mapping[str, str]
    read: Mapping[str, str] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()


class Inputs:
    """Hashes of what reports are made from, as it stands now; each file is read once.

    Parameters
    ----------
    make_key : bool
        Whether a key is made where there is none.
    """

    def __init__(self, *, make_key: bool = True) -> None:
        key = read_key(make=make_key)
        self._mark = hashes.mark(key)
        self._hash = partial(blake2b, key=key, digest_size=16)
        self._programme = cache(lambda name: self._all_of(hashes.paths_of_data(name)))
        self._notebook = cache(lambda name: self._all_of([workbook_folder() / "notebooks" / f"{name}.ipynb"]))
        self._shared = cache(self._same_for_all)

    def of(self, report: Report) -> dict[str, str]:
        """Give the hashes of all that a report is made from, by what it is."""
        asked = json.dumps([report.parameters, report.formats])
        return {
            **self._shared(),
            "notebook": self._notebook(report.notebook),
            "asked": self.of_text(asked),
            DATA: self.of_data(report.programme),
        }

    def of_data(self, programme: str) -> str:
        """Give the hash of all files of a programme."""
        return self._programme(programme)

    def of_index(self, abouts: Iterable[Path]) -> str:
        """Give the hash of what the page that lists all reports is made from, in its order."""
        told = (file for about in abouts for file in (about, about.with_name(RECORD)))
        return self.of_text(json.dumps([self._shared(), self._all_of(told, reports_folder())]))

    def of_text(self, text: str) -> str:
        """Give the hash of a text."""
        return self._hash(text.encode("utf-8", "surrogatepass")).hexdigest()

    def _same_for_all(self) -> dict[str, str]:
        sources = Path(coprod.__file__).parent
        own = (path for path in sources.rglob("[!.]*.*") if path.suffix != ".pyc")
        return {
            "key": self._mark,
            "coprod": self._all_of(sorted(own), sources),
            "packages": self.of_text("\n".join(_packages())),
            "framework": self._all_of(hashes.paths_of_framework()),
        }

    def _all_of(self, paths: Iterable[Path], folder: Path | None = None) -> str:
        named = ((path.relative_to(folder).as_posix() if folder else path.name, path) for path in paths)
        return self.of_text("\n".join(f"{name} {self._of_file(path)}" for name, path in named))

    def _of_file(self, path: Path) -> str:
        """Hash a file; one that is gone or closed to us is like none, and whoever opens it says so."""
        try:
            return self._hash(path.read_bytes()).hexdigest()
        except OSError:
            return ""


def _packages() -> list[str]:
    """Name Python, the lock, and what it pins in the versions that are installed.

    Their folders' names tell the versions; reading what is in them takes fifty times as long.
    """
    lock = workbook_folder() / LOCK
    wanted = lock.read_text(encoding="utf-8") if lock.exists() else ""
    pinned = {_plain(name) for name in PINNED.findall(wanted)}
    found = (
        entry.name.removesuffix(".dist-info")
        for folder in sys.path
        if os.path.isdir(folder)
        for entry in os.scandir(folder)
        if entry.name.endswith(".dist-info")
    )
    kept = {name for name in found if not pinned or _plain(name.split("-")[0]) in pinned}
    return [sys.version, wanted, *sorted(kept)]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def read_record(folder: Path) -> Record:
    """Read what a report was made from.

    Raises
    ------
    FileNotFoundError
        There is no record.
    NotInOrder
        It is cut short or damaged.
    OSError
        It cannot be read.
    """
    try:
        told = json.loads((folder / RECORD).read_bytes())
        return Record(dict(told["inputs"]), dict(told["read"]), tuple(told["outputs"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotInOrder(f"{folder / RECORD} is cut short or damaged.") from error


def write_record(folder: Path, inputs: Mapping[str, str], found: Record | None = None) -> None:
    """Put beside a report that is complete what it was made from; both go to their place in one rename.

    Parameters
    ----------
    folder : Path
    inputs : mapping of str to str
        As they were when its notebook began.
    found : Record, optional
        What is read of them, as found out earlier; left out where files have changed since.
    """
    read = found.read if found and found.inputs == inputs else {}
    record = Record(inputs, read, (*files(folder), CRATE))
    (folder / RECORD).write_text(_text(record), encoding="utf-8", newline="\n")


def renew_record(folder: Path, record: Record) -> None:
    """Put another record in the place of a report's, whole or not at all."""
    part = folder / f"{RECORD}.{os.getpid()}"
    try:
        part.write_text(_text(record), encoding="utf-8", newline="\n")
        os.replace(part, folder / RECORD)
    finally:
        part.unlink(missing_ok=True)


def _text(record: Record) -> str:
    return json.dumps(asdict(record), indent=1)
