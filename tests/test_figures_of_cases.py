"""Figures of teams, roles, conditions and evidence over cases: what is drawn, and that the words say so."""

import io
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from coprod import figures, privacy
from coprod.figures.sheet import WIDTH

HOSTILE = "Cost < £5 & under_score ^2 $x$ \\alpha {now} 中文 مرحبا ŵŷ \u200f\t" + "unbreakable" * 9
STAGES = ("Problem identification", "Project delivery")
SECTORS = ("Universities", "Local government", "Third sector")
LAYERS = ("learning journey", "design", "delivery")
CONDITIONS = ("Ringfencing time", "Shared understanding", "Relational spaces", "Ethics of care", "Embedding")
PRINCIPLES = ("Sharing power", "Trust", "All voices", "Reciprocity", "Reflection")
KINDS = ("learning", "relationship", "practice", "policy", "product")
STATES = ("present", "absent", "both", "not known")
DRAWS = (figures.roles, figures.layers, figures.ties, figures.case_matrix, figures.evidence_map)


def shown(rows, *columns):
    return privacy.protect(pd.DataFrame(rows, columns=list(columns)), "public")


def names(count, name="Case"):
    return [f"{name} {place}" for place in range(count)]


def roles(*rows):
    """Protect things brought, each as stage, sector, what, whether expected, rows and rows elsewhere."""
    full = [
        (stage, sector, brought, expected, count, count, elsewhere, ("e1",) * bool(count))
        for stage, sector, brought, expected, count, elsewhere in rows
    ]
    return shown(full, "stage", "sector", "brought", "expected", "rows", "sources", "elsewhere", "behind")


def layers(cases, sectors=SECTORS):
    """Protect the layers of cases; a case's first sector has as many organisations as its place."""
    rows = [
        (case, layer, sector, place % 10 if sector == sectors[0] else 0, "", ("c001",))
        for (place, case), layer, sector in product(enumerate(cases), LAYERS, sectors)
    ]
    return shown(rows, "case", "layer", "sector", "organisations", "names", "behind")


def ties(*pairs, case="Lincoln"):
    """Protect ties, each as one, other, before and after."""
    return shown(
        [(case, *pair, ("c001",)) for pair in pairs], "case", "one", "other", "before", "after", "behind"
    )


def matrix(cases):
    """Protect what cases show, every state in turn."""
    rows = []
    titles = [("condition", title) for title in CONDITIONS] + [("outcome", kind) for kind in KINDS]
    for place, (case, (aspect, title)) in enumerate(product(cases, titles)):
        state = STATES[place % 4]
        numbers = {"present": (12, 1), "absent": (0, 2), "both": (3, 3), "not known": (0, 0)}[state]
        rows.append((case, aspect, title, state, *numbers, ("e1",)))
    return shown(rows, "case", "aspect", "title", "state", "spoke_for", "spoke_against", "behind")


def evidence(cases, counts, conditions=CONDITIONS, principles=PRINCIPLES):
    """Protect a map of evidence from the counts that are not 0, by condition, principle and case."""
    rows = [
        (condition, principle, case, counts.get((condition, principle, case), 0), ("e1",))
        for condition, principle, case in product(
            (*conditions, "No condition"), (*principles, "No principle"), (*cases, "Whole programme")
        )
    ]
    return shown(rows, "condition", "principle", "case", "rows", "behind")


def full_map(cases):
    return evidence(cases, {(CONDITIONS[0], PRINCIPLES[0], case): 3 for case in cases})


BROUGHT = roles(
    (STAGES[0], SECTORS[0], "Research under way", True, 1, 0),
    (STAGES[0], SECTORS[0], "A wide base of knowledge", True, 4, 3),
    (STAGES[1], SECTORS[2], "Other: They lent a van.", False, 1, 1),
)
PAIRS = ties(("A university", "A council", "no", "yes"), ("A council", "A charity", "not known", "no"))
PAGES = {
    "roles": lambda: [figures.roles(BROUGHT)],
    "hostile roles": lambda: [
        figures.roles(roles(*[(HOSTILE, HOSTILE, HOSTILE, n % 2 == 0, n, n) for n in range(9)]))
    ],
    "hostile layers": lambda: [figures.layers(layers([HOSTILE, "B"], (HOSTILE, "Council")))],
    "many sectors": lambda: [figures.layers(layers(names(6), names(9, "Sector")))],
    "hostile ties": lambda: figures.ties(ties((HOSTILE, "B", "yes", "no"), case=HOSTILE)),
    "many ties": lambda: figures.ties(
        ties(*[(f"Organisation {n}", f"Organisation {m}", "no", "yes") for n in range(12) for m in range(n)])
    ),
    "listed ties": lambda: figures.ties(
        ties(*[("A council", HOSTILE + str(n), "no", "yes") for n in range(70)])
    ),
    "hostile matrix": lambda: [figures.case_matrix(matrix([HOSTILE, "B"]))],
    "hostile map": lambda: [figures.evidence_map(evidence([HOSTILE], {}, (HOSTILE, "B"), (HOSTILE, "C")))],
    **{
        f"{what} of {count}": lambda draw=draw, make=make, count=count: [draw(make(names(count)))]
        for count in (1, 3, 12, 40)
        for what, draw, make in (
            ("layers", figures.layers, layers),
            ("matrix", figures.case_matrix, matrix),
            ("map", figures.evidence_map, full_map),
        )
    },
}


@cache
def pages(page):
    """Draw each kind of page once."""
    return PAGES[page]()


def said(drawn):
    return [text.get_text() for text in drawn.ax.texts]


def boxes(drawn):
    """Measure every text on the page, in inches from its lower left corner."""
    figure = drawn.ax.figure
    with figures.styled():
        renderer = FigureCanvasAgg(figure).get_renderer()
        extents = [(text.get_text(), text.get_window_extent(renderer)) for text in drawn.ax.texts]
    return [(words, box.transformed(figure.dpi_scale_trans.inverted())) for words, box in extents]


@pytest.mark.parametrize("draw", DRAWS)
def test_only_what_the_door_gave_out_is_drawn(draw):
    with pytest.raises(TypeError, match=r"privacy\.protect"):
        draw(pd.DataFrame({"case": ["A"]}))


@pytest.mark.parametrize("draw", DRAWS)
def test_an_empty_table_gives_no_axes(draw):
    drawn = draw(privacy.protect(pd.DataFrame({"case": []}), "public"))

    assert all(one.ax is None for one in (drawn if isinstance(drawn, list) else [drawn]))


@pytest.mark.parametrize("page", PAGES)
def test_no_words_leave_the_page(page):
    for drawn in pages(page):
        high = drawn.ax.figure.get_size_inches()[1]
        outside = [
            words
            for words, box in boxes(drawn)
            if words.strip() and not (box.x0 >= -0.01 and box.x1 <= WIDTH + 0.01 and box.y0 >= -0.01)
        ]
        assert outside == []
        assert all(box.y1 <= high + 0.01 for _, box in boxes(drawn))


@pytest.mark.parametrize("page", PAGES)
def test_no_words_run_into_each_other(page):
    """Lines of one text may share the strip where one has tails and the next has none."""
    for drawn in pages(page):
        there = [
            (box.x0, box.x1, box.y0 + 0.02, box.y1 - 0.02) for words, box in boxes(drawn) if words.strip()
        ]
        left, right, bottom, top = np.array(there).T
        across = (left[:, None] < right) & (left < right[:, None])
        down = (bottom[:, None] < top) & (bottom < top[:, None])
        assert (across & down).sum() == len(there)  # each with itself


@pytest.mark.parametrize("page", PAGES)
def test_no_letters_are_smaller_than_eight_and_a_half_points(page):
    assert all(text.get_fontsize() >= 8.5 for drawn in pages(page) for text in drawn.ax.texts)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_can_be_saved_and_says_what_it_shows(page):
    for drawn in pages(page):
        with figures.styled():
            drawn.ax.figure.savefig(io.StringIO(), format="svg")
        assert drawn.alt.strip()
        assert drawn.title.strip()


def test_the_framework_s_expectations_are_told_apart_by_shape_and_by_words():
    drawn = figures.roles(BROUGHT)

    assert drawn.title.startswith("1 of 2 contributions that the framework expects have evidence elsewhere")
    assert drawn.title.endswith("; 1 more that it does not name")
    assert "Research under way (expected, no row elsewhere)" in drawn.alt
    assert "A wide base of knowledge (expected, 4 rows, 4 places)" in drawn.alt
    assert {"They lent a van.", "no row elsewhere", "4 rows, 4 places"} <= set(said(drawn))
    assert len({line.get_marker() for line in drawn.ax.lines if line.get_marker() != "None"}) == 3


def test_an_empty_layer_is_named_in_the_title():
    drawn = figures.layers(layers(["Lincoln", "Norfolk"]))

    assert drawn.title.startswith(
        "Most often with no organisation named: Local government in learning journey"
    )
    assert "Norfolk: learning journey, Universities 1, Local government 0, Third sector 0" in drawn.alt


def test_with_many_cases_every_case_has_its_row_of_numbers():
    drawn = figures.layers(layers(names(12)))

    assert set(names(12)) <= set(said(drawn))
    assert said(drawn).count("9") == 3


def test_every_sector_in_every_layer_is_said():
    rows = layers(["Lincoln"]).table.assign(organisations=2)

    drawn = figures.layers(privacy.protect(rows, "public"))

    assert drawn.title == "Every layer has organisations of every sector, in 1 case"
    marks = [line for line in drawn.ax.lines if line.get_marker() != "None"]
    assert len(marks) == 2 * 9


def test_of_many_other_things_brought_the_rest_is_counted():
    drawn = figures.roles(roles(*[(STAGES[0], SECTORS[0], f"Other: {n}", False, 1, 1) for n in range(9)]))

    assert " ".join(said(drawn)).endswith("and 5 more, in the numbers behind this figure")
    assert drawn.title == "9 contributions, none of them named in the framework"
    assert "Other: 8 (1 row, 1 place)" in drawn.alt


def test_a_tie_that_is_not_known_is_neither_yes_nor_no():
    [drawn] = figures.ties(PAIRS)

    assert drawn.title == (
        "Lincoln: of 2 pairs, 0 known to have worked together before and 1 by the end; "
        "not known, before or by the end, for 1"
    )
    assert "A council and A charity: not known before, no after" in drawn.alt
    assert said(drawn).count("?") == 2  # in the key, and in the cell


def test_what_began_is_shaded_and_what_was_not_told_has_no_mark():
    [drawn] = figures.ties(PAIRS)

    cells = [patch for patch in drawn.ax.patches if patch.get_width() == 1]
    assert len(cells) == 6  # three organisations, and three pairs of which one was not told
    assert len({patch.get_facecolor() for patch in cells}) == 3
    marks = [line for line in drawn.ax.lines if line.get_marker() != "None"]
    assert len(marks) == 2 + 3  # in the key, and in the cells; the fourth is a question mark


def test_each_case_has_a_figure_of_its_own_for_ties():
    pairs = pd.concat([ties(("A", "B", "no", "yes"), case=case).table for case in ("North", "South")])

    drawn = figures.ties(privacy.protect(pairs, "public"))

    assert [one.title.split(":")[0] for one in drawn] == ["North", "South"]


def test_of_more_pairs_than_can_be_read_the_rest_is_counted():
    [drawn] = figures.ties(ties(*[("A council", f"Charity {n}", "no", "yes") for n in range(70)]))

    assert "and 10 more, in the numbers behind this figure" in said(drawn)
    assert "A council and Charity 69: no before, yes after" in drawn.alt


def test_states_differ_in_shape_and_not_in_colour_alone():
    drawn = figures.case_matrix(matrix(["Lincoln"]))

    marks = {line.get_marker() for line in drawn.ax.lines}
    assert len(marks) == 3
    assert said(drawn).count("?") == 1 + 2  # in the key, and for what is not known


def test_the_state_of_every_case_is_said_in_words():
    drawn = figures.case_matrix(matrix(["Lincoln"]))

    assert "Lincoln: Ringfencing time present, 12 for and 1 against; Shared understanding absent" in drawn.alt
    assert "Ethics of care not known;" in drawn.alt
    assert "12:1" in said(drawn)
    assert drawn.title.endswith("not known: 2 of 10")


def test_with_forty_cases_the_alternative_text_counts_cases_and_stays_short():
    drawn = figures.case_matrix(matrix(names(40)))

    assert "present in" in drawn.alt
    assert len(drawn.alt) < 2_000


def test_a_pair_without_evidence_is_a_white_cell_that_says_so():
    drawn = figures.evidence_map(full_map(["Lincoln", "Norfolk"]))

    assert said(drawn).count("none") == 35  # of 36, rows and columns that stand apart included
    assert drawn.title == "Of 25 pairs of condition and principle, 1 has evidence"
    assert "Sharing power 6 (Lincoln 3, Norfolk 3)" in drawn.alt


def test_the_title_names_the_only_pair_without_evidence():
    pairs = [(condition, principle, "A") for condition in CONDITIONS for principle in PRINCIPLES]

    one = figures.evidence_map(evidence(["A"], dict.fromkeys(pairs[1:], 1)))
    none = figures.evidence_map(evidence(["A"], {("No condition", "Trust", "A"): 4}))
    every = figures.evidence_map(evidence(["A"], dict.fromkeys(pairs, 1)))

    assert one.title == (
        "No row speaks to “Ringfencing time” together with “Sharing power”; every other pair has evidence"
    )
    assert none.title == "No row speaks to a condition together with a principle"
    assert every.title == "Each of 25 pairs of condition and principle has evidence"


def test_rows_that_speak_to_neither_do_not_pale_the_pairs():
    """The only pair is as dark as the darkest, however many rows have no condition and no principle."""
    pair = {(CONDITIONS[0], PRINCIPLES[0], "A"): 1}
    fills = [
        {patch.get_facecolor() for patch in figures.evidence_map(evidence(["A"], counts)).ax.patches}
        for counts in (pair, pair | {("No condition", "No principle", "A"): 500})
    ]

    assert fills[0] < fills[1]


def test_many_cases_are_counted_in_each_cell():
    drawn = figures.evidence_map(full_map(names(12)))

    assert "12 cases" in said(drawn)
    assert "Sharing power 36 (12 cases)" in drawn.alt
