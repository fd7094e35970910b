"""What an item of a checklist is filled from."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from coprod.privacy import Shown
from coprod.programme import Programme


@dataclass(frozen=True)
class Asked:
    """What a filler is given.

    Parameters
    ----------
    programme : Programme
    protect : callable
        The door, for the audience of the checklist: table of the analysis -> Shown.
    about : tuple of str
        What of the framework the item is about, such as ``"principle:voices"``; () for nothing in
        particular.
    """

    programme: Programme
    protect: Callable[[pd.DataFrame], Shown]
    about: tuple[str, ...] = ()
