"""The noise ceiling of a brain area, from its subjects or from one animal's trials, or why there is none."""

from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import RdmCeiling, halved_distances, rdm_ceiling
from hcnn_widgets.mapping.similarity.rdms.brain_rdms import BrainRdms
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES


def area_ceiling(brain: BrainRdms, method: str) -> RdmCeiling | str:
    """Estimate the noise ceiling of a brain area however it can be had.

    Parameters
    ----------
    brain : BrainRdms
        Of several subjects; or of one, with the recordings that its RDM was made of.
    method : str
        One of `COMPARISONS`.

    Returns
    -------
    RdmCeiling or str
        In short why there is none.

    Examples
    --------
    >>> from hcnn_widgets.mapping import Rdm
    >>> area_ceiling(BrainRdms("IT", (Rdm([1, 2, 3]),)), "tau_a")
    'one RDM'
    """
    if COMPARISONS[method].pool is None:
        return "no pool of subjects for this comparison"
    if len(brain.subjects) > 1:
        return rdm_ceiling(brain.subjects, method)
    recordings, distance = brain.recordings, brain.distance
    if recordings is None:
        return "one RDM"
    trials = recordings.trials_per_stimulus()
    if trials.max() < 2:
        return "one trial"
    if distance not in halved_distances(method):
        return "noise lifts this distance"
    if trials.min() < 2 * DISTANCES[distance].fewest_trials:
        return "too few trials"
    try:
        return rdm_ceiling(recordings, method, distance=distance)
    except ValueError:
        return "half the trials make no RDM"
