"""Pages in a browser: nothing axe can fault, nothing loaded from outside, nothing wider than a phone.

Axe finds part of what WCAG asks for. Reading order, and whether a picture's words say what the picture
shows, are for people to judge.
"""

from collections import Counter
from pathlib import Path

import pytest
from browser import ENTRIES, faults, long_notebook, notebook, text, unbroken_notebook

from coprod.publish import index_page, page
from coprod.publish.views import easy

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[1]
BUILT = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "reports").rglob("*.html"))
MADE = {
    "long.html": lambda: page(long_notebook()),
    "long-internal-invented.html": lambda: page(long_notebook("synthetic", "internal")),
    "unbroken.html": lambda: page(unbroken_notebook()),
    "short.html": lambda: page(notebook(text("## Only this\n\nAnd no more."))),
    "easy.html": lambda: easy(page(long_notebook())),
    "index.html": lambda: index_page(ENTRIES),
    "empty-index.html": lambda: index_page([]),
}
PAGES = [*MADE, *BUILT]


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


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [(name, *((1280, "light"), (320, "dark"))[place % 2]) for place, name in enumerate(PAGES)],
)
def test_axe_finds_no_fault(open_page, name, width, scheme):
    opened = open_page(name, width, bypass_csp=True, color_scheme=scheme)

    opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert faults(opened) == []


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize(
    ("width", "looks", "letters"),
    [
        (1280, {"color_scheme": "light"}, "100%"),
        (320, {"color_scheme": "light"}, "100%"),
        (1280, {"color_scheme": "dark"}, "100%"),
        (320, {"color_scheme": "dark"}, "100%"),
        (1280, {"forced_colors": "active"}, "100%"),
        (320, {"forced_colors": "active"}, "100%"),
        (1280, {"color_scheme": "light"}, "200%"),
    ],
)
def test_axe_finds_no_fault_in_any_colours_and_sizes(open_page, name, width, looks, letters):
    opened = open_page(name, width, bypass_csp=True, **looks)

    opened.add_style_tag(content=f"html {{ font-size: {letters} }}")
    opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert faults(opened) == []


@pytest.mark.parametrize("name", MADE)
def test_the_keyboard_alone_reaches_everything(open_page, name):
    opened = open_page(name)
    stops = "a[href], button, input, select, summary, [tabindex='0']"
    there = opened.evaluate(
        "stops => [...document.querySelectorAll(stops)].filter(one => one.checkVisibility()"
        " && !one.disabled).map((one, place) => one.dataset.stop = place).length",
        stops,
    )

    reached = set()
    for _ in range(3 * there + 5):  # a date has stops within itself
        opened.keyboard.press("Tab")
        reached.add(opened.evaluate("document.activeElement.dataset.stop"))

    assert reached - {None} == {str(place) for place in range(there)}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_nothing_and_breaks_no_rule_of_its_own(open_page, name):
    """Complaints of the policy, as of a style it does not know, come as console messages.

    The list of reports alone loads something: their thumbnails, from below its own folder.
    """
    asked, said = [], []

    opened = open_page(
        name,
        listen={
            "request": lambda request: asked.append(request.url),
            "console": lambda message: said.append(message.text),
        },
    )

    pictures = opened.locator("img[loading=lazy]").evaluate_all("all => all.map(one => one.src)")
    assert all(url.startswith(opened.url.removesuffix("index.html")) for url in pictures)
    loaded = [url for url in asked if not url.startswith("data:") and url not in pictures]
    assert loaded == [opened.url]
    assert said == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone_and_letters_of_twice_the_size(open_page, name):
    """At 1280 px, twice the text size leaves as much room as 640 px."""
    opened = open_page(name, 320, bypass_csp=True)
    widths = [opened.evaluate("document.scrollingElement.scrollWidth")]

    opened.set_viewport_size({"width": 1280, "height": 900})
    opened.add_style_tag(content="html { font-size: 200% }")
    widths.append(opened.evaluate("document.scrollingElement.scrollWidth"))

    assert widths[0] <= 320
    assert widths[1] <= 1280


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


@pytest.mark.parametrize("width", [1280, 320])
def test_a_table_is_a_table_to_a_screen_reader_also_where_its_rows_are_lists(open_page, width):
    opened = open_page("long.html", width)
    nodes = opened.context.new_cdp_session(opened).send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
    written = [
        opened.locator(f"body :not(details) > div > table {tag}").count() for tag in ("thead th", "td")
    ]

    assert [roles["columnheader"], roles["cell"]] == written


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
