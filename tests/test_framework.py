"""The framework as data, and the room that reads it."""

import csv
import os
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from coprod import framework
from coprod.names import UnknownName

DATA = Path(__file__).resolve().parents[1] / "data"
FILES = sorted(path for path in DATA.glob("*/*") if path.suffix in {".csv", ".toml"})
KINDS = framework.kinds()
TEXTS = [kind for kind in KINDS if kind != "documents"]
PARENTS = [
    ("value_practices", "value", "values"),
    ("principles", "value", "values"),
    ("practices", "condition", "conditions"),
    ("questions", "condition", "conditions"),
    ("contributions", "stage", "stages"),
    ("contributions", "sector", "sectors"),
]
SEEDS = {"conditions": "000", "kia": "001", "pec": "002", "article": "003", "heseltine": "004"}
# Names that can only be given as they are; longer than a run that gives a copied sentence away.
NAMES = (
    "Capabilities in Academic Policy Engagement",
    "the Co-Production Collective",
    "UCL-CAPE and the Institute for Community Studies",
    "Institute for Community Studies",
    "Modern Slavery and Human Rights Policy and Evidence Centre",
    "Heseltine Institute for Public Policy, Practice and Place",
    "Redcar and Cleveland Council",
    "Redcar Community and Voluntary Development Agency (RCVDA)",
    "Lincolnshire Community and Voluntary Service",
    "King's Lynn and West Norfolk District Council",
)
RUN = 8


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_a_slug_and_stands_once(kind):
    keys = framework.read(kind).index

    assert keys.is_unique
    assert keys.str.fullmatch(r"[a-z0-9_-]+").all()


@pytest.mark.parametrize("kind", TEXTS)
def test_every_row_has_words_and_says_where_they_come_from(kind):
    rows = framework.read(kind)[["title", "text", "document", "section"]]

    assert rows.map(str.strip).ne("").all(axis=None)
    assert rows["document"].isin(framework.read("documents").index).all()


@pytest.mark.parametrize(("kind", "column", "parents"), PARENTS)
def test_every_parent_exists(kind, column, parents):
    named = framework.read(kind)[column]

    assert named[named != ""].isin(framework.read(parents).index).all()


@pytest.mark.parametrize(
    ("kind", "n"),
    [
        ("documents", 10),
        ("values", 4),
        ("value_practices", 8),
        ("principles", 5),
        ("conditions", 5),
        ("questions", 15),
        ("champions", 3),
        ("stages", 4),
        ("sectors", 3),
        ("contributions", 26),
        ("insights", 5),
        ("tests", 3),
        ("leadership", 4),
        ("knowledge", 5),
    ],
)
def test_there_are_as_many_as_in_the_documents(kind, n):
    """Counted by hand in the documents; 26 is the number of points in Table 1 of Knowledge in action."""
    assert len(framework.read(kind)) == n


def test_every_value_has_two_practices():
    assert framework.read("value_practices")["value"].value_counts().eq(2).all()


def test_every_condition_has_three_questions_that_ask():
    questions = framework.read("questions")

    assert questions["condition"].value_counts().eq(3).all()
    assert questions["text"].str.endswith("?").all()


def test_every_test_closes_with_a_question():
    assert framework.read("tests")["question"].str.endswith("?").all()


def test_no_cell_of_the_table_of_contributions_is_empty():
    cells = framework.read("contributions").groupby(["stage", "sector"]).size()

    assert len(cells) == 4 * 3


def test_there_are_seven_key_recommendations():
    assert framework.read("recommendations")["section"].eq("Key recommendations").sum() == 7


def test_every_recommendation_says_whom_it_addresses():
    addressees = {"everyone", "universities", "local_government", "third_sector", "funders"}

    assert set(framework.read("recommendations")["addressee"]) == addressees


def test_every_factor_helps_or_hinders():
    assert set(framework.read("factors")["direction"]) == {"enabler", "barrier"}


def test_factors_insights_and_recommendations_share_no_key():
    """Coded evidence holds keys of all three in one column."""
    keys = [key for kind in ("factors", "insights", "recommendations") for key in framework.read(kind).index]

    assert len(keys) == len(set(keys))


def test_a_misspelt_kind_is_told_the_nearest():
    with pytest.raises(UnknownName, match="conditions"):
        framework.read("condition")


def test_a_misspelt_key_is_told_the_nearest():
    with pytest.raises(UnknownName, match="embedding"):
        framework.title("conditions", "embeding")


def test_a_misspelt_condition_is_told_the_nearest():
    with pytest.raises(UnknownName, match="spaces"):
        framework.questions(["time", "space"])


def test_a_title_is_found_by_its_key():
    assert framework.title("champions", "methodologist") == "Methodology experts"


def test_questions_come_in_the_order_asked_for():
    asked = framework.questions(["care", "time"])

    assert asked["condition"].tolist() == ["care"] * 3 + ["time"] * 3
    assert asked["condition_title"].iloc[0] == framework.title("conditions", "care")


def test_no_conditions_means_no_questions():
    assert framework.questions([]).empty


def test_contributions_come_stage_by_stage_with_titles():
    rows = framework.expected_contributions()

    assert rows["stage"].drop_duplicates().tolist() == ["problem", "development", "delivery", "evaluation"]
    assert rows.iloc[0][["stage_title", "sector_title"]].tolist() == [
        "Problem identification",
        "Universities",
    ]


def test_a_table_that_a_caller_changes_is_read_fresh_by_the_next():
    mine = framework.read("values")
    mine.loc["human", "title"] = "changed"

    assert framework.title("values", "human") == "Being human"


def test_a_framework_beside_the_programmes_comes_first(tmp_path, monkeypatch):
    folder = tmp_path / "framework"
    folder.mkdir()
    (folder / "values.csv").write_text("key,title\nours,Our own value\n", encoding="utf-8")
    monkeypatch.setenv("COPROD_DATA", str(tmp_path))

    assert framework.title("values", "ours") == "Our own value"


def test_programmes_kept_elsewhere_use_the_workbooks_framework(tmp_path, monkeypatch):
    monkeypatch.setenv("COPROD_DATA", str(tmp_path))

    assert framework.kinds() == KINDS


def test_importing_the_package_does_not_import_pandas():
    code = "import sys, coprod; sys.exit('pandas' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture(scope="module")
def seeds() -> dict[str, str]:
    """Give the words of each source document, by its key."""
    folder = os.environ.get("COPROD_REALDATA")
    if not folder:
        pytest.skip("COPROD_REALDATA does not name the folder with the source documents")
    return {
        document: _words(next(Path(folder, "seeds").glob(f"{number}*.txt")).read_text(encoding="utf-8"))
        for document, number in SEEDS.items()
    }


@pytest.fixture(scope="module")
def theirs(seeds) -> set[str]:
    """Give every run of words in the source documents."""
    return set().union(*map(_runs, seeds.values()))


@pytest.mark.parametrize("kind", TEXTS)
def test_every_section_is_a_heading_in_its_document(kind, seeds):
    rows = framework.read(kind)
    missing = [
        (key, section)
        for key, document, sections in zip(rows.index, rows["document"], rows["section"], strict=True)
        for section in sections.split("; ")
        if document in seeds and f" {_words(section)} " not in f" {seeds[document]} "
    ]

    assert missing == []


def test_a_copied_sentence_is_found_in_any_case_and_over_a_line_break(theirs):
    """From the executive summary of Knowledge in action."""
    copied = "UNDERSTANDING strategic political\npriorities of both central, and local gov-\nernments can"

    assert len(_runs(_words(copied)) & theirs) == 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_text_repeats_a_sentence_of_the_sources(path, theirs):
    """Sentences in data/ are ours. Headings named as a source's section, titles and names may be theirs."""
    fixed = [_words(name) for name in (*framework.read("documents")["title"], *NAMES)]
    fixed.sort(key=len, reverse=True)

    repeated = {
        run for text in _texts(path) for part in _without(fixed, _words(text)) for run in _runs(part) & theirs
    }

    assert repeated == set()


def _texts(path: Path) -> Iterator[str]:
    """Give every text in a file, but for the headings that say where it was found."""
    if path.suffix == ".toml":
        yield from _strings(tomllib.loads(path.read_text(encoding="utf-8")))
        return
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        yield from {text for row in rows for column, text in row.items() if column != "section" and text}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "section":
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _words(text: str) -> str:
    """Lower-case words with single spaces; hyphens join, also over the end of a line."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("&", " and ")
    joined = re.sub(r"(?<=\w)-\s*\n\s*(?=\w)|(?<=\w)-(?=\w)|['\u2018\u2019]", "", plain)
    return " ".join(re.findall(r"[^\W_]+", joined))


def _without(fixed: list[str], words: str) -> list[str]:
    for name in fixed:
        words = re.sub(rf"\b{re.escape(name)}\b", "|", words)
    return words.split("|")


def _runs(words: str) -> set[str]:
    parts = words.split()
    return {" ".join(parts[i : i + RUN]) for i in range(len(parts) - RUN + 1)}
