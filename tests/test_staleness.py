"""Staleness: which reports are built again, why, and what makes no difference."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from folders import BEARINGS, change
from published import fill, publish

from coprod.kernels import Ran
from coprod.opening import read
from coprod.problems import ProgrammeProblems
from coprod.provenance import Inputs, verify, write_record
from coprod.provenance.inputs import RECORD, Record, read_record, renew_record
from coprod.reports import Report, alone, build, outline, planned, write_index
from coprod.reports.staleness import NEVER, renew, standings

NORTH, SOUTH = (Report("small", "learning_report", "public", place) for place in ("north", "south"))
EVERYBODY = Report("small", "learning_report", "public")
SAID_OTHERWISE = "p1,north,start,university,Agree", "p1,north,start,university,Disagree"


@pytest.fixture
def data(workbook, monkeypatch):
    """Give the data of a small programme whose three reports were built just now."""
    fill(workbook, monkeypatch)
    for report in (NORTH, SOUTH, EVERYBODY):
        publish(report)
    keep(found())
    return workbook / "data" / "small"


def found(**choice):
    return standings("small", [NORTH, SOUTH, EVERYBODY], Inputs(), **choice)


def keep(standing):
    for one in standing:
        write_record(one.report.folder, one.found.inputs, one.found)


def why():
    return {one.report: one.why for one in found() if one.why}


def test_what_was_built_just_now_is_up_to_date(data):
    assert why() == {}


def test_a_report_that_was_never_built_is_stale(data):
    shutil.rmtree(SOUTH.folder)

    assert why() == {SOUTH: NEVER}


def test_touching_files_makes_nothing_stale_whatever_the_clock_says(data):
    for path in (*data.iterdir(), NORTH.folder / RECORD, NORTH.folder / "index.html"):
        os.utime(path, (4e9, 4e9))

    assert why() == {}


def test_answers_of_a_place_make_its_reports_and_the_cohorts_stale(data):
    change("answers.csv", *SAID_OTHERWISE)(data)

    assert why() == {NORTH: "the answers of North changed", EVERYBODY: "the answers changed"}


def test_rows_in_another_order_elsewhere_make_no_place_stale(data):
    """The rows of a place are numbered anew when somebody is added before them."""
    header, first, *others = (data / "answers.csv").read_text("utf-8").splitlines(keepends=True)
    (data / "answers.csv").write_text("".join([header, *others, first]), "utf-8")

    assert SOUTH not in why()


def test_a_report_that_was_looked_into_is_not_looked_into_again(data, monkeypatch):
    change("answers.csv", *SAID_OTHERWISE)(data)
    standing = found()
    renew(standing)
    keep(one for one in standing if one.why)
    monkeypatch.setattr("coprod.opening.read", None)

    assert why() == {}


def test_files_that_change_while_they_are_read_are_looked_into_again(data):
    change("answers.csv", *SAID_OTHERWISE)(data)
    standing = found()
    (data / "bearings.csv").write_text(BEARINGS, "utf-8")
    before = read_record(SOUTH.folder)

    renew(standing)

    assert read_record(SOUTH.folder) == before


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("notebooks/learning_report.ipynb", "the notebook changed"),
        ("requirements.lock", "an installed package or the lock changed"),
    ],
)
def test_what_all_reports_are_made_from_makes_all_stale(data, file, said):
    (data.parents[1] / file).write_text("{}", encoding="utf-8")

    assert set(why().values()) == {said}
    assert len(why()) == 3


def test_a_source_of_the_package_makes_all_stale(data, monkeypatch, tmp_path):
    sources = tmp_path / "coprod"
    sources.mkdir()
    (sources / "__init__.py").touch()
    monkeypatch.setattr("coprod.__file__", str(sources / "__init__.py"))

    assert set(why().values()) == {"coprod changed"}


def test_another_kind_of_document_makes_a_report_stale(data):
    asked = Report("small", "learning_report", "public", "north", formats=("html",))

    assert standings("small", [asked], Inputs())[0].why == "what is asked for changed"


def test_another_key_is_the_one_reason_given(data, monkeypatch):
    monkeypatch.setenv("COPROD_KEY_FILE", str(data.parents[1] / "another" / "key"))

    assert set(why().values()) == {"the key of this machine changed"}


def test_an_output_that_is_gone_is_named(data):
    (NORTH.folder / "figures" / "shares of all.svg").unlink()

    assert why() == {NORTH: "figures/shares of all.svg is gone"}


@pytest.mark.parametrize(
    "cut", [lambda text: text[: len(text) // 2], lambda _: "[]", lambda _: '{"inputs": 1}']
)
def test_a_damaged_record_makes_a_report_stale(data, cut):
    record = NORTH.folder / RECORD
    record.write_text(cut(record.read_text("utf-8")), "utf-8")

    assert why() == {NORTH: "its record is damaged"}


def test_a_record_that_cannot_be_read_makes_a_report_stale(data):
    (NORTH.folder / RECORD).unlink()
    (NORTH.folder / RECORD).mkdir()

    assert why()[NORTH].startswith("its record cannot be read")


def test_a_report_of_before_there_were_records_is_stale(data):
    (NORTH.folder / RECORD).unlink()

    assert why() == {NORTH: "it has no record"}


def test_a_notebook_that_was_deleted_is_told_as_a_problem_of_the_programme(data):
    (data.parents[1] / "notebooks" / "learning_report.ipynb").unlink()
    (data.parents[1] / "notebooks" / "another.ipynb").touch()

    with pytest.raises(ProgrammeProblems, match="learning_report"):
        found()


def test_a_programme_that_cannot_be_read_shows_its_problems_once_something_changed(data):
    (data / "answers.csv").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ProgrammeProblems, match=r"answers\.csv"):
        found()


def test_forced_reports_are_all_stale(data):
    assert [one.why for one in found(force=True)] == ["it was asked for"] * 3


def test_what_is_not_known_of_a_record_is_taken_to_have_changed(data):
    renew_record(SOUTH.folder, Record(read_record(SOUTH.folder).inputs))
    change("answers.csv", *SAID_OTHERWISE)(data)

    assert why()[SOUTH] == "the data changed"


def test_a_plan_is_made_without_the_answers(data):
    (data / "answers.csv").write_bytes(b"\xff\xfe\x00")

    assert [report.place for report in planned(outline("small"))] == ["north", "south"]


def test_the_plan_of_an_outline_is_that_of_the_programme(data):
    assert planned(outline("small")) == planned(read("small"))


def test_the_record_is_no_part_of_the_report(data):
    assert set(verify(NORTH.folder)["state"]) == {"as recorded"}


def test_data_that_changed_elsewhere_only_are_said_to_be_so(data):
    change("answers.csv", *SAID_OTHERWISE)(data)
    renew(found())

    states = [
        verify(report.folder).set_index("file")["state"]["data/small/answers.csv"]
        for report in (NORTH, SOUTH)
    ]

    assert states == ["changed", "changed, but not in what this report reads"]


def test_records_tell_nothing_without_the_key(data):
    kept = json.loads((NORTH.folder / RECORD).read_text("utf-8"))
    again = Inputs()
    shutil.rmtree(data.parents[1] / "secret")

    assert kept["inputs"] == again.of(NORTH)
    assert not set(kept["inputs"].values()) & set(Inputs().of(NORTH).values()) - {""}


@pytest.fixture
def no_kernel(data, monkeypatch):
    """Build without a kernel; what a test puts into the list is done while the notebook runs."""
    meanwhile = []

    def run(notebook, parameters, output):
        for act in meanwhile:
            act()
        return Ran({"cells": []}, kernel=0.1, cells=[])

    def write(notebook, folder, formats, timings):
        (folder / "index.html").write_text("<h1>New</h1>", "utf-8")

    monkeypatch.setattr("coprod.reports.building.run", run)
    monkeypatch.setattr("coprod.publish.outputs.write", write)
    monkeypatch.setattr("coprod.publish.masthead_of", lambda notebook: {})
    monkeypatch.setattr("coprod.provenance.log.RunLog.notebook", lambda log, notebook: None)
    return meanwhile


def test_a_report_that_was_built_is_up_to_date(data, no_kernel):
    change("answers.csv", *SAID_OTHERWISE)(data)
    north = found()[0]

    assert build(NORTH, north.found).error == ""

    assert NORTH not in why()
    assert read_record(NORTH.folder).read == north.found.read


def test_a_file_that_changes_during_the_run_makes_the_report_stale_after_it(data, no_kernel):
    no_kernel.append(lambda: change("answers.csv", *SAID_OTHERWISE)(data))

    build(NORTH, found(force=True)[0].found)

    assert why()[NORTH] == "the answers of North changed"


def test_a_file_that_changed_before_its_turn_is_not_recorded_as_read(data, no_kernel):
    before = found(force=True)[0].found
    change("answers.csv", *SAID_OTHERWISE)(data)

    build(NORTH, before)

    assert read_record(NORTH.folder).read == {}
    assert NORTH not in why()


def test_a_build_that_fails_leaves_the_report_stale(data, no_kernel):
    change("answers.csv", *SAID_OTHERWISE)(data)
    no_kernel.append(lambda: 1 / 0)

    assert build(NORTH, found()[0].found).error
    assert NORTH in why()


def test_the_list_of_reports_is_left_alone_until_one_changes(data, monkeypatch):
    for report in (NORTH, SOUTH, EVERYBODY):
        about = {"title": "T", "programme": "P", "about": "A", "kind": "synthetic", "place": "", "wave": ""}
        about |= {"audience": "public", "date": "2026-03-31"}
        (report.folder / "report.json").write_text(json.dumps(about), "utf-8")
    index = write_index()
    index.write_text("as it was", "utf-8")

    write_index()
    untouched = index.read_text("utf-8")
    shutil.rmtree(NORTH.folder)
    write_index()

    assert untouched == "as it was"
    assert "learning_report-south-public" in index.read_text("utf-8")
    assert "learning_report-north-public" not in index.read_text("utf-8")


def test_what_builds_that_were_killed_have_left_is_swept_up(data):
    left = data.parents[1] / "reports" / ".work-killed" / "made"
    left.mkdir(parents=True)

    with alone(lambda: None):
        assert not left.parent.exists()


HOLD = """
from coprod.reports import alone
with alone(lambda: print("waits", flush=True)):
    print("holds", flush=True)
    input()
"""


def test_a_second_run_says_that_it_waits_until_the_first_is_done_or_dies(data):
    def begin():
        command = [sys.executable, "-c", HOLD]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    with begin() as first:
        said = [first.stdout.readline()]
        with begin() as second:
            said.append(second.stdout.readline())
            first.kill()
            said.append(second.stdout.readline())
            second.communicate("\n")

    assert said == ["holds\n", "waits\n", "holds\n"]
