"""What does not train, as the source of activations: a model as it is, or activations that somebody gives."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.several import groups_by_images
from hcnn_widgets.records.checks import checked_row_ids
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

MAX_UNITS = 4096
"""Units recorded from an area of a model that has more: as many as the live score draws."""


class AtRest:
    """A model outside of training: a run that is over, and the activations to the stimuli of recordings.

    As a run, its steps are done, and jobs are done at once, so that one loop measures both. For scores, it is recorded
    once from its weights of the moment and, where asked, from its initial ones; then it is let go. The activations
    are the same every time.

    Parameters
    ----------
    model : GoalDrivenModel or GivenActivations
        Whatever gives a recorder.

    Attributes
    ----------
    note : str
        What the convention says of the activations besides.
    words : str
        What is being done while they are fetched.

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

    def __init__(self, model: Any) -> None:
        self.model: Any | None = model
        self._trained: list[ActivationSet] = []
        self._untrained: list[ActivationSet] = []

    def at_boundary(self, job: Callable[[], Any]) -> "Future[Any]":
        """Do a job here and now."""
        future: Future[Any] = Future()
        future.set_result(job())
        return future

    def trained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Return activations with all the stimuli of each recording; the same object where recordings share it.

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
        """Return the same of the network before training; nothing where that is not known.

        The weights of the moment are recorded before the initial ones, since the model is let go afterwards.
        """
        self.trained(recordings)
        if self.model is not None:
            self._untrained = _recorded(self.model.untrained(), recordings)
            self.let_go()
        return self._untrained

    def let_go(self) -> None:
        """Forget the model: nothing that was not asked for is wanted any more."""
        self.model = None


class ActivationsAtRest(AtRest):
    """Activations from any framework; they are joined to recordings by id, so that no images are needed.

    Parameters
    ----------
    activations : ActivationSet
    untrained : ActivationSet, optional
        Of the same network before training.
    """

    note = words = ""

    def __init__(self, activations: ActivationSet, untrained: ActivationSet | None = None) -> None:
        super().__init__(GivenActivations(activations, untrained))
        self._given, self._before = activations, untrained

    def trained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Return the same for every recording."""
        return [self._given] * len(recordings)

    def untrained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Return the same for every recording, or nothing."""
        return [] if self._before is None else [self._before] * len(recordings)

    def let_go(self) -> None:
        """Keep them: no model is behind them."""


class GivenActivations:
    """Activations in the place of a model that would be recorded.

    Parameters
    ----------
    activations : ActivationSet
    untrained : ActivationSet, optional
        Of the same network before training.
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
        """Return what hands the activations out; nothing is left to draw or to record."""
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
    """Take whatever activations can be had from.

    Parameters
    ----------
    source : ActivationSet, mapping of model area to array, or GoalDrivenModel
    stimulus_ids : (n_stimuli,) str, optional
        The rows of a mapping's arrays.

    Raises
    ------
    TypeError, ValueError
        If it is nothing of that, or arrays come without ids.
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
    """Show a model the images of each recording, those that recordings share once."""
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
