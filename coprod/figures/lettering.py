"""Text before it is drawn: which letters the font has, how wide a text is, where it wraps."""

import unicodedata
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import matplotlib
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

BODY, SMALL = 10.5, 9.5  # points: 14 and 13 px in a column of 640 px
FONT = "coprod DejaVu Sans"
MISSING = "\N{WHITE SQUARE}"


@cache
def register_font() -> None:
    """Give Matplotlib's own copy of DejaVu Sans a name that no other font has.

    Many systems have a DejaVu Sans of another version, and which one Matplotlib finds by that name
    depends on what was installed when it first looked. Figures are to be the same everywhere.
    """
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for file in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        entry = font_manager.ttfFontProperty(font_manager.get_font(folder / file))
        font_manager.fontManager.ttflist.append(replace(entry, name=FONT))


def printable(text: object) -> str:
    """Make text that the font can draw: one line, with a square for a letter it does not have.

    The figure's alternative text and its table keep the letters as they were written.
    """
    plain = unicodedata.normalize("NFC", " ".join(str(text).split()))
    kept = [letter for letter in plain if unicodedata.category(letter) not in ("Cc", "Cf")]
    return "".join(letter if ord(letter) in _letters() else MISSING for letter in kept)


@cache
def _letters() -> frozenset[int]:
    """List the letters that the font has both upright and bold."""
    register_font()
    faces = [FontProperties(family=FONT, weight=weight) for weight in ("normal", "bold")]
    upright, bold = (font_manager.get_font(font_manager.findfont(face)).get_charmap() for face in faces)
    return frozenset(upright) & frozenset(bold)


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Measure a line of printable text, in inches."""
    register_font()
    font = FontProperties(family=FONT, size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / 72


def wrapped(text: object, width: float, size: float, weight: str = "normal") -> list[str]:
    """Break text into lines no wider than `width` inches; a word wider than that is cut."""
    lines = [""]
    for word in printable(text).split():
        for piece in _pieces(word, width, size, weight):
            longer = f"{lines[-1]} {piece}".strip()
            if width_of(longer, size, weight) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line]


def _pieces(word: str, width: float, size: float, weight: str) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, weight) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
