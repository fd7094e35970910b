"""Broken programmes and cases: the damage to the small programme, where the problem is, and words about it.

Where: row, column and value, with strokes between. The words stand in the problem or its remedy.
"""

from functools import partial

import folders
from folders import Damage, add, both, change, coded_twice, folder_for, put, recode, remove, themed

TOML = "programme.toml"
CODES = "codebook.csv"
SCALES = "scales.toml"
GIVEN = "answers.csv"
CASES = "cases.toml"
EVIDENCE = "evidence.csv"
MARCH = "date = 2026-03-31"
INVITED = '[[invited]]\nplace = "south"\nwave = "end"\nn = 3\n'
programme = partial(change, TOML)
cases = partial(change, CASES)
evidence = partial(change, EVIDENCE)
decisions = partial(change, "decisions.csv")

PROGRAMMES = {
    "no programme.toml": (remove(TOML), "||", "missing README"),
    "a folder for a file": (folder_for(TOML), "||", "cannot be read directory"),
    "text without quotes": (programme('"CC0"', "CC0"), "||", "TOML line 5 quotes"),
    "not utf-8": (both(programme("Nobody", "Zoë"), recode(TOML, "cp1252")), "6||", "UTF-8"),
    "NUL": (add(TOML, "# \0"), "42||", "NUL"),
    "endless number": (programme("n = 4", f"n = {'9' * 5000}"), "||", "TOML digits"),
    "too many": (
        programme("n = 4", "n = 99999999999999999999"),
        "|invited.1.n|99999999999999999999",
        "less than or equal",
    ),
    "too deep": (add(TOML, f"x = {'[' * 9000}"), "||", "TOML recursion"),
    "no title": (programme('title = "Small programme"\n', ""), "|title|", "missing name"),
    "blank title": (programme("Small programme", " "), "|title| ", "at least 1 character"),
    "misspelt key": (
        programme("[privacy]", "[privicy]"),
        "|privicy|{'smallest_group': 5}",
        "Did you mean privacy?",
    ),
    "misspelt inner key": (
        programme("smallest_group", "smalest_group"),
        "|privacy.smalest_group|5",
        "Did you mean smallest_group?",
    ),
    "an unknown question named in advance": (
        programme(MARCH, f'{MARCH}\nnamed_in_advance = ["herd"]'),
        "|named_in_advance|herd",
        "Did you mean heard",
    ),
    "two places of one title": (
        programme('south = "South"', 'south = "North"'),
        "|places|North",
        "twice its own",
    ),
    "unknown kind": (programme("synthetic", "made up"), "|kind|made up", "synthetic real"),
    "date in quotes": (
        programme(MARCH, 'date = "2026-03-31"'),
        "|date|2026-03-31",
        "not a date without quotes",
    ),
    "date the other way round": (programme(MARCH, "date = 31-03-2026"), "||", "TOML line 7"),
    "date that is none": (programme(MARCH, "date = 2026-02-31"), "||", "Invalid date"),
    "place with capitals": (
        programme('south = "South"', '"South End" = "South"'),
        "|places.South End|South End",
        "small letters",
    ),
    "too small a group": (
        programme("smallest_group = 5", "smallest_group = 2"),
        "|privacy.smallest_group|2",
        "3 or more",
    ),
    "fewer than none invited": (programme("n = 4", "n = -1"), "|invited.1.n|-1", "0 or more"),
    "half a person invited": (programme("n = 4", "n = 4.5"), "|invited.1.n|4.5", "integer"),
    "fewer invited than answered": (
        programme("n = 3", "n = 0"),
        "|invited.2|0",
        "1 answered and 0 were invited",
    ),
    "unknown place invited": (
        programme('place = "north"', 'place = "norht"'),
        "|invited.1|norht",
        "Did you mean north?",
    ),
    "unknown wave invited": (
        programme('wave = "start"', 'wave = "begin"'),
        "|invited.1|begin",
        "There is end or start",
    ),
    "unknown sector invited": (
        programme('sector = "university"', 'sector = "universities"'),
        "|invited.1|universities",
        "Did you mean university? [sectors]",
    ),
    "same group invited twice": (add(TOML, INVITED), "|invited.3|", "twice"),
    "a sign that no text has": (programme('title = "', 'title = "\\u0000'), "||\\u0000", "NUL Take"),
    "unknown notebook": (
        programme("learning_report", "learning_reprot"),
        "|reports.1|learning_reprot",
        "Did you mean learning_report?",
    ),
    "unknown audience": (
        programme('"public"', '"everyone"'),
        "|reports.1.audience|everyone",
        "internal public",
    ),
    "each of nothing": (programme('["place"]', '["sector"]'), "|reports.1.each.1|sector", "place wave"),
    "two coders of whom one left nothing": (
        change(TOML, "[privacy]", '[coding]\nhow = "two coders"\n\n[privacy]'),
        "|coding.how|two coders",
        "no codings codings.csv",
    ),
    "a second coder unsaid": (
        put("codings.csv", folders.CODINGS),
        "|coding.how|one coder",
        "two coders",
    ),
    "nothing to analyse": (
        remove(CODES, SCALES, GIVEN, CASES, EVIDENCE),
        "||",
        "nothing to analyse answers.csv counts.csv cases.toml",
    ),
}


def _coded(old: str, new: str) -> Damage:
    return both(coded_twice(), change("codings.csv", old, new))


def _borne(old: str, new: str) -> Damage:
    return both(put("bearings.csv", folders.BEARINGS), change("bearings.csv", old, new))


def _themed(file: str, old: str, new: str) -> Damage:
    return both(themed(), change(file, old, new))


CASE_FILES = {
    "unknown place": (
        cases('place = "north"', 'place = "norht"'),
        "|bridge.place|norht",
        "Did you mean north?",
    ),
    "unknown source": (
        cases('source = "diary"\nsection = "May"', 'source = "diry"\nsection = "May"'),
        "|bridge.source|diry",
        "Did you mean diary?",
    ),
    "unknown sector": (
        cases('sector = "university"', 'sector = "charity"'),
        "|bridge.team.1.sector|charity",
        "[sectors]",
    ),
    "unknown layer": (
        cases('"design", "delivery"', '"design", "deliver"'),
        "|bridge.team.1.layers.2|deliver",
        "learning journey",
    ),
    "timeline backwards": (
        cases("planned_end = 2025-06-30", "planned_end = 2025-04-30"),
        "|bridge.timeline.1|",
        "2025-04-30 before it starts",
    ),
    "date in quotes": (
        cases("2025-06-30", '"June"'),
        "|bridge.timeline.1.planned_end|June",
        "not a date 2024-05-31",
    ),
    "cause of itself": (
        cases('of = "cost"', 'of = "routes"'),
        "|bridge.causes|routes",
        "cause of itself circle",
    ),
    "unknown cause": (
        cases('of = "cost"', 'of = "costs"'),
        "|bridge.causes|costs",
        "'routes' 'costs' not there",
    ),
    "cause twice": (cases('key = "routes"', 'key = "cost"\n'), "|bridge.causes|", "same key"),
    "unknown status": (cases('"partly"', '"half"'), "|bridge.outcomes.1.status|half", "partly unexpected"),
    "money below zero": (cases("money = 25000", "money = -5"), "|bridge.money|-5", "greater Pounds"),
    "unknown key": (cases("money =", "mony ="), "|bridge.mony|25000", "Did you mean money?"),
    "no summary": (cases('summary = "Tenants measured them."\n', ""), "|mill.summary|", "missing planned"),
    "case with a path for a key": (
        both(
            put(CASES, '["../x"]\ntitle = "X"\nissue = "X"\nproblem = "X"\nsummary = "X"\n'),
            add(CASES, 'source = "diary"\nsection = "X"\n[["../x".outcomes]]\n'),
            add(CASES, 'outcome = "X"\nkind = "product"\nstatus = "not"\n'),
            remove(EVIDENCE),
        ),
        "|../x|../x",
        "small letters",
    ),
    "no table": (
        cases('section = "June"', 'section = "June"\nteam = "us"'),
        "|mill.team|us",
        "Tables [[case.team]]",
    ),
    "title twice": (cases('"The mill"', '"The bridge"'), "|bridge|The bridge", "same title"),
    "no outcomes": (
        cases(folders.MILL_OUTCOME, ""),
        "|mill.outcomes|",
        "no outcomes not reached",
    ),
    "outcome with no such row": (cases('["e2"]', '["e9"]'), "|mill.outcomes.1.evidence|e9", "evidence.csv"),
    "step before the start": (
        cases("money = 25000", "money = 25000\nstart = 2025-06-01"),
        "|bridge.timeline.1|2025-05-01",
        "before the case 2025-06-01",
    ),
    "steps in another order": (
        cases(
            "planned_end = 2025-06-30",
            'planned_end = 2025-06-30\n[[bridge.timeline]]\nstep = "Talk"\nactual_start = 2025-04-01',
        ),
        "|bridge.timeline.2|2025-04-01",
        "before the step above order",
    ),
    "tie to nobody": (
        add(CASES, '[[bridge.ties]]\nbetween = ["A university", "X"]\nbefore = "no"\nafter = "yes"\n'),
        "|bridge.ties.1.between|X",
        "organisation team",
    ),
    "tie to itself": (
        add(
            CASES,
            '[[bridge.ties]]\nbetween = ["A university", "A university"]\nbefore = "no"\nafter = "yes"\n',
        ),
        "|bridge.ties.1.between|A university",
        "itself",
    ),
    "change in an unknown sector": (
        add(CASES, '[[bridge.changes]]\nwho = "A driver"\nsector = "charity"\nwhat = "left"\n'),
        "|bridge.changes.1.sector|charity",
        "[sectors]",
    ),
    "not utf-8": (both(cases("Wet walls.", "Wet café walls."), recode(CASES, "cp1252")), "46||", "not UTF-8"),
}
EVIDENCE_FILES = {
    "id twice": (evidence("e2", "e1"), "3|evidence|e1", "twice own id"),
    "no id": (evidence("e2", ""), "3|evidence|", "blank id"),
    "unknown case": (evidence("mill", "mil"), "3|case|mil", "cases.toml"),
    "unknown sector": (evidence("university", "x"), "2|sector|x", "[sectors]"),
    "unknown stage": (evidence(",problem", ",x"), "2|stage|x", "stages.csv"),
    "unknown direction": (evidence("barrier", "x"), "3|direction|x", "enabler"),
    "no direction": (evidence("barrier", ""), "3|direction|", "enabler"),
    "unknown code": (evidence("pace", "x"), "3|code|x", "factors insights"),
    "unknown knowledge": (evidence("lived", "x"), "2|knowledge|x", "knowledge.csv"),
    "unknown condition": (evidence(",time,", ",x,"), "2|condition|x", "conditions.csv"),
    "unknown principle": (evidence("voices", "x"), "2|principle|x", "principles.csv"),
    "no words": (evidence("It rained.", ""), "4|paraphrase|", "blank own words"),
    "unknown source": (evidence("diary,May", "x,May"), "2|source|x", "[sources]"),
    "no section": (evidence("diary,May", "diary,"), "2|section|", "blank source"),
}
CODINGS = "codings.csv"
BEARINGS = "bearings.csv"
CODING_FILES = {
    "unknown row": (_coded("e2,B", "e9,B"), "3|evidence|e9", "evidence.csv"),
    "read twice": (_coded("e2,B", "e1,B"), "3|coder|B", "already Keep"),
    "read by the first coder": (_coded("e2,B", "e2,A"), "3|coder|A", "already"),
    "no coder": (_coded("e2,B", "e2,"), "3|coder|", "who coded"),
    "unknown code": (_coded("recruitment | pace", "recruitment | x"), "2|code|recruitment | x", "factors"),
}
BEARING_FILES = {
    "unknown row": (_borne("e2,", "e9,"), "3|evidence|e9", "evidence.csv"),
    "unknown recommendation": (_borne("e2,delegation", "e2,x"), "3|recommendation|x", "recommendations.csv"),
    "neither for nor against": (_borne("against", "perhaps"), "3|bearing|perhaps", "for against"),
}
THEME_FILES = {
    "key twice": (_themed("themes.csv", "food,Food", "talk,Food"), "3|theme|talk", "own key"),
    "no definition": (_themed("themes.csv", "What people ate.", ""), "2|definition|", "about"),
}
EXCERPT_FILES = {
    "unknown person": (_themed("excerpts.csv", "p2", "p9"), "2|person|p9", "answers.csv"),
    "nothing said": (_themed("excerpts.csv", "p2", "p1"), "2|person|p1", "nothing"),
    "not an open question": (_themed("excerpts.csv", "comment", "heard"), "2|item|heard", "kind is text"),
    "unknown theme": (_themed("excerpts.csv", "talk", "x"), "2|theme|x", "themes.csv"),
    "no themes": (both(themed(), remove("themes.csv")), "||", "themes.csv cannot"),
}
DECISIONS = {
    "date the other way round": (decisions("2026-01-31", "31/01/2026"), "2|date|31/01/2026", "2026-01-31"),
    "date without hyphens": (decisions("2026-01-31", "20260131"), "2|date|20260131", "not a date"),
    "nothing said": (decisions("Left out one row", " "), "2|what|", "says nothing `what`"),
    "signed off by whoever made it": (decisions(",A,", ",A, a "), "2|signed_off_by| a ", "somebody else"),
}
BROKEN = {
    TOML: PROGRAMMES,
    CASES: CASE_FILES,
    EVIDENCE: EVIDENCE_FILES,
    CODINGS: CODING_FILES,
    BEARINGS: BEARING_FILES,
    "themes.csv": THEME_FILES,
    "excerpts.csv": EXCERPT_FILES,
    "decisions.csv": DECISIONS,
}
