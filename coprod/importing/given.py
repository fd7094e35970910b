"""Which of the files on the command line hold answers, of which wave, and which say what codes mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coprod.exports import TOOLS, recognise
from coprod.exports.jisc_key import NUMBER_OF_RESPONSE, QUESTION
from coprod.exports.redcap_dictionary import is_dictionary
from coprod.exports.tables import openings
from coprod.exports.xlsform import is_form
from coprod.names import UnknownName, unknown
from coprod.problems import FileRefused, Problem
from coprod.settings import KEY

EXPLAINED = ("redcap", "limesurvey", "kobo", "jisc")  # tools with a second file


@dataclass(frozen=True)
class Given:
    """What is imported.

    Attributes
    ----------
    exports : dict of str to Path
        By wave; the wave is "" where there is but one and it was not named.
    tools : dict of str to str
        The tool of each.
    companions : tuple of Path
        Files that say what codes mean.
    """

    exports: dict[str, Path]
    tools: dict[str, str]
    companions: tuple[Path, ...]


def sort_out(files: Sequence[Path], waves: Sequence[str], tool: str = "") -> Given:
    """Sort the files of a command line.

    Parameters
    ----------
    files : sequence of Path
        One with answers, and what says what its codes mean; with `waves` only the latter.
    waves : sequence of str
        "KEY=FILE", in the order of time.
    tool : str
        One of `TOOLS`, for all of them; found out when left out.

    Raises
    ------
    UnknownName
        There is no such tool, or a wave is not written as KEY=FILE.
    FileRefused
        A file is not there, or none of the tools made it; or it is not clear which has the answers.
    """
    if tool and tool not in TOOLS:
        raise unknown("tool", tool, TOOLS)
    named = _named(waves)
    _check_there([*files, *named.values()])
    if not named:
        chosen = _with_answers(files)
        named, files = {"": chosen}, [path for path in files if path != chosen]
    elif stray := next((path for path in files if not _explains(path)), None):
        raise _refused(stray, "It is not said of which wave it is.", "Write --wave KEY=FILE for each.")
    if form := next((path for path in named.values() if _explains(path)), None):
        said = "It says what was asked or what codes mean, and holds no answers."
        raise _refused(form, said, "Import the answers, and give this file along with them.")
    tools = {wave: tool or recognise(path) for wave, path in named.items()}
    if files and not set(tools.values()) & set(EXPLAINED):
        said = "Nothing in this import needs a second file to say what codes mean."
        raise _refused(files[0], said, "If it holds answers, say of which wave: --wave before=FILE.")
    return Given(named, tools, tuple(files))


def _named(waves: Sequence[str]) -> dict[str, Path]:
    named: dict[str, Path] = {}
    for wave in waves:
        key, equals, path = wave.partition("=")
        if not equals or not path or not re.fullmatch(KEY, key):
            remedy = "Write KEY=FILE; a key has small letters, digits, - and _, as in before=survey.csv."
            raise UnknownName(f"{wave[:80]!r} is not a wave. {remedy}")
        if key in named:
            raise UnknownName(f"The wave {key!r} is there twice: one file for each wave.")
        named[key] = Path(path)
    return named


def _check_there(paths: Sequence[Path]) -> None:
    if not paths:
        raise UnknownName("No file was given: coprod import FILE --to NAME.")
    seen: set[Path] = set()
    for path in paths:
        if not path.is_file():
            raise _refused(path, "There is no such file.", "Look for its name, and for its folder.")
        if path.resolve() in seen:
            raise _refused(path, "The file is there twice.", "Name the file of each wave.")
        seen.add(path.resolve())


def _with_answers(files: Sequence[Path]) -> Path:
    """Find the one file with answers, among those that say what codes mean."""
    found = [path for path in files if len(files) == 1 or not _explains(path)]
    if len(found) == 1:
        return found[0]
    said = "It is not clear which of the files has the answers."
    raise _refused(files[0], said, "Say of which wave each is: --wave before=FILE --wave after=FILE.")


def _explains(path: Path) -> bool:
    """Say whether a file tells what codes mean, and holds no answers."""
    if path.suffix.lower() == ".lss" or is_form(path):
        return True
    return any(is_dictionary(rows[0]) or _is_key(rows[0]) for rows in openings(path, 1))


def _is_key(header: Sequence[str]) -> bool:
    """Say whether Jisc's key begins like this: one question beside the number of the response."""
    return len(header) == 2 and header[0] == NUMBER_OF_RESPONSE and not QUESTION.fullmatch(header[1])


def _refused(path: Path, said: str, remedy: str) -> FileRefused:
    return FileRefused(path.name, [Problem(path.name, said, remedy)])
