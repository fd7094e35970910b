"""Traces of single people in a text: their keys, their answers side by side, their words.

Each is made ready once for a programme, as a function of a file's pieces.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from coprod import voices
from coprod.codebook import MULTI_SEPARATOR, Scale
from coprod.programme import Programme
from coprod.quotable import quotable

Look = Callable[[list[str]], Iterable[str]]  # a file's pieces to what is wrong with them, in words
WORD, UNSPACED = re.compile(r"\w+"), re.compile(r"[^\s,;|\"'<>()\[\]]+")
MADE_KEY = re.compile(r"(?<!\w)(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{16}(?!\w)")  # by coprod.importing.keys
RUN = 6  # words in a row that somebody wrote; fewer stand in any text
BRIEF = 4  # words; a text of so many is found where it stands alone, and a shorter one not: "None of it"
DIGITS = 6  # a key of fewer digits and nothing else could be any number
LABELS = 3  # answers of one person side by side
APART = " \N{BROKEN BAR} "  # between pieces, so that the numbers of two cells do not become one
BETWEEN = r"[\s,;|\"'\N{BROKEN BAR}]+"
LETTER = re.compile(r"[^\W\d_]")
SHOWN = 40  # letters


def shortened(text: str) -> str:
    """Give the beginning of what was found, on one line and in quotation marks."""
    plain = " ".join(text.split())
    return repr(plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}…")


def of_keys(programme: Programme, own: str) -> Look:
    """Look for people's keys and self-made codes.

    Parameters
    ----------
    programme : Programme
        Whole.
    own : str
        What it says of itself; a key that is a word of that is not looked for.

    Returns
    -------
    callable
        A key with letters and digits, or many digits, is found anywhere; another word where it stands alone.
    """
    given = set(_answers(programme, "code"))
    given |= set() if programme.answers is None else set(programme.answers["person"])
    known = {*WORD.findall(own.casefold()), *_refs(programme)}
    keys = {key.strip().casefold() for key in given} - known
    telling = {key for key in keys if _tells(key)}
    names = {key for key in keys - telling if len(key) > 2 and not key.isdigit()}

    def look(said: list[str]) -> Iterator[str]:
        text = APART.join(said).casefold()
        there = names.intersection(piece.strip().casefold() for piece in said) if names else set()
        if telling:
            there |= telling.intersection(WORD.findall(text)) | telling.intersection(UNSPACED.findall(text))
        return (f"a person's key, {key!r}" for key in sorted(there | set(MADE_KEY.findall(text))))

    return look


def _tells(key: str) -> bool:
    digits = sum(map(str.isdigit, key))
    return digits >= DIGITS or (0 < digits < len(key) and len(key) > 2)


def _refs(programme: Programme) -> Iterator[str]:
    """Yield what rows and entries are called, which a page names."""
    yield from programme.evidence["evidence"].str.casefold()
    yield from programme.excerpts["excerpt"].str.casefold()
    for case in programme.cases.values():
        lists = chain.from_iterable(part for part in case.values() if isinstance(part, list))
        yield from (entry["ref"] for entry in (case, *lists) if isinstance(entry, dict))


def _answers(programme: Programme, kind: str) -> Iterator[str]:
    """Yield the answers to the questions of a kind."""
    if programme.answers is not None:
        for item in programme.items.index[programme.items["kind"] == kind]:
            yield from programme.answers[item].unique()


def of_rows(programme: Programme) -> Look:
    """Look for answers of one person side by side, which a heading with a scale's labels is not."""
    scales = programme.scales.values()
    keyed = (*programme.places, *programme.waves, *programme.sectors)
    labels = sorted(filter(LETTER.search, {*keyed, *_labels(scales)}), key=len, reverse=True)
    if programme.answers is None or not labels:
        return lambda said: ()
    one = rf"(?:{'|'.join(map(re.escape, labels))})(?!\w)"
    single, several = re.compile(one), re.compile(rf"{one}(?:{BETWEEN}{one}){{{LABELS - 1},}}")
    rows: list[str] = []

    def look(said: list[str]) -> Iterator[str]:
        for found in several.finditer(APART.join(said)):
            given = single.findall(found[0])
            windows = zip(*(given[start:] for start in range(LABELS)), strict=False)
            telling = ["\0".join(window) for window in windows if not _listed(window, scales)]
            if telling and not rows:
                rows.append(_joined(programme))
            if any(f"\0{window}\0" in rows[0] for window in telling):
                yield f"answers of one person, {shortened(found[0])}"

    return look


def _labels(scales: Iterable[Scale]) -> Iterator[str]:
    return chain.from_iterable(scale.answers for scale in scales)


def _listed(labels: tuple[str, ...], scales: Iterable[Scale]) -> bool:
    """Tell labels as a heading lists them: of one scale, each once, and in order if they have one."""
    if len(set(labels)) < len(labels):
        return False
    for scale in scales:
        if set(labels) <= set(scale.answers):
            places = [scale.answers.index(label) for label in labels]
            return scale.polarity == "none" or places in (sorted(places), sorted(places, reverse=True))
    return False


def _joined(programme: Programme) -> str:
    """Write down all answers, row by row, with what cannot be typed between them."""
    rows = programme.answers.itertuples(index=False, name=None)
    ticked = (MULTI_SEPARATOR.join(filter(None, row)).split(MULTI_SEPARATOR) for row in rows)
    return "\n".join("\0{}\0".format("\0".join(cells)) for cells in ticked)


def quoted(programme: Programme, audience: str, smallest: int) -> list[str]:
    """List the quotes that an audience may see."""
    quotes = voices.quotes(programme)
    return [] if quotes.empty else list(quotable(quotes, audience, smallest)[0]["words"])


def of_words(programme: Programme, allowed: list[str], own: str) -> Look:
    """Look for what people wrote, but for quotes that are allowed and for what the programme says itself."""
    runs, briefs = _runs(_answers(programme, "text"))
    for fine in (_runs(allowed), _runs([own])):
        runs -= fine[0]
        briefs -= fine[1]

    def look(said: list[str]) -> Iterator[str]:
        for piece in said if runs or briefs else ():
            words = WORD.findall(piece.casefold())
            if len(words) >= BRIEF and (tuple(words) in briefs or not runs.isdisjoint(_in_runs(words))):
                yield f"what somebody wrote and may not be quoted with, {shortened(piece)}"

    return look


def _runs(texts: Iterable[str]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Take texts apart into runs of words; brief ones stay whole."""
    spoken = [WORD.findall(text.casefold()) for text in texts]
    briefs = {tuple(words) for words in spoken if BRIEF <= len(words) < RUN}
    return set(chain.from_iterable(map(_in_runs, spoken))), briefs


def _in_runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)
