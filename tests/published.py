"""A small workbook with published reports, without building any."""

import json
import shutil
from pathlib import Path

import pytest
from folders import write_programme

from coprod.provenance import gather, write_crate
from coprod.reports import Report

ROOT = Path(__file__).resolve().parents[1]


def fill(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a small programme and the licences into an empty workbook, with a key of its own."""
    monkeypatch.setenv("COPROD_KEY_FILE", str(workbook / "secret" / "key"))
    for name in ("LICENSE", "LICENSE-DATA"):
        shutil.copyfile(ROOT / name, workbook / name)
    write_programme(workbook / "data")
    return workbook


def publish(report: Report, **about: str) -> Path:
    """Stand in for a build: a page, a figure, what they say of themselves, and the crate."""
    told = {
        "title": "Learning report",
        "programme": "Small programme",
        "date": "2026-03-31",
        "licence": "CC0",
    }
    told |= {"kind": "synthetic", "wave": "", "thumbnail": ""}
    told |= {"audience": report.audience, "place": str(report.place), "about": "Two places."} | about
    facts = gather(report.notebook, report.parameters)
    (report.folder / "figures").mkdir(parents=True)
    (report.folder / "index.html").write_text(f"<h1>{report.name}</h1>", encoding="utf-8")
    (report.folder / "figures" / "shares of all.svg").write_text("<svg/>", encoding="utf-8")
    (report.folder / "report.json").write_text(json.dumps(told), encoding="utf-8")
    write_crate(report.folder, facts, told)
    return report.folder
