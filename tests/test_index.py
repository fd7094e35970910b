"""The list of reports: what it says of each, how it is narrowed down, and that all of it is text."""

import base64
import datetime as dt
import hashlib
import re
from urllib.parse import parse_qs

import pytest
from browser import ALT, code, drawn, faults, long_notebook, notebook
from bs4 import BeautifulSoup
from test_display import HOSTILE

from coprod import display
from coprod.publish import CannotPublish, Entry, index_page, page
from coprod.publish.documents import read
from coprod.publish.index import said_size
from coprod.publish.thumbnails import THUMBNAIL, kind_of, thumbnail, write

FILES = {"report.docx": 342_400, "report.pdf": 1_250_000, "short.pdf": 61_000, "easy.html": 999_600}
REPORTS = [  # programme, its title, report, place, wave, audience, day
    ("labs", "Riverside labs", "Learning report", "All places", "All waves", "public", "2026-03-31"),
    ("labs", "Riverside labs", "Learning report", "Łódź", "All waves", "internal", "2026-03-31"),
    ("labs", "Riverside labs", "Survey", "Aldenmere", "Start", "internal", "2025-05-01"),
    ("labs", "Riverside labs", "Survey", "Aldenmere", "End", "internal", "2026-02-01"),
    ("towns", "Three towns", "Case studies", "Crème Street", "", "public", "2024-01-15"),
]


def entry(number=0, **changes):
    """Return one of the reports above."""
    names = ("programme", "programme_title", "report_title", "place", "wave", "audience")
    *told, date = REPORTS[number]
    told = dict(zip(names, told, strict=True)) | {"about": "Damp and buses.", "kind": "real"}
    told |= {"href": f"{told['programme']}/report-{number}/index.html", "date": dt.date.fromisoformat(date)}
    return Entry(**told | changes)


def entries(**changes):
    return [entry(number, **changes) for number in range(len(REPORTS))]


def soup(*listed):
    return BeautifulSoup(index_page(listed or entries()), "html.parser")


def options(made, name):
    return [one.get_text() for one in made.select(f"#{name} option")]


# What it says of a report


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "1 kB"),
        (499, "1 kB"),
        (1_500, "2 kB"),
        (640_000, "640 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (1_240_000, "1.2 MB"),
        (31_000_000, "31.0 MB"),
    ],
)
def test_a_size_is_said_in_the_unit_that_people_know(size, said):
    assert said_size(size) == said


def test_each_format_is_linked_with_its_kind_its_size_and_its_report():
    made = soup(entry(1, sizes=FILES))

    assert {one["href"]: one.get_text() for one in made.select(".formats a")} == {
        "labs/report-1/report.docx": "Word, 342 kB of Learning report: Łódź, all waves",
        "labs/report-1/report.pdf": "PDF, 1.2 MB of Learning report: Łódź, all waves",
        "labs/report-1/short.pdf": "Two-page PDF, 61 kB of Learning report: Łódź, all waves",
        "labs/report-1/easy.html": "Easier to read, 1.0 MB of Learning report: Łódź, all waves",
    }


def test_files_that_are_no_format_of_the_report_are_not_linked():
    made = soup(entry(sizes={"report.json": 10, "report.pdf": 10, "index.html": 10}))

    assert [one["href"] for one in made.select(".formats a")] == ["labs/report-0/report.pdf"]


def test_a_report_without_other_formats_has_no_empty_list():
    assert not soup(entry()).select(".formats")


def test_a_thumbnail_says_what_it_shows_and_holds_its_place_until_it_comes():
    image = soup(entry(thumbnail="Bar chart")).img

    assert image["src"] == "labs/report-0/thumbnail.png"
    assert image["alt"] == "Bar chart"
    assert (image["width"], image["height"], image["loading"]) == ("240", "150", "lazy")


# What it can be narrowed down by


def test_without_a_script_everything_is_listed_and_links_lead_to_each_programme():
    made = soup()

    assert made.form.has_attr("hidden")
    assert not made.select("li[hidden], section[hidden], nav[hidden]")
    assert [made.find(id=one["href"][1:]).h2.get_text() for one in made.select("nav a")] == [
        "Riverside labs",
        "Three towns",
    ]


def test_choices_are_what_the_reports_have():
    made = soup()

    assert options(made, "programme") == ["Any", "Riverside labs", "Three towns"]
    assert options(made, "place") == ["Any", "All places", "Aldenmere", "Crème Street", "Łódź"]
    assert options(made, "wave") == ["Any", "All waves", "Start", "End"]
    assert options(made, "audience") == ["Any", "For everyone", "For the team only"]


def test_what_all_reports_share_is_no_choice():
    made = soup(entry(1), entry(2))

    assert [one["name"] for one in made.find_all("select")] == ["place", "wave"]


def test_one_report_needs_neither_a_search_nor_a_script():
    assert not soup(entry()).find_all(["form", "nav", "script"])


def test_every_control_has_a_label():
    made = soup()

    labelled = {one["for"] for one in made.find_all("label")}
    assert labelled == {one["id"] for one in made.select("input, select")}


# What it may run and load


def test_the_policy_knows_the_script_by_its_hash_and_no_other():
    made = soup()
    (script,) = made.find_all("script")
    digest = base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()

    policy = made.find("meta", attrs={"http-equiv": True})["content"]

    assert re.findall("script-src [^;]*", policy) == [f"script-src 'sha256-{digest}'"]
    assert "img-src 'self';" in policy
    assert "unsafe" not in policy


def test_a_report_may_run_nothing():
    made = BeautifulSoup(page(long_notebook()), "html.parser")

    policy = made.find("meta", attrs={"http-equiv": True})["content"]

    assert "script" not in policy
    assert policy.startswith("default-src 'none'; img-src data:; style-src")


def test_the_script_makes_no_html():
    script = soup().script.string

    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function|fetch|http", script
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_becomes_neither_markup_nor_a_choice_that_breaks_out(words):
    fields = ("programme", "programme_title", "about", "report_title", "place", "wave", "thumbnail")
    made = soup(entry(**dict.fromkeys(fields, words), sizes=FILES), entry(2))

    row = made.find("li", attrs={"data-place": words})
    assert (row["data-wave"], row.img["alt"], row.a.get_text()) == (words, words, words)
    assert words in [one["value"] for one in made.select("#place option")]
    assert len(made.find_all("script")) == 1
    assert {one.name for one in made.find_all(["svg", "b", "iframe", "object"])} == set()


# Thumbnails


def test_a_thumbnail_is_small_and_the_same_every_time():
    made = page(long_notebook())

    first, again = thumbnail(read(made)), thumbnail(read(made))

    assert first == again
    assert first.png.startswith(b"\x89PNG")
    assert (int.from_bytes(first.png[16:20]), int.from_bytes(first.png[20:24])) == (480, 300)
    assert len(first.png) < 20_000


def test_a_thumbnail_carries_no_words_of_the_figure():
    png = thumbnail(read(page(long_notebook()))).png

    assert not {b"tEXt", b"iTXt", b"zTXt", b"eXIf"} & {png[at : at + 4] for at in range(len(png))}


def test_a_page_without_figures_has_no_thumbnail(tmp_path):
    assert write(read(page(notebook())), tmp_path) == ""
    assert list(tmp_path.iterdir()) == []


def test_a_thumbnail_stands_beside_its_page(tmp_path):
    assert write(read(page(long_notebook())), tmp_path) == kind_of(ALT)
    assert [one.name for one in tmp_path.iterdir()] == [THUMBNAIL]


def test_only_our_own_pages_have_thumbnails():
    with pytest.raises(CannotPublish, match="Only a page that"):
        thumbnail(read("<p>Hello</p>"))


@pytest.mark.parametrize(
    ("alt", "kind"),
    [
        ("Diverging bar chart, 7 questions. “Heard”: 3 of 12.", "Diverging bar chart"),
        ("Fishbone for Lincoln. Problem: few take part.", "Fishbone for Lincoln"),
        ("People felt heard: 6 of 9 agreed.", "People felt heard"),
        ("Dots with 9.5 points", "Dots with 9.5 points"),
        ("One\n  two", "One two"),
        (".", "."),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_thumbnail_says_its_kind_and_none_of_its_numbers(alt, kind):
    assert kind_of(alt) == kind


# In a browser

in_browser = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the list, one real thumbnail, and every hostile text as titles."""
    made = tmp_path_factory.mktemp("reports")
    below = made / "labs" / "report-0"
    below.mkdir(parents=True)
    alt = write(read(page(notebook(code((display.show, drawn()))))), below)
    listed = [entry(0, sizes=FILES, thumbnail=alt), *entries()[1:]]
    (made / "index.html").write_text(index_page(listed), encoding="utf-8")
    fields = ("programme_title", "about", "report_title", "place", "wave")
    hostile = [
        entry(href=f"h/{number}/index.html", programme=f"h{number}", **dict.fromkeys(fields, words))
        for number, words in enumerate(HOSTILE)
    ]
    (made / "hostile.html").write_text(index_page(hostile), encoding="utf-8")
    return made


@pytest.fixture
def opening(browser, folder):
    contexts = []

    def opened(name="index.html", width=1280, **context):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **context))
        tab = contexts[-1].new_page()
        tab.said = []
        for event in ("console", "pageerror", "dialog"):
            tab.on(event, lambda told: tab.said.append(str(getattr(told, "text", told))))
        tab.goto(f"{folder.as_uri()}/{name}")
        return tab

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def tab(opening):
    return opening()


def shown(tab):
    return [one.inner_text() for one in tab.locator("a.name").all() if one.is_visible()]


def status(tab):
    return tab.get_by_role("status").inner_text()


def open_choices(tab, select):
    return [
        one.inner_text()
        for one in tab.locator(f"#{select} option").all()
        if one.get_attribute("disabled") is None
    ]


@in_browser
def test_the_script_brings_the_search_and_takes_the_links_it_replaces(tab):
    assert tab.get_by_role("search").is_visible()
    assert not tab.locator("nav").is_visible()
    assert status(tab) == "5 of 5 reports"
    assert tab.said == []


@in_browser
def test_without_a_script_the_whole_list_can_be_read(opening):
    tab = opening(java_script_enabled=False)

    assert len(shown(tab)) == 5
    assert not tab.get_by_role("search").is_visible()
    tab.get_by_role("link", name="Three towns").click()
    assert tab.url.endswith("#programme-2")


@in_browser
@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("case", ["Case studies: Crème Street"]),
        ("ŁODZ", ["Learning report: Łódź, all waves"]),
        ("creme street", ["Case studies: Crème Street"]),
        ("aldenmere  end", ["Survey: Aldenmere, End"]),
        ("three towns", ["Case studies: Crème Street"]),
        ("may 2025", ["Survey: Aldenmere, Start"]),
        (".*", []),
        ("word", []),
    ],
)
def test_the_search_finds_every_word_whatever_its_accents(tab, words, left):
    tab.get_by_label("Search").fill(words)

    assert shown(tab) == left


@in_browser
def test_a_programme_with_nothing_left_goes_with_its_heading(tab):
    tab.get_by_label("Programme", exact=True).select_option("Three towns")

    assert [one.inner_text() for one in tab.locator("h2").all() if one.is_visible()] == ["Three towns"]
    assert status(tab) == "1 of 5 reports"


@in_browser
def test_choices_narrow_down_together(tab):
    tab.get_by_label("Place").select_option("Aldenmere")
    tab.get_by_label("Wave").select_option("End")

    assert shown(tab) == ["Survey: Aldenmere, End"]


@in_browser
def test_a_choice_that_would_leave_nothing_cannot_be_made(tab):
    tab.get_by_label("Place").select_option("Aldenmere")

    assert open_choices(tab, "wave") == ["Any", "Start", "End"]
    assert open_choices(tab, "audience") == ["Any", "For the team only"]
    assert open_choices(tab, "place") == ["Any", "All places", "Aldenmere", "Crème Street", "Łódź"]


@in_browser
def test_days_count_from_the_first_to_the_last_that_is_named(tab):
    tab.get_by_label("Data from").fill("2025-05-01")
    tab.get_by_label("Data up to").fill("2026-02-01")

    assert shown(tab) == ["Survey: Aldenmere, Start", "Survey: Aldenmere, End"]


@in_browser
def test_nothing_left_is_said_and_one_button_brings_all_back(tab):
    tab.get_by_label("Search").fill("nothing like it")
    said = status(tab)

    tab.get_by_role("button", name="Show all").click()

    assert said == "None of 5 reports fits."
    assert status(tab) == "5 of 5 reports"
    assert "#" not in tab.url


@in_browser
def test_a_link_brings_back_what_was_asked(tab, opening):
    tab.get_by_label("Place").select_option("Łódź")
    tab.get_by_label("Search").fill("a & b = c # d")
    tab.get_by_label("Search").blur()

    asked = parse_qs(tab.url.partition("#")[2])
    again = opening(f"index.html#{tab.url.partition('#')[2]}")

    assert asked == {"words": ["a & b = c # d"], "place": ["Łódź"]}
    assert again.get_by_label("Search").input_value() == "a & b = c # d"
    assert again.get_by_label("Place").input_value() == "Łódź"


@in_browser
def test_a_link_to_what_is_no_more_shows_everything(opening):
    tab = opening("index.html#place=Atlantis&from=yesterday&what=else")

    assert status(tab) == "5 of 5 reports"
    assert tab.get_by_label("Place").input_value() == ""
    assert tab.said == []


@in_browser
def test_a_link_into_the_page_leaves_the_choices_alone(tab):
    tab.get_by_label("Place").select_option("Aldenmere")

    tab.keyboard.press("Tab")
    tab.locator(".skip").focus()
    tab.keyboard.press("Enter")

    assert tab.evaluate("location.hash") == "#main"
    assert status(tab) == "2 of 5 reports"


@in_browser
def test_the_keyboard_alone_searches_and_opens(tab):
    for _ in range(2):  # past the link that skips to the reports
        tab.keyboard.press("Tab")
    tab.keyboard.type("case")
    tab.keyboard.press("Enter")

    assert shown(tab) == ["Case studies: Crème Street"]
    for _ in range(9):  # six more controls, two of which are dates of several parts, and the button
        tab.keyboard.press("Tab")
    reached = [tab.evaluate("document.activeElement.textContent")]
    for _ in range(8):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.textContent"))
    assert "Case studies: Crème Street" in reached
    assert "Survey: Aldenmere, End" not in reached


@in_browser
def test_on_a_phone_the_choices_are_folded_until_a_link_uses_one(opening):
    assert not opening(width=320).get_by_label("Place").is_visible()
    assert opening("index.html#place=Aldenmere", width=320).get_by_label("Place").is_visible()


@in_browser
def test_thumbnails_are_drawn_also_from_a_folder_on_disk(tab):
    picture = tab.locator("img")

    picture.scroll_into_view_if_needed()
    for _ in range(100):
        if picture.evaluate("one => one.naturalWidth"):
            break
        tab.wait_for_timeout(20)

    assert picture.evaluate("one => one.naturalWidth") == 480
    assert tab.said == []


@in_browser
@pytest.mark.parametrize(
    "scheme", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}]
)
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("script", ["with script", "without"])
def test_axe_finds_no_fault_in_the_list(opening, width, scheme, script):
    tab = opening(width=width, bypass_csp=True, **scheme)

    if script == "without":
        tab.evaluate(
            "document.querySelector('form').hidden = !(document.querySelector('nav').hidden = false)"
        )
    else:
        tab.evaluate("document.querySelector('details').open = true")

    assert faults(tab) == []
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= width


@in_browser
def test_hostile_titles_run_nothing_and_are_found_like_any_other(opening):
    tab = opening("hostile.html")

    for number, words in enumerate(HOSTILE):
        tab.get_by_label("Programme", exact=True).select_option(f"h{number}")
        assert status(tab).startswith("1 of "), words
    tab.get_by_role("button", name="Show all").click()
    tab.get_by_label("Search").fill("</script><script>alert(1)</script>")

    assert tab.said == []
