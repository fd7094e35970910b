"""Kernels: warm ones do what ordinary ones do, end when they should, and leave nothing behind."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from importlib.metadata import entry_points
from pathlib import Path

import nbformat
import pytest

from coprod import kernels
from coprod.kernels import starting
from coprod.kernels.executing import DIED
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not starting.POSSIBLE, reason="warm kernels need Linux")

ABOUT_ITSELF = """
import gc, locale, logging, os, random, signal, sys, threading, time, warnings
import matplotlib, matplotlib.pyplot as plt, numpy, pandas, seaborn, statsmodels.stats.proportion
own = {"JPY_PARENT_PID"}
print(sorted((name, value) for name, value in os.environ.items() if name not in own), os.getcwd(), __name__)
print(sys.path, sys.flags, sys.argv[0], sys.argv[3:], sys.executable, sorted(globals()), sys.stdin.read())
print(sorted(matplotlib.rcParams.items(), key=str), plt.get_backend(), pandas.get_option("display.max_rows"))
print(sorted(map(str, warnings.filters)), logging.root.handlers, locale.getlocale(), time.tzname)
print(os.getpgid(0) == os.getpid() == os.getsid(0), threading.active_count(), gc.get_threshold())
print([signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP)], os.umask(18))
"""
FIGURE = (
    "fig, ax = plt.subplots()\nax.plot([1, 3, 2])\nplt.show()\nax.get_title()\npandas.DataFrame({'a': [1]})"
)


def written(folder: Path, *cells: str) -> Path:
    path = folder / "notebook.ipynb"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(notebook, path)
    return path


def run(folder: Path, *cells: str, **options) -> bytes:
    """Run these cells; return the bytes of the notebook."""
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # each change of the environment asks for a new starter
    output = folder / "executed.ipynb"
    kernels.execute(written(folder, *cells), output, {}, **options)
    return output.read_bytes()


def printed(folder: Path, *cells: str, **options) -> str:
    """Run these cells; return what the last one printed."""
    notebook = nbformat.reads(run(folder, *cells, **options).decode(), as_version=4)
    return "".join(output.get("text", "") for output in notebook.cells[-1].outputs).strip()


def is_there(pid: int) -> bool:
    """Say whether a process runs; one that has ended and was not waited for does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def soon(gone) -> bool:
    """Wait for something to be true, at most ten seconds."""
    return any(gone() or time.sleep(0.05) for _ in range(200))


@pytest.fixture
def temporary(monkeypatch):
    """Give a folder for all temporary files of this test, with a path short enough for sockets."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        kernels.stop()
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)
        kernels.stop()


def test_a_warm_kernel_finds_what_an_ordinary_one_finds(tmp_path):
    cells = (ABOUT_ITSELF, FIGURE)

    assert run(tmp_path, *cells) == run(tmp_path, *cells, cold=True)


def test_a_real_notebook_has_the_same_bytes_from_a_warm_and_an_ordinary_kernel(tmp_path):
    given = {"programme": "demo", "audience": "public"}
    for name, cold in (("warm", False), ("cold", True)):
        kernels.execute(ROOT / "notebooks" / "voices.ipynb", tmp_path / name, given, cold=cold)

    assert (tmp_path / "warm").read_bytes() == (tmp_path / "cold").read_bytes()


def test_a_kernel_knows_nothing_of_the_one_before(tmp_path):
    look = (
        "import os, random, matplotlib, numpy, pandas\n"
        "print(os.environ.get('LEFT'), os.getcwd(), matplotlib.rcParams['font.size'], 'left' in globals(),\n"
        "      pandas.get_option('display.precision'))"
    )
    before = printed(tmp_path, look)
    leave = (
        "os.environ['LEFT'] = '1'; matplotlib.rcParams['font.size'] = 3; left = 1; os.chdir('/')\n"
        "pandas.set_option('display.precision', 1)"
    )
    run(tmp_path, look, leave)

    assert printed(tmp_path, look) == before


@pytest.mark.parametrize(
    "draw", ["import random; print(random.random())", "import numpy; print(numpy.random.rand())"]
)
def test_two_kernels_draw_different_random_numbers(tmp_path, draw):
    assert printed(tmp_path, draw) != printed(tmp_path, draw)


def test_a_changed_environment_reaches_the_next_kernel(tmp_path, monkeypatch):
    monkeypatch.setenv("COPROD_TRIAL", "changed")

    assert printed(tmp_path, "import os; print(os.environ['COPROD_TRIAL'])") == "changed"


LISTENING = """
import os
from pathlib import Path
inodes = {line.split()[9] for table in ("tcp", "tcp6")
          for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:] if line.split()[3] == "0A"}
held = set()
for pid in (os.getpid(), os.getppid(), %d):
    for file in Path(f"/proc/{pid}/fd").iterdir():
        try:
            held.add(os.readlink(file))
        except FileNotFoundError:
            pass
print(sum(f"socket:[{inode}]" in held for inode in inodes), any("socket:" in name for name in held))
"""


@pytest.mark.parametrize("cold", [False, True])
def test_nothing_listens_on_a_network_during_a_run(tmp_path, cold):
    assert printed(tmp_path, LISTENING % os.getpid(), cold=cold) == "0 True"


@pytest.mark.parametrize("cold", [False, True])
def test_a_kernel_that_kills_itself_is_told_in_words(tmp_path, cold):
    with pytest.raises(kernels.Stopped, match=DIED) as stopped:
        run(tmp_path, "1", "import os; os.kill(os.getpid(), 9)", cold=cold)
    assert stopped.value.cell == 2


def test_a_kernel_that_ends_before_it_answers_is_told_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels.executing, "QUIET", ["--IPKernelApp.kernel_class=nowhere"])

    with pytest.raises(kernels.Stopped, match="did not start"):
        run(tmp_path, "1")


def test_an_endless_cell_is_stopped_at_the_limit_and_told_in_words(tmp_path):
    with pytest.raises(kernels.Stopped, match="not done after its 1 seconds") as stopped:
        run(tmp_path, "1", "while True: pass", seconds=1)
    assert stopped.value.cell == 2


@pytest.mark.parametrize("cold", [False, True])
def test_a_notebook_that_eats_memory_is_stopped_in_words(tmp_path, cold):
    with pytest.raises(kernels.Stopped, match="more than the 4 GB of memory that a report may use"):
        run(tmp_path, "eaten = bytearray(5 * 2**30)", cold=cold)


def test_a_failing_cell_is_counted_without_the_parameters(tmp_path):
    path = written(tmp_path, "place = 'x'", "1", "raise ValueError(place)")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, path)

    with pytest.raises(kernels.Stopped, match="ValueError: lincoln") as stopped:
        kernels.execute(path, tmp_path / "executed.ipynb", {"place": "lincoln"})
    assert stopped.value.cell == 3


def test_a_run_that_fails_leaves_no_notebook_that_looks_whole(tmp_path):
    with pytest.raises(kernels.Stopped):
        run(tmp_path, "1 / 0")
    assert {path.name for path in tmp_path.iterdir()} == {"notebook.ipynb", "executed.partial.ipynb"}


def test_what_a_notebook_promised_to_do_at_its_end_is_done(tmp_path):
    told = tmp_path / "told"
    run(tmp_path, f"import atexit, pathlib\n_ = atexit.register(pathlib.Path({str(told)!r}).touch)")

    assert told.exists()


def test_the_seconds_of_each_cell_are_told(tmp_path):
    ran = kernels.execute(written(tmp_path, "1", "2"), tmp_path / "executed.ipynb", {})

    assert len(ran.cells) == 2
    assert min(ran.kernel, *ran.cells) > 0


def test_nothing_is_left_behind(tmp_path, temporary):
    kernel, starter = printed(tmp_path, "import os; print(os.getpid(), os.getppid())").split()
    assert not is_there(int(kernel))
    kernels.stop()

    assert not is_there(int(starter))
    assert not list(temporary.iterdir())


KILLED = """
import sys, time
from pathlib import Path
from coprod import kernels
kernels.execute(Path(sys.argv[1]), Path(sys.argv[1]).with_name("executed.ipynb"), {})
"""


def test_nothing_is_left_when_the_main_process_is_killed(tmp_path, temporary):
    told = tmp_path / "told"
    forever = (
        f"import os, pathlib\npathlib.Path({str(told)!r}).write_text(f'{{os.getpid()}} {{os.getppid()}} .')\n"
    )
    path = written(
        tmp_path, forever + "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass"
    )
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)]) as main:
        assert soon(lambda: told.exists() and told.read_text().endswith("."))
        main.kill()
    pids = map(int, told.read_text().split()[:2])

    assert all(soon(lambda pid=pid: not is_there(pid)) for pid in pids)
    assert soon(lambda: not list(temporary.iterdir()))
    assert not (tmp_path / "executed.ipynb").exists()


def test_a_starter_that_was_killed_is_replaced(tmp_path):
    look = "import os; print(os.getppid())"
    first = int(printed(tmp_path, look))
    os.kill(first, signal.SIGKILL)

    assert int(printed(tmp_path, look)) != first


def test_an_ordinary_kernel_serves_where_there_is_no_warm_one(tmp_path, monkeypatch):
    monkeypatch.setattr(starting, "POSSIBLE", False)

    assert int(printed(tmp_path, "import os; print(os.getppid())")) == os.getpid()


def test_another_language_gets_its_ordinary_kernel():
    assert starting.start(["R", "--slave", "-e", "IRkernel::main()"], {}, "/") is None


def test_a_temporary_folder_with_a_long_name_still_gives_sockets(tmp_path, monkeypatch):
    long = tmp_path / ("long" * 20)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    kernels.stop()

    assert printed(tmp_path, "print(1)") == "1"
    kernels.stop()


def test_what_is_preloaded_starts_no_thread_and_reads_no_data():
    code = (
        "import json, sys, threading\nopened = []\n"
        "sys.addaudithook(lambda event, what: event == 'open' and opened.append(str(what[0])))\n"
        "from coprod.kernels import stack\n"
        f"read = [name for name in opened if name.startswith({str(ROOT / 'data')!r})]\n"
        "print(json.dumps([threading.active_count(), read]))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert json.loads(told.stdout) == [1, []]


def test_other_programs_find_the_provisioner():
    (found,) = entry_points(group="jupyter_client.kernel_provisioners", name="coprod-warm")

    assert found.load().__name__ == "WarmProvisioner"
