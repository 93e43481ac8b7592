"""On which of the kernel's threads a press of a button is heard.

Some versions of ipykernel send whatever the page says about a widget to the shell that last spoke to that widget: the
main one. A button would then act only when the cell that runs there has ended. Our handlers only set flags and are
right on any thread, so for our controls the page's own choice of a shell is kept. State is sent by one of them at a
time.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ipywidgets


class OneThreadHolds(ipywidgets.DOMWidget):
    """A widget whose state several threads change: while one of them holds it back, no other does.

    ipywidgets keeps the names of what is held back in one set, which a second thread would change while it is sent.
    """

    def __init__(self, **traits: Any) -> None:
        self._holding = threading.RLock()
        super().__init__(**traits)

    @contextmanager
    def hold_sync(self) -> Iterator[None]:
        """Hold back what changes within the context, and send it at once at its end."""
        with self._holding, super().hold_sync():
            yield


def heard_where_it_arrives(widget: ipywidgets.Widget) -> None:
    """Have messages to this widget handled on the shell that the page sent them to.

    Does nothing where the kernel has no such rerouting.
    """
    comm = getattr(widget, "comm", None)
    if comm is not None and hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = _as_sent


def _as_sent(_data: Any, chosen_by_page: Any) -> Any:
    return chosen_by_page
