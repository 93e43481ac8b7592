"""The maps from a model's units to recorded sites, as plain functions."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.best_units import best_units
from hcnn_widgets.mapping.maps.dual_pls import N_COMPONENTS, pls_folds
from hcnn_widgets.mapping.maps.linear_map import LinearMap
from hcnn_widgets.mapping.maps.memory_estimate import one_to_one_memory, pls_memory, ridge_memory, ridgecv_memory
from hcnn_widgets.mapping.maps.penalties import Alphas, penalties_of
from hcnn_widgets.mapping.maps.ridge import ALPHA, Ridge
from hcnn_widgets.mapping.maps.shared_folds import (
    one_to_one_of_folds,
    pls_of_folds,
    ridge_of_folds,
    ridgecv_of_folds,
)
from hcnn_widgets.mapping.numerics.gram import Gram
from hcnn_widgets.mapping.numerics.scales import check_scale, in_unit, ordinary
from hcnn_widgets.records.given_arrays import numbers

Array = NDArray[np.floating]


def ridge(x: NDArray[np.floating], y: Array, x_new: NDArray[np.floating], alpha: float = ALPHA) -> Array:
    """Fit ridge regression and predict new stimuli.

    Parameters
    ----------
    x : (n_stimuli, n_units) float
        Activations to fit on.
    y : (n_stimuli, n_sites) float64
        Responses to fit to.
    x_new : (n_new, n_units) float
        Activations to predict from.
    alpha : float
        Penalty on the squared weights; the intercept is free.

    Returns
    -------
    (n_new, n_sites) float64

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of numbers, or squares of activations overflow or underflow in double precision.

    Examples
    --------
    >>> x = np.array([[0.0], [1.0], [2.0]])
    >>> ridge(x, 3 * x, np.array([[4.0]]), alpha=1e-9).round(3)
    array([[12.]])
    """
    x, y, exponents, x_new = _given(x, y, x_new)
    gram, train, new = _of_both(x, x_new)
    return in_unit(Ridge(gram, train).smoother(new, alpha) @ y, exponents)


def ridgecv(
    x: NDArray[np.floating],
    y: Array,
    x_new: NDArray[np.floating],
    alphas: Alphas = "relative",
    *,
    alpha_per_site: bool = False,
) -> Array:
    """Fit ridge regression with the penalty of the smallest leave-one-out error, and predict new stimuli.

    Parameters
    ----------
    x, y, x_new
        As in `ridge`.
    alphas : str or (n_alphas,) float
        Penalties to choose from: the same for all sites, by the smallest mean squared leave-one-out error. A name in
        `PENALTIES`, or the penalties themselves.
    alpha_per_site : bool
        Whether each site chooses a penalty of its own, as with scikit-learn's ``alpha_per_target``: for sites that
        differ in how well they are predicted.

    Returns
    -------
    (n_new, n_sites) float64

    Raises
    ------
    TypeError, ValueError
        As in `ridge`, and if the penalties are neither a name nor numbers above 0.
    """
    penalties = penalties_of(alphas)
    x, y, exponents, x_new = _given(x, y, x_new)
    gram, train, new = _of_both(x, x_new)
    fitted = Ridge(gram, train)
    values = penalties.of(fitted.variance)
    chosen = fitted.best_alphas(y, values) if alpha_per_site else fitted.best_alpha(y, values)
    return in_unit(fitted.predict(fitted.scores(new), y, chosen), exponents)


def pls(
    x: NDArray[np.floating],
    y: Array,
    x_new: NDArray[np.floating],
    n_components: int = N_COMPONENTS,
    weights: str = "pls",
) -> Array:
    """Fit partial least squares, all sites jointly and none scaled, and predict new stimuli.

    Parameters
    ----------
    x, y, x_new
        As in `ridge`.
    n_components : int
    weights : "pls" or "pls_exact"
        Where the power iteration for a component's weights stops: as in scikit-learn's PLSRegression, and so in
        Brain-Score, somewhat short of convergence; or at convergence. Single predictions differ by about a hundredth
        of the responses' spread.

    Returns
    -------
    (n_new, n_sites) float64

    Raises
    ------
    TypeError, ValueError
        As in `ridge`, and if there are fewer units or stimuli than components.
    """
    x, y, exponents, x_new = _given(x, y, x_new)
    gram, train, new = _of_both(x, x_new)
    responses = np.concatenate([y, np.broadcast_to(np.mean(y, axis=0), (len(new), y.shape[1]))])
    return in_unit(pls_folds(gram, responses, [(train, new)], n_components, weights)[0], exponents)


def pls_exact(
    x: NDArray[np.floating], y: Array, x_new: NDArray[np.floating], n_components: int = N_COMPONENTS
) -> Array:
    """Fit partial least squares as `pls` does, with every component exact; see `pls`."""
    return pls(x, y, x_new, n_components, "pls_exact")


def one_to_one(x: NDArray[np.floating], y: Array, x_new: NDArray[np.floating]) -> Array:
    """Pick for each site the unit with the highest correlation, and predict with the unit's own values.

    Parameters
    ----------
    x, y, x_new
        As in `ridge`.

    Returns
    -------
    (n_new, n_sites) float64
        In the unit's scale, not the site's.
    """
    x, y, _, x_new = _given(x, y, x_new)
    train = np.arange(len(x))
    return x_new.astype(np.float64)[:, best_units(x, y, [(train, train[:0])])[0]]


def _given(x: Any, y: Any, x_new: Any) -> tuple[Array, NDArray[np.float64], NDArray[np.int_], Array]:
    """Return the arguments as arrays of numbers, with the responses and their exponents from `ordinary`."""
    return numbers("x", x), *ordinary(numbers("y", y).astype(np.float64, copy=False)), numbers("x_new", x_new)


def _of_both(x: NDArray[np.floating], x_new: NDArray[np.floating]) -> tuple[Gram, NDArray[np.intp], NDArray[np.intp]]:
    """Return the Gram matrix of the training and the new stimuli, and the rows of either."""
    both, rows = np.concatenate([x, x_new]), np.arange(len(x) + len(x_new))
    if both.dtype.itemsize > 4:
        check_scale("x", both, axis=None)
    return Gram(both), rows[: len(x)], rows[len(x) :]


MAPS: dict[str, LinearMap] = {
    "ridge": LinearMap(ridge, f"ridge (alpha {ALPHA:g})", of_folds=ridge_of_folds, memory=ridge_memory, penalty=ALPHA),
    "ridgecv": LinearMap(
        ridgecv,
        "RidgeCV (alpha by leave-one-out, one for all sites)",
        of_folds=ridgecv_of_folds,
        memory=ridgecv_memory,
        takes_alphas=True,
    ),
    "pls": LinearMap(
        pls,
        f"PLS ({N_COMPONENTS} components, each by scikit-learn's power iteration to 1e-6, as in Brain-Score)",
        of_folds=partial(pls_of_folds, weights="pls"),
        memory=pls_memory,
    ),
    "pls_exact": LinearMap(
        pls_exact,
        f"PLS ({N_COMPONENTS} components, each exact)",
        of_folds=partial(pls_of_folds, weights="pls_exact"),
        memory=pls_memory,
    ),
    "one_to_one": LinearMap(
        one_to_one,
        "one-to-one (best unit per site)",
        of_folds=one_to_one_of_folds,
        memory=one_to_one_memory,
        own_unit=True,
    ),
    "ridgecv_per_site": LinearMap(
        partial(ridgecv, alpha_per_site=True),
        "RidgeCV (alpha by leave-one-out, one per site)",
        of_folds=partial(ridgecv_of_folds, alpha_per_site=True),
        memory=ridgecv_memory,
        takes_alphas=True,
    ),
}
"""Name -> map, which is called as (x, y, x_new) and returns the predictions."""
