"""Crates keep the rules of RO-Crate 1.1 and Process Run Crate 0.5, held to them without a network."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest
from published import fill, publish

from coprod.opening import read
from coprod.provenance import CRATE, bundle
from coprod.reports import planned

ROOT = Path(__file__).resolve().parents[1]
PROFILE = "process-run-crate-0.5"

pytestmark = pytest.mark.skipif(
    find_spec("rocrate_validator") is None, reason="roc-validator, which knows the rules, is not installed"
)


def broken(folders: Iterable[Path], profile: str = PROFILE) -> dict[str, list[str]]:
    """Give the rules that each crate breaks; nothing for crates that break none."""
    words = [sys.executable, str(Path(__file__).with_name("crate_check.py")), profile, *map(str, folders)]
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return {folder: rules for folder, rules in json.loads(said.stdout).items() if rules}


@pytest.fixture
def crate(workbook, monkeypatch):
    """Give the folder of a report published without being built."""
    fill(workbook, monkeypatch)
    return publish(planned(read("small"))[0])


def test_every_report_that_is_built_is_a_valid_crate():
    folders = sorted(path.parent for path in (ROOT / "reports").glob(f"[!.]*/*/{CRATE}"))
    if not folders:
        pytest.skip("no report is built; make report builds them")

    assert broken(folders) == {}


def test_a_bundle_is_a_valid_crate_too(workbook, crate):
    publish(planned(read("small"))[1])

    assert broken([bundle(read("small"), "public", workbook / "out.zip")], "ro-crate-1.1") == {}


def forget_the_term(metadata: dict) -> None:
    metadata["@context"] = metadata["@context"][0]


def forget_the_instrument(metadata: dict) -> None:
    del next(entity for entity in metadata["@graph"] if entity["@id"] == "#run")["instrument"]


@pytest.mark.parametrize(
    ("damage", "named"), [(forget_the_term, '"sha256"'), (forget_the_instrument, "instrument")]
)
def test_a_crate_that_breaks_a_rule_is_found_out(crate: Path, damage: Callable[[dict], None], named: str):
    metadata = json.loads((crate / CRATE).read_text(encoding="utf-8"))
    damage(metadata)
    (crate / CRATE).write_text(json.dumps(metadata), encoding="utf-8")

    assert named in str(broken([crate]))
