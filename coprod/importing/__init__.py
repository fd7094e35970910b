"""From survey exports to a programme: what was asked, which answers there are, and who may be known by them.

:mod:`drafting` makes a :class:`draft.Draft` of one export for each wave; nothing before the writing writes.
"""
