"""The weights of a PLS component on the sites, for many folds at once: by power iteration, or exactly, by Lanczos."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

TOLERANCE, MAX_STEPS = 1e-6, 500
"""Limits at which scikit-learn's power iteration ends by default: squared change of the unit weights, and steps."""
_AT_ONCE = 8
"""Power steps between two checks of convergence."""


def power_weights(products: Array, start: Array, accuracy: float) -> Array:
    """Iterate as scikit-learn's PLSRegression does, and stop where it stops, somewhat short of convergence.

    PLSRegression iterates on X and Y. With S = X'Y its unit weights at step i are S c / |S c| for c = G^(i - 1) e,
    and how far they have moved follows from G = S'S, which is small.

    Parameters
    ----------
    products : (n_folds, n_sites, n_sites) float64
        G = Y' X X' Y of every fold.
    start : (n_folds, n_sites) float64
        e, where the iteration starts: the first site with any variance left.
    accuracy : float
        Ignored.

    Returns
    -------
    (n_folds, n_sites) float64
        c, of length 1; zeros where G e is 0.

    Source: Wegelin 2000, section 4.1, as in scikit-learn with tol=1e-6 and max_iter=500.
    """
    return np.stack([_iterated(product, weights) for product, weights in zip(products, start, strict=True)])


def _iterated(products: Array, weights: Array) -> Array:
    """Multiply by G until the weights on the units have moved by less than the tolerance."""
    scale = products.trace()
    if len(weights) == 1 or scale <= 0:
        return weights
    products = products / scale
    for first in range(0, MAX_STEPS - 1, _AT_ONCE):
        n_steps = min(_AT_ONCE, MAX_STEPS - 1 - first)
        steps = np.empty((n_steps + 2, len(weights)))
        steps[0] = weights
        for step in range(n_steps + 1):
            np.dot(products, steps[step], out=steps[step + 1])
        # For c_i = G c_(i-1), S c_i has the squared length c_i'G c_i = c_i'c_(i+1), and S c_i and S c_(i+1) the inner
        # product c_(i+1)'c_(i+1): how far the unit weights on the units moved needs no product with S itself.
        cosine = np.einsum("ij,ij->i", steps[1:-1], steps[1:-1])
        lengths = np.abs(np.einsum("ij,ij->i", steps[:-1], steps[1:]))
        lengths = np.sqrt(lengths[:-1] * lengths[1:])
        ended = 2 * (lengths - cosine) <= TOLERANCE * lengths
        weights = steps[ended.argmax() + 1 if ended.any() else n_steps]
        weights = weights / (np.linalg.norm(weights) or 1.0)
        if ended.any():
            break
    return weights


def lanczos_weights(products: Array, start: Array, accuracy: float) -> Array:
    """Find the leading eigenvector, as accurately as the products are known.

    Parameters
    ----------
    products : (n_folds, n_sites, n_sites) float64
        G = Y' X X' Y of every fold.
    start : object
        Ignored.
    accuracy : float
        Maximum length of G c - l c, as a fraction of the eigenvalue l.

    Returns
    -------
    (n_folds, n_sites) float64
        c, of length 1; zeros where G is 0.

    Source: Lanczos 1950, each vector orthogonalised twice against all before it; n_sites steps at most, then exact.
    """
    n_folds, n_sites, _ = products.shape
    nothing = np.finfo(np.float64).eps * np.abs(products).max(axis=(1, 2))[:, np.newaxis]
    basis, small = np.empty((n_folds, n_sites, n_sites)), np.zeros((n_folds, n_sites, n_sites))
    looks = {n_sites, *(int(12 * 1.5**look) for look in range(40))}
    new, length = _unit(products @ np.random.default_rng(0).standard_normal(n_sites), nothing)
    n_steps = 0
    while True:
        n_steps += 1
        basis[:, n_steps - 1] = new
        known = basis[:, :n_steps]
        new = _times(products, new)
        for _ in range(2):
            shares = _times(known, new)
            new -= _times(known.swapaxes(1, 2), shares)
            small[:, n_steps - 1, n_steps - 1] += shares[:, -1]
        new, length = _unit(new, nothing)
        # |G c - l c| of the best vector in the basis is the last new length times its share of the last basis vector.
        if n_steps in looks:
            values, vectors = np.linalg.eigh(small[:, :n_steps, :n_steps])
            good = length * np.abs(vectors[:, -1, -1]) <= accuracy * np.abs(values[:, -1])
            if good.all() or n_steps == n_sites:
                break
        small[:, n_steps, n_steps - 1] = length
    return _times(known.swapaxes(1, 2), vectors[:, :, -1])


def _times(matrices: Array, vectors: Array) -> Array:
    """Multiply each matrix with its vector."""
    return (matrices @ vectors[:, :, np.newaxis])[:, :, 0]


def _unit(vectors: Array, nothing: Array) -> tuple[Array, Array]:
    """Return vectors scaled to length 1, or 0 where they are only rounding, and their lengths."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > nothing)
    return units, np.where(lengths > nothing, lengths, 0.0)[:, 0]


WEIGHTS: dict[str, Callable[[Array, Array, float], Array]] = {"pls": power_weights, "pls_exact": lanczos_weights}
"""Name of the map -> function (products, start, accuracy) that finds a component's weights on the sites."""
