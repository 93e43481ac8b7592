"""The LinearMap record, an entry of `MAPS`."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.memory_estimate import Estimate
from hcnn_widgets.mapping.maps.penalties import Penalties
from hcnn_widgets.records.entry import Entry

Array = NDArray[np.floating]


@dataclass(frozen=True)
class LinearMap(Entry[..., Array]):
    """A map from units to sites.

    Parameters
    ----------
    function : function (x, y, x_new)
        Fits (n_stimuli, n_units) to (n_stimuli, n_sites), and predicts (n_new, n_sites) from (n_new, n_units).
    words : str
        Words for a score's convention.
    of_folds : function (SharedFolds, y), optional
        Predicts the test stimuli of all folds at once from the parts that folds share, and from responses rescaled by
        `ordinary`; without it, `function` is called fold by fold.
    memory : function (sizes), optional
        Bytes that the map takes beside its arguments; without it, nothing is refused beforehand.
    own_unit : bool
        Whether predictions are in the unit of the model's units, not of the sites.
    penalty : float, optional
        The penalty on squared weights, where it is fixed: activations far smaller make no prediction.
    takes_alphas : bool
        Whether the map chooses its penalty from ``alphas``, an argument of `function` and `of_folds` by this name.
    """

    words: str
    of_folds: Callable[..., list[NDArray[np.float64]]] | None = None
    memory: Estimate | None = None
    own_unit: bool = False
    penalty: float | None = None
    takes_alphas: bool = False

    def smallest_penalty(self, alphas: Penalties) -> float | None:
        """Return the smallest penalty that the map may take; None where it takes none, or penalties follow the unit."""
        return alphas.smallest if self.takes_alphas else self.penalty
