"""Ridge regression through one eigendecomposition, from which every penalty and every left-out stimulus follows."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

ALPHAS: Array = np.concatenate(
    [
        [0.01, 0.1, 0.5, 1.0],
        np.linspace(1e1, 1e2, 4, endpoint=False),
        np.linspace(1e2, 1e3, 18, endpoint=False),
        np.linspace(1e3, 1e4, 18, endpoint=False),
        np.linspace(1e4, 1e5, 18, endpoint=False),
        np.linspace(1e5, 1e6, 18, endpoint=False),
        np.linspace(1e6, 1e7, 19),
    ]
)
"""The standard grid of RidgeCV in Brain-Score, (99,)."""
_WIDTH = 512
"""Columns, penalties times sites, of the products from which leave-one-out errors are made."""


class Ridge:
    """Ridge regression with an intercept that is not penalised, on fixed activations.

    Centred X = U S V': the decomposition is made once, of X X' or X' X, whichever is smaller; all penalties, all
    sites and the errors with each stimulus left out come from it.

    Parameters
    ----------
    x : (n_stimuli, n_units) float
        What the map is fitted on.
    precision : numpy.float64 or numpy.float32
        Of the decomposition. Single precision is twice as fast and right to 4 digits where penalties are not tiny
        against the squared singular values.
    """

    def __init__(self, x: NDArray[np.floating], precision: type[np.floating] = np.float64) -> None:
        self.mean: Array = x.mean(axis=0, dtype=np.float64).astype(precision)
        self._x: Array = x.astype(precision, copy=False) - self.mean
        n_stimuli, n_units = x.shape
        self._dual = n_units > n_stimuli
        squares, vectors = np.linalg.eigh(self._x @ self._x.T if self._dual else self._x.T @ self._x)
        kept = squares > squares[-1] * max(x.shape) * np.finfo(precision).eps
        self.singular: Array = np.sqrt(squares[kept])
        self._vectors: Array = vectors[:, kept]
        self.u: Array = self._vectors if self._dual else self._x @ self._vectors / self.singular

    def loo_errors(self, y: Array, alphas: NDArray[np.floating]) -> Array:
        """Give the mean squared error over stimuli, each predicted by a map fitted without it.

        Parameters
        ----------
        y : (n_stimuli, n_sites) float64
        alphas : (n_alphas,) float
            Penalties, above 0.

        Returns
        -------
        (n_alphas, n_sites) float64
            Exact (Allen's PRESS), nothing is refitted.
        """
        n_stimuli = len(self.u)
        centred = y - y.mean(axis=0)
        projected = self.u.T @ centred
        whole = len(self.singular) >= n_stimuli - 1
        outside = 0.0 if whole else (centred - self.u @ projected)[:, np.newaxis]
        squared_u = self.u**2
        free = 0.0 if whole else 1 - 1 / n_stimuli - squared_u.sum(axis=1)
        errors = np.empty((len(alphas), y.shape[1]))
        # Several penalties in one product: many narrow ones leave the processor idle.
        together = max(1, _WIDTH // y.shape[1])
        for start in range(0, len(alphas), together):
            block = slice(start, start + together)
            shrunk = 1 / (1 + self.singular[:, np.newaxis] ** 2 / alphas[block])
            weighted = shrunk[:, :, np.newaxis] * projected[:, np.newaxis]
            shape = (n_stimuli, *weighted.shape[1:])
            residual = (self.u @ weighted.reshape(len(shrunk), shape[1] * shape[2])).reshape(shape) + outside
            residual /= (free + (squared_u @ shrunk).T).T[:, :, np.newaxis]
            errors[block] = np.einsum("iaj,iaj->aj", residual, residual) / n_stimuli
        return errors

    def gcv_errors(self, y: Array, alphas: NDArray[np.floating]) -> Array:
        """Give the generalised cross-validation error, for which every stimulus has the same leverage.

        Parameters
        ----------
        y, alphas
            As in `loo_errors`.

        Returns
        -------
        (n_alphas, n_sites) float
            Near `loo_errors`, without going through the stimuli.

        Source: Golub, Heath & Wahba 1979.
        """
        n_stimuli = len(self.u)
        centred = y - y.mean(axis=0)
        projected = (self.u.T @ centred) ** 2
        outside = np.maximum((centred**2).sum(axis=0) - projected.sum(axis=0), 0)
        shrunk = alphas[:, np.newaxis] / (self.singular**2 + alphas[:, np.newaxis])
        free = n_stimuli - 1 - len(self.singular) + shrunk.sum(axis=1)
        return n_stimuli * (shrunk**2 @ projected + outside) / free[:, np.newaxis] ** 2

    def scores(self, x: NDArray[np.floating]) -> Array:
        """Give new stimuli's coordinates X V, (n_stimuli, n_kept)."""
        centred = x.astype(self.mean.dtype, copy=False) - self.mean
        return (centred @ self._x.T) @ self._vectors / self.singular if self._dual else centred @ self._vectors

    def predict(self, scores: Array, y: Array, alpha: float) -> Array:
        """Predict the responses to new stimuli.

        Parameters
        ----------
        scores : (n_new, n_kept) float64
            From `scores`.
        y : (n_stimuli, n_sites) float64
            The responses that the map is fitted to.
        alpha : float

        Returns
        -------
        (n_new, n_sites) float64
        """
        mean = y.mean(axis=0)
        weights = (self.singular / (self.singular**2 + alpha))[:, np.newaxis] * (self.u.T @ (y - mean))
        return scores @ weights + mean
