"""Workers: none of the reports is lost, whatever becomes of the process that builds it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coprod.reports.executors import WorkerEnded, executor
from tests.test_kernels import is_there, soon

pytestmark = pytest.mark.skipif(os.name != "posix", reason="uses signals")

MAIN = """
import sys
from pathlib import Path
from coprod.reports.executors import executor
from tests.test_executors import unfinished
if __name__ == "__main__":
    with executor(2) as workers:
        for name in "ab":
            workers.submit(unfinished, Path(sys.argv[1]) / name)
"""


def end_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def end_first_worker(path: Path) -> str:
    if not path.exists():
        path.touch()
        end_worker()
    return "built by another"


def fail() -> None:
    raise ValueError("the reason")


def unfinished(folder: Path) -> None:
    """Write for ever, as a build does, in a folder that is removed at its end."""
    folder.mkdir()
    try:
        (folder / "pid").write_text(f"{os.getpid()}.")
        while True:
            time.sleep(0.01)
    finally:
        (folder / "pid").unlink()
        folder.rmdir()


@pytest.fixture
def running(tmp_path):
    """Start a main process with two workers that are at work, and give it with the workers' ids."""
    files = [tmp_path / name / "pid" for name in "ab"]
    own = {
        "start_new_session": True,
        "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    }
    path = tmp_path / "main.py"
    path.write_text(MAIN)
    root = str(Path(__file__).parents[1])
    told = {**os.environ, "PYTHONPATH": os.pathsep.join((root, os.environ.get("PYTHONPATH", "")))}
    with subprocess.Popen([sys.executable, path, tmp_path], env=told, stderr=subprocess.PIPE, **own) as main:
        assert soon(lambda: all(file.exists() and file.read_text().endswith(".") for file in files))
        yield main, [int(file.read_text()[:-1]) for file in files]
        main.kill()


def test_a_worker_that_ends_harms_no_other_report():
    with executor(2) as workers:
        sent = [workers.submit(abs, number) for number in range(3)]
        at_fault = workers.submit(end_worker)
        sent += [workers.submit(abs, number) for number in range(3, 6)]

        assert [one.result() for one in sent] == list(range(6))
        with pytest.raises(WorkerEnded, match="so did the next one"):
            at_fault.result()


def test_what_a_worker_was_at_when_somebody_ended_it_is_built_by_another(tmp_path):
    with executor() as workers:
        assert workers.submit(end_first_worker, tmp_path / "ended").result() == "built by another"


def test_an_error_stops_no_other_report_and_keeps_its_words():
    with executor() as workers:
        failed, other = workers.submit(fail), workers.submit(abs, -1)

    assert str(failed.exception()) == "the reason"
    assert other.result() == 1


def test_reports_have_processes_of_their_own_that_are_kept():
    with executor() as workers:
        ids = {workers.submit(os.getpid).result() for _ in range(3)}

    assert len(ids) == 1
    assert os.getpid() not in ids
    assert not is_there(ids.pop())


@pytest.mark.parametrize("to_all", [True, False])  # a terminal sends it to all processes
def test_ctrl_c_ends_the_workers_once_they_have_tidied_up(running, tmp_path, to_all):
    main, workers = running
    (os.killpg if to_all else os.kill)(main.pid, signal.SIGINT)
    told = main.communicate(timeout=30)[1].decode()

    assert not any(map(is_there, workers))
    assert [path.name for path in tmp_path.iterdir()] == ["main.py"]
    assert told.count("Traceback") == 1, told  # of the main process, for which the command line has words


def test_workers_end_when_the_main_process_is_killed(running):
    main, workers = running
    main.kill()

    assert all(soon(lambda pid=pid: not is_there(pid)) for pid in workers)
