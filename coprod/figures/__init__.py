"""Figures: a finished table in, an Axes and its words out.

Each function takes what :func:`coprod.privacy.protect` gave out and computes nothing but places on the
page: no statistics, no rounding, no hiding. Titles and alternative texts come from the same table.
"""

from coprod.figures.diverging import diverging_bars
from coprod.figures.flow import flow, flows
from coprod.figures.from_zero import answer_bars
from coprod.figures.gaps import gaps
from coprod.figures.groups import agreement_by_group, groups_by_section
from coprod.figures.sections import by_section
from coprod.figures.sheet import Drawn, styled
from coprod.figures.team import team
from coprod.figures.timeline import timeline

__all__ = [
    "Drawn",
    "agreement_by_group",
    "answer_bars",
    "by_section",
    "diverging_bars",
    "flow",
    "flows",
    "gaps",
    "groups_by_section",
    "styled",
    "team",
    "timeline",
]
