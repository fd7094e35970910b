"""Figures: a finished table in, an Axes and its words out.

Each function takes what :func:`coprod.privacy.protect` gave out and computes nothing but places on the
page: no statistics, no rounding, no hiding. Titles and alternative texts come from the same table.
"""

from coprod.figures.case_matrix import case_matrix
from coprod.figures.diverging import diverging_bars
from coprod.figures.evidence_map import evidence_map
from coprod.figures.fishbone import fishbones
from coprod.figures.flow import flow, flows
from coprod.figures.from_zero import answer_bars
from coprod.figures.gaps import gaps
from coprod.figures.groups import agreement_by_group, groups_by_section
from coprod.figures.layers import layers
from coprod.figures.mirrored import mirrored_bars, mirrored_by_group
from coprod.figures.multiverse import specification_curves
from coprod.figures.outcome_grid import outcome_grid
from coprod.figures.roles import roles
from coprod.figures.roots import roots_and_leaves
from coprod.figures.sections import by_section
from coprod.figures.sheet import Drawn, styled
from coprod.figures.team import team
from coprod.figures.ties import ties
from coprod.figures.timeline import timeline
from coprod.figures.voices_balance import voices_balance

__all__ = [
    "Drawn",
    "agreement_by_group",
    "answer_bars",
    "by_section",
    "case_matrix",
    "diverging_bars",
    "evidence_map",
    "fishbones",
    "flow",
    "flows",
    "gaps",
    "groups_by_section",
    "layers",
    "mirrored_bars",
    "mirrored_by_group",
    "outcome_grid",
    "roles",
    "roots_and_leaves",
    "specification_curves",
    "styled",
    "team",
    "ties",
    "timeline",
    "voices_balance",
]
