"""Small reports made by hand, and the browser that looks at pages."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
from axe_playwright_python.base import AXE_SCRIPT
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Browser, Page, sync_playwright

from coprod import display
from coprod.figures import Drawn
from coprod.privacy import Shown, protect
from coprod.publish import Entry

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LABELS = {"Disagree": "unfavourable", "Neither": "neutral", "Agree": "favourable"}
SIDES = {"unfavourable": "Disagreed", "neutral": "Neither", "favourable": "Agreed"}
ALT = "People felt heard: 6 of 9 agreed, 2 neither, 1 disagreed."
ENTRY = Entry(
    programme="demo",
    programme_title="Riverside together",
    about="Neighbours and a council.",
    kind="synthetic",
    report_title="What we learned",
    href="demo/learning_report/index.html",
    place="North bank",
    wave="Before",
    audience="public",
    date=dt.date(2025, 7, 1),
    sizes={"report.docx": 342_000, "report.pdf": 105_000, "short.pdf": 61_000, "easy.html": 1_200_000},
)
ENTRIES = [
    ENTRY,
    replace(ENTRY, programme="x", kind="real", place="South bank", wave="", audience="internal"),
]
EMPTY = Shown(pd.DataFrame(), "internal", reason="This programme has no survey.")
NOTHING = Drawn(None, "", "", EMPTY)


def programme(**changes):
    """Return what `masthead` needs to know of a programme."""
    told = {
        "title": "Riverside together",
        "about": "Neighbours and a council.",
        "kind": "real",
        "source": "Closing survey",
        "licence": "CC BY 4.0",
        "attribution": "Riverside council kept the answers.",
        "date": dt.date(2025, 7, 1),
        "places": {"north": "North bank", "south": "South bank"},
        "waves": {"before": "Before"},
        "place": None,
        "wave": None,
    }
    return SimpleNamespace(**told | changes)


def shares(*counts: tuple[int, int, int], text: str = "I felt heard", blank: int = 1) -> pd.DataFrame:
    """Return a table as :func:`coprod.likert.shares` gives it, one item for each of `counts`."""
    rows = []
    for item, people in enumerate(counts):
        answers = dict(zip(LABELS, people, strict=True)) | {"[blank]": blank, "[not asked]": 0}
        for order, (answer, n) in enumerate(answers.items()):
            side = LABELS.get(answer, "")
            row = {"item": f"q{item}", "text": f"{text} {item}" if item else text, "section": "Voice"}
            row |= {"framework": "", "group": "Everybody", "answer": answer, "side": side, "order": order}
            row |= {"collapsed": SIDES.get(side, answer), "role": "label" if side else answer.strip("[]")}
            share = n / sum(people) if side else float("nan")
            rows.append(row | {"n": n, "base": sum(people), "share": share})
    return pd.DataFrame(rows)


def drawn(shown: Shown | None = None, alt: str = ALT, title: str = "Most people felt heard") -> Drawn:
    """Return a figure of a line and a word."""
    ax = Figure(figsize=(6.4, 2)).add_axes((0.1, 0.2, 0.8, 0.7))
    ax.plot([0, 1], [0, 1], clip_on=True)
    ax.set_title("Heard")
    return Drawn(ax, alt, title, protect(shares((1, 2, 6)), "internal") if shown is None else shown)


@contextmanager
def given_out() -> Iterator[list]:
    """Collect what the functions of `display` give out, as a notebook's cell would hold it."""
    outputs, real = [], display.display

    def keep(data, raw, metadata):
        assert raw
        outputs.append(new_output("display_data", data=data, metadata=metadata))

    display.display = keep
    try:
        yield outputs
    finally:
        display.display = real


def text(source: str, *tags: str):
    """Return a Markdown cell."""
    return new_markdown_cell(source, metadata={"tags": list(tags)})


def code(*calls, tags: tuple[str, ...] = ()):
    """Return an executed cell: each call is a function of `display` and its arguments."""
    with given_out() as outputs:
        for function, *arguments in calls:
            function(*arguments)
    return new_code_cell("secret = 1", outputs=outputs, execution_count=7, metadata={"tags": list(tags)})


def notebook(*cells, kind: str = "real", audience: str = "public"):
    """Return an executed notebook that begins with a title block."""
    begin = code((display.masthead, programme(kind=kind), "What we learned", audience))
    return new_notebook(cells=[text("# A notebook"), begin, *cells])


def long_notebook(kind: str = "real", audience: str = "public"):
    """Return a notebook with everything that a report can have."""
    shown = protect(shares((1, 2, 6), (2, 3, 4)), "internal")
    words = protect(shares((3, 5, 20), (2, 10, 15)), "public")
    teams = Shown(pd.DataFrame({"organisation": ["Council", "Club"], "money": [25000, 1200]}), audience)
    return notebook(
        text("## At a glance"),
        code((display.say, ["Most felt heard.", "Some did not."]), tags=("at-a-glance",)),
        text("## Were people heard?\n\nIn *one* word, see [the method](https://example.org/method)."),
        code((display.show, drawn(shown)), (display.say, ["6 of 9 agreed."])),
        text("#### In detail\n\n1. `one`\n2. two\n\n> said\n\n```python\nx = 1\n```"),
        code((display.table, words, "How people answered")),
        text("## Did it change?\n\nBetween waves."),
        code((display.show, NOTHING), (display.say, [])),
        text("## Who took part?"),
        code((display.table, teams, "Teams"), (display.show, drawn(words))),
        text("## What do the words mean?\n\n| word | meaning |\n|---|---|\n| wave | a round |"),
        kind=kind,
        audience=audience,
    )


def unbroken_notebook():
    """Return a notebook in which every text is one long word, such as a file's name can be."""
    word = "longterm_October" * 20
    told = programme(**dict.fromkeys(("title", "source", "licence", "attribution"), word))
    told.places, told.place = {"x": word}, "x"
    shown = protect(shares((1, 2, 6), text=word), "internal")
    return new_notebook(
        cells=[
            code((display.masthead, told, word, "public")),
            *(text(f"## {word} {number}\n\n{word} `{word}`\n\n> {word}") for number in range(4)),
            code(
                (display.say, [word, word]),
                (display.table, shown, word),
                (display.show, drawn(shown, title=word)),
            ),
            text(f"| {word} | b |\n|---|---|\n| {word} | {word} |\n\n```\n{word}\n```"),
        ]
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


def faults(page: Page) -> list[str]:
    """List what axe finds wrong with a page; the page must have been opened past its policy."""
    page.evaluate(AXE_SCRIPT)
    options = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{fault['id']}: {node['html'][:200]}" for fault in found["violations"] for node in fault["nodes"]
    ]
