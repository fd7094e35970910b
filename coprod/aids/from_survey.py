"""What a survey says to an item of a checklist.

Each function here is named by the column ``filled_by`` of ``data/framework/checklists.csv``. Whatever
counts people comes through the door from the tables that reports use too, and is said in the same
words: two ways of counting the same people could be set against each other.
"""

import pandas as pd

from coprod import likert
from coprod.aids.asked import Asked
from coprod.codebook import SCALED, Scale
from coprod.findings import answers
from coprod.findings.wording import capital, counted, quoted
from coprod.privacy import PUBLIC_SMALLEST, Shown, table_of
from coprod.saying import base_said, joined, said_date

KINDS = {
    "scale": "with a scale",
    "choice": "with one choice",
    "multi": "with several choices",
    "number": "for a number",
    "text": "for words of one's own",
    "code": "for a code of one's own",
    "consent": "for consent",
}
SHARES = (
    "Each question is described by itself: the share of favourable answers out of those who rated, with "
    "Wilson's 95% interval. Changes and gaps are tested exactly, and everything looked at is counted in."
)
APART = (
    "Left blank, not asked and answers such as “Don't know” are counted apart, beside the shares and in the "
    "base of none. Nothing was filled in for them."
)
UNWEIGHTED = "Every answer counts once; shares are not weighted."
BESIDE = "For the team, shares in which every sector counts the same stand beside them."


def about_programme(asked: Asked) -> list[str]:
    """Say what the programme was."""
    return [" ".join(asked.programme.about.split())]


def design(asked: Asked) -> list[str]:
    """Say how often people were asked, and whether their answers can be put side by side."""
    programme, waves = asked.programme, list(asked.programme.waves.values())
    said = [f"A survey with {len(waves)} waves: {joined(waves)}." if len(waves) > 1 else "A survey, once."]
    if programme.answers is None:
        said.append("Only counts of its answers are kept, so that nobody's answers can be followed.")
    elif len(waves) > 1:
        coded = (programme.items["kind"] == "code").any()
        by = "a code of their own making" if coded else "the key they were given"
        said.append(f"Answers of the same people in several waves are put side by side by {by}.")
    return said


def questionnaire(asked: Asked) -> list[str]:
    """Count the questions by kind, and say where they can be read."""
    items = asked.programme.items
    kinds = items["kind"].value_counts().reindex(KINDS).dropna().astype(int)
    parts = joined([f"{number} {KINDS[kind]}" for kind, number in kinds.items()])
    return [f"{counted(len(items), 'question')}: {parts}. They stand in the programme's codebook.csv."]


def scales(asked: Asked) -> list[str]:
    """Give each scale's answers, and say how many questions are turned round."""
    items = asked.programme.items
    names = dict.fromkeys(items.loc[items["kind"].isin(SCALED), "scale"])
    turned = counted(items["reversed"].sum(), "question")
    return [*(_scale(asked.programme.scales[name]) for name in names), f"Reversed: {turned}."]


def _scale(scale: Scale) -> str:
    beside = f", and beside these {quoted(scale.non_answers)}" if scale.non_answers else ""
    return f"{capital(scale.name)}: {quoted(scale.labels)}{beside}."


def population(asked: Asked) -> list[str]:
    """Say what an answer stands for, and name the places and sectors."""
    programme = asked.programme
    named = {"Places": programme.places, "Sectors": programme.sectors}
    parts = [f"{name}: {joined(list(titles.values()))}." for name, titles in named.items() if titles]
    return [f"Those who could answer: {programme.respondents}.", *parts]


def invited(asked: Asked) -> list[str]:
    """Say which groups are known to have been invited; how many is said with the response."""
    programme = asked.programme
    told = programme.invited
    parts = []
    for name, column, titles in (
        ("waves", "wave", programme.waves),
        ("places", "place", programme.places),
        ("sectors", "sector", programme.sectors),
    ):
        keys = [key for key in titles if (told[column] == key).any()]
        if keys:
            parts.append(f"{name} {joined([titles[key] for key in keys])}")
    return [f"Numbers invited are known for {'; '.join(parts)}."] if parts else []


def likeness(asked: Asked) -> list[str]:
    """Say that people who chose to answer are no sample."""
    if asked.programme.invited.empty:
        return ["They are not a random sample, and who was invited is not known."]
    return ["They are not a random sample: of those invited, those answered who chose to."]


def asked_when(asked: Asked) -> list[str]:
    """Say for which day the data stand."""
    return [f"The data stand for {said_date(asked.programme.date)}."]


def privacy(asked: Asked) -> list[str]:
    """Say whether consent was asked for, and what is held back."""
    programme = asked.programme
    team = programme.smallest_group
    consent = "a" if (programme.items["kind"] == "consent").any() else "no"
    return [
        f"There is {consent} question on consent in the codebook.",
        f"The team is shown no group of fewer than {team}, and the public none of fewer than "
        f"{max(team, PUBLIC_SMALLEST)}, with numbers rounded or in words.",
    ]


def analysis(_: Asked) -> list[str]:
    """Say how answers are counted and compared."""
    return [SHARES]


def missing(asked: Asked) -> list[str]:
    """Say how many were asked and how many rated, question by question, and what becomes of the others."""
    shown = _opinions(asked)
    table = table_of(shown)
    if table.empty:
        return [APART]
    ranges = {column: _range(table[column], shown) for column in ("asked", "base")}
    return [f"Asked per question: {ranges['asked']}; rated it: {ranges['base']}.", APART]


def _range(numbers: pd.Series, shown: Shown) -> str:
    ends = [base_said(end, shown.precision) for end in (numbers.min(), numbers.max())]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1].removeprefix('about ')}"


def weighting(asked: Asked) -> list[str]:
    """Say that no answer counts more than another."""
    return [UNWEIGHTED, BESIDE] if len(asked.programme.sectors) > 1 else [UNWEIGHTED]


def response(asked: Asked) -> list[str]:
    """Say how many of those invited answered, wave by wave."""
    return answers.response(asked.protect(likert.response_rates(asked.programme, by="wave")))


def respondents(asked: Asked) -> list[str]:
    """Say how many answered by sector, in the latest wave."""
    return answers.response(asked.protect(likert.response_rates(asked.programme.latest(), by="sector")))


def results(asked: Asked) -> list[str]:
    """Say which questions came out strongest and weakest."""
    return answers.strongest_and_weakest(_opinions(asked), asked.programme.respondents)


def limits(asked: Asked) -> list[str]:
    """Say what the survey cannot carry."""
    rates = asked.protect(likert.response_rates(asked.programme, by="wave"))
    return answers.limits(_opinions(asked), rates)


def credited(asked: Asked) -> list[str]:
    """Say who must be credited."""
    return [" ".join(asked.programme.attribution.split())]


def _opinions(asked: Asked) -> Shown:
    latest = asked.programme.latest()
    return asked.protect(likert.agreement(latest, likert.items_in(latest)))


FILLERS = (
    *(about_programme, design, questionnaire, scales, population, invited, likeness, asked_when, privacy),
    *(analysis, missing, weighting, response, respondents, results, limits, credited),
)
