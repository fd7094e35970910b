"""A page as documents: Word for people who edit, PDF for people who print, send and archive.

Both are set from the page itself and from nothing else, so that all three say the same, and what may
not stand in a page cannot stand in a document.
"""

import os
from collections.abc import Callable
from pathlib import Path

from coprod.publish.documents.manuscript import Manuscript, read
from coprod.publish.refuse import CannotPublish

__all__ = ["PDF", "WORD", "Manuscript", "pdf", "read", "word"]

WORD, PDF = "report.docx", "report.pdf"


def word(page: str, folder: Path) -> Path:
    """Write a page as ``report.docx``: with headings, captions, alternative texts and no macro.

    Parameters
    ----------
    page : str
        From :func:`coprod.publish.page`.
    folder : Path
        Where it goes. A document that stands there stays whole when the new one cannot be made.

    Returns
    -------
    Path
        Of the document; the same page gives the same bytes.

    Raises
    ------
    CannotPublish
        It is not such a page, or cannot be set; the message says why.
    """

    def made() -> bytes:
        from coprod.publish.documents.in_word import set_word

        return set_word(page)

    return _written(made, folder / WORD)


def pdf(page: str, folder: Path, name: str = PDF) -> Path:
    """Write a page as a PDF: tagged, to PDF/UA-1 and PDF/A-2a; otherwise as :func:`word`.

    It is ``report.pdf``, or has a name of its own, as a page of :func:`coprod.publish.views.short` wants.
    """

    def made() -> bytes:
        from coprod.publish.documents.in_pdf import set_pdf

        return set_pdf(page)

    return _written(made, folder / name)


def _written(make: Callable[[], bytes], path: Path) -> Path:
    """Write the whole file or none of it."""
    try:
        made = make()
    except ImportError as error:
        raise CannotPublish(f"{path.name} needs the package {error.name}, which is not installed.") from error
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(made)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path
