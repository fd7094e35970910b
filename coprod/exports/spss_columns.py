"""The variables of an SPSS file: what each means, and its values in words."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from coprod.exports.coded import apart
from coprod.exports.export import IDENTIFIER, ITEM, METADATA, NUMBER, column
from coprod.exports.headers import cleaned
from coprod.exports.kinds import kinds
from coprod.exports.spss_values import Held

DATE, TIME, MOMENT, PLAIN = "date", "time", "moment", "plain"
LONGEST = 11  # points of a scale of which the ends alone have labels, such as 0 to 10
ENOUGH = 10  # rows that all differ, for a column of words without a blank to be a column of codes
BEGINNING = np.datetime64("1582-10-14", "s")  # SPSS counts seconds from the Gregorian calendar's first day
_FORMATS = {
    DATE: re.compile(r"(?:DATE|ADATE|EDATE|JDATE|SDATE|QYR|MOYR|WKYR)\d+"),
    TIME: re.compile(r"(?:TIME|DTIME|MTIME)\d+(?:\.\d+)?"),
    MOMENT: re.compile(r"(?:DATETIME|YMDHMS)\d+(?:\.\d+)?"),
}
_WHO = re.compile(
    r"(?i)ip_?addr(?:ess)?|recipient\w+|external_?(?:data_?)?reference|(?:location_?)?(?:lat|long)itude|gps\w*|"
    r"resp(?:onse|ondent)?_?(?:id|no|nr|num|number|serial)|(?:case|person|participant|subject|user|panel)_?"
    r"(?:id|no|nr|num|number)|(?:u|g)?u?id|urn|token|e_?mail(?:_?address)?|(?:first|last|sur|fore|full|user)?_?name|"
    r"(?:tele|mobile)?_?phone(?:_?(?:no|number))?|mobile|post_?code|zip_?code"
)
_FORM = re.compile(
    r"(?i)startdate|enddate|recordeddate|submitdate|datestamp|interviewtime|duration__in_seconds_|"
    r"distributionchannel|userlanguage|startlanguage|lastpage|refurl|collector_?id"
)
_BIRTH = re.compile(r"(?i)\bdob\b|birth")


class Variable(NamedTuple):
    """One variable.

    Attributes
    ----------
    name, text : str
        The variable's name, and its label (the name where it has none).
    holds : str
        `DATE`, `TIME`, `MOMENT` or `PLAIN`.
    words : bool
        Whether it holds text and not numbers.
    labels : dict
        Labels by value, in the order of the values; those of missing values among them.
    missing : tuple of (value, value)
        Ranges of the values that the file declares missing, ends included.
    measure : str
        "nominal", "ordinal", "scale" or "unknown".
    """

    name: str
    text: str
    holds: str
    words: bool
    labels: dict[Any, str]
    missing: tuple[tuple[Any, Any], ...]
    measure: str

    def is_missing(self, value: Any) -> bool:
        """Say whether the file declares a value missing."""
        return any(low <= value <= high for low, high in self.missing)

    @property
    def answers(self) -> dict[Any, str]:
        """The labels of values that are answers."""
        return {value: label for value, label in self.labels.items() if not self.is_missing(value)}


class Column(NamedTuple):
    """A variable in words: its cells, what it is, its scale, and what was done to it by kind of deed."""

    cells: pd.Series
    told: dict[str, str]
    scale: tuple[str, ...] = ()
    done: Mapping[str, str] = {}


def variables(held: Held) -> list[Variable]:
    """Read what a file says of its variables."""
    return [
        Variable(
            name,
            cleaned(text) or name,
            _holds(held.formats[name]),
            held.words[name],
            _labels(held.labels.get(name, {})),
            tuple((each["lo"], each["hi"]) for each in held.missing.get(name, ())),
            held.measures[name],
        )
        for name, text in held.texts.items()
    ]


def in_words(variable: Variable, values: pd.Series) -> Column:
    """Write the values of a variable as answers, and say what kind of question it is."""
    plain = values.map({value: _plain(variable, value) for value in values.unique()}).fillna("")
    if why := _who(variable, plain):
        return Column(plain, column(variable.name, IDENTIFIER, variable.text, why=why))
    if _FORM.fullmatch(variable.name) or variable.holds != PLAIN:
        why = "A date or a time." if variable.holds != PLAIN else "About the form."
        return Column(plain, column(variable.name, METADATA, variable.text, why=why))
    seen = sorted(
        value for value in values.dropna().unique() if value != "" and not variable.is_missing(value)
    )
    if scale := _scale(variable, seen):
        return _item(variable, values, scale, seen)
    return _words(variable, values, plain) if variable.words else _number(variable, values, plain, seen)


def _item(variable: Variable, values: pd.Series, scale: Mapping[Any, str], seen: Sequence[Any]) -> Column:
    """Write labels for values; those of missing values stand at the end of the scale."""
    missing = [value for value in {*values.dropna().unique(), *variable.labels} if variable.is_missing(value)]
    beside = {value: variable.labels.get(value) or _plain(variable, value) for value in sorted(missing)}
    strays = [value for value in seen if value not in scale]
    words = {**scale, **beside, **{value: _plain(variable, value) for value in strays}}
    codes = {value: _plain(variable, value) for value in words}
    told_apart = apart({codes[value]: label for value, label in words.items()})
    own = {value: told_apart[codes[value]] for value in words}
    done = {}
    if beside:
        done["apart"] = ", ".join(repr(own[value]) for value in beside)
    if strays:
        done["strays"] = str(int(values.isin(strays).sum()))
    if own != words:
        done["twice"] = "yes"
    labels = tuple(own[value] for value in (*scale, *beside))
    return Column(values.map(own).fillna(""), column(variable.name, ITEM, variable.text), labels, done)


def _scale(variable: Variable, seen: Sequence[Any]) -> dict[Any, str]:
    """Give the labels of a scale by value; none where the variable is no scale."""
    answers = variable.answers
    bare = [value for value in seen if value not in answers]
    whole = not variable.words and all(value == int(value) for value in (*answers, *seen))
    if not bare:
        return answers
    low, high = min(answers, default=0), max(answers, default=0)
    if len(answers) > 1 and whole and high - low < LONGEST and low <= min(seen) and max(seen) <= high:
        return {value: answers.get(value, str(value)) for value in range(int(low), int(high) + 1)}
    return answers if len(bare) < len(answers) else {}


def _number(variable: Variable, values: pd.Series, plain: pd.Series, seen: Sequence[Any]) -> Column:
    """Take numbers for a scale where they are few; numbers have no room for what is declared missing."""
    cells, done = _without_missing(variable, values, plain)
    rated = variable.measure != "scale" and bool(seen)
    if not rated or kinds(cells.to_frame("it"), {"it": variable.text})["it"].role != ITEM:
        return Column(cells, column(variable.name, NUMBER, variable.text), (), done)
    if not done:
        return Column(cells, column(variable.name, ITEM, variable.text))
    points = range(int(min(seen)), int(max(seen)) + 1)
    return _item(variable, values, {float(point): str(point) for point in points}, seen)


def _words(variable: Variable, values: pd.Series, plain: pd.Series) -> Column:
    cells, done = _without_missing(variable, values, plain)
    role, why, _ = kinds(cells.to_frame("it"), {"it": variable.text})["it"]
    return Column(cells, column(variable.name, role, variable.text, why=why), (), done)


def _without_missing(
    variable: Variable, values: pd.Series, plain: pd.Series
) -> tuple[pd.Series, dict[str, str]]:
    missing = values.isin([value for value in values.unique() if value != "" and variable.is_missing(value)])
    return plain.mask(missing, ""), {"blanked": str(int(missing.sum()))} if missing.any() else {}


def _who(variable: Variable, plain: pd.Series) -> str:
    given = plain[plain != ""]
    if variable.answers:
        return ""
    if _WHO.fullmatch(variable.name):
        return "Its name says that it tells who somebody is."
    if variable.holds != PLAIN and (_BIRTH.search(variable.text) or _BIRTH.search(variable.name)):
        return "A date of birth."
    codes = (
        variable.words and len(given) >= ENOUGH and given.is_unique and not given.str.contains(r"\s").any()
    )
    return "Every row has a code of its own." if codes else ""


def _plain(variable: Variable, value: Any) -> str:
    """Write a value without its label; "" for none."""
    if isinstance(value, str):
        return value.rstrip()
    if value is None or not np.isfinite(value):
        return ""
    if variable.holds == PLAIN or abs(value) > 1e12:
        return f"{value:.15g}"
    if variable.holds == TIME:
        return str(timedelta(seconds=round(value)))
    moment = str(BEGINNING + np.timedelta64(round(value), "s"))
    return moment[:-9] if variable.holds == DATE else moment.replace("T", " ")


def _holds(spelled: str) -> str:
    return next((kind for kind, form in _FORMATS.items() if form.fullmatch(spelled.upper())), PLAIN)


def _labels(given: Mapping[Any, str]) -> dict[Any, str]:
    found = {value: cleaned(label) for value, label in given.items() if cleaned(label)}
    return dict(sorted(found.items()))
