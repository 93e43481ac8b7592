"""The LinearMap record, an entry of `MAPS`."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.memory_estimate import Estimate
from hcnn_widgets.mapping.maps.shared_folds import SharedFolds
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
    of_folds : function (shared, y), optional
        Predicts the test stimuli of all folds at once from the parts that folds share, and from responses rescaled by
        `ordinary`; without it, `function` is called fold by fold.
    memory : function (sizes), optional
        Bytes that the map takes beside its arguments; without it, nothing is refused beforehand.
    own_unit : bool
        Whether predictions are in the unit of the model's units, not of the sites.
    penalty : float, optional
        The smallest penalty on squared weights: activations far smaller than the penalty make no prediction.
    """

    words: str
    of_folds: Callable[[SharedFolds, NDArray[np.float64]], list[NDArray[np.float64]]] | None = None
    memory: Estimate | None = None
    own_unit: bool = False
    penalty: float | None = None
