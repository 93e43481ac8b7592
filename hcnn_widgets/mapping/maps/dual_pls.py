"""Partial least squares of all folds at once, from the Gram matrix that they share."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.leading_weights import WEIGHTS
from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.numerics.gram import Gram

Array = NDArray[np.float64]
N_COMPONENTS = 25
"""Components of PLS, as everywhere in the field since Yamins et al. 2014."""
AT_ONCE = 2**30
"""Bytes for the folds that are fitted at the same time."""


def pls_folds(gram: Gram, y: NDArray[np.floating], folds: Folds, n_components: int, weights: str) -> list[Array]:
    """Fit partial least squares to the training stimuli of every fold, and predict its test stimuli.

    Of X only K = X X' is needed. Per fold and component, with T the orthonormal scores so far and Y the centred
    training responses without what T explains: the weights on the sites are c, the leading eigenvector of G = Y' K Y;
    the score is t = K Y c, made orthogonal to T on the training stimuli, the test stimuli following along; what t
    explains, Y't, leaves Y, and so two outer products leave G. Centring K on a fold is subtracting a mean from t.

    Parameters
    ----------
    gram : Gram
        Of all stimuli.
    y : (n_stimuli, n_sites) float
        Responses; a fold ignores rows outside its training stimuli.
    folds : list of (train, test)
        Rows.
    n_components : int
        Fewer are fitted to a fold once nothing is left to explain.
    weights : "pls" or "pls_exact"
        Algorithm that finds c; see `WEIGHTS`.

    Returns
    -------
    list of (n_test, n_sites) float64

    Raises
    ------
    ValueError
        If a fold has fewer units or training stimuli than components.

    Source: Lindgren, Geladi & Wold 1993, and Rannar et al. 1994, for the kernel forms of Wold's PLS2.
    """
    fewest = min(len(train) for train, _ in folds)
    if min(gram.n_units, fewest) < n_components:
        raise ValueError(
            f"`method={weights!r}` has too little to fit on. Accepted are {n_components} units and training stimuli or "
            f"more, one per component; received {gram.n_units} units and {fewest} stimuli. method='ridgecv' has no "
            "such limit."
        )
    y = np.asarray(y, dtype=np.float64)
    mean = y.mean(axis=0)
    few, sites = _few_columns(y - mean)
    n_numbers = 2 * few.shape[1] ** 2 + n_components * (len(y) + few.shape[1])
    together = max(1, AT_ONCE // (n_numbers * few.itemsize))
    predictions = []
    for first in range(0, len(folds), together):
        group = folds[first : first + together]
        fitted = _FittedFolds(gram, few, sites, group, n_components)
        for component in range(n_components):
            fitted.add(component, weights)
        predictions += [fitted.predicted(row, test) for row, (_, test) in enumerate(group)]
    return [mean + (predicted if sites is None else predicted @ sites.T) for predicted in predictions]


def _few_columns(y: Array) -> tuple[Array, Array | None]:
    """Rotate the sites into no more columns than stimuli; the rotation is exact, and undone at the end."""
    if y.shape[1] <= len(y):
        return y, None
    sites, triangle = np.linalg.qr(y.T)
    return triangle.T, sites


class _FittedFolds:
    """Scores and loadings of several folds, while components are added.

    Shapes: f folds, k components, n stimuli, q sites.
    """

    def __init__(self, gram: Gram, y: Array, sites: Array | None, folds: Folds, n_components: int) -> None:
        self.gram, self.y, self.sites = gram, y, sites
        self.train = np.zeros((len(folds), len(y)))
        for mask, (rows, _) in zip(self.train, folds, strict=True):
            mask[rows] = 1.0
        self.n_train = self.train.sum(axis=1, keepdims=True)
        self.mean: Array = self.train @ y / self.n_train
        self.scores = np.zeros((len(folds), n_components, len(y)))
        self.loadings = np.zeros((len(folds), n_components, y.shape[1]))
        self.products = self._products()
        squares = self.train @ self._at_sites(y) ** 2 - self.n_train * self._at_sites(self.mean) ** 2
        self.left, self.nothing = squares, 1e-13 * squares.max(axis=1, keepdims=True)

    def _at_sites(self, y: Array) -> Array:
        return y if self.sites is None else y @ self.sites.T

    def _products(self) -> Array:
        """Return G of every fold: G of all stimuli, less the part outside the training stimuli and their mean."""
        y, gram = self.y, self.gram
        product, of_masks = gram.times(y.T), gram.times(self.train)
        whole = product @ y
        products = np.empty((len(self.train), *whole.shape))
        for fold, (mask, mean, of_mask) in enumerate(zip(self.train, self.mean, of_masks, strict=True)):
            # With M the mask of the training stimuli, Y'MKMY = Y'KY - Y'(I-M)KY - (its transpose) + Y'(I-M)K(I-M)Y:
            # only products with the few stimuli that are held out are made anew. The last line centres Y.
            out = np.flatnonzero(mask == 0)
            cross = product[:, out] @ y[out]
            along = (mask * of_mask) @ y
            products[fold] = whole - cross - cross.T + y[out].T @ (gram.among(out) @ y[out])
            products[fold] += (mask @ of_mask) * np.outer(mean, mean) - np.outer(along, mean) - np.outer(mean, along)
        return products

    def add(self, component: int, weights: str) -> None:
        """Add a component to every fold."""
        # Power iteration begins, as in scikit-learn, with the first site that has any variance left.
        precision = np.finfo(self.gram.precision)
        start = (self.left > self.nothing).argmax(axis=1)
        first = np.eye(len(self.left[0]))[start] if self.sites is None else self.sites[start]
        c = WEIGHTS[weights](self.products, first, 8 * float(precision.eps))
        response = self._responses(c, component)
        score = self._orthogonal(self.gram.times(response), component)
        length = np.linalg.norm(self.train * score, axis=1, keepdims=True)
        # A score that is only rounding of K explains nothing: its component stays 0, as do later components.
        floor = 4 * float(precision.eps) * self.gram.trace * np.linalg.norm(response, axis=1, keepdims=True)
        self.scores[:, component] = np.divide(score, length, out=np.zeros_like(score), where=length > floor)
        score = self.train * self.scores[:, component]
        self.loadings[:, component] = score @ self.y
        self.left = self.left - self._at_sites(self.loadings[:, component]) ** 2
        if component + 1 < self.scores.shape[1]:
            self._deflate(score, component)

    def _responses(self, c: Array, component: int) -> Array:
        """Return Y c on the training stimuli, (f, n)."""
        known = (self.loadings[:, :component] @ c[:, :, np.newaxis]).swapaxes(1, 2)
        responses = c @ self.y.T - np.sum(c * self.mean, axis=1, keepdims=True)
        return self.train * (responses - (known @ self.scores[:, :component])[:, 0])

    def _orthogonal(self, score: Array, component: int) -> Array:
        """Centre scores on the training stimuli and make them orthogonal to the earlier ones there."""
        score = score - np.sum(self.train * score, axis=1, keepdims=True) / self.n_train
        earlier = self.scores[:, :component]
        # Gram-Schmidt once leaves rounding as large as what was taken away; twice is enough (Parlett's rule).
        for _ in range(2):
            inner = earlier @ (self.train * score)[:, :, np.newaxis]
            score -= (inner.swapaxes(1, 2) @ earlier)[:, 0]
        return score

    def _deflate(self, score: Array, component: int) -> None:
        """Subtract from G the part that the score explains."""
        # With the residual responses Y, the score t and the loading p = Y't, what is left is Y - t p'. Multiplied out,
        # (Y - t p)' K (Y - t p) = G - p v' - v p' with v = Y'Kt - (t'Kt) p / 2: two outer products instead of a new G.
        loading = self.loadings[:, component]
        along = self.train * self.gram.times(score)
        inner = (self.scores[:, :component] @ along[:, :, np.newaxis]).swapaxes(1, 2)
        # Y itself is never formed: Y'Kt is that of the raw responses, less their mean and what earlier scores explain.
        cross = along @ self.y - along.sum(axis=1, keepdims=True) * self.mean
        cross -= (inner @ self.loadings[:, :component])[:, 0]
        cross -= np.sum(score * along, axis=1, keepdims=True) / 2 * loading
        pair, other = np.stack([cross, loading], axis=2), np.stack([loading, cross], axis=1)
        self.products -= pair @ other

    def predicted(self, fold: int, test: NDArray[np.intp]) -> Array:
        """Return the predictions of a fold's test stimuli, (n_test, q)."""
        return self.mean[fold] + self.scores[fold][:, test].T @ self.loadings[fold]
