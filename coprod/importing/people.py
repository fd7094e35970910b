"""Who answered, as keys: one for every response, and one for every person who can be known again.

A response is known again, when its export is imported once more, by the number that the tool gave it, or else
by everything that stands in its row. A person is known again in another wave by a code of their own making,
or else an e-mail address or a reference that only they have. Names and addresses of computers are not looked
at: two people share them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from coprod.exports import Export
from coprod.exports.export import IDENTIFIER, METADATA
from coprod.importing.keys import hashed

CODE, MAIL, REFERENCE = "code", "e-mail address", "reference"
COLUMNS = ("wave", "response", "own", "code")
# The numbers that tools give to responses, the most particular first.
NUMBERS = (
    *("responseid", "respondentid", "uniqueresponsenumber", "urn", "metainstanceid", "instanceid", "uuid"),
    *("recordid", "id", "#", "key"),
)
_CODE = re.compile(
    r"(?i)people made themselves|\b(?:own|personal|unique|anonymous|linking|self-?(?:made|generated)) code\b|"
    r"\byour code\b|\bself-?generated id|\bletters? of (?:your|the)\b|\bmother(?:'|\u2019)?s\b|"
    r"\bday of (?:your )?birth\b"
)
_REFERENCE = re.compile(
    r"(?i)external ?(?:data ?)?reference|\btoken\b|\b(?:participant|study|subject|staff|student|member)"
    r"[ _-]?(?:id|identifier|number|code)\b|\buser ?name\b"
)


@dataclass(frozen=True)
class Known:
    """How the people of an import are known.

    Attributes
    ----------
    people : DataFrame, shape (responses, 4)
        ``wave``; ``response``, the key of the response; ``own``, the key of the person, "" where not known;
        ``code``, what that key was made from, which is for linking and never for writing.
    by : str
        `CODE`, `MAIL`, `REFERENCE`, or "" where nobody can be known again.
    decisions : tuple of str
    """

    people: pd.DataFrame
    by: str
    decisions: tuple[str, ...]


def known(exports: Mapping[str, Export], key: bytes, programme: str) -> Known:
    """Find who answered in each wave.

    Parameters
    ----------
    exports : mapping of str to Export
        By wave.
    key : bytes
    programme : str
        The folder's name.

    Returns
    -------
    Known
        Its rows are those of the exports, wave by wave, each export's in their order.
    """
    found = {wave: _persons(export) for wave, export in exports.items()}
    by = next((kind for kind in (CODE, MAIL, REFERENCE) if any(kind in one for one in found.values())), "")
    tables, decisions = [], []
    for wave, export in exports.items():
        codes = found[wave].get(by, pd.Series("", index=export.answers.index, dtype=str))
        ids, said = _responses(export)
        own = hashed(codes, key, programme, by)
        table = pd.DataFrame({"wave": wave, "response": hashed(ids, key, programme, f"response {wave}")})
        tables.append(table.assign(own=own, code=list(codes)).assign(own=_where_given))
        decisions.append(f"{export.file}: {said}")
    people = pd.concat(tables, ignore_index=True)
    return Known(people, by, (*decisions, _said(by, people)))


def _where_given(people: pd.DataFrame) -> pd.Series:
    return people["own"].where(people["code"] != "", "")


def _said(by: str, people: pd.DataFrame) -> str:
    if not by:
        return "Nothing tells who is the same person in another wave: every response is a person by itself."
    without = int((people["code"] == "").sum())
    return (
        f"People are known in another wave by their {by}; {without} of {len(people)} responses have none. "
        "It is not written down: people's keys are made from it with a secret key."
    )


def _persons(export: Export) -> dict[str, pd.Series]:
    """Give what each kind of column says of who somebody is, normalised; kinds that are there only."""
    from coprod.change.links import normalised

    columns: dict[str, list[str]] = {}
    for told in export.columns[export.columns["role"] == IDENTIFIER].itertuples(index=False):
        kind = _kind(f"{told.column} {told.text} {told.why}", export.answers[told.column])
        columns.setdefault(kind, []).append(told.column)
    columns.pop("", None)
    found = {}
    for kind, names in columns.items():
        parts = export.answers[names if kind == CODE else names[:1]].map(normalised)
        whole = (parts != "").all(axis=1)  # with a part left out, it may be many people's
        codes = parts.agg("".join, axis=1) if len(parts.columns) > 1 else parts.iloc[:, 0]
        found[kind] = codes.where(whole, "")
    return found


def _kind(told: str, cells: pd.Series) -> str:
    given = cells[cells != ""]
    if given.empty:
        return ""
    if _CODE.search(told):
        return CODE
    if given.nunique() == 1 < len(given):  # such as "anonymous" in every row
        return ""
    if given.str.contains("@", regex=False).mean() > 0.5:
        return MAIL
    return REFERENCE if _REFERENCE.search(told) else ""


def _responses(export: Export) -> tuple[list[str], str]:
    """Give what tells the responses of an export apart, and say what that is."""
    told = export.columns[export.columns["role"].isin([IDENTIFIER, METADATA])]
    for number in NUMBERS:
        for column, text in zip(told["column"], told["text"], strict=True):
            cells = export.answers[column]
            if number in (_plain(column), _plain(text)) and cells.is_unique and (cells != "").all():
                return list(cells), f"responses are known again by the column {column!r}."
    return _contents(export.answers), (
        "responses have no number of their own: one is known again as long as nothing in its row changes."
    )


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower()) or name


def _contents(answers: pd.DataFrame) -> list[str]:
    """Join what stands in each row, and number rows of the same content; a new column changes no old row."""
    names = list(answers)
    rows = zip(*(answers[name].tolist() for name in names), strict=True)
    filled = ([f"{name}\x1e{cell}" for name, cell in zip(names, row, strict=True) if cell] for row in rows)
    joined = pd.Series(["\x1f".join(parts) for parts in filled], dtype=str)
    again = joined.groupby(joined).cumcount()
    return [f"{row}\x1f{number}" for row, number in zip(joined, again, strict=True)]
