"""What a cell gives out: words for every picture, text that stays text, and the same bytes every time."""

import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from browser import ALT, EMPTY, LABELS, NOTHING, drawn, given_out, programme, shares
from bs4 import BeautifulSoup

from coprod import display
from coprod.names import UnknownName
from coprod.privacy import Shown, protect

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</table></details></figure>",
    "' onmouseover='alert(1)",
    "</title><b>bold</b>",
    "<!-- comment -->",
    "]]><![CDATA[",
    "&lt;b&gt; &amp; &#60;",
    "{{ 7 * 7 }} {% raw %}",
    "<style>*{display:none}</style>",
    "<a href='javascript:alert(1)'>click</a>",
    "# heading\n## another",
    "url(#p1) id=\"p2\" href='#p3'",
    "$$x$$ \\(y\\) `code` **bold**",
    "naïve Ünïcode 社区 ‮rtl",
]


def given(function, *arguments, **options):
    """Return what one call gives out."""
    with given_out() as outputs:
        function(*arguments, **options)
    return outputs


def picture(figure, **options):
    """Return the picture that `show` gives out, without what stands around it."""
    return next(one for one in given(display.show, figure, **options) if "figure" in one.metadata.coprod)


def cells(html):
    """Return a table's text, row by row."""
    rows = BeautifulSoup(html, "html.parser").find_all("tr")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]


def shown_table(*arguments, **options):
    return given(display.table, *arguments, **options)[0].data["text/html"]


def test_a_figure_says_what_it_shows_in_the_picture_itself():
    root = ET.fromstring(picture(drawn()).data["image/svg+xml"])

    assert (root.get("role"), root.get("aria-label")) == ("img", ALT)


def test_signs_that_no_picture_may_hold_are_replaced_in_the_alternative_text():
    assert ET.fromstring(picture(drawn(alt="Ten \x07 of twelve.")).data["image/svg+xml"]) is not None


def test_a_figure_in_plain_text_is_its_alternative_text():
    assert picture(drawn()).data["text/plain"] == ALT


def test_a_figure_carries_its_caption_notes_and_numbers():
    shown = protect(shares((1, 2, 6), (0, 1, 1)), "internal")

    told = picture(drawn(shown), caption="Source: closing survey.").metadata.coprod.figure

    assert told.caption == "Most people felt heard. Source: closing survey."
    assert told.notes == ["“I felt heard 1” is not shown: fewer than 5 people answered."]
    assert cells(told.data)[1][0] == "I felt heard"


def test_figures_with_the_same_notes_tell_them_once():
    shown = protect(shares((1, 2, 6), (0, 1, 1)), "internal")

    outputs = given(display.show, drawn(shown), drawn(shown), drawn())
    notes = [len(one.metadata.coprod.figure.notes) for one in outputs if "figure" in one.metadata.coprod]

    assert notes == [0, 1, 0]


def test_a_figure_without_alternative_text_is_not_shown():
    with pytest.raises(display.AltMissing, match="Most people felt heard"):
        given(display.show, drawn(alt=" "))


def test_the_same_figure_gives_the_same_bytes():
    assert given(display.show, drawn()) == given(display.show, drawn())


def test_a_figure_holds_no_date_no_version_and_no_comment():
    svg = picture(drawn()).data["image/svg+xml"]

    assert "<metadata" not in svg
    assert "<!--" not in svg
    assert "<dc:date" not in svg


def test_two_figures_share_no_id():
    first, second = (picture(drawn(alt=alt)).data["image/svg+xml"] for alt in ("One.", "Two."))
    ids = [
        {part.get("id") for part in ET.fromstring(svg).iter() if part.get("id")} for svg in (first, second)
    ]

    assert ids[0]
    assert ids[0].isdisjoint(ids[1])


def test_every_reference_within_a_figure_finds_its_id():
    root = ET.fromstring(picture(drawn()).data["image/svg+xml"])
    ids = {part.get("id") for part in root.iter()}
    hrefs = {part.get("{http://www.w3.org/1999/xlink}href") for part in root.iter()} - {None}
    clips = {part.get("clip-path") for part in root.iter()} - {None}

    assert hrefs
    assert clips
    assert {href.removeprefix("#") for href in hrefs} <= ids
    assert {clip.removeprefix("url(#").removesuffix(")") for clip in clips} <= ids


def test_several_figures_are_shown_one_after_the_other():
    outputs = given(display.show, drawn(alt="One."), NOTHING, drawn(alt="Two."))

    assert [output.data["text/plain"] for output in outputs if "figure" in output.metadata.coprod] == [
        "One.",
        "Two.",
    ]


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ((display.show, NOTHING), "This programme has no survey."),
        ((display.show,), display.NOTHING_TO_DRAW),
        ((display.table, EMPTY, "Nothing"), "This programme has no survey."),
        ((display.say, []), display.NOTHING_TO_SAY),
    ],
)
def test_where_there_is_nothing_to_show_one_line_says_why(call, reason):
    (output,) = given(*call)

    assert output.metadata == {"coprod": {"left_out": reason}}
    assert output.data["text/plain"] == f"Left out: {reason}"


def test_a_table_has_a_caption_and_headings_for_columns_and_rows():
    table = BeautifulSoup(shown_table(protect(shares((1, 2, 6)), "internal"), "Heard?"), "html.parser")

    assert table.caption.get_text() == "Heard?"
    assert {heading["scope"] for heading in table.thead.find_all("th")} == {"col"}
    assert [row.find(True).name for row in table.tbody.find_all("tr")] == ["th"]
    assert table.tbody.th["scope"] == "row"


def test_answers_stand_side_by_side_and_below_twenty_people_in_counts():
    assert cells(shown_table(protect(shares((1, 2, 6)), "internal"), "Heard?")) == [
        ["Question", *LABELS, "Left blank"],
        ["I felt heard", "1 of 9", "2 of 9", "6 of 9", "1 of 10"],
    ]


def test_in_bands_a_table_holds_no_count_but_the_rounded_base():
    """28 people: above 10 and below 40, so the public reads words."""
    html = shown_table(protect(shares((3, 5, 20)), "public"), "Heard?")

    assert cells(html)[1] == ["I felt heard", "few or none", "some", "most", "few or none", "about 30"]


def test_groups_stand_in_rows_where_there_are_several():
    table = pd.concat([shares((1, 2, 6)).assign(group=group) for group in ("North", "South")])

    assert [row[:2] for row in cells(shown_table(protect(table, "internal"), "Heard?"))[1:]] == [
        ["I felt heard", "North"],
        ["I felt heard", "South"],
    ]


def test_items_of_different_scales_stand_one_answer_a_row():
    other = shares((4, 4, 4)).assign(item="q9", text="How often").replace({"answer": {"Agree": "Often"}})
    shown = protect(pd.concat([shares((1, 2, 6)), other], ignore_index=True), "internal")

    assert cells(shown_table(shown, "Both"))[0] == ["Question", "Answer", "How many"]


def test_an_interval_below_twenty_people_is_said_in_people():
    """Wilson's interval of 6 of 9 is 0.354 to 0.879, so 3.2 to 7.9 people."""
    table = pd.DataFrame(
        {"item": ["q"], "text": ["Heard"], "group": ["Everybody"], "n": [6], "base": [9]}
        | {"share": [6 / 9], "low": [0.354], "high": [0.879], "says": ["agreed"]}
    )

    assert cells(shown_table(protect(table, "internal"), "Heard?")) == [
        ["Question", "How many", "95% interval"],
        ["Heard", "6 of 9", "3 to 8 of 9"],
    ]


def test_columns_can_be_chosen_and_named():
    shown = Shown(pd.DataFrame({"organisation": ["Club"], "money": [25000], "code": ["x"]}), "internal")

    assert cells(shown_table(shown, "Money", {"organisation": "Who", "money": "Pounds"})) == [
        ["Who", "Pounds"],
        ["Club", "25,000"],
    ]


def test_raw_counts_cannot_be_chosen_beside_what_is_said_of_them():
    with pytest.raises(ValueError, match="'n' holds raw counts"):
        given(display.table, protect(shares((1, 2, 6)), "internal"), "Heard?", {"text": "Question", "n": "n"})


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="no column 'texd'"):
        given(display.table, protect(shares((1, 2, 6)), "internal"), "Heard?", {"texd": "Question"})


def test_a_table_that_has_not_come_through_the_door_is_not_shown():
    with pytest.raises(TypeError, match="DataFrame"):
        given(display.table, shares((1, 2, 6)), "Heard?")


def test_notes_on_what_is_not_shown_stand_below_the_table():
    html = shown_table(protect(shares((1, 2, 6), (0, 1, 1)), "internal"), "Heard?")

    assert (
        BeautifulSoup(html, "html.parser").find("p", class_="note").get_text().startswith("“I felt heard 1”")
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (pd.Timestamp("2024-03-01"), "1 March 2024"),
        (pd.NaT, ""),
        (float("nan"), ""),
        (None, ""),
        (2.0, "2"),
        (2.5, "2.5"),
        (1234567, "1,234,567"),
        (True, "yes"),
        (("design", "delivery"), "design, delivery"),
    ],
)
def test_values_are_said_as_people_say_them(value, said):
    shown = Shown(
        pd.DataFrame({"name": ["a"], "value": pd.Series([value], dtype=object), "c": ["c"]}), "public"
    )

    assert cells(shown_table(shown, "Values", {"name": "Name", "value": "Value"}))[1][1] == said


def test_only_numbers_stand_to_the_right():
    shown = Shown(
        pd.DataFrame({"name": ["a", "b"], "money": [5, float("nan")], "note": ["x", "y"]}), "public"
    )

    soup = BeautifulSoup(shown_table(shown, "Money"), "html.parser")

    assert [th.get("class") for th in soup.thead.find_all("th")] == [None, ["number"], None]


def test_one_sentence_is_a_paragraph_and_several_a_list():
    one, several = given(display.say, ["One."])[0].data, given(display.say, ["One.", "Two."])[0].data

    assert BeautifulSoup(one["text/html"], "html.parser").p.get_text() == "One."
    assert len(BeautifulSoup(several["text/html"], "html.parser").ul.find_all("li")) == 2
    assert several["text/plain"] == "One.\nTwo."


def test_a_bare_sentence_is_not_taken_apart_into_letters():
    with pytest.raises(TypeError, match="list"):
        given(display.say, "One.")


def test_the_title_block_tells_what_the_report_is_about():
    (output,) = given(display.masthead, programme(place="north"), "What we learned", "internal")

    assert output.metadata.coprod.masthead == {
        "title": "What we learned",
        "programme": "Riverside together",
        "about": "Neighbours and a council.",
        "place": "North bank",
        "wave": "All waves",
        "audience": "internal",
        "date": "2025-07-01",
        "kind": "real",
        "source": "Closing survey",
        "licence": "CC BY 4.0",
        "attribution": "Riverside council kept the answers.",
    }
    assert "Data of 1 July 2025" in output.data["text/plain"]


def test_a_programme_without_waves_has_none_in_its_title_block():
    (output,) = given(display.masthead, programme(waves={}), "What we learned", "public")

    assert output.metadata.coprod.masthead.wave == ""


@pytest.mark.parametrize(("kind", "warned"), [("synthetic", True), ("real", False)])
def test_invented_data_are_called_so(kind, warned):
    (output,) = given(display.masthead, programme(kind=kind), "What we learned", "public")

    assert ("Invented data" in output.data["text/html"]) is warned
    assert ("Invented data" in output.data["text/plain"]) is warned


def test_an_unknown_audience_names_the_nearest():
    with pytest.raises(UnknownName, match="public"):
        given(display.masthead, programme(), "What we learned", "pubic")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_tables_sentences_and_title_blocks(text):
    shown = protect(shares((1, 2, 6), text=text), "internal")
    outputs = [
        *given(display.table, shown, text),
        *given(display.say, [text, text]),
        *given(display.masthead, programme(title=text, source=text), text, "public"),
        *given(display.show, drawn(shown, title=text), caption=text),
    ]

    for output in (one for one in outputs if "text/html" in one.data):
        soup = BeautifulSoup(output.data["text/html"], "html.parser")
        assert text in soup.get_text()
        assert not soup.find_all(["script", "style", "img", "svg", "a", "b"])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_a_picture(text):
    figure = drawn(alt=text)
    figure.ax.text(0, 0, "x", gid="mark")
    root = ET.fromstring(picture(figure).data["image/svg+xml"])

    assert root.get("aria-label").split() == text.split()
