"""A thousand small reports: nothing stale, one place changed, memory, what is left behind, and twenty kills.

Run it in the workbook: python docs/benchmarks/robustness.py
"""

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
from fifty_places import NAME, make_workbook

PAGE = Path(__file__).with_suffix(".md")
COPROD = str(Path(sys.executable).with_name("coprod"))
HEAD = "| what | found |"
KILLS, JOBS = 20, 2
EACH = '["place", "wave"]'
SOURCE = """import coprod
from coprod import likert, privacy
from coprod.display import masthead, table

data = coprod.open(programme, place=place, wave=wave)
masthead(data, "A small report", audience)
protect = privacy.door(data, audience)
table(protect(likert.agreement(data, ["time_talk"])), "Whether there was time to talk")"""
RUN_OF_ITS_OWN = ("ro-crate-metadata.json",)  # start and end of the run stand in it


class Watch(threading.Thread):
    """Looks at a process and all below it, five times a second: memory, sockets that listen."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.memory, self.listening = pid, [], set()
        self._others = _listening()

    def run(self) -> None:
        """Look until the process is gone."""
        while _below(self.pid):
            self.memory.append(sum(map(_memory, _below(self.pid))) / 1024)
            self.listening |= _listening() - self._others
            time.sleep(0.2)


def _below(pid: int) -> list[int]:
    """List a process and its descendants."""
    children = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            children += thread.read_text().split()
    below = [one for child in children for one in _below(int(child))]
    return [pid, *below] if Path(f"/proc/{pid}").exists() else below


def _memory(pid: int) -> int:
    """Give a process's memory in kB; pages that several share count in parts."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _listening() -> set[str]:
    tables = [Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6")]
    lines = [line.split() for table in tables for line in table.splitlines()]
    return {line[1] for line in lines if line[3] == "0A"}


@contextlib.contextmanager
def _workbook(places: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        reports = tuple(("small", audience, EACH) for audience in ("internal", "public"))
        workbook = make_workbook(Path(folder) / "workbook", places, reports)
        cell = nbformat.v4.new_code_cell
        names = "\n".join(f"{name} = None" for name in ("programme", "place", "wave", "audience"))
        cells = [cell(names, metadata={"tags": ["parameters"]}), cell(SOURCE)]
        kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, workbook / "notebooks" / "small.ipynb")
        os.environ["COPROD_KEY_FILE"] = f"{folder}/key"
        yield workbook


def _begin(workbook: Path, *options: str) -> subprocess.Popen[str]:
    command = [COPROD, "report", NAME, "--format", "html", "--jobs", str(JOBS), *options]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=workbook, text=True, **streams)


def _run(workbook: Path, *options: str) -> tuple[float, str]:
    """Run to the end; give the seconds and the last line."""
    begun = time.perf_counter()
    process = _begin(workbook, *options)
    said = process.communicate()[0]
    return time.perf_counter() - begun, said.strip().splitlines()[-1]


def memory() -> Iterator[tuple[str, str]]:
    """Build three hundred reports, and look at what that takes and leaves."""
    with _workbook(50) as workbook:
        before = set(Path(tempfile.gettempdir()).glob("coprod-*"))
        process = _begin(workbook)
        watch = Watch(process.pid)
        watch.start()
        process.communicate()
        third = len(watch.memory) // 3
        early, late = (max(some) / JOBS for some in (watch.memory[third : 2 * third], watch.memory[-third:]))
        yield "memory of a worker, its starter and kernel, second hundred of 300", f"{early:.0f} MB at most"
        yield "the same, third hundred", f"{late:.0f} MB at most"
        yield "sockets that listened on a network", f"{len(watch.listening)}"
        left = set(Path(tempfile.gettempdir()).glob("coprod-*")) - before
        work = list((workbook / "reports").glob(".work-*"))
        yield "temporary folders left behind", f"{len(left) + len(work)}"


def thousand() -> Iterator[tuple[str, str]]:
    """Build a thousand reports, nothing, and those of one place."""
    with _workbook(167) as workbook:
        seconds, said = _run(workbook)
        yield "a thousand small reports", f"{said.split('.')[0]}, {seconds:.0f} s"
        nothing = min(_run(workbook) for _ in range(3))
        yield "nothing stale among them", f"{nothing[0]:.2f} s: {nothing[1].split('.')[0]}"
        answers = workbook / "data" / NAME / "answers.csv"
        lines = answers.read_text(encoding="utf-8").splitlines()
        row = next(number for number, line in enumerate(lines) if ",place003,end," in line)
        lines[row] = lines[row].replace("Agree", "Disagree", 1)
        answers.write_text("\n".join(lines) + "\n", encoding="utf-8")
        seconds, said = _run(workbook)
        yield "one answer of one place and wave changed", f"{seconds:.1f} s: {said.split('. ')[0]}"


def kills() -> Iterator[tuple[str, str]]:
    """Kill the main process again and again, then build what is left, and compare with an undisturbed run."""
    with _workbook(7) as workbook:
        _run(workbook)
        undisturbed = _bytes(workbook)
        shutil.rmtree(workbook / "reports")
        chance = random.Random(20)
        for _ in range(KILLS):
            process = _begin(workbook, *(["--force"] if chance.random() < 0.5 else []))
            time.sleep(chance.uniform(0.2, 8))
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
        said = _run(workbook)[1]
        same = sum(_bytes(workbook).get(name) == digest for name, digest in undisturbed.items())
        yield f"killed {KILLS} times, then run again", said.split(". Open")[0]
        yield "files as in an undisturbed run", f"{same} of {len(undisturbed)}"
        time.sleep(3)
        left = subprocess.run(["pgrep", "-fc", str(workbook)], capture_output=True, text=True).stdout
        yield "processes of killed runs that are left", left.strip()


def _bytes(workbook: Path) -> dict[str, str]:
    files = [path for path in (workbook / "reports").glob("[!.]*/[!.]*/**/*") if path.is_file()]
    return {
        str(path.relative_to(workbook)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name not in RUN_OF_ITS_OWN
    }


def main() -> None:
    """Measure it all, and write the table into the page."""
    lines = []
    for part in (memory, thousand, kills):
        for what, found in part():
            lines.append(f"| {what} | {found} |")
            print(lines[-1], flush=True)
    before, _, after = PAGE.read_text(encoding="utf-8").partition(HEAD)
    told = "\n".join([before + HEAD, "| --- | --- |", *lines]) + after[after.index("\n\n") :]
    PAGE.write_text(told, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
