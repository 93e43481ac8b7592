"""The layer of recurrence within an area, which is applied once a time step with the same weights."""

from typing import Any

from hcnn_widgets.keras_door import keras

OPEN_FOR = 1.0
"""What the gate's bias begins as: at first a state is kept for a few steps (Jozefowicz et al. 2015, for the LSTM)."""


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class KeptState(keras.layers.Layer):
    """Return the state after a time step; see `Recur` for the equations.

    It is called with the map that comes in, or with that and the state of the step before.

    Parameters
    ----------
    kind : str
        "gated" or "plain".
    size : int
        Side of the kernels.
    seed : int or None
        Of the initial weights.
    """

    keeps_state = True

    def __init__(self, kind: str = "gated", size: int = 3, seed: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.kind, self.size, self.seed = kind, size, seed

    def build(self, input_shape: Any) -> None:
        """Make the kernels of the state and, where it is gated, of the gate."""
        shape = input_shape[0] if isinstance(input_shape[0], list | tuple) else input_shape
        n_channels = shape[-1]
        n_in, n_out = n_channels, n_channels * (2 if self.kind == "gated" else 1)
        start = keras.initializers.Orthogonal(gain=0.5, seed=self.seed)
        self.kernel = self.add_weight(shape=(self.size, self.size, n_in, n_out), initializer=start, name="kernel")
        self.bias = self.add_weight(shape=(n_channels,), initializer="zeros", name="bias")
        if self.kind == "gated":
            again = keras.initializers.Orthogonal(gain=0.5, seed=None if self.seed is None else self.seed + 1)
            shape = (self.size, self.size, n_channels, n_channels)
            self.gate_kernel = self.add_weight(shape=shape, initializer=again, name="gate_kernel")
            opened = keras.initializers.Constant(OPEN_FOR)
            self.gate_bias = self.add_weight(shape=(n_channels,), initializer=opened, name="gate_bias")

    def call(self, inputs: Any) -> Any:
        """Return the state, (n_stimuli, height, width, n_channels)."""
        ops = keras.ops
        came, before = inputs if isinstance(inputs, list | tuple) else (inputs, None)
        n_channels = came.shape[-1]
        # Before the first step there is no state: what it would add is zero, and not worked out.
        of_state = None if before is None else ops.conv(before, self.kernel, padding="same")
        drive = came if of_state is None else came + of_state[..., :n_channels]
        taken = ops.relu(drive + self.bias)
        if self.kind == "plain":
            return taken
        held = ops.conv(came, self.gate_kernel, padding="same") + self.gate_bias
        held = ops.sigmoid(held if of_state is None else held + of_state[..., n_channels:])
        return (1 - held) * taken + (0 if before is None else held * before)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """Return the shape of the state: that of the map that comes in."""
        return input_shape[0] if isinstance(input_shape[0], list | tuple) else input_shape

    def get_config(self) -> dict[str, Any]:
        """Return what makes this layer again."""
        return {**super().get_config(), "kind": self.kind, "size": self.size, "seed": self.seed}


def recurrent_layers(network: Any) -> tuple[str, ...]:
    """Return the names of a network's layers that keep a state from time step to time step."""
    return tuple(layer.name for layer in network.layers if getattr(layer, "keeps_state", False))


def state_refusal(rule: str, network: Any) -> str:
    """Return the sentence by which a rule that says nothing of recurrent weights refuses a network that has some.

    Parameters
    ----------
    rule : str
        Its name.
    network : keras.Model

    Returns
    -------
    str
        Empty where no layer keeps a state.
    """
    kept = recurrent_layers(network)
    if not kept:
        return ""
    return (
        f"`rule` {rule!r} says how the weights of filters change, and nothing of those by which an area keeps its "
        f"state. Accepted is an architecture without recur(...); received `{network.name}` with {', '.join(kept)}."
    )
