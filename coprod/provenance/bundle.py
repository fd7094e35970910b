"""One zip of a programme's reports for one audience, for a website or a repository such as Zenodo.

Only reports that are built, unchanged and up to date go in, with what says whose they are; and nothing else.
"""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from coprod.folders import data_folder, workbook_folder
from coprod.names import unknown
from coprod.provenance.crate import CRATE, NotInOrder, add_files, files, new_crate, parameters, read_crate
from coprod.provenance.verify import AS_RECORDED, ELSEWHERE, verify
from coprod.reports.planning import ABOUT, PAGE, Report, planned
from coprod.settings import AUDIENCES

if TYPE_CHECKING:
    from coprod.programme import Programme

CITATION = "CITATION.cff"
SPDX = {"CC BY 4.0": "CC-BY-4.0", "CC0": "CC0-1.0", "MIT": "MIT"}
BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, for zip files


def bundle(programme: "Programme", audience: str, target: Path) -> Path:
    """Put a programme's reports for an audience into one zip file.

    Parameters
    ----------
    programme : Programme
    audience : {"public", "internal"}
    target : Path
        The zip file; one that is there is replaced when the new one is complete.

    Returns
    -------
    Path
        The same reports give the same bytes.

    Raises
    ------
    UnknownName
        There is no such audience.
    NotInOrder
        The programme asks for no such report; or one is not built, not as recorded, or for somebody else; or
        the file cannot be written. All of them are named.
    """
    if audience not in AUDIENCES:
        raise unknown("audience", audience, AUDIENCES)
    reports = [report for report in planned(programme) if report.audience == audience]
    if not reports:
        raise NotInOrder(f"{programme.name} asks for no {audience} report: add one to its programme.toml.")
    faults = [fault for report in reports for fault in _faults(report)]
    if faults:
        again = f"Nothing was bundled. Build them again: coprod report {programme.name}"
        raise NotInOrder("\n".join([*faults, again]))
    try:
        with TemporaryDirectory(prefix=".bundle-", dir=target.parent) as folder:
            _fill(Path(folder) / "in", programme, reports)
            _zip(Path(folder) / "in", Path(folder) / "out.zip")
            os.replace(Path(folder) / "out.zip", target)
    except OSError as error:
        remedy = "Look for room on the disk, and for who may write there. Nothing was changed."
        raise NotInOrder(f"{target} cannot be written: {error.strerror}. {remedy}") from error
    return target


def _faults(report: Report) -> list[str]:
    """Say why a report may not be passed on; nothing where it may."""
    if not report.folder.is_dir():
        return [f"{report.name}: not built"]
    try:
        states = verify(report.folder)
        stated = {parameters(read_crate(report.folder)).get("audience"), _about(report).get("audience")}
    except NotInOrder as error:
        return [f"{report.name}: {error}"]
    differing = states[~states["state"].isin((AS_RECORDED, ELSEWHERE))]
    faults = [f"{report.name}: {row.file}: {row.state}" for row in differing.itertuples()]
    if stated != {report.audience}:
        faults.append(f"{report.name}: it says itself that it is not {report.audience}")
    return faults


def _about(report: Report) -> dict[str, str]:
    """Read what a report says of itself."""
    try:
        told = json.loads((report.folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _fill(folder: Path, programme: "Programme", reports: list[Report]) -> None:
    """Lay out what goes into the zip."""
    from coprod.publish import index_page
    from coprod.reports.building import entry

    for report in reports:
        shutil.copytree(report.folder, folder / report.name)
    listed = (replace(entry(report.folder / ABOUT), href=f"{report.name}/{PAGE}") for report in reports)
    _write(folder / PAGE, index_page(listed))
    _write(folder / "README.txt", _readme(programme, reports))
    _write(folder / "LICENSE-DATA", _licence(programme))
    shutil.copyfile(workbook_folder() / "LICENSE", folder / "LICENSE")
    _write(folder / CITATION, _citation(programme))
    if (own := data_folder() / programme.name / CITATION).exists():
        shutil.copyfile(own, folder / CITATION)
    ends = [read_crate(report.folder)["./"]["datePublished"] for report in reports]
    told = {part: getattr(programme, part) for part in ("about", "licence", "attribution")}
    crate = new_crate(f"{programme.title}: reports", told, max(ends))
    add_files(crate, folder)
    crate.metadata.write(folder)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _readme(programme: "Programme", reports: list[Report]) -> str:
    """Say what is in the zip, as plain text: nothing in a title can be more than words there."""
    from coprod.display import AUDIENCES_SAID, INVENTED

    listed = [f"{report.name}/index.html: {_said(_about(report))}" for report in reports]
    warning = [INVENTED] if programme.kind == "synthetic" else []
    paragraphs = [
        f"{_line(programme.title)}: reports",
        *warning,
        _line(programme.about),
        f"For: {AUDIENCES_SAID[reports[0].audience]}.",
        "\n".join(listed),
        "index.html lists them, and opens in any browser, also without a network. Beside each is the same "
        f"report for other programs, and {CRATE}, which says how it was made and from what. The answers are "
        "not in here.",
        f"Source: {_line(programme.source)}",
        f"LICENSE-DATA says how the reports and their figures may be used, and {CITATION} how to cite them. "
        "LICENSE is that of the program, whose style sheet stands in each page.",
    ]
    return "\n\n".join(paragraphs) + "\n"


def _said(about: dict[str, str]) -> str:
    parts = (_line(about.get(part, "")) for part in ("title", "place", "wave", "date"))
    return ", ".join(part for part in parts if part)


def _licence(programme: "Programme") -> str:
    """Give the programme's licence, and below it what the workbook says of its own words in the reports."""
    terms = f"Licence: {_line(programme.licence)}\nCredit: {_line(programme.attribution)}"
    workbook = (workbook_folder() / "LICENSE-DATA").read_text(encoding="utf-8")
    introduced = f"Of what the reports take from the coprod workbook, it says:\n\n{workbook}"
    return f"{_line(programme.title)}\n\n{terms}\n\n{introduced}"


def _citation(programme: "Programme") -> str:
    """Write a citation file from what the programme says; JSON's strings are strings of YAML as well."""
    credit = _line(programme.attribution)
    lines = {
        "cff-version": "1.2.0",
        "message": f"If you use these reports, cite them and their source. {credit}",
        "type": "dataset",
        "title": f"{_line(programme.title)}: reports",
        "abstract": _line(programme.about),
        "authors": [{"name": credit}],
        "date-released": programme.date.isoformat(),
        "references": [{"type": "data", "title": _line(programme.source), "authors": [{"name": credit}]}],
    }
    if programme.licence in SPDX:
        lines["license"] = SPDX[programme.licence]
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())


def _line(text: str) -> str:
    return " ".join(str(text).split())


def _zip(folder: Path, target: Path) -> None:
    """Zip a folder's files: in order, and without the times and rights that differ from run to run."""
    paths = {CRATE: folder / CRATE, **files(folder)}
    with ZipFile(target, "w") as packed:
        for name in sorted(paths):
            entry = ZipInfo(name, BEGINNING)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # Unix, whatever this machine is
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, paths[name].read_bytes())
