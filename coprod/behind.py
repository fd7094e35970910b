"""What stands behind a statement, as links to the rows it was made from.

A row of evidence, or an entry of ``cases.toml``, is listed once in a report, in a table with the column
``ref``. Every other table and every sentence about cases names the rows behind it, and links to them.
"""

from collections.abc import Sequence
from html import escape

HEADING = "Rows behind it"
FEW = 12  # links that stand open; more are folded behind their number
_SMALL = ' style="font-size:0.85em"'  # for JupyterLab; a published page drops it for its own


def anchor(ref: str) -> str:
    """Name the place of a row in a page."""
    return f"row-{ref}"


def links(refs: Sequence[str]) -> str:
    """Lay out links to rows; more than a dozen are folded behind their number."""
    said = " ".join(f'<a href="#{escape(anchor(ref))}">{escape(ref)}</a>' for ref in refs)
    if len(refs) <= FEW:
        return f'<span class="behind"{_SMALL}>{said}</span>' if refs else ""
    return f'<details class="behind"{_SMALL}><summary>{len(refs)} rows</summary>{said}</details>'
