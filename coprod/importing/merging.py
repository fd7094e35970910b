"""An import into a programme that is there: new answers come in, what a person has made of it stays.

The programme's files win. Its codebook and scales stay as they are, and only new questions are added below
them; words in people's own text are never written over, as somebody may have taken a name out; a response
that was deleted stays deleted. Other answers that changed in the export are taken over and counted, rows that
are gone from it are kept and counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coprod.checks import Contents, read_folder
from coprod.codebook import NOT_ASKED, PERSON_COLUMNS
from coprod.files import read_table
from coprod.importing.adding import add, excerpts_renamed
from coprod.importing.fitting import ASKED_COLUMNS, Fitted, fitted
from coprod.importing.matching import ROW, Matched, matched
from coprod.importing.writing import ASKED, RESPONSE_COLUMNS, RESPONSES, Ready, write_table
from coprod.problems import FileRefused, Problem, ProgrammeProblems


@dataclass(frozen=True)
class Difference:
    """What an import changed in a programme.

    Attributes
    ----------
    added, changed, same, gone, deleted : int
        Responses: new; known, with other answers; known, with the same; in the programme and not in the
        export; in the export, and deleted from the programme by a person.
    by_item : mapping of str to int
        How many answers changed in which item.
    items : tuple of str
        New ones.
    new : DataFrame
        The new rows, labelled as they are among all answers.
    """

    added: int
    changed: int
    same: int
    gone: int
    deleted: int
    by_item: Mapping[str, int]
    items: tuple[str, ...]
    new: pd.DataFrame


def merge(folder: Path, ready: Ready) -> Difference:
    """Take an import into a copy of a programme's folder.

    Raises
    ------
    ProgrammeProblems
        The folder has problems as it is.
    FileRefused
        The export does not belong to this programme.
    """
    contents, problems = read_folder(folder)
    if problems:
        raise ProgrammeProblems(ready.name, problems)
    made = _optional(folder / RESPONSES, RESPONSE_COLUMNS)
    if problems := _strange(contents, made, ready):
        raise FileRefused(ready.name, problems)
    fit = fitted(contents, _optional(folder / ASKED, ASKED_COLUMNS), ready)
    old = _answers(contents)
    match = matched(old, made, ready.responses)
    answers, changed, by_item = _put_together(old, fit, match, _kinds(contents, fit))
    _write(folder, contents, fit, ready, made, match, answers)
    counts = (int(((match.row < 0) & ~match.deleted).sum()), changed, int((match.row >= 0).sum()) - changed)
    deleted, items = int(match.deleted.sum()), tuple(fit.items["item"])
    return Difference(*counts, match.gone, deleted, by_item, items, answers.iloc[len(old) :].copy())


def _answers(contents: Contents) -> pd.DataFrame:
    if contents.answers is None:
        return pd.DataFrame(columns=list(PERSON_COLUMNS), dtype=str)
    return contents.answers


def _optional(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a table that imports keep: without rows where there is none."""
    problems: list[Problem] = []
    table = read_table(path, columns, problems) if path.exists() else None
    if problems:
        raise FileRefused(path.name, problems)
    return pd.DataFrame(columns=list(columns), dtype=str) if table is None else table[list(columns)]


def _strange(contents: Contents, made: pd.DataFrame, ready: Ready) -> list[Problem]:
    """Say why the export cannot belong to the programme."""
    settings, answers = contents.settings, _answers(contents)
    if settings.kind == "synthetic":
        remedy = "Import real answers into a programme of their own."
        return [Problem("programme.toml", "The programme is invented.", remedy, column="kind")]
    if contents.counts is not None:
        return [
            Problem("counts.csv", "The programme has counts of answers.", "Import into another programme.")
        ]
    if len(answers) and bool(settings.waves) != bool(ready.waves):
        said = f"The programme has {'' if settings.waves else 'no '}waves, unlike the import."
        remedy = "Say with --wave KEY=FILE which wave each file is; where the programme has none, start anew."
        return [Problem("programme.toml", said, remedy, column="waves")]
    return [
        _stranger(wave)
        for wave in ready.responses["wave"].unique()
        if (answers["wave"] == wave).any()
        and not made["response"][made["wave"] == wave].isin(ready.responses["response"]).any()
    ]


def _stranger(wave: str) -> Problem:
    said = f"None of its answers{f' in {wave!r}' if wave else ''} is in the export."
    remedy = (
        "Export all answers, and not only new ones. Is it the file of another wave? Or did a question's "
        "heading change, or the secret key? Then import all files into a new programme."
    )
    return Problem("answers.csv", said, remedy, column="wave")


def _kinds(contents: Contents, fit: Fitted) -> dict[str, str]:
    """Give the kind of every item, those of the programme first, in their order."""
    tables = [fit.items] if contents.codebook is None else [contents.codebook, fit.items]
    return {item: kind for table in tables for item, kind in zip(table["item"], table["kind"], strict=True)}


def _put_together(
    old: pd.DataFrame, fit: Fitted, match: Matched, kinds: Mapping[str, str]
) -> tuple[pd.DataFrame, int, dict[str, int]]:
    """Take answers over and add rows; the answers, how many known rows changed, and where."""
    imported = fit.draft.answers.assign(person=match.person.to_numpy())
    columns = [*PERSON_COLUMNS, *kinds]
    blank = {item: "" if kind == "text" else NOT_ASKED for item, kind in kinds.items()}  # text was left out
    merged = old.assign(**{item: NOT_ASKED for item in kinds if item not in old})[columns]
    new = imported.assign(**{item: blank[item] for item in kinds if item not in imported})[columns]
    known = match.row[match.row >= 0]
    rows, by_item = pd.Series(False, index=known.index), {}
    for column in columns:
        after, before = new[column].loc[known.index].to_numpy(), merged[column].loc[known].to_numpy()
        differs = after != before
        if not differs.any() or not _taken_over(column, old, imported, fit, kinds):
            continue
        merged.loc[known[differs], column] = after[differs]
        if column in old and column != "person":
            by_item[column], rows = int(differs.sum()), rows | differs
    added = new[(match.row < 0) & ~match.deleted]
    return pd.concat([merged, added], ignore_index=True), int(rows.sum()), by_item


def _taken_over(
    column: str, old: pd.DataFrame, imported: pd.DataFrame, fit: Fitted, kinds: Mapping[str, str]
) -> bool:
    """Say whether known rows get a column as the export has it."""
    if column in ("place", "sector"):  # somebody may have filled them in, where the export has none
        return bool(fit.draft.places if column == "place" else fit.draft.sectors)
    if column in old and kinds.get(column) == "text":
        return False
    return column in imported


def _write(
    folder: Path,
    contents: Contents,
    fit: Fitted,
    ready: Ready,
    made: pd.DataFrame,
    match: Matched,
    answers: pd.DataFrame,
) -> None:
    add(folder, contents, fit, ready)
    write_table(folder / "answers.csv", answers)
    now = ready.responses.assign(person=match.person)
    earlier = made[~made["response"].isin(now["response"])]
    write_table(folder / RESPONSES, pd.concat([earlier, now], ignore_index=True)[list(RESPONSE_COLUMNS)])
    if contents.excerpts is not None:
        before, known = _answers(contents), match.row[match.row >= 0]
        people = before.loc[known, ROW].assign(now=match.person[known.index].to_numpy())
        write_table(folder / "excerpts.csv", excerpts_renamed(contents.excerpts, people))
