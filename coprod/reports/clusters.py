"""Workers past one machine, through Dask distributed: a scheduler that is running, or jobs under SLURM.

Every worker sees the workbook's folder under the same path. A report's parameters and how it went is all that
is sent; data, pages and keys stay on the shared disk. A report whose worker is lost is built by another one.
"""

import os
import socket
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.folders import workbook_folder
from coprod.reports.planning import reports_folder

if TYPE_CHECKING:
    from distributed import Client

SLURM = "slurm"
NEEDED = ("distributed", "dask_jobqueue")
SCHEMES = ("tcp://", "tls://")
SECONDS = 10  # until a scheduler has answered
SAME = ("python", "distributed", "coprod")
_turn = threading.Lock()


class NoCluster(ConnectionError):
    """A cluster cannot be used; the message says why, and what to do."""


@contextmanager
def cluster(scheduler: str, jobs: int) -> Iterator[Executor]:
    """Give what sends reports to a cluster; what was started for it is ended afterwards.

    Parameters
    ----------
    scheduler : str
        The address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``; or ``slurm``, for jobs as
        ``cluster.toml`` describes them.
    jobs : int
        How many reports at most there is work for at the same time.

    Raises
    ------
    NoCluster
        Nobody answers, another version does, there are no workers, or these do not see this folder.
    FileRefused
        ``cluster.toml`` is not in order.
    """
    if not all(map(find_spec, NEEDED)):
        raise NoCluster(
            f"Clusters need {' and '.join(NEEDED)}, which are not installed: pip install '.[cluster]'"
        )
    with ExitStack() as stack:
        reports_folder().mkdir(exist_ok=True)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix=".work-", dir=reports_folder()))
        place = Place(folder)
        if scheduler == SLURM:
            from coprod.reports.slurm import asked_of_slurm

            client = stack.enter_context(asked_of_slurm(place, jobs))
        else:
            client = stack.enter_context(_connected(scheduler))
            _check(client, scheduler, place)
        yield _Sender(client.get_executor(pure=False), place)


@dataclass(frozen=True)
class Place:
    """Where the workbook is, for a worker that may have begun elsewhere and in another environment."""

    seen: str  # a folder that is there only now, so whoever sees it shares the disk
    workbook: str = field(default_factory=lambda: str(workbook_folder()))
    environment: tuple[tuple[str, str], ...] = field(
        default_factory=lambda: tuple(item for item in os.environ.items() if item[0].startswith("COPROD_"))
    )


class _Sender(Executor):
    """Submits to a cluster what is done in the workbook."""

    def __init__(self, cluster: Executor, place: Place) -> None:
        self._cluster, self._place = cluster, place

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future:
        return self._cluster.submit(there, self._place, function, *args)


def there(place: Place, function: Callable[..., Any], *args: Any) -> Any:
    """Call a function on a worker, in the workbook."""
    if not Path(place.seen).is_dir():
        said = f"The worker on {socket.gethostname()} does not see {place.workbook} as it is here."
        raise NoCluster(f"{said} The workbook and its environment must be on a disk that all share.")
    with _turn:  # the working directory and the environment are those of all threads
        os.chdir(place.workbook)
        os.environ.update(place.environment)
        return function(*args)


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    from distributed import Client

    if not address.startswith(SCHEMES):
        raise NoCluster(f"{address} is no scheduler: give slurm, or an address such as tcp://10.0.0.1:8786.")
    try:
        with warnings.catch_warnings(action="ignore"):  # of versions: those that matter are looked at below
            client = Client(address, timeout=SECONDS, set_as_default=False)
    except OSError as error:
        said = f"No Dask scheduler answered at {address} within {SECONDS} seconds."
        raise NoCluster(f"{said} Is it running, and can it be reached from here?") from error
    except Exception as error:  # what a scheduler of another version says can be anything
        said = f"What answered at {address} is no Dask scheduler that can be spoken to"
        raise NoCluster(f"{said} ({type(error).__name__}: {error}).") from error
    with client:
        yield client


def _check(client: "Client", address: str, place: Place) -> None:
    versions = client.get_versions(packages=["coprod"])
    if not versions["workers"]:
        raise NoCluster(f"The scheduler at {address} has no workers. Start some: see docs/cluster.md.")
    here = versions["client"]["packages"]
    for where, told in {"The scheduler": versions["scheduler"], **versions["workers"]}.items():
        for name in SAME:
            found = told["packages"].get(name)
            if found != here[name] and (where != "The scheduler" or name == "distributed"):
                said = f"{where} has {name} {found or 'not at all'}, and this machine {here[name]}."
                raise NoCluster(f"{said} Start all of it from the same environment.")
    client.run(there, place, os.getpid)
