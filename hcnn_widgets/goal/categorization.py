"""The goal of telling categories apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.keywords import checks_keywords

from .goal import KerasLines, LayerMakers
from .quantity import Quantity
from .readout import check_readout, read_out

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet

_HIDDEN_SOFTMAX = (
    "`network` ends in probabilities whose logits cannot be found. Accepted is a last Dense without an activation, or "
    "a softmax in float32 that comes last; received outputs that add up to 1 behind a cast, a reshape or in half "
    "precision. Trained as they are, they would go through a softmax twice."
)


@checks_keywords
@dataclass(frozen=True)
class Categorization:
    """Categorise images: a linear readout of the last area, trained by cross-entropy.

    Parameters
    ----------
    pooling : str
        What the readout sees of the last area's map: "flatten", all of it, or "average" over positions, one a channel.
    dropout : float
        Fraction of the readout's inputs left out at each training step, in [0, 1).
    """

    pooling: str = "flatten"
    dropout: float = 0.3

    name: ClassVar[str] = "categorization"
    needs: ClassVar[tuple[str, ...]] = ("labels",)
    score_name: ClassVar[str] = "accuracy"

    def __post_init__(self) -> None:
        check_readout(type(self).__name__, self.pooling, self.dropout)

    def refusal(self, stimuli: "StimulusSet") -> str:
        """Return why stimuli cannot be told apart: they have no labels, or all the same; empty where they can."""
        if stimuli.labels is not None and len(stimuli.categories) >= 2:
            return ""
        came = "none" if stimuli.labels is None else ", ".join(stimuli.categories)
        return f"`stimuli` must have labels of at least two categories; received {came}."

    def units(self, stimuli: "StimulusSet") -> tuple[str, ...]:
        """Return the stimuli's categories, for each of which the readout has a unit."""
        return stimuli.categories

    def head(self, trunk: Any, units: Sequence[str], seed: int | None, layers: LayerMakers) -> Any:
        """Put the readout onto the trunk's output, or onto all of them where there are several; return the logits."""
        return self.attach(trunk.output, len(units), seed, layers)

    def attach(self, tensor: Any, n_categories: int, seed: int | None = None, layers: LayerMakers | None = None) -> Any:
        """Put the readout onto a map and return the logits.

        Parameters
        ----------
        tensor : KerasTensor or list of them
            The last area's map, (n_stimuli, height, width, n_channels), or a layer of units, (n_stimuli, n_units).
            Several are pooled each for itself and read out side by side.
        n_categories : int
            At least 2.
        seed : int, optional
            The same seed gives the same initial weights.
        layers : mapping of str to callable, optional
            A maker named "readout" makes the readout's layer instead of Keras's own.

        Returns
        -------
        KerasTensor
            (n_stimuli, n_categories) logits, of the layer named "readout".
        """
        if n_categories < 2:
            raise ValueError(f"`n_categories` is too small; 2 or more are accepted; received {n_categories}.")
        return read_out(tensor, n_categories, self.pooling, self.dropout, seed, layers)

    def output_refusal(self, outputs: Any, units: Sequence[str]) -> str:
        """Return the sentence that says why outputs cannot serve; see `Goal.output_refusal`."""
        if not units:
            return (
                "`categories` of the network are not known. Accepted is GoalDrivenModel.from_keras(..., "
                "categories=[...]), a name for each output in their order; received none."
            )
        several = isinstance(outputs, list | tuple | dict)
        if not several and tuple(outputs.shape[1:]) == (len(units),):
            return _HIDDEN_SOFTMAX if _is_hidden_softmax(outputs) else ""
        came = f"{len(outputs)} outputs" if several else f"outputs of {tuple(outputs.shape[1:])} for each image"
        return (
            "`network` does not end in a logit for each category. Accepted is one output, "
            f"(n_stimuli, {len(units)}) for "
            f"{', '.join(units[:8])}; received {came}. Put a Dense({len(units)}) behind it, or name other categories."
        )

    def targets(self, stimuli: "StimulusSet", categories: Sequence[str]) -> NDArray[np.int32]:
        """Return the index of each stimulus's label among the categories.

        Parameters
        ----------
        stimuli : StimulusSet
            With labels.
        categories : sequence of str
            In the order of the readout's units.

        Returns
        -------
        ndarray
            (n_stimuli,) int32, in [0, n_categories).

        Raises
        ------
        ValueError
            When the stimuli have no labels, or one that is not among the categories.
        """
        if stimuli.labels is None:
            raise ValueError(
                "`stimuli` have no labels; categorization accepts one label a stimulus; received labels=None."
            )
        index_of = {category: index for index, category in enumerate(categories)}
        strange = sorted({str(label) for label in stimuli.labels} - set(index_of))
        if strange:
            raise ValueError(
                f"`stimuli` show categories that the network does not have; accepted are {', '.join(categories)}; "
                f"received {', '.join(strange[:5])}."
            )
        return np.array([index_of[str(label)] for label in stimuli.labels], dtype=np.int32)

    def loss(self) -> Any:
        """Return the loss: cross-entropy of logits (n_stimuli, n_categories) and targets (n_stimuli,)."""
        cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        # The logits that Keras keeps beside a softmax: its loss takes them, too, but warns of it into the notebook.
        return lambda targets, outputs: cross_entropy(targets, getattr(outputs, "_keras_logits", outputs))

    def score(self, logits: Any, targets: Any) -> Any:
        """Return the fraction of stimuli whose largest logit is the target's, a scalar tensor (also inside a graph).

        Parameters
        ----------
        logits : array_like or tensor
            (n_stimuli, n_categories).
        targets : array_like or tensor
            (n_stimuli,) int.
        """
        ops = keras.ops
        chosen = ops.cast(ops.argmax(ops.convert_to_tensor(logits), axis=-1), "int32")
        return ops.mean(ops.cast(chosen == ops.cast(targets, "int32"), "float32"))

    def chance(self, categories: Sequence[str]) -> float:
        """Return the score of guessing among the categories."""
        return 1.0 / len(categories)

    def score_kinds(self, units: Sequence[str]) -> tuple[Quantity, ...]:
        """Return what the score is, a fraction of the stimuli, and what guessing gives where there are categories."""
        chance = self.chance(units) if units else None
        return (Quantity(self.score_name, "fraction correct", lowest=0.0, highest=1.0, chance=chance, percent=True),)

    def keras_lines(self) -> KerasLines:
        """Return cross-entropy and accuracy as `compile` takes them."""
        return KerasLines(
            outputs="logits",
            targets="the index of each image's category",
            loss="keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
            metrics='["accuracy"]',
        )


def _is_hidden_softmax(outputs: Any) -> bool:
    """Return whether outputs are probabilities, (n_stimuli, n_categories), without Keras's note of their logits.

    Where a softmax in single precision comes last, Keras keeps its logits beside it and its loss finds them; behind a
    cast or a reshape they are lost, and the loss would take the softmax of a softmax.
    """
    if hasattr(outputs, "_keras_logits") and keras.backend.standardize_dtype(outputs.dtype) == "float32":
        return False
    values = keras.ops.convert_to_numpy(keras.ops.cast(outputs, "float32"))
    # bfloat16 keeps 8 bits: each probability is off by up to 0.4 %.
    return bool((values >= 0).all() and (abs(values.sum(axis=1) - 1) < 0.01).all())
