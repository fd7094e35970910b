"""Tables that no tool is known of: a header row, and answers below it."""

import csv
import io
import os
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod import exports
from coprod.exports import plain
from coprod.problems import FileRefused

PLACES = ["Lincoln", "Leeds", "Lincoln", "Leeds", "Lincoln", "Leeds"]


def written(folder, lines, separator=",", name="answers.csv", encoding="utf-8"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(lines)
    path = folder / name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read(folder, **columns):
    return plain.read(written(folder, [list(columns), *zip(*columns.values(), strict=True)]))


def read_under(folder, header, *rows):
    return plain.read(written(folder, [header, *rows]))


def role(export, name):
    return export.columns.set_index("column").loc[name, "role"]


@pytest.mark.parametrize("name", ["a.csv", "a.TSV", "a.txt", "a.xlsx"])
def test_tables_are_recognised_by_their_names(tmp_path, name):
    assert plain.recognises(tmp_path / name)
    assert not plain.recognises(tmp_path / f"{name}.png")


def test_a_table_of_no_known_tool_is_plain(tmp_path):
    path = written(tmp_path, [["place", "rating"], ["Lincoln", "Agree"], ["Leeds", "Agree"]])
    assert exports.recognise(path) == "plain"


def test_a_file_that_is_no_table_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(FileRefused, match="CSV, TSV, XLSX"):
        exports.recognise(tmp_path / "photo.png")


@pytest.mark.parametrize(("separator", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv")])
def test_separators_make_no_difference(tmp_path, separator, name):
    lines = [["place", "said"], ["Lincoln", "a, b; c"], ["Leeds", "x"]]
    assert plain.read(written(tmp_path, lines, separator, name)).answers.to_numpy().tolist() == lines[1:]


def test_a_workbook_gives_the_same_as_csv(tmp_path):
    lines = [["place", "rating"], *([place, "4"] for place in PLACES)]
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line])
    book.save(tmp_path / "answers.xlsx")
    assert plain.read(tmp_path / "answers.xlsx").answers.equals(plain.read(written(tmp_path, lines)).answers)


def test_labels_numbers_and_words_are_told_apart(tmp_path):
    export = read(
        tmp_path,
        place=PLACES,
        hours=["12", "40", "3.5", "110", "12", "8"],
        story=[
            "We met in the rain.",
            "",
            "Nobody came. We left.",
            "It was good to be asked.",
            "",
            "Tea helped.",
        ],
    )
    assert export.columns["role"].tolist() == ["item", "number", "text"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("id. Response ID", ["2", "7", "9", "11", "30", "31"]),
        ("participantId", ["a", "b", "c", "d", "e", "f"]),
        ("", ["1", "2", "3", "4", "5", "6"]),
        ("link", ["8c1f-22aa", "9d1f-22ab", "7e1f-22ac", "6f1f-22ad", "5a1f-22ae", "4b1f-22af"]),
        ("First name", ["Anna", "Anna", "Bo", "Bo", "Cy", "Cy"]),
        ("E-mail", ["", "", "", "", "", "a@example.org"]),
        ("where from", ["203.0.113.1", "203.0.113.1", "203.0.113.2", "", "", ""]),
        ("LocationLatitude", ["51.5", "51.5", "51.5", "53.2", "53.2", "53.2"]),
        ("Date of birth", ["1980-01-02", "1980-01-03", "", "", "", ""]),
        ("When were you born?", ["02/01/1980", "03/01/1980", "", "", "", ""]),
    ],
)
def test_columns_that_tell_who_somebody_is_are_identifiers(tmp_path, header, cells):
    export = read_under(tmp_path, ["place", header], *zip(PLACES, cells, strict=True))
    assert export.columns["role"].tolist() == ["item", "identifier"]
    shown = f"{export.decided} {export.dropped.to_csv()} {export.columns.to_csv()}"
    assert not [cell for cell in cells if len(cell) > 2 and cell in shown]


def test_dates_of_the_form_are_metadata(tmp_path):
    export = read(tmp_path, place=PLACES, sent=[f"2024-03-0{n} 10:00:00" for n in range(1, 7)])
    assert role(export, "sent") == "metadata"


def test_a_rating_that_happens_to_rise_is_no_number_of_a_row(tmp_path):
    export = read(tmp_path, place=PLACES, rating=["1", "2", "3", "4", "5", "5"])
    assert role(export, "rating") == "item"


def test_options_under_headers_that_a_spreadsheet_made_up_belong_together(tmp_path):
    header = ["place", "Obstacles", "Column3", "Column4", "Column5", "rating"]
    rows = [
        ["Lincoln", "Travel", "", "Money", "", "4"],
        ["Leeds", "", "Time", "", "My cat was ill. Badly.", "5"],
    ]
    export = read_under(tmp_path, header, *rows, ["Leeds", "Travel", "", "", "The rain.", "4"])
    assert export.columns["role"].tolist() == ["item", "option", "option", "option", "text", "item"]
    assert export.columns["option"].tolist()[1:4] == ["Travel", "Time", "Money"]
    assert export.columns["group"].tolist()[1:4] == ["Obstacles"] * 3
    assert "3 options" in " ".join(export.decided)


def test_a_column_with_a_name_of_its_own_is_no_option_of_the_one_before(tmp_path):
    export = read_under(tmp_path, ["consent", "Field"], *[["Yes", "Maths"], ["Yes", ""]] * 2)
    assert "option" not in set(export.columns["role"])


def test_options_may_stand_beside_their_question_in_the_header(tmp_path):
    header = ["place", "Obstacles [Travel]", "Obstacles [Money]", "Obstacles [Rain]"]
    rows = [["Lincoln", "Travel", "", ""], ["Leeds", "", "Money", ""]]
    export = read_under(tmp_path, header, *rows, *rows)
    assert export.columns["option"].tolist() == ["", "Travel", "Money", "Rain"]
    assert set(export.columns["group"][1:]) == {"Obstacles"}


def test_statements_of_a_grid_stand_beside_their_question_in_the_header(tmp_path):
    header = ["Agree? [We had time]", "Agree? [We were heard]", "Anything [else]"]
    export = read_under(tmp_path, header, *[["Yes", "No", "No"], ["No", "No", "Yes"]])
    assert export.columns["text"].tolist() == ["We had time", "We were heard", "Anything [else]"]
    assert export.columns["group"].tolist() == ["Agree?", "Agree?", ""]


@pytest.mark.parametrize("separator", ["; ", ";", " | ", ", "])
def test_options_in_one_cell_come_apart(tmp_path, separator):
    cells = [
        separator.join(row)
        for row in [["Travel", "Money"], ["Travel"], ["Money"], ["Money", "Time"], ["Time"]]
    ]
    export = read(tmp_path, place=PLACES[:5], obstacles=cells)
    assert role(export, "obstacles") == "joined"
    assert export.columns["separator"].tolist() == ["", separator]
    assert export.answers["obstacles"].tolist() == cells


def test_names_that_stand_twice_are_numbered_and_said(tmp_path):
    export = read_under(tmp_path, ["place", "rating", "rating"], *[["Lincoln", "4", "5"]] * 2)
    assert list(export.answers) == ["place", "rating", "rating (2)"]
    assert "stands above 2 columns" in " ".join(export.decided)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"place,rating\n", "no answers"),
        (b"place,rating\n,\n", "no answers"),
        (b"place,rating\nLincoln\n", "cells"),
        (b"place,rating\nLincoln,\x00\n", "NUL"),
        (b'place,rating\nLincoln,"Agr', "cannot be read"),
        (b"Lincoln,Agree\nLeeds,Agree\nLincoln,Disagree\nLeeds,Agree\n", "no header row"),
        ((",".join(map(str, range(10_000))) + "\n").encode() * 2, "10,000 columns"),
        (b"PK\x03\x04 no workbook", "damaged|workbook|cannot be read"),
    ],
)
def test_a_broken_table_is_refused_in_words(tmp_path, data, problem):
    path = tmp_path / "answers.csv"
    path.write_bytes(data)
    with pytest.raises(FileRefused, match=problem):
        exports.read(path)


CELL = st.one_of(
    st.sampled_from(["", "Agree", "Disagree", "None", "=1+1", "4"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_whatever_stands_in_the_cells_comes_back(tmp_path_factory, rows, separator):
    header = ["How was it for you?", "Would you come again?", "What else?"]
    path = written(tmp_path_factory.mktemp("plain"), [header, *rows], separator)
    filled = [list(row) for row in rows if any(row)]
    try:
        export = plain.read(path)
    except FileRefused:
        assert not filled
        return
    asked = export.columns.query("role not in ('identifier', 'metadata')")["column"].tolist()
    answered = [row for row in filled if any(row[header.index(name)] for name in asked)]
    for name in export.columns.query("role != 'joined'")["column"]:
        assert export.answers[name].tolist() == [row[header.index(name)] for row in answered]


REAL = Path(os.environ["COPROD_REALDATA"]) / "realdata" if "COPROD_REALDATA" in os.environ else None
needs_real = pytest.mark.skipif(REAL is None, reason="COPROD_REALDATA is not set")


@needs_real
def test_the_real_long_term_survey_of_the_carpentries_is_read():
    export = exports.read(REAL / "carpentries-longterm-2017" / "longterm_October2017.csv")
    assert export.tool == "plain"
    assert len(export.answers) == 476
    sizes = export.columns.query("role == 'option'").groupby("group").size().to_dict()
    assert sizes == {
        "Field": 12,
        "Content": 11,
        "Behaviors-Adopted": 9,
        "How-Tools-Learned-Help": 5,
        "Carpentry-Involvement": 8,
        "Activities": 6,
    }
    assert (export.answers["Column14"] == "Git").sum() == 362


@needs_real
def test_the_real_survey_of_sivocs_is_read_as_a_plain_table():
    export = exports.read(REAL / "snsf-sivocs" / "SIVOCS_data.csv", "plain")
    assert len(export.answers) == 361
    assert export.columns["role"].value_counts().to_dict() == {"item": 28, "identifier": 1}
    assert export.columns["group"].nunique() == 5
