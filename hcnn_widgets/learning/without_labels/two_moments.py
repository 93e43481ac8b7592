"""Two moments: what follows in time is to look alike, and unlike what is seen of others."""

from dataclasses import dataclass
from typing import Any, ClassVar

from hcnn_widgets.learning.rule import Learner, StepResult
from hcnn_widgets.records.keywords import checks_keywords

from .readout_beside import with_readout
from .simclr import SimCLR, contrast


@checks_keywords
@dataclass(frozen=True)
class TwoMoments(SimCLR):
    """Make two moments of an object alike in the top area, and unlike those of other objects: temporal contrast.

    It trains a network of images on sequences, of each of which it takes the first and the last frame, such as those of
    ``hw.stimuli.object_moments()``. As in `SimCLR`, the top area is looked at through a projection that is gone when
    the run is over; but what a view may look like is what objects do in time, and nobody makes it up. The readout
    beside, and so the score, is that of the last frame.

    Parameters
    ----------
    learning_rate, optimizer, schedule, batch_size, temperature
        As in `SimCLR`.
    crop, light, noise : float
        As in `SimCLR`, of each moment; by default nothing is done to it.

    Raises
    ------
    ValueError
        If a value is not one of those.

    Source
    ------
    Li & DiCarlo (2008), Science 321, 1502; Orhan, Gupta & Lake (2020), arXiv 2007.16189; Zhuang et al. (2021), PNAS
    118, e2014196118.
    """

    crop: float = 1.0
    light: float = 0.0
    noise: float = 0.0

    name: ClassVar[str] = "two moments"
    of_sequences: ClassVar[bool] = True

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        """Return the cross-entropy of finding each moment's partner, and the readout's loss beside.

        Parameters
        ----------
        learner : Learner
        images : tensor
            (n_stimuli, n_frames, height, width, n_channels).
        targets : tensor or None
            The goal's, of the last frames.
        training : bool
        """
        assert learner.look is not None
        moments = images[:, 0], images[:, -1]
        first, second = (self._projected(learner, self._viewed(learner, moment), training) for moment in moments)
        own, found = contrast(first, second, self.temperature)
        return with_readout(learner, learner.look(moments[1], training), targets, own, (found,))
