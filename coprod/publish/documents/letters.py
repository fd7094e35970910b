"""Text as a PDF can hold it: in the letters of DejaVu Sans, which comes with Matplotlib everywhere."""

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont
from lxml.etree import _Element as Element

from coprod.publish.documents.columns import WORD

FONTS = Path(find_spec("matplotlib").submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"
FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
UNBROKEN = 40  # letters of a word outside tables, where the lines are longer
BREAK_HERE = "\u200b"  # a space that nobody sees
SAID = ("title", "tab", "foot", "programme", "warning", "name", "number")
LONGEST = 10_000  # letters of what is not text on a page; PDF/A allows 16,383


def make_printable(report: Element) -> None:
    """Name the letters that the font does not have, and let long words break; in place."""
    for part in report:
        longest = WORD if part.tag in ("fact", "table", "across") else UNBROKEN
        for node in part.iter():
            node.text, node.tail = printable(node.text, longest), printable(node.tail, longest)
    for node in report.iter():
        for name in set(SAID) & set(node.keys()):
            node.set(name, printable(node.get(name), WORD))
        for name in {"alt", "tab"} & set(node.keys()):
            node.set(name, node.get(name)[:LONGEST])


def printable(text: str | None, longest: int) -> str:
    """Make text that the font can show, such as "[party popper]" for an emoji it does not have."""
    shown = "".join(letter if ord(letter) in _letters() else _named(letter) for letter in text or "")
    return re.sub(rf"(\S{{{longest}}})(?=\S)", rf"\1{BREAK_HERE}", shown)


def _named(letter: str) -> str:
    if letter in "\t\n":
        return letter
    joins = unicodedata.category(letter) == "Cf"  # it only says how its neighbours are to look
    return "" if joins else f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"


@cache
def _letters() -> frozenset[int]:
    """List the letters that the font has both upright and bold, without those that have no meaning."""
    upright, bold = map(_letters_of, FACES)
    return frozenset(code for code in upright & bold if unicodedata.category(chr(code)) != "Co")


def _letters_of(face: str) -> set[int]:
    with TTFont(FONTS / face, lazy=True) as font:
        return set(font.getBestCmap())
