"""SPSS: .sav and .zsav files, which hold their own labels, and .por files, which hold most of them.

The value labels make the scales, in the order of the values and not of the alphabet. Values that the file
declares missing stay answers, apart from the others at the end of their scale: read without asking for them,
they would turn into blanks. Multiple response sets become one column for each option.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from coprod.exports import spss_values
from coprod.exports.choices import finished
from coprod.exports.coded import shared
from coprod.exports.export import NOT_SEEN, Export
from coprod.exports.raw import LARGEST
from coprod.exports.spss_columns import Column, in_words, variables
from coprod.exports.spss_sets import Several, several
from coprod.exports.spss_values import STARTS, Held, OtherEncoding, TooLarge, Unreadable
from coprod.problems import FileRefused, Problem

NAME, TITLE = "spss", "SPSS"
PORTABLE = b"SPSS PORT FILE"
OPENING = 500  # bytes; a .por says what it is within these
USUAL, BYTES = "windows-1252", "ISO-8859-1"  # the second has a character for every byte
FEWER = "Save fewer cases or fewer variables at a time."


def recognises(path: Path) -> bool:
    """Say whether a file begins as SPSS files do."""
    start = _start(path)
    return start.startswith(STARTS) or PORTABLE in start


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read a file with its labels; it needs no companions.

    Raises
    ------
    FileRefused
        It is no such file, damaged, too large, or there are no answers.
    """
    held, said = _opened(path)
    known = variables(held)
    questions = several(held.values, known, held.sets)
    within = {name: each for each in questions for name in each.variables}
    cells, columns, done, scales = {}, [], {}, {}
    for variable in known:
        if variable.name in within:
            question = within[variable.name]
            if question.variables[0] == variable.name:
                cells |= question.cells
                columns += question.told
            continue
        one = in_words(variable, held.values[variable.name])
        cells[variable.name] = one.cells
        scale = shared(scales, variable.name, one.scale) if one.scale else ""
        columns.append({**one.told, "scale": scale})
        done[variable.name] = one
    said = [*said, *_said(done), *_said_several(questions)]
    return finished(NAME, path.name, pd.DataFrame(cells), columns, scales, [], said)


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(OPENING)
    except OSError:
        return b""


def _opened(path: Path) -> tuple[Held, list[str]]:
    """Read the values and what the file says of them, and say how."""
    if not path.is_file():
        raise _refused(path, "There is no such file.", "Look for its name, and for its folder.")
    if not recognises(path):
        remedy = (
            "Leave --tool out, or name the tool that made it: a name that ends in .sav makes no SPSS file."
        )
        raise _refused(path, "That is no SPSS file, whatever its name.", remedy)
    if path.stat().st_size > LARGEST:
        raise _refused(path, "The file is larger than 500 MB.", FEWER)
    try:
        return _in_its_encoding(path)
    except TooLarge as error:
        raise _refused(path, "The file holds more than any survey.", FEWER) from error
    except (Unreadable, OtherEncoding) as error:
        remedy = "Save it again in SPSS as .sav; look whether the file was cut off on its way."
        raise _refused(path, "The file is damaged, or not whole.", remedy) from error


def _in_its_encoding(path: Path) -> tuple[Held, list[str]]:
    """Read a file in the encoding that it names, or where it does not keep to it, in the usual one."""
    if not _start(path).startswith(STARTS):
        said = "What a .por file declares missing was read as blank: a .sav file keeps it apart."
        return spss_values.held_in(path), [said]
    try:
        held = spss_values.held_in(path)
        if held.encoding.upper() != "UTF-8" or _is_utf8(path, held):
            return held, []
    except OtherEncoding:
        pass
    said = f"The file is not UTF-8, though it says so, and was read as {USUAL}: look at accents."
    return spss_values.held_in(path, USUAL), [said]


def _is_utf8(path: Path, held: Held) -> bool:
    """Look at the bytes of the words: of a cell that is not UTF-8, only the beginning would be read."""
    if not any(held.words.values()):
        return True
    bare = spss_values.held_in(path, BYTES)
    try:
        for name in (name for name, words in bare.words.items() if words):
            for cell in bare.values[name].unique():
                str(cell).encode(BYTES).decode()
    except UnicodeError:
        return False
    return True


def _refused(path: Path, said: str, remedy: str) -> FileRefused:
    return FileRefused(path.name, [Problem(path.name, said, remedy)])


def _said(done: Mapping[str, Column]) -> list[str]:
    """Say what was done to values that stand apart, and which have no label."""
    said = []
    apart = [f"{name!r}: {one.done['apart']}" for name, one in done.items() if "apart" in one.done]
    if apart:
        said.append(
            "Declared missing, and kept as answers that are no rating, at the end of their scale: "
            f"{'; '.join(apart)}."
        )
    blanked = [f"{name!r}: {one.done['blanked']}" for name, one in done.items() if "blanked" in one.done]
    if blanked:
        said.append(f"Declared missing in variables without a scale, and left blank: {'; '.join(blanked)}.")
    strays = [f"{name!r}: {one.done['strays']}" for name, one in done.items() if "strays" in one.done]
    if strays:
        said.append(f"Values without a label, kept as they are: {'; '.join(strays)}.")
    twice = [repr(name) for name, one in done.items() if "twice" in one.done]
    if twice:
        said.append(f"Values with the same label are told apart by the value: {', '.join(twice)}.")
    return said


def _said_several(questions: Sequence[Several]) -> list[str]:
    said = []
    for declared, how in ((True, "the file says so"), (False, "they are numbered and have one label each")):
        listed = [f"{each.name!r} ({len(each.variables)})" for each in questions if each.declared == declared]
        if listed:
            said.append(f"Variables put together, as {how}: {', '.join(listed)}.")
    if any(cells.eq(NOT_SEEN).any() for each in questions for cells in each.cells.values()):
        said.append("Where all variables of such a question are declared missing, it counts as not asked.")
    return said
