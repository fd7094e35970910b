"""Every export there is to write, by the tool that would write it."""

from typing import NamedTuple

import shapes_coded
import shapes_kobo
import shapes_labelled
import shapes_limesurvey
import shapes_qualtrics
import shapes_spss
from shapes_survey import Shape


class Tool(NamedTuple):
    """An export: how it is written, and what gets lost on its way.

    Attributes
    ----------
    name : str
        Of the reader.
    write : callable
    stems : bool
        Whether the export holds what stands above a grid.
    ordered : bool
        Whether it holds all labels, in their order.
    unasked : {"", "told", "ticks", "behind"}
        Whether it tells a question that was not asked from one left blank: never; always; only where several
        could be ticked; or by calling both not asked, where some were not asked.
    multi_text : bool
        Whether it holds the question above options that could be ticked.
    joined : bool
        Whether several options stand in one cell, and what the options are has to be found out.
    """

    name: str
    write: Shape
    stems: bool = True
    ordered: bool = False
    unasked: str = ""
    multi_text: bool = True
    joined: bool = False


TOOLS = {
    "qualtrics csv": Tool("qualtrics", shapes_qualtrics.qualtrics_csv, joined=True),
    "qualtrics tsv": Tool("qualtrics", shapes_qualtrics.qualtrics_tsv),
    "microsoft forms xlsx": Tool(
        "microsoft_forms", shapes_labelled.microsoft_forms_xlsx, stems=False, joined=True
    ),
    "microsoft forms csv": Tool(
        "microsoft_forms", shapes_labelled.microsoft_forms_csv, stems=False, joined=True
    ),
    "google forms": Tool("google_forms", shapes_labelled.google_forms, joined=True),
    "surveymonkey": Tool("surveymonkey", shapes_labelled.surveymonkey),
    "typeform": Tool("typeform", shapes_labelled.typeform, stems=False, multi_text=False),
    "plain csv": Tool("plain", shapes_labelled.plain_csv, stems=False, unasked="told", joined=True),
    "plain xlsx": Tool("plain", shapes_labelled.plain_xlsx, stems=False, unasked="told", joined=True),
    "jisc": Tool("jisc", shapes_coded.jisc, ordered=True),
    "redcap": Tool("redcap", shapes_coded.redcap, ordered=True, unasked="behind"),
    "limesurvey": Tool("limesurvey", shapes_limesurvey.limesurvey, ordered=True, unasked="ticks"),
    "kobo": Tool("kobo", shapes_kobo.kobo, stems=False, ordered=True),
    "spss": Tool("spss", shapes_spss.spss, stems=False, ordered=True, multi_text=False),
}
