"""What ``coprod teach`` writes: both copies of a session's notebook, and the sheets to print."""

import os
import shutil
import tempfile
from pathlib import Path

import nbformat

from coprod.folders import workbook_folder
from coprod.opening import read
from coprod.publish.refuse import CannotPublish
from coprod.teaching import copies, sheets
from coprod.teaching.sessions import SESSIONS

FOLDER = "teaching"


class CannotTeach(FileExistsError):
    """A session's folder is there already, its notebook did not reach its end, or it cannot be printed."""


def write(session: str, programme: str = "", to: Path | None = None) -> Path:
    """Write a session's folder.

    Parameters
    ----------
    session : str
        In full.
    programme : str
        To hold it with; that of its notebook when left out.
    to : Path, optional
        Where the folder goes; ``teaching/`` in the workbook when left out.

    Returns
    -------
    Path
        The folder ``<to>/<session>``: the notebooks ``<session>_participants.ipynb`` and
        ``<session>_facilitator.ipynb``; and as ``.docx`` and ``.pdf`` the ``handout``, the ``results`` where
        a step shows some, and the ``facilitator``'s notes. It is there whole or not at all.

    Raises
    ------
    UnknownName
        There is no such programme.
    coprod.problems.ProgrammeProblems
        The programme's folder has problems.
    CannotTeach
        The folder is there, and may hold somebody's work; or the session did not run.
    OSError
        The folder cannot be written.
    """
    if programme:
        read(programme)
    parent = workbook_folder() / FOLDER if to is None else to
    folder = parent / session
    if folder.exists():
        raise CannotTeach(
            f"{folder} is there already, and was left as it is. Take it away, or give --to another folder."
        )
    parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{session}-", dir=parent))
    try:
        _fill(part, session, programme)
        # the folder is for whoever may use the one that it lies in
        part.chmod(parent.stat().st_mode & 0o777)
        os.rename(part, folder)
    except CannotPublish as error:
        raise CannotTeach(f"{session} cannot be printed: {error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _fill(folder: Path, session: str, programme: str) -> None:
    from coprod.publish import documents, leaks

    notebook, title = copies.read(session), SESSIONS[session].title
    ran = _run(session, programme)
    pages = {"handout": sheets.handout(ran), "results": sheets.results(ran, title)}
    pages["facilitator"] = sheets.notes(ran, title)
    for name, page in pages.items():
        if page:
            documents.pdf(page, folder, f"{name}.pdf")
            os.replace(documents.word(page, folder), folder / f"{name}.docx")
    leaks.check(folder, read(programme or copies.programme_of(notebook)), "internal")
    nbformat.write(copies.for_participants(notebook, programme), folder / f"{session}_participants.ipynb")
    nbformat.write(copies.for_facilitator(notebook, programme), folder / f"{session}_facilitator.ipynb")


def _run(session: str, programme: str) -> nbformat.NotebookNode:
    from coprod import kernels

    parameters = {"programme": programme} if programme else {}
    with tempfile.TemporaryDirectory() as elsewhere:
        try:
            return kernels.execute(copies.source(session), Path(elsewhere) / "ran.ipynb", parameters).notebook
        except kernels.Stopped as error:
            raise CannotTeach(f"{session}, cell [{error.cell}]: {error}") from error
