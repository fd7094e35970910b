"""A figure in a page: its title, the picture, what is not shown, and the numbers behind it."""

import base64
from collections.abc import Mapping
from html import escape
from typing import Any

from coprod.markup import NUMBERS
from coprod.publish.refuse import checked

SVG = "data:image/svg+xml;base64,"  # what a drawing's address in a page begins with


def picture(svg: str, told: Mapping[str, Any]) -> str:
    """Lay out one figure.

    Parameters
    ----------
    svg : str
        The drawing. It stands in the page as an image, where it can neither run nor load anything, and
        where its ids cannot clash with another figure's.
    told : mapping
        ``alt``, ``title``, ``caption``, ``notes`` and ``data`` from :func:`coprod.display.show`.
    """
    address = f"{SVG}{base64.b64encode(svg.encode()).decode()}"
    source = told["caption"].removeprefix(told["title"]).strip()
    below = "".join(f'<p class="note">{escape(note)}</p>\n' for note in (source, *told["notes"]) if note)
    return (
        f"<figure>\n<figcaption>{escape(told['title'])}</figcaption>\n"
        f'<div class="card"><img src="{address}" alt="{escape(told["alt"])}"></div>\n{below}'
        f"<details>\n<summary>{NUMBERS}</summary>\n{checked(told['data'])}\n</details>\n</figure>"
    )
