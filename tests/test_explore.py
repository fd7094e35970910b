import asyncio
import sys
from itertools import product

import pytest
from browser import given_out
from nbformat.v4 import new_code_cell, new_notebook

from coprod import display, explore, live
from coprod.explore.controls import Panel
from coprod.explore.making import Choice, Maker, code, first, sections
from coprod.explore.views import VIEWS
from coprod.names import UnknownName
from coprod.privacy import Shown
from coprod.publish.refuse import check_cells


@pytest.fixture(scope="module")
def maker():
    return Maker()


@pytest.fixture
def panel(maker):
    return Panel(maker, "demo", "internal")


def choices(maker):
    """Every way to look and every grouping, for both audiences, of two questions."""
    for (name, view), audience in product(VIEWS.items(), ("internal", "public")):
        start = Choice("demo", audience, view=name)
        items = tuple(next(iter(sections(maker.data(start), name).values()))[:2])
        for _, by in view.groups(maker.data(start)):
            yield Choice("demo", audience, view=name, by=by, items=items)


def test_the_code_gives_out_what_the_panel_shows(maker):
    for choice in choices(maker):
        made = maker.make(choice)
        with given_out() as shown:
            display.show(*made.drawn)
            display.table(made.shown, VIEWS[choice.view].title)
            display.say(made.said)
        with given_out() as copied:
            exec(code(choice), {})
        assert copied == shown


def test_what_is_shown_has_come_through_the_door(maker):
    for choice in choices(maker):
        made = maker.make(choice)
        assert made.shown.audience == choice.audience
        assert all(isinstance(one.shown, Shown) for one in made.drawn)


def test_a_place_and_a_wave_are_in_the_code():
    lines = code(Choice("demo", "public", place="aldenmere", wave="start", items=("time_talk",)))

    assert "coprod.open('demo', place='aldenmere', wave='start').latest()" in lines


def test_the_panel_shows_figure_words_table_and_code_in_one_piece(panel):
    written = []
    panel.shown.observe(lambda change: written.append(change["new"]), "value")

    panel.place.value = "aldenmere"

    assert len(written) == 1
    assert all(part in written[0] for part in ("<svg", live.WORDS, "<ul>", "<table>", 'role="alert"'))
    assert "place='aldenmere'" in panel.code.value


def test_for_the_public_the_panel_shows_no_counts(panel):
    panel.audience.value = "public"
    panel.place.value = "aldenmere"

    assert "Shares are said in words" in panel.shown.value


def test_of_quick_moves_only_the_last_is_drawn(panel):
    written = []
    panel.shown.observe(lambda change: written.append(change["new"]), "value")

    async def moves():
        for place in ("aldenmere", "brackwater", "corvenham"):
            panel.place.value = place
        while not written:
            await asyncio.sleep(0.02)

    asyncio.run(moves())

    assert len(written) == 1
    assert "place='corvenham'" in panel.code.value


def test_what_is_no_longer_asked_for_when_it_is_done_is_not_shown(panel, monkeypatch):
    make, before = panel.maker.make, panel.shown.value

    def slow(choice):
        panel.audience.unobserve_all()
        panel.audience.value = "public"
        return make(choice)

    monkeypatch.setattr(panel.maker, "make", slow)
    panel.draw()

    assert panel.shown.value == before


def test_a_programme_with_problems_says_so_and_shows_nothing_else(panel, data_in):
    folder = data_in / "broken"
    folder.mkdir()
    (folder / "programme.toml").write_text("title = 1")

    panel.programme.options = [*panel.programme.options, ("broken", "broken")]
    panel.programme.value = "broken"

    assert "This cannot be shown" in panel.shown.value
    assert "<svg" not in panel.shown.value
    assert panel.code.value == ""


@pytest.mark.parametrize("programme", ["knowledge-in-action", "carpentries-2017", "sivocs"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_programme_can_be_looked_at_in_every_way(panel, programme, view):
    panel.programme.value = programme
    panel.view.value = view

    assert "Shown now" in panel.shown.value


def test_a_panel_can_be_given_out_again(monkeypatch):
    monkeypatch.setattr(live, "front_end", lambda: True)
    given = []
    monkeypatch.setattr(live, "display", lambda data, raw: given.append(data))

    explore.panel()
    explore.panel()

    assert sum("text/html" in data for data in given) == 2


def test_every_control_has_a_label(panel):
    assert all(control.description for control in [*panel.controls, panel.code])


def test_chosen_questions_stay_chosen_for_another_place(panel):
    panel.items.value = ("time_rushed",)
    panel.place.value = "brackwater"

    assert panel.choice().items == ("time_rushed",)


def test_without_a_front_end_the_first_state_is_given_out_and_can_be_published():
    with given_out() as outputs:
        explore.panel()

    check_cells(new_notebook(cells=[new_code_cell("", outputs=outputs)]))
    assert outputs[-1]["data"]["text/plain"] == explore.WORKED


def test_without_ipywidgets_the_first_state_is_given_out_and_says_so(monkeypatch):
    monkeypatch.setattr(live, "front_end", lambda: True)
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    monkeypatch.setattr(live, "find_spec", lambda name: None)

    with given_out() as outputs:
        explore.panel()

    assert live.NO_WIDGETS in outputs[-1]["data"]["text/plain"]


def test_with_a_front_end_the_panel_is_given_out_with_a_page_for_readers(monkeypatch):
    monkeypatch.setattr(live, "front_end", lambda: True)
    given = []
    monkeypatch.setattr(live, "display", lambda data, raw: given.append(data))

    explore.panel()

    assert "application/vnd.jupyter.widget-view+json" in given[0]
    assert "<svg" in given[0]["text/html"]


@pytest.mark.parametrize(("programme", "audience"), [("dmeo", "internal"), ("demo", "pubic")])
def test_an_unknown_name_gives_the_nearest(programme, audience):
    with pytest.raises(UnknownName, match=r"demo|public"):
        explore.panel(programme, audience)


def test_the_panel_opens_with_the_first_set_of_questions(maker):
    assert first(maker, "demo", "internal").items[0] == "time_talk"
