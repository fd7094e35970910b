"""Broken programmes and cases: the damage to the small programme, where the problem is, and words about it.

Where: row, column and value, with strokes between. The words stand in the problem or its remedy.
"""

from functools import partial

from folders import add, both, change, folder_for, put, recode, remove

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
    "nothing to analyse": (
        remove(CODES, SCALES, GIVEN, CASES, EVIDENCE),
        "||",
        "nothing to analyse answers.csv counts.csv cases.toml",
    ),
}
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
            add(CASES, 'source = "diary"\nsection = "X"\n'),
            remove(EVIDENCE),
        ),
        "|../x|../x",
        "small letters",
    ),
    "no table": (add(CASES, 'team = "us"'), "|mill.team|us", "Tables [[case.team]]"),
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
DECISIONS = {
    "date the other way round": (decisions("2026-01-31", "31/01/2026"), "2|date|31/01/2026", "2026-01-31"),
    "date without hyphens": (decisions("2026-01-31", "20260131"), "2|date|20260131", "not a date"),
    "nothing said": (decisions("Left out one row", " "), "2|what|", "says nothing `what`"),
}
BROKEN = {TOML: PROGRAMMES, CASES: CASE_FILES, EVIDENCE: EVIDENCE_FILES, "decisions.csv": DECISIONS}
