"""What a questionnaire asks, in order: places and sectors from the settings, questions from the codebook.

There is one source, a programme's own folder; every tool's file is written from the same form, so that the
words and the labels, by which an import knows questions and answers again, are the same everywhere.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from coprod.codebook import SCALED
from coprod.problems import Problem, ProgrammeProblems
from coprod.programme import Programme

PLACE, SECTOR = "place", "sector"  # an item cannot have these names
WHERE, FOR_WHOM = "Where do you take part?", "For whom do you take part?"
ABOUT_YOU, BEFORE = "About you", "Before you start"
YES_NO = ("Yes", "No")
CONSENT = (
    "[Write here who asks and what for, who will see the answers, how long they are kept, how to withdraw, "
    "and whom to ask. Your organisation's data protection officer has words for it.]"
)
INVENTED = "[This is the questionnaire of an invented programme: put your own places and sectors in.]"
OPTIONAL = "Taking part is up to you, and you can leave questions out."
PRIVACY = (
    "Please give no names, yours included, and no addresses or telephone numbers. Groups of fewer than "
    "{smallest_group} {respondents} are never shown."
)
# Neither XML nor a spreadsheet can hold them.
_NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Question:
    """A question.

    Attributes
    ----------
    key : str
        The item of the codebook, or `PLACE` or `SECTOR`.
    text : str
    kind : str
        As in the codebook.
    scale : str
        What questions with the same answers share; "" where there are none to choose from.
    answers : tuple of str
        To choose from: labels, lowest first, and then non-answers.
    needed : bool
        Whether it cannot be left out: in a programme with places, nobody is without one.
    """

    key: str
    text: str
    kind: str
    scale: str = ""
    answers: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True)
class Section:
    """Questions under one heading, which may be blank."""

    title: str
    questions: tuple[Question, ...]

    def blocks(self) -> Iterator[tuple[Question, ...]]:
        """Give statements to be rated on one scale together, and every other question by itself."""

        def block(numbered: tuple[int, Question]) -> tuple[str, int]:
            number, question = numbered
            return (question.scale, -1) if question.kind == "scale" else ("", number)

        for _, numbered in groupby(enumerate(self.questions), key=block):
            yield tuple(question for _, question in numbered)


@dataclass(frozen=True)
class Form:
    """A questionnaire: one wave's, or all that a programme asks.

    Attributes
    ----------
    name : str
        For machines: the programme's folder, and the wave.
    title : str
    before : tuple of str
        Paragraphs that people read first.
    sections : tuple of Section
    """

    name: str
    title: str
    before: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def questions(self) -> list[Question]:
        """All questions, in order."""
        return [question for section in self.sections for question in section.questions]


def make_form(programme: Programme, wave: str = "") -> Form:
    """Make the questionnaire of a programme.

    Parameters
    ----------
    programme : Programme
    wave : str
        Only what this wave asks; "" for all questions.

    Raises
    ------
    ProgrammeProblems
        There are no questions.
    UnknownName
        There is no such wave.
    """
    title = plain(programme.title)
    if wave:
        title = f"{title}: {plain(programme.where(wave=wave).waves[wave])}"
    questions = [
        (plain(item.section), _question(item, programme))
        for item in programme.items.itertuples()
        if not (wave and item.waves) or wave in item.waves
    ]
    if not questions:
        said = f"There are no questions{f' for {wave!r}' if wave else ''}."
        problem = Problem("codebook.csv", said, "Write down what is to be asked: see data/README.md.")
        raise ProgrammeProblems(programme.name, [problem])
    about = [(ABOUT_YOU, question) for question in _about_you(programme)]
    sections = tuple(
        Section(title, tuple(question for _, question in under))
        for title, under in groupby([*about, *questions], key=lambda one: one[0])
    )
    name = f"{programme.name}-{wave}" if wave else programme.name
    return Form(name, title, _before(programme), sections)


def plain(text: str) -> str:
    """Make text fit for every file: no line breaks and doubled blanks, no characters that are no text."""
    return " ".join(_NO_TEXT.sub("", text).split())


def _question(item: tuple, programme: Programme) -> Question:
    if item.kind in SCALED or (item.kind == "consent" and item.scale):
        scale = programme.scales[item.scale]
        answers = tuple(map(plain, scale.labels + scale.non_answers))
        return Question(item.Index, plain(item.text), item.kind, item.scale, answers)
    if item.kind == "consent":
        return Question(item.Index, plain(item.text), item.kind, item.Index, YES_NO)
    return Question(item.Index, plain(item.text), item.kind)


def _about_you(programme: Programme) -> Iterator[Question]:
    if programme.places:
        yield _chosen(PLACE, WHERE, programme.places, needed=True)
    if programme.sectors:
        yield _chosen(SECTOR, FOR_WHOM, programme.sectors, needed=False)


def _chosen(key: str, text: str, titles: Mapping[str, str], *, needed: bool) -> Question:
    return Question(key, text, "choice", key, tuple(map(plain, titles.values())), needed)


def _before(programme: Programme) -> tuple[str, ...]:
    respondents = plain(programme.respondents)
    privacy = PRIVACY.format(smallest_group=programme.smallest_group, respondents=respondents)
    invented = (INVENTED,) if programme.kind == "synthetic" else ()
    return (*invented, CONSENT, OPTIONAL, privacy)
