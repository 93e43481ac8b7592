"""Maps from one model area, shared by brain areas, time bins and halves of trials."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.fold_maps import FoldMaps
from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread
from hcnn_widgets.mapping.prediction.choices import PRECISIONS, Choices

Array = NDArray[np.floating]
Number = TypeVar("Number", bound=np.floating)
SMALL = 1000
"""Most stimuli for which a single core is faster than several that wait for one another."""
KEPT = 2**30
"""Most bytes of z-scored activations, a copy per fold, kept from one brain area to the next."""


class AreaMaps:
    """Maps fitted on each fold's training stimuli, with the chosen scaling.

    Parameters
    ----------
    x : (n_stimuli, n_predictors) float
        Predictors: units of the model, or sites in reverse.
    folds : list of (train, test) rows
    choices : Choices
    """

    def __init__(self, x: Array, folds: Folds, choices: Choices) -> None:
        self._x, self._folds, self._choices = x, folds, choices
        self._threads = nullcontext if len(x) > SMALL else one_blas_thread
        self._maps: list[FoldMaps] | None = None
        if choices.scaling == "none" or 8 * x.size * len(folds) <= KEPT:
            with self._threads():
                self._maps = list(self._made())

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
            each = self._made() if self._maps is None else self._maps
            return [
                predicted for maps in each for predicted in maps.predict(y, self._choices.method, self._choices.alphas)
            ]

    def notes(self) -> tuple[str, ...]:
        """Return the notes on the maps; none for z-scored predictors, which are never too small."""
        if self._choices.scaling != "none" or not self._maps:
            return ()
        return self._maps[0].notes(self._choices.method, self._choices.alphas)

    def _made(self) -> Iterator[FoldMaps]:
        """Yield the maps of all folds together or, where each fold has its own scale, fold by fold."""
        precision = PRECISIONS[self._choices.precision]
        if self._choices.scaling == "none":
            yield FoldMaps(self._x, self._folds, precision)
            return
        x = self._x.astype(np.float64, copy=False)
        for train, test in self._folds:
            yield FoldMaps(z_scored(x[train], x)[1], [(train, test)], precision)


def z_scored(fit: NDArray[Number], new: NDArray[Number]) -> tuple[NDArray[Number], NDArray[Number]]:
    """Standardise each unit to mean 0 and standard deviation 1 over the training stimuli; constant units become 0.

    Parameters
    ----------
    fit, new : (n_stimuli, n_units) float
        Activations to the training stimuli, whose mean and deviation are used, and to other stimuli.

    Returns
    -------
    fit, new
        Scaled, of the same type.
    """
    deviations = fit.std(axis=0)
    scale = np.divide(1, deviations, out=np.zeros_like(deviations), where=deviations > 1e-12 * np.abs(fit).max(axis=0))
    mean = fit.mean(axis=0)
    return (fit - mean) * scale, (new - mean) * scale
