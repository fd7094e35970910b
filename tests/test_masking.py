"""Personal details in free text: what is replaced, what must stay, and what a person is shown."""

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coprod.masking import (
    E_MAIL,
    INSURANCE,
    MASKS,
    NHS,
    POSTCODE,
    STREET,
    TELEPHONE,
    USER,
    WEB,
    likely_names,
    masked,
    masked_all,
)

# Numbers and addresses from the ranges kept free: RFC 2606 (example.org) and Ofcom's numbers for drama.
REPLACED = {
    E_MAIL: [
        "kit@example.org",
        "Kit.O'Brien+labs@mail.example.co.uk",
        "kit @ example.org",
        "kit＠example.org",  # noqa: RUF001
        "kit (at) example (dot) org",
        "kit at example dot org",
        "kit@localhost",
        "@kit@social.example.org",
    ],
    WEB: [
        "https://example.org/a?b=c#d",
        "www.example.org/x",
        "example.co.uk",
        "bit.ly/abc",
        "HTTP://EXAMPLE.ORG",
    ],
    USER: ["@kit_b", "@Siân"],
    TELEPHONE: [
        "01632 960456",
        "(01632) 960 456",
        "01632-960-456",
        "01632 - 960456",
        "01632 960 456 ext 12",
        "020 7946 0018",
        "+44 (0)20 7946 0018",
        "+44 7700 900123",
        "0044 7700 900123",
        "07700900123",
        "7700 900123",
        "+1 202 555 0143",
        "01632 9604567",
    ],
    NHS: ["943 476 5919", "9434765919", "943-476-5919"],
    INSURANCE: ["AB 12 34 56 C", "AB123456C", "ab123456c", "AB123456"],
    POSTCODE: ["SW1A 1AA", "sw1a1aa", "LN6 7TS", "M1 1AA", "EC1A 1BB", "CF10 3AT", "GIR 0AA", "S1\u00a02HE"],
    STREET: [
        "12 High Street",
        "12 high street",
        "12b Mill Lane",
        "Flat 3, 12 St Mary's Road",
        "7-9 Castle Hill",
        "5 Stryd Fawr",
        "3 Heol y Bont",
    ],
}
STAYS = [
    "In 2019, 2020 and 2021 we met",
    "12 people in room 14",
    "Take the M25 and then the A1",
    "£1,234,567,890 for 20 years",
    "£12 Park Lane money",
    "01-02-2023 10:30",
    "09.30-10.30 11.30-12.30",
    "from 03 2020 to 05 2021",
    "the 8.30 meetings, 3.5 of 10, e.g. on Monday",
    "12 people on the street, 10 minutes walk, a 5 hours drive",
    "a 40 mph road and 2 per street",
    "12 March Street party",
    "2019 Castle Park",
    "meet @ 5pm",
    "+1 to meeting outdoors",
    "12 November 2025 at 3pm",
    "M25 3am, W1 2pm, floor B1 2nd door",
    "50% of each meeting; 100% would be too much",
    "1234567890 homes",
    "999 and 111 and 101",
    "call 12000 homes, text 2000 people, phone in 2019",
    "finished.Me too",
    "and/or, 24/7, R&D",
    "Sitting on the last 38 with the apprentices",
]


def cases(table):
    return [pytest.param(text, words, id=text) for words, texts in table.items() for text in texts]


@pytest.mark.parametrize(("text", "words"), cases(REPLACED))
def test_what_has_a_form_is_replaced_by_words(text, words):
    """NHS number and its check digit from the NHS Data Dictionary; the rest as people write them."""
    assert masked(f"say {text}") == f"say {words}"


@pytest.mark.parametrize("text", STAYS)
def test_what_only_looks_like_it_stays(text):
    assert masked(text) == text


def test_ten_digits_with_a_wrong_check_digit_are_no_nhs_number():
    """943 476 5919 is valid by modulus 11, and no other last digit is."""
    others = [f"943 476 591{digit}" for digit in range(9)]

    assert [masked(text) for text in others] == others


def test_a_full_stop_after_an_address_stays():
    assert masked("Write to kit@example.org. Then see www.example.org.") == (
        f"Write to {E_MAIL}. Then see {WEB}."
    )


def test_a_number_to_ring_is_replaced_even_without_its_area():
    assert masked("Ring me on 960456 or text 960 457.") == f"Ring me on {TELEPHONE} or text {TELEPHONE}."


@pytest.mark.parametrize("letter", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u202e"])
def test_letters_that_cannot_be_seen_hide_nothing(letter):
    assert masked(f"kit{letter}@exam{letter}ple.org 016{letter}32 960456") == f"{E_MAIL} {TELEPHONE}"


def test_a_text_that_turns_the_page_round_is_turned_back():
    assert masked("\u202egood\u202c and \u2066bad\u2069") == "good and bad"


@pytest.mark.parametrize("text", ["👩‍👩‍👧 Gwych! ŵ ŷ", "<b>bold</b> & 'co'", "=1+1", "-- more breaks --"])
def test_other_words_stay_as_they_were_written(text):
    assert masked(text) == text


def test_lines_are_put_into_one():
    assert masked(" Two things:\nthe biscuits,\r\n\tand time. ") == "Two things: the biscuits, and time."


def test_a_whole_column_is_masked_and_missing_stays_missing():
    column = pd.Series(["kit@example.org", None, ""])

    assert masked_all(column).fillna("missing").tolist() == [E_MAIL, "missing", ""]


PIECES = st.sampled_from(
    ["kit@example.org", "01632 960456", "LN6 7TS", "12 High Street", "www.example.org", "@kit", "AB123456C"]
)
WORDS = st.text(alphabet="abc XYZ019.,@-+/()'\n", max_size=8)


@given(st.text(max_size=200))
@example("0" * 100)
def test_any_text_can_be_masked(text):
    assert isinstance(masked(text), str)


@given(st.lists(PIECES | WORDS, max_size=12).map(" ".join))
def test_masking_twice_changes_nothing_more(text):
    once = masked(text)

    assert masked(once) == once


@given(before=st.text(alphabet="abc ,;\n", max_size=30), piece=PIECES, after=st.text(alphabet="abc ,;\n"))
def test_a_detail_is_found_wherever_it_stands(before, piece, after):
    assert piece not in masked(f"{before} {piece} {after}")


@given(st.text(alphabet="abcdefghij \n", max_size=200))
def test_plain_words_keep_every_letter(text):
    assert masked(text) == " ".join(text.split())


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "@", "a@", "a.a", "0", "1 ", "01632 ", "12 High ", "https://", "www.,", "ring ", "A1"),
        *("a at b ", "(", "x.co/", "((at)", "+4", "1 Heol y ", "Flat 1 ", '"', "A'", "Mr ", "my name is "),
    ],
)
def test_a_hundred_thousand_letters_come_back(piece):
    """A pattern that tried every way to split such a text would not end within a lifetime."""
    text = piece * (100_000 // len(piece))

    assert masked(text)
    assert len(likely_names(text)) <= 2


# ---- names ----


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I asked Mary Jones on Monday", ["Mary Jones"]),
        ("Say thank you to Mrs Óg at the hall.", ["Mrs Óg"]),
        ("Cllr. Patel-Smith and Dr Llŷr said so", ["Cllr. Patel-Smith", "Dr Llŷr"]),
        ("my name is siân", ["siân"]),
        ("Fy enw i yw Llŷr", ["Llŷr"]),
        ("Siân's drawing of who rings whom", ["Siân"]),
        ("especially Llŷr’s", ["Llŷr"]),  # noqa: RUF001
        ("Thanks – Mary", ["Mary"]),  # noqa: RUF001
        ("We met in Corvenham. It rained", ["Corvenham"]),
        ("Mary and Mary met Tom", ["Mary", "Tom"]),
    ],
)
def test_words_that_may_be_names_are_pointed_out(text, names):
    assert likely_names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The tea was good. Everybody came! Really?",
        "I'm glad I came in October, on a Monday.",
        "NHS and R&D, in the UK",
        "It's 'our' plan. That's new.",
        "A list:\n* One\n* Two",
        'She said: "What would you do?"',
        "Could we have it in Welsh?",
        "kit@example.org, AB123456C and 943 476 5919",
        "",
    ],
)
def test_ordinary_capitals_are_not(text):
    assert likely_names(masked(text)) == []


def test_pointing_names_out_takes_nothing_away():
    assert masked("I asked Mary Jones") == "I asked Mary Jones"


@given(st.text(max_size=200))
def test_any_text_can_be_searched_for_names(text):
    assert all(name.strip() for name in likely_names(text))


def test_no_mask_is_taken_for_a_name():
    assert likely_names(" ".join(["we saw", *MASKS])) == []
