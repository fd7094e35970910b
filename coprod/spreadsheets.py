"""A spreadsheet that somebody sent, looked at from outside before anything in it is unpacked."""

import zipfile
import zlib
from pathlib import Path

from coprod.problems import Problem

MOST_RATIO = 200  # times that a part grows when unpacked; sheets of the same few answers grow 20 to 40 times
SMALL = 10_000_000  # bytes; however much it grew, a part as small as this harms nobody
SAVE_AS = "Save it again as 'Excel workbook (.xlsx)', without a password."
START = 4_096  # bytes of a part in which a document type would stand
ENCRYPTED = 0x1
OLD = b"\xd0\xcf\x11\xe0"  # what .xls begins with, and a workbook with a password


def problem_of_package(path: Path, largest: int) -> Problem | None:
    """Say why a workbook must not be unpacked, or nothing.

    A part that says too small a size of itself is no worry: it fails to unpack.

    Parameters
    ----------
    path : Path
    largest : int
        Bytes that it may have once unpacked.
    """
    if not path.is_file():
        return Problem(path.name, "There is no such file.", "Look for its name, and for its folder.")
    try:
        with path.open("rb") as file:
            if file.read(len(OLD)) == OLD:
                return Problem(path.name, "The file is an old .xls, or has a password.", SAVE_AS)
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if any(_declares(packed, part) for part in parts):
                return Problem(path.name, "The file hides declarations that no spreadsheet makes.", SAVE_AS)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return Problem(path.name, "The file is no spreadsheet of the kind .xlsx, or not whole.", SAVE_AS)
    size = sum(part.file_size for part in parts)
    grown = any(
        part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts
    )
    if size > largest or grown:
        said = f"Unpacked it would have {size / 1e6:,.0f} million bytes; {largest / 1e6:,.0f} are allowed"
        said += ", and no part may grow so much." if grown else "."
        return Problem(path.name, said, "Copy the cells into a new workbook, and save that.")
    return None


def _declares(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Find a document type, by which XML can be made to grow; whether a parser obeys it depends on which."""
    if not part.filename.endswith((".xml", ".rels")) or part.flag_bits & ENCRYPTED:
        return False
    try:
        with packed.open(part) as opened:
            return b"<!DOCTYPE" in opened.read(START).replace(b"\0", b"").upper()
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return False  # whoever reads it will find it damaged
