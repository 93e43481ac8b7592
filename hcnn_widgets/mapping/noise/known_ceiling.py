"""Estimate the noise ceiling of recordings, with notes where it is unknown or unreliable."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.corrections import unreliable_notes
from hcnn_widgets.mapping.noise.reliability import ceiling
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

Array = NDArray[np.float64]


class KnownCeiling(NamedTuple):
    """A noise ceiling with notes, NaN where it cannot be estimated.

    Attributes
    ----------
    value : float
        Reliability of the mean over trials, as `ceiling` returns it; NaN where it cannot be estimated.
    per_site : (n_sites,) float64
        NaN where a site does not vary, and where there is no ceiling.
    notes : tuple of str
        Why there is no ceiling, or that the ceiling, or the reliability of some sites, is not above chance.
    """

    value: float
    per_site: Array
    notes: tuple[str, ...]


def known_ceiling(recordings: RecordingSet, varying: NDArray[np.bool_]) -> KnownCeiling:
    """Estimate the ceiling of the recordings and of every site, with notes on their reliability.

    Parameters
    ----------
    recordings : RecordingSet
    varying : (n_sites,) bool
        The sites that vary over the stimuli; the other sites are left out.

    Returns
    -------
    KnownCeiling

    Examples
    --------
    >>> one_trial = RecordingSet(np.eye(3)[np.newaxis], ["a", "b", "c"], area="IT")
    >>> known_ceiling(one_trial, ~one_trial.constant_sites()).notes
    ('one trial per stimulus: no ceiling',)
    """
    unknown = np.full(len(varying), np.nan)
    if recordings.trials_per_stimulus().max() < 2:
        return KnownCeiling(float("nan"), unknown, ("one trial per stimulus: no ceiling",))
    try:
        limit = ceiling(recordings)
    except ValueError:
        return KnownCeiling(float("nan"), unknown, ("no site varies in both halves of the trials: no ceiling",))
    sites = np.where(varying, limit.per_site, np.nan)
    return KnownCeiling(limit.value, sites, tuple(unreliable_notes(limit.value, sites[varying], len(recordings))))
