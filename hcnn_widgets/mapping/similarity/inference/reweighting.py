"""Weighing a model's layers so that they fit the brain, and testing the fit on other stimuli."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.inference.rdm_sets import joined_sets
from hcnn_widgets.mapping.similarity.inference.resampling import pairs_of_sample
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import FEWEST_STIMULI, n_stimuli_of
from hcnn_widgets.records.checks import check_count, check_seed
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Reweighting:
    """A weighted sum of a model's RDMs against the brain, on stimuli that the weights were not fitted on.

    Parameters
    ----------
    names : tuple of str
        The layers.
    weights : (n_folds, n_layers) float64
        0 or more; of dissimilarities that were scaled to a standard deviation of 1 over the training pairs.
    per_fold : (n_folds, n_subjects) float64
        Comparison of the weighted sum with each subject, over the pairs of held-out stimuli.
    layers_per_fold : (n_folds, n_layers, n_subjects) float64
        The same of each layer alone.
    method : str
        Name in `COMPARISONS`.
    convention : str
        How the numbers came about, in words.
    """

    names: tuple[str, ...]
    weights: Array
    per_fold: Array
    layers_per_fold: Array
    method: str
    convention: str

    @property
    def value(self) -> float:
        """Mean over folds and subjects."""
        return float(self.per_fold.mean())

    @property
    def error(self) -> float:
        """Standard error over folds of the mean over subjects."""
        means = self.per_fold.mean(axis=1)
        return float(means.std(ddof=1) / np.sqrt(len(means)))

    @property
    def layer_values(self) -> Array:
        """Mean over folds and subjects of each layer alone, (n_layers,) float64."""
        return self.layers_per_fold.mean(axis=(0, 2))

    def __repr__(self) -> str:
        best = self.names[int(self.layer_values.argmax())]
        return (
            f"Reweighting({self.value:.3f} +- {self.error:.3f}; highest layer alone: {best} "
            f"{self.layer_values.max():.3f}; {self.convention})"
        )


@checks_keywords
def reweighted(
    layers: Mapping[str, Any] | Sequence[Any],
    subjects: Sequence[Any],
    method: str = "tau_a",
    *,
    n_folds: int = 4,
    seed: int = 0,
) -> Reweighting:
    """Fit non-negative weights of a model's RDMs to the brain's on some stimuli, and test them on the others.

    A fold's stimuli are held out; the weights are least squares, with a constant, for the mean over subjects of the
    dissimilarities between the other stimuli, and tested on the dissimilarities between those held out. Pairs of one of
    each are not used.

    Parameters
    ----------
    layers : mapping of str to Rdm, or sequence of Rdm or arrays
        One per layer, feature or category model.
    subjects : sequence of Rdm or arrays
        The brain's RDMs.
    method : str
        One of `COMPARISONS`.
    n_folds : int
        2 or more, with 3 stimuli or more in each.
    seed : int
        Of the order in which stimuli are dealt out to folds.

    Returns
    -------
    Reweighting

    Raises
    ------
    TypeError, ValueError
        If RDMs do not fit one another, there are too few stimuli, or a name is unknown.

    Source: Khaligh-Razavi & Kriegeskorte 2014, PLoS Comput Biol 10:e1003915; Jozwik et al. 2016,
    Neuropsychologia 83:201.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> layers = rng.random((3, 190))
    >>> reweighted(layers, [2 * layers[0] + layers[2]], "pearson").value > 0.99
    True
    """
    names, of_layers, of_subjects = joined_sets(layers, subjects, method)
    n_stimuli = n_stimuli_of(of_layers.shape[1]) or 0
    check_count("n_folds", n_folds)
    check_seed(seed)
    if not 2 <= n_folds <= n_stimuli // FEWEST_STIMULI:
        raise ValueError(
            f"`n_folds={n_folds}` does not fit {n_stimuli} stimuli. Accepted are 2 or more, with {FEWEST_STIMULI} "
            f"stimuli or more in each: at most {n_stimuli // FEWEST_STIMULI}."
        )
    compared = COMPARISONS[method]
    weights, per_fold, alone = [], [], []
    for train, test in _folds(n_stimuli, n_folds, seed):
        fitted, scale = _fitted(of_layers[:, train], of_subjects[:, train].mean(axis=0))
        held_out, brain = of_layers[:, test], of_subjects[:, test]
        predicted = (fitted / scale) @ held_out
        weights.append(fitted)
        per_fold.append([compared(predicted, subject) for subject in brain])
        alone.append([[compared(layer, subject) for subject in brain] for layer in held_out])
    words = (
        f"{compared.words}; non-negative weights of {len(names)} layers fitted on other stimuli, {n_folds} "
        f"folds; mean over {len(of_subjects)} subjects +- standard error over folds"
    )
    return Reweighting(names, np.array(weights), np.array(per_fold), np.array(alone), method, words)


def _folds(n_stimuli: int, n_folds: int, seed: int) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Return the indices of the pairs among the training stimuli, and among the held-out ones."""
    fold_of = np.empty(n_stimuli, dtype=np.intp)
    fold_of[np.random.default_rng(seed).permutation(n_stimuli)] = np.arange(n_stimuli) % n_folds
    for fold in range(n_folds):
        yield pairs_of_sample((fold_of != fold).astype(int)), pairs_of_sample((fold_of == fold).astype(int))


def _fitted(layers: Array, target: Array) -> tuple[Array, Array]:
    """Return non-negative weights of the scaled layers, and the scale; centring fits a constant."""
    from scipy.optimize import nnls

    deviations = layers.std(axis=1)
    scale = np.where(deviations > 0, deviations, 1)
    centred = (layers - layers.mean(axis=1, keepdims=True)) / scale[:, np.newaxis]
    return np.asarray(nnls(centred.T, target - target.mean())[0], dtype=np.float64), scale
