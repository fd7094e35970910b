"""Coding: how far coders agree, coding outside in a spreadsheet, and codebooks of other programs.

Agreement says how alike people read the same rows. It does not say who read them rightly, and where a
programme coded jointly there is none to compute.
"""

from coprod.coding.agreeing import agreement, agreement_by_code
from coprod.coding.readings import disagreements
from coprod.coding.refi import read_qdc, write_qdc
from coprod.coding.returned import read_sheet
from coprod.coding.saving import save_codings
from coprod.coding.sheets import write_sheet

__all__ = [
    "agreement",
    "agreement_by_code",
    "disagreements",
    "read_qdc",
    "read_sheet",
    "save_codings",
    "write_qdc",
    "write_sheet",
]
