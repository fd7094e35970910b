"""Many analysts: each person makes the choices first, and only then sees what all of them would give."""

from dataclasses import replace

import pandas as pd

from coprod import display, findings, live
from coprod.figures import Drawn
from coprod.figures.multiverse import specification_curves
from coprod.findings.wording import quoted
from coprod.multiverse import CHOICES, summarised, told
from coprod.privacy import Shown, table_of

CHOOSE = "Make your choices before you look. There is no right combination, but some are easier to defend."
TEAM_ONLY = (
    "What each combination gives is told to the programme's own team only, so nothing can be chosen here."
)
FORM = "In JupyterLab there is a form here to choose from."


def most_contested(shown: Shown) -> Shown:
    """Keep the finding that holds in the share of combinations nearest to half.

    Parameters
    ----------
    shown : Shown
        Of :func:`coprod.multiverse.specifications`.

    Returns
    -------
    Shown
        One finding's rows; for the public, which is told no combinations, the first finding's.
    """
    table = table_of(shown)
    if table.empty:
        return shown
    if "chosen" not in table:
        return _only(shown, table.iloc[:1])
    summary = summarised(table)
    from_half = (summary["holds"] / summary["ways"] - 0.5).abs()
    finding = summary.loc[from_half.idxmin(), "finding"]
    return _only(shown, table[table["finding"] == finding])


def _only(shown: Shown, rows: pd.DataFrame) -> Shown:
    return replace(shown, table=rows.reset_index(drop=True))


def analyst(shown: Shown) -> None:
    """Ask for a combination, keep it, and then show what it gives beside all the others.

    Where nobody could use a form, the choices stand there in words, and the curve below them.

    Parameters
    ----------
    shown : Shown
        One finding, of :func:`most_contested`.
    """
    table = table_of(shown)
    if table.empty or "chosen" not in table:
        display.say([], otherwise=shown.reason or TEAM_ONLY)
        display.say(findings.multiverse(shown), otherwise=shown.reason)
        return
    if live.front_end() and live.widgets_there():
        from coprod.teaching.forms import Analyst

        Analyst(shown).give_out()
        return
    missing = f" {live.NO_WIDGETS}." if live.front_end() else ""
    listed = [
        f"{name[:1].upper()}{name[1:]}: {'; or '.join(given)}." for name, given in options(shown).items()
    ]
    display.say([f"{asked(shown)} {CHOOSE}", *listed, FORM + missing])
    display.show(*curve(shown))
    display.say(findings.multiverse(shown))


def asked(shown: Shown) -> str:
    """Name the finding that choices are made for."""
    row = next(summarised(table_of(shown)).itertuples())
    return f"{quoted([row.text])}: would you report that {told.claim(row)}?"


def options(shown: Shown) -> dict[str, list[str]]:
    """List the options of each choice that there is, by the choice's name in words."""
    table = table_of(shown)
    there = {CHOICES[choice]: list(table[choice].unique()) for choice in CHOICES}
    return {name: given for name, given in there.items() if len(given) > 1}


def given_by(shown: Shown, chosen: dict[str, str]) -> str:
    """Say what one combination gives: whether the finding holds there, and clearly.

    Parameters
    ----------
    chosen : dict of str to str
        An option for each choice of :func:`options`.
    """
    table = table_of(shown)
    columns = {name: column for column, name in CHOICES.items()}
    for name, option in chosen.items():
        table = table[table[columns[name]] == option]
    if table.empty:
        return "These choices do not go together: such an answer is no step of the scale."
    row = table.iloc[0]
    if row["why_not"]:
        return f"With your choices nothing can be told. {row['why_not']}"
    holds = "holds clearly" if row["clear"] else "holds, but not clearly" if row["holds"] else "does not hold"
    return f"With your choices the finding {holds}."


def curve(shown: Shown) -> list[Drawn]:
    """Draw what all combinations give."""
    return specification_curves(shown)
