"""The short version: what was found and two figures, on two sheets of paper at most."""

import base64
import io
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations

from lxml import etree

from coprod.publish.documents.manuscript import WIDTH
from coprod.publish.look import laid_out
from coprod.publish.views.reading import Picture, Told, read
from coprod.publish.views.wording import explained

SHEETS = 2
LEGIBLE = 33.0  # cm; two pictures that are higher together have words below 6 pt once they share a sheet
SIZES = tuple(percent / 100 for percent in range(100, 48, -3))  # of a picture as it would be in the report


def short(page: str) -> str | None:
    """Make the short version of a page, to be set by :func:`coprod.publish.documents.pdf`.

    Parameters
    ----------
    page : str
        From :func:`coprod.publish.page`.

    Returns
    -------
    str or None
        HTML of the same form as the page's, which comes out as two sheets of A4 at most; None where the
        page has nothing at a glance, or where not even one finding fits.

    Raises
    ------
    CannotPublish
        It is not such a page, or cannot be set.
    """
    told = read(page)
    if not told.findings:
        return None
    pictures, every = _chosen(told.pictures), len(told.findings)
    return (
        _fullest([partial(_laid_out, told, every, pictures, size) for size in SIZES])
        or _fullest([partial(_laid_out, told, count, pictures, SIZES[-1]) for count in range(every, 0, -1)])
        or _fullest([partial(_laid_out, told, count, [], 0) for count in range(every, 0, -1)])
    )


def _fullest(tries: Sequence[Callable[[], str]]) -> str | None:
    """Make the first page that fits, of ever shorter ones; None where none does."""
    fits = bisect_left(tries, True, key=lambda made: _sheets(made()) <= SHEETS)
    return tries[fits]() if fits < len(tries) else None


def _laid_out(told: Told, count: int, pictures: Sequence[Picture], size: float) -> str:
    findings = told.findings[:count]
    return laid_out(
        "short.html.j2",
        told=told,
        findings=findings,
        more=len(told.findings) - count,
        words=explained((*told.leads, *findings), told.glossary),
        pictures=[(picture, f"{size * _height(picture):.2f}") for picture in pictures],
    )


def _sheets(page: str) -> int:
    import pikepdf

    from coprod.publish.documents.in_pdf import set_pdf

    with pikepdf.open(io.BytesIO(set_pdf(page))) as document:
        return len(document.pages)


def _chosen(pictures: Sequence[Picture]) -> Sequence[Picture]:
    """Choose the first two figures that can be read when they share a sheet; or else the first two."""
    heights = [_height(picture) for picture in pictures]
    pairs = (
        pair for pair in combinations(range(len(pictures)), 2) if sum(heights[at] for at in pair) < LEGIBLE
    )
    return [pictures[at] for at in next(pairs, range(len(pictures))[:2])]


def _height(picture: Picture) -> float:
    """Give a picture's height in cm where it is as wide as the text."""
    drawing = etree.fromstring(
        base64.b64decode(picture.drawing.partition(",")[2]), etree.XMLParser(huge_tree=True)
    )
    wide, high = (float(drawing.get(side).removesuffix("pt")) for side in ("width", "height"))
    return WIDTH * high / wide
