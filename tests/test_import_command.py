"""The command: what it prints, how it ends, and that bad input leaves nothing behind."""

import os
import zipfile

import pandas as pd
import pyreadstat
import pytest
from forms import (
    AGREE,
    ATTEND,
    CODE,
    CODES,
    HEARD,
    TIME,
    WORDS,
    answers,
    everything_in,
    google,
    microsoft,
    write_csv,
)
from openpyxl import Workbook

import coprod
from coprod.importing.command import run

pytestmark = pytest.mark.usefixtures("workbook", "_key")


@pytest.fixture
def _key(tmp_path, monkeypatch):
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "secret" / "key"))
    monkeypatch.setenv("COLUMNS", "700")  # so that no table breaks a sentence


@pytest.fixture
def form(tmp_path):
    return microsoft(tmp_path / "form.csv", answers())


@pytest.fixture
def untouched(data_in, form):
    """Hold the data folder, with a programme in it, against what it was before."""
    assert run([form], "there") == 0
    before = everything_in(data_in / "there")
    yield
    assert everything_in(data_in / "there") == before
    assert {path.name for path in data_in.iterdir()} == {"framework", "there"}


def refused(capsys, *said):
    """Read what was printed: every part of `said` is there, and no traceback."""
    captured = capsys.readouterr()
    told = captured.out + captured.err
    assert "Traceback" not in told
    missing = [part for part in said if part not in told]
    assert missing == [], told
    return told


# What is told


def test_what_was_found_decided_and_is_to_do_is_told(form, capsys):
    assert run([form], "group") == 0

    told = capsys.readouterr().out
    for part in (
        "form.csv",
        "Microsoft Forms",
        "for a person to sign off",
        "coprod check group",
        "guessed: 1",
    ):
        assert part in told


def test_links_are_told_wave_by_wave(tmp_path, capsys):
    first = microsoft(tmp_path / "one.csv", answers() | {CODE: list(CODES)})
    second = microsoft(
        tmp_path / "two.csv", answers(shift=1) | {CODE: ["AB12", "CD35", "", "QQ00", "QQ00", "ZZ99"]}
    )

    assert run([], "group", waves=[f"before={first}", f"after={second}"]) == 0

    rows = {
        line.split("│")[1].strip(): [cell.strip() for cell in line.split("│")[2:4]]
        for line in capsys.readouterr().out.splitlines()
        if line.startswith("│ ")
    }
    assert rows["the same code in another wave"] == ["1", "1"]
    assert rows["a code one character apart in another wave"] == ["1", "1"]
    assert rows["not linked: could be more than one person's"] == ["0", "2"]
    assert rows["not linked: no code"] == ["0", "1"]
    assert rows["not found in another wave"] == ["4", "1"]


def test_likely_names_are_shown_at_the_terminal_and_written_nowhere_else(tmp_path, data_in, capsys):
    words = [
        "It was good that Mr Oxtoby came",
        "fine",
        "fine, too",
        "nothing to add",
        "less talk",
        "more talk",
    ]
    path = google(tmp_path / "form.csv", answers() | {WORDS: words})

    assert run([path], "group", keep_text=True) == 0

    assert "Mr Oxtoby" in capsys.readouterr().out
    others = [path for path in (data_in / "group").iterdir() if path.name != "answers.csv"]
    assert not [path.name for path in others if "Oxtoby" in path.read_text(encoding="utf-8")]


def test_a_map_joins_questions_whose_words_changed(tmp_path):
    first = google(tmp_path / "one.csv", answers())
    changed = {
        ("I felt listened to." if text == HEARD else text): cells for text, cells in answers(shift=1).items()
    }
    second = google(tmp_path / "two.csv", changed)
    item_map = write_csv(
        tmp_path / "items.csv",
        [["wave", "question", "item"], ["one", HEARD, "heard"], ["two", "I felt listened to.", "heard"]],
    )

    assert run([], "group", waves=[f"one={first}", f"two={second}"], item_map=item_map) == 0

    assert (coprod.open("group").answers["heard"] == [*answers()[HEARD], *answers(shift=1)[HEARD]]).all()


# The command line is off


@pytest.mark.parametrize("name", ["Group", "../group", "a b", "", "framework", "x" * 61, "-group"])
def test_a_name_that_no_folder_has_ends_with_2(form, name, capsys):
    assert run([form], name) == 2
    refused(capsys, "cannot be a programme's name")


def test_an_unknown_tool_ends_with_2_and_the_nearest(form, capsys):
    assert run([form], "group", tool="qualtric") == 2
    refused(capsys, "qualtrics")


@pytest.mark.parametrize("wave", ["before", "before=", "Before=form.csv", "=form.csv"])
def test_a_wave_without_a_key_or_a_file_ends_with_2(wave, capsys):
    assert run([], "group", waves=[wave]) == 2
    refused(capsys, "KEY=FILE")


def test_a_wave_that_is_there_twice_ends_with_2(form, capsys):
    assert run([], "group", waves=[f"before={form}", f"before={form}"]) == 2
    refused(capsys, "twice")


def test_no_file_ends_with_2(capsys):
    assert run([], "group") == 2
    refused(capsys, "No file was given")


# Bad input: a message, exit 1, and everything as it was


def test_a_file_that_is_not_there(untouched, tmp_path, capsys):
    assert run([tmp_path / "nowhere.csv"], "group") == 1
    refused(capsys, "nowhere.csv", "no such file")


def test_two_exports_without_waves(untouched, form, tmp_path, capsys):
    other = microsoft(tmp_path / "other.csv", answers(shift=1))

    assert run([form, other], "group") == 1
    refused(capsys, "--wave before=FILE")


def test_one_file_for_two_waves(untouched, form, capsys):
    assert run([], "group", waves=[f"before={form}", f"after={form}"]) == 1
    refused(capsys, "there twice")


@pytest.mark.parametrize("tool", ["qualtrics", "indico", "jisc", "google_forms", "spss", "redcap"])
def test_the_wrong_tool(untouched, form, tool, capsys):
    assert run([form], "group", tool=tool) == 1
    refused(capsys, "form.csv", "Nothing was written")


@pytest.mark.parametrize("cut", [10, 60, 150])
def test_a_truncated_file(untouched, tmp_path, cut, capsys):
    words = {WORDS: [f'It was "{row}", as they say,\nand long' for row in range(6)]}
    whole = google(tmp_path / "whole.csv", answers() | words).read_bytes()
    path = tmp_path / "cut.csv"
    path.write_bytes(whole[:-cut])

    assert run([path], "group") == 1
    refused(capsys, "cut.csv", "Nothing was written")


def test_a_truncated_workbook(untouched, tmp_path, capsys):
    path = tmp_path / "form.xlsx"
    book = Workbook()
    book.active.append(["Question", "Another"])
    book.save(path)
    path.write_bytes(path.read_bytes()[:-500])

    assert run([path], "group") == 1
    refused(capsys, "form.xlsx")


def test_a_zip_bomb(untouched, tmp_path, capsys):
    path = tmp_path / "bomb.xlsx"
    book = Workbook()
    book.active.append(["Question", "Another"])
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet2.xml", b"0" * 60_000_000)

    assert run([path], "group") == 1
    refused(capsys, "bomb.xlsx", "Unpacked it would have")


def test_bytes_that_are_no_text(untouched, tmp_path, capsys):
    path = tmp_path / "noise.csv"
    path.write_bytes(bytes(range(256)) * 40)

    assert run([path], "group") == 1
    refused(capsys, "noise.csv")


def test_another_encoding_is_read_and_said(tmp_path, capsys):
    rows = [["Timestamp", "Où était-ce ?", HEARD], *[["2026/01/01", "Café", label] for label in AGREE * 2]]

    assert run([write_csv(tmp_path / "old.csv", rows, "cp1252")], "group") == 0

    assert "Windows-1252" in capsys.readouterr().out
    assert "Où était-ce ?" in set(coprod.open("group").items["text"])


def test_duplicate_headers_are_numbered_and_said(tmp_path, capsys):
    rows = [
        ["Timestamp", HEARD, HEARD],
        *[["2026/01/01", *pair] for pair in zip(AGREE, AGREE[::-1], strict=True)],
    ]

    assert run([write_csv(tmp_path / "twice.csv", rows)], "group") == 0

    assert f"'{HEARD}' stands above 2 columns" in capsys.readouterr().out
    assert len(coprod.open("group").items) == 2


def test_a_header_row_that_is_missing(untouched, tmp_path, capsys):
    rows = [[label, other] for label, other in zip(AGREE * 3, reversed(AGREE * 3), strict=True)]

    assert run([write_csv(tmp_path / "headless.csv", rows)], "group") == 1
    refused(capsys, "headless.csv", "no header row")


@pytest.mark.parametrize(
    "asked", ["May we quote you? Write to team@example.org", "Were you there on 2026-01-31 at 10:00?"]
)
def test_a_question_may_hold_an_address_or_a_moment(tmp_path, asked):
    rows = [["Timestamp", asked], *[["2026/01/01", label] for label in AGREE * 2]]

    assert run([write_csv(tmp_path / "answers.csv", rows)], "group") == 0
    assert asked in set(coprod.open("group").items["text"])


@pytest.mark.parametrize("header", ["", "last_name", "nickname"])
def test_names_stay_out_also_where_the_header_says_little_or_nothing(tmp_path, data_in, header):
    names = ["Penhaligon", "Okonkwo", "Penhaligon", "Okonkwo"]
    rows = [["rating", header], *zip(["Agree", "Disagree"] * 2, names, strict=True)]

    assert run([write_csv(tmp_path / "answers.csv", rows)], "group") == 0
    files = [path for path in data_in.rglob("*") if path.is_file()]
    assert not [path.name for path in files if "Penhaligon" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("text", ["", "\n\n", "Timestamp,I felt heard.\n", "\ufeff"])
def test_an_empty_export(untouched, tmp_path, text, capsys):
    path = tmp_path / "empty.csv"
    path.write_text(text, encoding="utf-8")

    assert run([path], "group") == 1
    refused(capsys, "empty.csv")


def test_another_survey_for_the_second_wave(untouched, form, tmp_path, capsys):
    other = microsoft(
        tmp_path / "other.csv", {"Which fruit?": ["Pear", "Plum"] * 3, "Which tree?": ["Oak", "Ash"] * 3}
    )

    assert run([], "group", waves=[f"before={form}", f"after={other}"]) == 1
    refused(capsys, "other.csv", "another survey")


def spss(path, labels):
    """Write a survey as SPSS would hold it: the tool itself tells the order of the labels."""
    frame = pd.DataFrame({"q1": [1.0, 2.0, 3.0, 4.0, 5.0, 1.0]})
    names = {float(code): label for code, label in enumerate(labels, start=1)}
    pyreadstat.write_sav(frame, path, column_labels=[HEARD], variable_value_labels={"q1": names})
    return path


def test_a_scale_that_was_turned_round_between_waves(untouched, tmp_path, capsys):
    first, second = spss(tmp_path / "one.sav", AGREE), spss(tmp_path / "two.sav", AGREE[::-1])

    assert run([], "group", waves=[f"before={first}", f"after={second}"]) == 1
    refused(capsys, "two.sav", "reversed", HEARD)


def test_wording_that_changed_between_waves_is_said_and_makes_two_items(tmp_path, capsys):
    first = google(tmp_path / "one.csv", answers())
    changed = {text.replace("enough time", "enough times"): cells for text, cells in answers().items()}
    second = google(tmp_path / "two.csv", changed)

    assert run([], "group", waves=[f"before={first}", f"after={second}"]) == 0

    assert "Timestamp" not in set(coprod.open("group").items["text"])
    assert len(coprod.open("group").items) == 4
    assert TIME in capsys.readouterr().out


def test_formulas_in_cells_stay_text_and_are_said(tmp_path, capsys):
    path = tmp_path / "form.xlsx"
    book = Workbook()
    book.active.append(["Where?", HEARD])
    for row in range(10):
        book.active.append(["=1+1" if row % 2 else "Here", AGREE[row % 5]])
    book.save(path)

    assert run([path], "group") == 0

    assert "formulas" in capsys.readouterr().out
    assert "=1+1" in set(coprod.open("group").answers.iloc[:, 4])


def test_ten_thousand_columns(untouched, tmp_path, capsys):
    rows = [[f"q{number}" for number in range(10_000)], ["1"] * 10_000]

    assert run([write_csv(tmp_path / "wide.csv", rows)], "group") == 1
    refused(capsys, "wide.csv", "10,000 columns")


def test_dates_in_several_forms_are_said(tmp_path, capsys):
    rows = [["Timestamp", HEARD, ATTEND]]
    days = [
        "1/13/2026 10:00:00",
        "13/1/2026 10:00:00",
        "2026-01-13 10:00",
        "1/2/2026 9:00:00",
        "2/1/2026 9:00:00",
    ]
    rows += [[day, label, "Here"] for day, label in zip(days, AGREE, strict=True)]

    assert run([write_csv(tmp_path / "dates.csv", rows)], "group") == 0
    assert "more than one way" in capsys.readouterr().out


def test_a_place_that_no_column_gives(untouched, form, capsys):
    assert run([form], "group", place="Town") == 1
    refused(capsys, "Town", "no question or column")


def test_a_place_that_tells_who_somebody_is(untouched, form, capsys):
    assert run([form], "group", place="Name") == 1
    refused(capsys, "tells who somebody is")


def test_a_map_that_speaks_of_a_question_that_is_not_there(untouched, form, tmp_path, capsys):
    item_map = write_csv(
        tmp_path / "items.csv", [["wave", "question", "item"], ["", "Which fruit?", "fruit"]]
    )

    assert run([form], "group", item_map=item_map) == 1
    refused(capsys, "items.csv", "no such question")


def test_a_second_file_that_nothing_needs(untouched, form, tmp_path, capsys):
    key = write_csv(tmp_path / "key.csv", [["URN", "Unique Response Number"], ["Q1", "How was it?"]])

    assert run([form, key], "group") == 1
    refused(capsys, "key.csv", "second file")


def test_a_file_that_only_says_what_codes_mean(untouched, tmp_path, capsys):
    key = write_csv(tmp_path / "key.csv", [["URN", "Unique Response Number"], ["Q1", "How was it?"]])

    assert run([key], "group") == 1
    refused(capsys, "key.csv", "holds no answers")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_that_cannot_be_written(form, data_in, capsys):
    data_in.chmod(0o500)
    try:
        assert run([form], "group") == 1
    finally:
        data_in.chmod(0o700)
    refused(capsys, "cannot be written")
