"""The questionnaire as files for survey tools: every question and label is there, in order, as text."""

import csv
import re
import shutil
import subprocess
from html import unescape

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyxform.xls2xform import convert
from survey import AGREEMENT, SCALES, survey

import coprod
from coprod.codebook import Scale
from coprod.instrument import FORMS, run
from coprod.instrument.form import FOR_WHOM, WHERE, make_form
from coprod.names import UnknownName
from coprod.problems import FileRefused, ProgrammeProblems

SUFFIXES = {name: ending for name, (ending, *_) in FORMS.items()}
KINDS = {
    "rated": {},
    "second": {},
    "topic": {"kind": "choice", "scale": "topics", "section": "More"},
    "topics": {"kind": "multi", "scale": "topics", "section": "More"},
    "hours": {"kind": "number", "scale": "", "section": "More"},
    "words": {"kind": "text", "scale": "", "section": "More"},
    "own_code": {"kind": "code", "scale": "", "section": ""},
    "may_we": {"kind": "consent", "scale": "", "section": ""},
}
TRICKS = [
    *("=1+1", "+44 20", "-5 people", "@all", '=HYPERLINK("x")', "#REF!", "<b>&amp;</b>", "]]>", '"quoted"'),
    *("${rated}", "{TOKEN:EMAIL}", "{{x}}", "two\n lines\tand a tab", "'", "\\", "0", "é 🙂", "a | b;c,d"),
    *("instance('x')/" + "root/item[1]/y", "last\x0bone", "%s {0}", "None"),
]


@pytest.fixture(scope="module")
def demo():
    return coprod.open("demo")


def plain(text):
    return " ".join(text.replace("\x0b", "").split())


def of_kinds(**changes):
    """A programme with a question of every kind."""
    return survey({name: [""] for name in KINDS}, items=KINDS, **changes)


def asking(*texts, labels=()):
    """A programme that asks these questions, all on one scale with these labels."""
    items = {f"q{number}": {"text": text} for number, text in enumerate(texts)}
    scale = Scale("agreement", tuple(labels) or AGREEMENT.labels, (), "none", None, (), "", "")
    return survey({name: [""] for name in items}, items=items, scales=SCALES | {"agreement": scale})


def written(programme, form, folder, wave=""):
    return run(programme, form, folder / f"form{SUFFIXES[form]}", wave)


def sheets(path):
    """Give the sheets of an XLSForm as rows by column, and say that nothing in them computes."""
    book = load_workbook(path)
    found = {}
    for sheet in book:
        assert all(cell.data_type in ("s", "n") for row in sheet for cell in row)  # blank cells are "n"
        header, *rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
        found[sheet.title] = [dict(zip(header, row, strict=True)) for row in rows]
    return found


def tsv(path):
    """Read what LimeSurvey would read."""
    text = path.read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [dict(zip(header, row, strict=True)) for row in rows]


def paragraphs(path, *styles):
    return [part.text for part in Document(str(path)).paragraphs if part.style.name in styles]


def shown(rows, *kinds):
    """What LimeSurvey shows of rows of a kind."""
    return [unescape(row["text"]) for row in rows if row["class"] in kinds]


def test_pyxform_converts_the_demo_without_a_warning(demo, tmp_path):
    warnings = []

    convert(written(demo, "xlsform", tmp_path), warnings=warnings)

    assert warnings == []


def test_an_xlsform_asks_every_question_in_order(demo, tmp_path):
    survey_rows = sheets(written(demo, "xlsform", tmp_path))["survey"]

    asked = [row for row in survey_rows if row["type"] not in ("note", "begin_group", "end_group")]

    assert [row["name"] for row in asked] == ["place", "sector", *demo.items.index]
    assert [row["label"] for row in asked] == [WHERE, FOR_WHOM, *demo.items["text"]]


def test_an_xlsform_holds_every_label_in_order(demo, tmp_path):
    choices = sheets(written(demo, "xlsform", tmp_path))["choices"]

    lists = {}
    for row in choices:
        lists.setdefault(row["list_name"], []).append(row["label"])

    for name, scale in demo.scales.items():
        assert lists[name] == [*scale.labels, *scale.non_answers]
    assert lists["place"] == list(demo.places.values())


def test_codes_of_an_xlsform_are_readable_and_numbers_stay_what_they_are(demo, tmp_path):
    choices = sheets(written(demo, "xlsform", tmp_path))["choices"]

    codes = {(row["list_name"], row["label"]): row["name"] for row in choices}

    assert codes["agreement", "Don't know"] == "don_t_know"
    assert all(codes["likelihood", str(number)] == str(number) for number in range(11))


def test_every_kind_of_question_has_its_type_in_an_xlsform(tmp_path):
    rows = {row["name"]: row for row in sheets(written(of_kinds(), "xlsform", tmp_path))["survey"]}

    types = [rows[name]["type"] for name in KINDS]

    assert types == [
        *("select_one agreement", "select_one agreement", "select_one topics", "select_multiple topics"),
        *("decimal", "text", "text", "select_one may_we"),
    ]


def test_only_the_place_must_be_given(tmp_path):
    rows = sheets(written(of_kinds(), "xlsform", tmp_path))["survey"]
    lime = tsv(written(of_kinds(), "limesurvey", tmp_path))

    assert [row["name"] for row in rows if row["required"]] == ["place"]
    assert [row["name"] for row in lime if row["mandatory"] == "Y"] == ["place"]


def test_a_programme_without_places_and_sectors_does_not_ask_for_them():
    form = make_form(of_kinds(places={}, sectors={}))

    assert [question.key for question in form.questions] == list(KINDS)


def test_the_first_page_says_that_an_invented_programme_is_invented():
    invented, real = (make_form(of_kinds(kind=kind)).before for kind in ("synthetic", "real"))

    assert "invented" in invented[0]
    assert not any("invented" in text for text in real)


def test_the_first_page_names_the_smallest_group_that_is_shown():
    assert any(
        "fewer than 7 tenants" in text
        for text in make_form(of_kinds(smallest_group=7, respondents="tenants")).before
    )


def test_a_wave_asks_its_own_questions_only(demo):
    first, last = (make_form(demo, wave) for wave in ("start", "end"))

    missing = {question.key for question in last.questions} - {question.key for question in first.questions}

    assert missing == {"recommend", "attendance"}
    assert (first.name, last.title) == ("demo-start", "Riverside policy labs (demo): End")


def test_an_unknown_wave_is_refused_with_those_there_are(demo, tmp_path):
    with pytest.raises(UnknownName, match="start"):
        written(demo, "docx", tmp_path, "strat")
    assert list(tmp_path.iterdir()) == []


def test_limesurvey_gets_the_columns_of_its_manual(demo, tmp_path):
    path = written(demo, "limesurvey", tmp_path)

    rows = tsv(path)

    assert path.read_bytes().startswith(
        b"\xef\xbb\xbfclass\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\t"
    )
    assert {row["class"] for row in rows} == {"S", "SL", "G", "Q", "SQ", "A"}
    assert {row["language"] for row in rows} == {"en"}


def test_limesurvey_keeps_no_address_and_no_time(demo, tmp_path):
    rows = tsv(written(demo, "limesurvey", tmp_path))

    settings_of_survey = {row["name"]: row["text"] for row in rows if row["class"] == "S"}

    assert {name: settings_of_survey[name] for name in ("ipaddr", "datestamp", "refurl")} == dict.fromkeys(
        ("ipaddr", "datestamp", "refurl"), "N"
    )
    assert settings_of_survey["anonymized"] == "Y"


def test_limesurvey_asks_every_question_in_order(demo, tmp_path):
    rows = tsv(written(demo, "limesurvey", tmp_path))
    several = set(demo.scales["obstacles"].labels)
    grids = {"The five conditions", "The five principles"}

    asked = [text for text in shown(rows, "Q", "SQ") if text not in several | grids]

    assert asked == [WHERE, FOR_WHOM, *demo.items["text"]]


def test_statements_on_one_scale_are_one_grid_in_limesurvey(tmp_path):
    rows = tsv(written(of_kinds(), "limesurvey", tmp_path))

    kinds = [(row["class"], row["type/scale"], row["name"]) for row in rows]

    start = kinds.index(("Q", "F", "grid1"))
    assert kinds[start + 1 : start + 4] == [("SQ", "0", "rated"), ("SQ", "0", "second"), ("A", "0", "A1")]
    assert shown(rows[start + 3 : start + 10], "A") == [*AGREEMENT.labels, *AGREEMENT.non_answers]


def test_every_kind_of_question_has_its_type_in_limesurvey(tmp_path):
    rows = tsv(written(of_kinds(), "limesurvey", tmp_path))

    types = {row["name"]: row["type/scale"] for row in rows if row["class"] == "Q"}

    assert types == {
        **{"place": "L", "sector": "L", "grid1": "F", "topic": "L", "topics": "M", "hours": "N"},
        **{"words": "T", "owncode": "S", "maywe": "L"},
    }


def test_codes_are_such_as_limesurvey_takes(tmp_path):
    names = ["time", "id", "a_b", "ab", "9_lives", "_", "-", "x" * 60, "x" * 59 + "y", "grid1"]
    texts = {name: {"text": name, "section": name} for name in names}
    rows = tsv(written(survey({name: [""] for name in names}, items=texts), "limesurvey", tmp_path))

    codes = [row["name"] for row in rows if row["class"] == "Q"]

    assert all(re.fullmatch("[a-z][a-z0-9]{0,19}", code) for code in codes)
    assert len(set(codes)) == len(names) + 2
    assert {"time", "id"}.isdisjoint(codes)


def test_word_has_every_question_and_every_label(demo, tmp_path):
    path = written(demo, "docx", tmp_path)

    labels = {label for scale in demo.scales.values() for label in scale.labels + scale.non_answers}

    assert paragraphs(path, "List Number") == [WHERE, FOR_WHOM, *demo.items["text"]]
    assert labels | set(demo.places.values()) <= set(paragraphs(path, "List Bullet 2"))


def test_word_has_headings_and_is_in_british_english(demo, tmp_path):
    path = written(demo, "docx", tmp_path)

    document = Document(str(path))

    assert paragraphs(path, "Title") == [demo.title]
    assert paragraphs(path, "Heading 1")[:2] == ["Before you start", "About you"]
    assert paragraphs(path, "Heading 1")[2:] == list(dict.fromkeys(demo.items["section"]))
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml
    assert (document.core_properties.language, document.core_properties.author) == ("en-GB", "")


def test_word_has_a_place_for_the_words_of_consent(demo, tmp_path):
    text = "\n".join(paragraphs(written(demo, "docx", tmp_path), "Normal"))

    assert "[Write here who asks and what for" in text
    assert "Groups of fewer than 5 people" in text


def test_libreoffice_opens_the_word_document(demo, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = written(demo, "docx", tmp_path)
    home = f"-env:UserInstallation=file://{tmp_path}/office"

    subprocess.run(
        [office, home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
    )

    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("trick", TRICKS)
def test_whatever_a_label_or_a_question_holds_pyxform_takes_it_as_text(trick, tmp_path):
    path = written(asking(f"{trick} a", trick, labels=(trick, "Other")), "xlsform", tmp_path)
    warnings = []

    form = convert(path, warnings=warnings, pretty_print=False)

    assert warnings == []
    assert "<output" not in form.xform
    texts = {row["label"] for rows in sheets(path).values() for row in rows if "label" in row}
    assert plain(trick) in {
        re.sub(r"\$ (?=\{)|instance (?=\()", lambda cut: cut[0][:-1], text) for text in texts
    }


@pytest.mark.parametrize("trick", TRICKS)
def test_whatever_a_label_or_a_question_holds_limesurvey_shows_it_as_text(trick, tmp_path):
    rows = tsv(written(asking(trick, "other", labels=(trick, "Other")), "limesurvey", tmp_path))

    cells = [cell for row in rows for cell in row.values()]

    assert not any(
        re.search(r"\{\S", cell) or '"' in cell or cell[:1] in tuple("=+-@") for cell in cells if cell
    )
    assert shown(rows, "SQ")[0].replace("{ ", "{") == plain(trick)
    assert plain(trick) in [text.replace("{ ", "{") for text in shown(rows, "A")]


@pytest.mark.parametrize("trick", TRICKS)
def test_whatever_a_label_or_a_question_holds_word_shows_it_as_text(trick, tmp_path):
    path = written(asking(trick, labels=(trick, "Other")), "docx", tmp_path)

    assert plain(trick) in paragraphs(path, "List Number")
    assert plain(trick) in paragraphs(path, "List Bullet 2")


words = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30
).filter(plain)
keys = st.from_regex(r"[a-z0-9_-]{1,60}", fullmatch=True).filter(lambda key: key not in ("place", "sector"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(keys, words, min_size=1, max_size=6),
    st.lists(words, min_size=2, max_size=6, unique_by=plain),
)
def test_any_codebook_is_converted_with_all_its_questions_and_labels(tmp_path, texts, labels):
    items = {key: {"text": text, "kind": "multi"} for key, text in texts.items()}
    scale = Scale("agreement", tuple(labels), (), "none", None, (), "", "")
    programme = survey({name: [""] for name in items}, items=items, scales={"agreement": scale})
    path = tmp_path / "form.xlsx"
    path.unlink(missing_ok=True)
    warnings = []

    convert(run(programme, "xlsform", path), warnings=warnings)

    found = sheets(path)
    assert warnings == []
    assert sum(row["type"] == "select_multiple agreement" for row in found["survey"]) == len(texts)
    assert sum(row["list_name"] == "agreement" for row in found["choices"]) == len(labels)


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_there_is_not_written_over(form, demo, tmp_path):
    there = tmp_path / f"form{SUFFIXES[form]}"
    there.write_text("somebody's")

    with pytest.raises(FileExistsError, match="nothing was changed"):
        run(demo, form, there)

    assert there.read_text() == "somebody's"


@pytest.mark.parametrize("name", ["form.pdf", "nowhere/form.docx"])
def test_a_file_that_cannot_be_written_is_refused_in_words(name, demo, tmp_path):
    with pytest.raises(FileRefused):
        run(demo, "docx", tmp_path / name)


def test_an_unknown_form_is_refused_with_the_nearest(demo, tmp_path):
    with pytest.raises(UnknownName, match="xlsform"):
        run(demo, "xslform", tmp_path / "form.xlsx")


def test_a_programme_without_a_codebook_is_refused_and_nothing_is_written(tmp_path):
    programme = coprod.open("knowledge-in-action")

    with pytest.raises(ProgrammeProblems, match="no questions"):
        run(programme, "docx", tmp_path / "form.docx")

    assert list(tmp_path.iterdir()) == []
