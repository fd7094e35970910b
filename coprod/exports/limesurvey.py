"""LimeSurvey: the CSV, or the workbook, of its responses, and the survey's structure (.lss).

Codes, texts cut short, whole texts or both may stand above the columns, and codes or texts in them; the
structure says what codes mean, and in which order. Responses that were not submitted are in the file too,
unless somebody left them out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from coprod.exports.export import IDENTIFIER, METADATA, NOT_SEEN, OPTION, Export, column
from coprod.exports.headers import cleaned
from coprod.exports.limesurvey_answers import Columns, drafted
from coprod.exports.limesurvey_guessed import guessed_places
from coprod.exports.limesurvey_headings import Heading, about, is_limesurvey, matched, read_headings
from coprod.exports.limesurvey_places import Place, places
from coprod.exports.limesurvey_structure import Structure, read_structure
from coprod.exports.limesurvey_ticks import not_shown
from coprod.exports.questions import finished, refused
from coprod.exports.tables import Table, none_dropped, openings, read_table
from coprod.problems import FileRefused, Problem

NAME, TITLE = "limesurvey", "LimeSurvey"
MASKED = "'="
SUBMITTED = "submitdate"
UNKNOWN = "It stands where the structure has no question: the participants' list may have it."
WITHOUT = (
    "The survey's structure was not given: codes stay where labels were not exported, and the order of no "
    "scale is known. Give the .lss beside the responses (Export, Survey structure)."
)
GUESSED = (
    "Columns with the same text or code before the brackets, that hold yes, no or nothing, were read as "
    "options that can be ticked; an array of yes and no looks the same. The structure would tell."
)
SHOWN = (
    "An option's empty cell without quotation marks was read as 'not asked', and one with them as not "
    "ticked: that is how LimeSurvey writes them."
)


def recognises(path: Path) -> bool:
    """Say whether LimeSurvey's own columns are there, by code or in a language that is known."""
    return any(is_limesurvey(read_headings(rows[0])) for rows in openings(path, 1))


def read(path: Path, companions: Sequence[Path] = ()) -> Export:
    """Read the responses; with the structure as companion, with what the codes mean.

    Raises
    ------
    FileRefused
        It is no such file, damaged or without answers; or the structure is damaged, or of another survey.
    """
    table = _without_last(read_table(path))
    above = read_headings([cleaned(header) for header in table.headers])
    headings = dict(zip(table.answers, above, strict=True))
    if not companions and not any(heading.own for heading in headings.values()):
        raise refused(path.name, TITLE, "id, submitdate, lastpage")
    answers, said = _unmasked(table.answers)
    found, own, how = (
        _with_structure(path.name, headings, companions) if companions else _without(headings, answers)
    )
    options = any(place.role == OPTION for place in found.values())
    unseen = not_shown(path, answers) if options else None
    made = drafted(path.name, answers, found, unseen)
    labels = _emptied(made.answers, made.columns)
    columns = _in_order(labels, [*_about(own), *made.columns])
    said += [*how, *[SHOWN] * (unseen is not None), *_said_unsubmitted(headings, table.answers)]
    return replace(finished(NAME, table, labels, columns, said), scales=made.scales)


def _without_last(table: Table) -> Table:
    """Forget the blank line that LimeSurvey ends a file with: it is no row that somebody lost."""
    return table._replace(dropped=none_dropped()) if table.dropped["rows"].sum() == 1 else table


def _unmasked(answers: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Take off the sign that LimeSurvey puts before an equals sign, against formulas."""
    masked = {name: cells.str.startswith(MASKED) for name, cells in answers.items()}
    names = [name for name, which in masked.items() if which.any()]
    if not names:
        return answers, []
    plain = answers.assign(
        **{name: answers[name].mask(masked[name], answers[name].str[1:]) for name in names}
    )
    count = sum(int(masked[name].sum()) for name in names)
    said = f"Answers that begin with an equals sign have lost the ' that LimeSurvey puts before it: {count}."
    return plain, [said]


def _with_structure(
    file: str, headings: Mapping[str, Heading], companions: Sequence[Path]
) -> tuple[dict[str, Place], dict[str, tuple[str, str]], list[str]]:
    """Find what each column holds from the structure that fits best: other waves have other structures."""
    own = about(headings)
    tried = []
    for path in companions:
        structure = read_structure(path)
        fitting = matched(headings, places(structure))
        tried.append((len(fitting), path.name, structure, fitting))
    count, name, structure, found = max(tried, key=lambda fit: fit[0])
    asked = [heading for heading in headings if heading not in own]
    if count <= len(asked) / 2:
        told = (
            f"The structure has {count} of the {len(asked)} questions that stand above the columns of {file}."
        )
        remedy = "Export the responses and the structure of the same survey, one after the other."
        raise FileRefused(name, [Problem(name, told, remedy)])
    unknown = [heading for heading in asked if heading not in found]
    own = {name: told for name, told in own.items() if name not in found}
    own |= dict.fromkeys(unknown, (IDENTIFIER, UNKNOWN))
    return found, own, _said_structure(structure, unknown)


def _without(
    headings: Mapping[str, Heading], answers: pd.DataFrame
) -> tuple[dict[str, Place], dict[str, tuple[str, str]], list[str]]:
    own = about(headings)
    found = guessed_places({name: told for name, told in headings.items() if name not in own}, answers)
    options = any(place.role == OPTION for place in found.values())
    return found, own, [WITHOUT, *[GUESSED] * options]


def _about(own: Mapping[str, tuple[str, str]]) -> Columns:
    return [column(name, role, why=why) for name, (role, why) in own.items()]


def _in_order(answers: pd.DataFrame, columns: Columns) -> Columns:
    placed = {told["column"]: told for told in columns}
    return [placed[name] for name in answers if name in placed]


def _emptied(answers: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """Blank what a person was not shown, where they answered nothing else either."""
    asked = [told["column"] for told in columns if told["role"] not in (IDENTIFIER, METADATA)]
    nothing = answers[asked].isin(["", NOT_SEEN]).all(axis=1)
    blank = answers.copy()
    blank.loc[nothing, asked] = ""
    return blank


def _said_structure(structure: Structure, unknown: Sequence[str]) -> list[str]:
    said = []
    if len(structure.languages) > 1:
        languages = ", ".join(structure.languages)
        said.append(
            f"The survey's main language is {structure.language}: its texts were taken, out of {languages}."
        )
    if unknown:
        columns = ", ".join(map(repr, unknown))
        said.append(f"The structure has no question for these columns, and they are left out: {columns}.")
    return said


def _said_unsubmitted(headings: Mapping[str, Heading], answers: pd.DataFrame) -> list[str]:
    name = next((name for name, heading in headings.items() if heading.own == SUBMITTED), "")
    if not name:
        return ["Whether a response was submitted is not in the file: those broken off may be among them."]
    count = int((answers[name].str.strip() == "").sum())
    if not count:
        return []
    return [
        f"Of {len(answers)} responses, {count} were not submitted: they stay where any question was "
        "answered. To leave them out, export completed responses only."
    ]
