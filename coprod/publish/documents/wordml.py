"""Elements of WordprocessingML, for what python-docx has no words for: links, captions, headings of rows."""

from collections.abc import Mapping

from docx.oxml.ns import qn
from lxml.etree import Element
from lxml.etree import _Element as Node

CHARACTERS = ("rStyle", "b", "i", "strike")  # in the order that the standard asks for


def w(tag: str, *inside: Node, **values: object) -> Node:
    """Make an element of WordprocessingML."""
    node = Element(qn(f"w:{tag}"), {qn(f"w:{name}"): str(value) for name, value in values.items()})
    node.extend(inside)
    return node


def run(said: str, how: Mapping[str, str]) -> Node:
    """Make a run of text; `how` holds the properties that it has, and their values."""
    words = w("t")
    words.set(qn("xml:space"), "preserve")
    words.text = said
    looks = [w(name, **({"val": how[name]} if how[name] else {})) for name in CHARACTERS if name in how]
    return w("r", *([w("rPr", *looks)] if looks else []), words)


def paragraph(style: str, *inside: Node, how: tuple[Node, ...] = ()) -> Node:
    """Make a paragraph; `how` is what its style leaves open, in the order that the standard asks for."""
    return w("p", w("pPr", w("pStyle", val=style), *how), *inside)
