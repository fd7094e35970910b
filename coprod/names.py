"""Names that a person typed and that may be misspelt."""

import re
import reprlib
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_shortened = reprlib.Repr()
_shortened.maxstring = 80


class UnknownName(ValueError):
    """A programme, place, wave, audience, notebook or parameter that does not exist."""


def unknown(what: str, given: object, valid: Iterable[str]) -> UnknownName:
    """Make the error for a name that does not exist, with the nearest ones that do.

    Parameters
    ----------
    what : str
        What is named, in one word: ``"place"``.
    given : object
        What was typed.
    valid : iterable of str
        The names that exist.

    Returns
    -------
    UnknownName
        To be raised by the caller.
    """
    names = sorted(valid)
    shown = _shortened.repr(given)
    if not names:
        return UnknownName(f"There is no {what} {shown}: there are none here.")
    near = get_close_matches(str(given).lower(), names, n=3, cutoff=0.6)
    if near:
        return UnknownName(f"There is no {what} {shown}. Did you mean {_either(near)}?")
    return UnknownName(f"There is no {what} {shown}. There is {_either(names[:12])}.")


def slug(text: str) -> str:
    """Turn text into a name that is safe in a path: lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_]+", "-", plain.lower()).strip("-") or "unnamed"


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
