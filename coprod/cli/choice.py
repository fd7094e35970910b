"""Which programmes a command is about."""

from typing import Annotated, Optional

import typer

Names = Annotated[Optional[list[str]], typer.Argument(help="Programmes; all of them when left out.")]  # noqa: UP045


def chosen(programmes: list[str] | None) -> list[str]:
    """Give the programmes that were named, or all of them."""
    from coprod.folders import programme_folder, programme_names

    if not programmes:
        return programme_names()
    for name in programmes:
        programme_folder(name)
    return programmes
