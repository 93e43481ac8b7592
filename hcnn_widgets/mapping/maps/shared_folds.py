"""Maps of all folds at once, and the parts that they share, each computed once for all brain areas."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.best_units import best_units
from hcnn_widgets.mapping.maps.dual_pls import N_COMPONENTS, pls_folds
from hcnn_widgets.mapping.maps.fold_ridge import ridge_smoothers
from hcnn_widgets.mapping.maps.memory_estimate import KEPT
from hcnn_widgets.mapping.maps.penalties import Penalties
from hcnn_widgets.mapping.maps.ridge import ALPHA, Ridge
from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.numerics.gram import Gram

Array = NDArray[np.float64]


class SharedFolds:
    """Activations on folds, with the parts that several maps share, each computed at first use.

    Parameters
    ----------
    x : (n_stimuli, n_units) float
        Activations, finite.
    folds : list of (train, test) rows
    precision : numpy.float64 or numpy.float32
        Precision of the products over units.
    """

    def __init__(self, x: NDArray[np.floating], folds: Folds, precision: type[np.floating]) -> None:
        self.x, self.folds, self.precision = x, folds, precision
        self._ridges: dict[int, Ridge] = {}

    @property
    def held(self) -> int:
        """Bytes of the parts that are computed already."""
        made = [self.__dict__[name] for name in ("gram", "exact_gram") if name in self.__dict__]
        arrays = [gram.values for gram in dict.fromkeys(made)] + self.__dict__.get("smoothers", [])
        return sum(array.nbytes for array in arrays) + sum(ridge.u.nbytes for ridge in self._ridges.values())

    @cached_property
    def gram(self) -> Gram:
        """Products of the activations over units."""
        return Gram(self.x, self.precision)

    @cached_property
    def exact_gram(self) -> Gram:
        """The products in double precision: ridge divides by their small eigenvalues."""
        return self.gram if self.precision == np.float64 else Gram(self.x)

    @cached_property
    def smoothers(self) -> list[Array]:
        """Weights of the training responses in the predictions of "ridge", (n_test, n_train) per fold."""
        return ridge_smoothers(self.exact_gram, self.folds, ALPHA)

    def ridge(self, fold: int) -> Ridge:
        """Return the decomposition of a fold's training stimuli, kept if those of all folds fit into `KEPT` bytes."""
        fitted = self._ridges.get(fold) or Ridge(self.exact_gram, self.folds[fold][0])
        if len(self.folds) * fitted.u.nbytes <= KEPT:
            self._ridges[fold] = fitted
        return fitted


# --- a function per map: (shared, responses rescaled by `ordinary`) to the predictions of each fold's test stimuli ---
def ridge_of_folds(shared: SharedFolds, y: Array) -> list[Array]:
    """Predict by ridge regression with one penalty."""
    return [weights @ y[train] for (train, _), weights in zip(shared.folds, shared.smoothers, strict=True)]


def ridgecv_of_folds(shared: SharedFolds, y: Array, alphas: Penalties, *, alpha_per_site: bool = False) -> list[Array]:
    """Predict by ridge regression with the penalty that a fold's training stimuli choose, for all sites or for each."""
    predicted = []
    for fold, (train, test) in enumerate(shared.folds):
        fitted = shared.ridge(fold)
        values = alphas.of(fitted.variance)
        chosen = fitted.best_alphas(y[train], values) if alpha_per_site else fitted.best_alpha(y[train], values)
        predicted.append(fitted.predict(fitted.scores(test), y[train], chosen))
    return predicted


def pls_of_folds(shared: SharedFolds, y: Array, weights: str) -> list[Array]:
    """Predict by partial least squares; for the weights see `pls_folds`."""
    return pls_folds(shared.gram, y, shared.folds, N_COMPONENTS, weights)


def one_to_one_of_folds(shared: SharedFolds, y: Array) -> list[Array]:
    """Predict by the best unit of each site, in the unit's scale."""
    units = best_units(shared.x, y, shared.folds)
    return [
        shared.x[np.ix_(test, best)].astype(np.float64) for (_, test), best in zip(shared.folds, units, strict=True)
    ]
