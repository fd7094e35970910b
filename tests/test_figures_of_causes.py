"""Figures of barriers and enablers, causes and outcomes: what is drawn, and that the words say the same."""

import io
import random
import re
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from coprod import figures, privacy
from coprod.figures.sheet import WIDTH

HOSTILE = "Cost < £5 & under_score ^2 $x$ \\alpha {now} {} 中文 مرحبا ŵŷ \u200f\t" + "unbreakable" * 15
PRINTED = 9.8  # inches of height that fit on a printed page at full width
KINDS = ("learning", "relationship", "practice", "policy", "product")
STATUSES = ("planned", "reached", "partly reached", "not reached", "unexpected")
WORDS = ("young", "people", "councils", "money in", "rules", "rural trust", "late", "deindustrialisation")
DRAWS = (
    figures.mirrored_bars,
    figures.mirrored_by_group,
    figures.fishbones,
    figures.roots_and_leaves,
    figures.outcome_grid,
)


def shown(rows, columns):
    """Protect a table made by hand; every row has a reference behind it."""
    return privacy.protect(pd.DataFrame(rows, columns=columns), "public")


def factors(*rows):
    """Protect factors, each as direction, factor, rows and sources."""
    return shown(
        [(*row, tuple(f"e{place:03}{n}" for n in range(row[2]))) for place, row in enumerate(rows)],
        ["direction", "factor", "rows", "sources", "behind"],
    )


def by_group(*rows):
    """Protect factors of groups, each as group, direction, factor, rows and what stands behind it."""
    full = [(group, direction, name, len(behind), 1, behind) for group, direction, name, behind in rows]
    return shown(full, ["group", "direction", "factor", "rows", "sources", "behind"])


def groups(count, name="Case", factors_each=3):
    """Protect the factors of many groups."""
    rows = []
    for place in range(count):
        for factor in range(factors_each):
            direction = "enabler" if (factor + place) % 2 else "barrier"
            behind = tuple(f"e{place}-{factor}-{n}" for n in range(1 + (place + factor) % 4))
            rows.append((f"{name} {place}", direction, f"Factor {factor}", behind))
    return by_group(*rows)


def causes(*rows, case="Lincoln", problem="Young people have no say"):
    """Protect the causes of one case, each as key, cause, of and kind."""
    full = [(case, problem, *row, 1, ("c001",)) for row in rows]
    return shown(full, ["case", "problem", "key", "cause", "of", "kind", "depth", "behind"])


def many_causes(count, seed=1):
    """Protect `count` causes of one case, six of them main ones, up to three deep."""
    draw = random.Random(seed)
    rows, depth = [], {"": 0}
    for place in range(count):
        above = [key for key in depth if key and depth[key] < 3]
        of = "" if place < 6 else draw.choice(above)
        depth[f"k{place}"] = depth[of] + 1
        words = " ".join(draw.choices(WORDS, k=draw.choice([1, 3, 5, 9])))
        rows.append((f"k{place}", f"{words} {place}", of, draw.choice(["root", "root", "leaf"])))
    return causes(*rows)


def cases_of(count):
    """Protect the causes of several cases."""
    parts = [many_causes(4, seed).table.assign(case=f"Case {seed}") for seed in range(count)]
    return privacy.protect(pd.concat(parts, ignore_index=True), "public")


def outcomes(counts, kinds=KINDS, statuses=STATUSES):
    """Protect a full table of outcomes from the counts that are not 0, by kind and status."""
    rows = [
        (kind, status, counts.get((kind, status), 0), ("c001",) * bool(counts.get((kind, status))))
        for kind in kinds
        for status in statuses
    ]
    return shown(rows, ["kind", "status", "outcomes", "behind"])


TWO_SIDES = factors(("enabler", "Room to try", 6, 4), ("barrier", "Slow payment", 3, 2))
TREE = causes(
    ("isolation", "Isolation", "", "root"),
    ("buses", "Few buses", "isolation", "root"),
    ("cost", "Fares are high", "buses", "root"),
    ("empty", "Empty meetings", "isolation", "leaf"),
    ("silence", "Nobody asks", "", "leaf"),
)
HARD = [("a", HOSTILE, "", "root"), ("b", HOSTILE, "a", "leaf"), ("c", HOSTILE, "b", "root")]
AWKWARD = {
    "bars": lambda: [figures.mirrored_bars(factors(("enabler", HOSTILE, 2, 1), ("barrier", HOSTILE, 40, 9)))],
    "one side": lambda: [figures.mirrored_bars(factors(("barrier", HOSTILE, 123456, 98765)))],
    "groups": lambda: figures.mirrored_by_group(groups(3, HOSTILE)),
    "fishbone": lambda: figures.fishbones(causes(*HARD, case=HOSTILE, problem=HOSTILE)),
    "roots": lambda: figures.roots_and_leaves(causes(*HARD, case=HOSTILE, problem=HOSTILE)),
    "outcomes": lambda: [
        figures.outcome_grid(outcomes({}, (HOSTILE, "policy"), (HOSTILE, "Unfortunately" * 3)))
    ],
}
LARGE = {
    "bars": lambda: [
        figures.mirrored_bars(
            factors(*[("barrier" if n % 3 else "enabler", f"Factor {n}", 1 + n % 7, 1) for n in range(40)])
        )
    ],
    "3 groups": lambda: figures.mirrored_by_group(groups(3)),
    "12 groups": lambda: figures.mirrored_by_group(groups(12)),
    "40 groups": lambda: figures.mirrored_by_group(groups(40)),
    "fishbone": lambda: figures.fishbones(many_causes(30)),
    "roots": lambda: figures.roots_and_leaves(many_causes(30)),
    "outcomes": lambda: [
        figures.outcome_grid(outcomes(dict.fromkeys(zip(KINDS, STATUSES, strict=True), 40)))
    ],
}


def said(drawn):
    """List the words on the page."""
    return [text.get_text() for text in drawn.ax.texts]


def where(drawn, words):
    """Return where a text stands: its x and y."""
    return next(text.get_position() for text in drawn.ax.texts if text.get_text() == words)


def bars(drawn):
    """List the bars as (left, right), from the top down, without the key's swatches."""
    there = [patch for patch in drawn.ax.patches if patch.get_height() == pytest.approx(0.17)]
    there.sort(key=lambda patch: (patch.get_y(), patch.get_x()))
    return [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in there]


def markers(drawn):
    """Count the marks of each kind: dots and leaves."""
    marks = [line.get_marker() for line in drawn.ax.lines if line.get_marker() not in ("None", "v")]
    return {"root": marks.count("o"), "leaf": len(marks) - marks.count("o")}


def numbers(text):
    """Find the numbers in a text."""
    return set(re.findall(r"\d+", text))


def extents(drawn):
    """Save a figure as the workbook does, and measure every text on it, in inches.

    A letter without a glyph would be a warning, a formula an error.
    """
    with figures.styled():
        drawn.ax.figure.savefig(io.StringIO(), format="svg", metadata={"Date": None})
        renderer = FigureCanvasAgg(drawn.ax.figure).get_renderer()
        boxes = [text.get_window_extent(renderer) for text in drawn.ax.texts if text.get_text()]
    return [(box.x0 / 100, box.x1 / 100, box.y0 / 100, box.y1 / 100) for box in boxes]


def overlap(one, other):
    """See whether two texts share more than a hair's breadth."""
    hair = 0.005
    across = min(one[1], other[1]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[2], other[2])
    return across > hair and down > hair


# All of them


@pytest.mark.parametrize("draw", DRAWS)
def test_only_what_the_door_gave_out_is_drawn(draw):
    with pytest.raises(TypeError, match="this is a DataFrame: pass the table through"):
        draw(pd.DataFrame({"rows": [1]}))


@pytest.mark.parametrize("draw", DRAWS)
def test_an_empty_table_gives_a_figure_without_axes_and_words(draw):
    empty = privacy.protect(pd.DataFrame(), "public")

    assert draw(empty) in (figures.Drawn(None, "", "", empty), [figures.Drawn(None, "", "", empty)])


@pytest.mark.parametrize("kind", [*AWKWARD])
def test_no_words_leave_the_page_whatever_they_are(kind):
    for drawn in AWKWARD[kind]():
        high = drawn.ax.figure.get_size_inches()[1]
        for left, right, bottom, top in extents(drawn):
            assert left >= 0
            assert right <= WIDTH
            assert bottom >= 0
            assert top <= high


@pytest.mark.parametrize("kind", [*AWKWARD, *LARGE])
def test_no_words_stand_on_others(kind):
    for drawn in (AWKWARD | LARGE)[kind]():
        assert not [pair for pair in combinations(extents(drawn), 2) if overlap(*pair)]


@pytest.mark.parametrize("kind", [*LARGE])
def test_no_figure_is_taller_than_a_printed_page(kind):
    for drawn in LARGE[kind]():
        assert drawn.ax.figure.get_size_inches()[1] <= PRINTED


@pytest.mark.parametrize("kind", [*LARGE])
def test_no_letters_are_too_small_to_read(kind):
    for drawn in LARGE[kind]():
        assert min(text.get_fontsize() for text in drawn.ax.texts) >= 8.5


def test_a_dollar_sign_is_no_formula():
    assert "Cost $x_1$" in said(figures.mirrored_bars(factors(("enabler", "Cost $x_1$", 1, 1))))
    assert "Cost $x_1$" in said(figures.fishbones(causes(("a", "Cost $x_1$", "", "root")))[0])
    assert "Cost $x_1$" in said(figures.roots_and_leaves(causes(("a", "Cost $x_1$", "", "root")))[0])


def test_a_word_without_a_single_letter_that_can_be_drawn_is_no_error():
    nothing = causes(("a", "\u200f", "", "root"), ("b", "\u200f", "a", "leaf"), problem="\u200f")

    assert markers(figures.fishbones(nothing)[0]) == {"root": 2, "leaf": 2}  # two are the key's
    assert markers(figures.roots_and_leaves(nothing)[0]) == {"root": 1, "leaf": 1}


# Barriers and enablers


def test_barriers_go_left_and_enablers_right_as_far_as_they_have_observations():
    assert bars(figures.mirrored_bars(TWO_SIDES)) == [(0, 6), (-3, 0)]


def test_a_factor_that_is_both_has_its_two_bars_on_one_line():
    drawn = figures.mirrored_bars(factors(("enabler", "Pace", 2, 1), ("barrier", "Pace", 5, 3)))

    assert bars(drawn) == [(-5, 0), (0, 2)]
    assert said(drawn).count("Pace") == 1


def test_a_factor_is_named_above_its_bar_on_the_bars_side():
    drawn = figures.mirrored_bars(TWO_SIDES)

    (enabler, above), (barrier, below) = where(drawn, "Room to try"), where(drawn, "Slow payment")
    assert barrier < 0 < enabler
    assert above < below


def test_only_barriers_are_hatched():
    drawn = figures.mirrored_bars(TWO_SIDES)

    wide = [patch for patch in drawn.ax.patches if patch.get_height() == pytest.approx(0.17)]
    assert {patch.get_x() < 0: bool(patch.get_hatch()) for patch in wide} == {True: True, False: False}


def test_observations_and_places_are_said_beside_a_bar():
    assert {"6, in 4 places", "3, in 2 places"} <= set(said(figures.mirrored_bars(TWO_SIDES)))


def test_one_observation_does_not_fill_the_page():
    drawn = figures.mirrored_bars(factors(("enabler", "Room to try", 1, 1)))

    assert drawn.ax.get_xlim()[1] > 5


def test_of_many_factors_the_best_evidenced_of_either_side_are_drawn():
    """A dozen barriers have more observations than any enabler, and do not hide the enablers."""
    barriers = [("barrier", f"Barrier {place}", 30 - place, 2) for place in range(12)]
    enablers = [("enabler", f"Enabler {place}", 9 - place, 1) for place in range(8)]
    drawn = figures.mirrored_bars(factors(*enablers, *barriers))

    assert len(bars(drawn)) == 12
    assert {f"Barrier {place}" for place in range(6)} | {f"Enabler {place}" for place in range(6)} <= set(
        said(drawn)
    )


def test_what_is_not_drawn_is_counted_and_none_of_it_is_better_evidenced_than_said():
    many = [("barrier", f"Barrier {place}", 30 - place, 2) for place in range(15)]
    words = "3 more factors, with 18 observations at most, stand among the numbers behind this figure."
    drawn = figures.mirrored_bars(factors(*many))

    assert words in " ".join(said(drawn))
    assert drawn.alt.endswith(words)


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["enabler", "barrier"]), st.sampled_from("abcdefghijklmnopqrst")),
        min_size=1,
        unique=True,
    ),
    data=st.data(),
)
@settings(max_examples=25)
def test_every_factor_is_either_drawn_or_counted(rows, data):
    counts = [data.draw(st.integers(1, 9)) for _ in rows]
    drawn = figures.mirrored_bars(factors(*[(*row, n, 1) for row, n in zip(rows, counts, strict=True)]))

    names = {name for _, name in rows}
    named = names & set(said(drawn))
    left_out = re.search(r"(\d+) more factor", drawn.alt)
    assert len(named) + (int(left_out[1]) if left_out else 0) == len(names)
    assert len(named) == min(len(names), 12)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [("enabler", "Room", 6, 4), ("enabler", "Tone", 2, 1), ("barrier", "Pay", 3, 2)],
            "Most observations among enablers: “Room”, 6; among barriers: “Pay”, 3",
        ),
        (
            [("enabler", "Room", 1, 1), ("enabler", "Tone", 1, 1), ("enabler", "Time", 1, 1)],
            "Most observations among enablers: 3 factors alike, 1 each; among barriers: none",
        ),
        (
            [("barrier", "Pay", 3, 2), ("barrier", "Pace", 3, 2), ("barrier", "Rules", 1, 1)],
            "Most observations among enablers: none; among barriers: “Pay” and “Pace”, 3 each",
        ),
    ],
)
def test_the_title_names_the_best_evidenced_on_either_side_and_those_that_tie(rows, title):
    assert figures.mirrored_bars(factors(*rows)).title == title


def test_the_alternative_text_says_every_bar():
    drawn = figures.mirrored_bars(factors(("enabler", "Pace", 2, 1), ("barrier", "Pace", 5, 3)))

    assert drawn.alt == (
        "Bars to the left for barriers and to the right for enablers, 1 factor. “Pace”: as a barrier 5 "
        "observations in 3 places and as an enabler 2 observations in 1 place."
    )


def test_the_figure_says_that_a_count_of_statements_is_not_importance():
    assert "not how much it matters" in " ".join(said(figures.mirrored_bars(TWO_SIDES)))


# Barriers and enablers by group


def test_an_observation_with_two_codes_counts_once_in_a_groups_total():
    table = by_group(
        ("Lincoln", "enabler", "Room", ("e1", "e2")), ("Lincoln", "enabler", "Tone", ("e2", "e3"))
    )
    drawn = figures.mirrored_by_group(table)[0]

    assert bars(drawn) == [(0, 3)]
    assert "Lincoln: 3 observations on 2 enablers (“Room” and “Tone”, 2 each) and none on barriers." in (
        drawn.alt
    )


def test_a_side_without_observations_says_so():
    drawn = figures.mirrored_by_group(by_group(("Lincoln", "barrier", "Pay", ("e1",))))[0]

    assert said(drawn).count("none") == 1


def test_a_few_groups_have_a_figure_each_after_their_totals():
    drawn = figures.mirrored_by_group(groups(3))

    assert [list(one.shown.table["group"].unique()) for one in drawn] == [
        ["Case 0", "Case 1", "Case 2"],
        ["Case 0"],
        ["Case 1"],
        ["Case 2"],
    ]
    assert drawn[1].title.startswith("Case 0: most observations among enablers: ")


def test_the_figures_of_a_few_groups_have_one_scale():
    _, one, other = figures.mirrored_by_group(
        by_group(("A", "enabler", "Room", tuple("abcdefghi")), ("B", "enabler", "Room", ("z",)))
    )

    assert one.ax.get_xlim() == pytest.approx(other.ax.get_xlim())


@pytest.mark.parametrize("count", [1, 3, 12, 40, 41])
def test_every_group_stands_in_one_figure_of_totals(count):
    totals = [one for one in figures.mirrored_by_group(groups(count)) if "more observ" in one.title.lower()]

    named = [name for one in totals for name in one.shown.table["group"].unique()]
    assert named == [f"Case {place}" for place in range(count)]
    assert all(name in said(one) for one in totals for name in one.shown.table["group"])


def test_many_groups_are_shared_out_evenly():
    """41 groups, ten to a figure at most, would leave one for the fifth if each were filled."""
    counts = [one.shown.table["group"].nunique() for one in figures.mirrored_by_group(groups(41))]

    assert sorted(counts) == [8, 8, 8, 8, 9]


def test_the_title_says_which_groups_have_more_barriers_than_enablers():
    table = by_group(
        ("Lincoln", "barrier", "Pay", ("e1", "e2")),
        ("Lincoln", "enabler", "Room", ("e3",)),
        ("Norfolk", "enabler", "Room", ("e4",)),
    )

    assert figures.mirrored_by_group(table)[0].title == (
        "More observations on barriers than on enablers in 1 of 2: “Lincoln”"
    )


def test_the_title_of_one_figure_of_many_says_which_groups_it_holds():
    first, second = figures.mirrored_by_group(groups(12))

    assert first.title.endswith("(groups 1 to 6 of 12)")
    assert second.title.endswith("(groups 7 to 12 of 12)")


# Fishbones


def test_each_case_has_a_fishbone_and_a_tree_of_its_own():
    for draw in (figures.fishbones, figures.roots_and_leaves):
        drawn = draw(cases_of(12))

        assert [list(one.shown.table["case"].unique()) for one in drawn] == [
            [f"Case {place}"] for place in range(12)
        ]


def test_every_cause_is_on_the_fishbone_with_a_mark_of_its_kind():
    """The key has one of each."""
    drawn = figures.fishbones(TREE)[0]

    assert {"Isolation", "Few buses", "Fares are high", "Empty meetings", "Nobody asks"} <= set(said(drawn))
    assert markers(drawn) == {"root": 3 + 1, "leaf": 2 + 1}


def test_the_spine_runs_down_to_the_problem():
    drawn = figures.fishbones(TREE)[0]

    heights = {text.get_text(): text.get_position()[1] for text in drawn.ax.texts}
    assert max(heights, key=heights.get) == "Young people have no say"


def test_what_lies_beneath_a_cause_stands_below_it_and_further_out():
    drawn = figures.fishbones(TREE)[0]

    (x1, y1), (x2, y2), (x3, y3) = (
        where(drawn, words) for words in ("Isolation", "Few buses", "Fares are high")
    )
    assert y1 < y2 < y3
    assert x1 == x2 > x3  # to the left of the spine words end where they are nearest to it


def test_a_rib_meets_the_spine_below_its_last_cause():
    drawn = figures.fishbones(causes(("a", "Isolation", "", "root"), ("b", "Few buses", "a", "root")))[0]

    rib = next(
        line
        for line in drawn.ax.lines
        if list(line.get_xdata()) == pytest.approx([WIDTH / 2 - 0.5, WIDTH / 2])
    )
    assert rib.get_ydata()[1] > where(drawn, "Few buses")[1]


def test_main_causes_stand_on_both_sides_the_first_to_the_left():
    drawn = figures.fishbones(causes(*[(key, key.upper(), "", "root") for key in "abcd"]))[0]

    sides = [where(drawn, words)[0] < WIDTH / 2 for words in "ABCD"]
    assert sides[0]
    assert sum(sides) == 2


def test_one_long_rib_does_not_leave_a_side_empty():
    rows = [("a", "A", "", "root"), *[(f"a{n}", f"A{n}", "a", "root") for n in range(9)]]
    rows += [(key, key.upper(), "", "root") for key in "bcde"]
    drawn = figures.fishbones(causes(*rows))[0]

    assert all(where(drawn, words)[0] > WIDTH / 2 for words in "BCDE")


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([("a", "A", "", "root")], "Lincoln: 1 main cause, none taken further apart"),
        ([("a", "A", "", "root"), ("b", "B", "a", "root")], "Lincoln: 1 main cause and 1 beneath"),
        (
            [
                ("a", "A", "", "root"),
                ("b", "B", "", "root"),
                ("c", "C", "b", "leaf"),
                ("d", "D", "c", "root"),
            ],
            "Lincoln: 2 main causes and 2 beneath; most beneath “B”, 2",
        ),
        (
            [
                ("a", "A", "", "root"),
                ("b", "B", "", "root"),
                ("c", "C", "b", "leaf"),
                ("d", "D", "a", "root"),
            ],
            "Lincoln: 2 main causes and 2 beneath; most beneath “A” and 1 more, 1 each",
        ),
    ],
)
def test_the_title_counts_causes_and_names_where_most_lie_beneath(rows, title):
    assert figures.fishbones(causes(*rows))[0].title == title


def test_the_alternative_text_of_a_fishbone_says_every_cause_and_what_lies_beneath_it():
    assert figures.fishbones(TREE)[0].alt == (
        "Fishbone for Lincoln. Problem: Young people have no say. Main causes: Isolation (underlying); "
        "Nobody asks (a visible sign). Beneath “Isolation”: Few buses (underlying); Empty meetings (a "
        "visible sign). Beneath “Few buses”: Fares are high (underlying)."
    )


@pytest.mark.parametrize("count", [1, 6, 30, 60])
def test_every_cause_is_said_and_drawn_once(count):
    """Each ends in a number of its own; the rest of the words holds none."""
    table = many_causes(count)
    for drawn in (figures.fishbones(table)[0], figures.roots_and_leaves(table)[0]):
        there = [number for words in said(drawn) for number in re.findall(r"\d+", words)]
        assert sorted(map(int, there)) == list(range(count))
        assert numbers(drawn.alt) == {str(place) for place in range(count)}


def test_causes_with_the_same_words_are_all_counted():
    rows = [("a", "A", "", "root"), ("b", "A", "", "root"), ("c", "A", "a", "root")]

    assert figures.fishbones(causes(*rows))[0].title.startswith("Lincoln: 2 main causes and 1 beneath")


# Roots and leaves


def test_leaves_stand_above_the_problem_and_roots_below():
    drawn = figures.roots_and_leaves(TREE)[0]

    ground = where(drawn, "Young people have no say")[1]
    assert all(where(drawn, words)[1] < ground for words in ("Empty meetings", "Nobody asks"))
    assert all(where(drawn, words)[1] > ground for words in ("Isolation", "Few buses", "Fares are high"))


def test_a_root_beneath_a_leaf_hangs_on_the_nearest_root_above_it():
    rows = [("a", "A", "", "root"), ("b", "B", "a", "leaf"), ("c", "C", "b", "root"), ("d", "D", "b", "leaf")]

    assert figures.roots_and_leaves(causes(*rows))[0].alt == (
        "Tree for Lincoln. Trunk, the problem: Young people have no say. Leaves: what can be seen: B; D "
        "(beneath “B”). Roots: what lies beneath: A; C (beneath “A”)."
    )


@pytest.mark.parametrize(
    ("kind", "words", "title"),
    [
        (
            "root",
            "No visible sign is named.",
            "no visible sign above the ground, 1 underlying cause beneath it",
        ),
        (
            "leaf",
            "No underlying cause is named.",
            "1 visible sign above the ground, no underlying cause beneath it",
        ),
    ],
)
def test_a_case_with_only_one_kind_says_that_the_other_is_missing(kind, words, title):
    drawn = figures.roots_and_leaves(causes(("a", "A", "", kind)))[0]

    assert words in said(drawn)
    assert words in drawn.alt
    assert drawn.title == f"Lincoln: {title}"


def test_the_title_counts_what_can_be_seen_and_what_lies_beneath():
    assert figures.roots_and_leaves(TREE)[0].title == (
        "Lincoln: 2 visible signs above the ground, 3 underlying causes beneath it"
    )


# Outcomes

SOME = {("learning", "reached"): 3, ("policy", "not reached"): 3, ("product", "planned"): 1}


def boxes(drawn):
    """Return the fill of each cell by its row and column, both counted from 0."""
    tops = sorted({round(patch.get_y(), 6) for patch in drawn.ax.patches})
    return {
        (tops.index(round(one.get_y(), 6)), int(one.get_x())): one.get_facecolor() for one in drawn.ax.patches
    }


def test_every_kind_has_a_cell_for_every_status_zeros_included():
    drawn = figures.outcome_grid(outcomes(SOME))

    assert len(boxes(drawn)) == 25
    assert [words for words in said(drawn) if words == "0"] == ["0"] * 4  # sums: 2 kinds and 2 statuses


def test_a_cell_without_outcomes_is_white_and_one_with_them_is_not():
    fills = boxes(figures.outcome_grid(outcomes(SOME)))

    filled = {place for place, fill in fills.items() if fill != (1, 1, 1, 1)}
    assert filled == {(0, 1), (3, 3), (4, 0)}


def test_what_was_not_reached_is_as_plain_to_see_as_what_was():
    fills = boxes(figures.outcome_grid(outcomes(SOME)))

    assert fills[0, 1] == fills[3, 3]


def test_every_kind_and_status_is_summed_up():
    drawn = figures.outcome_grid(outcomes(SOME))

    assert said(drawn)[-6:] == ["1", "3", "0", "3", "0", "7"]


def test_the_title_counts_outcomes_by_status():
    assert figures.outcome_grid(outcomes(SOME)).title == (
        "Of 7 outcomes: 1 planned, 3 reached, 0 partly reached, 3 not reached and 0 unexpected"
    )


def test_a_grid_without_any_outcome_says_so():
    assert figures.outcome_grid(outcomes({})).title == "No outcome is told of any kind"


def test_the_alternative_text_says_every_cell():
    assert figures.outcome_grid(outcomes({("policy", "reached"): 2}, ("policy", "product"))).alt == (
        "Grid of outcomes, kinds down and statuses across. policy: none planned, 2 reached, none partly "
        "reached, none not reached and none unexpected. product: none planned, none reached, none partly "
        "reached, none not reached and none unexpected."
    )


@given(
    counts=st.dictionaries(st.tuples(st.sampled_from(KINDS), st.sampled_from(STATUSES)), st.integers(0, 40))
)
@settings(max_examples=25)
def test_every_number_in_the_words_is_a_count_or_a_sum_of_counts(counts):
    drawn = figures.outcome_grid(outcomes(counts))

    table = drawn.shown.table
    sums = [*table.groupby("status")["outcomes"].sum(), table["outcomes"].sum()]
    assert numbers(drawn.title + drawn.alt) <= {str(n) for n in [*table["outcomes"], *sums]}
