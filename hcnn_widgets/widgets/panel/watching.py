"""Work that panels share, beside a run: it ends when the last panel that shows it goes."""

from typing import Any

from hcnn_widgets.mapping.live.work import LiveWork


class Watches:
    """Mixed into a panel that shows a live work: says to the work that it does, and when it does no more."""

    _watched: LiveWork[Any] | None = None

    def watch(self, work: Any) -> None:
        """Show this work from now on, in place of the one before.

        Parameters
        ----------
        work : LiveWork or None
            What is no LiveWork is nobody else's, and ends by other ways.
        """
        before, self._watched = self._watched, work if isinstance(work, LiveWork) else None
        if before is self._watched:
            return
        if self._watched is not None:
            self._watched.watched_by(self)
        if before is not None:
            before.left_by(self)
