"""A small picture of a report's first figure, for the page that lists the reports.

A file beside the report, which the list loads when it comes into view. PNG, not SVG: a tenth of the size,
and a drawing of dots holds no words of the figure that the list's own readers were not meant to find.
"""

import io
import re
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from coprod.publish import documents
from coprod.publish.documents.typesetting import compiled

THUMBNAIL = "thumbnail.png"
WIDE, HIGH = 240, 150  # points
DOTS = 144.0  # to an inch: twice as many as points, for sharp screens
COLOURS = 32  # of a chart on white; the file has a third of the size that it has with all of them
LONGEST = 100  # letters
# From the top, as wide as there is room, when the figure is tall; otherwise all of it, in the middle.
TEMPLATE = f"""#set page(width: {WIDE}pt, height: {HIGH}pt, margin: (rest: 6pt, bottom: 0pt), fill: white)
#layout(room => {{
  let own = measure(image("figure.svg"))
  let high = room.width * (own.height / own.width)
  let drawn = image("figure.svg", width: room.width, height: high)
  block(height: 100%, clip: true, align(if high > room.height {{ top }} else {{ horizon }}, drawn))
}})
"""


@dataclass(frozen=True)
class Thumbnail:
    """The picture, and what stands in its place for those who do not see it."""

    png: bytes
    alt: str


def thumbnail(manuscript: documents.Manuscript) -> Thumbnail | None:
    """Draw a page's first figure small.

    Parameters
    ----------
    manuscript : Manuscript
        Of the page, from :func:`coprod.publish.documents.read`.

    Returns
    -------
    Thumbnail or None
        480 by 300 pixels; the same page gives the same bytes. None for a page without figures.

    Raises
    ------
    CannotPublish
        The figure cannot be drawn.
    """
    figure = next(manuscript.report.iter("figure"), None)
    if figure is None:
        return None
    return Thumbnail(_drawn(manuscript.pictures[figure.get("src")]), kind_of(figure.get("alt")))


def write(manuscript: documents.Manuscript, folder: Path) -> str:
    """Write a page's thumbnail, if it has a figure; return its alternative text, or ""."""
    made = thumbnail(manuscript)
    if made is None:
        return ""
    (folder / THUMBNAIL).write_bytes(made.png)
    return made.alt


def kind_of(alt: str) -> str:
    """Say what kind of picture it is, which an alternative text tells first.

    The list shows reports for the team beside those for everyone, so it says none of what they found.
    """
    said = re.match(r".+?(?=[.,:;](?:\s|$)|$)", " ".join(alt.split()))[0]
    return textwrap.shorten(said, LONGEST, placeholder="…") if " " in said else said[:LONGEST]


def _drawn(drawing: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="coprod-") as name:
        folder = Path(name)
        (folder / "figure.svg").write_bytes(drawing)
        template = folder / "thumbnail.typ"
        template.write_text(TEMPLATE, encoding="utf-8")
        dots = compiled(template, format="png", ppi=DOTS)
    written = io.BytesIO()
    with Image.open(io.BytesIO(dots)) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()
