"""Checks of the codebook and its scales."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from coprod import framework
from coprod.checks.settings import check_key, read_tables
from coprod.checks.tables import matches, one_of, required, run_schema, unique
from coprod.codebook import KINDS, PERSON_COLUMNS, SCALED, Scale, ScaleEntry, make_scale
from coprod.names import unknown
from coprod.problems import Problem
from coprod.settings import KEY, ProgrammeEntry


def read_scales(path: Path, problems: list[Problem]) -> dict[str, Scale]:
    """Read ``scales.toml``; the scales that are whole."""
    return {name: make_scale(name, entry) for name, entry in read_tables(path, ScaleEntry, problems).items()}


def check_codebook(
    codebook: pd.DataFrame, scales: Iterable[str], settings: ProgrammeEntry, problems: list[Problem]
) -> None:
    """Check every item: its name, its words, its kind, and what it refers to."""
    scaled = codebook["item"][codebook["kind"].isin(SCALED)]
    columns = {
        "item": pa.Column(str, _names()),
        "text": pa.Column(str, required("Give the question as it was asked.")),
        "kind": pa.Column(str, one_of(KINDS, f"one of {', '.join(KINDS)}")),
        "scale": pa.Column(str, one_of([*scales, ""], "the name of a scale in scales.toml, or blank")),
        "framework": pa.Column(str, one_of([*_keys(), ""], "condition:KEY or principle:KEY, or blank")),
        "reversed": pa.Column(str, one_of(["yes", ""], "yes or blank")),
        "before": pa.Column(str, one_of([*scaled, ""], "another item with a scale, or blank")),
    }
    run_schema("codebook.csv", codebook, columns, problems)
    for number, item in enumerate(codebook.itertuples(index=False), start=2):
        _check_item(item, str(number), settings, problems)


def check_order(codebook: pd.DataFrame, scales: Mapping[str, Scale], problems: list[Problem]) -> None:
    """Find items of kind "scale" whose scale has no order: they have no favourable side to count."""
    nominal = [name for name, scale in scales.items() if scale.polarity == "none"]
    for row, item in codebook[(codebook["kind"] == "scale") & codebook["scale"].isin(nominal)].iterrows():
        said = f"The scale {item['scale']!r} has no order."
        problems.append(Problem("codebook.csv", said, "Make it a choice.", str(row + 2), "kind", "scale"))


def check_named(settings: ProgrammeEntry, codebook: pd.DataFrame, problems: list[Problem]) -> None:
    """Check that the questions named in advance are items whose answers have an order."""
    ordered = list(codebook["item"][codebook["kind"] == "scale"])
    problems.extend(
        Problem(
            "programme.toml",
            str(unknown("item of kind scale", item, ordered)),
            "Name items of codebook.csv whose kind is scale.",
            column="named_in_advance",
            value=item,
        )
        for item in settings.named_in_advance
        if item not in ordered
    )


def _names() -> list[pa.Check]:
    return [
        required("Give the item a name."),
        unique("Each item needs its own name."),
        matches(KEY, "A name has small letters, digits, _ and - only, at most 60."),
        pa.Check(
            lambda cells: ~cells.isin(PERSON_COLUMNS),
            error="That name is taken by a column of answers.csv.|Choose another.",
        ),
    ]


def _keys() -> list[str]:
    return [
        f"{kind}:{key}" for kind in ("condition", "principle") for key in framework.read(f"{kind}s").index
    ]


def _check_item(item: tuple, row: str, settings: ProgrammeEntry, problems: list[Problem]) -> None:
    if item.kind in SCALED and not item.scale:
        problems.append(
            Problem("codebook.csv", "The item has no scale.", "Name one of scales.toml.", row, "scale")
        )
    if item.before and item.before == item.item:
        said = "The item holds its own earlier rating."
        problems.append(Problem("codebook.csv", said, "Name another item.", row, "before", item.before))
    for wave in item.waves.split():
        at = Problem("codebook.csv", "", "", row, "waves")
        check_key(wave, "wave", settings.waves, at, problems)
