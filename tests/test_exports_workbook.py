"""Workbooks become the same table of text as files of separated values, or are refused with the reason."""

import datetime as dt
import io
import os
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles.numbers import FORMAT_DATE_XLSX14
from openpyxl.worksheet.formula import ArrayFormula

from coprod import spreadsheets
from coprod.exports import workbook as workbooks
from coprod.exports.tables import openings, read_either, read_table
from coprod.exports.workbook import read_workbook, sheet_names
from coprod.problems import FileRefused

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "answers.xlsx"


def write(path, rows, title="Answers"):
    """Write rows to a workbook with one sheet; return it for more to be done to it."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return book


def body(path):
    return read_workbook(path).body(1).to_numpy().tolist()


def refusal(path, **asked):
    """Return what is said of a workbook that is not read, and that there is something to do about it."""
    with pytest.raises(FileRefused) as error:
        read_workbook(path, **asked)
    (problem,) = error.value.problems
    assert problem.remedy
    return f"{problem.problem} {problem.remedy}"


def repacked(path, change):
    """Write the parts of a workbook again, each as `change(name, bytes)` gives it."""
    with zipfile.ZipFile(path) as packed:
        parts = {part.filename: packed.read(part) for part in packed.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, change(name, content))


# what comes out


def test_head_and_body_are_those_of_the_same_rows_as_csv(path, tmp_path):
    rows = [["Question 1", "Question, 2"], ["Agree", "7"], ["", "a\nb"], ['"so"', " x "]]
    write(path, rows)
    plain = tmp_path / "answers.csv"
    plain.write_text('Question 1,"Question, 2"\nAgree,7\n,"a\nb"\n"""so""", x \n')

    packed, separated = read_workbook(path), read_either(plain)

    assert packed.head == separated.head
    assert packed.rows == separated.rows == 4
    assert packed.body(1).equals(separated.body(1))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4, "4"),
        (4.0, "4"),
        (0.1 + 0.2, "0.3"),
        (2.5, "2.5"),
        (True, "TRUE"),
        ("007", "007"),
        ("None", "None"),
        (dt.datetime(2025, 4, 25, 14, 54, 45), "2025-04-25 14:54:45"),
        (dt.datetime(2025, 4, 25), "2025-04-25 00:00:00"),
        (dt.date(2025, 4, 25), "2025-04-25"),
        (dt.time(9, 30), "09:30:00"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one_x000D_\ntwo", "one\ntwo"),
    ],
)
def test_each_value_becomes_the_text_that_people_see(path, value, text):
    write(path, [["Q"], [value]])
    assert body(path) == [[text]]


def test_a_whole_day_has_no_time_of_day(path):
    book = write(path, [["Q"], [dt.datetime(2025, 4, 25)]])
    book.active["A2"].number_format = FORMAT_DATE_XLSX14
    book.save(path)
    assert body(path) == [["2025-04-25"]]


def test_empty_rows_and_columns_at_the_end_are_gone(path):
    write(path, [["A", "B", None, None], ["1", None, None, None], [None] * 4, [None] * 4])
    raw = read_workbook(path)
    assert (raw.rows, raw.head) == (2, [["A", "B"], ["1", ""]])


def test_an_answer_beyond_the_last_header_is_kept(path):
    write(path, [["A"], ["1", None, "2"], ["3"]])
    assert read_workbook(path).head[0] == ["A", "", ""]
    assert body(path) == [["1", "", "2"], ["3", "", ""]]


def test_empty_rows_above_the_header_are_gone_and_said(path):
    write(path, [[], [], ["A"], ["1"]])
    raw = read_workbook(path)
    assert raw.head[0] == ["A"]
    assert raw.decided == ("Empty rows above the header of answers.xlsx: 2.",)


def test_what_a_formula_came_to_is_not_trusted(path):
    """The cached value of =1+1 is put to 99 by hand."""
    write(path, [["A", "B"], ["=1+1", "x"]])

    def cached(name, content):
        return content.replace(b"<v></v>", b"<v>99</v>").replace(b"<v />", b"<v>99</v>")

    repacked(path, cached)
    raw = read_workbook(path)
    assert raw.body(1).to_numpy().tolist() == [["=1+1", "x"]]
    assert "formulas, or their errors, in columns A of answers.xlsx" in raw.decided[0]


def test_a_formula_of_several_cells_is_kept_as_its_text(path):
    book = write(path, [["A"], ["x"]])
    book.active["A2"] = ArrayFormula("A2:A3", "=SUM(B1:B2)")
    book.save(path)
    assert body(path) == [["=SUM(B1:B2)"]]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-", "@home", "#REF!"])
def test_text_that_looks_like_a_formula_is_text_like_any_other(path, text):
    book = write(path, [["A"], ["x"]])
    book.active["A2"].value = text
    book.active["A2"].data_type = "s"
    book.save(path)
    raw = read_workbook(path)
    assert (raw.body(1).to_numpy().tolist(), raw.decided) == ([[text]], ())


def test_dates_among_other_answers_are_said(path):
    write(path, [["A", "B"], ["6-10", dt.date(2026, 1, 1)], [dt.date(2026, 5, 1), dt.date(2026, 1, 2)]])
    (said,) = read_workbook(path).decided
    assert said.startswith("Columns A of answers.xlsx hold dates among other answers")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_answer_is_lost_and_none_invented(path, rows):
    book = Workbook()
    book.active.append(["A", "B", "C"])
    for number, row in enumerate(rows, start=2):
        for place, text in enumerate(row, start=1):
            cell = book.active.cell(number, place, text)
            cell.data_type = "s"
    book.save(path)
    assert body(path) == [row for row in rows if any(row)]


# sheets


def test_a_hidden_sheet_is_not_looked_at(path):
    book = write(path, [["A"], ["1"]])
    hidden = book.create_sheet("List")
    hidden.append(["B"])
    hidden.append(["2"])
    hidden.sheet_state = "hidden"
    book.save(path)
    assert body(path) == [["1"]]
    assert sheet_names(path) == ["Answers"]


def test_a_sheet_with_a_title_alone_is_passed_over(path):
    book = write(path, [["About this form"]], title="Notes")
    book.create_sheet("Empty")
    sheet = book.create_sheet("Answers")
    sheet.append(["A"])
    sheet.append(["1"])
    book.save(path)
    assert body(path) == [["1"]]


def test_several_sheets_with_answers_are_refused_by_name_and_one_can_be_asked_for(path):
    book = write(path, [["A"], ["1"]], title="Spring")
    other = book.create_sheet("Autumn")
    other.append(["A"])
    other.append(["2"])
    book.save(path)
    assert "something on several sheets: 'Spring', 'Autumn'" in refusal(path)
    assert read_workbook(path, "Autumn").body(1).to_numpy().tolist() == [["2"]]
    assert "no sheet 'Winter'" in refusal(path, sheet="Winter")


# what is refused


def test_a_file_that_is_not_there_is_refused(path):
    assert "no such file" in refusal(path)


@pytest.mark.parametrize(
    "content", [b"", b"ID,Start time\n1,2\n", b"PK\x03\x04 and no more", b"PK\x05\x06" + b"\0" * 18]
)
def test_a_file_that_is_no_workbook_is_refused(path, content):
    path.write_bytes(content)
    assert re.search("no spreadsheet of the kind .xlsx|damaged", refusal(path))


def test_an_old_workbook_or_one_with_a_password_is_refused(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "an old .xls, or has a password" in refusal(path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_that_is_cut_off_is_refused(path, share):
    write(path, [["A"], *([str(number)] for number in range(500))])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert "not whole" in refusal(path)


def test_a_workbook_with_a_damaged_sheet_is_refused(path):
    write(path, [["A"], ["1"]])
    repacked(path, lambda name, content: content[:-40] if "sheet1" in name else content)
    assert "damaged" in refusal(path)


def test_an_empty_workbook_is_refused(path):
    write(path, [])
    assert "The file is empty" in refusal(path)


def test_a_part_that_grows_too_much_is_refused_before_it_is_unpacked(path):
    """Thirty million zeros pack to thirty thousand bytes."""
    write(path, [["A"], ["1"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/image1.png", b"\0" * 30_000_000)
    assert "no part may grow so much" in refusal(path)


def test_a_workbook_that_is_too_large_unpacked_is_refused(path, monkeypatch):
    write(path, [["A"], ["1"]])
    monkeypatch.setattr(workbooks, "LARGEST", 3000)
    assert "Unpacked it would have" in refusal(path)


def test_a_part_that_tells_too_small_a_size_of_itself_is_refused(path):
    write(path, [["A"], *([str(number)] for number in range(500))])
    with zipfile.ZipFile(path) as packed:
        size = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert "damaged" in refusal(path)


def share(path, text, rows, start=b""):
    """Let the workbook hold one text, as Excel does, and its sheet that text in as many rows."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    listed = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, rows + 1)
    )

    def shared(name, content):
        del name
        sheet = re.sub(rb"<sheetData.*</sheetData>", b"<sheetData>" + cells + b"</sheetData>", content)
        return sheet.replace(b"</Types>", listed)

    repacked(path, shared)
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "xl/sharedStrings.xml", start + b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (space, text)
        )


def test_a_text_that_cells_share_is_read_in_each(path):
    write(path, [["A"], ["1"]])
    share(path, b"a &amp; b", rows=3)
    assert body(path) == [["a & b"], ["a & b"]]


def test_one_long_text_in_many_cells_is_refused(path, monkeypatch):
    """It stands in the file once, so the size of the file says nothing of the size of the table."""
    monkeypatch.setattr(workbooks, "LARGEST", 500_000)
    write(path, [["A"], ["1"]])
    share(path, b"x" * 30_000, rows=30)
    assert "million characters" in refusal(path)


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_entities_in_the_xml_are_refused(path, part):
    write(path, [["A"], ["1"]])
    repacked(path, lambda name, content: BOMB + content.rpartition(b"?>")[2] if name == part else content)
    assert "declarations" in refusal(path)


def test_entities_among_the_shared_texts_are_refused(path):
    write(path, [["A"], ["1"]])
    share(path, b"&b;", rows=3, start=BOMB)
    assert "declarations" in refusal(path)


def test_too_many_columns_are_refused(path):
    write(path, [[f"Q{number}" for number in range(10_000)], ["1"]])
    assert "more than 5,000 columns" in refusal(path)


def test_a_cell_at_the_far_end_of_the_sheet_is_refused_or_read_but_never_waited_for(path):
    book = write(path, [["A"], ["1"]])
    book.active["XFD1048576"] = "stray"
    book.save(path)
    assert "more than 5,000 columns" in refusal(path)


# either kind


def test_a_workbook_is_known_by_what_it_begins_with_and_not_by_its_name(path):
    write(path, [["A", "B"], ["1", "2"]])
    renamed = path.rename(path.with_suffix(".csv"))
    assert list(read_table(renamed).answers) == ["A", "B"]
    assert openings(renamed) == [[["A", "B"], ["1", "2"]]]


def test_headers_are_cleaned_and_no_two_columns_share_a_name(path):
    write(path, [["<b>Trust</b>\nand&nbsp;care ", "Other", "Other", None], ["1", "2", "3", "4"]])
    table = read_table(path)
    assert list(table.answers) == ["Trust and care", "Other", "Other (2)", "Column 4"]
    assert "'Other' stands above 2 columns: they are numbered." in table.decided


def test_a_table_without_answers_is_refused(path):
    write(path, [["A", "B"]])
    with pytest.raises(FileRefused, match="There are no answers in it"):
        read_table(path)


def test_a_table_without_a_header_row_is_refused(path):
    write(path, [["Agree", "5"], ["Disagree", "4"], ["Agree", "5"]])
    with pytest.raises(FileRefused, match="no header row"):
        read_table(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"PK", b'"', b"\0\0\0", b"\xd0\xcf\x11\xe0"])
def test_finding_out_the_tool_never_fails(path, content):
    path.write_bytes(content)
    openings(path)
    assert openings(path.with_name("nowhere.csv")) == []


@pytest.mark.skipif(
    "COPROD_REALDATA" not in os.environ, reason="COPROD_REALDATA names no folder of real files"
)
def test_a_real_workbook_with_several_sheets_is_read_sheet_by_sheet():
    real = Path(os.environ["COPROD_REALDATA"]) / "exports" / "xlsform_group.xlsx"
    assert read_workbook(real, sheet_names(real)[0]).head[0][:2] == ["type", "name"]


def test_a_mutation_of_a_workbook_is_read_or_refused(path):
    """Every byte in turn, a few hundred of them, put to another value."""
    write(path, [["A", "B"], ["1", "Agree"], ["2", "=1+1"]])
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 300)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        try:
            assert isinstance(read_workbook(path).text, str)
        except FileRefused:
            continue


def test_the_guard_leaves_small_parts_alone(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("small", b"\0" * 1_000_000)
    path = tmp_path / "small.xlsx"
    path.write_bytes(packed.getvalue())
    assert spreadsheets.problem_of_package(path, 2_000_000) is None
    assert spreadsheets.problem_of_package(path, 999_999).problem.startswith("Unpacked it would have")
