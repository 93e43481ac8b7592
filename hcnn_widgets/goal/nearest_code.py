"""The goal of coming close to a fixed code of the category: the radial basis functions of LeNet-5."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from hcnn_widgets.architecture.checked_fields import finite_number
from hcnn_widgets.classroom.digit_bitmaps import bitmap, is_digit
from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.keywords import checks_keywords

from .categorization import Categorization
from .goal import KerasLines, LayerMakers

LOSS = """lambda targets, outputs: keras.losses.sparse_categorical_crossentropy(
        targets, keras.ops.pad(outputs, ((0, 0), (0, 1)), constant_values={none:g}), from_logits=True
    )"""
N_BITS = 84
"""Of a digit's bitmap, 12 rows of 7."""


@checks_keywords
@dataclass(frozen=True)
class NearestCode(Categorization):
    """Categorise images by the nearest of fixed codes, one for each category, as the output of LeNet-5 does.

    Outputs are minus the squared distances between the last area's units and the codes, whose entries are -1 and 1. A
    digit's code is its bitmap of 7 x 12 where there are 84 units; any other code is drawn at random by the model's
    seed, as the publication proposes for categories that have no picture. Codes are not trained and are no weights.

    The loss is the published one, d + log(exp(-rubbish) + sum of exp(-d_i)): the distance d to the right code falls
    until it is below the distance `rubbish` at which an image counts as none of the categories, and the distances d_i
    to the others rise.

    Parameters
    ----------
    pooling, dropout
        See `Categorization`; what is left out is zero, between the codes.
    rubbish : float
        A squared distance, from 0 to 1,000 (j in the publication, which gives no value).

    Source
    ------
    LeCun, Bottou, Bengio & Haffner (1998), Proc. IEEE 86, 2278, section II.
    """

    dropout: float = 0.0
    rubbish: float = 5.0

    name: ClassVar[str] = "nearest code"
    has_readout: ClassVar[bool] = False
    """Whether its head has weights, as those of other goals do."""

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "rubbish", finite_number("NearestCode", "rubbish", self.rubbish, 0, 1000))

    def attach(self, tensor: Any, n_categories: int, seed: int | None = None, layers: LayerMakers | None = None) -> Any:
        """Put distances to random codes onto a map; see `Categorization.attach`. Nothing in them is trained."""
        return self._onto(tensor, [""] * n_categories, seed)

    def head(self, trunk: Any, units: Sequence[str], seed: int | None, layers: LayerMakers) -> Any:
        """Put the distances to the codes of these categories onto the trunk; nothing in them is trained."""
        return self._onto(trunk.output, units, seed)

    def _onto(self, tensor: Any, units: Sequence[str], seed: int | None) -> Any:
        def distances(n_units: int, name: str, initializer: Any) -> Any:
            return CodeDistances(units=units, seed=seed or 0, name=name)

        return super().attach(tensor, len(units), seed, {"readout": distances})

    def loss(self) -> Any:
        """Return the loss of minus the distances (n_stimuli, n_categories) and targets (n_stimuli,), averaged."""
        cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        none = -self.rubbish  # as if it were the output of one more category, which is never the target
        return lambda targets, outputs: cross_entropy(
            targets, keras.ops.pad(outputs, ((0, 0), (0, 1)), constant_values=none)
        )

    def keras_lines(self) -> KerasLines:
        """Return loss and accuracy as `compile` takes them."""
        said = super().keras_lines()
        outputs = "minus the squared distances to fixed codes"
        return KerasLines(outputs, said.targets, LOSS.format(none=-self.rubbish), said.metrics)


def drawn_codes(units: Sequence[str], n_bits: int, seed: int) -> tuple[str, ...]:
    """Return a code for each unit, as text of "-" and "+": digits' bitmaps where all are digits of 84 bits."""
    if n_bits == N_BITS and all(map(is_digit, units)):
        signs = [bitmap(unit).ravel() > 0 for unit in units]
    else:
        signs = list(np.random.default_rng(seed).random((len(units), n_bits)) < 0.5)
    return tuple("".join("+" if sign else "-" for sign in code) for code in signs)


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class CodeDistances(keras.layers.Layer):
    """Return minus the squared distance to the code of each unit, (n_stimuli, n_units).

    Parameters
    ----------
    units : sequence of str
        What the outputs stand for; digits have bitmaps.
    seed : int
        Of codes that are drawn.
    codes : sequence of str
        Of "-" and "+", one for each unit, as a file has them; by default they are drawn once the inputs are known.
    """

    def __init__(self, units: Sequence[str], seed: int = 0, codes: Sequence[str] = (), **options: Any) -> None:
        super().__init__(**{"dtype": "float32", **options})
        self.units, self.seed, self.codes = tuple(units), seed, tuple(codes)

    def build(self, input_shape: tuple[Any, ...]) -> None:
        """Draw the codes, unless a file had them."""
        self.codes = self.codes or drawn_codes(self.units, input_shape[-1], self.seed)

    def call(self, inputs: Any) -> Any:
        """Return the outputs, of which the largest belongs to the nearest code."""
        fixed = np.array([[1.0 if sign == "+" else -1.0 for sign in code] for code in self.codes], np.float32)
        return -keras.ops.sum(keras.ops.square(inputs[:, None] - keras.ops.convert_to_tensor(fixed)), axis=-1)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the shape of the outputs: one for each unit."""
        return (input_shape[0], len(self.units))

    def get_config(self) -> dict[str, Any]:
        """Return what makes this layer again."""
        return {**super().get_config(), "units": self.units, "seed": self.seed, "codes": self.codes}
