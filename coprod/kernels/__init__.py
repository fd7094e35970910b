"""Kernels: each notebook runs in one of its own, started warm where the system can."""

from coprod.kernels.executing import SECONDS, Ran, Stopped, execute
from coprod.kernels.starting import starter, stop

__all__ = ["SECONDS", "Ran", "Stopped", "execute", "starter", "stop"]
