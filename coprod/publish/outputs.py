"""All that is made of an executed notebook: the page, its shorter views and documents, figures and tables.

The page is the one source of all others, so that none can say what the page does not.
"""

import csv
import io
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from lxml.etree import _Element as Element
from nbformat import NotebookNode

from coprod.names import slug
from coprod.publish import documents, thumbnails
from coprod.publish.html import page
from coprod.publish.views import easy, short
from coprod.reports.planning import PAGE
from coprod.settings import FORMATS

FIGURES, TABLES = "figures", "tables"
EASY, SHORT = "easy.html", "short.pdf"
NAMED = 60  # letters of a caption in a file's name
FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d[\d.,]*%?$)")  # what a spreadsheet would take for one; no number


def write(
    notebook: NotebookNode,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    timings: dict[str, float] | None = None,
) -> str:
    """Write what is published of a notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    folder : Path
        An empty one.
    formats : sequence of str
        "docx", "pdf", or both; the page is always made.
    timings : dict of str to float, optional
        Grows by the seconds that each part took; Word and PDF are made at the same time.

    Returns
    -------
    str
        The alternative text of ``thumbnail.png``; "" where there is no figure to draw small.

    Raises
    ------
    CannotPublish
        The notebook may not be published, or a document cannot be set.
    AltMissing
        A figure has no alternative text.
    """
    timed = partial(_timed, {} if timings is None else timings)
    html = timed("page", page, notebook)
    (folder / PAGE).write_text(html, encoding="utf-8", newline="\n")
    view = timed("easier view", easy, html, formats)
    if view is not None:
        (folder / EASY).write_text(view, encoding="utf-8", newline="\n")
    wanted = (
        ("docx", "Word", documents.word),
        ("pdf", "PDF", documents.pdf),
        ("pdf", "short PDF", _write_short),
    )
    with ThreadPoolExecutor() as pool:  # Typst works outside Python's lock
        made = [
            pool.submit(timed, name, write, html, folder) for form, name, write in wanted if form in formats
        ]
    for one in made:
        one.result()
    manuscript = documents.read(html)
    timed("figures and tables", _write_parts, manuscript, folder)
    return timed("thumbnail", thumbnails.write, manuscript, folder)


def _timed(timings: dict[str, float], name: str, make: Callable[..., Any], *given: Any) -> Any:
    begun = time.perf_counter()
    try:
        return make(*given)
    finally:
        timings[name] = time.perf_counter() - begun


def _write_short(html: str, folder: Path) -> None:
    view = short(html)
    if view is not None:
        documents.pdf(view, folder, name=SHORT)


def _write_parts(manuscript: documents.Manuscript, folder: Path) -> None:
    """Write figures as SVG and tables as CSV, for slides and for whoever works on with them.

    The numbers behind a figure stand beside it, under the same name.
    """
    behind = {table.get("id"): table for table in manuscript.numbers}
    for number, figure in enumerate(manuscript.report.iter("figure"), start=1):
        name = f"{number:02}-{_named(figure)}"
        _into(folder / FIGURES, f"{name}.svg", manuscript.pictures[figure.get("src")])
        if (table := behind.get(f"numbers.{number}")) is not None:
            _into(folder / FIGURES, f"{name}.csv", _separated(table))
    apart = [table for table in manuscript.report.iter("table") if table.get("id") not in behind]
    for number, table in enumerate(apart, start=1):
        caption = table.find("caption")
        name = "table" if caption is None else _named(caption)
        _into(folder / TABLES, f"{number:02}-{name}.csv", _separated(table))


def _named(caption: Element) -> str:
    return slug("".join(caption.itertext()))[:NAMED].strip("-")


def _into(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)


def _separated(table: Element) -> bytes:
    """Give a table as CSV. What a spreadsheet would take for a formula stays text."""
    written = io.StringIO()
    rows = ([_cell("".join(cell.itertext())) for cell in row] for row in table if row.tag != "caption")
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode("utf-8-sig")  # by the mark Excel knows that it is no old code page


def _cell(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text
