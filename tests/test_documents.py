"""A page as Word and as PDF: all of it, in order, with its structure, and the same bytes every time."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from types import SimpleNamespace

import pandas as pd
import pikepdf
import pytest
import typst
from browser import code, drawn, long_notebook, notebook, shares, text
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_notebook
from pypdf import PdfReader
from test_display import HOSTILE

from coprod import display
from coprod.privacy import Shown, protect
from coprod.publish import AltMissing, CannotPublish, documents, page
from coprod.publish.documents import columns
from coprod.saying import Sentence

WRITERS = [documents.word, documents.pdf]
FOR_PROGRAMS = [
    '#set page(fill: red) #panic() #read("/etc/passwd")',
    "$ x $ *b* _e_ `r` @ref <label> = heading",
    "\\input{/etc/passwd} \\write18{ls} \\u{202e}",
    "```{=typst} #panic() ``` `<w:p/>`{=openxml} [x]{.c style='y'}",
    "data:text/html,<script> file:///etc/passwd javascript:alert(1)",
    "=cmd|' /C calc'!A0 ../../CON NUL.txt",
    "Ŵythnos ŷd, naïve, ½ € … “quoted”, e\u0301 combined, a line's \u2028 end",
    "one_word_of_many_letters_" * 40,
]
LINKED = ["c001", "e-002"]
WIDE = {f"column_{number:02d}": [f"value {number}"] for number in range(26)}


def long_page():
    return page(long_notebook(kind="synthetic"))


def linked_page():
    """Return a page whose statements rest on rows, with a table too wide for a sheet of paper."""
    told = {"ref": LINKED, "says": ["A story that was told. " * 40, "Another."], "n_told": [1, 2]}
    rows, wide = (Shown(pd.DataFrame(one), "public") for one in (told, WIDE))
    return page(
        notebook(
            text("## Told\n\nSee [nothing](#nowhere), and [a site](https://example.org/a?b=c&d=e)."),
            code((display.say, [Sentence("It was told.", LINKED), "And heard."])),
            code((display.table, rows, "Rows"), (display.table, wide, "Wide")),
        )
    )


def page_of(said, title="Said"):
    """Return a page that says something in every place where what people type can stand."""
    shown = protect(shares((1, 2, 6), text=said), "internal")
    return page(
        notebook(
            text(f"## {title}"),
            code((display.table, shown, said), (display.say, [said, said])),
            code((display.show, drawn(shown, alt=said, title=said))),
        )
    )


def opened(html, folder):
    """Return a page and its documents, read back."""
    word, pdf = documents.word(html, folder), documents.pdf(html, folder)
    html = BeautifulSoup(html, "html.parser")
    return SimpleNamespace(
        html=html, word_file=word, pdf_file=pdf, word=Document(str(word)), pdf=pikepdf.open(pdf)
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a page with everything that a report can have, and its documents."""
    made = opened(long_page(), tmp_path_factory.mktemp("made"))
    with made.pdf:
        yield made


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    made = opened(linked_page(), tmp_path_factory.mktemp("linked"))
    with made.pdf:
        yield made


def unspaced(words):
    """Take out space, and what lets a long word break: documents break lines where they like."""
    return re.sub(r"[\s\u200b]+", "", words)


def words_of(path):
    """Return all text of a document, in order."""
    if path.suffix == ".pdf":
        return unspaced("".join(sheet.extract_text() for sheet in PdfReader(path).pages))
    return unspaced("".join(part.text or "" for part in Document(str(path)).element.body.iter(qn("w:t"))))


def said_in(html):
    """Return what a page says to its reader, piece by piece."""
    pieces = html.select("h1, h2, h3, h4, p:not(nav *), dd, main li, th, td, figcaption, caption, pre")
    return [unspaced(piece.get_text()) for piece in pieces if not piece.find_parent("nav")]


def structure(pdf):
    """Return a PDF's tagged elements in reading order."""

    def below(node):
        for part in node.get("/K", []):
            if isinstance(part, pikepdf.Dictionary) and "/S" in part:
                yield part
                yield from below(part)

    return list(below(pdf.Root.StructTreeRoot))


def headings_in(html):
    return [(int(one.name[1]), one.get_text()) for one in html.select("h1, h2, h3, h4")]


def alts_in(html):
    return [image["alt"] for image in html.find_all("img")]


# All of it, in both


@pytest.mark.parametrize("file", ["word_file", "pdf_file"])
@pytest.mark.parametrize("which", ["made", "linked"])
def test_nothing_that_a_page_says_is_lost(which, file, request):
    made = request.getfixturevalue(which)
    words = words_of(getattr(made, file))

    assert [piece for piece in said_in(made.html) if piece not in words] == []


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("said", [*HOSTILE[:-1], *FOR_PROGRAMS])
def test_whatever_people_type_stays_text(said, write, tmp_path):
    path = write(page_of(said), tmp_path)

    assert words_of(path).count(unspaced(said)) >= 6


@pytest.mark.parametrize("write", WRITERS)
def test_what_would_turn_the_direction_of_reading_is_marked(write, tmp_path):
    words = words_of(write(page_of("a\u202eb\u2066c"), tmp_path))

    assert "a\ufffdb\ufffdc" in words
    assert not set("\u202e\u2066") & set(words)


@pytest.mark.parametrize("write", WRITERS)
def test_what_no_document_can_hold_is_marked(write, tmp_path):
    assert "a\ufffdb" in words_of(write(page_of("a\x01b"), tmp_path))


@pytest.mark.parametrize("write", WRITERS)
def test_a_word_of_100_000_letters_is_all_there(write, tmp_path):
    html = page(notebook(text("## Said"), code((display.say, ["ŵŷ" * 50_000]))))

    assert words_of(write(html, tmp_path)).count("ŵŷ") == 50_000


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_page_gives_the_same_bytes(write, tmp_path):
    html = long_page()

    assert write(html, tmp_path).read_bytes() == write(html, tmp_path).read_bytes()


@pytest.mark.parametrize("write", WRITERS)
def test_a_page_without_a_title_block_has_documents_too(write, tmp_path):
    everything = (
        "# Teaching\n\n- a\n\n  b\n\n> 1. c\n\n***\n\n~~d~~\n\n| e |\n|---|\n|   |\n\n```\nf\n\n g\n```"
    )
    words = words_of(write(page(new_notebook(cells=[text(everything)])), tmp_path))

    assert "Teaching" in words
    assert re.sub(r"[^a-g]", "", words.partition("Teaching")[2])[:7] == "abcdefg"


# Word


def test_word_has_every_heading_at_its_level(made):
    levels = {"Title": 1, "heading 1": 2, "heading 2": 3, "heading 3": 4}
    names = {paragraph.style.style_id: paragraph.style for paragraph in made.word.paragraphs}
    headings = [
        (levels[paragraph.style.element.name_val], paragraph.text)
        for paragraph in made.word.paragraphs
        if paragraph.style.element.name_val in levels
    ]

    assert names
    assert headings == [*headings_in(made.html), (2, "The numbers behind the figures")]


def test_word_has_every_table_with_its_headings(made):
    tables = made.html.select("section > .scroll table") + made.html.select("figure table")

    assert len(made.word.tables) == len(tables)
    for table, told in zip(made.word.tables, tables, strict=True):
        assert [cell.text for cell in table.rows[0].cells] == [
            th.get_text() for th in told.select("thead th")
        ]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_tables_in_word_do_not_run_into_each_other(tmp_path):
    tables = text("## Tables\n\n| a |\n|---|\n| 1 |\n\n| b |\n|---|\n| 2 |")
    word = Document(str(documents.word(page(notebook(tables)), tmp_path)))

    assert all(table._tbl.getnext().tag == qn("w:p") for table in word.tables)


def test_word_has_every_picture_in_words(made):
    pictures = made.word.element.body.iter(qn("wp:docPr"))

    assert [picture.get("descr") for picture in pictures] == alts_in(made.html)
    assert all(shape.width.cm <= 15 for shape in made.word.inline_shapes)


def test_word_has_every_caption(made):
    captions = [unspaced(one.get_text()) for one in made.html.select("figcaption, section > .scroll caption")]
    styled = [unspaced(one.text) for one in made.word.paragraphs if one.style.element.name_val == "caption"]

    assert set(captions) <= set(styled)
    assert "Figure1Mostpeoplefeltheard." in styled


def test_word_tells_title_maker_language_and_the_day_of_the_data(made):
    about = made.word.core_properties

    assert about.title == made.html.title.get_text()
    assert (about.author, about.language) == ("Riverside together", "en-GB")
    assert f"{about.created:%Y-%m-%d} {about.modified:%Y-%m-%d}" == "2025-07-01 2025-07-01"
    assert {one.get(qn("w:val")) for one in made.word.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_word_holds_no_macro_and_loads_nothing_from_elsewhere(made):
    outside = [one for one in made.word.part.rels.values() if one.is_external]

    assert {one.reltype.rsplit("/")[-1] for one in outside} == {"hyperlink"}
    with zipfile.ZipFile(made.word_file) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower() or name.endswith(".bin")]
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_links_in_word_lead_to_a_place_in_it_or_to_an_address(linked):
    links = list(linked.word.element.body.iter(qn("w:hyperlink")))
    places = {one.get(qn("w:name")) for one in linked.word.element.body.iter(qn("w:bookmarkStart"))}
    addresses = {one.target_ref for one in linked.word.part.rels.values() if one.is_external}

    assert {one.get(qn("w:anchor")) for one in links if one.get(qn("w:anchor"))} <= places
    assert "https://example.org/a?b=c&d=e" in addresses
    assert not [address for address in addresses if not address.startswith("https://")]
    assert len(links) == len(LINKED) + len(addresses)


def test_each_numbered_list_in_word_begins_where_it_began_in_the_page(tmp_path):
    lists = text("## Lists\n\n1. one\n2. two\n\nThen\n\n7. seven\n   - below\n8. eight")
    word = Document(str(documents.word(page(notebook(lists)), tmp_path)))
    numbers = [one._p.pPr.numPr for one in word.paragraphs if one.style.element.name_val == "List Number"]
    starts = word.part.numbering_part.element.iter(qn("w:startOverride"))

    assert len({number.numId.val for number in numbers}) == 2
    assert [one.get(qn("w:val")) for one in starts] == ["1", "7"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_every_figure_of_the_word_document(made, tmp_path):
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, made.word_file]

    subprocess.run(command, check=True, capture_output=True, timeout=300)

    sheets = PdfReader(tmp_path / "report.pdf").pages
    drawn_on = [re.findall(rb"/Im\d+ Do\b", sheet.get_contents().get_data()) for sheet in sheets]
    assert sum(map(len, drawn_on)) == len(alts_in(made.html))


# PDF


def test_the_pdf_says_which_standards_it_keeps(made):
    about = made.pdf.Root.Metadata.read_bytes().decode()

    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in about
    assert made.pdf.Root.MarkInfo.Marked


def test_the_pdf_tells_title_maker_language_and_the_day_of_the_data(made):
    assert made.pdf.docinfo.Title == made.html.title.get_text()
    assert made.pdf.docinfo.Author == "Riverside together"
    assert made.pdf.docinfo.CreationDate == made.pdf.docinfo.ModDate == "D:20250701000000Z"
    assert made.pdf.Root.Lang == "en-GB"
    assert made.pdf.Root.ViewerPreferences.DisplayDocTitle


def test_the_pdf_has_a_bookmark_for_every_heading(made):
    with made.pdf.open_outline() as outline:
        titles = [(one.title, [below.title for below in one.children]) for one in outline.root]

    sections = [title for level, title in headings_in(made.html) if level == 2]
    assert [title for title, _ in titles] == [*sections, "The numbers behind the figures"]
    assert dict(titles)["Were people heard?"] == ["In detail"]


def test_the_pdf_tags_every_heading_table_list_and_figure(made):
    tags = Counter(str(part.S)[1:] for part in structure(made.pdf))
    levels = Counter(f"H{level}" for level, _ in headings_in(made.html))

    assert {tag: tags[tag] for tag in levels} == levels | {"H2": levels["H2"] + 1}
    assert tags["Table"] == len(made.html.find_all("table"))
    assert tags["Figure"] == len(made.html.find_all("img"))
    assert tags["BlockQuote"] == 1


def test_every_column_and_every_row_of_the_pdf_has_a_heading(made):
    scopes = Counter(
        str(part.A.Scope if isinstance(part.A, pikepdf.Dictionary) else part.A[0].Scope)[1:]
        for part in structure(made.pdf)
        if part.S == "/TH"
    )

    assert scopes["Column"] == len(made.html.select("thead th"))
    assert scopes["Row"] == len(made.html.select("tbody tr"))


def test_the_pdf_has_every_picture_in_words(made):
    alts = [str(part.Alt) for part in structure(made.pdf) if part.S == "/Figure"]

    assert alts == alts_in(made.html)


def test_the_pdf_carries_its_letters(made):
    fonts = [one for one in made.pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]

    assert {str(font.FontName).split("+")[-1] for font in fonts} <= {
        "DejaVuSans",
        "DejaVuSans-Bold",
        "DejaVuSans-Oblique",
        "DejaVuSans-BoldOblique",
        "DejaVuSansMono",
    }
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_links_in_the_pdf_lead_to_a_page_of_it_or_to_an_address(linked):
    links = [one for sheet in linked.pdf.pages for one in sheet.get("/Annots", [])]
    inside = [one for one in links if "/Dest" in one]

    assert len(inside) == len(LINKED)
    assert {str(one.A.URI) for one in links if "/A" in one} >= {"https://example.org/a?b=c&d=e"}


def test_a_link_leads_to_a_record_that_goes_on_on_the_next_page(tmp_path):
    """Its heading stands on each of the pages, and what a link leads to may be there only once."""
    rows = Shown(pd.DataFrame({"ref": ["c001"], "says": ["A story. " * 900], "by": ["B " * 900]}), "public")
    html = page(
        notebook(
            text("## Told"),
            code((display.say, [Sentence("It was told.", ["c001"])]), (display.table, rows, "R")),
        )
    )

    assert words_of(documents.pdf(html, tmp_path)).count("Astory.") == 900


def test_letters_that_the_pdf_lacks_are_named(tmp_path):
    html = page(notebook(text("## Said"), code((display.say, ["Hwyl 🎉 漢"]))))

    assert "Hwyl[partypopper][cjkunifiedideograph-6f22]" in words_of(documents.pdf(html, tmp_path))


# What goes wrong


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    "html", ["Words.", "<p>x</p>", "<html><body><header></header><main></main></body></html>"]
)
def test_only_a_page_of_ours_becomes_a_document(html, write, tmp_path):
    with pytest.raises(CannotPublish, match="Only a page"):
        write(html, tmp_path)


@pytest.mark.parametrize("write", WRITERS)
def test_a_picture_without_words_or_from_elsewhere_is_refused(write, tmp_path):
    html = page_of("Said")

    with pytest.raises(AltMissing):
        write(html.replace('alt="Said"', 'alt=" "'), tmp_path)
    with pytest.raises(CannotPublish, match="https://example"):
        write(re.sub(r'src="[^"]*"', 'src="https://example.org/x.svg"', html), tmp_path)


@pytest.mark.parametrize("write", WRITERS)
def test_a_document_that_cannot_be_set_leaves_the_last_one(write, tmp_path, monkeypatch):
    before = write(page_of("Before"), tmp_path).read_bytes()

    def fail(*arguments, **options):
        raise typst.TypstError("out of ink")

    monkeypatch.setattr(typst, "compile", fail)
    with pytest.raises(CannotPublish, match="out of ink"):
        write(page_of("After"), tmp_path)

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [before]


@pytest.mark.parametrize("write", WRITERS)
def test_a_full_disk_leaves_the_last_document(write, tmp_path, monkeypatch):
    before = write(page_of("Before"), tmp_path).read_bytes()

    def fail(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write(page_of("After"), tmp_path)

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [before]


@pytest.mark.parametrize(("write", "package"), [(documents.word, "docx"), (documents.pdf, "pikepdf")])
def test_a_package_that_is_not_installed_is_named(write, package, tmp_path, monkeypatch):
    for module in [name for name in sys.modules if name.startswith("coprod.publish.documents.in_")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(CannotPublish, match=f"needs the package {package}"):
        write(page_of("Said"), tmp_path)


# Columns


@given(
    st.lists(st.lists(st.text("ab ", max_size=200), min_size=2, max_size=2), min_size=1, max_size=40),
    st.sampled_from([columns.UPRIGHT, columns.ACROSS]),
)
def test_columns_fit_on_a_line_and_hold_their_longest_words(cells, line):
    wide = columns.shares(cells, line)
    longest = [max(min(len(word), columns.WORD) for word in " ".join(cell).split() or [""]) for cell in cells]

    assert sum(wide) <= 100 + 1e-9
    assert all(share * line / 100 >= word for share, word in zip(wide, longest, strict=False))
    assert bool(wide) == (sum(longest) + columns.BETWEEN * len(cells) <= line)


def test_short_columns_take_no_more_than_they_need():
    assert columns.shares([["Row", "c001"], ["n", "1"]], 100) == [7, 4]


def test_a_table_that_does_not_fit_becomes_records_with_headings_beside_values(linked):
    wide = linked.word.tables[-1]

    assert [[cell.text for cell in row.cells] for row in wide.rows] == [
        [f"Column {number:02d}", f"value {number}"] for number in range(len(WIDE))
    ]
