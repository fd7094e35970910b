"""Personal details in what people wrote: what can be told by its form is replaced, names are pointed out.

E-mail and web addresses, user names, telephone, NHS and National Insurance numbers, postcodes and street
addresses have a form, and are replaced by words in brackets. Better one date too many than one telephone
number too few: a number that is mistyped, and so exists nowhere, is replaced as well.

Names have no form. :func:`likely_names` gives the capitalised words for a person to look at, and takes
nothing away. Nothing here makes a text anonymous: "the only midwife in the village" has no form either.

Every pattern is bounded or possessive, so that time grows with the length of the text, whatever it holds.

Source
------
Postcodes: Royal Mail, Programmers' guide to the Postcode Address File. National Insurance numbers: HMRC,
National Insurance Manual NIM39110. NHS numbers: NHS Data Dictionary, "NHS number", modulus 11.
"""

import re
import unicodedata

import pandas as pd

JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # emoji and some scripts need them

_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|"
    "EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|"
    "MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|"
    "TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_GAP = r"[\s().\-\u2010\u2011\u2013]{0,3}"  # between the digits of a telephone number
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = f"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|{_MONTHS}"
_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Court|Ct|Crescent|Cres|Place|Pl|Terrace|Ter|"
    "Gardens|Gdns|Way|Walk|Square|Sq|Hill|Row|Mews|Grove|Green|Park|Rise|View|Yard|Wharf|Parade|Vale|Croft"
)
_WELSH_STREETS = "Heol|Ffordd|Stryd|Lôn|Maes|Rhodfa|Clos|Cwrt"
_NO_STREET = "per|mph|mile|miles|lane|metre|way|main|busy|a|an|the|in|on|of"  # as in "a 40 mph road"

_TO_END = r"[^\s<>\"\[\]]{0,2000}[^\s<>\"\[\].,;:!?)'\u2019]"  # the full stop after an address is not of it
_MAILBOX = r"\w[\w.+'\u2019&/%-]{0,79}+"
_WEB = rf"(?i)(?:(?:https?|ftp)://|www\.){_TO_END}"
_EMAIL = (
    rf"(?i)[@\uff20]?{_MAILBOX}(?:\s?[@\uff20]\s?|\s?[(\[{{]\s?at\s?[)\]}}]\s?)"
    r"[^\W\d][\w-]{0,62}(?:(?:\.|\s?[(\[{]\s?dot\s?[)\]}]\s?)[\w-]{1,63}){1,6}"
    rf"|{_MAILBOX}[@\uff20][^\W\d_][\w-]{{1,62}}"
    rf"|{_MAILBOX} at [\w-]{{1,63}} dot [\w-]{{2,24}}(?: dot [\w-]{{2,24}})?"
)
_HANDLE = r"(?<![\w@])[@\uff20][^\W\d][\w.-]{1,30}"
_DOMAIN = (
    r"(?i)(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}"
    rf"\.(?:(?:com|org|net|info|uk|eu|scot|wales|cymru|london)\b(?:/{_TO_END})?|[a-z]{{2,24}}/\w{_TO_END})"
)
_DATE = r"0[1-9][ ./-](?:(?:0[1-9]|[12]\d|3[01])[ ./-])?(?:19|20)\d\d\b|0\d\.\d\d\b"
_PHONE = (
    rf"(?<![\d£$€])(?!{_DATE})(?:\(?(?:\+|00)\s?44\)?{_GAP}(?:\(0\)|0)?{_GAP}|\(?0\)?)"
    rf"[1-9](?:{_GAP}\d){{8,11}}(?!\d)(?:\s?(?:ext|x)\.?\s?\d{{1,5}})?"
    rf"|\+\d(?:{_GAP}\d){{7,14}}(?!\d)"
)
_NHS = r"(?<![\d+£$€])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d%])"
_MOBILE = r"(?<![\d£$€])7\d{3}[ -]?\d{3}[ -]?\d{3}(?![\d%])"  # its 0 lost to a spreadsheet
_RING = (
    r"(?i)\b((?:ring|call|phone|text|tel|telephone|mobile|mob|whatsapp)\b[^\d\n£$€\]]{0,12})"
    r"(?!(?:19|20)\d\d\b)\d(?:[ -]?\d){5,9}(?![\d%])"
)
_INSURANCE = (
    r"(?i)\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"(?:(?:[ .-]?\d{2}){3}[ .-]?[A-D]|(?-i:(?<=[A-Z]{2})\d{6}))\b"
)
_POSTCODE = (
    rf"(?i)\b(?:(?:{_AREAS})(?:\d{{1,2}}|\d[A-HJKMNPR-Y])|GIR)[ \u00a0-]{{0,2}}"
    r"(?!\d(?-i:st|nd|rd|th)\b)\d[ABD-HJLNP-UW-Z]{2}\b"
)
_NAME = r"[^\W\d_a-z][\w'\u2019.-]{0,30}"  # begins with a capital
_ADDRESS = (
    r"(?:\b(?:[Ff]lat|[Aa]partment|[Uu]nit) \w{1,4},? )?(?<![\w£$€.,])(?!(?:19|20)\d\d\b)"
    rf"\d{{1,4}}[A-Za-z]?(?:[-/\u2013]\d{{1,4}})?,?[ \n](?!(?:{_MONTHS})\b)"
    rf"(?:(?:{_NAME} ){{1,4}}(?:{_STREETS})"
    rf"|(?i:(?!(?:{_NO_STREET})\b)[^\W\d_]{{2,30}} (?:street|road|avenue|crescent|terrace))"
    rf"|(?i:{_WELSH_STREETS}) (?:(?:yr?|{_NAME}) ){{0,2}}{_NAME})\b"
)

E_MAIL, WEB, USER = "[e-mail address]", "[web address]", "[user name]"
TELEPHONE, NHS, INSURANCE = "[telephone number]", "[NHS number]", "[National Insurance number]"
POSTCODE, STREET = "[postcode]", "[street address]"


def _checked(found: re.Match[str]) -> str:
    """Replace ten digits if their last one is the check digit of an NHS number."""
    digits = [int(digit) for digit in found[0] if digit.isdigit()]
    rest = sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return NHS if (11 - rest) % 11 == digits[-1] else found[0]


# In this order: a web address may hold a user name, and an e-mail address ends like a web address.
PATTERNS = [
    (re.compile(_WEB), WEB),
    (re.compile(_EMAIL), E_MAIL),
    (re.compile(_HANDLE), USER),
    (re.compile(_DOMAIN), WEB),
    (re.compile(_PHONE), TELEPHONE),
    (re.compile(_NHS), _checked),
    (re.compile(_MOBILE), TELEPHONE),
    (re.compile(_RING), rf"\1{TELEPHONE}"),
    (re.compile(_INSURANCE), INSURANCE),
    (re.compile(_POSTCODE), POSTCODE),
    (re.compile(_ADDRESS), STREET),
]
MASKS = (E_MAIL, WEB, USER, TELEPHONE, NHS, INSURANCE, POSTCODE, STREET)

_WORD = r"(?<!\w)[^\W\d_a-z][\w'\u2019-]{0,30}"
_MASKED = re.compile("|".join(map(re.escape, MASKS)))
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Rev|Sir|Dame|Lord|Lady|Sgt|PC)\b\.? "
    rf"{_WORD}(?: {_WORD}){{0,2}}"
)
_CALLED = re.compile(
    r"(?i)\b(?:my name is|my name['\u2019]s|fy enw i yw|called|call me|ask for) "
    r"((?-i:[^\W\d_a-z])[\w'\u2019-]{1,30}|(?<=name is )\w{2,30}|(?<=enw i yw )\w{2,30})"
)
_CAPITALS = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}")
_QUOTES = "\"'“‘(["  # noqa: RUF001
# Capitals that belong to no name: what a sentence may begin with before one, days, months, languages.
_ORDINARY = frozenset(
    (
        "I I'm I'd I've I'll It's That's What's There's Here's Let's He's She's Who's How's Where's One's "
        "People's Everybody's Everyone's Somebody's Someone's Nobody's Today's The A An In On At With For "
        "From To And But So If When Where We Our My Your They Their This That English Welsh British Cymraeg "
        f"Christmas Easter Zoom Covid {_DAYS}"
    )
    .replace("|", " ")
    .split()
)
_WINDOW = 12  # letters to look back for the end of the sentence before


def masked(text: str) -> str:
    """Replace personal details that have a form by words in brackets.

    Parameters
    ----------
    text : str
        As somebody wrote it. It comes back in one line, without letters that cannot be seen, such as
        those that turn the direction of writing round.

    Returns
    -------
    str
        Names, and whatever else tells who somebody is without having a form, are still there.
    """
    plain = " ".join("".join(filter(_seen, text)).split())
    for pattern, words in PATTERNS:
        plain = pattern.sub(words, plain)
    return plain


def masked_all(texts: pd.Series) -> pd.Series:
    """Mask every text of a column; missing stays missing."""
    return texts.map(masked, na_action="ignore")


def likely_names(text: str) -> list[str]:
    """List what may be names, for a person to look at: each once, those with a title first.

    Words with a capital within a sentence, words after "my name is", and whatever follows Mr, Dr or
    Cllr. A place or an organisation looks like a name too. A first name alone at the beginning of a
    sentence looks like any other word there, and is not found unless something is said to be its own
    ("Siân's drawing").
    """
    plain = _MASKED.sub(",", "".join(filter(_seen, text)))
    found = [titled[0] for titled in _TITLED.finditer(plain)]
    found += [called[1] for called in _CALLED.finditer(plain)]
    untitled = _TITLED.sub(",", plain)
    for words in _CAPITALS.finditer(untitled):
        kept = _name_in(words[0].replace("’", "'").split(), first=_begins(untitled, words.start()))  # noqa: RUF001
        found += [kept] * bool(kept)
    return list(dict.fromkeys(found))


def _seen(letter: str) -> bool:
    return letter in JOINERS or letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf")


def _begins(text: str, at: int) -> bool:
    """Say whether a sentence begins there: at the start, after its end, a line's end, or a quotation mark."""
    before = text[max(0, at - _WINDOW) : at]
    ended = before.rstrip(" ")
    return at == 0 or not ended or ended[-1] in ".!?:;…\n\r•*" or before[-1] in _QUOTES


def _name_in(words: list[str], *, first: bool) -> str:
    """Take away what is no name; the first word of a sentence has its capital anyway."""
    owned = words[0].endswith("'s")
    if first and len(words) == 1 and not owned:
        return ""
    kept = [word.removesuffix("'s").rstrip("'-") for word in words if not _ordinary(word)]
    return " ".join(kept)


def _ordinary(word: str) -> bool:
    short = word.isupper() and len(word) <= 3  # NHS, UK, R and D
    return word in _ORDINARY or short or not word[0].isupper()
