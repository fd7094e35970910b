"""The repository holds together: documents, requirements, notebooks and sizes."""

import ast
import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml  # papermill brings it
from jsonschema import Draft7Validator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import coprod

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA_NAMES = {"matplotlib-base": "matplotlib", "playwright-python": "playwright", "typst-py": "typst"}
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MODULES = sorted((ROOT / "coprod").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
# Written in pieces, or this file would mention them too.
MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:tmp|root|home|work|farm|Users)/" + r"|\.\./" + "shared|[A-Z]:" + r"\\Users"
)


def project_files() -> list[Path]:
    """List the files that git tracks, or would."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    if listing.returncode != 0:
        pytest.skip("not a git checkout, so nobody knows which files belong to it")
    paths = {ROOT / name for name in listing.stdout.decode().split("\0") if name}
    return sorted(path for path in paths if path.is_file())


def python_requirements(lines: list[str]) -> dict[str, str]:
    """Give each package's version specifier."""
    requirements = map(Requirement, lines)
    return {canonicalize_name(one.name): str(one.specifier) for one in requirements}


def project_requirements() -> dict[str, str]:
    return python_requirements(
        [
            *PROJECT["dependencies"],
            *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
        ]
    )


def code_cells(notebook: Path) -> list[dict]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}: {node.name}", node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a body's lines, its docstring apart."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def links() -> Iterator[tuple[Path, str, str, str]]:
    """Give each link of a Markdown file: the file, "!" for an image, its text and its target."""
    for path in project_files():
        if path.suffix == ".md":
            text = re.sub(r"^```.*?^```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
            for image, words, target in LINK.findall(text):
                yield path, image, words, target


def run_make(*arguments: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("make") is None:
        pytest.skip("there is no make on this machine")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_conda_and_pip_ask_for_the_same_packages():
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    from_pip = next(entry["pip"] for entry in dependencies if isinstance(entry, dict))
    from_conda = [entry for entry in dependencies if isinstance(entry, str)]

    asked = python_requirements([*from_conda, *(line for line in from_pip if line != "-e .")])
    asked = {
        CONDA_NAMES.get(name, name): bounds for name, bounds in asked.items() if name not in ("python", "pip")
    }

    assert asked == project_requirements()
    assert "-e ." in from_pip


def test_conda_asks_for_a_python_that_the_package_allows():
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]

    python = next(Requirement(entry) for entry in dependencies if str(entry).startswith("python>"))

    assert PROJECT["requires-python"] in {str(one) for one in python.specifier}


def test_the_citation_is_valid():
    """Held against the schema of the Citation File Format 1.2.0, which names its own draft."""
    schema = json.loads((ROOT / "tests/fixtures/citation-1.2.0.schema.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

    problems = [
        f"{error.json_path}: {error.message}" for error in Draft7Validator(schema).iter_errors(citation)
    ]

    assert problems == []


def test_the_citation_names_every_document_of_the_framework():
    documents = coprod.framework.read("documents")["title"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["references"]

    assert set(documents) <= {reference["title"] for reference in cited}


def test_one_version_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    latest = re.search(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.M)

    assert {PROJECT["version"], citation["version"], latest[1]} == {coprod.__version__}


def test_every_locked_package_has_a_hash():
    entries = re.split(r"^(?=\S)", LOCK, flags=re.M)
    requirements = [entry for entry in entries if entry and not entry.startswith("#")]

    assert requirements
    assert [entry.split()[0] for entry in requirements if "--hash=sha256:" not in entry] == []


def test_the_lock_names_no_place_to_download_from():
    assert "://" not in LOCK
    assert re.findall(r"^-.*", LOCK, flags=re.M) == []


def test_the_lock_holds_everything_that_is_asked_for():
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK, flags=re.M))

    missing = [
        name
        for name, bounds in project_requirements().items()
        if not Requirement(f"{name}{bounds}").specifier.contains(locked.get(name, "0"))
    ]

    assert missing == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_what_its_cells_gave_out(notebook: Path):
    """A comparison with a fresh run passes over cells that were never run."""
    cells = code_cells(notebook)

    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert any(cell["outputs"] for cell in cells)
    assert not [output for cell in cells for output in cell["outputs"] if output["output_type"] == "error"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_parameters(notebook: Path):
    tagged = [cell for cell in code_cells(notebook) if "parameters" in cell["metadata"].get("tags", [])]

    assert len(tagged) == 1


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_reads_and_the_package_works(notebook: Path):
    sources = ["".join(cell["source"]) for cell in code_cells(notebook)]

    assert [source for source in sources if len(source.splitlines()) > 8] == []
    assert [source for source in sources if re.search(r"\b(def|lambda|class|import re)\b", source)] == []


def test_every_notebook_is_listed():
    listed = (ROOT / "notebooks/README.md").read_text(encoding="utf-8")

    assert [
        path.name for path in NOTEBOOKS if f"({path.relative_to(ROOT / 'notebooks')})" not in listed
    ] == []


def test_modules_stay_small():
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {str(path.relative_to(ROOT)): count for path, count in lines.items() if count >= 250} == {}


def test_functions_stay_small():
    assert {name: body_lines(function) for name, function in functions() if body_lines(function) >= 25} == {}


def test_no_file_knows_the_machine_it_was_written_on():
    texts = {path: path.read_bytes().decode("utf-8", errors="ignore") for path in project_files()}

    mentions = {
        str(path.relative_to(ROOT)): MACHINE_PATH.findall(text)
        for path, text in texts.items()
        if ".ci" not in path.relative_to(ROOT).parts and MACHINE_PATH.search(text)
    }

    assert mentions == {}


def test_links_lead_somewhere():
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path, _, _, target in links()
        if not re.match(r"[a-z]+:|#", target) and not (path.parent / target.partition("#")[0]).exists()
    ]

    assert broken == []


def test_images_are_told_in_words():
    silent = [
        f"{path.relative_to(ROOT)}: {target}"
        for path, image, words, target in links()
        if image and len(words) < 40
    ]

    assert silent == []


def test_make_alone_says_what_can_be_typed():
    said = run_make()

    assert said.returncode == 0
    for target in ("report", "test", "lab", "lint"):
        assert f"make {target}" in said.stdout


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for an old Python is a shell script")
def test_an_old_python_is_told_in_one_line(tmp_path: Path):
    """The stand-in answers any question about its version with no, as Python 3.10 would."""
    old = tmp_path / "python3.10"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)

    said = run_make("report", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}")
    own_lines = [line for line in said.stderr.splitlines() if not line.startswith("make")]

    assert said.returncode != 0
    assert len(own_lines) == 1
    assert "Python 3.11 or newer" in own_lines[0]
    assert "make report PYTHON=" in own_lines[0]
    assert not (tmp_path / "venv").exists()


def data_examples() -> dict[str, str]:
    """Give the example of each file of a programme in data/README.md, by the file's name."""
    text = (ROOT / "data/README.md").read_text(encoding="utf-8")
    sections = re.split(r"^### ", text, flags=re.M)[1:]
    found = {}
    for section in sections:
        example = re.search(r"^```(?:toml)?\n(.*?)^```", section, flags=re.M | re.S)[1]
        found.update(dict.fromkeys(re.findall(r"\w+\.(?:toml|csv)", section.splitlines()[0]), example))
    return found


@pytest.mark.parametrize("survey", ["answers.csv", "counts.csv"])
def test_the_examples_of_every_file_make_a_programme_without_problems(survey: str, tmp_path: Path):
    other = {"answers.csv", "counts.csv"} - {survey}
    other |= {"excerpts.csv"} if survey == "counts.csv" else set()  # counts hold nobody's words
    for name, example in data_examples().items():
        if name not in other:
            (tmp_path / name).write_text(example, encoding="utf-8")

    contents, problems = coprod.checks.read_folder(tmp_path)

    assert problems == []
    assert all([contents.settings, contents.scales, contents.cases, *map(len, contents.logs.values())])
