"""A notebook as a page: one title, every picture in words, nothing unsafe, nothing past the door."""

import base64
import datetime as dt
import hashlib
import re

import pytest
from browser import ALT, NOTHING, code, drawn, given_out, long_notebook, notebook, programme, shares, text
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output, new_raw_cell
from pandas import DataFrame
from test_display import HOSTILE

import coprod
from coprod import display
from coprod.privacy import protect
from coprod.publish import AltMissing, CannotPublish, Entry, index_page, masthead_of, page
from coprod.saying import Sentence


def soup(*cells, **options):
    """Return the page of a notebook with these cells."""
    return BeautifulSoup(page(notebook(*cells, **options)), "html.parser")


def output(kind="display_data", data=None, **metadata):
    """Return a cell with one output that no function of `display` made."""
    made = new_output(kind, data=data or {"text/plain": "34"}, metadata=metadata)
    return new_code_cell("", outputs=[made])


def headings(made):
    return [(one.name, one.get_text()) for one in made.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]


def entry(**changes):
    told = {
        "programme": "demo",
        "programme_title": "Riverside together",
        "about": "Neighbours.",
        "kind": "real",
        "report_title": "What we learned",
        "href": "demo/learning_report-public/index.html",
        "place": "",
        "wave": "",
        "audience": "public",
        "date": dt.date(2025, 7, 1),
    }
    return Entry(**told | changes)


# The page as a whole


def test_a_page_has_one_h1_a_language_and_a_title_that_tells_tabs_apart():
    made = soup()

    assert [one.get_text() for one in made.find_all("h1")] == ["What we learned"]
    assert made.html["lang"] == "en-GB"
    assert made.title.get_text() == "What we learned, All places, All waves, Riverside together"


@pytest.mark.parametrize("landmark", ["header", "main", "footer"])
def test_a_page_has_each_landmark_once(landmark):
    assert len(BeautifulSoup(page(long_notebook()), "html.parser").find_all(landmark)) == 1


def test_the_title_block_tells_place_wave_date_and_audience():
    facts = {one.dt.get_text(): one.dd.get_text() for one in soup().select("header dl > div")}

    assert facts == {
        "Place": "All places",
        "Wave": "All waves",
        "Data as of": "1 July 2025",
        "For": "Everyone",
    }


def test_the_foot_tells_source_licence_and_credit():
    words = soup().footer.get_text()

    for told in ("Closing survey", "CC BY 4.0", "Riverside council kept the answers.", coprod.__version__):
        assert told in words


@pytest.mark.parametrize(("audience", "shared"), [("public", True), ("internal", False)])
def test_only_a_public_page_says_that_it_may_be_shared(audience, shared):
    links = [one["href"] for one in soup(audience=audience).footer.find_all("a")]

    assert links == (["https://creativecommons.org/licenses/by/4.0/"] if shared else [])


@pytest.mark.parametrize(("kind", "warned"), [("synthetic", True), ("real", False)])
def test_a_page_of_invented_data_says_so_in_its_title_and_at_its_head(kind, warned):
    made = soup(kind=kind)

    assert ("Invented data" in made.header.get_text()) is warned
    assert ("(invented data)" in made.title.get_text()) is warned


def test_the_same_notebook_gives_the_same_bytes():
    assert page(long_notebook()) == page(long_notebook())


def test_making_a_page_does_not_change_the_notebook():
    executed, again = long_notebook(), long_notebook()
    for one, other in zip(executed.cells, again.cells, strict=True):
        one.id = other.id

    page(executed)

    assert executed == again


def test_a_page_runs_nothing_and_asks_for_nothing():
    made = BeautifulSoup(page(long_notebook()), "html.parser")

    assert not made.find_all(["script", "link", "iframe", "object", "form"])
    assert not made.find_all(style=True)
    assert all(one["src"].startswith("data:image/svg+xml;base64,") for one in made.find_all(src=True))
    assert all(one.name == "a" for one in made.find_all(href=True))
    assert not [name for one in made.find_all(True) for name in one.attrs if name.startswith("on")]


def test_the_policy_knows_the_one_stylesheet_by_its_hash():
    made = soup()
    digest = base64.b64encode(hashlib.sha256(made.style.string.encode()).digest()).decode()

    policy = made.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]

    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_code_prompts_parameters_and_hidden_cells_are_not_in_a_page():
    parameters = code((display.say, ["PARAMETERS"]), tags=("parameters",))
    injected = code((display.say, ["INJECTED"]), tags=("injected-parameters",))
    hidden = [text("HIDDEN", "hide"), code((display.say, ["HIDDEN"]), tags=("hide",))]

    words = soup(parameters, injected, *hidden, new_raw_cell("<b>RAW</b>")).get_text()

    for gone in ("PARAMETERS", "INJECTED", "HIDDEN", "RAW", "secret", "In [", "[7]"):
        assert gone not in words


def test_warnings_are_not_in_a_page():
    warned = new_code_cell("", outputs=[new_output("stream", name="stderr", text="WARNING")])

    assert "WARNING" not in soup(warned).get_text()


# Titles and headings


def test_a_notebook_without_a_title_block_has_its_own_heading_for_a_title():
    made = BeautifulSoup(page(new_notebook(cells=[text("# Teaching\n\nWords.")])), "html.parser")

    assert headings(made) == [("h1", "Teaching")]
    assert "Words." in made.main.get_text()


def test_a_title_can_be_given():
    assert "<h1>Given</h1>" in page(notebook(), title="Given")


def test_a_notebook_without_any_title_makes_no_page():
    with pytest.raises(CannotPublish, match="no title"):
        page(new_notebook(cells=[text("Words.")]))


def test_headings_skip_no_level():
    made = soup(text("#### Deep\n\n## Two\n\n##### Five\n\n# One again"))

    assert headings(made)[:5] == [
        ("h1", "What we learned"),
        ("h2", "Deep"),
        ("h2", "Two"),
        ("h3", "Five"),
        ("h2", "One again"),
    ]


def test_headings_have_ids_of_their_own():
    ids = [one["id"] for one in soup(text("## Same\n\n## Same\n\n## Main")).main.find_all("h2")]

    assert ids == ["same", "same-2", "main-2"]


@pytest.mark.parametrize(("sections", "listed"), [(3, False), (4, True)])
def test_contents_are_listed_from_four_sections_on(sections, listed):
    made = soup(*(text(f"## Section {number}\n\nWords.") for number in range(sections)))

    assert bool(made.find("nav", attrs={"aria-label": "Contents"})) is listed


def test_every_entry_of_the_contents_leads_to_its_heading():
    made = BeautifulSoup(page(long_notebook()), "html.parser")

    entries = made.nav.find_all("a")

    assert len(entries) == 5
    for one in entries:
        assert made.find(id=one["href"].removeprefix("#")).get_text() == one.get_text()


def test_what_is_at_a_glance_comes_first():
    glance = [text("## In short"), code((display.say, ["Most."]), tags=("at-a-glance",))]

    made = soup(text("## Later\n\nWords."), *glance)

    assert [one.get_text() for one in made.main.find_all("h2")] == ["In short", "Later"]
    assert made.select_one("section.at-a-glance li, section.at-a-glance p").get_text() == "Most."


# Figures and tables


def test_a_figure_keeps_its_words_and_its_numbers():
    figure = soup(text("## Heard"), code((display.show, drawn()))).figure

    assert figure.img["alt"] == ALT
    assert figure.figcaption.get_text() == "Figure 1 Most people felt heard."
    assert figure.summary.get_text() == "The numbers behind this figure"
    assert [cell.get_text() for cell in figure.details.tbody.tr.find_all(["th", "td"])][1:4] == [
        "1 of 9",
        "2 of 9",
        "6 of 9",
    ]


def test_a_figure_says_what_is_not_shown():
    shown = protect(shares((1, 2, 6), (0, 1, 1)), "internal")

    figure = soup(text("## Heard"), code((display.show, drawn(shown)))).figure

    assert [note.get_text() for note in figure.select("p.note")] == list(shown.notes)


def test_figures_and_tables_are_numbered_and_scroll_by_keyboard():
    made = BeautifulSoup(page(long_notebook()), "html.parser")

    regions = made.find_all(role="region")

    assert [one["aria-label"] for one in regions] == [
        *("Figure 1, picture", "Figure 1, numbers", "Table 1", "Table 2"),
        *("Figure 2, picture", "Figure 2, numbers", "Table 3"),
    ]
    assert {one["tabindex"] for one in regions} == {"0"}


def test_a_table_keeps_its_caption_and_headings():
    shown = protect(shares((1, 2, 6)), "internal")

    table = soup(text("## Heard"), code((display.table, shown, "How people answered"))).table

    assert table.caption.get_text() == "Table 1 How people answered"
    assert table.thead.th["scope"] == "col"
    assert table.tbody.th["scope"] == "row"


def test_a_table_in_markdown_gets_headings_with_a_scope():
    table = soup(text("| word | meaning |\n|---|---|\n| wave | round |")).table

    assert [one["scope"] for one in table.find_all("th")] == ["col", "col"]


# What is left out


def test_a_section_with_nothing_to_show_goes_and_its_reason_is_told_once():
    gone = [
        *(text("## Did it change?\n\nBetween waves."), code((display.show, NOTHING), (display.say, []))),
        *(text("## Who answered?"), code((display.table, NOTHING.shown, "Answers"))),
    ]

    made = soup(text("## Stays\n\nWords."), *gone)

    assert [one.get_text() for one in made.main.find_all("h2")] == ["Stays", "Left out of this report"]
    assert [one.get_text() for one in made.main.find_all("li")] == [
        "“Did it change?”, “Who answered?”: This programme has no survey."
    ]
    assert "Between waves" not in made.get_text()


def test_a_section_that_shows_something_stays_whole():
    made = soup(text("## Heard"), code((display.show, NOTHING), (display.say, ["Most."])))

    words = made.main.get_text()

    assert "Left out: This programme has no survey." in words
    assert "Left out of this report" not in words


def test_a_section_of_words_alone_stays():
    assert "Words." in soup(text("## Section\n\nWords.")).main.get_text()


def test_figures_are_numbered_after_sections_have_gone():
    made = soup(
        *(text("## Gone"), code((display.show, NOTHING))),
        *(text("## Stays"), code((display.show, drawn()))),
    )

    assert made.figcaption.get_text().startswith("Figure 1 ")


# What is refused


def test_a_cell_that_failed_stops_the_page():
    failed = new_output("error", ename="KeyError", evalue="'n'", traceback=[])

    with pytest.raises(CannotPublish, match="Cell 3 failed with KeyError: 'n'"):
        page(notebook(new_code_cell("", outputs=[failed])))


def test_a_hidden_cell_that_failed_stops_the_page_too():
    failed = new_code_cell("", outputs=[new_output("error", ename="KeyError", evalue="n", traceback=[])])
    failed.metadata["tags"] = ["hide"]

    with pytest.raises(CannotPublish, match="failed"):
        page(notebook(failed))


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_figure_without_alternative_text_stops_the_page(alt):
    told = {"coprod": {"figure": {"alt": alt, "title": "T.", "caption": "T.", "notes": [], "data": ""}}}

    with pytest.raises(AltMissing, match="Cell 3"):
        page(notebook(output(data={"image/svg+xml": "<svg/>"}, **told)))


@pytest.mark.parametrize(
    "data",
    [
        {"text/plain": "<Axes>"},
        {"text/html": "<table><tr><td>34</td></tr></table>", "text/plain": "   n\n0  34"},
        {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure size 640x480>"},
        {"application/javascript": "alert(1)"},
    ],
)
@pytest.mark.parametrize("kind", ["display_data", "execute_result"])
def test_what_did_not_come_through_display_stops_the_page(kind, data):
    """A table that a cell happens to end with has not been through the door."""
    with pytest.raises(CannotPublish, match="Cell 3 gives out"):
        page(notebook(output(kind, data)))


def test_a_picture_that_says_it_is_a_table_stops_the_page():
    with pytest.raises(CannotPublish, match="gives out image/png"):
        page(notebook(output(data={"image/png": "iVBORw0KGgo="}, coprod={"table": "Answers"})))


def test_a_cell_that_prints_stops_the_page():
    printed = new_code_cell("", outputs=[new_output("stream", name="stdout", text="34")])

    with pytest.raises(CannotPublish, match="Cell 3 prints"):
        page(notebook(printed))


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick='alert(1)'>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' JaVaScRiPt:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<a href='//elsewhere.example'>x</a>",
        "<img src='http://elsewhere.example/x.png'>",
        "<iframe src='x'></iframe>",
        "<svg onload='alert(1)'></svg>",
        "<style>*{display:none}</style>",
        "<form action='x'></form>",
        "<p id='main'>x</p>",
        "<p data-made='figure'>x</p>",
        "<!-- comment -->",
        "<?php x ?>",
        "<!doctype html>",
        "<![CDATA[x]]>",
        "<math><mi>x</mi></math>",
    ],
)
def test_unsafe_html_stops_the_page_and_is_not_cleaned_up_in_silence(html):
    with pytest.raises(CannotPublish, match=r"may not|not made by"):
        page(notebook(output(data={"text/html": html}, coprod={"table": "Answers"})))


def test_unsafe_numbers_behind_a_figure_stop_the_page():
    shown = code((display.show, drawn()))
    shown.outputs[1].metadata["coprod"]["figure"]["data"] = "<script>alert(1)</script>"

    with pytest.raises(CannotPublish, match="<script>"):
        page(notebook(shown))


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("[x](javascript:alert(1))", "javascript"),
        ("![x](http://elsewhere.example/x.png)", "elsewhere"),
        ("![x](attachment:x.png)", "not made by"),
        ("```mermaid\n<script>alert(1)</script>\n```", "<script>"),
    ],
)
def test_markdown_that_would_load_or_run_something_stops_the_page(source, wrong):
    with pytest.raises(CannotPublish, match=wrong):
        page(notebook(text(source)))


def test_html_in_markdown_is_text():
    made = soup(text("A <b>bold</b> <script>alert(1)</script>\n\n<div id='x'>block</div>"))

    assert "A <b>bold</b> <script>alert(1)</script>" in made.main.get_text()
    assert not made.main.find_all(["b", "script"])


def test_a_link_to_a_file_beside_the_notebook_keeps_its_words_only():
    made = soup(text("See [the next](other.ipynb) and [the web](https://example.org/)."))

    assert made.main.get_text().strip() == "See the next and the web."
    assert [one["href"] for one in made.main.find_all("a")] == ["https://example.org/"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_in_every_field_stays_text(words):
    told = programme(title=words, about=words, source=words, licence=words, attribution=words)
    told.places = told.waves = {"x": words}
    told.place = told.wave = "x"
    shown = protect(shares((1, 2, 6), text=words), "internal")
    with given_out() as outputs:
        display.masthead(told, words, "public")
        display.show(drawn(shown, alt=words, title=words), caption=words)
        display.table(shown, words)
        display.say([words])
        display.show(NOTHING._replace(shown=NOTHING.shown.__class__(shown.table[:0], "public", (), words)))

    html = page(new_notebook(cells=[text("## Section"), new_code_cell("", outputs=outputs)]))
    made = BeautifulSoup(html, "html.parser")

    assert made.h1.get_text() == words
    assert made.img["alt"] == words
    for part in (
        made.title,
        made.header,
        made.figure,
        made.find(attrs={"aria-label": "Table 1"}),
        made.footer,
    ):
        assert words in part.get_text()
    assert not made.find_all(["script", "svg", "b", "iframe"])
    assert len(made.find_all("style")) == len(made.find_all("img")) == 1
    assert {one["href"] for one in made.find_all("a")} == {
        "#main",
        "https://creativecommons.org/licenses/by/4.0/",
    }


def test_a_page_tells_what_its_title_block_told():
    assert masthead_of(notebook())["about"] == "Neighbours and a council."
    assert masthead_of(new_notebook(cells=[text("# Teaching")])) == {}


# The index


def test_the_index_links_to_every_report():
    made = BeautifulSoup(index_page([entry(), entry(href="demo/b/index.html")]), "html.parser")

    assert [one["href"] for one in made.select("a.name")] == [
        "demo/learning_report-public/index.html",
        "demo/b/index.html",
    ]


def test_the_index_lists_invented_programmes_last_and_says_so():
    made = BeautifulSoup(
        index_page(
            [
                entry(programme="a", programme_title="A demo", kind="synthetic"),
                entry(programme="b", programme_title="A study"),
            ]
        ),
        "html.parser",
    )

    assert [one.get_text() for one in made.main.find_all("h2")] == ["A study", "A demo"]
    assert ["Invented data" in one.get_text() for one in made.main.find_all("section")] == [False, True]


@pytest.mark.parametrize(
    ("changes", "link"),
    [
        ({}, "What we learned"),
        ({"place": "Lincoln", "wave": "After"}, "What we learned: Lincoln, After"),
        ({"place": "Lincoln", "report_title": "What Lincoln learned"}, "What Lincoln learned"),
    ],
)
def test_a_link_names_the_place_and_wave_unless_the_title_does(changes, link):
    assert BeautifulSoup(index_page([entry(**changes)]), "html.parser").main.a.get_text() == link


def test_an_empty_index_says_how_to_build_reports():
    assert re.search(r"no reports yet.*coprod report", index_page([]), flags=re.DOTALL)


def test_the_index_is_the_same_every_time():
    assert index_page([entry()]) == index_page([entry()])


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "//x", "https://x/index.html", "../x/index.html", "a/b.html", "/index.html"],
)
def test_the_index_links_to_nothing_outside_its_folder(href):
    with pytest.raises(ValueError, match="not the path of a report"):
        entry(href=href)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_in_the_index_stays_text(words):
    fields = ("programme", "programme_title", "about", "report_title", "place", "wave")
    made = BeautifulSoup(index_page([entry(**dict.fromkeys(fields, words))]), "html.parser")

    assert made.h2.get_text() == made.main.p.get_text() == made.main.a.get_text() == words
    assert not made.find_all(["script", "svg", "img", "b"])


# What stands behind a statement


def listed(*refs):
    return DataFrame({"ref": refs, "says": "They had time."})


def resting_on(*refs):
    return DataFrame({"factor": ["Time"], "behind": [refs]})


def rows_cell(*tables):
    return code(*((display.table, protect(table, "public"), "Rows") for table in tables))


def test_every_row_behind_a_cell_is_one_link_away():
    made = soup(rows_cell(resting_on("e1", "e2")), rows_cell(listed("e1", "e2")))

    links = [link["href"][1:] for link in made.select(".behind a")]
    assert links == ["row-e1", "row-e2"]
    assert [made.find(id=link).th.get_text() for link in links] == ["e1", "e2"]


def test_many_rows_are_folded_behind_their_number():
    refs = [f"e{number}" for number in range(30)]

    made = soup(rows_cell(resting_on(*refs)), rows_cell(listed(*refs)))

    assert made.select_one("details.behind summary").get_text() == "30 rows"
    assert len(made.select("details.behind a")) == 30


def test_a_sentence_links_to_its_rows():
    made = soup(code((display.say, [Sentence("Time helped.", ["e1"])])), rows_cell(listed("e1")))

    assert made.select_one("p + .behind a")["href"] == "#row-e1"


def test_a_statement_on_a_row_that_is_not_listed_stops_the_page():
    with pytest.raises(CannotPublish, match="e2, which is not listed"):
        page(notebook(rows_cell(resting_on("e1", "e2")), rows_cell(listed("e1"))))


def test_a_row_listed_twice_stops_the_page():
    with pytest.raises(CannotPublish, match="e1 is listed in two tables"):
        page(notebook(rows_cell(listed("e1")), rows_cell(listed("e1"))))
