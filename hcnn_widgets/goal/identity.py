"""The goal of telling each object from all others, those of its own category too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.keywords import checks_keywords

from .categorization import Categorization
from .goal import KerasLines

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@checks_keywords
@dataclass(frozen=True)
class Identity(Categorization):
    """Tell each object from all others, such as one car from the other cars: 1 of 64 of the rendered objects.

    Parameters
    ----------
    pooling : str
        What the readout sees of the last area's map: "flatten", all of it, or "average" over positions, one a channel.
    dropout : float
        Fraction of the readout's inputs left out at each training step, in [0, 1).

    Source
    ------
    Majaj, Hong, Solomon & DiCarlo (2015), Journal of Neuroscience 35, 13402.
    """

    name: ClassVar[str] = "identity"
    needs: ClassVar[tuple[str, ...]] = ("latents",)
    latent: ClassVar[str] = "exemplar"

    def refusal(self, stimuli: "StimulusSet") -> str:
        """Return why stimuli cannot be told apart: nobody says which object they show, or all show the same one."""
        if self.latent not in stimuli.latents:
            return (
                f"`stimuli` must say which object each shows, as the latent variable {self.latent}; "
                f"received {', '.join(stimuli.latents) or 'none'}."
            )
        shown = self.units(stimuli)
        return "" if len(shown) >= 2 else f"`stimuli` must show at least two objects; received {', '.join(shown)}."

    def units(self, stimuli: "StimulusSet") -> tuple[str, ...]:
        """Return the names of the objects in alphabetical order."""
        return tuple(str(name) for name in np.unique(stimuli.latents[self.latent]))

    def targets(self, stimuli: "StimulusSet", categories: Sequence[str]) -> NDArray[np.int32]:
        """Return the place of each stimulus's object among the network's, (n_stimuli,) int32.

        Raises
        ------
        ValueError
            When nobody says which objects the stimuli show, or one is not among the network's.
        """
        if self.latent not in stimuli.latents:
            raise ValueError(self.refusal(stimuli))
        place = {name: index for index, name in enumerate(categories)}
        shown = [str(name) for name in stimuli.latents[self.latent]]
        strange = sorted(set(shown) - set(place))
        if strange:
            raise ValueError(
                f"`stimuli` show objects that the network does not have; accepted are {', '.join(categories)}; "
                f"received {', '.join(strange[:5])}."
            )
        return np.array([place[name] for name in shown], dtype=np.int32)

    def keras_lines(self) -> KerasLines:
        """Return cross-entropy and accuracy as `compile` takes them."""
        said = super().keras_lines()
        return KerasLines(said.outputs, "the index of each image's object", said.loss, said.metrics)
