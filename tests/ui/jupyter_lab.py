"""A JupyterLab of its own for the journeys: its own folder, settings and port."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
from kept_kernel import KeptKernel

TOKEN = "journeys"


class JupyterLab:
    """A running server; ``stop`` ends it and its kernels."""

    def __init__(self, folder: Path, python: Path = Path(sys.executable), **environment: str) -> None:
        self.root, self.port = folder / "work", free_port()
        self.root.mkdir()
        own = {
            "JUPYTER_CONFIG_DIR": folder / "config",
            "JUPYTERLAB_SETTINGS_DIR": folder / "settings",
            "JUPYTERLAB_WORKSPACES_DIR": folder / "workspaces",
            "JUPYTER_RUNTIME_DIR": folder / "runtime",
            "IPYTHONDIR": folder / "ipython",
        }
        data = Path(__file__).parents[3] / "shared" / "data"
        settings = {**os.environ, **{name: str(path) for name, path in own.items()}, **environment}
        settings.setdefault("HCNN_WIDGETS_DATA", str(data))
        self._settings = own["JUPYTERLAB_SETTINGS_DIR"]
        self.kernel = KeptKernel(self.ask, own["JUPYTER_RUNTIME_DIR"])
        self._log = (folder / "server.log").open("w")
        options = {
            "ServerApp.port": self.port,
            "ServerApp.port_retries": 0,
            "IdentityProvider.token": TOKEN,
            "ServerApp.root_dir": self.root,
            "ServerApp.open_browser": False,
            "ServerApp.allow_root": True,
            "KernelManager.shutdown_wait_time": 0.2,
            "LabApp.expose_app_in_browser": True,
            "LabApp.news_url": None,
            "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        }
        self._process = subprocess.Popen(
            [python, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())],
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env=settings,
        )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        for _ in range(240):
            try:
                self.ask("/api/status")
                return
            except (urllib.error.URLError, ConnectionError):
                if self._process.poll() is not None:
                    break
                time.sleep(0.25)
        raise RuntimeError(f"JupyterLab did not start; its log is {self._log.name}.")

    def ask(self, path: str, method: str = "GET", data: Any = None) -> Any:
        """Ask the server's REST interface."""
        headers, sent = {"Authorization": f"token {TOKEN}"}, None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.url(path), headers=headers, method=method, data=sent)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or "null")

    def url(self, path: str) -> str:
        """Give the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def write_notebook(self, name: str, *cells: str) -> str:
        """Write a notebook of code cells into the server's folder; give its name."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, self.root / name)
        return name

    def forget_settings(self) -> None:
        """Give the next page JupyterLab as it comes: what a journey chose before, such as a theme, is gone."""
        shutil.rmtree(self._settings, ignore_errors=True)

    def stop(self) -> None:
        """End the server, and with it its kernels."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._log.close()


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
