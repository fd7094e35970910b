"""Figures and tables: numbered, and legible on a phone.

A picture keeps its size and scrolls. A table scrolls too, except on a phone, where each of its rows
becomes a list of headings and values; where cells hold paragraphs, it does so on any screen, for a
paragraph in a narrow column is hard to read. To a screen reader it stays a table.
"""

from statistics import mean

from bs4 import BeautifulSoup
from bs4.element import Tag

LONG = 24  # letters; a longer value stands below its heading on a phone, not beside it
PARAGRAPH = 150  # letters in a column's cells, on average; longer ones stand in no column


def number_figures(soup: BeautifulSoup, page: Tag) -> None:
    """Number a page's figures, and let pictures and the numbers behind them scroll by keyboard."""
    for number, figure in enumerate(page.find_all("figure"), start=1):
        _scrolls(figure.find("div", class_="card"), f"Figure {number}, picture")
        _stacks(figure.table)
        _scrolls(figure.table.wrap(soup.new_tag("div")), f"Figure {number}, numbers")
        _begin(soup, figure.figcaption, f"Figure {number}")


def number_tables(soup: BeautifulSoup, page: Tag) -> None:
    """Number the tables that do not stand behind a figure, and let them scroll by keyboard."""
    tables = [table for table in page.find_all("table") if table.find_parent("figure") is None]
    for number, table in enumerate(tables, start=1):
        _stacks(table)
        _scrolls(table.wrap(soup.new_tag("div")), f"Table {number}")
        if table.caption is not None:
            held = soup.new_tag("span", attrs={"class": "held"})  # stays in sight when the table scrolls
            held.extend(list(table.caption.contents))
            table.caption.append(held)
            _begin(soup, held, f"Table {number}")


def _stacks(table: Tag) -> None:
    """Give every cell its column's heading, to stand before it where columns do not fit."""
    headings = table.select("thead th")
    for heading in headings:
        heading["scope"] = "col"
    rows = [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
    if any(mean(len(cell.get_text()) for cell in column) > PARAGRAPH for column in zip(*rows, strict=True)):
        table["class"] = [*table.get("class", []), "cards"]
    for cells in rows:
        for cell, heading in zip(cells, headings, strict=True):
            cell["data-heading"] = heading.get_text()
            if len(cell.get_text()) > LONG:
                cell["class"] = [*cell.get("class", []), "long"]


def _scrolls(box: Tag, label: str) -> None:
    box.attrs.update({"role": "region", "tabindex": "0", "aria-label": label})
    box["class"] = ["scroll", *box.get("class", [])]


def _begin(soup: BeautifulSoup, caption: Tag, name: str) -> None:
    caption.insert(0, " ")
    caption.insert(0, soup.new_tag("span", string=name, attrs={"class": "numbered"}))
