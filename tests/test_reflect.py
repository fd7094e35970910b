import getpass
import math
import os
import re
import stat

import mistune
import pytest
from browser import drawn, given_out, shares
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from coprod import live, reflect
from coprod.names import UnknownName
from coprod.privacy import protect
from coprod.publish.refuse import check_cells
from coprod.reflect import keeping
from coprod.reflect.asking import Expectation, Options, Reflection, Shares
from coprod.reflect.distance import distance, found, how_far, most_given, verdict

TEXT_ONLY = {"h2", "p", "strong", "blockquote"}
SHOWN = drawn()  # of 9 people 1 disagreed, 2 did neither, 6 agreed


@pytest.fixture
def folder(workbook, monkeypatch):
    """Return where the reflections of an empty workbook go."""
    monkeypatch.setenv("JPY_SESSION_NAME", "/somewhere/notebooks/start_here.ipynb")
    return workbook / "my_reflections"


def rendered(answer):
    """Return a kept answer as a program that reads Markdown, raw HTML included, would show it."""
    entry = keeping._entry("Why?", answer, keeping.dt.datetime(2026, 1, 2))
    return mistune.create_markdown(escape=False)(entry)


def expected(disagree, neither, agree):
    return {"Disagree": disagree, "Neither": neither, "Agree": agree}


def test_the_distance_is_the_smallest_share_to_be_moved():
    answers = found([SHOWN])

    assert distance(expected(1 / 9, 2 / 9, 6 / 9), answers) == pytest.approx(0)
    assert distance(expected(1, 0, 0), answers) == pytest.approx(8 / 9)
    assert distance(expected(4 / 9, 2 / 9, 3 / 9), answers) == pytest.approx(3 / 9)


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3).filter(sum))
def test_the_distance_lies_between_none_and_all(parts):
    shares_expected = dict(zip(found([SHOWN]), (part / sum(parts) for part in parts), strict=True))

    assert -1e-9 <= distance(shares_expected, found([SHOWN])) <= 1 + 1e-9


@pytest.mark.parametrize(
    ("guess", "said"),
    [
        ((4, 2, 3), "about 3 in 10"),
        ((1, 2, 6), "what you expected"),
        ((9, 0, 0), "about 9 in 10"),
    ],
)
def test_the_distance_is_said_in_words(guess, said):
    assert said in how_far(expected(*(part / 9 for part in guess)), found([SHOWN]))


def test_shares_that_may_not_be_shown_are_not_measured():
    answers = found([drawn(protect(shares((3, 5, 20)), "public"))])
    even = dict.fromkeys(answers, 1 / 3)

    assert math.isnan(distance(even, answers))
    assert "not measured" in how_far(even, answers)
    assert most_given(answers) == ["Agreed"]


def test_an_option_is_right_if_most_people_gave_it():
    answers = found([SHOWN])

    for chosen in ("Agree", "Neither"):
        said = verdict(chosen, most_given(answers), answers)
        assert said == f"You expected “{chosen}”, and found was “Agree” (6 of 9)."


def test_an_expectation_is_kept_and_then_shown_beside_what_was_found(folder):
    form = Shares(found([SHOWN]))
    asked = Expectation("How many agreed?", form, lambda: live.figures([SHOWN]), None)
    form.fields["Agree"].value, form.fields["Neither"].value = 60, 40

    asked.button.click()

    kept = (folder / "start_here.md").read_text()
    assert re.match(r"## \d+ \w+ \d{4}, \d\d:\d\d\n\n\*\*How many agreed\?\*\*\n\n> Expected:", kept)
    assert "> Agree: 60 of 100\n" in kept
    assert all(part in asked.result.value for part in ("2 in 10", "60 of 100", "6 of 9", "<svg"))


def test_nothing_is_shown_or_kept_until_all_shares_are_given_out(folder):
    form = Shares(found([SHOWN]))
    asked = Expectation("How many agreed?", form, lambda: "<svg>", None)
    form.fields["Agree"].value = 60

    asked.button.click()

    assert "40 of 100 left" in asked.result.value
    assert "<svg" not in asked.result.value
    assert not folder.exists()


def test_what_is_changed_after_looking_is_no_expectation(folder):
    form = Options(["More", "Fewer"], ["More"], {})
    asked = Expectation("Which?", form, lambda: "", None)
    form.radio.value = "Fewer"
    asked.button.click()
    form.radio.value = "More"
    asked.button.click()

    assert (folder / "start_here.md").read_text().count("## ") == 1


def test_nothing_is_shown_before_one_is_chosen(folder):
    asked = Expectation("Which?", Options(["More", "Fewer"], [], {}), lambda: "found", None)

    asked.button.click()

    assert "Choose one first" in asked.result.value
    assert "found" not in asked.result.value


def test_sliders_and_fields_move_together():
    form = Shares(found([SHOWN]))
    field, slider = form.widget.children[0].children

    slider.value = 35

    assert field.value == 35


def test_words_are_kept_once_and_stay_on_the_screen(folder):
    asked = Reflection("What did you bring?", None)
    asked.words.value = "Patience"
    asked.button.click()
    asked.button.click()

    assert (folder / "start_here.md").read_text().count("Patience") == 1
    assert asked.words.value == "Patience"
    assert "kept already" in asked.result.value


def test_where_it_cannot_be_kept_it_says_so_and_leaves_the_words(folder):
    folder.touch()  # a file where the folder would be
    asked = Reflection("What did you bring?", None)
    asked.words.value = "Patience"

    asked.button.click()

    assert "could not be kept" in asked.result.value
    assert asked.words.value == "Patience"


@pytest.mark.skipif(os.getuid() == 0, reason="nothing is read-only for the superuser")
def test_a_read_only_folder_is_said_to_be_one(folder):
    folder.mkdir(mode=0o500)

    with pytest.raises(PermissionError):
        keeping.keep("Why?", "Because", None)


def test_the_file_is_for_its_owner_only(folder):
    file = keeping.keep("Why?", "Because", None)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_somebody_elses_file_is_left_alone(folder, monkeypatch):
    first = keeping.keep("Why?", "Because", None)
    owner = os.getuid()
    real = os.fstat
    monkeypatch.setattr(os, "getuid", lambda: owner + (real(first_open).st_ino == first.stat().st_ino))
    first_open = os.open(first, os.O_RDONLY)

    with pytest.raises(PermissionError, match="somebody else"):
        keeping.keep("And?", "So", None)
    os.close(first_open)

    assert "So" not in first.read_text()


def test_a_link_is_not_followed(folder, tmp_path):
    folder.mkdir()
    (folder / "start_here.md").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="symbolic"):
        keeping.keep("Why?", "Because", None)


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "..", "a/b.ipynb", ".hidden"])
def test_a_notebooks_name_never_leaves_the_folder(folder, name):
    assert keeping.keep("Why?", "Because", name).resolve().parent == folder.resolve()


@given(st.text())
def test_any_answer_stays_text(answer):
    html = rendered(answer)

    assert set(re.findall(r"</?(\w+)", html)) <= TEXT_ONLY
    assert html.count("<h2>") == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "# Heading",
        "a\n===",
        "<script>x</script>",
        "![x](http://a)",
        "- list",
        "1. one",
        "```\ncode",
        "$x$",
        "* * *",
    ],
)
def test_hostile_words_are_only_words(hostile):
    html = rendered(hostile)

    assert set(re.findall(r"</?(\w+)", html)) <= TEXT_ONLY


def test_without_a_front_end_question_and_figure_follow_each_other_and_can_be_published(folder):
    with given_out() as outputs:
        reflect.expect("How many agreed?", shown=lambda: SHOWN)
        reflect.prompt("What did you bring?")

    check_cells(new_notebook(cells=[new_code_cell("", outputs=outputs)]))
    assert "How many agreed?" in outputs[0]["data"]["text/plain"]
    assert any("image/svg+xml" in output["data"] for output in outputs)
    assert not folder.exists()


def test_a_programme_without_the_data_says_why_there_is_nothing(workbook):
    from browser import NOTHING

    with given_out() as outputs:
        reflect.expect("How many agreed?", shown=NOTHING)

    assert "This programme has no survey." in outputs[-1]["data"]["text/plain"]


def test_with_a_front_end_the_form_is_given_out(monkeypatch):
    monkeypatch.setattr(live, "front_end", lambda: True)
    given_views = []
    monkeypatch.setattr(live, "display", lambda data, raw: given_views.append(data))

    reflect.expect("How many agreed?", shown=SHOWN)
    reflect.expect("Which?", ["<b>", "Fewer"], shown=["It was fewer."])
    reflect.prompt("What did <you> bring?")

    pages = [view["text/html"] for view in given_views if "text/html" in view]
    assert len(pages) == 3
    assert "<you>" not in pages[2]


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({}, ValueError, "options to choose from"),
        ({"shown": lambda: None}, TypeError, "gives nothing back"),
        ({"shown": [1]}, TypeError, "gives nothing back"),
        ({"shown": drawn(protect(shares((1, 2, 6), (2, 3, 4)), "internal"))}, ValueError, "several"),
        ({"options": ["More", "Fewer"], "right": "More or less"}, UnknownName, "option"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(arguments, error, said):
    with pytest.raises(error, match=said):
        reflect.expect("How many agreed?", **arguments)


def test_there_is_always_a_login_name_to_tell_files_apart():
    assert keeping._safe(getpass.getuser())
