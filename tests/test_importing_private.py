"""Nobody who answered can be told from what an import writes, prints or refuses."""

import csv
import json
import os
import re
import stat
from pathlib import Path

import pandas as pd
import pytest
from forms import AGREE, CODE, CODES, HEARD, MAILS, PEOPLE, WORDS, answers, everything_in, google, microsoft
from hypothesis import given
from hypothesis import strategies as st

from coprod.exports import Export
from coprod.exports.export import column, described
from coprod.importing import keys
from coprod.importing.command import run
from coprod.importing.linking import link, summary
from coprod.importing.people import known
from coprod.importing.private import OWN_WORDS, names_in, set_apart
from coprod.problems import FileRefused

KEY = bytes(range(32))
posix = pytest.mark.skipif(os.name != "posix", reason="only POSIX says who may read a file")


@pytest.fixture(autouse=True)
def key_file(tmp_path, monkeypatch):
    """Name a key file that is not there yet."""
    path = tmp_path / "secret" / "key"
    monkeypatch.setenv("COPROD_KEY_FILE", str(path))
    return path


def export(cells, role="item", text="", scale=(), **told):
    """Make an export with one column "it"."""
    described_as = column("it", role, text, scale="s" if scale else "", **told)
    frame = pd.DataFrame({"it": cells}, dtype=str)
    return Export("plain", "file.csv", frame, described([described_as]), {"s": tuple(scale)} if scale else {})


def role_of(one):
    return set_apart(one, keep_text=True).export.columns["role"].iloc[0]


# The key


@pytest.mark.usefixtures("workbook")
def test_the_key_is_made_once_and_only_its_owner_can_read_it(key_file):
    first = keys.read_key()

    assert keys.read_key() == first
    assert len(first) == 32
    if os.name == "posix":
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


@posix
@pytest.mark.usefixtures("workbook")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_that_others_can_read_is_refused_with_what_to_type(key_file, mode):
    keys.read_key()
    key_file.chmod(mode)

    with pytest.raises(FileRefused, match="chmod 600"):
        keys.read_key()


@pytest.mark.usefixtures("workbook")
def test_a_damaged_key_is_refused_and_not_shown(key_file):
    keys.read_key()
    key_file.write_text("damaged secret", encoding="ascii")

    with pytest.raises(FileRefused) as refused:
        keys.read_key()

    assert "damaged secret" not in str(refused.value)


def test_a_key_among_the_data_is_refused(workbook, data_in, monkeypatch):
    monkeypatch.setenv("COPROD_KEY_FILE", str(data_in / "programme" / "key"))

    with pytest.raises(FileRefused, match="beside the answers"):
        keys.read_key()


@pytest.mark.usefixtures("workbook")
def test_a_dry_run_makes_no_key(key_file):
    assert len(keys.read_key(make=False)) == 32
    assert not key_file.exists()


def test_keys_of_people_differ_between_programmes_purposes_and_secrets():
    made = [
        keys.hashed(["ada"], key, programme, what)[0]
        for key in (KEY, bytes(32))
        for programme in ("one", "two")
        for what in ("code", "e-mail address")
    ]

    assert len(set(made)) == len(made)


@given(st.lists(st.text(max_size=20), unique=True, max_size=50))
def test_keys_are_as_different_as_what_they_are_made_of_and_never_look_like_numbers(values):
    made = keys.hashed(values, KEY, "programme", "code")

    assert len(set(made)) == len(values)
    assert all(re.fullmatch(r"p[0-9a-f]{16}", one) for one in made)


# What is set apart


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Name",
            "Your name",
            "What is your name?",
            "First name",
            "Surname",
            "Please enter your full name (optional)",
        ),
        *(
            "E-mail address",
            "Phone number",
            "Your postcode",
            "Date of birth",
            "IP address",
            "NHS number",
            "Latitude",
        ),
    ],
)
def test_a_question_for_who_somebody_is_is_set_apart_by_its_words(header):
    assert role_of(export(["x", "y", "z"], "text", header)) == "identifier"


@pytest.mark.parametrize(
    "cells",
    [
        ["ada@example.org", "bram@example.org"],
        ["07700 900123", "020 7946 0000"],
        ["LN6 7TS", "SW1A 1AA"],
        ["192.0.2.1", "198.51.100.7"],
        ["2001:db8::1", "2001:db8::2"],
        ["943 476 5919", "943 476 5870"],
        ["AB 12 34 56 C", "CE123456D"],
        ["53.2307, -0.5406", "51.5072, -0.1276"],
    ],
)
@pytest.mark.parametrize("role", ["item", "text"])
def test_answers_that_look_like_personal_data_are_set_apart_whatever_was_asked(cells, role):
    assert role_of(export(cells, role, "How can we reach you?")) == "identifier"


def test_numbers_as_long_as_telephone_numbers_are_set_apart():
    assert role_of(export(["12", "07700900123", "5"], "number", "How many?")) == "identifier"


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (["Agree", "Disagree"], "How often do you use e-mail?"),
        (["1-5", "6-10", "100,000 - 200,000"], "How many people work there?"),
        (["Yes", "No"], "Is your name on the list?"),
        (["Monday 10:00", "Tuesday 14:00"], "When could you come?"),
    ],
)
def test_ordinary_labels_stay(cells, text):
    apart = set_apart(export(cells, "item", text))

    assert list(apart.export.answers["it"]) == cells
    assert apart.export.columns["role"].iloc[0] == "item"


def test_an_address_among_labels_is_masked_and_counted_but_not_told():
    apart = set_apart(export(["Bus", "Train", "Bus", "ask ada@example.org"]))

    assert list(apart.export.answers["it"]) == ["Bus", "Train", "Bus", "ask [e-mail address]"]
    assert "'it': 1" in apart.decisions[0][0]
    assert "ada" not in str(apart.decisions)


def test_a_label_that_the_tool_itself_holds_is_not_masked():
    cells = ["See www.example.org", "By post"]

    assert list(set_apart(export(cells, scale=cells)).export.answers["it"]) == cells


def test_words_of_peoples_own_stay_out_unless_somebody_asks_for_them():
    told = set_apart(export(["I liked it"], "text")).export.columns.iloc[0]

    assert (told["role"], told["why"]) == ("metadata", OWN_WORDS)


def test_words_that_are_kept_are_masked():
    apart = set_apart(export(["Ring 07700 900123", ""], "text"), keep_text=True)

    assert list(apart.export.answers["it"]) == ["Ring [telephone number]", ""]


def test_words_that_are_labels_of_a_known_scale_are_no_words_of_peoples_own():
    apart = set_apart(export([*AGREE], "text"))

    assert apart.export.columns["role"].iloc[0] == "item"
    assert "'it'" in apart.decisions[0][0]


def test_more_answers_than_any_question_has_options_are_words():
    cells = [f"story {'x' * row}" for row in range(300)]

    assert role_of(export(cells, "item")) == "text"


def test_the_column_that_gives_the_place_stays():
    apart = set_apart(export(["Leeds", "York"], "text", "Your town"), named=["your town"])

    assert apart.export.columns["role"].iloc[0] == "text"


def test_what_may_be_names_is_given_with_the_row_of_the_answers():
    frame = pd.DataFrame({"words": ["all fine", "I thank Doctor Quillfeather for it"]})

    assert names_in(frame, ["words"])["row"].tolist() == [3]


# Who is who


def exported(codes, role="identifier", name=CODE, **more):
    frame = pd.DataFrame({name: codes, **more}, dtype=str)
    columns = [column(name, role, why="A code that people made themselves." if name == CODE else "")]
    columns += [column(other, "item") for other in more]
    return Export("plain", "file.csv", frame, described(columns))


def linked(*waves, near=True, **groups):
    who = known({f"w{number}": exported(codes) for number, codes in enumerate(waves)}, KEY, "programme")
    people = who.people.assign(place=groups.get("place", ""), sector="")
    return link(people, near=near)


def persons(table):
    """Number the people in the order in which they come."""
    return pd.factorize(table["person"])[0].tolist()


def test_the_same_code_in_two_waves_is_one_person_whatever_its_case_and_spaces():
    table = linked(["AB12", "CD34"], ["cd 34", "ab12"])

    assert persons(table) == [0, 1, 1, 0]
    assert set(table["link"]) == {"exact"}


def test_a_code_one_character_apart_is_linked_and_said_to_be_near():
    table = linked(["AB12", "CD34"], ["AB13", "CD34"])

    assert persons(table) == [0, 1, 0, 1]
    assert table["link"].tolist() == ["near", "exact", "near", "exact"]


def test_exact_links_only_leave_near_codes_apart():
    assert persons(linked(["AB12"], ["AB13"], near=False)) == [0, 1]


def test_two_partners_are_ambiguous_and_nobody_is_linked():
    table = linked(["AB12"], ["AB13", "AB14"])

    assert persons(table) == [0, 1, 2]
    assert set(table["link"]) == {"ambiguous"}


def test_a_code_that_two_people_gave_in_one_wave_links_nobody():
    table = linked(["AB12", "AB12"], ["AB12"])

    assert persons(table) == [0, 1, 2]
    assert table["link"].tolist() == ["ambiguous", "ambiguous", "ambiguous"]


def test_places_that_contradict_each_other_forbid_a_near_link():
    assert persons(linked(["AB12"], ["AB13"], place=["north", "south"])) == [0, 1]


def test_nobody_drifts_from_code_to_code_over_three_waves():
    table = linked(["AB12"], ["AB13"], ["AC13"])

    assert persons(table) == [0, 0, 1]


def test_a_third_wave_shows_that_two_codes_are_two_people():
    table = linked(["AB12"], ["AB13"], ["AB12", "AB13"])

    assert persons(table) == [0, 1, 0, 1]


def test_the_table_of_links_counts_every_response_once():
    table = linked(["AB12", "CD34", ""], ["AB12", "CD35", "XXXX"])

    counts = summary(table)

    assert counts.groupby("wave")["n"].sum().tolist() == [3, 3]


@given(
    st.lists(st.lists(st.text("AB1", min_size=0, max_size=5), min_size=1, max_size=8), min_size=1, max_size=4)
)
def test_nobody_is_two_people_in_a_wave_and_no_two_codes_of_a_person_are_far_apart(waves):
    from rapidfuzz.distance import Levenshtein

    table = linked(*waves)

    assert not table.duplicated(["person", "wave"]).any()
    for _, one in table.groupby("person"):
        codes = list(one["code"])
        assert all(Levenshtein.distance(a, b) <= 1 for a in codes for b in codes)


def test_a_response_is_known_again_by_its_number_and_else_by_its_contents():
    by_number = exported(["1", "2"], name="ResponseId", q=["a", "b"])
    changed = exported(["1", "2"], name="ResponseId", q=["a", "c"])
    without = exported(["x", "x"], name="Colour", q=["a", "a"])

    def responses(one):
        return known({"w": one}, KEY, "programme").people["response"].tolist()

    assert responses(by_number) == responses(changed)
    assert len(set(responses(without))) == 2


def test_rows_keep_their_keys_when_rows_and_columns_are_added():
    before = exported(["x", "x"], name="Colour", q=["a", "a"])
    after = exported(["y", "x", "x"], name="Colour", q=["b", "a", "a"], new=["", "", ""])

    first, second = (
        known({"w": one}, KEY, "programme").people["response"].tolist() for one in (before, after)
    )

    assert second[1:] == first


def test_an_address_that_everybody_has_makes_nobody_a_person():
    who = known({"w": exported(["anonymous", "anonymous"], name="Email")}, KEY, "programme")

    assert who.by == ""


# Nothing can be found by grep


def told(capsys):
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.mark.usefixtures("workbook")
def test_no_name_address_or_code_is_written_or_printed(tmp_path, data_in, capsys):
    questions = answers() | {CODE: list(CODES), WORDS: [f"Write to {mail}" for mail in MAILS]}
    first = microsoft(tmp_path / "one.csv", questions)
    second = microsoft(tmp_path / "two.csv", questions | answers(shift=1))

    assert run([], "group", waves=[f"before={first}", f"after={second}"], keep_text=True) == 0

    everything = everything_in(data_in / "group") + told(capsys)
    assert not [one for one in (*PEOPLE, *MAILS, *CODES) if one.lower() in everything.lower()]
    assert not [one for name in PEOPLE for one in name.split() if len(one) > 4 and one in everything]


@pytest.mark.usefixtures("workbook")
def test_the_key_itself_is_never_written_or_printed(tmp_path, data_in, key_file, capsys):
    assert run([microsoft(tmp_path / "one.csv", answers())], "group") == 0

    secret = key_file.read_text(encoding="ascii").strip()
    assert secret not in everything_in(data_in / "group") + told(capsys)


@pytest.mark.usefixtures("workbook")
@pytest.mark.parametrize(
    "tool", ["qualtrics", "limesurvey", "redcap", "indico", "surveymonkey", "jisc", "kobo"]
)
def test_a_tool_named_wrongly_shows_nobody_who_answered(tmp_path, data_in, capsys, tool):
    path = microsoft(tmp_path / "one.csv", answers() | {WORDS: [f"I am {name}" for name in PEOPLE]})

    code = run([path], "group", tool=tool)

    everything = told(capsys) + (everything_in(data_in / "group") if code == 0 else "")
    assert code in (0, 1)
    assert not [one for one in (*PEOPLE, *MAILS) if one.lower() in everything.lower()]


@pytest.mark.usefixtures("workbook")
def test_an_answer_off_the_scale_that_one_person_gave_is_not_shown(tmp_path, capsys):
    google(tmp_path / "one.csv", answers())
    assert run([tmp_path / "one.csv"], "group") == 0
    grown = {text: [*cells, cells[0]] for text, cells in answers().items()}
    grown[HEARD] = [*answers()[HEARD], "Only Ada Quillfeather listened"]
    capsys.readouterr()

    assert run([google(tmp_path / "one.csv", grown)], "group") == 1
    assert "Quillfeather" not in told(capsys)


# The real files

IDENTIFYING = re.compile(
    r"(?i)ip ?address|e-?mail|recipient|external ?(?:data ?)?reference|response ?id|respondent ?id|"
    r"first.?name|last.?name|^name$|latitude|longitude|^dob$|^address$|telephone|network id|^#$|"
    r"submitter|\burn\b"
)
PATTERNS = (
    r"[\w.+-]{2,}@[\w-]+\.[a-z]{2,}",
    r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])",
)


def real_files():
    folder = os.environ.get("COPROD_REALDATA")
    if not folder:
        return []
    found = [*Path(folder, "exports").iterdir(), *Path(folder, "realdata").rglob("*.csv")]
    with_answers = (path for path in found if "_dictionary" not in path.name and "_key_" not in path.name)
    return sorted(path for path in with_answers if path.suffix in (".csv", ".sav"))


def identifiers(path):
    """List what tells people apart in a CSV file: by header, and by form."""
    raw = path.read_bytes()
    if path.suffix == ".sav":
        return set()
    text = raw.decode("utf-8-sig", errors="replace")
    rows = list(csv.reader(text.splitlines(), delimiter="\t" if "\t" in text[:300] else ","))
    heads = rows[:2] if path.name.startswith("qualtrics") else rows[:1]
    above = [(place, " ".join(cell.split())) for head in heads for place, cell in enumerate(head)]
    columns = {place for place, cell in above if IDENTIFYING.search(cell)}
    found = {row[place].strip() for row in rows[1:] for place in columns if place < len(row)}
    found |= {match for pattern in PATTERNS for match in re.findall(pattern, text)}
    headings = {cell for head in heads for cell in head} | set(re.findall(r"\w{6,}", " ".join(heads[0])))
    ordinary = {"anonymous", "Anonym", "[not completed]"}
    return {one for one in found if len(one) > 5 and one not in headings | ordinary and "ImportId" not in one}


@pytest.mark.skipif(
    "COPROD_REALDATA" not in os.environ, reason="COPROD_REALDATA does not name the folder with the real files"
)
@pytest.mark.usefixtures("workbook")
@pytest.mark.parametrize("path", real_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_identifier_of_a_real_file_is_found_by_grep(path, data_in, capsys):
    dictionary = path.with_name(path.name.replace("_data", "_dictionary"))
    companions = [dictionary] if dictionary != path and dictionary.exists() else []

    code = run([path, *companions], "real", keep_text=True)
    again = run([path], "wrong", tool="limesurvey")

    written = everything_in(data_in / "real") if code == 0 else ""
    everything = written + told(capsys)
    assert again in (0, 1)
    assert [one for one in identifiers(path) if one in everything] == []


@pytest.mark.skipif(
    "COPROD_REALDATA" not in os.environ, reason="COPROD_REALDATA does not name the folder with the real files"
)
def test_the_real_files_do_hold_identifiers_to_look_for():
    found = {path.name: len(identifiers(path)) for path in real_files()}

    assert sum(count > 0 for count in found.values()) >= 4, json.dumps(found)
