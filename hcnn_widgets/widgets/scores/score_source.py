"""Where the activations behind scores come from: given by a person, or recorded from a model."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.several import groups_by_images
from hcnn_widgets.records.checks import checked_row_ids

MAX_UNITS = 4096
"""Units recorded from an area of a model that has more: as many as the live score draws."""


class ScoreSource(Protocol):
    """Gives activations to the stimuli of recordings; may take its time."""

    note: str
    """What the convention says of them besides."""
    words: str
    """What is being done while they are fetched."""

    def trained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Give activations with all the stimuli of each recording; the same object where they share it."""

    def untrained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Give the same of the network before training; nothing where that is not known."""

    def let_go(self) -> None:
        """Forget the model behind them, where there is one: nothing that was not asked for is wanted any more."""


class GivenActivations:
    """Activations from any framework."""

    note = words = ""

    def __init__(self, activations: ActivationSet) -> None:
        self._activations = activations

    def trained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Give the same for every recording: they are joined by id."""
        return [self._activations] * len(recordings)

    def untrained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Give none."""
        return []

    def let_go(self) -> None:
        """Keep them: nothing is behind them."""


class RecordedModel:
    """A GoalDrivenModel, recorded once from its weights of the moment and, where asked, from its initial ones.

    Then it is let go. The recordings are the same every time.
    """

    note = f"at most {MAX_UNITS:,} random units per model area"
    words = "recording the model's activations"

    def __init__(self, model: Any) -> None:
        self._model: Any | None = model
        self._trained: list[ActivationSet] = []
        self._untrained: list[ActivationSet] = []

    def trained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Record, the first time.

        Raises
        ------
        ValueError
            If recordings have no images.
        """
        if not self._trained:
            for one in recordings:
                _check(one)
            self._trained = _recorded(self._model, recordings)
        return self._trained

    def untrained(self, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
        """Record with the initial weights, the first time, after the weights of the moment."""
        self.trained(recordings)
        if self._model is not None:
            self._untrained = _recorded(self._model.untrained(), recordings)
            self.let_go()
        return self._untrained

    def let_go(self) -> None:
        """Forget the model."""
        self._model = None


def _recorded(model: Any, recordings: Sequence[RecordingSet]) -> list[ActivationSet]:
    """Show a model the images of each recording, those that recordings share once."""
    found: dict[int, ActivationSet] = {}
    for group in groups_by_images(recordings):
        found |= dict.fromkeys(group, model.record(recordings[group[0]].stimuli, units=MAX_UNITS))
    return [found[row] for row in range(len(recordings))]


def _check(recordings: RecordingSet) -> None:
    if recordings.stimuli is None:
        raise ValueError(
            f"`recordings` of {recordings.area} cannot be shown to a model. Accepted are recordings with their images "
            "(stimuli=...); received none. Activations to the same stimulus ids need no images."
        )


def source_of(source: Any, stimulus_ids: Any | None = None) -> ScoreSource:
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
        return GivenActivations(source)
    if isinstance(source, Mapping):
        return GivenActivations(ActivationSet(source, checked_row_ids(stimulus_ids)))
    if hasattr(source, "record") and hasattr(source, "untrained"):
        return RecordedModel(source)
    raise TypeError(
        "`source` gives no activations. Accepted are a Run, a GoalDrivenModel, an ActivationSet, or a mapping of model "
        f"area to array with stimulus_ids=...; received {type(source).__name__}."
    )
