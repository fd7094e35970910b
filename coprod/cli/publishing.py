"""Commands about reports that are made, looked after and passed on."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from coprod.cli.choice import Names, chosen
from coprod.cli.printing import build, near, show_problems, show_states, summary

if TYPE_CHECKING:
    from coprod.reports import Report


def report(
    programmes: Names = None,
    only: Annotated[str, typer.Option(help="Only the reports of this notebook.")] = "",
    place: Annotated[str, typer.Option(help="Only this place.")] = "",
    wave: Annotated[str, typer.Option(help="Only this wave.")] = "",
    audience: Annotated[str, typer.Option(help="Only this audience: internal or public.")] = "",
    formats: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--format", help="Only html, docx or pdf, which may be said again; there is always a page."
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many at the same time.")] = os.cpu_count() or 1,
) -> None:
    """Build the reports, and the page that lists them."""
    from coprod.reports import write_index

    choice = {"only": only, "place": place, "wave": wave, "audience": audience, "formats": formats}
    wanted, broken = _wanted(chosen(programmes), choice)
    built = build(wanted, jobs)
    failed = [one for one in built if one.error]
    summary(built)
    index = write_index()
    said = f"{len(built) - len(failed)} of {len(built)} reports built." if built else "No report was built."
    typer.echo(f"{said} Open {near(index)}")
    raise typer.Exit(1 if failed or broken else 0)


def _wanted(names: list[str], choice: dict[str, Any]) -> "tuple[list[Report], bool]":
    """List the reports of some programmes, and say whether one of these is broken; its problems are shown."""
    from coprod.opening import read
    from coprod.problems import ProgrammeProblems
    from coprod.reports import planned

    wanted: list[Report] = []
    broken = False
    for name in names:
        try:
            programme = read(name)
        except ProgrammeProblems as error:
            broken = True
            show_problems(f"data/{name}", error.problems)
            continue
        wanted += planned(programme, **{part: given or None for part, given in choice.items()})
    return wanted, broken


def verify(
    report: Annotated[str, typer.Argument(help="Such as demo/learning_report-public, or a report's folder.")],
) -> None:
    """Say whether a report, its data and its notebook are still as recorded."""
    from coprod import provenance

    states = provenance.verify(report)
    differing = states["state"].isin(provenance.DIFFERENT)
    show_states(report, states[states["state"] != provenance.AS_RECORDED])
    typer.echo(f"{report}: {differing.sum() or 'no'} of {len(states)} files differ from what was recorded.")
    raise typer.Exit(1 if differing.any() else 0)


def bundle(
    programme: Annotated[str, typer.Argument(help="Whose reports.")],
    audience: Annotated[str, typer.Option(help="public or internal.")] = "public",
    to: Annotated[Optional[Path], typer.Option(help="The zip file; PROGRAMME-AUDIENCE.zip here.")] = None,  # noqa: UP045
) -> None:
    """Put a programme's reports into one zip, for a website or a repository such as Zenodo."""
    from coprod.opening import read
    from coprod.provenance import bundle

    target = to or Path(f"{programme}-{audience}.zip")
    typer.echo(f"Wrote {near(bundle(read(programme), audience, target))}.")
