"""Real survey exports, where there are any on this machine; two surveys of two tools become one programme.

Nothing of the files is in this repository. COPROD_REALDATA names the folder that holds them.
"""

import csv
import os
from pathlib import Path

import pandas as pd
import pytest
from handmade import drafted, item, problems, rules, scale

from coprod import exports
from coprod.importing.drafting import draft
from coprod.importing.mapping import read_map
from coprod.problems import FileRefused

FOLDER = Path(os.environ.get("COPROD_REALDATA", "nowhere"))
UPPMAX = FOLDER / "realdata" / "uppmax-hpc-python"
POST = FOLDER / "realdata" / "coderefinery" / "post" / "data"
pytestmark = pytest.mark.skipif(not UPPMAX.is_dir(), reason="COPROD_REALDATA names no folder of survey files")

WAVES = {
    "start_2025_04": ("google_forms", "20250425_day_2/initial_knowledge.csv"),
    "end_2025_04": ("microsoft_forms", "20250425_day_2/evaluation_20250425_day_2.csv"),
    "start_2025_11": ("google_forms", "20251128_day_2/survey_start.csv"),
    "end_2025_11": ("microsoft_forms", "20251128_day_2/survey_end.csv"),
    "end_2026_04": ("microsoft_forms", "20260422_day_2/evaluation_results.csv"),
}
SURE = ("no confidence I", "low confidence I", "some confidence I", "good confidence I")
CONFIDENCE = {f"I have {words} can do this": str(n) for n, words in enumerate(SURE, start=1)}
CONFIDENCE["I can absolutely do this!"] = "5"
VENV = "I can work (create, activate, work, deactivate) with a venv virtual environment"
STATEMENTS = {
    "I can find and load a Python package module": "find_load",
    "I can determine if a Python package is installed": "installed",
    VENV: "venv",
    "I can use an isolated environment": "venv",
    "I can install Python packages": "install",
    "I can use the compute nodes interactively": "interactive_nodes",
    "I can check that I am in an interactive session": "interactive_session",
    "I can use a Python IDE": "ide",
    "I can create plots in matplotlib": "plots",
}
TOOLS = {
    "Version control": "Version control (e.g. Git)",
    "Automated testing": "Automated testing",
    "Travis CI": "Travis CI",
    "Code coverage analysis": "Code coverage analysis (e.g. Coveralls)",
    "Jupyter Notebooks": "Jupyter Notebooks",
    "CMake": "CMake",
    "Integrated development environments": "Integrated development environments",
    "Code review": "Code review (e.g. via pull requests)",
    "Read the Docs or GitHub/GitLab/BitBucket Pages": (
        "Documentation hosting platforms (e.g. Read the docs or GitHub Pages)"
    ),
}
USES = {
    "started": ("have you started using as a result of attending the workshop?", "I started using this tool"),
    "better": (
        "are you using better than before as a result of attending the workshop?",
        "I'm using this tool better than before",
    ),
    "same": (
        "are you using in the same way as before as a result of attending the workshop?",
        "I'm using this tool in the same way as before",
    ),
    "not_yet": ("are you not yet using?", "I don't use this tool"),
}


@pytest.fixture(scope="module")
def uppmax(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "items.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["wave", "question", "item", "answer", "label"])
        rows.writerows(["", question, key, "", ""] for question, key in STATEMENTS.items())
        rows.writerows(["", "", "", answer, label] for answer, label in CONFIDENCE.items())
    return draft(_waves(), read_map(path))


@pytest.fixture(scope="module")
def coderefinery():
    asked = [("indico", f"Which tools/services {words}", key) for key, (words, _) in USES.items()]
    used = [
        ("typeform", tool, key, answer, label)
        for tool, label in TOOLS.items()
        for key, (_, answer) in USES.items()
    ]
    none = [("typeform", "", key, "", "None of the above") for key in USES]
    waves = {tool: exports.read(POST / tool / "2018.csv", tool) for tool in ("typeform", "indico")}
    return draft(waves, rules(*asked, *used, *none), place="Which workshop did you attend?")


def _waves():
    return {wave: exports.read(UPPMAX / file, tool) for wave, (tool, file) in WAVES.items()}


def test_a_start_and_an_end_survey_of_two_tools_become_one_programme(uppmax):
    assert problems(uppmax) == []
    assert uppmax.answers["wave"].value_counts().to_dict() == {
        **{"start_2025_04": 13, "end_2025_04": 15, "start_2025_11": 7, "end_2025_11": 4, "end_2026_04": 13}
    }
    assert scale(uppmax, "venv")["labels"] == list("012345")
    assert scale(uppmax, "venv")["non_answers"] == ["I did not attend that session"]
    assert item(uppmax, "plots")["waves"] == "start_2025_04 end_2025_04"


@pytest.mark.parametrize("wave", [wave for wave in WAVES if wave.startswith("end")])
def test_the_published_means_come_out(uppmax, wave):
    published = pd.read_csv(
        (UPPMAX / WAVES[wave][1]).parent / "average_confidences.csv", index_col="question"
    )
    here = uppmax.answers[uppmax.answers["wave"] == wave]
    means = {
        question: round(float(pd.to_numeric(here[STATEMENTS[question]], errors="coerce").mean()), 2)
        for question in published.index
    }

    assert means == published["mean"].to_dict()


def test_without_the_map_numbers_and_words_are_not_put_together():
    with pytest.raises(FileRefused, match="another number of answers"):
        draft(_waves())


def test_the_halves_of_a_survey_from_two_tools_become_one_item_set(coderefinery):
    answers = coderefinery.answers

    assert problems(coderefinery) == []
    assert answers["wave"].value_counts().to_dict() == {"typeform": 65, "indico": 38}
    assert set(USES) <= set(coderefinery.codebook["item"])
    assert not (set(TOOLS) & set(coderefinery.codebook["text"]))
    assert len(coderefinery.places) == 10
    git = answers["started"].str.contains("Version control", regex=False).groupby(answers["wave"]).sum()
    assert git.to_dict() == {"typeform": 22, "indico": 20}
    assert (answers.loc[answers["wave"] == "typeform", "started"] != "").all()


def test_seven_forms_that_were_filled_in_by_a_program_are_told_of(coderefinery):
    (told,) = [one for one in coderefinery.decisions if "again and again" in one]

    assert "(indico): 7 responses give the same answer to every question" in told


def test_the_other_way_round_people_would_have_two_labels_and_that_is_counted():
    moved = [
        ("", f"Which tools/services {words}", "git", TOOLS["Version control"], answer)
        for words, answer in USES.values()
    ]
    made = draft({"": exports.read(POST / "indico" / "2018.csv", "indico")}, rules(*moved))

    assert (made.answers["git"] != "").sum() == 18
    assert any("git (20)" in told for told in made.decisions)


@pytest.mark.parametrize(
    ("tool", "file", "key", "labels"),
    [
        ("limesurvey", "realdata/snsf-sivocs/SIVOCS_data.csv", "academia", list(map(str, range(11)))),
        (
            "plain",
            "realdata/carpentries-longterm-2017/longterm_October2017.csv",
            "change_in_confidence",
            ["I'm less confident now.", "I'm equally confident now.", "I'm more confident now."],
        ),
        (
            "surveymonkey",
            "exports/surveymonkey_starwars_first40.csv",
            "yoda",
            [
                *("Very unfavorably", "Somewhat unfavorably", "Neither favorably nor unfavorably (neutral)"),
                *("Somewhat favorably", "Very favorably"),
            ],
        ),
        (
            "google_forms",
            "exports/googleforms_redacted_first12.csv",
            "question_6_do_you_use_research_software",
            None,
        ),
    ],
)
def test_scales_of_real_files_come_out_in_order(tool, file, key, labels):
    made = drafted(exports.read(FOLDER / file, tool))

    assert scale(made, key)["labels"] == (labels or ["Yes", "No"])


def test_a_key_gives_every_label_that_could_be_chosen():
    folder = FOLDER / "exports"
    made = drafted(exports.read(folder / "jisc_v2_coded_en.csv", "jisc", [folder / "jisc_v2_key_en.csv"]))

    assert scale(made, "q12")["labels"] == ["never", "rarely", "regularly", "always"]
    assert item(made, "q9")["kind"] == "multi"
    assert item(made, "q57")["scale"] == "support"
