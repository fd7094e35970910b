"""One panel to explore a programme by hand: what is chosen is drawn, said, and given as code to copy.

Privacy is on: what the panel shows has come through :func:`coprod.privacy.door`, as in every notebook.
"""

from coprod import display, live
from coprod.explore.making import Maker, first
from coprod.explore.views import VIEWS
from coprod.names import unknown
from coprod.settings import AUDIENCES

__all__ = ["panel"]

WORKED = "In JupyterLab this is a panel: choose a programme, place, wave, groups and questions there."


def panel(programme: str = "demo", audience: str = "internal") -> None:
    """Show the panel, or, where nobody could use it, the state in which it opens.

    Parameters
    ----------
    programme : str
        A folder in ``data/``, the first that is shown.
    audience : {"internal", "public"}
        For whom, at first.

    Raises
    ------
    UnknownName
        There is no such programme or audience.
    coprod.problems.ProgrammeProblems
        The programme's folder has problems.
    """
    if audience not in AUDIENCES:
        raise unknown("audience", audience, AUDIENCES)
    maker = Maker()
    maker.whole(programme)
    if live.front_end() and live.widgets_there():
        from coprod.explore.controls import Panel

        Panel(maker, programme, audience).give_out()
        return
    _at_rest(maker, programme, audience)


def _at_rest(maker: Maker, programme: str, audience: str) -> None:
    choice = first(maker, programme, audience)
    made = maker.make(choice)
    display.show(*made.drawn)
    display.table(made.shown, VIEWS[choice.view].title)
    display.say(made.said)
    missing = f" {live.NO_WIDGETS}." if live.front_end() else ""
    display.say([WORKED + missing])
