"""The six sessions, and what each needs of a programme."""

from collections.abc import Callable
from typing import NamedTuple

from coprod import change, likert
from coprod.names import unknown
from coprod.programme import Programme
from coprod.saying import joined

ANYTHING = "nothing in particular"


class Session(NamedTuple):
    """A session: its title, what it needs in words, and whether a programme has it."""

    title: str
    needs: str
    there: Callable[[Programme], bool]


def _ordered(programme: Programme) -> bool:
    return bool(likert.items_in(programme.latest()))


def _twice(programme: Programme) -> bool:
    return bool(change.comparable(programme))


def _groups(programme: Programme) -> bool:
    return programme.answers is not None and len(programme.sectors) > 1 and _ordered(programme)


def _always(programme: Programme) -> bool:
    return True


SESSIONS = {
    "a_reading_one_chart_four_ways": Session(
        "Reading one chart four ways", "a survey with answers that have an order", _ordered
    ),
    "b_the_same_answers_two_analyses": Session(
        "The same answers, two analyses", "a survey that asked the same people twice", _twice
    ),
    "c_whose_voice": Session("Whose voice", "answers person by person, from two sectors or more", _groups),
    "d_taking_a_problem_apart": Session("Taking a problem apart", ANYTHING, _always),
    "e_many_analysts": Session("Many analysts", "a survey with answers that have an order", _ordered),
    "f_was_it_coproduction": Session("Was it co-production, and was it useful?", ANYTHING, _always),
}


def named(name: str) -> str:
    """Return the notebook of a session that is named in full or by its letter.

    Raises
    ------
    UnknownName
        There is no such session; the message gives the nearest.
    """
    found = [full for full in SESSIONS if name.lower() in (full, full[0])]
    if not found:
        raise unknown("session", name, SESSIONS)
    return found[0]


def suits(programme: Programme, session: str) -> list[str]:
    """Say whether a session can be held with a programme and, where not, which others can.

    Parameters
    ----------
    programme : Programme
        As the session's notebook opened it.
    session : str
        In full, or its letter.

    Returns
    -------
    list of str
        One sentence where the programme has what the session needs; otherwise two more.

    Raises
    ------
    UnknownName
        There is no such session.
    """
    wanted = SESSIONS[named(session)]
    if wanted.there(programme):
        return [f"This session can be held with “{programme.title}”."]
    narrowed = " of the place or wave that was chosen" if programme.whole else ""
    others = [f"“{one.title}” ({name[0]})" for name, one in SESSIONS.items() if one.there(programme)]
    return [
        f"This session needs {wanted.needs}, and the data{narrowed} in “{programme.title}” are not such.",
        f"Sessions that can be held with them: {joined(others)}.",
        "The cells below run all the same, and say what they leave out. To see the session whole, "
        'set programme = "demo".',
    ]
