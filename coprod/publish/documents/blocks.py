"""The blocks of a manuscript as elements of a Word document; how they look is a matter of its styles."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from docx.oxml.ns import qn
from lxml.etree import _Element as Node

from coprod.publish.documents.tables import UPRIGHT, set_table
from coprod.publish.documents.wordml import paragraph, run, w

BULLETS = 1  # the id of their numbering in templates/word/word/numbering.xml
DEEPEST = 2  # lists have three levels, and what is deeper is set as the third
MARKS = {"strong": "b", "em": "i", "del": "strike"}
LOOKS = {"small": "Small", "code": "CodeText"}
STYLES = {"note": "Note", "left-out": "Note", "warning": "Warning"}


class Setter:
    """Sets blocks, and remembers which places it has named.

    Parameters
    ----------
    picture : callable
        Makes the drawing of a ``<figure>``.
    address : callable
        Gives the id of an address outside the document.
    numbering : callable
        Gives the id of a new numbered list from its level and its first number.
    """

    def __init__(
        self,
        picture: Callable[[Node], Node],
        address: Callable[[str], str],
        numbering: Callable[[int, int], int],
    ) -> None:
        self.picture, self.address, self.numbering = picture, address, numbering
        self.places: dict[str, int] = {}

    def blocks(self, nodes: Iterable[Node], style: str = "Normal", line: int = UPRIGHT) -> Iterator[Node]:
        """Yield the elements for blocks of a manuscript; `style` is that of their paragraphs."""
        for node in nodes:
            if node.tag in ("ul", "ol"):
                yield from self._list(node, 0)
            elif node.tag == "blockquote":
                yield from self.blocks(node, "Quote")
            elif node.tag == "figure":
                yield from self._caption(node, node)
                yield paragraph("Picture", w("r", self.picture(node)))
            elif node.tag == "table":
                yield from self._caption(node.find("caption"), node)
                yield set_table(node, line, self.named)
                if node.find("caption") is None:
                    yield paragraph("TableText")  # Word makes one of two tables that touch
            else:
                yield self._paragraph(node, style)

    def _paragraph(self, node: Node, style: str) -> Node:
        if node.tag == "hr":
            line = w("bottom", val="single", sz=4, space=1, color="CCD5D9")
            return paragraph(style, how=(w("pBdr", line),))
        if node.tag == "pre":
            lines = [(w("r", w("br")), run(line, {})) for line in node.text.split("\n")]
            return paragraph("CodeBlock", *sum(lines, ())[1:])
        if node.tag != "p":
            style = f"Heading{int(node.tag[1]) - 1}"
        return paragraph(STYLES.get(node.get("class"), style), *self.named(node, node))

    def _list(self, node: Node, level: int) -> Iterator[Node]:
        style = "ListBullet" if node.tag == "ul" else "ListNumber"
        number = BULLETS if node.tag == "ul" else self.numbering(level, int(node.get("start")))
        for item in node:
            for place, block in enumerate(item):
                if block.tag in ("ul", "ol"):
                    yield from self._list(block, min(level + 1, DEEPEST))
                elif place or block.tag != "p":
                    yield from self.blocks([block], "ListContinue")
                else:
                    how = w("numPr", w("ilvl", val=level), w("numId", val=number))
                    yield paragraph(style, *self._runs(block), how=(how,))

    def _caption(self, caption: Node | None, of: Node) -> Iterator[Node]:
        if caption is not None:
            number = [run(caption.get("number"), {"rStyle": "Number"}), w("r", w("br"))]
            yield paragraph("Caption", *(number if caption.get("number") else ()), *self.named(caption, of))

    def named(self, node: Node, place: Node | None) -> Iterator[Node]:
        """Yield an element's text in runs, with a bookmark around it if links lead to `place`."""
        if place is None or not place.get("id"):
            yield from self._runs(node)
            return
        name = self._name(place.get("id"))
        yield w("bookmarkStart", id=name[1:], name=name)
        yield from self._runs(node)
        yield w("bookmarkEnd", id=name[1:])

    def _name(self, place: str) -> str:
        """Name a place as Word allows: short, and hidden from its list of bookmarks."""
        return f"_{self.places.setdefault(place, len(self.places) + 1)}"

    def _runs(self, node: Node, how: Mapping[str, str] = {}) -> Iterator[Node]:
        if node.text:
            yield run(node.text, how)
        for part in node:
            if part.tag == "br":
                yield w("r", w("br"))
            elif part.tag == "a":
                yield self.link(part, how)
            elif part.tag in MARKS:
                yield from self._runs(part, {**how, MARKS[part.tag]: ""})
            else:
                yield from self._runs(part, {**how, "rStyle": LOOKS[part.tag]})
            if part.tail:
                yield run(part.tail, how)

    def link(self, node: Node, how: Mapping[str, str]) -> Node:
        """Make a link of an ``<a>``, to a place in the document or to an address outside."""
        style = "SmallLink" if how.get("rStyle") == "Small" else "Hyperlink"
        link = w("hyperlink", *self._runs(node, {**how, "rStyle": style}))
        if node.get("href").startswith("#"):
            link.set(qn("w:anchor"), self._name(node.get("href")[1:]))
        else:
            link.set(qn("r:id"), self.address(node.get("href")))
        return link
