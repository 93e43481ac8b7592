"""Reference of a panel to its run, strong only while it trains, so that a deleted model is freed."""

import weakref
from typing import Generic, TypeVar

T = TypeVar("T")


class RunHold(Generic[T]):
    """A run, held until ``let_go`` and from then on only as long as somebody else holds it.

    Parameters
    ----------
    run : TrainingRun or None
        Or a model that is not in training. None: nothing to look at yet.

    Examples
    --------
    >>> RunHold(None).get() is None
    True
    """

    def __init__(self, run: T | None) -> None:
        self._held = run
        self._known = weakref.ref(run) if run is not None else None
        self.empty = run is None

    def get(self) -> T | None:
        """Return the run, or None if there is none or it has been deleted."""
        return self._known() if self._known is not None else None

    def let_go(self) -> None:
        """Hold it weakly from now on."""
        self._held = None

    @property
    def words(self) -> str:
        """Explain why there is no run, in words."""
        return "No training to show yet." if self.empty else "The model of this panel is no longer in the kernel."
