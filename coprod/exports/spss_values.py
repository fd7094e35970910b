"""The values and the labels of an SPSS file, read by pyreadstat in a process of its own.

Its C library trusts what a file says of itself: some damaged files end the process that reads them. So
another process does, and only what it hands back is believed. Dates stay numbers, as SPSS holds some that
Python cannot.
"""

import math
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coprod.exports.raw import WIDEST

STARTS = (b"$FL2", b"$FL3")  # of .sav and .zsav; what begins otherwise is a .por
MOST_CELLS = 100_000_000  # a packed file can hold more than any memory does
SENDER = "from coprod.exports.spss_values import send; send()"


class Unreadable(ValueError):
    """A file that cannot be read."""


class TooLarge(ValueError):
    """A file that holds more than any survey."""


class OtherEncoding(ValueError):
    """Words that are not in the encoding that was taken for theirs."""


@dataclass(frozen=True)
class Held:
    """What a file holds.

    Attributes
    ----------
    values : DataFrame, shape (cases, variables)
        Numbers, and text where a variable holds words.
    texts, formats, measures : dict of str to str
        By variable: its label, how it is shown, and how it was measured.
    words : dict of str to bool
        Whether a variable holds words and not numbers.
    labels : dict of str to dict
        Labels by value, by variable.
    missing : dict of str to list of dict
        Ranges that are declared missing, with the ends "lo" and "hi", by variable.
    sets : dict of str to dict
        The multiple response sets.
    encoding : str
    """

    values: pd.DataFrame
    texts: dict[str, str]
    formats: dict[str, str]
    words: dict[str, bool]
    measures: dict[str, str]
    labels: dict[str, dict[Any, str]]
    missing: dict[str, list[dict[str, Any]]]
    sets: dict[str, dict[str, Any]]
    encoding: str


def held_in(path: Path, encoding: str = "") -> Held:
    """Read a file in another process.

    Parameters
    ----------
    path : Path
    encoding : str
        Left out: the one that the file names.

    Raises
    ------
    Unreadable, TooLarge, OtherEncoding
    """
    run = subprocess.run(
        [sys.executable, "-c", SENDER, str(path), encoding], capture_output=True, check=False
    )
    if run.returncode or not run.stdout:
        raise Unreadable
    sent = pickle.loads(run.stdout)  # made by `send`, just now
    if isinstance(sent, Held):
        return sent
    raise sent


def send() -> None:
    """Write what a file holds, or why it cannot be read, to where :func:`held_in` reads it."""
    path, encoding = sys.argv[1:]
    try:
        sent: Held | ValueError = parsed(Path(path), encoding)
    except (Unreadable, TooLarge, OtherEncoding) as error:
        sent = type(error)()
    sys.stdout.buffer.write(pickle.dumps(sent, protocol=pickle.HIGHEST_PROTOCOL))


def parsed(path: Path, encoding: str = "") -> Held:
    """Read a file here and now: for :func:`send`, and for files that are known to be whole.

    Raises
    ------
    Unreadable, TooLarge, OtherEncoding
    """
    try:
        return _held(*_read(path, encoding))
    except (TooLarge, OtherEncoding):
        raise
    except UnicodeError as error:
        raise OtherEncoding from error
    except Exception as error:  # pyreadstat raises what its C library and pandas raise
        raise (OtherEncoding if "encoding" in str(error) else Unreadable) from error


def _held(table: pd.DataFrame, meta: Any) -> Held:
    names = meta.column_names
    if not table.columns.is_unique or list(table) != names:
        raise Unreadable
    words = {name: not pd.api.types.is_numeric_dtype(table[name]) for name in names}
    table = table.assign(**{name: table[name].fillna("") for name in names if words[name]})
    right = {name: str if words[name] else (int, float) for name in names}
    return Held(
        table.replace([float("inf"), float("-inf")], float("nan")),
        dict(zip(names, [text or "" for text in meta.column_labels], strict=True)),
        {name: meta.original_variable_types.get(name) or "" for name in names},
        words,
        {name: meta.variable_measure.get(name) or "" for name in names},
        {
            name: {value: label or "" for value, label in labels.items() if _finite(value, right[name])}
            for name, labels in meta.variable_value_labels.items()
        },
        {
            name: [each for each in ranges if all(isinstance(end, right[name]) for end in each.values())]
            for name, ranges in meta.missing_ranges.items()
        },
        meta.mr_sets or {},
        str(meta.file_encoding),
    )


def _finite(value: Any, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and (isinstance(value, str) or math.isfinite(value))


def _read(path: Path, encoding: str) -> tuple[pd.DataFrame, Any]:
    import pyreadstat

    with path.open("rb") as file:
        portable = not file.read(4).startswith(STARTS)
    how: dict[str, Any] = {"disable_datetime_conversion": True, "output_format": "pandas"}
    if not portable:
        how |= {"user_missing": True, "encoding": encoding or None}
    reader = pyreadstat.read_por if portable else pyreadstat.read_sav
    _, meta = reader(path, metadataonly=True, **how)
    if not 0 < len(meta.column_names) <= WIDEST:
        raise TooLarge
    most = MOST_CELLS // len(meta.column_names)
    table, meta = reader(path, row_limit=most + 1, **how)
    if len(table) > most:
        raise TooLarge
    return table, meta
