"""Text of a page, copied for paper with what of its markup means something there."""

import re

from lxml.builder import E
from lxml.etree import _Element as Element

from coprod.publish.refuse import LINK

KEPT = ("code", "del", "em", "strong")
INLINE = (*KEPT, "a", "br", "span", "time")
SCREEN = ("nav", "script", "style", "summary")
SPACE = re.compile(r"[^\S\xa0]+")
# What XML cannot hold, and what makes text read in another order than that in which it was written.
UNSEEN = re.compile("[^\t\n\r -~\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARK = "\ufffd"


def is_inline(node: Element) -> bool:
    """Tell what stands in a line of text from what is a block of its own."""
    return node.tag in INLINE or node.get("class") == "behind"


def text_of(node: Element | None) -> str:
    """Give an element's text on one line; "" without one."""
    return "" if node is None else said(node.text_content()).strip(" ")


def said(text: str | None) -> str:
    """Put one space for several, and a mark for what cannot be seen."""
    return SPACE.sub(" ", UNSEEN.sub(MARK, text or ""))


def filled(into: Element, node: Element) -> Element:
    """Copy an element's text into another, without the space at its ends."""
    _fill(into, node)
    return trimmed(into)


def trimmed(block: Element) -> Element:
    """Take the space at its ends from a block."""
    block.text = (block.text or "").lstrip(" ")
    if len(block):
        block[-1].tail = (block[-1].tail or "").rstrip(" ")
    else:
        block.text = block.text.rstrip(" ")
    return block


def add(into: Element, node: Element) -> None:
    """Copy an inline element and what is in it; one that means nothing on paper leaves its text."""
    if node.tag == "br":
        into.append(E.br())
    elif node.tag == "a" and LINK.match(node.get("href", "")):
        into.append(_fill(E.a(href=node.get("href")), node))
    elif node.tag in KEPT:
        into.append(_fill(E(node.tag), node))
    elif node.get("class") == "behind":
        into.append(_fill(E.small(), node))
    elif node.tag == "summary":
        say(into, f"{text_of(node)}: ")
    elif node.tag not in SCREEN:
        _fill(into, node)


def _fill(into: Element, node: Element) -> Element:
    say(into, node.text)
    for part in node:
        add(into, part)
        say(into, part.tail)
    return into


def say(into: Element, text: str | None) -> None:
    """Add text behind what an element holds so far."""
    if len(into):
        into[-1].tail = said((into[-1].tail or "") + (text or ""))
    else:
        into.text = said((into.text or "") + (text or ""))
