"""Which reports a programme has, and where they are published."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.folders import programme_folder, workbook_folder
from coprod.names import slug, unknown
from coprod.settings import AUDIENCES, FORMATS, ProgrammeEntry, ReportEntry

if TYPE_CHECKING:
    from coprod.programme import Programme

PAGE, ABOUT = "index.html", "report.json"  # in a report's folder: the page, and what it tells of itself


@dataclass(frozen=True)
class Report:
    """One report to build: a notebook with its parameters.

    Parameters
    ----------
    programme, notebook, audience : str
    place, wave : str or None
        Keys; None for all of them.
    formats : tuple of str
        What is made of it; the page is always among it.
    """

    programme: str
    notebook: str
    audience: str
    place: str | None = None
    wave: str | None = None
    formats: tuple[str, ...] = FORMATS

    @property
    def name(self) -> str:
        """Return the report's folder name: notebook and parameters, safe in a path."""
        return "-".join(slug(part) for part in (self.notebook, self.place, self.wave, self.audience) if part)

    @property
    def folder(self) -> Path:
        """Return where the report is published."""
        return reports_folder() / self.programme / self.name

    @property
    def parameters(self) -> dict[str, str]:
        """Return what the notebook is run with; what is None keeps the notebook's own value."""
        given = asdict(self)
        parts = ("programme", "audience", "place", "wave")
        return {part: given[part] for part in parts if given[part] is not None}


@dataclass(frozen=True)
class Outline:
    """As much of a programme as it takes to plan its reports; a :class:`Programme` serves as well."""

    name: str
    title: str
    kind: str
    places: Mapping[str, str]
    waves: Mapping[str, str]
    reports: Sequence[ReportEntry]


def outline(name: str) -> "Outline | Programme":
    """Read what reports a programme asks for; its answers may take seconds to read, and are left alone.

    Raises
    ------
    UnknownName
        There is no such programme.
    ProgrammeProblems
        Its ``programme.toml`` cannot be read; all problems of the folder are in the error.
    """
    path = programme_folder(name) / "programme.toml"
    try:
        told = ProgrammeEntry.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        from coprod.opening import read

        return read(name)
    return Outline(name, told.title, told.kind, told.places, told.waves, told.reports)


def reports_folder() -> Path:
    """Return the folder that reports are published in."""
    return workbook_folder() / "reports"


def notebook_names() -> list[str]:
    """List the notebooks that can be run as reports."""
    return sorted(path.stem for path in (workbook_folder() / "notebooks").glob("*.ipynb"))


def planned(
    programme: "Programme | Outline",
    *,
    only: str | None = None,
    place: str | None = None,
    wave: str | None = None,
    audience: str | None = None,
    formats: Sequence[str] | None = None,
) -> list[Report]:
    """List the reports that a programme asks for, or those of them that a person chose.

    Parameters
    ----------
    programme : Programme or Outline
    only, place, wave, audience : str, optional
        Keep the reports of one notebook, place, wave or audience. A choice that ``programme.toml`` does
        not ask for is still made, for the notebook chosen or for the programme's own.
    formats : sequence of str, optional
        Make these of each, whatever ``programme.toml`` asks for.

    Raises
    ------
    UnknownName
        There is no such notebook, place, wave, audience or format.
    """
    chosen = {"notebook": only, "place": place, "wave": wave, "audience": audience}
    valid = {
        "notebook": notebook_names(),
        "place": programme.places,
        "wave": programme.waves,
        "audience": AUDIENCES,
    }
    for form in formats or ():
        if form not in FORMATS:
            raise unknown("format", form, FORMATS)
    for part, given in chosen.items():
        if given is not None and given not in valid[part]:
            raise unknown(part, given, valid[part])
    asked = {part: given for part, given in chosen.items() if given is not None}
    wanted = list(_asked_for(programme))
    kept = [
        report for report in wanted if all(getattr(report, part) == given for part, given in asked.items())
    ]
    kept = kept or _made_to_order(programme, wanted, asked)
    return [replace(report, formats=tuple(formats)) for report in kept] if formats else kept


def _asked_for(programme: "Programme | Outline") -> Iterator[Report]:
    for entry in programme.reports:
        places = list(programme.places) if "place" in entry.each else [None]
        waves = list(programme.waves) if "wave" in entry.each else [None]
        for place in places:
            for wave in waves:
                yield Report(
                    programme.name, entry.notebook, entry.audience, place, wave, tuple(entry.formats)
                )


def _made_to_order(
    programme: "Programme | Outline", wanted: list[Report], asked: dict[str, str]
) -> list[Report]:
    """Apply the choice to each notebook the programme uses, where it asks for no such report itself."""
    if not asked:
        return wanted
    notebooks = [asked["notebook"]] if "notebook" in asked else [report.notebook for report in wanted]
    return [
        replace(Report(programme.name, notebook, "internal"), **asked)
        for notebook in dict.fromkeys(notebooks or ["learning_report"])
    ]
