"""Copies of a session's notebook: one for those who take part, and one for the facilitator.

What stands in a cell tagged ``facilitator`` is what to listen for, what is often said, and what to do when
nobody speaks. In a participant's copy it would spoil the session.
"""

import copy
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from coprod.folders import workbook_folder

FACILITATOR = "facilitator"
PROGRAMME = re.compile(r"^programme = (\"[^\"]*\"|'[^']*')", re.MULTILINE)


def source(session: str) -> Path:
    """Return where a session's notebook stands."""
    return workbook_folder() / "notebooks" / "teaching" / f"{session}.ipynb"


def has(cell: NotebookNode, tag: str) -> bool:
    """Tell whether a cell has a tag."""
    return tag in cell.metadata.get("tags", [])


def for_facilitator(notebook: NotebookNode, programme: str = "") -> NotebookNode:
    """Copy a notebook with everything that was said in it, and nothing that was given out.

    Parameters
    ----------
    notebook : NotebookNode
        It is not changed.
    programme : str
        Takes the place of the one in the cell tagged ``parameters``; "" leaves that.
    """
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if programme and has(cell, "parameters"):
            cell.source = PROGRAMME.sub(f'programme = "{programme}"', cell.source)
    return made


def for_participants(notebook: NotebookNode, programme: str = "") -> NotebookNode:
    """Copy a notebook as :func:`for_facilitator`, without the facilitator's cells."""
    return without_facilitator(for_facilitator(notebook, programme))


def without_facilitator(notebook: NotebookNode) -> NotebookNode:
    """Copy a notebook without the facilitator's cells."""
    made = copy.deepcopy(notebook)
    made.cells = [cell for cell in made.cells if not has(cell, FACILITATOR)]
    return made


def programme_of(notebook: NotebookNode) -> str:
    """Name the programme that a notebook opens as it stands."""
    [told] = [PROGRAMME.search(cell.source) for cell in notebook.cells if has(cell, "parameters")]
    return told[1].strip("'\"")


def read(session: str) -> NotebookNode:
    """Read a session's notebook."""
    return nbformat.read(source(session), as_version=4)
