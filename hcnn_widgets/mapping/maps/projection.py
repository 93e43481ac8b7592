"""Random projection of activations onto fewer features, which keeps distances."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import check_count, check_seed
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

_BLOCK = 8192
"""Units whose random weights are in memory at a time."""


@checks_keywords
def random_projection(
    x: NDArray[np.floating], n_features: int, seed: int = 0, kind: Literal["sparse", "gaussian"] = "sparse"
) -> NDArray[np.float32]:
    """Project activations onto random directions, if there are more units than `n_features`.

    Parameters
    ----------
    x : (n_stimuli, n_units) float
    n_features : int
        With this many units or fewer, `x` is returned unchanged.
    seed : int
        The same seed gives the same directions for the same number of units.
    kind : "sparse" or "gaussian"
        Weights of +1, -1 and mostly 0, or normally distributed weights; both keep distances, sparse are quicker.

    Returns
    -------
    (n_stimuli, min(n_units, n_features)) float32

    Raises
    ------
    ValueError
        If `n_features` is below 1 or there is no such kind.

    Source: Johnson & Lindenstrauss 1984; Li, Hastie & Church 2006 (weights kept with probability 1 / sqrt(n_units)).

    Examples
    --------
    >>> random_projection(np.ones((3, 5000)), 100).shape
    (3, 100)
    """
    check_count("n_features", n_features)
    check_seed(seed)
    if kind not in ("sparse", "gaussian"):
        raise ValueError(f"`kind={kind!r}` is unknown. Accepted are 'sparse' and 'gaussian'.")
    x = numbers("x", x).astype(np.float32, copy=False)
    n_units = x.shape[1]
    if n_units <= n_features:
        return x
    rng = np.random.default_rng(seed)
    if kind == "sparse":
        return _sparse(x, n_features, rng)
    projected = np.zeros((len(x), n_features), dtype=np.float32)
    for start in range(0, n_units, _BLOCK):
        block = x[:, start : start + _BLOCK]
        projected += block @ rng.standard_normal((block.shape[1], n_features), dtype=np.float32)
    return projected / np.float32(np.sqrt(n_features))


def _sparse(x: NDArray[np.float32], n_features: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Project onto directions with about sqrt(n_units) nonzero weights."""
    from scipy.sparse import csc_array

    n_units = x.shape[1]
    density = 1 / np.sqrt(n_units)
    counts = rng.binomial(n_units, density, size=n_features)
    units = np.concatenate([rng.choice(n_units, count, replace=False, shuffle=False) for count in counts])
    signs = rng.choice(np.array([-1, 1], dtype=np.float32), size=len(units))
    weights = csc_array((signs, units, np.concatenate([[0], counts.cumsum()])), shape=(n_units, n_features))
    # The mean square of a weight is the density: over sqrt(density n_features), squared lengths are kept on average.
    projected: NDArray[np.float32] = (weights.T @ x.T).T
    return projected / np.float32(np.sqrt(density * n_features))
