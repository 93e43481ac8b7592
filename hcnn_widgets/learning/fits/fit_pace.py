"""How far and how fast a fit goes."""


class Pace:
    """Steps and seconds of a fit, without compiling and pauses.

    Attributes
    ----------
    done : int
        Steps taken, those of earlier fits with the same watcher included.
    active_s : float
    n_steps : int
        Steps planned in all; 0 where that is not known.
    warm : bool
        Whether a step has been taken, so that all is compiled.
    """

    def __init__(self) -> None:
        self.done, self.active_s, self.n_steps = 0, 0.0, 0
        self._timed_steps, self._at = 0, 0.0
        self.warm = False

    def begin(self) -> None:
        """Take the next batch for one that compiles."""
        self.warm = False

    def reach(self, step: int, now: float) -> None:
        """Note that so many steps are done by now."""
        if self.warm:
            self.active_s += now - self._at
            self._timed_steps += max(0, step - self.done)
        # Before the first batch nothing is compiled yet.
        self.warm = self.warm or step > self.done
        self.done, self._at = step, now

    def leave_out(self, until: float) -> None:
        """Leave a pause out."""
        self._at = until

    @property
    def seconds_left(self) -> float | None:
        """Estimate of the training time that is left, in s; None where there is no ground for one."""
        left = self.n_steps - self.done
        if not self.n_steps or (left > 0 and not self._timed_steps):
            return None
        return max(0, left) * self.active_s / max(1, self._timed_steps)
