"""Titles and alternative texts: what a figure shows, said from the table that it was drawn from.

A title names the highest and the lowest, and everything that ties with them; it gives no reasons.
"""

from collections.abc import Callable, Sequence

from coprod.figures.questions import Question, uncapital
from coprod.saying import BAND, BANDS, ROUNDED
from coprod.tally import EVERYBODY

LONG = 70  # letters of a question in a title or an alternative text
SIDES = ("favourable", "neutral", "unfavourable")


def quoted(text: str) -> str:
    """Put a question in quotation marks, cut at a word where it is long."""
    plain = " ".join(text.split())
    if len(plain) > LONG:
        plain = plain[:LONG].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
    return f"“{plain}”"


def joined(parts: Sequence[str], last: str = "and") -> str:
    """Join words: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def some_of(texts: Sequence[str]) -> str:
    """Name up to two questions, and count the rest."""
    named = [quoted(text) for text in texts[:2]]
    rest = len(texts) - 2
    return joined([*named, f"{rest} more"] if rest > 0 else named)


def counted(n: int, one: str) -> str:
    """Count things: "1 item", "3 items"."""
    return f"{n} {one}" if n == 1 else f"{n} {one}s"


def sides_title(items: list[Question]) -> str:
    """Say which items had the largest and the smallest share of favourable answers."""
    answered = [item for item in items if item.said("favourable")]
    if not answered:
        return "Nobody answered these questions"
    lowest, highest = (_at_end(answered, end) for end in (min, max))
    if len(items) == 1:
        title = f"{quoted(items[0].text)}: {_claim(items)}"
    elif len(highest) == len(answered):
        title = f"Every question alike: {_claim(answered)}"
    else:
        title = (
            f"Most favourable: {some_of([item.text for item in highest])}, where {_claim(highest)}; "
            f"least favourable: {some_of([item.text for item in lowest])}, where {_claim(lowest)}"
        )
    return title if items[0].group == EVERYBODY else f"{items[0].group}: {title}"


def _at_end(items: list[Question], end: Callable) -> list[Question]:
    """Pick the items with the largest or smallest share of favourable answers, every one of them."""
    edge = end(map(_rank, items))
    return [item for item in items if _rank(item) == edge]


def _rank(item: Question) -> float:
    """Return where an item stands by its favourable answers, no finer than it is said."""
    words = [word for _, word in BANDS]
    said = item.said("favourable")
    return words.index(said) if said in words else item.on("favourable")["n"].sum() / item.base


def _claim(items: list[Question]) -> str:
    """Say how many answered favourably: "7 of 9 agreed"."""
    claims = dict.fromkeys(f"{item.said('favourable')} {item.says('favourable')}" for item in items)
    return joined(list(claims)[:2])


def sides_alt(items: list[Question]) -> str:
    """Describe diverging bars, or their tiles, item by item."""
    first = items[0]
    labels = list(first.labels.sort_values("order").index)
    kind = "Tiles that say shares in words" if first.precision == BAND else "Diverging bar chart"
    whom = "" if first.group == EVERYBODY else f", answered by {first.group}"
    scale = f"Answers: {', '.join(labels)}."
    return f"{kind}, {counted(len(items), 'question')}{whom}. {scale} {' '.join(map(_spoken, items))}"


def _spoken(item: Question) -> str:
    """Say one item in full: its sides, or its rounded labels, and whoever gave no label."""
    if not item.base:
        values = "nobody gave an answer"
    elif item.precision == ROUNDED:
        values = ", ".join(f"{uncapital(row.Index)} {row.n:.0f}" for row in item.labels.itertuples())
        values = f"of {item.base_said} people, rounded: {values}"
    else:
        sides = (side for side in SIDES if len(item.on(side)))
        values = ", ".join(f"{item.says(side)} {item.said(side)}" for side in sides)
        values += f", of {item.base_said} people" if item.precision == BAND else ""
    missing = "".join(f"; {words}" for words in item.without_label())
    return f"{quoted(item.text)}: {values}{missing}."
