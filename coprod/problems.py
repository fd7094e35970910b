"""What is wrong with a programme's folder: every problem at once, in words, with a remedy."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 80  # characters of what a person wrote; more would drown the words about it


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    Parameters
    ----------
    file : str
        The file's name in the programme's folder.
    problem, remedy : str
        What is wrong, and what to do about it.
    row : str
        The line as a spreadsheet numbers it, the header being row 1; "" for the whole file.
    column : str
        The column, or the key in a TOML file; "" where none.
    value : str
        What stands there now; a long one is cut.
    """

    file: str
    problem: str
    remedy: str
    row: str = ""
    column: str = ""
    value: str = ""

    def __post_init__(self) -> None:
        for part in ("column", "value"):
            object.__setattr__(self, part, getattr(self, part)[:LONGEST])


COLUMNS = ("file", "row", "column", "value", "problem", "remedy")


def table(problems: Iterable[Problem]) -> "pd.DataFrame":
    """Lay problems out as a table, shape (problems, 6), all text."""
    import pandas as pd

    assert set(COLUMNS) == {field.name for field in fields(Problem)}
    return pd.DataFrame([asdict(problem) for problem in problems], columns=list(COLUMNS), dtype=str)


class ProgrammeProblems(ValueError):
    """A programme's folder cannot be read as it is.

    Attributes
    ----------
    name : str
        The programme.
    problems : list of Problem
    """

    def __init__(self, name: str, problems: list[Problem]) -> None:
        super().__init__(name, problems)  # both, so that the error can cross from one process to another
        self.name = name
        self.problems = problems

    def __str__(self) -> str:
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        first = _told(self.problems[0])
        return f"data/{self.name} has {count}: {first} Type `coprod check {self.name}` for all."


class FileRefused(ProgrammeProblems):
    """A file from outside a programme cannot be taken in: a survey export, a coded sheet, a codebook.

    Attributes
    ----------
    name : str
        The file.
    problems : list of Problem
    """

    def __str__(self) -> str:
        first, *others = self.problems
        more = f" There {'is 1 more problem' if len(others) == 1 else f'are {len(others)} more problems'}."
        return f"{_told(first)}{more if others else ''} Nothing was taken in."


def _told(problem: Problem) -> str:
    row = f"row {problem.row}" if problem.row else ""
    where = ", ".join(part for part in (problem.file, row, problem.column) if part)
    value = f" ({problem.value!r})" if problem.value else ""
    return f"{where}{value}: {problem.problem} {problem.remedy}"


class NotInOrder(ValueError):
    """A report, or what is recorded of it, is not as it should be; the message says what to do."""
