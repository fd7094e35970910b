"""A questionnaire as the tab-separated survey structure that LimeSurvey imports.

One row for each setting, group, question, statement and answer; what belongs together stands together. Texts
are HTML, and LimeSurvey computes what stands in braces unless a blank follows the first: labels are escaped,
so that they say what they say. A code has letters and digits only, 20 for a question and 5 for an answer; a
longer one would be dropped without a word.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from textwrap import shorten

from coprod.instrument.form import Form, Question, make_form
from coprod.instrument.names import codes
from coprod.programme import Programme

COLUMNS = (
    *("class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory"),
    *("other", "default", "same_default"),
)
LANGUAGE = "en"
SETTINGS = {  # no more is kept of a person than the answers
    **{"language": LANGUAGE, "format": "G", "anonymized": "Y", "datestamp": "N", "ipaddr": "N"},
    **{"refurl": "N", "savetimings": "N", "allowprev": "Y"},
}
GRID = "F"
TYPES = {
    **{"scale": "L", "choice": "L", "consent": "L", "multi": "M", "number": "N", "text": "T", "code": "S"},
}
UNTITLED = "Questions"
LONGEST_TITLE = 200
LONGEST_CODE = 20
LONGEST_ANSWER = 5
TAKEN = (  # by LimeSurvey, for itself and for its columns in an export
    *("lang", "sid", "savedid", "token", "qid", "gid", "sgq", "self", "that", "this", "time", "other"),
    *("comment", "id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"),
    *("ipaddr", "refurl", "interviewtime"),
)


def write_limesurvey(programme: Programme, path: Path, wave: str = "") -> None:
    """Write a programme's questionnaire for LimeSurvey; `wave` as in :func:`form.make_form`."""
    rows = [dict(zip(COLUMNS, COLUMNS, strict=True)), *_rows(make_form(programme, wave))]
    lines = ["\t".join(row.get(column, "") for column in COLUMNS) for row in rows]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")


def html(text: str) -> str:
    """Escape text so that LimeSurvey shows it as it is, and a spreadsheet too."""
    safe = escape(text, quote=False).replace('"', "&quot;")  # LimeSurvey takes quotes at both ends away
    safe = re.sub(r"\{(?=\S)", "{ ", safe)
    return re.sub(r"^[=+@-]", lambda found: f"&#{ord(found[0])};", safe)


def _rows(form: Form) -> Iterator[dict[str, str]]:
    for name, value in SETTINGS.items():
        yield _row("S", name, value)
    welcome = "".join(f"<p>{html(text)}</p>" for text in form.before)
    yield _row("SL", "surveyls_title", html(_short(form.title)))
    yield _row("SL", "surveyls_welcometext", welcome)
    asked = [question.key for question in form.questions]
    grids = [f"grid{number}" for number in range(1, len(asked) + 1)]
    made = iter(codes([*asked, *grids], _code, LONGEST_CODE))
    names = {key: next(made) for key in asked}
    for number, section in enumerate(form.sections, start=1):
        yield _row("G", html(_short(section.title or UNTITLED)), "", str(number), relevance="1")
        for block in section.blocks():
            if len(block) > 1:
                yield _row("Q", next(made), html(section.title or UNTITLED), GRID, **_needed(block[0]))
                yield from (_row("SQ", names[one.key], html(one.text), "0", relevance="1") for one in block)
            else:
                one = block[0]
                yield _row("Q", names[one.key], html(one.text), TYPES[one.kind], **_needed(one))
            yield from _answers(block[0])


def _needed(question: Question) -> dict[str, str]:
    return {"relevance": "1", "mandatory": "Y" if question.needed else "N", "other": "N"}


def _answers(question: Question) -> Iterator[dict[str, str]]:
    several = question.kind == "multi"
    made = _answer_codes(question.answers, several=several)
    for code, label in zip(made, question.answers, strict=True):
        yield _row("SQ" if several else "A", code, html(label), "0", relevance="1" if several else "")


def _answer_codes(labels: tuple[str, ...], *, several: bool) -> list[str]:
    """Give every answer its place as a code; one that is a number is its own, as in an export of codes."""
    if several:
        return [f"SQ{number:03}" for number in range(1, len(labels) + 1)]
    short = re.compile(rf"[0-9]{{1,{LONGEST_ANSWER}}}")
    return [label if short.fullmatch(label) else f"A{number}" for number, label in enumerate(labels, start=1)]


def _code(key: str) -> str:
    """Make a question's code: letters and digits, a letter first, and no name of LimeSurvey's own."""
    code = re.sub(r"[^a-z0-9]", "", key)
    return f"q{code}" if code in TAKEN or not code[:1].isalpha() else code


def _short(text: str) -> str:
    return shorten(text, LONGEST_TITLE, placeholder=" …")


def _row(kind: str, name: str, text: str, scale: str = "", **more: str) -> dict[str, str]:
    told = {"class": kind, "type/scale": scale, "name": name, "text": text, "language": LANGUAGE}
    return told | more
