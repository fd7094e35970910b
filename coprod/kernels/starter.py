"""The process that warm kernels are forked from, one for each worker.

It imports what notebooks need once, starts no thread of Python's, and then answers one request after
another, a line of JSON each, on the socket that is its standard input. When the other end of it closes,
because the worker ended or was killed, it ends its kernels, removes their folder, and ends.

It does what ``multiprocessing``'s fork server does. That one runs the main module of its parent again in
each child, refuses to work under a daemonic process, which Dask's workers are, and keeps the environment and
interpreter options of its first use.
"""

import atexit
import ctypes
import gc
import io
import json
import os
import shutil
import signal
import socket
import sys
from contextlib import redirect_stderr, suppress

from coprod.kernels import limits

INLINE = "module://matplotlib_inline.backend_inline"
PR_SET_PDEATHSIG = 1  # of prctl(2)


def main(folder: str) -> None:
    """Import the stack, then start kernels until the other end of standard input closes."""
    if sys.path[0] == "":  # as ipykernel's launcher: a folder's own files shall not take a library's place
        del sys.path[0]
    channel = socket.socket(fileno=os.dup(0))
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    _import_stack()
    gc.freeze()  # else the first collection of each kernel copies every page
    kernels: set[int] = set()
    try:
        with channel, channel.makefile("rb") as requests:
            for line in requests:
                answer = _serve(json.loads(line), kernels, channel)
                channel.sendall(json.dumps(answer).encode() + b"\n")
    except OSError:  # the worker was killed in the middle of a request
        pass
    finally:
        for pid in kernels:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def _import_stack() -> None:
    """Import what kernels need; a notebook that imports none of it shall not see that it was."""
    with redirect_stderr(io.StringIO()):  # the debugger's advice on breakpoints
        import ipykernel.debugger  # noqa: F401, what it sets, it sets in ordinary kernels too

        environment = dict(os.environ)
        os.environ.setdefault("MPLBACKEND", INLINE)  # as a kernel does, before matplotlib is imported
        from coprod.kernels import stack  # noqa: F401
    os.environ.clear()
    os.environ.update(environment)
    gc.collect()


def _serve(request: dict, kernels: set[int], channel: socket.socket) -> int | None:
    """Start a kernel and return its process id, or return how a kernel ended, None while it runs."""
    if "start" in request:
        pid = _fork(request, channel)
        kernels.add(pid)
        return pid
    pid = request["ended"]
    found, status = os.waitpid(pid, os.WNOHANG)
    if not found:
        return None
    kernels.discard(pid)
    return os.waitstatus_to_exitcode(status)


def _fork(request: dict, channel: socket.socket) -> int:
    starter = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        channel.close()
        atexit._clear()  # what the starter promised is its own
        code = _be_kernel(request, starter)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(BaseException):
            atexit._run_exitfuncs()  # what was promised at exit; taking every module down again helps nobody
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _be_kernel(request: dict, starter: int) -> int:
    """Become what ``python -m ipykernel_launcher`` is: session, folder, arguments, fresh random state."""
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != starter:  # it ended before the line above
        return 1
    import ipykernel_launcher
    import numpy as np
    from ipykernel.iostream import IOPubThread
    from ipykernel.kernelapp import IPKernelApp

    os.chdir(request["folder"])
    os.environ.update(request["environment"], JPY_PARENT_PID=str(starter))
    IOPubThread._setup_pipe_in = limits.no_pipe
    np.random.seed()  # Python's own random state starts anew at each fork; numpy's would be the same in all
    sys.argv = [ipykernel_launcher.__file__, *request["start"]]
    app = IPKernelApp.instance()
    app.initialize([*request["start"], f"--IPKernelApp.parent_handle={starter}"])
    try:
        app.start()
    finally:  # one in six times these wait for each other, until someone kills the kernel after four seconds
        atexit.unregister(app.close)
        atexit.unregister(app.iopub_thread.stop)
    return 0
