"""What several tests need."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("no timing", deadline=None)
settings.load_profile("no timing")
ROOT = Path(__file__).resolve().parents[1]
LONG = (
    "test_standards.py",
    "test_pages_in_browser.py",
    "test_attack.py",
    "test_kernels.py",
    "test_teaching.py",
)


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest, so that no processor waits for them at the end."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


@pytest.fixture(autouse=True, scope="session")
def _key_of_their_own(tmp_path_factory):
    """Keep the tests from making a key in somebody's home: every report that is built needs one."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COPROD_KEY_FILE", str(tmp_path_factory.mktemp("secret") / "key"))
        yield


@pytest.fixture(scope="module")
def browser():
    """Give a file's tests their Chromium. Two at a time would fight for one event loop; and while one is
    there, code that asks whether a loop runs is told that it does, as in JupyterLab."""
    from browser import CHROMIUM, chromium

    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with chromium() as started:
        yield started


@pytest.fixture
def data_in(tmp_path, monkeypatch):
    """Return an empty folder for programmes, which the package now takes for ``data/``."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("COPROD_DATA", str(folder))
    return folder


@pytest.fixture
def workbook(data_in, monkeypatch):
    """Return an empty workbook with the real framework and one notebook; we stand in it."""
    (data_in / "framework").symlink_to(ROOT / "data" / "framework", target_is_directory=True)
    notebooks = data_in.parent / "notebooks"
    notebooks.mkdir()
    (notebooks / "learning_report.ipynb").touch()
    monkeypatch.chdir(data_in.parent)
    return data_in.parent
