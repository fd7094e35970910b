"""The columns of a Kobo or ODK export: what each is about, with the form and without.

Headers are names ("needs/q1") or labels ("Your needs/What do you need?"), with the groups before them or
without, and what can be ticked has its own columns behind the question's ("q1/water").
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, product, takewhile
from typing import NamedTuple

import pandas as pd

from coprod.exports.choices import TICKED, UNTICKED
from coprod.exports.xlsform import MANY, Question

ABOUT, WHO, PLACE, FILE, ANSWER, OPTION_OF = "form", "who", "place", "file", "answer", "option of"
SEPARATORS = ("/", "-", ":", ".", "%", "__")  # between a group, a question and a choice; people can choose it
STRONG = frozenset({"_uuid", "_submission_time", "_index", "_id", "_validation_status", "__version__", "KEY"})
STRONG |= {
    "meta/instanceID",
    "meta-instanceID",
    "instanceID",
    "formhub/uuid",
    "SubmissionDate",
    "_parent_index",
}
STRONG |= {"PARENT_KEY", "_submission__id", "_submission__uuid"}
WEAK = frozenset(
    {"start", "end", "today", "deviceid", "_tags", "_notes", "_status", "_submitted_by", "FormVersion"}
)
WEAK |= {
    "SubmitterID",
    "SubmitterName",
    "AttachmentsPresent",
    "AttachmentsExpected",
    "ReviewState",
    "DeviceID",
}
PERSON = frozenset(
    {"_id", "_uuid", "meta/instanceID", "meta-instanceID", "instanceID", "KEY", "deviceid", "DeviceID"}
)
PERSON |= {"_submitted_by", "SubmitterID", "SubmitterName", "username", "email", "phonenumber", "simserial"}
PERSON |= {
    "subscriberid",
    "meta/instanceName",
    "meta-instanceName",
    "instanceName",
    "meta/rootUuid",
    "meta/deprecatedID",
}
FORM = (STRONG | WEAK) - PERSON
FORM |= {
    "_version_",
    "_version",
    "version",
    "_xform_id_string",
    "Edits",
    "Status",
    "formhub/uuid",
    "audit",
    "meta-audit",
}
FORM |= {"meta/audit", "_bamboo_dataset_id", "_attachments", "_geolocation"}
_PART = re.compile(
    r"(.*/)?_([^/]+)_(?:latitude|longitude|altitude|precision)|(.+)-(?:Latitude|Longitude|Altitude|Accuracy)"
)
_URL = re.compile(r"(.+)_URL")


class Head(NamedTuple):
    """What one column is.

    Attributes
    ----------
    column, header : str
        Its name in the answers, and its header, cleaned.
    about : str
        `ABOUT`, `WHO`, `PLACE`, `FILE`, `ANSWER` or `OPTION_OF`.
    question : int
        The question's place in the form; -1 where that is not known.
    group : str
        Of an option: what its question is called; no other question is called so.
    code : str
        Of an option: the code, or what stands in the header for it.
    language : int
        Which of the form's languages the header is in; -1 for names.
    """

    column: str
    header: str
    about: str
    question: int = -1
    group: str = ""
    code: str = ""
    language: int = -1


def looks_like(headers: Sequence[str]) -> bool:
    """Say whether a header row is one of Kobo or ODK."""
    strong = STRONG.intersection(headers)
    return len(strong) + len(WEAK.intersection(headers)) > 1 and bool(strong)


def heads(headers: Sequence[str], answers: pd.DataFrame, form: Sequence[Question]) -> list[Head]:
    """Say what each column is.

    Parameters
    ----------
    headers : sequence of str
        Cleaned, in the order of the columns.
    answers : DataFrame, shape (responses, columns)
    form : sequence of Question
        Empty where there is none.
    """
    found = list(_by_form(headers, list(answers), form) if form else _by_place(headers, answers))
    languages = Counter(head.language for head in found if head.question >= 0)
    for language, _ in languages.most_common(1):  # an export is in one; names may be labels too
        found = [head._replace(language=language) for head in found]
    return list(_special(found))


def _by_form(headers: Sequence[str], names: Sequence[str], form: Sequence[Question]) -> Iterator[Head]:
    questions, options = _spellings(form)
    used: Counter[str] = Counter()
    last = -1
    for header, column in zip(headers, names, strict=True):
        choices = [each for each in options.get(header, ()) if each[0] == last] or options.get(header, [])
        asked = questions.get(header, {})
        if header in PERSON | FORM and not asked:
            yield Head(column, header, ABOUT)
        elif choices and not asked:
            last, code, language = choices[0]
            yield Head(column, header, OPTION_OF, last, form[last].name, code, language)
        elif asked:
            last = list(asked)[min(used[header], len(asked) - 1)]
            used[header] += 1
            yield Head(column, header, ANSWER, last, language=asked[last])
        else:
            yield Head(column, header, ANSWER)


def _spellings(
    form: Sequence[Question],
) -> tuple[dict[str, dict[int, int]], dict[str, list[tuple[int, str, int]]]]:
    """List how questions and choices may be spelled in a header: places in the form, codes and languages."""
    questions: dict[str, dict[int, int]] = {}
    options: dict[str, list[tuple[int, str, int]]] = {}
    for place, question in enumerate(form):
        for language in range(-1, len(question.texts)):
            for spelled in _spelled(question, language):
                questions.setdefault(spelled, {}).setdefault(place, language)
                labels = question.choices.items() if question.kind == MANY else ()
                for (code, texts), between in product(labels, SEPARATORS):
                    choice = code if language < 0 else texts[language]
                    options.setdefault(f"{spelled}{between}{choice}", []).append((place, code, language))
    return questions, options


def _spelled(question: Question, language: int) -> set[str]:
    own = question.name if language < 0 else question.texts[language]
    if not own:
        return set()
    above = question.path if language < 0 else [texts[language] for texts in question.above]
    around = [group or name for group, name in zip(above, question.path, strict=True)]
    return {own, *(between.join([*around, own]) for between in SEPARATORS)}


def _by_place(headers: Sequence[str], answers: pd.DataFrame) -> Iterator[Head]:
    """Find options without a form, by the columns behind a question or side by side."""
    behind = _behind(headers, answers)
    options = {**_side_by_side(headers, answers, behind), **behind}
    for place, (header, column) in enumerate(zip(headers, answers, strict=True)):
        if header in PERSON | FORM:
            yield Head(column, header, ABOUT)
        elif place in options:
            group, code = options[place]
            yield Head(column, header, OPTION_OF, group=group, code=code)
        else:
            yield Head(column, header, ANSWER, group=column)


def _behind(headers: Sequence[str], answers: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Find columns of 0 and 1 behind a question that are ticked where it is answered, and nowhere else."""
    found = {}
    for (place, header), between in product(enumerate(headers), SEPARATORS):
        start = header + between
        later = range(place + 1, len(headers))
        run = list(takewhile(lambda at, start=start: headers[at].startswith(start), later))
        if place in found or not run:
            continue
        ticks = answers.iloc[:, run]
        if not ticks.isin([*TICKED, *UNTICKED]).all(axis=None):
            continue
        any_tick = ticks.isin(list(TICKED)).any(axis=1)
        if any_tick.any() and any_tick.equals(answers.iloc[:, place] != ""):
            found |= {at: (answers.columns[place], headers[at][len(start) :]) for at in run}
    return found


def _side_by_side(
    headers: Sequence[str], answers: pd.DataFrame, known: Mapping[int, object]
) -> dict[int, tuple[str, str]]:
    """Find columns of 0 and 1 side by side that have the same words before a "/"."""

    def stem(place: int) -> str:
        binary = set(answers.iloc[:, place]) <= TICKED | UNTICKED
        before = headers[place].rpartition("/")[0]
        return before if binary and place not in known and before not in headers else ""

    found = {}
    for before, run in ((before, list(own)) for before, own in groupby(range(len(headers)), stem)):
        if before and len(run) > 1 and answers.iloc[:, run].isin(list(TICKED)).any(axis=None):
            found |= {place: (before, headers[place][len(before) + 1 :]) for place in run}
    return found


def _special(found: Sequence[Head]) -> Iterator[Head]:
    """Find out who, where and which file, whatever the form says."""
    headers = {head.header for head in found}
    located = {f"{part[1] or ''}{part[2] or part[3]}" for name in headers if (part := _PART.fullmatch(name))}
    files = {url[1] for name in headers if (url := _URL.fullmatch(name))} & headers
    for head in found:
        if head.header in PERSON:
            yield head._replace(about=WHO)
        elif head.header in located or _PART.fullmatch(head.header):
            yield head._replace(about=PLACE)
        elif head.header in files or head.header.removesuffix("_URL") in files:
            yield head._replace(about=FILE)
        else:
            yield head
