"""The goal of telling categories apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet

POOLINGS = ("average", "flatten")


@dataclass(frozen=True)
class Categorization:
    """Say which category an image shows: a linear readout of the last area, trained by cross-entropy.

    Parameters
    ----------
    pooling : str
        What the readout sees of the last area's map: "flatten", all of it, or "average" over positions, one a channel.
    dropout : float
        Fraction of the readout's inputs left out at each training step, in [0, 1).
    """

    pooling: str = "flatten"
    dropout: float = 0.3

    score_name = "accuracy"

    def __post_init__(self) -> None:
        if self.pooling not in POOLINGS:
            raise ValueError(
                f"`pooling` of Categorization is not known; accepted are {', '.join(POOLINGS)}; got {self.pooling!r}."
            )
        if isinstance(self.dropout, bool) or not isinstance(self.dropout, int | float) or not 0 <= self.dropout < 1:
            raise ValueError(
                "`dropout` of Categorization is no fraction; a number from 0 to below 1 is accepted; "
                f"got {self.dropout!r}."
            )

    def attach(self, tensor: Any, n_categories: int, seed: int | None = None) -> Any:
        """Put the readout onto a map and return the logits.

        Parameters
        ----------
        tensor : KerasTensor
            The last area's map, (n_stimuli, height, width, n_channels), or a layer of units, (n_stimuli, n_units).
        n_categories : int
            At least 2.
        seed : int, optional
            The same seed gives the same initial weights.

        Returns
        -------
        KerasTensor
            (n_stimuli, n_categories) logits, of the layer named "readout".
        """
        if n_categories < 2:
            raise ValueError(f"`n_categories` is too small; 2 or more are accepted; got {n_categories}.")
        if len(tensor.shape) > 2:
            tensor = self._pooled(tensor)
        if self.dropout:
            tensor = keras.layers.Dropout(self.dropout, seed=seed, name="readout_dropout")(tensor)
        initializer = keras.initializers.GlorotUniform(seed=seed)
        return keras.layers.Dense(n_categories, kernel_initializer=initializer, dtype="float32", name="readout")(tensor)

    def _pooled(self, tensor: Any) -> Any:
        if self.pooling == "average":
            return keras.layers.GlobalAveragePooling2D(name="readout_average")(tensor)
        return keras.layers.Flatten(name="readout_flatten")(tensor)

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
            raise ValueError("`stimuli` have no labels; categorization accepts one label a stimulus; got labels=None.")
        index_of = {category: index for index, category in enumerate(categories)}
        strange = sorted({str(label) for label in stimuli.labels} - set(index_of))
        if strange:
            raise ValueError(
                f"`stimuli` show categories that the network does not have; accepted are {', '.join(categories)}; "
                f"got {', '.join(strange[:5])}."
            )
        return np.array([index_of[str(label)] for label in stimuli.labels], dtype=np.int32)

    def loss(self) -> Any:
        """Return the loss: cross-entropy of logits (n_stimuli, n_categories) and targets (n_stimuli,)."""
        return keras.losses.SparseCategoricalCrossentropy(from_logits=True)

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
