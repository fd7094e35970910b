"""Broken surveys: the damage to the small programme, where the problem is, and words about it.

Where: row, column and value, with strokes between. The words stand in the problem or its remedy.
"""

from functools import partial

from folders import ANSWERS, CODEBOOK, add, both, change, counted, folder_for, put, recode, remove

CODES = "codebook.csv"
SCALES = "scales.toml"
GIVEN = "answers.csv"
COUNTED = "counts.csv"
HEARD = "heard,I felt heard.,scale,agreement,The workshop,principle:voices,,,"
AGREEMENT = '["Disagree", "Neither", "Agree"]'
codebook = partial(change, CODES)
scales = partial(change, SCALES)
answers = partial(change, GIVEN)
counts = partial(change, COUNTED)

CODEBOOKS = {
    "no codebook": (remove(CODES), "||", "missing answers.csv"),
    "empty": (put(CODES, ""), "||", "empty header"),
    "only a blank line": (put(CODES, "\r\n"), "||", "empty header"),
    "a folder for a file": (folder_for(CODES), "||", "cannot be read directory"),
    "cp1252": (
        both(codebook("I felt heard.", "Is it a café?"), recode(CODES, "cp1252")),
        "2||",
        "not UTF-8 Save again",
    ),
    "utf-16": (recode(CODES, "utf-16"), "1||", "not UTF-8"),
    "utf-16 without a mark": (recode(CODES, "utf-16-le"), "1||", "NUL"),
    "NUL": (codebook("I felt heard.", "I felt\0heard."), "2||", "NUL"),
    "semicolons": (put(CODES, CODEBOOK.replace(",", ";")), "1||", "not separated by commas"),
    "a cell too few": (codebook(HEARD, HEARD[:-1]), "2||", "8 cells header 9 comma"),
    "a cell too many": (codebook("felt rushed", "felt, rushed"), "3||", "10 cells comma"),
    "a blank line": (codebook(HEARD, f"{HEARD}\n"), "3||", "0 cells blank line"),
    "open quotation mark": (
        codebook("Anything else?", '"Anything else?'),
        "8||",
        "unexpected end quotation mark",
    ),
    "stray quotation mark": (
        codebook("I felt heard.", '"I felt" heard.'),
        "2||",
        "cannot be read quotation mark",
    ),
    "endless cell": (codebook("I felt heard.", "h" * 200_000), "2||", "cannot be read endless"),
    "missing column": (put(CODES, CODEBOOK.replace("framework", "frame")), "|framework|", "missing Add"),
    "column twice": (
        both(put(CODES, CODEBOOK.replace("\n", ",\n")), codebook("waves,before,", "waves,before,waves")),
        "1|waves|",
        "twice Keep one",
    ),
    "column without a name": (put(CODES, CODEBOOK.replace("\n", ",\n")), "1||", "no name"),
    "item twice": (add(CODES, f"{HEARD}\n"), "9|item|heard", "twice own name"),
    "item without a name": (add(CODES, ",Why?,text,,,,,,\n"), "9|item|", "blank name"),
    "item with a space": (add(CODES, "two words,Why?,text,,,,,,\n"), "9|item|two words", "small letters"),
    "item with a long name": (
        add(CODES, f"{'x' * 100},Why?,text,,,,,,\n"),
        f"9|item|{'x' * 80}",
        "at most 60",
    ),
    "item named as a column": (add(CODES, "wave,Why?,text,,,,,,\n"), "9|item|wave", "taken"),
    "item without words": (codebook("I felt heard.", " "), "2|text| ", "blank asked"),
    "unknown kind": (codebook("number", "integer"), "7|kind|integer", "one of scale, multi"),
    "scale without an order": (
        codebook("multi,topics", "scale,topics"),
        "6|kind|scale",
        "no order choice",
    ),
    "item without a scale": (codebook("multi,topics", "multi,"), "6|scale|", "no scale scales.toml"),
    "unknown scale": (codebook("multi,topics", "multi,topic"), "6|scale|topic", "scale in scales.toml"),
    "unknown wave": (
        codebook("end,use_before", "end strat,use_before"),
        "5|waves|strat",
        "Did you mean start?",
    ),
    "unknown framework key": (
        codebook("condition:time", "condition:tiem"),
        "3|framework|condition:tiem",
        "condition:KEY",
    ),
    "reversed is no yes": (codebook("yes", "TRUE"), "3|reversed|TRUE", "yes or blank"),
    "before names nothing": (
        codebook("end,use_before", "end,use_befor"),
        "5|before|use_befor",
        "another item",
    ),
    "before names itself": (
        codebook("end,use_before", "end,use_since"),
        "5|before|use_since",
        "another item",
    ),
    "before has no scale": (codebook("end,use_before", "end,comment"), "5|before|comment", "with a scale"),
    "no scales.toml": (
        both(remove(SCALES), put(CODES, f"{CODEBOOK.splitlines()[0]}\n{HEARD}\n")),
        "2|scale|agreement",
        "scales.toml",
    ),
}
SCALE_FILES = {
    "one label": (
        scales('["Damp", "Buses", "None"]', '["Damp"]'),
        "|topics.labels|['Damp']",
        "at least 2 At least two",
    ),
    "label twice": (
        scales(AGREEMENT, '["Disagree", "Neither", "Agree", "Agree"]'),
        "|agreement|",
        "'Agree' twice",
    ),
    "non-answer is a label": (scales('["Don\'t know"]', '["Neither"]'), "|agreement|", "'Neither' twice"),
    "blank label": (scales('"Buses"', '""'), "|topics.labels.2|", "at least 1 character"),
    "label like a blank": (scales('"None"', '"[blank]"'), "|topics|", "[blank] used"),
    "label with a bar": (scales('"None"', '"A | B"'), "|topics|", "'A | B' holds"),
    "label ends with a space": (scales('"None"', '"None "'), "|topics|", "'None ' ends"),
    "neutral is no label": (
        scales('neutral = "Neither"', 'neutral = "Neutral"'),
        "|agreement|",
        "neutral 'Neutral' is not",
    ),
    "favourable is no label": (
        scales('favourable = ["Often"]', 'favourable = ["often"]'),
        "|often|",
        "favourable 'often' is not",
    ),
    "neutral is favourable": (
        scales('favourable = ["Agree"]', 'favourable = ["Neither", "Agree"]'),
        "|agreement|",
        "neutral favourable as well",
    ),
    "no polarity": (scales('polarity = "none"', ""), "|topics.polarity|", "missing positive negative none"),
    "unknown polarity": (
        scales('polarity = "none"', 'polarity = "nominal"'),
        "|topics.polarity|nominal",
        "positive negative none",
    ),
    "order without favourable": (scales('favourable = ["Often"]', ""), "|often|", "order needs favourable"),
    "favourable without order": (
        add(SCALES, 'favourable = ["Damp"]\n'),
        "|topics|",
        "favourable without one",
    ),
    "unknown key": (add(SCALES, 'label = "Damp"\n'), "|topics.label|Damp", "Did you mean labels?"),
    "no table": (put(SCALES, 'agreement = "Agree"'), "|agreement|Agree", "not a table"),
    "not toml": (add(SCALES, "= 3"), "||", "TOML line"),
    "name with a space": (
        add(SCALES, '["a b"]\nlabels = ["x", "y"]\npolarity = "none"\n'),
        "|a b|a b",
        "small letters",
    ),
}
ANSWER_FILES = {
    "column of no item": (
        put(GIVEN, ANSWERS.replace("\n", ",\n").replace("comment,", "comment,remark")),
        "|remark|",
        "not in the codebook",
    ),
    "item without a column": (add(CODES, "more,More?,text,,,,,,\n"), "|more|", "has no column Add"),
    "missing column": (answers("person,", "who,"), "|person|", "missing Add"),
    "off the scale": (
        answers("university,Agree,Disagree", "university,Agree,Strongly disagree"),
        "2|rushed|Strongly disagree",
        "scale 'agreement'",
    ),
    "another case": (answers("Neither", "neither"), "3|heard|neither", "exactly"),
    "a space behind": (answers("Neither", "Neither "), "3|heard|Neither ", "exactly"),
    "a word for a blank": (answers("Neither", "[blank]"), "3|heard|[blank]", "scale"),
    "non-answer of another scale": (answers("Neither", "N/A"), "3|heard|N/A", "scale"),
    "very long": (answers("Neither", "N" * 9000), f"3|heard|{'N' * 80}", "scale"),
    "formula": (answers("Neither", "=1+1"), "3|heard|=1+1", "scale"),
    "blank person": (answers("p3", ""), "5|person|", "blank key"),
    "person of spaces": (answers("p3", "  "), "5|person|  ", "blank key"),
    "person twice": (add(GIVEN, "p3,north,end,,,,,,,,\n"), "6|person|p3", "twice one wave"),
    "unknown place": (answers("p3,south", "p3,souht"), "5|place|souht", "[places]"),
    "unknown wave": (answers("p2,north,start", "p2,north,begin"), "3|wave|begin", "[waves]"),
    "blank place": (answers("p3,south", "p3,"), "5|place|", "[places]"),
    "unknown sector": (answers("third_sector", "charity"), "3|sector|charity", "[sectors]"),
    "no number": (answers("-1", "one"), "5|meetings|one", "Write a number"),
    "number with a comma": (answers("-1", '"1,5"'), "5|meetings|1,5", "Write a number"),
    "option off the scale": (
        answers("Damp | Buses", "Damp | Rain"),
        "2|topics|Damp | Rain",
        "joined by ' | '",
    ),
    "options joined otherwise": (
        answers("Damp | Buses", "Damp|Buses"),
        "2|topics|Damp|Buses",
        "joined by ' | '",
    ),
    "option twice": (answers("Damp | Buses", "Damp | Damp"), "2|topics|Damp | Damp", "topics"),
    "option that is blank": (answers("Damp | Buses", "Damp | "), "2|topics|Damp | ", "topics"),
    "option beside not asked": (
        answers("Damp | Buses", "Damp | [not asked]"),
        "2|topics|Damp | [not asked]",
        "topics",
    ),
    "wave without the item": (
        answers("Neither,Don't know,,", "Neither,Don't know,Often,"),
        "3|use_before|Often",
        "not asked in this wave `waves`",
    ),
    "an open quotation mark": (add(GIVEN, '"p4'), "6||", "quotation mark"),
}
COUNT_FILES = {
    "answers as well": (both(counted(), put(GIVEN, ANSWERS)), "||", "answers.csv one of them"),
    "below zero": (counted(counts("Agree,7", "Agree,-7")), "2|n|-7", "0 or more"),
    "half": (counted(counts("Agree,7", "Agree,7.5")), "2|n|7.5", "whole number"),
    "superscript": (counted(counts("Agree,7", "Agree,7²")), "2|n|7²", "whole number"),
    "endless": (
        counted(counts("Agree,7", "Agree,99999999999999999999")),
        "2|n|99999999999999999999",
        "whole number",
    ),
    "blank": (counted(counts("Agree,7", "Agree,")), "2|n|", "blank 0 if nobody"),
    "unknown item": (counted(counts("rushed", "rush")), "6|item|rush", "scale or choice"),
    "item without a scale": (counted(counts("rushed", "meetings")), "6|item|meetings", "scale or choice"),
    "ticks of several options": (
        counted(counts("rushed", "topics"), counts("Don't know,0", "Damp,0")),
        "6|item|topics",
        "scale or choice",
    ),
    "unknown place": (counted(add(COUNTED, "rushed,east,,,Agree,7,\n")), "7|place|east", "[places]"),
    "off the scale": (counted(counts("[blank]", "Blank")), "3|answer|Blank", "item's scale"),
    "count twice": (
        counted(add(COUNTED, "rushed,,,,Don't know,1,\n")),
        "7|answer|Don't know",
        "twice Keep one",
    ),
    "before off the scale": (counted(counts("4,Never", "4,Seldom")), "5|before|Seldom", "`before`"),
    "before a non-answer": (counted(counts("4,Never", "4,N/A")), "5|before|N/A", "`before`"),
    "before without an item": (
        counted(counts("[blank],1,", "[blank],1,Agree")),
        "3|before|Agree",
        "`before`",
    ),
    "all beside each place": (
        counted(add(COUNTED, "rushed,north,,,Agree,2,\n")),
        "6|place|",
        "each place for all together",
    ),
}
BROKEN = {CODES: CODEBOOKS, SCALES: SCALE_FILES, GIVEN: ANSWER_FILES, COUNTED: COUNT_FILES}
