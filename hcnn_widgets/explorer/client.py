"""State of one page with a sidebar: its last frame, and whether it keeps up."""

import time
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from hcnn_widgets.learning.busy_kernel import nobody_answers

RESEND_S = 3.0
"""Without an answer for so long, the next news is sent all the same."""

ASLEEP_S = 10.0
"""Without an answer for so long, the page is taken to be gone, until it is heard from again."""


class Client:
    """The kernel's end of one comm. Sends a snapshot only where it is news, and one at a time.

    Parameters
    ----------
    comm : comm.base_comm.BaseComm
        The channel to the page.
    clock : callable
        Gives the time in seconds.
    """

    def __init__(self, comm: Any, clock: Callable[[], float] = time.monotonic) -> None:
        self.comm = comm
        self._clock = clock
        self._visible = False
        self._shown: Any = None
        self._sequence = 0
        self._sent_at = 0.0
        self._awaited_since: float | None = None
        self.heard()

    def heard(self) -> None:
        """Note that a message came: to be called from the message's handler.

        Answers are sent in the context of that message, since some versions of ipykernel handle what the page says
        next on the shell that the kernel's last word belonged to: in a cell's context that would be the main shell,
        where it waits for the cell to end.
        """
        self._context = copy_context()

    @property
    def awake(self) -> bool:
        """Whether there is a page that shows the sidebar and answers."""
        silent_for = 0.0 if self._awaited_since is None else self._clock() - self._awaited_since
        return self._visible and (silent_for < ASLEEP_S or nobody_answers())

    def look(self, visible: bool) -> None:
        """Note whether the sidebar can be seen; from then on anything is news to it."""
        self._visible = visible
        self._shown, self._awaited_since = None, None

    def acknowledge(self, sequence: object) -> None:
        """Note that the page has drawn the snapshot of that number."""
        if sequence == self._sequence:
            self._awaited_since = None

    def offer(self, content: dict[str, Any]) -> bool:
        """Send this snapshot if it is news and the page is ready for it; say whether it was sent."""
        now = self._clock()
        waiting = self._awaited_since is not None and now - self._sent_at < RESEND_S
        if not self.awake or waiting or content == self._shown:
            return False
        self._sequence += 1
        self._shown, self._sent_at = content, now
        self._awaited_since = now if self._awaited_since is None else self._awaited_since
        message = {"kind": "models", "sequence": self._sequence, **content}
        self._context.copy().run(self.comm.send, message)
        return True
