"""The six sessions: their notebooks, the copies and sheets made of them, and the forms."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

import coprod
from coprod import framework, kernels, likert, live, multiverse, privacy, teaching
from coprod.figures import four_ways
from coprod.names import UnknownName
from coprod.publish import page
from coprod.reflect import keeping
from coprod.teaching import SESSIONS, copies, sheets, suits
from coprod.teaching.analysts import given_by, options
from coprod.teaching.apart import MOST, taken_apart
from coprod.teaching.forms import Analyst, Problem
from coprod.teaching.sessions import named
from coprod.teaching.writing import CannotTeach, write

PROGRAMMES = ("demo", "knowledge-in-action", "carpentries-2017")
MINUTES = re.compile(r"^## .*\((\d+) minutes\)$", re.MULTILINE)
STEP = re.compile(r"^## (\d)\. ", re.MULTILINE)
SAID_BY_A_FACILITATOR = ("For the facilitator", "Listen for", "When nobody speaks")


def markdown(notebook) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def told(notebook) -> str:
    """Everything that was given out, in words."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "\n".join(output["data"]["text/plain"] for output in outputs)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Run a session, once for each programme."""
    made, folder = {}, tmp_path_factory.mktemp("ran")

    def run(session: str, programme: str):
        if (session, programme) not in made:
            output = folder / f"{session}-{programme}.ipynb"
            made[session, programme] = kernels.execute(
                copies.source(session), output, {"programme": programme}
            ).notebook
        return made[session, programme]

    return run


def test_the_folder_holds_the_six_sessions_and_nothing_else():
    there = sorted(path.stem for path in (ROOT / "notebooks" / "teaching").glob("*.ipynb"))

    assert there == list(SESSIONS)


@pytest.mark.parametrize("session", SESSIONS)
def test_the_title_is_the_one_that_is_told_everywhere(session):
    assert markdown(copies.read(session))[0].startswith(f"# {SESSIONS[session].title}\n")


@pytest.mark.parametrize("session", SESSIONS)
def test_the_minutes_of_the_steps_add_up_to_ninety(session):
    text = "\n".join(markdown(copies.read(session)))

    assert sum(map(int, MINUTES.findall(text))) == 90
    assert len(MINUTES.findall(text)) == len(STEP.findall(text))
    assert STEP.findall(text) == [str(step) for step in range(1, len(STEP.findall(text)) + 1)]


@pytest.mark.parametrize("session", SESSIONS)
def test_every_session_states_three_aims_to_those_who_take_part(session):
    aims = [text for text in markdown(copies.for_participants(copies.read(session))) if "## Aims" in text]

    assert len(aims) == 1
    assert aims[0].count("\n- ") == 3


@pytest.mark.parametrize("copy", [copies.for_facilitator, copies.for_participants])
@pytest.mark.parametrize("session", SESSIONS)
def test_no_heading_skips_a_level(session, copy):
    text = "\n".join(markdown(copy(copies.read(session))))
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("session", SESSIONS)
def test_every_step_has_a_page_for_the_facilitator(session):
    notebook = copies.read(session)
    pages = [cell.source for cell in notebook.cells if copies.has(cell, "facilitator")]

    assert len(pages) == 1 + len(STEP.findall("\n".join(markdown(notebook))))
    for text in pages[1:]:
        assert "**Listen for** " in text
        assert "**Often said" in text
        assert "**When nobody speaks:** " in text or "**When somebody has finished early:** " in text


@pytest.mark.parametrize("session", SESSIONS)
def test_a_participants_copy_has_no_facilitators_cell_and_nothing_was_given_out(session):
    copy = copies.for_participants(copies.read(session))
    code = [cell for cell in copy.cells if cell.cell_type == "code"]

    nbformat.validate(copy)
    assert not [cell for cell in copy.cells if copies.has(cell, "facilitator")]
    assert not [
        said for said in SAID_BY_A_FACILITATOR if said in "\n".join(cell.source for cell in copy.cells)
    ]
    assert [cell for cell in code if cell.outputs or cell.execution_count is not None] == []


@pytest.mark.parametrize("session", SESSIONS)
def test_both_copies_run_the_same_code_on_the_programme_that_was_asked_for(session):
    notebook = copies.read(session)
    both = [make(notebook, "our-own") for make in (copies.for_facilitator, copies.for_participants)]
    code = [[cell.source for cell in one.cells if cell.cell_type == "code"] for one in both]

    assert code[0] == code[1]
    assert code[0][0].startswith('programme = "our-own"  #')


@pytest.mark.parametrize("session", SESSIONS)
def test_every_question_to_write_on_is_tagged_so_that_paper_has_room_for_it(session):
    asking = [
        cell for cell in copies.read(session).cells if re.search(r"reflect\.(prompt|expect)\(", cell.source)
    ]

    assert asking
    assert [
        cell.source for cell in asking if not {"write", "reveal"} & set(cell.metadata.get("tags", []))
    ] == []


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("session", SESSIONS)
def test_every_session_runs_to_its_end_and_can_be_printed(session, programme, ran):
    notebook = ran(session, programme)
    title = SESSIONS[session].title

    assert suits(coprod.open(programme), session)[0] in told(notebook)
    assert "<h1" in page(notebook)
    assert "Listen for" not in sheets.handout(notebook) + sheets.results(notebook, title)
    assert "Listen for" in sheets.notes(notebook, title)


def test_what_is_to_be_guessed_stands_on_the_results_and_not_on_the_hand_out(ran):
    notebook = ran("e_many_analysts", "demo")
    title, found = SESSIONS["e_many_analysts"].title, "ways of counting"

    assert found in told(notebook)
    assert found not in sheets.handout(notebook)
    assert found in sheets.results(notebook, title)


def test_a_hand_out_asks_on_paper_and_speaks_of_no_screen(ran):
    handout = sheets.handout(ran("a_reading_one_chart_four_ways", "demo"))

    assert "Whom does it hide?" in handout
    assert "In JupyterLab" not in handout
    assert handout.count("<hr") == 6 * sheets.LINES["write"] + sheets.LINES["reveal"]


def test_a_session_without_guesses_has_no_results(ran):
    assert sheets.results(ran("f_was_it_coproduction", "demo"), "Was it?") == ""


def test_a_programme_without_a_survey_is_told_which_sessions_it_can_hold():
    data = coprod.open("knowledge-in-action")

    said = suits(data, "a")

    assert "needs a survey" in said[0]
    assert "“Taking a problem apart” (d)" in said[1]
    assert "(c)" not in said[1]
    assert suits(data, "f") == ["This session can be held with “Knowledge in action”."]


def test_an_unknown_session_names_the_nearest():
    with pytest.raises(UnknownName, match="c_whose_voice"):
        named("c_whos_voice")


@pytest.mark.parametrize("parameters", [{"programme": "dmeo"}, {"place": "aldenmer"}, {"audience": "publik"}])
def test_a_wrong_parameter_stops_with_the_nearest_names(parameters, tmp_path):
    source = copies.source("a_reading_one_chart_four_ways")
    nearest = {"programme": "demo", "place": "aldenmere", "audience": "public"}

    with pytest.raises(kernels.Stopped, match=nearest[next(iter(parameters))]):
        kernels.execute(source, tmp_path / "ran.ipynb", parameters)


def test_a_folder_is_written_whole_and_never_over_somebodys_work(tmp_path):
    session = "f_was_it_coproduction"

    folder = write(session, "knowledge-in-action", tmp_path)
    kernels.execute(folder / f"{session}_participants.ipynb", tmp_path.parent / "ran.ipynb", {})
    (folder / f"{session}_participants.ipynb").write_text("mine", encoding="utf-8")

    assert sorted(path.name for path in folder.iterdir()) == [
        *(f"{session}_facilitator.ipynb", f"{session}_participants.ipynb"),
        *("facilitator.docx", "facilitator.pdf", "handout.docx", "handout.pdf"),
    ]
    with pytest.raises(CannotTeach, match="is there already"):
        write(session, "knowledge-in-action", tmp_path)
    assert (folder / f"{session}_participants.ipynb").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == [session]


def test_an_unknown_programme_leaves_nothing_behind(tmp_path):
    with pytest.raises(UnknownName, match="demo"):
        write("f_was_it_coproduction", "dmeo", tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_place_where_no_folder_can_be_made_is_said_so(tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")

    with pytest.raises(OSError, match="taken"):
        write("f_was_it_coproduction", "demo", tmp_path / "taken")


def test_the_chart_of_means_is_worked_by_hand_and_says_what_it_is():
    """Demo, latest wave: 2, 14, 13, 22 and 8 people gave the five answers: 197 / 59 is 3.3."""
    latest = coprod.open("demo").latest()
    shown = privacy.door(latest, "internal")(likert.shares(latest, ["time_talk"]))

    drawn = four_ways.means(shown)

    assert drawn.title == "Highest mean: “We leave enough time to talk before we decide things”, 3.3"
    assert "teaching example" in drawn.alt
    assert any("teaching example" in text.get_text() for text in drawn.ax.texts)


@pytest.mark.parametrize("chart", [four_ways.means, four_ways.stacked, four_ways.counts])
def test_a_chart_of_counts_is_not_drawn_where_shares_are_said_in_words(chart):
    one = coprod.open("demo", place="corvenham").latest()
    shown = privacy.door(one, "public")(likert.shares(one, ["time_talk"]))

    drawn = chart(shown)

    assert drawn.ax is None
    assert "needs counts" in drawn.shown.reason or not shown.table.size


@pytest.mark.parametrize("chart", [four_ways.means, four_ways.stacked, four_ways.counts])
def test_a_chart_is_drawn_of_a_protected_table_only(chart):
    with pytest.raises(TypeError, match="protect"):
        chart(pd.DataFrame())


def test_the_counts_show_those_who_gave_no_label():
    latest = coprod.open("demo").latest()
    shown = privacy.door(latest, "internal")(likert.shares(latest, ["understanding_purpose"]))

    assert "Left blank 1" in four_ways.counts(shown).alt
    assert "blank" not in four_ways.stacked(shown).alt


def test_a_line_with_a_dash_lies_beneath_the_line_above():
    table = taken_apart(
        "No buses", "Empty stops", "Shifts end early\n- an old contract\n-- nobody asked\nMoney"
    )

    assert list(zip(table["cause"], table["kind"], table["of"], table["depth"], strict=True)) == [
        ("Empty stops", "leaf", "", 1),
        ("Shifts end early", "root", "", 1),
        ("an old contract", "root", "c1", 2),
        ("nobody asked", "root", "c2", 3),
        ("Money", "root", "", 1),
    ]


@given(st.text(max_size=40), st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_written_every_cause_lies_beneath_one_that_is_there(problem, signs, causes):
    table = taken_apart(problem, signs, causes)

    assert table["key"].is_unique
    assert set(table["of"]) <= {"", *table["key"]}
    assert table["depth"].between(1, 4).all()


def test_too_many_lines_are_refused_in_words():
    with pytest.raises(ValueError, match=f"figures hold {MOST}"):
        taken_apart("Much", "\n".join(["sign"] * (MOST + 1)), "")


def test_hostile_words_in_a_problem_are_drawn_as_words():
    form = Problem(dict.fromkeys(("problem", "signs", "causes"), ""), "An example.", [])
    form.fields["problem"].value = "<script>alert(1)</script> $x^2$"
    form.fields["causes"].value = "<img src=x onerror=alert(1)>"

    form.draw_it.click()

    assert "<script" not in form.result.value
    assert "<img" not in form.result.value
    assert "Drawn below." in form.result.value


def test_a_problem_without_words_asks_for_them():
    form = Problem(dict.fromkeys(("problem", "signs", "causes"), ""), "An example.", [])

    form.draw_it.click()

    assert "Write down the problem" in form.result.value


@pytest.fixture
def contested():
    """A finding of the demo that hangs on a choice."""
    data = coprod.open("demo")
    claims = pd.DataFrame([("share", "trust_word", "", "")], columns=["kind", "item", "group_a", "group_b"])
    shown = privacy.door(data, "internal")(multiverse.specifications(data, claims))
    return teaching.most_contested(shown)


def test_the_curve_is_shown_only_to_those_who_have_chosen(contested, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "workbook_folder", lambda: tmp_path)
    form = Analyst(contested)

    form.button.click()
    before = form.result.value
    for one in form.lists.values():
        one.value = one.options[0]
    form.button.click()

    assert "<svg" not in before
    assert "<svg" in form.result.value
    assert "With your choices the finding holds" in form.result.value
    assert len(list((tmp_path / "my_reflections").glob("*.md"))) == 1


def test_a_choice_that_cannot_be_kept_is_shown_all_the_same(contested, monkeypatch):
    def nowhere(*_: object) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("coprod.reflect.keeping.keep", nowhere)
    form = Analyst(contested)
    for one in form.lists.values():
        one.value = one.options[0]
    form.button.click()

    assert "could not be kept: Permission denied" in form.result.value
    assert "<svg" in form.result.value


def test_the_first_options_are_those_chosen_in_advance(contested):
    row = contested.table[contested.table["chosen"]].iloc[0]

    assert given_by(contested, {name: given[0] for name, given in options(contested).items()}) == (
        f"With your choices the finding {'holds clearly' if row['clear'] else 'holds, but not clearly'}."
    )


def test_without_ipywidgets_the_figures_stand_there_and_it_is_said_what_is_missing(contested, monkeypatch):
    said = []
    monkeypatch.setattr(live, "front_end", lambda: True)
    monkeypatch.setattr(live, "widgets_there", lambda: False)
    monkeypatch.setattr("coprod.display.display", lambda data, **_: said.append(data["text/plain"]))

    teaching.analyst(contested)
    teaching.problem(coprod.open("sivocs"))

    assert "\n".join(said).count(live.NO_WIDGETS) == 2
    assert any("This example is invented" in words for words in said)
    assert any(words.startswith("Specification curve") for words in said)
    assert any(words.startswith("Fishbone") for words in said)


@pytest.mark.parametrize("what", ["principle", "leadership", "lens"])
def test_every_question_to_oneself_asks(what):
    questions = teaching.questions_about(what)

    assert questions["question"].str.endswith("?").all()
    assert len(questions) == {"principle": 5, "leadership": 4, "lens": 4}[what]


@pytest.mark.parametrize(("what", "kind"), [("principle", "principles"), ("leadership", "leadership")])
def test_every_principle_and_every_style_of_leading_is_asked_about(what, kind):
    assert list(teaching.questions_about(what)["title"]) == list(framework.read(kind)["title"])


def test_a_log_leaves_room():
    assert (teaching.log()[["saw", "brought", "next", "whom"]] == "").all(axis=None)
