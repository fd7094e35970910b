"""Microsoft Forms: its workbook and the CSV made of it give the answers, whatever language it is in."""

import csv
import datetime as dt
import os
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from coprod.exports import microsoft_forms
from coprod.problems import FileRefused

ENGLISH = ["ID", "Start time", "Completion time", "Email", "Name"]
HEADERS = {
    "English": [*ENGLISH, "Last modified time"],
    "Welsh": ["ID", "Amser dechrau", "Amser cwblhau", "E-bost", "Enw", "Amser addasu diwethaf"],
    "German": ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Uhrzeit der letzten Änderung"],
    "Swedish": ["ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Tid för senaste ändring"],
    "French": ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Langue"],
    "Dutch": ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging"],
}
QUESTIONS = ["We were heard", "Which helped?\n", "Any more?"]
ANSWERS = [
    ["Agree", "Time;Trust;", "It went well. We met twice, and then again."],
    ["Disagree", "Trust;", ""],
    ["Agree", "", "No"],
    ["Disagree", "Money, or the lack of it;Time;", ""],
]
WHEN = dt.datetime(2026, 4, 22, 14, 32, 50)


def rows(header=HEADERS["English"], questions=QUESTIONS, answers=ANSWERS):
    """Lay out an export: five columns, the questions, and a time at the end."""
    about = [[number, WHEN, WHEN, "anonymous", ""] for number in range(1, len(answers) + 1)]
    given = [[*first, *own, ""] for first, own in zip(about, answers, strict=True)]
    return [[*header[:5], *questions, header[5]], *given]


def to_workbook(path, table):
    book = Workbook()
    for row in table:
        book.active.append(row)
    book.save(path)
    return path


def to_csv(path, table, encoding="cp1252", separator=","):
    """Save as a spreadsheet in the United States does."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        for row in table:
            writer.writerow(
                [f"{cell:%-m/%-d/%y %-H:%M:%S}" if isinstance(cell, dt.datetime) else cell for cell in row]
            )
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "form.xlsx"


def roles(export):
    return dict(zip(export.columns["column"], export.columns["role"], strict=True))


# what comes out


def test_answers_are_as_given_one_row_for_each_response(path):
    export = microsoft_forms.read(to_workbook(path, rows()))
    assert export.answers["We were heard"].tolist() == ["Agree", "Disagree", "Agree", "Disagree"]
    assert export.tool == "microsoft_forms"


def test_each_column_has_its_role(path):
    export = microsoft_forms.read(to_workbook(path, rows()))
    assert roles(export) == {
        "ID": "identifier",
        "Start time": "metadata",
        "Completion time": "metadata",
        "Email": "identifier",
        "Name": "identifier",
        "We were heard": "item",
        "Which helped?": "joined",
        "Any more?": "text",
        "Last modified time": "metadata",
    }
    assert (export.columns.query("role == 'identifier'")["why"] != "").all()


def test_the_separator_at_the_end_is_no_option(path):
    export = microsoft_forms.read(to_workbook(path, rows()))
    given = ["Time;Trust", "Trust", "", "Money, or the lack of it;Time"]
    assert export.answers["Which helped?"].tolist() == given
    assert export.columns.set_index("column").loc["Which helped?", "separator"] == ";"


@pytest.mark.parametrize("language", HEADERS)
def test_the_header_may_be_in_another_language(path, language):
    to_workbook(path, rows(HEADERS[language]))
    assert microsoft_forms.recognises(path)
    found = list(roles(microsoft_forms.read(path)).values())
    about = ["identifier", "metadata", "metadata", "identifier", "identifier"]
    assert found == [*about, "item", "joined", "text", "metadata"]


def test_an_unknown_language_is_told_by_what_stands_below(path):
    table = rows(["ID", "Hasiera-ordua", "Amaiera-ordua", "Email", "Izena", "Language"])
    assert microsoft_forms.recognises(to_workbook(path, table))
    assert roles(microsoft_forms.read(path))["Hasiera-ordua"] == "metadata"


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_the_csv_made_of_it_gives_the_same_answers(path, encoding, separator):
    answers = [["Très bien \N{EN DASH} oui", *own[1:]] if own[0] == "Agree" else own for own in ANSWERS]
    table = rows(answers=answers)
    packed = microsoft_forms.read(to_workbook(path, table))
    saved = microsoft_forms.read(to_csv(path.with_suffix(".csv"), table, encoding, separator))
    questions = ["We were heard", "Which helped?", "Any more?"]
    assert saved.answers[questions].equals(packed.answers[questions])
    assert any("Windows-1252" in said for said in saved.decided) == (encoding == "cp1252")


def test_points_and_feedback_of_a_quiz_are_left_out_and_said(path):
    questions = ["We were heard", "Points - We were heard", "Feedback - We were heard", "Feedback - open"]
    answers = [
        ["Agree", 1, "", "It was a long day. We liked it."],
        ["Disagree", 0, "", ""],
        ["Agree", 1, "", ""],
    ]
    export = microsoft_forms.read(to_workbook(path, rows(questions=questions, answers=answers)))
    assert [name for name in export.answers if "Feedback" in name or "Points" in name] == ["Feedback - open"]
    assert any("quiz" in said and "'Points - We were heard'" in said for said in export.decided)


def test_what_people_put_in_order_is_not_read_as_ticked(path):
    answers = [["Time;Trust;Money;"], ["Trust;Time;Money;"], ["Money;Time;Trust;"]]
    export = microsoft_forms.read(to_workbook(path, rows(questions=["Put in order"], answers=answers)))
    assert roles(export)["Put in order"] == "text"
    assert any("put in order" in said for said in export.decided)


def test_a_semicolon_in_somebodys_words_joins_nothing(path):
    answers = [["Agree", "It began late; then it was good."], ["Agree", "No"], ["Disagree", ""]]
    export = microsoft_forms.read(to_workbook(path, rows(questions=["Heard?", "Any more?"], answers=answers)))
    assert roles(export)["Any more?"] == "text"


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("What is your e-mail?", ["a@example.org", "b@example.org", "c@example.org"]),
        ("How can we reach you?", ["07700 900123", "07700 900456", "07700 900789"]),
        ("Your full name", ["Ann Other", "Sam Sample", "Jo Bloggs"]),
        ("Your personal code", ["AB12", "AB12", "CD34"]),
        ("Upload", [f"https://example.sharepoint.com/{name}.docx" for name in ("a", "b", "c")]),
    ],
)
def test_a_question_that_tells_who_somebody_is_is_an_identifier(path, question, answers):
    table = rows(questions=["Heard?", question], answers=[["Yes", answer] for answer in answers])
    export = microsoft_forms.read(to_workbook(path, table))
    assert roles(export)[question] == "identifier"
    assert not any(answer in said for said in export.decided for answer in answers)


def test_two_questions_with_the_same_words_stay_two_columns(path):
    table = rows(questions=["Heard?", "Heard?"], answers=[["Yes", "No"], ["No", "Yes"]])
    export = microsoft_forms.read(to_workbook(path, table))
    assert export.answers[["Heard?", "Heard? (2)"]].to_numpy().tolist() == [["Yes", "No"], ["No", "Yes"]]
    assert any("stands above 2 columns" in said for said in export.decided)


def test_dates_written_in_two_ways_are_said(path):
    table = rows()
    table[1][1] = "22/04/2026 14:32"
    table[2][1] = "4/22/26 2:32 PM"
    export = microsoft_forms.read(to_workbook(path, table))
    assert (
        "The dates in 'Start time' are written in more than one way: no date was read from them."
        in export.decided
    )


def test_a_response_without_any_answer_is_left_out_and_counted(path):
    export = microsoft_forms.read(to_workbook(path, rows(answers=[["", "", ""], *ANSWERS])))
    assert len(export.answers) == len(ANSWERS)
    assert export.dropped.to_numpy().tolist() == [
        ["rows without an answer", 1, "No question was answered in them."]
    ]


def test_a_form_with_one_question_that_asks_nobodys_name_is_known(path):
    to_workbook(path, [["Id", "Start time", "Completion time", "Heard?"], [1, WHEN, WHEN, "Yes"]])
    assert microsoft_forms.recognises(path)
    assert list(roles(microsoft_forms.read(path)).values())[-1] == "item"


# what is refused


def test_an_export_of_another_tool_is_refused(path):
    to_workbook(path, [["Timestamp", "Heard?"], [WHEN, "Yes"]])
    assert not microsoft_forms.recognises(path)
    with pytest.raises(FileRefused, match="That is no export of Microsoft Forms"):
        microsoft_forms.read(path)


def test_a_missing_header_row_is_refused(path):
    to_workbook(path, rows()[1:])
    with pytest.raises(FileRefused, match="header row"):
        microsoft_forms.read(path)


@pytest.mark.parametrize("answers", [[], [["", "", ""]]])
def test_an_export_without_answers_is_refused(path, answers):
    with pytest.raises(FileRefused, match="There are no answers"):
        microsoft_forms.read(to_workbook(path, rows(answers=answers)))


# real files


@pytest.fixture(scope="module")
def uppmax():
    if "COPROD_REALDATA" not in os.environ:
        pytest.skip("COPROD_REALDATA names no folder of real files")
    return Path(os.environ["COPROD_REALDATA"]) / "realdata" / "uppmax-hpc-python"


CONFIDENCE = {
    "I can absolutely do this!": 5,
    "I have good confidence I can do this": 4,
    "I have some confidence I can do this": 3,
    "I have low confidence I can do this": 2,
    "I have no confidence I can do this": 1,
}


@pytest.mark.parametrize(
    "file",
    [
        "20250425_day_2/evaluation_20250425_day_2.csv",
        "20251128_day_2/survey_end.csv",
        "20260422_day_2/evaluation_results.csv",
    ],
)
def test_the_means_that_uppmax_published_come_out(uppmax, file):
    path = uppmax / file
    published = pd.read_csv(path.parent / "average_confidences.csv").set_index("question")["mean"]
    assert microsoft_forms.recognises(path)
    export = microsoft_forms.read(path)
    labels = {label.casefold(): value for label, value in CONFIDENCE.items()}
    means = {
        name: export.answers[name].str.strip().str.casefold().map(labels).mean() for name in published.index
    }
    assert {roles(export)[name] for name in published.index} == {"item"}
    assert pd.Series(means).round(2).to_dict() == pytest.approx(published.to_dict(), abs=0.0051)


@pytest.mark.parametrize(
    ("file", "responses"),
    [("20230523/evaluation_20230523.csv", 14), ("20231201/evaluation_20231201.csv", 3)],
)
def test_older_evaluations_of_uppmax_are_read(uppmax, file, responses):
    export = microsoft_forms.read(uppmax / file)
    found = export.columns.set_index("text")["role"]
    assert len(export.answers) == responses
    assert found["Length of course was"] == "item"
    assert found["Do you have any additional comments?"] == "text"
