"""Codebooks in REFI-QDA's exchange format, ``.qdc``, for NVivo, ATLAS.ti, MAXQDA, Taguette and others.

Only codes are exchanged: their names, what they mean and which belongs below which. Nobody's texts are in it.

Source
------
REFI-QDA 1.5 (Rotterdam Exchange Format Initiative, 2019), section 5.2, XML schema for codebook exchange: an
element CodeBook with Codes, in which each Code has a guid, a name and isCodable, may have a Description, and
holds the codes below it.
"""

import uuid
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse

from coprod.coding.sheets import in_cell
from coprod.coding.variables import KINDS, VARIABLES, choices
from coprod.names import slug
from coprod.problems import FileRefused, Problem

SPACE = "urn:QDA-XML:codebook:1.0"
BOOK, CODES, CODE, DESCRIPTION = (
    f"{{{SPACE}}}{name}" for name in ("CodeBook", "Codes", "Code", "Description")
)
LONGEST_KEY = 50  # characters; with a number behind it, a key of this workbook has at most 60
LARGEST = 10_000_000  # bytes; the framework's codebook has about a hundred thousand
COLUMNS = ["code", "title", "definition", "parent"]
HEADINGS = {"include": "Use it for", "exclude": "Do not use it for", "example": "Example"}
OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:coprod:framework")  # a code keeps its guid while it keeps its key
EXPORT = "Export the codebook again as 'REFI-QDA codebook (.qdc)'."


def write_qdc(path: Path) -> Path:
    """Write the framework's codes as a codebook.

    Each variable is a code that nothing is coded with itself, above its choices; the codes proper stand
    below what they are: factors, insights, recommendations, contributions. A code keeps its guid for as long
    as it keeps its key, so that another program knows it again.

    Parameters
    ----------
    path : Path
        Where to; a file that is there is replaced, since it holds nothing but the framework.

    Returns
    -------
    Path
        The same.
    """
    ET.register_namespace("", SPACE)
    book = ET.Element(BOOK, origin="coprod")
    above = {"": ET.SubElement(book, CODES)}
    for row in _ours().itertuples():
        about = {"guid": row.guid, "name": row.title, "isCodable": row.codable}
        above[row.guid] = ET.SubElement(above[row.below], CODE, about)
        if row.definition:
            ET.SubElement(above[row.guid], DESCRIPTION).text = row.definition
    ET.indent(book)
    part = path.with_name(path.name + ".part")
    ET.ElementTree(book).write(part, encoding="utf-8", xml_declaration=True)
    part.replace(path)
    return path


def read_qdc(path: Path) -> pd.DataFrame:
    """Read a codebook that another program, or :func:`write_qdc`, wrote.

    Returns
    -------
    DataFrame, one row per code
        ``code``: the framework's key where the guid is that of one of its codes, and otherwise a key made
        from the name, each its own; ``title``, the name; ``definition``, "" where there is none; ``parent``,
        the code above, "" at the top. Parents come before their children.

    Raises
    ------
    FileRefused
        The file is too large, not XML, has a document type (which could unfold without end), is not a
        codebook of REFI-QDA 1.0, or has no codes; or codes in it have no name.
    """
    problems: list[Problem] = []
    book = _parsed(path, problems)
    table = pd.DataFrame(columns=COLUMNS, dtype=str)
    if book is not None:
        rows = _rows(book, path.name, problems)
        table = pd.DataFrame(rows, columns=COLUMNS, dtype=str)
        if not rows and not problems:
            problems.append(Problem(path.name, "There is no code in the codebook.", EXPORT))
    if problems:
        raise FileRefused(path.name, problems)
    return table


def _ours() -> pd.DataFrame:
    """Lay out the framework's codes: ``code``, ``guid``, ``below`` (a guid), title, definition, codable."""
    rows = []
    for column, name in VARIABLES.items():
        rows.append((column, _guid(column), "", name, "", "false"))
        if len(KINDS[column]) > 1:
            rows += [
                (kind, _guid(column, kind), _guid(column), kind.capitalize(), "", "false")
                for kind in KINDS[column]
            ]
    for row in choices().itertuples():
        below = _guid(row.variable, *([row.kind] if len(KINDS[row.variable]) > 1 else []))
        guid = _guid(row.variable, row.kind, row.code)
        rows.append((row.code, guid, below, in_cell(row.title), _definition(row), "true"))
    return pd.DataFrame(rows, columns=["code", "guid", "below", "title", "definition", "codable"])


def _guid(*place: str) -> str:
    return str(uuid.uuid5(OURS, "/".join(place)))


def _definition(row: tuple) -> str:
    """Put what a code means and when to use it into one text: the format has one place for both."""
    rules = [f"{heading}: {getattr(row, rule)}" for rule, heading in HEADINGS.items() if getattr(row, rule)]
    return "\n\n".join(map(in_cell, filter(None, [row.definition, *rules])))


def _parsed(path: Path, problems: list[Problem]) -> ET.Element | None:
    """Read the file's XML; None, and a problem, when it is no codebook."""
    said, remedy, value = "", EXPORT, ""
    try:
        if path.stat().st_size > LARGEST:
            said = f"The file has more than {LARGEST / 1e6:.0f} million bytes, far more than a codebook."
        else:
            book = parse(path, forbid_dtd=True).getroot()
            if book.tag != BOOK:
                said, value = "The file is no codebook of REFI-QDA 1.0.", book.tag
    except OSError as error:
        said, remedy = f"The file cannot be read: {error.strerror}.", "Look for its name, and for its folder."
    except DefusedXmlException:
        said = "The file has a document type, which no codebook needs and which could unfold without end."
    except (ET.ParseError, LookupError, ValueError) as error:
        said = f"The file is not XML: {error}."
    if said:
        problems.append(Problem(path.name, said, remedy, value=value))
        return None
    return book


def _rows(book: ET.Element, file: str, problems: list[Problem]) -> list[dict[str, str]]:
    """List the codes, parents first; not by recursion, since a file can be nested as deep as it likes."""
    ours = dict(zip(_ours()["guid"], _ours()["code"], strict=True))
    rows: list[dict[str, str]] = []
    taken, times = set(ours.values()), Counter[str]()
    waiting = [(code, "") for code in reversed(book.findall(f"{CODES}/{CODE}"))]
    while waiting:
        element, parent = waiting.pop()
        title = " ".join(element.get("name", "").split())
        guid = element.get("guid", "").strip("{} ").lower()
        if not title:
            said = f"A code{f' below {parent!r}' if parent else ''} has no name."
            problems.append(Problem(file, said, "Name it, and export again.", value=guid))
        code = ours.get(guid) or _free(slug(title)[:LONGEST_KEY], taken, times)
        definition = (element.findtext(DESCRIPTION) or "").strip()
        rows.append({"code": code, "title": title, "definition": definition, "parent": parent})
        waiting += [(below, code) for below in reversed(element.findall(CODE))]
    return rows


def _free(key: str, taken: set[str], times: Counter[str]) -> str:
    """Make a key that no other code has: trust, trust-2, trust-3."""
    name = key
    while name in taken:
        times[key] += 1
        name = f"{key}-{times[key] + 1}"
    taken.add(name)
    return name
