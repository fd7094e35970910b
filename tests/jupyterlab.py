"""A real JupyterLab on a copy of the workbook, and the browser that works it."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from conftest import ROOT
from nbformat.v4 import new_code_cell

QUIET = '{"fetchNews": "false", "checkForUpdates": false}'
PATIENCE = 60  # seconds for the server, on a busy machine


def workbook(folder: Path, *cells: str) -> Path:
    """Copy the workbook with the demo, add cells at the end of start_here, and return the copy."""
    shutil.copytree(ROOT / "data" / "demo", folder / "data" / "demo")
    shutil.copytree(ROOT / "data" / "framework", folder / "data" / "framework")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    notebook = nbformat.read(ROOT / "notebooks" / "start_here.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.cells += map(new_code_cell, cells)
    nbformat.write(notebook, folder / "notebooks" / "start_here.ipynb")
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a workbook on this machine only, and give the address of start_here."""
    settings = folder.parent / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(QUIET)
    port, token = _free_port(), secrets.token_hex(16)
    home = {name: str(folder.parent / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    home |= {"JUPYTERLAB_SETTINGS_DIR": str(settings.parents[1]), "JUPYTER_TOKEN": token}
    home |= {"JUPYTERLAB_WORKSPACES_DIR": str(folder.parent / "workspaces")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    options = ["--allow-root", "--ServerApp.port_retries=0", "--ServerApp.log_level=CRITICAL"]
    server = subprocess.Popen([*command, *options], cwd=folder, env=os.environ | home)
    try:
        _wait(server, f"http://127.0.0.1:{port}/api")
        yield f"http://127.0.0.1:{port}/lab/tree/notebooks/start_here.ipynb?token={token}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait(server: subprocess.Popen, address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("JupyterLab did not start.")
