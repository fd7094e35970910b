"""What a kernel may use: an IPython extension, so that warm and ordinary kernels have the same limits."""

from contextlib import suppress
from typing import Any

GIGABYTES = 4  # an ordinary report takes a tenth of it


def load_ipython_extension(shell: Any) -> None:
    """Limit this kernel's memory, and close the one network port that ipykernel opens over local sockets."""
    _limit_memory()
    thread = shell.kernel.iopub_thread
    if pipe := getattr(thread, "_pipe_in", None):
        thread.io_loop.add_callback(pipe.close)  # a socket may be closed by its own thread only
    no_pipe(thread)


def no_pipe(thread: Any) -> None:
    """Do without the port of 127.0.0.1 to which processes forked by a cell send what they print.

    ipykernel itself does without where it finds no port: what such processes print is not shown.
    """
    thread._pipe_flag = False


def _limit_memory() -> None:
    """Limit private memory, where the system can: not on Windows, and macOS does not enforce it.

    ``RLIMIT_DATA`` counts what eats a machine. The address space also counts libraries, and the stacks of
    threads that nobody has touched.
    """
    with suppress(ImportError):
        import resource

        most = GIGABYTES * 2**30
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))
