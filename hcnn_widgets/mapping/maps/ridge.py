"""Ridge regression by a single eigendecomposition, which serves all penalties and all left-out stimuli."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.gram import Gram

Array = NDArray[np.float64]

ALPHA = 1.0
"""The penalty of "ridge"."""
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
NUMBERS = 2**23
"""Numbers in memory at a time while leave-one-out errors are added up."""


class _LeftOut(NamedTuple):
    """What the errors of stimuli that are left out are made of.

    Attributes
    ----------
    weights : (n_train, n_alphas) float64
        Of the squared residuals of each stimulus.
    shares : (n_alphas, n_shapes + 1) float64
        Of each shape in the residuals with a penalty.
    residuals : function ()
        Yields (n_train, n_shapes + 1, some sites).
    """

    weights: Array
    shares: Array
    residuals: Callable[[], Iterator[Array]]


class Ridge:
    """Ridge regression with an intercept that is not penalised, fitted on some of the stimuli.

    Centred X = U S V': the decomposition is computed once, of X X' or X' X, whichever is smaller; predictions and
    leave-one-out errors for all penalties and all sites follow from it.

    Parameters
    ----------
    gram : Gram
        Gram matrix of all stimuli. Single precision serves only where the penalties are well above the rounding of K:
        the regression divides by small eigenvalues of K.
    train : (n_train,) intp
        The stimuli that the map is fitted on.

    Attributes
    ----------
    u : (n_train, n_kept) float64
        U.
    singular : (n_kept,) float64
        S, without the values that are only rounding.
    variance : float
        Variance of the units over the training stimuli, mean over units.
    """

    def __init__(self, gram: Gram, train: NDArray[np.intp]) -> None:
        self._gram, self._train = gram, train
        self._dual = gram.dual or len(train) <= gram.n_units
        activations = gram.among(train) if self._dual else gram.values[train].astype(np.float64)
        self._means: Array = activations.mean(axis=0)
        activations = activations - self._means
        if self._dual:
            # K centred on both sides, (I - 11'/n) K (I - 11'/n): the means of its rows are those of its columns.
            square = activations - (self._means - self._means.mean())[:, np.newaxis]
        else:
            square = activations.T @ activations
        squares, vectors = np.linalg.eigh(square)
        kept = squares > squares[-1] * max(len(train), gram.n_units) * np.finfo(np.float64).eps
        self.singular: Array = np.sqrt(squares[kept])
        self._vectors: Array = vectors[:, kept]
        self.u: Array = self._vectors if self._dual else activations @ self._vectors / self.singular
        self.variance = float(squares[kept].sum() / len(train) / gram.n_units)

    @property
    def _outside(self) -> bool:
        """Whether responses may vary outside the span of the activations."""
        return len(self.singular) < len(self.u) - 1

    def best_alpha(self, y: Array, alphas: NDArray[np.floating] = ALPHAS) -> float:
        """Choose the penalty with the smallest `loo_error`, one for all sites."""
        return float(alphas[self.loo_error(y, alphas).argmin()])

    def loo_error(self, y: Array, alphas: NDArray[np.floating]) -> Array:
        """Return the mean squared error over stimuli and sites, each stimulus predicted by a map fitted without it.

        Parameters
        ----------
        y : (n_train, n_sites) float64
        alphas : (n_alphas,) float
            Penalties, above 0.

        Returns
        -------
        (n_alphas,) float64
            Exact (Allen's PRESS), nothing is refitted.
        """
        parts = self._left_out(y, alphas)
        n_train, shares = len(self.u), parts.shares
        products = np.zeros((n_train, shares.shape[1], shares.shape[1]))
        for residuals in parts.residuals():
            products += residuals @ residuals.swapaxes(1, 2)
        products = (parts.weights.T @ products.reshape(n_train, -1)).reshape(len(alphas), *products.shape[1:])
        return np.einsum("ar,ars,as->a", shares, products, shares) / y.size

    def best_alphas(self, y: Array, alphas: NDArray[np.floating] = ALPHAS) -> Array:
        """Choose for each site the penalty with the smallest `loo_errors`, (n_sites,)."""
        return np.asarray(alphas[self.loo_errors(y, alphas).argmin(axis=0)], dtype=np.float64)

    def loo_errors(self, y: Array, alphas: NDArray[np.floating]) -> Array:
        """Return the `loo_error` of each site, (n_alphas, n_sites)."""
        parts = self._left_out(y, alphas)
        errors = [
            [parts.weights[:, place] @ (share @ residuals) ** 2 for place, share in enumerate(parts.shares)]
            for residuals in parts.residuals()
        ]
        return np.concatenate(errors, axis=1) / len(self.u)

    def _left_out(self, y: Array, alphas: NDArray[np.floating]) -> "_LeftOut":
        """Return what the errors of left-out stimuli are made of."""
        n_train = len(self.u)
        centred = y - y.mean(axis=0)
        projected = self.u.T @ centred
        # PRESS: the error of a stimulus that is left out is its residual over 1 - h, h its diagonal entry of the hat
        # matrix, intercept included. In U's coordinates residuals shrink by 1 / (1 + s^2 / alpha); the part of
        # the stimulus outside U, `free`, is not shrunk.
        shrunk = 1 / (1 + self.singular**2 / alphas[:, np.newaxis])
        squared_u = self.u**2
        free = 1 - 1 / n_train - squared_u.sum(axis=1) if self._outside else np.zeros(n_train)
        left_out = (free[:, np.newaxis] + squared_u @ shrunk.T) ** -2
        # How penalties shrink is smooth in the singular values: some 30 shapes make up all 99 to 12 digits.
        energy = np.linalg.norm(projected, axis=1)
        lengths = np.linalg.norm(shrunk * energy, axis=1, keepdims=True)
        lengths[lengths == 0] = 1.0
        shares, sizes, shapes = np.linalg.svd(shrunk * energy / lengths, full_matrices=False)
        kept = sizes > 1e-13 * sizes.max(initial=0)
        shapes = np.divide(shapes[kept], energy, out=np.zeros_like(shapes[kept]), where=energy > 0)
        shares = np.column_stack([shares[:, kept] * sizes[kept] * lengths, np.ones(len(alphas))])
        return _LeftOut(left_out, shares, lambda: self._residuals(centred, projected, shapes))

    def _residuals(self, centred: Array, projected: Array, shapes: Array) -> Iterator[Array]:
        """Yield residuals of each shape, then outside the activations' span, (n_train, n_shapes + 1, some sites)."""
        n_train, n_shapes = len(self.u), len(shapes)
        together = max(1, NUMBERS // (n_train * (n_shapes + 1)))
        for start in range(0, centred.shape[1], together):
            sites = projected[:, start : start + together]
            n_sites = sites.shape[1]
            residuals = np.zeros((n_train, n_shapes + 1, n_sites))
            each = (shapes.T[:, :, np.newaxis] * sites[:, np.newaxis]).reshape(len(sites), n_shapes * n_sites)
            residuals[:, :-1] = (self.u @ each).reshape(n_train, n_shapes, n_sites)
            if self._outside:
                residuals[:, -1] = centred[:, start : start + together] - self.u @ sites
            yield residuals

    def gcv_errors(self, y: NDArray[np.floating], alphas: NDArray[np.floating]) -> Array:
        """Return the generalised cross-validation error, for which every stimulus has the same leverage.

        Parameters
        ----------
        y, alphas
            As in `loo_error`.

        Returns
        -------
        (n_alphas, n_sites) float64
            Close to the leave-one-out errors, without a pass over the stimuli.

        Source: Golub, Heath & Wahba 1979.
        """
        n_stimuli = len(self.u)
        centred = y - y.mean(axis=0)
        projected = (self.u.T @ centred) ** 2
        outside = np.maximum((centred**2).sum(axis=0) - projected.sum(axis=0), 0)
        shrunk = alphas[:, np.newaxis] / (self.singular**2 + alphas[:, np.newaxis])
        free = n_stimuli - 1 - len(self.singular) + shrunk.sum(axis=1)
        return n_stimuli * (shrunk**2 @ projected + outside) / free[:, np.newaxis] ** 2

    def scores(self, stimuli: NDArray[np.intp]) -> Array:
        """Return the coordinates X V of some stimuli, (n_some, n_kept)."""
        if not self._dual:
            return (self._gram.values[stimuli] - self._means) @ self._vectors
        part = self._gram.among(stimuli, self._train)
        # U sums to 0 over the training stimuli, so that constants drop out.
        return (part - self._means) @ self._vectors / self.singular

    def smoother(self, stimuli: NDArray[np.intp], alpha: float) -> Array:
        """Return the weights of the training responses in the predictions of some stimuli, (n_some, n_train)."""
        weights = self.singular / (self.singular**2 + alpha)
        return (self.scores(stimuli) * weights) @ self.u.T + 1 / len(self.u)

    def predict(self, scores: Array, y: NDArray[np.floating], alpha: float | Array) -> Array:
        """Predict the responses to some stimuli.

        Parameters
        ----------
        scores : (n_some, n_kept) float64
            From `scores`.
        y : (n_train, n_sites) float64
            The responses that the map is fitted to.
        alpha : float or (n_sites,) float64
            A penalty for all sites, or a penalty per site.

        Returns
        -------
        (n_some, n_sites) float64
        """
        mean = y.mean(axis=0)
        singular = self.singular[:, np.newaxis]
        weights = singular / (singular**2 + alpha) * (self.u.T @ (y - mean))
        return scores @ weights + mean
