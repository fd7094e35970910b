"""What only the answers may say stops a report, wherever it stands; a report in order is never stopped."""

import base64
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pikepdf
import pytest
from browser import code, drawn, notebook, shares, text
from docx import Document
from matplotlib import image
from survey import AGREEMENT, SCALES, survey

from coprod import display
from coprod.checks import EXCERPT_COLUMNS, THEME_COLUMNS
from coprod.codebook import Scale
from coprod.opening import read
from coprod.privacy import protect
from coprod.provenance.crate import CRATE
from coprod.publish import CannotPublish, documents, leaks, page

ROOT = Path(__file__).parents[1]
BUILT = sorted(path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "reports").rglob("report.json"))
PEOPLE = 12
SILENT = "Nobody ever asked me what I thought of the room."
QUOTED = "The tea in the morning was what made us talk."
ITEMS = {
    "worked": {"kind": "text", "scale": "", "text": "What worked? Write to team@riverside.example."},
    "code": {"kind": "code", "scale": ""},
    "consent": {"kind": "consent", "scale": "consent", "text": "May we quote you?"},
}
CONSENT = Scale("consent", ("Yes", "No"), (), "none", None, (), "", "")
SORTS = {
    "a key": ("r0007", "a person's key, 'r0007'"),
    "a key of sixteen digits": ("09af09af09af09af", "a person's key"),
    "a self-made code": ("BR14N", "a person's key, 'br14n'"),
    "a row": ("north,start,charity", "answers of one person"),
    "a row's answers": ("Agree; Agree; Disagree", "answers of one person"),
    "a row's answers out of order": (
        "Disagree | Agree | Neither agree nor disagree",
        "answers of one person",
    ),
    "an e-mail address": ("anna@home.example", r"a personal detail, \[e-mail address\]"),
    "a telephone number": ("07700 900123", r"a personal detail, \[telephone number\]"),
    "an NHS number": ("943 476 5919", r"a personal detail, \[NHS number\]"),
    "a postcode": ("SW1A 1AA", r"a personal detail, \[postcode\]"),
    "free text": (f"She said: {SILENT.lower()[:-1]}!", "what somebody wrote"),
    "what pandas prints": ("[3 rows x 7 columns]", "a table as pandas prints it"),
    "a column that pandas prints": ("Name: heard, dtype: str", "a table as pandas prints it"),
    "a small count": ("Of these, 2 of 3 people came again.", "a count of fewer than 10 people"),
    "a small count of who agreed": ("2 of the 9 agreed", "a count of fewer than 10 people"),
}


def answered(**changes):
    """Return a survey of twelve people, of whom one may be quoted and one may not."""
    answers = {
        "person": [f"r{number:04}" for number in range(PEOPLE)],
        "sector": ["charity"] * 6 + ["university"] * 6,
        "heard": ["Agree", "Disagree"] * 6,
        "rushed": ["Agree"] * PEOPLE,
        "asked": ["Disagree", "Neither agree nor disagree"] * 6,
        "worked": [SILENT, QUOTED, "Too hot in there", "None", "Agree"] + [""] * 7,
        "code": ["BR14N", "river"] + [""] * 10,
        "consent": ["No", "Yes"] * 6,
    }
    theme = pd.DataFrame([["room", "The room", "Where we met.", "", "", ""]], columns=list(THEME_COLUMNS))
    rows = [["x1", f"r{number:04}", "start", "worked", "room", "A"] for number in range(3)]
    excerpts = pd.DataFrame(rows, columns=list(EXCERPT_COLUMNS), dtype=str)
    scales = SCALES | {"consent": CONSENT}
    told = {"items": ITEMS, "scales": scales, "themes": theme, "excerpts": excerpts}
    return survey(answers, **(told | changes))


def public_notebook():
    """Return a notebook on sixty people, with a figure, a table and a link."""
    shown = protect(shares((10, 10, 40), (20, 20, 20)), "public")
    figure = drawn(shown, alt="About 67% (40 of 60) agreed.")
    link = text("## Heard\n\nSee [the method](https://example.org/method).")
    return notebook(link, code((display.table, shown, "How people answered"), (display.show, figure)))


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Return a report's folder with a file of every kind."""
    folder = tmp_path_factory.mktemp("reports") / "report"
    (folder / "tables").mkdir(parents=True)
    html = page(public_notebook())
    (folder / "index.html").write_text(html, encoding="utf-8")
    documents.word(html, folder)
    documents.pdf(html, folder)
    (folder / "tables" / "01-shares.csv").write_text("Question,How many,Out of\nHeard,most,about 30\n")
    (folder / CRATE).write_text(json.dumps({"@graph": [{"@id": "./", "sha256": "0123456789abcdef" * 4}]}))
    image.imsave(folder / "thumbnail.png", [[0.0, 1.0]])
    (folder / "figure.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>Words</text></svg>')
    return folder


@pytest.fixture
def copy(report, tmp_path):
    """Return a copy of the report to plant something in."""
    return shutil.copytree(report, tmp_path / "report")


# Ways to plant words in a file


def in_html(replaced, by):
    def plant(folder, words):
        path = folder / "index.html"
        html = path.read_text(encoding="utf-8")
        assert replaced in html
        said = words.replace('"', "&quot;")
        path.write_text(html.replace(replaced, by.format(said), 1), encoding="utf-8")
        return path

    return plant


def in_picture(folder, words):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{words}</title></svg>'
    address = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    return in_html("<main", '<img alt="x" src="{}"><main')(folder, address)


def in_word(change):
    def plant(folder, words):
        path = folder / documents.WORD
        word = Document(str(path))
        change(word, words)
        word.save(str(path))
        return path

    return plant


def in_runs(word, words):
    """Take the words apart, as Word does on its own."""
    paragraph = word.add_paragraph()
    for part in re.split(r"(?<=[a-z0-9])", words):
        paragraph.add_run(part)


def in_description(word, words):
    next(word.element.body.iter("{*}docPr")).set("descr", words)


def in_properties(word, words):
    word.core_properties.comments = words


def in_pdf(change):
    def plant(folder, words):
        path = folder / documents.PDF
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf, words)
            pdf.save()
        return path

    return plant


def in_docinfo(pdf, words):
    pdf.docinfo["/Subject"] = words


def in_xmp(pdf, words):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        about["dc:description"] = words


def in_alt(pdf, words):
    figure = next(part for part in pdf.objects if isinstance(part, pikepdf.Dictionary) and "/Alt" in part)
    figure.Alt = words


def in_link(pdf, words):
    pdf.pages[0].Annots = pdf.make_indirect([{"/A": {"/URI": words}}])


def in_file(name, content):
    def plant(folder, words):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content(words), encoding="utf-8")
        return path

    return plant


def as_cell(words):
    quoted = words.replace('"', '""')
    return f'Question,Said\nHeard,"{quoted}"\n'


def in_png(folder, words):
    path = folder / "thumbnail.png"
    image.imsave(path, [[0.0, 1.0]], metadata={"Comment": words})
    return path


PLACES = {
    "text": in_html("<main", "<p>{}</p><main"),
    "text in two elements": in_html("<main", "<p>Then <em>{}</em></p><main"),
    "alternative text": in_html('alt="', 'alt="{} '),
    "comment": in_html("<main", "<!-- {} --><main"),
    "preformatted": in_html("<main", "<pre>x\n{}\ny</pre><main"),
    "picture": in_picture,
    "Word's runs": in_word(in_runs),
    "Word's alternative text": in_word(in_description),
    "Word's properties": in_word(in_properties),
    "PDF's properties": in_pdf(in_docinfo),
    "PDF's metadata": in_pdf(in_xmp),
    "PDF's alternative text": in_pdf(in_alt),
    "PDF's links": in_pdf(in_link),
    "table": in_file("tables/02-more.csv", as_cell),
    "report.json": in_file("report.json", lambda words: json.dumps({"about": ["x", {"title": words}]})),
    "crate": in_file(CRATE, lambda words: json.dumps({"@graph": [{"@id": words}]})),
    "thumbnail": in_png,
    "SVG": in_file("figures/1.svg", lambda words: f'<svg aria-label="{words}"/>'),
    "easy view": in_file(
        "easy.html", lambda words: f"<html><body><h1>Short</h1><p>{words}</p></body></html>"
    ),
    "text file": in_file("README.txt", str),
}


def test_a_report_in_order_passes(report):
    leaks.check(report, answered(), "public")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sort", SORTS)
def test_every_leak_is_found_in_every_kind_of_file(copy, sort, place):
    words, what = SORTS[sort]
    path = PLACES[place](copy, words)
    for other in copy.rglob("*.*"):
        if other != path:
            other.unlink()

    with pytest.raises(CannotPublish, match=f"{path.relative_to(copy).as_posix()} holds {what}"):
        leaks.check(copy, answered(), "public")


@pytest.mark.parametrize("name", ["r0007.csv", "tables/01-R0007.csv", "figures/br14n.svg"])
def test_a_file_named_after_a_person_is_found(copy, name):
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_text("<svg/>")

    with pytest.raises(CannotPublish, match="a person's key"):
        leaks.check(copy, answered(), "public")


def test_the_same_words_in_another_file_are_named_where_they_are_first(copy):
    for name in ("a.txt", "b.txt"):
        (copy / name).write_text("r0007")

    with pytest.raises(CannotPublish) as stopped:
        leaks.check(copy, answered(), "public")

    assert str(stopped.value).count("r0007") == 1
    assert "a.txt" in str(stopped.value)


def test_rows_in_cells_of_their_own_are_found(copy):
    cells = "".join(f"<td>{cell}</td>" for cell in ("north", "start", "charity", "Agree"))

    in_html("<main", "<table><tr>{}</tr></table><main")(copy, cells)

    with pytest.raises(CannotPublish, match="answers of one person"):
        leaks.check(copy, answered(), "public")


def test_a_whole_table_as_pandas_prints_it_is_found(copy):
    table = answered().answers[["heard", "rushed"]]
    for name, printed in (("a.txt", str(table)), ("b.html", table.to_html())):
        (copy / name).write_text(printed)

        with pytest.raises(CannotPublish, match="a table as pandas prints it"):
            leaks.check(copy, answered(), "public")
        (copy / name).unlink()


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("How many", "2 of 3"), ("Agree", "67% (2 of 3)"), ("Left blank", "0 of 9"), ("Out of", "about 5")],
)
@pytest.mark.parametrize("kind", ["csv", "html"])
def test_a_table_of_too_few_is_found(copy, kind, heading, cell):
    rows = f"Question,{heading}\nHeard,{cell}\n"
    if kind == "html":
        rows = pd.read_csv(io.StringIO(rows)).style.to_html()
    (copy / f"table.{kind}").write_text(rows)

    with pytest.raises(CannotPublish, match=re.escape(repr(cell))):
        leaks.check(copy, answered(), "public")


def test_within_the_team_counts_are_small_below_its_own_smallest_group(copy):
    (copy / "a.txt").write_text("6 of 9 people agreed.")
    leaks.check(copy, answered(), "internal")

    (copy / "a.txt").write_text("2 of 3 people agreed.")
    with pytest.raises(CannotPublish, match="fewer than 5 people"):
        leaks.check(copy, answered(), "internal")


def test_a_brief_text_is_found_where_it_stands_alone(copy):
    (copy / "a.txt").write_text("It was too hot in there by noon.")
    leaks.check(copy, answered(), "public")

    in_html("<main", "<ul><li>{}</li></ul><main")(copy, "Too hot in there")
    with pytest.raises(CannotPublish, match="what somebody wrote"):
        leaks.check(copy, answered(), "public")


def test_what_may_be_quoted_is_no_leak(copy):
    (copy / "a.txt").write_text(f"“{QUOTED}”")

    leaks.check(copy, answered(), "internal")


def test_a_quote_is_a_leak_where_too_few_answered_for_any(copy):
    (copy / "a.txt").write_text(f"“{QUOTED}”")

    with pytest.raises(CannotPublish, match="what somebody wrote"):
        leaks.check(copy, answered(smallest_group=PEOPLE + 1), "internal")


def test_what_is_masked_in_a_quote_is_a_leak_unmasked(copy):
    programme = answered()
    written = "Ask the caretaker on 07700 900123 for the key to the room"
    programme.answers.loc[1, "worked"] = written

    (copy / "a.txt").write_text(written.replace("07700 900123", "[telephone number]"))
    leaks.check(copy, programme, "internal")

    (copy / "a.txt").write_text(written)
    with pytest.raises(CannotPublish, match="what somebody wrote"):
        leaks.check(copy, programme, "internal")


def test_a_report_of_one_place_may_not_tell_of_the_others(copy):
    (copy / "a.txt").write_text("r0007")

    with pytest.raises(CannotPublish, match="r0007"):
        leaks.check(copy, answered().where(place="south"), "public")


@pytest.mark.parametrize(
    "words",
    [
        "Strongly disagree, Disagree, Neither agree nor disagree, Agree, Strongly agree",
        "Housing, Buses, Floods",
        "Agree",
        "None",
        "river",
        "11 for it, 5 against it; 2 of 3 cases, 3 of 4 organisations, 7 of 7 observations read alike",
        "team@riverside.example and post@council.example",
        "https://creativecommons.org/licenses/by/4.0/ www.riverside.example/a",
        "5 10 15 20 25 30 35, 1,234,567, 2026-03-31T10:00:00+00:00, 41% (14 of 34)",
        "e007 c001 figure_7 0123456789abcdef0123456789abcdef",
    ],
)
def test_what_any_report_may_say_is_no_leak(copy, words):
    (copy / "a.txt").write_text(f"He said {words}.")

    leaks.check(copy, answered(attribution="Ask post@council.example."), "public")


def test_cases_may_be_counted_in_a_table(copy):
    (copy / "a.csv").write_text("Condition,Consistency,n\nTime,2 of 3,1\n")

    leaks.check(copy, answered(), "public")


def test_keys_that_could_be_anything_are_found_only_where_they_stand_alone(copy):
    programme = answered()
    programme.answers["person"] = ["anna", "7", "c12", *programme.answers["person"][3:]]

    (copy / "a.txt").write_text("Annual 7 anna and so on")
    leaks.check(copy, programme, "public")

    (copy / "a.csv").write_text("Who,Said\nanna,most\n")
    with pytest.raises(CannotPublish, match="'anna'"):
        leaks.check(copy, programme, "public")


def test_a_survey_known_from_counts_has_nobody_to_find(copy):
    counts = [("heard", "", "", "", label, 20) for label in AGREEMENT.labels]

    leaks.check(copy, survey(counts=counts), "public")


def test_answers_without_any_label_are_looked_through_as_well(copy):
    programme = replace(answered(), scales={}, places={}, waves={}, sectors={})
    leaks.check(copy, programme, "public")

    (copy / "a.txt").write_text("r0007")
    with pytest.raises(CannotPublish, match="r0007"):
        leaks.check(copy, programme, "public")


@pytest.mark.parametrize("name", ["a.xlsx", "a.pickle", ".hidden", "a"])
def test_a_file_that_cannot_be_looked_into_is_refused(copy, name):
    (copy / name).write_bytes(b"\x00")

    with pytest.raises(CannotPublish, match="cannot be looked into"):
        leaks.check(copy, answered(), "public")


@pytest.mark.parametrize("name", ["a.json", "a.docx", "a.pdf", "a.png", "a.html", "a.txt", "a.svg", "a.csv"])
def test_a_damaged_file_is_refused(copy, name):
    (copy / name).write_bytes(b"\xff\xfe{")

    with pytest.raises(CannotPublish, match=f"{name} cannot be looked into"):
        leaks.check(copy, answered(), "public")


def test_what_is_packed_into_a_document_is_looked_into(copy):
    with zipfile.ZipFile(copy / documents.WORD, "a") as word:
        word.writestr("word/embeddings/sheet.xlsx", b"")

    with pytest.raises(CannotPublish, match=r"sheet\.xlsx is of a kind"):
        leaks.check(copy, answered(), "public")


def test_the_message_tells_the_first_few_and_how_many_more(copy):
    (copy / "a.txt").write_text(" ".join(f"r{number:04}" for number in range(PEOPLE)))

    with pytest.raises(CannotPublish, match="and 7 more"):
        leaks.check(copy, answered(), "public")


@pytest.mark.parametrize("built", BUILT)
def test_no_report_of_the_shipped_programmes_is_stopped(built):
    folder = ROOT / built
    about = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    programme = read(folder.parent.name)
    keys = {
        part: next(
            (key for key, title in getattr(programme, f"{part}s").items() if title == about[part]), None
        )
        for part in ("place", "wave")
    }

    leaks.check(folder, programme.where(**keys), about["audience"])
