"""Titles and alternative texts: what a figure shows, said from the table that it was drawn from.

A title names the highest and the lowest, and everything that ties with them; it gives no reasons.
"""

from collections.abc import Callable, Sequence

from coprod.figures.questions import Question, uncapital
from coprod.saying import BAND, BANDS, ROUNDED, joined
from coprod.tally import EVERYBODY

LONG = 60  # letters of a question in a title or an alternative text
SIDES = ("favourable", "neutral", "unfavourable")


def quoted(text: str) -> str:
    """Put a question in quotation marks, cut at a word where it is long."""
    plain = " ".join(text.split()).removesuffix(".")
    if len(plain) > LONG:
        plain = plain[:LONG].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
    return f"“{plain}”"


def some_of(texts: Sequence[str]) -> str:
    """Name the first question, and count the rest: a title is no list."""
    rest = len(texts) - 1
    return f"{quoted(texts[0])} and {rest} more" if rest else quoted(texts[0])


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
    ranks = list(map(_rank, items))
    return [item for item, rank in zip(items, ranks, strict=True) if rank == end(ranks)]


def _rank(item: Question) -> float:
    """Return where an item stands by its favourable answers, no finer than it is said."""
    words = [word for _, word in BANDS]
    said = item.said("favourable")
    return words.index(said) if said in words else item.on("favourable")["n"].sum() / item.base


def _claim(items: list[Question]) -> str:
    """Say how many answered favourably, for items that tie: "7 of 9 agreed"."""
    claims: dict[str, list[str]] = {}
    for item in items:
        claims.setdefault(item.says("favourable"), []).append(item.said("favourable"))
    return joined([f"{joined(list(dict.fromkeys(said))[:2])} {says}" for says, said in claims.items()])


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
        values = ", ".join(f"{uncapital(row.Index)}: {row.n:.0f}" for row in item.labels.itertuples())
        values = f"of {item.base_said} answers, rounded; {values}"
    else:
        sides = (side for side in SIDES if len(item.on(side)))
        values = ", ".join(f"{item.says(side)}: {item.said(side)}" for side in sides)
        values += f", of {item.base_said} answers" if item.precision == BAND else ""
    missing = "".join(f"; {words}" for words in item.without_label())
    return f"{quoted(item.text)}: {values}{missing}."
