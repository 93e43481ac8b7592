"""Ridge regression with one penalty in all folds: a factorisation of all stimuli, and a small inverse per fold."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.ridge import Ridge
from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.numerics.gram import Gram

Array = NDArray[np.float64]


def ridge_smoothers(gram: Gram, folds: Folds, alpha: float) -> list[Array]:
    """Return the weights of the training responses in the predictions of every fold's test stimuli.

    Let R be the matrix that turns the responses to all stimuli into the residuals of the map fitted to all stimuli. A
    map fitted without the stimuli o predicts the responses to o that would leave no residuals: -R_oo^-1 R_ot y_t.

    Parameters
    ----------
    gram : Gram
        Of all stimuli, in double precision.
    folds : list of (train, test)
        Rows.
    alpha : float
        Penalty on the squared weights, above 0; the intercept is free.

    Returns
    -------
    list of (n_test, n_train) float64
        Rows sum to 1. The weights do not depend on the responses.

    Source: the leave-one-out formula of Allen 1974 for several stimuli at once; with the intercept, Cawley & Talbot
    2004.
    """
    # Where the penalty drowns in the rounding of K, or few stimuli are fitted on, each fold is decomposed by itself.
    many = [2 * len(train) > gram.n_stimuli for train, _ in folds]
    whole = _Residuals(gram, alpha) if any(many) and np.finfo(np.float64).eps * gram.trace < 1e-5 * alpha else None
    return [
        whole.smoother(train, test) if whole and most else Ridge(gram, train).smoother(test, alpha)
        for (train, test), most in zip(folds, many, strict=True)
    ]


class _Residuals:
    """R = I - H of ridge regression fitted to all stimuli, H the hat matrix, with the intercept in it."""

    def __init__(self, gram: Gram, alpha: float) -> None:
        self._n_stimuli, self._dual = gram.n_stimuli, gram.dual
        centred = gram.values.astype(np.float64)  # a copy
        if not self._dual:
            centred -= centred.mean(axis=0)
        square = centred if self._dual else centred.T @ centred
        square[np.diag_indices_from(square)] += alpha
        # With K + a = L L', (K + a)^-1 = L^-T L^-1: the root L^-1 serves R in both forms, by products alone.
        root = _inverse(np.linalg.cholesky(square).astype(np.float64, copy=False))
        if self._dual:
            # a (K + a)^-1, from which its part along the mean is taken away below.
            root *= np.sqrt(alpha)
            self._values: Array = root.T @ root
            self._along: Array = self._values.sum(axis=0)
        else:
            self._values = root @ centred.T

    def among(self, stimuli: NDArray[np.intp], others: NDArray[np.intp]) -> Array:
        """Return the part of R between some stimuli and others."""
        if self._dual:
            # A free intercept projects along the ones in the metric of A = a (K + a)^-1: R = A - A11'A / 1'A1.
            mean: Array = np.outer(self._along[stimuli], self._along[others] / self._along.sum())
            return self._values[np.ix_(stimuli, others)] - mean
        # Primal: R = I - 11'/n - Z (Z'Z + a)^-1 Z' of the centred units Z, whose last term is a product with its root.
        same = (stimuli[:, np.newaxis] == others).astype(np.float64)
        return same - 1 / self._n_stimuli - self._values[:, stimuli].T @ self._values[:, others]

    def smoother(self, train: NDArray[np.intp], test: NDArray[np.intp]) -> Array:
        """Return the weights of the training responses in the predictions of the test stimuli."""
        # Residuals of stimuli o that were not fitted on are R_oo^-1 (R y)_o; solving for their predictions leaves this.
        out = np.setdiff1d(np.arange(self._n_stimuli), train)
        inverse = np.linalg.inv(self.among(out, out)).astype(np.float64, copy=False)
        return -inverse[np.searchsorted(out, test)] @ self.among(out, train)


def _inverse(lower: Array, small: int = 512) -> Array:
    """Invert a lower triangular matrix by halves, with products only, which NumPy computes at full speed."""
    half = len(lower) // 2
    if half < small:
        return np.linalg.inv(lower).astype(np.float64, copy=False)
    # The inverse of [[A, 0], [B, C]] is [[A^-1, 0], [-C^-1 B A^-1, C^-1]].
    inverse = np.zeros_like(lower)
    inverse[:half, :half] = first = _inverse(lower[:half, :half], small)
    inverse[half:, half:] = second = _inverse(lower[half:, half:], small)
    inverse[half:, :half] = -second @ (lower[half:, :half] @ first)
    return inverse
