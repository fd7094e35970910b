"""Every notebook on every shipped programme, strictly, as a report would run it."""

import re

import pytest

from coprod import framework
from coprod.names import UnknownName
from coprod.opening import programme_names
from coprod.publish import page
from coprod.reports import RunFailed, notebook_names, run

# What would name a reason for what is described; nothing here has a comparison group.
CAUSAL = re.compile(
    r"\b(caus\w*|affect\w*|impact\w*|influenc\w*|led to|leads to|due to|because of|thanks to|resulted)\b",
    re.I,
)


def sentences(notebook) -> list[str]:
    """Every computed sentence, without what it quotes or names, and without the questions a group asks."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    said = [output for output in outputs if "sentences" in output.get("metadata", {}).get("coprod", {})]
    lines = [line for output in said for line in output["data"]["text/plain"].splitlines()]
    stages = "|".join(map(re.escape, framework.read("stages")["title"]))  # "Impact and evaluation" is a name
    return [re.sub(f"“.*?”|{stages}", "", line) for line in lines if not line.endswith("?")]


@pytest.mark.parametrize("programme", programme_names())
@pytest.mark.parametrize("notebook", notebook_names())
def test_every_notebook_runs_on_every_programme_and_makes_a_page(notebook, programme, tmp_path):
    executed = run(notebook, {"programme": programme}, tmp_path / "executed.ipynb").notebook

    assert "<h1" in page(executed)
    assert [sentence for sentence in sentences(executed) if CAUSAL.search(sentence)] == []


def test_an_unknown_parameter_stops_the_run_with_the_nearest_name(tmp_path):
    with pytest.raises(UnknownName, match="wave"):
        run("learning_report", {"wvae": "end"}, tmp_path / "executed.ipynb")


def test_an_unknown_notebook_names_the_nearest(tmp_path):
    with pytest.raises(UnknownName, match="learning_report"):
        run("lerning_report", {}, tmp_path / "executed.ipynb")


def test_an_unknown_place_stops_the_run_and_names_the_nearest(tmp_path):
    with pytest.raises(RunFailed, match="lincoln"):
        run(
            "case_studies",
            {"programme": "knowledge-in-action", "place": "linclon"},
            tmp_path / "executed.ipynb",
        )
