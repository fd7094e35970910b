"""What an import tells the person at the terminal. Nothing of it is written anywhere."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from coprod.folders import data_folder
from coprod.importing.merging import Difference
from coprod.importing.writing import Ready
from coprod.problems import Problem

MOST = 40  # rows of a table


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give what tells, on a terminal, what is being done; nothing of it stays there."""
    with Console(stderr=True).status("Looking at the files") as status:
        yield lambda said: status.update(said)


def refused(name: str, problems: Sequence[Problem]) -> int:
    """Show problems, and give the exit code for them."""
    from coprod.cli.printing import show_problems

    show_problems(name, list(problems))
    print("Nothing was written.")
    return 1


def found(table: pd.DataFrame, ready: Ready) -> None:
    """Show what was found in each file, and which kinds of items were made of it."""
    _print(table, "What was found")
    kinds = ready.draft.codebook["kind"].value_counts()
    guessed = sum(bool(scale.get("guessed")) for scale in ready.draft.scales.values())
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    print(f"Items: {told}. Scales: {len(ready.draft.scales)}, of which guessed: {guessed}.")


def decided(ready: Ready) -> None:
    """Show what was decided."""
    print("\nWhat was decided; it stands in decisions.csv, for a person to sign off:")
    for what, why in ready.decisions:
        print(f"- {what} {why}".rstrip())


def links(table: pd.DataFrame) -> None:
    """Show who was found in several waves."""
    wide = table.pivot(index="link", columns="wave", values="n")
    wide = wide.loc[table["link"].unique(), table["wave"].unique()].reset_index()
    _print(wide.rename(columns={"link": "people"}), "The same people in several waves")


def difference(name: str, made: Difference) -> None:
    """Show what an import changes in a programme that was there."""
    rows = [
        ("new responses", made.added),
        ("known responses with other answers: taken over", made.changed),
        ("known responses, unchanged", made.same),
        ("responses that are gone from the export: kept", made.gone),
        ("responses that somebody deleted here: left out", made.deleted),
        ("new items", len(made.items)),
    ]
    _print(pd.DataFrame(rows, columns=["what", "number"]), f"What changes in data/{name}")
    if made.by_item:
        listed = ", ".join(f"{item} ({count})" for item, count in made.by_item.items())
        print(f"Answers that changed, by item: {listed}.")
    if made.items:
        print(f"New items: {', '.join(made.items)}.")


def names(table: pd.DataFrame) -> None:
    """Show what may be names in people's own words: here only."""
    if table.empty:
        return
    _print(table, "These may be names. Look at them in answers.csv, and take out what tells who somebody is")


def next_steps(ready: Ready, *, is_new: bool, dry_run: bool) -> None:
    """Say what to do next."""
    folder = data_folder() / ready.name
    if dry_run:
        print("\nThat was a dry run: nothing was written.")
        return
    if is_new:
        print(f"\nMade {folder}. Fill in programme.toml, read codebook.csv, and look at guessed scales.")
    else:
        print(f"\nTook the answers into {folder}.")
    print(f"Then type: coprod check {ready.name}; and: coprod report {ready.name}")


def _print(table: pd.DataFrame, title: str) -> None:
    shown = Table(*map(str, table.columns), title=title)
    for row in table.head(MOST).itertuples(index=False):
        shown.add_row(*(Text(str(cell)) for cell in row))
    Console().print(shown)
    if len(table) > MOST:
        print(f"... and {len(table) - MOST} more rows")
