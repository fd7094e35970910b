"""Reflexive practice in a notebook: what a person expects before a figure is shown, and thinks after.

What is written goes into a file of the person's own, ``my_reflections/<notebook>.md``, and nowhere else.
Where nobody sits before the notebook the question stands there in words, and the figure follows it.
"""

from collections.abc import Callable, Mapping, Sequence

from coprod import display, live
from coprod.figures import Drawn
from coprod.names import unknown
from coprod.reflect.distance import Found, found, most_given

__all__ = ["expect", "prompt"]

Reveal = Drawn | Sequence[Drawn] | Sequence[str]
NOTHING_GIVEN = (
    "shown gives nothing back. Pass the figure itself or sentences, as in "
    "shown=lambda: figures.by_section(shares), and not display.show or display.say."
)
SEVERAL = (
    "Shares can be expected of one question and one group at a time, and this figure shows several: "
    "narrow it, or give options to choose from."
)
NO_FORM = "Give options to choose from, or in shown the figure of one question to expect shares of."
WRITE = "In JupyterLab you can write down what you think here, and keep it for yourself."


def expect(
    question: str,
    options: Sequence[str] | None = None,
    *,
    shown: Reveal | Callable[[], Reveal] = (),
    right: str | None = None,
    notebook: str | None = None,
) -> None:
    """Ask what a person expects, keep it, and only then show what was found, and how far it is from that.

    Parameters
    ----------
    question : str
    options : sequence of str, optional
        One of them is chosen. Without them a share is expected of each answer to the question that `shown`
        is about; they add up to 100.
    shown : Drawn, sequence of Drawn, sequence of str, or a callable that returns one of these
        What is shown after: figures of protected tables, or sentences.
    right : str, optional
        The option that was found. When left out it is the answer that most people gave, where `options`
        are answers of the question that `shown` is about; else nobody says whether the choice was right.
    notebook : str, optional
        Names the file to keep it in; the notebook that runs when left out.

    Raises
    ------
    TypeError
        `shown` is no figure of a protected table and no sentences.
    UnknownName
        `right` is none of the options.
    ValueError
        There are neither options nor one question to expect shares of.
    """
    given = _given(shown)
    drawn = [one for one in given if isinstance(one, Drawn)]
    answers = found(drawn)
    _check(options, right, drawn, answers)
    if not (live.front_end() and live.widgets_there()) or not (options or answers):
        _in_words(question, list(options or answers), given)
        return
    from coprod.reflect.asking import Expectation, Options, Shares

    if options is None:
        form = Shares(answers)
    else:
        most = [one for one in most_given(answers) if one in options]
        form = Options(list(dict.fromkeys(options)), most if right is None else [right], answers)
    Expectation(question, form, lambda: _laid_out(given), notebook).give_out()


def prompt(question: str, *, notebook: str | None = None) -> None:
    """Ask for a person's own words, and keep them in their own file.

    Parameters
    ----------
    question : str
    notebook : str, optional
        Names the file; the notebook that runs when left out.
    """
    if not (live.front_end() and live.widgets_there()):
        display.say([question, WRITE])
        return
    from coprod.reflect.asking import Reflection

    Reflection(question, notebook).give_out()


def _given(shown: Reveal | Callable[[], Reveal]) -> list[Drawn | str]:
    if callable(shown):
        shown = shown()
    if shown is None:
        raise TypeError(NOTHING_GIVEN)
    given = [shown] if isinstance(shown, Drawn | str) else list(shown)
    if not all(isinstance(one, Drawn | str) for one in given):
        raise TypeError(NOTHING_GIVEN)
    return given


def _check(
    options: Sequence[str] | None, right: str | None, drawn: Sequence[Drawn], answers: Mapping[str, Found]
) -> None:
    nothing_drawn = bool(drawn) and all(one.ax is None for one in drawn)  # the programme lacks these data
    if not options and not answers and not nothing_drawn:
        raise ValueError(SEVERAL if drawn else NO_FORM)
    if right is not None and right not in (options or ()):
        raise unknown("option", right, options or ())


def _in_words(question: str, options: list[str], given: list[Drawn | str]) -> None:
    """Give the question out as sentences, and what was found below it."""
    display.say([question, *([f"Answers to choose from: {'; '.join(options)}."] if options else [])])
    if drawn := [one for one in given if isinstance(one, Drawn)]:
        display.show(*drawn)
    if said := [one for one in given if isinstance(one, str)]:
        display.say(said)


def _laid_out(given: list[Drawn | str]) -> str:
    drawn = [one for one in given if isinstance(one, Drawn)]
    return live.figures(drawn) + live.sentences([one for one in given if isinstance(one, str)])
