"""Back-pressure of frames: one in flight, none to a hidden page.

A reader that is away must cost nothing, neither here nor in the server between; one that is slow gets fewer frames,
each of them whole.
"""

import threading
import time
from collections.abc import Callable

from hcnn_widgets.learning.busy_kernel import nobody_answers

TIME_OUT_S = 3.0
UNHEARD_S = 1.0
"""Time between frames while the kernel's main thread trains and cannot hear any answer."""
SLOWEST_S = 24.0
FORGOTTEN_S = 60.0
"""A page that says that it shows the panel, and has drawn none of the frames for so long, is gone."""


class FrameGate:
    """The gate that every frame of one panel goes through; safe on any thread.

    Parameters
    ----------
    clock : callable
        Seconds, rising.
    time_out_s : float
        How long an unanswered frame holds the next one back, in s. While nobody answers at all, the wait doubles from
        frame to frame up to ``SLOWEST_S``.

    Examples
    --------
    >>> gate = FrameGate(clock=lambda: 0.0)
    >>> gate.sent(1)
    >>> gate.ready()
    False
    >>> gate.acknowledged(1)
    >>> gate.ready()
    True
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, time_out_s: float = TIME_OUT_S) -> None:
        self._clock, self._time_out_s = clock, time_out_s
        self._lock = threading.Lock()
        self._pages: dict[str, bool] = {}
        self._heard_at: dict[str, float] = {}
        self._in_flight: int | None = None
        self._sent_at = 0.0
        self._unanswered = 0
        self._wanted = False

    @property
    def visible(self) -> bool:
        """Whether any page shows the panel; taken to be so until a page has said otherwise."""
        with self._lock:
            return not self._pages or any(self._pages.values())

    @property
    def wanted(self) -> bool:
        """Whether a view has asked for a frame even if nothing is new."""
        with self._lock:
            return self._wanted

    def ready(self, even_hidden: bool = False) -> bool:
        """Return whether a frame may go out now.

        Parameters
        ----------
        even_hidden : bool
            Whether a panel that is off screen may have one all the same (the last one of a run).
        """
        if not (even_hidden or self.visible):
            return False
        with self._lock:
            patience = min(self._time_out_s * 2 ** max(0, self._unanswered - 1), SLOWEST_S)
            if nobody_answers():
                patience = UNHEARD_S
            return self._in_flight is None or self._clock() - self._sent_at >= patience

    def sent(self, sequence: int) -> None:
        """Note that this frame is on its way."""
        with self._lock:
            self._unanswered += 1
            self._in_flight, self._sent_at, self._wanted = sequence, self._clock(), False

    def acknowledged(self, sequence: int, page: str = "") -> None:
        """Note that a page has drawn this frame; an answer to an older one changes nothing."""
        with self._lock:
            self._unanswered = 0
            self._hear(page)
            if self._in_flight is not None and sequence >= self._in_flight:
                self._in_flight = None

    def seen(self, visible: bool, page: str = "") -> None:
        """Note that a page has begun or ceased to show the panel; one that begins wants a frame."""
        with self._lock:
            self._pages[page] = visible
            self._hear(page)
            if visible:
                self._expect()

    def mounted(self) -> None:
        """Note that a new view asks for the present state: what was in flight is not awaited any more."""
        with self._lock:
            self._expect()

    def _hear(self, page: str) -> None:
        """Note that a page is there, and forget those that show the panel and draw no frames while others do."""
        now = self._clock()
        self._heard_at[page] = now
        for other in [name for name, shown in self._pages.items() if shown]:
            if now - self._heard_at.get(other, now) > FORGOTTEN_S:
                del self._pages[other], self._heard_at[other]

    def _expect(self) -> None:
        self._wanted, self._in_flight, self._unanswered = True, None, 0
