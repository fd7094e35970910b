"""A questionnaire as a Word document: to paste into Microsoft Forms, to print, or to send round before.

Headings, numbered questions and lists of answers are what they look like, by their styles, so that a screen
reader tells them, and a program that takes the document in finds them.
"""

import datetime as dt
from pathlib import Path

from docx import Document
from docx.document import Document as Page
from docx.oxml.ns import qn

from coprod.instrument.form import BEFORE, Form, Question, make_form
from coprod.programme import Programme

LANGUAGE = "en-GB"
UNTITLED = "Questions"
HOW = {
    **{"scale": "Choose one.", "choice": "Choose one.", "consent": "Choose one."},
    **{"multi": "Choose all that apply.", "number": "A number.", "code": "A few characters."},
    **{"text": "In your own words."},
}
STATEMENTS = "Choose one answer for each of these statements."
ANSWERS = "The answers to each of them:"
NEEDED = "It needs an answer."


def write_docx(programme: Programme, path: Path, wave: str = "") -> None:
    """Write a programme's questionnaire as a Word document; `wave` as in :func:`form.make_form`."""
    form = make_form(programme, wave)
    page = Document()
    _tell_about(page, form, programme.date)
    page.add_heading(form.title, level=0)
    page.add_heading(BEFORE, level=1)
    for text in form.before:
        page.add_paragraph(text)
    for section in form.sections:
        page.add_heading(section.title or UNTITLED, level=1)
        for block in section.blocks():
            if len(block) > 1:
                _write_statements(page, block)
            else:
                _write_question(page, block[0])
    page.save(str(path))


def _tell_about(page: Page, form: Form, date: dt.date) -> None:
    """Set language and properties; the template has those of its maker."""
    for language in page.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    about = page.core_properties
    about.title, about.language, about.author, about.comments = form.title, LANGUAGE, "", ""
    about.created = about.modified = dt.datetime(date.year, date.month, date.day)


def _write_question(page: Page, question: Question) -> None:
    page.add_paragraph(question.text, style="List Number").paragraph_format.keep_with_next = True
    how = f"{HOW[question.kind]} {NEEDED}" if question.needed else HOW[question.kind]
    _write_how(page, how)
    _write_answers(page, question)


def _write_statements(page: Page, block: tuple[Question, ...]) -> None:
    _write_how(page, STATEMENTS)
    for question in block:
        page.add_paragraph(question.text, style="List Number")
    _write_how(page, ANSWERS)
    _write_answers(page, block[0])


def _write_how(page: Page, how: str) -> None:
    line = page.add_paragraph(style="List Continue")
    line.add_run(how).italic = True
    line.paragraph_format.keep_with_next = True


def _write_answers(page: Page, question: Question) -> None:
    for label in question.answers:
        page.add_paragraph(label, style="List Bullet 2")
