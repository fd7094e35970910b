"""Sentences, computed from what may be shown, and from nothing else.

They describe; none of them says that something was brought about by something else, for that would
need a comparison group.
"""

from coprod.findings.aids import filled
from coprod.findings.answers import (
    agreement,
    at_a_glance,
    limits,
    not_shown,
    questions,
    response,
    strongest_and_weakest,
    weakest_conditions,
)
from coprod.findings.cases import case_studies, comings_and_goings, layers, outcomes, strength, ties
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
from coprod.findings.configurations import configurations
from coprod.findings.evidence import (
    coder_agreement,
    disagreements,
    expected_without_evidence,
    factors,
    map_gaps,
    recommendations,
    roles,
)
from coprod.findings.in_short import cases_in_short
from coprod.findings.multiverse import claims, multiverse
from coprod.findings.voices import heard, themes

__all__ = [
    "agreement",
    "at_a_glance",
    "case_studies",
    "cases_in_short",
    "changes",
    "claims",
    "coder_agreement",
    "comings_and_goings",
    "configurations",
    "disagreements",
    "equal_sectors",
    "expected_without_evidence",
    "factors",
    "filled",
    "gaps",
    "headlines",
    "heard",
    "layers",
    "limits",
    "map_gaps",
    "multiverse",
    "not_shown",
    "outcomes",
    "over_waves",
    "questions",
    "recommendations",
    "reliability",
    "response",
    "roles",
    "spread",
    "strength",
    "strongest_and_weakest",
    "themes",
    "ties",
    "two_analyses",
    "weakest_conditions",
]
