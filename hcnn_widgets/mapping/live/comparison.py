"""Fast score of live panels: all brain areas share a decomposition per model area and fold."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.score_table import Details
from hcnn_widgets.mapping.live.site_detail import SiteDetail
from hcnn_widgets.mapping.maps.ridge import Ridge
from hcnn_widgets.mapping.maps.splits import FEWEST, Folds, kfold
from hcnn_widgets.mapping.numerics.correlation import prediction_r
from hcnn_widgets.mapping.numerics.gram import Gram
from hcnn_widgets.mapping.numerics.known_values import mean_known, median_known
from hcnn_widgets.mapping.prediction.repeated_images import Images, without_twins
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Array = NDArray[np.float64]

LIVE_ALPHAS: Array = np.logspace(0, 6, 13)
"""Penalties, in units of the mean variance of the units over the training images."""
N_FOLDS = 5
CONVENTION = (
    "RidgeCV (alpha by generalised cross-validation from 13 between 1 and 1e6 times the "
    "units' mean variance, one for all sites of an area); "
    "{n_folds}-fold cross-validation on {n_stimuli} images; at most {units} random units per model area, centred on "
    "the training images; Pearson r per site and fold, median over sites, mean over folds"
)


@dataclass(frozen=True, eq=False)
class LiveComparison:
    """Recordings of several brain areas to the same images, prepared to be scored repeatedly.

    Parameters
    ----------
    stimuli : StimulusSet
        The images shown to model and brain.
    images : (n_stimuli,) int
        Image number of each stimulus; no fold trains on an image that it tests under another id.
    responses : tuple of (n_stimuli, n_sites) float32
        Per brain area, averaged over trials, z-scored, without constant sites.
    site_ids : tuple of (n_sites,) str
        Per brain area.
    rows : tuple of int
        The place of each brain area among all recordings.
    notes : tuple of tuples of str
        Per brain area, notes on its recordings.
    """

    stimuli: StimulusSet
    images: Images
    responses: tuple[NDArray[np.float32], ...]
    site_ids: tuple[NDArray[np.str_], ...]
    rows: tuple[int, ...]
    notes: tuple[tuple[str, ...], ...]

    @cached_property
    def folds(self) -> Folds:
        """Training and test rows, each stimulus held out once; fewer folds where they would be too small."""
        n_stimuli = len(self.stimuli)
        return without_twins(kfold(n_stimuli, None, max(2, min(N_FOLDS, n_stimuli // FEWEST))), self.images)

    def score(self, activations: ActivationSet) -> tuple[Array, Array, Details]:
        """Score every model area against every brain area.

        Parameters
        ----------
        activations : ActivationSet
            With all the stimuli, in any order.

        Returns
        -------
        value, error : (n_brain, n_model) float64
            See `CONVENTION`.
        details : n_brain tuples of n_model SiteDetail
        """
        rows = rows_of(self.stimuli.stimulus_ids, activations.stimulus_ids, "activations")
        columns = [self._score_area(activations[area][rows]) for area in activations.areas]
        values, errors, details = zip(*columns, strict=True)
        return np.stack(values, axis=1), np.stack(errors, axis=1), tuple(zip(*details, strict=True))

    def _score_area(self, x: NDArray[np.float32]) -> tuple[Array, Array, tuple[SiteDetail, ...]]:
        """Return value, error and details of a model area, n_brain each."""
        responses = np.concatenate(self.responses, axis=1, dtype=np.float64)
        starts = np.cumsum([0, *(y.shape[1] for y in self.responses)])
        areas = [slice(*ends) for ends in itertools.pairwise(starts)]
        together = np.empty(responses.shape, dtype=np.float32)
        # The penalties are far above what single precision rounds away.
        gram, per_fold = Gram(x, np.float32), []
        for train, test in self.folds:
            map_ = Ridge(gram, train)
            alphas = LIVE_ALPHAS * map_.variance
            errors = map_.gcv_errors(responses[train], alphas)
            chosen = [alphas[errors[:, area].mean(axis=1).argmin()] for area in areas]
            per_site: Array = np.repeat(chosen, np.diff(starts))
            together[test] = map_.predict(map_.scores(test), responses[train], per_site)
            per_fold.append(prediction_r(together[test], responses[test]))
        # Within folds: over all of them together, the means of the training images would pull r of noise below 0.
        r = np.array(per_fold)
        details = tuple(
            SiteDetail(
                self.stimuli.stimulus_ids, site_ids, y, together[:, area], mean_known(r[:, area], axis=0), r[:, area]
            )
            for site_ids, y, area in zip(self.site_ids, self.responses, areas, strict=True)
        )
        medians = np.stack([median_known(r[:, area], axis=1) for area in areas], axis=1)
        return mean_known(medians, axis=0), _error(medians), details


def _error(medians: Array) -> Array:
    """Return the standard error over folds, SD / sqrt(n_folds), of the folds whose median over sites is known."""
    variance = mean_known((medians - mean_known(medians, axis=0)) ** 2, axis=0)
    error: Array = np.sqrt(variance / np.maximum(1, (~np.isnan(medians)).sum(axis=0)))
    return error


def notes_in_order(comparisons: Sequence[LiveComparison]) -> list[tuple[str, ...]]:
    """Return the notes on each recording, in the order of the recordings."""
    notes = {
        row: several
        for comparison in comparisons
        for row, several in zip(comparison.rows, comparison.notes, strict=True)
    }
    return [notes[row] for row in sorted(notes)]


def score_all(
    comparisons: Sequence[LiveComparison], activations: Sequence[ActivationSet]
) -> tuple[Array, Array, Details]:
    """Score every model area against every brain area, whatever images each was recorded with.

    Parameters
    ----------
    comparisons : sequence of LiveComparison
    activations : sequence of ActivationSet
        One per comparison, with the same model areas.

    Returns
    -------
    value, error : (n_brain, n_model) float64
        Rows in the order of the recordings.
    details : n_brain tuples of n_model SiteDetail
        In the same order.
    """
    order = np.argsort(np.concatenate([comparison.rows for comparison in comparisons]))
    parts = [comparison.score(recorded) for comparison, recorded in zip(comparisons, activations, strict=True)]
    values, errors, details = zip(*parts, strict=True)
    rows = [row for part in details for row in part]
    return np.concatenate(values)[order], np.concatenate(errors)[order], tuple(rows[row] for row in order)
