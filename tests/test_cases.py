"""Tables of case studies: known answers from the published cases, and what is not known stays so."""

import copy

import pandas as pd
import pytest
from told_cases import member, small_programme

import coprod
from coprod import cases, framework, privacy


def by_case(programme):
    return cases.factors_by(programme, "case")


def by_sector(programme):
    return cases.factors_by(programme, "sector")


TABLES = (
    cases.overview,
    cases.team,
    cases.timeline,
    cases.iterations,
    cases.outcomes,
    cases.takeaways,
    cases.layers,
    cases.changes,
    cases.ties,
    cases.causes,
    cases.outcome_counts,
    cases.enablers_and_barriers,
    cases.conditions,
    by_case,
    by_sector,
    cases.roles,
    cases.expected_without_evidence,
    cases.evidence_map,
    cases.matrix,
    cases.fits,
    cases.contradictions,
    cases.combinations,
    cases.recommendations,
    cases.rows,
    cases.entries,
)
NEED_TELLING = TABLES[1:11]  # empty where the cases do not tell what they are about
WITH_CASES = ("knowledge-in-action", "demo")
DATES = ["planned_start", "planned_end", "actual_start", "actual_end"]


@pytest.fixture(scope="module")
def kia():
    return coprod.open("knowledge-in-action")


def of_case(table, case):
    return table[table["case"] == case]


def row_of(**told):
    """Give the overview's row of a case of which nothing else is known."""
    return cases.overview(small_programme({"bare": told})).iloc[0]


def evidence(*rows):
    """Build evidence from rows of direction, code, condition, source and section."""
    columns = ("direction", "code", "condition", "source", "section")
    return small_programme(evidence=[dict(zip(columns, row, strict=True)) for row in rows])


def test_every_published_case_comes_with_its_issue_and_its_grant(kia):
    """*Knowledge in action* (2025), Executive summary and Case study profiles: £25,000 a team."""
    overview = cases.overview(kia)

    assert dict(zip(overview["case"], overview["issue"], strict=True)) == {
        "Lincoln": "Youth participation",
        "Teesside": "In-work poverty",
        "Norfolk": "Social isolation",
    }
    assert set(overview["money"]) == {"£25,000"}


def test_a_rough_number_reached_is_said_to_be_rough(kia):
    """*Knowledge in action* (2025), Case study profile: Norfolk; about 110 responses, four innovators."""
    reach = of_case(cases.overview(kia), "Norfolk")["reach"].item()

    assert (
        reach == "about 110 responses to the design challenge; 4 young innovators who worked on their ideas"
    )


def test_every_published_team_joins_the_three_sectors(kia):
    """*Knowledge in action* (2025), Introduction: one partner at least from each sector."""
    assert set(cases.overview(kia)["sectors"]) == {3}


def test_an_organisation_has_one_row_for_each_layer_it_was_in(kia):
    """*Knowledge in action* (2025), Case study profile: Teesside; the university was there throughout."""
    teesside = of_case(cases.team(kia), "Teesside")

    layers = teesside.loc[teesside["organisation"] == "Teesside University", "layer"]

    assert list(layers) == ["learning journey", "design", "delivery"]
    assert set(teesside["sector"]) == {"Universities", "Local government", "Third sector"}


def test_an_organisation_named_twice_counts_once():
    row = row_of(team=[member("Borough council"), member("Borough council", layers=["delivery"])])

    assert (row["organisations"], row["sectors"]) == (1, 1)


def test_what_is_not_known_is_said_to_be_not_known():
    row = row_of()

    assert (row["money"], row["reach"]) == ("not known", "not known")
    assert (row["organisations"], row["sectors"]) == (0, 0)


def test_no_money_is_not_the_same_as_money_that_is_not_known():
    assert row_of(money=0)["money"] == "£0"


def test_large_numbers_have_commas():
    row = row_of(money=1_250_000, reach=[{"what": "letters sent", "n": 12000, "approximate": False}])

    assert (row["money"], row["reach"]) == ("£1,250,000", "12,000 letters sent")


def test_dates_that_are_known_come_through(kia):
    """*Knowledge in action* (2025), Case study profile: Teesside; half term in May 2024, days not given."""
    steps = of_case(cases.timeline(kia), "Teesside").set_index("step")

    half_term = steps.loc["Activities and packed lunches over half term", DATES]

    assert half_term["actual_start"] == pd.Timestamp("2024-05-01")
    assert half_term["actual_end"] == pd.Timestamp("2024-05-31")


def test_dates_that_are_not_known_stay_missing(kia):
    """The report gives no dates for the learning journey, only that it took three months."""
    timeline = cases.timeline(kia)

    journeys = timeline.loc[timeline["step"] == "Learning journey", DATES]

    assert len(journeys) == 3
    assert journeys.isna().all(axis=None)


@pytest.mark.parametrize("name", [*WITH_CASES, "sivocs"])
def test_dates_are_dates_even_where_none_is_known(name):
    dates = cases.timeline(coprod.open(name))[DATES]

    assert all(pd.api.types.is_datetime64_any_dtype(column) for _, column in dates.items())


@pytest.mark.parametrize("name", WITH_CASES)
@pytest.mark.parametrize("part", ["timeline", "iterations", "outcomes", "takeaways"])
def test_nothing_that_a_case_tells_is_lost(name, part):
    programme = coprod.open(name)

    table = getattr(cases, part)(programme)

    told = {case["title"]: len(case[part]) for case in programme.cases.values()}
    assert table["case"].value_counts().to_dict() == told


def test_what_was_not_reached_stands_among_the_outcomes_in_words(kia):
    """*Knowledge in action* (2025), Case study profile: Teesside; the news did not get to busy parents."""
    outcomes = of_case(cases.outcomes(kia), "Teesside").set_index("outcome")["status"]

    assert outcomes["Schools get the news of the offer to busy parents"] == "not reached"
    assert outcomes["Families take up the offer (engagement was low)"] == "partly reached"


@pytest.mark.parametrize("name", WITH_CASES)
def test_enablers_and_barriers_add_up_to_the_rows_coded(name):
    """A row with several codes counts for each of them; contributions are no factors."""
    programme = coprod.open(name)
    kinds = ("factors", "insights", "recommendations")
    factors = {key for kind in kinds for key in framework.read(kind).index}

    counted = cases.enablers_and_barriers(programme).groupby("direction")["rows"].sum()

    for direction in ("enabler", "barrier"):
        codes = programme.evidence.loc[programme.evidence["direction"] == direction, "code"]
        assert counted[direction] == sum(len(factors & set(cell.split(" | "))) for cell in codes)


def test_every_factor_goes_by_its_title_and_none_comes_from_more_places_than_it_has_rows(kia):
    counted = cases.enablers_and_barriers(kia)

    assert set(counted["factor"]) <= set(framework.read("factors")["title"])
    assert (counted["sources"] <= counted["rows"]).all()
    assert (counted["sources"] >= 1).all()


def test_the_same_section_of_two_documents_is_two_places():
    counted = cases.enablers_and_barriers(
        evidence(
            ("enabler", "pace", "", "diary", "May"),
            ("enabler", "pace", "", "diary", "May"),
            ("enabler", "pace", "", "minutes", "May"),
        )
    )

    assert counted[["rows", "sources"]].to_numpy().tolist() == [[3, 2]]


def test_enablers_stand_before_barriers_and_the_best_evidenced_first():
    counted = cases.enablers_and_barriers(
        evidence(
            ("barrier", "day_rates", "", "diary", "May"),
            ("barrier", "pace", "", "diary", "May"),
            ("barrier", "pace", "", "diary", "June"),
            ("enabler", "recruitment", "", "diary", "May"),
        )
    )

    assert list(counted["direction"]) == ["enabler", "barrier", "barrier"]
    assert list(counted["rows"]) == [1, 2, 1]


def test_an_enabler_coded_by_an_insight_counts_too():
    """A code may be a factor, an insight or a recommendation of the framework."""
    counted = cases.enablers_and_barriers(evidence(("enabler", "stepping", "", "diary", "May")))

    assert counted["factor"].item() == framework.title("insights", "stepping")


@pytest.mark.parametrize(
    "row", [("enabler", "", "", "diary", "May"), ("outcome", "pace", "", "diary", "May")]
)
def test_only_coded_enablers_and_barriers_count(row):
    counted = cases.enablers_and_barriers(evidence(row))

    assert counted.empty
    assert counted.attrs["reason"] == cases.NO_FACTORS


@pytest.mark.parametrize("name", WITH_CASES)
def test_conditions_count_the_rows_that_speak_for_and_against_them(name):
    programme = coprod.open(name)
    spoken = programme.evidence[programme.evidence["condition"] != ""]

    met = cases.conditions(programme)

    assert list(met["framework"]) == [f"condition:{key}" for key in framework.read("conditions").index]
    assert met["enabled"].sum() == (spoken["direction"] == "enabler").sum()
    assert met["hindered"].sum() == (spoken["direction"] == "barrier").sum()


def test_a_condition_that_no_evidence_speaks_of_has_zeros():
    met = cases.conditions(evidence(("barrier", "pace", "time", "diary", "May"))).set_index("framework")

    assert met["hindered"].to_dict() == {
        "condition:time": 1,
        **dict.fromkeys([f"condition:{key}" for key in ("understanding", "spaces", "care", "embedding")], 0),
    }
    assert (met["enabled"] == 0).all()


def test_one_place_has_only_its_own_case_and_evidence(kia):
    norfolk = kia.where(place="norfolk")

    assert list(cases.overview(norfolk)["case"]) == ["Norfolk"]
    assert cases.enablers_and_barriers(norfolk)["rows"].sum() < cases.enablers_and_barriers(kia)["rows"].sum()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", ["sivocs", "carpentries-2017"])
def test_a_programme_without_cases_gives_an_empty_table_that_says_why(table, name):
    made = table(coprod.open(name))

    assert made.empty
    assert made.attrs["reason"] in (cases.NO_CASES, cases.NO_EVIDENCE)


@pytest.mark.parametrize("table", NEED_TELLING)
def test_cases_that_do_not_tell_something_give_an_empty_table_that_says_so(table):
    made = table(small_programme({"bare": {}}))

    assert made.empty
    assert made.attrs["reason"] == cases.NOT_TOLD


@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize("table", TABLES)
def test_tables_of_cases_pass_the_door_whole_for_there_are_no_people_in_them(kia, table, audience):
    made = table(kia)

    shown = privacy.protect(made, audience)

    pd.testing.assert_frame_equal(shown.table, made)


@pytest.mark.parametrize("table", TABLES)
def test_reading_a_table_changes_nothing_in_the_programme(kia, table):
    before = copy.deepcopy(kia.cases), kia.evidence.copy()

    table(kia)

    assert kia.cases == before[0]
    pd.testing.assert_frame_equal(kia.evidence, before[1])
