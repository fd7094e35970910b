"""Strict runs of a notebook with parameters.

papermill only warns about an unknown parameter, or about a notebook without a ``parameters`` cell, and
then runs with the notebook's own values: a report on a real place would show the demo. So both stop
the run here, before it starts.
"""

import json
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.folders import workbook_folder
from coprod.names import unknown
from coprod.reports.planning import notebook_names

if TYPE_CHECKING:
    from nbformat import NotebookNode

CELL_SECONDS = 300  # a cell that takes longer has gone wrong


class RunFailed(RuntimeError):
    """A notebook stopped before its end; the message names notebook, cell and error."""


def run(notebook: str, parameters: dict[str, str], output: Path) -> "NotebookNode":
    """Run a notebook strictly.

    Parameters
    ----------
    notebook : str
        Its name in ``notebooks/``, without ``.ipynb``.
    parameters : dict of str to str
        Every one must stand in the notebook's ``parameters`` cell.
    output : Path
        Where the executed notebook goes.

    Raises
    ------
    UnknownName
        There is no such notebook, or it has no such parameter.
    RunFailed
        It has no ``parameters`` cell, or a cell failed.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    if notebook not in notebook_names():
        raise unknown("notebook", notebook, notebook_names())
    path = workbook_folder() / "notebooks" / f"{notebook}.ipynb"
    _check_parameters(path, parameters)
    with tempfile.TemporaryDirectory(prefix="coprod-") as sockets:
        try:
            return papermill.execute_notebook(
                str(path), str(output), parameters, cwd=str(path.parent), **_quietly(sockets)
            )
        except PapermillExecutionError as error:
            cell = error.exec_count - bool(parameters)  # as numbered in JupyterLab, where none is injected
            raise RunFailed(f"{notebook}, cell [{cell}]: {error.ename}: {error.evalue}") from error


def _quietly(sockets: str) -> dict[str, object]:
    """Choose papermill's settings: no output on the terminal, and local sockets where there are any.

    Kernels started side by side over TCP now and then take each other's port; a socket in a folder of
    its own cannot be taken.
    """
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.ERROR)
    transport = {"transport": "ipc", "ip": f"{sockets}/k"} if os.name == "posix" else {}
    return {
        "progress_bar": False,
        "log_output": False,
        "record_timing": False,
        "execution_timeout": CELL_SECONDS,
        "config": Config({"KernelManager": transport}),
        "extra_arguments": ["--IPKernelApp.log_level=CRITICAL"],  # a kernel's own log helps nobody here
    }


def _check_parameters(path: Path, parameters: dict[str, str]) -> None:
    import papermill

    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    if not any("parameters" in cell["metadata"].get("tags", []) for cell in cells):
        raise RunFailed(f"{path.stem} has no cell tagged `parameters`, so it cannot be run as a report.")
    known = papermill.inspect_notebook(str(path))
    for name in parameters:
        if name not in known:
            raise unknown(f"parameter of {path.stem}", name, known)
