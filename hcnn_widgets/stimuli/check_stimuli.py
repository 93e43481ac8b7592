"""Refuse what is no stimulus set, with the line that makes one."""

from typing import Any

from hcnn_widgets.records.checks import check_kind
from hcnn_widgets.stimuli.sequences.sequence_set import SequenceSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Stimuli = StimulusSet | SequenceSet
"""What networks are shown: images, or sequences of frames."""


def check_stimuli(argument: str, given: Any) -> None:
    """Refuse arrays, pairs and streams of them where a StimulusSet is needed.

    Raises
    ------
    TypeError
    """
    check_kind(argument, given, StimulusSet, ", as hw.StimulusSet.from_arrays(x, labels=y) makes one of arrays")


def check_shown(argument: str, given: Any) -> None:
    """Refuse what is neither a StimulusSet nor a SequenceSet, where a network takes either of them.

    Raises
    ------
    TypeError
    """
    if not isinstance(given, SequenceSet):
        check_stimuli(argument, given)
