"""What panels share: whether anybody is there to use them, and how they lay out what they show.

A panel gives its HTML to a widget in one piece, so that nothing stands half drawn, and in the same words
as :mod:`coprod.display`: from protected tables, and escaped.
"""

from collections.abc import Sequence
from html import escape
from importlib.util import find_spec
from typing import TYPE_CHECKING

from IPython import get_ipython
from IPython.display import display

from coprod import markup
from coprod.display import svg
from coprod.privacy import table_of

if TYPE_CHECKING:
    from ipywidgets import Widget

    from coprod.figures import Drawn

NO_WIDGETS = "ipywidgets is not installed"
# JupyterLab's own look for what a cell gives out: without it a widget sets lines far apart and tables bare.
LOOK = 'class="jp-RenderedHTMLCommon" style="padding-right:0"'
# Outside a text JupyterLab takes arrows and letters for its own: in a list of options the arrow down would go
# to the next cell, and "b" would make a new one.
# Its shortcuts leave alone what has the attribute and the focus.
KEYS = """\
setTimeout(() => element.closest(".jp-OutputArea")?.addEventListener("focusin",
  (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true")))
"""  # not before the element is on the page
WORDS = "What the figure shows, in words"


def front_end() -> bool:
    """Tell whether the cell that runs was run from a page that can show widgets.

    JupyterLab and its like say with each request which cell it is; papermill, nbval and nbconvert run
    notebooks without a page, and do not. What the environment holds would be no sign: a terminal inside
    JupyterLab may start them.
    """
    kernel = getattr(get_ipython(), "kernel", None)
    return kernel is not None and "cellId" in kernel.get_parent().get("metadata", {})


def widgets_there() -> bool:
    """Tell whether ipywidgets is installed."""
    return find_spec("ipywidgets") is not None


def give_out(panel: "Widget", otherwise: str, html: str) -> None:
    """Give out a panel, with what stands in its place where a saved notebook is only read.

    Parameters
    ----------
    panel : Widget
    otherwise, html : str
        As plain text, and as HTML.
    """
    # IPython's protocol for what an object looks like: here the widget's view
    views = panel._repr_mimebundle_()
    display({**views, "text/plain": otherwise, "text/html": html}, raw=True)
    display({"application/javascript": KEYS, "text/plain": ""}, raw=True)


def announced(words: str) -> str:
    """Lay out a line that is read aloud when it appears.

    A widget puts in its HTML anew, and screen readers pass over a status that is new on the page, but not
    over an alert; "polite" lets them finish their sentence.
    """
    return f'<p role="alert" aria-live="polite">{escape(words)}</p>'


def page(*parts: str) -> str:
    """Put parts together as the content of one HTML widget."""
    return f"<div {LOOK}>{''.join(parts)}</div>"


def figures(drawn: Sequence["Drawn"]) -> str:
    """Lay out figures, each with its title above and its alternative text, to be read by all, below.

    Raises
    ------
    TypeError
        A figure was not made from a protected table.
    """
    return "".join(map(_figure, drawn))


def _figure(drawn: "Drawn") -> str:
    table_of(drawn.shown)
    if drawn.ax is None:
        return f"<p><em>Left out: {escape(drawn.shown.reason)}</em></p>"
    picture = svg(drawn.ax.figure, drawn.alt)
    words = f"<details open><summary>{WORDS}</summary><p>{escape(drawn.alt)}</p></details>"
    return f"<p><strong>{escape(drawn.title)}</strong></p>{picture}{words}"


def sentences(said: Sequence[str]) -> str:
    """Lay out sentences; nothing where there are none."""
    return markup.sentences(said) if said else ""
