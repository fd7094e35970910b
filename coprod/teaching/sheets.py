"""Sheets to print, made from a session that has run: the hand-out, the results, the facilitator's notes.

A cell tagged ``write`` asks for words, and gets lines to write on. One tagged ``reveal`` asks for what is
expected before something is shown: the hand-out has the question, and what is shown goes to the sheet of
results, with all of what a cell tagged ``result`` gives out. So nobody sees it by turning a page.
"""

import copy
from collections.abc import Iterator

from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from coprod import markup
from coprod.publish import page
from coprod.teaching import copies

LINES = {"write": 5, "reveal": 2}  # to write on
LINE = "\N{WORD JOINER}\n\n---"  # a paragraph that holds nothing to see or to read aloud, and a rule below
AT_A_SCREEN = "In JupyterLab"
HEADING = "## "


def handout(ran: NotebookNode) -> str:
    """Make the page of the hand-out: what there is to read and look at, and room to write.

    Parameters
    ----------
    ran : NotebookNode
        A session that has run.
    """
    made = copies.without_facilitator(ran)
    made.cells = [part for cell in made.cells for part in _with_room(cell)]
    return _for_paper(page(made))


def results(ran: NotebookNode, title: str) -> str:
    """Make the page of what is shown only when everybody has written; "" where there is nothing."""
    made = copies.without_facilitator(ran)
    made.cells = list(_results(made))
    told = [output for cell in made.cells for output in cell.get("outputs", [])]
    shown = [output for output in told if not {"masthead", "left_out"} & set(output.metadata.coprod)]
    return _for_paper(page(made, title=f"{title}: what was found")) if shown else ""


def notes(ran: NotebookNode, title: str) -> str:
    """Make the page of the facilitator's notes: all steps, with what to listen for and no figures."""
    made = copy.deepcopy(ran)
    made.cells = [cell for cell in made.cells if cell.cell_type == "markdown" or _titled(cell)]
    return _for_paper(page(made, title=f"{title}: for the facilitator"))


def _for_paper(html: str) -> str:
    """Leave out the contents, and the numbers behind figures: a session looks at the figures."""
    soup = BeautifulSoup(html, "html.parser")
    for part in soup.select("nav, details"):
        part.decompose()
    return str(soup)


def _with_room(cell: NotebookNode) -> Iterator[NotebookNode]:
    tag = next((tag for tag in LINES if copies.has(cell, tag)), "")
    asked = copy.deepcopy(cell)
    if copies.has(cell, "result"):
        asked.outputs = []
    elif tag:
        asked.outputs = [_on_paper(output) for output in asked.outputs[:1]]
    yield asked
    if tag:
        yield new_markdown_cell("\n\n".join([LINE] * LINES[tag]), id=f"{cell.id}-room")


def _on_paper(output: NotebookNode) -> NotebookNode:
    """Leave out what is said to people at a screen."""
    if "sentences" in output.metadata.coprod:
        said = [line for line in output.data["text/plain"].splitlines() if not line.startswith(AT_A_SCREEN)]
        output.data["text/html"] = markup.sentences(said)
    return output


def _results(notebook: NotebookNode) -> Iterator[NotebookNode]:
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith(HEADING):
            heading = cell.source.splitlines()[0]
        shown = list(cell.get("outputs", []))[int(copies.has(cell, "reveal")) :]
        if _titled(cell):
            yield _title_only(cell)
        elif shown and (copies.has(cell, "reveal") or copies.has(cell, "result")):
            yield new_markdown_cell(heading, id=f"{cell.id}-heading")
            kept = copy.deepcopy(cell)
            kept.outputs = [_on_paper(copy.deepcopy(output)) for output in shown]
            yield kept


def _titled(cell: NotebookNode) -> bool:
    return any("masthead" in output.metadata.coprod for output in cell.get("outputs", []))


def _title_only(cell: NotebookNode) -> NotebookNode:
    made = copy.deepcopy(cell)
    made.outputs = [output for output in cell.outputs if "masthead" in output.metadata.coprod]
    return made
