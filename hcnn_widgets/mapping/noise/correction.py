"""A correction for noise in the recordings as `CORRECTIONS` lists it, and what corrections are made with."""

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
"""Whether r is of each fold, or of all folds together."""
Formula = Callable[..., Array]
"""(r, reliability) to the corrected score, of floats or arrays."""


class TrialMaps(Protocol):
    """Maps from one model area, to be fitted to any responses."""

    def predict(self, y: NDArray[np.floating]) -> list[NDArray[np.floating]]:
        """Predict the stimuli that each fold holds out, (n_test, n_sites) each, from (n_stimuli, n_sites)."""


class TrialTask(Protocol):
    """The recordings' side of a score, as far as its trials go."""

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
    """A convention.

    Parameters
    ----------
    formula : function (r, reliability)
        Of floats or arrays.
    level : "score" or "site"
        Whether the median over sites is corrected by the median ceiling, or each site by its own, and the median taken
        of the result.
    words : str
        What stands beside the number.
    percent : bool
        Whether the number is a percentage.
    of_trials : function (maps, task, r, pooling), optional
        Corrects each site by maps fitted on parts of the trials, which `predictivity` does when asked to; r is
        (n_evaluations, n_sites), of each fold or of all together.
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
    """Return the reliability that noise alone exceeds in one of twenty recordings.

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
    >>> [round(one, 3) for one in r]
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
        NaN where a site is not reliable or not known; minus infinity where r is below 0: no number, and less than any.
    """
    reliable = reliability > least
    corrected = formula(r, np.where(reliable, reliability, np.nan))
    return np.where(reliable & (r < 0), -np.inf, corrected)


def median_of_sites(corrected: Array, axis: int = -1) -> Array:
    """Return the median over reliable sites, those with r below 0 ranking lowest.

    Left out, they would lift the median; squared, they would pass for successes.
    """
    return median_known(corrected, axis)
