"""Every statement about cases leads to the rows it was made from: each link is followed."""

import pytest
from bs4 import BeautifulSoup

import coprod
from coprod.publish import page
from coprod.reports import run

# Said of the method and of what is lacking; nothing stands behind these but the method itself.
ABOUT_THE_METHOD = {
    "What we cannot say",
    "How this report was made",
    "How the cases were written down",
    "Left out of this report",
    "Two sets of principles, side by side",
}
CAUTIONS = ("These count statements", "Were it all chance", "No two cases", "GRIPP2:", "UK Standards:")
NOTEBOOKS = ("learning_report", "case_studies", "reporting_aids")


@pytest.fixture(scope="module", params=NOTEBOOKS)
def made(request, tmp_path_factory):
    """Return a page of Knowledge in action, all of whose statements rest on evidence."""
    path = tmp_path_factory.mktemp("run") / "executed.ipynb"
    parameters = {"programme": "knowledge-in-action", "audience": "public"}
    return BeautifulSoup(page(run(request.param, parameters, path).notebook), "html.parser")


def sections(made):
    return [
        section
        for section in made.select("main section")
        if section.h2 and section.h2.get_text() not in ABOUT_THE_METHOD
    ]


def rests_on_something(node):
    return bool(node.select(".behind a"))


def counts_nothing(row):
    """Tell a row of zeros, or a question that is asked of the reader."""
    numbers = [cell.get_text() for cell in row.select("td.number")]
    return not any(int(number) for number in numbers) if numbers else "empty" in row.get_text()


def test_every_link_leads_to_the_row_it_names(made):
    links = made.select(".behind a")

    assert links
    for link in links:
        [row] = made.find_all(id=link["href"].removeprefix("#"))
        assert row.th.get_text() == link.get_text()


def test_every_row_that_is_led_to_tells_its_source_and_section(made):
    data = coprod.open("knowledge-in-action")
    sections = {*data.evidence["section"]}

    rows = [row for row in made.find_all(id=True) if row["id"].startswith("row-e")]

    assert len(rows) == len(data.evidence)
    for row in rows:
        where = row.find_all("td")[-1].get_text()
        assert any(where.endswith(f", {section}") for section in sections), where


def test_every_sentence_rests_on_rows_or_says_that_nothing_does(made):
    said = [line for section in sections(made) for line in section.find_all("li")]

    unsupported = [
        line.get_text()
        for line in said
        if not rests_on_something(line)
        and not line.get_text().startswith(CAUTIONS)
        and "never together with" not in line.get_text()
        and "0 can be compared" not in line.get_text()
    ]

    assert unsupported == []


def test_every_row_of_a_table_rests_on_rows_or_counts_nothing(made):
    tables = [table for section in sections(made) for table in section.find_all("table")]
    unsupported = [
        row.get_text(" ")
        for table in tables
        for row in table.select("tbody tr")
        if not row.get("id") and not rests_on_something(row) and not counts_nothing(row)
    ]

    assert unsupported == []
