"""Reports that overlap: what a report on one place holds back, so that the others do not give it away."""

import itertools
import re

import numpy as np
import pytest
from survey import survey

from coprod import change, compare, headcount, likert, privacy, weighting

PLACES = {"north": "North", "south": "South", "coast": "Coast"}
SECTORS = {"university": "Universities", "council": "Councils", "charity": "Charities"}
TIMES = {"start": "Start", "end": "End"}


def placed(people, *, sectors=("university",), places=PLACES, **changes):
    """Build a survey: how many of each sector (across) answered "Agree" in each place (down)."""
    rows = [
        (place, sector)
        for place, counts in zip([*places, ""], people, strict=False)
        for sector, n in zip(sectors, np.atleast_1d(counts), strict=True)
        for _ in range(n)
    ]
    answers = {"heard": ["Agree"] * len(rows), "place": [place for place, _ in rows]}
    answers["sector"] = [sector for _, sector in rows]
    named = {sector: SECTORS[sector] for sector in sectors}
    return survey(answers | changes, places=places, sectors=named, waves={"start": "Start"})


def twice(*people):
    """Build a survey in two waves: for each place, how many answered both times, and only the first time."""
    rows = [
        (f"{place}{number}", place, wave)
        for place, (both, once) in zip(PLACES, people, strict=False)
        for wave, n in (("start", both + once), ("end", both))
        for number in range(n)
    ]
    person, place, wave = zip(*rows, strict=True)
    answers = {"heard": ["Agree"] * len(rows), "person": person, "place": place, "wave": wave}
    return survey(answers, places=PLACES, waves=TIMES)


def shown(programme, table=likert.agreement, *arguments, audience="internal"):
    """Protect a table of a programme, as its reports do."""
    return privacy.door(programme, audience)(table(programme, ["heard"], *arguments))


def places_shown(programme, audience="internal"):
    """Name the places whose own report says something."""
    return [key for key in PLACES if not shown(programme.where(place=key), audience=audience).table.empty]


def test_a_small_place_takes_the_next_smallest_with_it():
    """Everybody less the other two would give the 3 in North away."""
    assert places_shown(placed([3, 8, 12])) == ["coast"]


def test_every_place_is_shown_where_each_has_enough():
    assert places_shown(placed([5, 8, 12])) == list(PLACES)


def test_everybody_is_shown_beside_places_that_are_not():
    assert shown(placed([3, 8, 12])).table["base"].item() == 23


def test_a_place_that_nobody_came_from_takes_none_with_it():
    assert places_shown(placed([0, 8, 12])) == ["south", "coast"]


def test_the_public_asks_more_of_every_place():
    assert places_shown(placed([9, 11, 30]), "public") == ["coast"]


def test_people_in_no_place_are_not_told_by_the_places():
    """Two said no place; everybody less three places would be these two."""
    assert places_shown(placed([6, 8, 12, 2])) == ["south", "coast"]


def test_a_table_by_place_holds_back_the_same_places_as_their_reports():
    table = shown(placed([3, 8, 12]), likert.agreement, "place").table

    assert list(table["group"]) == ["Coast"]


def test_a_place_that_is_held_back_is_told_why():
    reason = shown(placed([3, 8, 12]).where(place="south")).reason

    assert reason.startswith(
        "Nothing is shown of this place by itself: somewhere fewer than 5 people answered"
    )


def test_an_item_that_few_answered_in_one_place_is_held_back_alone():
    programme = placed([6, 8, 12], felt=["Agree"] * 3 + [""] * 3 + ["Agree"] * 20)
    north, south = (programme.where(place=place) for place in ("north", "south"))

    tables = [
        privacy.door(part, "internal")(likert.shares(part, ["heard", "felt"])) for part in (north, south)
    ]

    assert [set(table.table["item"]) for table in tables] == [{"heard"}, {"heard"}]
    assert "“Text of felt” is not shown of this place by itself" in tables[1].notes[0]


def test_a_small_sector_of_a_place_takes_another_sector_and_another_place_with_it():
    """Else the total of the place, or that of the sector, would give the 2 charities of North away."""
    programme = placed([[9, 2], [6, 7], [8, 8]], sectors=("university", "charity"))

    groups = [
        list(shown(programme.where(place=key), likert.agreement, "sector").table["group"]) for key in PLACES
    ]

    assert groups == [[], [], ["Universities", "Charities"]]


@pytest.mark.parametrize("table", [compare.gaps, weighting.agreement])
def test_a_comparison_of_sectors_rests_on_all_of_them(table):
    programme = placed([[9, 2], [6, 7], [8, 8]], sectors=("university", "charity"))

    rows = [len(shown(programme.where(place=key), table).table) for key in PLACES]

    assert rows == [0, 0, 1]


@pytest.mark.parametrize(("wave", "enough"), [("start", list(PLACES)), ("end", ["south"])])
def test_each_wave_is_planned_by_those_who_answered_in_it(wave, enough):
    programme = twice((6, 6), (9, 1), (3, 9)).where(wave=wave)

    assert places_shown(programme) == enough


def test_change_is_held_back_where_few_answered_twice():
    programme = twice((3, 9), (6, 6), (9, 9))
    table = [shown(programme.where(place=key), change.moves).table for key in PLACES]

    assert [rows.empty for rows in table] == [True, True, False]


@pytest.mark.parametrize(("once", "shown_so"), [(0, True), (2, False), (5, True)])
def test_two_answers_are_not_set_side_by_side_where_few_answered_once(once, shown_so):
    """The first wave less the first answers of the others would be those who did not come again."""
    programme = twice((9, once))

    assert shown(programme, change.flow).table.empty != shown_so
    assert len(shown(programme, change.moves).table)


def test_two_ratings_of_one_sitting_are_not_set_side_by_side_where_few_gave_one():
    answers = {"then": ["Agree"] * 10 + [""] * 2, "now": ["Agree"] * 12}
    programme = survey(answers, items={"now": {"before": "then"}})

    flow = privacy.door(programme, "internal")(change.flow(programme, ["now"]))

    assert "is not shown answer by answer" in flow.reason


def test_rounded_answers_may_stand_side_by_side_where_few_answered_once():
    assert len(shown(twice((60, 2)), change.flow, audience="public").table)


def test_places_of_a_survey_known_from_counts_are_planned_too():
    rows = [("heard", place, "", "", "Agree", n) for place, n in zip(PLACES, (3, 8, 12), strict=True)]

    assert places_shown(survey(counts=rows, places=PLACES)) == ["coast"]


def test_no_median_between_two_labels_is_told_of_rounded_counts():
    """It would say that exactly 22 of 44 stand on either side."""
    programmes = [survey({"heard": ["Disagree"] * n + ["Agree"] * (44 - n)}) for n in (21, 22)]

    medians = [shown(programme, audience="public").table["median"].item() for programme in programmes]

    assert medians == ["Agree", ""]


def test_how_many_answered_is_no_secret():
    part = placed([3, 8, 12]).where(place="south")

    assert len(privacy.door(part, "internal")(likert.response_rates(part)).table) == 1


def test_the_people_behind_change_are_those_that_the_report_counts():
    programme = twice((3, 9), (6, 6), (9, 9))

    counted = headcount.by_place(programme, "moves", None)

    for place in PLACES:
        base = change.moves(programme.where(place=place), ["heard"])["base"].iloc[0]
        assert counted.loc[("heard", "Everybody"), place] == base


# whatever the places and sectors


def _sums(programme, people):
    """Collect what the team is told, as sums over places (down) and sectors (across)."""
    told = []
    for part in (programme, *(programme.where(place=place) for place in programme.places)):
        for by in (None, "sector", *(() if part.place else ("place",))):
            for group in shown(part, likert.agreement, by).table.get("group", ()):
                names = set(re.split(", | and ", group)) - {"Everybody"}
                rows = [
                    part.place in (None, key) and not names - {title, *SECTORS.values()}
                    for key, title in programme.places.items()
                ]
                columns = [
                    not names & set(SECTORS.values()) or title in names
                    for title in programme.sectors.values()
                ]
                told.append(np.outer(rows, columns).ravel())
    return np.array([np.zeros(people.size), *told], float)


@pytest.mark.parametrize("seed", range(40))
def test_no_group_of_places_and_sectors_too_small_follows_from_all_reports(seed):
    """Every choice of places and of sectors is tried: is its sum one that follows from those told?"""
    rng = np.random.default_rng(seed)
    people = rng.integers(0, 9, rng.integers(2, 4, 2))
    sectors = tuple(SECTORS)[: people.shape[1]]
    programme = placed(people, sectors=sectors, places=dict(list(PLACES.items())[: len(people)]))
    told = _sums(programme, people)
    span = np.linalg.pinv(told) @ told
    for rows in itertools.product([0, 1], repeat=people.shape[0]):
        for columns in itertools.product([0, 1], repeat=people.shape[1]):
            group = np.outer(rows, columns).ravel()
            if 0 < group @ people.ravel() < 5:
                assert not np.allclose(group @ span, group, atol=1e-6)


def outcome(people, place, audience="internal"):
    """Give what the planning comes to for the report on a place."""
    programme = placed(people)
    return privacy.hidden_here(programme)(programme.where(place=place), audience)


def test_somebody_elsewhere_changes_nothing_while_the_same_is_shown():
    assert outcome([8, 9, 12], "north") == outcome([8, 10, 12], "north")


def test_somebody_elsewhere_changes_a_place_that_is_shown_only_beside_enough_others():
    """With 4 in South, North must be held back as well."""
    assert outcome([8, 4, 12], "north") != outcome([8, 5, 12], "north")


def test_the_outcome_is_each_audiences_own():
    assert outcome([12, 8, 14], "north", "public") != outcome([12, 10, 14], "north", "public")
    assert outcome([12, 8, 14], "north") == outcome([12, 10, 14], "north")


def test_the_outcome_tells_of_items_that_few_rated_once():
    some, none = twice((6, 3), (8, 9), (9, 8)), twice((6, 9), (8, 9), (9, 8))
    told = [
        privacy.hidden_here(programme)(programme.where(place="south"), "internal")
        for programme in (some, none)
    ]

    assert told[0] != told[1]


def test_of_everybody_there_is_no_outcome():
    assert privacy.hidden_here(placed([3, 8, 12]))(placed([3, 8, 12]), "internal") == []
