"""Reporting aids: checklists that others have drawn up, filled as far as the data go.

Which item is filled by what stands in ``data/framework/checklists.csv``, with the item's topic and our
own question; the wording of the instruments is theirs and is not repeated. What the data cannot tell is
left empty and says so, for a team to write: an item that looks filled must not hide that nobody thought
about it.

Numbers of people go through :mod:`coprod.privacy`, as everywhere: an aid says no more than a report
for the same audience.
"""

from coprod.aids.checklists import (
    closing_questions,
    cross,
    crosswalk,
    gripp2,
    public_involvement,
)

__all__ = ["closing_questions", "cross", "crosswalk", "gripp2", "public_involvement"]
