"""Goals that ask for a variable which the images were made from, such as where the object is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

from .goal import KerasLines, LayerMakers
from .quantity import Quantity
from .readout import check_readout, read_out

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class LatentRegression:
    """Tell latent variables by a linear readout of the last area, trained by mean squared error.

    A subclass is a frozen dataclass that names its latent variables, and the scale on which its outputs count.

    The score is the share of the variance that is explained, R2: 1 is perfect, and whoever always says the mean has 0.
    It is that of all images that are scored, however they are parted in batches: the targets bring their variance.

    Parameters
    ----------
    pooling : str
        What the readout sees of the last area's map: "flatten", all of it, or "average" over positions, one a channel.
    dropout : float
        Fraction of the readout's inputs left out at each training step, in [0, 1).
    """

    pooling: str = "flatten"
    dropout: float = 0.0

    name: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ("latents",)
    latents: ClassVar[tuple[str, ...]]
    centre: ClassVar[float] = 0.0
    scale: ClassVar[float] = 1.0
    outputs_in_words: ClassVar[str]
    words: ClassVar[str]
    brief: ClassVar[str]
    unit_in_brief: ClassVar[str]

    def __post_init__(self) -> None:
        check_readout(type(self).__name__, self.pooling, self.dropout)

    def refusal(self, stimuli: "StimulusSet") -> str:
        """Return why stimuli cannot be trained on: a latent variable is missing, no number, or the same in all."""
        if lacking := self._lacking(stimuli):
            return lacking
        alike = [latent for latent in self.latents if np.ptp(stimuli.latents[latent]) == 0]
        if not alike:
            return ""
        return f"`stimuli` must differ in {', '.join(alike)}; received {len(stimuli)} that are all the same in it."

    def _lacking(self, stimuli: "StimulusSet") -> str:
        """Return which latent variables stimuli lack, or have as text; empty where they have all."""
        had = {name for name, values in stimuli.latents.items() if np.asarray(values).dtype.kind in "iuf"}
        if had.issuperset(self.latents):
            return ""
        came = ", ".join(name for name in stimuli.latents if name in had) or "none"
        return f"`stimuli` must have the latent variables {', '.join(self.latents)} as numbers; received {came}."

    def units(self, stimuli: "StimulusSet") -> tuple[str, ...]:
        """Return the latent variables, for each of which the readout has a unit."""
        return self.latents

    def head(self, trunk: Any, units: Sequence[str], seed: int | None, layers: LayerMakers) -> Any:
        """Put the readout onto the trunk's output, or onto all of them; return (n_stimuli, n_latents)."""
        return read_out(trunk.output, len(self.latents), self.pooling, self.dropout, seed, layers)

    def output_refusal(self, outputs: Any, units: Sequence[str]) -> str:
        """Return the sentence that says why outputs cannot serve; see `Goal.output_refusal`."""
        several = isinstance(outputs, list | tuple | dict)
        if not several and tuple(outputs.shape[1:]) == (len(self.latents),):
            return ""
        came = f"{len(outputs)} outputs" if several else f"outputs of {tuple(outputs.shape[1:])} for each image"
        return (
            f"`network` does not end in a number for each of {', '.join(self.latents)}. Accepted is one output, "
            f"(n_stimuli, {len(self.latents)}); received {came}."
        )

    def targets(self, stimuli: "StimulusSet", units: Sequence[str]) -> dict[str, Floats]:
        """Return the latent variables as the outputs are to give them, with their spread.

        Parameters
        ----------
        stimuli : StimulusSet
            With the latent variables.
        units : sequence of str
            Not used: they are the latent variables.

        Returns
        -------
        dict
            "values", (n_stimuli, n_latents) float32, less `centre` and divided by `scale`; "spread", of the same shape,
            in each row their standard deviations over these stimuli, 1 where all are the same.

        Raises
        ------
        ValueError
            If a latent variable is missing, or no number.
        """
        if lacking := self._lacking(stimuli):
            raise ValueError(lacking)
        latents = np.stack([np.asarray(stimuli.latents[latent], np.float64) for latent in self.latents], axis=1)
        values = (latents - self.centre) / self.scale
        spread = values.std(axis=0)
        spread[spread == 0] = 1.0
        return {"values": values.astype(np.float32), "spread": np.broadcast_to(spread, values.shape).astype(np.float32)}

    def loss(self) -> Any:
        """Return the loss: the mean squared difference of outputs (n_stimuli, n_latents) and targets."""
        ops = keras.ops
        return lambda targets, outputs: ops.mean(ops.square(outputs - targets["values"]))

    def score(self, outputs: Any, targets: Any) -> Any:
        """Return the share of variance explained, averaged over the latent variables, a scalar tensor.

        Parameters
        ----------
        outputs : array_like or tensor
            (n_stimuli, n_latents).
        targets : dict of array_like or tensor
            As `targets` returns them; of some of the stimuli, too.
        """
        ops = keras.ops
        return 1 - ops.mean(ops.square((outputs - targets["values"]) / targets["spread"]))

    def in_words(self, outputs: Any, units: Sequence[str]) -> list[tuple[str, str]]:
        """Return in brief and in words what outputs (n_stimuli, n_latents) say of each image."""
        values = np.round(self.centre + self.scale * np.asarray(outputs, np.float64), 2)
        return [(_said(self.brief, row), _said(self.words, row)) for row in values]

    def score_kinds(self, units: Sequence[str]) -> tuple[Quantity, ...]:
        """Return what the score is: R2, 1 at most, and 0 for whoever always says the mean."""
        return (Quantity(f"{self.name} R2", "of variance", highest=1.0, chance=0.0),)

    def keras_lines(self) -> KerasLines:
        """Return the mean squared error and R2 as `compile` takes them."""
        return KerasLines(
            outputs=self.outputs_in_words,
            targets=f"{self.outputs_in_words}, (n_stimuli, {len(self.latents)})",
            loss='"mse"',
            metrics="[keras.metrics.R2Score()]",
        )


def _said(words: str, values: Any) -> str:
    """Return words with numbers in them, and the minus of print before those below 0."""
    return words.format(*values).replace("-", "\u2212")
