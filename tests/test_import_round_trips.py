"""A survey written in each tool's shape and imported: the same answers, the same scales, the same tables."""

import csv
import re
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from imported import NAME, Imported, bring_in, data_folder
from shapes import TOOLS, Tool
from shapes_survey import (
    BAR,
    CHOICE,
    CODE,
    DEMO,
    MULTI,
    NOT_ASKED,
    NUMBER,
    SCALE,
    TEXT,
    Question,
    Survey,
    demo,
    ticked,
)

from coprod import likert, opening
from coprod.codebook import COLUMNS
from coprod.masking import masked

PLACE, SECTOR = "Where does your lab meet?", "For whom do you work?"
WAVES = ("start", "middle", "end")
TELLS = TOOLS["plain csv"]._replace(unasked="told")  # which wave did not ask, waves together tell
OURS = ("place", "sector", CODE)  # of the demo's questions, those that become no item
META = ("section", "framework", "reversed")
EVERY_TOOL = pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)


@pytest.fixture(scope="module", params=TOOLS)
def ours(request):
    """Return a tool, and the demo's second wave as it came through its export; one import for all tests."""
    with data_folder() as data:
        yield TOOLS[request.param], imported_demo(data, TOOLS[request.param], "middle")


@pytest.fixture(scope="module", params=["qualtrics csv", "limesurvey"])
def three_waves(request):
    """Return all waves of the demo as they came through one tool's exports."""
    with data_folder() as data:
        yield imported_demo(data, TOOLS[request.param], *WAVES)


def imported_demo(data, tool: Tool, *waves: str) -> Imported:
    surveys = {wave if len(waves) > 1 else "": demo(wave) for wave in waves}
    done = bring_in(data, tool, surveys, place=PLACE, sector=SECTOR, keep_text=True)
    assert done.code == 0, done.told
    return done


def items_of(tool: Tool, done: Imported, survey: Survey) -> dict[str, str]:
    """Find the item of each question by its words; where the export lost them, it is the one that is left."""
    asked = [one for one in survey.questions if one.name not in OURS]
    known = [one for one in asked if tool.multi_text or one.kind != MULTI]
    found = {one.name: done.item(one.text) for one in known}
    rest = [item for item in done.items if item not in found.values()]
    return found | {
        one.name: item for one, item in zip([one for one in asked if one not in known], rest, strict=True)
    }


def survives(tool: Tool, one: Question, cells: Sequence[str]) -> list[str]:
    """Say what of some answers a tool can tell; people's own words come back masked, in one line."""
    if one.kind == TEXT:
        cells = list(map(masked, cells))
    if tool.unasked == "told" or (tool.unasked == "ticks" and one.kind == MULTI):
        return list(cells)
    if tool.unasked == "behind" and NOT_ASKED in cells:
        return [cell or NOT_ASKED for cell in cells]
    return ["" if cell == NOT_ASKED else cell for cell in cells]


def test_the_demo_comes_back_with_the_same_answers(ours):
    tool, done = ours
    survey = demo("middle")
    items, answers = items_of(tool, done, survey), done.answers
    assert len(done.items) == len(items)
    for one in survey.questions:
        if one.name not in OURS:
            given = survives(tool, one, [row[one.name] for row in survey.rows])
            assert list(answers[items[one.name]]) == given, one.name
            assert done.items[items[one.name]]["kind"] == one.kind, one.name


def test_place_and_sector_come_from_the_questions_that_were_named(ours):
    answers, rows = ours[1].answers, demo("middle").rows
    assert list(answers["place"]) == [row["place"].lower() for row in rows]
    assert list(answers["sector"]) == [row["sector"].lower().replace(" ", "_") for row in rows]


def test_what_stands_above_a_grid_becomes_the_section_where_the_export_holds_it(ours):
    tool, done = ours
    stems = {one.text: one.stem for one in demo("middle").questions if one.stem}
    sections = {row["text"]: row["section"] for row in done.items.values() if row["text"] in stems}
    assert sections == (stems if tool.stems else dict.fromkeys(stems, ""))


def test_labels_of_the_demo_keep_their_places(ours):
    tool, done = ours
    survey = demo("middle")
    items = items_of(tool, done, survey)
    for one in survey.questions:
        if one.labels and one.name not in OURS:
            scale = done.scales[done.items[items[one.name]]["scale"]]
            held = [*scale["labels"], *scale["non_answers"]]
            if tool.ordered or one.stem:
                assert held == list(one.labels), one.name
            elif one.kind == SCALE:  # numbers, of which nobody gave the lowest
                assert held == list(one.labels)[-len(held) :], one.name
            else:
                assert set(held) <= set(one.labels), one.name
            assert (scale["polarity"] == "positive") == (one.kind == SCALE), one.name


def test_the_demo_s_own_codebook_beside_the_import_gives_the_demo_s_tables(ours):
    tool, done = ours
    items = items_of(tool, done, demo("middle"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPROD_DATA", str(DEMO.parent))
        here = opening.read("demo").where(wave="middle")
        patch.setenv("COPROD_DATA", str(done.folder.parent))
        beside(done, items)
        there = opening.read(NAME)
    scaled = likert.items_in(here)
    names = {item: name for name, item in items.items()}
    shares = likert.shares(there, [items[item] for item in scaled], by="place")
    shares = shares.assign(item=shares["item"].replace(names))
    both = [shares, likert.shares(here, scaled, by="place")]
    pd.testing.assert_frame_equal(*(in_order(one) for one in both))


def in_order(shares: pd.DataFrame) -> pd.DataFrame:
    """Sort groups: most tools do not tell the order of places."""
    return shares.sort_values(["item", "group", "order"], ignore_index=True)


def beside(done: Imported, items: dict[str, str]) -> None:
    """Fill in what no export can tell, as a person would, from the demo's codebook and scales."""
    with (DEMO / "codebook.csv").open(encoding="utf-8", newline="") as file:
        told = {items.get(row["item"]): row for row in csv.DictReader(file)}
    rows = [row | {part: told[item][part] for part in (*META, "scale")} for item, row in done.items.items()]
    with (done.folder / "codebook.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    (done.folder / "scales.toml").write_bytes((DEMO / "scales.toml").read_bytes())


def test_three_waves_come_back_as_one_programme(three_waves):
    answers, surveys = three_waves.answers, [demo(wave) for wave in WAVES]
    for one in surveys[1].questions:
        if one.name not in OURS:
            given = survives(TELLS, one, [row[one.name] for survey in surveys for row in survey.rows])
            assert list(answers[three_waves.item(one.text)]) == given, one.name


def test_a_question_that_one_wave_did_not_ask_says_in_which_waves_it_was(three_waves):
    waves = {row["text"]: row["waves"] for row in three_waves.items.values()}
    asked = {one.name: one.text for one in demo("middle").questions}
    assert {waves[asked["recommend"]], waves[asked["attendance"]]} == {"middle end"}
    assert waves[asked["time_talk"]] == ""


def test_a_code_that_one_person_wrote_in_two_waves_gives_one_key(three_waves):
    rows = [(wave, row["code"]) for wave in WAVES for row in demo(wave).rows]
    whose = dict(zip(rows, three_waves.answers["person"], strict=True))
    once = {code for _, code in rows if code and all(rows.count((wave, code)) < 2 for wave in WAVES)}
    keys = [{whose[wave, code] for wave in WAVES if (wave, code) in whose} for code in once]
    assert all(len(same) == 1 for same in keys)
    assert any(all((wave, code) in whose for wave in WAVES) for code in once)


# An import takes a tenth of a second, so there are few examples, and no search for a smaller one.
FEW = settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))
AGREEMENT = (
    "Strongly disagree",
    "Disagree",
    "Neither agree nor disagree",
    "Agree",
    "Strongly agree",
    "Don't know",
)
OFTEN = ("Never", "Rarely", "Sometimes", "Often", "Always")
TOPICS = ("Damp homes", "Evening buses", "Floods: the mill", "Slow payments & paperwork", "Words (new ones)")
WORDS = (
    "We met at the mill, and that was good.",
    "=1+1 is what I answered",
    'Größer tables; more "tea"',
    "N/A to us here",
    "Two lines\nof an answer",
    "- none of it",
)
GRID = "How far do you agree?"


def cells(*labels: str):
    return st.sampled_from(["", *labels])


@st.composite
def surveys(draw) -> Survey:
    """Random answers to a survey with one question of each kind; everybody says where they live."""
    statements = draw(st.integers(2, 3))
    questions = [
        Question("place", PLACE, CHOICE, ("Aldenmere", "Brackwater")),
        *(
            Question(f"s{n}", f"We are heard, {n} of them.", SCALE, AGREEMENT, GRID)
            for n in range(statements)
        ),
        Question("often", "How often did you come?", SCALE, OFTEN),
        Question("topics", "What did you work on? Tick all that apply.", MULTI, TOPICS),
        Question("hours", "How many hours were that?", NUMBER),
        Question("words", "What should we do differently?", TEXT),
    ]
    ticks = st.lists(st.sampled_from(TOPICS), unique=True).map(
        lambda some: BAR.join(label for label in TOPICS if label in some)
    )
    row = st.fixed_dictionaries(
        {
            "place": st.sampled_from(["Aldenmere", "Brackwater"]),
            **{f"s{n}": cells(*AGREEMENT) for n in range(statements)},
            "often": cells(*OFTEN),
            "topics": ticks | st.just(NOT_ASKED),
            "hours": st.integers(2, 400).map(str) | st.just(""),
            "words": cells(*WORDS),
        }
    )
    return Survey(tuple(questions), tuple(draw(st.lists(row, min_size=1, max_size=8))))


def pieces(cell: str) -> list[str]:
    """Cut a cell wherever options may be joined: what no heuristic can change is what is left."""
    return sorted(" ".join(part.split()) for part in re.split(r" \| |;|,", cell) if part.strip())


@EVERY_TOOL
@FEW
@given(surveys())
def test_an_import_loses_no_answer_and_invents_none(tool, survey):
    with data_folder() as data:
        done = bring_in(data, tool, {"": survey}, place=PLACE, keep_text=True)
        assert done.code == 0, done.told
        answers, items = done.answers, done.items
    assert list(answers["place"]) == [row["place"].lower() for row in survey.rows]
    by_text = {row["text"]: item for item, row in items.items()}
    left = set(items)
    for one in survey.questions[1:]:
        if one.kind == MULTI and not tool.multi_text:
            continue
        expected = survives(tool, one, [row[one.name] for row in survey.rows])
        item = by_text.get(one.text)
        left -= {item}
        if item is None:  # nobody answered it
            assert set(expected) <= {"", NOT_ASKED}, one.name
            continue
        got = list(answers[item])
        if one.kind == TEXT or (one.kind == MULTI and tool.joined):
            expected, got = list(map(pieces, expected)), list(map(pieces, got))
        assert got == expected, one.name
    rest = [sorted(label for item in left for label in ticked(row[item])) for _, row in answers.iterrows()]
    lost = [[] if tool.multi_text else sorted(ticked(row["topics"])) for row in survey.rows]
    assert rest == lost


@EVERY_TOOL
@FEW
@given(surveys())
def test_every_label_keeps_its_place_on_the_scale(tool, survey):
    with data_folder() as data:
        done = bring_in(data, tool, {"": survey}, place=PLACE)
        assert done.code == 0, done.told
        items, scales = done.items, done.scales
    for one in survey.questions:
        given = [row[one.name] for row in survey.rows if row[one.name] not in ("", "Don't know")]
        if one.kind != SCALE or len(given) < 2:  # what one person alone gave may be their own words
            continue
        item = next(row for row in items.values() if row["text"] == one.text)
        assert item["kind"] == SCALE, one.name
        labels = [label for label in scales[item["scale"]]["labels"] if label in one.labels]
        assert set(given) <= set(labels)
        assert labels == [label for label in one.labels if label in labels]
        assert scales[item["scale"]]["polarity"] == "positive"
