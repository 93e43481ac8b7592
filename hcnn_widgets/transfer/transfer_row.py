"""One training on new categories: the way, the number of labels, and which held-out images came out right."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays


@dataclass(frozen=True, eq=False)
class TransferRow(FrozenRecord):
    """A network trained on some labels; or the error that it ended with.

    Parameters
    ----------
    way : str
        In `WAYS`.
    n_labels : int
        Labelled images, of all categories together.
    seed : int
        Which images they are, and which weights are drawn.
    right : (n_held_out,) bool
        Whether each held-out image is told rightly; empty with an error.
    seconds : float
    error : str
    """

    way: str
    n_labels: int
    seed: int
    right: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    seconds: float = np.nan
    error: str = ""

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @property
    def accuracy(self) -> float:
        """Share of held-out images that are told rightly."""
        return float(self.right.mean()) if len(self.right) else np.nan
