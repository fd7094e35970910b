"""A new programme is written whole, says only what it knows, and opens; or nothing is there."""

import csv
import datetime as dt
import tomllib

import pandas as pd
import pytest
from forms import AGREE, ATTEND, HEARD, TIME, WORDS, answers, google, microsoft, write_csv
from hypothesis import given
from hypothesis import strategies as st

import coprod
from coprod.checks import read_folder
from coprod.codebook import ScaleEntry
from coprod.importing import command, staging, toml, writing
from coprod.importing.command import run
from coprod.problems import FileRefused

pytestmark = pytest.mark.usefixtures("workbook", "_key")


@pytest.fixture
def _key(tmp_path, monkeypatch):
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "secret" / "key"))
    monkeypatch.setenv("COLUMNS", "500")  # so that no table breaks a sentence


@pytest.fixture
def form(tmp_path):
    """Return an export of Microsoft Forms with six answers to three questions."""
    return microsoft(tmp_path / "form.csv", answers())


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_written_programme_opens_with_the_answers_that_were_given(form):
    assert run([form], "group") == 0

    programme = coprod.open("group")

    given = {text: list(programme.answers[item]) for item, text in programme.items["text"].items()}
    assert given == answers()
    assert programme.scales[programme.items["scale"].iloc[0]].labels == AGREE


def test_every_file_of_a_programme_is_there_and_nothing_beside_it(form, data_in):
    assert run([form], "group") == 0

    assert {path.name for path in (data_in / "group").iterdir()} == {
        *("programme.toml", "README.md", "codebook.csv", "scales.toml", "answers.csv", "questions.csv"),
        *("responses.csv", "assumptions.csv", "decisions.csv"),
    }
    assert {path.name for path in data_in.iterdir()} == {"framework", "group"}


def test_a_guessed_scale_says_that_somebody_has_to_look(form, data_in):
    assert run([form], "group") == 0

    assert "# guessed: look at the order" in (data_in / "group" / "scales.toml").read_text(encoding="utf-8")


def test_the_settings_name_waves_in_their_order_and_invite_nobody(tmp_path, data_in):
    first = microsoft(tmp_path / "one.csv", answers())
    second = microsoft(tmp_path / "two.csv", answers(shift=1))

    assert run([], "group", waves=[f"time-2={second}", f"start={first}"]) == 0

    settings = tomllib.loads((data_in / "group" / "programme.toml").read_text(encoding="utf-8"))
    assert settings["waves"] == {"time-2": "Time 2", "start": "Start"}
    assert settings["places"] == settings["sectors"] == {}
    assert "invited" not in settings
    assert settings["date"] == dt.date.today()


def test_places_and_sectors_come_from_the_questions_that_were_named(tmp_path):
    questions = answers() | {"Town": ["Leeds", "York"] * 3, "Sector": ["University", "Charity", ""] * 2}

    assert run([google(tmp_path / "form.csv", questions)], "group", place="Town", sector="Sector") == 0

    programme = coprod.open("group")
    assert dict(programme.places) == {"leeds": "Leeds", "york": "York"}
    assert programme.answers["place"].tolist() == ["leeds", "york"] * 3
    assert programme.answers["sector"].tolist() == ["university", "charity", ""] * 2


def test_every_decision_stands_there_for_a_person_to_sign_off(form, data_in):
    assert run([form], "group") == 0

    header, *rows = rows_of(data_in / "group" / "decisions.csv")
    entries = pd.DataFrame(rows, columns=header)
    assert set(entries["who"]) == {"coprod import"}
    assert set(entries["signed_off_by"]) == {""}
    assert entries["what"].str.contains("Imported form.csv").sum() == 1
    assert entries["what"].str.contains("nothing is written of .*'Email', 'Name'").any()


TRICKS = ["=1+1", "+44", "-5 people", "@all", '=HYPERLINK("x")', "\t=2", "'=3", "#REF!", "None", "N/A", "007"]


def test_what_begins_like_a_formula_stays_the_text_it_was(tmp_path):
    labels = TRICKS * 2
    form = google(tmp_path / "form.csv", {ATTEND: labels, HEARD: (AGREE * 5)[: len(labels)]})

    assert run([form], "group") == 0

    programme = coprod.open("group")
    item = programme.items.index[programme.items["text"] == ATTEND][0]
    assert programme.answers[item].tolist() == [label.strip() for label in labels]


def test_words_stay_out_unless_asked_for_and_are_then_kept_with_what_begins_like_a_formula(tmp_path):
    words = [
        "=1+1 is what I think of it",
        "We met.\nThen we talked, at length.",
        'She said "no"',
        "",
        "a",
        "b",
    ]
    form = google(tmp_path / "form.csv", answers() | {WORDS: words})

    assert run([form], "without") == run([form], "group", keep_text=True) == 0

    assert WORDS not in set(coprod.open("without").items["text"])
    programme = coprod.open("group")
    item = programme.items.index[programme.items["text"] == WORDS][0]
    assert programme.items.loc[item, "kind"] == "text"
    assert programme.answers[item].tolist()[0] == words[0]
    assert programme.answers[item].tolist()[2] == words[2]


def test_a_question_about_quoting_is_an_item_of_consent(tmp_path):
    form = google(tmp_path / "form.csv", answers() | {"May we quote you?": ["Yes", "No"] * 3})

    assert run([form], "group") == 0

    assert "consent" in set(coprod.open("group").items["kind"])


def test_a_dry_run_writes_nothing_and_makes_no_key(form, data_in, tmp_path, capsys):
    assert run([form], "group", dry_run=True) == 0

    assert {path.name for path in data_in.iterdir()} == {"framework"}
    assert not (tmp_path / "secret").exists()
    assert "nothing was written" in capsys.readouterr().out


def test_a_folder_with_problems_never_takes_its_place(form, data_in, monkeypatch, capsys):
    def spoiled(folder, ready):
        writing.write(folder, ready)
        (folder / "scales.toml").write_text("[agreement]\n", encoding="utf-8")

    monkeypatch.setattr(command, "write", spoiled)

    assert run([form], "group") == 1
    assert {path.name for path in data_in.iterdir()} == {"framework"}
    assert "Nothing was written" in capsys.readouterr().out


def test_nothing_is_left_when_an_import_is_broken_off(form, data_in, monkeypatch):
    def broken_off(folder, ready):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "write", broken_off)

    with pytest.raises(KeyboardInterrupt):
        run([form], "group")
    assert {path.name for path in data_in.iterdir()} == {"framework"}


def test_no_room_on_the_disk_is_a_message(form, data_in, monkeypatch, capsys):
    def full(folder, ready):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command, "write", full)

    assert run([form], "group") == 1
    assert {path.name for path in data_in.iterdir()} == {"framework"}
    assert "No space left" in capsys.readouterr().out


def test_two_imports_at_once_are_one_and_a_message(data_in):
    with staging.staged("group"), pytest.raises(FileRefused, match="Another import"), staging.staged("group"):
        pass


def test_an_import_that_was_killed_is_told_by_the_folder_it_left(form, data_in, capsys):
    (data_in / ".importing-group").mkdir()

    assert run([form], "group") == 1
    assert "delete the folder" in capsys.readouterr().out


def test_a_folder_that_stepped_aside_for_a_killed_import_comes_back(data_in):
    (data_in / ".replaced-group").mkdir()
    (data_in / ".replaced-group" / "programme.toml").write_text("old", encoding="utf-8")

    with staging.staged("group"):
        pass

    assert (data_in / "group" / "programme.toml").read_text(encoding="utf-8") == "old"
    assert not (data_in / ".replaced-group").exists()


def test_the_old_folder_stays_when_the_new_one_cannot_take_its_place(data_in, monkeypatch):
    (data_in / "group").mkdir()
    (data_in / "group" / "kept").write_text("kept", encoding="utf-8")
    rename = staging.Path.rename

    def refused(path, target):
        if path.name == ".importing-group":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(staging.Path, "rename", refused)

    with pytest.raises(FileRefused, match="cannot be written"), staging.staged("group"):
        pass
    assert [path.name for path in (data_in / "group").iterdir()] == ["kept"]


@given(st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=8, unique=True))
def test_any_labels_come_back_from_the_scales_as_they_were(labels):
    scale = {"labels": labels, "non_answers": [], "polarity": "none", "guessed": True}

    read = tomllib.loads(toml.scale_table("s", scale))

    assert read["s"]["labels"] == labels


def test_a_scale_with_everything_passes_the_checks():
    scale = {
        **{"labels": list(AGREE), "non_answers": ["Don't know"], "polarity": "positive", "neutral": AGREE[2]},
        **{"favourable": list(AGREE[3:]), "says": "agreed", "says_not": "disagreed", "guessed": True},
    }

    entry = ScaleEntry.model_validate(tomllib.loads(toml.scale_table("agreement", scale))["agreement"])

    assert entry.labels == list(AGREE)


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), min_size=1, max_size=5))
def test_any_cells_come_back_from_a_table_as_they_were(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("table") / "table.csv"
    table = pd.DataFrame(rows, columns=["a", "b"], dtype=str)

    writing.write_table(path, table)

    assert rows_of(path) == [["a", "b"], *rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[waves]\nbefore = "B"\n', '[waves]\nbefore = "B"\nafter = "After"\n'),
        ("[waves] # in order\n\n[places]\n", '[waves] # in order\nafter = "After"\n\n[places]\n'),
        ("a = 1\n", 'a = 1\n\n[waves]\nafter = "After"\n'),
        ('[waves]\r\nb = "B" # x\r\n# end\r\n', '[waves]\nb = "B" # x\nafter = "After"\n# end\n'),
    ],
)
def test_a_key_is_added_to_a_table_and_all_else_stays(text, expected):
    assert toml.with_keys(text, "waves", {"after": "After"}) == expected


@pytest.mark.parametrize("text", ['waves = { before = "B" }\n', 'a = """\n[waves]\n"""\n[waves]\n'])
def test_a_table_that_cannot_be_added_to_safely_is_left_to_a_person(text):
    grown = toml.with_keys(text, "waves", {"after": "After"})

    assert grown is None or tomllib.loads(grown)["waves"]["after"] == "After"


def test_answers_of_the_same_labels_in_another_spelling_are_one_label(tmp_path, data_in):
    labels = ["Agree", "agree", "AGREE ", "Disagree", "Agree", "Disagree"]
    rows = [["Name of course", HEARD, TIME], *[["c", label, label] for label in labels]]

    assert run([write_csv(tmp_path / "plain.csv", rows)], "group") == 0

    contents, problems = read_folder(data_in / "group")
    assert problems == []
    assert {"Agree", "Disagree"} == set(contents.answers.iloc[:, -1])
