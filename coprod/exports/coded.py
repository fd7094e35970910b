"""Answers that come as codes: what the tool's own file says that they mean."""

from collections import Counter
from collections.abc import Mapping


def apart(labels: Mapping[str, str]) -> dict[str, str]:
    """Give labels by code; those of the same words are told apart by their codes, as in "Other (7)"."""
    times = Counter(labels.values())
    return {code: label if times[label] == 1 else f"{label} ({code})" for code, label in labels.items()}


def shared(scales: dict[str, tuple[str, ...]], name: str, labels: tuple[str, ...]) -> str:
    """Name the scale that has these labels; where none has, it is added to `scales` under the name."""
    scale = next((known for known, others in scales.items() if others == labels), name)
    scales[scale] = labels
    return scale
