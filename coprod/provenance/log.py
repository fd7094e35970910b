"""One log file for each run: what ran, with which parameters, how long, what was left out, what warned.

It holds no respondents' values. What a cell says when it fails or warns may quote an answer, so only the kind
of error or warning is written down, and where; the words are for the terminal.
"""

import logging
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.provenance import hashes
from coprod.provenance.facts import Facts, now, versions
from coprod.reports.planning import reports_folder

if TYPE_CHECKING:
    from nbformat import NotebookNode

LOGS = ".logs"
WARNING = re.compile(r"\b[A-Z]\w*Warning\b")


class RunLog:
    """The log of one run; made by :func:`run_log`."""

    def __init__(self, path: Path) -> None:
        self._log = logging.Logger("coprod.run")  # of its own: nothing of it reaches the terminal
        handler = _File(path, encoding="utf-8")
        handler.setFormatter(_utc("%(asctime)s %(levelname)s %(message)s"))
        self._log.addHandler(handler)

    def begun(self, name: str, parameters: Mapping[str, str]) -> None:
        """Note what is run, and with what."""
        self._log.info("Report %s", name)
        for parameter, value in parameters.items():
            self._log.info("Parameter %s = %s", parameter, value)
        told = ", ".join(f"{name} {number}" for name, number in versions().items())
        self._log.info("Versions: %s", told)

    def facts(self, facts: Facts) -> None:
        """Note the commit, and the files that are read."""
        self._log.info("Commit %s", facts.commit or "not known")
        self._log.info("Data: %s", ", ".join(name for name in facts.data if name != hashes.FRAMEWORK))

    def notebook(self, notebook: "NotebookNode") -> None:
        """Note what a notebook that has run left out, and where it warned."""
        for number, cell in enumerate(notebook.cells, start=1):
            for output in cell.get("outputs", ()):
                if left_out := output.get("metadata", {}).get("coprod", {}).get("left_out"):
                    self._log.info("Left out: %s", left_out)
                for kind in WARNING.findall(output.get("text", "") if output.get("name") == "stderr" else ""):
                    self._log.warning("Cell %s: %s", number, kind)

    def timings(self, timings: Mapping[str, float]) -> None:
        """Note where the seconds went."""
        self._log.info("Seconds: %s", ", ".join(f"{part} {seconds:.2f}" for part, seconds in timings.items()))

    def ended(self, seconds: float, error: Exception | None = None) -> None:
        """Note how it ended, and close the file."""
        if error is None:
            self._log.info("Published after %.1f seconds", seconds)
        else:
            self._log.error("Failed after %.1f seconds: %s", seconds, _without_values(error))
        for handler in self._log.handlers:
            handler.close()


@contextmanager
def run_log(name: str, parameters: Mapping[str, str]) -> Iterator[RunLog]:
    """Keep the log of one run, in ``reports/.logs``.

    Parameters
    ----------
    name : str
        Programme and report, such as ``demo/learning_report-public``.
    parameters : mapping of str to str

    Raises
    ------
    OSError
        The log cannot be written.
    """
    folder = reports_folder() / LOGS
    folder.mkdir(parents=True, exist_ok=True)
    log = RunLog(folder / f"{now():%Y%m%dT%H%M%SZ}-{name.replace('/', '-')}-{os.getpid()}.log")
    start = time.monotonic()
    log.begun(name, parameters)
    try:
        yield log
    except Exception as error:
        log.ended(time.monotonic() - start, error)
        raise
    log.ended(time.monotonic() - start)


class _File(logging.FileHandler):
    """A log file that stops no report when the disk is full."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, the name is logging's
        """Go on without this line."""


def _utc(line: str) -> logging.Formatter:
    formatter = logging.Formatter(line, datefmt="%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    return formatter


def _without_values(error: Exception) -> str:
    """Name the error, and the notebook and cell it is from; its own words may quote an answer."""
    from coprod.reports.running import RunFailed

    if isinstance(error, RunFailed):
        return ": ".join(str(error).split(": ")[:2])
    return type(error).__name__
