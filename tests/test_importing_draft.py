"""One export, drafted: items, scales, answers, and what is said about them."""

import pandas as pd
import pytest
from handmade import AGREEMENT, drafted, export, item, scale
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod.codebook import NOT_ASKED
from coprod.exports.export import IDENTIFIER, ITEM, JOINED, METADATA, NUMBER, OPTION, TEXT, column
from coprod.importing.drafting import draft
from coprod.importing.labels import alike, clean, label_sets
from coprod.problems import FileRefused

LETTERS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12)
LABELS = st.lists(
    LETTERS.filter(lambda label: alike(clean(label)) and label.strip() not in ("[blank]", NOT_ASKED)),
    min_size=1,
    max_size=8,
    unique_by=lambda label: alike(clean(label)),
)
ORDERED = [known for known in label_sets() if known.ordered]


def said(made, words):
    return [told for told in made.decisions if words in told]


def test_a_column_with_known_labels_gets_their_order_and_the_mark_of_a_guess():
    made = drafted(export({"We talk enough": ["Agree", "Strongly agree", "Disagree", "Neutral", ""]}))

    assert item(made, "we_talk_enough")[["kind", "text"]].tolist() == ["scale", "We talk enough"]
    assert scale(made, "we_talk_enough") == {
        "labels": ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"],
        "non_answers": [],
        "polarity": "positive",
        "guessed": True,
        "favourable": ["Agree", "Strongly agree"],
        "says": "agreed",
        "says_not": "disagreed",
        "neutral": "Neutral",
    }
    assert made.answers["we_talk_enough"].tolist() == ["Agree", "Strongly agree", "Disagree", "Neutral", ""]
    assert said(made, "'agreement_neutral' is guessed")


def test_labels_in_no_known_order_make_a_choice_in_the_order_they_come():
    made = drafted(export({"Colour": ["Red", "Blue", "Amber", "Red"]}))

    assert item(made, "colour")["kind"] == "choice"
    assert scale(made, "colour")["labels"] == ["Red", "Blue", "Amber"]
    assert scale(made, "colour")["polarity"] == "none"
    assert said(made, "The order of the answers is not known, for colour")


def test_labels_that_the_tool_holds_keep_its_order_and_those_nobody_chose():
    told = column("q1", ITEM, "Colour", scale="s")
    made = drafted(export({"q1": ["Red"]}, told, scales={"s": ("Blue", "Red", "Amber")}))

    assert scale(made, "q1")["labels"] == ["Blue", "Red", "Amber"]


def test_a_known_order_goes_before_that_of_the_tool_but_adds_no_labels_to_it():
    told = column("q1", ITEM, "Do you?", scale="s")
    made = drafted(export({"q1": ["agree"]}, told, scales={"s": AGREEMENT[::-1][:2] + AGREEMENT[:2]}))

    assert scale(made, "q1")["labels"] == ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
    assert made.answers["q1"].tolist() == ["Agree"]


def test_spellings_that_differ_in_signs_become_the_first_one_and_that_is_said():
    answers = ["I don\u2019t use this tool", "I don't use this tool", "I started using this tool"]
    made = drafted(export({"Git": answers}))

    assert made.answers["git"].tolist() == [answers[0], answers[0], answers[2]]
    assert scale(made, "git")["labels"][0] == answers[0]
    assert said(made, "differ only in signs or capitals")


def test_non_answers_stand_beside_the_scale():
    made = drafted(export({"a": ["Agree", "Disagree", "Don\u2019t know", "Not applicable"]}))

    assert scale(made, "a")["non_answers"] == ["Don\u2019t know", "Not applicable"]
    assert scale(made, "a")["labels"] == ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]


def test_an_item_with_few_answers_gets_the_scale_of_its_neighbours():
    made = drafted(export({"a": ["Agree", "Strongly agree"] * 3, "b": [*AGREEMENT, "Agree"]}))

    assert item(made, "a")["scale"] == item(made, "b")["scale"] == "agreement"


def test_the_statements_of_a_grid_have_one_scale_and_its_stem_as_section():
    told = [column(name, ITEM, f"Statement {name}", group="How far do you agree?: ") for name in "ab"]
    made = drafted(export({"a": ["Green", "Red"], "b": ["Red", "Amber"]}, *told))

    assert item(made, "a")["scale"] == item(made, "b")["scale"] == "how_far_do_you_agree"
    assert scale(made, "a")["labels"] == ["Green", "Red", "Amber"]
    assert item(made, "a")["section"] == "How far do you agree?"


def test_statements_of_a_grid_with_scales_of_their_own_keep_them():
    told = [column(name, ITEM, name, group="About you") for name in ("a", "b")]
    made = drafted(export({"a": ["Agree", "Disagree"], "b": ["Red", "Blue"]}, *told))

    assert scale(made, "a")["polarity"] == "positive"
    assert scale(made, "b")["labels"] == ["Red", "Blue"]


def test_options_in_columns_become_one_item_and_not_seen_is_not_blank():
    told = [column(f"q3_{n}", OPTION, "Which?", group="q3", option=name) for n, name in enumerate("AB")]
    cells = {"q3_0": ["A", "", "A", NOT_ASKED, NOT_ASKED], "q3_1": ["B", "", "", NOT_ASKED, "B"]}
    made = drafted(export(cells, *told))

    assert item(made, "q3")[["kind", "text"]].tolist() == ["multi", "Which?"]
    assert made.answers["q3"].tolist() == ["A | B", "", "A", NOT_ASKED, "B"]


def test_an_option_that_nobody_ticked_is_a_label_all_the_same():
    told = [column(f"q3_{n}", OPTION, "q3", group="q3", option=name) for n, name in enumerate("ABC")]
    made = drafted(export({"q3_0": ["A"], "q3_1": [""], "q3_2": [""]}, *told))

    assert scale(made, "q3")["labels"] == ["A", "B", "C"]


def test_a_bar_within_an_option_does_not_cut_it_in_two():
    told = [
        column("a", OPTION, "Which?", group="g", option="left | right"),
        column("b", OPTION, "Which?", group="g", option="top |"),
    ]
    made = drafted(export({"a": ["left | right", "left | right"], "b": ["top |", ""]}, *told))

    assert made.answers["g"].tolist() == ["left / right | top /", "left / right"]
    assert scale(made, "g")["labels"] == ["left / right", "top /"]


@pytest.mark.parametrize(
    ("separator", "cell"), [(";", "A;B, C;"), ("; ", "A; B, C"), (", ", "A, B, C"), (" | ", "A | B, C")]
)
def test_joined_options_are_cut_where_the_tool_cut_them(separator, cell):
    told = column("q", JOINED, "Which?", separator=separator, scale="s")
    made = drafted(export({"q": [cell, "A", ""]}, told, scales={"s": ("A", "B, C", "D")}))

    assert made.answers["q"].tolist() == ["A | B, C", "A", ""]
    assert scale(made, "q")["labels"] == ["A", "B, C", "D"]


def test_codes_between_spaces_are_options():
    told = column("q", JOINED, "Which?", separator=" ", scale="s")
    made = drafted(export({"q": ["a b", "b"]}, told, scales={"s": ("a", "ab", "b")}))

    assert made.answers["q"].tolist() == ["a | b", "b"]


def test_a_scale_in_columns_to_tick_is_one_answer_where_nobody_ticked_two():
    told = [column(f"q_{n}", OPTION, "Do you?", group="q", option=one) for n, one in enumerate(AGREEMENT)]
    cells = {f"q_{n}": [one if n == row else "" for row in range(6)] for n, one in enumerate(AGREEMENT)}
    made = drafted(export(cells, *told))

    assert item(made, "q")["kind"] == "scale"
    assert made.answers["q"].tolist() == [*AGREEMENT, ""]
    assert said(made, "Nobody ticked two labels")


def test_numbers_are_kept_and_are_numbers():
    told = [column("Hours", NUMBER), column("Year", ITEM)]
    made = drafted(export({"Hours": [" 3", "2.50", ""], "Year": ["2017", "2018", ""]}, *told))

    assert made.codebook["kind"].tolist() == ["number", "number"]
    assert made.answers["hours"].tolist() == ["3", "2.50", ""]


def test_small_whole_numbers_are_a_guessed_scale():
    made = drafted(export({"Rate it": ["1", "4", "5"]}))

    assert scale(made, "rate_it")["labels"] == ["1", "2", "3", "4", "5"]
    assert item(made, "rate_it")["kind"] == "scale"


def test_what_people_put_in_order_is_no_rating():
    told = [column(name, ITEM, name, group="Put in order") for name in "abc"]
    made = drafted(
        export({"a": ["1", "2", "3", "1"], "b": ["2", "1", "2", "3"], "c": ["3", "3", "1", "2"]}, *told)
    )

    assert made.codebook["kind"].tolist() == ["number"] * 3
    assert said(made, "Put in order and not rated")


def test_words_stay_as_they_are():
    told = column("Comment", TEXT)
    made = drafted(export({"Comment": [" Two lines\nof it ", "a | b", ""]}, told))

    assert made.answers["comment"].tolist() == [" Two lines\nof it ", "a | b", ""]


def test_leave_to_quote_is_consent_and_leave_to_take_part_is_not():
    made = drafted(export({"May we quote you?": ["Yes", "No"], "I consent to take part": ["Yes", "No"]}))

    assert made.codebook["kind"].tolist() == ["consent", "choice"]


def test_identifiers_and_metadata_are_left_out_with_the_reason():
    told = [column("Email", IDENTIFIER, why="An address."), column("Sent", METADATA, why="A time.")]
    made = drafted(export({"Email": ["kim@example.org"], "Sent": ["today"], "a": ["Yes"]}, *told))

    assert made.left_out.to_numpy().tolist() == [
        ["answers.csv", "Email", "An address."],
        ["answers.csv", "Sent", "A time."],
    ]
    assert "kim@example.org" not in made.answers.to_csv() + " ".join(made.decisions)


def test_a_question_that_nobody_answered_is_left_out_unless_its_labels_are_known():
    told = column("b", ITEM, scale="s")
    made = drafted(export({"a": ["", ""], "b": ["", ""], "c": ["Yes", ""]}, told, scales={"s": ("x", "y")}))

    assert made.codebook["item"].tolist() == ["b", "c"]
    assert made.left_out["why"].tolist() == ["Nobody answered it."]


def test_one_answer_alone_still_makes_a_scale_and_that_is_said():
    made = drafted(export({"Colour": ["Red", "Red"]}))

    assert scale(made, "colour")["labels"] == ["Red", "Another answer"]
    assert said(made, "Only one answer is known, for colour")
    assert said(made, "Everybody who answered gave the same answer to: colour")


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("Q1", "How are you?", "q1"),
        ("code[SQ001]", "How are you?", "code_sq001"),
        ("time_talk", "We talk", "time_talk"),
        ("How are you, all in all, today and here?", "", "how_are_you_all_in_all_today_and_here"),
        ("place", "Where?", "question_place"),
        ("x" * 90, "", "x" * 40),
        ("الاسم الكامل", "", "item"),
    ],
)
def test_an_item_is_named_by_the_tools_code_or_by_its_words(name, text, key):
    made = drafted(export({name: ["Yes", "No"]}, column(name, ITEM, text)))

    assert made.codebook["item"].tolist() == [key]


def test_questions_that_begin_alike_get_names_of_their_own():
    same = "What do you think of the way in which we work together"
    made = drafted(export({f"{same} here": ["Yes"], f"{same} there": ["No"], f"{same} now": ["No"]}))

    assert made.codebook["item"].is_unique


def test_places_and_sectors_come_from_the_answers_to_a_question():
    answers = {"Where?": ["Málaga", "York ", "", "york"], "Sector": ["NGO", "", "NGO", ""], "a": ["Yes"] * 4}
    made = drafted(export(answers), place="where", sector="Sector")

    assert dict(made.places) == {"malaga": "Málaga", "york": "York", "not_given": "Not given"}
    assert made.answers["place"].tolist() == ["malaga", "york", "not_given", "york"]
    assert made.answers["sector"].tolist() == ["ngo", "", "ngo", ""]
    assert made.codebook["item"].tolist() == ["a"]


@pytest.mark.parametrize("words", ["Nowhere", "Email", "Which?"])
def test_a_place_that_cannot_be_found_or_told_is_refused(words):
    told = [column("Email", IDENTIFIER), column("Which?", JOINED, separator=", ")]

    with pytest.raises(FileRefused, match=r"answers\.csv"):
        draft(
            {"": export({"Email": ["kim@example.org"], "Which?": ["a, b"], "c": ["Yes"]}, *told)}, place=words
        )


def test_forms_filled_in_again_and_again_are_told_of_and_kept():
    row = dict(zip("abcdef", ["Yes", "No", "Agree", "5", "Red", ""], strict=True))
    made = drafted(export([row] * 7 + [row | {"a": "No"}, row | {"b": "Yes"}]))

    assert len(made.answers) == 9
    assert said(made, "7 responses give the same answer to every question (responses 1, 2, 3, 4, 5, 6, 7)")


def test_few_questions_answered_the_same_way_are_nothing_odd():
    made = drafted(export([dict.fromkeys("abcd", "Yes")] * 9))

    assert not said(made, "again and again")


def test_rows_that_look_like_tests_are_told_of_without_their_words():
    told = column("Comment", TEXT)
    made = drafted(export({"Comment": ["The test was hard", "TEST 2", "asdf"], "a": ["Yes"] * 3}, told))

    assert said(made, "2 responses look like tests (responses 2, 3)")
    assert not said(made, "asdf")


def test_what_the_reader_took_for_granted_is_said_first():
    made = drafted(export({"a": ["Yes"]}, decided=("The time zone is UTC.",)))

    assert made.decisions[0] == "The time zone is UTC."


@given(LABELS, st.data())
def test_no_answer_is_lost_and_none_invented(labels, data):
    cells = data.draw(st.lists(st.sampled_from([*labels, "", NOT_ASKED]), min_size=1, max_size=30))
    told = column("q", ITEM, "Question", scale="s")
    made = draft({"": export({"q": cells}, told, scales={"s": tuple(labels)})})

    assert [alike(cell) for cell in made.answers["q"]] == [alike(clean(cell)) for cell in cells]
    assert (made.answers["q"] == "").tolist() == [cell == "" for cell in cells]
    assert (made.answers["q"] == NOT_ASKED).tolist() == [cell == NOT_ASKED for cell in cells]


@given(st.sampled_from(ORDERED), st.data())
def test_every_label_keeps_its_place_on_the_scale(known, data):
    cells = data.draw(st.lists(st.sampled_from(known.labels), min_size=1, max_size=30))
    told = column("q", ITEM, "Question", scale="s")
    order = data.draw(st.permutations(known.labels))
    made = drafted(export({"q": cells}, told, scales={"s": tuple(order)}))

    given_scale = scale(made, "q")["labels"]
    assert [given_scale.index(cell) for cell in made.answers["q"]] == list(map(known.labels.index, cells))


@settings(max_examples=40)
@given(LABELS, st.data())
def test_what_was_ticked_comes_out_again(labels, data):
    rows = data.draw(st.lists(st.sets(st.sampled_from(range(len(labels)))), min_size=1, max_size=20))
    told = [column(f"q_{n}", OPTION, "q", group="q", option=one) for n, one in enumerate(labels)]
    cells = {f"q_{n}": [one if n in ticked else "" for ticked in rows] for n, one in enumerate(labels)}
    made = drafted(export(cells, *told))

    names = scale(made, "q")["labels"]
    out = [{names.index(label) for label in cell.split(" | ") if cell} for cell in made.answers["q"]]
    assert out == rows or item(made, "q")["kind"] == "scale"


@settings(max_examples=40)
@given(st.data())
def test_any_table_of_labels_makes_a_draft_without_problems(data):
    columns = data.draw(st.lists(LETTERS.filter(str.strip), min_size=1, max_size=5, unique=True))
    size = data.draw(st.integers(1, 8))
    known = data.draw(st.sampled_from(label_sets()))
    cell = st.one_of(st.sampled_from(known.labels), st.sampled_from(["", "Don't know", NOT_ASKED]), LETTERS)
    table = pd.DataFrame({name: data.draw(st.lists(cell, min_size=size, max_size=size)) for name in columns})
    roles = st.sampled_from([ITEM, TEXT, NUMBER, JOINED])
    told = [column(name, data.draw(roles), name, separator="; ") for name in columns]
    made = drafted(export(table, *told))

    assert len(made.answers) == size
