"""Open answers by theme: whom we may quote, what is told of them, and who is heard."""

import unicodedata
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survey import SCALES, SECTORS, survey
from test_figures import extents, numbers

import coprod
from coprod import excerpts, markup, privacy, voices
from coprod.checks import EXCERPT_COLUMNS, THEME_COLUMNS
from coprod.codebook import Scale
from coprod.figures import answer_bars
from coprod.figures.sheet import WIDTH
from coprod.figures.voices_balance import voices_balance
from coprod.findings import voices as found
from coprod.names import UnknownName

THEMES = pd.DataFrame(
    [
        ["room", "The room", "Where we met.", "", "", ""],
        ["pay", "Pay", "Money for time.", "", "", ""],
        ["bus", "Évening buses", "How we got there.", "", "", ""],
    ],
    columns=list(THEME_COLUMNS),
)
ITEMS = {
    "worked": {"kind": "text", "scale": "", "text": "What worked?"},
    "change": {"kind": "text", "scale": "", "text": "What should change?"},
    "consent": {"kind": "consent", "scale": "consent", "text": "May we quote you?"},
}
CONSENT = Scale("consent", ("Yes", "No"), (), "none", None, (), "", "")
HOSTILE = [
    "<script>alert(1)</script> & <b>bold</b>",
    '=HYPERLINK("x") and =1+1',
    "\u202eright to left\u202c and back",
    "Diolch 👩‍👩‍👧 – roedd hi'n wych, ŵ ŷ",  # noqa: RUF001
    "'; drop table answers; --",
    "{now} $x$ \\alpha %s",
]


def written(answers, *, item="worked", theme="room", columns=None, consent="Yes", themed=None, **changes):
    """Build a survey in which everybody answered one open question, sorted under one theme."""
    people = len(answers)
    given = {"worked": [""] * people, "change": [""] * people, "consent": [consent] * people} | {
        item: answers
    }
    programme = survey(
        given | (columns or {}), items=ITEMS, scales=SCALES | {"consent": CONSENT}, themes=THEMES, **changes
    )
    cells = programme.answers[programme.answers[item] != ""]
    rows = [
        [f"x{number}", row.person, row.wave, item, theme, "A"]
        for number, row in enumerate(cells.itertuples())
    ]
    return replace(programme, excerpts=pd.DataFrame(rows, columns=list(EXCERPT_COLUMNS), dtype=str))


def crowd(people=60, **columns):
    """Build a survey of many people, all of whom wrote something different."""
    return written([f"The tea was number {number}" for number in range(people)], columns=columns)


def shown(programme, audience="internal"):
    """Take quotes through the door."""
    return privacy.door(programme, audience)(voices.quotes(programme))


def words(programme, audience="internal"):
    """List the words that an audience reads."""
    return list(shown(programme, audience).table.get("words", []))


def looked_at(programme, initials):
    """Say who looked at each excerpt."""
    return replace(programme, excerpts=programme.excerpts.assign(looked_at=initials))


# ---- quotes ----


def test_a_quote_is_told_with_titles_and_not_with_keys():
    row = voices.quotes(written(["The tea"])).iloc[0]

    assert row[["ref", "wave", "sector", "place", "question", "theme", "words"]].tolist() == [
        *("x0", "Start", "Universities", "North", "What worked?", "The room", "The tea")
    ]


def test_quotes_are_masked():
    assert words(crowd(worked=["Ring 01632 960456"] * 60)) == ["Ring [telephone number]"] * 60


def test_quotes_stand_by_theme_in_the_order_of_the_themes():
    programme = crowd(4)
    sorted_ = programme.excerpts.assign(theme=["bus", "room", "pay", "room"])

    table = voices.quotes(replace(programme, excerpts=sorted_))

    assert list(table["ref"]) == ["x1", "x3", "x2", "x0"]


def test_an_answer_under_two_themes_is_there_twice():
    programme = crowd(6)
    again = programme.excerpts.head(1).assign(excerpt="y", theme="pay")

    table = voices.quotes(replace(programme, excerpts=pd.concat([programme.excerpts, again])))

    assert list(table.loc[table["words"] == "The tea was number 0", "theme"]) == ["The room", "Pay"]


@pytest.mark.parametrize("nothing", ["N/A", "none", "None.", " n/a ", "-", "...", "Nothing", "?", "Dim byd"])
def test_an_answer_that_says_nothing_is_no_quote(nothing):
    assert list(voices.quotes(written(["The tea", nothing]))["words"]) == ["The tea"]


@pytest.mark.parametrize("short", ["No steps!", "👍", "N/A – joined last week", "A crèche", "中文"])  # noqa: RUF001
def test_a_short_answer_is_one(short):
    assert list(voices.quotes(written([short]))["words"]) == [short]


def test_a_question_that_was_not_asked_gives_no_quote():
    programme = written(["The tea", "[not asked]"])

    assert len(voices.quotes(programme)) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_told_as_words(text):
    programme = written([text] * 12)
    table = shown(programme)

    html = markup.table(table, "Quotes", ["words"])

    assert "<script" not in html
    assert "<b>" not in html
    assert not any(unicodedata.bidirectional(letter) in ("RLO", "LRO", "PDF") for letter in html)


# ---- consent ----


@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize("answer", ["No", "", "[not asked]", "Perhaps"])
def test_whoever_did_not_agree_is_not_quoted(audience, answer):
    programme = crowd(worked=["Secret"] + ["The tea"] * 59, consent=[answer] + ["Yes"] * 59)

    assert words(programme, audience) == ["The tea"] * 59


def test_without_a_question_of_consent_nobody_is_quoted():
    programme = crowd()
    silent = replace(programme, items=programme.items.drop("consent"))

    assert shown(silent).table.empty
    assert "did not say that we may quote them" in shown(silent).reason


def test_a_yes_to_one_of_two_questions_of_consent_is_not_enough():
    items = ITEMS | {"consent_too": ITEMS["consent"]}
    both = {"consent": ["Yes", "Yes"], "consent_too": ["Yes", "No"]}
    programme = survey({"worked": ["a", "b"]} | both, items=items, themes=THEMES, excerpts=THEMES.iloc[:0])

    assert list(excerpts.consent(programme)) == [True, False]


def test_consent_on_a_scale_with_an_order_is_its_favourable_answers():
    cewch = Scale("consent", ("Na chewch", "Cewch"), (), "positive", None, ("Cewch",), "", "")
    programme = replace(crowd(2, consent=["Cewch", "Na chewch"]), scales=SCALES | {"consent": cewch})

    assert list(excerpts.consent(programme)) == [True, False]


def test_consent_counts_for_its_own_wave():
    columns = {"person": ["p", "p"], "wave": ["start", "end"], "consent": ["Yes", "No"]}

    table = voices.quotes(written(["first", "second"], columns=columns))

    assert dict(zip(table["words"], table["consent"], strict=True)) == {"first": True, "second": False}


@given(
    agreed=st.lists(st.booleans(), min_size=12, max_size=12), search=st.sampled_from(["", "tea", "SECRET"])
)
@settings(max_examples=30)
def test_nothing_that_is_given_out_holds_the_words_of_somebody_who_did_not_agree(agreed, search):
    texts = [f"{'Tea' if yes else 'Secret'} number {number}" for number, yes in enumerate(agreed)]
    programme = written(texts, columns={"consent": ["Yes" if yes else "No" for yes in agreed]})
    for audience in ("internal", "public"):
        door = privacy.door(programme, audience)
        tables = [
            door(voices.find(voices.quotes(programme), search)),
            door(voices.balance(programme)),
            door(voices.themes(programme)),
        ]
        told = [*found.heard(tables[1]), *found.themes(tables[2]), voices_balance(tables[1]).alt]
        everything = " ".join([*(table.table.to_csv() for table in tables), *told])
        assert "Secret number" not in everything


# ---- names ----


def test_a_quote_with_a_name_waits_for_a_person_before_it_is_public():
    programme = crowd(worked=["We thanked Mary"] + ["The tea"] * 59)

    assert "We thanked Mary" not in words(programme, "public")
    assert any("until a person has looked" in note for note in shown(programme, "public").notes)
    assert "We thanked Mary" in words(looked_at(programme, "RB"), "public")
    assert "We thanked Mary" not in words(looked_at(programme, " "), "public")


def test_the_team_sees_the_quote_and_what_may_be_the_name():
    table = shown(crowd(worked=["We thanked Mary"] + ["The tea"] * 59)).table

    assert table.loc[table["words"] == "We thanked Mary", "likely_names"].tolist() == ["Mary"]


def test_the_public_does_not_get_the_names_once_more():
    assert not {"likely_names", "looked_at", "consent"} & set(shown(crowd(), "public").table)


# ---- what is told of whoever wrote it ----


def test_sector_and_place_are_told_where_every_group_quoted_is_large_enough():
    table = shown(crowd(place=["north", "south"] * 30), "public").table

    assert set(table["place"]) == {"North", "South"}
    assert set(table["sector"]) == {"Universities"}


@pytest.mark.parametrize(
    "groups",
    [
        {"place": ["south"] * 4 + ["north"] * 56, "sector": ["council", "university"] * 30},
        {"sector": ["charity"] * 4 + ["university"] * 56},
        {"sector": ["charity"] * 4 + ["university"] * 56, "place": ["north"] * 56 + ["south"] * 4},
    ],
)
def test_one_small_group_takes_sector_and_place_from_every_quote(groups):
    """Missing beside the small group's quotes only, they would point at them; and one report must not tell
    the sector that another tells the place of.
    """
    programme = crowd(**groups)
    table = shown(programme).table

    assert set(table["sector"]) == set(table["place"]) == {"not shown"}
    assert "The sector and the place of those quoted cannot be told" in shown(programme).notes[0]


def test_a_small_group_that_is_not_quoted_takes_nothing_away():
    programme = crowd(sector=["charity"] * 4 + ["university"] * 56, consent=["No"] * 4 + ["Yes"] * 56)

    assert set(shown(programme).table["sector"]) == {"Universities"}


def test_too_few_people_in_a_wave_leave_no_quote():
    programme = crowd(wave=["end"] * 4 + ["start"] * 56)

    assert shown(programme).table.empty
    assert "fewer than 5 people answered" in shown(programme).reason


@pytest.mark.parametrize(("people", "told"), [(9, False), (10, True)])
def test_the_public_rule_is_ten_people(people, told):
    assert bool(words(crowd(people), "public")) is told


def test_people_who_answered_only_other_questions_count_among_those_like_them():
    programme = written(["The tea"] + [""] * 5, columns={"heard": ["Agree"] * 6})

    assert voices.quotes(programme)["people_here"].tolist() == [6]


def test_a_person_who_ticked_consent_alone_has_not_answered():
    assert voices.quotes(written(["The tea"] + [""] * 5))["people_here"].tolist() == [1]


@given(
    groups=st.lists(st.sampled_from([*SECTORS]), min_size=5, max_size=30),
    places=st.lists(st.sampled_from(["north", "south"]), min_size=30, max_size=30),
    audience=st.sampled_from(["internal", "public"]),
)
@settings(max_examples=40)
def test_what_is_told_fits_enough_people(groups, places, audience):
    programme = crowd(len(groups), sector=groups, place=places[: len(groups)])
    smallest = 5 if audience == "internal" else 10
    table = shown(programme, audience).table
    titles = programme.answers.assign(
        sector=programme.answers["sector"].map(SECTORS), place=programme.answers["place"].str.capitalize()
    )
    for row in table.itertuples():
        alike = titles
        for part in ("sector", "place"):
            if getattr(row, part) != "not shown":
                alike = alike[alike[part] == getattr(row, part)]
        assert len(alike) >= smallest


def test_words_that_somebody_else_put_in_a_table_are_refused():
    with pytest.raises(ValueError, match=r"needs the columns of voices\.quotes"):
        privacy.protect(pd.DataFrame({"words": ["Secret"]}), "internal")


def test_the_door_masks_once_more():
    table = voices.quotes(crowd()).assign(words="Mail kit@example.org")

    assert set(privacy.protect(table, "internal").table["words"]) == {"Mail [e-mail address]"}


# ---- search ----


@pytest.mark.parametrize("search", ["buses", "ÉVENING", "evening  BUSES", "what worked", "tea was number 3"])
def test_a_search_looks_at_words_theme_and_question(search):
    table = voices.quotes(written(["The tea was number 3"], theme="bus"))

    assert len(voices.find(table, search)) == 1


def test_a_search_needs_no_accents_and_no_capitals():
    assert len(voices.find(voices.quotes(written(["Siân a Llŷr"])), "sian a llyr")) == 1


@pytest.mark.parametrize("search", ["", "   "])
def test_without_a_search_every_quote_stays(search):
    assert len(voices.find(voices.quotes(crowd(7)), search)) == 7


def test_a_search_takes_signs_as_they_are():
    assert len(voices.find(voices.quotes(written(["1+1 (maybe)", "11 maybe"])), "1+1 (")) == 1


def test_a_search_cannot_probe_what_is_masked():
    assert voices.find(voices.quotes(written(["Mail kit@example.org"])), "kit@").empty


def test_a_search_that_finds_nothing_says_so():
    missed = voices.find(voices.quotes(crowd()), "giraffe")

    assert privacy.protect(missed, "internal").reason == "No quote holds “giraffe”."


# ---- themes ----


def test_themes_count_people_and_not_excerpts():
    programme = crowd(6)
    again = programme.excerpts.head(1).assign(excerpt="y")
    two = programme.excerpts.head(1).assign(excerpt="z", theme="pay")
    sorted_ = pd.concat([programme.excerpts, again, two])

    table = voices.themes(replace(programme, excerpts=sorted_)).set_index("answer")

    assert table["n"].to_dict() == {"The room": 6, "Pay": 1, "Évening buses": 0}
    assert set(table["base"]) == {6}


def test_themes_by_sector_have_everybody_in_one_of_them():
    table = voices.themes(crowd(sector=["council", "charity"] * 30), by="sector")

    assert table.groupby("group")["n"].sum().to_dict() == {
        "Universities": 0,
        "Local government": 30,
        "Third sector": 30,
    }


def test_each_question_has_its_own_base():
    programme = crowd(6)
    also = written(["Less"] * 4 + ["", ""], item="change", theme="pay")
    answers = programme.answers.assign(change=also.answers["change"])
    sorted_ = pd.concat([programme.excerpts, also.excerpts.assign(excerpt=list("abcd"))])

    table = voices.themes(replace(programme, answers=answers, excerpts=sorted_))

    assert table.groupby("text")["base"].first().to_dict() == {"What should change?": 4, "What worked?": 6}


def test_themes_are_drawn_and_said_like_a_question_with_several_answers():
    table = privacy.protect(voices.themes(crowd(6)), "internal")

    assert "most often “The room”, 6 of 6" in answer_bars(table).title
    assert found.themes(table) == [
        "“What worked?”: what came up most is “The room”, 6 of 6; "
        "nobody wrote about “Pay” and “Évening buses”."
    ]


def test_in_public_no_sentence_says_that_nobody_wrote_about_something():
    table = privacy.protect(voices.themes(crowd(12)), "public")

    assert found.themes(table) == [
        "“What worked?”: what came up most is “The room”, nearly all, out of about 10 people."
    ]


# ---- balance ----


def heard(*groups):
    """Build a survey of groups: sector, people, people who may be quoted."""
    sectors = [sector for sector, people, _ in groups for _ in range(people)]
    consent = ["Yes" if number < quoted else "No" for _, people, quoted in groups for number in range(people)]
    return crowd(len(sectors), sector=sectors, consent=consent)


def balanced(programme, audience="internal", by="sector"):
    return privacy.door(programme, audience)(voices.balance(programme, by))


def test_balance_sets_people_quoted_and_quotes_beside_people():
    table = voices.balance(heard(("university", 10, 6), ("council", 8, 2), ("charity", 6, 0)))

    assert table[["group", "n", "base", "quotes"]].to_numpy().tolist() == [
        ["Universities", 6, 10, 6],
        ["Local government", 2, 8, 2],
        ["Third sector", 0, 6, 0],
    ]


def test_somebody_quoted_twice_is_one_person_and_two_quotes():
    programme = crowd(6)
    both = programme.answers.assign(change=["More"] + [""] * 5)
    cell = programme.excerpts.head(1).assign(excerpt="y", item="change")
    twice = cell.assign(excerpt="z", theme="pay")
    sorted_ = pd.concat([programme.excerpts, cell, twice])

    row = voices.balance(replace(programme, answers=both, excerpts=sorted_)).iloc[0]

    assert (row["n"], row["quotes"]) == (6, 7)


def test_waves_are_not_put_together():
    table = voices.balance(crowd(wave=["start", "end"] * 30))

    assert table.loc[table["base"] > 0, ["text", "base"]].to_numpy().tolist() == [["Start", 30], ["End", 30]]


def test_parts_are_parts_of_all_people_and_of_all_quotes():
    """6 + 2 = 8 quotes and 10 + 8 + 6 = 24 people: a quarter from 8 of 24; none from 6 of 24."""
    shown_ = balanced(heard(("university", 10, 6), ("council", 8, 2), ("charity", 6, 0)))

    table = voices.in_proportion(shown_.table).set_index("group")

    assert table["of_quotes"].tolist() == [0.75, 0.25, 0]
    assert table["of_people"].tolist() == pytest.approx([10 / 24, 8 / 24, 6 / 24])
    assert table["people_said"].iloc[0] == "42% (10 of 24)"
    assert table["quotes_said"].iloc[0] == "6 of 8"
    assert table["heard"].tolist() == ["more", "in proportion", "not quoted"]


def test_sentences_say_who_is_not_quoted_and_who_is_quoted_more():
    shown_ = balanced(heard(("university", 10, 6), ("council", 8, 2), ("charity", 6, 0)))

    assert found.heard(shown_) == [
        "Start: nobody is quoted of the 6 people from Third sector.",
        "Start: quoted more than in proportion to their people: Universities, quotes 6 of 8 and people "
        "42% (10 of 24).",
    ]


def test_where_all_are_quoted_alike_the_sentence_says_so():
    assert found.heard(balanced(heard(("university", 10, 5), ("council", 10, 5)))) == [
        "Start: each group has about as many quotes as its part of the people."
    ]


def test_in_public_small_groups_are_said_in_words_and_never_that_nobody_is_quoted():
    shown_ = balanced(heard(("university", 12, 6), ("council", 20, 0)), "public")

    assert found.heard(shown_) == [
        "Start: quoted at least once are about half of about 10 people from Universities and few or none of "
        "about 20 people from Local government."
    ]
    assert shown_.table[["n", "quotes"]].isna().all(axis=None)


def test_in_public_large_groups_are_rounded_and_so_are_the_quotes():
    shown_ = balanced(heard(("university", 42, 22), ("council", 58, 3)), "public")

    assert shown_.table[["n", "base", "quotes"]].to_numpy().tolist() == [[20, 40, 20], [5, 60, 5]]
    assert "about" in found.heard(shown_)[0]


def test_a_sector_too_small_is_put_together_with_the_next():
    shown_ = balanced(heard(("university", 20, 5), ("council", 6, 3), ("charity", 3, 1)))

    assert shown_.table[["group", "n", "base", "quotes"]].to_numpy().tolist() == [
        ["Universities", 5, 20, 5],
        ["Local government and Third sector", 4, 9, 4],
    ]


def test_places_can_be_balanced_too_and_nothing_else_can():
    table = voices.balance(crowd(place=["north"] * 50 + ["south"] * 10), by="place")

    assert table["base"].tolist() == [50, 10]
    with pytest.raises(UnknownName, match="wave"):
        voices.balance(crowd(), by="wave")


# ---- the figure ----


def test_both_bars_of_a_group_begin_at_0_and_end_at_their_parts():
    drawn = voices_balance(balanced(heard(("university", 10, 6), ("council", 8, 2), ("charity", 6, 0))))

    ends = [(bar.get_x(), bar.get_width()) for bar in drawn.ax.patches]

    assert ends == [(0, pytest.approx(part)) for part in (10 / 24, 0.75, 8 / 24, 0.25, 6 / 24, 0)]
    assert drawn.title == "Nobody quoted from Third sector"


def test_the_title_is_the_furthest_from_proportion():
    drawn = voices_balance(balanced(heard(("university", 10, 6), ("council", 8, 2))))

    assert drawn.title == "Universities: people 10 of 18, quotes 6 of 8"


def test_title_and_alternative_text_say_no_number_that_the_table_hides():
    drawn = voices_balance(balanced(heard(("university", 12, 6), ("council", 23, 3)), "public"))

    assert numbers(drawn.title + drawn.alt) <= {"10", "25"}
    assert (
        drawn.title
        == "Quoted most: Universities, Start (about half); least: Local government, Start (few or none)"
    )


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_no_words_leave_the_page(audience):
    programme = heard(("university", 60, 6), ("council", 120, 45), ("charity", 61, 50))
    long = replace(
        programme, sectors=SECTORS | {"council": "Local and combined authorities of the whole county"}
    )
    drawn = voices_balance(balanced(long, audience))

    assert all(left >= 0 and right <= WIDTH for left, right, _, _ in extents(drawn))


@pytest.mark.parametrize("draw", [voices_balance, found.heard, found.themes])
def test_only_what_came_through_the_door_is_drawn_or_said(draw):
    with pytest.raises(TypeError, match="protect"):
        draw(voices.balance(crowd()))


# ---- nothing to show ----


@pytest.mark.parametrize("make", [voices.quotes, voices.themes, voices.balance])
@pytest.mark.parametrize(
    ("programme", "reason"),
    [
        (
            survey({"heard": ["Agree"]}, themes=THEMES, excerpts=THEMES.iloc[:0]),
            "no answers in people's own words",
        ),
        (replace(crowd(3), excerpts=crowd(3).excerpts.iloc[:0]), "sorted by theme yet"),
        (written(["N/A", "-"]), "says anything in words"),
        (replace(crowd(3), answers=None), "no answers in people's own words"),
    ],
)
def test_an_empty_table_says_why(make, programme, reason):
    table = make(programme)

    assert table.empty
    assert reason in privacy.protect(table, "public").reason


def test_nothing_is_drawn_or_said_of_nothing():
    empty = privacy.protect(voices.balance(written(["N/A"])), "public")

    assert voices_balance(empty).ax is None
    assert found.heard(empty) == found.themes(empty) == []


def test_where_nobody_agreed_there_is_no_balance_to_speak_of():
    assert "Nobody whose answers" in voices.balance(crowd(3, consent=["No"] * 3)).attrs["reason"]


# ---- the demo ----


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_the_demos_quotes_hold_no_telephone_number_and_no_address(audience):
    everything = " ".join(words(coprod.open("demo"), audience))

    assert "[telephone number]" in everything or "[e-mail address]" in everything
    assert "01632" not in everything
    assert "@" not in everything


def test_narrowed_to_a_place_only_its_people_are_quoted():
    programme = coprod.open("demo", place="corvenham")

    assert set(voices.quotes(programme)["place"]) == {"Corvenham"}
    assert set(voices.balance(programme, by="place")["group"]) == {"Corvenham"}
