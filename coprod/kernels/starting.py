"""Asking for warm kernels: each process has one starter, made when it is first needed."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from io import BufferedReader
from multiprocessing.util import Finalize

# macOS also forks, but Apple's own libraries may not be used after it; Windows does not fork.
POSSIBLE = sys.platform == "linux"
LAUNCHER = ["-m", "ipykernel_launcher"]
PER_KERNEL = "JPY_"  # begins the names of the variables that differ from kernel to kernel
LONG = 60  # characters; a socket's path may have 107, and two folders and a name follow


class Starter:
    """A process that has imported the analysis stack and forks kernels; see :mod:`coprod.kernels.starter`.

    Parameters
    ----------
    interpreter : sequence of str
        Python and its options, as the kernel's own command has them.
    environment : mapping of str to str
        What its kernels find in ``os.environ``.
    """

    def __init__(self, interpreter: Sequence[str], environment: Mapping[str, str]) -> None:
        self.folder = make_folder()
        self._asking = threading.Lock()
        channel, theirs = socket.socketpair()
        begin = f"from coprod.kernels.starter import main; main({self.folder!r})"
        with theirs:
            process = subprocess.Popen(
                [*interpreter, "-c", begin], stdin=theirs, env=environment, cwd="/", start_new_session=True
            )
        self._channel, self._answers, self._process = channel, channel.makefile("rb"), process
        # Unlike atexit, it also serves where multiprocessing made this process
        what = (channel, self._answers, process, self.folder)
        self.close = Finalize(self, _close, what, exitpriority=1)

    def ask(self, **request: object) -> int | None:
        """Send a request and wait for its answer.

        Raises
        ------
        ConnectionError
            The starter is no longer there.
        """
        with self._asking:
            self._channel.sendall(json.dumps(request).encode() + b"\n")
            answer = self._answers.readline()
        if not answer:
            raise ConnectionResetError("The process that starts kernels has ended.")
        return json.loads(answer)

    def runs(self) -> bool:
        """Say whether it is there to be asked."""
        return self.close.still_active() and self._process.poll() is None


def _close(
    channel: socket.socket, answers: BufferedReader, process: subprocess.Popen[bytes], folder: str
) -> None:
    """End a starter, which ends its kernels, and leave nothing behind."""
    with contextlib.suppress(OSError):
        channel.shutdown(socket.SHUT_RDWR)
    answers.close()
    channel.close()
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)  # the starter has done so itself, unless it was killed


class Process:
    """A warm kernel's process, with what jupyter_client uses of :class:`subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, starter: Starter, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._starter = starter

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        if self.returncode is None:
            try:
                self.returncode = self._starter.ask(ended=self.pid)
            except OSError:  # the starter is gone, and took its kernels along
                self.returncode = -signal.SIGKILL
        return self.returncode

    wait = poll  # jupyter_client waits only for what has ended

    def send_signal(self, number: int) -> None:
        """Send it a signal, while it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


_current: tuple[object, Starter] | None = None


def starter(
    interpreter: Sequence[str] = (sys.executable,), environment: Mapping[str, str] | None = None
) -> Starter:
    """Return this process's starter for such kernels; one that was for others gives way to it."""
    global _current
    environment = os.environ if environment is None else environment
    kept = {name: value for name, value in environment.items() if not name.startswith(PER_KERNEL)}
    wanted = (list(interpreter), kept)
    if _current and _current[0] == wanted and _current[1].runs():
        return _current[1]
    stop()
    _current = (wanted, Starter(interpreter, kept))
    return _current[1]


def stop() -> None:
    """End this process's starter and its kernels, if there is one."""
    global _current
    if _current:
        _current[1].close()
    _current = None


def start(command: Sequence[str], environment: Mapping[str, str], folder: str) -> Process | None:
    """Start a kernel warm, as ``command`` would in ``folder``; None where that cannot be.

    Raises
    ------
    RuntimeError
        The process that starts kernels was ended by somebody; the next attempt has a new one.
    """
    here = command.index("-m") if "-m" in command else 0
    if not POSSIBLE or command[here : here + 2] != LAUNCHER:  # another system, or another language's kernel
        return None
    own = {name: value for name, value in environment.items() if name.startswith(PER_KERNEL)}
    request = {"start": command[here + 2 :], "environment": own, "folder": os.path.abspath(folder)}
    server = starter(command[:here], environment)
    try:
        return Process(server, server.ask(**request))
    except OSError as error:
        stop()
        raise RuntimeError("The process that starts kernels has ended.") from error


def make_folder(inside: str | None = None) -> str:
    """Make a private folder, in a warm kernel's starter's or with all other temporary ones."""
    return (
        tempfile.mkdtemp(dir=inside) if inside else tempfile.mkdtemp(prefix="coprod-", dir=temporary_folder())
    )


def temporary_folder() -> str:
    """Say where temporary folders go: as everywhere, but where that path would be too long for a socket."""
    usual = tempfile.gettempdir()
    return "/tmp" if os.name == "posix" and len(usual) > LONG else usual
