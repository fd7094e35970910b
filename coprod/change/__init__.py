"""Change: the same people's answers at two times or more, and waves that cannot be linked.

Change is counted, person by person, as improved, the same, or worse: moved towards the favourable end
of the scale, not moved, moved away. That somebody's answer changed says nothing about why.
"""

from coprod.change.compared import compared, found_items, most_moved
from coprod.change.flow import flow, moves
from coprod.change.links import link, link_summary
from coprod.change.paired import paired
from coprod.change.pairs import comparable
from coprod.change.waves import attrition, follow_ups, linked, over_all_waves, side_by_side

__all__ = [
    "attrition",
    "comparable",
    "compared",
    "flow",
    "follow_ups",
    "found_items",
    "link",
    "link_summary",
    "linked",
    "most_moved",
    "moves",
    "over_all_waves",
    "paired",
    "side_by_side",
]
