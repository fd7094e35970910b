"""A page for those who read little of it: an easier one, a finding at a time, and a short one of two sheets.

Both are made of the page itself and of nothing else, as text: neither can say what the page does not.
"""

from coprod.publish.views.screens import easy
from coprod.publish.views.sheets import short

__all__ = ["easy", "short"]
