"""Hold crates to the rules of RO-Crate 1.1 and Process Run Crate, without a network.

Run as a program of its own, since the validator's own warnings are not ours: crate_check.py PROFILE FOLDER…
prints a JSON object that gives each folder the rules it breaks. The validator would fetch RO-Crate's list of
terms; the fixture holds those that we use, so a term that is not of RO-Crate 1.1 is noticed.
"""

import json
import sys
from pathlib import Path

import requests
from rocrate_validator import services
from rocrate_validator.models import Severity
from rocrate_validator.utils.http import HttpRequester

TERMS = Path(__file__).with_name("fixtures") / "ro-crate-1.1-terms.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"


def terms(_: HttpRequester, url: str, **__: object) -> requests.Response:
    """Answer for the network, which must be asked for nothing else."""
    assert url == CONTEXT, url
    response = requests.Response()
    response.status_code = 200
    response.headers["Content-Type"] = "application/ld+json"
    response._content = TERMS.read_bytes()
    return response


def broken(profile: str, folder: str) -> list[str]:
    """List the rules that a crate must keep and does not."""
    settings = services.ValidationSettings(
        rocrate_uri=folder, profile_identifier=profile, requirement_severity=Severity.REQUIRED
    )
    return [
        f"{issue.check.identifier}: {issue.message}" for issue in services.validate(settings).get_issues()
    ]


if __name__ == "__main__":
    HttpRequester.get = terms
    profile, *folders = sys.argv[1:]
    print(json.dumps({folder: broken(profile, folder) for folder in folders}))
