"""Reports: which there are, strict runs, and publishing whole or not at all."""

import errno
import os
import shutil
from pathlib import Path

import nbformat
import pytest

from coprod import folders, reports
from coprod.names import UnknownName
from coprod.opening import read
from coprod.provenance import verify
from coprod.reports import Report, build, build_all, planned
from coprod.reports.placing import in_words, place

CASES = Report("knowledge-in-action", "case_studies", "public", place="lincoln")


@pytest.fixture
def workbook(tmp_path, monkeypatch):
    """Make a copy of the workbook whose notebooks and reports a test may change."""
    home = folders.workbook_folder()
    for part in ("data", "notebooks"):
        shutil.copytree(home / part, tmp_path / part)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change_notebook(workbook: Path, name: str, change) -> None:
    path = workbook / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


def fail(notebook) -> None:
    second = [cell for cell in notebook.cells if cell.cell_type == "code"][1]
    second.source += "\nraise ValueError('the reason')"


def untag(notebook) -> None:
    for cell in notebook.cells:
        cell.metadata.pop("tags", None)


def test_a_report_is_named_by_its_notebook_and_parameters():
    assert CASES.name == "case_studies-lincoln-public"


def test_a_report_for_each_place_is_planned_for_every_place():
    planned_places = [report.place for report in planned(read("knowledge-in-action"), only="learning_report")]

    assert planned_places == [None, "lincoln", "teesside", "norfolk"]


def test_choosing_a_place_keeps_only_its_reports():
    chosen = planned(read("knowledge-in-action"), place="norfolk")

    assert {report.place for report in chosen} == {"norfolk"}


def test_a_report_that_the_programme_does_not_ask_for_is_made_to_order():
    chosen = planned(read("demo"), only="workshop_survey", place="corvenham")

    assert [report.name for report in chosen] == ["workshop_survey-corvenham-internal"]


@pytest.mark.parametrize(
    ("choice", "nearest"),
    [
        ({"only": "lerning_report"}, "learning_report"),
        ({"place": "linclon"}, "lincoln"),
        ({"audience": "publik"}, "public"),
    ],
)
def test_a_misspelt_choice_names_the_nearest(choice, nearest):
    with pytest.raises(UnknownName, match=nearest):
        planned(read("knowledge-in-action"), **choice)


def test_the_same_report_twice_has_the_same_bytes(workbook):
    build(CASES)
    first = (CASES.folder / reports.PAGE).read_bytes()
    build(CASES)

    assert (CASES.folder / reports.PAGE).read_bytes() == first


def test_a_failure_names_notebook_cell_and_error_and_leaves_the_last_good_report(workbook):
    build(CASES)
    good = (CASES.folder / reports.PAGE).read_bytes()
    change_notebook(workbook, "case_studies", fail)

    failed = build(CASES)

    assert "case_studies, cell [2]" in failed.error
    assert "ValueError: the reason" in failed.error
    assert (CASES.folder / reports.PAGE).read_bytes() == good
    assert {path.name for path in (workbook / "reports").iterdir()} == {".logs", "knowledge-in-action"}


def test_a_notebook_without_a_parameters_cell_is_refused(workbook):
    change_notebook(workbook, "case_studies", untag)

    assert "parameters" in build(CASES).error
    assert not CASES.folder.exists()


def test_a_build_tells_where_its_seconds_went(workbook):
    timings = build(CASES).timings

    assert {"kernel", "page", "Word", "PDF", "short PDF", "thumbnail"} <= set(timings)
    assert all(seconds > 0.1 for part, seconds in timings.items() if part.startswith("cell"))


def test_one_failing_report_does_not_stop_the_others(workbook):
    change_notebook(workbook, "workshop_survey", fail)
    bad = Report("demo", "workshop_survey", "internal", wave="end")

    built = build_all([bad, CASES], jobs=2)

    assert [bool(one.error) for one in built] == [True, False]
    assert (CASES.folder / reports.PAGE).exists()


def test_a_built_report_is_as_recorded_until_its_data_change(workbook):
    build(CASES)
    assert set(verify(CASES.folder)["state"]) == {"as recorded"}

    with (workbook / "data" / CASES.programme / "evidence.csv").open("a", encoding="utf-8") as file:
        file.write("\n")

    states = verify(CASES.folder).set_index("file")["state"]
    assert states[states != "as recorded"].to_dict() == {f"data/{CASES.programme}/evidence.csv": "changed"}


def test_two_builds_of_one_report_at_once_leave_a_whole_one(workbook):
    built = build_all([CASES, CASES], jobs=2)

    assert all(not one.error or "at the same moment" in one.error for one in built)
    assert set(verify(CASES.folder)["state"]) == {"as recorded"}


@pytest.fixture
def new_and_old(tmp_path):
    """Give the folders of a new report and of the old one in its place."""
    new, old = tmp_path / "work" / "made", tmp_path / "demo" / "report"
    for folder, words in ((new, "new"), (old, "the last good one")):
        folder.mkdir(parents=True)
        (folder / reports.PAGE).write_text(words)
    return new, old


@pytest.mark.parametrize("moves", [0, 1])
def test_a_full_disk_is_told_in_words_and_leaves_the_last_good_report(new_and_old, monkeypatch, moves):
    new, old = new_and_old
    outcomes = iter([*[None] * moves, OSError(errno.ENOSPC, "No space left on device"), None])

    def replace(source, target, replace=os.replace):
        if error := next(outcomes):
            raise error
        replace(source, target)

    monkeypatch.setattr(os, "replace", replace)

    with pytest.raises(OSError, match="No space") as full:
        place(new, old)
    assert "No space left on device. Look for room" in in_words(full.value)
    assert (old / reports.PAGE).read_text() == "the last good one"


def test_a_build_that_comes_second_says_so_and_leaves_the_first(new_and_old, monkeypatch):
    new, old = new_and_old

    def beaten(source, target, replace=os.replace):
        if source == new:
            shutil.copytree(source, target)
            (target / reports.PAGE).write_text("the first")
        replace(source, target)

    monkeypatch.setattr(os, "replace", beaten)

    with pytest.raises(FileExistsError, match="at the same moment"):
        place(new, old)
    assert (old / reports.PAGE).read_text() == "the first"


def test_a_new_report_takes_the_place_of_the_old_one(new_and_old):
    new, old = new_and_old

    place(new, old)

    assert (old / reports.PAGE).read_text() == "new"
    assert list(new.parent.iterdir()) == []
