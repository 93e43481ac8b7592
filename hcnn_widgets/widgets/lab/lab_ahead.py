"""Recordings that are made while a dashboard waits for Train."""

from collections.abc import Callable
from typing import Any

from hcnn_widgets.widgets.panel.latest_job import LatestJob

LONGEST_S = 600.0
"""How long those under way are waited for, in s, before others are made."""


class MadeAhead:
    """Recordings that take seconds, made on a thread before anybody asks for them.

    A failure is nobody's concern until they are asked for: then they are made anew, and that error is raised.

    Parameters
    ----------
    make : callable
        ``()`` -> list of RecordingSet.

    Examples
    --------
    >>> made = MadeAhead(lambda: ["V4"])
    >>> made.begin()
    >>> made()
    ['V4']
    """

    def __init__(self, make: Callable[[], list[Any]]) -> None:
        self._make, self._job = make, LatestJob()

    def begin(self) -> None:
        """Begin to make them, once, and return."""
        self._job.ask("recordings", lambda _tell: self._make())

    def __call__(self) -> list[Any]:
        """Return them: what is under way, or what was made ahead if nothing of it is missing, or else made now."""
        under_way = self._job.busy
        self._job.wait(LONGEST_S)
        try:
            made: list[Any] | None = self._job.answer("recordings")
        except Exception:  # what failed some time ago may succeed now
            if under_way:
                raise
            made = None
        missing: str = getattr(made, "missing", "")
        return made if made is not None and (under_way or not missing) else self._make()


def begin_ahead(make: Callable[[], list[Any]]) -> None:
    """Begin to make recordings, if they are of those that are made ahead."""
    if isinstance(make, MadeAhead):
        make.begin()
