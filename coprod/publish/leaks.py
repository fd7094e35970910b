"""The last look at a report before it is published, for what only the answers may say.

Everything in a report has come through :mod:`coprod.privacy`. Here nothing of that is trusted: every piece
of text of every file is held against the answers themselves. Looked for are people's keys and codes, rows
of answers, what people wrote and may not be quoted with, personal details that have a form, tables as pandas
prints them, and people counted in groups that are too small.

What is looked for is chosen so that a report in order is not stopped: a single answer, a first name in a
sentence or a number of two digits could be anything, and is not found; nor is what only a person recognises.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from coprod.markup import ANSWERS_SAID, HEADINGS
from coprod.masking import E_MAIL, PATTERNS, USER, WEB
from coprod.privacy import PUBLIC_SMALLEST
from coprod.programme import Programme
from coprod.publish import traces
from coprod.publish.contained import columns, pieces
from coprod.publish.refuse import CannotPublish
from coprod.publish.traces import APART, Look, shortened

OWN = ("name", "title", "about", "source", "licence", "attribution", "respondents")
FORMS = [(pattern, mask) for pattern, mask in PATTERNS if mask not in (USER, WEB)]  # a link is no secret
# What stands in whatever has such a form: "7 of 9" is looked at no further.
AT = re.compile(r"[@\uff20]|(?i: at .{0,99} dot |[(\[{]\s?at\s?[)\]}])")
NUMBER = re.compile(r"[^\W\d]\d|\d[\d\s().-]{5}|\d\w?,?\s(?!of\b)[^\W\d]")
SHORTEST = 5  # letters: a postcode
DIGEST = re.compile(r"(?<!\w)[0-9a-f]{32,128}(?!\w)")
PRINTED = re.compile(
    r"\[\d+ rows x \d+ columns\]|\bdtype: (?:object|str|category|bool|u?int\d+|float\d+)\b"
    r"|^0 {2,}\S.*\n1 {2,}\S|^dataframe$",
    re.MULTILINE,
)
COUNT = r"(?:about )?(?:\d+% \()?\d+ of (?:the )?(\d+)\)?"
CELL, BASE = re.compile(COUNT), re.compile(r"(?:about )?(\d+)(?:\.0)?")
BASES = ("base", HEADINGS["base_said"])
TOLD = 5  # of what was found, in the message


def check(folder: Path, programme: Programme, audience: str) -> None:
    """Look through every file of a finished report.

    Parameters
    ----------
    folder : Path
    programme : Programme
        As the report's notebook opened it: whole, or narrowed to a place or wave. Everybody's answers are
        looked for; what may be quoted is what that notebook may quote.
    audience : {"internal", "public"}

    Raises
    ------
    CannotPublish
        The message says what was found in which file, or which file cannot be looked into.
    """
    smallest = max(programme.smallest_group, PUBLIC_SMALLEST if audience == "public" else 0)
    looks = _looks(programme, audience, smallest)
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        said = [name, *filter(str.strip, pieces(path))]
        told = chain.from_iterable(look(said) for look in looks)
        found += [f"{name} holds {what}" for what in (*told, *_in_tables(path, programme, smallest))]
    if found:
        more = f"; and {len(found) - TOLD} more" if len(found) > TOLD else ""
        raise CannotPublish(f"Nothing is published: {'; '.join(found[:TOLD])}{more}.")


def _looks(programme: Programme, audience: str, smallest: int) -> list[Look]:
    own = " ".join(" ".join(_own(programme)).split())
    everybody = programme.whole or programme
    words = traces.of_words(everybody, traces.quoted(programme, audience, smallest), own)
    once = (traces.of_keys(everybody, own), words, _of_forms(own), _of_counts(programme, smallest))
    return [*map(_unseen, once), traces.of_rows(everybody), _printed]


def _own(programme: Programme) -> Iterator[str]:
    """Yield what a programme says of itself: its team's address, its questions, the labels of answers."""
    yield from (getattr(programme, part) for part in OWN)
    for keyed in (programme.places, programme.waves, programme.sectors, programme.sources):
        yield from chain.from_iterable(keyed.items())
    yield from chain(programme.items.index, programme.items["text"], programme.items["section"])
    for scale in programme.scales.values():
        yield from (*scale.answers, scale.says, scale.says_not)


def _unseen(look: Look) -> Look:
    """Look at each piece once: a report's files mostly say the same."""
    seen: set[str] = set()

    def look_once(said: list[str]) -> Iterable[str]:
        new = [piece for piece in dict.fromkeys(said) if piece not in seen]
        seen.update(new)
        return look(new)

    return look_once


def _of_forms(own: str) -> Look:
    """Look for personal details by their form, but for those that the programme itself gives out."""

    def look(said: list[str]) -> Iterator[str]:
        long_enough = [piece for piece in said if len(piece) >= SHORTEST]
        with_at, with_number = (
            DIGEST.sub("", APART.join(filter(needed.search, long_enough))) for needed in (AT, NUMBER)
        )
        for pattern, mask in FORMS:
            for found in pattern.finditer(with_at if mask == E_MAIL else with_number):
                masked = found.expand(mask) if isinstance(mask, str) else mask(found)
                if masked != found[0] and found[0].strip() not in own:
                    yield f"a personal detail, {masked}"

    return look


def _printed(said: list[str]) -> Iterator[str]:
    printed = PRINTED.finditer("\n".join(said))
    return (f"a table as pandas prints it, {shortened(found[0])}" for found in printed)


def _of_counts(programme: Programme, smallest: int) -> Look:
    """Look in sentences for "7 of 9" people, or of those who answered, or agreed."""
    says = chain.from_iterable((scale.says, scale.says_not) for scale in programme.scales.values())
    about = filter(None, {programme.respondents, "people", "answered", *says})
    of_people = re.compile(rf"\b{COUNT} (?:{'|'.join(map(re.escape, about))})\b")

    def look(said: list[str]) -> Iterator[str]:
        found = chain.from_iterable(of_people.finditer(piece) for piece in said if " of " in piece)
        return (_few(one[0], smallest) for one in found if 0 < int(one[1]) < smallest)

    return look


def _in_tables(path: Path, programme: Programme, smallest: int) -> Iterator[str]:
    """Find in tables of people's answers what rests on too few; other tables may count what they like."""
    answers = chain.from_iterable(scale.answers for scale in programme.scales.values())
    counted = {*answers, *ANSWERS_SAID.values(), HEADINGS["said"], *BASES}
    for heading, cell in columns(path, counted):
        people = (BASE if heading in BASES else CELL).fullmatch(cell.strip())
        if people and 0 < int(people[1]) < smallest:
            yield _few(cell, smallest)


def _few(said: str, smallest: int) -> str:
    return f"a count of fewer than {smallest} people, {shortened(said)}"
