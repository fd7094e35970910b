"""What a warm kernel has imported before its notebook begins.

Importing this module imports it all. Nothing here may start a thread of Python's, which a fork would lose, or
read a programme's data, which may change afterwards. matplotlib_inline stays out: it ties itself to its
notebook while it is imported, and would show no figure otherwise; only what it imports is here.
"""

from contextlib import suppress
from importlib import import_module

KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
)
ANALYSIS = (
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "pandas.io.formats.style",
    "pandera.accessors.pandas_accessor",
    "pandera.api.geopandas.model",
    "pandera.backends.pandas.builtin_checks",
    "pandera.backends.pandas.builtin_hypotheses",
    "pandera.backends.pandas.register",
    "pandera.strategies.pandas_strategies",
    "scipy.stats",
    "seaborn",
    "statsmodels.stats.multitest",
    "statsmodels.stats.proportion",
)
OURS = (
    "aids",
    "change",
    "checks",
    "coding",
    "compare",
    "display",
    "figures",
    "findings",
    "framework",
    "limits",
)
OURS += ("masking", "multiplicity", "privacy", "programme", "reliability", "spread", "voices", "weighting")

for module in (*KERNEL, *ANALYSIS, *(f"coprod.{room}" for room in OURS)):
    with suppress(ImportError):  # a notebook that needs it says so itself
        import_module(module)
