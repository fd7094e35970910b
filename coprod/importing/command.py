"""What ``coprod import`` does, from the command line to the exit code."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from coprod.checks import read_folder
from coprod.folders import NoWorkbook, data_folder
from coprod.importing import showing
from coprod.importing.given import sort_out
from coprod.importing.keys import read_key
from coprod.importing.merging import Difference, merge
from coprod.importing.preparing import Choices, Prepared, prepare
from coprod.importing.private import names_in
from coprod.importing.staging import staged
from coprod.importing.writing import Ready, write
from coprod.names import UnknownName
from coprod.problems import FileRefused, Problem, ProgrammeProblems


def run(
    files: Iterable[str | Path],
    to: str,
    *,
    tool: str = "",
    waves: Sequence[str] = (),
    item_map: str | Path | None = None,
    keep_text: bool = False,
    place: str = "",
    sector: str = "",
    dry_run: bool = False,
    exact_links: bool = False,
) -> int:
    """Import survey exports, and tell what was found, what was decided and what to do next.

    Parameters
    ----------
    files : iterable of str or Path
        One export, and the files that say what its codes mean; with `waves` only the latter.
    to : str
        The programme's folder, which need not be there.
    tool : str
        Which tool made the exports; found out when left out.
    waves : sequence of str
        "KEY=FILE", in the order of time.
    item_map : str or Path, optional
        items.csv.
    keep_text : bool
        Whether people's own words come in, masked.
    place, sector : str
        The questions that give place and sector.
    dry_run : bool
        Whether to write nothing.
    exact_links : bool
        Whether only people with the very same code in two waves are linked.

    Returns
    -------
    int
        0: all well. 1: something was refused, and nothing written. 2: the command line is off.
    """
    try:
        choices = Choices(to, Path(item_map) if item_map else None, keep_text, place, sector, exact_links)
        with showing.progress() as tell:
            given = sort_out([Path(file) for file in files], waves, tool)
            prepared = prepare(given, choices, read_key(make=not dry_run), tell)
            tell("Checking the programme")
            difference = _written(prepared.ready, dry_run=dry_run)
    except FileRefused as error:
        return showing.refused(error.name, error.problems)
    except ProgrammeProblems as error:
        return showing.refused(f"data/{error.name}", error.problems)
    except (UnknownName, NoWorkbook) as error:
        print(error, file=sys.stderr)
        return 2
    _tell(prepared, difference, dry_run=dry_run)
    return 0


def _written(ready: Ready, *, dry_run: bool) -> Difference | None:
    """Write the programme, or take the import into it, and check it before it is put in its place."""
    is_new = not (data_folder() / ready.name).exists()
    with staged(ready.name, dry_run=dry_run) as folder:
        difference = None if is_new else merge(folder, ready)
        if is_new:
            write(folder, ready)
        if problems := read_folder(folder)[1]:
            raise FileRefused(ready.name, list(map(_without_answer, problems)))
    return difference


def _without_answer(problem: Problem) -> Problem:
    """Leave out what somebody answered: it may be words of their own."""
    return replace(problem, value="") if problem.file == "answers.csv" else problem


def _tell(prepared: Prepared, difference: Difference | None, *, dry_run: bool) -> None:
    ready = prepared.ready
    showing.found(prepared.found, ready)
    showing.decided(ready)
    if prepared.links is not None:
        showing.links(prepared.links)
    if difference is not None:
        showing.difference(ready.name, difference)
    new = ready.draft.answers if difference is None else difference.new
    texts = ready.draft.codebook["item"][ready.draft.codebook["kind"] == "text"]
    showing.names(names_in(new, [item for item in texts if item in new]))
    showing.next_steps(ready, is_new=difference is None, dry_run=dry_run)
