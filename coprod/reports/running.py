"""Strict runs of a notebook with parameters.

papermill only warns about an unknown parameter, or about a notebook without a ``parameters`` cell, and
then runs with the notebook's own values: a report on a real place would show the demo. So both stop
the run here, before it starts.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.folders import workbook_folder
from coprod.names import unknown
from coprod.reports.planning import notebook_names

if TYPE_CHECKING:
    from coprod.kernels import Ran


class RunFailed(RuntimeError):
    """A notebook stopped before its end; the message names notebook, cell and error."""


def run(notebook: str, parameters: dict[str, str], output: Path, *, cold: bool = False) -> "Ran":
    """Run a notebook strictly.

    Parameters
    ----------
    notebook : str
        Its name in ``notebooks/``, without ``.ipynb``.
    parameters : dict of str to str
        Every one must stand in the notebook's ``parameters`` cell.
    output : Path
        Where the executed notebook goes.
    cold : bool
        Start an ordinary kernel also where a warm one could serve.

    Returns
    -------
    Ran
        The executed notebook, and where its seconds went.

    Raises
    ------
    UnknownName
        There is no such notebook, or it has no such parameter.
    RunFailed
        It has no ``parameters`` cell, a cell failed, its kernel died, or its time was up.
    """
    from coprod import kernels

    if notebook not in notebook_names():
        raise unknown("notebook", notebook, notebook_names())
    path = workbook_folder() / "notebooks" / f"{notebook}.ipynb"
    _check_parameters(path, parameters)
    try:
        return kernels.execute(path, output, parameters, cold=cold)
    except kernels.Stopped as error:
        raise RunFailed(f"{notebook}, cell [{error.cell}]: {error}") from error


def _check_parameters(path: Path, parameters: dict[str, str]) -> None:
    import papermill

    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    if not any("parameters" in cell["metadata"].get("tags", []) for cell in cells):
        raise RunFailed(f"{path.stem} has no cell tagged `parameters`, so it cannot be run as a report.")
    known = papermill.inspect_notebook(str(path))
    for name in parameters:
        if name not in known:
            raise unknown(f"parameter of {path.stem}", name, known)
