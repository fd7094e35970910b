"""The forms in which a person writes down what they expect, or think; for JupyterLab."""

from collections.abc import Callable, Sequence
from html import escape

import ipywidgets

from coprod import live, markup
from coprod.reflect import distance
from coprod.reflect.distance import Found
from coprod.reflect.keeping import keep_and_say

STEP = 5  # of 100; finer shares are not what anybody expects
NOT_CHOSEN = "Choose one first, then look."
NOTHING_WRITTEN = "There is nothing to keep yet."
KEPT_ALREADY = "This is kept already."
OTHERWISE = "Your words stay here; copy them before you close the page."


class Options:
    """Options to choose one from.

    Parameters
    ----------
    options : sequence of str
    right : sequence of str
        Those that were found; none where nobody can say.
    answers : dict of str to Found
    """

    def __init__(self, options: Sequence[str], right: Sequence[str], answers: dict[str, Found]) -> None:
        self.right, self.answers = right, answers
        self.radio = ipywidgets.RadioButtons(options=options, value=None, layout=_wide())
        self.widget = self.radio

    def lacking(self) -> str:
        """Say what is missing; "" where nothing is."""
        return "" if self.radio.value is not None else NOT_CHOSEN

    def answer(self) -> str:
        """Return what was chosen."""
        return self.radio.value

    def compared(self) -> tuple[str, str]:
        """Say what was found beside it, and lay it out."""
        return distance.verdict(self.radio.value, self.right, self.answers), ""


class Shares:
    """Shares out of 100 for each answer: a slider, and beside it a field that takes the same as a number.

    The field carries the label: ipywidgets gives its sliders no name that could be read aloud.
    """

    def __init__(self, answers: dict[str, Found]) -> None:
        self.answers = answers
        self.fields = {answer: _number(answer) for answer in answers}
        self.left = ipywidgets.HTML()
        for field in self.fields.values():
            field.observe(self._count, "value")
        rows = [ipywidgets.HBox([field, _slider(field)]) for field in self.fields.values()]
        self.widget = ipywidgets.VBox([*rows, self.left])
        self._count(None)

    def _count(self, _: object) -> None:
        self.left.value = live.page(live.announced(self.lacking() or "All 100 are given out."))

    def lacking(self) -> str:
        """Say how many of the 100 are still to be given out, or too many; "" where it is right."""
        over = sum(field.value for field in self.fields.values()) - 100
        if over > 0:
            return f"{over} too many: the shares must add up to 100."
        return f"{-over} of 100 left to give out." if over else ""

    def answer(self) -> str:
        """Return the shares in words."""
        return "\n".join(f"{answer}: {field.value} of 100" for answer, field in self.fields.items())

    def compared(self) -> tuple[str, str]:
        """Say how far it is from what was found, and lay both out."""
        expected = {answer: field.value for answer, field in self.fields.items()}
        shares = {answer: value / 100 for answer, value in expected.items()}
        table = distance.side_by_side(expected, self.answers)
        return distance.how_far(shares, self.answers), table


class Expectation:
    """A question, a form for what is expected, and a button that keeps it and shows what was found.

    Parameters
    ----------
    question : str
    form : Options or Shares
    reveal : callable
        Lays out what is shown after.
    notebook : str or None
    """

    def __init__(
        self, question: str, form: Options | Shares, reveal: Callable[[], str], notebook: str | None
    ) -> None:
        self.question, self.form, self.reveal, self.notebook = question, form, reveal, notebook
        self.button = ipywidgets.Button(description="Show it", button_style="primary")
        self.result = ipywidgets.HTML()
        self.button.on_click(self._pressed)
        self.done = False

    def give_out(self) -> None:
        """Show the form below the cell that runs."""
        box = ipywidgets.VBox([_asked(self.question), self.form.widget, self.button, self.result])
        live.give_out(box, self.question, markup.sentences([self.question]))

    def _pressed(self, _: object) -> None:
        if self.done:
            return
        if lacking := self.form.lacking():
            self.result.value = live.page(live.announced(lacking))
            return
        self.done = True  # what is written after looking is no expectation
        told, table = self.form.compared()
        expected = f"Expected:\n{self.form.answer()}\n{told}"
        kept = keep_and_say(self.question, expected, self.notebook, otherwise=OTHERWISE)
        self.result.value = live.page(live.announced(f"{told} {kept}"), table, self.reveal())


class Reflection:
    """A question, room to write, and a button that keeps what was written."""

    def __init__(self, question: str, notebook: str | None) -> None:
        self.question, self.notebook = question, notebook
        # sent when one leaves the field: sent letter by letter, the last could come after the button's press
        self.words = ipywidgets.Textarea(
            description="In your words",
            rows=5,
            continuous_update=False,
            layout=_wide(),
            style={"description_width": "initial"},
        )
        self.button = ipywidgets.Button(description="Keep it", button_style="primary")
        self.result = ipywidgets.HTML()
        self.button.on_click(self._pressed)
        self.last = ""

    def give_out(self) -> None:
        """Show the form below the cell that runs."""
        box = ipywidgets.VBox([_asked(self.question), self.words, self.button, self.result])
        live.give_out(box, self.question, markup.sentences([self.question]))

    def _pressed(self, _: object) -> None:
        written = self.words.value.strip()
        if not written or written == self.last:
            said = KEPT_ALREADY if written else NOTHING_WRITTEN
        else:
            said = keep_and_say(self.question, written, self.notebook, otherwise=OTHERWISE)
            self.last = written
        self.result.value = live.page(live.announced(said))


def _asked(question: str) -> ipywidgets.HTML:
    return ipywidgets.HTML(live.page(f"<p><strong>{escape(question)}</strong></p>"))


def _number(label: str) -> ipywidgets.BoundedIntText:
    style = {"description_width": "14rem"}
    return ipywidgets.BoundedIntText(
        description=label, max=100, step=STEP, style=style, layout=ipywidgets.Layout(width="20rem")
    )


def _slider(field: ipywidgets.BoundedIntText) -> ipywidgets.IntSlider:
    slider = ipywidgets.IntSlider(
        max=100, step=STEP, readout=False, layout={"flex": "1", "margin": "0 0 0 1rem"}
    )
    ipywidgets.link((field, "value"), (slider, "value"))
    return slider


def _wide() -> ipywidgets.Layout:
    return ipywidgets.Layout(width="auto", flex="1")
