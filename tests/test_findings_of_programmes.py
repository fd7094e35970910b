"""Every sentence on every programme that comes with the workbook: no claims, no stray numbers, whole."""

import math
import re
from dataclasses import dataclass
from functools import cache

import pytest

import coprod
from coprod import cases, findings, likert, privacy
from coprod.programme import Programme

CAUSAL = re.compile(
    r"\b(because of|caus\w*|led to|leads? to|due to|owing to|thanks to|impacts?|effects?|affect\w*|improv\w*"
    r"|results? in|resulted|as a result|made (people|them|it)|brought about|therefore|so that|helped)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
QUOTED = re.compile(r"“.*?”")


def views():
    """List every programme whole, by place, by wave and by both, for both audiences."""
    for name in ("demo", "knowledge-in-action", "sivocs", "carpentries-2017"):
        programme = coprod.open(name)
        for place in (None, *programme.places):
            for wave in (None, *programme.waves):
                for audience in ("internal", "public"):
                    yield pytest.param(
                        (name, place, wave, audience),
                        id="-".join(filter(None, (name, place, wave, audience))),
                    )


@dataclass
class View:
    """What a report on one part of a programme is made from."""

    programme: Programme
    opinions: privacy.Shown
    overview: privacy.Shown
    conditions: privacy.Shown
    rates: list[privacy.Shown]

    @property
    def said(self) -> list[str]:
        """Every sentence of the report, questions apart."""
        return [
            *findings.at_a_glance(self.opinions, self.overview, self.programme.respondents),
            *findings.agreement(self.opinions),
            *[sentence for part in self.rates for sentence in findings.response(part)],
            *[sentence for part in self.rates for sentence in findings.limits(self.opinions, part)],
            *findings.not_shown(self.opinions, *self.rates),
        ]


@cache
def tables(name, place, wave):
    """Analyse one part of a programme, once for both audiences."""
    whole = coprod.open(name, place=place, wave=wave)
    latest = whole.latest()
    rates = [likert.response_rates(part, by) for part, by in ((whole, "wave"), (latest, "sector"))]
    return whole, likert.agreement(latest, likert.items_in(latest)), rates


@pytest.fixture(scope="module", params=views())
def view(request):
    *part, audience = request.param
    whole, agreement, rates = tables(*part)
    protect = privacy.door(whole, audience)
    return View(
        whole,
        protect(agreement),
        protect(cases.overview(whole)),
        protect(cases.conditions(whole)),
        [protect(rate) for rate in rates],
    )


def own_words(sentence, *others):
    """Take out what is quoted, and the words of `others`: those of the codebook are not ours."""
    bare = QUOTED.sub("", sentence)
    for words in others:
        bare = bare.replace(words, "")
    return bare


def ends(row):
    """Say an interval's ends in per cent and in whole people; "" in bands, which have none."""
    if row["band"]:
        return ""
    people = math.floor(row["low"] * row["base"]), math.ceil(row["high"] * row["base"])
    return f"95 {row['low']:.0%} {row['high']:.0%} {people}"


def test_no_sentence_says_that_something_was_brought_about(view):
    claims = [sentence for sentence in view.said if CAUSAL.search(own_words(sentence))]

    assert claims == []


def test_every_sentence_is_whole(view):
    for sentence in view.said:
        assert re.match(r"[A-Z“\d]", sentence), sentence
        assert sentence.endswith("."), sentence
        assert not re.search(r"\b(nan|inf|None|NaT)\b|  |\.\.|\) \(|\b1 \w+s\b| ,", sentence), sentence


def test_every_question_to_take_back_is_a_question(view):
    asked = findings.questions(view.opinions, view.conditions)

    assert all(question.endswith("?") for question in asked)


def test_every_item_is_told_once(view):
    said = findings.agreement(view.opinions)

    assert len(said) == len(view.opinions.table)
    for text in view.opinions.table["text"]:
        assert sum(f"“{text.removesuffix('.')}”" in sentence for sentence in said) == 1


def test_every_number_about_an_item_stands_in_its_row(view):
    rows = {row["text"].removesuffix("."): row for _, row in view.opinions.table.iterrows()}
    said = [*findings.agreement(view.opinions), *findings.strongest_and_weakest(view.opinions)[1:]]

    for sentence in said:
        row = rows[re.search("“(.*)”", sentence)[1]]
        stands = f"{row['said']} {row['base_said']} {row['says']} {ends(row)}"
        assert set(NUMBER.findall(own_words(sentence))) <= set(NUMBER.findall(stands)), sentence


def test_every_number_about_who_answered_stands_in_the_table(view):
    table = view.opinions.table
    for sentence in findings.strongest_and_weakest(view.opinions)[:1]:
        stands = " ".join([*table["base_said"], str(len(table))])
        assert set(NUMBER.findall(sentence)) <= set(NUMBER.findall(stands))
    for part in view.rates:
        for sentence, row in zip(findings.response(part), part.table.itertuples(), strict=True):
            assert set(NUMBER.findall(sentence)) <= set(NUMBER.findall(f"{row.said} {row.base_said}"))


def test_every_number_about_cases_stands_in_the_table(view):
    table = view.overview.table
    stands = {str(len(table)), *table.get("organisations", []), *table.get("sectors", [])}

    for sentence in findings.case_studies(view.overview):
        assert set(NUMBER.findall(sentence)) <= set(map(str, stands))


def test_in_bands_no_number_of_people_is_told_but_the_rough_number_who_answered(view):
    says = [] if view.opinions.table.empty else list(view.opinions.table["says"])
    bands = [part for part in (view.opinions, *view.rates) if part.precision == "band"]

    said = [
        sentence
        for part in bands
        for sentence in (findings.agreement(part) if "item" in part.table else findings.response(part))
    ]

    assert not [line for line in said if NUMBER.search(re.sub(r"about \d+", "", own_words(line, *says)))]


def test_research_projects_are_never_called_people(view):
    if view.programme.respondents != "people":
        told = [*findings.strongest_and_weakest(view.opinions, view.programme.respondents)]
        told += [*findings.agreement(view.opinions), *findings.limits(view.opinions, view.rates[0])]

        assert not [line for line in told if re.search(r"\bpeople\b", own_words(line))]
