"""Small exports in the shapes of survey tools, with people in them who do not exist."""

import csv
from pathlib import Path

AGREE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
HEARD, TIME, ATTEND = "I felt heard.", "We had enough time.", "How did you attend?"
WORDS, CODE = "Anything else?", "Please make your own code: two letters and two digits"
PEOPLE = (
    "Ada Quillfeather",
    "Bram Oxtoby",
    "Cleo Vantongeren",
    "Dov Marchetti",
    "Esi Blankson",
    "Finn Urquhart",
)
MAILS = tuple(f"{name.split()[0].lower()}.{name.split()[1].lower()}@example.org" for name in PEOPLE)
CODES = ("AB12", "CD34", "EF56", "GH78", "JK90", "LM23")


def write_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows(rows)
    return path


def answers(count: int = 6, shift: int = 0) -> dict[str, list[str]]:
    """Answer three questions, each person in another way."""
    return {
        HEARD: [AGREE[(row + shift) % 5] for row in range(count)],
        TIME: [AGREE[(2 * row + shift) % 5] for row in range(count)],
        ATTEND: [("In person", "Online")[(row + shift) % 2] for row in range(count)],
    }


def microsoft(path: Path, questions: dict[str, list[str]], ids: list[int] | None = None, **who) -> Path:
    """Write what Microsoft Forms exports, saved as CSV; `who` can give ``mails`` and ``names``."""
    count = len(next(iter(questions.values())))
    ids = ids or list(range(1, count + 1))
    mails, names = who.get("mails", MAILS), who.get("names", PEOPLE)
    rows = [["ID", "Start time", "Completion time", "Email", "Name", *questions]]
    for row in range(count):
        times = [f"2026-01-{ids[row] + 1:02d} 10:00:00", f"2026-01-{ids[row] + 1:02d} 10:05:00"]
        given = [cells[row] for cells in questions.values()]
        rows.append([str(ids[row]), *times, mails[row], names[row], *given])
    return write_csv(path, rows)


def google(path: Path, questions: dict[str, list[str]], first: int = 1) -> Path:
    """Write what Google Forms exports: a time, and no number of the response."""
    count = len(next(iter(questions.values())))
    rows = [["Timestamp", *questions]]
    for row in range(count):
        given = [cells[row] for cells in questions.values()]
        rows.append([f"2026/01/{first + row:02d} 10:00:00 am GMT", *given])
    return write_csv(path, rows)


def everything_in(folder: Path) -> str:
    """Join the texts of all files of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "\n".join(f"{path.name}\n{path.read_bytes().decode('utf-8')}" for path in files)
