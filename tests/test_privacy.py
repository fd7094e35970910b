"""The one door: what is held back, how the rest is said, and what an attacker could still work out."""

import itertools
import math
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survey import LABELS, SECTORS, survey

from coprod import likert, privacy, saying
from coprod.codebook import BLANK, NOT_ASKED
from coprod.names import UnknownName
from coprod.saying import BAND, BANDS, EXACT, ROUNDED

WORDS = [word for _, word in BANDS]
METHODS = " ".join((Path(__file__).parents[1] / "docs" / "methods.md").read_text(encoding="utf-8").split())
LETTERS = dict(zip("abcdef", "ABCDEF", strict=True))
KINDS = st.sampled_from([likert.agreement, likert.shares])
AUDIENCE = st.sampled_from(["internal", "public"])
WIDE = ["n", "share", "low", "high", "median"]


def sized(**groups):
    """Build a survey whose sectors have so many people agreeing and disagreeing: ``A=(7, 2)``."""
    rows = [
        ("heard", "", "", sector.lower(), answer, n)
        for sector, counts in groups.items()
        for answer, n in zip(["Agree", "Disagree", BLANK], counts, strict=False)
    ]
    return survey(counts=rows, sectors={sector.lower(): sector for sector in groups})


def shown_groups(programme, audience, smallest=5, items=("heard",)):
    return privacy.protect(likert.agreement(programme, list(items), "sector"), audience, smallest)


def members(group):
    """Take a group's name apart: "A, B and C"."""
    return set(re.split(r", | and ", group))


# words and rounding


@pytest.mark.parametrize(
    ("n", "word"),
    [
        (0, "few or none"),
        (15, "few or none"),
        (16, "some"),
        (39, "some"),
        (40, "about half"),
        (60, "about half"),
        (61, "most"),
        (84, "most"),
        (85, "nearly all"),
        (100, "nearly all"),
    ],
)
def test_a_band_begins_and_ends_where_docs_methods_says(n, word):
    """The table in docs/methods.md."""
    assert saying.band(n, 100) == word


@pytest.mark.parametrize("base", [20, 40, 60])
def test_a_share_on_the_edge_of_a_band_is_on_its_side_whatever_the_base(base):
    edges = [
        (3, "few or none"),
        (8, "about half"),
        (12, "about half"),
        (17, "nearly all"),
        (20, "nearly all"),
    ]

    assert [saying.band(n * base // 20, base) for n, _ in edges] == [word for _, word in edges]


@given(st.integers(1, 200).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_bands_mirror_each_other(counts):
    n, base = counts

    assert WORDS.index(saying.band(n, base)) + WORDS.index(saying.band(base - n, base)) == len(WORDS) - 1


def test_more_than_all_has_no_band():
    with pytest.raises(ValueError, match="13 of 12 is more than all"):
        saying.band(13, 12)


@pytest.mark.parametrize(
    ("n", "near"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15), (2.5, 5)]
)
def test_a_count_is_rounded_to_the_nearest_5(n, near):
    """The examples in docs/methods.md."""
    assert saying.rounded(n) == near


def test_a_missing_count_stays_missing():
    assert math.isnan(saying.rounded(float("nan")))


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_rounding_never_turns_two_counts_round(one, other):
    low, high = sorted([one, other])

    assert saying.rounded(low) <= saying.rounded(high)
    assert abs(saying.rounded(low) - low) <= 2


@pytest.mark.parametrize(
    ("n", "base", "precision", "words"),
    [
        (7, 9, EXACT, "7 of 9"),
        (14, 19, EXACT, "14 of 19"),
        (15, 20, EXACT, "75% (15 of 20)"),
        (25, 34, EXACT, "74% (25 of 34)"),
        (25, 35, ROUNDED, "about 71% (25 of 35)"),
        (25, 34, BAND, "most"),
        (0, 0, EXACT, ""),
        (float("nan"), 9, EXACT, ""),
        (9, float("nan"), ROUNDED, ""),
    ],
)
def test_a_value_is_said_as_exactly_as_it_may_be(n, base, precision, words):
    """Below 20 people in people; the examples in docs/methods.md."""
    assert saying.said(n, base, precision) == words


@pytest.mark.parametrize(
    ("base", "precision", "words"),
    [(34, EXACT, "34"), (34, BAND, "about 35"), (45, ROUNDED, "about 45"), (float("nan"), BAND, "not known")],
)
def test_a_base_is_said_as_exactly_as_it_may_be(base, precision, words):
    assert saying.base_said(base, precision) == words


# the door itself


def test_an_audience_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match=r"audience 'pubic'\. Did you mean public\?"):
        privacy.protect(pd.DataFrame(), "pubic")


def test_a_door_cannot_be_opened_for_an_unknown_audience():
    with pytest.raises(UnknownName, match="everybody"):
        privacy.door(sized(A=(1,)), "everybody")


def test_a_door_knows_the_programmes_smallest_group():
    programme = survey({"heard": ["Agree"] * 7}, smallest_group=8)

    shown = privacy.door(programme, "internal")(likert.agreement(programme, ["heard"]))

    assert shown.reason == "Nothing is shown: fewer than 8 people answered."


@pytest.mark.parametrize("column", ["n", "base"])
def test_counts_without_their_base_are_refused(column):
    with pytest.raises(ValueError, match="needs both n and base"):
        privacy.protect(pd.DataFrame({"group": ["A"], column: [7]}), "internal")


def test_a_protected_table_is_not_protected_twice():
    shown = privacy.protect(likert.agreement(sized(A=(20,)), ["heard"]), "public")

    with pytest.raises(ValueError, match="protected already"):
        privacy.protect(shown.table, "public")


def test_a_table_without_people_passes_as_it_is():
    table = pd.DataFrame({"case": ["Lincoln"], "step": ["Design"]})

    shown = privacy.protect(table, "public")

    pd.testing.assert_frame_equal(shown.table, table)
    assert (shown.precision, shown.notes, shown.reason) == (EXACT, (), "")


def test_an_empty_table_passes_its_reason_on():
    table = likert.shares(sized(A=(1,)), [])

    assert privacy.protect(table, "public").reason == "The survey did not ask about this."


def test_an_empty_table_without_a_reason_gets_one():
    assert privacy.protect(pd.DataFrame({"case": []}), "public").reason


@given(KINDS, AUDIENCE)
@settings(deadline=None, max_examples=10)
def test_the_table_of_the_analysis_is_left_alone(kind, audience):
    table = kind(sized(A=(7, 2, 1), B=(2, 2), C=(40, 40)), ["heard"], "sector")
    before = table.copy()

    privacy.protect(table, audience)

    pd.testing.assert_frame_equal(table, before)


# internal


def test_the_team_sees_exact_counts():
    row = shown_groups(sized(A=(7, 2), B=(25, 9)), "internal").table.iloc

    assert (row[0]["said"], row[0]["base_said"], row[0]["precision"]) == ("7 of 9", "9", EXACT)
    assert row[1]["said"] == "74% (25 of 34)"


def test_small_groups_are_put_together_with_the_next_smallest():
    """Worked in docs/methods.md."""
    shown = shown_groups(sized(A=(2, 1), B=(12, 4), C=(3, 1)), "internal")

    assert shown.table[["group", "n", "base"]].to_numpy().tolist() == [["A and C", 5, 7], ["B", 12, 16]]
    assert shown.notes == ("A and C are shown together: on its own at least one has fewer than 5 people.",)


@pytest.mark.parametrize(("people", "groups"), [(4, ["A and B", "C"]), (5, ["A", "B", "C"])])
def test_a_group_of_the_smallest_size_stays_by_itself(people, groups):
    shown = shown_groups(sized(A=(people,), B=(6,), C=(20,)), "internal")

    assert list(shown.table["group"]) == groups


def test_no_small_group_is_left_beside_those_put_together():
    shown = shown_groups(sized(A=(3,), B=(4,), C=(4,), D=(20,)), "internal")

    assert list(shown.table["group"]) == ["A, B and C", "D"]


def test_three_groups_are_put_together_when_two_are_still_too_few():
    shown = shown_groups(sized(A=(1,), B=(1, 1), C=(3, 3), D=(20,)), "internal")

    assert list(shown.table["group"]) == ["A, B and C", "D"]


def test_there_is_no_breakdown_when_putting_together_leaves_one_group():
    shown = shown_groups(sized(A=(2, 1), B=(20,)), "internal")

    assert shown.table.empty
    assert shown.reason == "No breakdown is shown: too few groups have 5 people or more."


def test_the_interval_of_groups_put_together_comes_from_their_sum():
    row = shown_groups(sized(A=(2, 1), B=(12, 4), C=(3, 1)), "internal").table.iloc[0]

    assert (row["low"], row["high"]) == likert.interval(5, 7)


def test_groups_put_together_have_no_median():
    shown = shown_groups(sized(A=(2, 1), B=(12, 4), C=(3, 1)), "internal")

    assert list(shown.table["median"]) == ["", "Agree"]


def test_a_single_small_group_is_not_shown():
    shown = privacy.protect(likert.agreement(sized(A=(2, 2)), ["heard"]), "internal")

    assert shown.reason == "Nothing is shown: fewer than 5 people answered."


def test_nothing_of_everybody_blank_is_shown():
    shown = privacy.protect(likert.shares(survey({"heard": [""] * 9}), ["heard"]), "internal")

    assert shown.reason == "Nothing is shown: fewer than 5 people answered."


def _two_items(first, second):
    """Build a survey of two items, each with people agreeing by sector."""
    rows = [
        (item, "", "", sector.lower(), "Agree", n)
        for item, sizes in (("first", first), ("second", second))
        for sector, n in sizes.items()
    ]
    return survey(counts=rows, sectors={sector.lower(): sector for sector in first})


def test_a_group_too_few_of_whom_answered_takes_the_next_smallest_with_it():
    """Worked in docs/methods.md: B goes with A, or the total less B and C would give A away."""
    programme = _two_items({"A": 9, "B": 12, "C": 20}, {"A": 3, "B": 12, "C": 20})

    shown = shown_groups(programme, "internal", items=["first", "second"])

    assert shown.table[["item", "group"]].to_numpy().tolist() == [
        ["first", "A"],
        ["first", "B"],
        ["first", "C"],
        ["second", "C"],
    ]
    assert shown.notes == (
        "“Text of second” is not shown for A or B: fewer than 5 people answered in at least one of these "
        "groups, and showing the others would give it away.",
    )


def test_hidden_groups_are_together_no_small_group_either():
    """Two people of A and two of B would be known from the total, so C goes too."""
    programme = _two_items({"A": 9, "B": 9, "C": 9, "D": 9}, {"A": 2, "B": 2, "C": 6, "D": 9})

    table = shown_groups(programme, "internal", items=["first", "second"]).table

    assert list(table.loc[table["item"] == "second", "group"]) == ["D"]


def test_groups_are_put_together_by_what_they_have_on_one_item():
    """A and B have 6 people over both items, and never more than 3 on one: C is needed as well."""
    programme = _two_items({"A": 3, "B": 0, "C": 7, "D": 9}, {"A": 0, "B": 3, "C": 7, "D": 9})

    table = shown_groups(programme, "internal", items=["first", "second"]).table

    assert list(table["group"].unique()) == ["A, B and C", "D"]


def test_a_group_without_anybody_needs_no_protection():
    """A wave still to come is left out, and the others stay apart."""
    shown = shown_groups(sized(A=(7,), B=(0,), C=(8,)), "internal")

    assert list(shown.table["group"]) == ["A", "C"]
    assert shown.notes == ("There are no answers from B.",)


def test_an_item_put_in_one_wave_only_is_shown_for_that_wave():
    programme = survey(
        {"heard": ["Agree"] * 12, "later": [""] * 6 + ["Agree"] * 6, "wave": ["start"] * 6 + ["end"] * 6},
        items={"later": {"waves": "end"}},
    )

    shown = privacy.protect(likert.agreement(programme, ["heard", "later"], "wave"), "internal")

    assert list(shown.table.loc[shown.table["item"] == "later", "group"]) == ["End"]
    assert shown.notes == ("“Text of later” was not put to Start.",)


def test_an_item_put_to_nobody_is_left_out():
    programme = survey({"heard": ["Agree"] * 6, "later": [NOT_ASKED] * 6})

    shown = privacy.protect(likert.shares(programme, ["heard", "later"]), "internal")

    assert set(shown.table["item"]) == {"heard"}
    assert shown.notes == ("“Text of later” was not put to anybody.",)


def test_a_wave_still_to_come_has_no_answers():
    programme = survey({"heard": ["Agree"] * 9}).where(wave="end")

    shown = privacy.protect(likert.agreement(programme, ["heard"]), "internal")

    assert shown.reason == "There are no answers."


def test_a_group_of_whom_all_left_an_item_blank_is_protected():
    programme = survey(
        {
            "heard": ["Agree"] * 24,
            "felt": [""] * 8 + ["Agree"] * 16,
            "sector": [sector for sector in SECTORS for _ in range(8)],
        }
    )

    table = shown_groups(programme, "internal", items=["heard", "felt"]).table

    assert list(table.loc[table["item"] == "felt", "group"]) == ["Third sector"]


def test_what_is_no_answer_is_said_of_those_asked():
    programme = survey({"heard": ["Agree"] * 9 + ["Don't know"] * 2 + [""] * 3 + [NOT_ASKED] * 4})

    said = privacy.protect(likert.shares(programme, ["heard"]), "internal").table.set_index("answer")["said"]

    assert said[["Agree", "Don't know", BLANK, NOT_ASKED]].to_list() == [
        "9 of 9",
        "2 of 14",
        "3 of 14",
        "4 of 18",
    ]


# public


def test_the_public_sees_nothing_of_nine_people():
    shown = privacy.protect(likert.agreement(sized(A=(9,)), ["heard"]), "public")

    assert shown.table.empty
    assert shown.reason == "Nothing is shown: fewer than 10 people answered."


def test_a_programme_that_is_stricter_within_the_team_is_so_in_public():
    shown = privacy.protect(likert.agreement(sized(A=(14,)), ["heard"]), "public", smallest_group=15)

    assert shown.reason == "Nothing is shown: fewer than 15 people answered."


@pytest.mark.parametrize(("people", "precision"), [(10, BAND), (39, BAND), (40, ROUNDED)])
def test_the_public_sees_bands_up_to_39_and_rounded_counts_from_40(people, precision):
    shown = privacy.protect(likert.agreement(sized(A=(people,)), ["heard"]), "public")

    assert shown.precision == precision


def test_a_scale_in_bands_is_collapsed_to_its_sides():
    """Worked in docs/methods.md: 3, 4, 5, 12 and 10 of 34."""
    cells = [label for label, n in zip(LABELS, [3, 4, 5, 12, 10], strict=True) for _ in range(n)]

    table = privacy.protect(likert.shares(survey({"heard": cells}), ["heard"]), "public").table

    labels = table[table["role"] == "label"]
    assert list(zip(labels["answer"], labels["side"], labels["band"], strict=True)) == [
        ("Disagreed", "unfavourable", "some"),
        ("Neither agree nor disagree", "neutral", "few or none"),
        ("Agreed", "favourable", "most"),
    ]
    assert set(table["base_said"]) == {"about 35"}


def test_agreeing_is_the_unfavourable_side_of_a_reversed_item():
    programme = survey({"left_out": ["Agree"] * 12}, items={"left_out": {"reversed": "yes"}})

    table = privacy.protect(likert.shares(programme, ["left_out"]), "public").table.set_index("answer")

    assert table.loc["Agreed", ["side", "band"]].to_list() == ["unfavourable", "nearly all"]
    assert table.loc["Disagreed", ["side", "band"]].to_list() == ["favourable", "few or none"]


def test_options_without_an_order_keep_their_names_in_bands():
    programme = survey(
        {"topics": ["Buses | Floods"] * 10 + ["Housing"] * 10},
        items={"topics": {"kind": "multi", "scale": "topics"}},
    )

    table = privacy.protect(likert.shares(programme, ["topics"]), "public").table.set_index("answer")

    assert table["band"].to_dict() == {
        "Housing": "about half",
        "Buses": "about half",
        "Floods": "about half",
        "None of these": "few or none",
        BLANK: "few or none",
        NOT_ASKED: "few or none",
    }


@pytest.mark.parametrize("kind", [likert.agreement, likert.shares])
def test_a_row_in_bands_holds_no_exact_number(kind):
    shown = privacy.protect(kind(sized(A=(17, 4, 2), B=(30, 3)), ["heard"], "sector"), "public")

    told = shown.table[[name for name in WIDE if name in shown.table]]
    assert told.replace("", np.nan).isna().all(axis=None)
    assert set(shown.table["said"]) | set(shown.table["band"]) <= set(WORDS)
    assert (
        shown.table.select_dtypes("number").drop(columns="order", errors="ignore").dropna(axis=1) % 5 == 0
    ).all(axis=None)


def test_rounded_shares_and_intervals_come_from_the_rounded_counts():
    """Worked in docs/methods.md: 33 of 47 becomes 35 of 45."""
    row = privacy.protect(likert.agreement(sized(A=(33, 14, 4)), ["heard"]), "public").table.iloc[0]

    assert (row["n"], row["base"], row["asked"], row["share"]) == (35, 45, 50, 35 / 45)
    assert (row["low"], row["high"]) == likert.interval(35, 45)
    assert (row["said"], row["base_said"]) == ("about 78% (35 of 45)", "about 45")


def test_one_small_group_puts_the_whole_table_in_bands():
    shown = shown_groups(sized(A=(12,), B=(400, 100)), "public")

    assert set(shown.table["precision"]) == {BAND}


def test_how_values_are_said_is_noted():
    banded, rounded = (
        privacy.protect(likert.agreement(sized(A=(people,)), ["heard"]), "public") for people in (20, 60)
    )

    assert "in words" in banded.notes[0]
    assert "rounded to the nearest 5" in rounded.notes[0]


@pytest.mark.parametrize(("people", "points"), [(40, 10), (100, 4), (200, 2)])
def test_rounding_bends_shares_by_no_more_than_docs_methods_says(people, points):
    """The worst cases in docs/methods.md, in percentage points, of all from so many people on."""
    bent = max(
        abs(saying.rounded(n) / saying.rounded(base) - n / base)
        for base in range(people, people + 200)
        for n in range(base + 1)
    )

    assert points - 1 < 100 * bent <= points


def test_four_people_of_each_of_three_sectors_are_not_told_apart():
    """The example in docs/privacy.md."""
    shown = shown_groups(sized(A=(4,), B=(4,), C=(4,)), "internal")

    assert shown.reason == "No breakdown is shown: too few groups have 5 people or more."


@pytest.mark.parametrize(
    "words",
    [
        f"{9 / 14:.3f}, said as “{saying.said(9, 14, EXACT)}”",
        f"“{saying.said(2, 20, EXACT)}” did not know and “{saying.said(3, 20, EXACT)}” left it blank",
        "{:.3f} to {:.3f}".format(*likert.interval(8, 10)),
        f"“{saying.said(7, 12, EXACT)}”",
        f"25 of 34 is {25 / 34:.0%}: “{saying.band(25, 34)}”",
        f"3 of 20 is exactly {3 / 20:.0%}: “{saying.band(3, 20)}”",
        f"Disagreed: 7 of 34, {7 / 34:.0%}, “{saying.band(7, 34)}”",
        f"Neither: 5 of 34, {5 / 34:.0%} ({500 / 34:.1f}), “{saying.band(5, 34)}”",
        f"Agreed: 22 of 34, {22 / 34:.0%}, “{saying.band(22, 34)}”",
        f"33 of 47 agree, which is {33 / 47:.0%}",
        f"“{saying.said(saying.rounded(33), saying.rounded(47), ROUNDED)}”",
    ],
)
def test_the_examples_in_docs_methods_are_what_the_code_gives(words):
    assert words.replace("“", '"').replace("”", '"') in METHODS


# response rates


def _rates(answered, invited, audience):
    programme = survey(
        {
            "heard": ["Agree"] * sum(answered.values()),
            "sector": [sector for sector, n in answered.items() for _ in range(n)],
        },
        invited=[("north", "start", sector, n) for sector, n in invited.items()],
    )
    return privacy.protect(likert.response_rates(programme, "sector"), audience)


def test_the_response_is_said_of_those_invited():
    shown = _rates(
        {"university": 7, "council": 20}, {"university": 12, "council": 25, "charity": 6}, "internal"
    )

    assert list(shown.table["said"]) == ["7 of 12", "80% (20 of 25)", "0 of 6"]


def test_unknown_invitations_are_said_to_be_unknown():
    shown = _rates({"university": 7, "council": 20, "charity": 9}, {"university": 12}, "internal")

    assert list(shown.table["base_said"]) == ["12", "not known", "not known"]
    assert list(shown.table["said"]) == ["7 of 12", "", ""]


def test_unknown_and_known_invitations_put_together_are_unknown():
    shown = _rates({"university": 3, "council": 20, "charity": 9}, {"charity": 9, "council": 25}, "internal")

    together = shown.table.set_index("group").loc["Universities and Third sector"]
    assert together["n"] == 12
    assert math.isnan(together["base"])


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_response_without_any_invitation_still_passes(audience):
    shown = _rates({"university": 12, "council": 20, "charity": 50}, {}, audience)

    assert set(shown.table["base_said"]) == {"not known"}
    assert set(shown.table["said"]) == {""}


# whatever the table


@st.composite
def surveys(draw, most=80):
    """Draw a survey of up to six sectors and three items, some of them not put to a sector."""
    sectors = list(LETTERS)[: draw(st.integers(1, 6))]
    rows = []
    for item, sector in itertools.product(("heard", "felt", "learned")[: draw(st.integers(1, 3))], sectors):
        base = draw(st.integers(0, most))
        agree = draw(st.integers(0, base))
        others = draw(st.tuples(*[st.integers(0, 3)] * 3))
        answers = [("Agree", agree), ("Strongly disagree", base - agree)]
        answers += zip(["Don't know", BLANK, NOT_ASKED], others, strict=True)
        if draw(st.integers(0, 9)) == 0:
            answers = [(NOT_ASKED, base)]
        rows += [(item, "", "", sector, answer, n) for answer, n in answers]
    return survey(counts=rows, sectors={sector: LETTERS[sector] for sector in sectors})


def _truth(programme):
    """Return base and asked of every item and sector, before anything is protected."""
    table = likert.shares(programme, likert.items_in(programme), "sector")
    cells = table[table["role"] != "not asked"].groupby(["item", "group"], sort=False)
    return pd.DataFrame({"base": cells["base"].first(), "asked": cells["n"].sum()})


@given(surveys(), KINDS, AUDIENCE, st.integers(3, 12))
@settings(deadline=None, max_examples=60)
def test_no_row_rests_on_too_few_people(programme, kind, audience, smallest):
    table = kind(programme, likert.items_in(programme), "sector")
    enough = smallest if audience == "internal" else max(10, smallest)
    base = _truth(programme)["base"]

    for row in privacy.protect(table, audience, smallest).table.itertuples():
        assert sum(base[row.item, group] for group in members(row.group)) >= enough


@given(surveys(), KINDS, AUDIENCE, st.integers(3, 12))
@settings(deadline=None, max_examples=60)
def test_what_is_hidden_of_an_item_is_never_one_group_nor_too_few_people(programme, kind, audience, smallest):
    """Unless nothing of it is shown; sectors to which it was not put do not count."""
    table = kind(programme, likert.items_in(programme), "sector")
    shown = privacy.protect(table, audience, smallest).table
    enough = smallest if audience == "internal" else max(10, smallest)

    for item, truth in _truth(programme).groupby("item"):
        groups = set().union(*map(members, shown.loc[shown["item"] == item, "group"]))
        hidden = truth.droplevel("item").query("asked > 0").drop(groups, errors="ignore")
        if groups and len(hidden):
            assert len(hidden) > 1
            assert hidden["base"].sum() >= enough


@given(surveys(), KINDS, AUDIENCE)
@settings(deadline=None, max_examples=60)
def test_a_table_is_equally_exact_in_every_row(programme, kind, audience):
    shown = privacy.protect(kind(programme, likert.items_in(programme), "sector"), audience)

    assert shown.table["precision"].nunique() <= 1
    assert shown.table.empty == bool(shown.reason)


@given(surveys(most=300), KINDS)
@settings(deadline=None)
def test_rounded_counts_are_multiples_of_5_and_no_more_than_their_base(programme, kind):
    shown = privacy.protect(kind(programme, likert.items_in(programme), "sector"), "public")

    if shown.precision == ROUNDED and len(shown.table):
        assert (shown.table[["n", "base"]] % 5 == 0).all(axis=None)
        labels = shown.table[shown.table["share"].notna()]
        assert (labels["n"] <= labels["base"]).all()
        assert (labels["share"] == labels["n"] / labels["base"]).all()


@given(surveys(), KINDS, AUDIENCE)
@settings(deadline=None, max_examples=60)
def test_protecting_twice_gives_the_same(programme, kind, audience):
    table = kind(programme, likert.items_in(programme), "sector")

    one, other = (privacy.protect(table, audience) for _ in range(2))

    pd.testing.assert_frame_equal(one.table, other.table)
    assert (one.notes, one.reason) == (other.notes, other.reason)


@given(surveys(), KINDS)
@settings(deadline=None, max_examples=60)
def test_what_the_team_sees_needs_no_more_protection(programme, kind):
    table = kind(programme, likert.items_in(programme), "sector")
    shown = privacy.protect(table, "internal")
    again = privacy.protect(shown.table[list(table.columns)], "internal")

    pd.testing.assert_frame_equal(again.table[list(table.columns)], shown.table[list(table.columns)])


# what an attacker could work out


def _signature(unfavourable, neutral, favourable, unknown):
    base = unfavourable + neutral + favourable
    sides = (saying.band(n, base) for n in (unfavourable, neutral, favourable))
    asked = base + unknown
    return (saying.rounded(base), saying.rounded(asked), *sides, saying.band(unknown, asked))


def _alike():
    """Sort every way in which 10 to 39 people can answer by what bands and rounded bases tell of it."""
    alike = defaultdict(list)
    for base in range(10, 40):
        for unfavourable, neutral in itertools.product(range(base + 1), repeat=2):
            if (favourable := base - unfavourable - neutral) >= 0:
                for unknown in (0, 1, 4):
                    counts = (unfavourable, neutral, favourable, unknown)
                    alike[_signature(*counts)].append(counts)
    return list(alike.values())


ALIKE = _alike()


@st.composite
def _two_surveys_alike(draw):
    """Draw two surveys of the same sectors whose bands and rounded bases are the same."""
    sectors = list(LETTERS)[: draw(st.integers(1, 3))]
    both = [[], []]
    for sector in sectors:
        ways = draw(st.sampled_from(ALIKE))
        for rows in both:
            low, middle, high, unknown = draw(st.sampled_from(ways))
            strongly = [draw(st.integers(0, n)) for n in (low, high)]
            counts = [strongly[0], low - strongly[0], middle, high - strongly[1], strongly[1], unknown]
            rows += [
                ("heard", "", "", sector, answer, n)
                for answer, n in zip([*LABELS, "Don't know"], counts, strict=True)
            ]
    return [survey(counts=rows, sectors={sector: LETTERS[sector] for sector in sectors}) for rows in both]


@given(_two_surveys_alike(), KINDS)
@settings(deadline=None, max_examples=50)
def test_bands_tell_nothing_beyond_themselves_and_the_rounded_bases(two, kind):
    one, other = (privacy.protect(kind(programme, ["heard"], "sector"), "public") for programme in two)

    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.notes == other.notes


def _known(programme, kind, smallest):
    """Collect the sums over sectors that the tables give away: for each item a list of sets of sectors.

    By sector and for everybody; and that sectors to which the item was not put add nothing.
    """
    items, truth = likert.items_in(programme), _truth(programme)
    groups = privacy.protect(kind(programme, items, "sector"), "internal", smallest).table
    everybody = privacy.protect(kind(programme, items), "internal", smallest).table
    sums = {item: [{sector} for sector in truth.loc[item].query("asked == 0").index] for item in items}
    for row in groups.drop_duplicates(["item", "group"]).itertuples():
        sums[row.item].append(members(row.group))
    for item in everybody["item"].unique():
        sums[item].append(set(truth.loc[item].index))
    return sums


def _rank(sums, sectors):
    return np.linalg.matrix_rank(
        [[0.0] * len(sectors), *([sector in part for sector in sectors] for part in sums)]
    )


@given(surveys(most=9), KINDS, st.integers(3, 6))
@settings(deadline=None, max_examples=60)
def test_the_total_less_the_groups_never_gives_a_small_group_away(programme, kind, smallest):
    """Tried for every set of sectors: its sum follows from what is known if it does not add to the rank."""
    truth = _truth(programme)
    for item, known in _known(programme, kind, smallest).items():
        people = truth.loc[item, "base"]
        asked = truth.loc[item].query("asked > 0").index
        sets = itertools.chain.from_iterable(itertools.combinations(asked, k + 1) for k in range(len(asked)))
        for sectors in sets:
            if people[list(sectors)].sum() < smallest:
                assert _rank([*known, set(sectors)], people.index) > _rank(known, people.index)


def test_a_wave_with_few_answers_is_not_the_total_less_the_other():
    programme = survey({"heard": ["Agree"] * 15, "wave": ["start"] * 12 + ["end"] * 3})

    shown = privacy.protect(likert.agreement(programme, ["heard"], "wave"), "internal")

    assert shown.table.empty
