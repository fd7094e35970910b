"""The questionnaire of a programme, as files that survey tools take in.

What people answer to it comes back through :mod:`coprod.exports`, with no hand editing: questions and answers
have the words that stand in the codebook, by which an import knows them again.
"""

from importlib import import_module
from pathlib import Path

from coprod.names import unknown
from coprod.problems import FileRefused, Problem
from coprod.programme import Programme

__all__ = ["FORMS", "run"]

FORMS = {  # name -> ending of the file, and where it is written
    "xlsform": (".xlsx", "xlsform", "write_xlsform"),
    "limesurvey": (".txt", "limesurvey", "write_limesurvey"),
    "docx": (".docx", "word", "write_docx"),
}


def run(programme: Programme, form: str, path: Path, wave: str = "") -> Path:
    """Write a programme's questionnaire to a file.

    Parameters
    ----------
    programme : Programme
    form : str
        One of `FORMS`.
    path : Path
        Where to.
    wave : str
        Only the questions of this wave; "" for all.

    Returns
    -------
    Path
        The same.

    Raises
    ------
    FileExistsError
        There is a file already.
    FileRefused
        The name does not end as this kind of file does, or its folder does not exist.
    ProgrammeProblems
        The programme has no questions.
    UnknownName
        There is no such form, or no such wave.
    """
    if form not in FORMS:
        raise unknown("form", form, FORMS)
    ending, module, writer = FORMS[form]
    _check_target(path, ending)
    part = path.with_name(f".{path.name}.part")
    try:
        # Each of them has a library of its own, which takes its time to load.
        getattr(import_module(f"coprod.instrument.{module}"), writer)(programme, part, wave)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _check_target(path: Path, ending: str) -> None:
    if path.exists():
        raise FileExistsError(f"{path} exists already; nothing was changed. Give another name.")
    if path.suffix.lower() != ending:
        said, remedy = "That is not the name of such a file.", f"Give a name that ends in {ending}."
        raise FileRefused(path.name, [Problem(path.name, said, remedy)])
    if not path.parent.is_dir():
        said, remedy = "There is no such folder.", "Make it first."
        raise FileRefused(path.name, [Problem(path.name, said, remedy, value=str(path.parent))])
