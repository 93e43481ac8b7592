"""What a filter knows of the patches that it sees while it learns, and the clock of the turns."""

from typing import Any, NamedTuple

from hcnn_widgets.keras_door import keras


class Knowledge(NamedTuple):
    """What a filter knows, as tensors.

    Attributes
    ----------
    mean : (n_inputs,)
        Of the patches.
    second : (n_inputs, n_inputs)
        Mean products of their values.
    whitening : (n_inputs, n_inputs)
        What patches are multiplied with before they are learned from.
    basis : (n_kernels, n_inputs)
        What is learned: a row a kernel. It is zero before the filter's turn.
    """

    mean: Any
    second: Any
    whitening: Any
    basis: Any


class FilterState(keras.layers.Layer):  # type: ignore[misc]
    """Variables of what a filter knows.

    Parameters
    ----------
    n_inputs, n_kernels : int
    """

    def __init__(self, n_inputs: int, n_kernels: int) -> None:
        super().__init__(trainable=False, dtype="float32")
        square = (n_inputs, n_inputs)
        self._known = Knowledge(
            self._zeros((n_inputs,), "mean"),
            self._zeros(square, "second"),
            self._zeros(square, "whitening"),
            self._zeros((n_kernels, n_inputs), "basis"),
        )
        self.built = True

    def _zeros(self, shape: tuple[int, ...], name: str) -> Any:
        return self.add_weight(shape=shape, initializer="zeros", trainable=False, name=name)

    def knowledge(self) -> Knowledge:
        """Return what is known now, as tensors."""
        return Knowledge(*(keras.ops.convert_to_tensor(variable) for variable in self._known))

    def assign(self, known: Knowledge) -> None:
        """Know this from now on."""
        for variable, value in zip(self._known, known, strict=True):
            variable.assign(value)


class Clock(keras.layers.Layer):  # type: ignore[misc]
    """The number of steps taken, inside the compiled loop."""

    def __init__(self) -> None:
        super().__init__(trainable=False)
        self.step = self.add_weight(shape=(), initializer="zeros", dtype="int32", trainable=False, name="step")
        self.built = True
