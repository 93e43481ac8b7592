"""A kernel kept from one journey to the next with Keras loaded, for those that do not show how a kernel begins."""

from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient

EMPTIED = """
def _emptied():
    import gc
    import threading
    import time

    import ipywidgets

    import hcnn_widgets.keras_door

    ipywidgets.Widget.close_all()
    get_ipython().reset(new_session=True)
    gc.collect()
    while any(thread.name == "hcnn-training" for thread in threading.enumerate()):
        time.sleep(0.05)
        gc.collect()

_emptied()
"""
"""What a person has made is gone afterwards, and with it its trainings; modules stay."""
LOADED_S, EMPTIED_S = 90, 10


class KeptKernel:
    """The kernel, in a session of the server that takes the name of each notebook in turn.

    Parameters
    ----------
    ask : callable
        Asks the server's REST interface: path, method, data.
    runtime : Path
        Folder in which the server's kernels say where they listen.
    """

    def __init__(self, ask: Any, runtime: Path) -> None:
        self._ask, self._runtime = ask, runtime
        self.id = ""
        self._session = ""

    def connect(self, path: str) -> None:
        """Have a notebook, which is not open yet, find the kernel."""
        asked = {"path": path, "name": path, "type": "notebook"}
        if self._is_alive():
            self._ask(f"/api/sessions/{self._session}", "PATCH", asked)
            return
        begun = self._ask("/api/sessions", "POST", {**asked, "kernel": {"name": "python3"}})
        self._session, self.id = begun["id"], begun["kernel"]["id"]
        if not self._has_done(LOADED_S):
            raise RuntimeError("No kernel has loaded Keras.")

    def empty(self) -> None:
        """Empty the kernel for the next journey; where it does not answer, that one begins another."""
        if self.id and not (self._is_alive() and self._has_done(EMPTIED_S)):
            self.id = ""

    def _is_alive(self) -> bool:
        return any(each["kernel"]["id"] == self.id for each in self._ask("/api/sessions"))

    def _has_done(self, seconds: float) -> bool:
        client = BlockingKernelClient()
        client.load_connection_file(str(self._runtime / f"kernel-{self.id}.json"))
        client.start_channels(iopub=False, stdin=False, hb=False)
        try:
            answer = client.execute(EMPTIED, silent=True, reply=True, timeout=seconds)
        except TimeoutError:
            return False
        finally:
            client.stop_channels()
        return bool(answer["content"]["status"] == "ok")
