"""A survey's answers, to be written as each survey tool would export them.

Nothing here reads an export or imports anything from the readers: the layouts come from what the tools write.
Everybody who answers is invented, and so are the name, address, computer and number that a tool would keep of
them beside their answers.
"""

import csv
import tomllib
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import NamedTuple

DEMO = Path(__file__).resolve().parents[1] / "data" / "demo"
NOT_ASKED = "[not asked]"
BAR = " | "
SCALE, CHOICE, MULTI, NUMBER, TEXT, CODE, CONSENT = (
    *("scale", "choice", "multi", "number"),
    *("text", "code", "consent"),
)
FIRST = ("Zephyrine", "Thaddeaux", "Quillon", "Morwennah", "Isambarda", "Peregrinus", "Ottiwella")
LAST = ("Quillfeather", "Oswythe", "Brambleknock", "Farthinggale", "Vexworthy", "Underhollow")


class Question(NamedTuple):
    """One question: ``labels`` in their order, those that are no rating last; ``stem`` is that of a grid."""

    name: str
    text: str
    kind: str
    labels: tuple[str, ...] = ()
    stem: str = ""


class Survey(NamedTuple):
    """Questions, and a row of cells for everybody: labels, joined with a bar where several were ticked."""

    questions: tuple[Question, ...]
    rows: tuple[dict[str, str], ...]

    def blocks(self) -> Iterable[tuple[Question, ...]]:
        """Give the statements of a grid together, and every other question by itself."""
        block: list[Question] = []
        for question in self.questions:
            if block and not (question.stem and question.stem == block[0].stem):
                yield tuple(block)
                block = []
            block.append(question)
        yield tuple(block)


class Written(NamedTuple):
    """The files of an export: that with the answers, and those that say what codes mean."""

    export: Path
    companions: tuple[Path, ...] = ()


Shape = Callable[[Survey, Path], Written]


class Person(NamedTuple):
    """Somebody who does not exist."""

    number: int
    first: str
    last: str
    email: str
    ip: str
    latitude: str
    response: str


def person(number: int) -> Person:
    """Invent the person of a row."""
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
    email = f"{first}.{last}{number}@example.org".lower()
    ip = f"{('192.0.2', '198.51.100', '203.0.113')[number % 3]}.{number % 250 + 1}"
    return Person(number, first, last, email, ip, f"53.23{number:04d}7", f"R_9xQz{number:05d}inv")


def identifiers(survey: Survey) -> set[bytes]:
    """List what may stand in no file and no message: who answered, and the codes they made themselves."""
    people = [person(number) for number in range(len(survey.rows))]
    told = {part for one in people for part in one[1:]}
    told |= {row[one.name] for row in survey.rows for one in survey.questions if one.kind == CODE}
    return {each.encode() for each in told if each and each != NOT_ASKED}


def demo(wave: str, most: int | None = None) -> Survey:
    """Read one wave of the demo programme, as people saw it: what the wave did not ask is not there."""
    with (DEMO / "codebook.csv").open(encoding="utf-8", newline="") as file:
        entries = [entry for entry in csv.DictReader(file) if wave in (entry["waves"] or wave).split()]
    with (DEMO / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = tuple(row for row in csv.DictReader(file) if row["wave"] == wave)[:most]
    scales = tomllib.loads((DEMO / "scales.toml").read_text(encoding="utf-8"))
    programme = tomllib.loads((DEMO / "programme.toml").read_text(encoding="utf-8"))
    about = [
        Question("place", "Where does your lab meet?", CHOICE, tuple(programme["places"].values())),
        Question("sector", "For whom do you work?", CHOICE, tuple(programme["sectors"].values())),
    ]
    titles = {"place": programme["places"], "sector": programme["sectors"]}
    people = tuple(row | {name: keys[row[name]] for name, keys in titles.items()} for row in rows)
    return Survey((*about, *(_question(entry, scales) for entry in entries)), people)


def _question(entry: dict[str, str], scales: dict) -> Question:
    scale = scales.get(entry["scale"], {})
    labels = (*scale.get("labels", ()), *scale.get("non_answers", ()))
    stem = entry["section"] if entry["scale"] == "agreement" else ""
    return Question(entry["item"], entry["text"], entry["kind"], labels, stem)


def ticked(cell: str) -> list[str]:
    """List what was ticked."""
    return [] if cell in ("", NOT_ASKED) else cell.split(BAR)


def plain(cell: str) -> str:
    """Give what a tool writes that cannot tell a question that was not asked from one left blank."""
    return "" if cell == NOT_ASKED else cell


def when(number: int, form: str = "{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}") -> str:
    """Write the moment of a response."""
    moment = {"year": 2026, "month": 3, "day": 1 + number % 27, "hour": 9 + number % 8}
    return form.format(**moment, minute=number % 60, second=(7 * number) % 60)


def as_csv(
    rows: Iterable[Sequence[object]], *, separator: str = ",", end: str = "\r\n", quoted: bool = False
) -> str:
    """Write rows as separated values."""
    text = StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue()


def put(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path
