"""Pages in a browser: nothing axe can fault, nothing loaded from outside, nothing wider than a phone.

Axe finds part of what WCAG asks for. Reading order, and whether a picture's words say what the picture
shows, are for people to judge.
"""

import datetime as dt
from pathlib import Path

import pytest
from browser import CHROMIUM, chromium, faults, long_notebook, notebook, text, unbroken_notebook

from coprod.publish import Entry, index_page, page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
ROOT = Path(__file__).parents[1]
BUILT = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "reports").rglob("*.html"))
ENTRY = Entry(
    programme="demo",
    programme_title="Riverside together",
    about="Neighbours and a council.",
    kind="synthetic",
    report_title="What we learned",
    href="demo/learning_report/index.html",
    place="North bank",
    wave="Before",
    audience="public",
    date=dt.date(2025, 7, 1),
)
MADE = {
    "long.html": lambda: page(long_notebook()),
    "long-internal-invented.html": lambda: page(long_notebook("synthetic", "internal")),
    "unbroken.html": lambda: page(unbroken_notebook()),
    "short.html": lambda: page(notebook(text("## Only this\n\nAnd no more."))),
    "index.html": lambda: index_page([ENTRY]),
    "empty-index.html": lambda: index_page([]),
}
PAGES = [*MADE, *BUILT]


@pytest.fixture(scope="session")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name, make in MADE.items():
        (folder / name).write_text(make(), encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def open_page(browser, made):
    """Open a page by name, and close it after the test."""
    contexts = []

    def opened(name, width=1280, *, listen=None, **context):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **context))
        page = contexts[-1].new_page()
        for event in listen or {}:
            page.on(event, listen[event])
        page.goto(((made if name in MADE else ROOT) / name).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault(open_page, name, width, scheme):
    opened = open_page(name, width, bypass_csp=True, color_scheme=scheme)

    opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert faults(opened) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_nothing_and_breaks_no_rule_of_its_own(open_page, name):
    """The policy's own complaints, such as a style that it does not know, come as console messages."""
    asked, said = [], []

    opened = open_page(
        name,
        listen={
            "request": lambda request: asked.append(request.url),
            "console": lambda message: said.append(message.text),
        },
    )

    assert [url for url in asked if not url.startswith("data:")] == [opened.url]
    assert said == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(open_page, name):
    opened = open_page(name, 320)

    assert opened.evaluate("document.scrollingElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_with_letters_of_twice_the_size(open_page, name):
    """At 1280 px, twice the text size leaves as much room as 640 px."""
    opened = open_page(name, bypass_csp=True)

    opened.add_style_tag(content="html { font-size: 200% }")

    assert opened.evaluate("document.scrollingElement.scrollWidth") <= 1280


def test_the_stylesheet_passes_the_policy(open_page):
    opened = open_page("long.html")

    assert opened.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "1200px"


def test_pictures_are_drawn(open_page):
    opened = open_page("long.html")

    assert opened.evaluate("[...document.images].map(one => one.naturalWidth > 0)") == [True, True]


def test_the_numbers_behind_figures_are_printed(open_page):
    opened = open_page("long.html")

    opened.emulate_media(media="print")

    assert opened.locator("details table").first.evaluate("one => one.getBoundingClientRect().height") > 50


def test_the_first_tab_stop_skips_to_the_report(open_page):
    opened = open_page("long.html")

    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")

    assert opened.evaluate("document.activeElement.id") == "main"


def test_a_wide_picture_scrolls_by_keyboard(open_page):
    opened = open_page("long.html", 320)
    picture = opened.locator(".card").first

    picture.focus()
    opened.keyboard.press("ArrowRight")
    for _ in range(100):  # scrolling is smooth; the page's own policy forbids waiting for an expression
        if picture.evaluate("one => one.scrollLeft") > 0:
            break
        opened.wait_for_timeout(20)

    assert picture.evaluate("one => one.scrollLeft") > 0


def test_axe_would_find_a_fault(open_page):
    opened = open_page("short.html", bypass_csp=True)

    opened.evaluate("document.querySelector('main').append(document.createElement('img'))")

    assert [fault.split(":")[0] for fault in faults(opened)] == ["image-alt"]
