"""Teaching: six sessions for twelve people and ninety minutes, and what their notebooks need.

The sessions are the notebooks in ``notebooks/teaching``; ``coprod teach`` writes copies of them.
"""

from coprod.teaching.analysts import analyst, most_contested
from coprod.teaching.apart import taken_apart
from coprod.teaching.asking import every_answer, some_questions, two_columns
from coprod.teaching.mirrors import log, questions_about
from coprod.teaching.own_problem import problem
from coprod.teaching.sessions import SESSIONS, suits

__all__ = [
    "SESSIONS",
    "analyst",
    "every_answer",
    "log",
    "most_contested",
    "problem",
    "questions_about",
    "some_questions",
    "suits",
    "taken_apart",
    "two_columns",
]
