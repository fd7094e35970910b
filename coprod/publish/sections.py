"""A page's sections: which are kept, in what order, and what was left out.

A section is an h2 and what follows up to the next. One in which every cell's output says why there is
nothing to show goes, with its heading and text, and its reason is given once, at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import Tag

from coprod.display import NOTHING_TO_DRAW, NOTHING_TO_SAY
from coprod.names import slug
from coprod.publish.refuse import check_rows
from coprod.publish.wide import number_figures, number_tables

LEFT_OUT = "Left out of this report"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNTELLING = (NOTHING_TO_DRAW, NOTHING_TO_SAY)  # beside a reason that tells more
AT_A_GLANCE = "at-a-glance"


@dataclass
class Section:
    """An h2 and what follows it; the first may have no heading.

    Attributes
    ----------
    title : str
        The heading's text; "" without one.
    node : Tag
        The ``<section>``.
    made : set of str
        What the cells gave out, by the name of the function of :mod:`coprod.display`.
    reasons : list of str
        Why there is nothing to show, where so.
    """

    title: str
    node: Tag
    made: set[str] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether cells gave something out, and all of it says that there is nothing to show."""
        return bool(self.title) and self.made == {"left_out"}

    @property
    def comes_first(self) -> bool:
        """Whether it stands before the contents: the opening words, and what is tagged at a glance."""
        return not self.title or AT_A_GLANCE in self.node.get("class", [])

    @property
    def id(self) -> str:
        """The heading's id, which the contents link to."""
        return str(self.node.h2["id"]) if self.title else ""


def arrange(html: str) -> tuple[str, list[Section]]:
    """Cut what :func:`coprod.publish.cells.body` made into sections.

    Returns
    -------
    str
        The notebook's own h1, for a page without a title block; "" without one.
    list of Section
        In the page's order: opening words, what is at a glance, the others, what was left out.
    """
    soup = BeautifulSoup(html, "html.parser")
    title = _take_title(soup)
    sections = _cut(soup)
    kept = [section for section in sections if not section.empty and section.node.find(True)]
    ordered = sorted(kept, key=lambda section: not section.comes_first)
    ordered += _left_out(soup, [section for section in sections if section.empty])
    page = soup.new_tag("main")
    page.extend(section.node for section in ordered)
    check_rows(page)
    _name_headings(page)
    number_figures(soup, page)
    number_tables(soup, page)
    return title, ordered


def _take_title(soup: BeautifulSoup) -> str:
    """Take the notebook's first h1 out: a page has one, in its title block. Others become h2."""
    title = soup.find("h1")
    if title is not None:
        title.extract()
    for heading in soup.find_all("h1"):
        heading.name = "h2"
    return "" if title is None else title.get_text()


def _cut(soup: BeautifulSoup) -> list[Section]:
    sections = [Section("", soup.new_tag("section"))]
    for cell in soup.find_all("div", attrs={"data-tags": True}, recursive=False):
        for node in cell.find_all(True, recursive=False):
            if node.name == "h2":
                sections.append(Section(node.get_text(), soup.new_tag("section")))
            _put(node, sections[-1])
        if AT_A_GLANCE in cell["data-tags"].split():
            sections[-1].node["class"] = [AT_A_GLANCE]
    return sections


def _put(node: Tag, section: Section) -> None:
    made = node.get("data-made")
    if made is None:
        section.node.append(node.extract())
        return
    section.made.add(made)
    if made == "left_out":
        section.reasons.append(node.get_text().removeprefix("Left out: "))
    section.node.extend(part.extract() for part in node.find_all(True, recursive=False))


def _left_out(soup: BeautifulSoup, empty: Iterable[Section]) -> list[Section]:
    """Give each reason once, with the headings of the sections that it took away."""
    titles: dict[str, list[str]] = {}
    for section in empty:
        reasons = list(dict.fromkeys(section.reasons))
        telling = [reason for reason in reasons if reason not in UNTELLING] or reasons
        titles.setdefault(" ".join(telling), []).append(section.title)
    if not titles:
        return []
    node = soup.new_tag("section")
    node.append(soup.new_tag("h2", string=LEFT_OUT))
    node.append(soup.new_tag("ul"))
    for reason, headings in titles.items():
        line = soup.new_tag("li")
        line.string = f"{', '.join(f'“{heading}”' for heading in headings)}: {reason}"
        node.ul.append(line)
    return [Section(LEFT_OUT, node)]


def _name_headings(page: Tag) -> None:
    """Skip no level of heading, and give each heading an id of its own."""
    level, taken = 1, {"main"}
    for heading in page.find_all(HEADINGS):
        level = min(int(heading.name[1]), level + 1)
        heading.name = f"h{level}"
        name = slug(heading.get_text())
        copies = (name, *(f"{name}-{count}" for count in range(2, len(taken) + 2)))
        heading["id"] = next(copy for copy in copies if copy not in taken)
        taken.add(heading["id"])
