"""The Keras layer of fixed Gabor filters."""

from typing import Any

from hcnn_widgets.keras_door import keras

from .gabor import Gabor, gabor_kernels

_SMALLEST_ENERGY = 1e-6
"""Under the root of the energy, whose slope is finite so."""


class _Kernels(keras.initializers.Initializer):
    """Begin as the kernels of a bank, wherever weights are drawn anew."""

    def __init__(self, bank: Gabor) -> None:
        self.bank = bank

    def __call__(self, shape: tuple[int, ...], dtype: Any = None) -> Any:
        return keras.ops.convert_to_tensor(gabor_kernels(self.bank, shape[2]), dtype=dtype)


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class GaborBank(keras.layers.Layer):
    """Answer as simple and complex cells with fixed kernels do; the arguments are those of `Gabor`."""

    def __init__(
        self,
        n_orientations: int = 8,
        n_scales: int = 2,
        wavelength: float = 4.0,
        size: int = 13,
        stride: int = 1,
        cells: str = "both",
        padding: str = "same",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.bank = Gabor(n_orientations, n_scales, wavelength, size, stride, cells, padding)

    def build(self, input_shape: tuple[Any, ...]) -> None:
        """Make the kernels, which never change."""
        shape = (self.bank.size, self.bank.size, input_shape[-1], 2 * self.bank.n_pairs)
        self.kernel = self.add_weight(shape=shape, initializer=_Kernels(self.bank), trainable=False, name="kernel")

    def call(self, inputs: Any) -> Any:
        """Return the map, (n_stimuli, height, width, n_cells): simple cells by phase, then complex ones."""
        ops, bank = keras.ops, self.bank
        kernel = ops.cast(self.kernel, inputs.dtype)
        linear = ops.conv(inputs, kernel, strides=bank.stride, padding=bank.padding)
        even, odd = linear[..., : bank.n_pairs], linear[..., bank.n_pairs :]
        simple = [ops.relu(phase) for phase in (even, odd, -even, -odd)] if bank.cells != "complex" else []
        energy = ops.sqrt(ops.square(even) + ops.square(odd) + _SMALLEST_ENERGY) if bank.cells != "simple" else None
        return ops.concatenate([*simple, *([] if energy is None else [energy])], axis=-1)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the shape of the map."""
        return (input_shape[0], *self.bank.output_shape(input_shape[1:]))  # type: ignore[arg-type]

    def get_config(self) -> dict[str, Any]:
        """Return what makes this layer again."""
        own = ("n_orientations", "n_scales", "wavelength", "size", "stride", "cells", "padding")
        return {**super().get_config(), **{name: getattr(self.bank, name) for name in own}}


def gabor_layer(operation: Gabor, name: str, initializer: Any) -> Any:
    """Return the layer of the bank; nothing in it is random."""
    fields = ("n_orientations", "n_scales", "wavelength", "size", "stride", "cells", "padding")
    return GaborBank(**{field: getattr(operation, field) for field in fields}, name=name)
