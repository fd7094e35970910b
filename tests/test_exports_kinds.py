"""What kind of question a column holds, when only its answers tell: in doubt, people's own words."""

import pandas as pd
import pytest

from coprod.exports.kinds import kinds


def kind(*cells, question="Which?", **others):
    """Find the kind of a column, beside others."""
    table = pd.DataFrame({question: cells, **others}, dtype=str)
    return kinds(table, {name: name for name in table})[question]


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (["Agree", "Agree", "Disagree", "Disagree"], "item"),
        (["Agree", "", "Agree", ""], "item"),
        (["Yes", "No"], "item"),
        (["0", "10", "7"], "item"),
        (["1987", "2001", "1955"], "number"),
        (["1.5", "2,5", "-3"], "number"),
        (["", "", ""], "text"),
        (["No", "No", "No", "It was a long day"], "text"),
        (["None", "None", "n/a", "n/a"], "text"),
        (["Good", "Good", "Good", "We came late. It was over."], "text"),
        (["Good", "Good", "Good", "Good\nand bad"], "text"),
        (["materials", "topic", "people", "materials"], "text"),
        (["x" * 400] * 4, "text"),
    ],
)
def test_labels_come_back_and_words_do_not(cells, role):
    assert kind(*cells).role == role


def test_a_label_of_another_column_is_a_label_here_too():
    cells = ("Agree", "Neither", "Disagree")
    assert kind(*cells).role == "text"
    assert kind(*cells, other=["Neither", "Disagree", "Agree"]).role == "item"


def test_a_filler_that_stands_in_two_columns_is_no_label():
    assert kind("n/a", "", "", other=["n/a", "So it is. We came.", ""]).role == "text"


def test_a_long_answer_is_a_label_where_the_others_are_as_long():
    long = "I have written many programs, and have contributed to large ones with other people."
    cells = [long] * 4 + [
        "I have written programs of my own, and looked at others, which I then made better."
    ]
    assert kind(*cells).role == "item"


def test_answers_that_come_back_nowhere_are_counted():
    assert kind("Agree", "Agree", "Agree", "Mostly").own == 1
    assert kind("Agree", "Agree", "Agree", "Mostly", other=["Mostly", "", "", ""]).own == 0
    assert kind("7", "8", "9").own == 0


@pytest.mark.parametrize(
    "question",
    [
        "Your name",
        "Name",
        "E-mail",
        "Please give your email address",
        "Postcode",
        "Date of birth",
        "Beth yw eich e-bost?",
    ],
)
def test_words_given_to_a_question_about_who_one_is_tell_who_one_is(question):
    assert kind("Tree", "House", "Stone", question=question).role == "identifier"


def test_a_rating_of_the_e_mails_is_an_item():
    cells = ["Useful", "Useful", "Useless", "Useless"]
    assert kind(*cells, question="How useful were our e-mails?").role == "item"


@pytest.mark.parametrize("question", ["Your personal code", "First two letters of your mother's first name"])
def test_a_self_made_code_tells_who_one_is_also_where_it_comes_back(question):
    found = kind("AB", "AB", "CD", "CD", question=question)
    assert (found.role, found.why) == ("identifier", "A code, or a part of one, that people made themselves.")


@pytest.mark.parametrize(
    "cells",
    [
        ["ann@example.org", "sam@example.org", "none"],
        ["020 7946 0018", "07700 900123"],
        ["4400112233", "4400112244"],
        ["LS1 4AP", "CF10 3AT"],
    ],
)
def test_answers_that_reach_somebody_tell_who_one_is_whatever_was_asked(cells):
    assert kind(*cells).role == "identifier"


@pytest.mark.parametrize("label", ["[redacted]", "10000 - 20000", "1990-1999"])
def test_labels_that_only_look_like_it_do_not(label):
    assert kind(label, label, label).role == "item"
