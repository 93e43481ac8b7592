"""Last pictures in a notebook that nobody looks at: the end of a cell waits for what the end of a training still owes.

Executed from a script, a notebook takes up what its outputs become only while a cell runs, and ends its kernel after
the last one. A panel's last picture comes when the last measurement is done: that may be a moment after the training.
Where a page shows the panel nobody waits: the picture comes when it comes.
"""

import math
import time
import weakref
from collections.abc import Callable
from typing import Any, Protocol

from hcnn_widgets.widgets.beside.starting import threads_start

SETTLING_S = 2.0
"""A page that shows a panel has said so by then, or by the end of the next cell."""
LONGEST_S = 30.0
"""How long cells wait for one panel, all in all."""


class Owing(Protocol):
    """What is displayed and leaves a last picture."""

    @property
    def owes_picture(self) -> bool:
        """Whether the last picture is due soon, and nobody sees the panel itself."""


class LastPictures:
    """Waits for the last pictures of panels that no page shows, once their training is over.

    Panels are held weakly.

    Parameters
    ----------
    clock : callable
        Seconds, rising.
    sleep : callable
        Lets so many seconds pass.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._displayed: weakref.WeakKeyDictionary[Owing, float] = weakref.WeakKeyDictionary()
        self._patience: weakref.WeakKeyDictionary[Owing, float] = weakref.WeakKeyDictionary()
        self._shells: weakref.WeakSet[Any] = weakref.WeakSet()

    def expect(self, shown: Owing, shell: Any | None) -> None:
        """Have the cells to come look after this panel's last picture.

        Parameters
        ----------
        shown : Owing
            A panel that has just been displayed.
        shell : InteractiveShell or None
            Where; what is no kernel of a notebook keeps no pictures.
        """
        if shell is None or not hasattr(shell, "kernel"):
            return
        self._displayed.setdefault(shown, self._clock())
        if shell not in self._shells:
            self._shells.add(shell)
            shell.events.register("post_run_cell", self.wait)

    def wait(self, _result: Any = None) -> None:
        """Wait until no panel owes its last picture, or the patience with those that do is at its end."""
        try:
            # Without threads a picture is drawn between cells: waiting here would keep it from coming.
            while (owing := self._owing()) and threads_start():
                began = self._clock()
                self._sleep(0.05)
                for shown in owing:
                    left = self._patience.get(shown, LONGEST_S)
                    self._patience[shown] = left - (self._clock() - began)
        except KeyboardInterrupt:  # whoever does not want to wait does not have to
            self._displayed.clear()
        self._displayed.update(dict.fromkeys(list(self._displayed), -math.inf))

    def _owing(self) -> list[Owing]:
        now = self._clock()
        return [
            shown
            for shown, since in list(self._displayed.items())
            if now - since >= SETTLING_S and self._patience.get(shown, LONGEST_S) > 0 and shown.owes_picture
        ]


LAST_PICTURES = LastPictures()
"""Those of this kernel."""
