"""Commands about reports that are made, looked after and passed on."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from coprod.cli.choice import Names, chosen
from coprod.cli.printing import build, near, show_problems, show_stale, show_states, show_timings, summary

if TYPE_CHECKING:
    from coprod.reports import Built
    from coprod.reports.staleness import Standing


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
    scheduler: Annotated[
        str, typer.Option(help="Build on a cluster: slurm, or a Dask scheduler's tcp://HOST:PORT.")
    ] = "",
    force: Annotated[bool, typer.Option(help="Build also what is up to date.")] = False,
    dry_run: Annotated[
        bool, typer.Option(help="Say what would be built and why, and build nothing.")
    ] = False,
    timings: Annotated[bool, typer.Option(help="Say where each report's seconds went.")] = False,
) -> None:
    """Build the reports that are stale, and the page that lists all."""
    from coprod.reports import alone

    choice = {"only": only, "place": place, "wave": wave, "audience": audience, "formats": formats}
    if dry_run:
        standing, broken = _standing(chosen(programmes), choice, force, make_key=False)
        show_stale(standing)
        raise typer.Exit(1 if broken else 0)
    with alone(lambda: typer.echo("Another coprod report is at work here; this one waits for it.", err=True)):
        standing, broken = _standing(chosen(programmes), choice, force)
        built, said = _build(standing, jobs, scheduler)
    summary(built)
    if timings:
        show_timings(built)
    typer.echo(said)
    raise typer.Exit(1 if broken or any(one.error for one in built) else 0)


def _build(standing: "list[Standing]", jobs: int, scheduler: str = "") -> "tuple[list[Built], str]":
    """Build what is stale, and the page that lists all reports; say how it went."""
    from coprod.reports import write_index
    from coprod.reports.staleness import renew

    stale = [one for one in standing if one.why]
    renew(standing)
    built = build({one.report: one.found for one in stale}, jobs, scheduler)
    failed = [one for one in built if one.error]
    index = write_index()
    return built, f"{_said(len(built), len(failed), len(standing) - len(stale))} Open {near(index)}"


def _said(built: int, failed: int, fresh: int) -> str:
    if built:
        return f"{built - failed} of {built} reports built{f'; {fresh} up to date' if fresh else ''}."
    if not fresh:
        return "No report was built."
    return "The report is up to date." if fresh == 1 else f"All {fresh} reports are up to date."


def _standing(
    names: list[str], choice: dict[str, Any], force: bool, *, make_key: bool = True
) -> "tuple[list[Standing], bool]":
    """Say how programmes' reports stand, and whether a programme is broken; its problems are shown."""
    from coprod.problems import ProgrammeProblems
    from coprod.provenance import Inputs
    from coprod.reports import outline, planned
    from coprod.reports.staleness import standings

    inputs = Inputs(make_key=make_key)
    standing: list[Standing] = []
    broken = False
    for name in names:
        try:
            wanted = planned(outline(name), **{part: given or None for part, given in choice.items()})
            standing += standings(name, wanted, inputs, force=force)
        except ProgrammeProblems as error:
            broken = True
            show_problems(f"data/{name}", error.problems)
    return standing, broken


def watch(
    programmes: Names = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many reports at the same time.")] = os.cpu_count()
    or 1,
) -> None:
    """Build reports again whenever their data change, until Ctrl-C."""
    from coprod.reports.watching import watch

    def rebuild(names: list[str]) -> str:
        from coprod.reports import alone

        with alone(lambda: None):
            built, said = _build(_standing(names, {}, False)[0], jobs)
        summary([one for one in built if one.error])
        return said

    watch(programmes or [], rebuild, typer.echo)


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
