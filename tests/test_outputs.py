"""All that is published of a notebook: page, documents, and figures and tables apart."""

import csv
import io
from pathlib import Path

import pytest
from browser import code, drawn, long_notebook, notebook, shares, text

from coprod import display
from coprod.privacy import protect
from coprod.publish import outputs


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    outputs.write(long_notebook(), folder)
    return folder


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def read(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_a_page_has_its_documents_figures_and_tables_beside_it(published):
    assert names(published) == [
        "easy.html",
        *(f"figures/0{number}-most-people-felt-heard.{form}" for number in (1, 2) for form in ("csv", "svg")),
        "index.html",
        "report.docx",
        "report.pdf",
        "short.pdf",
        *("tables/01-how-people-answered.csv", "tables/02-teams.csv", "tables/03-table.csv"),
        "thumbnail.png",
    ]


@pytest.mark.parametrize(("formats", "made"), [(["docx"], "report.docx"), (["pdf"], "report.pdf")])
def test_one_format_can_be_asked_for_and_there_is_always_a_page(tmp_path, formats, made):
    outputs.write(notebook(text("## Only this")), tmp_path, formats)

    assert names(tmp_path) == ["index.html", made]


def test_a_table_apart_says_what_the_page_says(published):
    rows = read(published / "tables" / "01-how-people-answered.csv")

    assert rows[0][0] == "Question"
    assert {row[0] for row in rows[1:]} == {"I felt heard", "I felt heard 1"}


def test_the_numbers_behind_a_figure_stand_beside_it(published):
    rows = read(published / "figures" / "01-most-people-felt-heard.csv")

    assert len(rows) > 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("+44 20", "'+44 20"), ("-5", "-5"), ("+12%", "+12%"), ("x", "x")],
)
def test_a_formula_stays_text_in_a_table_apart_and_a_number_a_number(tmp_path, text, kept):
    shown = protect(shares((1, 2, 6), text=text), "internal")

    outputs.write(notebook(code((display.table, shown, "Answers"))), tmp_path, ["html"])

    assert read(tmp_path / "tables" / "01-answers.csv")[1][0] == kept


def test_a_caption_cannot_leave_the_folder(tmp_path):
    figure = drawn(title="../../etc/passwd\\CON:" + "x" * 300)

    outputs.write(notebook(code((display.show, figure))), tmp_path, ["html"])

    assert {Path(name).parent.name for name in names(tmp_path)} == {"", "figures"}
    assert {
        name for name in names(tmp_path / "figures") if not name.startswith("01-etc-passwd-con-x")
    } == set()


def test_the_same_notebook_gives_the_same_bytes_in_every_file(published, tmp_path):
    outputs.write(long_notebook(), tmp_path)

    assert names(tmp_path) == names(published)
    assert [
        name for name in names(tmp_path) if (tmp_path / name).read_bytes() != (published / name).read_bytes()
    ] == []
