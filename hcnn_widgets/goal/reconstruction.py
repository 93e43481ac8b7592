"""The goal of giving the image itself back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from hcnn_widgets.records.keywords import checks_keywords

from .decoder import decoded
from .goal import KerasLines, LayerMakers
from .image_answer import ImageAnswer
from .quantity import Quantity

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@checks_keywords
@dataclass(frozen=True)
class Reconstruction(ImageAnswer):
    """Give the image back that the areas have seen, by a decoder of the last area's map: an autoencoder.

    It needs no labels. The score is the share of the pixels' variance over images that is explained, R2: 1 is perfect,
    and whoever always gives the mean image has 0.

    Source
    ------
    Hinton & Salakhutdinov (2006), Science 313, 504.

    Examples
    --------
    >>> Reconstruction().score_kinds(())[0].name
    'image R2'
    """

    name: ClassVar[str] = "reconstruction"
    needs: ClassVar[tuple[str, ...]] = ()
    wanted: ClassVar[str] = "images"
    guessed: ClassVar[str] = "variance"

    def refusal(self, stimuli: "StimulusSet") -> str:
        """Return why nothing can be given back, of sequences; empty for any images."""
        if len(stimuli.image_shape) == 3:
            return ""
        return f"`stimuli` must be images to be given back; received sequences of {stimuli.image_shape[0]} frames."

    def units(self, stimuli: "StimulusSet") -> tuple[str, ...]:
        """Return no names: the outputs are pixels."""
        return ()

    def head(self, trunk: Any, units: Sequence[str], seed: int | None, layers: LayerMakers) -> Any:
        """Put the decoder onto the trunk; return (n_stimuli, height, width, n_channels)."""
        image = trunk.input[0] if isinstance(trunk.input, list | tuple) else trunk.input
        return decoded(trunk, image.shape[-1], seed, layers)

    def output_refusal(self, outputs: Any, units: Sequence[str]) -> str:
        """Return the sentence that says why outputs cannot serve; see `Goal.output_refusal`."""
        if not isinstance(outputs, list | tuple | dict) and len(outputs.shape) == 4:
            return ""
        several = isinstance(outputs, list | tuple | dict)
        came = f"{len(outputs)} outputs" if several else f"outputs of {tuple(outputs.shape[1:])} for each image"
        return (
            "`network` does not end in an image. Accepted is one output, (n_stimuli, height, width, n_channels) like "
            f"the images; received {came}."
        )

    def targets(self, stimuli: "StimulusSet", units: Sequence[str]) -> dict[str, Any]:
        """Return the images, and how much their pixels vary.

        Waits for images that are still being drawn.

        Returns
        -------
        dict
            "images", (n_stimuli, height, width, n_channels) float32; "variance", (n_stimuli,) float32, in all places
            the variance over these images, averaged over pixels; of a single image that over its pixels.
        """
        images = np.asarray(stimuli.images, np.float32)
        variance = float(images.var(axis=0).mean() if len(images) > 1 else images.var())
        return {"images": images, "variance": np.full(len(images), variance or 1.0, np.float32)}

    def score_kinds(self, units: Sequence[str]) -> tuple[Quantity, ...]:
        """Return what the score is: R2, 1 at most, and 0 for whoever always gives the mean image."""
        return (Quantity("image R2", "of variance", highest=1.0, chance=0.0),)

    def keras_lines(self) -> KerasLines:
        """Return the mean squared error as `compile` takes it."""
        return KerasLines("the image", "the images themselves", '"mse"', '["mae"]')
