"""One figure for each set of questions that belong together."""

from dataclasses import replace

from coprod.figures.diverging import diverging_bars
from coprod.figures.sheet import Drawn
from coprod.privacy import Shown, table_of


def by_section(shown: Shown) -> list[Drawn]:
    """Draw how people answered, one figure for each section of the codebook and each scale in it.

    Parameters
    ----------
    shown : Shown
        A protected table of :func:`coprod.likert.shares`, one group.

    Returns
    -------
    list of Drawn
        In the order of the table; one without a figure where there is nothing to draw.
    """
    table = table_of(shown)
    if table.empty:
        return [diverging_bars(shown)]
    sets = table.groupby(["section", "scale"], sort=False)
    return [diverging_bars(replace(shown, table=rows.reset_index(drop=True))) for _, rows in sets]
