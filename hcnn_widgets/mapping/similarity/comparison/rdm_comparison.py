"""Many RDMs of a model against the RDMs of brain areas, joined once and compared again and again."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.area_ceiling import area_ceiling
from hcnn_widgets.mapping.similarity.comparison.compare import check_method
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import RdmCeiling
from hcnn_widgets.mapping.similarity.rdms.brain_rdms import BrainRdms, brain_rdms
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

Array = NDArray[np.float64]
Vectors = NDArray[np.floating]
Progress = Callable[[int, int], object]


@dataclass(frozen=True, eq=False)
class RdmScores:
    """How alike several RDMs are to those of brain areas.

    Parameters
    ----------
    names : tuple of str
        Whose RDMs were compared: the model's areas.
    per_subject : tuple of (n_names, n_subjects) float64
        Per brain area; NaN where an RDM is not defined, or is the brain area's own.
    own : tuple of (n_names,) bool
        Per brain area, which of the RDMs are its own; empty where that was not asked.
    """

    names: tuple[str, ...]
    per_subject: tuple[Array, ...]
    own: tuple[NDArray[np.bool_], ...] = ()

    @property
    def value(self) -> Array:
        """Mean over subjects, (n_brain, n_names); NaN where not defined."""
        return np.array([similarities.mean(axis=1) for similarities in self.per_subject])

    @property
    def error(self) -> Array:
        """Standard error over subjects, (n_brain, n_names); NaN with one subject."""
        return np.array(
            [
                np.full(len(similarities), np.nan)
                if similarities.shape[1] < 2
                else similarities.std(axis=1, ddof=1) / np.sqrt(similarities.shape[1])
                for similarities in self.per_subject
            ]
        )


class RdmComparison:
    """The brain's RDMs with their ceilings and reference models, ready for any number of model RDMs; on any thread.

    Parameters
    ----------
    brain : Kriegeskorte2008, RecordingSet, Rdm, array, sequence or mapping of these
        As for `brain_rdms`.
    references : mapping of str to Rdm or (n_stimuli, n_stimuli) float, optional
        RDMs of other models to be held beside; those of Kriegeskorte2008 come with it.
    stimulus_ids : (n_stimuli,) str, optional
        Of arrays.

    Raises
    ------
    TypeError, ValueError
        If an RDM is not one, or the stimuli differ.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> truth = rng.random(15)
    >>> comparison = RdmComparison({"IT": [Rdm(truth + 0.3 * rng.random(15)) for _ in range(3)]})
    >>> scores = comparison.scores(("a", "b"), np.array([truth, rng.random(15)]), "correlation", "tau_a")
    >>> scores.value.shape, bool(scores.value[0, 0] > scores.value[0, 1])
    ((1, 2), True)
    """

    def __init__(
        self, brain: Any, references: Mapping[str, Any] | None = None, stimulus_ids: NDArray[np.str_] | None = None
    ) -> None:
        self._brain, self._ids = brain, stimulus_ids
        self._reading, self._comparing = threading.Lock(), threading.Lock()
        self._brains: dict[str, tuple[BrainRdms, ...]] = {}
        self._known: dict[tuple[str, str], tuple[list[RdmCeiling | str], RdmScores]] = {}
        self._parts: dict[tuple[str, ...], RdmComparison] = {}
        ids = self.stimulus_ids
        others = getattr(brain, "model_rdms", {}) if references is None else references
        self._references = {str(name): _reference(str(name), other_rdm, ids) for name, other_rdm in others.items()}

    def brains(self, distance: str = "correlation") -> tuple[BrainRdms, ...]:
        """Return the brain areas' RDMs.

        Parameters
        ----------
        distance : str
            One of `DISTANCES`, for recordings; another name stands for RDMs that came as they are, and recordings
            then count with "correlation".
        """
        distance = distance if distance in DISTANCES else "correlation"
        with self._reading:
            if distance not in self._brains:
                self._brains[distance] = brain_rdms(self._brain, distance, self._ids)
            return self._brains[distance]

    @property
    def stimulus_ids(self) -> NDArray[np.str_]:
        """(n_stimuli,) str: the order of everything compared here."""
        return self.brains()[0].stimulus_ids

    def part(self, stimulus_ids: NDArray[np.str_], distance: str) -> "RdmComparison":
        """Return the comparison among a choice of stimuli, by this distance alone; the same object for every caller."""
        key = (distance, *stimulus_ids.tolist())
        if key not in self._parts:
            brains = [brain.select(stimulus_ids) for brain in self.brains(distance)]
            references = {name: reference.select(stimulus_ids) for name, reference in self._references.items()}
            self._parts[key] = RdmComparison(brains, references)
        return self._parts[key]

    @property
    def fingerprint(self) -> str:
        """A text that only comparisons with the same RDMs share."""
        digest = hashlib.blake2b("\n".join(self.stimulus_ids.tolist()).encode(), digest_size=16)
        for brain in self.brains():
            digest.update(brain.area.encode() + brain.vectors.tobytes())
            if brain.recordings is not None:  # the same mean may have other trials, and so another ceiling
                digest.update(brain.recordings.responses.tobytes())
        for name, reference in self._references.items():
            digest.update(name.encode() + reference.vector.tobytes())
        return digest.hexdigest()

    @property
    def references(self) -> dict[str, Rdm]:
        """The other models' RDMs by name."""
        return dict(self._references)

    def scores(
        self, names: tuple[str, ...], vectors: Vectors, distance: str, method: str, progress: Progress | None = None
    ) -> RdmScores:
        """Compare RDMs with every subject of every brain area.

        Parameters
        ----------
        names : (n_names,) str
        vectors : (n_names, k) float
            Strict upper triangles, stimuli in the order of `stimulus_ids`. A row with NaN, or one that `compare` would
            refuse as constant, is not defined.
        distance : str
            For the brain's side, where it is recordings.
        method : str
            One of `COMPARISONS`.
        progress : callable, optional
            Told (done, of how many) after each comparison.

        Returns
        -------
        RdmScores

        Raises
        ------
        ValueError
            If there is no such method.
        """
        check_method(method)
        brains = self.brains(distance)
        done, total = 0, len(vectors) * sum(len(brain.subjects) for brain in brains)
        defined = [_is_defined(vector, method) for vector in vectors]
        tables = []
        for brain in brains:
            table = np.full((len(vectors), len(brain.subjects)), np.nan)
            for row, vector in enumerate(np.asarray(vectors, np.float64)):
                for column, subject in enumerate(brain.vectors):
                    if defined[row]:
                        table[row, column] = COMPARISONS[method](vector, subject)
                    done += 1
                    if progress is not None:
                        progress(done, total)
            tables.append(table)
        return RdmScores(names, tuple(tables))

    def ceilings(self, distance: str, method: str) -> list[RdmCeiling | str]:
        """Return the noise ceiling of each brain area, over subjects or trials; or a short reason why there is none."""
        return self._standing(distance, method)[0]

    def reference_scores(self, distance: str, method: str) -> RdmScores:
        """Compare the other models with every brain area; NaN for one that is that brain area's RDM itself."""
        return self._standing(distance, method)[1]

    def knows(self, distance: str, method: str) -> bool:
        """Return whether ceilings and reference models have been compared by this method."""
        return (distance, method) in self._known

    def _standing(self, distance: str, method: str) -> tuple[list[RdmCeiling | str], RdmScores]:
        """Return the parts that do not change while a model learns, computed once."""
        with self._comparing:
            if (distance, method) not in self._known:
                brains = self.brains(distance)
                ceilings = [area_ceiling(brain, method) for brain in brains]
                vectors = np.array([reference.vector for reference in self._references.values()])
                scores = self.scores(tuple(self._references), vectors, distance, method)
                own = tuple(np.array([(brain.vectors == other).all() for other in vectors], bool) for brain in brains)
                for table, is_own in zip(scores.per_subject, own, strict=True):
                    table[is_own] = np.nan
                self._known[distance, method] = ceilings, replace(scores, own=own)
            return self._known[distance, method]


def _is_defined(vector: NDArray[np.floating], method: str) -> bool:
    """Return whether an RDM can be compared by this method."""
    varies = bool(np.ptp(vector) > 0) or (COMPARISONS[method].from_zero and vector[0] != 0)
    return bool(np.isfinite(vector).all()) and varies


def _reference(name: str, given: Any, ids: NDArray[np.str_]) -> Rdm:
    """Return another model's RDM with its stimuli in the brain's order."""
    if not isinstance(given, Rdm):
        return Rdm.from_matrix(given, ids, name=name)
    return given.select(ids)
