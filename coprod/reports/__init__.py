"""Which reports exist, and building them: strict runs, each published whole or not at all."""

from coprod.reports.building import Built, build, build_all, write_index
from coprod.reports.planning import ABOUT, PAGE, Outline, Report, notebook_names, outline, planned, reports_folder
from coprod.reports.running import RunFailed, run
from coprod.reports.turns import alone

__all__ = [
    "ABOUT",
    "PAGE",
    "Built",
    "Outline",
    "Report",
    "RunFailed",
    "alone",
    "build",
    "build_all",
    "notebook_names",
    "outline",
    "planned",
    "reports_folder",
    "run",
    "write_index",
]
