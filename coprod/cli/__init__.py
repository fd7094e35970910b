"""The command line: thin. Exit 0: all well; 1: something failed or was found; 2: the command is off."""

import os
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from coprod.cli import publishing, teaching
from coprod.cli.choice import Names, chosen
from coprod.cli.printing import near, row, show_problems
from coprod.names import UnknownName

app = typer.Typer(
    name="coprod",
    help="Workshop surveys and case studies of co-production programmes, into learning reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; what a person can mend is said in words, never as a traceback."""
    from coprod.folders import NoWorkbook
    from coprod.problems import FileRefused, NotInOrder, ProgrammeProblems

    try:
        app()
    except FileRefused as error:
        show_problems(error.name, error.problems)
        sys.exit(1)
    except (UnknownName, NotInOrder, ProgrammeProblems, OSError) as error:
        typer.echo(str(error), err=True)
        sys.exit(2 if isinstance(error, UnknownName | NoWorkbook) else 1)


@app.command("list")
def list_programmes() -> None:
    """Show the programmes, their reports, and which of them are up to date."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from coprod.folders import programme_names
    from coprod.problems import ProgrammeProblems
    from coprod.provenance import Inputs
    from coprod.reports import outline, planned
    from coprod.reports.staleness import standings

    inputs = Inputs(make_key=False)
    table = Table("report", "how it stands", "built", title="Programmes and their reports")
    for name in programme_names():
        table.add_section()
        try:
            programme = outline(name)
            standing = standings(name, planned(programme), inputs)
        except ProgrammeProblems as error:
            table.add_row(f"[bold]{name}[/]: {len(error.problems)} to mend; type coprod check {name}")
            continue
        table.add_row(f"[bold]{name}[/]: {escape(programme.title)}, {programme.kind}")
        for one in standing:
            table.add_row(*row(one))
    Console().print(table)


@app.command()
def check(programmes: Names = None) -> None:
    """Show every problem of a programme's folder, with what to do about it."""
    from coprod.checks import read_folder
    from coprod.opening import programme_folder

    found = {name: read_folder(programme_folder(name))[1] for name in chosen(programmes)}
    for name, problems in found.items():
        if problems:
            show_problems(f"data/{name}", problems)
        else:
            typer.echo(f"{name}: no problems")
    raise typer.Exit(1 if any(found.values()) else 0)


for command in (publishing.report, publishing.watch, publishing.verify, publishing.bundle, teaching.teach):
    app.command()(command)


@app.command("import")
def import_answers(
    to: Annotated[str, typer.Option(help="The programme's folder; a new one is made.")],
    files: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Argument(help="An export, and the key or dictionary that says what its codes mean."),
    ] = None,
    wave: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="An export for each wave, in the order of time: before=FILE."),
    ] = None,
    tool: Annotated[str, typer.Option(help="Which tool made the export; found out when left out.")] = "",
    item_map: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--map", help="items.csv: which question of which wave is which item."),
    ] = None,
    place: Annotated[str, typer.Option(help="The question that asks for the place.")] = "",
    sector: Annotated[str, typer.Option(help="The question that asks for the sector.")] = "",
    keep_text: Annotated[bool, typer.Option(help="Take in people's own words, masked.")] = False,
    exact_links: Annotated[bool, typer.Option(help="Link people by the very same code only.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Show what would be done, and write nothing.")] = False,
) -> None:
    """Turn a survey tool's export into a programme, personal data left out."""
    from coprod.importing.command import run

    chosen = {"tool": tool, "waves": wave or [], "item_map": item_map, "place": place, "sector": sector}
    flags = {"keep_text": keep_text, "exact_links": exact_links, "dry_run": dry_run}
    raise typer.Exit(run(files or [], to, **chosen, **flags))


@app.command()
def instrument(
    to: Annotated[Path, typer.Option(help="The file to write: .xlsx, .txt or .docx.")],
    programme: Annotated[str, typer.Argument(help="Whose questionnaire.")] = "demo",
    form: Annotated[str, typer.Option("--as", help="xlsform, limesurvey or docx.")] = "xlsform",
    wave: Annotated[str, typer.Option(help="Only the questions of this wave.")] = "",
) -> None:
    """Write a programme's questions as a survey for Kobo, LimeSurvey or Microsoft Forms."""
    from coprod.instrument import run
    from coprod.opening import read

    typer.echo(f"Wrote {near(run(read(programme), form, to, wave))}.")


@app.command()
def code(
    programme: Annotated[str, typer.Argument(help="The programme whose evidence is coded.")],
    to: Annotated[str, typer.Option(help="Write a sheet to code in, to this .xlsx file.")] = "",
    back: Annotated[str, typer.Option("--from", help="Read a coded sheet from this .xlsx file.")] = "",
    coder: Annotated[str, typer.Option(help="Who coded the sheet that is read.")] = "",
    codebook: Annotated[str, typer.Option(help="Write the codes to this .qdc file (REFI-QDA).")] = "",
) -> None:
    """Code evidence in a spreadsheet or another program, and bring it back."""
    from coprod import coding
    from coprod.opening import read

    if [bool(to), bool(back), bool(codebook)].count(True) != 1 or bool(back) != bool(coder):
        raise typer.BadParameter(
            "Give one of --to FILE.xlsx, --from FILE.xlsx --coder NAME, --codebook FILE.qdc."
        )
    data = read(programme)
    if to:
        typer.echo(f"Wrote {near(coding.write_sheet(data, Path(to)))}.")
    elif codebook:
        typer.echo(f"Wrote {near(coding.write_qdc(Path(codebook)))}.")
    else:
        readings = coding.read_sheet(Path(back), data)
        saved = coding.save_codings(data, readings, coder)
        typer.echo(f"Read {len(readings)} rows by {coder} into {near(saved)}.")
        if data.coding.how != "two coders":
            typer.echo(f'Now write in data/{programme}/programme.toml, under [coding]: how = "two coders"')


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="The new folder's name: small letters, digits, - and _.")],
) -> None:
    """Make an empty programme to fill in."""
    from coprod.scaffold import make

    typer.echo(f"Made {near(make(name))}. Fill in its files, then type: coprod check {name}")


@app.command()
def lab() -> None:
    """Open JupyterLab at notebooks/start_here.ipynb."""
    from coprod.folders import workbook_folder

    start = workbook_folder() / "notebooks" / "start_here.ipynb"
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", str(start)])
