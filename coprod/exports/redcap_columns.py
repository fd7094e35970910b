"""The columns of a REDCap export: which field, which choice and which form each belongs to.

Headers are either names (``check_one___2``, ``form_1_complete``) or labels ("Check one (choice=Two)",
"Complete?"). Labels repeat, and are found again by their order in the dictionary.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from coprod.exports.headers import cleaned
from coprod.exports.redcap_dictionary import CHECKBOX, SHOWN_ONLY, Field, ticked_columns

ANSWER, OPTION_OF, RECORD, COMPLETE, TIMESTAMP = "answer", "option of", "record", "complete", "timestamp"
EVENT, GROUP, WHO = "redcap_event_name", "redcap_data_access_group", "redcap_survey_identifier"
INSTRUMENT, INSTANCE = "redcap_repeat_instrument", "redcap_repeat_instance"
OWN = {
    EVENT: "Event Name",
    INSTRUMENT: "Repeat Instrument",
    INSTANCE: "Repeat Instance",
    GROUP: "Data Access Group",
    WHO: "Survey Identifier",
}
BY_LABEL = {label: name for name, label in OWN.items()}
COMPLETE_LABEL, TIMESTAMP_LABEL = "Complete?", "Survey Timestamp"
STATES = frozenset({"", "0", "1", "2", "Incomplete", "Unverified", "Complete"})
_RECORD = re.compile(r"(?:^|_)id$|record")  # what most call the first field
_CHOICE = re.compile(r"(.+) \(choice=(.*)\)")
_OPTION = re.compile(r"([a-z][a-z0-9_]*?)___(\w+)")


class Head(NamedTuple):
    """What one column is.

    Attributes
    ----------
    column : str
        Its name in the answers.
    about : str
        `ANSWER`, `OPTION_OF`, `RECORD`, `COMPLETE`, `TIMESTAMP`, or a name of `OWN`.
    field, code, form : str
        "" where it has none.
    """

    column: str
    about: str
    field: str = ""
    code: str = ""
    form: str = ""


def has_labels(headers: Sequence[str]) -> bool:
    """Say whether headers are labels and not names."""
    return COMPLETE_LABEL in headers or any(_CHOICE.fullmatch(header) for header in headers)


def looks_like(headers: Sequence[str]) -> bool:
    """Say whether a header row is REDCap's."""
    if has_labels(headers):
        marks = {TIMESTAMP_LABEL, *OWN.values(), "Record ID"}
        return any(_CHOICE.fullmatch(header) for header in headers) or not marks.isdisjoint(headers)
    names = all(re.fullmatch(r"[a-z][a-z0-9_]*", header) for header in headers)
    forms = any(header.endswith("_complete") for header in headers) and _RECORD.search(headers[0])
    return names and bool(not OWN.keys().isdisjoint(headers) or forms or any(map(_OPTION.fullmatch, headers)))


def heads(headers: Sequence[str], answers: pd.DataFrame, fields: Mapping[str, Field]) -> list[Head]:
    """Say what each column is.

    Parameters
    ----------
    headers : sequence of str
        As they stand in the file, in the order of the columns.
    answers : DataFrame, shape (responses, columns)
    fields : mapping of str to Field
        The data dictionary; empty where there is none.
    """
    plain = [cleaned(header) for header in headers]
    if not has_labels(plain):
        found = list(_by_name(plain, answers, fields))
    elif fields:
        found = list(_by_order(plain, list(answers), fields))
    else:
        found = list(_by_label(plain, list(answers)))
    return _on_forms(_with_record(found, plain, fields), fields)


def _by_name(headers: Sequence[str], answers: pd.DataFrame, fields: Mapping[str, Field]) -> Iterator[Head]:
    ticked = ticked_columns(fields)
    forms = {field.form for field in fields.values()}
    for name, column in zip(headers, answers, strict=True):
        form, _, end = name.rpartition("_")
        option = _OPTION.fullmatch(name)
        if name in OWN:
            yield Head(column, name)
        elif name in ticked:
            yield Head(column, OPTION_OF, *ticked[name])
        elif name in fields:
            yield Head(column, ANSWER, name)
        elif option and (not fields or option[1] in fields):
            yield Head(column, OPTION_OF, option[1], option[2])
        elif end == COMPLETE and (form in forms if fields else set(answers[column]) <= STATES):
            yield Head(column, COMPLETE, form=form)
        elif end == TIMESTAMP and f"{form}_complete" in headers:
            yield Head(column, TIMESTAMP, form=form)
        else:
            yield Head(column, ANSWER, name)


def _by_order(headers: Sequence[str], names: Sequence[str], fields: Mapping[str, Field]) -> Iterator[Head]:
    """Look for each label behind the last one that was found."""
    expected, place = list(_expected(fields)), 0
    for header, column in zip(headers, names, strict=True):
        later = (at for at in range(place, len(expected)) if expected[at][0] == header)
        at = next(later, None)
        if header in BY_LABEL:
            yield Head(column, BY_LABEL[header])
        elif at is None:
            yield Head(column, ANSWER, column)
        else:
            place = at + 1
            yield expected[at][1]._replace(column=column)


def _expected(fields: Mapping[str, Field]) -> Iterator[tuple[str, Head]]:
    first = next(iter(fields), "")
    for form in dict.fromkeys(field.form for field in fields.values()):
        here = [field for field in fields.values() if field.form == form]
        if first in [field.name for field in here]:  # the record's number stands before the form's time
            yield fields[first].label, Head("", ANSWER, first)
        yield TIMESTAMP_LABEL, Head("", TIMESTAMP, form=form)
        for field in here:
            if field.kind == CHECKBOX:
                for code, label in field.choices.items():
                    yield f"{field.label} (choice={label})", Head("", OPTION_OF, field.name, code)
            elif field.kind != SHOWN_ONLY and field.name != first:
                yield field.label, Head("", ANSWER, field.name)
        yield COMPLETE_LABEL, Head("", COMPLETE, form=form)


def _by_label(headers: Sequence[str], names: Sequence[str]) -> Iterator[Head]:
    number = 1
    for header, column in zip(headers, names, strict=True):
        if header in BY_LABEL:
            yield Head(column, BY_LABEL[header])
        elif option := _CHOICE.fullmatch(header):
            yield Head(column, OPTION_OF, option[1], option[2])
        elif header == TIMESTAMP_LABEL:
            yield Head(column, TIMESTAMP, form=f"form {number}")
        elif header == COMPLETE_LABEL:
            yield Head(column, COMPLETE, form=f"form {number}")
            number += 1
        else:
            yield Head(column, ANSWER, column)


def _with_record(found: list[Head], headers: Sequence[str], fields: Mapping[str, Field]) -> list[Head]:
    """Mark the record's number: the dictionary's first field, or without one the first column."""
    first = next(iter(fields), found[0].field)
    if found[0].about != ANSWER or found[0].field != first:
        return found
    return [found[0]._replace(about=RECORD), *found[1:]]


def _on_forms(found: Sequence[Head], fields: Mapping[str, Field]) -> list[Head]:
    """Say on which form each field is; without a dictionary the state of a form stands behind its fields."""
    form, placed = "", []
    for head in reversed(found):
        form = head.form if head.about == COMPLETE else form
        own = fields[head.field].form if head.field in fields else form
        placed.append(head._replace(form=own) if head.about in (ANSWER, OPTION_OF) else head)
    return placed[::-1]
