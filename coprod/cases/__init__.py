"""Tables of case studies: who was in, what was planned and done, what came of it, and what was observed.

There are no respondents in these tables: organisations, dates and sums of money, as the programme
itself tells them in ``cases.toml``, and coded observations, each with its source.

Every row says what stands behind it: ``behind`` is a tuple of ids of evidence and refs of entries of
``cases.toml``, in order and each once, and () where there is nothing. All of them are to be found in
:func:`rows` and :func:`entries`. Counts are of statements in documents; they weigh nothing.
"""

from coprod.cases.causes import causes
from coprod.cases.chance import chance
from coprod.cases.configurations import combinations, contradictions, fits
from coprod.cases.entries import entries
from coprod.cases.evidence import NO_FACTORS, NOT_ONE_CASE, SEVERAL_SECTORS
from coprod.cases.factors import enablers_and_barriers, factors_by
from coprod.cases.files import iterations, overview, takeaways, timeline
from coprod.cases.maps import NO_CONDITION, NO_PRINCIPLE, WHOLE_PROGRAMME, conditions, evidence_map
from coprod.cases.matrix import matrix
from coprod.cases.outcomes import outcome_counts, outcomes
from coprod.cases.recommendations import recommendations
from coprod.cases.roles import expected_without_evidence, roles
from coprod.cases.rows import rows
from coprod.cases.team import changes, layers, team, ties
from coprod.cases.told import NO_CASES, NO_EVIDENCE, NOT_TOLD

__all__ = [
    "NOT_ONE_CASE",
    "NOT_TOLD",
    "NO_CASES",
    "NO_CONDITION",
    "NO_EVIDENCE",
    "NO_FACTORS",
    "NO_PRINCIPLE",
    "SEVERAL_SECTORS",
    "WHOLE_PROGRAMME",
    "causes",
    "chance",
    "changes",
    "combinations",
    "conditions",
    "contradictions",
    "enablers_and_barriers",
    "entries",
    "evidence_map",
    "expected_without_evidence",
    "factors_by",
    "fits",
    "iterations",
    "layers",
    "matrix",
    "outcome_counts",
    "outcomes",
    "overview",
    "recommendations",
    "roles",
    "rows",
    "takeaways",
    "team",
    "ties",
    "timeline",
]
