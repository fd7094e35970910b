"""What a notebook's cell gives out: title block, figures, tables, sentences, or why there is nothing.

JupyterLab shows the HTML or SVG as it is. A published page is made from the same outputs and from the
``coprod`` entry of their metadata, and refuses any output that has none: what was not shown through
this room has not come through :mod:`coprod.privacy` either.

The same input gives the same bytes, so that stored outputs can be compared with a fresh run.
"""

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from IPython.display import display

from coprod import markup
from coprod.names import unknown
from coprod.privacy import Shown
from coprod.saying import said_date

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from coprod.figures import Drawn
    from coprod.programme import Programme

AUDIENCES_SAID = {
    "public": "Everyone",
    "internal": "The programme's own team only",
}
INVENTED = "Invented data: nobody gave these answers. They show how a report is made and read."
NOTHING_TO_SAY = "There is nothing to say here."
NOTHING_TO_DRAW = "There is nothing to draw here."
NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Matplotlib would write its version and the time of day.
NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))


class AltMissing(ValueError):
    """A figure has no words for people who cannot see it."""


def masthead(programme: "Programme", title: str, audience: str) -> None:
    """Give out a report's title block.

    Parameters
    ----------
    programme : Programme
        Whole, or narrowed to a place or wave.
    title : str
        The report's title.
    audience : {"internal", "public"}

    Raises
    ------
    UnknownName
        There is no such audience.
    """
    if audience not in AUDIENCES_SAID:
        raise unknown("audience", audience, AUDIENCES_SAID)
    facts = {
        "title": title,
        "programme": programme.title,
        "place": _part(programme.places, programme.place, "All places"),
        "wave": _part(programme.waves, programme.wave, "All waves"),
        "audience": audience,
        "date": programme.date.isoformat(),
        **{name: getattr(programme, name) for name in ("about", "kind", "source", "licence", "attribution")},
    }
    told = [programme.title, facts["place"], facts["wave"], f"For: {AUDIENCES_SAID[audience]}"]
    lines = [*filter(None, told), f"Data of {said_date(programme.date)}"]
    warning = INVENTED if programme.kind == "synthetic" else ""
    html = markup.title_block(title, warning, lines)
    _give_out(
        {"text/html": html, "text/plain": "\n".join(filter(None, (title, warning, *lines)))}, masthead=facts
    )


def show(*drawn: "Drawn", caption: str = "") -> None:
    """Give out figures, each with its title above, and its caption and the numbers behind it below.

    What is not shown in several figures is told once, below the last of them.

    Parameters
    ----------
    *drawn : Drawn
        From :mod:`coprod.figures`.
    caption : str
        What stands below each figure, such as its source.

    Raises
    ------
    AltMissing
        A figure has no alternative text.
    """
    if not drawn:
        _leave_out(NOTHING_TO_DRAW)
    for one, following in zip_longest(drawn, drawn[1:]):
        if one.ax is None:
            _leave_out(one.shown.reason)
        else:
            repeated = following is not None and following.shown.notes == one.shown.notes
            _show(one, caption, () if repeated else one.shown.notes)


def _show(drawn: "Drawn", caption: str, notes: tuple[str, ...]) -> None:
    if not drawn.alt.strip():
        raise AltMissing(f"The figure {drawn.title!r} has no alternative text; say in words what it shows.")
    title = _sentence(drawn.title)
    words = f"{title} {caption}".strip()
    data = markup.table(drawn.shown, title)
    told = {"alt": drawn.alt, "title": title, "caption": words, "notes": list(notes), "data": data}
    above, below = markup.around_figure(title, caption, notes, data)
    _give_out({"text/html": above, "text/plain": title}, around_figure=True)
    _give_out({"image/svg+xml": svg(drawn.ax.figure, drawn.alt), "text/plain": drawn.alt}, figure=told)
    _give_out({"text/html": below, "text/plain": caption}, around_figure=True)


def table(shown: Shown, caption: str, columns: markup.Columns | None = None) -> None:
    """Give out a table.

    Parameters
    ----------
    shown : Shown
    caption : str
        What the table holds, in words.
    columns : sequence of str, or mapping of str to str, optional
        Which columns to show, in order, with headings of their own in a mapping; when left out, those
        a reader can use.

    Raises
    ------
    TypeError
        The table has not come through :func:`coprod.privacy.protect`.
    """
    if not isinstance(shown, Shown):
        raise TypeError(f"Only what privacy.protect gives out can be shown, not a {type(shown).__name__}.")
    if shown.table.empty:
        return _leave_out(shown.reason)
    html = markup.table(shown, caption, columns) + markup.notes(shown.notes)
    return _give_out({"text/html": html, "text/plain": caption}, table=caption)


def say(sentences: Sequence[str], *, otherwise: str = NOTHING_TO_SAY) -> None:
    """Give out sentences: one as a paragraph, several as a list; without any, `otherwise` says why."""
    if isinstance(sentences, str):
        raise TypeError("say takes a list of sentences.")
    if not sentences:
        return _leave_out(otherwise)
    html = markup.sentences(sentences)
    return _give_out({"text/html": html, "text/plain": "\n".join(sentences)}, sentences=len(sentences))


def _leave_out(reason: str) -> None:
    line = f"Left out: {reason}"
    _give_out({"text/html": f"<p><em>{escape(line)}</em></p>", "text/plain": line}, left_out=reason)


def _give_out(data: dict[str, str], **told: Any) -> None:
    display(data, raw=True, metadata={"coprod": told})


def _part(titles: Mapping[str, str], key: str | None, everything: str) -> str:
    """Name a place or wave; "" in a programme that has none."""
    if not titles:
        return ""
    return everything if key is None else titles[key]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def svg(figure: "Figure", alt: str) -> str:
    """Draw a figure as SVG that says what it shows and is the same on every run.

    Every id begins with a mark of the figure's own, since several figures share one document in
    JupyterLab and Matplotlib gives all of them the same ids.
    """
    from coprod.figures import styled

    written = io.StringIO()
    with styled():
        figure.savefig(written, format="svg", metadata=NO_METADATA)
    svg = re.sub(r"<!--.*?-->", "", written.getvalue(), flags=re.DOTALL)
    svg = svg[svg.index("<svg") :]
    alt = NOT_IN_XML.sub("\ufffd", alt)
    mark = hashlib.sha256(f"{alt}{svg}".encode()).hexdigest()[:8]
    # Only inside tags: the same characters may stand in a label.
    svg = re.sub(r"<[^>]*>", lambda tag: re.sub(r'( id="|href="#|url\(#)', rf"\g<1>{mark}-", tag[0]), svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(alt)}" ', 1).strip()
