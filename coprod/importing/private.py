"""What tells who somebody is, set apart before anything is drafted.

A reader knows the columns that its tool fills itself. Here every other column is looked at, by what was asked
and by what was answered: in doubt a question goes, and that it went is said. Names have no form, so a column
of them is known by its question only; what people wrote in their own words is masked by :mod:`coprod.masking`
and stays out of a programme unless somebody asks for it.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

import pandas as pd

from coprod.exports import Export
from coprod.exports.export import IDENTIFIER, ITEM, JOINED, METADATA, NOT_SEEN, NUMBER, OPTION, TEXT
from coprod.importing.draft import Draft
from coprod.importing.labels import fitting
from coprod.importing.questions import same_words
from coprod.masking import MASKS, STREET, USER, WEB, likely_names, masked, masked_all

ASKS_WHO = "The question asks who somebody is, or how to reach them."
LOOKS_LIKE = "Answers look like addresses, telephone numbers, postcodes or numbers of a person."
OWN_WORDS = "People's own words: they come in, masked, with --keep-text."
ADDRESS_OF_COMPUTER = "[address of a computer]"
LOOKED_AT = 500  # different answers in people's own words, to tell what a question asked for
ON_SCALE = "All are labels of a known scale."
MOST_OPTIONS = 200  # of one question
MOST_LABELS = 12  # of a scale, with its non-answers
DIGITS = 9  # the fewest that a telephone, NHS or similar number has

_NAME = re.compile(
    r"(?i)\W*(?:please )?(?:enter |give |write |type |tell us |state )?(?:what(?:'|\u2019)?s |what is )?"
    r"(?:your |the |my |participant(?:'|\u2019)?s? |respondent(?:'|\u2019)?s? )?"
    r"(?:(?:full|first|last|given|family|middle|maiden|preferred|contact|sur|fore|user|nick)[ _-]?)?-?names?"
    r"(?: and (?:sur|last |family )names?)?(?: ?\([^()]{0,60}\))?\W*"
)
_WHO = re.compile(
    r"(?i)\b(?:your|full|first|last|family|given|middle|maiden|preferred|contact)[ _-]?names?\b|"
    r"\b(?:sur|fore|user)_?name\b|\be[ _-]?mails?\b|\be-?post\b|\be-bost\b|\bcourriel\b|\b(?:tele)?phone|"
    r"\bmobile n|\bpost ?code\b|\bzip ?code\b|\b(?:home|street|postal|ip) ?address\b|\borcid\b|"
    r"\bdate[ _]of[ _]birth\b|\bdob\b|\bbirth ?da(?:te|y)\b|\blatitude\b|\blongitude\b|\bgps\b|"
    r"\b(?:student|staff|employee|nhs|membership|(?:national )?insurance|passport) (?:id|number|no)\b"
)
_NUMBER = re.compile(r"\s*[-+]?[\d.,]{0,30}\s*")
_COMPUTER = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|(?=.*:.*:)[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}")
_COORDINATES = re.compile(r"-?\d{1,2}\.\d{3,}[,; ]+-?\d{1,3}\.\d{3,}.{0,40}")
_MAY_BE = re.compile(r"[@\uff20]|\d\D{0,3}\d|:/|(?i:www\.|\.[a-z]{2,24}\b|\bat\b.{1,60}\bdot\b)")


@dataclass(frozen=True)
class Apart:
    """An export without what tells who somebody is.

    Attributes
    ----------
    export : Export
        Columns found here have the role "identifier"; addresses and the like in other cells are masked.
        Its rows are numbered from 0.
    decisions : tuple of (str, str)
        What was decided, and why.
    masked : frozenset of str
        What people wrote in their own words, masked.
    """

    export: Export
    decisions: tuple[tuple[str, str], ...]
    masked: frozenset[str] = frozenset()


def set_apart(export: Export, *, keep_text: bool = False, named: Collection[str] = ()) -> Apart:
    """Find the columns that tell who somebody is, and mask what stands between other answers.

    Parameters
    ----------
    export : Export
    keep_text : bool
        Whether people's own words stay, masked; without it their columns count as metadata.
    named : collection of str
        Questions and columns that somebody named, as places or in items.csv: their answers stay, though
        they may look like words.

    Returns
    -------
    Apart
        Nothing that a person answered is in the decisions.
    """
    answers, columns = export.answers.reset_index(drop=True), export.columns.copy()
    found, known, hidden, words = [], [], [], set()
    for place, told in enumerate(export.columns.itertuples(index=False)):
        name, labels = told.column, set(export.scales.get(told.scale, ()))
        if told.role in (IDENTIFIER, METADATA, OPTION):
            continue
        role, why = _role(told, answers[name], labels, stays=keep_text or _is_named(told, named))
        if (role, why) != (told.role, ""):
            columns.loc[place, ["role", "why"]] = [role, why]
        if role in (METADATA, IDENTIFIER):
            found += [name] * (role == IDENTIFIER)
            continue
        known += [name] * (told.role == TEXT and role == ITEM)
        answers[name], count = _masked(role, answers[name], labels)
        hidden += [f"{name!r}: {count}"] * bool(count)
        words |= set(answers[name]) if role == TEXT else set()
    safe = replace(export, answers=answers, columns=columns)
    return Apart(safe, tuple(_said(export.file, found, known, hidden)), frozenset(words))


def without_words(draft: Draft, masked_already: Collection[str], *, keep_text: bool = False) -> Draft:
    """Take people's own words out of a draft, or mask them: drafting may find words among answers.

    Codes that people made themselves go in any case.
    """
    words = draft.codebook["kind"] == "text"
    out = draft.codebook["kind"].eq("code") | (words & (not keep_text))
    items, gone = draft.codebook[~out], draft.codebook["item"][out]
    answers = draft.answers.drop(columns=gone)
    done = {*masked_already, NOT_SEEN}
    for item in items["item"][items["kind"] == "text"]:
        answers[item] = answers[item].map(lambda cell: cell if cell in done else masked(cell)).astype(str)
    left_out = pd.DataFrame({"file": "", "column": gone, "why": OWN_WORDS}, dtype=str)
    left_out = pd.concat([draft.left_out, left_out], ignore_index=True)
    return replace(draft, codebook=items.reset_index(drop=True), answers=answers, left_out=left_out)


def names_in(answers: pd.DataFrame, texts: Iterable[str]) -> pd.DataFrame:
    """List what may be names in people's own words, for the person at the terminal and nowhere else.

    Parameters
    ----------
    answers : DataFrame
        Of a programme; indexed from 0, row 0 being line 2 of ``answers.csv``.
    texts : iterable of str
        The items of kind "text".

    Returns
    -------
    DataFrame
        ``row`` (of ``answers.csv``), ``item`` and ``words``.
    """
    rows = [
        (number + 2, item, ", ".join(words))
        for item in texts
        for number, cell in answers[item].items()
        if cell and (words := likely_names(cell))
    ]
    return pd.DataFrame(rows, columns=["row", "item", "words"])


def _on_known_scale(cells: pd.Series) -> bool:
    """Say whether words are labels of a known scale: where few answered, nobody may have given one twice."""
    given = [cell for cell in cells.unique() if cell]
    return 1 < len(given) <= MOST_LABELS and any(known.ordered for known in fitting(given))


def _is_named(told: tuple, named: Collection[str]) -> bool:
    meant = {same_words(words) for words in named if words}
    return not meant.isdisjoint(map(same_words, (told.column, told.text, f"{told.group} {told.text}")))


def _in_own_words(told: tuple, cells: pd.Series) -> bool:
    """Say whether labels are none: no question has so many options, and they are no numbers."""
    if told.role != ITEM or told.scale:
        return False
    given = [cell for cell in cells.unique() if not _NUMBER.fullmatch(cell)]
    return len(given) > MOST_OPTIONS


def _role(told: tuple, cells: pd.Series, labels: set[str], *, stays: bool) -> tuple[str, str]:
    """Say what a column is, and why it goes where it does."""
    if why := _why(told, cells, labels):
        return IDENTIFIER, why
    if told.role == TEXT and _on_known_scale(cells):
        return ITEM, ""
    if told.role == TEXT or _in_own_words(told, cells):
        return (TEXT, "") if stays else (METADATA, OWN_WORDS)
    return told.role, ""


def _why(told: tuple, cells: pd.Series, labels: set[str]) -> str:
    asked = (told.text, told.column)
    if any(_NAME.fullmatch(words) for words in asked):
        return ASKS_WHO
    if told.role in (TEXT, NUMBER) and any(_WHO.search(words) for words in asked):
        return ASKS_WHO
    given = _given(cells, labels)[: LOOKED_AT if told.role == TEXT else None]
    looked_at = filter(_may_tell(told.role), given)
    telling = sum(_hidden(cell) in (*MASKS, ADDRESS_OF_COMPUTER) for cell in looked_at)
    few = 0 if told.role == NUMBER else len(given) / 2  # no number that was asked for has so many digits
    return LOOKS_LIKE if telling and telling >= few else ""


def _masked(role: str, cells: pd.Series, labels: set[str]) -> tuple[pd.Series, int]:
    """Mask what stands among labels, as where "Other" was filled in; the cells and how many were changed."""
    if role == TEXT:
        hidden = masked_all(cells)
        return hidden, int(sum(map(_has_mask, hidden)))
    if role not in (ITEM, JOINED):
        return cells, 0
    near = [cell for cell in _given(cells, labels) if _may_tell(role)(cell)]
    times = cells[cells.isin(near)].value_counts()
    hidden = {cell: _hidden(cell) for cell in near}
    changed = {cell: to for cell, to in hidden.items() if _has_mask(to, alone=times[cell] == 1)}
    return (cells.replace(changed), int(times[list(changed)].sum())) if changed else (cells, 0)


def _given(cells: pd.Series, labels: set[str]) -> list[str]:
    return [cell for cell in cells.unique() if cell and cell not in labels and cell != NOT_SEEN]


def _hidden(cell: str) -> str:
    plain = cell.strip()
    if _COMPUTER.fullmatch(plain) or _COORDINATES.fullmatch(plain):
        return ADDRESS_OF_COMPUTER
    return masked(cell)


def _has_mask(cell: str, *, alone: bool = True) -> bool:
    """Say whether something was masked; a web address or "@all" that several people gave is a label."""
    masks = [mask for mask in (*MASKS, ADDRESS_OF_COMPUTER) if alone or mask not in (WEB, USER, STREET)]
    return "[" in cell and any(mask in cell for mask in masks)


def _may_tell(role: str) -> Callable[[str], object]:
    """Say which cells are worth a close look: most are not, and a close look takes time."""
    return _long_number if role == NUMBER else _MAY_BE.search


def _long_number(cell: str) -> bool:
    return len(cell) >= DIGITS and sum(map(str.isdigit, cell)) >= DIGITS


def _said(file: str, found: list[str], known: list[str], hidden: list[str]) -> list[tuple[str, str]]:
    said = []
    if known:
        listed = ", ".join(map(repr, known))
        said.append((f"{file}: answers and not words of people's own: {listed}.", ON_SCALE))
    if found:
        said.append((f"{file}: set apart: {', '.join(map(repr, found))}.", "It may tell who somebody is."))
    if hidden:
        what = f"{file}: addresses, telephone numbers and the like are masked in {'; '.join(hidden)}."
        said.append((what, "Personal data are never written."))
    return said
