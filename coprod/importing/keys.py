"""The key that people's keys are made with, and the making of them.

Whoever holds an e-mail address could find its plain hash in a programme's folder. With a secret key mixed in
(BLAKE2b, keyed), only who holds the key as well can. It stays on this machine, outside the workbook; whoever
loses it gets new keys for everybody at the next import.

Source
------
RFC 7693, "The BLAKE2 cryptographic hash and message authentication code", 2.5 and 3.
"""

import os
import re
import secrets
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from coprod.folders import data_folder
from coprod.problems import FileRefused, Problem

SIZE = 32  # bytes of the key
DIGEST = (
    8  # bytes of a person's key: two of 100,000 people share one with a chance of 1 in 4 thousand million
)
OTHERS = 0o077  # the bits that let a group or anybody else in


def key_file() -> Path:
    """Say where the key is: where ``COPROD_KEY_FILE`` says, or in the home folder."""
    named = os.environ.get("COPROD_KEY_FILE")
    return Path(named) if named else Path.home() / ".config" / "coprod" / "key"


def read_key(*, make: bool = True) -> bytes:
    """Read the key; make it first where there is none.

    Parameters
    ----------
    make : bool
        Whether a new key is written down. A key that is not serves once, for a dry run.

    Raises
    ------
    FileRefused
        Others can read it, it is damaged, it cannot be read or made, or it lies in the data folder.
    """
    path = key_file()
    if data_folder().resolve() in path.resolve().parents:
        raise _refused("The key lies beside the answers.", "Put it elsewhere, or unset COPROD_KEY_FILE.")
    try:
        if not path.exists():
            if not make:
                return secrets.token_bytes(SIZE)
            _make(path)
        return _read(path)
    except OSError as error:
        said = f"The key file cannot be read or made: {error.strerror}."
        raise _refused(said, "Name another one in COPROD_KEY_FILE.") from error


def hashed(values: Iterable[str], key: bytes, programme: str, what: str) -> list[str]:
    """Make a key of 17 letters and digits for each value.

    The same value has the same key wherever it comes again in a programme, and another one in another
    programme. A key begins with a letter, so that no spreadsheet takes it for a number.

    Parameters
    ----------
    values : iterable of str
    key : bytes
        From `read_key`.
    programme : str
        The folder's name.
    what : str
        What the values are: those of different things have different keys.
    """
    start = blake2b(f"{programme}\x1f{what}\x1f".encode(), key=key, digest_size=DIGEST)
    made = []
    for value in values:
        one = start.copy()
        one.update(value.encode("utf-8", "surrogatepass"))
        made.append(f"p{one.hexdigest()}")
    return made


def _read(path: Path) -> bytes:
    if os.name == "posix" and path.stat().st_mode & OTHERS:
        raise _refused("Others can read the key file.", f"Type: chmod 600 '{path}'")
    text = path.read_text(encoding="ascii", errors="replace").strip()
    if not re.fullmatch(rf"[0-9a-f]{{{2 * SIZE}}}", text):
        remedy = "Put back the one that was there: with a new key everybody becomes somebody new."
        raise _refused("The key file does not hold a key.", remedy)
    return bytes.fromhex(text)


def _make(path: Path) -> None:
    """Write a new key whole and then put it in place, unless somebody else just has."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{secrets.token_hex(SIZE)}\n")
    try:
        os.link(part, path)
    except FileExistsError:
        pass  # made at the same moment by another import: theirs serves both
    finally:
        part.unlink()


def _refused(said: str, remedy: str) -> FileRefused:
    name = key_file().name
    return FileRefused(name, [Problem(name, said, remedy)])
