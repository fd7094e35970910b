"""The calibration's page and figure, from its table of results."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from coprod.figures import styled
from coprod.figures.colours import GROUPS, MARKERS

WORKBOOK, IN_ADVANCE = "workbook, 20 questions", "workbook, 3 of the 20 named in advance"
WITH_GROUPS = "workbook, 20 questions, change and a difference of two sectors"
ALONE = "workbook, one question looked at"
T_TEST, RANK_TEST = "paired t test on codes, not adjusted", "unpaired Mann-Whitney, not adjusted"
SHARE, TEXTBOOK_SHARE = "share: Wilson", "share: textbook (Wald)"
NET_CHANGE, TEXTBOOK_NET = "net change: Tango", "net change: textbook (Wald)"
DELTA = "Cliff's delta: coprod.ranks"
MEAN, LOWEST = "mean coverage", "lowest coverage"
ANY_FINDING, FOUND = "programmes with any finding", "true changes found"
TITLES = {
    LOWEST: "Lowest coverage of 95% intervals",
    ANY_FINDING: "Programmes with a finding, though nothing changed",
}
ASIDE = 0.04  # of a step, so that lines that run together can be told apart
LINES = {LOWEST: 0.95, ANY_FINDING: 0.05}

PAGE = """\
# Calibration
How often the workbook's intervals hold the truth, and how often it reports a change that is not there.
[calibration.py](calibration.py) counts it and writes this page; all numbers are in
[calibration.csv](calibration.csv).

![{alt}](../figures/calibration.svg)

## Intervals
How often, in per cent, a 95% interval holds the true value: on average over true values and, in brackets,
where it is lowest. n is people, pairs of answers, or people in each of two groups.

The grid has true shares of 0.05 to 0.95 in steps of 0.05; for net change, every two of them, improved and
worse, that leave room for each other. Rows with labels take the true values that come about on scales with
so many labels, from no change or difference to a large one. How often the interval of a share holds it
depends on the share alone, and not on the scale. With fewer than some 12 people the workbook's intervals of
net change and of Cliff's delta are wider than 95% asks for.

{coverage}

## Findings where nothing changed
Of {programmes:,} simulated programmes of {items} questions, in which nothing changed and nothing differs, the
per cent that report at least one finding.

{any_finding}

## True changes found
Of the true changes, the per cent that are reported, where the improved outnumber the worse by {net:.0%} of
the people. One question of {items} changes, or five; where three are named in advance, the changed ones are
among them.

{power}
"""


def page(table: pd.DataFrame, *, alt: str, programmes: int, items: int, net: float) -> str:
    """Write the results as a page."""
    coverage = table[table["measure"] == MEAN].merge(
        table[table["measure"] == LOWEST], on=["what", "truths", "n"], suffixes=("", "_lowest")
    )
    both = [
        f"{mean:.1%} ({lowest:.1%})"
        for mean, lowest in zip(coverage["value"], coverage["value_lowest"], strict=True)
    ]
    shares = table.assign(cell=table["value"].map("{:.1%}".format))
    return PAGE.format(
        **{"alt": alt, "programmes": programmes, "items": items, "net": net},
        coverage=_markdown(coverage.assign(cell=both), "interval", "true values"),
        any_finding=_markdown(shares[shares["measure"] == ANY_FINDING], "analysis", "in truth"),
        power=_markdown(shares[shares["measure"] == FOUND], "analysis", "in truth"),
    )


def _markdown(table: pd.DataFrame, what: str, truths: str) -> str:
    """Lay out ``cell`` with a row for each ``what`` and ``truths``, and a column for each ``n``."""
    order = table[["what", "truths"]].drop_duplicates()
    wide = table.pivot(index=["what", "truths"], columns="n", values="cell")
    wide = wide.reindex(pd.MultiIndex.from_frame(order)).reset_index()
    lines = [
        [what, truths, *(f"n = {n}" for n in wide.columns[2:])],
        ["---"] * wide.shape[1],
        *wide.to_numpy(),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def draw(table: pd.DataFrame) -> Figure:
    """Draw the lowest coverage of each interval, and the programmes with a finding where nothing changed."""
    drawn = table[table["truths"].isin(["grid", "nothing changed"]) | (table["what"] == DELTA)]
    with styled():
        figure = Figure(figsize=(6.4, 8.6), layout="constrained")
        for ax, measure in zip(figure.subplots(2, 1), (LOWEST, ANY_FINDING), strict=True):
            rows = drawn[drawn["measure"] == measure].groupby(["what", "n"], sort=False)["value"].min()
            wide = rows.unstack("what")
            for number, (what, values) in enumerate(wide.items()):
                look = {"color": GROUPS[number], "marker": MARKERS[number], "markersize": 6}
                beside = np.arange(len(wide)) + (number - len(wide.columns) / 2) * ASIDE
                ax.plot(beside, values, label=what, **look)
            ax.axhline(LINES[measure], color="black", linestyle=":", linewidth=1)
            ax.set(title=TITLES[measure], ylim=(-0.03, 1.03), xlabel="n", xticks=range(len(wide)))
            ax.set_xticklabels(wide.index)
            ax.yaxis.set_major_formatter(PercentFormatter(1))
            ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), frameon=False)
    return figure


def alt_text(table: pd.DataFrame) -> str:
    """Say in words what the figure shows, from the same table."""
    rows = table.set_index("what")
    lowest = rows.loc[rows["measure"] == LOWEST, "value"].groupby("what", sort=False).min()
    finding = (
        rows.loc[rows["measure"] == ANY_FINDING, "value"].groupby("what", sort=False).agg(["min", "max"])
    )
    held = "; ".join(f"{what} {value:.0%}" for what, value in lowest.items())
    report = "; ".join(f"{what} {low:.0%} to {high:.0%}" for what, low, high in finding.itertuples())
    return f"{TITLES[LOWEST]}, whatever n: {held}. {TITLES[ANY_FINDING]}: {report}."
