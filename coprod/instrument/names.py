"""Codes for questions and answers where a tool does not take ours: short, and different from each other."""

import re
from collections.abc import Callable, Iterable

from coprod.names import slug


def codes(words: Iterable[str], make: Callable[[str], str], longest: int) -> list[str]:
    """Make a code of each of several texts.

    Parameters
    ----------
    words : iterable of str
    make : callable
        Makes a code of a text; where two are the same but for their case, a number is put behind.
    longest : int
        Characters of a code.

    Returns
    -------
    list of str
        In the order of the texts.
    """
    taken: set[str] = set()
    made = []
    for text in words:
        start = make(text)[:longest]
        code, number = start, 1
        while code.lower() in taken:
            number += 1
            code = f"{start[: longest - len(str(number))]}{number}"
        taken.add(code.lower())
        made.append(code)
    return made


def answer_code(label: str) -> str:
    """Make a code of a label that people can read: "Strongly agree" becomes "strongly_agree"."""
    return re.sub(r"[-_]+", "_", slug(label)).strip("_") or "answer"
