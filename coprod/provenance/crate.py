"""A report's folder as an RO-Crate: what was run, on what, with what, and what came of it.

Data are never in the crate: of each file there is a name and a keyed hash. Start and end stand in it, so it
is the one file of a report that differs from run to run.

Source
------
RO-Crate Metadata Specification 1.1. Process Run Crate 0.5, profile of the Workflow Run RO-Crate collection.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.problems import NotInOrder
from coprod.provenance import hashes
from coprod.provenance.facts import Facts, now, versions

if TYPE_CHECKING:
    from rocrate.rocrate import ROCrate

CRATE = "ro-crate-metadata.json"
RUN = "#run"
PARAMETER = "#parameter/"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
# Not among RO-Crate 1.1's own terms.
TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
FORMATS = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}


def write_crate(folder: Path, facts: Facts, about: Mapping[str, Any]) -> Path:
    """Describe a report that is complete, in a file beside it.

    Parameters
    ----------
    folder : Path
        Everything in it is a result of the run.
    facts : Facts
    about : mapping
        What the report's title block told: ``title``, ``programme``, ``about``, ``licence``, ``attribution``.
        Empty where it has none.

    Returns
    -------
    Path
        ``ro-crate-metadata.json``.
    """
    end = now()
    title = about.get("title", facts.notebook)
    crate = new_crate(
        f"{title}: {about.get('programme', facts.parameters['programme'])}", about, end.date().isoformat()
    )
    add_files(crate, folder)
    _conform(crate)
    software = _software(crate)
    action = {
        "name": f"Run of {facts.notebook}",
        "description": f"papermill ran {facts.notebook}.ipynb with these parameters; coprod published it.",
        "startTime": facts.start.isoformat(),
        "endTime": end.isoformat(),
        "instrument": [software["coprod"], software["papermill"]],
        "object": [_notebook(crate, facts), *_inputs(crate, facts)],
        "result": list(crate.root_dataset["hasPart"]),
    }
    crate.root_dataset["mentions"] = _add(crate, RUN, "CreateAction", action)
    crate.metadata.write(folder)
    return folder / CRATE


def new_crate(name: str, about: Mapping[str, Any], published: str) -> "ROCrate":
    """Begin a crate: its name, what it is about, and the licence with whom to credit."""
    from rocrate.rocrate import ROCrate

    crate = ROCrate(version="1.1")
    crate.metadata.extra_terms.update(TERMS)
    licence = about.get("licence") or "Not stated"
    credit = {"name": licence, "description": about.get("attribution") or "Nobody is named."}
    crate.name = name
    crate.description = about.get("about") or name
    crate.license = _add(crate, "#licence", "CreativeWork", credit)
    crate.root_dataset["datePublished"] = published
    return crate


def add_files(crate: "ROCrate", folder: Path) -> None:
    """Describe every file of a folder, in the order of their names."""
    for name, path in files(folder).items():
        told = {"name": path.name, "contentSize": str(path.stat().st_size), "sha256": hashes.sha256(path)}
        if path.suffix in FORMATS:
            told["encodingFormat"] = FORMATS[path.suffix]
        crate.add_file(dest_path=name, properties=told)


def files(folder: Path) -> dict[str, Path]:
    """List a folder's files by their names in it, its own crate and hidden files left out."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    return {name: found[name] for name in sorted(found) if name != CRATE and "/." not in f"/{name}"}


def read_crate(folder: Path) -> dict[str, dict[str, Any]]:
    """Read a report's crate, each entity under its id.

    Raises
    ------
    NotInOrder
        There is none, it is cut short or damaged, or it is none of coprod's.
    """
    remedy = "Build the report again: coprod report."
    try:
        graph = json.loads((folder / CRATE).read_text(encoding="utf-8"))["@graph"]
        entities = {entity["@id"]: entity for entity in graph}
    except FileNotFoundError:
        raise NotInOrder(f"{folder} has no {CRATE}, so nobody knows what it should be. {remedy}") from None
    except (ValueError, TypeError, KeyError) as error:
        raise NotInOrder(f"{folder / CRATE} is cut short or damaged. {remedy}") from error
    if not {RUN, "./"} <= entities.keys():
        raise NotInOrder(f"{folder / CRATE} does not tell of a run by coprod. {remedy}")
    return entities


def parameters(crate: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Give the parameters that a crate's report was run with."""
    found = {name: entity.get("value") for name, entity in crate.items() if name.startswith(PARAMETER)}
    return {name.removeprefix(PARAMETER): value for name, value in found.items() if isinstance(value, str)}


def _conform(crate: "ROCrate") -> None:
    profile = {"name": "Process Run Crate", "version": "0.5"}
    crate.root_dataset["conformsTo"] = _add(crate, PROFILE, "CreativeWork", profile)


def _software(crate: "ROCrate") -> dict[str, Any]:
    """Add what ran: Python, coprod, and what coprod stands on."""
    made = {
        name: _add(
            crate, f"#software/{name}", "SoftwareApplication", {"name": name, "softwareVersion": number}
        )
        for name, number in versions().items()
    }
    made["coprod"]["softwareRequirements"] = [made[name] for name in made if name != "coprod"]
    return made


def _notebook(crate: "ROCrate", facts: Facts) -> Any:
    told = {"name": f"{facts.notebook}.ipynb", "sha256": facts.notebook_hash}
    if facts.commit:
        told["version"] = facts.commit
    return _add(crate, f"#notebooks/{facts.notebook}.ipynb", "SoftwareSourceCode", told)


def _inputs(crate: "ROCrate", facts: Facts) -> list[Any]:
    given = [
        _add(crate, f"{PARAMETER}{name}", "PropertyValue", {"name": name, "value": value})
        for name, value in facts.parameters.items()
    ]
    return given + [
        _add(crate, f"#{name}", "CreativeWork", {"name": name, "identifier": digest})
        for name, digest in facts.data.items()
    ]


def _add(crate: "ROCrate", identifier: str, kind: str, told: Mapping[str, Any]) -> Any:
    from rocrate.model import ContextEntity

    return crate.add(ContextEntity(crate, identifier, properties={"@type": kind, **told}))
