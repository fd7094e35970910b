"""One run of a notebook in a kernel of its own: what papermill is told, and what goes wrong, in words."""

import logging
import math
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.kernels import limits, starting

if TYPE_CHECKING:
    from nbformat import NotebookNode

SECONDS = 600  # a report that takes longer has gone wrong
DIED = "its kernel died. Its code may have ended it, a library may have crashed, or the memory was used up."
ATTEMPTS = 3  # to start a kernel: over TCP another program may take its port
QUIET = [
    "--IPKernelApp.log_level=CRITICAL",  # a kernel's own log helps nobody here
    "--HistoryManager.enabled=False",
    "--IPKernelApp.extra_extensions=coprod.kernels.limits",
]


class Stopped(Exception):
    """A notebook did not reach its end.

    ``cell`` counts as JupyterLab does where no parameters are injected; 0 is before the first.
    """

    def __init__(self, cell: int, why: str) -> None:
        super().__init__(why)
        self.cell = cell


@dataclass
class Ran:
    """A notebook that has run, and where its seconds went: to its kernel's start, and to each code cell."""

    notebook: "NotebookNode"
    kernel: float
    cells: list[float]


@dataclass
class _Watch:
    """Notes what nbclient reports while a notebook runs, and how long it may still run."""

    seconds: float
    begun: float = field(default_factory=time.monotonic)
    kernel: float = 0.0
    cells: list[float] = field(default_factory=list)

    def ready(self, **_: Any) -> None:
        self.kernel = time.monotonic() - self.begun

    def cell_begins(self, **_: Any) -> None:
        self.cells.append(-time.monotonic())

    def cell_ends(self, **_: Any) -> None:
        self.cells[-1] += time.monotonic()

    def left(self, cell: object) -> int:
        return max(1, math.ceil(self.begun + self.seconds - time.monotonic()))


def execute(
    source: Path, output: Path, parameters: Mapping[str, str], *, cold: bool = False, seconds: float = SECONDS
) -> Ran:
    """Run a notebook in its own folder and a fresh kernel; the same outputs always give the same bytes.

    Parameters
    ----------
    source : Path
        The notebook.
    output : Path
        Where the executed notebook goes once it is whole; until then it is ``<name>.partial.ipynb``.
    parameters : mapping of str to str
    cold : bool
        Start an ordinary kernel also where a warm one could serve.
    seconds : float
        How long the whole notebook may take.

    Raises
    ------
    Stopped
        A cell failed, the kernel died or would not start, or the time was up.
    """
    watch = _Watch(seconds)
    partial = output.with_name(f"{output.stem}.partial.ipynb")
    for attempt in range(1, ATTEMPTS + 1):
        try:
            notebook = _papermill(source, partial, dict(parameters), watch, cold)
            break
        except RuntimeError as error:
            if watch.kernel:
                raise
            if attempt == ATTEMPTS:
                raise Stopped(0, f"its kernel did not start: {error}.") from error
    _write(notebook, partial)
    os.replace(partial, output)
    return Ran(notebook, watch.kernel, watch.cells)


def _papermill(
    source: Path, partial: Path, parameters: dict[str, str], watch: _Watch, cold: bool
) -> "NotebookNode":
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    where = {"input_path": str(source), "output_path": str(partial), "cwd": str(source.parent)}
    with _settings(watch, cold) as settings:
        try:
            return papermill.execute_notebook(parameters=parameters, **where, **settings)
        except PapermillExecutionError as error:
            cause, why = error, _in_words(error.ename, error.evalue)
        except CellTimeoutError as error:
            cause, why = (
                error,
                f"the report was not done after its {watch.seconds:g} seconds, and was stopped.",
            )
        except DeadKernelError as error:
            cause, why = error, DIED
    raise Stopped(len(watch.cells) - bool(parameters), why) from cause


@contextmanager
def _settings(watch: _Watch, cold: bool) -> Iterator[dict[str, Any]]:
    """Choose papermill's settings: quiet, saved once, and sockets in a folder of the kernel's own.

    Kernels that start side by side over TCP now and then take each other's port; nothing can take
    a socket in a private folder, and no other user can connect to it.
    """
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    warm = starting.POSSIBLE and not cold
    folder = starting.make_folder(starting.starter().folder if warm else None)
    manager = {
        "connection_file": f"{folder}/kernel.json",
        "client_class": "coprod.kernels.provisioner.PromptClient",
    }
    if os.name == "posix":
        manager |= {"transport": "ipc", "ip": f"{folder}/k"}
    config = Config(KernelManager=manager)
    if warm:
        config.NotebookClient.kernel_manager_class = "coprod.kernels.provisioner.WarmManager"
    settings = {"progress_bar": False, "log_output": False, "record_timing": False}
    settings |= {"request_save_on_cell_execute": False, "autosave_cell_every": 0}
    settings |= {"timeout_func": watch.left, "on_notebook_start": watch.ready}
    settings |= {"on_cell_execute": watch.cell_begins, "on_cell_executed": watch.cell_ends}
    try:
        yield {**settings, "extra_arguments": list(QUIET), "config": config}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_words(name: str, value: str) -> str:
    if name == "MemoryError":
        return (
            f"MemoryError: it asked for more than the {limits.GIGABYTES} GB of memory that a report may use."
        )
    return f"{name}: {value}"


def _write(notebook: "NotebookNode", path: Path) -> None:
    """Write without what differs at each run: papermill's times and paths, and its cell's random name."""
    import nbformat

    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells, start=1):
        cell.metadata.pop("papermill", None)
        cell["id"] = f"cell-{number}"
    nbformat.write(notebook, path)
