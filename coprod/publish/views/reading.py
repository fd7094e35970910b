"""What the views take from a page: its title block, what is at a glance, its figures and whom to credit.

All of it is plain text, which the templates escape, so that no markup of the page's is carried over.
"""

import re
from dataclasses import dataclass

from lxml import html
from lxml.etree import _Element as Element

from coprod.publish.documents.wording import MARK, UNSEEN, text_of
from coprod.publish.refuse import CannotPublish
from coprod.publish.sections import AT_A_GLANCE

GLOSSARY = re.compile(r"\bwords? means?\b|\bwords mean\b|\bglossary\b|\bhard words\b", re.IGNORECASE)


@dataclass(frozen=True)
class Fact:
    """A name and what stands beside it; ``day`` is a date's, as a computer reads it, or ""."""

    name: str
    said: str
    day: str = ""


@dataclass(frozen=True)
class Picture:
    """A figure: ``number`` such as "Figure 3", the section it stands in, and its drawing as an address."""

    number: str
    section: str
    title: str
    drawing: str
    alt: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What a page tells.

    Attributes
    ----------
    title, tab, programme, warning : str
        From the title block; "" where the page has none.
    facts, about : tuple of Fact
        From the title block and from the page's end.
    opening, leads, findings : tuple of str
        The opening words; then the paragraphs and the sentences that are at a glance.
    pictures : tuple of Picture
        In the page's order.
    glossary : tuple of Fact
        Words and what they mean, where the page has a section of these.
    """

    title: str
    tab: str
    programme: str
    warning: str
    facts: tuple[Fact, ...]
    about: tuple[Fact, ...]
    opening: tuple[str, ...]
    leads: tuple[str, ...]
    findings: tuple[str, ...]
    pictures: tuple[Picture, ...]
    glossary: tuple[Fact, ...]


def read(page: str) -> Told:
    """Read a page that :func:`coprod.publish.page` made.

    Raises
    ------
    CannotPublish
        It is not such a page.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    root = html.document_fromstring(UNSEEN.sub(MARK, page).encode(), parser=parser)
    header, first = root.find("body/header"), root.find("body/main/div[@class='first']")
    if header is None or first is None or header.find(".//h1") is None:
        raise CannotPublish("Only a page that coprod.publish.page made has other views.")
    for links in root.find_class("behind"):
        links.drop_tree()  # the rows that they lead to stand in the page only
    leads, findings = _at_a_glance(first)
    return Told(
        title=text_of(header.find(".//h1")),
        tab=text_of(root.find("head/title")),
        programme=text_of(header.find(".//p[@class='kicker']")),
        warning=text_of(header.find("p[@class='warning']")),
        facts=_facts(header),
        about=_facts(root.find("body/footer")),
        opening=tuple(
            text_of(said) for said in first.iterfind("section/p") if not _glances(said.getparent())
        ),
        leads=leads,
        findings=findings,
        pictures=tuple(_picture(figure) for figure in root.iterfind(".//figure")),
        glossary=_glossary(root),
    )


def _glances(section: Element) -> bool:
    return AT_A_GLANCE in section.get("class", "").split()


def _at_a_glance(first: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell paragraphs from findings, which are a list; one alone is the last paragraph."""
    sections = [section for section in first.iterfind("section") if _glances(section)]
    said = [node for section in sections for node in section.iterfind("p") if node.get("class") is None]
    listed = [node for section in sections for node in section.iterfind("ul/li")]
    if not listed:
        said, listed = said[:-1], said[-1:]
    return tuple(map(text_of, said)), tuple(filter(None, map(text_of, listed)))


def _facts(node: Element) -> tuple[Fact, ...]:
    pairs = ((fact.find("dt"), fact.find("dd")) for fact in node.iterfind(".//dl/div"))
    return tuple(
        Fact(text_of(name), text_of(said), "".join(time.get("datetime") for time in said.iterfind("time")))
        for name, said in pairs
    )


def _picture(figure: Element) -> Picture:
    caption, image = figure.find("figcaption"), figure.find(".//img")
    number = caption.find("span[@class='numbered']")
    section = next(figure.iterancestors("section")).find("h2")
    return Picture(
        number=text_of(number),
        section=text_of(section),
        title=text_of(caption).removeprefix(text_of(number)).strip(),
        drawing=image.get("src"),
        alt=image.get("alt"),
        notes=tuple(map(text_of, figure.iterfind("p"))),
    )


def _glossary(root: Element) -> tuple[Fact, ...]:
    sections = (heading.getparent() for heading in root.iter("h2") if GLOSSARY.search(text_of(heading)))
    rows = [list(row) for section in sections for row in section.iterfind(".//tbody/tr")]
    return tuple(Fact(text_of(row[0]), text_of(row[1])) for row in rows if len(row) > 1)
