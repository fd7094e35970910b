"""Watching: whatever happens to the data, the next change is seen, and each time is told in one line."""

import shutil
import threading

import pytest

pytest.importorskip("watchfiles")

from coprod.names import UnknownName
from coprod.problems import Problem, ProgrammeProblems
from coprod.reports import watching
from tests.conftest import ROOT
from tests.test_kernels import soon


class Session:
    """A watch that runs beside the test; ``told`` are its lines, ``built`` the programmes of each build."""

    def __init__(self, monkeypatch, *programmes: str) -> None:
        self.told: list[str] = []
        self.built: list[list[str]] = []
        self.wrong: Exception | None = None
        self._end = threading.Event()
        import watchfiles

        real = watchfiles.watch

        def until_ended(*folders, **options):
            yield from real(*folders, stop_event=self._end, rust_timeout=100, **options)
            raise KeyboardInterrupt  # as Ctrl-C does, which reaches the main thread only

        monkeypatch.setattr(watchfiles, "watch", until_ended)
        monkeypatch.setattr(watching, "CALM", 50)
        self._thread = threading.Thread(target=self._watch, args=programmes)

    def _watch(self, *programmes: str) -> None:
        watching.watch(programmes, self._rebuild, self.told.append)

    def _rebuild(self, names: list[str]) -> str:
        self.built.append(names)
        if self.wrong:
            raise self.wrong
        return "1 of 1 reports built."

    def __enter__(self) -> "Session":
        self._thread.start()
        assert soon(lambda: any(line.startswith("Watching") for line in self.told))
        threading.Event().wait(0.5)  # until the system watches, which nobody is told
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()


@pytest.fixture
def programmes(data_in):
    for name in ("sivocs", "carpentries-2017"):
        shutil.copytree(ROOT / "data" / name, data_in / name)
    return data_in


def append(path) -> None:
    with path.open("a") as file:
        file.write("\n")


def test_what_is_stale_is_built_first_and_told_in_a_line(programmes, monkeypatch):
    with Session(monkeypatch, "sivocs") as session:
        pass

    first, watched, last = session.told
    assert first[5:] == " sivocs: 1 of 1 reports built."
    assert (watched, last) == ("Watching sivocs. Ctrl-C ends this.", "No longer watching.")


def test_a_change_rebuilds_the_programme_that_changed(programmes, monkeypatch):
    with Session(monkeypatch) as session:
        append(programmes / "sivocs" / "counts.csv")
        assert soon(lambda: len(session.built) == 2)

    assert session.built == [["carpentries-2017", "sivocs"], ["sivocs"]]


def test_a_broken_programme_is_told_and_waited_for(programmes, monkeypatch):
    with Session(monkeypatch, "sivocs") as session:
        session.wrong = ProgrammeProblems("sivocs", [Problem("counts.csv", "It is gone.", "Bring it back.")])
        (programmes / "sivocs" / "counts.csv").rename(programmes / "counts.csv")
        assert soon(lambda: "data/sivocs has 1 problem: counts.csv: It is gone." in session.told[-1])
        session.wrong = None
        (programmes / "counts.csv").rename(programmes / "sivocs" / "counts.csv")
        assert soon(lambda: session.told[-1].endswith("1 of 1 reports built."))


def test_a_programme_that_is_added_is_built(programmes, monkeypatch):
    with Session(monkeypatch) as session:
        shutil.copytree(ROOT / "data" / "sivocs", programmes / "new")
        assert soon(lambda: ["new"] in session.built)


def test_files_that_no_report_is_made_from_rebuild_nothing(programmes, monkeypatch):
    with Session(monkeypatch, "sivocs") as session:
        (programmes / "sivocs" / ".~lock.counts.csv#").touch()
        (programmes / "sivocs" / "notes.txt").touch()
        append(programmes / "sivocs" / "counts.csv")
        assert soon(lambda: len(session.built) == 2)
        assert not soon_again(session)


def soon_again(session: Session) -> bool:
    threading.Event().wait(0.5)
    return len(session.built) > 2


def test_a_misspelt_programme_is_named(programmes):
    with pytest.raises(UnknownName, match="sivocs"):
        watching.watch(["sivoc"], lambda names: "", print)
