"""An executed notebook as one self-contained, accessible HTML page."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from coprod.display import AUDIENCES_SAID, INVENTED
from coprod.publish.cells import body
from coprod.publish.look import laid_out
from coprod.publish.refuse import CannotPublish, is_hidden
from coprod.publish.sections import Section, arrange

CONTENTS_FROM = 4  # sections; a shorter page is quicker to scroll than its contents are to read


def page(notebook: NotebookNode, *, title: str | None = None) -> str:
    """Make a page of a notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed. It is not changed.
    title : str, optional
        In place of the title block's; a notebook without a title block has its own h1 otherwise.

    Returns
    -------
    str
        HTML; the same notebook gives the same bytes.

    Raises
    ------
    CannotPublish
        The notebook failed, has no title, or holds something that may not stand in a page.
    AltMissing
        A figure has no alternative text.
    """
    own_title, sections = arrange(body(notebook))
    facts = masthead_of(notebook)
    heading = title or facts.get("title") or own_title
    if not heading:
        raise CannotPublish("The notebook has no title: begin with display.masthead or a # heading.")
    return laid_out(
        "report.html.j2",
        title=heading,
        tab=_tab(heading, facts),
        facts=facts,
        date=dt.date.fromisoformat(facts["date"]) if facts else None,
        audience=AUDIENCES_SAID.get(facts.get("audience"), ""),
        warning=INVENTED if facts.get("kind") == "synthetic" else "",
        first=[_markup(section) for section in sections if section.comes_first],
        sections=[_markup(section) for section in sections if not section.comes_first],
        contents=_contents(sections),
    )


def masthead_of(notebook: NotebookNode) -> Mapping[str, Any]:
    """Find what :func:`coprod.display.masthead` told; nothing in a notebook without a title block."""
    outputs = [output for cell in notebook.cells if not is_hidden(cell) for output in cell.get("outputs", [])]
    told = (output.get("metadata", {}).get("coprod", {}) for output in outputs)
    return next((entry["masthead"] for entry in told if "masthead" in entry), {})


def _contents(sections: list[Section]) -> list[Section]:
    headed = [section for section in sections if section.title]
    return headed if len(headed) >= CONTENTS_FROM else []


def _markup(section: Section) -> Markup:
    """Mark a section's HTML as safe: :mod:`coprod.publish.refuse` has looked at all of it."""
    return Markup(section.node)


def _tab(heading: str, facts: Mapping[str, Any]) -> str:
    """Name the browser's tab, so that two open reports can be told apart."""
    where = [facts.get("place", ""), facts.get("wave", ""), facts.get("programme", "")]
    invented = " (invented data)" if facts.get("kind") == "synthetic" else ""
    return f"{', '.join(filter(None, (heading, *where)))}{invented}"
