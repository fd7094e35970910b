"""Long sentences as lists, and hard words in plain ones. What a sentence says is never changed."""

import re
from collections.abc import Iterable, Sequence

from coprod.publish.views.reading import Fact

OPENS, CLOSES = "“(", "”)"
COUNTED = re.compile(r"\d|.*\)$", re.DOTALL)  # "6 reached", "Norfolk (Social isolation)"
# What a sentence of a report may hold, and what a reader who has not met it needs to know.
WORDS = (
    (
        "95% interval",
        r"95% interval",
        "With other people like these, the number would most likely be in this range.",
    ),
    ("About", r"\babout \d", "The number is rounded, so that nobody can be recognised."),
    (
        "Shares in words",
        r"\b(few or none|about half|nearly all)\b|[:,] (some|most) ",
        "Few or none is up to 15 in 100. Some is less than 40, about half 40 to 60, most up to 85, and "
        "nearly all 85 or more.",
    ),
    ("Net", r"\bnet [+−-]?\d", "Those who improved, less those who got worse."),
    ("Favourable", r"\bfavourable", "A good sign. Mostly it means to agree."),
    ("Wave", r"\bwaves?\b", "One round of asking the same questions."),
    ("Case study", r"\bcase stud(y|ies)\b", "The story of one place's project."),
    ("Outcome", r"\boutcomes?\b", "What came of a project, good or bad."),
    ("Enabler", r"\benablers?\b", "Something that helped, as those who were there tell it."),
    ("Barrier", r"\bbarriers?\b", "Something that got in the way, as those who were there tell it."),
    ("Observation", r"\bobservations?\b", "One thing that somebody said or wrote, in our own words."),
    ("Sector", r"\bsectors?\b", "Where people work, such as a university, a council or a charity."),
)


def as_list(sentence: str) -> tuple[str, list[str]]:
    """Cut a sentence that lists things into its beginning and a list.

    Parameters
    ----------
    sentence : str
        Nothing is cut within quotes and brackets.

    Returns
    -------
    str
        What comes before the list, with its colon; or the whole sentence, where it lists nothing.
    list of str
        What stands between semicolons, or between commas if all of it is counts or ends in brackets.
    """
    before, *rest = _cut(sentence, ": ")
    if len(rest) != 1 or len(_cut(rest[0], ". ")) > 1 or sentence.endswith(" each."):
        return sentence, []
    listed = _cut(rest[0].removesuffix("."), "; ")
    if len(listed) == 1:
        listed = [part for some in _cut(listed[0], ", ") for part in _cut(some, " and ")]
        if not all(COUNTED.match(part) for part in listed):
            return sentence, []
    return (f"{before}:", listed) if len(listed) > 1 else (sentence, [])


def sentences(text: str) -> list[str]:
    """Cut a text into its sentences."""
    *others, last = _cut(text, ". ")
    return [*(f"{sentence}." for sentence in others), last]


def _cut(text: str, mark: str) -> list[str]:
    """Cut at a mark outside quotes and brackets."""
    within, start, parts = 0, 0, []
    for place, letter in enumerate(text):
        within = max(0, within + (letter in OPENS) - (letter in CLOSES))
        if not within and text.startswith(mark, place):
            parts.append(text[start:place])
            start = place + len(mark)
    return [*parts, text[start:]]


def explained(said: Iterable[str], glossary: Sequence[Fact]) -> list[Fact]:
    """List the hard words of some sentences: as the page explains them, and then as we do."""
    words = "\n".join(said)
    return [*glossary, *(Fact(name, means) for name, found, means in WORDS if re.search(found, words))]
