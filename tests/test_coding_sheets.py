"""Coding outside: a sheet goes out with lists to choose from, and comes back checked or not at all."""

import io
import shutil
import subprocess
import zipfile

import pandas as pd
import pytest
from coders import coded
from folders import change, coded_twice, put, write_programme
from openpyxl import Workbook, load_workbook

import coprod
from coprod import coding, problems
from coprod.checks import CODING_COLUMNS
from coprod.coding import unpacked
from coprod.coding.sheets import FILLED, TOLD
from coprod.coding.variables import VARIABLES
from coprod.problems import FileRefused

HEADER = [*TOLD, *FILLED]
ENABLER, BARRIER = "Enabler [enabler]", "Barrier [barrier]"
PACE, RECRUITMENT = "Pace and iteration [pace]", "Recruitment [recruitment]"
TRICKS = [
    "=1+1",
    "+44 20",
    "-5 people",
    "@all",
    "=HYPERLINK(0)",
    "#REF!",
    " two\n lines ",
    "<b>&amp;",
    "42",
    "é 🙂",
]


@pytest.fixture
def programme(workbook, data_in):
    """Return a small programme with three rows of evidence, opened."""
    write_programme(data_in)
    return coprod.open("small")


@pytest.fixture
def sheet(programme, tmp_path):
    """Return a sheet for it, with nothing chosen."""
    return coding.write_sheet(programme, tmp_path / "sheet.xlsx")


def cell_of(column, row):
    return f"{chr(ord('A') + HEADER.index(column))}{row}"


def fill(path, cells):
    """Choose in cells: {("direction", 2): ENABLER}; a cell may also be named as the spreadsheet does."""
    book = load_workbook(path)
    for place, text in cells.items():
        book["Coding"][place if isinstance(place, str) else cell_of(*place)] = text
    book.save(path)


def edit(path, do):
    book = load_workbook(path)
    do(book["Coding"])
    book.save(path)


def refused(path, programme):
    """Return the problems of a sheet that is not taken in, as a table."""
    with pytest.raises(FileRefused) as error:
        coding.read_sheet(path, programme)
    assert str(error.value).startswith(path.name)
    table = problems.table(error.value.problems)
    assert set(table["file"]) == {path.name}
    assert (table["remedy"] != "").all()
    return table


# out


def test_the_sheet_has_a_row_for_each_observation_and_nothing_of_what_others_coded(programme, sheet):
    rows = list(load_workbook(sheet)["Coding"].iter_rows(values_only=True))

    assert list(rows[0]) == HEADER
    assert [row[:4] for row in rows[1:]] == [
        ("e1", "They had time.", "Facilitators' diary", "May"),
        ("e2", "It went too fast.", "Facilitators' diary", "June"),
        ("e3", "It rained.", "Facilitators' diary", "June"),
    ]
    assert {cell for row in rows[1:] for cell in row[4:]} == {None}


def test_only_what_is_to_be_filled_in_is_unlocked(sheet):
    book = load_workbook(sheet)

    assert all(page.protection.sheet for page in book)
    for cells in book["Coding"].iter_rows(min_row=2):
        assert [cell.protection.locked for cell in cells] == [True] * len(TOLD) + [False] * len(FILLED)


def test_every_column_to_fill_offers_the_choices_and_their_definitions(programme, sheet):
    book = load_workbook(sheet)
    told = pd.DataFrame(book["Codes"].values)
    told = told.iloc[1:].set_axis(list(told.iloc[0]), axis="columns")
    offered = {
        str(each.sqref): [
            cell.value for (cell,) in book["Codes"][each.formula1.partition("!")[2].replace("$", "")]
        ]
        for each in book["Coding"].data_validations.dataValidation
    }

    assert len(offered) == len(FILLED)
    for column, variable in FILLED.items():
        choices = offered[f"{cell_of(column, 2)}:{cell_of(column, 4)}"]
        assert choices == told.loc[told["variable"] == variable, "choice"].to_list()
    assert offered[f"{cell_of('sector', 2)}:{cell_of('sector', 4)}"] == [
        "Universities [university]",
        "Third sector [third_sector]",
    ]
    assert told.loc[told["choice"] == RECRUITMENT, "definition"].item()


def test_long_words_have_room(workbook, data_in, tmp_path):
    """60 characters fit a line of 16 points: 200 need four lines, and no row is taller than a screen."""
    words = ["short", "word " * 40, "word " * 4000]
    programme = coded(data_in, [{"paraphrase": text} for text in words])

    page = load_workbook(coding.write_sheet(programme, tmp_path / "s.xlsx"))["Coding"]

    assert [page.row_dimensions[row].height for row in (2, 3, 4)] == [16, 64, 400]


def test_text_that_looks_like_a_formula_stays_text(workbook, data_in, tmp_path):
    programme = coded(data_in, [{"paraphrase": text} for text in TRICKS])

    rows = load_workbook(coding.write_sheet(programme, tmp_path / "s.xlsx"))["Coding"]

    cells = [rows[f"B{row}"] for row in range(2, len(TRICKS) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [text[0] in "=+-@" for text in TRICKS]


def test_a_sheet_that_is_there_is_not_written_over(programme, sheet):
    before = sheet.read_bytes()

    with pytest.raises(FileExistsError, match="may hold somebody's codes"):
        coding.write_sheet(programme, sheet)

    assert sheet.read_bytes() == before


@pytest.mark.parametrize("name", ["sheet.csv", "sheet", "nowhere/sheet.xlsx"])
def test_a_place_where_no_sheet_can_be_written_is_refused(programme, tmp_path, name):
    with pytest.raises(FileRefused):
        coding.write_sheet(programme, tmp_path / name)


def test_without_evidence_there_is_no_sheet(workbook, data_in, tmp_path):
    with pytest.raises(problems.ProgrammeProblems, match="no evidence to code"):
        coding.write_sheet(coded(data_in, []), tmp_path / "sheet.xlsx")

    assert not (tmp_path / "sheet.xlsx").exists()


# and back


def test_what_was_chosen_comes_back_as_keys(programme, sheet):
    fill(
        sheet,
        {
            **{("direction", 2): ENABLER, ("code", 2): RECRUITMENT, ("code 3", 2): PACE},
            **{("direction", 4): BARRIER, ("sector", 4): "Third sector [third_sector]"},
        },
    )

    assert coding.read_sheet(sheet, programme).to_dict("records") == [
        {
            **dict.fromkeys(VARIABLES, ""),
            "evidence": "e1",
            "direction": "enabler",
            "code": "recruitment | pace",
        },
        {**dict.fromkeys(VARIABLES, ""), "evidence": "e3", "direction": "barrier", "sector": "third_sector"},
    ]


def test_rows_that_moved_are_known_by_their_ids(programme, sheet):
    fill(sheet, {("direction", 2): ENABLER, ("direction", 3): BARRIER})
    before = coding.read_sheet(sheet, programme)

    def turn_round(page):
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), start=2):
            for place, text in enumerate(row, start=1):
                page.cell(number, place).value = text

    edit(sheet, turn_round)

    pd.testing.assert_frame_equal(coding.read_sheet(sheet, programme), before)


def test_keys_and_several_codes_can_be_typed(programme, sheet):
    fill(sheet, {("direction", 2): " enabler ", ("code", 2): f"pace|{RECRUITMENT} | pace"})

    assert coding.read_sheet(sheet, programme)["code"].item() == "pace | recruitment"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_program_saves_the_sheet_without_changing_what_comes_back(workbook, data_in, tmp_path):
    programme = coded(data_in, [{"paraphrase": text} for text in TRICKS])
    sheet = coding.write_sheet(programme, tmp_path / "sheet.xlsx")
    fill(
        sheet,
        {("direction", row): ENABLER for row in range(2, 12)} | {("code", 2): PACE, ("stage", 2): "problem"},
    )
    (tmp_path / "again").mkdir()
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx",
    ]

    subprocess.run(
        [*command, "--outdir", tmp_path / "again", sheet], check=True, capture_output=True, timeout=300
    )

    again = tmp_path / "again" / "sheet.xlsx"
    pd.testing.assert_frame_equal(coding.read_sheet(again, programme), coding.read_sheet(sheet, programme))
    page = load_workbook(again)["Coding"]
    assert len(coding.read_sheet(again, programme)) == len(TRICKS)
    assert len(page.data_validations.dataValidation) == len(FILLED)
    assert page.protection.sheet


BROKEN = {
    "an unknown id": ({"A3": "e9"}, ("3", "evidence", "e9", "no such row")),
    "an id twice": ({"A3": "e1", "B3": "They had time."}, ("3", "evidence", "e1", "twice")),
    "no id": ({"A3": None}, ("3", "evidence", "", "no id")),
    "a missing row": ({"A3": None, "B3": None, "C3": None, "D3": None}, ("", "evidence", "e2", "missing")),
    "reworded": ({"B3": "It went fast."}, ("3", "paraphrase", "It went fast.", "not the words")),
    "an unknown choice": ({("stage", 2): "Party"}, ("2", "stage", "Party", "no choice 'Party'")),
    "another column's choice": ({("stage", 2): PACE}, ("2", "stage", PACE, "no choice")),
    "a number": ({("stage", 2): 3}, ("2", "stage", "3", "no choice '3'")),
    "a renamed code": (
        {("code", 2): "Hiring [recruitment]"},
        ("2", "code", "Hiring [recruitment]", "now called 'Recruitment [recruitment]'"),
    ),
    "no direction": ({("code", 3): PACE}, ("3", "direction", "", "no direction")),
    "a formula": ({("code", 3): '=CONCATENATE("a","b")'}, ("3", "code", "", "formula")),
    "a formula for words": ({"B3": "=A1"}, ("3", "paraphrase", "", "formula")),
    "an error": ({("code", 3): "#REF!"}, ("3", "code", "", "formula")),
    "a strange column": ({"N1": "notes"}, ("1", "notes", "", "none of those")),
    "a column twice": ({"N1": "stage"}, ("1", "stage", "", "twice")),
    "a renamed column": ({"E1": "sectors"}, ("1", "sector", "", "column is missing")),
    "words outside": ({"P3": "What is this?"}, ("3", "", "What is this?", "without a name")),
}


@pytest.mark.parametrize(("cells", "found"), BROKEN.values(), ids=BROKEN)
def test_what_does_not_fit_is_refused_with_its_place(programme, sheet, cells, found):
    fill(sheet, {("direction", 2): ENABLER, **cells})
    row, column, value, words = found

    table = refused(sheet, programme)

    assert ((table["row"] == row) & (table["column"] == column) & (table["value"] == value)).any()
    assert table["problem"].str.contains(words, regex=False).any()


def test_every_problem_is_told_at_once(programme, sheet):
    fill(sheet, {"A2": "e9", ("stage", 3): "Party", ("code", 4): "Nothing", ("direction", 3): "=1"})

    table = refused(sheet, programme)

    assert set(zip(table["row"], table["column"], strict=True)) == {
        *[("2", "evidence"), ("", "evidence"), ("3", "stage"), ("4", "code"), ("3", "direction")],
        *[("4", "direction")],
    }


def test_words_that_moved_without_their_ids_are_found(programme, sheet):
    """Sorting one column alone leaves ids beside the words of others."""
    fill(sheet, {"B2": "It went too fast.", "B3": "They had time.", ("direction", 2): ENABLER})

    assert refused(sheet, programme)["row"].to_list() == ["2", "3"]


def test_a_sheet_in_which_nothing_was_chosen_is_refused(programme, sheet):
    assert refused(sheet, programme)["problem"].to_list() == ["No row is coded."]


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    return packed.getvalue()


NOT_SHEETS = {
    "empty": b"",
    "text": b"evidence,stage\n",
    "an older spreadsheet": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "another zip": zipped(a="b"),
    "not packed as it says": zipped(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<"}),
}


@pytest.mark.parametrize("content", NOT_SHEETS.values(), ids=NOT_SHEETS)
def test_what_is_no_spreadsheet_is_refused(programme, tmp_path, content):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(content)

    assert len(refused(path, programme)) == 1


def test_a_file_that_is_not_there_is_refused(programme, tmp_path):
    assert refused(tmp_path / "none.xlsx", programme)["problem"].item() == "There is no such file."


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_half_a_file_is_refused(programme, sheet, share):
    whole = sheet.read_bytes()
    sheet.write_bytes(whole[: int(len(whole) * share)])

    assert len(refused(sheet, programme)) == 1


def test_a_damaged_file_is_refused(programme, sheet):
    raw = bytearray(sheet.read_bytes())
    with zipfile.ZipFile(sheet) as packed:
        start = packed.getinfo("xl/worksheets/sheet1.xml").header_offset
    raw[start + 60 : start + 300] = bytes(240)
    sheet.write_bytes(raw)

    assert refused(sheet, programme)["problem"].item() == "The file is damaged, and cannot be read."


def test_a_small_file_that_unfolds_to_a_huge_one_is_refused_unopened(programme, sheet, monkeypatch):
    with zipfile.ZipFile(sheet, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/image1.png", bytes(unpacked.LARGEST))
    monkeypatch.setattr(unpacked, "load_workbook", lambda *_, **__: pytest.fail("It was opened."))

    assert sheet.stat().st_size < 100_000
    assert "million bytes" in refused(sheet, programme)["problem"].item()


def test_entities_in_a_file_are_refused(programme, sheet):
    with zipfile.ZipFile(sheet) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    files["xl/worksheets/sheet1.xml"] = bomb + files["xl/worksheets/sheet1.xml"].partition(b"?>")[2]
    sheet.write_bytes(zipped(**files))

    assert len(refused(sheet, programme)) == 1


def test_a_stray_cell_at_the_far_end_of_the_sheet_costs_little(programme, sheet):
    fill(sheet, {("direction", 2): ENABLER, "XFD1048576": "stray"})

    assert len(coding.read_sheet(sheet, programme)) == 1


def test_another_spreadsheet_is_refused(programme, tmp_path):
    Workbook().save(tmp_path / "other.xlsx")

    assert refused(tmp_path / "other.xlsx", programme)["problem"].item() == "There is no sheet Coding in it."


# kept


def codings(folder):
    return pd.read_csv(folder / "codings.csv", dtype=str, keep_default_na=False)


def test_a_coders_readings_are_kept_beside_those_of_others(workbook, data_in, tmp_path):
    folder = write_programme(data_in, "small", coded_twice())
    programme = coprod.open("small")
    before = codings(folder)
    sheet = coding.write_sheet(programme, tmp_path / "sheet.xlsx")
    fill(sheet, {("direction", 4): ENABLER, ("direction", 2): BARRIER})

    coding.save_codings(programme, coding.read_sheet(sheet, programme), "C")

    pd.testing.assert_frame_equal(codings(folder).iloc[:2], before)
    assert codings(folder).iloc[2:][["evidence", "coder", "direction"]].to_numpy().tolist() == [
        ["e1", "C", "barrier"],
        ["e3", "C", "enabler"],
    ]
    assert len(coprod.open("small").codings) == 4


def test_a_first_file_of_codings_can_be_opened_once_the_programme_says_so(programme, data_in, sheet):
    fill(sheet, {("direction", 2): ENABLER})

    path = coding.save_codings(programme, coding.read_sheet(sheet, programme), "B")
    change("programme.toml", "[privacy]", '[coding]\nhow = "two coders"\n\n[privacy]')(path.parent)

    assert tuple(codings(path.parent).columns) == CODING_COLUMNS
    assert coprod.open("small").codings["direction"].to_list() == ["enabler"]


def test_a_coder_who_sends_a_sheet_again_replaces_only_the_rows_that_are_in_it(programme, data_in, sheet):
    fill(sheet, {("direction", 2): ENABLER, ("direction", 3): BARRIER})
    coding.save_codings(programme, coding.read_sheet(sheet, programme), "B")
    fill(sheet, {("direction", 2): BARRIER, ("direction", 3): None})

    path = coding.save_codings(programme, coding.read_sheet(sheet, programme), "B")

    assert codings(path.parent)[["evidence", "direction"]].to_numpy().tolist() == [
        ["e1", "barrier"],
        ["e2", "barrier"],
    ]


def test_a_place_alone_loses_nothing_of_another_place(workbook, data_in):
    folder = write_programme(data_in, "small", coded_twice())
    north = coprod.open("small").where(place="north")

    coding.save_codings(north, north.codings.drop(columns="coder").assign(direction="barrier"), "B")

    assert sorted(codings(folder)["evidence"]) == ["e1", "e2"]


@pytest.mark.parametrize("coder", ["", " ", "A", " B", "=B", "B\nC"])
def test_a_coder_without_a_name_or_who_read_the_row_first_is_refused(programme, data_in, sheet, coder):
    fill(sheet, {("direction", 2): ENABLER})
    read = coding.read_sheet(sheet, programme)

    with pytest.raises(problems.ProgrammeProblems):
        coding.save_codings(programme, read, coder)

    assert sorted(path.name for path in (data_in / "small").glob("*codings*")) == []


def test_codings_that_cannot_be_read_are_not_written_over(programme, data_in, sheet):
    fill(sheet, {("direction", 2): ENABLER})
    put("codings.csv", "evidence,coder\ne1,B\n")(data_in / "small")

    with pytest.raises(problems.ProgrammeProblems, match="missing"):
        coding.save_codings(programme, coding.read_sheet(sheet, programme), "B")

    assert (data_in / "small" / "codings.csv").read_text(encoding="utf-8") == "evidence,coder\ne1,B\n"
