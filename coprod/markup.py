"""Tables as semantic HTML, and values as people say them.

Every cell is text by the time it is laid out, and every text is escaped here, because titles, labels
and observations come from respondents and programmes. Tables that count people show ``said`` and never
the numbers it was made from, so that a band stays a band.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape
from itertools import zip_longest
from typing import Any, NamedTuple

import pandas as pd

from coprod import behind
from coprod.privacy import Shown
from coprod.saying import BAND, PER_CENT_FROM, said_date

EVERYBODY = "Everybody"
RAW = ("n", "base", "share", "low", "high", "band", "precision")
CODES = ("item", "section", "framework", "collapsed", "role", "side", "order", "says", "asked", "median")
HEADINGS = {
    "ref": "Row",
    "text": "Question",
    "said": "How many",
    "base_said": "Out of",
    "money": "Grant",
    "summary": "What was done",
    "struggled": "Hard",
    "rows": "Observations",
    "sources": "Places in the sources",
}
Columns = Sequence[str] | Mapping[str, str]
NOT_ASKED = "[not asked]"
ANSWERS_SAID = {"[blank]": "Left blank", NOT_ASKED: "Not asked"}
NOBODY = r"(about )?(0% \()?0 of \d+\)?|few or none"
NUMBERS = "The numbers behind this figure"
# For JupyterLab, which aligns every cell to the right; a published page drops these styles for its own.
LEFT, RIGHT = ' style="text-align:left"', ' style="text-align:right"'
BLOCK = ' style="border-left:0.4rem solid #0f4c5c;padding:0 0 0 1rem"'
TITLE = ' style="font-size:1.4rem;line-height:1.2"'
TOGETHER = ' style="white-space:nowrap"'
BANNER = ' style="background:#ffd84d;color:#1c1600;padding:0.5rem 0.75rem;font-weight:bold"'


class Cell(NamedTuple):
    """A value in words, whether it is a number and so stands to the right, and the rows behind it."""

    text: str
    number: bool = False
    refs: tuple[str, ...] = ()


def table(shown: Shown, caption: str, columns: Columns | None = None) -> str:
    """Lay a table out as HTML.

    Parameters
    ----------
    shown : Shown
        With at least one row.
    caption : str
        What the table holds, in words.
    columns : sequence of str, or mapping of str to str, optional
        Which columns to show, in order, with headings of their own in a mapping; when left out, those
        a reader can use.

    Returns
    -------
    str
        A ``<table>`` with a caption, column headings and row headings.

    Raises
    ------
    ValueError
        `columns` names one that is not there, or raw counts beside what may be said of them.
    """
    laid_out = _chosen(shown.table, columns) if columns else _usual(shown)
    if "behind" in shown.table:
        laid_out[behind.HEADING] = [Cell("", refs=tuple(refs)) for refs in shown.table["behind"]]
    ids = [f' id="{escape(behind.anchor(ref))}"' for ref in shown.table.get("ref", ())]
    head = "".join(f'<th scope="col"{_side(cells)}>{escape(name)}</th>' for name, cells in laid_out.items())
    rows = zip(*laid_out.values(), strict=True)
    body = "\n".join(_row(row, mark) for row, mark in zip_longest(rows, ids, fillvalue=""))
    return (
        f"<table>\n<caption>{escape(caption)}</caption>\n<thead>\n<tr>{head}</tr>\n</thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def notes(told: Sequence[str]) -> str:
    """Lay out what is not shown, and why; nothing where all is shown."""
    return "".join(f'\n<p class="note">{escape(note)}</p>' for note in told)


def sentences(said: Sequence[str]) -> str:
    """Lay out one sentence as a paragraph, several as a list."""
    if len(said) == 1:
        return f"<p>{escape(said[0])}</p>{_behind(said[0])}"
    lines = "\n".join(f"<li>{escape(sentence)} {_behind(sentence)}</li>" for sentence in said)
    return f"<ul>\n{lines}\n</ul>"


def _behind(sentence: str) -> str:
    return behind.links(getattr(sentence, "behind", ()))


def title_block(title: str, warning: str, lines: Sequence[str]) -> str:
    """Lay out a report's title for JupyterLab; a published page lays it out anew."""
    banner = f"<p{BANNER}>{escape(warning)}</p>" if warning else ""
    told = "<br>".join(map(escape, lines))
    return f"<div{BLOCK}><p{TITLE}><strong>{escape(title)}</strong></p>{banner}<p>{told}</p></div>"


def around_figure(title: str, caption: str, told: Sequence[str], data: str) -> tuple[str, str]:
    """Lay out for JupyterLab what a published page sets above and below a figure."""
    below = f"<p>{escape(caption)}</p>" if caption else ""
    numbers = f"<details><summary>{NUMBERS}</summary>\n{data}\n</details>"
    return f"<p><strong>{escape(title)}</strong></p>", f"{below}{notes(told)}\n{numbers}"


def _row(cells: tuple[Cell, ...], mark: str) -> str:
    first, *others = cells
    heading = f'<th scope="row"{_side([first])}>{escape(first.text or "Not given")}</th>'
    return (
        f"<tr{mark}>{heading}{''.join(f'<td{_side([cell])}>{_in_cell(cell)}</td>' for cell in others)}</tr>"
    )


def _in_cell(cell: Cell) -> str:
    """Keep "(14 of 34)" together where a narrow cell breaks "41% (14 of 34)" into two lines."""
    if cell.refs:
        return behind.links(cell.refs)
    share, opening, counts = cell.text.partition(" (")
    if not (cell.number and opening):
        return escape(cell.text)
    return f"{escape(share)} <span{TOGETHER}>({escape(counts)}</span>"


def _side(cells: list[Cell]) -> str:
    """Align numbers to the right, so that their digits stand below each other."""
    numbers = any(cell.number for cell in cells) and all(cell.number or not cell.text for cell in cells)
    return f' class="number"{RIGHT}' if numbers else LEFT


def _chosen(frame: pd.DataFrame, columns: Columns) -> dict[str, list[Cell]]:
    missing = [name for name in columns if name not in frame]
    if missing:
        raise ValueError(f"There is no column {missing[0]!r} to show; there is {', '.join(frame.columns)}.")
    raw = [name for name in columns if name in RAW] if "said" in frame else []
    if raw:
        raise ValueError(f"The column {raw[0]!r} holds raw counts; show 'said' and 'base_said' instead.")
    own = columns if isinstance(columns, Mapping) else {}
    return {own.get(name, _heading(name)): _cells(frame, name) for name in columns}


def _usual(shown: Shown) -> dict[str, list[Cell]]:
    """Choose the columns a reader can use: answers side by side where all rows had the same."""
    frame = shown.table
    if "answer" in frame and "said" in frame and _same_answers(frame):
        return _side_by_side(shown)
    hidden = {"behind", *(RAW + CODES if "said" in frame else ())}
    if "said" in frame and shown.precision != BAND:
        hidden.add("base_said")  # what is said already holds it
    names = [name for name in frame if name not in hidden and not _says_nothing(frame, name)]
    laid_out = {_heading(name): _cells(frame, name) for name in names}
    if "said" in frame and "low" in frame and frame["low"].notna().any():
        laid_out["95% interval"] = [_interval(row) for row in frame.itertuples()]
    return laid_out


def _says_nothing(frame: pd.DataFrame, name: str) -> bool:
    """Tell columns that are empty, and groupings with one group, from columns worth showing."""
    values = frame[name]
    return bool(
        values.isna().all() or (values == "").all() or (name == "group" and (values == "Everybody").all())
    )


def _same_answers(frame: pd.DataFrame) -> bool:
    answers = frame.groupby(["item", "group"], sort=False)["answer"].agg(tuple)
    return answers.nunique() == 1 and len(set(answers.iloc[0])) == len(answers.iloc[0])


def _side_by_side(shown: Shown) -> dict[str, list[Cell]]:
    """Turn one row per answer into one row per question and group."""
    frame = shown.table
    keys = ["item", "group"]
    firsts = frame.drop_duplicates(keys)
    laid_out = {"Question": _cells(firsts, "text")}
    if not _says_nothing(firsts, "group"):
        laid_out["Group"] = _cells(firsts, "group")
    for answer, rows in frame.groupby("answer", sort=False):
        if answer == NOT_ASKED and rows["said"].str.fullmatch(NOBODY).all():
            continue  # most questions are put to everybody
        in_order = rows.set_index(keys).loc[list(firsts[keys].itertuples(index=False, name=None))]
        laid_out[ANSWERS_SAID.get(answer, answer)] = _cells(in_order, "said")
    if shown.precision == BAND:
        laid_out["Out of"] = _cells(firsts, "base_said")
    return laid_out


def _interval(row: Any) -> Cell:
    """Say an interval; below 20 people in people, as the share itself is said."""
    if pd.isna(row.low):
        return Cell("")
    if row.base < PER_CENT_FROM:
        return Cell(f"{row.low * row.base:.0f} to {row.high * row.base:.0f} of {row.base:.0f}", number=True)
    return Cell(f"{row.low:.0%} to {row.high:.0%}", number=True)


def _heading(name: str) -> str:
    return HEADINGS.get(name, name.replace("_", " ").capitalize())


def _cells(frame: pd.DataFrame, name: str) -> list[Cell]:
    if name == "said":
        return [
            Cell(said or ("not known" if base == "not known" else "no answers"), precision != BAND)
            for said, base, precision in zip(
                frame["said"], frame["base_said"], frame["precision"], strict=True
            )
        ]
    return [_cell(value) for value in frame[name]]


def _cell(value: object) -> Cell:
    if isinstance(value, (list, tuple)):
        return Cell(", ".join(_cell(part).text for part in value))
    if pd.isna(value):
        return Cell("")
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, dt.date):
        return Cell(said_date(value))
    return _number(value) if pd.api.types.is_number(value) else Cell(str(value))


def _number(value: float) -> Cell:
    whole = float(value).is_integer()
    return Cell(f"{int(value):,}" if whole else f"{value:,.2f}".rstrip("0"), number=True)
