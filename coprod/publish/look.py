"""How every page looks and what it may load: one template, one stylesheet, one policy.

A page is one file. Its policy lets it load nothing, run nothing, and apply only the stylesheet that
stands in it, known by its hash; so that it can be kept, sent and opened anywhere, and tells nobody.
Only the list of reports has a script, known by its hash too, and loads pictures, from its own folder.
"""

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from coprod import __version__
from coprod.saying import said_date


def laid_out(template: str, *, script: str = "", images: str = "data:", **contents: Any) -> str:
    """Fill one of the templates. All text in `contents` is escaped unless it is Markup.

    Parameters
    ----------
    template : str
    script : str
        The file among the templates that the page may run; none by default.
    images : str
        Where its policy lets it load pictures from: by default they stand in the page itself.
    """
    style, program = _text("style.css"), _text(script) if script else ""
    run = f"script-src '{_digest(program)}'; " if script else ""
    policy = (
        f"default-src 'none'; img-src {images}; {run}style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    page = _templates().get_template(template)
    return page.render(style=style, script=program, policy=policy, version=__version__, **contents)


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _text(name: str) -> str:
    return resources.files("coprod.publish").joinpath("templates", name).read_text(encoding="utf-8")


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
