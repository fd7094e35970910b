"""A manuscript's table in a Word document: of columns, or of records where these do not fit."""

from collections.abc import Callable, Iterable, Iterator

from lxml.etree import _Element as Node

from coprod.publish.documents.wordml import paragraph, w

UPRIGHT, ACROSS = 9638, 14570  # twentieths of a point, of a line on A4 held upright and held across
NAMES = 22  # per cent of the line for the headings of a record
TINT = "EDF4F6"
Runs = Callable[[Node, Node | None], Iterable[Node]]


def set_table(node: Node, line: int, runs: Runs) -> Node:
    """Set a table whose headings a screen reader finds, above the columns and before the rows.

    Parameters
    ----------
    node : Element
        A manuscript's ``<table>``.
    line : int
        How wide a line is, in twentieths of a point.
    runs : callable
        Sets a cell's text, given the row that links lead to if it is the row's first.
    """
    head, *rows = (part for part in node if part.tag != "caption")
    shares = [float(share) for share in node.get("widths").split()]
    widths = [round(line * share / 100) for share in shares or (NAMES, 100 - NAMES)]
    table = w(
        "tbl", _looks(node, sum(widths), shares), w("tblGrid", *(w("gridCol", w=wide) for wide in widths))
    )
    if shares:
        table.append(_columns(head, widths, runs, w("tblHeader")))
        table.extend(_columns(row, widths, runs) for row in rows)
    else:
        table.extend(part for row in rows for part in _record(row, head, widths, runs))
    return table


def _looks(node: Node, wide: int, shares: list[float]) -> Node:
    caption = node.find("caption")
    looks = w(
        "tblPr", w("tblStyle", val="Report"), w("tblW", w=wide, type="dxa"), w("tblLayout", type="fixed")
    )
    headings = {"firstRow": 1 if shares else 0, "firstColumn": 1, "lastRow": 0, "lastColumn": 0}
    looks.append(w("tblLook", val="06A0" if shares else "0680", **headings, noHBand=1, noVBand=1))
    if caption is not None:
        looks.append(w("tblCaption", val="".join(caption.itertext())))
    return looks


def _columns(row: Node, widths: list[int], runs: Runs, *how: Node) -> Node:
    places = (row, *[None] * len(row))
    cells = [
        _cell(runs(cell, place), wide, *([w("jc", val="right")] if cell.get("number") else []))
        for cell, wide, place in zip(row, widths, places, strict=False)
    ]
    return _row(row, cells, *how)


def _record(row: Node, head: Node, widths: list[int], runs: Runs) -> Iterator[Node]:
    """Set a row as lines of a column's heading and its value, the first of which names the row."""
    heading, name = runs(head[0], None), runs(row[0], row)
    cells = [_cell(heading, widths[0]), _cell(name, widths[1], style="TableName")]
    for cell in cells:
        cell[0].append(w("shd", val="clear", color="auto", fill=TINT))
    yield _row(row[0], cells)
    for heading, value in zip(head[1:], row[1:], strict=True):
        if len(value) or value.text:
            sides = zip((heading, value), widths, strict=True)
            yield _row(value, [_cell(runs(side, None), wide) for side, wide in sides])


def _row(row: Node, cells: Iterable[Node], *how: Node) -> Node:
    whole = () if any(part.get("long") for part in (row, *row)) else (w("cantSplit"),)
    return w("tr", w("trPr", *whole, *how), *cells)


def _cell(words: Iterable[Node], wide: int, *how: Node, style: str = "TableText") -> Node:
    return w("tc", w("tcPr", w("tcW", w=wide, type="dxa")), paragraph(style, *words, how=how))
