"""Codebooks in REFI-QDA's format: ours read back unchanged, others' read, and what is none refused."""

import re
import uuid
from xml.etree import ElementTree as ET

import pytest

from coprod import coding, framework, problems
from coprod.coding import refi, variables
from coprod.problems import FileRefused
from coprod.settings import KEY

SPACE = "{urn:QDA-XML:codebook:1.0}"
GUID = "1ff58b12-6f6f-4b0c-8be5-bbdc91f5529{}"
ATLAS = f"""<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" origin="Another program 1.0"
 xsi:schemaLocation="urn:QDA-XML:codebook:1.0 Codebook.xsd" xmlns="urn:QDA-XML:codebook:1.0">
  <Codes>
    <Code guid="{GUID.format(1)}" name="Trust &amp; power" color="#46AA00" isCodable="true">
      <Description>Who trusts whom.
Also why.</Description>
      <Code guid="{GUID.format(2)}" name="Early" isCodable="true"/>
      <Code guid="{GUID.format(3)}" name="Éarly" isCodable="true"><Description/></Code>
    </Code>
    <Code guid="{GUID.format(4)}" name="Zeit" isCodable="false"/>
  </Codes>
  <Sets><Set guid="{GUID.format(5)}" name="Group"><MemberCode guid="{GUID.format(1)}"/></Set></Sets>
</CodeBook>
"""


@pytest.fixture
def book(tmp_path):
    """Return the framework's codebook, as a file."""
    return coding.write_qdc(tmp_path / "framework.qdc")


def saved(tmp_path, text):
    path = tmp_path / "book.qdc"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refused(path):
    with pytest.raises(FileRefused) as error:
        coding.read_qdc(path)
    return problems.table(error.value.problems)


# ours


def test_the_frameworks_codes_read_back_unchanged(book):
    table = coding.read_qdc(book)

    codes = variables.choices()
    leaves = table[~table["code"].isin([*variables.VARIABLES, *variables.CODED_BY])]
    assert leaves["code"].to_list() == codes["code"].to_list()
    assert leaves["title"].to_list() == codes["title"].to_list()
    assert [text.partition("\n")[0] for text in leaves["definition"]] == codes["definition"].to_list()
    assert (
        leaves["parent"].to_list()
        == codes["kind"].where(codes["variable"] == "code", codes["variable"]).to_list()
    )


def test_each_variable_stands_above_its_choices_and_is_not_coded_with(book):
    tops = ET.parse(book).getroot().findall(f"{SPACE}Codes/{SPACE}Code")

    assert [top.get("name") for top in tops] == list(variables.VARIABLES.values())
    assert {top.get("isCodable") for top in tops} == {"false"}
    kinds = tops[list(variables.VARIABLES).index("code")].findall(f"{SPACE}Code")
    assert [kind.get("name") for kind in kinds] == ["Factors", "Insights", "Recommendations", "Contributions"]


def test_the_file_has_the_form_that_the_standard_asks_for(book):
    """REFI-QDA 1.5, section 5.2, read for ourselves: elements in order, attributes, and their values."""
    root = ET.parse(book).getroot()
    assert root.tag == f"{SPACE}CodeBook"
    assert [child.tag for child in root] == [f"{SPACE}Codes"]
    guids = []
    for code in root.iter(f"{SPACE}Code"):
        assert set(code.attrib) == {"guid", "name", "isCodable"}
        assert code.get("name")
        assert code.get("isCodable") in ("true", "false")
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", code.get("guid"))
        assert [child.tag for child in code] in (
            [f"{SPACE}Description"] * described + [f"{SPACE}Code"] * below
            for described in (0, 1)
            for below in [len(code.findall(f"{SPACE}Code"))]
        )
        guids.append(code.get("guid"))
    assert len(set(guids)) == len(guids)


def test_a_codes_guid_depends_on_its_key_alone(tmp_path, book):
    """Else another program would take the code of an updated codebook for a new one."""
    ours = uuid.uuid5(uuid.NAMESPACE_URL, "urn:coprod:framework")
    code = ET.parse(book).getroot().find(f".//{SPACE}Code[@name='Recruitment']")

    assert code.get("guid") == str(uuid.uuid5(ours, "code/factors/recruitment"))
    assert coding.write_qdc(tmp_path / "again.qdc").read_bytes() == book.read_bytes()


def test_when_to_use_a_code_and_when_not_stands_in_its_description(monkeypatch, tmp_path):
    real = framework.read
    rules = {"include": "Both <ask> & tell.", "exclude": "Only asking.", "example": "'We asked \x0b them.'"}
    monkeypatch.setattr(framework, "read", lambda kind: real(kind).assign(**rules, text="Meaning."))

    table = coding.read_qdc(coding.write_qdc(tmp_path / "book.qdc")).set_index("code")

    assert table.loc["recruitment", "definition"].split("\n\n") == [
        *["Meaning.", "Use it for: Both <ask> & tell."],
        *["Do not use it for: Only asking.", "Example: 'We asked them.'"],
    ]


def test_a_framework_that_says_less_is_written_all_the_same(monkeypatch, tmp_path):
    real = framework.read
    monkeypatch.setattr(framework, "read", lambda kind: real(kind)[["title"]])

    table = coding.read_qdc(coding.write_qdc(tmp_path / "book.qdc"))

    assert set(table["definition"]) == {""}


# others'


def test_another_programs_codebook_is_read(tmp_path):
    assert coding.read_qdc(saved(tmp_path, ATLAS)).to_numpy().tolist() == [
        ["trust-power", "Trust & power", "Who trusts whom.\nAlso why.", ""],
        ["early", "Early", "", "trust-power"],
        ["early-2", "Éarly", "", "trust-power"],
        ["zeit", "Zeit", "", ""],
    ]


def test_a_key_made_from_a_long_name_is_one_that_this_workbook_takes(tmp_path):
    text = ATLAS.replace('name="Zeit"', f'name="{"Long " * 40}"').replace(
        'name="Early"', f'name="{"Long " * 41}"'
    )

    keys = coding.read_qdc(saved(tmp_path, text))["code"]

    assert keys.is_unique
    assert keys.str.fullmatch(KEY).all()


@pytest.mark.parametrize("form", ["{{{}}}", "{}"])
def test_our_codes_are_known_again_when_another_program_renamed_them(tmp_path, book, form):
    guid = ET.parse(book).getroot().find(f".//{SPACE}Code[@name='Recruitment']").get("guid")
    text = ATLAS.replace(GUID.format(4), form.format(guid.upper()))

    assert coding.read_qdc(saved(tmp_path, text)).iloc[-1].to_list() == ["recruitment", "Zeit", "", ""]


def test_a_codebook_in_another_encoding_is_read(tmp_path):
    text = ATLAS.replace("utf-8", "utf-16").encode("utf-16")

    assert len(coding.read_qdc(saved(tmp_path, text))) == 4


def test_codes_nested_without_end_are_read_without_falling_over(tmp_path):
    below = f'<Code guid="{GUID.format(1)}" name="a" isCodable="true">'
    codes = f"<Codes>{below * 3000}{'</Code>' * 3000}</Codes>"
    text = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0">{codes}</CodeBook>'

    assert len(coding.read_qdc(saved(tmp_path, text))) == 3000


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
REFUSED = {
    "empty": ("", "not XML"),
    "text": ("code,title\n", "not XML"),
    "cut off": (ATLAS[:600], "not XML"),
    "a project": ("PK\x03\x04", "not XML"),
    "entities": (ATLAS.replace("<CodeBook", BOMB + "<CodeBook", 1), "document type"),
    "a file from outside": (
        ATLAS.replace("<CodeBook", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CodeBook', 1),
        "document type",
    ),
    "another namespace": (
        ATLAS.replace('xmlns="urn:QDA-XML:codebook:1.0"', 'xmlns="urn:QDA-XML:project:1.0"'),
        "no codebook",
    ),
    "no namespace": (ATLAS.replace(' xmlns="urn:QDA-XML:codebook:1.0"', ""), "no codebook"),
    "an unknown encoding": (ATLAS.replace("utf-8", "klingon"), "not XML"),
    "no codes": ('<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>', "no code in"),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_codebook_is_refused_in_words(tmp_path, text, words):
    table = refused(saved(tmp_path, text))

    assert words in table["problem"].item()
    assert table["file"].item() == "book.qdc"
    assert table["remedy"].item()


def test_every_code_without_a_name_is_told(tmp_path):
    text = ATLAS.replace('name="Early" ', "").replace('name="Zeit"', 'name=" "')

    table = refused(saved(tmp_path, text))

    assert table["value"].to_list() == [GUID.format(2), GUID.format(4)]
    assert table["problem"].to_list() == ["A code below 'trust-power' has no name.", "A code has no name."]


def test_a_huge_file_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(refi, "LARGEST", 100)

    assert "far more than a codebook" in refused(saved(tmp_path, ATLAS))["problem"].item()


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "cannot be read" in refused(tmp_path / "none.qdc")["problem"].item()
