"""How every page looks and what it may load: one template, one stylesheet, one policy.

A page is one file. Its policy lets it load nothing, run nothing, and apply only the stylesheet that
stands in it, known by its hash; so that it can be kept, sent and opened anywhere, and tells nobody.
"""

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from coprod import __version__
from coprod.saying import said_date


def laid_out(template: str, **contents: Any) -> str:
    """Fill one of the templates. All text in `contents` is escaped unless it is Markup."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    page = _templates().get_template(template)
    return page.render(style=style, policy=policy, version=__version__, **contents)


@cache
def _style() -> str:
    return resources.files("coprod.publish").joinpath("templates/style.css").read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("coprod.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["said_date"] = said_date
    return templates
