"""Findings under every combination of choices: by hand, against other rooms, and what may be seen of them."""

import dataclasses
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survey import AGREEMENT, LABELS, SCALES, survey

import coprod
from coprod import change, compare, figures, findings, likert, multiplicity, multiverse, privacy, weighting
from coprod.display import svg
from coprod.multiverse.choices import (
    COMPLETE,
    EQUAL,
    EVERYBODY,
    FAVOURABLE,
    IN,
    NEAR,
    OUT,
    SAME,
    STEPS,
    STRONGEST,
)
from coprod.multiverse.seen import SUMMED_ONLY
from coprod.names import UnknownName

MOST, DISAGREE, NEITHER, AGREE, VERY = LABELS
DONT_KNOW = "Don't know"
HOSTILE = 'Cost < £5 & "quoted" $x$ <script>alert(1)</script> \u202e' + "unbreakable" * 20


def claims(*rows):
    return pd.DataFrame(
        [(*row, "", "", "")[:4] for row in rows], columns=["kind", "item", "group_a", "group_b"]
    )


def heard(*given, **more):
    """One question, each answer so many times."""
    return survey({"heard": [answer for answer, n in given for _ in range(n)], **more})


def shares(programme, item="heard", **more):
    table = multiverse.specifications(programme, claims(("share", item)), **more)
    return table.set_index(["counts", "neutral", "non_answers"])


def summary(table):
    return multiverse.summarised(table).iloc[0]


def moved(pairs, **more):
    """Each person's answers at the start and at the end, with judged changes."""
    first, last = zip(*pairs, strict=True)
    people = [f"p{number}" for number in range(len(pairs))]
    programme = survey(
        {
            **{"person": people * 2, "wave": ["start"] * len(pairs) + ["end"] * len(pairs)},
            "heard": [*first, *last],
            **{name: column * 2 for name, column in more.items()},
        }
    )
    return programme, *multiplicity.judge(programme, change.compared(programme))


@pytest.fixture(scope="module")
def demo():
    """The demo with its judged tables."""
    programme = coprod.open("demo")
    latest = programme.latest()
    items = likert.items_in(latest)
    judged = multiplicity.judge(programme, change.compared(programme), compare.gaps(latest, items))
    return programme, latest, items, judged


@pytest.fixture(scope="module")
def led_with(demo):
    """What the demo's report leads with, in every way of counting, as each audience may see it."""
    return {audience: _led_with(demo, audience) for audience in ("internal", "public")}


def _led_with(demo, audience):
    programme, latest, items, judged = demo
    protect = privacy.door(programme, audience)
    listed = findings.claims(protect(likert.agreement(latest, items)), *map(protect, judged))
    return protect(multiverse.specifications(programme, listed, *judged))


# by hand


def test_a_share_by_hand_in_all_of_its_ways():
    """12 agree, 6 very much; 9 neither; 10 disagree; 3 don't know."""
    table = shares(heard((AGREE, 12), (VERY, 6), (NEITHER, 9), (DISAGREE, 10), (DONT_KNOW, 3)))

    assert table["estimate"].to_dict() == pytest.approx(
        {
            (FAVOURABLE, IN, OUT): 18 / 37,
            (FAVOURABLE, IN, IN): 18 / 40,
            (FAVOURABLE, OUT, OUT): 18 / 28,
            (FAVOURABLE, OUT, IN): 18 / 31,
            (STRONGEST, IN, OUT): 6 / 37,
            (STRONGEST, IN, IN): 6 / 40,
            (STRONGEST, OUT, OUT): 6 / 28,
            (STRONGEST, OUT, IN): 6 / 31,
        }
    )


def test_a_finding_that_hangs_on_neutral_answers_alone_is_exposed():
    """40 of 100 agree, and 40 of 64 of those who took a side; one label is favourable."""
    scale = dataclasses.replace(AGREEMENT, favourable=(VERY,), non_answers=())
    programme = heard((VERY, 40), (NEITHER, 36), (DISAGREE, 24), **{"place": ["north"] * 100})
    programme = dataclasses.replace(programme, scales=SCALES | {"agreement": scale})

    one = summary(multiverse.specifications(programme, claims(("share", "heard"))))

    assert [one["ways"], one["holds"], one["alone"], one["hangs_on"]] == [2, 1, True, ("neutral",)]
    assert one["options"] == ((IN, 1, 1), (OUT, 0, 1))


def test_a_change_by_hand_in_all_of_its_ways():
    """Six go from neither to agree, two on to very much, one back to neither; one did not know at first."""
    pairs = [(NEITHER, AGREE)] * 6 + [(AGREE, VERY)] * 2 + [(AGREE, NEITHER)] + [(DONT_KNOW, AGREE)]
    programme, judged = moved(pairs)

    table = multiverse.specifications(programme, claims(("change", "heard")), judged)

    assert table.set_index(["counts", "non_answers"])["estimate"].to_dict() == pytest.approx(
        {
            (STEPS, OUT): 7 / 9,
            (FAVOURABLE, OUT): 5 / 9,
            (FAVOURABLE, IN): 6 / 10,
            (STRONGEST, OUT): 2 / 9,
            (STRONGEST, IN): 2 / 10,
        }
    )


def test_a_gap_of_favourable_answers_is_the_difference_of_two_shares():
    sector = ["university"] * 10 + ["council"] * 8
    answers = [AGREE] * 9 + [DISAGREE] + [AGREE] * 2 + [DISAGREE] * 6
    programme = survey({"sector": sector, "heard": answers})
    judged = multiplicity.judge(programme, compare.gaps(programme, ["heard"]))

    gap = claims(("gap", "heard", "Universities", "Local government"))
    table = multiverse.specifications(programme, gap, *judged)

    rows = table[(table["counts"] == FAVOURABLE)]
    assert rows["estimate"].tolist() == pytest.approx([9 / 10 - 2 / 8] * len(rows))


def test_complete_answers_have_no_blank_but_may_not_know():
    programme = survey({"heard": [AGREE] * 8 + [DISAGREE] * 4, "safe": [AGREE] * 6 + [DONT_KNOW] + [""] * 5})

    table = shares(programme).loc[FAVOURABLE, IN, OUT].set_index("people")

    assert table["estimate"].to_dict() == pytest.approx({EVERYBODY: 8 / 12, COMPLETE: 1.0})
    assert table["apart"].to_dict() == {EVERYBODY: 0, COMPLETE: 5}


def test_the_choice_that_moves_a_number_most_is_named():
    """Neutral answers in or out: 20 of 40 or 20 of 22. Very much alone: none of them."""
    table = shares(heard((AGREE, 20), (NEITHER, 18), (DISAGREE, 2)))

    assert table["moves_most"].unique().tolist() == ["counts"]
    assert table["points"].iloc[0] == pytest.approx((20 / 40 + 20 / 22) / 2)


# the same as the other rooms


def test_the_chosen_combination_is_what_the_report_says(demo):
    programme, latest, items, (changes, gaps) = demo
    listed = [("share", item) for item in items] + [("change", item) for item in changes["item"]]
    listed += [("gap", row.item, row.group_a, row.group_b) for row in gaps.itertuples()]

    table = multiverse.specifications(programme, claims(*listed), changes, gaps)

    chosen = table[table["chosen"]]
    expected = [*likert.agreement(latest, items)["share"], *changes["net"], *gaps["delta"]]
    assert chosen["estimate"].tolist() == pytest.approx(expected)
    assert (chosen["verdict"].tail(len(changes) + len(gaps)) != 0).tolist() == [
        *changes["found"],
        *gaps["found"],
    ]


def test_shares_are_those_of_likert_and_of_weighting(demo):
    programme, latest, items, _ = demo
    complete = latest.answers[(latest.answers[items] != "").all(axis=1)]
    only = dataclasses.replace(latest, answers=complete)
    table = multiverse.specifications(programme, claims(*(("share", item) for item in items)))

    plain = table[
        (table["counts"] == FAVOURABLE)
        & table["neutral"].isin([IN, ""])
        & table["non_answers"].isin([OUT, ""])
    ]
    for people, part in ((EVERYBODY, latest), (COMPLETE, only)):
        direct = weighting.agreement(part, items).set_index("item")
        rows = plain[plain["people"] == people]
        equal = rows[(rows["sectors"] == EQUAL) & (rows["why_not"] == "")].set_index("item")["estimate"]
        assert rows[rows["sectors"] != EQUAL]["estimate"].tolist() == pytest.approx(list(direct["share"]))
        assert list(equal) == pytest.approx(list(direct["equal"][equal.index]))


@pytest.mark.parametrize(("baseline", "key"), [("Start", "start"), ("Middle", "middle")])
@pytest.mark.parametrize(("links", "near"), [(NEAR, True), (SAME, False)])
def test_changes_are_those_of_the_paired_table(demo, baseline, key, links, near):
    programme, _, _, judged = demo
    items = list(judged[0]["item"])
    table = multiverse.specifications(programme, claims(*(("change", item) for item in items)), *judged)

    rows = table[
        (table["counts"] == STEPS) & (table["people"] == EVERYBODY) & (table["sectors"] != EQUAL)
        & (table["baseline"] == baseline) & (table["links"] == links)
    ]  # fmt: skip

    direct = change.paired(programme, items, key, "end", near=near)
    assert rows["estimate"].tolist() == pytest.approx(list(direct["net"]))
    assert rows["rests_on"].tolist() == list(direct["base"])


def test_published_counts_are_read_too():
    programme = coprod.open("carpentries-2017")
    judged = multiplicity.judge(programme, change.compared(programme))

    table = multiverse.specifications(programme, claims(("change", judged[0]["item"].iloc[0])), *judged)

    assert table["counts"].tolist() == [STEPS, FAVOURABLE, STRONGEST]
    assert table["estimate"].iloc[0] == pytest.approx(judged[0]["net"].iloc[0])


# properties


@settings(max_examples=25)
@given(st.lists(st.sampled_from([*LABELS, DONT_KNOW, ""]), min_size=6, max_size=30), st.randoms())
def test_the_order_of_people_changes_nothing(answers, mixed: random.Random):
    sector = [["university", "council", "charity"][place % 3] for place in range(len(answers))]
    safe = [*answers[1:], answers[0]]
    rows = list(zip(answers, safe, sector, strict=True))
    tables = []
    for _ in range(2):
        one, two, three = zip(*rows, strict=True)
        tables.append(
            multiverse.specifications(
                survey({"heard": list(one), "safe": list(two), "sector": list(three)}),
                claims(("share", "heard")),
            )
        )
        mixed.shuffle(rows)

    pd.testing.assert_frame_equal(*tables)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_estimates_and_counts_keep_within_their_bounds(times):
    table = multiverse.specifications(
        heard(*zip([*LABELS, DONT_KNOW], times, strict=True), (AGREE, 6)), claims(("share", "heard"))
    )
    known = table[table["why_not"] == ""]

    assert known["estimate"].between(0, 1).all()
    assert (known["rests_on"] >= 5).all()
    assert not (table["clear"] & ~table["holds"]).any()
    assert table["chosen"].sum() == 1


# choices that do not exist, and nothing to compute


def test_only_choices_that_exist_are_crossed():
    """No sectors, no neutral label, no non-answers, one favourable label: nothing is left to choose."""
    scale = dataclasses.replace(AGREEMENT, neutral=None, favourable=(VERY,), non_answers=())
    programme = dataclasses.replace(heard((VERY, 9), (AGREE, 3)), scales={"agreement": scale}, sectors={})

    table = multiverse.specifications(programme, claims(("share", "heard")))

    assert len(table) == 1
    assert (
        "the one way of counting that there is" in findings.multiverse(privacy.protect(table, "internal"))[1]
    )


def test_too_few_people_say_why():
    table = multiverse.specifications(heard((AGREE, 4)), claims(("share", "heard")))

    assert table.empty
    assert "Fewer than 5 people" in privacy.protect(table, "internal").reason


def test_without_findings_the_table_says_so():
    table = multiverse.specifications(heard((AGREE, 9)), claims())

    assert "no finding" in privacy.protect(table, "public").reason
    assert findings.multiverse(privacy.protect(table, "public")) == []


def test_an_unknown_item_is_named():
    with pytest.raises(UnknownName, match="heard"):
        multiverse.specifications(heard((AGREE, 9)), claims(("share", "herd")))


def test_a_change_that_was_not_looked_at_is_refused():
    with pytest.raises(ValueError, match="heard: this change is not in the tables"):
        multiverse.specifications(heard((AGREE, 9)), claims(("change", "heard")))


# what may be seen


def blanks(n, blank):
    """`n` people of whom the last `blank` leave the second question blank, and agreed with the first."""
    kept = n - blank
    return survey(
        {
            "heard": [AGREE] * (kept // 2) + [DISAGREE] * (kept - kept // 2) + [AGREE] * blank,
            "safe": [AGREE] * kept + [""] * blank,
        }
    )


@pytest.mark.parametrize(("blank", "told"), [(1, False), (4, False), (5, True)])
def test_no_number_tells_what_the_few_answered_who_left_a_blank(blank, told):
    table = multiverse.specifications(blanks(30, blank), claims(("share", "heard")))

    seen = privacy.protect(table, "internal").table

    complete = seen[seen["people"] == COMPLETE]
    assert complete["estimate"].notna().all() == told
    assert complete["rests_on"].isna().all()


def test_numbers_of_other_people_come_in_steps_of_five_people():
    table = multiverse.specifications(blanks(30, 7), claims(("share", "heard")))
    seen = privacy.protect(table, "internal").table

    rough = seen.loc[seen["people"] == COMPLETE, "estimate"] * 30 / 5

    assert rough.tolist() == pytest.approx(rough.round().tolist())


def test_the_public_sees_no_count_of_people_and_no_combination(led_with):
    shown = led_with["public"]

    assert shown.table.select_dtypes("number").columns.tolist() == ["verdict"]
    assert [drawn.shown.reason for drawn in figures.specification_curves(shown)] == [SUMMED_ONLY]
    assert not any(
        letter.isdigit()
        for said in findings.multiverse(shown)
        for letter in said.split("”")[-1].replace("(9 or 10)", "")
    )


@pytest.mark.parametrize(("people", "shown"), [(9, False), (10, True)])
def test_the_public_sees_nothing_that_rests_on_fewer_than_ten(people, shown):
    table = multiverse.specifications(heard((AGREE, people)), claims(("share", "heard")))

    assert privacy.protect(table, "public").table.empty != shown


def test_two_public_surveys_that_hold_as_often_read_the_same():
    told = [
        findings.multiverse(
            privacy.protect(
                multiverse.specifications(heard((VERY, n), (DISAGREE, 3)), claims(("share", "heard"))),
                "public",
            )
        )
        for n in (25, 31)
    ]

    assert told[0] == told[1]


def test_only_what_the_door_gave_out_is_said_or_drawn():
    table = multiverse.specifications(heard((AGREE, 9)), claims(("share", "heard")))

    for use in (findings.multiverse, figures.specification_curves):
        with pytest.raises(TypeError, match="pass the table through"):
            use(table)


# sentences and figures


def test_the_demos_rise_in_trust_is_said_to_hold_in_every_combination(led_with):
    said = findings.multiverse(led_with["internal"])

    rise = [one for one in said if "do what they say they will do" in one and "moved up" in one]
    assert "holds in every one of 70 ways of counting, clearly in 32" in rise[0]
    shared = [one for one in said if "We mean the same things" in one]
    assert "holds in every one of 70 ways of counting" in shared[0]


def test_a_finding_of_the_demo_that_hangs_on_one_choice_is_exposed(led_with):
    """Trust rises, but "more than half agreed" is true only as long as "agree" counts as agreeing."""
    said = findings.multiverse(led_with["internal"])

    most = next(
        one for one in said if "do what they say they will do" in one and "more than half agreed" in one
    )
    assert "holds in 16 of 32 ways of counting" in most
    assert (
        "hangs only on what counts as agreeing: favourable or not, 16 of 16; only the strongest answer, 0 of"
        in most
    )


def test_the_figure_marks_what_was_chosen_in_advance_and_says_every_option(led_with):
    drawn = figures.specification_curves(led_with["internal"])[0]

    assert [line.get_marker() for line in drawn.ax.lines].count("D") == 1
    assert "chosen in advance 70%" in drawn.alt
    assert "only the strongest answer 0 of 16" in drawn.alt
    assert (drawn.shown.table["chosen_in_advance"] == "yes").sum() == 1


def test_a_figure_is_the_same_on_every_run(led_with):
    one, two = (figures.specification_curves(led_with["internal"])[0] for _ in range(2))

    assert svg(one.ax.figure, one.alt) == svg(two.ax.figure, two.alt)


def test_hostile_text_is_drawn_and_said_as_text():
    programme = survey({"heard": [AGREE] * 12 + [DISAGREE] * 3}, items={"heard": {"text": HOSTILE}})
    shown = privacy.protect(multiverse.specifications(programme, claims(("share", "heard"))), "internal")

    drawn = figures.specification_curves(shown)[0]

    assert "<script" not in svg(drawn.ax.figure, drawn.alt)
    assert "script" in findings.multiverse(shown)[1]


def test_every_text_of_the_figure_lies_on_its_page(led_with):
    from test_figures_of_comparisons import stays_on_its_page

    assert all(map(stays_on_its_page, figures.specification_curves(led_with["internal"])))


def test_missing_numbers_are_said_to_be_missing(led_with):
    drawn = figures.specification_curves(led_with["internal"])
    untold = [one for one in drawn if "without a number" in one.alt]

    assert untold
    assert all((one.shown.table["number"] == "not told").any() for one in untold)
    assert np.isfinite([one.ax.get_ylim()[0] for one in drawn]).all()
