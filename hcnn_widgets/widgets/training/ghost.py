"""A run that is held against another: its curves, which outlast it."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.goal.quantity import HELD_OUT
from hcnn_widgets.learning.history import History
from hcnn_widgets.widgets.panel.known_run import title_beside


class Ghost(NamedTuple):
    """Title and curves of a run beside another; the run itself is not held.

    Attributes
    ----------
    title : str
    history : History
    """

    title: str
    history: History

    @classmethod
    def of(cls, run: Any | None) -> "Ghost | None":
        """Return the ghost of a run, or None without one.

        Raises
        ------
        TypeError
            If it is no run.
        """
        return None if run is None else cls(title_beside(run), run.history)

    def line(self, name: str) -> tuple[str, NDArray[np.float64]] | None:
        """Return the curve of a quantity: its label and (4, n) of x and three times the mean; None if there is none.

        Of held-out images where there are any, for these are not noisy: "last run, held-out".
        """
        for prefix, label in ((HELD_OUT, "held-out"), ("", "training")):
            curve = self.history.series(prefix + name)
            if len(curve):
                return f"{self.title}, {label}", np.stack([curve.step, curve.mean, curve.mean, curve.mean])
        return None
