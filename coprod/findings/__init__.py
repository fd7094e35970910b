"""Sentences, computed from what may be shown, and from nothing else.

They describe; none of them says that something was brought about by something else, for that would
need a comparison group.
"""

from coprod.findings.answers import (
    agreement,
    at_a_glance,
    case_studies,
    limits,
    not_shown,
    questions,
    response,
    strongest_and_weakest,
    weakest_conditions,
)
from coprod.findings.comparisons import (
    changes,
    equal_sectors,
    gaps,
    headlines,
    over_waves,
    reliability,
    spread,
    two_analyses,
)

__all__ = [
    "agreement",
    "at_a_glance",
    "case_studies",
    "changes",
    "equal_sectors",
    "gaps",
    "headlines",
    "limits",
    "not_shown",
    "over_waves",
    "questions",
    "reliability",
    "response",
    "spread",
    "strongest_and_weakest",
    "two_analyses",
    "weakest_conditions",
]
