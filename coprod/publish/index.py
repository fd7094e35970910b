"""The page that lists every report.

It lists them all without a script; a small one of its own narrows the list down, from what stands in it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from coprod.publish.look import laid_out

PATH = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*/index\.html")
WHOLE = {"All places": "all places", "All waves": "all waves"}
AUDIENCES = {"public": "For everyone", "internal": "For the team only"}
FORMATS = {
    "report.docx": "Word",
    "report.pdf": "PDF",
    "short.pdf": "Two-page PDF",
    "easy.html": "Easier to read",
}


@dataclass(frozen=True)
class Entry:
    """One report.

    Parameters
    ----------
    programme, programme_title, about : str
        The programme's folder, title and description.
    kind : {"real", "synthetic"}
    report_title : str
    href : str
        From the index to the report, such as ``demo/learning_report-public/index.html``.
    place, wave : str
        Titles; "" where the programme has none.
    audience : {"internal", "public"}
    date : date
        The day the data stand for.
    sizes : mapping of str to int
        Bytes of the files beside the report's page; those that are one of its formats are linked.
    thumbnail : str
        What its :mod:`~coprod.publish.thumbnails` shows; "" where there is none.

    Raises
    ------
    ValueError
        `href` is not the path of a report.
    """

    programme: str
    programme_title: str
    about: str
    kind: str
    report_title: str
    href: str
    place: str
    wave: str
    audience: str
    date: dt.date
    sizes: Mapping[str, int] = field(default_factory=dict)
    thumbnail: str = ""

    def __post_init__(self) -> None:
        if not PATH.fullmatch(self.href):
            raise ValueError(f"{self.href!r} is not the path of a report below the index.")

    @property
    def folder(self) -> str:
        """From the index to the report's folder."""
        return self.href.removesuffix("/index.html")

    @property
    def link(self) -> str:
        """What the link says: the report's title, and the place and wave that it does not name."""
        parts = (WHOLE.get(part, part) for part in (self.place, self.wave))
        where = [part for part in parts if part and part not in self.report_title]
        return f"{self.report_title}: {', '.join(where)}" if where else self.report_title

    @property
    def audience_said(self) -> str:
        """The audience in words."""
        return AUDIENCES[self.audience]

    @property
    def formats(self) -> list[tuple[str, str]]:
        """The other forms that it comes in: each one's file, and its name with its size."""
        return [
            (file, f"{name}, {said_size(self.sizes[file])}")
            for file, name in FORMATS.items()
            if file in self.sizes
        ]


def said_size(size: int) -> str:
    """Say how large a file is.

    Parameters
    ----------
    size : int
        Bytes.

    Returns
    -------
    str
        Such as "640 kB", or "1.2 MB" from a million bytes; no file has less than 1 kB.
    """
    return f"{max(1, round(size / 1e3))} kB" if size < 999_500 else f"{size / 1e6:.1f} MB"


def index_page(entries: Iterable[Entry]) -> str:
    """Make the page that lists the reports, programme by programme.

    Parameters
    ----------
    entries : iterable of Entry
        In the order wanted within a programme; invented programmes come after real ones.

    Returns
    -------
    str
        HTML; with no reports, it says how to build them.
    """
    ordered = sorted(entries, key=lambda entry: (entry.kind == "synthetic", entry.programme))
    programmes = [list(group) for _, group in groupby(ordered, key=lambda entry: entry.programme)]
    return laid_out(
        "index.html.j2",
        script="index.js",
        images="'self'",
        programmes=programmes,
        count=len(ordered),
        choices=_choices(ordered),
    )


def _choices(entries: list[Entry]) -> list[tuple[str, str, dict[str, str]]]:
    """List what reports can be chosen by: a name, a label, and what to choose from.

    Places stand in the order of the alphabet, since there may be hundreds; all others in the list's own.
    What is the same for all reports is no choice.
    """
    places = sorted(filter(None, {entry.place for entry in entries}), key=lambda place: place.casefold())
    told = [
        ("programme", "Programme", {entry.programme: entry.programme_title for entry in entries}),
        ("place", "Place", {place: place for place in _whole_first(places)}),
        ("wave", "Wave", {wave: wave for wave in _whole_first(entry.wave for entry in entries)}),
        ("audience", "Audience", {entry.audience: entry.audience_said for entry in entries}),
    ]
    return [choice for choice in told if len(choice[2]) > 1]


def _whole_first(titles: Iterable[str]) -> list[str]:
    return sorted(filter(None, titles), key=lambda title: title not in WHOLE)
