"""A page as a PDF that a screen reader can read and an archive can keep: PDF/UA-1 and PDF/A-2a."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from lxml import etree

from coprod.publish.documents.letters import make_printable
from coprod.publish.documents.manuscript import read
from coprod.publish.documents.typesetting import compiled

STANDARDS = ["a-2a", "ua-1"]
TEMPLATE = Path(__file__).parents[1] / "templates" / "pdf" / "report.typ"


def set_pdf(page: str) -> bytes:
    """Set a page as a PDF; the same page gives the same bytes.

    Raises
    ------
    CannotPublish
        It is not a page of ours, or does not meet the standards, such as without alternative text.
    """
    manuscript = read(page)
    make_printable(manuscript.report)
    with tempfile.TemporaryDirectory(prefix="coprod-") as name:
        folder = Path(name)
        (folder / "report.xml").write_bytes(etree.tostring(manuscript.report, encoding="utf-8"))
        for picture, drawing in manuscript.pictures.items():
            (folder / picture).write_bytes(drawing)
        template = folder / "report.typ"
        template.write_bytes(TEMPLATE.read_bytes())
        return _with_row_headings(compiled(template, pdf_standards=STANDARDS))


def _with_row_headings(pdf: bytes) -> bytes:
    """Tag the first cell of every row as its heading, which Typst cannot say yet."""
    scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for row in _rows(document.Root.StructTreeRoot):
            first = row.K[0]
            if first.S == pikepdf.Name.TD:
                first.S, first.A = pikepdf.Name.TH, scope
        streams = pikepdf.ObjectStreamMode.generate
        document.save(written, deterministic_id=True, object_stream_mode=streams, fix_metadata_version=False)
    return written.getvalue()


def _rows(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for part in node.get("/K", []):
        if isinstance(part, pikepdf.Dictionary) and "/S" in part:
            if part.S == pikepdf.Name.TR:
                yield part
            else:
                yield from _rows(part)
