"""Qualtrics exports, written here in each shape that Qualtrics gives them."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod import exports
from coprod.exports import qualtrics
from coprod.exports.export import NOT_SEEN
from coprod.problems import FileRefused

AGREEMENT = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
OBSTACLES = ["Travel", "Too little time", "Money, or the lack of it", "Other (please specify)"]
SECRETS = ["R_1aB", "anna.berg@example.org", "Berg", "Anna", "203.0.113.9", "51.5072", "EXT-77"]
META = {
    "StartDate": ("startDate", "2024-03-01 10:00:00"),
    "EndDate": ("endDate", "2024-03-01 10:05:00"),
    "Status": ("status", "IP Address"),
    "IPAddress": ("ipAddress", "203.0.113.9"),
    "Progress": ("progress", "100"),
    "Duration (in seconds)": ("duration", "300"),
    "Finished": ("finished", "True"),
    "RecordedDate": ("recordedDate", "2024-03-01 10:05:01"),
    "ResponseId": ("_recordId", "R_1aB"),
    "RecipientLastName": ("recipientLastName", "Berg"),
    "RecipientFirstName": ("recipientFirstName", "Anna"),
    "RecipientEmail": ("recipientEmail", "anna.berg@example.org"),
    "ExternalReference": ("externalDataReference", "EXT-77"),
    "LocationLatitude": ("locationLatitude", "51.5072"),
    "LocationLongitude": ("locationLongitude", "-0.1275"),
    "DistributionChannel": ("distributionChannel", "email"),
    "UserLanguage": ("userLanguage", "EN"),
}
GRID = [
    ("Q1_1", "How far do you agree - today? - We had time.", {"ImportId": "QID1_1"}),
    ("Q1_2", "How far do you agree - today? - We were heard.", {"ImportId": "QID1_2"}),
]
TICKS = [
    (f"Q2_{n}", f"What made it hard? - Selected Choice - {label}", {"ImportId": "QID2", "choiceId": str(n)})
    for n, label in enumerate(OBSTACLES, start=1)
]
OTHER = ("Q2_4_TEXT", "What made it hard? - Other (please specify) - Text", {"ImportId": "QID2_4_TEXT"})
SINGLE = ("Q3", "How did it go?", {"ImportId": "QID3"})
WORDS = ("Q4", "What else?", {"ImportId": "QID4_TEXT"})


def table(columns, rows, meta=(), header=3):
    """Lay out an export: `rows` are answers by name, and metadata where they are not the usual ones."""
    about = {**META, **dict(meta)}
    lines = [
        [*about, *(name for name, _, _ in columns)],
        [*about, *(text for _, text, _ in columns)],
        [
            *(json.dumps({"ImportId": key, "timeZone": "Europe/London"}) for key, _ in about.values()),
            *(json.dumps(key) for *_, key in columns),
        ],
    ][:header]
    usual = {name: value for name, (_, value) in about.items()}
    names = [*about, *(name for name, _, _ in columns)]
    return [*lines, *([{**usual, **row}.get(name, "") for name in names] for row in rows)]


def written(folder, lines, separator=",", encoding="utf-8", name="answers.csv"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(lines)
    path = folder / name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read(folder, columns, rows, **options):
    return qualtrics.read(written(folder, table(columns, rows, **options)))


def told(export, name):
    return export.columns.set_index("column").loc[name]


def said(export):
    return " ".join(export.decided)


def test_it_is_recognised_by_what_stands_in_its_header(tmp_path):
    assert exports.recognise(written(tmp_path, table([SINGLE], [{"Q3": "Well"}]))) == "qualtrics"


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "Respondent ID,Start Date,End Date,IP Address\n", "\0", "id,StartDate\n1,2\n"]
)
def test_other_files_are_not_taken_for_it(tmp_path, text):
    path = tmp_path / "other.csv"
    path.write_text(text)
    assert not qualtrics.recognises(path)


def test_a_file_that_is_not_there_is_not_recognised_and_raises_nothing(tmp_path):
    assert not qualtrics.recognises(tmp_path / "nowhere.csv")


def test_identifiers_are_known_whatever_the_language_of_the_survey(tmp_path):
    lines = table([SINGLE], [{"Q3": "Gut"}])
    lines[1] = [f"Spalte {place}" for place in range(len(lines[1]))]
    lines[0] = [f"Feld {place}" for place in range(len(lines[0]) - 1)] + ["Q3"]

    columns = qualtrics.read(written(tmp_path, lines)).columns

    assert columns["role"].value_counts().to_dict() == {"metadata": 9, "identifier": 8, "item": 1}


def test_no_identifier_stands_in_what_is_said_or_described(tmp_path):
    rows = [{"Q3": "Well"}, {"Q3": "Badly", "Status": "Spam"}, {"Q3": "Well", "Progress": "20"}]
    export = read(tmp_path, [SINGLE, WORDS], rows)
    shown = f"{export.decided} {export.dropped.to_csv()} {export.columns.to_csv()}"
    assert not [secret for secret in SECRETS if secret in shown]


def test_tsv_in_utf_16_gives_the_same_as_csv(tmp_path):
    lines = table([*GRID, WORDS], [{"Q1_1": "Agree", "Q4": 'Zoë said "fine",\nand left'}])
    as_csv = qualtrics.read(written(tmp_path, lines))
    path = written(tmp_path, lines, "\t", "utf-16", "answers.tsv")
    assert exports.recognise(path) == "qualtrics"
    assert qualtrics.read(path).answers.equals(as_csv.answers)


def test_the_legacy_export_has_two_rows_a_mark_and_a_comma_too_many(tmp_path):
    lines = [
        ["V1", "V2", "V3", "V5", "V6", "V7", "V8", "V9", "V10", "Q1_1", "Q1_2", "Q2", ""],
        [
            *("ResponseID", "ResponseSet", "Name", "EmailAddress", "IPAddress", "Status", "StartDate"),
            *("EndDate", "Finished", "How far?-We had time", "How far?-We were heard", "What else?", ""),
        ],
        *(
            [
                f"R_{n}",
                "Default",
                "Anna",
                "a@example.org",
                "203.0.113.9",
                "0",
                "",
                "",
                "1",
                "2",
                "4",
                "Rain",
                "",
            ]
            for n in range(3)
        ),
    ]
    path = written(tmp_path, lines, encoding="utf-8-sig")

    export = exports.read(path)

    assert export.tool == "qualtrics"
    assert export.columns.groupby("role")["column"].agg(list)["identifier"] == ["V1", "V3", "V5", "V6"]
    assert told(export, "Q1_2")[["role", "group", "text"]].tolist() == ["item", "How far?", "We were heard"]
    assert "legacy" in said(export)


def test_single_quotes_in_the_row_of_identifiers_are_understood(tmp_path):
    lines = table([*GRID], [{"Q1_1": "Agree", "Q1_2": "Agree"}])
    lines[2] = [cell.replace('"', "'").replace("QID1_", "QID1-") for cell in lines[2]]
    assert told(qualtrics.read(written(tmp_path, lines)), "Q1_1")["text"] == "We had time."


@pytest.mark.parametrize(
    ("meta", "what"),
    [
        ({"Status": "Survey Preview"}, "answers to the preview"),
        ({"Status": "1"}, "answers to the preview"),
        ({"Status": "17"}, "answers to the preview"),
        ({"Status": "Umfragevorschau", "DistributionChannel": "preview"}, "answers to the preview"),
        ({"Status": "2"}, "test answers"),
        ({"DistributionChannel": "test"}, "test answers"),
        ({"Status": "8"}, "answers taken for spam"),
        ({"Status": "Imported Spam"}, "answers taken for spam"),
        ({"Status": "256"}, "synthetic answers"),
    ],
)
def test_what_nobody_answered_is_left_out_and_counted(tmp_path, meta, what):
    export = read(tmp_path, [SINGLE], [{"Q3": "Well"}, {"Q3": "Badly", **meta}])
    assert export.answers["Q3"].tolist() == ["Well"]
    assert export.dropped[["what", "rows"]].to_numpy().tolist() == [[what, 1]]


@pytest.mark.parametrize("status", ["0", "4", "16", "32", "IP Address", "Imported", "Offline", ""])
def test_other_answers_stay_whatever_their_status(tmp_path, status):
    export = read(tmp_path, [SINGLE], [{"Q3": "Well", "Status": status}])
    assert len(export.answers) == 1
    assert not export.dropped["rows"].sum()


def test_a_status_that_is_not_understood_is_said_and_not_shown(tmp_path):
    export = read(tmp_path, [SINGLE], [{"Q3": "Well", "Status": "Umfragevorschau"}])
    assert len(export.answers) == 1
    assert "status of 1 responses" in said(export)
    assert "vorschau" not in said(export)


@pytest.mark.parametrize("meta", [{"Progress": "40"}, {"Progress": "40", "Finished": "False"}])
def test_unfinished_responses_are_kept_and_counted(tmp_path, meta):
    export = read(tmp_path, [SINGLE], [{"Q3": "Well"}, {"Q3": "Badly", **meta}])
    assert len(export.answers) == 2
    assert "kept: 1 of 2" in said(export)


def test_responses_without_an_answer_are_left_out(tmp_path):
    export = read(tmp_path, [SINGLE], [{"Q3": "Well"}, {"Progress": "0"}])
    assert len(export.answers) == 1
    assert export.dropped["what"].tolist() == ["rows without an answer"]


def test_the_time_zone_of_the_dates_is_said(tmp_path):
    assert "Europe/London" in said(read(tmp_path, [SINGLE], [{"Q3": "Well"}]))


def test_a_statement_of_a_grid_is_cut_from_a_question_that_holds_dashes(tmp_path):
    export = read(tmp_path, GRID, [{"Q1_1": "Agree", "Q1_2": "Disagree"}] * 3)
    row = told(export, "Q1_2")
    assert row[["role", "group", "text"]].tolist() == [
        *("item", "How far do you agree - today?", "We were heard."),
    ]


def test_questions_are_cleaned_of_tags_and_line_breaks(tmp_path):
    column = ("Q3", "<b>How</b> did\n it <br/>go&nbsp;?", {"ImportId": "QID3"})
    assert told(read(tmp_path, [column], [{"Q3": "Well"}]), "Q3")["text"] == "How did it go ?"


def test_choices_that_were_ticked_become_options_of_one_question(tmp_path):
    rows = [{"Q2_1": OBSTACLES[0], "Q2_4": OBSTACLES[3], "Q2_4_TEXT": "The rain"}, {"Q2_2": OBSTACLES[1]}]
    export = read(tmp_path, [*TICKS, OTHER], rows)

    options = export.columns[export.columns["role"] == "option"]
    assert options["option"].tolist() == OBSTACLES
    assert set(options["text"]) == {"What made it hard?"}
    assert options["group"].nunique() == 1
    assert told(export, "Q2_4_TEXT")[["role", "group"]].tolist() == ["text", "What made it hard?"]
    assert export.answers[["Q2_1", "Q2_2", "Q2_3"]].to_numpy().tolist() == [
        ["Travel", "", ""],
        ["", OBSTACLES[1], ""],
    ]


def test_ticks_written_as_numbers_become_labels(tmp_path):
    export = read(tmp_path, TICKS, [{"Q2_1": "1", "Q2_3": "1"}, {"Q2_2": "1"}])
    assert export.answers[["Q2_1", "Q2_3"]].to_numpy().tolist() == [["Travel", OBSTACLES[2]], ["", ""]]


def test_a_zero_for_choices_that_were_seen_tells_who_was_not_asked(tmp_path):
    rows = [{"Q3": "a", "Q2_1": "1", "Q2_2": "0", "Q2_3": "0", "Q2_4": "0"}, {"Q3": "b"}]
    export = read(tmp_path, [SINGLE, *TICKS], rows)
    assert export.answers[["Q2_1", "Q2_2"]].to_numpy().tolist() == [["Travel", ""], [NOT_SEEN] * 2]
    assert "not ticked" in said(export)


def test_older_exports_do_not_tell_choices_from_statements_but_the_cells_do(tmp_path):
    columns = [(name, text, {"ImportId": f"QID2_{name[-1]}"}) for name, text, _ in TICKS]
    export = read(tmp_path, columns, [{"Q2_1": "Travel", "Q2_2": OBSTACLES[1]}, {"Q2_1": "Travel"}])
    assert set(export.columns["role"][-4:]) == {"option"}


def test_a_grid_where_several_could_be_ticked_is_a_question_for_each_statement(tmp_path):
    columns = [
        (f"Q5_{row}_{n}", f"Who did it? - {task} - {who}", {"ImportId": f"QID5_{row}", "choiceId": str(n)})
        for row, task in enumerate(["Asking", "Writing"], start=1)
        for n, who in enumerate(["Us", "Them"], start=1)
    ]
    export = read(tmp_path, columns, [{"Q5_1_1": "Us", "Q5_2_1": "Us", "Q5_2_2": "Them"}, {"Q5_1_2": "Them"}])
    options = export.columns[export.columns["role"] == "option"]
    assert options["group"].nunique() == 2
    assert options["text"].tolist() == ["Who did it? - Asking"] * 2 + ["Who did it? - Writing"] * 2
    assert options["option"].tolist() == ["Us", "Them"] * 2


def test_choices_in_one_cell_come_apart_though_one_holds_a_comma(tmp_path):
    cells = [
        "Travel,Too little time",
        "Money, or the lack of it",
        "Travel",
        "Travel,Money, or the lack of it",
    ] * 3
    export = read(tmp_path, [SINGLE], [{"Q3": cell} for cell in [*cells, "Too little time"]])
    row = told(export, "Q3")
    assert row["role"] == "joined"
    options = {option for cell in export.answers["Q3"] for option in cell.split(row["separator"])}
    assert options == set(OBSTACLES[:3])
    assert "Money, or the lack of it" in said(export)


def test_recode_values_in_one_cell_come_apart(tmp_path):
    export = read(tmp_path, [SINGLE], [{"Q3": cell} for cell in ["1,4", "4", "1", "2,4"]])
    assert told(export, "Q3")[["role", "separator"]].tolist() == ["joined", ","]
    assert export.answers["Q3"].tolist() == ["1,4", "4", "1", "2,4"]


def test_a_label_with_a_comma_is_one_answer(tmp_path):
    export = read(tmp_path, [SINGLE], [{"Q3": cell} for cell in ["Yes, always", "No", "Yes, but rarely"] * 4])
    assert told(export, "Q3")["role"] == "item"


def test_recode_values_are_said_to_be_numbers_without_labels(tmp_path):
    assert "recode values" in said(read(tmp_path, [*GRID], [{"Q1_1": "4", "Q1_2": "14"}] * 2))
    assert "recode values" not in said(read(tmp_path, [*GRID], [{"Q1_1": "Agree", "Q1_2": "Agree"}] * 2))


def test_rounds_of_the_same_questions_stay_apart(tmp_path):
    columns = [
        (f"{n}_Q5_{k}", f"{place} - How was it? - {what}", {"ImportId": f"{n}_QID5_{k}"})
        for n, place in enumerate(["Lincoln", "Leeds"], start=1)
        for k, what in enumerate(["Room", "Food"], start=1)
    ]
    export = read(
        tmp_path, columns, [{"1_Q5_1": "Good", "1_Q5_2": "Bad", "2_Q5_1": "Bad", "2_Q5_2": "Good"}] * 2
    )
    assert told(export, "2_Q5_1")[["group", "text"]].tolist() == ["Leeds - How was it?", "Room"]
    assert "loop and merge" in said(export)


@pytest.mark.parametrize(
    ("name", "key", "role"),
    [
        ("Q1_First Click", "QID1_FIRST_CLICK", "metadata"),
        ("Q1_DO_2", "QID1_DO", "metadata"),
        ("FL_15_DO", "FL_15_DO", "metadata"),
        ("SC0", "SC_abc", "metadata"),
        ("Q4 - Topics", "QID4_TEXT_eae5a8d0e7fd4bd183e983e5Topics", "metadata"),
        ("Q9_Id", "QID9_FILE_ID", "identifier"),
        ("Q9_Name", "QID9_FILE_NAME", "identifier"),
        ("PROLIFIC_PID", "PROLIFIC_PID", "identifier"),
        ("staffId", "staffId", "identifier"),
        ("firstName", "firstName", "identifier"),
        ("anything", "anything", "identifier"),
    ],
)
def test_what_qualtrics_worked_out_or_was_sent_along_is_no_answer(tmp_path, name, key, role):
    column = (name, name, {"ImportId": key})
    export = read(tmp_path, [SINGLE, column], [{"Q3": "Well", name: f"x{n}y7"} for n in range(6)])
    assert told(export, name)["role"] == role


def test_what_was_embedded_and_holds_labels_is_kept(tmp_path):
    column = ("site", "site", {"ImportId": "site"})
    rows = [{"Q3": "Well", "site": place} for place in ["Lincoln", "Leeds"] * 4]
    assert told(read(tmp_path, [SINGLE, column], rows), "site")["role"] == "item"


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("Q7", "What is your e-mail address?", "QID7_TEXT"),
        ("Q7_1", "About you - Name", "QID7_1"),
        ("Q7", "The first two letters of your mother's first name", "QID7_TEXT"),
    ],
)
def test_questions_that_ask_who_somebody_is_are_identifiers(tmp_path, name, text, key):
    rows = [{"Q3": "Well", name: cell} for cell in ["Anna", "Bo", "Cy", "Di"]]
    assert told(read(tmp_path, [SINGLE, (name, text, {"ImportId": key})], rows), name)["role"] == "identifier"


def test_seen_and_not_answered_is_told_from_not_asked_where_the_export_says_so(tmp_path):
    rows = [{"Q3": "Well", "Q4": "-99"}, {"Q3": "-99", "Q4": "Rain"}, {"Q4": "Sun"}]
    export = read(tmp_path, [SINGLE, WORDS], rows)
    assert export.answers["Q3"].tolist() == ["Well", "", NOT_SEEN]
    assert export.answers["Q4"].tolist() == ["", "Rain", "Sun"]


def test_a_recode_value_of_minus_99_stays_an_answer_and_is_said(tmp_path):
    export = read(tmp_path, [SINGLE, WORDS], [{"Q3": "1", "Q4": "Rain"}, {"Q3": "-99", "Q4": "Sun"}])
    assert export.answers["Q3"].tolist() == ["1", "-99"]
    assert "-99 stands in 1 columns" in said(export)


def test_names_that_stand_twice_are_numbered_and_said(tmp_path):
    lines = table([SINGLE], [{"Q3": "Well"}])
    lines = [[*line, line[-1]] for line in lines]
    lines[2][-1] = '{"ImportId":"QID8"}'
    export = qualtrics.read(written(tmp_path, lines))
    assert list(export.answers)[-2:] == ["Q3", "Q3 (2)"]
    assert "stands above 2 columns" in said(export)


def test_the_same_question_under_two_numbers_gives_two_groups(tmp_path):
    again = [(f"{name}b", text, {**key, "ImportId": "QID9"}) for name, text, key in TICKS]
    export = read(tmp_path, [*TICKS, *again], [{"Q2_1": "1", "Q2_2b": "1"}, {"Q2_2": "1"}])
    assert export.columns.query("role == 'option'")["group"].nunique() == 2


@pytest.mark.parametrize("header", [1, 2])
def test_without_the_row_of_identifiers_columns_are_known_by_their_names(tmp_path, header):
    export = read(
        tmp_path, [SINGLE, *GRID], [{"Q3": "Well", "Q1_1": "Agree", "Q1_2": "Agree"}] * 3, header=header
    )
    assert (export.columns["role"] == "identifier").sum() == 8
    assert len(export.answers) == 3
    assert "identifiers is missing" in said(export)


@pytest.mark.parametrize("missing", [[0], [1], [0, 1]])
def test_a_header_row_that_is_missing_above_the_identifiers_is_refused(tmp_path, missing):
    lines = [line for place, line in enumerate(table([SINGLE], [{"Q3": "Well"}])) if place not in missing]
    with pytest.raises(FileRefused) as refused:
        qualtrics.read(written(tmp_path, lines))
    assert refused.value.problems[0].row == str(3 - len(missing))


def test_a_file_of_another_tool_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="no export of Qualtrics"):
        qualtrics.read(written(tmp_path, [["a", "b"], ["1", "2"]]))


@pytest.mark.parametrize("rows", [[], [{}], [{"Q3": "Well", "Status": "1"}]])
def test_an_export_without_answers_is_refused(tmp_path, rows):
    with pytest.raises(FileRefused, match="no answers"):
        read(tmp_path, [SINGLE], rows)


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
ROW = st.fixed_dictionaries(
    {
        "Q1_1": st.sampled_from(["", *AGREEMENT]),
        "Q1_2": st.sampled_from(["", *AGREEMENT]),
        "ticked": st.sets(st.sampled_from(range(4))),
        "Q3": st.sampled_from(["Well", "Badly", "=1+1", "None"]),
        "Q4": st.text(LETTERS, max_size=30),
    }
)


@given(st.lists(ROW, min_size=1, max_size=8), st.booleans(), st.sampled_from([",", "\t", ";"]))
def test_whatever_was_answered_comes_back(tmp_path_factory, rows, as_numbers, separator):
    for row in rows:
        row.update({f"Q2_{n + 1}": "1" if as_numbers else OBSTACLES[n] for n in row.pop("ticked")})
    lines = table([*GRID, *TICKS, SINGLE, WORDS], rows)

    answers = qualtrics.read(written(tmp_path_factory.mktemp("q"), lines, separator)).answers

    for name in ["Q1_1", "Q1_2", "Q3", "Q4"]:
        assert answers[name].tolist() == [row[name] for row in rows]
    for n, label in enumerate(OBSTACLES, start=1):
        assert answers[f"Q2_{n}"].tolist() == [label if row.get(f"Q2_{n}") else "" for row in rows]


@given(st.data())
def test_a_damaged_file_is_read_or_refused_but_never_fails(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged")
    rows = [{"Q3": "Well", "Q4": "Rain, and wind", "Q2_1": "1"}, {"Q3": "Badly", "Q1_1": "Agree"}]
    path = written(folder, table([*GRID, *TICKS, OTHER, SINGLE, WORDS], rows))
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.sampled_from([0, 1, 40, len(whole)]))
    path.write_bytes(whole[:start] + data.draw(st.binary(max_size=4)) + whole[start + length :])
    try:
        export = exports.read(path, "qualtrics")
    except FileRefused:
        return
    assert list(export.answers) == export.columns["column"].tolist()


REAL = Path(os.environ["COPROD_REALDATA"]) / "exports" if "COPROD_REALDATA" in os.environ else None
needs_real = pytest.mark.skipif(REAL is None, reason="COPROD_REALDATA is not set")


@needs_real
@pytest.mark.parametrize("name", ["qualtrics_sample.csv", "qualtrics_sample_legacy.csv"])
def test_the_real_samples_are_read(name):
    export = exports.read(REAL / name)
    assert export.tool == "qualtrics"
    assert export.answers[["Q1", "Q2"]].to_numpy().tolist() == [["2", "Hello World!"]]
    assert told(export, "Q2")["role"] == "text"
    assert told(export, "LocationLatitude")["role"] == "identifier"
