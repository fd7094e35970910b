"""Which reports exist, and building them: strict runs, each published whole or not at all."""

from coprod.reports.building import ABOUT, PAGE, Built, build, build_all, write_index
from coprod.reports.planning import Report, notebook_names, planned, reports_folder
from coprod.reports.running import RunFailed, run

__all__ = [
    "ABOUT",
    "PAGE",
    "Built",
    "Report",
    "RunFailed",
    "build",
    "build_all",
    "notebook_names",
    "planned",
    "reports_folder",
    "run",
    "write_index",
]
