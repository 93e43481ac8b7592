"""The maps from one model area: made once, whatever brain areas, time bins and halves of trials they predict."""

from contextlib import nullcontext

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.blas_threads import one_blas_thread
from hcnn_widgets.mapping.conventions import PRECISIONS, Choices
from hcnn_widgets.mapping.fold_maps import FoldMaps
from hcnn_widgets.mapping.scaling import z_scored
from hcnn_widgets.mapping.splits import Folds

Array = NDArray[np.floating]
SMALL = 1000
"""Stimuli up to which one core is quicker than several that wait for one another."""


class AreaMaps:
    """Maps fitted on each fold's training stimuli, scaled as was chosen.

    Parameters
    ----------
    x : (n_stimuli, n_predictors) float
        What is predicted from.
    folds : list of (train, test) rows
    choices : Choices
    """

    def __init__(self, x: Array, folds: Folds, choices: Choices) -> None:
        precision = PRECISIONS[choices.precision]
        self._method = choices.method
        self._threads = nullcontext if len(x) > SMALL else one_blas_thread
        with self._threads():
            if choices.scaling == "z-score":
                x = x.astype(np.float64, copy=False)
                # Each fold has a scale of its own, so that folds have no product in common.
                self._maps = [FoldMaps(z_scored(x[fold[0]], x)[1], [fold], precision) for fold in folds]
            else:
                self._maps = [FoldMaps(x, folds, precision)]

    def predict(self, y: Array) -> list[Array]:
        """Predict the stimuli that each fold holds out.

        Parameters
        ----------
        y : (n_stimuli, n_columns) float

        Returns
        -------
        list of (n_test, n_columns) float
            One per fold.
        """
        with self._threads():
            return [predicted for maps in self._maps for predicted in maps.predict(y, self._method)]
