"""Multiverse: how far a finding depends on choices that an analyst makes."""

from coprod.multiverse.choices import CHOICES
from coprod.multiverse.specifications import specifications
from coprod.multiverse.summary import summarised

__all__ = ["CHOICES", "specifications", "summarised"]
