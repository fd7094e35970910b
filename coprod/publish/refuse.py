"""What may not stand in a published page, and where it came from.

Nothing is cleaned up in silence: a page that would hold something unsafe, or something that did not
come through :mod:`coprod.display`, is not made, and the error says which cell to look at.
"""

import re
from collections import Counter

from bs4 import BeautifulSoup
from bs4.element import CData, Comment, Declaration, Doctype, ProcessingInstruction, Tag
from nbformat import NotebookNode

from coprod.display import AltMissing

GIVEN_OUT = ("masthead", "figure", "around_figure", "table", "sentences", "left_out")
HIDDEN = frozenset({"hide", "parameters", "injected-parameters"})
# What Markdown and the tables and sentences of `display` are made of.
TAGS = frozenset(
    {
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "details",
        "div",
        "em",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "span",
        "strong",
        "summary",
        "ul",
    }
    | {"h1", "h2", "h3", "h4", "h5", "h6", "caption", "table", "tbody", "td", "th", "thead", "tr"}
)
ATTRIBUTES = frozenset({"class", "href", "id", "scope", "start", "title"})
ROW = re.compile(r"row-[A-Za-z0-9_-]+")
LINK = re.compile(r"https?://|mailto:|#")
ELSEWHERE = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


class CannotPublish(ValueError):
    """A notebook holds something that may not stand in a published page."""


def check_cells(notebook: NotebookNode) -> None:
    """Refuse a notebook that failed, or that shows something past :mod:`coprod.display`.

    Raises
    ------
    CannotPublish
        A cell failed, even a hidden one; or gives out what no function of `display` made.
    AltMissing
        A figure has no alternative text.
    """
    for number, cell in enumerate(notebook.cells, start=1):
        hidden = is_hidden(cell)
        for output in cell.get("outputs", []):
            _check_output(output, f"Cell {number}", hidden=hidden)


def is_hidden(cell: NotebookNode) -> bool:
    """Tell whether a cell's tags keep it out of a page."""
    return not HIDDEN.isdisjoint(cell.metadata.get("tags", []))


def _check_output(output: NotebookNode, where: str, *, hidden: bool) -> None:
    if output.output_type == "error":
        raise CannotPublish(f"{where} failed with {output.ename}: {output.evalue}")
    if hidden or (output.output_type == "stream" and output.name == "stderr"):
        return
    if output.output_type == "stream":
        raise CannotPublish(f"{where} prints; give it out with display.say, or tag the cell `hide`.")
    told = output.metadata.get("coprod", {})
    if kind_of(output) is None:
        kinds = ", ".join(output.data)
        raise CannotPublish(
            f"{where} gives out {kinds} that no function of coprod.display made: "
            "use show, table or say, or tag the cell `hide`."
        )
    if "figure" in told and not told["figure"].get("alt", "").strip():
        raise AltMissing(f"{where} shows a figure without alternative text.")


def kind_of(output: NotebookNode) -> str | None:
    """Name the function of `display` that made an output, by what it left; None when none did."""
    told = output.metadata.get("coprod", {})
    kind = next((kind for kind in GIVEN_OUT if kind in told), None)
    image = any(mime.startswith("image/") for mime in output.data)
    return None if image and kind != "figure" else kind


def checked(html: str) -> BeautifulSoup:
    """Parse HTML and refuse what is not on the list of harmless tags and attributes.

    Styles are dropped: they are for JupyterLab, and a page's policy would not apply them.

    Raises
    ------
    CannotPublish
        The HTML holds anything else, such as a script, an image or an address of another kind.
    """
    soup = BeautifulSoup(html, "html.parser")
    for node in list(soup.descendants):
        if isinstance(node, Tag):
            _check_tag(node)
        elif isinstance(node, (CData, Comment, Declaration, Doctype, ProcessingInstruction)):
            raise CannotPublish(f"A page may not hold a {type(node).__name__.lower()}: {str(node)[:60]!r}.")
    return soup


def _check_tag(tag: Tag) -> None:
    if tag.name == "img":
        raise CannotPublish(f"The image {tag.get('src', '')[:60]!r} was not made by display.show.")
    if tag.name not in TAGS:
        raise CannotPublish(f"A page may not hold <{tag.name}>.")
    tag.attrs.pop("style", None)
    for name in tag.attrs:
        if name not in ATTRIBUTES:
            raise CannotPublish(f"A page may not hold the attribute {name} of <{tag.name}>.")
    if not ROW.fullmatch(tag.get("id", "row-0")):
        raise CannotPublish(f"A page may not hold the id {tag['id'][:60]!r}: only rows have one.")
    if "href" in tag.attrs:
        _check_link(tag)


def check_rows(page: Tag) -> None:
    """Refuse a page that names rows it does not list, or lists a row twice.

    Raises
    ------
    CannotPublish
        The message says which row.
    """
    listed = Counter(str(row["id"]) for row in page.find_all(id=ROW))
    twice = next((row for row, times in listed.items() if times > 1), None)
    if twice is not None:
        raise CannotPublish(f"The row {twice.removeprefix('row-')} is listed in two tables; keep one.")
    linked = [link["href"][1:] for link in page.find_all("a", href=True) if ROW.fullmatch(link["href"][1:])]
    lacking = next((row for row in linked if row not in listed), None)
    if lacking is not None:
        raise CannotPublish(
            f"A statement rests on the row {lacking.removeprefix('row-')}, which is not listed in the page: "
            "add the tables of cases.rows and cases.entries at its end."
        )


def _check_link(tag: Tag) -> None:
    if LINK.match(tag["href"]):
        return
    if tag.name != "a" or ELSEWHERE.match(tag["href"]):
        raise CannotPublish(f"A page may not link to {tag['href'][:60]!r}; use a full https address.")
    tag.unwrap()  # a file beside the notebook is not beside the page: the words stay, the link goes
