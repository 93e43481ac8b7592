"""Sources of activations outside training: a model, or given activations."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.several import groups_by_images
from hcnn_widgets.records.checks import checked_row_ids
from hcnn_widgets.records.no_control import NoControl
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

MAX_UNITS = 4096
"""Most units recorded from a model area, as many as the live score draws."""


class AtRest:
    """Model outside training, with the interface of a run that is over.

    Its steps are done and its jobs run at once, so that the loop of live measurements serves it, too. For scores, the
    model is recorded once with its current weights and, if asked for, with its initial weights, and then released.
    Later calls return the same activations.

    Parameters
    ----------
    model : GoalDrivenModel or GivenActivations
        Source of recorders.

    Attributes
    ----------
    note : str
        Words on the activations, added to the convention.
    words : str
        Words for the work while activations are recorded.
    about_control : str
        Why there is no untrained network, once it has been asked for in vain.

    Examples
    --------
    >>> run = AtRest(model=None)
    >>> run.alive, run.state, run.at_boundary(lambda: 7).result()
    (False, 'finished', 7)
    """

    alive = False
    state = "finished"
    steps_done = 0
    note = f"at most {MAX_UNITS:,} random units per model area"
    words = "recording the model's activations"
    about_control = ""

    def __init__(self, model: Any) -> None:
        self.model: Any | None = model
        self._trained: list[ActivationSet] = []
        self._untrained: list[ActivationSet] = []

    def at_boundary(self, job: Callable[[], Any]) -> "Future[Any]":
        """Run a job at once, and return its finished future."""
        future: Future[Any] = Future()
        future.set_result(job())
        return future

    def trained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Return activations with all the stimuli of each recording; the same object for recordings that share it.

        Raises
        ------
        ValueError
            If recordings have no images.
        """
        if not self._trained:
            _check_images(recordings)
            self._trained = _recorded(self.model, recordings)
        return self._trained

    def untrained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Return the activations of the network before training; an empty list where these are unknown.

        The current weights are recorded before the initial weights, since the model is released afterwards.
        """
        self.trained(recordings)
        if self.model is not None:
            try:
                self._untrained = _recorded(self.model.untrained(), recordings)
            except NoControl as error:
                self.about_control = error.words
            self.let_go()
        return self._untrained

    def let_go(self) -> None:
        """Release the model; activations not asked for by now are not needed."""
        self.model = None


class ActivationsAtRest(AtRest):
    """Activations from any framework, joined to recordings by id, so that no images are needed.

    Parameters
    ----------
    activations : ActivationSet
    untrained : ActivationSet, optional
        Activations of the same network before training.
    """

    note = words = ""

    def __init__(self, activations: ActivationSet, untrained: ActivationSet | None = None) -> None:
        super().__init__(GivenActivations(activations, untrained))
        self._given, self._before = activations, untrained

    def trained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Return the given activations for every recording."""
        return [self._given] * len(recordings)

    def untrained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Return the given activations of the untrained network for every recording, or an empty list."""
        return [] if self._before is None else [self._before] * len(recordings)

    def let_go(self) -> None:
        """Keep the activations: no model is to be released."""


class GivenActivations:
    """Given activations, with the interface of a model to be recorded.

    Parameters
    ----------
    activations : ActivationSet
    untrained : ActivationSet, optional
        Activations of the same network before training.
    """

    def __init__(self, activations: ActivationSet, untrained: ActivationSet | None = None) -> None:
        self.activations, self._untrained = activations, untrained

    @property
    def areas(self) -> tuple[str, ...]:
        """Names of the areas."""
        return self.activations.areas

    def recorder(
        self, stimuli: StimulusSet | None, units: int | None = None, seed: int = 0
    ) -> Callable[[], ActivationSet]:
        """Return a function that returns the given activations, whatever the arguments."""
        return lambda: self.activations

    def untrained(self) -> "GivenActivations":
        """Return the untrained network's activations in the same form.

        Raises
        ------
        ValueError
            If there are none.
        """
        if self._untrained is None:
            raise ValueError("`untrained` was not given. Accepted is an ActivationSet of the network before training.")
        return GivenActivations(self._untrained)


def source_of(source: Any, stimulus_ids: Any | None = None) -> AtRest:
    """Return the source of activations for a model, a set of activations, or arrays.

    Parameters
    ----------
    source : ActivationSet, mapping of model area to array, or GoalDrivenModel
    stimulus_ids : (n_stimuli,) str, optional
        The rows of a mapping's arrays.

    Raises
    ------
    TypeError, ValueError
        If `source` is of another type, or arrays come without ids.
    """
    if isinstance(source, ActivationSet):
        return ActivationsAtRest(source)
    if isinstance(source, Mapping):
        return ActivationsAtRest(ActivationSet(source, checked_row_ids(stimulus_ids)))
    if hasattr(source, "record") and hasattr(source, "untrained"):
        return AtRest(source)
    raise TypeError(
        "`source` gives no activations. Accepted are a Run, a GoalDrivenModel, an ActivationSet, or a mapping of model "
        f"area to array with stimulus_ids=...; received {type(source).__name__}."
    )


def _recorded(model: Any, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
    """Record a model's activations to the images of each recording, once for recordings that share them."""
    found: dict[int, ActivationSet] = {}
    for group in groups_by_images(recordings):
        found |= dict.fromkeys(group, model.record(recordings[group[0]].stimuli, units=MAX_UNITS))
    return [found[row] for row in range(len(recordings))]


def _check_images(recordings: Sequence[RecordingSet]) -> None:
    for recording in recordings:
        if recording.stimuli is None:
            raise ValueError(
                f"`recordings` of {recording.area} cannot be shown to a model. Accepted are recordings with their "
                "images (stimuli=...); received none. Activations to the same stimulus ids need no images."
            )
