"""Building reports: each is published whole or not at all, and one that fails stops no other."""

import datetime as dt
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.reports.executors import executor
from coprod.reports.placing import in_words, place
from coprod.reports.planning import ABOUT, PAGE, Report, outline, planned, reports_folder
from coprod.reports.running import run

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from coprod.programme import Programme
    from coprod.provenance import Record
    from coprod.publish import Entry

INDEX_RECORD = ".index"
LONG = 0.1  # seconds; cells that take less are not worth a look


@dataclass(frozen=True)
class Built:
    """What came of a report: ``error`` is "" when it was published; ``timings`` are seconds, part by part."""

    report: Report
    error: str = ""
    timings: Mapping[str, float] = field(default_factory=dict)


def build_all(
    reports: Iterable[Report],
    *,
    jobs: int = 1,
    scheduler: str = "",
    done: Callable[[Built], None] = lambda built: None,
    found: "Mapping[Report, Record] | None" = None,
) -> list[Built]:
    """Build reports side by side; one that fails stops no other.

    Parameters
    ----------
    reports : iterable of Report
    jobs : int
        How many at the same time.
    scheduler : str
        Where they are built, as for :func:`coprod.reports.executors.executor`.
    done : callable
        Called with each one as it ends, for a progress bar.
    found : mapping of Report to Record, optional
        From :func:`coprod.reports.staleness.standings`: what is read of the files, for the reports' records.

    Returns
    -------
    list of Built
        In the order of ``reports``.
    """
    reports = list(reports)
    built: dict[Report, Built] = {}
    most = len(reports) if scheduler else min(jobs, len(reports))  # a cluster's size is its own affair
    with executor(max(1, most), scheduler) as workers:
        waiting = {workers.submit(build, report, (found or {}).get(report)): report for report in reports}
        for ended in as_completed(waiting):
            report = waiting[ended]
            error = ended.exception()
            built[report] = ended.result() if error is None else Built(report, in_words(error))
            done(built[report])
    return [built[report] for report in reports]


def build(report: Report, found: "Record | None" = None) -> Built:
    """Run a report's notebook and publish its page; a failure leaves the last good one in place.

    ``found`` says what is read of the files, if they are still the same as when it was found out.
    """
    from coprod import provenance
    from coprod.publish import leaks, masthead_of, outputs

    name, timings = f"{report.programme}/{report.name}", {}
    try:
        with _work_folder() as folder, provenance.run_log(name, report.parameters) as log:
            inputs = provenance.Inputs().of(report)  # now: what changes meanwhile is stale afterwards
            facts = provenance.gather(report.notebook, report.parameters)
            log.facts(facts)
            notebook = _run(report, folder / "executed.ipynb", timings)
            log.notebook(notebook)
            made = folder / "made"
            made.mkdir()
            shown = outputs.write(notebook, made, report.formats, timings)
            about = {**masthead_of(notebook), "thumbnail": shown}
            (made / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
            provenance.write_crate(made, facts, about)  # the last: it describes all the others
            leaks.check(made, _part(report, inputs["data"]), report.audience)
            log.timings(timings)
            provenance.write_record(made, inputs, found)
            place(made, report.folder)
    except Exception as error:  # whatever it is, the other reports go on, and the person reads it in words
        return Built(report, in_words(error))
    return Built(report, timings=timings)


def _run(report: Report, executed: Path, timings: dict[str, float]) -> "NotebookNode":
    """Run a report's notebook, and note how long its kernel took to start and each cell that took long."""
    ran = run(report.notebook, report.parameters, executed)
    timings["kernel"] = ran.kernel
    for number, seconds in enumerate(ran.cells[bool(report.parameters) :], start=1):
        if seconds > LONG:
            timings[f"cell [{number}]"] = seconds
    return ran.notebook


def _part(report: Report, data: str) -> "Programme":
    """Open what a report is about."""
    return _whole(report.programme, data).where(place=report.place, wave=report.wave)


@lru_cache(maxsize=1)
def _whole(programme: str, data: str) -> "Programme":
    """Open a programme once for all reports that this process builds of the same ``data``, told by their hash."""
    from coprod.opening import read

    return read(programme)


def write_index() -> Path:
    """Write the page that lists every report there is, also those whose programme is broken by now.

    It is left alone where it has been made from the same reports.
    """
    from coprod.provenance import Inputs

    abouts = list(reports_folder().glob(f"[!.]*/*/{ABOUT}"))  # and nothing that is being made just now
    orders = {programme: _order(programme) for programme in {path.parts[-3] for path in abouts}}
    abouts.sort(key=lambda path: _place_in_list(path, orders[path.parts[-3]]))
    index, record = reports_folder() / PAGE, reports_folder() / INDEX_RECORD
    made_from = Inputs().of_index(abouts)
    if index.exists() and record.exists() and record.read_bytes() == made_from.encode():
        return index
    from coprod.publish import index_page

    with _work_folder() as folder:  # a disk that is full leaves the last one whole
        (folder / PAGE).write_text(index_page(map(entry, abouts)), encoding="utf-8", newline="\n")
        (folder / INDEX_RECORD).write_text(made_from, encoding="utf-8")
        os.replace(folder / PAGE, index)
        os.replace(folder / INDEX_RECORD, record)
    return index


def _place_in_list(path: Path, order: list[str]) -> tuple[str, int, str]:
    """Put a programme's reports in the order in which it asks for them; any others follow."""
    programme, name = path.parts[-3:-1]
    return programme, order.index(name) if name in order else len(order), name


def _order(programme: str) -> list[str]:
    try:
        return [report.name for report in planned(outline(programme))]
    except ValueError:  # an unknown or a broken programme
        return []


def entry(path: Path) -> "Entry":
    """Give what the list of reports says of one, from the file in which it tells of itself."""
    from coprod.publish import Entry

    about = json.loads(path.read_text(encoding="utf-8"))
    return Entry(
        programme=path.parts[-3],
        programme_title=about["programme"],
        report_title=about["title"],
        href="/".join((*path.parts[-3:-1], PAGE)),
        date=dt.date.fromisoformat(about["date"]),
        sizes={file.name: file.stat().st_size for file in path.parent.iterdir() if file.is_file()},
        thumbnail=about.get("thumbnail", ""),
        **{part: about[part] for part in ("about", "kind", "place", "wave", "audience")},
    )


@contextmanager
def _work_folder() -> Iterator[Path]:
    reports_folder().mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".work-", dir=reports_folder()) as folder:
        yield Path(folder)
