"""What each column of a LimeSurvey export holds, from the survey's structure, and what stands above it.

A column is headed by a code ("Q3[SQ001]", or "Q3_SQ001"), by the text of the question with the statement in
brackets, whole or cut short ("How much do.. [The workshop..]"), or by both. Texts may be of any language of
the survey. What brackets hold that LimeSurvey itself wrote ("Other", "Rank 1", "Scale 2") is not compared, as
its words follow the language too.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from coprod.exports.coded import apart
from coprod.exports.export import IDENTIFIER, ITEM, METADATA, NUMBER, OPTION, TEXT
from coprod.exports.headers import cleaned
from coprod.exports.limesurvey_structure import Choice, Question, Structure, said
from coprod.exports.open_answers import OTHER_WORDS

OTHER, OTHER_CODE = "Other", "-oth-"
OTHERS = (
    "other",
    "sonstiges",
    "andere",
    "autre",
    "otro",
    "altro",
    "outro",
    "anders",
    "annat",
    "arall",
    "inne",
)
FIXED = {
    "Y": {"Y": "Yes", "N": "No"},
    "G": {"F": "Female", "M": "Male"},
    "C": {"Y": "Yes", "U": "Uncertain", "N": "No"},
    "E": {"I": "Increase", "S": "Same", "D": "Decrease"},
    "5": {str(point): str(point) for point in range(1, 6)},
    "A": {str(point): str(point) for point in range(1, 6)},
    "B": {str(point): str(point) for point in range(1, 11)},
}
OPEN = {
    "K": NUMBER,
    "N": NUMBER,
    ":": NUMBER,
    "Q": TEXT,
    ";": TEXT,
    "S": TEXT,
    "T": TEXT,
    "U": TEXT,
    "D": TEXT,
}
ASIDE = {
    "|": (IDENTIFIER, "The files that people sent, and their names."),
    "I": (METADATA, "The language that was chosen."),
    "X": (METADATA, "A text on the page, and no question."),
}


class Place(NamedTuple):
    """What a column holds.

    Attributes
    ----------
    code : str
        What LimeSurvey writes above it where codes were asked for.
    question : str
        The code of its question.
    role : str
        As a column's; "" where the answers must tell.
    text, group, option, why : str
        As a column's.
    labels : mapping of str to str
        What the codes mean, in order.
    words : mapping of str to str
        The label for what an answer says in any language, squashed.
    strict : bool
        Whether an answer that is neither a code nor a label is wrong: LimeSurvey's own labels, such as
        "Yes", follow a language that the structure does not tell.
    headings : frozenset of str
        Texts that may stand above it, squashed.
    free : bool
        Whether the last brackets of the heading are LimeSurvey's own words.
    """

    code: str
    question: str
    role: str
    text: str
    group: str = ""
    option: str = ""
    why: str = ""
    labels: Mapping[str, str] = {}
    words: Mapping[str, str] = {}
    strict: bool = False
    headings: frozenset[str] = frozenset()
    free: bool = False


def squashed(text: str) -> str:
    """Take out what differs between a text and the heading made of it: tags, blanks, underscores, case."""
    return "".join(cleaned(text).replace("_", " ").split()).casefold()


def places(structure: Structure) -> list[Place]:
    """List what the columns of an export of the survey hold, in order."""
    titles = {question.code: said(question.texts, structure.language) for question in structure.questions}
    times = Counter(titles.values())
    found: list[Place] = []
    for question in structure.questions:
        title = titles[question.code] or question.code
        if times[title] > 1:
            title = f"{title} ({question.code})"
        found += [*_asked(question, title, structure.language), *_beside(question, title)]
    return found


def fits(heading: str, place: Place) -> bool:
    """Say whether a heading, squashed, is that of a place; ".." in it stands for what was cut off."""
    if place.free:
        heading, bracket, _ = heading.rpartition("[")
        if not bracket:
            return False
    if heading in place.headings:
        return True
    return ".." in heading and any(_is_cut(heading, text) for text in place.headings)


def _is_cut(heading: str, text: str) -> bool:
    first, *middle, last = heading.split("..")
    if not text.startswith(first):
        return False
    at = len(first)
    for piece in middle:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return len(text) - at >= len(last) and text.endswith(last)


def _asked(question: Question, title: str, language: str) -> Iterator[Place]:
    """List the places of the question itself, and of its statements or options."""
    kind, (parts, columns) = question.kind, question.parts
    if kind in ASIDE:
        role, why = ASIDE[kind]
        yield _place(question, (), "", role, title)._replace(why=why)
    elif kind in "MP":
        for part in parts:
            option = said(part.texts, language) or part.code
            yield _place(question, (part,), f"[{part.code}]", OPTION, title)._replace(
                group=title, option=option
            )
    elif kind == "R":
        yield from _ranks(question, title, language)
    elif kind in ":;":
        for part, other in product(parts, columns):
            text = f"{title}: {said(part.texts, language)}, {said(other.texts, language)}"
            yield _place(question, (part, other), f"[{part.code}_{other.code}]", OPEN[kind], text)
    elif kind in OPEN:
        for part in parts:
            text = f"{title.rstrip(':')}: {said(part.texts, language) or part.code}"
            yield _place(question, (part,), f"[{part.code}]", OPEN[kind], text)
        if not parts:
            yield _place(question, (), "", OPEN[kind], title)
    else:
        yield from _chosen(question, title, language)


def _chosen(question: Question, title: str, language: str) -> Iterator[Place]:
    """List the places in which one answer was chosen; of a type that is not known, the answers must tell."""
    scales = [_labels(question, 0, language)]
    if question.kind == "1":
        scales.append(_labels(question, 1, language))
    for part in question.parts[0] or (None,):
        for number, (labels, words) in enumerate(scales, start=1):
            text = (said(part.texts, language) or part.code) if part else title
            code = (f"[{part.code}]" if part else "") + (f"[{number}]" if len(scales) > 1 else "")
            place = _place(question, (part,) if part else (), code, ITEM if labels else "", text)
            yield place._replace(
                text=f"{text} (scale {number})" if len(scales) > 1 else text,
                group=title if part else "",
                labels=labels,
                words=words,
                strict=question.kind not in FIXED,
                free=len(scales) > 1,
            )


def _ranks(question: Question, title: str, language: str) -> Iterator[Place]:
    labels, words = _labels(question, 0, language)
    for rank in range(1, max(len(labels), len(question.parts[0])) + 1):
        place = _place(question, (), f"[{rank}]", ITEM, f"Rank {rank}")
        yield place._replace(group=title, labels=labels, words=words, strict=True, free=True)


def _beside(question: Question, title: str) -> Iterator[Place]:
    """List the places of words beside what was chosen."""
    free = {"strict": False, "free": True}
    if question.other and question.kind in "MP":
        yield _place(question, (), "[other]", OPTION, title)._replace(group=title, option=OTHER, **free)
    elif question.other:
        yield _place(question, (), "[other]", TEXT, f"{title}: {OTHER_WORDS}")._replace(**free)
    if question.kind == "O":
        yield _place(question, (), "[comment]", TEXT, f"{title}: comment")._replace(**free)
    if question.kind == "P":
        for code in [*(part.code for part in question.parts[0]), *["other"] * question.other]:
            text = f"{title}: comment on {code}"
            yield _place(question, (), f"[{code}comment]", TEXT, text)._replace(**free)
    if question.kind == "|":
        count = _place(question, (), "[filecount]", METADATA, title)
        yield count._replace(why="How many files were sent.", **free)


def _place(question: Question, parts: Sequence[Choice], code: str, role: str, text: str) -> Place:
    headings = frozenset(
        squashed(told + "".join(f"[{said(part.texts, language)}]" for part in parts))
        for language, told in question.texts.items()
    )
    return Place(question.code + code, question.code, role, text, headings=headings)


def _labels(question: Question, scale: int, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Give the labels of a scale by code, and by what they say in any language."""
    if question.kind in FIXED:
        labels = FIXED[question.kind]
        return labels, {squashed(label): label for label in labels.values()}
    answers: Iterable[Choice] = question.answers[scale] or (question.parts[0] if question.kind == "R" else ())
    answers = list(answers)
    labels = apart({answer.code: said(answer.texts, language) or answer.code for answer in answers})
    if question.other:
        labels = apart({**labels, OTHER_CODE: OTHER})
    meant: dict[str, set[str]] = {word: {labels[OTHER_CODE]} for word in OTHERS if question.other}
    for answer in answers:
        for text in answer.texts.values():
            meant.setdefault(squashed(text), set()).add(labels[answer.code])
    return labels, {word: next(iter(meanings)) for word, meanings in meant.items() if len(meanings) == 1}
