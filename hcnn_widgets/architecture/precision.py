"""What the layers of a network compute in: Keras's dtype policies while it is built, and float16's scaled loss."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hcnn_widgets.keras_door import keras

PRECISIONS = ("float32", "mixed_bfloat16", "mixed_float16")
"""Names of Keras's dtype policies in which weights are float32."""
SCALED = "mixed_float16"
"""The policy whose gradients are too small for its numbers, unless the loss is scaled (`LossScaleOptimizer`)."""


def check_precision(precision: Any) -> None:
    """Refuse a precision that is none of `PRECISIONS`.

    Raises
    ------
    ValueError
        In three parts.
    """
    if precision not in (None, *PRECISIONS):
        raise ValueError(
            f"`precision` must be the name of one of Keras's dtype policies with weights in float32. Accepted are "
            f"{', '.join(PRECISIONS)}, or None for the policy that Keras has been given; received {precision!r}."
        )


@contextmanager
def built_in(precision: str | None) -> Iterator[None]:
    """Have layers that are made on this thread compute in a precision; Keras keeps its policy for each thread."""
    before = keras.config.dtype_policy()
    if precision is not None:
        keras.config.set_dtype_policy(precision)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def policies(network: Any) -> tuple[str, ...]:
    """Return the names of the dtype policies of a network's layers with weights, each once, from the input up.

    Examples
    --------
    >>> half, whole = (keras.layers.Dense(2, dtype=name) for name in ("mixed_bfloat16", "float32"))
    >>> policies(keras.Sequential([keras.Input((3,)), half, whole]))
    ('mixed_bfloat16', 'float32')
    """
    return tuple(dict.fromkeys(layer.dtype_policy.name for layer in _leaves(network) if layer.weights))


def _leaves(network: Any) -> Iterator[Any]:
    """Yield the layers of a network, those of models inside it in their places."""
    for layer in network.layers:
        if hasattr(layer, "layers"):
            yield from _leaves(layer)
        else:
            yield layer


def precision_of(network: Any) -> str:
    """Return the policy of a network's layers with weights: the first that is not float32, or float32."""
    return next((name for name in policies(network) if name != "float32"), "float32")


def precision_words(network: Any | None) -> str:
    """Return what layers compute in behind other words on a model; empty for float32, and of no network."""
    precision = "float32" if network is None else precision_of(network)
    return "" if precision == "float32" else f"; computes in {precision}"


def precision_refusal(name: str, network: Any, precision: str | None) -> str:
    """Return why a network that was built before cannot be trained in a precision; empty where it can."""
    own = precision_of(network)
    if precision in (None, own):
        return ""
    return (
        f"`rule` asks for precision {precision!r}, and the layers of `{name}` were made to compute in another one. "
        f"Accepted is a model that is not built yet, or precision={own!r}; received a network in {own}."
    )


def with_scaled_loss(optimizer: Any, network: Any) -> Any:
    """Return the optimizer, or around it the one that scales the loss, where layers compute in float16."""
    if SCALED not in policies(network) or isinstance(optimizer, keras.optimizers.LossScaleOptimizer):
        return optimizer
    return keras.optimizers.LossScaleOptimizer(optimizer)


def keras_line(precision: str | None) -> str:
    """Return the comment that says how Keras makes such a network, for lines of code; empty for Keras's own policy."""
    if precision in (None, "float32"):
        return ""
    scaled = "; compile scales its loss" if precision == SCALED else ""
    return f'# made after keras.config.set_dtype_policy("{precision}"){scaled}\n'
