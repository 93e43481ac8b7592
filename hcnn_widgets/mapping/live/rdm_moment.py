"""RDMs of a model's areas at one moment of training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES, ConstantPatterns


def model_distances() -> tuple[str, ...]:
    """Return the names of the distances for networks, which have neither trial noise nor spike counts."""
    return tuple(name for name, distance in DISTANCES.items() if distance.of_models)


@dataclass(frozen=True, eq=False)
class RdmMoment:
    """RDMs of every area at one training step.

    Parameters
    ----------
    step : int
    areas : tuple of str
    vectors : mapping of str to (n_areas, k) float
        Per distance, strict upper triangles, row by row; a row of NaN where an RDM is not defined.
    notes : mapping of str to str
        Reason for each area that has no RDM by some distance.
    final : bool
        Whether training is over.
    """

    step: int
    areas: tuple[str, ...]
    vectors: Mapping[str, NDArray[np.floating]]
    notes: Mapping[str, str] = field(default_factory=dict)
    final: bool = False

    @property
    def n_bytes(self) -> int:
        """Bytes of memory that the RDMs take."""
        return sum(vector.nbytes for vector in self.vectors.values())


def rdm_moment(
    activations: ActivationSet, step: int = 0, distances: Sequence[str] | None = None, final: bool = False
) -> RdmMoment:
    """Return the RDMs of every area, with stimuli in the order of the activations.

    A pattern that is the same in all units, as early in training and in silent areas, has no correlation or direction.
    Its area then has no RDM by such a distance, and a note says so.

    Parameters
    ----------
    activations : ActivationSet
        Of three stimuli or more.
    step : int
    distances : sequence of str, optional
        Names in `DISTANCES`; by default those for networks.
    final : bool
        Whether training is over: RDMs are float64 then, and float32 before, while many moments are kept.

    Returns
    -------
    RdmMoment

    Examples
    --------
    >>> moment = rdm_moment(ActivationSet({"V1": np.zeros((3, 4)), "IT": np.eye(3, 4)}, ["cat", "car", "face"]))
    >>> moment.vectors["euclidean"].round(3).tolist()
    [[0.0, 0.0, 0.0], [0.5, 0.5, 0.5]]
    >>> moment.notes
    {'V1': '3 images leave V1 without variance over channels'}
    """
    notes: dict[str, str] = {}
    distances = model_distances() if distances is None else distances
    k = len(activations) * (len(activations) - 1) // 2
    vectors = {
        name: np.full((len(activations.areas), k), np.nan, np.float64 if final else np.float32) for name in distances
    }
    for row, area in enumerate(activations.areas):
        patterns = activations[area][np.newaxis]
        for name in distances:
            try:
                vectors[name][row] = DISTANCES[name](patterns)
            except ConstantPatterns as error:
                many = f"{len(error.rows)} image{'s leave' if len(error.rows) > 1 else ' leaves'}"
                notes.setdefault(area, f"{many} {area} {error.what}")
    for vector in vectors.values():
        vector.setflags(write=False)
    return RdmMoment(step, activations.areas, vectors, notes, final)


def thinned(history: list[RdmMoment], limit: int) -> list[RdmMoment]:
    """Return at most `limit` moments, spread evenly over the steps.

    Parameters
    ----------
    history : list of RdmMoment
        Oldest first.
    limit : int
        Two or more, as the first and the newest always stay.

    Examples
    --------
    >>> moments = [RdmMoment(step, (), {}) for step in (0, 1, 2, 10, 20)]
    >>> [moment.step for moment in thinned(moments, 4)]
    [0, 2, 10, 20]
    """
    kept = list(history)
    while len(kept) > max(2, limit):
        gaps = [after.step - before.step for before, after in zip(kept[:-2], kept[2:], strict=True)]
        del kept[1 + int(np.argmin(gaps))]
    return kept
