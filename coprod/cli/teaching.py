"""The command for those who teach with the workbook."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from coprod.cli.printing import near


def teach(
    sessions: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(help="Sessions, in full or by their letter, a to f; all of them when left out."),
    ] = None,
    programme: Annotated[str, typer.Option(help="Whose data; those of each notebook when left out.")] = "",
    to: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="The folder for them; teaching/ when left out."),
    ] = None,
) -> None:
    """Write both copies of a teaching session, and sheets to print."""
    from coprod.teaching import SESSIONS
    from coprod.teaching.sessions import named
    from coprod.teaching.writing import CannotTeach, write

    failed = False
    for session in dict.fromkeys(map(named, sessions or SESSIONS)):
        try:
            typer.echo(f"Wrote {near(write(session, programme, to))}.")
        except CannotTeach as error:
            failed = True
            typer.echo(str(error), err=True)
    raise typer.Exit(failed)
