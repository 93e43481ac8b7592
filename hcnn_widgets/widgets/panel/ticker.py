"""What keeps all panels of a kernel up to date."""

import threading
import time
import weakref
from typing import Protocol

from hcnn_widgets.widgets.beside.pulse import Pulse

RATE_HZ = 5.0
MAX_RATE_HZ = 10.0


class Ticks(Protocol):
    """What the ticker looks after: something that is brought up to date, until it is over."""

    @property
    def over(self) -> bool:
        """Whether there is nothing newer to come."""

    def tick(self) -> object:
        """Bring it up to date; must not wait for anything."""


class Ticker:
    """Calls ``tick`` of every panel a few times a second, in one daemon thread that lives only while there are panels.

    Where no thread can be started, as in a browser, the rounds are made on the event loop, between cells.
    Panels are held weakly. One that is over is let go, unless it was added again during that round; one that raises is
    left out of that round only.

    Parameters
    ----------
    rate : float
        Rounds per second, above 0, at most 10.

    Raises
    ------
    ValueError
        If the rate is outside that range.
    """

    def __init__(self, rate: float = RATE_HZ) -> None:
        self.rate = rate
        self._lock = threading.RLock()  # a panel that is freed in here takes its leave on this thread
        self._panels: weakref.WeakSet[Ticks] = weakref.WeakSet()
        self._added: weakref.WeakSet[Ticks] = weakref.WeakSet()  # since the round began
        self._going = False
        self._pulse = Pulse(self._go_round, "hcnn-panels")

    @property
    def rate(self) -> float:
        """Rounds per second; the most frames that a panel sends in one."""
        return self._rate

    @rate.setter
    def rate(self, rate: float) -> None:
        if not 0 < rate <= MAX_RATE_HZ:
            raise ValueError(f"`rate` must be above 0 and at most {MAX_RATE_HZ:g} a second; received {rate!r}.")
        self._rate = float(rate)

    @property
    def running(self) -> bool:
        """Whether rounds are being made."""
        with self._lock:
            return self._going

    def add(self, panel: Ticks) -> None:
        """Look after this panel, from now on and at once."""
        with self._lock:
            self._panels.add(panel)
            self._added.add(panel)
            if not self._going:
                self._going = self._pulse.begin()
        self._pulse.wake()

    def discard(self, panel: Ticks) -> None:
        """Leave this panel alone from now on."""
        with self._lock:
            self._panels.discard(panel)

    def round(self) -> None:
        """Bring every panel up to date, once."""
        with self._lock:
            panels = list(self._panels)
            self._added.clear()
        for panel in panels:
            try:
                panel.tick()
                if panel.over:
                    self._let_go(panel)
            except Exception:  # a panel says in itself what is wrong; the others must go on
                continue

    def _let_go(self, panel: Ticks) -> None:
        with self._lock:
            if panel.over and panel not in self._added:  # it may have been called back between
                self._panels.discard(panel)

    def _go_round(self) -> float | None:
        """Make a round; return the pause in s until the next, or None where there is nothing left to look after."""
        if not self._has_work():
            return None
        started = time.monotonic()
        self.round()
        spent = time.monotonic() - started
        # Never more than a third of the time, however slow the panels are: training comes first.
        return max(1.0 / self._rate - spent, 2.0 * spent)

    def _has_work(self) -> bool:
        with self._lock:
            if len(self._panels):
                return True
            self._going = False
            return False


TICKER = Ticker()
"""The ticker of this kernel."""
