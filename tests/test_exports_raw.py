"""Files as tables of text: whatever is written comes back, and what is broken is refused with its row."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.exports.raw import WIDEST, encoding_of, read_raw
from coprod.problems import FileRefused

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
)


def written(folder, data, name="answers.csv"):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def refusal(folder, data):
    with pytest.raises(FileRefused) as refused:
        read_raw(written(folder, data))
    return refused.value.problems


def as_csv(rows, **options):
    text = io.StringIO(newline="")
    csv.writer(text, **{"quoting": csv.QUOTE_ALL, **options}).writerows(rows)
    return text.getvalue()


@given(TABLES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_cell_comes_back_as_it_was_written(tmp_path_factory, rows, encoding, ending):
    header = [f"column {place}" for place in range(len(rows[0]))]
    data = as_csv([header, *rows], lineterminator=ending).encode(encoding)

    raw = read_raw(written(tmp_path_factory.mktemp("raw"), data))

    assert raw.head == [header, *rows][:10]
    assert raw.body(1).to_numpy().tolist() == [row for row in rows if any(row)]


@pytest.mark.parametrize("cell", ["None", "NA", "007", "=1+1", "  ", "1.0", "TRUE", "null", "-", "#N/A"])
def test_no_word_is_taken_for_a_missing_answer_or_a_number(tmp_path, cell):
    assert read_raw(written(tmp_path, f"one,two\n{cell},x\n")).body(1).iloc[0, 0] == cell


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_though_others_stand_in_the_answers(tmp_path, separator):
    others = "".join({",", ";", "\t"} - {separator})
    text = as_csv([["one", "two"], [f"a{others}b", f"{others}"]], delimiter=separator)

    raw = read_raw(written(tmp_path, text))

    assert raw.separator == separator
    assert raw.body(1).iloc[0, 0] == f"a{others}b"


def test_answers_to_one_question_alone_may_hold_commas(tmp_path):
    raw = read_raw(written(tmp_path, "Comments\nGood, but short\nGood\n"))
    assert raw.body(1)[0].tolist() == ["Good, but short", "Good"]


def test_blank_lines_and_rows_of_commas_are_no_answers(tmp_path):
    raw = read_raw(written(tmp_path, "one,two\n1,2\n\n,\n3,4\n\n"))
    assert raw.body(1).to_numpy().tolist() == [["1", "2"], ["3", "4"]]
    assert raw.rows == 6


def test_a_header_alone_has_no_answers(tmp_path):
    body = read_raw(written(tmp_path, "one,two\n")).body(1)
    assert body.empty
    assert list(body) == [0, 1]


def test_a_file_that_is_not_utf_8_is_read_as_windows_1252_and_said_so(tmp_path):
    raw = read_raw(written(tmp_path, "one,two\ncafé,“x”\n".encode("cp1252")))
    assert raw.body(1).to_numpy().tolist() == [["café", "“x”"]]
    assert "Windows-1252" in raw.decided[0]


def test_a_few_wrong_bytes_do_not_turn_all_accents_into_others(tmp_path):
    raw = read_raw(written(tmp_path, "één,zwölf,trois\né,ö,".encode() + b"\xff\n"))
    assert raw.head[0] == ["één", "zwölf", "trois"]
    assert raw.decided[0].endswith("\ufffd: 1.")


def test_utf_16_is_known_without_its_mark(tmp_path):
    raw = read_raw(written(tmp_path, "one\ttwo\nñ\t2\n".encode("utf-16-le")))
    assert raw.body(1).to_numpy().tolist() == [["ñ", "2"]]


@pytest.mark.parametrize(
    ("start", "encoding"), [(b"", "utf-8"), (b"a", "utf-8"), (b"\0a\0,\0b", "utf-16-be")]
)
def test_the_encoding_is_told_from_however_few_bytes(start, encoding):
    assert encoding_of(start) == encoding


@pytest.mark.parametrize("data", ["a,b\né,ö".encode()[:-1], "a\tb\n1\t2".encode("utf-16")[:-1]])
def test_a_file_that_ends_within_a_character_is_cut_off(tmp_path, data):
    assert "cut off" in refusal(tmp_path, data)[0].problem


def test_a_last_letter_in_windows_1252_is_no_cut(tmp_path):
    assert read_raw(written(tmp_path, b"a,b\n1,\xe9")).body(1).iloc[0, 1] == "é"


def test_uneven_rows_are_refused_with_their_numbers_and_all_at_once(tmp_path):
    problems = refusal(tmp_path, "one,two\n1,2\n1\n1,2,3\n")
    assert [problem.row for problem in problems] == ["3", "4"]
    assert "1 cells" in problems[0].problem


def test_no_more_than_a_hundred_rows_are_listed(tmp_path):
    assert len(refusal(tmp_path, "one,two\n" + "1\n" * 500)) == 100


def test_a_file_that_ends_within_a_quotation_is_refused_with_the_row(tmp_path):
    problem = refusal(tmp_path, 'one,two\n1,2\n3,"anna@example.org\n')[0]
    assert problem.row == "3"
    assert "anna" not in f"{problem.problem}{problem.remedy}{problem.value}"


def test_nul_bytes_are_refused_with_the_row(tmp_path):
    assert refusal(tmp_path, b"one,two\n1,2\n1,\0\n")[0].row == "3"


@pytest.mark.parametrize("data", ["", "\ufeff"])
def test_an_empty_file_is_refused(tmp_path, data):
    assert "empty" in refusal(tmp_path, data)[0].problem


def test_a_first_row_without_anything_is_refused(tmp_path):
    assert refusal(tmp_path, "\none,two\n1,2\n")[0].row == "1"


def test_ten_thousand_columns_are_refused(tmp_path):
    row = ",".join(["x"] * 10_000)
    assert f"{WIDEST:,}" in refusal(tmp_path, f"{row}\n{row}\n")[0].remedy


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(FileRefused, match="cannot be read"):
            read_raw(path)


def test_a_cell_of_a_million_letters_is_refused(tmp_path):
    assert refusal(tmp_path, "one,two\n1," + "x" * 1_000_001 + "\n")[0].row == "2"
