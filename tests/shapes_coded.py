"""Exports in which answers stand as codes, each with a table that says what the codes mean."""

from pathlib import Path

from shapes_survey import (
    CODE,
    MULTI,
    NOT_ASKED,
    NUMBER,
    TEXT,
    Question,
    Survey,
    Written,
    as_csv,
    person,
    plain,
    put,
    ticked,
    when,
)

OPEN = (CODE, NUMBER, TEXT)


def code_of(one: Question, cell: str) -> str:
    """Number the labels of a question from 1."""
    return "" if cell in ("", NOT_ASKED) else str(one.labels.index(cell) + 1)


def boxes(one: Question, cell: str, yes: str = "1", no: str = "0") -> list[str]:
    """Tell of each option whether it was ticked."""
    return [yes if label in ticked(cell) else no for label in one.labels]


def coded(one: Question, cell: str) -> list[str]:
    """Give the cells of an answer: boxes, an open answer as it is, or a code."""
    if one.kind == MULTI:
        return boxes(one, cell)
    return [plain(cell) if one.kind in OPEN else code_of(one, cell)]


def jisc(survey: Survey, folder: Path) -> Written:
    """Version 2: a column for the grid itself, 1 and 0 in boxes, 0 too where nobody was asked."""
    header, key = ["URN"], [["URN", "Unique Response Number"]]
    for number, block in enumerate(survey.blocks(), start=1):
        code = f"Q{number}"
        if block[0].stem:
            header.append(code)
            key.append([code, block[0].stem])
        for row, one in enumerate(block, start=1):
            own = f"{code}_{row}_a" if one.stem else code
            codes = [str(place) for place in range(1, len(one.labels) + 1)]
            key += [[own, one.text], *map(list, zip(codes, one.labels, strict=True))]
            header += [f"{own}_{place}" for place in codes] if one.kind == MULTI else [own]
    rows = [[*header, "CompletionDate"]]
    key.append(["CompletionDate", "Completion Date"])
    for number, given in enumerate(survey.rows):
        cells = [cell for block in survey.blocks() for cell in _jisc_cells(block, given)]
        rows.append([f"638954-638945-{65461629 + number}", *cells, when(number)[:10]])
    answers = put(folder, "results-for-riverside-2026-03-31.csv", as_csv(rows, end="\n", quoted=True))
    meaning = as_csv(key, end="\n", quoted=True)
    return Written(answers, (put(folder, "results-for-riverside-key.csv", meaning),))


def _jisc_cells(block: tuple[Question, ...], given: dict[str, str]) -> list[str]:
    above = [""] if block[0].stem else []
    return above + [cell for one in block for cell in coded(one, given[one.name])]


DICTIONARY = (
    *("Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label"),
    *("Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number"),
    *("Text Validation Min", "Text Validation Max", "Identifier?"),
    *("Branching Logic (Show field only if...)", "Required Field?", "Custom Alignment"),
    *("Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?", "Field Annotation"),
)
NAME, SECTION, TYPE, LABEL, CHOICES, CHECKED, IDENTIFIES, BRANCH, MATRIX = (
    DICTIONARY[place] for place in (0, 2, 3, 4, 5, 7, 10, 11, 15)
)
WHO = {"first_name": "First name", "last_name": "Last name", "email": "E-mail address"}


def redcap(survey: Survey, folder: Path) -> Written:
    """Raw codes and the dictionary, in which fields that tell who somebody is are marked."""
    header = ["record_id", "redcap_survey_identifier", "workshop_timestamp", *WHO]
    entries = [{NAME: "record_id", TYPE: "text", LABEL: "Record ID"}]
    entries += [{NAME: name, TYPE: "text", LABEL: label, IDENTIFIES: "y"} for name, label in WHO.items()]
    for number, block in enumerate(survey.blocks(), start=1):
        for one in block:
            above = {SECTION: one.stem} if one is block[0] else {}
            grid = {MATRIX: f"grid_{number}"} | above if one.stem else {}
            some = any(row[one.name] == NOT_ASKED for row in survey.rows)
            entries.append(_entry(one) | grid | ({BRANCH: "[record_id] > 0"} if some else {}))
            options = [f"q_{one.name}___{code}" for code in range(1, len(one.labels) + 1)]
            header += options if one.kind == MULTI else [f"q_{one.name}"]
    rows: list[list[object]] = [[*header, "workshop_complete"]]
    for number, given in enumerate(survey.rows):
        who = person(number)
        cells = [cell for one in survey.questions for cell in coded(one, given[one.name])]
        rows.append([number + 1, who.email, when(number), who.first, who.last, who.email, *cells, 2])
    answers = put(folder, "RiversideLabs_DATA_2026-03-31_0912.csv", as_csv(rows, end="\n"))
    lines = [DICTIONARY, *([entry.get(part, "") for part in DICTIONARY] for entry in entries)]
    meaning = as_csv(lines, end="\n", quoted=True)
    return Written(answers, (put(folder, "RiversideLabs_DataDictionary_2026-03-31.csv", meaning),))


def _entry(one: Question) -> dict[str, str]:
    kind = {MULTI: "checkbox", TEXT: "notes", NUMBER: "text", CODE: "text"}.get(one.kind, "radio")
    choices = " | ".join(f"{code}, {label}" for code, label in enumerate(one.labels, start=1))
    checked = {CHECKED: "integer"} if one.kind == NUMBER else {}
    return {
        NAME: f"q_{one.name}",
        DICTIONARY[1]: "workshop",
        TYPE: kind,
        LABEL: one.text,
        CHOICES: choices,
    } | checked
