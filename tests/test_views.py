"""Views of a page: what it says and nothing else, one finding a screen, or on two sheets of paper."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest
from browser import code, faults, long_notebook, notebook, text
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from nbformat.v4 import new_notebook
from pypdf import PdfReader
from test_display import HOSTILE

from coprod import display
from coprod.figures import Drawn
from coprod.privacy import Shown
from coprod.publish import CannotPublish, documents, page
from coprod.publish.documents.wording import MARK, UNSEEN
from coprod.publish.views import easy, short
from coprod.publish.views.wording import WORDS, as_list, sentences
from coprod.saying import BANDS, Sentence

HEARD = "“I felt heard”: 6 of 9 agreed; 95% interval 3 to 8 of 9."
SPOKE = "“I spoke up”: 5 of 9 agreed."


def figure(alt, title="Most felt heard", high=2.0):
    ax = Figure(figsize=(6.4, high)).add_subplot()
    ax.plot([0, 1])
    return Drawn(ax, alt, title, Shown(pd.DataFrame({"question": ["Heard"]}), "internal"))


def page_of(said, *figures, before="", after=()):
    """Return a page with findings at a glance, and figures below."""
    return page(
        notebook(
            text(f"## At a glance\n\n{before}"),
            code((display.say, said), tags=("at-a-glance",)),
            text("## Were people heard?\n\nSee below."),
            *(code((display.show, one)) for one in figures),
            *after,
        )
    )


def read(html):
    return BeautifulSoup(html, "html.parser")


def unspaced(words):
    return re.sub(r"[\s\u200b]+", "", words)


def findings(html):
    return read(html).select("section.finding")


def printed(html, folder):
    """Return a short version as a PDF, read back: its sheets' texts, and all of them without space."""
    sheets = [
        sheet.extract_text() for sheet in PdfReader(documents.pdf(html, folder, name="short.pdf")).pages
    ]
    return SimpleNamespace(sheets=sheets, words=unspaced("".join(sheets)))


# The easier view


def test_each_finding_has_a_section_that_says_which_of_how_many_it_is():
    shown = findings(easy(page_of([HEARD, SPOKE, "Some did not."])))

    assert [one.h2.get_text() for one in shown] == [f"Finding {number} of 3" for number in (1, 2, 3)]


def test_a_single_sentence_is_a_finding_and_what_stands_before_it_is_not():
    view = easy(page_of(["Some did not."], before="Of the latest wave."))

    assert [one.select_one(".said").get_text(strip=True) for one in findings(view)] == ["Some did not."]
    assert "Of the latest wave." in read(view).select_one("#start").get_text()


@pytest.mark.parametrize("view", [easy, short])
def test_a_page_with_nothing_at_a_glance_has_no_view(view):
    assert view(page(notebook(text("## Only this\n\nAnd no more.")))) is None


@pytest.mark.parametrize("view", [easy, short])
def test_only_a_page_of_ours_has_views(view):
    with pytest.raises(CannotPublish, match=r"coprod\.publish\.page"):
        view("<html><body><p>Hello</p></body></html>")


@pytest.mark.parametrize("view", [easy, short])
def test_a_page_without_a_title_block_has_views(view):
    said = code((display.say, ["Most felt heard."]), tags=("at-a-glance",))

    assert "Most felt heard." in view(
        page(new_notebook(cells=[text("# Heard"), text("## At a glance"), said]))
    )


def test_previous_and_next_lead_from_the_start_to_the_end_and_back():
    view = read(easy(page_of([HEARD, SPOKE])))

    links = [[link["href"] for link in one.select(".steps a")] for one in view.select("main > section")]

    assert links[1:3] == [["#start", "#finding-2"], ["#finding-1", "#words"]]
    assert links[0][0] == "#finding-1"


def test_every_link_leads_somewhere():
    view = read(easy(page_of([HEARD, HEARD], figure("“I felt heard”: 6 of 9."))))

    inside = {link["href"][1:] for link in view.select("a[href^='#']")}

    assert inside <= {node["id"] for node in view.select("[id]")}


def test_the_full_report_and_the_documents_that_there_are_are_linked():
    beside = {
        formats: [
            link["href"] for link in read(easy(page_of([SPOKE]), formats)).select("#more a:not(.steps a)")
        ]
        for formats in (("docx", "pdf"), ("pdf",), ())
    }

    assert list(beside.values()) == [
        ["index.html", "report.docx", "report.pdf"],
        ["index.html", "report.pdf"],
        ["index.html"],
    ]


def test_the_rows_behind_a_finding_are_dropped():
    rows = Shown(pd.DataFrame({"ref": ["c001", "c002"], "says": ["One.", "Two."]}), "public")
    many = [Sentence("It was told.", ["c001", "c002"]), "And heard."]

    view = easy(page_of(many, after=[code((display.table, rows, "Rows"))]))

    assert "c001" not in view


def test_a_finding_has_the_figure_that_speaks_of_all_it_quotes():
    view = easy(page_of([HEARD, SPOKE], figure("“I spoke up”: 5 of 9."), figure("“I felt heard”: 6 of 9.")))

    labels = [one.select_one(".card")["aria-label"] for one in findings(view)]

    assert labels == ["Figure 2, picture", "Figure 1, picture"]


def test_a_figure_is_shown_once_and_then_linked_to():
    alt = "Bars, 2 questions. “I felt heard”: 6 of 9. “I spoke up”: 5 of 9."

    first, second = findings(easy(page_of([HEARD, SPOKE], figure(alt))))

    assert [one.get_text() for one in first.select("details li")] == sentences(alt)
    assert second.find("img") is None
    assert second.p.find_next("p").a["href"] == "#finding-1"


def test_a_finding_that_quotes_nothing_has_no_figure():
    assert read(easy(page_of(["Most felt heard."], figure("Most felt heard.")))).find("img") is None


def test_hard_words_are_explained_as_the_page_does_and_where_they_occur():
    words = "## What do the words mean?\n\n| word | meaning |\n|---|---|\n| panel | a group |"

    view = read(easy(page_of([HEARD], after=[text(words)])))

    assert [one.get_text() for one in view.select("#words dt")] == ["panel", "95% interval"]


def test_words_for_shares_are_explained_by_their_bounds():
    meaning = next(means for name, _, means in WORDS if name == "Shares in words")

    assert re.findall(r"\d+", meaning) == ["15", "100", "40", "40", "60", "85", "85"]
    assert [word for _, word in BANDS if word.lower() not in meaning.lower()] == []


def test_the_easier_view_says_what_the_page_says():
    html = page(long_notebook("synthetic"))
    known = unspaced(read(html).get_text() + "".join(one["alt"] for one in read(html).select("img")))

    view = read(easy(html))
    told = view.select(".said, figcaption, details li, #start dt, #start dd, #more dd, .warning, h1")

    assert len(told) > 8
    assert [one.get_text() for one in told if unspaced(one.get_text()) not in known] == []


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_stays_text(said):
    harmless = page_of(["Most.", "Some."], figure("Most.", "Most."))
    hostile = page_of([said, said], figure(said, said))

    for view in (easy, short):
        tags = [[tag.name for tag in read(view(html)).find_all(True)] for html in (harmless, hostile)]
        assert set(tags[1]) <= set(tags[0]) | {"ul", "li"}
        assert " ".join(UNSEEN.sub(MARK, said).split()) in " ".join(read(view(hostile)).get_text(" ").split())


def test_text_that_turns_the_reading_order_is_marked():
    assert "\u202e" not in easy(page_of(["Felt \u202edraeh", SPOKE]))


def test_the_same_page_gives_the_same_bytes():
    html = page(long_notebook())

    assert (easy(html), short(html)) == (easy(html), short(html))


# Lists


@pytest.mark.parametrize(
    ("said", "before", "listed"),
    [
        ("Some did not.", "Some did not.", []),
        ("Not reached: “A map; a plan”; “A drill”.", "Not reached:", ["“A map; a plan”", "“A drill”"]),
        (HEARD, "“I felt heard”:", ["6 of 9 agreed", "95% interval 3 to 8 of 9"]),
        ("6 outcomes: 3 reached, 2 not and 1 planned.", "6 outcomes:", ["3 reached", "2 not", "1 planned"]),
        ("2 cases: Hull (Damp, mould), Ely (Buses).", "2 cases:", ["Hull (Damp, mould)", "Ely (Buses)"]),
        ("Told: “A”; “B”, 1 row each.", "Told: “A”; “B”, 1 row each.", []),
        ("X: most improved, few or none got worse.", "X: most improved, few or none got worse.", []),
        ("Looked at: 2 and 3 over all. Found: 5.", "Looked at: 2 and 3 over all. Found: 5.", []),
    ],
)
def test_a_sentence_that_lists_things_becomes_a_list(said, before, listed):
    assert as_list(said) == (before, listed)


@given(st.text(alphabet="ab1 :;,.“”()", max_size=60))
def test_a_list_loses_nothing_but_what_stood_between_its_parts(said):
    before, listed = as_list(said)

    left = [re.sub(r"[\s;,.]|and", "", words) for words in (said, before + "".join(listed))]

    assert left[0] == left[1]


@given(st.text(alphabet="ab1. “”()", max_size=60))
def test_cutting_into_sentences_loses_only_space(said):
    assert " ".join(sentences(said)) == said


# The short version


def test_a_short_version_holds_the_findings_and_the_figures_with_their_sections(tmp_path):
    html = short(page_of([HEARD, SPOKE], figure("“I felt heard”."), figure("“I spoke up”."), figure("More.")))

    made = printed(html, tmp_path)

    assert all(unspaced(said) in made.words for said in (HEARD, SPOKE))
    assert [one.get_text() for one in read(html).select(".numbered")] == [
        f"Figure {number} of the full report, from “Were people heard?”" for number in (1, 2)
    ]
    assert [one["alt"] for one in read(html).select("img")] == ["“I felt heard”.", "“I spoke up”."]
    assert "Contents" not in made.words


def test_a_long_report_is_two_sheets(tmp_path):
    html = short(page_of([HEARD] * 9, figure("High.", high=8.5), figure("Too.", high=8.5)))

    assert len(printed(html, tmp_path).sheets) == 2


def test_figures_too_high_to_be_read_side_by_side_give_way_to_the_next():
    html = short(page_of([HEARD], *(figure("High.", high=high) for high in (8, 8, 3))))

    assert [one.get_text().split(" of")[0] for one in read(html).select(".numbered")] == [
        "Figure 1",
        "Figure 3",
    ]


def test_as_many_findings_as_fit_are_kept_and_the_others_counted(tmp_path):
    html = short(page_of([f"“Question {number}”: 5 of 9 agreed." for number in range(120)]))

    kept = len(read(html).select("main li"))

    assert len(printed(html, tmp_path).sheets) == 2
    assert 20 < kept < 120
    assert f"There are {120 - kept} more in the full report." in html


def test_figures_give_way_to_a_finding_that_fills_the_sheets(tmp_path):
    long = "We were heard, and heard again, and that was good. " * 120

    html = short(page_of([long, SPOKE], figure("High.", high=8.5), figure("Too.", high=8.5)))

    assert len(printed(html, tmp_path).sheets) <= 2
    assert "There is 1 more" in html or SPOKE in html


def test_a_finding_that_no_two_sheets_hold_has_no_short_version():
    assert short(page_of(["W" * 100_000, SPOKE])) is None


# In a browser


@pytest.fixture(scope="module")
def opened(tmp_path_factory, browser):
    path = tmp_path_factory.mktemp("views") / "easy.html"
    unbroken = "longterm_October" * 30
    alt = "Bars. “I felt heard”: 6 of 9."
    path.write_text(easy(page_of([HEARD, SPOKE, unbroken], figure(alt))), encoding="utf-8")

    def at(width, **context):
        shown = browser.new_context(viewport={"width": width, "height": 800}, **context).new_page()
        shown.goto(path.as_uri())
        return shown

    return at


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "look"),
    [(1280, {}), (320, {"color_scheme": "dark"}), (1280, {"forced_colors": "active"})],
)
def test_axe_finds_no_fault_in_the_easier_view(opened, width, look):
    shown = opened(width, bypass_csp=True, **look)

    shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert faults(shown) == []
    assert shown.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_a_finding_fills_the_screen_in_large_letters(opened, width):
    shown = opened(width)

    heights = shown.evaluate("[...document.querySelectorAll('.finding')].map(one => one.offsetHeight)")
    sizes = shown.evaluate(
        "[...document.querySelectorAll('.easy *')].map(one => parseFloat(getComputedStyle(one).fontSize))"
    )

    assert min(heights) >= 800
    assert min(sizes) >= 24


@pytest.mark.browser
def test_the_next_finding_is_reached_by_keyboard(opened):
    shown = opened(1280)
    shown.locator("#start a[href='#finding-1']").focus()

    shown.keyboard.press("Enter")
    shown.keyboard.press("Tab")

    assert shown.evaluate("document.activeElement.closest('section').id") == "finding-1"


@pytest.mark.browser
def test_letters_of_twice_the_size_fit(opened):
    shown = opened(1280, bypass_csp=True)

    shown.add_style_tag(content="html { font-size: 200% }")

    assert shown.evaluate("document.scrollingElement.scrollWidth") <= 1280
