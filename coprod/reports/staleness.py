"""Which reports are stale, and why: what a report was made from is held against what is there now.

First whole files are compared, which takes milliseconds. Only where these differ, the programme is opened,
and what a report reads of its files decides. Times of files are never looked at.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from coprod.problems import NotInOrder
from coprod.provenance.inputs import DATA, Inputs, Record, read_record, renew_record
from coprod.reports.planning import Report
from coprod.saying import joined

NEVER = "it was never built"
ASKED_FOR = "it was asked for"
KEY = "key"
WORDS = {
    KEY: "the key of this machine",
    "packages": "an installed package or the lock",
    "notebook": "the notebook",
    "asked": "what is asked for",
    "framework": "the framework",
    DATA: "the data",
    "held back": "what is held back beside other reports",
}


@dataclass(frozen=True)
class Standing:
    """How a report stands.

    Parameters
    ----------
    report : Report
    found : Record
        What it would be made from now; what is read of the files only where somebody had to look.
    record : Record or None
        What it was made from.
    wrong : str
        Why it is stale whatever it was made from.
    where : str
        Its place and wave, by their titles.
    """

    report: Report
    found: Record
    record: Record | None = None
    wrong: str = ""
    where: str = ""

    @property
    def why(self) -> str:
        """Why it is stale, in words; "" where it is up to date."""
        if self.wrong or self.record is None:
            return self.wrong
        words = {"answers.csv": f"the answers of {self.where}" if self.where else "the answers", **WORDS}
        changed = [words.get(name, name) for name in _changed(self.record, self.found)]
        return f"{joined(changed)} changed" if changed else ""


def _changed(before: Record, now: Record) -> list[str]:
    whole = [name for name, digest in now.inputs.items() if before.inputs.get(name) != digest]
    if KEY in whole:  # with another key everything looks changed
        return [KEY]
    if DATA not in whole or not (before.read and now.read):
        return whole
    files = [name for name, digest in now.read.items() if before.read.get(name) != digest]
    return [*(name for name in whole if name != DATA), *files]


def standings(name: str, reports: Sequence[Report], inputs: Inputs, *, force: bool = False) -> list[Standing]:
    """Say which reports of a programme are stale.

    Parameters
    ----------
    name : str
        The programme's. It is opened also where it has no reports, so that its problems are told.
    reports : sequence of Report
    inputs : Inputs
    force : bool
        Whether all of them are to be.

    Raises
    ------
    ProgrammeProblems
        Not all is as it was, and the programme cannot be read as it is.
    """
    standing = [_at_a_glance(report, inputs) for report in reports]
    if force or not standing or any(one.why for one in standing):
        return _looked_into(name, standing, inputs, force)
    return standing


def renew(standing: Sequence[Standing]) -> None:
    """Note of reports whose files have changed elsewhere only that nobody need look into these again."""
    again = Inputs(make_key=False)
    for one in standing:
        if one.why or not one.found.read or again.of(one.report) != one.found.inputs:
            continue  # or something has changed while it was being read
        with suppress(OSError):  # then it is looked into the next time, too
            renew_record(one.report.folder, replace(one.record, inputs=one.found.inputs))


def _at_a_glance(report: Report, inputs: Inputs) -> Standing:
    """Compare whole files only."""
    found, folder = Record(inputs.of(report)), report.folder
    try:
        record = read_record(folder)
    except FileNotFoundError:
        return Standing(report, found, wrong="it has no record" if folder.exists() else NEVER)
    except NotInOrder:
        return Standing(report, found, wrong="its record is damaged")
    except OSError as error:
        return Standing(report, found, wrong=f"its record cannot be read ({error.strerror})")
    gone = next((name for name in record.outputs if not os.path.exists(f"{folder}/{name}")), "")
    return Standing(report, found, record, f"{gone} is gone" if gone else "")


def _looked_into(name: str, standing: Sequence[Standing], inputs: Inputs, force: bool) -> list[Standing]:
    """Open the programme, and compare what the reports in doubt read of it."""
    from coprod.opening import read
    from coprod.reports.slices import slices

    programme = read(name)
    part = slices(programme, inputs.of_text)

    def looked(one: Standing) -> Standing:
        found = replace(one.found, read=part(one.report))
        titles = (programme.places.get(one.report.place), programme.waves.get(one.report.wave))
        closer = replace(one, found=found, where=", ".join(filter(None, titles)))
        return replace(closer, wrong=closer.why or ASKED_FOR) if force else closer

    return [looked(one) if force or one.why else one for one in standing]
