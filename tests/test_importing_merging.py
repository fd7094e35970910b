"""Importing again: new answers come in, what a person made of the programme stays, nothing is half done."""

import csv
import tomllib

import pandas as pd
import pytest
from forms import (
    AGREE,
    ATTEND,
    CODE,
    CODES,
    HEARD,
    MAILS,
    PEOPLE,
    WORDS,
    answers,
    everything_in,
    google,
    microsoft,
)

import coprod
from coprod.checks import read_folder
from coprod.codebook import NOT_ASKED
from coprod.importing import command, merging
from coprod.importing.command import run

pytestmark = pytest.mark.usefixtures("workbook", "_key")


@pytest.fixture
def _key(tmp_path, monkeypatch):
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "secret" / "key"))
    monkeypatch.setenv("COLUMNS", "500")  # so that no table breaks a sentence


@pytest.fixture
def form(tmp_path):
    """Return where an export stands that is imported again and again."""
    return tmp_path / "form.csv"


@pytest.fixture
def group(data_in, form):
    """Import four of six people, and return the programme's folder."""
    assert run([first(form, 4)], "group") == 0
    return data_in / "group"


def first(path, count, **changes):
    """Write what the first people of a form answered."""
    questions = {text: cells[:count] for text, cells in (answers() | changes).items()}
    return microsoft(path, questions)


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def item_of(text, name="group"):
    items = coprod.open(name).items
    return items.index[items["text"] == text][0]


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def changes(out):
    """Read the numbers of the table of what changes."""
    rows = [line.split("│")[1:3] for line in out.splitlines() if line.startswith("│")]
    return {what.strip(): int(number) for what, number in rows if number.strip().isdigit()}


NEW, CHANGED, SAME = (
    "new responses",
    "known responses with other answers: taken over",
    "known responses, unchanged",
)
GONE, DELETED = (
    "responses that are gone from the export: kept",
    "responses that somebody deleted here: left out",
)


def test_the_same_file_again_changes_no_byte(group, form, capsys):
    before = everything_in(group)

    assert run([form], "group") == 0

    assert everything_in(group) == before
    assert changes(capsys.readouterr().out)[SAME] == 4


def test_new_answers_are_added_below_and_the_old_ones_keep_their_keys(group, form, capsys):
    before = read(group / "answers.csv")

    assert run([first(form, 6)], "group") == 0

    after = read(group / "answers.csv")
    pd.testing.assert_frame_equal(after.head(4), before)
    assert len(after) == 6
    assert changes(capsys.readouterr().out)[NEW] == 2


def test_answers_that_changed_are_taken_over_and_counted(group, form, capsys):
    changed = [AGREE[4], *answers()[HEARD][1:]]

    assert run([first(form, 4, **{HEARD: changed})], "group") == 0

    assert read(group / "answers.csv")[item_of(HEARD)].tolist() == changed[:4]
    told = capsys.readouterr().out
    assert changes(told)[CHANGED] == 1
    assert f"{item_of(HEARD)} (1)" in told


def test_rows_that_are_gone_from_the_export_are_kept_and_counted(group, form, capsys):
    before = everything_in(group).partition("assumptions")[0]

    assert run([first(form, 3)], "group") == 0

    assert everything_in(group).partition("assumptions")[0] == before
    assert changes(capsys.readouterr().out)[GONE] == 1


def test_a_response_that_was_deleted_stays_deleted(group, form, capsys):
    kept = read(group / "answers.csv").drop(index=1)
    kept.to_csv(group / "answers.csv", index=False)

    assert run([first(form, 6)], "group") == 0
    assert run([form], "group") == 0

    assert len(read(group / "answers.csv")) == 5
    assert changes(capsys.readouterr().out)[DELETED] == 1


def test_words_that_somebody_shortened_are_not_written_over(data_in, form):
    words = [f"I thank {name}" for name in PEOPLE]
    assert run([first(form, 4, **{WORDS: words})], "group", keep_text=True) == 0
    edit(data_in / "group" / "answers.csv", "I thank Ada Quillfeather", "I thank [a name]")

    assert run([first(form, 6, **{WORDS: words})], "group", keep_text=True) == 0

    given = read(data_in / "group" / "answers.csv")[item_of(WORDS)]
    assert given.tolist()[0] == "I thank [a name]"
    assert len(given) == 6


def test_an_import_without_words_leaves_those_that_are_there(data_in, form):
    words = ["a quiet room", "the long talk", "", "no lunch", "more time", "tea"]
    assert run([first(form, 4, **{WORDS: words})], "group", keep_text=True) == 0
    item = item_of(WORDS)

    assert run([first(form, 6, **{WORDS: words})], "group") == 0

    assert read(data_in / "group" / "answers.csv")[item].tolist() == [*words[:4], "", ""]


def test_hand_edits_of_the_codebook_stay_and_the_item_is_known_by_its_old_words(group, form):
    item = item_of(HEARD)
    for file in ("codebook.csv", "answers.csv"):
        edit(group / file, item, "heard")
    edit(group / "codebook.csv", HEARD, "My views were heard")
    edit(group / "questions.csv", f"{item},", "heard,")

    assert run([first(form, 6)], "group") == 0

    programme = coprod.open("group")
    assert programme.items.loc["heard", "text"] == "My views were heard"
    assert len(programme.items) == 3
    assert programme.answers["heard"].tolist() == answers()[HEARD]


def test_an_item_that_was_renamed_is_known_by_its_words_in_the_codebook(group, form):
    item = item_of(HEARD)
    for file in ("codebook.csv", "answers.csv"):
        edit(group / file, item, "heard")

    assert run([first(form, 6)], "group") == 0

    assert coprod.open("group").answers["heard"].tolist() == answers()[HEARD]


def test_the_programmes_scale_wins_over_the_guess(group, form):
    before = (group / "scales.toml").read_text(encoding="utf-8")
    edit(group / "scales.toml", 'polarity = "positive"', 'polarity = "positive" # looked at')
    edit(group / "scales.toml", "  # guessed: look at the order", "")

    assert run([first(form, 6)], "group") == 0

    after = (group / "scales.toml").read_text(encoding="utf-8")
    assert "# looked at" in after
    assert "guessed" in before
    assert "guessed" not in after


def test_labels_get_the_spelling_of_the_programme(group, form):
    small = [label.lower() for label in answers()[HEARD]]

    assert run([first(form, 6, **{HEARD: small})], "group") == 0

    assert read(group / "answers.csv")[item_of(HEARD)].tolist() == answers()[HEARD]


def test_an_answer_off_the_edited_scale_is_refused_with_what_to_do(group, form, capsys):
    before = everything_in(group)
    odd = [*answers()[ATTEND][:4], "By telephone", "By telephone"]

    assert run([first(form, 6, **{ATTEND: odd})], "group") == 1

    told = capsys.readouterr().out
    assert "'By telephone'" in told or "By telephone" in told
    assert "scales.toml" in told
    assert everything_in(group) == before


def test_a_new_question_gets_a_row_of_the_codebook_and_was_not_asked_before(group, form):
    new = {"Would you come again?": ["Yes", "No", "Yes", "No", "Yes", "Yes"]}

    assert run([first(form, 3, **new)], "group") == 0

    item = item_of("Would you come again?")
    assert read(group / "answers.csv")[item].tolist() == ["Yes", "No", "Yes", NOT_ASKED]


def test_decisions_are_added_once(group, form):
    before = (group / "decisions.csv").read_text(encoding="utf-8")

    assert run([first(form, 6)], "group") == 0

    after = (group / "decisions.csv").read_text(encoding="utf-8")
    assert after.startswith(before)
    what = [row[1] for row in csv.reader(after.splitlines())]
    assert len(what) == len(set(what))


def test_a_decision_that_was_signed_off_stays_signed_off(group, form):
    edit(group / "decisions.csv", "coprod import,", "coprod import,A. Person")

    assert run([first(form, 6)], "group") == 0

    assert read(group / "decisions.csv")["signed_off_by"].eq("A. Person").sum() > 2


# Waves


def test_a_wave_that_comes_later_is_added_with_its_people_linked_by_the_key(tmp_path, data_in):
    before = microsoft(tmp_path / "before.csv", answers() | {CODE: list(CODES)})
    after = microsoft(tmp_path / "after.csv", answers(shift=1) | {CODE: [*CODES[:3], "ZZ01", "ZZ02", "ZZ03"]})
    assert run([], "group", waves=[f"before={before}"]) == 0

    assert run([], "group", waves=[f"after={after}"]) == 0

    programme = coprod.open("group")
    assert list(programme.waves) == ["before", "after"]
    assert len(programme.answers) == 12
    assert programme.answers["person"].nunique() == 9


def test_all_waves_again_link_near_codes_too_and_excerpts_follow(tmp_path, data_in):
    before = microsoft(tmp_path / "before.csv", answers() | {CODE: list(CODES), WORDS: list("abcdef")})
    near = ["AB13", *CODES[1:]]
    after = microsoft(tmp_path / "after.csv", answers(shift=1) | {CODE: near, WORDS: list("uvwxyz")})
    waves = [f"before={before}", f"after={after}"]
    assert run([], "group", waves=waves, keep_text=True, exact_links=True) == 0
    folder = data_in / "group"
    person = read(folder / "answers.csv")["person"][6]
    (folder / "themes.csv").write_text(
        "theme,title,definition,include,exclude,example\nt,T,What it is.,,,\n", encoding="utf-8"
    )
    (folder / "excerpts.csv").write_text(
        f"excerpt,person,wave,item,theme,coder\ne1,{person},after,{item_of(WORDS)},t,A\n", encoding="utf-8"
    )
    assert read_folder(folder)[1] == []

    assert run([], "group", waves=waves, keep_text=True) == 0

    written = read(folder / "answers.csv")
    assert written["person"][0] == written["person"][6] != person
    assert read(folder / "excerpts.csv")["person"].tolist() == [written["person"][0]]


def test_one_wave_again_leaves_the_links_of_all_as_they_are(tmp_path, data_in):
    before = microsoft(tmp_path / "before.csv", answers() | {CODE: list(CODES)})
    after = microsoft(tmp_path / "after.csv", answers(shift=1) | {CODE: ["AB13", *CODES[1:]]})
    assert run([], "group", waves=[f"before={before}", f"after={after}"]) == 0
    keys = read(data_in / "group" / "answers.csv")["person"].tolist()

    assert run([], "group", waves=[f"after={after}"]) == 0

    assert read(data_in / "group" / "answers.csv")["person"].tolist() == keys


def test_a_question_of_one_wave_only_says_so_in_the_codebook(tmp_path):
    before = microsoft(tmp_path / "before.csv", answers())
    after = microsoft(tmp_path / "after.csv", answers() | {"Would you come again?": ["Yes", "No"] * 3})
    assert run([], "group", waves=[f"before={before}"]) == 0

    assert run([], "group", waves=[f"after={after}"]) == 0

    assert coprod.open("group").items.loc[item_of("Would you come again?"), "waves"] == ("after",)


def test_a_person_who_sends_another_answer_is_the_same_person(tmp_path, data_in, capsys):
    path = tmp_path / "form.csv"
    assert run([google(path, {"Username": list(MAILS), **answers()})], "group") == 0
    changed = answers() | {HEARD: [AGREE[4], *answers()[HEARD][1:]]}

    assert run([google(path, {"Username": list(MAILS), **changed})], "group") == 0

    assert len(read(data_in / "group" / "answers.csv")) == 6
    assert changes(capsys.readouterr().out)[CHANGED] == 1


# What is refused, with everything as it was


def test_another_survey_is_refused_and_changes_nothing(group, tmp_path, capsys):
    before = everything_in(group)
    other = {"Which fruit?": ["Apple", "Pear", "Plum"] * 2, "Which tree?": ["Oak", "Ash", "Elm"] * 2}

    assert run([microsoft(tmp_path / "other.csv", other)], "group") == 1

    assert "another survey" in capsys.readouterr().out
    assert everything_in(group) == before


def test_a_file_with_none_of_the_responses_is_refused(group, tmp_path, capsys):
    before = everything_in(group)

    assert run([microsoft(tmp_path / "new.csv", answers(), ids=[21, 22, 23, 24, 25, 26])], "group") == 1

    assert "None of its answers" in capsys.readouterr().out
    assert everything_in(group) == before


def test_another_secret_key_is_noticed(group, form, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "another" / "key"))

    assert run([form], "group") == 1
    assert "secret key" in capsys.readouterr().out


def test_a_wave_for_a_programme_without_waves_is_refused(group, form, capsys):
    before = everything_in(group)

    assert run([], "group", waves=[f"before={form}"]) == 1

    assert "no waves" in capsys.readouterr().out
    assert everything_in(group) == before


def test_an_invented_programme_takes_no_real_answers(group, form, capsys):
    edit(group / "programme.toml", 'kind = "real"', 'kind = "synthetic"')

    assert run([form], "group") == 1
    assert "invented" in capsys.readouterr().out


def test_a_programme_with_problems_is_mended_first(group, form, capsys):
    edit(group / "codebook.csv", ",scale,", ",scales,")

    assert run([form], "group") == 1
    assert "data/group" in capsys.readouterr().out


def test_a_question_whose_answers_became_words_is_refused_and_not_lost(group, form, capsys):
    before = everything_in(group)
    story = "I came by the early train and then somebody from the council drove me. It was fine."

    assert run([first(form, 6, **{ATTEND: [*answers()[ATTEND][:5], story]})], "group") == 1

    told = capsys.readouterr().out
    assert "people's own words" in told
    assert story not in told
    assert everything_in(group) == before


def test_a_failure_in_the_middle_leaves_the_programme_as_it_was(group, form, monkeypatch):
    before = everything_in(group)

    def broken_off(folder, ready):
        merging.merge(folder, ready)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "merge", broken_off)

    with pytest.raises(KeyboardInterrupt):
        run([first(form, 6)], "group")
    assert everything_in(group) == before
    assert [path.name for path in group.parent.iterdir() if path.name.startswith(".")] == []


def test_a_dry_run_tells_the_difference_and_makes_none(group, form, capsys):
    before = everything_in(group)

    assert run([first(form, 6)], "group", dry_run=True) == 0

    assert everything_in(group) == before
    assert changes(capsys.readouterr().out)[NEW] == 2


def test_places_that_are_new_are_added_to_the_settings_below_what_a_person_wrote(tmp_path, data_in):
    path = tmp_path / "form.csv"
    towns = ["Leeds", "Leeds", "York", "York", "Hull", "Hull"]
    few = {text: cells[:4] for text, cells in (answers() | {"Town": towns}).items()}
    assert run([google(path, few)], "group", place="Town") == 0
    edit(data_in / "group" / "programme.toml", 'leeds = "Leeds"', 'leeds = "Leeds, in Yorkshire" # checked')

    assert run([google(path, answers() | {"Town": towns})], "group", place="Town") == 0

    text = (data_in / "group" / "programme.toml").read_text(encoding="utf-8")
    assert "# checked" in text
    assert tomllib.loads(text)["places"] == {"leeds": "Leeds, in Yorkshire", "york": "York", "hull": "Hull"}
