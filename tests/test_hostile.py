"""Hostile text wherever a person can type: refused in words, or text, on every page and in every document.

The reports are made from a real programme's folder by a real notebook, cell by cell in this process.
"""

import datetime as dt
import json
import re
import warnings
from types import SimpleNamespace

import hostile
import nbformat
import pytest
from browser import given_out
from bs4 import BeautifulSoup
from folders import change, put, write_programme
from nbformat.v4 import new_code_cell, new_notebook
from test_documents import unspaced, words_of

from coprod.checks import read_folder
from coprod.folders import workbook_folder
from coprod.names import UnknownName
from coprod.opening import read
from coprod.publish import Entry, documents, index_page, masthead_of, page
from coprod.publish.documents.letters import printable
from coprod.publish.documents.wording import MARK, UNSEEN
from coprod.publish.views import easy
from coprod.reports import Report, build, planned

TYPED = [pytest.param(said, id=name) for name, said in hostile.STRINGS.items()]
READABLE = [
    said for said in hostile.STRINGS.values() if hostile.REFUSED not in said and hostile.SEPARATOR not in said
]
LOTS = [READABLE[start::3] for start in range(3)]
# In what a PDF's reader gives back, these letters stand in another order, or as others that look the same.
REORDERED = re.compile("[\u0300-\u036f\u0590-\u06ff\ufb01]")
# Cells for the documents, which say what a page says: the whole would take a minute to read back.
IN_DOCUMENTS = re.compile(r"^masthead|quotes = |data\.assumptions", re.MULTILINE)
JOINERS = re.compile("[\u200b-\u200f\ufe0f\ufeff]")  # they have no width, and a PDF's reader leaves them out


def marked(said):
    """Put the mark of the documents, and of the easy view, for letters that cannot be seen."""
    return UNSEEN.sub(MARK, said)


def check(folder):
    """Return a programme's problems, and everything that it says, as one text."""
    contents, problems = read_folder(folder)
    if problems:
        return problems, ""
    tables = (
        contents.codebook,
        contents.answers,
        contents.evidence,
        contents.themes,
        *contents.logs.values(),
    )
    told = [contents.settings.model_dump(), {key: case.model_dump() for key, case in contents.cases.items()}]
    cells = [table.values.tolist() for table in tables]
    return [], json.dumps([told, cells], ensure_ascii=False, default=str)


def executed(name, audience="internal"):
    """Run the learning report's cells on a programme, and return the executed notebook."""
    notebook = nbformat.read(workbook_folder() / "notebooks" / "learning_report.ipynb", as_version=4)
    names = {"programme": name, "place": None, "wave": None, "audience": audience}
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            with given_out() as outputs:
                exec(cell.source, names)
            cell = new_code_cell(cell.source, outputs=outputs, metadata=cell.metadata)
        cells.append(cell)
    return new_notebook(cells=cells)


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Return a report of each lot of strings, as page, easy view, Word and PDF, and the index of them."""
    data = tmp_path_factory.mktemp("hostile") / "data"
    data.mkdir()
    (data / "framework").symlink_to(workbook_folder() / "data" / "framework", target_is_directory=True)
    made = []
    with pytest.MonkeyPatch.context() as environment, warnings.catch_warnings():
        environment.setenv("COPROD_DATA", str(data))
        warnings.filterwarnings("ignore", "Glyph")
        for number, lot in enumerate(LOTS):
            hostile.write(data, " ".join(lot).strip(), f"lot{number}")
            notebook = executed(f"lot{number}")
            made.append(publish(data.parent / "reports" / f"lot{number}" / "report", notebook, lot))
    index = data.parent / "reports" / "index.html"
    index.write_text(index_page([one.entry for one in made]), encoding="utf-8", newline="\n")
    return SimpleNamespace(made=made, index=index)


def publish(folder, notebook, lot):
    folder.mkdir(parents=True)
    html, about = page(notebook), masthead_of(notebook)
    for name, view in {"index.html": html, "easy.html": easy(html)}.items():
        (folder / name).write_text(view, encoding="utf-8", newline="\n")
    entry = Entry(
        programme=folder.parent.name,
        programme_title=about["programme"],
        report_title=about["title"],
        href=f"{folder.parent.name}/report/index.html",
        date=dt.date.fromisoformat(about["date"]),
        **{part: about[part] for part in ("about", "kind", "place", "wave", "audience")},
    )
    some = [cell for cell in notebook.cells if cell.cell_type == "code" and IN_DOCUMENTS.search(cell.source)]
    brief = page(new_notebook(cells=some))
    files = documents.word(brief, folder), documents.pdf(brief, folder)
    return SimpleNamespace(folder=folder, lot=lot, html=html, files=files, entry=entry)


# A programme's files


def test_the_corpus_is_large_and_says_everything_once():
    assert len(set(hostile.STRINGS.values())) == len(hostile.STRINGS) >= 60


@pytest.mark.parametrize("said", TYPED)
def test_hostile_text_in_every_field_is_read_as_it_stands_or_refused_in_words(said, data_in):
    problems, told = check(hostile.write(data_in, said))

    if hostile.REFUSED in said:
        assert {"There are NUL bytes in the file, which no text has."} == {one.problem for one in problems}
    elif hostile.SEPARATOR in said:
        assert [one.file for one in problems] == ["scales.toml"]
        assert "cannot be used" in problems[0].problem
        assert problems[0].remedy
    else:
        assert problems == []
        assert told.count(json.dumps(said.strip(), ensure_ascii=False)[1:-1]) >= 60


@pytest.mark.parametrize(
    "said", [said for said in TYPED if not re.fullmatch(r"[a-z0-9_-]{1,60}", said.values[0])]
)
@pytest.mark.parametrize("what", ["place", "case", "item", "scale"])
def test_hostile_text_is_no_key(said, what, data_in):
    """Keys stand in file names and links: they have small letters, digits, _ and - only."""
    key = json.dumps(said, ensure_ascii=False).replace("\x7f", "\\u007f")
    damage = {
        "place": change("programme.toml", "south =", f"{key} ="),
        "case": change("cases.toml", "[mill]", f"[mill]\n[{key}]"),
        "item": put("codebook.csv", hostile.fields(said)["codebook.csv"].replace("heard", key, 1)),
        "scale": change("scales.toml", "[often]", f"[{key}]"),
    }[what]

    problems, _ = check(write_programme(data_in, "small", damage))

    assert problems
    assert all(one.problem and one.remedy for one in problems)


def test_a_word_of_100_000_letters_is_read_whole(data_in):
    problems, told = check(hostile.write(data_in, hostile.ENDLESS))

    assert problems == []
    assert told.count(hostile.ENDLESS) >= 60


@pytest.mark.parametrize("said", TYPED)
def test_hostile_text_names_no_folder_outside_reports(said):
    report = Report("demo", "learning_report", "public", place=said, wave=said)

    assert re.fullmatch(r"learning_report-[a-z0-9_-]+-public", report.name)


@pytest.mark.parametrize("said", TYPED)
def test_hostile_text_is_no_parameter(said):
    demo = read("demo")

    for asked in ("only", "place", "wave", "audience"):
        with pytest.raises(UnknownName):
            planned(demo, **{asked: said})
    with pytest.raises(UnknownName):
        read(said)


# Pages and documents


@pytest.mark.parametrize("number", range(len(LOTS)))
def test_every_string_is_text_in_the_page_its_easy_view_and_the_index(reports, number):
    made = reports.made[number]
    soup = BeautifulSoup(made.html, "html.parser")

    said = soup.get_text()
    assert [one for one in made.lot if said.count(one.strip()) < 20] == []
    for other in (made.folder / "easy.html", reports.index):
        told = unspaced(BeautifulSoup(other.read_bytes().decode(), "html.parser").get_text())
        assert [
            one for one in made.lot if unspaced(one) not in told and unspaced(marked(one)) not in told
        ] == []
    assert not soup.find_all(["script", "svg", "iframe", "object", "form", "base", "template", "math"])


@pytest.mark.parametrize("file", [0, 1], ids=["Word", "PDF"])
@pytest.mark.parametrize("number", range(len(LOTS)))
def test_every_string_is_text_in_the_documents(reports, number, file):
    """Letters that cannot be seen are marked in both; a letter that the PDF's font lacks is named."""
    made = reports.made[number]
    words = JOINERS.sub("", words_of(made.files[file]))
    seen = [marked(said) for said in made.lot]
    expected = (
        [printable(said.replace("\r", "\n"), 40) for said in seen if not REORDERED.search(said)]
        if file
        else seen
    )

    assert [said for said in expected if unspaced(JOINERS.sub("", said)) not in words] == []


@pytest.mark.browser
@pytest.mark.parametrize("view", ["index.html", "easy.html"])
@pytest.mark.parametrize("number", [*range(len(LOTS)), "index"])
def test_no_script_runs_no_dialog_opens_and_nothing_is_asked_for(reports, browser, number, view):
    path = reports.index if number == "index" else reports.made[number].folder / view

    happened = watch(browser, path)

    assert happened == {
        "asked": [path.as_uri()],
        "dialogs": [],
        "said": [],
        "hit": None,
        "url": path.as_uri(),
    }


def watch(browser, path):
    """Open a page, unfold it, point at and focus everything in it, and tell what happened."""
    asked, dialogs, said = [], [], []
    context = browser.new_context()
    context.add_init_script("window.alert = window.confirm = window.open = () => window.hit = 1")
    opened = context.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(path.as_uri())
    opened.evaluate(
        """() => {
            for (const one of document.querySelectorAll('details')) one.open = true;
            for (const one of document.querySelectorAll('main *')) {
                one.focus();
                one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
            }
        }"""
    )
    happened = {
        "asked": [url for url in asked if not url.startswith("data:image/")],
        "dialogs": dialogs,
        "said": said,
        "hit": opened.evaluate("window.hit ?? null"),
        "url": opened.url,
    }
    context.close()
    return happened


@pytest.mark.browser
def test_the_browser_would_see_a_script_and_what_it_asks_for(browser, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text('<main><img src="https://x.example/x"><p onmouseover="window.hit=1;alert(1)">x</p></main>')

    happened = watch(browser, bad)

    assert happened["hit"]
    assert "https://x.example/x" in happened["asked"]


# A whole build


def test_a_report_on_hostile_text_is_built_by_a_kernel_of_its_own(data_in, monkeypatch):
    (data_in / "framework").symlink_to(workbook_folder() / "data" / "framework", target_is_directory=True)
    (data_in.parent / "notebooks").symlink_to(workbook_folder() / "notebooks", target_is_directory=True)
    monkeypatch.chdir(data_in.parent)
    said = " ".join(LOTS[0]).strip()
    hostile.write(data_in, said)
    report = Report("hostile", "learning_report", "internal")

    built = build(report)

    assert built.error == ""
    html = BeautifulSoup((report.folder / "index.html").read_bytes().decode(), "html.parser")
    assert said in html.main.get_text()
    assert not html.find_all(["script", "iframe", "object"])
