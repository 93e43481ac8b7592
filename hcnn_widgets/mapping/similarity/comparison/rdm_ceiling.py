"""Noise ceiling of RDM comparisons, from the subjects' RDMs or from halves of the trials."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.table import with_mark
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.comparison.compare import check_method, joined_vectors
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.subject_pools import Pool, band
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES
from hcnn_widgets.mapping.similarity.rdms.half_rdms import half_rdms
from hcnn_widgets.mapping.similarity.rdms.rdm_record import any_simulated
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]

N_HALVINGS = 10
MOST_FOR_BOUND = 50_000
"""Dissimilarities up to which the bound is computed unasked: it looks at all pairs of them (here: seconds)."""


@dataclass(frozen=True, eq=False, repr=False)
class RdmCeiling:
    """The band in which the best possible model would lie, with the convention it was computed by.

    Parameters
    ----------
    lower : float
        Mean over subjects of the comparison of each with the pool of the others. Halves of the trials of one animal
        count as two subjects, and this is the mean over the halvings.
    upper : float
        The same with the pool of all. For tau_A a model can exceed it, since the pool of ranks is not the best RDM.
    bound : float
        What no model can exceed in the mean over subjects, for tau_A; NaN for comparisons without, or if left out.
    method : str
        Name in `COMPARISONS`.
    n_subjects : int
        1 for halves of the trials.
    convention : str
        How the numbers came about, in words.
    simulated : bool
        Whether any of the responses are simulated.
    """

    lower: float
    upper: float
    bound: float
    method: str
    n_subjects: int
    convention: str
    simulated: bool = False

    def __repr__(self) -> str:
        bound = "" if np.isnan(self.bound) else f", bound {self.bound:.3f}"
        return f"RdmCeiling({self.lower:.3f} to {self.upper:.3f}{bound}; {with_mark(self.convention, self.simulated)})"


@checks_keywords
def rdm_ceiling(
    rdms: Sequence[Any] | NDArray[Any] | RecordingSet,
    method: str = "tau_a",
    *,
    bound: bool | None = None,
    distance: str | None = None,
) -> RdmCeiling:
    """Estimate the noise ceiling from the RDMs of several subjects, or from the trials of one.

    What limits a model differs: that subjects are not alike, or that one animal's trials are not. With trials, the
    band is that of two halves of them, over 10 random halvings. The lower end is what half the trials predict of the
    other half; the RDM of all trials has less noise, and in simulations a perfect model's comparison with it lay
    within the band, or above it by up to .05 ("crossnobis" with stimuli of 4 trials; .01 for the others). "correlation"
    and "cosine" are drawn to 1 by noise: where stimuli differed 3-fold in noise or in signal, the perfect model was
    still within; where they differed 5-fold or more and shared most of their pattern, it lay up to .35 below the lower
    end, and the convention warns of it.

    Parameters
    ----------
    rdms : sequence of Rdm, (n_subjects, n_stimuli, n_stimuli) float or (n_subjects, k) float, or RecordingSet
        Two subjects or more; Rdms are joined by stimulus id. Or the recordings of one, with 2 trials or more of each
        stimulus (4 for "crossnobis").
    method : str
        One of `COMPARISONS`.
    bound : bool, optional
        Whether to compute tau_A's bound: it takes a look at every pair of dissimilarities, so by default only up to
        50,000 of them (316 stimuli). Halves of trials have none.
    distance : str, optional
        For recordings: "correlation" (default), "cosine" or "crossnobis"; the cosines take "crossnobis" only. Noise
        lifts the other distances, of noisier stimuli more, in both halves, and would pass for likeness.

    Returns
    -------
    RdmCeiling

    Raises
    ------
    TypeError, ValueError
        If there are fewer than two subjects, or too few trials, stimuli differ, a name is unknown or has no ceiling,
        noise would pass for likeness, or half the trials make no RDM.

    Source: Nili et al. 2014, PLoS Comput Biol 10:e1003553; pooling as rsatoolbox has it (Schuett et al. 2023). To
    put halves of trials in the place of subjects is ours.

    Examples
    --------
    >>> rdm_ceiling([[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 6, 5], [2, 1, 3, 4, 5, 6]])
    RdmCeiling(0.822 to 0.911, bound 0.911; Kendall's tau_A; 3 subjects; pool: mean of ranks)
    >>> rng = np.random.default_rng(0)
    >>> trials = rng.normal(size=(20, 8)) + 0.5 * rng.normal(size=(6, 20, 8))
    >>> rdm_ceiling(RecordingSet(trials, [f"image{row:02d}" for row in range(20)], area="V4"))
    RdmCeiling(0.617 to 0.809; Kendall's tau_A; correlation RDMs of 10 random halves of each stimulus's trials; pool:
    mean of ranks; too high where noise differs much between stimuli)
    """
    check_method(method)
    pool = _pool(method)
    if isinstance(rdms, RecordingSet):
        return _trial_ceiling(rdms, method, "correlation" if distance is None else distance)
    if distance is not None:
        raise ValueError(
            "`distance` is for recordings, whose RDMs are still to be made. Accepted beside RDMs is None; received "
            f"{distance!r}."
        )
    if not isinstance(rdms, Sequence | np.ndarray):
        raise TypeError(
            "`rdms` are no RDMs of subjects. Accepted is a sequence of two or more, or a RecordingSet with trials; "
            f"received {type(rdms).__name__}."
        )
    subjects = list(rdms)
    check_two_subjects("rdms", len(subjects))
    vectors = joined_vectors(subjects, [f"rdms[{row}]" for row in range(len(subjects))], method)
    compared = COMPARISONS[method]
    lower, upper = band(vectors, pool, compared)
    wanted = vectors.shape[1] <= MOST_FOR_BOUND if bound is None else bound
    words = f"{compared.words}; {len(vectors)} subjects; pool: {pool.words}"
    limit = compared.bound(vectors) if wanted and compared.bound is not None else float("nan")
    return RdmCeiling(lower, upper, limit, method, len(vectors), words, any_simulated(subjects))


def _pool(method: str) -> Pool:
    """Return how subjects are pooled for a comparison; refuse one that does not say."""
    pool = COMPARISONS[method].pool
    if pool is None:
        accepted = [name for name, comparison in COMPARISONS.items() if comparison.pool is not None]
        raise ValueError(
            f"`method={method!r}` has no noise ceiling, as it names no pool of subjects. Accepted are "
            f"{', '.join(map(repr, accepted))}."
        )
    return pool


def halved_distances(method: str) -> tuple[str, ...]:
    """Return the distances by which noise in halves of the trials does not pass for likeness.

    Parameters
    ----------
    method : str
        One of `COMPARISONS`. To those that count from zero it matters that noise moves dissimilarities, even if it
        moves all of them alike.
    """
    allowed = ("leaves",) if COMPARISONS[method].from_zero else ("leaves", "draws to 1")
    return tuple(name for noise in allowed for name, distance in DISTANCES.items() if distance.noise == noise)


def _trial_ceiling(recordings: RecordingSet, method: str, distance: str) -> RdmCeiling:
    """Return the noise ceiling of two halves of the trials, the mean over random halvings."""
    compared, pool, accepted = COMPARISONS[method], _pool(method), halved_distances(method)
    if distance not in accepted:
        raise ValueError(
            f"`distance={distance!r}` has no ceiling from halves of trials: noise lifts the dissimilarities of both, "
            f"and would pass for likeness. Accepted with method={method!r} are {', '.join(map(repr, accepted))}."
        )
    bands = [band(two, pool, compared) for two in half_rdms(recordings, distance, N_HALVINGS)]
    lower, upper = np.mean(bands, axis=0)
    halves = f"{distance} RDMs of {N_HALVINGS} random halves of each stimulus's trials"
    words = f"{compared.words}; {halves}; pool: {pool.words}"
    if DISTANCES[distance].noise == "draws to 1":
        words = f"{words}; too high where noise differs much between stimuli"
    return RdmCeiling(float(lower), float(upper), float("nan"), method, 1, words, recordings.simulated)


def check_two_subjects(argument: str, n_subjects: int) -> None:
    """Refuse a single subject, which no other can be told from."""
    if n_subjects < 2:
        raise ValueError(
            f"`{argument}` has {n_subjects} subjects. Accepted are two or more, as it is between them that noise is "
            "told from what they share."
        )
