"""LimeSurvey's files, written as LimeSurvey writes them: responses as CSV and the survey's structure."""

CUT = 15  # characters that are left of a text that is cut short
OWN = {
    "id": "Response ID",
    "submitdate": "Date submitted",
    "lastpage": "Last page",
    "startlanguage": "Start language",
    "seed": "Seed",
    "ipaddr": "IP address",
}
GERMAN = {"Not at all": "Gar nicht", "A little": "Etwas", "A lot": "Sehr", "How much": "Wie sehr"}
DEGREES = [("AO01", "Not at all"), ("AO02", "A little"), ("AO03", "A lot")]
PARTS = [("SQ001", "heard"), ("SQ002", "part of it")]
WAYS = [("SQ001", "Workshops"), ("SQ002", "Letters, e-mail")]
SURVEY = [  # code, type, text, parts, answers, other
    ("heard", "F", "How much did <b>you</b> feel:", PARTS, DEGREES, ""),
    ("ways", "M", "How did you take part?", WAYS, [], "Y"),
    ("role", "L", "What are you?", [], [("A1", "Resident"), ("A2", "Worker")], "Y"),
    ("again", "Y", "Would you come again?", [], [], ""),
    ("why", "T", "Why?", [], [], ""),
    ("years", "N", "For how many years?", [], [], ""),
    ("reach", "S", "What is your e-mail address?", [], [], ""),
]
NULL = None  # a blank in the database, and not an empty text: nobody was asked


def columns(survey=SURVEY):
    """List code, full text of each column after LimeSurvey's own."""
    found = []
    for code, _, text, parts, _, other in survey:
        plain = text.replace("<b>", "").replace("</b>", "")
        found += [(f"{code}[{part}]", plain, said) for part, said in parts]
        found += [(code, plain, "")] if not parts else []
        found += [(f"{code}[other]", plain, "Other")] if other else []
    return found


def heading(code, text, part, form):
    if form == "abbreviated":
        text, part = (f"{said[:CUT]}.. " if len(said) > CUT else said for said in (text, part))
    whole = f"{text} [{part}]" if part else text
    return {"code": code, "emcode": code.replace("[", "_").replace("]", "")}.get(
        form, f"{code}. {whole}" if form == "codetext" else whole
    )


def headings(form, own=OWN, survey=SURVEY):
    both = [f"{code}. {text}" for code, text in own.items()]
    first = {"code": list(own), "emcode": list(own), "codetext": both}.get(form, list(own.values()))
    return [*first, *(heading(*told, form) for told in columns(survey))]


def responses_file(path, header, rows, separator=";"):
    """Write responses: everything in quotation marks but what is `NULL`; a blank line at the end."""

    def cell(value):
        if value is NULL:
            return ""
        value = f"'{value}" if value.startswith("=") else value
        return '"' + value.replace('"', '""') + '"'

    lines = [separator.join(map(cell, row)) for row in [header, *rows]]
    path.write_bytes(("\ufeff" + "".join(f"{line}\r\n" for line in [*lines, ""])).encode())
    return path


def table(name, rows):
    """Write a table of the database."""
    fields = dict.fromkeys(field for row in rows for field in row)
    names = "".join(f"<fieldname>{field}</fieldname>" for field in fields)
    cells = [
        "".join(f"<{field}><![CDATA[{value}]]></{field}>" for field, value in row.items()) for row in rows
    ]
    inner = "".join(f"<row>{row}</row>" for row in cells)
    return f"<{name}><fields>{names}</fields><rows>{inner}</rows></{name}>"


def in_german(text):
    known = [text.replace(said, german) for said, german in GERMAN.items() if said in text]
    return known[0] if known else f"{text} (de)"


class Survey:
    """The tables of a survey; before version 4, a text stood in a row of its own for each language."""

    def __init__(self, newer, languages):
        self.newer, self.languages = newer, languages
        self.tables = {name: [] for name in ("answers", "questions", "subquestions")}

    def add(self, name, field, row, text):
        spoken = [
            {field: text if language == "en" else in_german(text), "language": language}
            for language in self.languages
        ]
        if not self.newer:
            self.tables[name] += [row | words for words in spoken]
            return
        self.tables[name].append(row)
        number = "aid" if field == "answer" else "qid"
        self.tables.setdefault(f"{field}_l10ns", []).extend({number: row[number]} | words for words in spoken)


def structure(survey=SURVEY, newer=True, languages=("de", "en")):
    """Write the survey's structure, the rows of its tables in no order, as a database gives them."""
    made = Survey(newer, languages)
    for place, (code, kind, text, parts, answers, other) in enumerate(survey, start=1):
        row = {"qid": place, "parent_qid": 0, "type": kind, "title": code, "other": other or "N"}
        made.add("questions", "question", row | {"question_order": place, "scale_id": 0}, text)
        for order, (part, said) in enumerate(parts):
            row = {"qid": 100 * place + order, "parent_qid": place, "title": part, "scale_id": 0}
            made.add("subquestions", "question", row | {"question_order": order}, said)
        for order, (answer, said) in enumerate(answers):
            row = {"aid": 1000 * place + order, "qid": place, "code": answer, "scale_id": 0}
            made.add("answers", "answer", row | {"sortorder": order}, said)
    made.tables["surveys"] = [{"sid": 1, "language": "en", "additional_languages": "de"}]
    inner = "".join(table(name, rows[::-1]) for name, rows in made.tables.items())
    spoken = "".join(f"<language>{language}</language>" for language in languages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<document><LimeSurveyDocType>Survey</LimeSurveyDocType>'
        f"<languages>{spoken}</languages>{inner}</document>"
    )
