"""Reference of a panel to its run, strong only while it trains, so that a deleted model is freed."""

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class RunHold(Generic[T]):
    """A run, held until ``let_go`` and from then on only as long as somebody else holds it.

    Parameters
    ----------
    run : TrainingRun or None
        Or a model that is not in training. None: nothing to look at yet.
    again : callable, optional
        Method that shows the run anew, for a run that may go on after its end, as a watched fit does.

    Examples
    --------
    >>> RunHold(None).get() is None
    True
    """

    def __init__(self, run: T | None, again: Callable[[], None] | None = None) -> None:
        self._held = run
        self._known = weakref.ref(run) if run is not None else None
        self.empty = run is None
        when_again = getattr(getattr(run, "training", None), "when_again", None)
        if again is not None and when_again is not None:
            when_again(again)

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
