"""Several exports, drafted as waves: what is one item, what is refused, and what items.csv says."""

import pytest
from handmade import AGREEMENT, drafted, export, item, rules, scale

from coprod.codebook import NOT_ASKED
from coprod.exports.export import ITEM, JOINED, OPTION, TEXT, column
from coprod.importing.drafting import draft
from coprod.importing.mapping import read_map
from coprod.problems import FileRefused

NUMBERS = [("", "", "", label, str(n)) for n, label in enumerate(AGREEMENT, start=1)]


def said(made, words):
    return [told for told in made.decisions if words in told]


def wave(made, key, name):
    return made.answers.loc[made.answers["wave"] == name, key].tolist()


def refused(before, after, *more):
    with pytest.raises(FileRefused) as caught:
        draft({"before": before, "after": after}, *more)
    return str(caught.value)


def held(*labels):
    """Make an export whose tool holds the labels of its one question."""
    told = column("q1", ITEM, "Do you?", scale="s")
    return export({"q1": labels[:1], "b": ["Yes"]}, told, scales={"s": labels})


def test_the_same_words_are_one_item_whatever_their_case_spaces_and_punctuation():
    made = drafted(export({"We talk,  enough?": ["Yes"]}), export({"we talk enough": ["No", ""]}))

    assert made.codebook["item"].tolist() == ["we_talk_enough"]
    assert made.codebook["waves"].tolist() == [""]
    assert made.answers["we_talk_enough"].tolist() == ["Yes", "No", ""]


def test_people_have_another_key_in_every_row():
    made = drafted(export({"a": ["Yes", "No"]}), export({"a": ["Yes"]}))

    assert made.answers["person"].tolist() == ["before-r00001", "before-r00002", "after-r00001"]
    assert made.answers["wave"].tolist() == ["before", "before", "after"]


def test_a_question_of_one_wave_was_not_asked_in_the_other():
    made = drafted(export({"a": ["Yes"], "b": ["No"]}), export({"a": ["Yes"], "c": [""], "d": ["No"]}))

    assert wave(made, "b", "after") == wave(made, "d", "before") == [NOT_ASKED]
    assert item(made, "b")["waves"] == "before"
    assert item(made, "d")["waves"] == "after"


def test_the_same_code_with_other_words_is_two_items_and_both_texts_are_told():
    told = column("q1", ITEM, "Do you talk?"), column("q1", ITEM, "Did you walk?")
    made = drafted(
        export({"q1": ["Yes"], "a": ["No"]}, told[0]), export({"q1": ["No"], "a": ["No"]}, told[1])
    )

    assert made.codebook["item"].tolist() == ["q1", "a", "q1_2"]
    (words,) = said(made, "Two items, as the words differ")
    assert "'Do you talk?' in 'before'" in words
    assert "'Did you walk?' in 'after'" in words


def test_words_that_hardly_differ_are_told_of():
    made = drafted(
        export({"We have enough time to talk": ["Yes"], "a": ["No"]}),
        export({"We had enough time to talk": ["No"], "a": ["No"]}),
    )

    assert len(made.codebook) == 3
    assert said(made, "Two items, as the words differ")


def test_a_statement_is_found_again_where_one_export_lost_the_stem():
    told = column("grid [a]", ITEM, "I can do it", group="How sure are you?")
    made = drafted(export({"grid [a]": ["Yes"]}, told), export({"I can do it": ["No"]}))

    assert made.answers["i_can_do_it"].tolist() == ["Yes", "No"]
    assert said(made, "does not hold the stem")


def test_the_same_statement_under_two_stems_is_two_items():
    told = [column(f"{n}", ITEM, "Researchers", group=stem) for n, stem in enumerate(("Involved?", "How?"))]
    both = export({"0": ["Yes"], "1": ["Agree"]}, *told)
    made = drafted(both, both)

    assert made.codebook["item"].tolist() == ["researchers", "researchers_2"]
    assert made.answers["researchers_2"].tolist() == ["Agree", "Agree"]


def test_a_wave_in_which_nobody_ticked_two_is_read_like_the_other():
    told = column("Which?", JOINED, separator="; ")
    made = drafted(
        export({"Which?": ["A; B", "B; C"]}, told),
        export({"Which?": ["C", "B; A"]}),
        export({"Which?": ["A"]}, column("Which?", TEXT)),
    )

    assert item(made, "which")["kind"] == "multi"
    assert made.answers["which"].tolist() == ["A | B", "B | C", "C", "B | A", "A"]


def test_another_survey_is_refused_without_a_map():
    words = refused(export({"a": ["Yes"]}), export({"b": ["Yes"]}, file="other.csv"))

    assert words.startswith("other.csv")
    assert "another survey" in words


def test_another_survey_is_taken_with_a_map():
    made = drafted(
        export({"a": ["Yes"]}),
        export({"b": ["No"]}),
        item_map=rules(("before", "a", "x"), ("after", "b", "x")),
    )

    assert made.answers["x"].tolist() == ["Yes", "No"]
    assert said(made, "though the words differ: 'a' in 'before'; 'b' in 'after'")


def test_a_scale_turned_round_between_waves_is_refused():
    words = refused(held(*AGREEMENT), held(*AGREEMENT[::-1]))

    assert "'Do you?': the order of its answers is reversed" in words
    assert "In 'before' they are 'Strongly disagree', 'Disagree'" in words
    assert "in 'after' 'Strongly agree', 'Agree'" in words


def test_a_scale_with_another_number_of_labels_is_refused():
    words = refused(held(*AGREEMENT), held(*AGREEMENT[:2], *AGREEMENT[3:]))

    assert "another number of answers" in words


def test_a_nominal_scale_may_have_new_answers_in_a_new_wave():
    made = drafted(held("Leeds", "York", "Hull"), held("Leeds", "York", "Hull", "Ripon"))

    assert scale(made, "q1")["labels"] == ["Leeds", "York", "Hull", "Ripon"]


def test_answers_off_a_known_scale_are_refused_and_what_nobody_knows_is_only_counted():
    words = refused(export({"a": list(AGREEMENT)}), export({"a": ["Agree", "as my neighbour says"]}))

    assert "'Agree', 1 more" in words
    assert "neighbour" not in words


def test_numbers_in_one_wave_and_words_in_the_other_are_refused():
    words = refused(export({"a": ["1", "5"]}), export({"a": ["Agree", "Disagree"]}))

    assert "In 'before' they are '1', '5', in 'after' 'Disagree', 'Agree'" in words


def test_labels_are_translated_where_items_csv_says_so():
    made = drafted(
        export({"We talk": ["5", "1", "0"]}),
        export({"We talked": ["Agree", "Don't know", ""]}),
        item_map=rules(("", "We talk", "talk"), ("", "We talked", "talk"), *NUMBERS),
    )

    assert made.answers["talk"].tolist() == ["5", "1", "0", "4", "Don't know", ""]
    assert scale(made, "talk")["labels"] == list("012345")
    assert scale(made, "talk")["non_answers"] == ["Don't know"]


def test_a_translation_leaves_questions_alone_that_items_csv_does_not_name():
    made = drafted(export({"a": ["Agree"], "b": ["Agree"]}), item_map=rules(("", "a", "a"), *NUMBERS))

    assert made.answers[["a", "b"]].to_numpy().tolist() == [["4", "Agree"]]


def test_a_question_can_be_left_out():
    made = drafted(
        export({"a": ["Yes"], "Job title": ["Mayor", "Clerk"][:1]}), item_map=rules(("", "job title", ""))
    )

    assert made.codebook["item"].tolist() == ["a"]
    assert made.left_out["column"].tolist() == ["Job title"]


TICKED = column("Started?", JOINED, separator="; "), column("Not using?", JOINED, separator="; ")


def test_ticks_of_several_questions_become_one_item_for_each_option():
    cells = {"Started?": ["Git; R", "R", ""], "Not using?": ["", "Git; R", "Git"]}
    moved = [
        ("", question, tool.lower(), tool, label)
        for question, label in (("Started?", "started"), ("Not using?", "not using"))
        for tool in ("Git", "R")
    ]
    made = drafted(export(cells, *TICKED), item_map=rules(*moved))

    assert made.answers["git"].tolist() == ["started", "not using", "not using"]
    assert made.answers["r"].tolist() == ["started", "", ""]
    assert said(made, "would be two labels of one item")
    assert made.codebook["item"].tolist() == ["git", "r"]


def test_a_question_stays_an_item_where_some_of_its_answers_went_nowhere():
    cells = {"Started?": ["Git; R", "R"], "Not using?": ["Git", ""]}
    made = drafted(export(cells, *TICKED), item_map=rules(("", "Started?", "git", "Git", "started")))

    assert set(made.codebook["item"]) == {"started", "not_using", "git"}
    assert made.answers["started"].tolist() == ["Git | R", "R"]


def test_one_answer_each_becomes_what_was_ticked_in_the_other_wave():
    moved = [("before", tool, "started", "new", label) for tool, label in (("Git", "Git (code)"), ("R", "R"))]
    made = drafted(
        export({"Git": ["new", "old", ""], "R": ["new", "old", ""]}),
        export({"Started?": ["R; Git (code)", "R"]}, TICKED[0]),
        item_map=rules(("after", "Started?", "started"), *moved, ("before", "", "started", "", "None")),
    )

    assert made.answers["started"].tolist() == ["Git (code) | R", "None", "", "R | Git (code)", "R"]
    assert item(made, "started")[["kind", "text"]].tolist() == ["multi", "Started?"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("during", "a", "x"), "There is no wave 'during'"),
        (("before", "nothing", "x"), "There is no such question in 'before'"),
        (("", "same", "x"), "There are 2 such questions"),
    ],
)
def test_a_row_of_items_csv_that_means_nothing_here_is_refused(row, words):
    told = [column(f"g{n}", ITEM, "same", group=f"stem {n}") for n in range(2)]
    before = export({"a": ["Yes"], "g0": ["Yes"], "g1": ["No"]}, *told)
    answer = refused(before, export({"a": ["Yes"]}), rules(row))

    assert words in answer
    assert "row 2" in answer


def test_items_csv_is_read_with_its_optional_columns(tmp_path):
    path = tmp_path / "items.csv"
    path.write_text("wave,question,item,answer,label\nend,A?,a,,\n\n,,,Yes,1\n".replace("\n\n", "\n,,,,\n"))

    read = read_map(path)

    assert [(rule.wave, rule.question, rule.item, rule.answer, rule.label) for rule in read] == [
        ("end", "A?", "a", "", ""),
        ("", "", "", "Yes", "1"),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("question,item\na,b", "The column wave is missing"),
        ("wave,question,item\n,A?,Not a name", "row 2, item"),
        ("wave,question,item\n,A?,person", "cannot be the name of an item"),
        ("wave,question,item\n,,a", "There is no question"),
        ("wave,question,item,answer,label\n,A?,a,,4", "There is a label, but no answer"),
        ("wave,question,item,answer,label\n,A?,,Yes,4", "not said to which item"),
        ("wave,question,item,answer,label\n,,,Yes,", "left out of every question"),
        ("wave,question,item\n,A?,a\n,A?,b", "An earlier row says otherwise"),
        ("wave,question,item,answer,label\n,A?,a,Yes,1\n,A?,a,Yes,2", "An earlier row says otherwise"),
    ],
)
def test_an_items_csv_that_says_nothing_clear_is_refused_with_its_row(tmp_path, rows, words):
    path = tmp_path / "items.csv"
    path.write_text(rows)

    with pytest.raises(FileRefused) as caught:
        read_map(path)

    assert words in "".join(str(problem) for problem in [caught.value, *caught.value.problems])


def test_places_come_from_every_wave():
    made = drafted(
        export({"Town": ["Hull", "Leeds"], "a": ["Yes", "No"]}),
        export({"Town?": ["leeds"], "a": ["Yes"]}),
        place="Town",
    )

    assert made.answers["place"].tolist() == ["hull", "leeds", "leeds"]
    assert dict(made.places) == {"hull": "Hull", "leeds": "Leeds"}


def test_options_that_nobody_saw_in_a_wave_are_not_asked_there():
    told = [column(name, OPTION, "Which?", group="Which?", option=name) for name in "AB"]
    made = drafted(
        export({"A": ["A", NOT_ASKED], "B": ["", NOT_ASKED], "x": ["Yes", "No"]}, *told),
        export({"x": ["Yes"]}),
    )

    assert made.answers["which"].tolist() == ["A", NOT_ASKED, NOT_ASKED]
