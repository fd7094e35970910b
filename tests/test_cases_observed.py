"""What the coded observations say: factors by group, roles, maps, recommendations and the list of rows."""

import pytest
from told_cases import small_programme

from coprod import cases, framework
from coprod.names import UnknownName

OWN = {"source": "kia", "section": "Table 1"}  # where the framework has its contributions from
EXPECTED = framework.expected_contributions()
FIRST = EXPECTED.index[0]


def brought(code="", **told):
    return {"direction": "contribution", "code": code, "sector": "university", "stage": "problem", **told}


def role_of(code, *rows):
    table = cases.roles(small_programme(evidence=rows))
    return table[table["brought"] == EXPECTED.loc[code, "title"]].iloc[0]


def test_a_row_with_two_codes_counts_for_both_factors():
    counted = cases.enablers_and_barriers(
        small_programme(evidence=[{"direction": "barrier", "code": "pace | day_rates"}])
    )

    assert set(counted["factor"]) == {framework.title("factors", key) for key in ("pace", "day_rates")}
    assert set(counted["behind"]) == {("e1",)}


def test_a_row_with_the_same_code_twice_counts_once():
    counted = cases.enablers_and_barriers(
        small_programme(evidence=[{"direction": "barrier", "code": "pace | pace"}])
    )

    assert counted[["rows", "behind"]].to_numpy().tolist() == [[1, ("e1",)]]


def test_a_contribution_is_no_factor_even_beside_one():
    counted = cases.enablers_and_barriers(
        small_programme(evidence=[{"direction": "enabler", "code": f"recruitment | {FIRST}"}])
    )

    assert list(counted["factor"]) == [framework.title("factors", "recruitment")]


def test_factors_by_case_come_in_the_order_of_the_cases_and_what_is_about_none_comes_last():
    rows = [{"direction": "barrier", "code": "pace", "case": case} for case in ("", "mill", "bridge")]

    counted = cases.factors_by(small_programme({"bridge": {}, "mill": {}}, rows), "case")

    assert list(counted["group"]) == ["Bridge", "Mill", "Not about one case"]


def test_factors_by_sector_keep_apart_what_is_about_several_sectors_or_none():
    rows = [{"direction": "barrier", "code": "pace", "sector": sector} for sector in ("", "council")]

    counted = cases.factors_by(small_programme(evidence=rows), "sector")

    assert list(counted["group"]) == ["Local government", "Several sectors, or none"]


def test_a_misspelt_grouping_is_told_the_nearest():
    with pytest.raises(UnknownName, match="sector"):
        cases.factors_by(small_programme(), "sectors")


def test_everything_expected_is_listed_with_no_row_where_nobody_observed_it():
    """*Knowledge in action* (2025), Table 1, has 26 contributions, each at a stage and of a sector."""
    table = cases.roles(small_programme(evidence=[brought(FIRST)]))
    silent = table[table["rows"] == 0]

    assert len(table) == len(EXPECTED)
    assert table["expected"].all()
    assert len(silent) == len(EXPECTED) - 1
    assert set(silent["behind"]) == {()}


def test_a_row_from_where_the_framework_has_it_is_not_from_elsewhere():
    role = role_of(FIRST, brought(FIRST, **OWN), brought(FIRST, source="kia", section="Conclusion"))

    assert role[["rows", "sources", "elsewhere", "behind"]].tolist() == [2, 2, 1, ("e1", "e2")]


def test_a_row_that_restates_the_framework_does_not_support_it():
    programme = small_programme(evidence=[brought(FIRST, **OWN)])

    silent = cases.expected_without_evidence(programme)

    assert len(silent) == len(EXPECTED)
    assert silent["behind"].iloc[0] == ("e1",)


def test_what_is_supported_from_elsewhere_is_not_listed_as_silent():
    silent = cases.expected_without_evidence(small_programme(evidence=[brought(FIRST)]))

    assert len(silent) == len(EXPECTED) - 1


def test_when_all_is_supported_an_empty_table_says_so():
    silent = cases.expected_without_evidence(small_programme(evidence=[brought(" | ".join(EXPECTED.index))]))

    assert silent.empty
    assert silent.attrs["reason"].startswith("Evidence supports everything")


def test_what_the_framework_does_not_name_stands_in_the_rows_own_words():
    table = cases.roles(small_programme(evidence=[brought(paraphrase="They lent a van.")]))

    other = table[~table["expected"]].iloc[0]

    assert other[["stage", "sector", "brought"]].tolist() == [
        *("Problem identification", "Universities", "Other: They lent a van.")
    ]
    assert other[["rows", "sources", "elsewhere"]].tolist() == [1, 1, 1]


def test_a_contribution_of_no_stage_and_sector_stands_last():
    table = cases.roles(small_programme(evidence=[brought(stage="", sector="")]))

    assert table.iloc[-1][["stage", "sector"]].tolist() == ["No stage named", "Several sectors, or none"]


def test_only_rows_coded_as_contributions_say_what_was_brought():
    second = EXPECTED.index[1]
    role = role_of(FIRST, {"direction": "barrier", "code": FIRST}, brought(second))

    assert role["rows"] == 0


def test_the_map_has_every_condition_principle_and_case_with_zeros():
    programme = small_programme(
        {"bridge": {}}, [{"case": "bridge", "condition": "time", "principle": "trust"}]
    )

    met = cases.evidence_map(programme)

    assert len(met) == 6 * 6 * 2
    assert met[met["rows"] > 0].iloc[0].tolist() == [
        framework.title("conditions", "time"),
        framework.title("principles", "trust"),
        "Bridge",
        1,
        ("e1",),
    ]


def test_the_map_keeps_rows_with_only_one_of_the_two_and_rows_about_no_case():
    met = cases.evidence_map(small_programme(evidence=[{"condition": "time"}, {"principle": "trust"}]))

    spoken = met.loc[met["rows"] > 0, ["condition", "principle", "case"]].to_numpy().tolist()
    assert spoken == [
        [framework.title("conditions", "time"), cases.NO_PRINCIPLE, cases.WHOLE_PROGRAMME],
        [cases.NO_CONDITION, framework.title("principles", "trust"), cases.WHOLE_PROGRAMME],
    ]


def test_the_map_of_one_place_does_not_say_that_nothing_was_said_of_the_whole():
    programme = small_programme(
        {"bridge": {"place": "north"}}, [{"case": "bridge", "condition": "time"}, {"condition": "time"}]
    )

    met = cases.evidence_map(programme.where(place="north"))

    assert set(met["case"]) == {"Bridge"}


def test_conditions_name_what_speaks_for_them_before_what_speaks_against():
    rows = [{"direction": direction, "condition": "time"} for direction in ("barrier", "enabler", "context")]

    met = cases.conditions(small_programme(evidence=rows)).iloc[0]

    assert met[["enabled", "hindered", "behind"]].tolist() == [1, 1, ("e2", "e1")]


def test_a_recommendation_has_a_row_for_what_speaks_for_it_and_one_for_what_speaks_against():
    programme = small_programme(
        {"bridge": {}, "mill": {}},
        [
            {"case": "mill", "sector": "council", "condition": "care"},
            {"case": "bridge", "sector": "charity", "condition": "time"},
            {},
            {"case": "bridge"},
            {"case": "bridge"},
        ],
        [
            *[(row, "delegation", "for") for row in ("e1", "e2", "e4", "e5")],
            ("e3", "delegation", "against"),
        ],
    )

    table = cases.recommendations(programme)

    told = table[table["recommendation"] == framework.title("recommendations", "delegation")]
    columns = ["sector", "bearing", "rows", "cases", "sectors", "behind"]
    assert told[columns].to_numpy().tolist() == [
        [
            *("Universities", "for", 4, "Bridge; Mill"),
            "Local government; Third sector; Several sectors, or none",
            ("e1", "e2", "e4", "e5"),
        ],
        ["Universities", "against", 1, "Not about one case", "Several sectors, or none", ("e3",)],
    ]
    assert told["conditions"].tolist() == [
        "; ".join(framework.title("conditions", key) for key in ("time", "care")),
        "",
    ]


def test_recommendations_that_nothing_speaks_to_are_listed_with_0():
    table = cases.recommendations(small_programme(evidence=[{}], bearings=[("e1", "delegation", "for")]))

    assert len(table) == 2 * len(framework.read("recommendations"))
    assert table["rows"].sum() == 1
    assert set(table.loc[table["rows"] == 0, "behind"]) == {()}


def test_whom_a_recommendation_addresses_is_said_in_words():
    table = cases.recommendations(small_programme(evidence=[{}], bearings=[("e1", "delegation", "for")]))

    assert set(table["sector"]) == {"Everyone", "Universities", "Local government", "Third sector", "Funders"}


def test_without_bearings_an_empty_table_says_that_nobody_noted_any():
    table = cases.recommendations(small_programme(evidence=[{}]))

    assert table.empty
    assert table.attrs["reason"].startswith("Nobody has noted")


def test_where_nothing_is_a_contribution_nothing_is_expected_in_vain():
    programme = small_programme(evidence=[{"direction": "barrier"}])

    assert cases.roles(programme).empty
    assert cases.expected_without_evidence(programme).attrs["reason"].startswith("No observation here tells")


def test_rows_say_how_each_observation_was_coded_and_where_it_stands():
    programme = small_programme(
        {"bridge": {}},
        [
            {"direction": "barrier", "code": "pace | day_rates", "case": "bridge", "sector": "council"},
            {"source": "minutes", "section": "Item 3"},
        ],
    )

    listed = cases.rows(programme)

    factors = "; ".join(framework.title("factors", key) for key in ("pace", "day_rates"))
    assert listed.to_numpy().tolist() == [
        ["e1", "It was seen.", f"Bridge; Local government; Barrier: {factors}", "Writer, A. (2024), May"],
        ["e2", "It was seen.", "Context", "Minutes of the team, Item 3"],
    ]


@pytest.mark.parametrize(
    ("citation", "short"),
    [
        ("Writer, A. (2024) A diary of 2019. A publisher.", "Writer, A. (2024)"),
        ("A network (no date) A report. 12 pages.", "A network (no date)"),
        ("The team's minutes, May 2025, all of them", "The team's minutes, May 2025"),
        ("Minutes of the team", "Minutes of the team"),
    ],
)
def test_a_citation_is_shortened_to_what_stands_before_its_year(citation, short):
    listed = cases.rows(small_programme(evidence=[{}], sources={"diary": citation}))

    assert listed["where"].item() == f"{short}, May"
