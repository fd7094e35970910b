"""A page as a manuscript: what is left of it on paper, in reading order.

The page is the one source of Word and PDF. Here it loses what only a screen needs, its pictures become
files, the numbers behind its figures move to the end, and what remains is a small tree of plain blocks.
Both documents are set from that tree, so that they cannot tell different stories.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html
from lxml.builder import E
from lxml.etree import _Element as Element

from coprod.display import AltMissing
from coprod.publish.documents.columns import ACROSS, UPRIGHT, shares
from coprod.publish.documents.wording import (
    MARK,
    SCREEN,
    UNSEEN,
    add,
    filled,
    is_inline,
    said,
    say,
    text_of,
    trimmed,
)
from coprod.publish.picture import SVG
from coprod.publish.refuse import CannotPublish

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
CLASSES = ("left-out", "note", "warning")
NUMBERS = "The numbers behind the figures"
NUMBERS_OF = "The numbers behind this figure"
WIDTH, UNDER_HEADING, ALONE = 15.0, 17.5, 21.5  # cm; a picture's width, and its height at most
TALL = 25  # cm; a picture that would be taller than this has a page of its own
ROOMY = 600  # letters in a cell; a longer one may go on on the next page
FOOT = 100  # letters; what stands at the foot of every page is cut there
NO_DAY = "1980-01-01"  # a document needs a day, and the same on every run; this is the first a zip file knows
CONTENTS = "Contents"


@dataclass
class Manuscript:
    """What a document is set from.

    Attributes
    ----------
    report : Element
        ``<report title= tab= foot= programme= warning= date= contents= brief=>`` around ``<fact name=>``
        and blocks: ``h2`` to ``h6``, ``p``, ``ul``, ``ol``, ``blockquote``, ``pre``, ``hr``, ``figure``,
        ``table``. A list's ``li`` and a ``blockquote`` hold blocks; the others text, ``em``, ``strong``,
        ``del``, ``code``, ``br``, ``a`` and ``small``. A table holds ``caption``, ``head`` and ``row``; its
        ``widths`` are per cent of a line, or nothing where columns do not fit. ``across`` holds blocks for
        sheets held across. What links lead to has an ``id``.
    pictures : dict of str to bytes
        The figures' drawings as SVG, by the name that stands in ``<figure src=>``.
    numbers : list of Element
        The tables behind the figures.
    """

    report: Element
    pictures: dict[str, bytes] = field(default_factory=dict)
    numbers: list[Element] = field(default_factory=list)


def read(page: str) -> Manuscript:
    """Read a page that :func:`coprod.publish.page` made.

    Raises
    ------
    CannotPublish
        It is not such a page.
    AltMissing
        A figure has no alternative text.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(UNSEEN.sub(MARK, page).encode(), parser=parser)
    header, main, footer = (root.find(f"body/{part}") for part in ("header", "main", "footer"))
    if header is None or main is None or footer is None or header.find(".//h1") is None:
        raise CannotPublish("Only a page that coprod.publish.page made becomes a document.")
    made = Manuscript(_title_block(root, header))
    made.report.extend(_blocks(main, made))
    made.report.extend(_blocks(footer, made))
    if made.numbers:
        made.report.append(E.across(E.h2(NUMBERS, id="numbers"), *made.numbers))
    for count, heading in enumerate(made.report.iter(*HEADINGS)):
        heading.set("id", heading.get("id", f"heading.{count}"))
    _drop_dead_links(made.report)
    return made


def _title_block(root: Element, header: Element) -> Element:
    time, tab = header.find(".//time"), text_of(root.find("head/title"))
    return E.report(
        *(E.fact(text_of(fact[1]), name=text_of(fact[0])) for fact in header.iterfind(".//dl/div")),
        title=text_of(header.find(".//h1")),
        tab=tab,
        foot=tab if len(tab) <= FOOT else f"{tab[:FOOT]}…",
        programme=text_of(header.find(".//p[@class='kicker']")),
        warning=text_of(header.find("p[@class='warning']")),
        date=NO_DAY if time is None else time.get("datetime"),
        contents="" if root.find(".//nav") is None else "yes",
        brief="yes" if "brief" in header.get("class", "").split() else "",
    )


def _blocks(node: Element, made: Manuscript) -> Iterator[Element]:
    """Yield what is in an element, block by block; loose text becomes a paragraph."""
    loose = E.p(said(node.text))
    for part in node:
        if is_inline(part):
            add(loose, part)
        elif part.tag not in SCREEN:
            yield from _unless_empty(loose)
            loose = E.p()
            yield from _block(part, made)
        say(loose, part.tail)
    yield from _unless_empty(loose)


def _unless_empty(block: Element) -> list[Element]:
    return [trimmed(block)] if "".join(block.itertext()).strip() else []


def _block(node: Element, made: Manuscript) -> Iterator[Element]:
    if node.tag in ("p", *HEADINGS):
        yield filled(E(node.tag, **_known(node)), node)
    elif node.tag in ("ul", "ol"):
        items = (E.li(*_blocks(item, made)) for item in node.iterfind("li"))
        yield E(node.tag, *items, start=node.get("start", "1"))
    elif node.tag == "blockquote":
        yield E.blockquote(*_blocks(node, made))
    elif node.tag == "pre":
        yield E.pre(UNSEEN.sub(MARK, node.text_content()).strip("\n"))
    elif node.tag == "hr":
        yield E.hr()
    elif node.tag == "dl":
        yield from (filled(E.p(E.strong(f"{text_of(fact[0])}:"), " "), fact[1]) for fact in node)
    elif node.tag == "table":
        yield _table(node, UPRIGHT)
    elif node.tag == "figure":
        yield from _figure(node, made)
    else:
        yield from _blocks(node, made)


def _known(node: Element) -> dict[str, str]:
    kept = {"id": node.get("id"), "class": node.get("class") if node.get("class") in CLASSES else None}
    return {name: value for name, value in kept.items() if value}


def _figure(node: Element, made: Manuscript) -> Iterator[Element]:
    """Take out the drawing and the numbers behind it; the caption and the notes stay."""
    count = len(made.pictures) + 1
    image = node.find(".//img")
    source = "" if image is None else image.get("src", "")
    if not source.startswith(SVG):
        raise CannotPublish(f"The image {source[:60]!r} was not made by display.show.")
    if not image.get("alt", "").strip():
        raise AltMissing(f"Figure {count} has no alternative text.")
    drawing = UNSEEN.sub(MARK, base64.b64decode(source.removeprefix(SVG)).decode()).encode()
    made.pictures[f"{count}.svg"] = drawing
    figure = E.figure(id=f"figure.{count}", src=f"{count}.svg", alt=said(image.get("alt")).strip(" "))
    figure.set("width", f"{_width(drawing, float(node.get('data-high', ALONE))):.2f}")
    yield _captioned(figure, node.find("figcaption"))
    for note in node.iterfind("p"):
        yield from _block(note, made)
    for table in node.iterfind("details//table"):
        behind = _table(table, ACROSS)
        behind.set("id", f"numbers.{count}")
        behind.find("caption").set("number", figure.get("number"))
        made.numbers.append(behind)
        yield E.p(E.a(NUMBERS_OF, href=f"#numbers.{count}"), **{"class": "note"})


def _width(drawing: bytes, most: float) -> float:
    """Choose a drawing's width in cm: its words as large as the text's, if there is room for it.

    One that can stand on a page with a heading and a few lines above it is made to; a taller one gets a
    page of its own. None is higher than `most`, in cm, which a page can ask for by ``<figure data-high=>``.
    """
    size = etree.fromstring(drawing, etree.XMLParser(huge_tree=True))
    wide, high = (float(size.get(name).removesuffix("pt")) for name in ("width", "height"))
    room = UNDER_HEADING if WIDTH * high / wide < TALL else ALONE
    return min(WIDTH, min(room, most) * wide / high)


def _table(node: Element, line: int) -> Element:
    """Copy a table, every row of which begins with its heading."""
    table = E.table()
    caption = node.find("caption")
    if caption is not None:
        table.append(_captioned(E.caption(), caption))
    table.append(E.head(*(_cell(cell, "th") for cell in node.iterfind("thead/tr/th"))))
    for row in node.iterfind("tbody/tr"):
        cells = (_cell(cell, "td" if place else "th") for place, cell in enumerate(row))
        table.append(E.row(*cells, **_known(row)))
    of_paragraphs = "cards" in node.get("class", "") and line == UPRIGHT
    table.set("widths", "" if of_paragraphs else _widths(table, line))
    return table


def _widths(table: Element, line: int) -> str:
    rows = [["".join(cell.itertext()) for cell in row] for row in table if row.tag != "caption"]
    return " ".join(f"{share:.1f}" for share in shares(list(zip(*rows, strict=True)), line))


def _cell(node: Element, tag: str) -> Element:
    known = {"number": "number" in node.get("class", "").split(), "long": len(text_of(node)) > ROOMY}
    return filled(E(tag, **{name: "yes" for name, so in known.items() if so}), node)


def _captioned(into: Element, caption: Element) -> Element:
    number = caption.find(".//span[@class='numbered']")
    into.set("number", text_of(number))
    if number is not None:
        number.text = ""
    return filled(into, caption)


def _drop_dead_links(report: Element) -> None:
    """Leave the text of a link to a place that the document does not have."""
    places = {f"#{node.get('id')}" for node in report.iter() if node.get("id")}
    for link in list(report.iter("a")):
        if link.get("href").startswith("#") and link.get("href") not in places:
            link.tag = "dead"
    etree.strip_tags(report, "dead")
