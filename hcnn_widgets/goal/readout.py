"""The linear readout that most goals put onto a network: what it sees of a map, and the layer itself."""

from collections.abc import Sequence
from typing import Any

from hcnn_widgets.keras_door import keras

from .goal import LayerMakers

POOLINGS = ("average", "flatten")


def check_readout(goal: str, pooling: Any, dropout: Any) -> None:
    """Refuse a pooling that is not known, and a dropout that is no fraction.

    Parameters
    ----------
    goal : str
        Name of the goal's class, for the error.

    Raises
    ------
    ValueError
        Also for True in the place of a fraction.
    """
    if pooling not in POOLINGS:
        raise ValueError(f"`pooling` of {goal} is not known; accepted are {', '.join(POOLINGS)}; received {pooling!r}.")
    if isinstance(dropout, bool) or not isinstance(dropout, int | float) or not 0 <= dropout < 1:
        raise ValueError(
            f"`dropout` of {goal} is no fraction; a number from 0 to below 1 is accepted; received {dropout!r}."
        )


def read_out(
    tensor: Any,
    n_units: int,
    pooling: str = "flatten",
    dropout: float = 0.0,
    seed: int | None = None,
    layers: LayerMakers | None = None,
) -> Any:
    """Put a linear readout onto a map, or onto several side by side.

    Parameters
    ----------
    tensor : KerasTensor or list of them
        A map, (n_stimuli, height, width, n_channels), or a layer of units, (n_stimuli, n_units).
    n_units : int
        Of the readout.
    pooling : str
        What it sees of a map: "flatten", all of it, or "average" over positions, one number a channel.
    dropout : float
        Fraction of its inputs left out at each training step, in [0, 1).
    seed : int, optional
        The same seed gives the same initial weights.
    layers : mapping of str to callable, optional
        A maker named "readout" makes the readout's layer instead of `readout_layer`.

    Returns
    -------
    KerasTensor
        (n_stimuli, n_units), of the layer named "readout".
    """
    tensor = _joined(tensor, pooling) if isinstance(tensor, list | tuple) else _pooled(tensor, pooling)
    if dropout:
        tensor = keras.layers.Dropout(dropout, seed=seed, name="readout_dropout")(tensor)
    make = (layers or {}).get("readout", readout_layer)
    return make(n_units, name="readout", initializer=keras.initializers.GlorotUniform(seed=seed))(tensor)


def readout_layer(n_units: int, name: str, initializer: Any) -> Any:
    """Return the layer that reads units out linearly: one weight from every input, and a bias."""
    return keras.layers.Dense(n_units, kernel_initializer=initializer, dtype="float32", name=name)


def _joined(tensors: Sequence[Any], pooling: str) -> Any:
    pooled = [_pooled(tensor, pooling, f"_{number}") for number, tensor in enumerate(tensors, start=1)]
    return keras.layers.Concatenate(name="readout_join")(pooled) if len(pooled) > 1 else pooled[0]


def _pooled(tensor: Any, pooling: str, which: str = "") -> Any:
    if len(tensor.shape) <= 2:
        return tensor
    if pooling == "average":
        return keras.layers.GlobalAveragePooling2D(name=f"readout_average{which}")(tensor)
    return keras.layers.Flatten(name=f"readout_flatten{which}")(tensor)
