"""Workers as jobs under SLURM, through dask-jobqueue, as ``cluster.toml`` in the workbook describes them."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from coprod.folders import workbook_folder
from coprod.reports.clusters import SLURM, NoCluster, Place, there
from coprod.reports.planning import reports_folder

if TYPE_CHECKING:
    from dask_jobqueue import SLURMCluster
    from distributed import Client, Security

FILE = "cluster.toml"
LOGS, NAME = ".logs", "coprod"
NO_PORT = "127.0.0.1:0"  # Dask always opens a port for its dashboard, even when that is off
MORE = 6  # jobs beyond those wanted that may end before a first worker answers
PAUSE = 10  # seconds between two looks at the queue


class ClusterEntry(BaseModel):
    """``[slurm]`` in ``cluster.toml``: the jobs that are asked for, each with one worker."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    workers: int = Field(default=4, ge=1, le=1000, description="At most so many jobs at a time.")
    memory: str = Field(default="2GB", description='Of each job, such as "2GB".')
    walltime: str = Field(default="01:00:00", description='How long a job may run, such as "01:00:00".')
    queue: str | None = Field(default=None, description='A partition, such as "short".')
    account: str | None = Field(default=None, description="Whom the hours are charged to.")
    interface: str | None = Field(default=None, description='The network of the nodes, such as "ib0".')
    directives: list[str] = Field(default=[], description='Options of sbatch, such as ["--qos=normal"].')
    prologue: list[str] = Field(default=[], description='Lines of the job before it starts: "module load …".')


@contextmanager
def asked_of_slurm(place: Place, jobs: int) -> Iterator["Client"]:
    """Ask SLURM for workers. What they say to each other is encrypted, with keys of this run only.

    Parameters
    ----------
    place : Place
        Where the workbook is.
    jobs : int
        How many reports at most there is work for at the same time.

    Raises
    ------
    NoCluster, FileRefused
        As for :func:`coprod.reports.clusters.cluster`.
    """
    import dask
    from distributed import Client

    told = read_file(workbook_folder() / FILE)
    wanted = min(told.workers, jobs)
    with dask.config.set({"distributed.scheduler.http.routes": []}), _jobs(told, Path(place.seen)) as asked:
        _try(asked.job_script())
        asked.adapt(minimum_jobs=wanted, maximum_jobs=wanted)  # unlike scale(), it replaces jobs that ended
        with Client(asked, set_as_default=False) as client:
            _wait(client, asked, place, wanted)
            yield client


def _jobs(told: ClusterEntry, folder: Path) -> "SLURMCluster":
    from dask_jobqueue import SLURMCluster

    parts = {"memory", "walltime", "queue", "account", "interface"}
    try:
        return SLURMCluster(
            **told.model_dump(include=parts),
            cores=1,
            processes=1,
            job_name=NAME,
            job_extra_directives=list(told.directives),
            job_script_prologue=list(told.prologue),
            log_directory=str(reports_folder() / LOGS),
            local_directory=tempfile.gettempdir(),
            security=_keys(folder),
            scheduler_options={"dashboard": False, "dashboard_address": NO_PORT},
            worker_extra_args=["--no-dashboard", "--dashboard-address", NO_PORT],
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise NoCluster(f"No scheduler for SLURM's jobs could be started here: {error}") from error


def _keys(folder: Path) -> "Security":
    """Make keys for this run, in files of a folder that nobody else can open and that is gone afterwards."""
    from distributed import Security

    told = Security.temporary().get_tls_config_for_role("worker")
    files = {part: folder / part for part in ("ca_file", "cert", "key")}
    for part, path in files.items():
        path.write_text(told[part], encoding="ascii")
    roles = ("client", "scheduler", "worker")
    own = {f"tls_{role}_{part}": str(files[part]) for role in roles for part in ("cert", "key")}
    return Security(require_encryption=True, tls_ca_file=str(files["ca_file"]), **own)


def _wait(client: "Client", asked: "SLURMCluster", place: Place, wanted: int) -> None:
    """Wait until a worker answers, which may take hours in a queue, but not where jobs end one by one."""
    answer = client.submit(there, place, os.getpid, pure=False)
    seen: set[str] = set()
    while True:
        with suppress(TimeoutError):
            answer.result(timeout=PAUSE)
            return
        seen.update(job.job_id for job in list(asked.workers.values()) if getattr(job, "job_id", None))
        if seen and (len(seen) > wanted + MORE or not _queued(seen)):
            said = "The jobs that SLURM took ended before they did anything."
            raise NoCluster(f"{said} What they said is in {reports_folder() / LOGS}/{NAME}-*.err")


def _queued(jobs: set[str]) -> bool:
    """Say whether SLURM still knows of one of these jobs, which waits or runs."""
    asked = subprocess.run(["squeue", "--noheader", "--jobs", ",".join(jobs)], capture_output=True)
    return bool(asked.stdout.strip())


def _try(script: str) -> None:
    """Ask whether SLURM would take such a job: Dask would wait for one that is refused."""
    try:
        asked = subprocess.run(["sbatch", "--test-only"], input=script, capture_output=True, text=True)
    except OSError as error:
        raise NoCluster("There is no sbatch here: go to a machine where SLURM takes jobs.") from error
    if asked.returncode:
        raise NoCluster(f"SLURM refuses the job that {FILE} describes. {asked.stderr.strip()}")


def read_file(path: Path) -> ClusterEntry:
    """Read ``cluster.toml``.

    Raises
    ------
    NoCluster
        There is none.
    FileRefused
        It is not in order.
    """
    from coprod.checks.settings import read_tables
    from coprod.names import unknown
    from coprod.problems import FileRefused, Problem

    problems: list[Problem] = []
    tables = read_tables(path, ClusterEntry, problems)
    problems += [
        Problem(path.name, str(unknown("table", name, [SLURM])), "Take it out.", column=name)
        for name in tables
        if name != SLURM
    ]
    if problems:
        raise FileRefused(path.name, problems)
    if SLURM not in tables:
        raise NoCluster(
            f"{path} says under [{SLURM}] which jobs to ask for, and does not: see docs/cluster.md."
        )
    return tables[SLURM]
