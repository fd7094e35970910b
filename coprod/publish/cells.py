"""Executed cells to checked HTML, through nbconvert and a template of our own."""

from html import escape
from pathlib import Path

from nbconvert.exporters import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets.config import Config

from coprod.publish.picture import picture
from coprod.publish.refuse import HIDDEN, CannotPublish, check_cells, checked, kind_of

TEMPLATES = Path(__file__).with_name("templates")


def body(notebook: NotebookNode) -> str:
    """Turn a notebook's cells into HTML, one ``<div data-tags=…>`` for each cell that is not hidden.

    What a cell gave out stands in ``<div data-made=…>``, named after the function that made it.

    Raises
    ------
    CannotPublish
        The notebook failed, or holds something that may not stand in a page.
    AltMissing
        A figure has no alternative text.
    """
    check_cells(notebook)
    html, _ = _exporter().from_notebook_node(notebook)
    return html


def _exporter() -> TemplateExporter:
    return TemplateExporter(
        template_name="coprod",
        extra_template_basedirs=[str(TEMPLATES)],
        filters={"as_html": as_html, "given_out": given_out},
        config=Config(
            {
                "TemplateExporter": {"file_extension": ".html", "exclude_raw": True},
                "TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": set(HIDDEN)},
            }
        ),
    )


class _Renderer(IPythonRenderer):
    def image(self, text: str, url: str, title: str | None = None) -> str:
        raise CannotPublish(f"The image {url[:60]!r} was not made by display.show.")


def as_html(source: str) -> str:
    """Turn Markdown into HTML. Raw HTML in it becomes text: a title can come from anywhere."""
    renderer = _Renderer(escape=True, exclude_anchor_links=True)
    return str(checked(MarkdownWithMath(renderer=renderer).render(source)))


def given_out(output: NotebookNode) -> str:
    """Turn what a cell gave out into HTML; nothing for warnings and for what is made anew."""
    if output.output_type == "stream":
        return ""
    kind, told = kind_of(output), output.metadata.coprod
    if kind in ("masthead", "around_figure"):
        return ""
    if kind == "left_out":
        return f'<div data-made="left_out"><p class="left-out">Left out: {escape(told.left_out)}</p></div>'
    if kind == "figure":
        inside = picture(output.data["image/svg+xml"], told.figure)
    else:
        inside = str(checked(output.data["text/html"]))
    return f'<div data-made="{kind}">{inside}</div>'
