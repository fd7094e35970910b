"""What somebody learns from every report of a programme, and how far from the truth the reports are.

Small programmes are invented: 2 or 3 places, 2 or 3 sectors, 1 or 2 waves, 8 to 60 people, two questions on
scales of 3 to 5 labels. Everything that their reports would tell is protected and given to an attacker
(attacker.py) who knows our rules, and how many people answered. The same attacker gets what other rules
would publish of the same groups.

Run it in the workbook: python docs/benchmarks/attack.py
"""

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from attack_reports import our_rules
from attack_world import Group, Plain, Publication, World
from attacker import given_away

from coprod import codebook
from coprod.codebook import Scale
from coprod.opening import TABLES
from coprod.programme import INVITED_COLUMNS, Programme
from coprod.settings import Coding

PAGE = Path(__file__).with_suffix(".md")
TABLE = (
    "| to whom | what is published | programmes | small counts known | groups known to agree "
    "| groups told of | off by, in points |"
)
RULE_OFF = "| --- | --- | --- | --- | --- | --- | --- |"
PLACES = {"north": "North", "south": "South", "coast": "Coast"}
SECTORS = {"university": "Universities", "council": "Councils", "charity": "Charities"}
WAVES = {"start": "Start", "end": "End"}
LABELS = {
    3: ("No", "In between", "Yes"),
    4: ("Never", "Rarely", "Often", "Always"),
    5: ("Not at all", "A little", "Somewhat", "Much", "Very much"),
}
BLANK = {"heard": 0.0, "used": 0.25}  # the questions, and how many leave them blank


def invented(seed: int, waves: int | None = None) -> Programme:
    """Make up a small programme; every fourth has two waves, unless their number is given."""
    rng = np.random.default_rng(seed)
    people, waves = int(rng.integers(8, 61)), list(WAVES)[: waves or 1 + (seed % 4 == 3)]
    scale = _scale(int(rng.integers(3, 6)))
    told = dict.fromkeys(("title", "about", "source", "licence", "attribution"), "Invented")
    tables = {name: pd.DataFrame(columns=list(columns), dtype=str) for name, columns in TABLES.items()}
    logs = dict.fromkeys(("assumptions", "decisions"), pd.DataFrame(columns=["date"], dtype=str))
    answers = _answers(rng, people, waves, scale)
    return Programme(
        name="attacked",
        kind="synthetic",
        date=dt.date(2026, 1, 1),
        respondents="people",
        smallest_group=5,
        places={key: title for key, title in PLACES.items() if (answers["place"] == key).any()},
        sectors={key: title for key, title in SECTORS.items() if (answers["sector"] == key).any()},
        waves={wave: WAVES[wave] for wave in waves},
        scales={"scale": scale},
        items=_items(),
        answers=answers,
        invited=pd.DataFrame(columns=list(INVITED_COLUMNS)).astype({"n": int}),
        coding=Coding(),
        **(tables | logs | told),
        **{"sources": {}, "cases": {}, "reports": (), "named_in_advance": (), "counts": None},
    )


def _scale(labels: int) -> Scale:
    neutral = LABELS[labels][labels // 2] if labels % 2 else None
    favourable = LABELS[labels][-(labels // 2) :]
    return Scale("scale", LABELS[labels], (), "positive", neutral, favourable, "agreed", "disagreed")


def _items() -> pd.DataFrame:
    plain = dict.fromkeys(codebook.COLUMNS, "") | {"kind": "scale", "scale": "scale", "section": "All"}
    rows = [plain | {"item": item, "text": f"Question {item}"} for item in BLANK]
    return codebook.make_items(pd.DataFrame(rows, columns=list(codebook.COLUMNS)))


def _answers(rng: np.random.Generator, people: int, waves: list[str], scale: Scale) -> pd.DataFrame:
    """Make up answers; every second person gives the same answer again, and some come to one wave only."""
    places, sectors = list(PLACES)[: rng.integers(2, 4)], list(SECTORS)[: rng.integers(2, 4)]
    who = pd.DataFrame(
        {
            "person": [f"p{number}" for number in range(people)],
            "place": rng.choice(places, people, p=rng.dirichlet([3] * len(places))),
            "sector": rng.choice(sectors, people, p=rng.dirichlet([3] * len(sectors))),
        }
    )
    tables, given = [], {}
    for wave in waves:
        for item, blank in BLANK.items():
            new = rng.choice(scale.labels, people, p=rng.dirichlet([1.5] * len(scale.labels)))
            given[item] = np.where(rng.random(people) < 0.5, given.get(item, new), new)
            who[item] = np.where(rng.random(people) < blank, "", given[item])
        tables.append(who[rng.random(people) < (0.9 if len(waves) > 1 else 1)].assign(wave=wave))
    return pd.concat(tables, ignore_index=True).astype(str)


@dataclass(frozen=True)
class Rule:
    """A way to publish, and what it promises.

    Parameters
    ----------
    audience, name : str
    threshold : int
        Counts from 1 up to this are to stay unknown.
    publish : callable
        From a programme to what is published of each question.
    in_full : bool
        Whether every programme is attacked, or every ninth.
    """

    audience: str
    name: str
    threshold: int
    publish: Callable[[Programme], dict[str, Publication]]
    in_full: bool = False


HIDING, OURS = "counts below 10 hidden, sums exact", "**ours, planned together**"
ONE, ALONE = "ours, reports on everybody alone", "ours, reports on places too, each table by itself"
RULES = (
    Rule("public", "counts below 5 hidden, sums exact", 5, Plain(hidden_below=5), in_full=True),
    Rule("public", HIDING, 10, Plain(hidden_below=10), in_full=True),
    Rule("public", "counts rounded to 5, sums exact", 10, Plain(rounding=5)),
    Rule("public", "counts and sums rounded to 5", 10, Plain(rounding=5, sums_too=True)),
    Rule("public", ONE, 10, our_rules("public", places=False)),
    Rule("public", ALONE, 10, our_rules("public", planned=False)),
    Rule("public", OURS, 10, our_rules("public"), in_full=True),
    Rule("team", "groups below 5 hidden, sums exact", 5, Plain(hidden_below=5, groups=True)),
    Rule("team", ONE, 5, our_rules("internal", places=False)),
    Rule("team", ALONE, 5, our_rules("internal", planned=False)),
    Rule("team", OURS, 5, our_rules("internal")),
)


def attacked(rule: Rule, programme: Programme) -> Counter:
    """Count what one rule gives away of one programme, and how far its statements are from the truth."""
    counted = Counter(programmes=1)
    for item, publication in rule.publish(programme).items():
        world = World(programme, item)
        truth, groups = world.truth().ravel(), list(world.groups())
        few = [
            cells
            for _, people, cells in groups
            if rule.audience == "public" or people @ truth < rule.threshold
        ]
        small = [cell for cells in few for cell in cells if 0 < cell @ truth < rule.threshold]
        others = [
            people - cell for _, people, cells in groups for cell in cells if people @ truth == cell @ truth
        ]
        known = given_away(publication.known, np.array([*small, *others]).reshape(-1, len(truth)), truth)
        counted.update(cells=len(small), known=int(known[: len(small)].sum()))
        counted.update(alike=len(others), seen=int(known[len(small) :].sum()))
        counted.update(_statements(world, groups, publication.shares))
    return counted


def _statements(world: World, groups: list, shares: dict[Group, float]) -> dict[str, float]:
    """Count the groups of which a favourable share is stated, and add up how far it is from the true one."""
    truth, kept = world.truth().ravel(), world.favourable()
    true = {
        group: sum(cells[label] for label in kept) @ truth / (people @ truth)
        for group, people, cells in groups
    }
    off = [abs(share - true[group]) for group, share in shares.items() if group in true]
    return {"statements": len(true), "told": len(off), "off": sum(off)}


def measure(programmes: int) -> list[tuple[Rule, Counter]]:
    """Attack what every rule publishes; what is there only to compare, of every ninth programme."""
    measured = []
    for rule in RULES:
        seeds = range(0, programmes, 1 if rule.in_full else 9)
        measured.append((rule, sum((attacked(rule, invented(seed)) for seed in seeds), Counter())))
    return measured


def page(measured: list[tuple[Rule, Counter]]) -> str:
    """Write the table into the page."""
    lines = [
        f"| {rule.audience} | {rule.name} | {n['programmes']} | {_part(n['known'], n['cells'])} "
        f"| {_part(n['seen'], n['alike'])} | {n['told'] / n['statements']:.0%} "
        f"| {100 * n['off'] / n['told']:.1f} |"
        for rule, n in measured
    ]
    head, _, foot = PAGE.read_text(encoding="utf-8").partition(TABLE)
    after = foot[foot.index("\n\n") :]
    return "\n".join([head + TABLE, RULE_OFF, *lines]) + after


def _part(n: int, of: int) -> str:
    return f"{n / of:.1%} of {of:,}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Attack every report of invented programmes.")
    parser.add_argument("programmes", nargs="?", type=int, default=500)
    written = page(measure(parser.parse_args().programmes))
    PAGE.write_text(written, encoding="utf-8", newline="\n")
