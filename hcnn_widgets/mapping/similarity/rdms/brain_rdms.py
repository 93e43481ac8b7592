"""The brain's side of a comparison of RDMs: one RDM per subject and area, however they came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.rdms.kriegeskorte2008 import Kriegeskorte2008
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class BrainRdms:
    """RDMs of one brain area, one per subject, over the same stimuli in the same order.

    Parameters
    ----------
    area : str
        As the field writes it: "human IT", "EVC", ...
    subjects : tuple of Rdm
    recordings : RecordingSet or None
        What the RDM of the one subject was made of.

    Examples
    --------
    >>> one, other = Rdm([1, 2, 3], name="BE"), Rdm([3, 2, 1], name="KO")
    >>> brain = BrainRdms("IT", (one, other))
    >>> brain
    BrainRdms(IT: 2 subjects, 3 stimuli)
    >>> brain.mean.vector
    array([2., 2., 2.])
    """

    area: str
    subjects: tuple[Rdm, ...]
    recordings: RecordingSet | None = None

    @property
    def stimulus_ids(self) -> NDArray[np.str_]:
        """(n_stimuli,) str."""
        return self.subjects[0].stimulus_ids

    @cached_property
    def vectors(self) -> Array:
        """(n_subjects, k) float64."""
        return np.array([subject.vector for subject in self.subjects])

    @cached_property
    def mean(self) -> Rdm:
        """The mean over subjects."""
        first = self.subjects[0]
        return first if len(self.subjects) == 1 else replace(first, vector=self.vectors.mean(axis=0), name=self.area)

    @property
    def subject_names(self) -> tuple[str, ...]:
        """What each subject is called: by its RDM's name, or a number where that says no more than the area."""
        names = [subject.name.removeprefix(self.area).strip() for subject in self.subjects]
        return tuple(name or f"subject {number}" for number, name in enumerate(names, 1))

    @property
    def simulated(self) -> bool:
        """Whether a formula made the responses, no animal."""
        return any(subject.simulated for subject in self.subjects)

    @property
    def source(self) -> str:
        """Whose data these are."""
        return "; ".join(dict.fromkeys(subject.source for subject in self.subjects if subject.source))

    @property
    def distance(self) -> str:
        """Name of the dissimilarity; empty where it was not said."""
        return " or ".join(dict.fromkeys(subject.distance for subject in self.subjects if subject.distance))

    def select(self, stimulus_ids: NDArray[np.str_]) -> "BrainRdms":
        """Return the RDMs, and the recordings, of a choice of stimuli, in the order given."""
        subjects = tuple(subject.select(stimulus_ids) for subject in self.subjects)
        recordings = None if self.recordings is None else self.recordings.select(stimulus_ids)
        return BrainRdms(self.area, subjects, recordings)

    def __repr__(self) -> str:
        count = len(self.subjects)
        many = f"{count} subject{'' if count == 1 else 's'}, {len(self.stimulus_ids)} stimuli"
        return f"BrainRdms({self.area}: {many}{', simulated' if self.simulated else ''})"


def brain_rdms(brain: Any, distance: str = "correlation", stimulus_ids: Any = None) -> tuple[BrainRdms, ...]:
    """Return the RDMs of brain areas, all over the same stimuli in the same order.

    Parameters
    ----------
    brain : Kriegeskorte2008, RecordingSet, Rdm, array, sequence or mapping of these
        A sequence of Rdms, or an array (n_subjects, n_stimuli, n_stimuli), is one area's subjects; a sequence of
        RecordingSets, or of BrainRdms, is one area each; a mapping goes from area to any of these.
    distance : str
        One of `DISTANCES`, for recordings; RDMs stay what they are.
    stimulus_ids : (n_stimuli,) str, optional
        Of arrays, which have none; without them the stimuli are called row0000, row0001, ...

    Returns
    -------
    tuple of BrainRdms
        In the order in which they were given; stimuli in the order of the first.

    Raises
    ------
    TypeError, ValueError
        If there is none, an RDM is not one, or areas and subjects have other stimuli than the first.

    Examples
    --------
    >>> brain_rdms({"IT": np.ones((2, 4, 4)) - np.eye(4)})
    (BrainRdms(IT: 2 subjects, 4 stimuli),)
    """
    given = _by_area(brain)
    areas = [(name, _subjects(what, distance, stimulus_ids), _recordings(what)) for name, what in given]
    if not areas:
        raise ValueError("`brain` names no area. Accepted is one or more; received an empty mapping.")
    first = areas[0][1][0]
    return tuple(
        BrainRdms(
            name or subjects[0].name or "brain", tuple(_joined(subject, first) for subject in subjects), recordings
        )
        for name, subjects, recordings in areas
    )


def brain_stimuli(brain: Any) -> StimulusSet | None:
    """Return the images that come with recordings or RDMs of the brain, or None."""
    if isinstance(brain, Kriegeskorte2008 | RecordingSet):
        return brain.stimuli
    if isinstance(brain, Mapping):
        return next((found for found in map(brain_stimuli, brain.values()) if found is not None), None)
    if isinstance(brain, Sequence):
        return next((found for found in map(brain_stimuli, brain) if found is not None), None)
    return None


def labels_inferred(brain: Any) -> bool:
    """Return whether somebody else than the recordings' authors named what the images show."""
    if isinstance(brain, RecordingSet):
        return brain.labels_inferred
    several = brain.values() if isinstance(brain, Mapping) else brain if isinstance(brain, Sequence) else ()
    return any(isinstance(item, RecordingSet) and item.labels_inferred for item in several)


def _by_area(brain: Any) -> list[tuple[str, Any]]:
    """Take apart what holds several areas; "" where an area has no name yet."""
    if isinstance(brain, Kriegeskorte2008):
        return [("human IT", brain.human_it_rdms), ("monkey IT", brain.monkey_it_rdm)]
    if isinstance(brain, Mapping):
        return [(str(name), what) for name, what in brain.items()]
    if isinstance(brain, Sequence) and brain and all(isinstance(entry, RecordingSet | BrainRdms) for entry in brain):
        return [(item.area, item) for item in brain]
    return [(brain.area if isinstance(brain, RecordingSet) else "", brain)]


def _subjects(what: Any, distance: str, stimulus_ids: Any) -> list[Rdm]:
    """Return the RDMs of one area, one per subject."""
    if isinstance(what, RecordingSet):
        return [rdm(what, distance)]
    if isinstance(what, Rdm):
        return [what]
    if isinstance(what, BrainRdms):
        return list(what.subjects)
    if isinstance(what, np.ndarray) and what.ndim == 2:
        return [Rdm.from_matrix(what, stimulus_ids)]
    if not isinstance(what, Sequence | np.ndarray) or isinstance(what, str) or not len(what):
        raise TypeError(
            "`brain` holds something without RDMs. Accepted are a Kriegeskorte2008, an Rdm, a square array, a "
            f"RecordingSet, or several in a list or by area in a dict; received {type(what).__name__}."
        )
    return [item if isinstance(item, Rdm) else Rdm.from_matrix(item, stimulus_ids) for item in what]


def _recordings(what: Any) -> RecordingSet | None:
    """Return what is known of how the RDMs of an area were made."""
    return what.recordings if isinstance(what, BrainRdms) else what if isinstance(what, RecordingSet) else None


def _joined(one: Rdm, first: Rdm) -> Rdm:
    """Return an RDM with its stimuli in the order of the first; refuse an RDM of other stimuli."""
    if np.array_equal(one.stimulus_ids, first.stimulus_ids):
        return one
    odd = np.setxor1d(one.stimulus_ids, first.stimulus_ids).tolist()
    if odd:
        raise ValueError(
            f"`brain` mixes stimuli: {one.name or 'an RDM'} differs from {first.name or 'the first RDM'} in {len(odd)} "
            f"of them, such as {', '.join(odd[:3])}. Accepted are RDMs of the same stimuli; take those that they share "
            "with .select(...)."
        )
    return one.select(first.stimulus_ids)
