"""Where reports are built: by worker processes on this machine, or by those of a cluster.

Both are a ``concurrent.futures.Executor``, so whoever submits reports need not know which.

On this machine each worker is a process pool of its own with one process. In one pool for all, a process that
dies fails everything that was submitted, and nobody can tell which report it was at.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from typing import Any

TRIES = 2  # the system may have ended a worker for want of memory; a report that ends two is at fault
PATIENCE = 5  # seconds that a worker has to tidy up
ENDED = "Its worker process ended, and so did the next one: a library crashed, or the memory was used up."


class WorkerEnded(RuntimeError):
    """A report ended the process it was built in, each time it was tried."""


@contextmanager
def executor(jobs: int = 1, scheduler: str = "") -> Iterator[Executor]:
    """Give what reports are submitted to; all of it has ended afterwards, also after Ctrl-C.

    Parameters
    ----------
    jobs : int
        How many reports at the same time; a scheduler that is running already has its own workers.
    scheduler : str
        "" for this machine, or as for :func:`coprod.reports.clusters.cluster`.

    Raises
    ------
    NoCluster
        The scheduler cannot be used.
    FileRefused
        ``cluster.toml`` is not in order.
    """
    if scheduler:
        from coprod.reports.clusters import cluster

        with cluster(scheduler, jobs) as workers:
            yield workers
        return
    workers = LocalExecutor(jobs)
    try:
        yield workers
        workers.shutdown()
    except BaseException:
        workers.stop()
        raise


class LocalExecutor(ThreadPoolExecutor):
    """Worker processes on this machine, each with its own warm kernels and a thread that waits for it.

    Parameters
    ----------
    jobs : int
        How many.
    """

    def __init__(self, jobs: int) -> None:
        super().__init__(jobs)
        self._pools: dict[int, ProcessPoolExecutor] = {}
        self._stopped = False

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future:
        """Call a function in a worker.

        The future raises :class:`WorkerEnded` where this ended its worker every time.
        """
        return super().submit(self._in_a_process, function, args)

    def stop(self) -> None:
        """End all workers, and drop what has not begun."""
        self._stopped = True
        self.shutdown(wait=False, cancel_futures=True)
        _end(*self._pools.values())
        self.shutdown()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers once they have done their work."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            for pool in self._pools.values():
                pool.shutdown()

    def _in_a_process(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        for _ in range(TRIES):
            if self._stopped:
                break
            try:
                pool = self._pool()
                begun = pool.submit(_tidily, function, *args)
                if self._stopped:  # just now: whoever stops all may not have seen this one
                    _end(pool)
                return begun.result()
            except BrokenProcessPool:
                self._pools.pop(threading.get_ident()).shutdown()
        raise WorkerEnded(ENDED)

    def _pool(self) -> ProcessPoolExecutor:
        """Give this thread's process; a fresh one, for a fork of a process with threads may hang."""
        mine = threading.get_ident()
        if mine not in self._pools:
            self._pools[mine] = ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin)
        return self._pools[mine]


def _end(*pools: ProcessPoolExecutor) -> None:
    processes = [process for pool in pools for process in (pool._processes or {}).values()]
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(PATIENCE)
        process.kill()


def _begin() -> None:
    """Begin a worker: it ends with its main process, which alone heeds Ctrl-C, and has kernels at hand."""
    threading.Thread(target=_end_with_main_process, daemon=True).start()
    signal.signal(signal.SIGINT, lambda *_: None)  # unlike SIG_IGN, kernels do not inherit it
    signal.signal(signal.SIGTERM, _leave)
    from coprod import kernels

    if kernels.starting.POSSIBLE:
        kernels.starter()


def _end_with_main_process() -> None:
    parent_process().join()
    os._exit(1)  # at once: its kernels see that, and what it was writing is not published


def _leave(*_: object) -> None:
    raise SystemExit


def _tidily(function: Callable[..., Any], *args: Any) -> Any:
    """Call a function; when told to end meanwhile, end as soon as it has tidied up."""
    try:
        return function(*args)
    except SystemExit:
        with suppress(BaseException):
            from coprod import kernels

            kernels.stop()
        os._exit(1)  # asyncio would complain of what it was doing
