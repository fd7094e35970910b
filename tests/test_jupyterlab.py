"""A real JupyterLab in a real browser: start_here, the panel with mouse and keyboard, an expectation kept."""

import re

import pytest
from jupyterlab import served, workbook
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SECONDS = 60_000  # milliseconds; a busy machine starts a kernel slowly
EXPECT = """\
from coprod import reflect

reflect.expect(
    "Of 100 people, how many agreed?",
    shown=lambda: figures.by_section(protect(likert.shares(latest, ["time_talk"]))),
)"""
CHOOSE = 'reflect.expect("Which is it?", ["More <b>", "Fewer"], right="Fewer", shown=["It was fewer."])'
PROMPT = 'reflect.prompt("What did you bring to this?")'


@pytest.fixture(scope="module")
def lab(tmp_path_factory, browser):
    """Open start_here in JupyterLab and run all cells; return the page and the workbook."""
    folder = workbook(tmp_path_factory.mktemp("lab") / "workbook", EXPECT, CHOOSE, PROMPT)
    with served(folder) as address, browser.new_page(viewport={"width": 1280, "height": 1000}) as page:
        page.set_default_timeout(SECONDS)
        page.goto(address)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-item").filter(has_text="Run All Cells").first.click()
        page.get_by_role("button", name="Keep it").wait_for()
        yield page, folder


def said(page: Page):
    """Return the line that the panel reads aloud."""
    return page.locator("[role=alert]").filter(has_text=re.compile("Shown now|cannot be shown"))


def test_start_here_runs_to_its_end_without_an_error(lab):
    page, _ = lab

    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    expect(said(page)).to_contain_text("How people answered")


def test_the_panel_is_worked_with_the_mouse(lab):
    page, _ = lab
    page.get_by_label("Look at").select_option("How many answered favourably")
    page.get_by_label("Groups").select_option("Sectors")

    expect(said(page)).to_contain_text("How many answered favourably")
    expect(page.get_by_label("Code to copy")).to_have_value(re.compile("by = 'sector'"))


def test_the_panel_is_worked_with_the_keyboard_alone(lab):
    page, _ = lab
    cells = page.locator(".jp-Cell").count()
    page.get_by_label("Programme").focus()
    for label in ("Look at", "Place"):
        page.keyboard.press("Tab")
        expect(page.get_by_label(label)).to_be_focused()
    page.keyboard.press("ArrowDown")

    expect(page.get_by_label("Code to copy")).to_have_value(re.compile("place='aldenmere'"))
    expect(page.get_by_label("Place")).to_be_focused()
    assert page.locator(".jp-Cell").count() == cells


def test_an_expectation_is_kept_before_the_figure_is_shown(lab):
    page, folder = lab
    for label, share in (("Agree", "60"), ("Disagree", "40")):
        page.get_by_label(label, exact=True).fill(share)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Show it").first.click()

    expect(page.get_by_text("for you alone").first).to_be_visible()
    kept = (folder / "my_reflections" / "start_here.md").read_text(encoding="utf-8")
    assert "Agree: 60 of 100" in kept


def test_an_option_and_a_reflection_are_kept_by_keyboard_alone(lab):
    page, folder = lab
    page.get_by_label("More <b>").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It was fewer.")).to_be_visible()
    page.get_by_label("In your words").focus()
    page.keyboard.type("A # heading")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("for you alone")).to_have_count(3)
    kept = (folder / "my_reflections" / "start_here.md").read_text(encoding="utf-8")
    assert "“Fewer”" in kept
    assert r"> A \# heading" in kept
