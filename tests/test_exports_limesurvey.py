"""LimeSurvey: whatever stands above the columns and in them, the structure gives questions and labels."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limesurvey_files import DEGREES, NULL, OWN, SURVEY, headings, responses_file, structure

from coprod.exports import limesurvey
from coprod.problems import FileRefused

WHEN = "2026-05-11 10:00:00"
ANSWERS = [
    ["AO01", "AO03", "Y", "", "", "A1", "", "Y", "=more", "3", "gwen@example.org"],
    ["AO02", "", "", "", "by phone", "-oth-", "Neighbour", "N", "", "4.5", ""],
]
TEXTS = [
    ["Not at all", "A lot", "Yes", "No", "", "Resident", "", "Yes", "=more", "3", "gwen@example.org"],
    ["Etwas", "", "No", "No", "by phone", "Sonstiges", "Neighbour", "No", "", "4.5", ""],
]
LEFT = ["AO02", "AO02", NULL, NULL, NULL, "A2", "", "", NULL, NULL, NULL]
SCALES = "".join(
    f"<row><aid>{aid}</aid><qid>2</qid><code>B1</code><scale_id>{scale}</scale_id></row>"
    for aid, scale in ((7, 0), (8, 1))
)
SAID = "".join(
    f"<row><aid>{aid}</aid><answer>{said}</answer><language>en</language></row>"
    for aid, said in ((7, "then"), (8, "now"))
)
FORMS = ("code", "emcode", "full", "abbreviated", "codetext")
ASKED = [place for place, name in enumerate(headings("code")) if name not in OWN]


def own(number, submitted=WHEN):
    return [str(number), submitted, "2", "en", "77", "192.0.2.7"]


def rows(answers=ANSWERS):
    return [own(number) + list(given) for number, given in enumerate(answers, start=1)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "results.csv"


@pytest.fixture
def lss(tmp_path):
    return written(tmp_path / "survey.lss", structure())


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def told(export, name):
    return export.columns.set_index("column").loc[name]


def problems(path, *companions):
    with pytest.raises(FileRefused) as refused:
        limesurvey.read(path, companions)
    return refused.value.problems


@pytest.mark.parametrize("form", FORMS)
def test_every_kind_of_heading_is_recognised(path, form):
    assert limesurvey.recognises(responses_file(path, headings(form), rows()))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("separator", [",", ";"])
def test_every_kind_of_heading_gives_the_same_answers_and_columns(path, lss, form, separator):
    first = limesurvey.read(responses_file(path, headings("code"), rows()), (lss,))
    other = limesurvey.read(responses_file(path, headings(form), rows(), separator), (lss,))
    assert other.answers.to_numpy().tolist() == first.answers.to_numpy().tolist()
    assert other.columns.iloc[len(OWN) :, 1:].equals(first.columns.iloc[len(OWN) :, 1:])


@pytest.mark.parametrize("newer", [True, False], ids=["texts in tables of their own", "before version 4"])
def test_the_structure_gives_texts_in_the_main_language_and_labels_in_their_order(path, lss, newer):
    written(lss, structure(newer=newer))
    export = limesurvey.read(responses_file(path, headings("code"), rows()), (lss,))
    assert told(export, "heard[SQ002]")["text"] == "part of it"
    assert told(export, "heard[SQ002]")["group"] == "How much did you feel:"
    assert export.scales[told(export, "heard[SQ002]")["scale"]] == ("Not at all", "A little", "A lot")
    assert export.answers["heard[SQ001]"].tolist() == ["Not at all", "A little"]


def test_columns_have_their_roles(path, lss):
    export = limesurvey.read(responses_file(path, headings("code"), rows()), (lss,))
    roles = dict(zip(export.columns["column"], export.columns["role"], strict=True))
    assert roles == {
        **dict.fromkeys(["id", "ipaddr", "reach"], "identifier"),
        **dict.fromkeys(["submitdate", "lastpage", "startlanguage", "seed"], "metadata"),
        **dict.fromkeys(["heard[SQ001]", "heard[SQ002]", "role", "again"], "item"),
        **dict.fromkeys(["ways[SQ001]", "ways[SQ002]", "ways[other]"], "option"),
        **dict.fromkeys(["role[other]", "why", "ways[other], in words"], "text"),
        "years": "number",
    }


def test_columns_stand_in_the_order_of_the_answers(path, lss):
    export = limesurvey.read(responses_file(path, headings("full"), rows()), (lss,))
    assert export.columns["column"].tolist() == list(export.answers)


@pytest.mark.parametrize("form", FORMS)
def test_texts_of_any_language_become_the_labels_of_the_main_one(path, lss, form):
    codes = limesurvey.read(responses_file(path, headings(form), rows()), (lss,))
    texts = limesurvey.read(responses_file(path, headings(form), rows(TEXTS)), (lss,))
    assert texts.answers.to_numpy().tolist() == codes.answers.to_numpy().tolist()


def test_codes_that_are_numbers_are_told_from_labels_by_the_other_columns(path, lss):
    degrees = [("1", "5"), ("5", "1")]
    survey = [
        ("q1", "L", "How far?", [], degrees, ""),
        ("q2", "L", "Why?", [], [("1", "New"), ("2", "Old")], ""),
    ]
    written(lss, structure(survey))
    header = headings("code", survey=survey)
    codes = limesurvey.read(responses_file(path, header, rows([["1", "2"]])), (lss,))
    texts = limesurvey.read(responses_file(path, header, rows([["1", "Old"]])), (lss,))
    assert codes.answers[["q1", "q2"]].to_numpy().tolist() == [["5", "Old"]]
    assert texts.answers[["q1", "q2"]].to_numpy().tolist() == [["1", "Old"]]


def test_an_other_in_words_is_an_option_and_the_words_stand_apart(path, lss):
    export = limesurvey.read(responses_file(path, headings("code"), rows()), (lss,))
    assert export.answers["ways[other]"].tolist() == ["", "Other"]
    assert export.answers["ways[other], in words"].tolist() == ["", "by phone"]
    assert export.answers["role"].tolist() == ["Resident", "Other"]


def test_an_empty_cell_in_quotation_marks_was_seen_and_one_without_was_not(path, lss):
    export = limesurvey.read(responses_file(path, headings("code"), rows([*ANSWERS, LEFT])), (lss,))
    assert export.answers["ways[SQ001]"].tolist() == ["Workshops", "", "[not asked]"]
    assert export.answers["ways[other]"].tolist() == ["", "Other", "[not asked]"]
    assert export.answers["why"].tolist() == ["=more", "", ""]


def test_in_a_file_with_all_cells_in_quotation_marks_nothing_is_told_of_who_saw_what(path, lss):
    older = [["" if cell is NULL else cell for cell in answers] for answers in [*ANSWERS, LEFT]]
    export = limesurvey.read(responses_file(path, headings("code"), rows(older)), (lss,))
    assert export.answers["ways[SQ001]"].tolist() == ["Workshops", "", ""]


def test_where_n_was_written_out_a_blank_was_not_seen(path, lss):
    converted = [
        ["AO01", "", *ticks, *ANSWERS[0][5:]] for ticks in (["Y", "N", ""], ["N", "Y", ""], ["", "", ""])
    ]
    export = limesurvey.read(responses_file(path, headings("code"), rows(converted)), (lss,))
    assert export.answers["ways[SQ001]"].tolist() == ["Workshops", "", "[not asked]"]


@pytest.mark.parametrize("words", [("1", "2"), ("1", "0"), ("Ja", "Nein"), ("Oui", "Non"), ("x", "No")])
def test_whatever_y_and_n_were_turned_into_is_told_apart(path, lss, words):
    yes, no = words
    converted = [["AO01", "", *ticks, "", *ANSWERS[0][5:]] for ticks in ((yes, no), (no, yes))]
    export = limesurvey.read(responses_file(path, headings("code"), rows(converted)), (lss,))
    assert export.answers[["ways[SQ001]", "ways[SQ002]"]].to_numpy().tolist() == [
        ["Workshops", ""],
        ["", "Letters, e-mail"],
    ]


def test_words_of_which_none_means_ticked_are_refused(path, lss):
    converted = [["AO01", "", "x", "z", "", *ANSWERS[0][5:]]]
    (problem,) = problems(responses_file(path, headings("code"), rows(converted)), lss)
    assert problem.column == "ways[SQ001]"


def test_the_sign_before_an_equals_sign_is_taken_off_and_said(path, lss):
    export = limesurvey.read(responses_file(path, headings("code"), rows()), (lss,))
    assert export.answers["why"].tolist() == ["=more", ""]
    assert any("equals sign" in said for said in export.decided)


def test_responses_broken_off_stay_where_they_answer_anything_and_are_counted(path, lss):
    broken = [own(3, NULL) + LEFT, own(4, NULL) + [NULL] * len(LEFT)]
    export = limesurvey.read(responses_file(path, headings("code"), [*rows(), *broken]), (lss,))
    assert export.answers["id"].tolist() == ["1", "2", "3"]
    assert export.dropped["rows"].tolist() == [1]
    assert any("Of 4 responses, 2 were not submitted" in said for said in export.decided)


def test_the_blank_line_at_the_end_is_no_lost_row(path, lss):
    assert limesurvey.read(responses_file(path, headings("code"), rows()), (lss,)).dropped.empty


def test_times_and_attributes_of_participants_are_no_questions(path, lss):
    header = [*headings("code"), "interviewtime", "groupTime12", "whyTime", "attribute_1", "email"]
    more = [[*answers, "12.5", "3.1", "2.2", "blue", "gwen@example.org"] for answers in rows()]
    columns = limesurvey.read(responses_file(path, header, more), (lss,)).columns
    assert (
        dict(zip(columns["column"], columns["role"], strict=True)).items()
        >= {
            "interviewtime": "metadata",
            "groupTime12": "metadata",
            "whyTime": "metadata",
            "attribute_1": "identifier",
            "email": "identifier",
        }.items()
    )


def test_a_column_that_the_structure_does_not_have_may_tell_who_somebody_is(path, lss):
    header = [*headings("full"), "Which village are you from?"]
    export = limesurvey.read(responses_file(path, header, [[*row, "Upper Slate"] for row in rows()]), (lss,))
    assert told(export, "Which village are you from?")["role"] == "identifier"
    assert any("Which village" in said for said in export.decided)


def test_every_type_of_question_finds_its_column(path, lss):
    parts, degrees = [("SQ001", "time"), ("SQ002", "money")], [("A1", "less"), ("A2", "more")]
    survey = [
        ("five", "5", "Points?", [], [], ""),
        ("points", "A", "Points for:", parts, [], ""),
        ("unsure", "C", "Unsure of:", parts, [], ""),
        ("trend", "E", "Trend of:", parts, [], ""),
        ("column", "H", "Degree of:", parts, degrees, ""),
        ("amount", "K", "Amount of:", parts, [], ""),
        ("words", "Q", "Words on:", parts, [], ""),
        ("when", "D", "When?", [], [], ""),
        ("page", "X", "Welcome.", [], [], ""),
    ]
    answers = ["4", "1", "5", "U", "N", "I", "D", "A1", "A2", "3", "4", "a", "b", "2026-05-01", ""]
    written(lss, structure(survey))
    export = limesurvey.read(responses_file(path, headings("full", survey=survey), rows([answers])), (lss,))
    kinds = ["item"] * 9 + ["number"] * 2 + ["text"] * 3 + ["metadata"]
    assert export.columns["role"].tolist()[len(OWN) :] == kinds
    assert export.answers.iloc[0, len(OWN) :].tolist()[:9] == [
        *("4", "1", "5", "Uncertain", "No", "Increase", "Decrease", "less", "more")
    ]


def test_ranks_and_two_scales_are_told_apart_by_their_order(path, lss):
    degrees = [("A1", "less"), ("A2", "more")]
    survey = [
        ("order", "R", "Put in order", [], degrees, ""),
        ("twice", "1", "Then, now", [("S", "time")], [], ""),
    ]
    made = structure(survey).replace("<answers><fields>", "<answers><rows>" + SCALES + "</rows><fields>")
    written(lss, made.replace("<answer_l10ns><fields>", "<answer_l10ns><rows>" + SAID + "</rows><fields>"))
    full = [*OWN.values(), "Put in order [Rank 1]", "Put in order [Rank 2]"]
    full += ["Then, now [time][Scale 1]", "Then, now [time][Scale 2]"]
    codes = [*OWN, "order[1]", "order[2]", "twice[S][1]", "twice[S][2]"]
    for header in (full, codes):
        export = limesurvey.read(responses_file(path, header, rows([["A2", "A1", "B1", "B1"]])), (lss,))
        assert export.answers.iloc[0, len(OWN) :].tolist() == ["more", "less", "then", "now"]
        assert export.columns["text"].tolist()[len(OWN) :] == [
            *("Rank 1", "Rank 2", "time (scale 1)", "time (scale 2)")
        ]


def test_two_questions_in_the_same_words_stay_two(path, lss):
    survey = [("a", "M", "Which?", [("1", "time")], [], ""), ("b", "M", "Which?", [("1", "time")], [], "")]
    written(lss, structure(survey))
    header = headings("full", survey=survey)
    export = limesurvey.read(responses_file(path, header, rows([["Y", ""], ["", "Y"]])), (lss,))
    assert export.columns["group"].tolist()[len(OWN) :] == ["Which? (a)", "Which? (b)"]
    assert export.answers.iloc[:, len(OWN) :].to_numpy().tolist() == [["time", ""], ["", "time"]]


@pytest.mark.parametrize("form", ["code", "full"])
def test_without_the_structure_options_are_told_by_their_brackets_and_the_rest_stays(path, form):
    export = limesurvey.read(responses_file(path, headings(form), rows()))
    roles = export.columns["role"].tolist()[len(OWN) :]
    assert roles[:4] == ["item", "item", "option", "option"]
    assert export.answers.iloc[:, len(OWN)].tolist() == ["AO01", "AO02"]
    assert not export.scales
    assert "Give the .lss" in " ".join(export.decided)


def test_without_the_structure_text_before_the_brackets_is_the_question(path):
    export = limesurvey.read(responses_file(path, headings("full"), rows()))
    row = export.columns.iloc[len(OWN) + 2]
    assert (row["group"], row["option"]) == ("How did you take part?", "Workshops")


def test_of_several_structures_the_one_that_fits_is_taken(path, lss, tmp_path):
    other = written(tmp_path / "other.lss", structure([("zzz", "T", "Another?", [], [], "")]))
    export = limesurvey.read(responses_file(path, headings("full"), rows()), (other, lss))
    assert export.scales


@pytest.mark.parametrize("form", FORMS)
def test_the_structure_of_another_survey_is_refused(path, lss, form):
    written(lss, structure([("zzz", "T", "Another?", [], [], "")]))
    (problem,) = problems(responses_file(path, headings(form), rows()), lss)
    assert problem.file == "survey.lss"
    assert "0 of the 11 questions" in problem.problem


def test_an_answer_that_the_structure_lacks_is_refused_without_being_told(path, lss):
    wrong = [ANSWERS[0], ["gwen@example.org", *ANSWERS[1][1:]]]
    (problem,) = problems(responses_file(path, headings("code"), rows(wrong)), lss)
    assert (problem.row, problem.column, problem.value) == ("3", "heard[SQ001]", "")


def test_the_export_of_another_tool_is_refused(path):
    assert "LimeSurvey" in problems(responses_file(path, ["Timestamp", "How?"], [["1", "well"]]))[0].problem


def test_a_survey_that_nobody_answered_is_refused(path, lss):
    empty = [[""] * len(headings("code"))]
    assert "no answers" in problems(responses_file(path, headings("code"), empty), lss)[0].problem


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
HARM = {
    "entities within entities": structure().replace("?>", f"?>{BOMB}", 1).replace("A lot", "]]>&c;<![CDATA["),
    "an entity from outside": structure()
    .replace("?>", f"?>{OUTSIDE}", 1)
    .replace("A lot", "]]>&b;<![CDATA["),
    "a document type": structure().replace(
        "?>", '?><!DOCTYPE document SYSTEM "http://example.org/a.dtd">', 1
    ),
    "elements in elements": "<document>" + "<rows>" * 100_000,
    "another kind of XML": "<html><body/></html>",
    "no XML": "id;submitdate\n1;2\n",
    "nothing": "",
    "an unknown encoding": '<?xml version="1.0" encoding="klingon"?><document/>',
    "no questions": "<document><questions><rows/></questions></document>",
    "cut off": structure()[:1500],
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_structure_that_is_damaged_or_made_to_harm_is_refused(path, lss, harm):
    written(lss, harm)
    (problem,) = problems(responses_file(path, headings("code"), rows()), lss)
    assert problem.file == "survey.lss"
    assert ".lss" in problem.remedy


def test_a_structure_that_is_too_large_is_not_opened(path, lss, monkeypatch):
    monkeypatch.setattr("coprod.exports.limesurvey_structure.LARGEST", 100)
    (problem,) = problems(responses_file(path, headings("code"), rows()), lss)
    assert "larger than" in problem.problem


def test_a_structure_that_is_not_there_is_refused(path, tmp_path):
    file = responses_file(path, headings("code"), rows())
    assert "cannot be read" in problems(file, tmp_path / "none.lss")[0].problem


text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)
response = st.tuples(
    st.sampled_from(["", *dict(DEGREES)]), st.sampled_from(["", "Y"]), st.sampled_from(["", "A1", "A2"]), text
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(given_answers=st.lists(response, min_size=1, max_size=12), form=st.sampled_from(FORMS))
def test_nothing_is_lost_and_nothing_invented(tmp_path, given_answers, form):
    lss = written(tmp_path / "survey.lss", structure())
    table = [
        [degree, "", tick, "", "", role, "", "", why, "", ""] for degree, tick, role, why in given_answers
    ]
    path = responses_file(tmp_path / "results.csv", headings(form), rows(table))
    labels = {"": "", **dict(DEGREES), "A1": "Resident", "A2": "Worker"}
    expected = [
        [labels[degree], "Workshops" if tick else "", labels[role], why]
        for degree, tick, role, why in given_answers
        if degree or tick or role or why
    ]
    if not expected:
        assert "no answers" in problems(path, lss)[0].problem
        return
    answers = limesurvey.read(path, (lss,)).answers
    assert answers.iloc[:, [ASKED[0], ASKED[2], ASKED[5], ASKED[8]]].to_numpy().tolist() == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(at=st.integers(0, 4_000), to=st.binary(max_size=6), cut=st.booleans(), harm_structure=st.booleans())
def test_a_damaged_file_is_read_or_refused_and_never_breaks(tmp_path, at, to, cut, harm_structure):
    lss = written(tmp_path / "survey.lss", structure())
    path = responses_file(tmp_path / "results.csv", headings("full"), rows([*ANSWERS, LEFT]))
    harmed = lss if harm_structure else path
    whole = harmed.read_bytes()
    harmed.write_bytes(whole[:at] + to + (b"" if cut else whole[at + 1 :]))
    said = ""
    try:
        export = limesurvey.read(path, (lss,))
        assert list(export.answers) == export.columns["column"].tolist()
    except FileRefused as refused:
        said = str(refused.problems)
    assert "gwen@example.org" not in said


def test_the_survey_of_these_tests_has_a_column_for_every_answer():
    assert len(headings("code")) == len(OWN) + len(ANSWERS[0])
    assert len({code for code, *_ in SURVEY}) == len(SURVEY)


@pytest.mark.skipif("COPROD_REALDATA" not in os.environ, reason="COPROD_REALDATA is not set")
def test_the_real_export_with_codes_and_texts_above_it_is_read():
    path = Path(os.environ["COPROD_REALDATA"]) / "realdata" / "snsf-sivocs" / "SIVOCS_data.csv"
    assert limesurvey.recognises(path)
    export = limesurvey.read(path)
    assert export.columns["role"].value_counts().to_dict() == {"item": 28, "identifier": 1}
    assert export.columns["group"].nunique() == 5  # four grids, and the number that stands alone
    nature = export.columns.iloc[8]
    assert nature["text"] == "researchers from other disciplines"
    assert nature["group"] == "What was the nature of involvement of those groups?"
    assert len(export.answers) == 361
