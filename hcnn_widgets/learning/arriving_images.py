"""Training images that are still being made, brought to the network's steps as they arrive."""

import sys
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.architecture.pixels import Pixels
from hcnn_widgets.stimuli.arriving_stimuli import ArrivingStimuli

from .compiled_steps import Room

AT_ONCE = 1024
"""Most images brought at a time: the first steps need not wait for a copy of all."""
PATIENCE_S = 0.02
"""How long the training thread sleeps for images before it looks again what is asked of it, in s."""


class TakesIn(Protocol):
    """Steps with room for images."""

    def take_in(self, first: int, images: NDArray[np.float32]) -> None:
        """Fill the room from a number on."""


class ArrivingImages:
    """Images of a set that arrive in its order, for steps whose first pass takes them in this order, too.

    So a run takes the same steps however fast the images come: it waits for those that its next step needs.

    Parameters
    ----------
    stimuli : ArrivingStimuli
    pixels : Pixels
        Of the network.
    batch_size : int
        Images per step.
    """

    def __init__(self, stimuli: ArrivingStimuli, pixels: Pixels, batch_size: int) -> None:
        self._stimuli, self._pixels, self._batch_size = stimuli, pixels, batch_size
        self._taken = 0

    @property
    def room(self) -> Room:
        """The room that they need."""
        return Room((len(self._stimuli), *self._stimuli.image_shape))

    @property
    def complete(self) -> bool:
        """Whether all have been brought."""
        return self._taken == len(self._stimuli)

    def bring(self, steps: TakesIn) -> int:
        """Bring what has arrived, and return how many steps from the start of the run have their images by now.

        Raises
        ------
        RuntimeError
            If the images cannot be made.
        """
        last = min(self._stimuli.n_ready, self._taken + AT_ONCE)
        if last > self._taken:
            steps.take_in(self._taken, self._pixels.applied(self._stimuli.images_from(self._taken, last)))
            self._taken = last
        return sys.maxsize if self.complete else self._taken // self._batch_size

    def wait(self) -> None:
        """Sleep until more has arrived, for a moment at most."""
        self._stimuli.wait(min(self._taken + 1, len(self._stimuli)), PATIENCE_S)
