"""Damaged exports: each is imported, or refused in words; nothing is written by halves, and nobody is named.

Names have no form. Where damage hits what tells that a column holds names, nothing else could tell, so these
exports hold no open answer that is kept, and what looks like one stays out.
"""

import random
from pathlib import Path
from typing import NamedTuple

import pytest
from imported import NAME, data_folder, run
from shapes import TOOLS
from shapes_survey import CHOICE, CODE, MULTI, NUMBER, SCALE, TEXT, Question, Survey, identifiers, person

from coprod.checks import read_folder

AGREEMENT = (
    "Strongly disagree",
    "Disagree",
    "Neither agree nor disagree",
    "Agree",
    "Strongly agree",
    "Don't know",
)
TOPICS = ("Damp homes", "Evening buses, or none", "Floods")
QUESTIONS = (
    Question("place", "Where does your lab meet?", CHOICE, ("Aldenmere", "Brackwater")),
    Question("code", "Your own code: the first two letters of a food you loved as a child", CODE),
    *(
        Question(f"s{number}", f"We are heard, {number} of them.", SCALE, AGREEMENT, "How far?")
        for number in range(3)
    ),
    Question("topics", "What did you work on? Tick all that apply.", MULTI, TOPICS),
    Question("hours", "How many hours were that?", NUMBER),
    Question("words", "What should we do differently?", TEXT),
)
PEOPLE = 9
TIMES = 25  # for each shape; SPSS files are read in a process of their own, which takes longer
TIMES_SPSS = 6


def small() -> Survey:
    """Answers of nine people, some of whom write who they are into an open answer."""
    rng = random.Random(20260331)
    rows = []
    for number in range(PEOPLE):
        who = person(number)
        ticks = [label for label in TOPICS if rng.random() < 0.5]
        rows.append(
            {
                "place": rng.choice(QUESTIONS[0].labels),
                "code": f"QX{number:02}ZW",
                **{f"s{row}": rng.choice(["", *AGREEMENT]) for row in range(3)},
                "topics": " | ".join(ticks),
                "hours": str(rng.randint(2, 40)),
                "words": rng.choice(
                    ["", f"Ask {who.first} {who.last}.", f"Write to {who.email}", "More tea."]
                ),
            }
        )
    return Survey(QUESTIONS, tuple(rows))


class Tried(NamedTuple):
    """What came of one damaged export."""

    how: str
    code: int
    told: str
    left: dict[str, bytes]
    problems: list


def flipped(raw: bytes, rng: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(rng.choice([1, 3, 20])):
        changed[rng.randrange(len(changed))] = rng.choice([0, 34, 44, 10, 255, rng.randrange(256)])
    return bytes(changed)


def cut_off(raw: bytes, rng: random.Random) -> bytes:
    return raw[: rng.randrange(len(raw))]


def recoded(raw: bytes, rng: random.Random) -> bytes:
    text = raw.decode("utf-8", "replace")
    return rng.choice(
        [text.encode("utf-16"), text.encode("cp037", "replace"), raw.decode("latin-1").encode("utf-8")]
    )


def line_twice(raw: bytes, rng: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    place = rng.randrange(min(len(lines), 12))
    return b"".join([*lines[: place + 1], *lines[place:]])


def line_gone(raw: bytes, rng: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    place = rng.randrange(min(len(lines), 5))
    return b"".join([*lines[:place], *lines[place + 1 :]])


def column_gone(raw: bytes, rng: random.Random) -> bytes:
    mark = next((mark for mark in (b"\t", b";", b",") if mark in raw.splitlines()[0]), b",")
    place = rng.randrange(4)
    lines = [line.split(mark) for line in raw.splitlines()]
    return b"\r\n".join(mark.join([*line[:place], *line[place + 1 :]]) for line in lines)


DAMAGES = (flipped, cut_off, recoded, line_twice, line_gone, column_gone)


@pytest.fixture(scope="module", params=TOOLS)
def tried(request) -> list[Tried]:
    """Damage the exports of one shape again and again, and import each."""
    times = TIMES_SPSS if request.param == "spss" else TIMES
    with pytest.MonkeyPatch.context() as patch, data_folder() as data:
        patch.setenv("COLUMNS", "1000")  # so that a table breaks no word in two
        exports = data.parent / "exports"
        written = TOOLS[request.param].write(small(), exports)
        whole = {path: path.read_bytes() for path in (written.export, *written.companions)}
        return [once(data, whole, f"{request.param} {number}") for number in range(times)]


def once(data: Path, whole: dict[Path, bytes], seed: str) -> Tried:
    rng = random.Random(seed)
    for path, raw in whole.items():
        path.write_bytes(raw)
    damaged = rng.choice([*whole, next(iter(whole))])
    damage = rng.choice(DAMAGES)
    damaged.write_bytes(damage(whole[damaged], rng))
    done = run(data, list(whole), place="Where does your lab meet?" if rng.random() < 0.5 else "")
    left = {str(path.relative_to(data)): path.read_bytes() for path in data.rglob("*") if path.is_file()}
    problems = read_folder(data / NAME)[1] if (data / NAME).exists() else []
    for path in sorted(data.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    return Tried(f"{seed}: {damage.__name__} {damaged.name}", done.code, done.told, left, problems)


def test_there_are_at_least_three_hundred():
    assert (len(TOOLS) - 1) * TIMES + TIMES_SPSS > 300


def test_a_damaged_export_is_imported_or_refused_in_words(tried):
    for one in tried:
        assert one.code in (0, 1), one.how
        assert "Traceback" not in one.told, one.how
        assert one.code == 0 or "Nothing was written." in one.told, one.how


def test_a_refused_export_leaves_nothing_behind(tried):
    for one in tried:
        assert one.code == 0 or not one.left, one.how


def test_an_imported_one_leaves_a_whole_programme_behind(tried):
    for one in tried:
        if one.code == 0:
            assert {f"{NAME}/answers.csv", f"{NAME}/codebook.csv", f"{NAME}/scales.toml"} <= set(one.left)
            assert not one.problems, one.how


def test_nobody_is_named_in_a_file_or_a_message(tried):
    for one in tried:
        for who in identifiers(small()):
            assert who not in one.told.encode(), (one.how, who)
            assert not [file for file, raw in one.left.items() if who in raw], (one.how, who)


@pytest.mark.parametrize("name", [name for name in TOOLS if "xlsx" not in name and name != "spss"])
def test_an_export_without_its_header_row_names_nobody(name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "1000")
    with data_folder() as data:
        written = TOOLS[name].write(small(), data.parent / "exports")
        raw = written.export.read_bytes()
        end = "\n".encode("utf-16-le" if raw.startswith(b"\xff\xfe") else "utf-8")
        written.export.write_bytes(raw[raw.index(end) + len(end) :])
        done = run(data, [written.export, *written.companions])
        left = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert not [who for who in identifiers(small()) if who in left + done.told.encode()]
