"""How a finding is said, and how often it holds: the words that sentences and figures share."""

from coprod.multiverse.choices import CHOICES
from coprod.multiverse.seen import EVERY
from coprod.saying import joined

OPEN = 0
CLAIMS = {
    ("share", 1): "more than half {says}",
    ("share", -1): "fewer than half {says}",
    ("share", OPEN): "it is open whether more than half {says}",
    ("change", 1): "more people moved up than down",
    ("change", -1): "more people moved down than up",
    ("change", OPEN): "chance alone could have moved as many",
    ("gap", 1): "{group_a} answered more favourably than {group_b}",
    ("gap", -1): "{group_b} answered more favourably than {group_a}",
    ("gap", OPEN): "chance alone could set {group_a} and {group_b} as far apart",
}


def claim(row: tuple) -> str:
    """Say what a finding comes to, as it stands after "that"."""
    words = CLAIMS[row.kind, int(row.verdict)]
    return words.format(says=row.says, group_a=row.group_a, group_b=row.group_b)


def holds(row: tuple) -> str:
    """Say how often a finding holds, and how often clearly; of a summary, exact or in words."""
    if row.as_clear:
        word = "holds" if int(row.verdict) == OPEN else "holds clearly"
        return f"{word} in {_ways(row, row.holds)}"
    return f"holds in {_ways(row, row.holds)}, clearly in {row.clear}"


def _ways(row: tuple, often: int | str) -> str:
    if isinstance(often, str):
        return f"{often} of the ways of counting"
    if row.ways == 1:
        return "the one way of counting that there is"
    return f"{EVERY if often == row.ways else often} of {row.ways} ways of counting"


def hangs_on(row: tuple) -> str:
    """Say which choice decides whether a finding holds, or whether it is clear; "" where none does."""
    if not row.hangs_on:
        return ""
    exact = not isinstance(row.hangs_on, str)
    choices = joined([CHOICES[name] for name in row.hangs_on]) if exact else row.hangs_on
    always = row.holds == (row.ways if exact else EVERY)
    begun = f"{'How clear it is' if always else 'It'} hangs{' only' if row.alone else ' most'} on {choices}"
    options = [f"{name}, {n} of {of}" for name, n, of in row.options] if exact else []
    return f"{begun}{': ' if options else ''}{'; '.join(options)}."


def moves_most(row: tuple) -> str:
    """Say which choice moves the number most, by how much where that is known; "" where it hardly moves."""
    if not row.moves_most:
        return ""
    if isinstance(row.hangs_on, str):
        return "" if row.moves_most in row.hangs_on else f"The number moves most with {row.moves_most}."
    if not row.points > 0:
        return ""
    by = (
        f"{row.points:.2f} of delta"
        if row.kind == "gap"
        else f"{row.points:.0%}".replace("%", " percentage points")
    )
    return f"The number moves most with {CHOICES[row.moves_most]}: by about {by} on average."
