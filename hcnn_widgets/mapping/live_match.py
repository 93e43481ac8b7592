"""The layer-to-area match that moves while the network learns: the live score within either half of the images."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.layer_area_match import image_halves
from hcnn_widgets.mapping.layer_area_table import LayerAreaMatch
from hcnn_widgets.mapping.live_comparison import CONVENTION, N_FOLDS, LiveComparison, score_all
from hcnn_widgets.mapping.live_recordings import live_comparisons
from hcnn_widgets.mapping.recordings import RecordingSet
from hcnn_widgets.mapping.reliability import reliability_or_nan
from hcnn_widgets.mapping.score_table import Details

Array = NDArray[np.float64]


class LiveMatch:
    """Chooses a model area for each brain area on one half of the images, and scores it on the other.

    The maps of either half are fitted and tested within it. The held-out predictions of the live score, read on either
    half, would not do: maps that predict one half are fitted on images of the other, so that both halves share the
    noise of how like their images are, and the choice lifts the report even where there is nothing to find. Within the
    halves nothing is shared.

    Parameters
    ----------
    recordings : sequence of RecordingSet
    comparisons : sequence of LiveComparison
        Made of them; their images are parted.
    n_units : int
        Units drawn from every model area.
    seed : int

    Raises
    ------
    ValueError
        If a half has fewer than 10 images, or no site that varies.
    """

    def __init__(
        self, recordings: Sequence[RecordingSet], comparisons: Sequence[LiveComparison], n_units: int, seed: int
    ) -> None:
        self._n_units = n_units
        self._place = {row: place for place, one in enumerate(comparisons) for row in one.rows}
        shown = [one.select(comparisons[self._place[row]].stimuli.stimulus_ids) for row, one in enumerate(recordings)]
        halves = [image_halves(one, seed) for one in shown]
        self._reported = [half for _, half in halves]
        self._choosing = live_comparisons([half for half, _ in halves], None, seed)
        self._reporting = live_comparisons(self._reported, None, seed)

    def score(self, activations: Sequence[ActivationSet]) -> LayerAreaMatch:
        """Score both halves.

        Parameters
        ----------
        activations : sequence of ActivationSet
            One per comparison.
        """
        choosing, choosing_error, _ = self._scored(self._choosing, activations)
        reporting, reporting_error, details = self._scored(self._reporting, activations)
        n_reporting = _counts(self._reporting)
        words = CONVENTION.format(n_folds=N_FOLDS, n_stimuli=min(n_reporting), units=self._n_units)
        return LayerAreaMatch(
            model_areas=activations[0].areas,
            brain_areas=tuple(one.area for one in self._reported),
            choosing=choosing,
            choosing_error=choosing_error,
            reporting=reporting,
            reporting_error=reporting_error,
            ceiling=self._ceilings,
            n_sites=np.array([len(row[0].site_ids) for row in details]),
            n_choosing=_counts(self._choosing),
            n_reporting=n_reporting,
            simulated=tuple(one.simulated for one in self._reported),
            convention=words,
            source="; ".join(dict.fromkeys(one.source for one in self._reported if one.source)),
        )

    def _scored(
        self, comparisons: Sequence[LiveComparison], activations: Sequence[ActivationSet]
    ) -> tuple[Array, Array, Details]:
        return score_all(comparisons, [activations[self._place[one.rows[0]]] for one in comparisons])

    @cached_property
    def _ceilings(self) -> Array:
        return np.array([reliability_or_nan(one) for one in self._reported])


def _counts(comparisons: Sequence[LiveComparison]) -> NDArray[np.int64]:
    """Give the number of images of each recording."""
    counts = {row: len(one.stimuli) for one in comparisons for row in one.rows}
    return np.array([counts[row] for row in sorted(counts)])
