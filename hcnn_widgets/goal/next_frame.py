"""The goal of predicting the frame that comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from hcnn_widgets.architecture.layers import Frames
from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.keywords import checks_keywords

from .decoder import decoded
from .goal import KerasLines, LayerMakers
from .image_answer import ImageAnswer
from .quantity import Quantity

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@checks_keywords
@dataclass(frozen=True)
class NextFrame(ImageAnswer):
    """Predict the frame that follows a sequence: the last frame, and what a decoder of the last area adds to it.

    The score is the share of the change from the last frame to the next that is predicted, 1 - MSE / MSE of copying
    the last frame: 1 is perfect, and copying, the best that is known without memory of any kind, has 0.

    Source
    ------
    Lotter, Kreiman & Cox (2017), PredNet, arXiv 1605.08104, who compare with copying, too.

    Examples
    --------
    >>> NextFrame().score_kinds(())[0].chance
    0.0
    """

    name: ClassVar[str] = "next frame"
    needs: ClassVar[tuple[str, ...]] = ("following",)
    wanted: ClassVar[str] = "following"
    guessed: ClassVar[str] = "copying"

    def refusal(self, stimuli: "StimulusSet") -> str:
        """Return why nothing can be predicted: nobody knows which frame follows; empty where that is known."""
        if getattr(stimuli, "following", None) is not None:
            return ""
        return (
            "`stimuli` must have the frame that follows. Accepted are sequences with `following`, as "
            f"hw.stimuli.moving_digits() makes them; received a {type(stimuli).__name__} without."
        )

    def units(self, stimuli: "StimulusSet") -> tuple[str, ...]:
        """Return no names: the outputs are pixels."""
        return ()

    def head(self, trunk: Any, units: Sequence[str], seed: int | None, layers: LayerMakers) -> Any:
        """Put a decoder onto the trunk and add it to the last frame; return (n_stimuli, height, width, n_channels)."""
        shown = trunk.input[0] if isinstance(trunk.input, list | tuple) else trunk.input
        last = Frames(name="frames_shown")(shown)[-1] if len(shown.shape) == 5 else shown
        change = decoded(trunk, shown.shape[-1], seed, layers)
        return keras.layers.Add(name="next_frame")([last, change])

    def output_refusal(self, outputs: Any, units: Sequence[str]) -> str:
        """Return the sentence that says why outputs cannot serve; see `Goal.output_refusal`."""
        several = isinstance(outputs, list | tuple | dict)
        if not several and len(outputs.shape) == 4:
            return ""
        came = f"{len(outputs)} outputs" if several else f"outputs of {tuple(outputs.shape[1:])} for each sequence"
        return (
            "`network` does not end in a frame. Accepted is one output, (n_stimuli, height, width, n_channels) like "
            f"the frames; received {came}."
        )

    def targets(self, stimuli: "StimulusSet", units: Sequence[str]) -> dict[str, Any]:
        """Return the frames that follow, and what copying the last frame misses.

        Returns
        -------
        dict
            "following", (n_stimuli, height, width, n_channels) float32; "copying", (n_stimuli,) float32, in all places
            the mean squared difference of last and next frame over these stimuli.
        """
        following = getattr(stimuli, "following", None)
        if following is None:
            raise ValueError(self.refusal(stimuli))
        missed = float(np.mean(np.square(following - stimuli.images[:, -1])))
        return {"following": following, "copying": np.full(len(following), missed or 1.0, np.float32)}

    def score_kinds(self, units: Sequence[str]) -> tuple[Quantity, ...]:
        """Return what the score is: 1 at most, and 0 for copying the last frame."""
        return (Quantity("change predicted", "of what copying misses", highest=1.0, chance=0.0),)

    def keras_lines(self) -> KerasLines:
        """Return the mean squared error as `compile` takes it."""
        return KerasLines("the next frame", "the frames that follow", '"mse"', '["mae"]')
