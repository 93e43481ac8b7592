"""What goals share whose answer is an image: the squared error of its pixels, and what of it guessing would miss."""

from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from hcnn_widgets.keras_door import keras

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet


class ImageAnswer:
    """Loss and score of outputs that are images.

    Attributes
    ----------
    wanted, guessed : str
        Names in the targets of the images, (n_stimuli, height, width, n_channels), and of the mean squared difference
        that a guess has, (n_stimuli,).
    """

    wanted: ClassVar[str]
    guessed: ClassVar[str]

    def loss(self) -> Any:
        """Return the loss: the mean squared difference of outputs and the images that are wanted, over pixels."""
        ops = keras.ops
        return lambda targets, outputs: ops.mean(ops.square(outputs - targets[self.wanted]))

    def score(self, outputs: Any, targets: Any) -> Any:
        """Return 1 - MSE / MSE of a guess, a scalar tensor.

        Parameters
        ----------
        outputs : array_like or tensor
            (n_stimuli, height, width, n_channels).
        targets : dict of array_like or tensor
            As `targets` returns them; of some of the stimuli, too.
        """
        ops = keras.ops
        missed = ops.mean(ops.square(outputs - targets[self.wanted]), axis=(1, 2, 3))
        return 1 - ops.mean(missed / targets[self.guessed])

    def drawn(self, outputs: Any, stimuli: "StimulusSet") -> Any:
        """Return the images that the outputs are, from 0 to 1."""
        return np.clip(np.asarray(outputs, np.float32), 0, 1)
