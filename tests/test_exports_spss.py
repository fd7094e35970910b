"""SPSS files keep their labels, the order of their values, and what they declare missing."""

import os
import struct
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod.exports import spss, spss_values
from coprod.exports.export import NOT_SEEN, ROLES
from coprod.problems import FileRefused

REALDATA = os.environ.get("COPROD_REALDATA", "")
REAL = pytest.mark.skipif(not REALDATA, reason="COPROD_REALDATA does not name the folder of real files")
SECRET = "secretive"
AGREE = {1.0: "Disagree", 2.0: "Neither", 3.0: "Agree"}


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch, request):
    """Read files here, which takes no time, but where a test is about files that can end the process."""
    if "damaged" not in request.node.name:
        monkeypatch.setattr(spss_values, "held_in", spss_values.parsed)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "answers.sav"


def read(path, table, **told):
    """Write a table as SPSS would and read it."""
    pyreadstat.write_sav(pd.DataFrame(table), path, **told)
    return spss.read(path)


def about(export, key="role"):
    return dict(zip(export.columns["column"], export.columns[key], strict=True))


def refusal(path):
    with pytest.raises(FileRefused) as error:
        spss.read(path)
    (problem,) = error.value.problems
    assert problem.remedy
    return problem.problem


def with_sets(path, sets):
    """Put multiple response sets into a file, which pyreadstat reads and does not write."""
    raw = path.read_bytes()
    text = sets.encode()
    end = raw.index(struct.pack("<ii", 999, 0))  # where the dictionary ends
    path.write_bytes(raw[:end] + struct.pack("<iiii", 7, 7, 1, len(text)) + text + raw[end:])


# scales


def test_labels_stand_in_the_order_of_the_values(path):
    labels = {"q": {3.0: "Agree", 1.0: "Disagree", 2.0: "Neither"}}
    export = read(path, {"q": [3.0, 1.0, None]}, variable_value_labels=labels)

    assert list(export.answers["q"]) == ["Agree", "Disagree"]
    assert export.scales["q"] == ("Disagree", "Neither", "Agree")
    assert list(export.dropped["rows"]) == [1]


def test_the_label_of_a_variable_is_its_text(path):
    export = read(
        path,
        {"q": [1.0], "r": [1.0]},
        column_labels={"q": "<b>I felt</b>  heard."},
        variable_value_labels={"q": AGREE, "r": AGREE},
    )

    assert about(export, "text") == {"q": "I felt heard.", "r": "r"}
    assert set(export.columns["scale"]) == {"q"}


def test_what_is_declared_missing_is_an_answer_at_the_end_of_the_scale(path):
    labels = {"q": {**AGREE, -9.0: "Don't know", 99.0: "Not applicable"}}
    missing = {"q": [-9.0, 99.0, 98.0]}
    export = read(path, {"q": [1.0, -9.0, 99.0, 98.0]}, variable_value_labels=labels, missing_ranges=missing)

    assert list(export.answers["q"]) == ["Disagree", "Don't know", "Not applicable", "98"]
    assert export.scales["q"] == ("Disagree", "Neither", "Agree", "Don't know", "98", "Not applicable")
    assert any("no rating" in said and "'98'" in said for said in export.decided)


def test_a_number_that_is_declared_missing_is_no_number(path):
    export = read(
        path,
        {"hours": [7.5, 99.0, 12.0], "q": [1.0, 1.0, 1.0]},
        missing_ranges={"hours": [{"lo": 90.0, "hi": 99.0}]},
        variable_value_labels={"hours": {99.0: "Refused"}, "q": AGREE},
    )

    assert about(export)["hours"] == "number"
    assert list(export.answers["hours"]) == ["7.5", "", "12"]
    assert any("left blank: 'hours': 1" in said for said in export.decided)


def test_a_scale_with_labels_at_its_ends_alone_has_all_its_points(path):
    labels = {"q": {0.0: "Not likely", 4.0: "Likely"}}
    export = read(path, {"q": [0.0, 2.0, 4.0]}, variable_value_labels=labels)

    assert list(export.answers["q"]) == ["Not likely", "2", "Likely"]
    assert export.scales["q"] == ("Not likely", "1", "2", "3", "Likely")


def test_a_value_off_the_scale_stays_and_is_counted(path):
    export = read(path, {"q": [1.0, 7.0, 7.0]}, variable_value_labels={"q": AGREE})

    assert list(export.answers["q"]) == ["Disagree", "7", "7"]
    assert "7" not in export.scales["q"]
    assert any("'q': 2" in said for said in export.decided)


def test_ages_with_a_label_or_two_are_numbers(path):
    labels = {"age": {97.0: "97 or more", 98.0: "Unknown"}}
    export = read(path, {"age": [34.0, 51.0, 62.0, 97.0]}, variable_value_labels=labels)

    assert about(export)["age"] == "number"
    assert list(export.answers["age"]) == ["34", "51", "62", "97"]


def test_two_values_with_one_label_are_told_apart(path):
    labels = {"q": {1.0: "Other", 2.0: "Yes", 3.0: "Other"}}
    export = read(path, {"q": [1.0, 3.0]}, variable_value_labels=labels)

    assert export.answers["q"].nunique() == 2
    assert set(export.answers["q"]) < set(export.scales["q"])


def test_codes_in_words_have_labels_too(path):
    export = read(path, {"q": ["n", "y", ""]}, variable_value_labels={"q": {"y": "Yes", "n": "No"}})

    assert list(export.answers["q"]) == ["No", "Yes"]
    assert export.scales["q"] == ("No", "Yes")


# roles


@pytest.mark.parametrize(
    ("name", "label", "values", "role"),
    [
        ("ResponseId", "", ["R_1", "R_2"], "identifier"),
        ("id", "", [1.0, 2.0], "identifier"),
        ("IPAddress", "", ["192.0.2.1", "192.0.2.2"], "identifier"),
        ("LocationLatitude", "", [51.5, 52.5], "identifier"),
        ("v1", "What is your first name?", ["Ann Bo", "Cy Di"], "identifier"),
        ("v2", "", [f"{SECRET}{place}" for place in range(12)], "identifier"),
        ("v3", "What else?", ["It was long. And good.", "No."], "text"),
        ("v4", "How many hours?", [1.5, 20.0], "number"),
        ("UserLanguage", "", ["EN", "EN"], "metadata"),
    ],
)
def test_what_a_variable_holds_is_told_by_its_name_its_label_and_its_values(path, name, label, values, role):
    table = {name: values, "q": [1.0] * len(values)}
    export = read(path, table, column_labels={name: label or None}, variable_value_labels={"q": AGREE})

    assert about(export)[name] == role
    assert SECRET not in " ".join(export.decided) + export.columns.to_csv()


def test_dates_are_metadata_and_those_of_birth_identifiers(path):
    day = [pd.Timestamp("1980-02-03").date(), None]
    table = {"day": day, "dob": day, "at": [pd.Timestamp("2024-05-01 10:20:30"), None], "q": [1.0, 2.0]}
    export = read(path, table, column_labels={"dob": "Date of birth"}, variable_value_labels={"q": AGREE})

    assert [about(export)[name] for name in table] == ["metadata", "identifier", "metadata", "item"]
    assert list(export.answers["day"]) == ["1980-02-03", ""]
    assert list(export.answers["at"]) == ["2024-05-01 10:20:30", ""]


def test_small_numbers_without_labels_are_answers_unless_they_are_measured(path):
    table = {"q": [1.0, 5.0, 3.0], "n": [1.0, 5.0, 3.0]}
    export = read(path, table, variable_measure={"q": "ordinal", "n": "scale"})

    assert about(export) == {"q": "item", "n": "number"}
    assert list(export.answers["q"]) == ["1", "5", "3"]


# several answers

TICKS = {"a": [1.0, 0.0, np.nan, -1.0], "b": [0.0, 0.0, np.nan, -1.0], "q": [1.0, 2.0, 3.0, 1.0]}


def test_a_set_of_ticks_becomes_options(path):
    told = {"variable_value_labels": {"q": AGREE}, "missing_ranges": {"a": [-1.0], "b": [-1.0]}}
    pyreadstat.write_sav(pd.DataFrame(TICKS), path, column_labels={"a": "By train", "b": "By bus"}, **told)
    with_sets(path, "$ways=D1 1 17 How did you come? a b\n")
    export = spss.read(path)

    assert list(export.answers["a"]) == ["By train", "", "", NOT_SEEN]
    assert list(export.columns["role"]) == ["option", "option", "item"]
    assert set(export.columns["group"][:2]) == {"ways"}
    assert set(export.columns["text"][:2]) == {"How did you come?"}


def test_a_set_of_mentions_becomes_options_and_counts_each_once(path):
    table = {"m1": [1.0, 3.0, np.nan], "m2": [3.0, 3.0, np.nan], "q": [1.0, 1.0, 1.0]}
    labels = {"m1": AGREE, "m2": AGREE, "q": AGREE}
    pyreadstat.write_sav(pd.DataFrame(table), path, variable_value_labels=labels)
    with_sets(path, "$said=C 9 Mentioned m1 m2\n")
    export = spss.read(path)

    options = export.answers.iloc[:, :3].to_numpy().tolist()
    assert options == [["Disagree", "", "Agree"], ["", "", "Agree"], ["", "", ""]]
    assert list(export.columns["option"][:3]) == ["Disagree", "Neither", "Agree"]
    assert "m1" not in export.answers


def test_numbered_variables_with_one_label_each_are_options(path):
    table = {"Q2_1": [1.0, np.nan], "Q2_2": [np.nan, 1.0], "q": [1.0, 2.0]}
    labels = {"Q2_1": {1.0: "Travel"}, "Q2_2": {1.0: "Time"}, "q": AGREE}
    export = read(path, table, variable_value_labels=labels)

    assert list(export.answers["Q2_1"]) == ["Travel", ""]
    assert list(export.columns["role"]) == ["option", "option", "item"]
    assert any("'Q2' (2)" in said for said in export.decided)


# files


@pytest.mark.parametrize("how", [{"compress": True}, {"row_compress": True}, {}])
def test_packed_files_are_read(path, how):
    assert list(read(path, {"q": [1.0]}, variable_value_labels={"q": AGREE}, **how).answers["q"]) == [
        "Disagree"
    ]


def test_a_portable_file_is_read_and_its_limits_said(tmp_path):
    path = tmp_path / "answers.por"
    pyreadstat.write_por(pd.DataFrame({"hours": [1.5, 20.0]}), path)

    assert spss.recognises(path)
    export = spss.read(path)
    assert list(export.answers.iloc[:, 0]) == ["1.5", "20"]
    assert any(".por" in said for said in export.decided)


@pytest.mark.parametrize(
    "whose",
    [
        "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS} said so. Twice.",
        "Gr\N{LATIN SMALL LETTER U WITH DIAERESIS}n",
    ],
)
def test_words_in_another_encoding_than_the_file_names_are_read_whole(path, whose):
    pyreadstat.write_sav(pd.DataFrame({"t": [whose], "q": [1.0]}), path, variable_value_labels={"q": AGREE})
    long = whose.encode()
    path.write_bytes(path.read_bytes().replace(long, whose.encode("cp1252").ljust(len(long))))
    export = spss.read(path)

    assert list(export.answers["t"]) == [whose]
    assert any("windows-1252" in said for said in export.decided)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(path, share):
    pyreadstat.write_sav(pd.DataFrame({"q": [1.0, 2.0] * 50}), path, variable_value_labels={"q": AGREE})
    raw = path.read_bytes()
    path.write_bytes(raw[: int(share * len(raw))])

    assert refusal(path)


def test_a_file_of_another_kind_with_this_suffix_is_refused(path):
    path.write_text("q\n1\n")

    assert not spss.recognises(path)
    assert "no SPSS file" in refusal(path)


def test_what_is_not_there_is_not_recognised_and_refused(path):
    assert not spss.recognises(path)
    assert "no such file" in refusal(path)


def test_a_file_without_answers_is_refused(path):
    pyreadstat.write_sav(pd.DataFrame({"q": [np.nan, np.nan]}), path, variable_value_labels={"q": AGREE})

    assert "no answers" in refusal(path)


# properties

LABELS = st.lists(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not set(text) & set("<&")),
    min_size=2,
    max_size=6,
    unique=True,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_answer_is_lost_or_invented(path, data):
    labels = data.draw(LABELS)
    values = data.draw(
        st.lists(st.integers(-99, 999), min_size=len(labels), max_size=len(labels), unique=True)
    )
    meant = {float(value): label for value, label in zip(values, labels, strict=True)}
    missing = data.draw(st.lists(st.sampled_from(values), max_size=min(3, len(values) - 1), unique=True))
    given_values = data.draw(st.lists(st.sampled_from(list(meant)), min_size=1))
    export = read(
        path,
        {"q": given_values},
        variable_value_labels={"q": meant},
        missing_ranges={"q": [float(value) for value in missing]} if missing else None,
    )

    assert list(export.answers["q"]) == [meant[value] for value in given_values]
    ordered = sorted(meant, key=lambda value: (value in missing, value))
    assert export.scales["q"] == tuple(meant[value] for value in ordered)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_are_read_or_refused(path, data):
    table = {"name": [SECRET, "b"], "q": [1.0, 2.0], "n": [1.5, np.nan]}
    pyreadstat.write_sav(
        pd.DataFrame(table), path, variable_value_labels={"q": AGREE}, compress=data.draw(st.booleans())
    )
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(4, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(raw[: data.draw(st.integers(len(raw) // 2, len(raw)))])

    with suppress(FileRefused):
        assert set(spss.read(path).columns["role"]) <= set(ROLES)


@pytest.mark.parametrize("byte", [0, 255])
def test_a_damaged_variable_does_not_end_the_process(path, byte):
    pyreadstat.write_sav(pd.DataFrame({"name": [SECRET], "q": [1.0]}), path)
    whole = path.read_bytes()
    for place in range(178, 272, 24):  # the records of the two variables
        path.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
        with suppress(FileRefused):
            spss.read(path)


def test_another_process_reads_the_same_as_this_one_though_not_damaged(path):
    pyreadstat.write_sav(
        pd.DataFrame({"q": [1.0, 2.0], "t": ["a", ""]}), path, variable_value_labels={"q": AGREE}
    )

    here, there = spss_values.parsed(path), spss_values.held_in(path)
    assert here.values.equals(there.values)
    assert (here.labels, here.texts, here.encoding) == (there.labels, there.texts, there.encoding)


def test_a_process_that_a_damaged_file_ended_is_a_refusal(path, monkeypatch):
    monkeypatch.setattr(spss_values, "SENDER", "import os; os.abort()")
    pyreadstat.write_sav(pd.DataFrame({"q": [1.0]}), path, variable_value_labels={"q": AGREE})

    assert "damaged" in refusal(path)


# real files


@REAL
def test_the_real_file_keeps_its_labels_and_dates():
    export = spss.read(Path(REALDATA) / "exports" / "spss_sample.sav")

    assert list(export.answers["myord"]) == ["low", "medium", "high", "low", "low"]
    assert export.scales["mylabl"] == ("Male", "Female")
    assert export.answers.at[1, "mydate"] == "1880-05-06"
    assert about(export, "text")["mynum"] == "numeric"


@REAL
def test_the_real_order_is_that_of_the_values_and_not_of_the_alphabet_or_of_sense():
    export = spss.read(Path(REALDATA) / "exports" / "spss_ordered_category.sav")

    assert export.scales["Col1"] == ("high", "low", "medium")


@REAL
def test_the_real_missing_value_is_kept_apart():
    export = spss.read(Path(REALDATA) / "exports" / "spss_missing_test.sav")

    assert list(export.answers["var1"]) == ["missing", "2"]
    assert export.scales["var1"] == ("2", "missing")
