"""Headers of one question that stands over several columns: what they share, and what each adds."""

from collections.abc import Sequence

DASHES = (" - ", " \N{EN DASH} ", "-")


def cut(texts: Sequence[str]) -> tuple[str, list[str]]:
    """Cut "question - statement" where the headers of one question begin to differ.

    Parameters
    ----------
    texts : sequence of str
        The headers. A question may hold dashes, and so may its statements; a header that is alone is cut
        at its last dash.

    Returns
    -------
    stem : str
        The question; "" where the headers share none that ends with a dash.
    labels : list of str
        What is left of each, in their order.
    """
    shared = texts[0] if len(texts) == 1 else beginning(texts)
    for dash in DASHES:
        stem, found, _ = shared.rpartition(dash)
        if found and stem.strip() and all(text[len(stem) + len(dash) :].strip() for text in texts):
            return stem.strip(), [text[len(stem) + len(dash) :].strip() for text in texts]
    return "", list(texts)


def beginning(texts: Sequence[str]) -> str:
    """Give what all texts begin with."""
    first, last = min(texts), max(texts)  # all others lie between them in the order of their letters
    same = next(
        (place for place, letter in enumerate(first) if last[place : place + 1] != letter), len(first)
    )
    return first[:same]
