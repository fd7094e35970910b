"""What the case studies come to, in the few sentences that a reader in a hurry will read."""

import pandas as pd

from coprod.findings.cases import outcomes
from coprod.findings.wording import counted, quoted, refs
from coprod.privacy import Shown, table_of
from coprod.saying import Sentence


def cases_in_short(came: Shown, told: Shown) -> list[Sentence]:
    """Say how many outcomes were reached, name those that were not, and what was told of most often.

    Parameters
    ----------
    came : Shown
        Of :func:`cases.outcomes`.
    told : Shown
        Of :func:`cases.enablers_and_barriers`.

    Returns
    -------
    list of Sentence
        None where there is nothing to tell.
    """
    reached, factors = table_of(came), table_of(told)
    missed = reached[reached["status"] == "not reached"] if len(reached) else reached
    said = [*outcomes(came)[:1]]
    if len(missed):
        said.append(Sentence(f"Not reached: {quoted(missed['outcome'])}.", refs(missed)))
    return [*said, *(_most(direction, rows) for direction, rows in factors.groupby("direction", sort=False))]


def _most(direction: str, rows: pd.DataFrame) -> Sentence:
    most = rows[rows["rows"] == rows["rows"].max()]
    times = counted(int(most["rows"].iloc[0]), "observation")
    each = " each" if len(most) > 1 else ""
    if len(most) > 3:
        return Sentence(f"No {direction} stands out: {len(most)} were told of in {times}{each}.", refs(most))
    return Sentence(
        f"The {direction} told of most often: {quoted(most['factor'])}, {times}{each}.", refs(most)
    )
