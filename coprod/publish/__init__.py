"""Executed notebooks as self-contained, accessible HTML pages, and the page that lists them."""

from coprod.display import AltMissing
from coprod.publish.html import masthead_of, page
from coprod.publish.index import Entry, index_page
from coprod.publish.refuse import CannotPublish

__all__ = ["AltMissing", "CannotPublish", "Entry", "index_page", "masthead_of", "page"]
