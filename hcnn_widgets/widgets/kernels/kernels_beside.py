"""Kernels of another run, held against those of a run; they outlast it."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.panel.known_run import title_beside

from .kernel_frame import BEFORE, NOW, Other

Kernels = NDArray[np.float32]
MOST_WEIGHTS = 1_000_000
"""Of an area; those of a larger one are not kept."""


class KernelsBeside:
    """Title and kernels of another run; the run itself is not held.

    Parameters
    ----------
    run : Run
        Its network is read between two of its steps, or at once where it is over.
    read : callable
        Function of (model, area) that returns kernels.

    Raises
    ------
    TypeError
        If it is no run.
    """

    def __init__(self, run: Any, read: Callable[[Any, str], Kernels]) -> None:
        title, model = title_beside(run), run.model
        self.title = f"run {title}" if title in (BEFORE, NOW) else title
        self._kept: Future[dict[str, Kernels]] = run.at_boundary(lambda: _all_kernels(model, read))

    def of(self, area: str, shape: tuple[int, ...]) -> Other | None:
        """Return title and kernels of an area; None where it has none of this shape, or they are not read yet."""
        kernels = self._kept.result().get(area) if self._kept.done() and not self._kept.cancelled() else None
        return (self.title, kernels) if kernels is not None and kernels.shape == shape else None


def _all_kernels(model: Any, read: Callable[[Any, str], Kernels]) -> dict[str, Kernels]:
    found = {}
    for area in model.areas:
        try:
            kernels = read(model, area)
        except ValueError:  # an area without a filter, or a network that was never built
            continue
        if kernels.size <= MOST_WEIGHTS:
            found[str(area)] = kernels
    return found
