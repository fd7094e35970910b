"""What git knows of the workbook. Where there is no git, or no repository, nobody knows."""

import os
import subprocess

from coprod.folders import workbook_folder


def commit() -> str:
    """Give the workbook's commit, with "-dirty" behind it where a tracked file has changed since."""
    return _ask("describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")


def tracked() -> set[str]:
    """List the programmes of ``data/`` that are in git, and so not on this machine only."""
    return {path.split("/")[1] for path in _ask("ls-files", "data/*/programme.toml").splitlines()}


def _ask(*words: str) -> str:
    """Ask git about the workbook, and never about a repository that it happens to lie in."""
    folder = workbook_folder()
    environment = {
        **os.environ,
        "GIT_CEILING_DIRECTORIES": str(folder.parent),
        "GIT_OPTIONAL_LOCKS": "0",  # several builds ask at the same time
    }
    try:
        answer = subprocess.run(
            ["git", *words], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )
    except OSError:  # there is no git
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""
