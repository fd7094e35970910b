"""Provenance: what a report was made from, whether it is still what was published, and passing it on."""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml  # papermill brings it
from folders import change, write_programme
from jsonschema import Draft7Validator
from published import fill, publish

import coprod
from coprod import provenance
from coprod.names import UnknownName
from coprod.opening import read
from coprod.provenance import NotInOrder, bundle, gather, register, run_log, verify
from coprod.provenance.crate import read_crate
from coprod.reports import Report, RunFailed, planned

ROOT = Path(__file__).resolve().parents[1]
ANSWERS = "data/small/answers.csv"


@pytest.fixture
def small(workbook, monkeypatch):
    """Give a workbook with a small programme, the licences, and a key of its own."""
    return fill(workbook, monkeypatch)


@pytest.fixture
def published(small):
    """Give the folders of the two reports that the small programme asks for."""
    return [publish(report) for report in planned(read("small"))]


def states(report: Path | str) -> dict[str, str]:
    """Give the state of every file that is not as recorded."""
    found = verify(report).set_index("file")["state"]
    return found[found != "as recorded"].to_dict()


def packed(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_a_report_that_nobody_touched_is_as_recorded(published):
    assert states(published[0]) == {}


def test_a_report_can_be_named_as_the_list_names_it(published):
    assert states("small/learning_report-north-public") == {}


@pytest.mark.parametrize("file", ["index.html", "figures/shares of all.svg", "report.json"])
def test_one_changed_byte_is_named(published, file):
    path = published[0] / file
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)

    assert states(published[0]) == {file: "changed"}


def test_a_file_taken_away_and_one_put_in_are_named(published):
    (published[0] / "index.html").unlink()
    (published[0] / "answers.csv").write_text("person", encoding="utf-8")

    assert states(published[0]) == {"answers.csv": "not recorded", "index.html": "missing"}


def test_data_that_changed_since_are_named(small, published):
    change("answers.csv", "Fine, thanks", "Fine, thank")(small / "data" / "small")

    assert states(published[0]) == {ANSWERS: "changed"}


def test_data_that_came_or_went_since_are_named(small, published):
    (small / "data" / "small" / "decisions.csv").unlink()
    (small / "data" / "small" / "themes.csv").write_text("theme\n", encoding="utf-8")

    assert states(published[0]) == {
        "data/small/decisions.csv": "missing",
        "data/small/themes.csv": "not recorded",
    }


def test_a_notebook_that_changed_since_is_named(small, published):
    (small / "notebooks" / "learning_report.ipynb").write_text("{}", encoding="utf-8")

    assert states(published[0]) == {"notebooks/learning_report.ipynb": "changed"}


def test_with_another_key_data_cannot_be_checked_and_the_rest_can(small, published, monkeypatch):
    monkeypatch.setenv("COPROD_KEY_FILE", str(small / "another" / "key"))
    (published[0] / "index.html").write_text("", encoding="utf-8")

    found = states(published[0])

    assert found.pop("index.html") == "changed"
    assert set(found.values()) == {"cannot be checked here"}
    assert all(name.startswith("data/") for name in found)


def test_a_report_sent_elsewhere_can_still_be_checked(small, published, tmp_path):
    sent = shutil.copytree(published[0], tmp_path / "sent")
    shutil.rmtree(small / "data" / "small")

    assert set(states(sent).values()) == {"cannot be checked here"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "[]",
        lambda text: '{"@graph": ["x"]}',
        lambda text: '{"@graph": [{"@id": ["x"]}]}',
        lambda text: '{"@graph": [{"@id": "./"}]}',
    ],
)
def test_half_a_record_is_told_in_words(published, damage):
    crate = published[0] / provenance.CRATE
    crate.write_text(damage(crate.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(NotInOrder, match="Build the report again"):
        verify(published[0])


def test_a_missing_record_is_told_in_words(published):
    (published[0] / provenance.CRATE).unlink()

    with pytest.raises(NotInOrder, match=r"has no ro-crate-metadata\.json"):
        verify(published[0])


def test_an_unknown_report_names_the_nearest(published):
    with pytest.raises(UnknownName, match="small/learning_report-north-public"):
        verify("small/learning_report-nort-public")


def test_a_record_that_names_files_outside_opens_none_of_them(published):
    crate = published[0] / provenance.CRATE
    graph = json.loads(crate.read_text(encoding="utf-8"))
    outside = [
        {"@id": "../../../LICENSE", "@type": "File", "sha256": "0"},
        {"@id": "#data/../x", "identifier": "0"},
    ]
    graph["@graph"] += outside
    crate.write_text(json.dumps(graph), encoding="utf-8")

    assert states(published[0])["../../../LICENSE"] == "missing"


def test_the_record_tells_what_ran_on_what_and_what_came_of_it(published):
    crate = read_crate(published[0])
    run = crate[provenance.crate.RUN]
    given = {crate[part["@id"]]["name"] for part in run["object"]}
    instruments = [crate[part["@id"]] for part in run["instrument"]]

    assert {"learning_report.ipynb", "programme", "place", "audience", ANSWERS, "data/framework"} <= given
    assert [part["name"] for part in instruments] == ["coprod", "papermill"]
    assert instruments[0]["softwareVersion"] == coprod.__version__
    assert [part["@id"] for part in run["result"]] == [
        "figures/shares%20of%20all.svg",
        "index.html",
        "report.json",
    ]
    assert run["startTime"] <= run["endTime"]


def test_no_data_and_no_plain_hash_of_them_are_in_the_record(small, published):
    text = (published[0] / provenance.CRATE).read_text(encoding="utf-8")
    path = small / ANSWERS

    assert "Fine, thanks" not in text
    assert provenance.hashes.sha256(path) not in text
    assert provenance.hashes.blake2b(path.read_bytes(), digest_size=32).hexdigest() not in text


def test_two_keys_give_two_hashes_of_the_same_data(small):
    first, second = (provenance.hashes.of_data("small", bytes([number]) * 32) for number in (1, 2))

    assert first.keys() == second.keys()
    assert not {*first.values()} & {*second.values()}


def test_other_files_in_a_programmes_folder_are_not_even_named(small):
    (small / "data" / "small" / "who is who.csv").write_text("p1,Ada", encoding="utf-8")

    assert not [name for name in provenance.hashes.of_data("small", b"key") if "who" in name]


def test_the_commit_is_the_workbooks_own_and_says_when_files_have_changed(small):
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    shutil.copytree(small / "notebooks", small / "inner" / "notebooks")
    (small / "inner" / "data" / "framework").mkdir(parents=True)
    for words in (["init", "-q"], ["add", "LICENSE"], ["commit", "-qm", "One"]):
        subprocess.run([*git, *words], cwd=small, check=True)
    here = provenance.git.commit()
    (small / "LICENSE").write_text("", encoding="utf-8")
    changed = provenance.git.commit()
    os.chdir(small / "inner")

    assert len(here) == 40
    assert changed == f"{here}-dirty"
    assert provenance.git.commit() == ""


def test_a_bundle_holds_the_reports_and_what_says_whose_they_are_and_nothing_else(small, published):
    files = packed(bundle(read("small"), "public", small / "out.zip"))
    inside = {"index.html", "report.json", "figures/shares of all.svg", provenance.CRATE}

    assert set(files) == {
        *("index.html", "README.txt", "LICENSE", "LICENSE-DATA", "CITATION.cff", provenance.CRATE),
        *(f"{folder.name}/{name}" for folder in published for name in inside),
    }
    assert b"Invented data" in files["README.txt"]
    assert b"Licence: CC0" in files["LICENSE-DATA"]


def test_the_same_reports_bundle_to_the_same_bytes(small, published):
    first = bundle(read("small"), "public", small / "one.zip").read_bytes()
    for path in (*published[0].rglob("*"), *published):
        os.utime(path, (1, 1))

    assert bundle(read("small"), "public", small / "two.zip").read_bytes() == first


def test_the_citation_of_a_bundle_is_valid_whatever_the_programme_is_called(small):
    write_programme(
        small / "data",
        "odd",
        change("programme.toml", '"Small programme"', "'a: \"b\" # [c] \\ &d\u2028 Llŷn'"),
    )
    for report in planned(read("odd")):
        publish(report)
    files = packed(bundle(read("odd"), "public", small / "odd.zip"))

    citation = yaml.safe_load(files["CITATION.cff"])
    schema = json.loads((ROOT / "tests/fixtures/citation-1.2.0.schema.json").read_text(encoding="utf-8"))

    assert [error.message for error in Draft7Validator(schema).iter_errors(citation)] == []
    assert citation["title"].startswith('a: "b" # [c] \\ &d')


def test_a_citation_that_the_programme_brings_is_taken_as_it_is(small, published):
    (small / "data" / "small" / "CITATION.cff").write_text("title: Ours\n", encoding="utf-8")

    assert packed(bundle(read("small"), "public", small / "out.zip"))["CITATION.cff"] == b"title: Ours\n"


def test_reports_not_built_or_changed_are_named_and_the_last_bundle_stays(small, published):
    target = bundle(read("small"), "public", small / "out.zip")
    good = target.read_bytes()
    shutil.rmtree(published[0])
    (published[1] / "index.html").write_text("", encoding="utf-8")

    with pytest.raises(NotInOrder) as refused:
        bundle(read("small"), "public", target)

    assert "learning_report-north-public: not built" in str(refused.value)
    assert "learning_report-south-public: index.html: changed" in str(refused.value)
    assert target.read_bytes() == good


def test_reports_whose_data_changed_since_are_not_bundled(small, published):
    change("answers.csv", "Fine, thanks", "Fine")(small / "data" / "small")

    with pytest.raises(NotInOrder, match=f"{ANSWERS}: changed"):
        bundle(read("small"), "public", small / "out.zip")


def test_a_report_that_says_it_is_internal_is_in_no_public_bundle(small):
    for report in planned(read("small")):
        publish(report, audience="internal")

    with pytest.raises(NotInOrder, match="it says itself that it is not public"):
        bundle(read("small"), "public", small / "out.zip")


def test_internal_reports_beside_public_ones_stay_out(small, published):
    publish(Report("small", "learning_report", "internal"))

    assert not [
        name for name in packed(bundle(read("small"), "public", small / "out.zip")) if "internal" in name
    ]


def test_a_programme_without_reports_for_an_audience_has_no_bundle(small, published):
    with pytest.raises(NotInOrder, match="asks for no internal report"):
        bundle(read("small"), "internal", small / "out.zip")


def test_a_full_disk_is_told_in_words_and_the_last_bundle_stays(small, published, monkeypatch):
    target = bundle(read("small"), "public", small / "out.zip")
    good = target.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)

    with pytest.raises(NotInOrder, match="No space left on device"):
        bundle(read("small"), "public", target)
    assert target.read_bytes() == good
    assert not [path.name for path in small.iterdir() if path.name.startswith(".bundle-")]


def logged(workbook: Path) -> str:
    (log,) = (workbook / "reports" / ".logs").iterdir()
    return log.read_text(encoding="utf-8")


def test_a_run_keeps_one_log_of_what_ran_and_what_was_left_out(small):
    left_out = nbformat.v4.new_output("display_data", metadata={"coprod": {"left_out": "Nobody was asked."}})
    warned = nbformat.v4.new_output(
        "stream", name="stderr", text="x.py:3: UserWarning: p1 said Fine, thanks\n"
    )
    cell = nbformat.v4.new_code_cell(outputs=[left_out, warned])

    with run_log("small/learning_report-public", {"programme": "small"}) as log:
        log.facts(gather("learning_report", {"programme": "small"}))
        log.notebook(nbformat.v4.new_notebook(cells=[cell]))

    lines = [line.split(" ", 1)[1] for line in logged(small).splitlines()]
    assert lines[:2] == ["INFO Report small/learning_report-public", "INFO Parameter programme = small"]
    assert {"INFO Left out: Nobody was asked.", "WARNING Cell 1: UserWarning"} <= {*lines}
    assert lines[-1].startswith("INFO Published after")
    assert "thanks" not in logged(small)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            RunFailed("learning_report, cell [3]: ValueError: p1 said Fine"),
            "learning_report, cell [3]: ValueError",
        ),
        (ValueError("p1 said Fine"), "ValueError"),
    ],
)
def test_the_log_of_a_failed_run_names_the_error_and_quotes_no_answer(small, error, told):
    with pytest.raises(type(error)), run_log("small/learning_report-public", {}):
        raise error

    assert logged(small).endswith(f"seconds: {told}\n")


def test_the_register_says_of_every_programme_what_it_holds_and_whether_that_is_personal(small):
    write_programme(small / "data", "real", change("programme.toml", '"synthetic"', '"real"'))
    write_programme(small / "data", "broken", change("programme.toml", "date = 2026", "date = 0"))

    found = register().set_index("programme")

    assert list(found.index) == ["broken", "real", "small"]
    assert found.loc["real", "personal"] == "yes: one row is a person"
    assert found.loc["small", "personal"] == "no: invented"
    assert found.loc["broken", "holds"] == "problems: type coprod check broken"
    assert found.loc["real", "kept"] == "on this machine only: data/real"


def test_the_register_knows_what_comes_with_the_workbook():
    if not provenance.git.commit():
        pytest.skip("not a git checkout, so nobody knows what comes with it")

    assert register().set_index("programme")["kept"]["demo"] == "with the workbook, in git: data/demo"
