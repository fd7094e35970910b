"""A survey, written as a tool exports it and imported with the command, and what came of it."""

import contextlib
import csv
import io
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd
from shapes import Tool
from shapes_survey import Survey

from coprod.importing import command

NAME = "riverbank"


class Imported(NamedTuple):
    """What an import left behind.

    Attributes
    ----------
    code : int
        Its exit code.
    folder : Path
        The programme's.
    told : str
        Everything it printed.
    """

    code: int
    folder: Path
    told: str

    @property
    def answers(self) -> pd.DataFrame:
        """The answers, all text."""
        return pd.read_csv(self.folder / "answers.csv", dtype=str, keep_default_na=False)

    @property
    def items(self) -> dict[str, dict[str, str]]:
        """The rows of the codebook, by item."""
        with (self.folder / "codebook.csv").open(encoding="utf-8", newline="") as file:
            return {row["item"]: row for row in csv.DictReader(file)}

    @property
    def scales(self) -> dict[str, dict]:
        """The scales, by name."""
        return tomllib.loads((self.folder / "scales.toml").read_text(encoding="utf-8"))

    def item(self, text: str) -> str:
        """Find the one item that asks something."""
        (found,) = [name for name, row in self.items.items() if row["text"] == text]
        return found


@contextlib.contextmanager
def data_folder() -> Iterator[Path]:
    """Make an empty folder for programmes, with another for what lies outside it; gone afterwards."""
    with TemporaryDirectory() as place:
        data = Path(place) / "data"
        data.mkdir()
        (Path(place) / "exports").mkdir()
        told = {"COPROD_DATA": str(data), "COPROD_KEY_FILE": str(Path(place) / "key")}
        before = {name: os.environ.get(name) for name in told}
        os.environ.update(told)
        try:
            yield data
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                os.environ.update({name: value} if value is not None else {})


def bring_in(data: Path, tool: Tool, surveys: Mapping[str, Survey], **choices: object) -> Imported:
    """Write surveys, by wave ("" for a single one), as a tool would, and import them."""
    files, waves = [], []
    for wave, survey in surveys.items():
        place = data.parent / "exports" / (wave or "all")
        place.mkdir(exist_ok=True)
        written = tool.write(survey, place)
        files += written.companions if wave else [written.export, *written.companions]
        waves += [f"{wave}={written.export}"] if wave else []
    return run(data, files, waves=waves, **choices)


def run(data: Path, files: list[Path], **choices: object) -> Imported:
    """Import files, and keep what was printed."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        code = command.run(files, NAME, **choices)
    return Imported(code, data / NAME, told.getvalue())
