"""The goal of telling the pixels of the object from those of the background."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.rendering.object_masks import masks, masks_refusal

from .decoder import decoded
from .goal import KerasLines, LayerMakers
from .quantity import Quantity

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet

ALL_OBJECT = 0.19
"""Score of calling every pixel object: the share of an image that an object covers, at all levels of variation."""

TINT = np.array([0.0, 0.62, 0.45], np.float32)
"""Colour, red, green and blue, of what is called object."""


@checks_keywords
@dataclass(frozen=True)
class Segmentation:
    """Tell for every pixel whether the object covers it, by a decoder of the last area's map, or by a U-Net's own map.

    The score is the intersection over the union of what is called object and what is, averaged over images. Calling
    everything object has 0.19, for so much of an image a rendered object covers.

    Source
    ------
    Ronneberger, Fischer & Brox (2015), U-Net, doi 10.1007/978-3-319-24574-4_28.

    Examples
    --------
    >>> Segmentation().score_kinds(())[0].chance
    0.19
    """

    name: ClassVar[str] = "segmentation"
    unit_in_brief: ClassVar[str] = "called object"
    needs: ClassVar[tuple[str, ...]] = ("latents",)

    def refusal(self, stimuli: "StimulusSet") -> str:
        """Return why nobody knows which pixels belong to the object; empty for rendered objects."""
        return masks_refusal(stimuli)

    def units(self, stimuli: "StimulusSet") -> tuple[str, ...]:
        """Return what the output of a pixel stands for: the object."""
        return ("object",)

    def head(self, trunk: Any, units: Sequence[str], seed: int | None, layers: LayerMakers) -> Any:
        """Put the decoder onto the trunk; return (n_stimuli, height, width, 1) logits."""
        return decoded(trunk, 1, seed, layers)

    def output_refusal(self, outputs: Any, units: Sequence[str]) -> str:
        """Return the sentence that says why outputs cannot serve; see `Goal.output_refusal`."""
        several = isinstance(outputs, list | tuple | dict)
        if not several and len(outputs.shape) == 4 and outputs.shape[-1] == 1:
            return ""
        came = f"{len(outputs)} outputs" if several else f"outputs of {tuple(outputs.shape[1:])} for each image"
        return (
            "`network` does not end in a logit for each pixel. Accepted is one output, (n_stimuli, height, width, 1) "
            f"of the images' height and width; received {came}."
        )

    def targets(self, stimuli: "StimulusSet", units: Sequence[str]) -> NDArray[np.uint8]:
        """Return the masks: 1 where the object covers half of the pixel or more, (n_stimuli, height, width, 1).

        Raises
        ------
        ValueError
            When the stimuli are no rendered objects.
        """
        return (masks(stimuli) >= 0.5).astype(np.uint8)[..., np.newaxis]

    def loss(self) -> Any:
        """Return the loss: cross-entropy of logits and masks, averaged over pixels."""
        ops = keras.ops
        return lambda targets, outputs: ops.mean(
            ops.binary_crossentropy(ops.cast(targets, "float32"), ops.convert_to_tensor(outputs), from_logits=True)
        )

    def score(self, outputs: Any, targets: Any) -> Any:
        """Return intersection over union, averaged over images, a scalar tensor; 1 where there is neither.

        Parameters
        ----------
        outputs : array_like or tensor
            (n_stimuli, height, width, 1) logits; above 0 is called object.
        targets : array_like or tensor
            Masks of the same shape, 0 or 1.
        """
        ops = keras.ops
        called, covered = ops.convert_to_tensor(outputs) > 0, ops.cast(targets, "bool")
        both, either = (
            ops.sum(ops.cast(way(called, covered), "float32"), axis=(1, 2, 3))
            for way in (ops.logical_and, ops.logical_or)
        )
        return ops.mean(ops.where(either > 0, both / ops.maximum(either, 1.0), ops.ones_like(both)))

    def in_words(self, outputs: Any, units: Sequence[str]) -> list[tuple[str, str]]:
        """Return in brief and in words what outputs say of each image: how much of it is called object."""
        shares = [f"{100 * share:.0f} %" for share in (np.asarray(outputs) > 0).mean(axis=(1, 2, 3))]
        return [(share, f"object in {share} of the image") for share in shares]

    def drawn(self, outputs: Any, stimuli: "StimulusSet") -> NDArray[np.float32]:
        """Return the images with what is called object tinted, (n_stimuli, height, width, 3) from 0 to 1."""
        images = np.repeat(stimuli.images, 3 // stimuli.image_shape[2], axis=-1)
        return np.where(np.asarray(outputs) > 0, 0.5 * images + 0.5 * TINT, images).astype(np.float32)

    def score_kinds(self, units: Sequence[str]) -> tuple[Quantity, ...]:
        """Return what the score is, from 0 to 1, and what calling everything object gives."""
        return (Quantity("mask IoU", "overlap", lowest=0.0, highest=1.0, chance=ALL_OBJECT),)

    def keras_lines(self) -> KerasLines:
        """Return cross-entropy and intersection over union as `compile` takes them."""
        return KerasLines(
            outputs="logits of each pixel",
            targets="masks, 1 where the object is",
            loss="keras.losses.BinaryCrossentropy(from_logits=True)",
            metrics="[keras.metrics.BinaryIoU(target_class_ids=[1], threshold=0.0)]",
        )
