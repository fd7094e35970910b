"""Where a person's words go: a Markdown file of their own beside the notebooks, and nowhere else.

``my_reflections/<notebook>.md`` is not in git, no report reads it, and nothing sends it anywhere.
"""

import datetime as dt
import getpass
import os
import re
import stat
from pathlib import Path

from coprod.display import NOT_IN_XML
from coprod.folders import workbook_folder
from coprod.saying import said_date

FOLDER = "my_reflections"
UNNAMED = "notebook"
# What Markdown, and JupyterLab's formulas, would take for more than text; and what does so at a line's start.
MARKS = re.compile(r"([\\`*_\[\]<>&#|~$])")
BEGINS = re.compile(r"^(\d*)([-+=.)])")
FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def notebook_name() -> str:
    """Name the notebook that runs; a Jupyter server tells its kernels the file."""
    return Path(os.environ.get("JPY_SESSION_NAME", "")).stem or UNNAMED


def keep(question: str, answer: str, notebook: str | None = None) -> Path:
    """Add a question and its answer to the person's file, in one write.

    Parameters
    ----------
    question, answer : str
        Any text; it stays text.
    notebook : str, optional
        The notebook's name; the one that runs when left out.

    Returns
    -------
    Path
        The file. Where it belongs to somebody else, one with the login name in its name.

    Raises
    ------
    OSError
        The folder cannot be written to, or the disk is full.
    """
    name = _safe(Path(notebook).stem if notebook else notebook_name()) or UNNAMED
    folder = _folder()
    told = _entry(question, answer, dt.datetime.now()).encode()
    for file in (folder / f"{name}.md", folder / f"{name}-{_safe(getpass.getuser())}.md"):
        if _append(file, told):
            return file
    raise PermissionError(f"{file} belongs to somebody else")


def keep_and_say(question: str, answer: str, notebook: str | None = None, *, otherwise: str = "") -> str:
    """Keep an answer and say where; or why it could not be kept, and what to do ``otherwise``."""
    try:
        file = keep(question, answer, notebook)
    except OSError as error:
        return f"This could not be kept: {error.strerror or error}. {otherwise}".rstrip()
    return f"Kept in {FOLDER}/{file.name}, for you alone."


def _folder() -> Path:
    """Make the folder where it is missing, open to whoever may write in the workbook."""
    folder = workbook_folder() / FOLDER
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        folder.chmod(stat.S_IMODE(folder.parent.stat().st_mode))
    return folder


def _append(file: Path, told: bytes) -> bool:
    """Append to a file that nobody else can read; False where it is somebody else's."""
    try:
        opened = os.open(file, FLAGS, 0o600)
    except PermissionError:
        if file.exists():
            return False
        raise
    try:
        if hasattr(os, "getuid") and os.fstat(opened).st_uid != os.getuid():
            return False
        if os.write(opened, told) < len(told):
            raise OSError(f"{file} was not written to its end: is the disk full?")
    finally:
        os.close(opened)
    return True


def _entry(question: str, answer: str, now: dt.datetime) -> str:
    asked = " ".join(_plain(line) for line in question.splitlines() if line.strip())
    given = "\n".join(f"> {_plain(line)}".rstrip() for line in answer.splitlines())
    return f"## {said_date(now.date())}, {now:%H:%M}\n\n**{asked}**\n\n{given}\n\n"


def _plain(line: str) -> str:
    """Write a line of text as Markdown that shows it as it is."""
    line = NOT_IN_XML.sub("\ufffd", line.strip())
    return BEGINS.sub(r"\1\\\2", MARKS.sub(r"\\\1", line))


def _safe(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name).strip("-")[:60]
