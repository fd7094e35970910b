"""Words that sentences on cases and on evidence share, and what stands behind several rows."""

from collections.abc import Iterable

import pandas as pd

from coprod.saying import Sentence


def counted(count: int, thing: str) -> str:
    """Say a count: "1 outcome", "3 outcomes"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def quoted(texts: Iterable[str]) -> str:
    """Quote texts one after the other, each on one line and without its full stop."""
    return "; ".join(f"“{' '.join(text.split()).removesuffix('.')}”" for text in texts)


def capital(text: str) -> str:
    """Begin a sentence, leaving capitals further on as they are."""
    return text[:1].upper() + text[1:]


def refs(rows: pd.DataFrame) -> tuple[str, ...]:
    """Give what stands behind some rows of a table, in order and each once."""
    return tuple(dict.fromkeys(ref for behind in rows["behind"] for ref in behind))


def refs_of(sentences: Iterable[str]) -> tuple[str, ...]:
    """Give what stands behind some sentences, in order and each once; a plain text rests on nothing."""
    behind = (sentence.behind for sentence in sentences if isinstance(sentence, Sentence))
    return tuple(dict.fromkeys(ref for refs in behind for ref in refs))
