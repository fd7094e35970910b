"""What a published file says, piece by piece: its text, and what stands in attributes and metadata.

A piece is a paragraph, a cell, an alternative text, a property. A file that nobody here can look into is
refused, so that nothing is published unseen. Of a PDF these are its metadata, alternative texts, bookmarks
and links: its pages are set from the page beside it and from nothing else.
"""

import base64
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Set
from html import unescape
from pathlib import Path
from typing import Any

from lxml import etree, html

from coprod.publish.picture import SVG
from coprod.publish.refuse import CannotPublish

IN_LINE = ("a", "b", "code", "del", "em", "i", "small", "span", "strong", "time", "u")
NOT_SAID = frozenset({"contentSize", "sha256", "commit"})
# Ids without the mark of display.svg, and none of those that Matplotlib makes of hashes.
IN_SVG = [
    re.compile(said)
    for said in (
        r'aria-label="([^"]*)"',
        r' id="(?:[0-9a-f]{8}-)?(?![mp]?[0-9a-f]{10})([^"]*)"',
        r">\s*([^<>\s][^<>]*)<",
    )
]
TAG = re.compile(r"<[^>]*>")
ATTRIBUTE = re.compile(r'="([^"]*)"')
IN_PDF = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]+>", re.DOTALL)  # strings, however deep they stand
PARAGRAPH = "</w:p>"


def pieces(path: Path) -> list[str]:
    """List what a file says, in its order.

    Raises
    ------
    CannotPublish
        It is of a kind that cannot be looked into, or it is damaged.
    """
    try:
        return list(_read(path.name, path.read_bytes()))
    except CannotPublish:
        raise
    except Exception as error:  # whatever the reader of its kind says of a damaged file
        raise CannotPublish(f"{path.name} cannot be looked into before it is published: {error}") from error


def columns(path: Path, headings: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield heading and cell of these columns, from the tables of a page or from a file of cells."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _under(headings, csv.reader(file))
    elif path.suffix == ".html":
        for table in _parsed(path.read_bytes()).iter("table"):
            yield from _under(headings, ([cell.text_content() for cell in row] for row in table.iter("tr")))


def _under(headings: Set[str], rows: Iterator[list[str]]) -> Iterator[tuple[str, str]]:
    first = next(rows, [])
    if not headings.isdisjoint(first):
        for row in rows:
            yield from (cell for cell in zip(first, row, strict=False) if cell[0] in headings)


def _read(name: str, raw: bytes) -> Iterator[str]:
    reader = READERS.get(name.lower().rpartition(".")[2])
    if reader is None:
        raise CannotPublish(f"{name} is of a kind that cannot be looked into before it is published.")
    return reader(raw)


def _html(raw: bytes) -> Iterator[str]:
    root = _parsed(raw)
    for node in root.xpath("//style | //meta[@http-equiv]"):
        node.clear(keep_tail=True)  # how it looks, and the policy's hashes
    for value in dict.fromkeys(value for node in root.iter(etree.Element) for value in node.attrib.values()):
        if value.startswith(SVG):
            yield from _svg(base64.b64decode(value.removeprefix(SVG)))
        else:
            yield value
    yield from (node.text or "" for node in root.iter(etree.Comment))
    etree.strip_tags(root, *IN_LINE)
    yield from root.itertext(etree.Element)


def _parsed(raw: bytes) -> html.HtmlElement:
    raw.decode()  # the parser would guess
    return html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))


def _svg(raw: bytes) -> Iterator[str]:
    text = raw.decode()
    return (unescape(said) for pattern in IN_SVG for said in pattern.findall(text))


def _csv(raw: bytes) -> Iterator[str]:
    rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
    return (cell for row in rows for cell in row)


def _json(raw: bytes) -> Iterator[str]:
    return _strings(json.loads(raw))


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for entry in part:
            yield from _strings(entry)
    elif isinstance(part, dict):
        for name, entry in part.items():
            yield name
            if name not in NOT_SAID:
                yield from _strings(entry)


def _word(raw: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        for name in parts.namelist():
            yield name
            yield from _read(name, parts.read(name))


def _xml(raw: bytes) -> Iterator[str]:
    """Take apart a part of a Word document: a paragraph is one piece, in however many runs it stands."""
    text = raw.decode()
    yield from map(unescape, dict.fromkeys(ATTRIBUTE.findall(text)))
    if PARAGRAPH in text:
        yield from (unescape(TAG.sub("", paragraph)) for paragraph in text.split(PARAGRAPH))
    else:
        yield from map(unescape, TAG.split(text))


def _pdf(raw: bytes) -> Iterator[str]:
    import pikepdf

    with pikepdf.open(io.BytesIO(raw)) as document:
        if "/Metadata" in document.Root:
            yield from _xml(document.Root.Metadata.read_bytes())
        parts = (part for part in document.objects if not isinstance(part, pikepdf.Stream))
        said = IN_PDF.findall(b"\n".join(part.unparse(resolved=True) for part in parts))
        yield from (str(pikepdf.Object.parse(one)) for one in dict.fromkeys(said))


def _png(raw: bytes) -> Iterator[str]:
    from PIL import Image

    with Image.open(io.BytesIO(raw)) as picture:
        return (str(value) for value in picture.info.values())


def _plain(raw: bytes) -> Iterator[str]:
    yield raw.decode()


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "csv": _csv,
    "docx": _word,
    "html": _html,
    "json": _json,
    "md": _plain,
    "pdf": _pdf,
    "png": _png,
    "rels": _xml,
    "svg": _svg,
    "txt": _plain,
    "xml": _xml,
}
