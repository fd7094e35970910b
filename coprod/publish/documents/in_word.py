"""A page as a Word document: real headings, lists and tables, which its readers can edit.

The empty document with its styles stands in ``templates/word``, part by part, as text.
"""

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Cm
from lxml.builder import E
from lxml.etree import _Element as Node

from coprod.publish.documents.blocks import Setter
from coprod.publish.documents.manuscript import CONTENTS, read
from coprod.publish.documents.tables import ACROSS
from coprod.publish.documents.typesetting import compiled
from coprod.publish.documents.wordml import paragraph, run, w

TEMPLATE = Path(__file__).parents[1] / "templates" / "word"
PICTURES = """#set page(width: auto, height: auto, margin: 0pt)
#for name in sys.inputs.names.split() { page(image(name)) }
"""
DOTS = 150.0  # to an inch
NUMBERED = 1  # the id of numbered lists in templates/word/word/numbering.xml


def set_word(page: str) -> bytes:
    """Set a page as a Word document; the same page gives the same bytes.

    Raises
    ------
    CannotPublish
        It is not a page of ours, or holds a picture that cannot be drawn.
    """
    manuscript = read(page)
    report, across = manuscript.report, manuscript.report.find("across")
    word = Document(_zipped(dict(_parts())))
    setter = _setter(word, _drawn(manuscript.pictures))
    upright = [block for block in report if block.tag not in ("fact", "across")]
    _add(word, _title_block(report, setter))
    _add(word, setter.blocks(upright))
    if across is not None:
        _turn(word)
        _add(word, setter.blocks(across, line=ACROSS))
        _add(word, [paragraph("TableText")])  # Word wants a paragraph behind a table
    _tell_about(word, report)
    return _saved(word)


def _parts() -> Iterator[tuple[str, bytes]]:
    for path in sorted(TEMPLATE.rglob("*.*")):
        if path.is_file():
            yield path.relative_to(TEMPLATE).as_posix(), path.read_bytes()


def _zipped(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Zip parts without the time of day and the name of the system."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            about = zipfile.ZipInfo(name)
            about.compress_type, about.create_system = zipfile.ZIP_DEFLATED, 0
            file.writestr(about, part)
    return written


def _saved(word: Word) -> bytes:
    written = io.BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as file:
        return _zipped({name: file.read(name) for name in file.namelist()}).getvalue()


def _drawn(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Draw pictures as PNG, which every Word can show."""
    if not pictures:
        return {}
    with tempfile.TemporaryDirectory(prefix="coprod-") as name:
        folder = Path(name)
        for picture, drawing in pictures.items():
            (folder / picture).write_bytes(drawing)
        template = folder / "pictures.typ"
        template.write_text(PICTURES, encoding="utf-8")
        drawn = compiled(template, format="png", ppi=DOTS, sys_inputs={"names": " ".join(pictures)})
    return dict(zip(pictures, drawn if isinstance(drawn, list) else [drawn], strict=True))


def _setter(word: Word, drawn: Mapping[str, bytes]) -> Setter:
    def picture(node: Node) -> Node:
        made = word.part.new_pic_inline(
            io.BytesIO(drawn[node.get("src")]), width=Cm(float(node.get("width")))
        )
        made.docPr.id, made.docPr.name = int(Path(node.get("src")).stem), node.get("number") or "Figure"
        made.docPr.set("descr", node.get("alt"))
        return w("drawing", made)

    def address(href: str) -> str:
        return word.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def numbering(level: int, start: int) -> int:
        number = word.part.numbering_part.element.add_num(NUMBERED)
        number.add_lvlOverride(level).add_startOverride(start)
        return number.numId

    return Setter(picture, address, numbering)


def _add(word: Word, blocks: Iterable[Node]) -> None:
    end = word.element.body.sectPr
    for block in blocks:
        end.addprevious(block)


def _turn(word: Word) -> None:
    """Begin a part on sheets held across."""
    section = word.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _title_block(report: Node, setter: Setter) -> Iterator[Node]:
    yield paragraph("Subtitle", run(report.get("programme"), {}))
    yield paragraph("Title", run(report.get("title"), {}))
    for fact in report.iterfind("fact"):
        yield paragraph("Fact", run(f"{fact.get('name')}: ", {"b": ""}), run(fact.text or "", {}))
    if report.get("warning"):
        yield paragraph("Warning", run(report.get("warning"), {}))
    if report.get("contents"):
        yield paragraph("TOCHeading", run(CONTENTS, {}))
        yield from _contents(report, setter)


def _contents(report: Node, setter: Setter) -> Iterator[Node]:
    """List the sections, each a link; whoever wants page numbers tells Word to update the field."""
    code = w("instrText")
    code.text = r' TOC \o "1-1" \h '
    field = [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
    ]
    entries = [
        setter.link(E.a("".join(one.itertext()), href=f"#{one.get('id')}"), {}) for one in report.iter("h2")
    ]
    for entry in entries[:-1]:
        yield paragraph("TOC1", *field, entry)
        field = []
    end = w("r", w("fldChar", fldCharType="end"))
    yield paragraph("TOC1", *field, entries[-1], end, w("r", w("br", type="page")))


def _tell_about(word: Word, report: Node) -> None:
    about = word.core_properties
    about.title, about.author = report.get("tab")[:255], report.get("programme")[:255]
    about.created = about.modified = dt.datetime.fromisoformat(report.get("date"))
    word.sections[0].footer.paragraphs[0].runs[0].text = report.get("foot")
