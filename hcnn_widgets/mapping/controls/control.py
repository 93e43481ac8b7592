"""The Control record, an entry of `CONTROLS`."""

from dataclasses import dataclass, replace
from typing import Any

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.checks import check_kind
from hcnn_widgets.records.entry import Entry
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@dataclass(frozen=True)
class Control(Entry[..., ActivationSet]):
    """A model without learning that every claim about a trained one must beat.

    Parameters
    ----------
    function : function (stimuli) or (stimuli, model)
        Gives an ActivationSet; of one area, except where it is a network's.
    words : str
        What it is, for a caption.
    source : str
        The papers that it is after.
    needs_labels : bool
        Whether it needs the stimuli's labels.
    of_model : bool
        Whether it is made of a network, which is its second argument.
    """

    words: str
    source: str = ""
    needs_labels: bool = False
    of_model: bool = False

    def of_recordings(self, recordings: RecordingSet, model: Any = None) -> ActivationSet:
        """Return the control for the images, and the labels, of recordings.

        Raises
        ------
        ValueError
            If the recordings have no images, or no labels where they are needed; or no network is given where it is
            of one.
        """
        stimuli = recordings.stimuli
        if stimuli is None:
            raise ValueError(
                f"`recordings` of {recordings.area} have no images, which a control is made of. Accepted are "
                "recordings with stimuli=...; received none."
            )
        if recordings.labels is not None:
            stimuli = replace(stimuli, labels=recordings.labels)
        return self.of_stimuli(stimuli, model)

    def of_stimuli(self, stimuli: StimulusSet, model: Any = None) -> ActivationSet:
        """Return the control for images; the errors are those of `of_recordings`."""
        check_kind("stimuli", stimuli, StimulusSet, ", made of images by StimulusSet.from_arrays(images)")
        if self.of_model and not hasattr(model, "untrained"):
            raise ValueError(
                f"`model` is needed: this control is {self.words}. Accepted is a GoalDrivenModel; received "
                f"{type(model).__name__}."
            )
        if self.needs_labels and stimuli.labels is None:
            raise ValueError(
                f"`stimuli` have no labels. Accepted are labelled images, as this control is {self.words}; received "
                "images without labels."
            )
        return self(stimuli, model) if self.of_model else self(stimuli)
