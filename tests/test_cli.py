"""The command line as a person types it, in a process of its own."""

import os
import shutil
import subprocess
import sys

import pytest

from coprod.folders import workbook_folder


@pytest.fixture
def workbook(tmp_path):
    """Make a copy of the workbook that a test may damage."""
    for part in ("data", "notebooks"):
        shutil.copytree(workbook_folder() / part, tmp_path / part)
    return tmp_path


def coprod(workbook, *words):
    environment = {**os.environ, "COLUMNS": "200"}
    command = [sys.executable, "-c", "from coprod.cli import main; main()", *words]
    return subprocess.run(command, cwd=workbook, env=environment, capture_output=True, text=True, check=False)


def test_list_names_every_programme_and_report(workbook):
    said = coprod(workbook, "list")

    assert said.returncode == 0
    assert "learning_report-lincoln-public" in said.stdout


def test_check_of_whole_folders_finds_nothing(workbook):
    assert coprod(workbook, "check").returncode == 0


def test_check_of_a_broken_folder_shows_the_problems_and_ends_with_1(workbook):
    (workbook / "data" / "sivocs" / "counts.csv").write_bytes(b"\xff\xfe\x00")

    said = coprod(workbook, "check", "sivocs")

    assert said.returncode == 1
    assert "counts.csv" in said.stdout
    assert "Traceback" not in said.stdout + said.stderr


def test_an_unknown_programme_names_the_nearest_and_ends_with_2(workbook):
    said = coprod(workbook, "report", "demmo")

    assert said.returncode == 2
    assert "demo" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_broken_programme_ends_with_1_and_changes_no_report(workbook):
    (workbook / "data" / "sivocs" / "scales.toml").unlink()
    kept = workbook / "reports" / "sivocs" / "learning_report-public"
    kept.mkdir(parents=True)
    (kept / "index.html").write_text("the last good one")

    said = coprod(workbook, "report", "sivocs")

    assert said.returncode == 1
    assert "scales.toml" in said.stdout
    assert (kept / "index.html").read_text() == "the last good one"


def test_a_report_is_built_and_listed(workbook):
    said = coprod(workbook, "report", "sivocs", "--only", "workshop_survey")

    assert said.returncode == 0, said.stdout + said.stderr
    assert (workbook / "reports" / "sivocs" / "workshop_survey-public" / "index.html").exists()
    assert "sivocs/workshop_survey-public/index.html" in (workbook / "reports" / "index.html").read_text(
        "utf-8"
    )


def test_a_report_is_built_once_and_then_up_to_date(workbook):
    choice = ("report", "sivocs", "--only", "workshop_survey")
    why = coprod(workbook, *choice, "--dry-run")
    built = coprod(workbook, *choice)
    again = coprod(workbook, *choice)
    listed = coprod(workbook, "list")

    assert "it was never built" in why.stdout
    assert "1 of 1 reports would be built" in why.stdout
    assert "1 of 1 reports built" in built.stdout
    assert again.stdout == "The report is up to date. Open reports/index.html\n"
    assert any(
        "workshop_survey-public" in line and "up to date" in line for line in listed.stdout.splitlines()
    )


def test_a_dry_run_builds_nothing(workbook):
    coprod(workbook, "report", "sivocs", "--dry-run")

    assert not (workbook / "reports").exists()


def test_looking_for_stale_reports_loads_no_analysis(workbook):
    loaded = "import sys, coprod.cli, coprod.provenance, coprod.reports.staleness; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)

    assert not {"pandas", "numpy", "pandera", "matplotlib", "jinja2", "nbformat"} & set(said.stdout.split())


def test_a_new_programme_has_no_problems(workbook):
    assert coprod(workbook, "new", "my-town").returncode == 0

    said = coprod(workbook, "check", "my-town")

    assert said.returncode == 0, said.stdout


def test_a_new_programme_never_overwrites_another(workbook):
    said = coprod(workbook, "new", "demo")

    assert said.returncode == 1
    assert "nothing was changed" in said.stderr


@pytest.mark.parametrize("name", ["../elsewhere", "Demo", "con rad", ""])
def test_a_new_programme_needs_a_plain_name(workbook, name):
    assert coprod(workbook, "new", name).returncode == 2


def test_outside_a_workbook_the_installed_one_is_used(tmp_path):
    assert coprod(tmp_path, "list").returncode == 0


def test_a_report_is_verified_and_bundled_until_somebody_changes_it(workbook):
    for name in ("LICENSE", "LICENSE-DATA"):
        shutil.copyfile(workbook_folder() / name, workbook / name)
    coprod(workbook, "report", "sivocs")
    page = workbook / "reports" / "sivocs" / "workshop_survey-public" / "index.html"

    whole = coprod(workbook, "verify", "sivocs/workshop_survey-public")
    zipped = coprod(workbook, "bundle", "sivocs")
    page.write_bytes(page.read_bytes() + b" ")
    changed = coprod(workbook, "verify", "sivocs/workshop_survey-public")
    refused = coprod(workbook, "bundle", "sivocs")

    assert (whole.returncode, zipped.returncode) == (0, 0), whole.stdout + zipped.stderr
    assert (workbook / "sivocs-public.zip").exists()
    assert (changed.returncode, refused.returncode) == (1, 1)
    assert "index.html" in changed.stdout
    assert "workshop_survey-public: index.html: changed" in refused.stderr
