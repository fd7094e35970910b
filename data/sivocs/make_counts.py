"""Count the answers of the SIVOCS survey: one row per item and answer.

The survey skipped two sets of questions for some projects, and a blank there is not a refusal. How a group
was involved was asked only where it was involved at all. What change was meant was asked only where the
project put its contribution at 3 or more out of 10: none of the 1,522 cells with 0, 1 or 2 holds an answer,
and 918 of the 950 with 3 or more do. Such cells are counted as "[not asked]". Every other empty cell is
"[blank]", also where the question before it was left blank and nobody can know whether this one was shown.

Run ``python data/sivocs/make_counts.py SIVOCS_data.csv`` with the file named in programme.toml.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

GROUPS = {
    "res": "researchers",
    "busi": "business",
    "civsoc": "civil_society",
    "policy": "policy",
    "citiz": "citizens",
    "media": "media",
    "welfare": "welfare",
}
TARGETS = {
    "pub": "public",
    "busi": "business",
    "socgr": "social_groups",
    "welfare": "welfare",
    "civsoc": "civil_society",
    "policy": "policy",
    "acad": "academia",
}
INVOLVEMENT = {
    "no": "Not involved",
    "only marginally": "Only marginally",
    "quite centrally": "Quite centrally",
}
LADDER = ["Consultative", "Contributory", "Collaborative", "Co-created"]
CONTRIBUTION = [str(degree) for degree in range(11)]
CHANGE = ["Changing awareness", "Changing understanding", "Changing attitude", "Changing behaviour", "Other"]


def read(path: str) -> pd.DataFrame:
    """Answers as strings, one row per project; columns are named by the code before the first full stop."""
    answers = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return answers.rename(columns=lambda name: name.split(". ")[0])


def counted(item: str, answers: pd.Series, labels: list[str]) -> pd.DataFrame:
    """Rows of counts.csv for one item; labels nobody chose are there with 0."""
    special = [mark for mark in ("[blank]", "[not asked]") if (answers == mark).any()]
    stray = set(answers) - set(labels) - set(special)
    if stray:
        raise ValueError(f"{item}: {sorted(stray)} not on the scale {labels}; is this the right file?")
    tally = answers.value_counts().reindex([*labels, *special], fill_value=0)
    return tally.rename_axis("answer").rename("n").reset_index().assign(item=item)


def counts_of_groups(answers: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Involvement of each group, and its depth where the group was involved."""
    involved = {key: answers[f"groupsInvolved[{code}]"] for code, key in GROUPS.items()}
    for key, given in involved.items():
        yield counted(
            f"involved_{key}", given.replace({**INVOLVEMENT, "": "[blank]"}), list(INVOLVEMENT.values())
        )
    for code, key in GROUPS.items():
        depth = answers[f"natureOfInvolvement[{code}]"].str.split(" ").str[0].str.capitalize()
        depth = depth.replace("", "[blank]").mask(involved[key] == "no", "[not asked]")
        yield counted(f"nature_{key}", depth, LADDER)


def counts_of_targets(answers: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Contribution to each target group, and the change meant where the contribution was 3 or more."""
    degree = {key: answers[f"impactTargetGroup[{code}]"] for code, key in TARGETS.items()}
    for key, given in degree.items():
        yield counted(f"impact_{key}", given.replace("", "[blank]"), CONTRIBUTION)
    for code, key in TARGETS.items():
        change = answers[f"kindOfChange[{code}]"].str.capitalize().replace("", "[blank]")
        yield counted(f"change_{key}", change.mask(degree[key].isin(["0", "1", "2"]), "[not asked]"), CHANGE)


def make_counts(path: str) -> pd.DataFrame:
    """The whole of counts.csv as a table."""
    answers = read(path)
    rows = pd.concat([*counts_of_groups(answers), *counts_of_targets(answers)], ignore_index=True)
    empty = dict.fromkeys(["place", "wave", "sector", "before"], "")
    return rows.assign(**empty)[["item", "place", "wave", "sector", "answer", "n", "before"]]


if __name__ == "__main__":
    make_counts(sys.argv[1]).to_csv(Path(__file__).with_name("counts.csv"), index=False, lineterminator="\n")
