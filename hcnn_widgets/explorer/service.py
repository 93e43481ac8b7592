"""Answers the pages that look at the sidebar: when to look for models, and when to tell."""

import threading
from typing import Any

from hcnn_widgets.learning.busy_kernel import when_any_fit_begins

from .client import Client
from .registry import Registry, living_models

TICK_S = 0.5
MOST_CLIENTS = 8


class Explorer:
    """Answers the pages of one kernel; every method may be called from any thread.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
        Whose variables and whose cells.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._registry = Registry()
        self._clients: dict[str, Client] = {}
        self._lock = threading.RLock()
        self._thread: threading.Thread | None = None
        self._watching = False
        self._seen: Any = None
        self._problem = ""

    # --- what the page says -------------------------------------------------------------------------------------
    def on_open(self, comm: Any, message: dict[str, Any]) -> None:
        """Take in a page that has opened a comm."""
        with self._lock:
            client = Client(comm)
            self._clients[comm.comm_id] = client
            while len(self._clients) > MOST_CLIENTS:  # pages that were reloaded never said good-bye
                self._clients.pop(next(iter(self._clients)))
        comm.on_msg(lambda said: self._on_message(client, said))
        comm.on_close(lambda _: self._on_close(comm.comm_id))
        self._on_message(client, message)

    def _on_message(self, client: Client, message: dict[str, Any]) -> None:
        said = message["content"]["data"]
        with self._lock:
            self._clients.setdefault(client.comm.comm_id, client)
            client.heard()
            if said.get("kind") in ("hello", "visible"):
                client.look(said.get("visible") is True)
                self._refresh()
            elif said.get("kind") == "stop":
                self._registry.stop(said.get("key"))
                self._refresh()
            elif said.get("kind") == "ack":
                client.acknowledge(said.get("sequence"))
                self._offer() if self._watching else self._refresh()

    def _on_close(self, comm_id: str) -> None:
        with self._lock:
            self._clients.pop(comm_id, None)
            self._watch()

    # --- what the kernel does -----------------------------------------------------------------------------------
    def _after_cell(self, _result: object = None) -> None:
        with self._lock:
            self._refresh()

    def _after_message(self) -> None:
        """Notice what a button has made or started; called with every message of every widget, so be quick."""
        with self._lock:
            if self._watching and self._seen != _who_lives():
                self._refresh()

    # --- news ---------------------------------------------------------------------------------------------------
    def _refresh(self) -> None:
        """Look anew and tell who looks on; nobody does: do nothing."""
        if not self._watch():
            return
        try:
            self._seen = _who_lives()
            self._registry.scan(self._shell.user_ns)
            self._problem = ""
        except Exception as error:
            self._fail(error)
        self._offer()

    def _models(self) -> list[dict[str, Any]]:
        try:
            return self._registry.snapshot()
        except Exception as error:
            self._fail(error)
            return []

    def _fail(self, error: Exception) -> None:
        """Keep what is wrong for the page: raised in a comm's handler it would reach no one."""
        self._problem = f"The models could not be listed: {type(error).__name__}: {error}"

    def _offer(self) -> None:
        models = self._models()
        content = {"models": models, "problem": self._problem}
        for comm_id, client in list(self._clients.items()):
            try:
                client.offer(content)
            except Exception:  # the way to the page is gone, and the page with it
                del self._clients[comm_id]
        if self._thread is None and self._busy():
            self._thread = threading.Thread(target=self._follow_training, name="hcnn-explorer", daemon=True)
            self._thread.start()

    def _busy(self) -> bool:
        return self._registry.training() and any(client.awake for client in self._clients.values())

    def _follow_training(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(TICK_S)
            with self._lock:
                over = not self._busy()
                if over:
                    self._thread = None
                self._offer()
                if over:
                    return

    def _watch(self) -> bool:
        """Listen to the shell's events exactly while somebody looks on."""
        wanted = any(client.awake for client in self._clients.values())
        if wanted != self._watching:
            self._watching = wanted
            change = self._shell.events.register if wanted else self._shell.events.unregister
            change("post_run_cell", self._after_cell)
            change("post_execute", self._after_message)
            when_any_fit_begins(self._after_cell, wanted)
        return wanted


def _who_lives() -> frozenset[tuple[int, int]]:
    """Return what changes when a model or a training is new: a run is made for whoever asks, its history is not."""
    runs = ((model, model.run) for model in living_models())
    return frozenset((id(model), id(None if run is None else run.history)) for model, run in runs)
