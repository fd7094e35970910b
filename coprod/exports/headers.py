"""What stands above a column, as a person would read it: no tags, no line breaks, no name twice."""

import re
from collections.abc import Sequence
from html import unescape

_BREAK = re.compile(r"(?i)</?(?:br|p|div|li|ul|ol|h[1-6]|tr|td)\b[^<>]{0,500}>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_UNSEEN = re.compile("[\ufeff\u200b\u2060\u00ad]")  # no width, so that nobody sees what differs


def cleaned(header: str) -> str:
    """Take HTML tags, line breaks and doubled blanks out of a header."""
    plain = unescape(_TAG.sub("", _BREAK.sub(" ", header)))
    return " ".join(_UNSEEN.sub("", plain).split())


def named(headers: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Give every column a name of its own.

    Returns
    -------
    names : list of str
        The cleaned headers. "Column 7" where there is none, "Other (2)" where one stands there again.
    decided : tuple of str
        Which those are.
    """
    plain = [cleaned(header) or f"Column {place}" for place, header in enumerate(headers, start=1)]
    names: list[str] = []
    bare = [str(place) for place, header in enumerate(headers, start=1) if not cleaned(header)]
    decided = [f"Nothing stands above columns {', '.join(bare)}: they are called by number."] if bare else []
    taken = set(plain)
    seen: set[str] = set()
    for name in plain:
        own = name if name not in seen else _again(name, taken)
        taken.add(own)
        seen.add(own)
        names.append(own)
    twice = [name for name in dict.fromkeys(plain) if plain.count(name) > 1]
    decided += [f"'{name}' stands above {plain.count(name)} columns: they are numbered." for name in twice]
    return names, tuple(decided)


def _again(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"
