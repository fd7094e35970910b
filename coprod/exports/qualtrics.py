"""Qualtrics: CSV or TSV with three header rows, the legacy export with two, or a workbook of it.

Trial runs of the survey, answers that Qualtrics made up and what it takes for spam are left out; answers
that were not finished stay. What was ticked is spread over columns, one for each choice, or joined by ","
without a blank. The export holds either labels or recode values, and says nowhere which label has which.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from coprod.exports.export import NOT_SEEN, Export
from coprod.exports.headers import named
from coprod.exports.qualtrics_columns import described_columns
from coprod.exports.qualtrics_header import TITLE, Field, header, of_qualtrics, plain
from coprod.exports.qualtrics_questions import Question, questions_of
from coprod.exports.questions import finished
from coprod.exports.tables import Table, dropped, openings, read_either

NAME = "qualtrics"
PREVIEW, TEST, SPAM, INVENTED = 1, 2, 8, 256  # the status is a sum of these, or a label
STATUSES = {
    PREVIEW: ("preview", "answers to the preview", "The survey was tried out, and not answered."),
    TEST: ("test", "test answers", "Qualtrics made them up to try the survey out."),
    SPAM: ("spam", "answers taken for spam", "Qualtrics says so in the column of the status."),
    INVENTED: ("synthetic", "synthetic answers", "Qualtrics made them up."),
}
REAL = ("", "ip address", "imported", "offline", "ex", "ex offline", "reimported imported")
SEEN, BLANK = "-99", "0"  # what Qualtrics writes, if asked to, where a question or a choice was only seen
__all__ = ["NAME", "TITLE", "read", "recognises"]


def recognises(path: Path) -> bool:
    """Say whether the first rows are those of a Qualtrics export."""
    return any(of_qualtrics(rows) for rows in openings(path, 3))


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read the responses to a survey.

    Raises
    ------
    FileRefused
        It is no such file, damaged, its header rows are not whole, or there are no answers.
    """
    raw = read_either(path)
    fields, rows, said = header(raw)
    body = raw.body(rows)
    blank = dropped("rows without anything", raw.rows - rows - len(body), "Nothing stands in them.")
    fields = [field for field in fields if field.name.strip() or (body[field.place] != "").any()]
    names, renamed = named([field.name for field in fields])
    fields = [field._replace(name=name) for field, name in zip(fields, names, strict=True)]
    answers = body[[field.place for field in fields]].set_axis(names, axis=1)
    answers, left_out, about_rows = _real(answers, fields)
    questions = questions_of(fields, answers)
    answers, recoded = _seen(answers, questions)
    columns, answers, told = described_columns(answers, fields, questions)
    answers, unanswered = _answered(answers, questions)
    left_out = pd.concat([blank, left_out, unanswered], ignore_index=True)
    table = Table(raw.file, names, answers, left_out, (*raw.decided, *renamed))
    return finished(NAME, table, answers, columns, [*said, *about_rows, *_zone(fields), *recoded, *told])


def _real(answers: pd.DataFrame, fields: Sequence[Field]) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Leave out what nobody answered, and say what is not finished."""
    own = {plain(field.key): answers[field.name] for field in reversed(fields)}
    none = pd.Series("", answers.index)
    status = own.get("status", none).str.strip().str.lower()
    channel = own.get("distributionchannel", none).str.strip().str.lower()
    kept, left_out = pd.Series(True, answers.index), []
    for bit, (word, what, why) in STATUSES.items():
        meant = [said for said in status.unique() if _holds(said, bit, word)]
        found = kept & (status.isin(meant) | (channel == word))
        left_out.append(dropped(what, int(found.sum()), why))
        kept &= ~found
    unknown = [said for said in status.unique() if not said.isdigit() and said not in REAL]
    strange = int((kept & status.isin(unknown)).sum())
    said = []
    if strange:
        said.append(
            f"The status of {strange} responses is in a language that is not known here: they were kept. "
            "Look whether the survey was only tried out, and export it again in English if so."
        )
    said += _unfinished(own, kept)
    return answers[kept].reset_index(drop=True), pd.concat(left_out, ignore_index=True), said


def _holds(status: str, bit: int, word: str) -> bool:
    return bool(int(status) & bit) if status.isdecimal() and len(status) < 6 else word in status


def _unfinished(own: dict[str, pd.Series], kept: pd.Series) -> list[str]:
    if "progress" in own:
        part = pd.to_numeric(own["progress"], errors="coerce") < 100
    elif "finished" in own:
        part = own["finished"].str.strip().str.lower().isin(["0", "false"])
    else:
        return ["The export does not say which responses were finished."]
    count = int((part & kept).sum())
    return (
        [f"Responses that were not finished, and were kept: {count} of {int(kept.sum())}."] if count else []
    )


def _zone(fields: Sequence[Field]) -> list[str]:
    zones = sorted({field.zone for field in fields} - {""})
    return [f"Dates and times are those of the time zone {', '.join(zones)}."] if zones else []


def _seen(answers: pd.DataFrame, questions: Sequence[Question]) -> tuple[pd.DataFrame, list[str]]:
    """Tell what was not answered from what nobody saw, where the export was made to say so."""
    asked = [name for question in questions for name in question.columns]
    words = [name for question in questions for name in question.words]
    said = []
    if any((answers[name] == SEEN).any() for name in words):  # nobody's recode value stands among words
        cells = answers[asked]
        answers = answers.assign(**cells.mask(cells == "", NOT_SEEN).mask(cells == SEEN, ""))
        said.append(f"{SEEN} was read as seen and not answered, and an empty cell as not asked.")
    elif marked := [name for name in asked if (answers[name] == SEEN).any()]:
        said.append(
            f"{SEEN} stands in {len(marked)} columns and was kept as an answer: it may be a recode value, or "
            "mean that a question was seen and not answered."
        )
    for question in questions:
        columns = list(question.options)
        cells = answers[columns]
        if columns and (cells == BLANK).any(axis=None):
            answers = answers.assign(**cells.mask(cells == "", NOT_SEEN).mask(cells == BLANK, ""))
            said.append(f"In {question.name!r}, 0 was read as not ticked and an empty cell as not asked.")
    return answers, said


def _answered(answers: pd.DataFrame, questions: Sequence[Question]) -> tuple[pd.DataFrame, pd.DataFrame]:
    asked = [name for question in questions for name in question.columns]
    filled = ~answers[asked].isin(["", NOT_SEEN]).all(axis=1)
    empty = dropped("rows without an answer", int((~filled).sum()), "No question was answered in them.")
    return answers[filled].reset_index(drop=True), empty
