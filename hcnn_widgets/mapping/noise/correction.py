"""The Correction record, an entry of `CORRECTIONS`, and the functions that corrections share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.numerics.known_values import median_known
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

Array = NDArray[np.float64]
Pooling = Literal["per split", "pooled"]
"""Whether r is computed for each fold, or over all folds together."""
Formula = Callable[..., Array]
"""Function (r, reliability) that returns the corrected score, of floats or arrays."""


class TrialMaps(Protocol):
    """Maps from one model area, to be fitted to any responses."""

    def predict(self, y: NDArray[np.floating]) -> list[NDArray[np.floating]]:
        """Predict the held-out stimuli of each fold, (n_test, n_sites) each, from (n_stimuli, n_sites)."""


class TrialTask(Protocol):
    """The recordings and folds of a score, from which a correction by trials is computed."""

    @property
    def recordings(self) -> RecordingSet:
        """Recordings with their trials."""

    @property
    def responses(self) -> Array:
        """(n_stimuli, n_sites): mean over trials."""

    @property
    def varying(self) -> NDArray[np.bool_]:
        """(n_sites,): the sites that vary over stimuli."""

    @property
    def folds(self) -> Folds:
        """Rows fitted on and rows held out."""


@dataclass(frozen=True)
class Correction:
    """A convention for correcting a score for noise in the recordings.

    Parameters
    ----------
    formula : function (r, reliability)
        Returns the corrected score, of floats or arrays.
    level : "score" or "site"
        Whether the median over sites is corrected by the median ceiling, or each site by its own, and the median taken
        of the result.
    words : str
        Words shown beside the number.
    percent : bool
        Whether the number is a percentage.
    of_trials : function (maps, task, r, pooling), optional
        Corrects each site by maps fitted on parts of the trials, which `predictivity` does on request; r is
        (n_evaluations, n_sites), for each fold or over all folds together.
    check_trials : function (recordings), optional
        Refuses recordings whose trials do not allow `of_trials`.
    """

    formula: Formula
    level: Literal["score", "site"]
    words: str
    percent: bool = False
    of_trials: Callable[[TrialMaps, TrialTask, Array, Pooling], Array] | None = None
    check_trials: Callable[[RecordingSet], None] | None = None

    @property
    def needs_trials(self) -> bool:
        """Whether maps must be fitted on parts of the trials."""
        return self.of_trials is not None


def chance_reliability(n_stimuli: int) -> float:
    """Return the reliability that noise alone reaches in 1 of 20 recordings.

    Parameters
    ----------
    n_stimuli : int

    Returns
    -------
    float
        Spearman-Brown-corrected correlation of two unrelated halves, one-sided p = .05; 1 with fewer than 4 stimuli.

    Source: Student's t of a correlation. The floors of Kell et al. 2018 are such correlations, of 83 and 82 sounds.

    Examples
    --------
    >>> r = [chance_reliability(n) / (2 - chance_reliability(n)) for n in (83, 82)]
    >>> [round(value, 3) for value in r]
    [0.182, 0.183]
    """
    from scipy.special import stdtrit

    if n_stimuli < 4:
        return 1.0
    t = stdtrit(n_stimuli - 2, 0.95)
    r = t / np.sqrt(n_stimuli - 2 + t**2)
    return float(2 * r / (1 + r))


def corrected_by(formula: Formula, r: Array, reliability: Array, least: float) -> Array:
    """Correct each site's score by its own reliability.

    Parameters
    ----------
    formula : function (r, reliability)
    r, reliability : (..., n_sites) float64
    least : float
        Reliability above which a site is corrected.

    Returns
    -------
    (..., n_sites) float64
        NaN where the reliability is too low or unknown; minus infinity where r is below 0, which ranks below any score.
    """
    reliable = reliability > least
    corrected = formula(r, np.where(reliable, reliability, np.nan))
    return np.where(reliable & (r < 0), -np.inf, corrected)


def median_of_sites(corrected: Array, axis: int = -1) -> Array:
    """Return the median over reliable sites; sites with r below 0 rank lowest.

    Without these sites the median would be too high; squared, their r would pass for success.
    """
    return median_known(corrected, axis)
