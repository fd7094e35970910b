"""Clusters: a real Dask scheduler with two workers on this machine, and SLURM where there is one."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

import pytest

pytest.importorskip("distributed")

from coprod.problems import FileRefused
from coprod.reports import clusters, slurm
from coprod.reports.clusters import NoCluster, cluster
from coprod.reports.slurm import read_file
from tests.conftest import ROOT
from tests.test_kernels import soon

LOCAL = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", slurm.NO_PORT]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:distributed", "ignore::ResourceWarning")


@contextmanager
def dask(what: str, *arguments: str, **variables: str):
    """Run a scheduler or a worker as somebody else would, who stands elsewhere."""
    told = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **variables}
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments, *LOCAL]
    with subprocess.Popen(command, cwd="/", env=told, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def worker(address: str, **variables: str):
    return dask("worker", address, "--nthreads", "1", "--no-nanny", **variables)


@pytest.fixture
def scheduler():
    """Give the address of a scheduler."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with dask("scheduler", "--port", str(port)):
        yield f"tcp://127.0.0.1:{port}"


def running_here(address: str, workers: int = 0) -> None:
    from distributed import Client

    with Client(address, timeout=20, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=20) if workers else None


def note(folder: Path, number: int) -> int:
    """Note who is at work; a moment later, say that it is done."""
    (folder / f"{number}.{os.getpid()}").touch()
    time.sleep(0.2)
    return number


def where() -> str:
    return os.getcwd()


def test_when_one_of_two_workers_is_killed_the_other_builds_its_reports(workbook, scheduler):
    with ExitStack() as stack:
        killed, _ = [stack.enter_context(worker(scheduler)) for _ in range(2)]
        running_here(scheduler, 2)
        with cluster(scheduler, 20) as workers:
            sent = [workers.submit(note, workbook, number) for number in range(20)]
            assert soon(lambda: list(workbook.glob(f"*.{killed.pid}")))
            killed.kill()
            done = [one.result(timeout=60) for one in sent]

    assert done == list(range(20))
    assert not list((workbook / "reports").iterdir())


def test_work_is_done_in_this_workbook_wherever_the_worker_began(workbook, scheduler):
    with worker(scheduler):
        running_here(scheduler, 1)
        with cluster(scheduler, 1) as workers:
            assert workers.submit(where).result(timeout=60) == str(workbook)


def test_a_worker_that_does_not_see_the_workbook_is_named(workbook, scheduler, monkeypatch):
    with worker(scheduler):
        running_here(scheduler, 1)
        monkeypatch.setattr(clusters.tempfile, "TemporaryDirectory", lambda **_: nullcontext("/nowhere"))
        with pytest.raises(NoCluster, match=f"{socket.gethostname()} does not see"), cluster(scheduler, 1):
            pass


def test_a_scheduler_without_workers_is_told(workbook, scheduler):
    running_here(scheduler)

    with pytest.raises(NoCluster, match="has no workers"), cluster(scheduler, 1):
        pass


def test_another_version_is_told(workbook, scheduler, monkeypatch):
    with worker(scheduler):
        running_here(scheduler, 1)
        monkeypatch.setattr("distributed.versions._version_cached", lambda name: "0.0.1")
        with (
            pytest.raises(NoCluster, match=r"has distributed .*, and this machine 0\.0\.1"),
            cluster(scheduler, 1),
        ):
            pass


def test_where_nobody_answers_is_told(workbook, monkeypatch):
    monkeypatch.setattr(clusters, "SECONDS", 1)

    with pytest.raises(NoCluster, match="No Dask scheduler answered"), cluster("tcp://127.0.0.1:9", 1):
        pass


def test_something_else_that_answers_is_told(workbook, monkeypatch):
    monkeypatch.setattr(clusters, "SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer() -> None:
            connection, _ = other.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(NoCluster), cluster(address, 1):
            pass


def test_an_address_that_is_none_is_told(workbook):
    with pytest.raises(NoCluster, match="slurm, or an address"), cluster("slrum", 1):
        pass


def test_a_cluster_file_that_is_not_in_order_is_refused_with_every_problem(tmp_path):
    path = tmp_path / "cluster.toml"
    path.write_text("[slurm]\nworkrs = 2\nmemory = 2\n[pbs]\n")

    with pytest.raises(FileRefused) as refused:
        read_file(path)
    assert {problem.column for problem in refused.value.problems} == {"slurm.workrs", "slurm.memory", "pbs"}


def test_a_cluster_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(NoCluster, match=r"see docs/cluster\.md"):
        read_file(tmp_path / "cluster.toml")


def test_the_example_in_the_documentation_is_in_order(tmp_path):
    page = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    path = tmp_path / "cluster.toml"
    path.write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")

    assert read_file(path).workers


def test_jobs_are_refused_in_words_where_there_is_no_slurm(workbook, monkeypatch):
    (workbook / "cluster.toml").write_text("[slurm]\n")
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(NoCluster, match="There is no sbatch here"), cluster("slurm", 1):
        pass
    assert {path.name for path in (workbook / "reports").iterdir()} <= {".logs"}


def fail() -> None:
    raise ValueError("the reason")


@pytest.fixture
def jobs(workbook, monkeypatch):
    """Describe jobs whose workers find these tests; a skipped test where there is no SLURM."""
    if shutil.which("sbatch") is None or subprocess.run(["sinfo"], capture_output=True).returncode:
        pytest.skip("there is no SLURM that takes jobs here")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    (workbook / "cluster.toml").write_text('[slurm]\nworkers = 2\nmemory = "1GB"\n')


def test_under_slurm_a_report_that_fails_harms_no_other(workbook, jobs):
    with cluster("slurm", 20) as workers:
        failing = workers.submit(fail)
        sent = [workers.submit(note, workbook, number) for number in range(20)]

        assert [one.result(timeout=120) for one in sent] == list(range(20))
        assert str(failing.exception(timeout=60)) == "the reason"
    assert {path.name for path in (workbook / "reports").iterdir()} == {".logs"}


def test_a_partition_that_is_none_is_told_with_what_slurm_says(workbook, jobs):
    (workbook / "cluster.toml").write_text('[slurm]\nqueue = "nowhere"\n')

    with pytest.raises(NoCluster, match="SLURM refuses the job"), cluster("slurm", 1):
        pass


def test_jobs_that_end_at_once_are_told(workbook, jobs, monkeypatch):
    monkeypatch.setattr(slurm, "PAUSE", 1)
    (workbook / "cluster.toml").write_text('[slurm]\nworkers = 1\nmemory = "1GB"\nprologue = ["exit 1"]\n')

    with pytest.raises(NoCluster, match="jobs that SLURM took ended before"), cluster("slurm", 1):
        pass
