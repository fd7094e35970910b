"""Every case and every entry of ``cases.toml``, one by one, said in a sentence or two."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from coprod.cases.files import money, reached
from coprod.cases.outcomes import IN_WORDS
from coprod.cases.rows import shortened
from coprod.cases.told import NO_CASES
from coprod.opening import ENTRIES
from coprod.programme import Programme
from coprod.saying import joined, said_date

COLUMNS = ["ref", "says", "about", "where"]
PARTS = {
    "team": "team",
    "changes": "change of team",
    "ties": "tie",
    "timeline": "step",
    "reach": "reach",
    "causes": "cause",
    "iterations": "round",
    "outcomes": "outcome",
}
ROUND = {
    "planned": "Planned",
    "done": "Done",
    "learned": "Learned",
    "struggled": "Hard",
    "next": "Next",
}


def entries(programme: Programme) -> pd.DataFrame:
    """Give every case and every entry of ``cases.toml``, in the order of their refs.

    Returns
    -------
    DataFrame
        ``ref``, ``says``, ``about`` (the case, and "team", "outcome" and so on) and ``where`` (the
        citation up to the year, and the section: the entry's own, or the case's where it has none).
    """
    short = shortened(programme)
    told = [
        {
            "ref": entry["ref"],
            "says": says,
            "about": f"{case['title']}, {part}",
            "where": f"{short[case['source']]}, {entry.get('section') or case['section']}",
        }
        for case in programme.cases.values()
        for part, entry, says in _told(case, programme)
    ]
    table = pd.DataFrame(told, columns=COLUMNS)
    table.attrs["reason"] = NO_CASES
    return table


def _told(case: dict[str, Any], programme: Programme) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the case and each of its entries: its part, itself, and what it says."""
    causes = {cause["key"]: cause["cause"] for cause in case["causes"]}
    says = {
        "team": lambda member: _member(member, programme),
        "changes": lambda change: _change(change, programme),
        "ties": _tie,
        "timeline": _step,
        "reach": lambda reach: f"{_sentence(reached(reach))}",
        "causes": lambda cause: _cause(cause, causes),
        "iterations": _round,
        "outcomes": lambda outcome: _sentences(outcome["outcome"], _kind(outcome)),
    }
    yield "case", case, _case(case)
    for part in ENTRIES:
        for entry in case[part]:
            yield PARTS[part], entry, says[part](entry)


def _case(case: dict[str, Any]) -> str:
    told = [case["issue"], case["problem"], case["summary"], f"Money: {money(case)}"]
    return _sentences(*told, *(f"Takeaway: {takeaway}" for takeaway in case["takeaways"]))


def _member(member: dict[str, Any], programme: Programme) -> str:
    sector = programme.sectors[member["sector"]]
    layers = joined(member["layers"]) if member["layers"] else "layer not told"
    return _sentences(f"{member['organisation']} ({sector}): {layers}", member["note"])


def _change(change: dict[str, Any], programme: Programme) -> str:
    sector = programme.sectors[change["sector"]]
    when = f": {change['when']}" if change["when"] else ""
    return _sentences(f"{change['who']} ({sector}) {change['what']}{when}", change["note"])


def _tie(tie: dict[str, Any]) -> str:
    pair = joined(tie["between"])
    return f"{pair} worked together before the programme: {tie['before']}; by its end: {tie['after']}."


def _step(step: dict[str, Any]) -> str:
    dates = [
        f"{which} {_from_to(step[f'{which}_start'], step[f'{which}_end'])}" for which in ("planned", "actual")
    ]
    return _sentences(f"{step['step']}: {'; '.join(dates)}", step["note"])


def _from_to(start: dt.date | None, end: dt.date | None) -> str:
    if start is None and end is None:
        return "not known"
    first, last = ("not known" if day is None else said_date(day) for day in (start, end))
    return f"from {first} to {last}"


def _cause(cause: dict[str, Any], causes: dict[str, str]) -> str:
    of = f", of: {causes[cause['of']]}" if cause["of"] else ""
    return _sentence(f"{cause['cause']} ({cause['kind']}{of})")


def _round(done: dict[str, Any]) -> str:
    return _sentences(*(f"{heading}: {done[part]}" for part, heading in ROUND.items() if done[part]))


def _kind(outcome: dict[str, Any]) -> str:
    return f"{outcome['kind'].capitalize()}; {IN_WORDS.get(outcome['status'], outcome['status'])}"


def _sentences(*told: str) -> str:
    return " ".join(_sentence(part) for part in told if part)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
