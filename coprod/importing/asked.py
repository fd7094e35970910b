"""Finding a question by the words that a person wrote for it."""

from collections.abc import Sequence

from coprod.importing.questions import Question, same_words


def find(questions: Sequence[Question], words: str) -> list[Question]:
    """Find the questions of one wave that some words mean.

    Parameters
    ----------
    questions : sequence of Question
    words : str
        A column of the export, the tool's code, the question, the statement of a grid, or both together.

    Returns
    -------
    list of Question
        More than one where the words fit several as well: then they are not enough.
    """
    meant = same_words(words)
    for spelled in (_columns, _with_stem, _alone):
        if found := [question for question in questions if meant in map(same_words, spelled(question))]:
            return found
    return []


def _columns(question: Question) -> tuple[str, ...]:
    return (question.name, *question.columns)


def _with_stem(question: Question) -> tuple[str, ...]:
    return (f"{question.stem} {question.text}",)


def _alone(question: Question) -> tuple[str, ...]:
    return (question.text,)
