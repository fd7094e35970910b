"""Make the demo's answers and excerpts: what its invented people write down, slips and gaps included.

What they think, and when they answer, comes from demo_people.py, which reads it from true_effects.toml.
Here they leave questions blank, do not know, stop early and mistype their codes.

Run ``python data/demo/make_demo.py`` to write answers.csv and excerpts.csv again. Questions, scales, numbers
invited and open answers with their themes are read from the programme's own files, so there is one place for
each.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from demo_people import HERE, Opinions, Plan, read_plan, responses_with_truth, stream

FOODS = ["BE", "CA", "CH", "CR", "DA", "FI", "HO", "JA", "LE", "NO", "PA", "PI", "PO", "RI", "SA", "TO"]
LAST_LETTERS = "ADEHLMNORSTY"
KEYS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
KEYS_BESIDE = "SVXSRGHJUKLKNBPLWTDYIBESTX9234567898"
Cells = np.ndarray | list[str]  # one per response


def scale_cells(plan: Plan, item: str, there: pd.DataFrame, held: Opinions) -> Cells:
    """Labels for a scale item, with its non-answers and blanks."""
    entry, rng, missing = plan.codebook.loc[item], stream(plan, f"{item} cells"), plan.truth["missing"]
    scale = plan.scales[entry["scale"]]
    labels = scale["labels"][::-1] if entry["reversed"] else scale["labels"]
    cells = np.array(labels, dtype=object)[held[item][there["participant"], there["wave"]]]
    draws, passed = rng.random(len(there)), missing["blank"]
    cells[draws < passed] = ""
    for label, kind in zip(scale["non_answers"], ("dont_know", "not_applicable"), strict=False):
        share = missing[kind].get(item, missing[kind]["usual"])
        cells[(draws >= passed) & (draws < passed + share)] = label
        passed += share
    return cells


def choice_cells(plan: Plan, item: str, there: pd.DataFrame, held: Opinions) -> Cells:
    """One label each."""
    labels, shares = plan.scales[plan.codebook.loc[item, "scale"]]["labels"], plan.truth["others"][item]
    return stream(plan, item).choice(np.array(labels, dtype=object), len(there), p=np.array(shares) / 100)


def multi_cells(plan: Plan, item: str, there: pd.DataFrame, held: Opinions) -> Cells:
    """All labels that apply; the last one, that none does, only by itself."""
    labels, shares = plan.scales[plan.codebook.loc[item, "scale"]]["labels"], plan.truth["others"][item]
    ticked = stream(plan, item).random((len(there), len(labels))) < np.array(shares) / 100
    ticked[:, -1] &= ~ticked[:, :-1].any(axis=1)
    return [" | ".join(label for label, tick in zip(labels, row, strict=True) if tick) for row in ticked]


def number_cells(plan: Plan, item: str, there: pd.DataFrame, held: Opinions) -> Cells:
    """Whole hours, most of them few."""
    truth, rng = plan.truth["others"], stream(plan, item)
    hours = rng.lognormal(np.log(truth["hours_median"]), truth["hours_spread"], len(there)).round()
    blank = rng.random(len(there)) < plan.truth["missing"]["blank"]
    return np.where(blank, "", hours.astype(int).astype(str))


def text_cells(plan: Plan, item: str, there: pd.DataFrame, held: Opinions) -> Cells:
    """An open answer from some; nobody writes what another has written."""
    texts = iter(stream(plan, item).permutation([entry["says"] for entry in plan.texts[item]]))
    writes = stream(plan, f"{item} cells").random(len(there)) < plan.truth["others"]["open_answers"]
    return [next(texts, "") if write else "" for write in writes]


def consent_cells(plan: Plan, item: str, there: pd.DataFrame, held: Opinions) -> Cells:
    """Whether we may quote."""
    yes = stream(plan, item).random(len(there)) < plan.truth["others"]["may_be_quoted"]
    return np.where(yes, "Yes", "No")


def own_codes(plan: Plan, size: int) -> np.ndarray:
    """The code each person would write without a slip; a few pairs of people share one."""
    rng = stream(plan, "own codes")
    codes = [f"{food}{day:02d}{last}" for food in FOODS for day in range(1, 32) for last in LAST_LETTERS]
    own = rng.choice(np.array(codes, dtype=object), size, replace=False)
    pairs = rng.choice(size, (plan.truth["codes"]["shared_by_two"], 2), replace=False)
    own[pairs[:, 1]] = own[pairs[:, 0]]
    return own


def mistype(code: str, kind: int, at: int) -> str:
    """One slip at a character: 0 hits the key beside it, 1 swaps it with the next, 2 leaves it out."""
    if kind == 0:
        return code[:at] + KEYS_BESIDE[KEYS.index(code[at])] + code[at + 1 :]
    if kind == 1:
        return code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    return code[:at] + code[at + 1 :]


def code_cells(plan: Plan, item: str, there: pd.DataFrame, held: Opinions) -> Cells:
    """The person's own code as written down on the day."""
    truth, rng = plan.truth["codes"], stream(plan, item)
    size = len(next(iter(held.values())))
    cells = own_codes(plan, size)[there["participant"]]
    slips = rng.random(len(there)) < truth["mistyped"]
    kinds, places = rng.integers(3, size=len(there)), rng.integers(4, size=len(there))
    cells[slips] = [mistype(*slip) for slip in zip(cells[slips], kinds[slips], places[slips], strict=True)]
    draws = rng.random(len(there))
    cells[draws < truth["small_letters"]] = [code.lower() for code in cells[draws < truth["small_letters"]]]
    cells[draws > 1 - truth["left_blank"]] = ""
    return cells


CELLS = {
    "scale": scale_cells,
    "choice": choice_cells,
    "multi": multi_cells,
    "number": number_cells,
    "text": text_cells,
    "consent": consent_cells,
    "code": code_cells,
}


def stop_early(plan: Plan, table: pd.DataFrame, items: list[str]) -> pd.DataFrame:
    """Blank everything from some question on, for the few who stop before the end."""
    rng = stream(plan, "stop early")
    stops = rng.random(len(table)) < plan.truth["missing"]["stops_early"]
    first_blank = rng.integers(len(items) // 2, len(items), len(table))
    after = np.arange(len(items)) >= first_blank[:, None]
    return table.assign(**table[items].mask(stops[:, None] & after, ""))


def make_answers(plan: Plan) -> pd.DataFrame:
    """The whole of answers.csv as a table."""
    there, held = responses_with_truth(plan)
    cells = {item: CELLS[kind](plan, item, there, held) for item, kind in plan.codebook["kind"].items()}
    waves = list(plan.programme["waves"])
    table = there[["person", "place", "wave", "sector"]].assign(**cells)
    table = stop_early(plan, table, list(cells)).assign(wave=[waves[number] for number in there["wave"]])
    for item, asked in plan.codebook["waves"].items():
        if asked:
            table.loc[~table["wave"].isin(asked.split()), item] = "[not asked]"
    return table


def make_excerpts(plan: Plan, answers: pd.DataFrame) -> pd.DataFrame:
    """The whole of excerpts.csv: a row for each open answer that somebody gave and each of its themes.

    In the order of open_texts.toml, so that ids do not tell which answers are one person's.
    """
    rows = []
    for item, entries in plan.texts.items():
        given = answers[answers[item] != ""].set_index(item)
        for entry in entries:
            if entry["says"] in given.index:
                person, wave = given.loc[entry["says"], ["person", "wave"]]
                cell = {"person": person, "wave": wave, "item": item}
                seen = {"coder": "coder_a", "looked_at": entry.get("looked_at", "")}
                rows += [{**cell, "theme": theme, **seen} for theme in entry["themes"]]
    table = pd.DataFrame(rows)
    table.insert(0, "excerpt", [f"x{number:03}" for number in range(1, len(table) + 1)])
    return table


def write(folder: Path = HERE) -> None:
    """Write answers.csv and excerpts.csv."""
    plan = read_plan()
    answers = make_answers(plan)
    for name, table in (("answers", answers), ("excerpts", make_excerpts(plan, answers))):
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    write()
