"""The page that lists every report."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from coprod.publish.look import laid_out

PATH = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*/index\.html")
WHOLE = {"All places": "all places", "All waves": "all waves"}
AUDIENCES = {"public": "For everyone", "internal": "For the team only"}


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

    def __post_init__(self) -> None:
        if not PATH.fullmatch(self.href):
            raise ValueError(f"{self.href!r} is not the path of a report below the index.")

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
    return laid_out("index.html.j2", programmes=programmes)
