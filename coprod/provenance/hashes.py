"""Hashes of files: plain ones of what is public, keyed ones of what respondents said.

Who knows that a survey had twelve people and three questions can try every set of answers until one has the
published hash. With a secret key mixed in (BLAKE2b, keyed), only who holds the key can. The mark in front of
the hash tells one key from another, and nothing about either.

Source
------
RFC 7693, "The BLAKE2 cryptographic hash and message authentication code", 2.5 and 3.
"""

import hashlib
from functools import partial
from hashlib import blake2b
from pathlib import Path

from coprod.folders import data_folder, framework_folder

FRAMEWORK = "data/framework"
FILES = (
    *("programme.toml", "codebook.csv", "scales.toml", "answers.csv", "counts.csv", "cases.toml"),
    *("evidence.csv", "codings.csv", "bearings.csv", "themes.csv", "excerpts.csv"),
    *("assumptions.csv", "decisions.csv"),
)


def sha256(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def mark(key: bytes) -> str:
    """Say in eight characters which key it is."""
    return blake2b(key=key, digest_size=4, person=b"coprod key").hexdigest()


def of_data(programme: str, key: bytes) -> dict[str, str]:
    """Hash what a programme's reports are made from, with the key.

    Parameters
    ----------
    programme : str
        The folder's name.
    key : bytes
        From :func:`coprod.importing.keys.read_key`.

    Returns
    -------
    dict of str to str
        ``data/<programme>/<file>`` to "blake2b-256, key <mark>: <hash>", for the files that a programme is
        read from, and one for the whole framework. Whatever else lies in the folder is not looked at.
    """
    hashed = {f"data/{programme}/{path.name}": _keyed(path, key) for path in paths_of_data(programme)}
    every = "\n".join(f"{path.name} {_keyed(path, key)}" for path in paths_of_framework())
    hashed[FRAMEWORK] = blake2b(every.encode(), key=key, digest_size=32).hexdigest()
    return {name: f"blake2b-256, key {mark(key)}: {digest}" for name, digest in hashed.items()}


def paths_of_data(programme: str) -> list[Path]:
    """List the files that a programme is read from, as far as they are there."""
    return [path for name in FILES if (path := data_folder() / programme / name).is_file()]


def paths_of_framework() -> list[Path]:
    """List the framework's files."""
    return sorted(framework_folder().glob("*.csv"))


def _keyed(path: Path, key: bytes) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, partial(blake2b, key=key, digest_size=32)).hexdigest()
