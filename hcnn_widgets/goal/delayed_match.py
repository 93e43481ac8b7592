"""The goal of telling whether a test image is of the category that was seen before a delay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.sequences.delayed_pairs import DIFFERENT, SAME

from .categorization import Categorization
from .goal import KerasLines

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@checks_keywords
@dataclass(frozen=True)
class DelayedMatch(Categorization):
    """Tell at the end of a sequence whether its last image is of the same category as its first: delayed match.

    Only a network that has kept the sample over the delay can know; chance is one half. The answer is read out of the
    last area at the last time step. An agent that is rewarded for its answers, instead of being told them, would be a
    learning rule beside the others (`hcnn_widgets.learning.rule`), with this goal's targets as what it is rewarded by.

    Parameters
    ----------
    pooling : str
        What the readout sees of the last area's map: "flatten", all of it, or "average" over positions, one a channel.
    dropout : float
        Fraction of the readout's inputs left out at each training step, in [0, 1).

    Source
    ------
    Fuster & Alexander (1971), Science 173, 652; Miller, Erickson & Desimone (1996), Journal of Neuroscience 16, 5154.

    Examples
    --------
    >>> DelayedMatch().chance(("different", "same"))
    0.5
    """

    dropout: float = 0.0

    name: ClassVar[str] = "delayed match"

    def refusal(self, stimuli: "StimulusSet") -> str:
        """Return why nothing can be matched: labels are not "same" and "different"; empty where they are."""
        if stimuli.labels is not None and stimuli.categories == (DIFFERENT, SAME):
            return ""
        came = "none" if stimuli.labels is None else ", ".join(stimuli.categories[:8])
        return (
            f"`stimuli` must have the answers for labels. Accepted are {SAME!r} and {DIFFERENT!r}, as "
            f"hw.stimuli.delayed_match() makes them; received {came}."
        )

    def units(self, stimuli: "StimulusSet") -> tuple[str, ...]:
        """Return the two answers."""
        return (DIFFERENT, SAME)

    def chance(self, categories: Sequence[str]) -> float:
        """Return the score of guessing."""
        return 0.5

    def keras_lines(self) -> KerasLines:
        """Return cross-entropy and accuracy as `compile` takes them."""
        said = super().keras_lines()
        return KerasLines(said.outputs, "0 where sample and test differ, 1 where they match", said.loss, said.metrics)
