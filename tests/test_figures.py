"""Figures: what is drawn, and that the words for it say the same and no more."""

import datetime as dt
import io
import re
from itertools import pairwise

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from survey import AGREEMENT, LABELS, NON_ANSWERS, SECTORS, survey

import coprod
from coprod import cases, figures, likert, privacy
from coprod.codebook import BLANK, NOT_ASKED, Scale
from coprod.figures import colours, rows
from coprod.figures.lettering import BODY, SMALL, printable, width_of, wrapped
from coprod.figures.sheet import WIDTH
from coprod.figures.slippage import slippage
from coprod.saying import BANDS

WORDS = [word for _, word in BANDS]
ANSWERS = (*LABELS, *NON_ANSWERS, BLANK, NOT_ASKED)
HEARD = (0, 1, 1, 4, 3, 1, 0, 2)  # 9 labels, 1 don't know, 2 blank
TIRED = (5, 2, 1, 1)
OFTEN = Scale(
    "often", ("Always", "Often", "Never"), (), "negative", None, ("Always", "Often"), "did", "did not"
)
HOSTILE = "Cost < £5 & under_score ^2 $x$ \\alpha {now} 中文 مرحبا ŵŷ \u200f\t" + "unbreakable" * 15
# Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6): full deuteranopia and protanopia, linear RGB.
SEEN_BY = {
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
}
COUNTS = st.lists(st.integers(0, 12), min_size=len(ANSWERS), max_size=len(ANSWERS))


def programme(items, answers=ANSWERS, columns=None):
    """Build a survey from the counts of each item's answers."""
    counts = [
        (item, "", "", "", answer, n)
        for item, numbers in items.items()
        for answer, n in zip(answers, numbers, strict=False)
        if n or answer == answers[0]
    ]
    texts = {item: {"text": item.capitalize()} | (columns or {}).get(item, {}) for item in items}
    return survey(counts=counts, items=texts, scales={"agreement": AGREEMENT, "often": OFTEN})


def shares(items, audience="internal", **more):
    """Protect the shares of items given by the counts of their answers."""
    return privacy.protect(likert.shares(programme(items, **more), list(items)), audience)


def choices(answers, audience="internal", kind="multi"):
    """Protect the shares of one question without an order."""
    scheme = {"topic": {"kind": kind, "scale": "topics", "text": "What about"}}
    return privacy.protect(likert.shares(survey({"topic": answers}, items=scheme), ["topic"]), audience)


def by_group(items, audience="internal", columns=None):
    """Protect the agreement of groups, given how many of how many agreed, in the order of SECTORS."""
    counts = [
        (item, "", "", sector, answer, n)
        for item, groups in items.items()
        for sector, (agreed, base) in zip(SECTORS, groups, strict=False)
        for answer, n in (("Agree", agreed), ("Disagree", base - agreed))
    ]
    texts = {item: {"text": item.capitalize()} | (columns or {}).get(item, {}) for item in items}
    table = likert.agreement(survey(counts=counts, items=texts), list(items), by="sector")
    return privacy.protect(table, audience)


def steps(*dates, case="Lincoln"):
    """Protect a timeline: each step's four dates as "2024-01-01" or None."""
    names = ("planned_start", "planned_end", "actual_start", "actual_end")
    table = pd.DataFrame([(case, f"Step {'abcdef'[place]}", *four, "") for place, four in enumerate(dates)])
    table.columns = ["case", "step", *names, "note"]
    return privacy.protect(table.assign(**{name: pd.to_datetime(table[name]) for name in names}), "public")


def slipped(*dates):
    """Say the slippage of one step."""
    return slippage(steps(dates).table.iloc[0].to_dict())


def involved(*members):
    """Protect a table of teams: case, organisation, sector and layer."""
    return privacy.protect(
        pd.DataFrame(members, columns=["case", "organisation", "sector", "layer"]), "public"
    )


def said(drawn):
    """List the words on the page, from the top down."""
    return [text.get_text() for text in drawn.ax.texts]


def bars(drawn, high=rows.BAR):
    """List the bars or tiles of one height as (left, right), from the top down and then to the right."""
    there = [patch for patch in drawn.ax.patches if patch.get_height() == pytest.approx(high)]
    there.sort(key=lambda patch: (round(patch.get_y(), 6), patch.get_x()))
    return [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in there]


def svg(drawn):
    """Save a figure as the workbook does."""
    written = io.StringIO()
    with figures.styled():
        drawn.ax.figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()


def numbers(text):
    """Find the numbers in a text."""
    return set(re.findall(r"\d+", text))


def extents(drawn):
    """Measure every text on the page as it is rendered: left, right, top and bottom, in inches."""
    with figures.styled():
        renderer = FigureCanvasAgg(drawn.ax.figure).get_renderer()
        boxes = [text.get_window_extent(renderer) for text in drawn.ax.texts if text.get_text()]
    return [(box.x0 / 100, box.x1 / 100, box.y0 / 100, box.y1 / 100) for box in boxes]


# The door


@pytest.mark.parametrize(
    "draw",
    [figures.diverging_bars, figures.answer_bars, figures.agreement_by_group, figures.team, figures.timeline],
)
def test_only_what_the_door_gave_out_is_drawn(draw):
    with pytest.raises(
        TypeError, match=r"this is a DataFrame: pass the table through coprod\.privacy\.protect"
    ):
        draw(pd.DataFrame({"n": [1], "base": [1]}))


@pytest.mark.parametrize(
    "draw",
    [figures.diverging_bars, figures.answer_bars, figures.agreement_by_group, figures.team, figures.timeline],
)
def test_an_empty_table_gives_a_figure_without_axes_and_words(draw):
    empty = privacy.protect(pd.DataFrame(), "public")

    assert draw(empty) == figures.Drawn(None, "", "", empty)


def test_a_figure_gives_back_the_table_that_it_was_drawn_from():
    shown = shares({"heard": HEARD})

    assert figures.diverging_bars(shown).shown is shown


# The style


def test_drawing_changes_no_setting_and_leaves_no_figure_open():
    before = dict(matplotlib.rcParams)

    figures.diverging_bars(shares({"heard": HEARD}))

    assert dict(matplotlib.rcParams) == before
    assert plt.get_fignums() == []


def test_the_same_table_gives_the_same_bytes():
    assert svg(figures.diverging_bars(shares({"heard": HEARD}))) == svg(
        figures.diverging_bars(shares({"heard": HEARD}))
    )


@pytest.mark.parametrize("side", ["unfavourable", "favourable"])
@pytest.mark.parametrize("count", [2, 3, 5])
def test_each_side_darkens_away_from_the_middle_and_stands_out_from_the_paper(side, count):
    """3 to 1 is WCAG 1.4.11 for marks."""
    against_paper = [colours.contrast(fill, colours.PAPER) for fill in colours.shades(side, count)]

    assert all(lighter < darker for lighter, darker in pairwise(against_paper))
    assert against_paper[0] >= 3


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_the_two_sides_differ_for_readers_who_do_not_tell_red_from_green(eyes):
    orange, blue = (
        np.array(SEEN_BY[eyes]) @ np.array(matplotlib.colors.to_rgb(colours.shades(side, 2)[0]))
        for side in ("unfavourable", "favourable")
    )

    assert blue[2] - orange[2] > 0.5


def test_words_on_every_fill_can_be_read():
    """4.5 to 1 is WCAG 1.4.3 for text."""
    sides = ("unfavourable", "neutral", "favourable")
    fills = [fill for side in sides for count in range(1, 7) for fill in colours.shades(side, count)]
    fills += [colours.band_shade(side, step, 5) for side in sides for step in range(5)]

    assert min(colours.contrast(colours.ink_on(fill), fill) for fill in fills) >= 4.5


def test_the_darker_a_tile_the_more_people():
    darkness = [colours.contrast(colours.band_shade("neutral", step, 5), "white") for step in range(5)]

    assert darkness == sorted(set(darkness))


def test_black_and_white_have_the_contrast_of_21():
    """The largest contrast there is, by WCAG's definition."""
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)


# Words on a page


@given(text=st.text(max_size=120))
def test_any_text_can_be_drawn_on_one_line(text):
    drawn = printable(text)

    assert "\n" not in drawn
    assert width_of(drawn, SMALL) >= 0


@given(text=st.text(alphabet="ab ", max_size=80), width=st.floats(0.5, 3))
def test_wrapping_keeps_every_letter_and_no_line_is_too_wide(text, width):
    lines = wrapped(text, width, BODY)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line, BODY) <= width for line in lines)


def test_a_letter_that_the_font_does_not_have_becomes_a_square():
    assert printable("中 ŵ م") == "□ ŵ م"


def awkward(audience):
    """Draw one figure of each kind with names that are hard to draw."""
    columns = {"heard": {"text": HOSTILE}, "tired": {"text": HOSTILE[::-1], "reversed": "yes"}}
    many = [number * 12 for number in HEARD]
    table = by_group({"heard": [(40, 50), (20, 45), (30, 60)]}, audience, columns=columns)
    table.table["group"] += HOSTILE
    hard = [(HOSTILE, HOSTILE + letter, "Third sector", "design") for letter in "ab"]
    return [
        figures.diverging_bars(shares({"heard": many, "tired": many[::-1]}, audience, columns=columns)),
        figures.agreement_by_group(table),
        figures.team(involved(*hard)),
        figures.timeline(steps(("2024-01-01", None, None, None), case=HOSTILE)),
    ]


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_no_words_leave_the_page_whatever_they_are(audience):
    """It saves the figures too: a letter without a glyph would be a warning, a formula an error."""
    for drawn in awkward(audience):
        svg(drawn)
        high = drawn.ax.figure.get_size_inches()[1]
        for left, right, bottom, top in extents(drawn):
            assert left >= 0
            assert right <= WIDTH
            assert bottom >= 0
            assert top <= high


def test_a_dollar_sign_is_no_formula():
    drawn = figures.diverging_bars(shares({"heard": HEARD}, columns={"heard": {"text": "Cost $x_1$"}}))

    assert "Cost $x_1$" in said(drawn)


# Diverging bars


def test_a_bars_length_is_its_share():
    """7 of 9 to the right of 0, 1 of 9 to the left, and 1 of 9 apart."""
    drawn = figures.diverging_bars(shares({"heard": HEARD}))

    left, agree, strongly, neutral = bars(drawn)
    assert left == pytest.approx((-1 / 9, 0))
    assert agree == pytest.approx((0, 4 / 9))
    assert strongly == pytest.approx((4 / 9, 7 / 9))
    assert neutral[1] - neutral[0] == pytest.approx(1 / 9)


@given(items=st.lists(COUNTS.filter(lambda counts: sum(counts[:5]) >= 5), min_size=1, max_size=3))
@settings(max_examples=25)
def test_every_answer_is_in_a_bar_and_no_bar_runs_into_the_neutral(items):
    drawn = figures.diverging_bars(shares(dict(zip("abc", items, strict=False))))

    lengths = [right - left for left, right in bars(drawn)]
    assert sum(lengths) == pytest.approx(len(items))
    neutral = drawn.ax.patches[0].get_x()  # the key's swatch stands where the neutral begins
    assert all(right <= neutral or left >= neutral - 1e-9 for left, right in bars(drawn))


def test_the_mildest_answers_stand_next_to_the_zero_line():
    """Of ten people 1 disagreed strongly, 2 disagreed, 3 agreed and 4 agreed strongly."""
    drawn = figures.diverging_bars(shares({"heard": (1, 2, 0, 3, 4)}))

    assert [right - left for left, right in bars(drawn)] == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert [words for words in said(drawn) if words.isdigit()] == ["2", "1", "3", "4"]


def test_where_the_first_labels_are_the_favourable_ones_they_still_go_right():
    """Of ten people 1 said always, 2 often and 7 never."""
    drawn = figures.diverging_bars(
        shares({"asked": (1, 2, 7)}, answers=OFTEN.labels, columns={"asked": {"scale": "often"}})
    )

    assert bars(drawn)[0] == pytest.approx((-0.7, 0))
    assert bars(drawn)[1] == pytest.approx((0, 0.2))
    assert drawn.title == "“Asked”: 3 of 10 did"


def test_only_the_unfavourable_side_is_hatched():
    drawn = figures.diverging_bars(shares({"heard": HEARD}))

    hatched = [patch for patch in drawn.ax.patches if patch.get_hatch() and patch.get_height() == rows.BAR]
    assert [patch.get_x() < 0 for patch in hatched] == [True]


def test_below_20_people_a_bar_says_a_count_and_from_20_on_a_percentage():
    few = figures.diverging_bars(shares({"heard": (0, 9, 0, 10, 0)}))
    many = figures.diverging_bars(shares({"heard": (0, 10, 0, 10, 0)}))

    assert {"9", "10"} <= set(said(few))
    assert said(many).count("50%") == 2


def test_a_number_that_does_not_fit_its_bar_is_left_out():
    """1 of 100 has a bar about 3 hundredths of an inch long."""
    drawn = figures.diverging_bars(shares({"heard": (0, 1, 0, 0, 99)}))

    assert "99%" in said(drawn)
    assert "1%" not in said(drawn)


def test_n_and_each_reason_for_no_answer_stand_beside_the_bar():
    drawn = figures.diverging_bars(shares({"heard": (0, 1, 1, 4, 3, 1, 4, 2, 5)}))

    beside = ["n 9", "1 don't know", "4 not applicable", "2 blank", "5 not asked"]
    assert [words for words in said(drawn) if words in beside] == beside


def test_an_item_that_nobody_answered_has_no_bar_and_says_so():
    table = privacy.protect(
        likert.shares(programme({"heard": HEARD, "tired": (0, 0, 0, 0, 0, 3)}), ["heard", "tired"]),
        "internal",
        0,
    )

    drawn = figures.diverging_bars(table)

    assert "Nobody gave an answer." in said(drawn)
    assert "“Tired”: nobody gave an answer; 3 don't know." in drawn.alt


def test_items_stand_in_the_order_of_the_table():
    drawn = figures.diverging_bars(shares({"zebra": HEARD, "apple": HEARD}))

    assert said(drawn).index("Zebra") < said(drawn).index("Apple")


def test_a_reversed_item_is_drawn_like_the_others_and_says_so():
    """Agreeing to be tired is unfavourable; it stays on the side on which agreeing is drawn."""
    items = {"heard": HEARD, "well": HEARD, "tired": TIRED}
    drawn = figures.diverging_bars(shares(items, columns={"tired": {"reversed": "yes"}}))

    assert "Tired (reversed: “disagreed” is favourable)" in said(drawn)
    strongly_disagree, disagree, agree, _ = bars(drawn)[-4:]
    assert strongly_disagree == pytest.approx((-7 / 9, -2 / 9))
    assert disagree == pytest.approx((-2 / 9, 0))
    assert agree == pytest.approx((0, 1 / 9))
    assert "“Tired”: disagreed: 7 of 9" in drawn.alt


@pytest.mark.parametrize("items", [1, 20])
def test_the_page_grows_with_its_items(items):
    names = [f"item{'abcdefghijklmnopqrst'[place]}" for place in range(items)]

    drawn = figures.diverging_bars(shares(dict.fromkeys(names, HEARD)))

    width, high = drawn.ax.figure.get_size_inches()
    assert width == WIDTH
    assert 0.6 * items < high < 1.2 * items + 1


def test_items_of_several_scales_are_refused():
    items = {"heard": HEARD, "asked": (5, 2, 2)}
    programme = survey(
        counts=[("heard", "", "", "", "Agree", 9), ("asked", "", "", "", "Often", 9)],
        items={"asked": {"scale": "often"}},
        scales={"agreement": AGREEMENT, "often": OFTEN},
    )

    with pytest.raises(
        ValueError, match=r"items of one scale, and this table has several: heard has Strongly"
    ):
        figures.diverging_bars(privacy.protect(likert.shares(programme, list(items)), "internal"))


def test_several_groups_are_refused():
    answers = {"heard": ["Agree"] * 20, "place": ["north"] * 10 + ["south"] * 10}
    table = likert.shares(survey(answers), ["heard"], by="place")

    with pytest.raises(
        ValueError, match="One figure draws one group, and this table has several: North, South"
    ):
        figures.diverging_bars(privacy.protect(table, "internal"))


def test_each_section_and_scale_has_a_figure_of_its_own():
    counts = [(item, "", "", "", "Agree", 9) for item in ("one", "two")] + [("three", "", "", "", "Often", 9)]
    items = {"two": {"section": "Later"}, "three": {"section": "Later", "scale": "often"}}
    programme = survey(counts=counts, items=items, scales={"agreement": AGREEMENT, "often": OFTEN})

    drawn = figures.by_section(privacy.protect(likert.shares(programme, ["one", "two", "three"]), "internal"))

    assert [list(figure.shown.table["item"].unique()) for figure in drawn] == [["one"], ["two"], ["three"]]


# Titles and alternative texts of diverging bars


def test_the_title_names_the_most_and_the_least_favourable():
    drawn = figures.diverging_bars(shares({"heard": HEARD, "tired": TIRED, "paid": (1, 2, 2, 3, 1)}))

    assert (
        drawn.title
        == "Most favourable: “Heard”, where 7 of 9 agreed; least favourable: “Tired”, where 1 of 9 agreed"
    )


def test_the_title_counts_those_that_tie():
    drawn = figures.diverging_bars(shares({"heard": HEARD, "tired": TIRED, "paid": TIRED}))

    assert drawn.title.endswith("least favourable: “Tired” and 1 more, where 1 of 9 agreed")


def test_where_all_items_tie_none_is_picked_out():
    drawn = figures.diverging_bars(shares({"heard": HEARD, "tired": HEARD}))

    assert drawn.title == "Every question alike: 7 of 9 agreed"


def test_the_title_of_one_item_is_its_finding():
    assert (
        figures.diverging_bars(shares({"heard": (1, 2, 3, 10, 14)})).title == "“Heard”: 80% (24 of 30) agreed"
    )


def test_rounded_counts_are_not_added_up_to_a_number_in_the_title():
    """Their sum, 20 and 20 of 45, could differ from the rounded sum that a report gives elsewhere."""
    drawn = figures.diverging_bars(shares({"heard": (2, 2, 2, 20, 20)}, "public"))

    assert drawn.title == "“Heard”: nearly all agreed"


def test_the_alternative_text_says_each_side_and_each_reason_for_no_answer():
    drawn = figures.diverging_bars(shares({"heard": HEARD}))

    assert drawn.alt == (
        "Diverging bar chart, 1 question. Answers: Strongly disagree, Disagree, Neither agree nor disagree, "
        "Agree, Strongly agree. “Heard”: agreed: 7 of 9, neither agree nor disagree: 1 of 9, disagreed: 1 of "
        "9; 1 don't know; 2 blank."
    )


@given(counts=COUNTS.filter(lambda counts: sum(counts[:5]) >= 5))
@settings(max_examples=50)
def test_every_number_in_the_words_is_in_the_table(counts):
    """Or is a side's sum of them, its per cent, or the number of items."""
    drawn = figures.diverging_bars(shares({"heard": counts}))

    table = drawn.shown.table
    labels = table[table["role"] == "label"]
    sums = labels.groupby("side")["n"].sum()
    known = {str(n) for n in [1, 95, *table["n"], *table["base"], *sums]}
    known |= {f"{n / labels['base'].iloc[0]:.0%}"[:-1] for n in [*sums, *labels["n"]]}
    assert numbers(f"{drawn.alt} {drawn.title}") <= known


@given(counts=COUNTS.filter(lambda counts: sum(counts[:5]) >= 40))
@settings(max_examples=25)
def test_every_number_in_the_words_for_rounded_counts_is_in_the_table(counts):
    drawn = figures.diverging_bars(shares({"heard": counts}, "public"))

    table = drawn.shown.table
    assert numbers(f"{drawn.alt} {drawn.title}") <= {
        "1",
        *(f"{n:.0f}" for n in [*table["n"], *table["base"]]),
    }


# Tiles


def tiles(counts=HEARD, **more):
    """Draw one item for the public, answered by three times as many: between 10 and 39."""
    return figures.diverging_bars(shares({"heard": [3 * n for n in counts]}, "public", **more))


def test_a_small_group_is_drawn_as_tiles_with_words():
    """1, 1 and 7 of 9, and 3 of 36 who did not know, left out since hardly anybody."""
    drawn = tiles()

    assert [words for words in said(drawn) if words in WORDS] == ["few or none", "few or none", "most"]
    assert drawn.title == "“Heard”: most agreed"
    assert drawn.alt == (
        "Tiles that say shares in words, 1 question. Answers: Disagreed, Neither agree nor disagree, Agreed. "
        "“Heard”: agreed: most, neither agree nor disagree: few or none, disagreed: few or none, of about 25 "
        "answers; some blank."
    )


def test_tiles_stand_where_bars_would_with_the_neutral_apart():
    left, right, neutral = bars(tiles())

    assert neutral[0] - right[1] > right[0] - left[1]


@given(counts=st.lists(st.integers(1, 2), min_size=len(ANSWERS), max_size=len(ANSWERS)))
@settings(max_examples=25)
def test_in_bands_the_only_number_is_about_how_many_answered(counts):
    drawn = tiles(counts)

    about = numbers(str(drawn.shown.table["base_said"].iloc[0]))
    assert numbers(" ".join(said(drawn))) == about
    assert numbers(drawn.alt) <= about | {"1"}
    assert numbers(drawn.title) == set()


def test_the_columns_of_tiles_are_those_of_the_scale_whatever_the_item():
    """Disagreeing is favourable for the reversed item, and its tile stands under "Disagreed" all the same."""
    columns = {"tired": {"reversed": "yes"}}
    items = {"heard": [3 * n for n in HEARD], "well": [3 * n for n in HEARD], "tired": [3 * n for n in TIRED]}
    drawn = figures.diverging_bars(shares(items, "public", columns=columns))

    words = [words for words in said(drawn) if words in WORDS]
    assert words[-3:] == ["most", "few or none", "few or none"]


# Answers without an order


def test_answers_without_an_order_have_a_bar_each_from_zero():
    drawn = figures.diverging_bars(choices(["Housing"] * 6 + ["Buses"] * 3 + [""], kind="choice"))

    tracks, lengths = ([right for _, right in bars(drawn, 0.17)][start::2] for start in (0, 1))
    assert lengths == pytest.approx([6 / 9, 3 / 9, 0])
    assert tracks == [1, 1, 1]
    assert drawn.title == "“What about”: most often “Housing”, 6 of 9"
    assert drawn.alt == (
        "Bar chart, 1 question. “What about”: Housing: 6 of 9; Buses: 3 of 9; Floods: 0 of 9; n 9; 1 blank."
    )


def test_somebody_who_ticked_two_answers_is_in_both_bars():
    drawn = figures.answer_bars(choices(["Housing | Buses"] * 8 + ["Buses"] * 2))

    assert said(drawn)[-5:] == ["8 of 10", "Buses", "10 of 10", "Floods", "0 of 10"]


def test_answers_of_a_small_group_are_tiles_that_go_right_the_more_there_are():
    drawn = figures.answer_bars(choices(["Housing | Buses"] * 11 + ["Buses"], "public"))

    housing, buses, floods = bars(drawn, 0.21)
    assert floods[0] < housing[0] == buses[0]
    assert drawn.title == "“What about”: most often “Housing” and “Buses”, nearly all"


# Groups side by side


def test_a_group_has_its_dot_at_its_share_and_a_line_over_its_interval():
    """Worked from Wilson's formula: 8 of 10 gives 0.490 to 0.943."""
    drawn = figures.agreement_by_group(by_group({"heard": [(8, 10), (2, 10)]}))

    lines = [line.get_xdata() for line in drawn.ax.lines]
    assert any(len(ends) == 2 and ends == pytest.approx((0.490, 0.943), abs=5e-4) for ends in lines)
    assert any(len(place) == 1 and place[0] == 0.8 for place in lines)


def test_groups_differ_in_marker_colour_and_name():
    drawn = figures.agreement_by_group(by_group({"heard": [(8, 10), (2, 10), (5, 10)]}))

    dots = [line for line in drawn.ax.lines if line.get_marker() != "None"]
    assert len({dot.get_marker() for dot in dots}) == len({dot.get_color() for dot in dots}) == 3
    assert set(SECTORS.values()) <= set(said(drawn))


def test_a_group_that_is_hidden_for_one_item_is_said_to_be():
    """3 people from charities answered the second item: they and the next smallest group are hidden."""
    drawn = figures.agreement_by_group(
        by_group({"heard": [(8, 10), (2, 9), (5, 8)], "paid": [(8, 10), (2, 9), (1, 3)]})
    )

    assert said(drawn).count("not shown") == 2


def test_the_title_says_where_groups_are_furthest_apart_and_whether_intervals_overlap():
    close = figures.agreement_by_group(by_group({"heard": [(5, 10), (6, 10)], "paid": [(7, 10), (4, 10)]}))
    apart = figures.agreement_by_group(by_group({"heard": [(30, 30), (3, 30)]}))

    assert close.title == (
        "Furthest apart on “Paid”, where 7 of 10 agreed (Universities) and 4 of 10 (Local government); "
        "the intervals overlap"
    )
    assert apart.title.endswith(
        "where 100% (30 of 30) agreed (Universities) and 10% (3 of 30) (Local government)"
    )


def test_a_reversed_item_says_what_it_counts():
    columns = {"tired": {"reversed": "yes"}}
    drawn = figures.agreement_by_group(
        by_group({"heard": [(5, 10)], "paid": [(5, 10)], "tired": [(2, 10)]}, columns=columns)
    )

    assert "Tired (here: disagreed)" in said(drawn)
    assert "“Tired”, disagreed: Universities 8 of 10" in drawn.alt


def test_small_groups_are_said_in_words_further_right_the_more_agreed():
    drawn = figures.agreement_by_group(by_group({"heard": [(12, 12), (1, 12)]}, "public"))

    universities, councils = bars(drawn, 0.21)
    assert councils[1] < universities[0]
    assert drawn.title == (
        "Furthest apart on “Heard”, where nearly all agreed (Universities) and few or none (Local government)"
    )
    assert drawn.alt == (
        "Tiles that say shares in words, 1 question, group by group. “Heard”, agreed: Universities nearly "
        "all, n about 10; Local government few or none, n about 10."
    )


def test_groups_one_band_apart_are_not_told_apart_in_the_title():
    """8 and 6 of 12 are "most" and "about half", and might be a person from the same band."""
    drawn = figures.agreement_by_group(by_group({"heard": [(8, 12), (6, 12)]}, "public"))

    assert drawn.title == "The groups answered much alike on every question"


def test_each_section_has_a_figure_of_its_own_for_groups():
    columns = {"paid": {"section": "Later"}}

    drawn = figures.groups_by_section(
        by_group({"heard": [(8, 10), (2, 10)], "paid": [(1, 9), (2, 9)]}, columns=columns)
    )

    assert [list(figure.shown.table["item"].unique()) for figure in drawn] == [["heard"], ["paid"]]


# Teams


def test_an_organisation_has_a_mark_for_each_layer_that_it_was_in():
    drawn = figures.team(
        involved(
            *[("Lincoln", "County", "Local government", layer) for layer in ("learning journey", "delivery")],
            ("Lincoln", "Charity", "Third sector", "design"),
        )
    )

    marks = [line.get_xdata()[0] for line in drawn.ax.lines if line.get_marker() != "None"]
    assert marks == [0, 2, 1]
    assert drawn.title == "2 organisations in 1 team: 1 in learning journey, 1 in design and 1 in delivery"
    assert drawn.alt.endswith(
        "Lincoln: County (Local government): learning journey and delivery; Charity (Third sector): design."
    )


def test_organisations_stand_under_their_sector_case_by_case():
    drawn = figures.team(
        involved(
            ("Lincoln", "County", "Local government", "design"),
            ("Norfolk", "Charity", "Third sector", "design"),
        )
    )

    names = ("Lincoln", "Local government", "County", "Norfolk", "Third sector", "Charity")
    heights = {text.get_text(): text.get_position()[1] for text in drawn.ax.texts}
    assert sorted(names, key=heights.get) == list(names)


def test_an_organisation_in_two_teams_counts_once():
    drawn = figures.team(
        involved(("Lincoln", "YMCA", "Third sector", "design"), ("Norfolk", "YMCA", "Third sector", "design"))
    )

    assert drawn.title.startswith("1 organisation in 2 teams: 0 in learning journey, 1 in design")


# Timelines


def test_a_step_has_a_thin_bar_for_the_plan_above_a_thick_one_for_what_happened():
    """In days since 1 January 2024, a leap year: the last day is part of its bar."""
    drawn = figures.timeline(steps(("2024-01-01", "2024-03-31", "2024-02-01", "2024-04-30")))

    planned, happened = drawn.ax.patches[-2:]
    assert (planned.get_x(), planned.get_x() + planned.get_width()) == (0, 91)
    assert (happened.get_x(), happened.get_x() + happened.get_width()) == (31, 121)
    assert planned.get_y() < happened.get_y()
    assert planned.get_height() < happened.get_height()


def test_dates_that_are_not_known_are_said_and_not_drawn():
    drawn = figures.timeline(steps(("2024-01-01", "2024-03-31", None, None), (None, None, None, None)))

    key = 2
    assert len(drawn.ax.patches) == key + 1
    assert {"no dates of what happened", "dates not known"} <= set(said(drawn))


def test_a_single_date_is_a_mark():
    drawn = figures.timeline(steps(("2024-01-01", "2024-03-31", "2024-02-01", None)))

    assert [line.get_xdata()[0] for line in drawn.ax.lines if line.get_marker() == "D"] == [31.5]


def test_a_timeline_without_any_date_is_no_figure():
    assert figures.timeline(steps((None, None, None, None))).ax is None


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (("2024-01-01", "2024-03-31", "2024-01-01", "2024-03-31"), "as planned"),
        (
            ("2024-01-01", "2024-03-31", "2024-02-01", "2024-06-30"),
            "started 1 month late, ended 3 months late",
        ),
        (("2024-01-08", "2024-03-15", "2024-01-22", "2024-03-15"), "started 2 weeks late, ended as planned"),
        (("2024-01-08", "2024-03-15", "2024-01-05", "2024-03-22"), "started 3 days early, ended 1 week late"),
        (("2024-01-08", "2024-03-15", "2024-01-09", "2024-08-20"), "started 1 day late, ended 5 months late"),
        (
            ("2024-01-08", None, "2024-01-18", None),
            "started 10 days late, planned end not known, end not known",
        ),
        (
            (None, "2024-01-31", None, "2024-02-29"),
            "ended 1 month late, planned start not known, start not known",
        ),
        ((None, None, "2024-01-01", "2024-01-31"), "plan not known"),
        (("2024-01-01", "2024-01-31", None, None), "no dates of what happened"),
        ((None, None, None, None), "dates not known"),
    ],
)
def test_slippage_is_counted_in_days_weeks_and_whole_months(dates, words):
    assert slipped(*dates) == words


@given(
    planned=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    days=st.integers(-800, 800).filter(lambda days: days != 0),
)
def test_late_and_early_are_never_taken_for_one_another(planned, days):
    words = slipped(str(planned), None, str(planned + dt.timedelta(days=days)), None)

    assert ("late" in words, "early" in words) == (days > 0, days < 0)


def test_the_title_of_a_timeline_counts_steps_that_ended_late():
    """One ended a month late, one three days late, and the end of one is not known."""
    drawn = figures.timeline(
        steps(
            ("2024-01-01", "2024-03-31", "2024-01-01", "2024-04-30"),
            ("2024-01-01", "2024-03-15", "2024-01-01", "2024-03-18"),
            ("2024-01-01", "2024-03-31", "2024-01-01", None),
        )
    )

    assert drawn.title == "1 of 2 steps with both a planned and an actual end ended a week or more late"


def test_whole_months_are_said_as_months_and_other_dates_to_the_day():
    drawn = figures.timeline(
        steps(
            ("2024-01-01", "2024-03-31", "2024-02-01", None),
            ("2024-05-01", "2024-05-31", "2024-05-02", "2024-05-31"),
        )
    )

    assert "Step a: planned January 2024 to March 2024; actual from February 2024;" in drawn.alt
    assert "Step b: planned May 2024; actual 2 May 2024 to 31 May 2024;" in drawn.alt


@pytest.mark.parametrize("years", [0, 1, 4, 30])
def test_month_names_do_not_run_into_each_other(years):
    drawn = figures.timeline(steps(("2000-03-01", f"{2000 + years}-12-31", None, None)))

    with figures.styled():
        renderer = FigureCanvasAgg(drawn.ax.figure).get_renderer()
        months = [text for text in drawn.ax.texts if re.fullmatch(r"[A-Z][a-z]{2}( \d{4})?", text.get_text())]
        boxes = [text.get_window_extent(renderer) for text in months]
    assert all(one.x1 < other.x0 for one, other in pairwise(boxes))


def test_every_organisation_of_the_real_case_studies_is_in_the_words():
    drawn = figures.team(privacy.protect(cases.team(coprod.open("knowledge-in-action")), "public"))

    assert all(name in drawn.alt for name in drawn.shown.table["organisation"])
