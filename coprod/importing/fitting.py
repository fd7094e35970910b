"""A draft made to fit the codebook and the scales of a programme that is there.

A question is known again by its words as an export gave them, which ``questions.csv`` keeps, or by the words
that stand in the codebook; so a person can rename an item, and write its question better. What is new gets a
row below the others. Labels get the spelling they have in ``scales.toml``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from coprod.checks import Contents
from coprod.codebook import COLUMNS, MULTI_SEPARATOR, SCALED, Scale
from coprod.importing.draft import Draft
from coprod.importing.labels import alike
from coprod.importing.questions import relabelled, same_words
from coprod.importing.writing import Ready
from coprod.problems import FileRefused, Problem
from coprod.settings import ProgrammeEntry

ASKED_COLUMNS = ("item", "text")
MOST = 100  # problems that are told at once


@dataclass(frozen=True)
class Fitted:
    """A draft in the programme's words, and what the programme lacks.

    Attributes
    ----------
    draft : Draft
        Its items have the names, and its labels the spelling, that they have in the programme.
    items : DataFrame
        New rows of the codebook.
    scales : mapping of str to dict
        New scales.
    asked : DataFrame
        New rows of ``questions.csv``: ``item``, and its ``text`` as exported.
    """

    draft: Draft
    items: pd.DataFrame
    scales: Mapping[str, dict[str, Any]]
    asked: pd.DataFrame


def fitted(contents: Contents, asked: pd.DataFrame, ready: Ready) -> Fitted:
    """Fit an import to a programme.

    Parameters
    ----------
    contents : Contents
        Of the programme's folder.
    asked : DataFrame, shape (items, 2)
        ``item`` and ``text`` of questions as earlier exports gave them.
    ready : Ready

    Raises
    ------
    FileRefused
        It is another survey, or answers are not on the programme's scales.
    """
    codebook = contents.codebook
    if codebook is None:
        codebook = pd.DataFrame(columns=list(COLUMNS), dtype=str)
    names = _names(codebook, asked, ready)
    known = codebook["item"][codebook["item"].isin(names.values())]
    if len(codebook) and known.empty:
        said = "None of its questions is in codebook.csv: is it another survey?"
        remedy = "Import it as a programme of its own, or say in items.csv which questions are the same."
        raise FileRefused(ready.name, [Problem("codebook.csv", said, remedy)])
    if problems := _unread(contents, asked, ready, set(known)):
        raise FileRefused(ready.name, problems)
    draft = _with_keys(_renamed(ready.draft, names), contents.settings)
    draft = _respelled(draft, codebook[codebook["item"].isin(known)], contents.scales, ready)
    items = draft.codebook[~draft.codebook["item"].isin(known)]
    items, scales = _with_scales(items, draft.scales, contents.scales)
    texts = draft.codebook[["item", "text"]]
    return Fitted(draft, _in_waves(items, contents, ready), scales, texts[~texts["item"].isin(asked["item"])])


def _names(codebook: pd.DataFrame, asked: pd.DataFrame, ready: Ready) -> dict[str, str]:
    """Find the programme's name for every item of the draft; a name of its own for what is new."""
    there = set(codebook["item"])
    texts: dict[str, set[str]] = {}
    for table in (asked, codebook):
        for item, text in zip(table["item"], table["text"], strict=True):
            texts.setdefault(same_words(text), set()).update({item} & there)
    names: dict[str, str] = {}
    for item, text in zip(ready.draft.codebook["item"], ready.draft.codebook["text"], strict=True):
        found = texts.get(same_words(text), set()) - set(names.values())
        if item in found or (item in ready.mapped and item in there):
            names[item] = item
        elif len(found) == 1:
            names[item] = found.pop()
    taken = there | set(names.values())
    for item in ready.draft.codebook["item"]:
        if item not in names:
            names[item] = _free(item, taken)
            taken.add(names[item])
    return names


def _unread(contents: Contents, asked: pd.DataFrame, ready: Ready, known: set[str]) -> list[Problem]:
    """Find questions that had labels in an earlier export of a wave, and seem to hold words in this one."""
    unread = set(map(same_words, ready.unread))
    said = "Its answers now look like people's own words, and were left out."
    remedy = "Name the item in items.csv, and give there a label to the answers that are on no scale."
    return [
        Problem("codebook.csv", said, remedy, column=item)
        for item, text in zip(asked["item"], asked["text"], strict=True)
        if item not in known and same_words(text) in unread and _closed(contents, item)
    ]


def _closed(contents: Contents, item: str) -> bool:
    codebook = contents.codebook
    return codebook is not None and codebook["kind"][codebook["item"] == item].isin(SCALED).any()


def _free(name: str, taken: set[str] | Mapping) -> str:
    number, free = 2, name
    while free in taken:
        free = f"{name[:56]}_{number}"
        number += 1
    return free


def _renamed(draft: Draft, names: Mapping[str, str]) -> Draft:
    before = draft.codebook["before"].map(lambda key: names.get(key, key))
    codebook = draft.codebook.assign(item=draft.codebook["item"].map(names), before=before)
    return replace(draft, codebook=codebook, answers=draft.answers.rename(columns=names))


def _with_keys(draft: Draft, settings: ProgrammeEntry) -> Draft:
    """Give places and sectors the keys that their titles have in the programme."""
    answers, parts = draft.answers.copy(deep=False), {}
    for part, column in (("places", "place"), ("sectors", "sector")):
        there = {alike(title): key for key, title in getattr(settings, part).items()}
        keys = {key: there.get(alike(title), key) for key, title in getattr(draft, part).items()}
        answers[column] = answers[column].map({"": "", **keys})
        parts[part] = {keys[key]: title for key, title in getattr(draft, part).items()}
    return replace(draft, answers=answers, **parts)


def _respelled(draft: Draft, known: pd.DataFrame, scales: Mapping[str, Scale], ready: Ready) -> Draft:
    """Give labels the programme's spelling, and refuse those it does not have."""
    answers, problems = draft.answers.copy(deep=False), []
    for told in known[known["kind"].isin(SCALED)].itertuples(index=False):
        scale, several = scales[told.scale], told.kind == "multi"
        answers[told.item] = relabelled(answers[told.item], _speller(scale), several=several)
        problems += _off(answers[told.item], told.item, scale, several=several)
    if problems:
        raise FileRefused(ready.name, problems[:MOST])
    return replace(draft, answers=answers)


def _speller(scale: Scale) -> Callable[[str], str]:
    spelled = {alike(label): label for label in reversed(scale.labels + scale.non_answers)}
    return lambda label: label if label in scale.answers else spelled.get(alike(label), label)


def _off(cells: pd.Series, item: str, scale: Scale, *, several: bool) -> list[Problem]:
    """Find answers off the scale; what a single person gave may be words of their own, and is not told."""
    labels = cells[cells != ""]
    if several:
        labels = labels.str.split(MULTI_SEPARATOR, regex=False).explode()
    counts = labels[~labels.isin(scale.answers)].value_counts()
    said = f"An answer is not on the scale {scale.name!r}"
    remedy = f"Add it to [{scale.name}] in scales.toml, or give it another label in items.csv."
    problems = [
        Problem("scales.toml", f"{said}: {count} gave it.", remedy, column=item, value=label)
        for label, count in counts[counts > 1].items()
    ]
    if single := int((counts == 1).sum()):
        told = f"{said}: {single} gave one that nobody else gave. Look at the column in the export."
        problems.append(Problem("scales.toml", told, remedy, column=item))
    return problems


def _with_scales(
    items: pd.DataFrame, drafted: Mapping[str, dict], scales: Mapping[str, Scale]
) -> tuple[pd.DataFrame, dict[str, dict]]:
    """Use the programme's own scales where the labels are the same, and find free names for new ones."""
    names: dict[str, str] = {"": ""}
    new: dict[str, dict] = {}
    for name in dict.fromkeys(items["scale"][items["scale"] != ""]):
        labels = {*drafted[name]["labels"], *drafted[name].get("non_answers", ())}
        ordered = drafted[name]["polarity"] != "none"
        same = [
            there
            for there, scale in scales.items()
            if labels <= {*scale.labels, *scale.non_answers} and (scale.polarity != "none") == ordered
        ]
        names[name] = same[0] if same else _free(name, scales)
        if not same:
            new[names[name]] = drafted[name]
    return items.assign(scale=items["scale"].map(names)), new


def _in_waves(items: pd.DataFrame, contents: Contents, ready: Ready) -> pd.DataFrame:
    """Say of new questions in which waves they were asked, where the programme has other waves."""
    if set(contents.settings.waves) <= set(ready.waves):
        return items
    here = " ".join(ready.waves)
    return items.assign(waves=items["waves"].where(items["waves"] != "", here))
