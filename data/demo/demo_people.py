"""The demo's invented people: who they are, what they truly think, and when they answer.

Every opinion is a number on a line nobody sees: a part that belongs to the person, a part that belongs to
the person and the question, and chance on the day, together with mean 0 and variance 1. An item's
thresholds cut the line so that the answers at the start come out as written in true_effects.toml; an effect
moves people along the line by whatever it takes to change net agreement by the points written. Each
question draws from its own stream of random numbers, so changing one leaves the others as they are.
"""

import tomllib
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import norm

HERE = Path(__file__).parent
Opinions = dict[str, np.ndarray]  # {item: (people, waves)}, from 0 for the least favourable


class Plan(NamedTuple):
    """The files the answers are made from."""

    programme: dict
    codebook: pd.DataFrame
    scales: dict
    truth: dict
    texts: dict


def read_plan(folder: Path = HERE) -> Plan:
    """Read the questions, the numbers invited, the true effects and the open answers."""
    tables = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    codebook = pd.read_csv(folder / "codebook.csv", dtype=str, keep_default_na=False).set_index("item")
    return Plan(tables["programme"], codebook, tables["scales"], tables["true_effects"], tables["open_texts"])


def stream(plan: Plan, name: str) -> np.random.Generator:
    """Random numbers that belong to one question or step."""
    return np.random.default_rng([plan.truth["seed"], zlib.crc32(name.encode())])


def people(plan: Plan, copies: int = 1) -> pd.DataFrame:
    """One row per person invited; ``copies`` repeats the programme, to see effects without the noise."""
    invited = pd.DataFrame(plan.programme["invited"])
    invited = invited[invited["wave"] == next(iter(plan.programme["waves"]))]
    rows = invited.loc[invited.index.repeat(invited["n"] * copies), ["place", "sector"]]
    return rows.reset_index(drop=True).rename_axis("participant")


def thresholds(start: list[int]) -> np.ndarray:
    """Where the unseen line is cut so that the answers come out in these shares."""
    return norm.ppf(np.cumsum(start)[:-1] / np.sum(start))


def net_points(cuts: np.ndarray, shift: float) -> float:
    """Net agreement on five labels, in points, when everybody stands ``shift`` further along the line."""
    return 100 * (norm.sf(cuts[2] - shift) - norm.cdf(cuts[1] - shift))


def shift_for(cuts: np.ndarray, points: float) -> float:
    """How far along the line everybody must move for net agreement to change by so many points."""
    wanted = net_points(cuts, 0) + points
    if not -100 < wanted < 100:
        raise ValueError(f"Net agreement cannot become {wanted:.0f} points; write a smaller effect.")
    return brentq(lambda shift: net_points(cuts, shift) - wanted, -10, 10)


def shifts(plan: Plan, invited: pd.DataFrame, item: str) -> np.ndarray:
    """How far the effects move each person along the line in each wave; shape (people, waves)."""
    cuts = thresholds(plan.truth["start"][item])
    total = np.zeros((len(invited), len(plan.programme["waves"])))
    for effect in plan.truth["effects"]:
        if item in effect["items"]:
            among = np.ones(len(invited), dtype=bool)
            for part in ("place", "sector"):
                if part in effect:
                    among &= (invited[part] == effect[part]).to_numpy()
            moves = [shift_for(cuts, effect["net_points"] * held) for held in effect["when"]]
            total += np.outer(among, moves)
    return total


def opinions(plan: Plan, invited: pd.DataFrame) -> Opinions:
    """What each person thinks of each item in each wave."""
    person, own_view, occasion = (np.sqrt(share) for share in plan.truth["opinions"].values())
    temper = person * stream(plan, "person").standard_normal((len(invited), 1))
    held = {}
    for item, start in plan.truth["start"].items():
        rng = stream(plan, item)
        line = temper + own_view * rng.standard_normal((len(invited), 1)) + shifts(plan, invited, item)
        line = line + occasion * rng.standard_normal(line.shape)
        held[item] = np.searchsorted(thresholds(start), line)
    return held


def taking_part(plan: Plan, held: Opinions) -> np.ndarray:
    """Who answers in which wave; shape (people, waves). The unhappy at the start tend to stay away later."""
    truth, rng = plan.truth["taking_part"], stream(plan, "taking part")
    first_opinion = held[truth["leavers_item"]][:, 0]
    never = rng.random((len(first_opinion), 1)) < truth["never"]
    chance = np.tile([truth[wave] for wave in plan.programme["waves"]], (len(first_opinion), 1))
    draws = rng.random(chance.shape)
    unhappy = (first_opinion < 2) & (draws[:, 0] < chance[:, 0])
    chance[unhappy, 1:] = truth["disagreed_come_back"]
    return (draws < chance) & ~never


def responses(plan: Plan, invited: pd.DataFrame, present: np.ndarray) -> pd.DataFrame:
    """One row per person and wave answered, in no telling order, with the true participant."""
    rows, waves = np.nonzero(present)
    order = np.lexsort((stream(plan, "order").permutation(len(rows)), waves))
    there = invited.iloc[rows[order]].reset_index().assign(wave=waves[order])
    return there.assign(person=[f"r{number:04d}" for number in range(1, len(there) + 1)])


def responses_with_truth(plan: Plan) -> tuple[pd.DataFrame, Opinions]:
    """One row per response with the true participant, and what everybody truly thought."""
    invited = people(plan)
    held = opinions(plan, invited)
    return responses(plan, invited, taking_part(plan, held)), held


def true_links(plan: Plan) -> pd.DataFrame:
    """The participant behind each response, which no report ever sees; one row per response."""
    there, _ = responses_with_truth(plan)
    waves = list(plan.programme["waves"])
    return there.assign(wave=[waves[number] for number in there["wave"]])[["person", "participant", "wave"]]
