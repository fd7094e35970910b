"""A small programme's folder, written whole, and ways to damage it."""

from collections.abc import Callable
from pathlib import Path

Damage = Callable[[Path], object]

PROGRAMME = """\
title = "Small programme"
about = "Two places, two waves, three people."
kind = "synthetic"
source = "Invented for the tests"
licence = "CC0"
attribution = "Nobody"
date = 2026-03-31

[places]
north = "North"
south = "South"

[waves]
start = "Start"
end = "End"

[sectors]
university = "Universities"
third_sector = "Third sector"

[sources]
diary = "Facilitators' diary"

[privacy]
smallest_group = 5

[[invited]]
place = "north"
wave = "start"
sector = "university"
n = 4

[[invited]]
place = "south"
wave = "end"
n = 3

[[reports]]
notebook = "learning_report"
audience = "public"
each = ["place"]
"""
CODEBOOK = """\
item,text,kind,scale,section,framework,reversed,waves,before
heard,I felt heard.,scale,agreement,The workshop,principle:voices,,,
rushed,I felt rushed.,scale,agreement,The workshop,condition:time,yes,,
use_before,How often before?,scale,often,Use,,,end,
use_since,How often since?,scale,often,Use,,,end,use_before
topics,What did you work on?,multi,topics,Topics,,,,
meetings,How many meetings?,number,,,,,,
comment,Anything else?,text,,,,,,
"""
SCALES = """\
[agreement]
labels = ["Disagree", "Neither", "Agree"]
non_answers = ["Don't know"]
polarity = "positive"
neutral = "Neither"
favourable = ["Agree"]
says = "agreed"
says_not = "disagreed"

[often]
labels = ["Never", "Sometimes", "Often"]
non_answers = ["N/A"]
polarity = "positive"
favourable = ["Often"]

[topics]
labels = ["Damp", "Buses", "None"]
polarity = "none"
"""
ANSWERS = """\
person,place,wave,sector,heard,rushed,use_before,use_since,topics,meetings,comment
p1,north,start,university,Agree,Disagree,,,Damp | Buses,3,
p2,north,start,third_sector,Neither,Don't know,,,None,,"Fine, thanks"
p1,north,end,university,Agree,Agree,Never,Often,Damp,2.5,
p3,south,end,,Disagree,[not asked],N/A,Sometimes,,-1,
"""
COUNTS = """\
item,place,wave,sector,answer,n,before
heard,,,,Agree,7,
heard,,,,[blank],1,
use_since,,,,Often,6,
use_since,,,,Often,4,Never
rushed,,,,Don't know,0,
"""
CASES = """\
[bridge]
title = "The bridge"
place = "north"
issue = "Evening buses"
problem = "No bus after eight."
summary = "A night bus was tried."
money = 25000
source = "diary"
section = "May"
takeaways = ["Ask early."]

[[bridge.team]]
organisation = "A university"
sector = "university"
layers = ["design", "delivery"]

[[bridge.timeline]]
step = "Design"
planned_start = 2025-05-01
planned_end = 2025-06-30

[[bridge.reach]]
what = "passengers"
n = 110

[[bridge.causes]]
key = "cost"
cause = "Drivers cost money"
kind = "root"

[[bridge.causes]]
key = "routes"
cause = "Fewer routes"
of = "cost"
kind = "leaf"

[[bridge.outcomes]]
outcome = "A night bus"
kind = "product"
status = "partly"

[mill]
title = "The mill"
place = "south"
issue = "Damp homes"
problem = "Wet walls."
summary = "Tenants measured them."
source = "diary"
section = "June"

"""
MILL_OUTCOME = """\
[[mill.outcomes]]
outcome = "A dry wall"
kind = "practice"
status = "not"
evidence = ["e2"]
"""
EVIDENCE = """\
evidence,case,sector,stage,direction,code,knowledge,condition,principle,paraphrase,source,section,coder
e1,bridge,university,problem,enabler,recruitment,lived,time,voices,They had time.,diary,May,A
e2,mill,,,barrier,pace,,,,It went too fast.,diary,June,A
e3,,,,context,,,,,It rained.,diary,June,A
"""
LOG = """\
date,what,why,effect,who,signed_off_by
2026-01-31,Left out one row,It was a test,None,A,
"""
FILES = {
    "programme.toml": PROGRAMME,
    "codebook.csv": CODEBOOK,
    "scales.toml": SCALES,
    "answers.csv": ANSWERS,
    "cases.toml": CASES + MILL_OUTCOME,
    "evidence.csv": EVIDENCE,
    "assumptions.csv": LOG,
    "decisions.csv": LOG,
}


CODINGS = """\
evidence,coder,sector,stage,direction,code,knowledge,condition,principle
e1,B,university,problem,enabler,recruitment | pace,lived,time,trust
e2,B,,,barrier,pace,,,
"""
BEARINGS = """\
evidence,recommendation,bearing,note
e1,delegation,for,They had time
e2,delegation,against,
"""
THEMES = """\
theme,title,definition,include,exclude,example
food,Food,What people ate.,Tea as well,,The tea.
talk,Talk,How people spoke with each other.,,,
"""
EXCERPTS = """\
excerpt,person,wave,item,theme,coder
x1,p2,start,comment,talk,A
"""


def write_programme(data: Path, name: str = "small", *damages: Damage) -> Path:
    """Write ``data/<name>``, damage it, and return it."""
    folder = data / name
    folder.mkdir(parents=True)
    for file, text in FILES.items():
        (folder / file).write_bytes(text.encode())
    for damage in damages:
        damage(folder)
    return folder


def change(file: str, old: str, new: str) -> Damage:
    """Replace what stands once in a file."""

    def damage(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (folder / file).write_bytes(text.replace(old, new).encode())

    return damage


def add(file: str, text: str) -> Damage:
    """Add lines at a file's end."""
    return lambda folder: (folder / file).write_bytes((folder / file).read_bytes() + text.encode())


def put(file: str, content: str | bytes) -> Damage:
    """Put a file in place of the one there, if there is one."""
    raw = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / file).write_bytes(raw)


def remove(*files: str) -> Damage:
    """Take files away."""

    def damage(folder: Path) -> None:
        for file in files:
            (folder / file).unlink()

    return damage


def recode(file: str, encoding: str) -> Damage:
    """Save a file again in another encoding."""
    return lambda folder: (folder / file).write_bytes((folder / file).read_text("utf-8").encode(encoding))


def both(*damages: Damage) -> Damage:
    """Do several damages, one after the other."""

    def damage(folder: Path) -> None:
        for each in damages:
            each(folder)

    return damage


def folder_for(file: str) -> Damage:
    """Put a folder where a file should be."""
    return both(remove(file), lambda folder: (folder / file).mkdir())


def coded_twice() -> Damage:
    """Give the programme a second coder's readings."""
    return both(
        change("programme.toml", "[privacy]", '[coding]\nhow = "two coders"\n\n[privacy]'),
        put("codings.csv", CODINGS),
    )


def themed() -> Damage:
    """Sort an open answer by theme."""
    return both(put("themes.csv", THEMES), put("excerpts.csv", EXCERPTS))


def counted(*damages: Damage) -> Damage:
    """Give the programme published counts in place of answers."""
    return both(remove("answers.csv"), put("counts.csv", COUNTS), *damages)
