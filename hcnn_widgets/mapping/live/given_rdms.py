"""Given RDMs of a model, with the interface of live RDMs."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from hcnn_widgets.mapping.live.moment_scores import MomentScores
from hcnn_widgets.mapping.live.rdm_moment import RdmMoment
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

AS_GIVEN = "as given"


class GivenRdms:
    """Given RDMs of a model's areas: a single moment, and no more to come.

    Parameters
    ----------
    rdms : mapping of str to Rdm or (n_stimuli, n_stimuli) float
        Per model area; an Rdm must hold every stimulus of the comparison, a matrix just these stimuli in the order of
        the comparison.
    comparison : RdmComparison
        The brain's side.

    Attributes
    ----------
    latest : RdmMoment
    history : list of RdmMoment
        `latest` alone.
    distances : tuple of str
        The name of the RDMs' dissimilarity, or "as given" where they have none or several.

    Raises
    ------
    TypeError, ValueError
        If `rdms` is empty, a value is no RDM, or stimuli are missing.

    Examples
    --------
    >>> given = GivenRdms({"IT": np.ones((4, 4)) - np.eye(4)}, RdmComparison({"IT": [np.ones((4, 4)) - np.eye(4)]}))
    >>> given.latest.areas, given.distances
    (('IT',), ('as given',))
    """

    alive = False
    error: str | None = None
    untrained: RdmMoment | None = None
    convention = "RDMs of the model as given"

    def __init__(self, rdms: Mapping[str, Any], comparison: RdmComparison) -> None:
        if not rdms:
            raise ValueError("`source` names no model area. Accepted is one or more; received an empty mapping.")
        ids = comparison.stimulus_ids
        ordered = {
            str(area): (rdm if isinstance(rdm, Rdm) else Rdm.from_matrix(rdm, ids)).select(ids)
            for area, rdm in rdms.items()
        }
        names = {rdm.distance for rdm in ordered.values()}
        distance = names.pop() if len(names) == 1 and names <= set(DISTANCES) else AS_GIVEN
        vectors = np.array([rdm.vector for rdm in ordered.values()])
        self.comparison = comparison
        self.latest = RdmMoment(0, tuple(ordered), {distance: vectors}, final=True)
        self.history = [self.latest]
        self.distances = (distance,)
        self.watched: tuple[str, str] = (distance, "tau_a")
        self.compared = MomentScores(comparison)

    def close(self) -> None:
        """Do nothing: no work is under way."""
