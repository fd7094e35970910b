"""Names of items, of scales, of places: short, different from each other, and valid in every file."""

import re
from collections.abc import Collection

from coprod.codebook import PERSON_COLUMNS
from coprod.names import slug
from coprod.settings import KEY

LONGEST = 40  # characters of a name made from words; a code may be longer
LIMIT = 60  # characters of any name
CODE = re.compile(r"[A-Za-z][\w.\[\]-]{0,59}")


def item_name(words: str, longest: int = LONGEST) -> str:
    """Make a name of words: small letters, digits and _, cut between words; "" where nothing is left."""
    name = "" if (made := slug(words)) == "unnamed" and "unnamed" not in words.lower() else made
    name = re.sub(r"[-_]+", "_", name).strip("_")
    while len(name) > longest:
        name = name.rpartition("_")[0] or name[:longest]
    return name


def code_name(code: str, text: str) -> str:
    """Make a name of the tool's code where it has one that is not the question itself."""
    if code != text and CODE.fullmatch(code):
        return code if re.fullmatch(KEY, code) else item_name(code, LIMIT)
    return item_name(text)


def different(name: str, taken: Collection[str], otherwise: str = "item") -> str:
    """Make a name different from those taken, and from the columns of answers.csv."""
    start = name or otherwise
    if start in PERSON_COLUMNS:
        start = f"question_{start}"
    made, number = start, 1
    while made in taken:
        number += 1
        made = f"{start[: LIMIT - len(str(number)) - 1].rstrip('_')}_{number}"
    return made
