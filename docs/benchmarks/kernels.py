"""Start many kernels side by side, and count those that are lost: kernels.py [500 [8]]."""

import sys
import tempfile
import time
from pathlib import Path

import nbformat

from coprod import kernels
from coprod.reports.executors import executor


def run(source: Path, number: int) -> str:
    """Run a notebook of one cell; return what it printed."""
    output = source.with_name(f"{number}.ipynb")
    kernels.execute(source, output, {"number": str(number)})
    return nbformat.read(output, as_version=4).cells[-1].outputs[0].text.strip()


def write(folder: Path) -> Path:
    """Write the notebook: it prints its parameter."""
    cell = nbformat.v4.new_code_cell
    cells = [cell("number = ''", metadata={"tags": ["parameters"]}), cell("print(number)")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "notebook.ipynb")
    return folder / "notebook.ipynb"


def main(count: int = 500, jobs: int = 8) -> None:
    """Print how many of the kernels answered with their own number, and how long it took."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="coprod-") as folder, executor(jobs) as workers:
        source = write(Path(folder))
        sent = [workers.submit(run, source, number) for number in range(count)]
        right = sum(not one.exception() and one.result() == str(number) for number, one in enumerate(sent))
    seconds = time.monotonic() - begun
    print(f"{right} of {count} kernels, {jobs} at a time, answered rightly in {seconds:.0f} seconds.")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
