"""A training beside the page, on a thread of its own where there is one, at a pace that eyes can follow."""

import threading
import time
from collections.abc import Callable, Iterator

from hcnn_widgets.widgets.beside.starting import started

from .mlp_shown import Moment

PACE_S = 0.07
"""From one moment that is shown to the next, at least."""


class Trainer:
    """Takes the moments of a training one after the other, until it ends or is stopped.

    Parameters
    ----------
    moments : iterator of Moment
        Whose work is done on this thread.
    arrived : callable (trainer, moment)
    ended : callable (trainer, error)
        Called once, with what went wrong, or None.
    pace_s : float
    """

    def __init__(
        self,
        moments: Iterator[Moment],
        arrived: Callable[["Trainer", Moment], None],
        ended: Callable[["Trainer", Exception | None], None],
        pace_s: float = PACE_S,
    ) -> None:
        self._moments, self._arrived, self._ended, self._pace_s = moments, arrived, ended, pace_s
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; without a thread, end as well, for nobody could look on meanwhile."""
        self._thread = started(self._run, "hcnn-mlp-training")
        if self._thread is None:
            self._pace_s = 0.0
            self._run()

    def stop(self) -> None:
        """Take no further moment; the one under way is not shown any more."""
        self._stopped.set()

    def join(self, timeout: float) -> bool:
        """Wait until it is over, at most so many seconds; return whether it is."""
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        error: Exception | None = None
        try:
            for moment in self._moments:
                if self._stopped.is_set():
                    break
                began = time.monotonic()
                self._arrived(self, moment)
                self._stopped.wait(max(0.0, self._pace_s - (time.monotonic() - began)))
        except Exception as caught:  # whatever it was, the person must read it in the panel
            error = caught
        self._ended(self, error)
