"""Agreement between coders: Krippendorff's alpha, its interval, and what was read differently."""

from itertools import permutations

import numpy as np
import pytest
from coders import coded
from folders import coded_twice, write_programme
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import coprod
from coprod import coding
from coprod.cases import NO_EVIDENCE
from coprod.coding import agreeing, readings
from coprod.coding.krippendorff import krippendorff
from coprod.privacy import door

X = np.nan
FOUR_READERS = [  # Krippendorff (2011), section C: four observers of twelve units, some of which they missed
    [1, 2, 3, 3, 2, 1, 4, 1, 2, X, X, X],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, X, 3],
    [X, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, X],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, X],
]
LEVELS = ("nominal", "ordinal", "interval")


def units(*readers):
    return np.array(readers, dtype=float).T


def alpha_by_pairs(table, level):
    """Give alpha from its definition: every pair of readings of a unit, and every pair of all readings."""
    read = [[value for value in unit if not np.isnan(value)] for unit in table]
    read = [unit for unit in read if len(unit) > 1]
    everything = [value for unit in read for value in unit]

    def apart(one, other):
        if level == "nominal":
            return float(one != other)
        if level == "interval":
            return (one - other) ** 2
        between = sum(min(one, other) <= value <= max(one, other) for value in everything)
        return (between - (everything.count(one) + everything.count(other)) / 2) ** 2 * (one != other)

    observed = sum(apart(*pair) / (len(unit) - 1) for unit in read for pair in permutations(unit, 2))
    expected = sum(apart(*pair) for pair in permutations(everything, 2)) / (len(everything) - 1)
    return 1 - observed / expected if expected else X


tables = st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 3.0, 5.0, X]), min_size=3, max_size=3), min_size=1, max_size=12
).map(np.array)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491)])
def test_alpha_of_the_published_matrix(level, alpha):
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: .743, .815, .849."""
    assert krippendorff(units(*FOUR_READERS), level).value == pytest.approx(alpha, abs=5e-5)


def test_alpha_of_a_small_example_by_hand():
    """Krippendorff (2011), section A: 14 zeros, 6 ones, 4 units differ: 1 - 19 x 4 / (14 x 6) = .095."""
    meg, owen = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]

    assert krippendorff(units(meg, owen)).value == pytest.approx(1 - 76 / 84)


@given(tables, st.sampled_from(LEVELS))
def test_alpha_is_what_its_definition_gives_pair_by_pair(table, level):
    assert krippendorff(table, level).value == pytest.approx(
        alpha_by_pairs(table, level), nan_ok=True, abs=1e-9
    )


@given(tables, st.sampled_from(LEVELS))
def test_a_unit_that_one_reader_read_changes_nothing(table, level):
    more = np.vstack([table, [2, X, X], [X, X, X]])

    assert krippendorff(more, level) == pytest.approx(krippendorff(table, level), nan_ok=True)


@given(tables)
def test_names_of_values_and_the_order_of_readers_do_not_matter(table):
    renamed = np.select([table == value for value in (1, 2, 3, 5)], [7, 0, -1, 4], X)

    assert krippendorff(renamed[:, ::-1]) == pytest.approx(krippendorff(table), nan_ok=True)


@given(tables, st.sampled_from(LEVELS))
def test_alpha_lies_inside_its_interval_and_neither_is_above_one(table, level):
    value, low, high = krippendorff(table, level)

    assert np.isnan(value) or value <= 1
    assert np.isnan(low) or -1 <= low < value < high < 1 or low == -1


@pytest.mark.parametrize("level", LEVELS)
def test_the_interval_is_that_of_leaving_out_one_unit_at_a_time(level):
    rng = np.random.default_rng(1)
    table = rng.integers(0, 4, (20, 1)) + np.where(rng.random((20, 2)) < 0.2, rng.integers(0, 3, (20, 2)), 0)
    whole = np.log(1 - alpha_by_pairs(table, level))
    values = [
        20 * whole - 19 * np.log(1 - alpha_by_pairs(np.delete(table, unit, axis=0), level))
        for unit in range(20)
    ]
    error = stats.sem(values) * stats.t.ppf(0.975, 19)

    _, low, high = krippendorff(table, level)

    assert (low, high) == pytest.approx((1 - np.exp(whole + error), 1 - np.exp(whole - error)), abs=1e-9)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    """Readers who agree on four units of five for sure, and by chance on the others: alpha is 0.8."""
    rng = np.random.default_rng(2)
    held = []
    for _ in range(400):
        one, other = rng.choice(3, (2, 60), p=[0.5, 0.3, 0.2])
        _, low, high = krippendorff(units(one, np.where(rng.random(60) < 0.8, one, other)))
        held.append(low <= 0.8 <= high)

    assert np.mean(held) >= 0.92


@pytest.mark.parametrize("table", [[[1, 1], [1, 1]], [[1, X], [X, 2]], [[1, 1]], [[X, X]]])
def test_without_two_values_that_were_paired_there_is_no_alpha(table):
    assert np.isnan(krippendorff(np.array(table, dtype=float))).all()


def test_where_fewer_than_two_units_differ_there_is_no_interval():
    alike, but_one = units([0, 1, 0, 1], [0, 1, 0, 1]), units([0, 1, 0, 1], [0, 1, 0, 0])

    assert krippendorff(alike).value == 1
    assert krippendorff(but_one).value < 1
    assert np.isnan([krippendorff(table)[1:] for table in (alike, but_one)]).all()


def test_where_every_unit_is_read_differently_in_one_way_there_is_no_interval():
    """Every unit left out leaves the same alpha behind: a width of 0 would promise what nobody knows."""
    _, low, high = krippendorff(units([0] * 30, [1] * 30))

    assert np.isnan([low, high]).all()


# tables


def test_the_tables_of_a_folder_that_two_people_coded(workbook, data_in):
    """B gives row 1 one code more and another principle."""
    write_programme(data_in, "small", coded_twice())
    programme = coprod.open("small")

    table = coding.agreement(programme).set_index("variable")
    differ = coding.disagreements(programme)

    assert table["agreed"].to_dict() == {
        **{"Sector": 2, "Stage": 2, "Direction": 2, "Code": 1},
        **{"Knowledge": 2, "Condition": 2, "Principle": 1},
    }
    assert set(table["units"]) == {2}
    assert set(table["behind"]) == {("e1", "e2")}
    assert differ[["variable", "first", "second", "coders", "behind"]].to_numpy().tolist() == [
        ["Code", "Recruitment", "Pace and iteration; Recruitment", "A, B", ("e1",)],
        ["Principle", "All voices and knowledge", "Trust and equity", "A, B", ("e1",)],
    ]


def test_a_blank_is_a_reading(workbook, data_in):
    programme = coded(data_in, [{"stage": "problem"}, {}, {}], [{}, {}, {"stage": "problem"}])

    row = coding.agreement(programme).set_index("variable").loc["Stage"]

    assert (row["units"], row["agreed"]) == (3, 1)
    assert coding.disagreements(programme)[["first", "second"]].to_numpy().tolist() == [
        ["Problem identification", "none"],
        ["none", "Problem identification"],
    ]


def test_rows_that_one_coder_read_are_left_out(workbook, data_in):
    programme = coded(data_in, [{}] * 5, [{}, None, {}, None, {}])

    assert set(coding.agreement(programme)["units"]) == {3}
    assert coding.agreement(programme)["behind"].iloc[0] == ("e1", "e3", "e5")


def test_three_readers_are_compared_together(workbook, data_in):
    first = [{"stage": "problem"}, {"stage": "delivery"}]
    programme = coded(data_in, first, first, [{"stage": "problem"}, {"stage": "problem"}])

    row = coding.agreement(programme).set_index("variable").loc["Stage"]
    differ = coding.disagreements(programme).iloc[0]

    assert row["agreed"] == 1
    assert row["krippendorff"] == pytest.approx(krippendorff([[0, 0, 0], [1, 1, 0]]).value)
    assert (differ["second"], differ["coders"]) == ("Project delivery / Problem identification", "A, B, C")


def test_the_order_of_codes_in_a_cell_does_not_matter(workbook, data_in):
    programme = coded(data_in, [{"code": "recruitment | pace"}], [{"code": "pace | recruitment"}])

    assert coding.disagreements(programme).empty
    assert coding.disagreements(programme).attrs["reason"] == readings.ALL_AGREE


def test_each_code_is_compared_by_itself(workbook, data_in):
    """Recruitment: A uses it 3 times of 4, B twice, and they differ once: 1 - 7 x 1 / (5 x 3) = .533."""
    first = [
        {"code": "recruitment"},
        {"code": "pace"},
        {"code": "recruitment | pace"},
        {"code": "recruitment"},
    ]
    second = [{"code": "recruitment"}, {"code": "pace"}, {"code": "pace"}, {"code": "pace | recruitment"}]
    programme = coded(data_in, first, second)

    table = coding.agreement_by_code(programme).set_index("code")

    assert table["used"].to_dict() == {"Recruitment": "A 3, B 2", "Pace and iteration": "A 2, B 3"}
    assert table.loc["Recruitment", "agreed"] == 3
    assert table.loc["Recruitment", "krippendorff"] == pytest.approx(1 - 7 / 15)
    assert table.loc["Recruitment", "behind"] == ("e1", "e3", "e4")
    assert (table["units"] == 4).all()


def test_the_codes_used_most_come_first(workbook, data_in):
    read = [{"code": "pace"}, {"code": "recruitment"}, {"code": "pace"}, {}]

    assert coding.agreement_by_code(coded(data_in, read, read))["code"].to_list() == [
        "Pace and iteration",
        "Recruitment",
    ]


def test_the_variables_with_most_disagreements_come_first(workbook, data_in):
    programme = coded(
        data_in,
        [{"stage": "problem"}, {}, {}],
        [{"stage": "delivery", "condition": "time"}, {"condition": "care"}, {}],
    )

    differ = coding.disagreements(programme)

    assert differ["variable"].to_list() == ["Condition", "Condition", "Stage"]
    assert differ["behind"].to_list() == [("e1",), ("e2",), ("e1",)]


def test_fewer_than_thirty_rows_carry_a_caution_and_thirty_do_not(workbook, data_in):
    read = [{"stage": stage} for stage in ("problem", "delivery") * 15]

    few = coding.agreement(coded(data_in, read[:29], read[:29])).set_index("variable").loc["Stage"]
    enough = coding.agreement(coded(data_in, read, read)).set_index("variable").loc["Stage"]

    assert few["caution"] == agreeing.FEW_ROWS
    assert enough["caution"] == ""


def test_one_value_that_nearly_all_readings_have_carries_a_caution(workbook, data_in):
    read = [{"stage": "problem"}, {"stage": "delivery"}, *[{}] * 38]
    swapped = [read[1], read[0], *read[2:]]

    row = coding.agreement(coded(data_in, read, swapped)).set_index("variable").loc["Stage"]

    assert row["agreed"] == 38
    assert row["krippendorff"] < 0.6
    assert row["caution"] == agreeing.ONE_DOMINANT


def test_what_cannot_be_computed_says_why(workbook, data_in):
    read = [{"stage": "problem"}, {"stage": "delivery"}]

    table = coding.agreement(coded(data_in, read, read)).set_index("variable")

    assert table.loc["Sector", "why_not"] == agreeing.ONE_VALUE
    assert table.loc["Stage", "why_not"] == agreeing.NO_INTERVAL
    assert np.isnan(table.loc["Sector", "krippendorff"])
    assert table.loc["Stage", "krippendorff"] == 1


NONE = {
    "jointly": (([{}, {}],), "jointly", readings.JOINTLY),
    "one coder": (([{}, {}],), "one coder", readings.ONE_READING),
    "a second coder of nothing": (([{}, {}], [None, None]), "two coders", readings.ONE_READING),
    "no evidence": (([],), "one coder", NO_EVIDENCE),
}


@pytest.mark.parametrize(("read", "how", "reason"), NONE.values(), ids=NONE)
@pytest.mark.parametrize("table", [coding.agreement, coding.agreement_by_code, coding.disagreements])
def test_without_two_readings_an_empty_table_says_why(workbook, data_in, table, read, how, reason):
    found = table(coded(data_in, *read, how=how))

    assert found.empty
    assert found.attrs["reason"] == reason


@pytest.mark.parametrize("table", [coding.agreement, coding.agreement_by_code, coding.disagreements])
def test_the_tables_pass_the_door_as_they_are(workbook, data_in, table):
    programme = coded(data_in, [{"code": "pace"}, {}], [{}, {"code": "pace"}])

    found = table(programme)

    assert door(programme, "public")(found).table.equals(found)


def test_a_place_compares_only_its_own_rows(workbook, data_in):
    write_programme(data_in, "small", coded_twice())

    table = coding.agreement(coprod.open("small").where(place="south"))

    assert table["behind"].iloc[0] == ("e2",)
