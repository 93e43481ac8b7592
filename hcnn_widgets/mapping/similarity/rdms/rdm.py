"""From response patterns to a representational dissimilarity matrix."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES, ConstantPatterns
from hcnn_widgets.mapping.similarity.rdms.noise_precision import whitened
from hcnn_widgets.mapping.similarity.rdms.patterns import patterns_of
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.records.keywords import checks_keywords


@checks_keywords
def rdm(
    patterns: Any,
    distance: str = "correlation",
    *,
    area: str | None = None,
    stimulus_ids: Any = None,
    name: str | None = None,
    noise_precision: Any = "shrinkage",
) -> Rdm:
    """Return the dissimilarity of every pair of stimuli.

    Parameters
    ----------
    patterns : (n_stimuli, n_channels) float, (n_trials, n_stimuli, n_channels) float, ActivationSet or RecordingSet
        Recordings count with the mean over their trials ("crossnobis": with the trials).
    distance : str
        One of `DISTANCES`: "correlation" (1 - Pearson r), "euclidean" (squared, over the number of channels, as
        rsatoolbox has it), "cosine", "mahalanobis" and "crossnobis" (squared, over the number of channels), "poisson"
        (symmetrised Kullback-Leibler divergence of rates).
    area : str, optional
        Of an ActivationSet with several areas: which one.
    stimulus_ids : (n_stimuli,) str, optional
        For an array; without them the stimuli are called as a table names its rows, or row0000, row0001, ...
    name : str, optional
        Whose RDM this is; by default the area.
    noise_precision : "shrinkage", "identity" or (n_channels, n_channels) float
        For "mahalanobis" and "crossnobis", the inverse covariance of the noise: estimated from the trials and shrunk
        (Ledoit & Wolf 2004), left out, or given.

    Returns
    -------
    Rdm

    Raises
    ------
    TypeError, ValueError
        If the patterns have another shape, are not finite, number fewer than 3, or one has no variance (the stimuli are
        named); if a name is unknown; or trials are needed and there are none.

    Examples
    --------
    >>> rdm(np.array([[1.0, 2, 3], [2, 4, 6], [3, 2, 1]]), stimulus_ids=["a", "b", "c"]).vector
    array([0., 2., 2.])
    """
    how = DISTANCES[known_name("distance", distance, DISTANCES)]
    if name is not None and not isinstance(name, str):
        raise TypeError(f"`name` must be text. Accepted is whose RDM this is, as a str, or None; received {name!r}.")
    given = patterns_of("patterns", patterns, area, stimulus_ids)
    trials, words = given.trials, how.words
    if how.cross_validated:
        _check_two_trials(trials, distance)
    if how.whitened:
        trials, noise = whitened(trials, noise_precision)
        words = f"{words}; {noise}"
    elif not how.cross_validated:
        trials = given.mean[np.newaxis]
    try:
        vector = how(trials)
    except ConstantPatterns as error:
        stimuli = given.names[error.rows].tolist()
        raise ValueError(
            f"`patterns` is {error.what} for {len(stimuli)} stimuli: {', '.join(stimuli[:5])}. Accepted for "
            f"`distance={distance!r}` are patterns that vary; leave these stimuli out, or take "
            "`distance='euclidean'`."
        ) from None
    return Rdm(
        vector,
        given.names,
        distance=distance,
        name=given.name if name is None else name,
        convention=words,
        source=given.source,
        simulated=given.simulated,
    )


def _check_two_trials(trials: NDArray[np.floating], distance: str) -> None:
    """Refuse cross-validation where a stimulus has one trial."""
    counts = (~np.isnan(trials[:, :, 0])).sum(axis=0)
    if counts.min() < 2:
        raise ValueError(
            f"`distance={distance!r}` leaves one trial out. Accepted are two trials or more of every stimulus; "
            f"received one for {int((counts < 2).sum())} of {len(counts)} stimuli."
        )
