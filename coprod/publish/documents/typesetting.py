"""Typst, with the same letters on every machine."""

from pathlib import Path
from typing import Any

import typst

from coprod.publish.documents.letters import FONTS
from coprod.publish.refuse import CannotPublish


def compiled(template: Path, **options: Any) -> Any:
    """Compile a template, which stands in a folder with all that it reads.

    Returns
    -------
    bytes, or list of bytes
        A PDF; or for ``format="png"`` a picture, or one for each page when there are several.

    Raises
    ------
    CannotPublish
        It cannot be compiled, or not to the standards asked for; the message says why.
    """
    try:
        return typst.compile(template, font_paths=[FONTS], ignore_system_fonts=True, **options)
    except RuntimeError as error:
        raise CannotPublish(f"The document cannot be set: {error}") from error
