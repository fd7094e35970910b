"""Figures of moves and of gaps: what is drawn, and that the words say the same and no more."""

import io
import re
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from coprod import figures, privacy
from coprod.figures.sheet import WIDTH

AGREEMENT = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
HOSTILE = "Cost < £5 & under_score ^2 $x$ \\alpha {now} 中文 مرحبا ŵŷ \u200f\t" + "unbreakable" * 15
# 44 people: 27 above the diagonal, 14 on it and 3 below
MOVED = {(0, 1): 4, (1, 3): 9, (2, 3): 8, (3, 4): 6, (2, 2): 5, (3, 3): 9, (3, 1): 3}
SIDES = {1: ("favourable", "Improved"), 0: ("neutral", "Stayed the same"), -1: ("unfavourable", "Got worse")}
NONE = float("nan")


def moves(people, labels=AGREEMENT, text="I was heard", item="heard", sign=1):
    """Count moves: `people` by the places of the answers before and after."""
    base = sum(people.values())
    rows = []
    for place, (before, after) in enumerate(product(range(len(labels)), repeat=2)):
        n = people.get((before, after), 0)
        side, words = SIDES[sign * ((after > before) - (after < before))]
        rows.append(
            {
                **{"item": item, "text": text, "section": "Voices", "framework": "", "scale": "agreement"},
                **{"group": "Everybody", "answer": f"{labels[before]} → {labels[after]}", "collapsed": words},
                **{"role": "label", "side": side, "order": place, "n": n, "base": base, "share": n / base},
                **{"before": labels[before], "after": labels[after]},
                **{"order_before": before, "order_after": after},
            }
        )
    return pd.DataFrame(rows)


def flow(people=MOVED, audience="internal", **more):
    """Draw the moves of one item."""
    return figures.flow(privacy.protect(moves(people, **more), audience))


def apart(*rows, audience="internal"):
    """Protect gaps, each as text, delta, low, high, found, and more columns by name."""
    table = [
        {
            **{"item": f"item{place}", "text": text, "section": "", "why_not": ""},
            **{"group_a": "Third sector", "group_b": "Universities", "n_a": 16, "n_b": 17},
            **{"superiority": (delta + 1) / 2, "delta": delta, "low": low, "high": high, "pairs": 3},
            **{"p": 0.01, "p_from": "exact", "p_adjusted": 0.02, "family": "all others", "looked_at": 9},
            **{"found": found, **(more[0] if more else {})},
        }
        for place, (text, delta, low, high, found, *more) in enumerate(rows)
    ]
    return privacy.protect(pd.DataFrame(table), audience)


HEARD = ("I was heard", 0.42, 0.05, 0.7, True)
TIRED = ("It was tiring", 0.1, -0.3, 0.45, False)
NOBODY = ("It was new", NONE, NONE, NONE, False, {"why_not": "Everybody gave the same answer."})
LARGE = {"n_a": 48, "n_b": 61}


def said(drawn):
    """List the words on the page."""
    return [text.get_text() for text in drawn.ax.texts]


def cells(drawn):
    """List the cells of a grid as (row, column, patch), both counted from 0."""
    tops = sorted({round(patch.get_y(), 6) for patch in drawn.ax.patches})
    return {(tops.index(round(one.get_y(), 6)), round(one.get_x())): one for one in drawn.ax.patches}


def counts(drawn):
    """Read the numbers off a grid's cells."""
    numbers = {}
    for text in drawn.ax.texts:
        for place, one in cells(drawn).items():
            box, (x, y) = one.get_bbox(), text.get_position()
            if box.x0 < x < box.x1 and box.y0 < y < box.y1:
                numbers[place] = text.get_text()
    return numbers


def markers(drawn):
    """List the markers as (x, whether it is filled), from the top down."""
    there = [line for line in drawn.ax.lines if line.get_marker() == "o"]
    there.sort(key=lambda line: line.get_ydata()[0])
    return [(line.get_xdata()[0], line.get_markerfacecolor() == line.get_color()) for line in there]


def numbers(text):
    """Find the numbers in a text."""
    return set(re.findall(r"\d+", text))


def stays_on_its_page(drawn):
    """Save a figure and see whether every text lies on its page."""
    with figures.styled():
        drawn.ax.figure.savefig(io.StringIO(), format="svg", metadata={"Date": None})
        renderer = FigureCanvasAgg(drawn.ax.figure).get_renderer()
        boxes = [text.get_window_extent(renderer) for text in drawn.ax.texts if text.get_text()]
    high = drawn.ax.figure.get_size_inches()[1]
    return all(
        box.x0 >= 0 and box.x1 <= WIDTH * 100 and box.y0 >= 0 and box.y1 <= high * 100 for box in boxes
    )


# Both


@pytest.mark.parametrize("draw", [figures.flow, figures.flows, figures.gaps])
def test_only_what_the_door_gave_out_is_drawn(draw):
    with pytest.raises(TypeError, match="this is a DataFrame: pass the table through"):
        draw(pd.DataFrame({"n": [1]}))


@pytest.mark.parametrize("draw", [figures.flow, lambda shown: figures.flows(shown)[0], figures.gaps])
def test_an_empty_table_gives_a_figure_without_axes_and_words(draw):
    empty = privacy.protect(pd.DataFrame(), "public")

    assert draw(empty) == figures.Drawn(None, "", "", empty)


@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize("size", [2, 3, 5, 7, 11, 30])
def test_no_words_of_a_grid_leave_its_page_whatever_they_are(audience, size):
    """It saves the figure too: a letter without a glyph would be a warning, a formula an error."""
    labels = [HOSTILE, *(f"$label_{place}$" for place in range(1, size))]

    assert stays_on_its_page(flow({(0, 1): 130, (1, 0): 70}, audience, labels=labels, text=HOSTILE))
    assert stays_on_its_page(flow({(0, 1): 13, (1, 0): 7}, audience, labels=labels, text=HOSTILE))


@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize("people", [{}, LARGE])
def test_no_words_of_gaps_leave_their_page_whatever_they_are(audience, people):
    names = {"group_a": HOSTILE, "group_b": HOSTILE[::-1], **people}
    rows = [(HOSTILE, *HEARD[1:], names), (*NOBODY[:5], {"why_not": HOSTILE, **people})]

    assert stays_on_its_page(figures.gaps(apart(*rows, audience=audience)))


def test_a_dollar_sign_is_no_formula():
    assert "Cost $x_1$" in said(flow(text="Cost $x_1$"))
    assert "Cost $x_1$" in said(figures.gaps(apart(("Cost $x_1$", *HEARD[1:]))))


# Moves


def test_rows_are_answers_before_and_columns_answers_after():
    """9 people went from the second answer to the fourth, and 3 the other way."""
    there = counts(flow())

    assert (there[1, 3], there[3, 1], there[4, 4]) == ("9", "3", "0")


def test_who_moved_up_stands_above_the_diagonal_on_a_scale_that_begins_with_the_favourable_answer():
    """2 people went from the last label, the least favourable, to the first."""
    drawn = flow({(2, 0): 2, (1, 1): 6}, labels=["Always", "Often", "Never"], sign=-1)

    assert counts(drawn)[0, 2] == "2"
    assert drawn.title == "2 of 8 moved up, 0 down: “I was heard”"


def test_every_direction_is_named_with_its_people():
    assert {
        "moved up: 27 of 44 ↗",
        "↙ moved down: 3 of 44",
        "outlined, stayed the same: 14 of 44",
    } <= set(said(flow()))


def test_only_the_diagonal_is_outlined():
    widest = {place for place, one in cells(flow()).items() if one.get_linewidth() > 1}

    assert widest == {(place, place) for place in range(5)}


def test_the_more_people_the_darker_and_nobody_is_white():
    grey = {place: sum(one.get_facecolor()[:3]) for place, one in cells(flow()).items()}

    assert grey[1, 3] < grey[2, 3] < grey[3, 4] < grey[0, 1] < grey[0, 4] == 3


def test_answers_whose_names_are_too_long_for_a_column_have_letters():
    labels = [f"Unfortunately{place}" for place in range(9)]

    assert {"A", "I", "Unfortunately8"} <= set(said(flow(labels=labels)))


def test_eleven_short_answers_keep_their_names():
    assert "A" not in said(flow(labels=[str(place) for place in range(11)]))


def test_the_title_says_how_many_moved_each_way():
    assert flow().title == "27 of 44 moved up, 3 down: “I was heard”"


def test_the_alternative_text_says_every_pair_of_answers_that_somebody_gave():
    assert flow({(1, 3): 9, (3, 3): 2, (3, 1): 1}).alt == (
        "Grid of answers before and after, “I was heard”, 12 people: moved up 9, stayed the same 2, moved "
        "down 1. From Disagree to Agree 9; from Agree to Disagree 1; Agree both times 2."
    )


@given(people=st.dictionaries(st.tuples(*[st.integers(0, 4)] * 2), st.integers(1, 30), min_size=5))
@settings(max_examples=25)
def test_every_number_in_the_words_of_a_grid_is_in_the_table(people):
    drawn = flow(people)
    table = drawn.shown.table
    sums = table.groupby("side")["n"].sum()

    assert numbers(drawn.title + drawn.alt) <= {str(n) for n in (*table["n"], *table["base"], *sums)}


def test_rounded_counts_are_not_added_up():
    """From 12 answers by 4 people each, every one rounded to 5, 60 people of 50 would have moved."""
    pairs = [pair for pair in product(range(5), repeat=2) if pair[0] != pair[1]]
    drawn = flow({**dict.fromkeys(pairs[:12], 4), (4, 4): 2}, "public")

    assert drawn.title == (
        "Most common, from Strongly disagree to Disagree, from Strongly disagree to Neither agree nor "
        "disagree and 10 more, about 5 of about 50 people each: “I was heard”"
    )
    assert {"moved up ↗", "↙ moved down"} <= set(said(drawn))
    assert not numbers(drawn.title + drawn.alt) - {"5", "10", "50"}


def test_where_every_rounded_count_is_0_the_words_say_so():
    drawn = flow(dict.fromkeys(product(range(5), repeat=2), 2), "public")

    assert drawn.title == "No two answers were given by more than a few of about 50 people: “I was heard”"
    assert drawn.alt.endswith("Every count rounds to 0.")


def test_a_small_group_is_three_tiles_in_words():
    """Of 12 people 9 moved up, 2 stayed and 1 moved down."""
    drawn = flow({(1, 3): 9, (3, 3): 2, (3, 1): 1}, "public")

    assert {"Improved", "Stayed the same", "Got worse"} <= set(said(drawn))
    assert drawn.title == "Most improved, few or none got worse: “I was heard”"
    assert "improved: most, stayed the same: some, got worse: few or none" in drawn.alt
    assert numbers(drawn.title + drawn.alt) == {"1", "10"}  # one question, about 10 people


def test_several_items_in_one_grid_are_refused():
    both = pd.concat([moves(MOVED), moves(MOVED, item="tired")])

    with pytest.raises(ValueError, match="draws one item, and this table has several: heard, tired"):
        figures.flow(privacy.protect(both, "internal"))


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_each_item_has_a_grid_of_its_own_in_the_tables_order(audience):
    both = pd.concat([moves(MOVED, item="tired", text="Tired"), moves(MOVED)])
    drawn = figures.flows(privacy.protect(both, audience))

    assert [one.title.rpartition(": ")[2] for one in drawn] == ["“Tired”", "“I was heard”"]


# Gaps


def test_a_marker_stands_at_its_delta_and_is_filled_where_the_gap_was_found():
    """The first two markers are the key's."""
    drawn = figures.gaps(apart(HEARD, TIRED))

    assert markers(drawn)[2:] == [(0.42, True), (0.1, False)]


def test_a_line_reaches_over_the_interval():
    ends = [tuple(line.get_xdata()) for line in figures.gaps(apart(HEARD)).ax.lines]

    assert (0.05, 0.7) in ends


def test_the_groups_are_named_with_their_people():
    assert {"Third sector above Universities", "16 and 17 people"} <= set(said(figures.gaps(apart(HEARD))))


def test_a_gap_that_could_not_be_measured_says_why():
    drawn = figures.gaps(apart(HEARD, NOBODY))

    assert "Everybody gave the same answer." in said(drawn)
    assert drawn.alt.endswith("“It was new”: everybody gave the same answer.")


def test_questions_stand_in_the_order_of_the_table():
    words = said(figures.gaps(apart(TIRED, HEARD)))

    assert words.index("It was tiring") < words.index("I was heard")


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ((HEARD, TIRED, NOBODY), "On 1 of 3 questions a gap between groups was told apart from chance"),
        ((TIRED, TIRED), "On none of 2 questions was a gap between groups told apart from chance"),
        ((TIRED,), "On none of 1 question was a gap between groups told apart from chance"),
    ],
)
def test_the_title_counts_the_questions_on_which_groups_could_be_told_apart(rows, title):
    assert figures.gaps(apart(*rows)).title == title


def test_the_alternative_text_says_each_gap_with_its_interval():
    assert figures.gaps(apart(HEARD, TIRED)).alt == (
        "Dots from -1 to 1, Cliff's delta with 95% intervals, 2 gaps between groups. "
        "“I was heard”: Third sector above Universities; 16 and 17 people, delta 0.42, interval 0.05 to "
        "0.70, told apart from chance. “It was tiring”: Third sector above Universities; 16 and 17 people, "
        "delta 0.10, interval -0.30 to 0.45, not told apart from chance."
    )


def test_two_groups_that_are_level_are_said_to_be():
    drawn = figures.gaps(apart(("I was heard", 0.0, -0.001, 0.3, False)))

    assert "Third sector level with Universities; 16 and 17 people, delta 0.00, interval 0.00" in drawn.alt


def test_for_the_public_a_large_group_has_one_decimal_and_about_how_many_people():
    drawn = figures.gaps(apart((*HEARD, LARGE), audience="public"))

    assert "about 50 and 60 people, delta 0.4, interval 0.0 to 0.7, told apart" in drawn.alt


def test_for_the_public_a_small_group_has_words_and_no_numbers():
    drawn = figures.gaps(apart(HEARD, TIRED, audience="public"))

    assert said(drawn)[:2] == [
        "I was heard",
        "more favourable among Third sector than Universities; about 15 and 15 people",
    ]
    assert "Third sector and Universities not told apart from chance; about 15 and 15 people" in said(drawn)
    assert [filled for _, filled in markers(drawn)] == [True, False]
    assert numbers(drawn.alt) == {"2", "15"}
