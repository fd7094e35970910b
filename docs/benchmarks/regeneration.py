"""A hundred learning reports of a made-up programme of fifty places, made in six ways in one go.

Each way makes web pages of the same notebook and the same places. Those that take long make ten, and
R Markdown makes as near the same content as its users would (learning_report.Rmd). Ratios count; the seconds
are of one machine. Run it in the workbook with nothing else running: python docs/benchmarks/regeneration.py
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fifty_places import NAME, make_workbook

HERE = Path(__file__).resolve()
PAGE = HERE.with_suffix(".md")
BIN = Path(sys.executable).parent
FEW = [(f"place{number:03}", audience) for number in range(5) for audience in ("internal", "public")]
HEAD = (
    "| way | reports | seconds a report | against ours, serially | processor seconds a report "
    "| against plain Python |"
)
RENDER = """for (place in commandArgs(TRUE)) rmarkdown::render(
  "{source}", params = list(place = place), quiet = TRUE, knit_root_dir = getwd(), envir = new.env(),
  output_file = file.path(getwd(), paste0(place, ".html")))"""


@dataclass(frozen=True)
class Way:
    """A way to make reports: what it is called, how many, and the commands, in a workbook of its own."""

    name: str
    reports: int
    commands: Callable[[Path], list[list[str]]]


def main() -> None:
    """Run every way, and write the table into the page."""
    ways = [way for way in WAYS if way.name != R_MARKDOWN or shutil.which("Rscript")]
    measured = {way.name: (way.reports, *_measured(way)) for way in ways}
    ours, plain = measured[SERIAL][1] / len(FEW), measured[PLAIN][2] / len(FEW)
    lines = [
        f"| {name} | {n} | {wall / n:.2f} | {wall / n / ours:.1f} | {used / n:.2f} | {used / n / plain:.2f} |"
        for name, (n, wall, used) in measured.items()
    ]
    before, _, after = PAGE.read_text(encoding="utf-8").partition(HEAD)
    after = after[after.index("\n\n") :]
    told = "\n".join([before + HEAD, "| --- | --- | --- | --- | --- | --- |", *lines]) + after
    PAGE.write_text(told, encoding="utf-8", newline="\n")
    print("\n".join(lines))


def _measured(way: Way) -> tuple[float, float]:
    """Give the seconds of wall time and of processor that a way took, children and grandchildren included."""
    with tempfile.TemporaryDirectory() as folder:
        reports = tuple(("learning_report", audience, '["place"]') for audience in ("internal", "public"))
        workbook = make_workbook(Path(folder) / "workbook", 50, reports)
        environment = os.environ | {"COPROD_KEY_FILE": f"{folder}/key"}
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        for command in way.commands(workbook):
            subprocess.run(command, cwd=workbook, env=environment, check=True, capture_output=True)
        wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{way.name}: {wall:.1f} s, {used:.1f} s of processor", file=sys.stderr, flush=True)
        return wall, used


def _ours(jobs: int) -> Callable[[Path], list[list[str]]]:
    command = [str(BIN / "coprod"), "report", NAME, "--format", "html", "--jobs", str(jobs)]
    return lambda workbook: [command]


def _ours_few(workbook: Path) -> list[list[str]]:
    """Ask for the first places alone: the others are taken out of programme.toml."""
    shutil.rmtree(workbook)
    reports = tuple(("learning_report", audience, '["place"]') for audience in ("internal", "public"))
    make_workbook(workbook, len(FEW) // 2, reports)
    return _ours(1)(workbook)


def _command_lines(workbook: Path) -> list[list[str]]:
    commands = []
    for place, audience in FEW:
        given = {"programme": NAME, "place": place, "audience": audience}
        told = [word for name, value in given.items() for word in ("-r", name, value)]
        made = f"{place}-{audience}.ipynb"
        notebook = "notebooks/learning_report.ipynb"
        commands.append([str(BIN / "papermill"), "--cwd", "notebooks", notebook, made, *told])
        commands.append([str(BIN / "jupyter"), "nbconvert", "--to", "html", made])
    return commands


def _python(function: str) -> Callable[[Path], list[list[str]]]:
    """Call one of this module's functions in one Python process."""
    begin = f"import sys; sys.path.insert(0, {str(HERE.parent)!r}); from regeneration import {function}"
    return lambda workbook: [[sys.executable, "-c", f"{begin}; {function}()"]]


def warm_papermill() -> None:
    """Run papermill and nbconvert again and again in one process."""
    import papermill
    from nbconvert import HTMLExporter

    for place, audience in FEW:
        given = {"programme": NAME, "place": place, "audience": audience}
        where = {"input_path": "notebooks/learning_report.ipynb", "output_path": f"{place}-{audience}.ipynb"}
        notebook = papermill.execute_notebook(**where, parameters=given, cwd="notebooks", progress_bar=False)
        Path(f"{place}-{audience}.html").write_text(
            HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8"
        )


def plain() -> None:
    """Run the notebook's lines in this process, figures drawn and tables written; nothing is published."""
    from coprod import display

    display.display = lambda *_, **__: None
    cells = json.loads(Path("notebooks/learning_report.ipynb").read_text(encoding="utf-8"))["cells"]
    for place, audience in FEW:
        names: dict[str, object] = {}
        for cell in (cell for cell in cells if cell["cell_type"] == "code"):
            exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", ()):
                names |= {"programme": NAME, "place": place, "audience": audience}


def _r_markdown(workbook: Path) -> list[list[str]]:
    render = RENDER.format(source=HERE.with_name("learning_report.Rmd"))
    return [["Rscript", "-e", render, *(f"place{number:03}" for number in range(len(FEW)))]]


SERIAL, PLAIN = "`coprod report --jobs 1`", "the same lines in one Python process, nothing published"
R_MARKDOWN = "R Markdown in one R process"
WAYS = [
    Way("`coprod report --jobs 2`", 100, _ours(2)),
    Way(SERIAL, len(FEW), _ours_few),
    Way("papermill and `jupyter nbconvert`, from the command line", len(FEW), _command_lines),
    Way("papermill and nbconvert in one Python process", len(FEW), _python("warm_papermill")),
    Way(PLAIN, len(FEW), _python("plain")),
    Way(R_MARKDOWN, len(FEW), _r_markdown),
]

if __name__ == "__main__":
    main()
