"""The easier view: large letters, plain sentences, one finding a screen.

It follows what guidance on Easy Read asks of a page: one idea at a time, lists instead of long
sentences, numbers as figures, hard words explained, text to the left. It is not Easy Read itself, which
people with learning disabilities have checked and in which pictures carry the meaning.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coprod.publish.look import laid_out
from coprod.publish.views.reading import Picture, Told, read
from coprod.publish.views.wording import as_list, explained, sentences
from coprod.settings import FORMATS

QUOTED = re.compile(r"“[^“”]+”")


@dataclass(frozen=True)
class Finding:
    """A finding on its screen.

    Attributes
    ----------
    before : str
        The sentence, or what comes before its list.
    listed : list of str
    picture : Picture or None
        The figure that the finding is drawn in, where no earlier finding has it.
    in_words : list of str
        What the picture says, sentence by sentence.
    seen : int
        The number of the earlier finding that has its figure; 0 for none.
    """

    before: str
    listed: list[str]
    picture: Picture | None
    in_words: list[str]
    seen: int


def easy(page: str, formats: Sequence[str] = FORMATS) -> str | None:
    """Make the easier view of a page.

    Parameters
    ----------
    page : str
        From :func:`coprod.publish.page`.
    formats : sequence of str
        The documents that stand beside the page, "docx" and "pdf", to link to.

    Returns
    -------
    str or None
        HTML, to stand beside ``index.html``; None where the page has nothing at a glance.

    Raises
    ------
    CannotPublish
        It is not such a page.
    """
    told = read(page)
    if not told.findings:
        return None
    return laid_out(
        "easy.html.j2",
        told=told,
        findings=_findings(told),
        words=explained((*told.leads, *told.findings), told.glossary),
        formats=formats,
    )


def _findings(told: Told) -> list[Finding]:
    made: list[Finding] = []
    seen: dict[str, int] = {}
    for number, said in enumerate(told.findings, start=1):
        picture = _picture_of(said, told.pictures)
        first = seen.setdefault(picture.number, number) if picture else 0
        shown = picture if first == number else None
        in_words = sentences(shown.alt) if shown else []
        made.append(Finding(*as_list(said), shown, in_words, 0 if shown else first))
    return made


def _picture_of(said: str, pictures: Sequence[Picture]) -> Picture | None:
    """Find the first figure that speaks of all that a finding quotes."""
    quoted = QUOTED.findall(said)
    return next((one for one in pictures if quoted and all(quote in one.alt for quote in quoted)), None)
