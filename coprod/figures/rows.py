"""What every row of a figure of questions has: the question above, and n beside its bar."""

from coprod.figures.lettering import SMALL
from coprod.figures.questions import Question
from coprod.figures.sheet import EDGE, GREY, WIDTH, Sheet, height

BAR = 0.29  # inches
BESIDE = 1.25  # inches at the right, for n and for those who gave no label
BETWEEN = 0.15  # inches from one row to the next


def ask_above(sheet: Sheet, item: Question, y: float) -> float:
    """Write the question across the page, and return where its bar begins."""
    return sheet.write(item.heading, EDGE, y + BETWEEN, width=WIDTH - 2 * EDGE) + 0.05


def count_beside(sheet: Sheet, item: Question, y: float) -> float:
    """Write n level with the bar that begins at y, whoever gave no label below, and return the end."""
    x, y = WIDTH - BESIDE + 0.12, y + BAR / 2 - height(SMALL) / 2
    y = sheet.write(f"n {item.base_said}", x, y, fontsize=SMALL)
    for words in item.without_label():
        y = sheet.write(words, x, y, width=WIDTH - EDGE - x, fontsize=SMALL, color=GREY)
    return y


def nobody(sheet: Sheet, y: float) -> float:
    """Say in a bar's place that there is none."""
    sheet.write("Nobody gave an answer.", EDGE, y + BAR / 2 - height(SMALL) / 2, fontsize=SMALL, color=GREY)
    return y + BAR
